"""Measures the text steps on annotated news: sentences, dates, quantities.

    python -m evaluation.steps FOLDER [--part tune|report|all] [--errors]
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from evaluation.corpora import AnnotatedText, part_of, read_all
from service.extraction.sentences import sentences


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
            print(f"  sentence {side} {document.name}: …{document.text[max(0, start - 25) : start]!r} [[{document.text[start:end][-70:]!r}]]")
    return Counter(hit=len(gold & mine), gold=len(gold), mine=len(mine))


def f1(counts: Counter[str]) -> str:
    precision = counts["hit"] / (counts["mine"] or 1)
    recall = counts["hit"] / (counts["gold"] or 1)
    return f"P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / ((precision + recall) or 1):.3f} (n={counts['gold']})"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=["tune", "report", "all"], default="report")
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()
    totals: dict[tuple[str, str], Counter[str]] = {}
    for corpus, document in read_all(arguments.folder):
        if arguments.part in ("all", part_of(document.name)):
            totals.setdefault((corpus, "sentences"), Counter()).update(sentence_counts(document, arguments.errors))
    for (corpus, step), counts in sorted(totals.items()):
        print(f"{corpus:9} {step:10} {f1(counts)}")


if __name__ == "__main__":
    main()
