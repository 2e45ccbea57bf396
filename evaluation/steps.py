"""Measures the text steps on annotated news: sentences, dates, quantities.

python -m evaluation.steps FOLDER [--part tune|report|all] [--errors]
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from evaluation.corpora import AnnotatedText, part_of, read_all
from service.extraction.dates import dates
from service.extraction.numbers import numbers
from service.extraction.sentences import sentences
from service.extraction.text import DateExpression


def squeezed(text: str, spans: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Spans without the white space around them, so that only the boundary counts."""
    found = set()
    for start, end in spans:
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        found.add((start, end))
    return found


def sentence_counts(document: AnnotatedText, errors: bool) -> Counter[str]:
    gold = squeezed(document.text, document.sentences)
    mine = squeezed(document.text, [(s.start, s.end) for s in sentences(document.text)])
    if errors:
        for start, end in sorted(gold ^ mine):
            side = "missed" if (start, end) in gold else "extra "
            print(
                f"  sentence {side} {document.name}: …{document.text[max(0, start - 25) : start]!r} [[{document.text[start:end][-70:]!r}]]"
            )
    return Counter(hit=len(gold & mine), gold=len(gold), mine=len(mine))


def date_counts(document: AnnotatedText, errors: bool) -> dict[str, Counter[str]]:
    """Dates with a day's value ("days") and all other dates ("dates"): is an overlapping expression's value the same?

    Extra are expressions with a value that overlap no annotated time.
    """
    mine = [e for e in dates(document.text, document.published) if e.kind in ("date", "time")]
    counts = {"days": Counter[str](), "dates": Counter[str]()}
    for gold in document.dates:
        if gold.kind not in ("DATE", "INTERVAL") or gold.value.endswith("_REF") or "X" in gold.value:
            continue
        step = (
            "days"
            if len(gold.value) >= len("2022-01-12") and gold.kind == "DATE" and "-W" not in gold.value
            else "dates"
        )
        over = [e for e in mine if e.start < gold.end and gold.start < e.end]
        if gold.kind == "INTERVAL":
            low, _, high = gold.value.partition("/")
            right = any(encloses(e, low, high) for e in over)
        elif step == "days":
            right = any((e.value or "")[:10] == gold.value[:10] for e in over)
        else:
            right = any(e.value == gold.value for e in over)
        counts[step].update(gold=1, hit=int(right))
        if errors and not right:
            around = document.text[max(0, gold.start - 60) : gold.end + 30]
            print(
                f"  {step} {document.name[:30]} {document.published} gold {gold.value}: {around!r} {[(e.surface, e.value) for e in over]}"
            )
    for e in mine:
        if (
            e.end <= document.annotated_end
            and e.value
            and not any(e.start < g.end and g.start < e.end for g in document.dates)
        ):
            counts["dates" if e.precision != "day" else "days"]["extra"] += 1
            if errors:
                print(
                    f"  extra {document.name[:30]} {document.text[max(0, e.start - 40) : e.end + 20]!r} {e.value}"
                )
    return counts


def quantity_counts(document: AnnotatedText, errors: bool) -> Counter[str]:
    """Annotated quantities whose number is found; found ones inside the annotated part that nothing annotates."""
    mine = numbers(document.text, dates(document.text, document.published))
    counts = Counter[str]()
    for gold in document.quantities:
        right = any(q.number_start < gold.end and gold.start < q.number_end for q in mine)
        counts.update(gold=1, hit=int(right))
        if errors and not right:
            around = document.text[max(0, gold.start - 40) : gold.end + 30]
            print(f"  quantity missed {gold.kind} {document.text[gold.start : gold.end]!r}: {around!r}")
    annotated = (*document.quantities, *document.dates)
    for q in mine:
        if q.end <= document.annotated_end:
            extra = not any(q.start < g.end and g.start < q.end for g in annotated)
            counts.update(mine=1, extra=int(extra))
            if errors:
                where = "extra" if extra else "found"
                print(
                    f"  quantity {where} {q.surface!r} {q.amount} {q.lower} {q.upper} {q.kind} {q.unit} {q.flags}: {document.text[max(0, q.start - 30) : q.end + 30]!r}"
                )
    return counts


def encloses(expression: DateExpression, low: str, high: str) -> bool:
    """Same bounds, where the annotation gives them; bounds count as far as they are written."""
    start, end = str(expression.start_date or ""), str(expression.end_date or "")
    return (not low or start.startswith(low)) and (not high or end.startswith(high))


def f1(counts: Counter[str]) -> str:
    precision = counts["hit"] / (counts["mine"] or 1)
    recall = counts["hit"] / (counts["gold"] or 1)
    return (
        f"P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / ((precision + recall) or 1):.3f} "
        f"(n={counts['gold']})"
    )


def recall(counts: Counter[str]) -> str:
    return (
        f"right {counts['hit']}/{counts['gold']} = {counts['hit'] / (counts['gold'] or 1):.3f}, not "
        f"annotated {counts['extra']}"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=["tune", "report", "all"], default="report")
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()
    totals: dict[tuple[str, str], Counter[str]] = {}
    for corpus, document in read_all(arguments.folder):
        if arguments.part in ("all", part_of(document.name)):
            totals.setdefault((corpus, "sentences"), Counter()).update(
                sentence_counts(document, arguments.errors)
            )
            for step, counts in date_counts(document, arguments.errors).items():
                totals.setdefault((corpus, step), Counter()).update(counts)
            if document.quantities:
                totals.setdefault((corpus, "quantities"), Counter()).update(
                    quantity_counts(document, arguments.errors)
                )
    for (corpus, step), counts in sorted(totals.items()):
        figures = f1(counts) if step == "sentences" else recall(counts)
        if step == "quantities":
            figures += f", precision {1 - counts['extra'] / (counts['mine'] or 1):.3f}"
        print(f"{corpus:9} {step:10} {figures}")


if __name__ == "__main__":
    main()
