"""Fits how often a claim is right by its basis, and measures how true that is on news it was not fitted on.

    python -m evaluation.confidence [--documents FOLDER] [--write] [--measure PART]

Fitted on: `data/development.yaml`, `wordings.yaml` and `annotated.yaml`, the seeds' restatements and, if
given, the raw articles (both against their annotation), and claims from foreign news judged by reading
(`data/judged.yaml`).
Each basis is drawn towards the share right among all claims of its kind as if by ten more claims, since most
bases have few. Rules were tuned on these texts: OPTIMISM, taken off, is what precision on `wordings.yaml`
gained between its first run and its last. `--write` puts the table into
service/extraction/data/confidence.yaml.

Measured on news that it was not fitted on (`--measure unseen` for `data/unseen.yaml`): the share right in
each tenth of confidence, and the expected calibration error (the mean distance between the two, weighed by
claims).
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

import msgspec

from evaluation.claims import DOCUMENTS, compare, known_entities, load, vocabulary
from evaluation.claims import measure as measure_documents
from evaluation.facts import articles_of, extract
from evaluation.news import DATA, Outcome, measure
from service.extraction.confidence import HIGHEST, LOWEST, Table
from service.extraction.event_types import EventPattern
from service.extraction.figures import STRENGTH
from service.extraction.gazetteer import Gazetteer

TABLE = Path("service/extraction/data/confidence.yaml")
SEEDS = Path("seeds")
FITTED = ("development", "wordings", "annotated")
# As if so many claims with the share right of their kind had been seen with each basis.
WEIGHT = 10
OPTIMISM = 0.05
DEDUCTIONS = ("place", "attribution", "subject")

Judged = tuple[str, tuple[str, ...], bool]


def judged_news(parts: Iterable[str]) -> Iterator[Judged]:
    for part in parts:
        for outcome in measure(part)[1]:
            yield outcome.claim.basis, _deductions(outcome), outcome.right


def _deductions(outcome: Outcome) -> tuple[str, ...]:
    return tuple(name for name in DEDUCTIONS if name in outcome.claim.inferred)


def judged_elsewhere(documents: Path | None) -> Iterator[Judged]:
    counts: dict[str, list[int]] = msgspec.yaml.decode((DATA / "judged.yaml").read_bytes())
    for basis, (right, wrong) in counts.items():
        yield from [(basis, (), True)] * right + [(basis, (), False)] * wrong
    total = restatements()
    if documents is not None:
        total += measure_documents(documents, SEEDS).total
    for key in [key for key in total if key.startswith("basis ")]:
        _, kind, pattern, verdict = key.split(" ")
        yield from [(f"{kind} {pattern}", (), verdict == "right")] * total[key]


def restatements() -> Counter[str]:
    """The seeds' articles in other words, against their annotation."""
    gazetteer, rules = Gazetteer(known_entities(SEEDS)), vocabulary(SEEDS)
    parents = {entity.slug: entity.part_of for entity in gazetteer.entities.values()}
    texts = [(SEEDS / "articles" / f"{slug}.txt").read_text(encoding="utf-8") for slug in DOCUMENTS]
    total: Counter[str] = Counter()
    for article in articles_of(texts, SEEDS):
        annotated = load(SEEDS / "articles" / f"{article.slug}.yaml")["claims"]
        total += compare(annotated, extract(article, gazetteer, SEEDS), rules, parents, errors=False)
    return total


def fit(judged: Iterable[Judged]) -> Table:
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    lowered: Counter[str] = Counter()
    with_deduction: Counter[str] = Counter()
    for basis, deductions, is_right in judged:
        for key in (basis, basis.split(" ")[0]):
            right[key] += is_right
            every[key] += 1
        for name in deductions:
            lowered[name] += is_right
            with_deduction[name] += 1
    share = {kind: right[kind] / every[kind] for kind in ("figure", "event")}
    basis = {}
    known = [f"figure {pattern}" for pattern in STRENGTH]
    known += [f"event {pattern}" for pattern in get_args(EventPattern)]
    for key in sorted(known):
        kind = key.split(" ")[0]
        smoothed = (right[key] + WEIGHT * share[kind]) / (every[key] + WEIGHT)
        basis[key] = round(min(HIGHEST, max(LOWEST, smoothed - OPTIMISM)), 3)
    overall = sum(right[kind] for kind in share) / sum(every[kind] for kind in share)
    # A deduction never raises confidence: the table is monotone in them.
    less = {
        name: round(
            min(1.0, (lowered[name] + WEIGHT * overall) / (with_deduction[name] + WEIGHT) / overall), 3
        )
        for name in DEDUCTIONS
    }
    return Table(basis, less)


def reliability(outcomes: Iterable[Outcome]) -> tuple[list[tuple[float, float, int]], float]:
    """(mean confidence, share right, claims) of each tenth, and the expected calibration error."""
    bins: dict[int, list[Outcome]] = {}
    for outcome in outcomes:
        bins.setdefault(min(9, int(outcome.claim.confidence * 10)), []).append(outcome)
    rows = []
    for _, members in sorted(bins.items()):
        mean = sum(member.claim.confidence for member in members) / len(members)
        rows.append((mean, sum(member.right for member in members) / len(members), len(members)))
    every = sum(row[2] for row in rows) or 1
    return rows, sum(abs(mean - share) * number for mean, share, number in rows) / every


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--measure", metavar="PART", help="the file of evaluation/data to measure on")
    options = parser.parse_args()
    judged = [*judged_news(FITTED), *judged_elsewhere(options.documents)]
    table = fit(judged)
    print(f"fitted on {len(judged)} claims")
    for basis, value in table.basis.items():
        number = sum(item[0] == basis for item in judged)
        print(f"  {basis:20} {value:.3f} ({number})")
    print("  less:", ", ".join(f"{name} {factor:.3f}" for name, factor in table.less.items()))
    if options.write:
        TABLE.write_bytes(msgspec.yaml.encode(table))
        print(f"written to {TABLE}; run again to measure with it")
        return
    if options.measure is None:
        return
    rows, error = reliability(measure(options.measure)[1])
    print(f"on {options.measure} (confidence, share right, claims):")
    for mean, share, number in rows:
        print(f"  {mean:.2f} {share:.2f} ({number})")
    print(f"expected calibration error {error:.3f}")


if __name__ == "__main__":
    main()
