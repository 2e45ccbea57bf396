"""Measures the text steps on annotated news: sentences, dates, quantities.

    python -m evaluation.steps FOLDER [--part tune|report|all] [--errors]

The rules were tuned on the half "tune"; the figures to report are those of the half "report".
"""

import argparse
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from evaluation.corpora import AnnotatedText, part_of, read_all
from service.extraction.dates import dates
from service.extraction.numbers import numbers
from service.extraction.sentences import sentences
from service.extraction.text import DateExpression

Note = Callable[[str, AnnotatedText, int, int, object], None]


def print_note(kind: str, document: AnnotatedText, start: int, end: int, found: object) -> None:
    around = (
        document.text[max(0, start - 50) : start],
        document.text[start:end],
        document.text[end : end + 30],
    )
    print(f"  {kind:18} {document.name[:30]}: {around[0]!r} [[{around[1]!r}]] {around[2]!r}  {found}")


def keep_quiet(kind: str, document: AnnotatedText, start: int, end: int, found: object) -> None:
    pass


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


def sentence_counts(document: AnnotatedText, note: Note) -> Counter[str]:
    gold = squeezed(document.text, document.sentences)
    mine = squeezed(document.text, [(s.start, s.end) for s in sentences(document.text)])
    for start, end in sorted(gold ^ mine):
        note("sentence missed" if (start, end) in gold else "sentence extra", document, start, end, "")
    return Counter(hit=len(gold & mine), gold=len(gold), mine=len(mine))


def is_placed(value: str) -> bool:
    return not value.endswith("_REF") and "X" not in value


def date_counts(document: AnnotatedText, note: Note) -> dict[str, Counter[str]]:
    """Dates with a day's value ("days") and all others ("dates") that an overlapping expression gets right.

    Extra are expressions with a value that overlap no annotated time.
    """
    mine = [e for e in dates(document.text, document.published) if e.kind in ("date", "time")]
    counts = {"days": Counter[str](), "dates": Counter[str]()}
    for gold in document.dates:
        if gold.kind not in ("DATE", "INTERVAL") or not is_placed(gold.value):
            continue
        is_day = gold.kind == "DATE" and len(gold.value) >= len("2022-01-12") and "-W" not in gold.value
        over = [e for e in mine if e.start < gold.end and gold.start < e.end]
        if gold.kind == "INTERVAL":
            low, _, high = gold.value.partition("/")
            right = any(has_bounds(e, low, high) for e in over)
        elif is_day:
            right = any((e.value or "")[:10] == gold.value[:10] for e in over)
        else:
            right = any(e.value == gold.value for e in over)
        counts["days" if is_day else "dates"].update(gold=1, hit=int(right))
        if not right:
            found = [(e.surface, e.value) for e in over]
            note(f"date {gold.value}", document, gold.start, gold.end, (document.published, found))
    for e in mine:
        annotated = any(e.start < gold.end and gold.start < e.end for gold in document.dates)
        if e.value and not annotated and e.end <= document.annotated_end:
            counts["days" if e.precision == "day" else "dates"]["extra"] += 1
            note("date extra", document, e.start, e.end, e.value)
    return counts


def has_bounds(expression: DateExpression, low: str, high: str) -> bool:
    """Same bounds, where the annotation gives them; bounds count as far as they are written."""
    start, end = str(expression.start_date or ""), str(expression.end_date or "")
    return (not low or start.startswith(low)) and (not high or end.startswith(high))


def quantity_counts(document: AnnotatedText, note: Note) -> Counter[str]:
    """Annotated quantities whose number is found; extra ones are those that nothing annotates."""
    mine = numbers(document.text, dates(document.text, document.published))
    counts = Counter[str]()
    for gold in document.quantities:
        right = any(q.number_start < gold.end and gold.start < q.number_end for q in mine)
        counts.update(gold=1, hit=int(right))
        if not right:
            note("quantity missed", document, gold.start, gold.end, gold.kind)
    annotated = (*document.quantities, *document.dates)
    for q in mine:
        if q.end <= document.annotated_end:
            extra = not any(q.start < gold.end and gold.start < q.end for gold in annotated)
            counts.update(mine=1, extra=int(extra))
            found = (q.amount, q.lower, q.upper, q.kind, q.unit, q.flags)
            note("quantity extra" if extra else "quantity found", document, q.start, q.end, found)
    return counts


def f1(counts: Counter[str]) -> float:
    return 2 * counts["hit"] / ((counts["gold"] + counts["mine"]) or 1)


def figures(step: str, counts: Counter[str]) -> str:
    recall = counts["hit"] / (counts["gold"] or 1)
    if step == "sentences":
        precision = counts["hit"] / (counts["mine"] or 1)
        return f"P {precision:.3f} R {recall:.3f} F1 {f1(counts):.3f} (n={counts['gold']})"
    text = f"right {counts['hit']}/{counts['gold']} = {recall:.3f}, not annotated {counts['extra']}"
    if step == "quantities":
        text += f", precision {1 - counts['extra'] / (counts['mine'] or 1):.3f}"
    return text


def measure(folder: Path, part: str, note: Note = keep_quiet) -> dict[tuple[str, str], Counter[str]]:
    """(step, corpus) → counts; the corpus "all" sums them."""
    totals: dict[tuple[str, str], Counter[str]] = {}

    def add(corpus: str, step: str, counts: Counter[str]) -> None:
        for name in (corpus, "all"):
            totals.setdefault((step, name), Counter()).update(counts)

    for corpus, document in read_all(folder):
        if part not in ("all", part_of(document.name)):
            continue
        add(corpus, "sentences", sentence_counts(document, note))
        for step, counts in date_counts(document, note).items():
            add(corpus, step, counts)
        if document.quantities:
            add(corpus, "quantities", quantity_counts(document, note))
    return totals


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=["tune", "report", "all"], default="report")
    parser.add_argument("--errors", action="store_true", help="print every difference")
    arguments = parser.parse_args()
    totals = measure(arguments.folder, arguments.part, print_note if arguments.errors else keep_quiet)
    for (step, corpus), counts in sorted(totals.items()):
        print(f"{step:10} {corpus:9} {figures(step, counts)}")


if __name__ == "__main__":
    main()
