"""Measures extracted claims on news written for this purpose, article by article annotated by hand.

    python -m evaluation.news [--errors]

Rules are tuned on `data/development.yaml`, `wordings.yaml`, `usual.yaml` and `annotated.yaml`, never on
`unseen.yaml`, whose differences are counted and not shown.
The head of the files gives the notation. The whole chain runs, without known entities.

- A quantity is right when its predicate, its sentence and its value (amount, or both ends of a range) are.
- An event, relation or statement is right when its predicate and its sentence are, no annotated role is
  contradicted, and one of the roles annotated for it (subject, object, complement, place) agrees.
- An event told again in an article that has it counts neither way.
- A role agrees when the annotated words are among the answer's (or a word of them, for several): the words
  of the text or the name that they stand for.
- Of the claims that are right: how often what else is annotated agrees (qualifier, place, speaker,
  modality, extent, date).
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec

from evaluation.claims import vocabulary
from service.extraction.analysis import Analysis, analyse
from service.extraction.clean import clean
from service.extraction.gazetteer import Gazetteer
from service.extraction.grounding import GroundedClaim, ground
from service.extraction.participants import Participant
from service.extraction.protocol import Document
from service.extraction.rules import RulesExtractor
from service.extraction.values import PredicateRule

DATA = Path(__file__).parent / "data"
SEEDS = Path("seeds")
PARTS = ("development", "wordings", "usual", "annotated", "unseen")
# One event goes through a whole article; its annotator marks where it is told.
AGAIN = frozenset(("disaster", "attack", "clash", "protest", "riot", "crackdown"))
ROLES = {"s": "subject", "o": "object", "c": "complement", "at": "place"}


class Annotated(msgspec.Struct, frozen=True):
    """One annotated claim of the sentence `text[start:end]`. `parts` has the other marks by their letter."""

    predicate: str
    start: int
    end: int
    optional: bool
    bounds: tuple[Decimal, ...]
    qualifier: str
    parts: dict[str, str]


class News(msgspec.Struct, frozen=True):
    slug: str
    published: date
    text: str
    claims: tuple[Annotated, ...]


class Row(msgspec.Struct, frozen=True):
    slug: str
    published: date
    text: str


def read_news(part: str) -> list[News]:
    """The articles of one of `PARTS`."""
    rows = msgspec.yaml.decode((DATA / f"{part}.yaml").read_bytes(), type=list[Row])
    return [_news(row) for row in rows]


def _news(row: Row) -> News:
    lines = row.text.splitlines()
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if not line.strip():
            paragraphs.append([])
        elif not line.startswith(" "):
            paragraphs[-1].append(line)
    text = clean("\n\n".join(" ".join(sentences) for sentences in paragraphs)).text
    claims: list[Annotated] = []
    start = end = 0
    for line in lines:
        if line.startswith(" "):
            claims.append(_claim(line.strip(), start, end))
        elif line.strip():
            start = text.index(line.strip(), end)
            end = start + len(line.strip())
    return News(row.slug, row.published, text, tuple(claims))


def _claim(line: str, start: int, end: int) -> Annotated:
    head, *marks = (part.strip() for part in line.split("|"))
    predicate, *value = head.removeprefix("?").split()
    numbers = re.findall(r"(?<!\d)-?\d+(?:\.\d+)?", value[0]) if value else []
    bounds = tuple(Decimal(number) for number in numbers)
    qualifier = "range" if len(bounds) > 1 else value[1] if len(value) > 1 else "exact"
    parts = dict(mark.split(" ", 1) for mark in marks)
    return Annotated(predicate, start, end, head.startswith("?"), bounds, qualifier, parts)


def extract(news: News, rules: dict[str, PredicateRule]) -> tuple[Analysis, list[GroundedClaim]]:
    analysis = analyse(Document(news.text, published=news.published), Gazetteer())
    return analysis, ground(RulesExtractor.candidates(analysis), analysis, rules)[0]


# --- agreement ---


def _words_agree(wanted: str, own: str) -> bool:
    lower = own.lower()
    return any(word in lower for word in wanted.lower().split() if len(word) > 2)


def _role(claim: GroundedClaim, letter: str) -> Participant | None:
    part: Participant | None = getattr(claim, ROLES[letter])
    return part


def _value_agrees(gold: Annotated, claim: GroundedClaim) -> bool:
    value = claim.value
    if value is None:
        return False
    if len(gold.bounds) > 1:
        return (value.lower, value.upper) == gold.bounds
    amounts = [value.amount] if value.amount is not None else [value.lower, value.upper]
    return not gold.bounds or gold.bounds[0] in amounts


def score(gold: Annotated, claim: GroundedClaim) -> int:
    """0 when the two are not the same claim, else more for every role that agrees."""
    start = claim.value.start if claim.value is not None else claim.start
    if gold.predicate != claim.predicate or not gold.start <= start < gold.end:
        return 0
    if claim.value is not None or gold.bounds:
        return 1 if _value_agrees(gold, claim) else 0
    agreeing = 0
    for letter in ROLES.keys() & gold.parts.keys():
        part = _role(claim, letter)
        if part is not None and not _words_agree(gold.parts[letter], f"{part.surface} {part.name}"):
            if letter == "at" and "place" in claim.inferred:
                continue
            return 0
        agreeing += part is not None
    return 1 + agreeing if agreeing or gold.parts.keys().isdisjoint(("s", "o", "c")) else 0


def details(gold: Annotated, claim: GroundedClaim, attributed: set[int]) -> Iterator[tuple[str, bool]]:
    """What else is annotated of a claim, and whether it agrees. `attributed` are the starts of sentences
    that some annotated claim has a speaker in."""
    if claim.value is not None and gold.bounds:
        yield "qualifier", claim.value.qualifier == gold.qualifier
    if "at" in gold.parts:
        place = claim.place
        yield "place", place is not None and _words_agree(gold.parts["at"], place.surface)
    sources = " ".join(
        f"{source.participant.surface} {source.participant.name}" for source in claim.attribution
    )
    if "by" in gold.parts:
        yield "speaker", _words_agree(gold.parts["by"], sources)
    elif gold.start not in attributed:
        yield "no speaker", not sources or "attribution" in claim.inferred or _statement(gold, sources)
    default = (
        "alleged" if gold.predicate == "accusation" else "reported" if "by" in gold.parts else "asserted"
    )
    wanted = gold.parts.get("m", default)
    plain = ("asserted", "reported")
    yield "modality", wanted == claim.modality or (wanted in plain and claim.modality in plain)
    if "x" in gold.parts:
        yield "extent", claim.extent == gold.parts["x"]
    for letter in ("s", "o"):
        if letter in gold.parts:
            part = _role(claim, letter)
            yield (
                ROLES[letter],
                part is not None and _words_agree(gold.parts[letter], f"{part.surface} {part.name}"),
            )
    if (when := gold.parts.get("on")) is not None:
        start = claim.time.start.isoformat() if claim.time and claim.time.start else ""
        yield "date", start.startswith(when)


def _statement(gold: Annotated, sources: str) -> bool:
    """The speaker of a statement is its subject."""
    return "s" in gold.parts and _words_agree(gold.parts["s"], sources)


class Outcome(msgspec.Struct, frozen=True):
    """An extracted claim and whether it is right; `gold` is what it was matched with."""

    claim: GroundedClaim
    right: bool
    gold: Annotated | None


def match(golds: tuple[Annotated, ...], claims: list[GroundedClaim]) -> tuple[list[Outcome], list[Annotated]]:
    """Each claim that counts, and the annotated claims that were missed. What agrees best is paired first."""
    pairs = sorted(
        (
            (not gold.optional, points, -g, -c)
            for g, gold in enumerate(golds)
            for c, claim in enumerate(claims)
            if (points := score(gold, claim))
        ),
        reverse=True,
    )
    of_gold: dict[int, int] = {}
    of_claim: dict[int, int] = {}
    for _, _, g, c in pairs:
        if -g not in of_gold and -c not in of_claim:
            of_gold[-g], of_claim[-c] = -c, -g
    told = {golds[g].predicate for g in of_gold} & AGAIN
    outcomes = []
    for c, claim in enumerate(claims):
        gold = golds[of_claim[c]] if c in of_claim else None
        if (gold is None and claim.predicate not in told) or (gold is not None and not gold.optional):
            outcomes.append(Outcome(claim, gold is not None, gold))
    return outcomes, [gold for g, gold in enumerate(golds) if g not in of_gold and not gold.optional]


# --- counting ---


def kind_of(predicate: str, rules: dict[str, PredicateRule]) -> str:
    return "quantity" if rules[predicate].kind == "quantity" else "event"


def measure(part: str, errors: bool = False) -> tuple[Counter[str], list[Outcome]]:
    """Counts ("quantity right", "event missed", "place right", …) and every claim that counts."""
    rules = vocabulary(SEEDS)
    counts: Counter[str] = Counter()
    all_outcomes: list[Outcome] = []
    for news in read_news(part):
        analysis, claims = extract(news, rules)
        outcomes, missed = match(news.claims, claims)
        all_outcomes += outcomes
        attributed = {gold.start for gold in news.claims if "by" in gold.parts}
        for outcome in outcomes:
            claim = outcome.claim
            kind = kind_of(claim.predicate, rules)
            counts[f"{kind} {'right' if outcome.right else 'wrong'}"] += 1
            if outcome.gold is None:
                if errors:
                    print(f"{news.slug}: wrong  {_shown(claim)}")
                continue
            for name, agrees in details(outcome.gold, claim, attributed):
                counts[f"{name} {'right' if agrees else 'wrong'}"] += 1
                if errors and not agrees:
                    print(f"{news.slug}: {name} of {_shown(claim)} should be {outcome.gold.parts}")
        for gold in missed:
            counts[f"{kind_of(gold.predicate, rules)} missed"] += 1
            if errors:
                amount = "-".join(map(str, gold.bounds))
                quote = news.text[gold.start : gold.end]
                print(f"{news.slug}: missed {gold.predicate} {amount} {gold.parts} in: {quote}")
        _attributions(news, analysis, counts, errors)
    return counts, all_outcomes


def _attributions(news: News, analysis: Analysis, counts: Counter[str], errors: bool) -> None:
    """Each speaker annotated in a sentence, among the attributions read there."""
    said = {(claim.start, claim.end, claim.parts["by"]) for claim in news.claims if "by" in claim.parts}
    for start, end, speaker in sorted(said):
        found = any(
            item.source is not None
            and item.content is not None
            and start <= item.cue.start < end
            and _words_agree(speaker, f"{item.source.surface} {item.name or ''}")
            for item in analysis.attributions
        )
        counts[f"attribution {'right' if found else 'wrong'}"] += 1
        if errors and not found:
            print(f"{news.slug}: no attribution to {speaker} in: {news.text[start:end]}")


def _shown(claim: GroundedClaim) -> str:
    value = claim.value.text if claim.value else ""
    roles = ", ".join(
        f"{role[0]}={part.surface}"
        for role in ("subject", "object", "complement", "place")
        if (part := getattr(claim, role)) is not None
    )
    said = "; ".join(source.participant.surface for source in claim.attribution)
    when = claim.time.text if claim.time else None
    quote = " ".join(claim.quote.split())
    return (
        f"{claim.predicate} {value} [{roles}] by [{said}] {claim.modality} {when} {claim.confidence}: {quote}"
    )


def precision(counts: Counter[str], kind: str) -> float:
    return counts[f"{kind} right"] / ((counts[f"{kind} right"] + counts[f"{kind} wrong"]) or 1)


def recall(counts: Counter[str], kind: str) -> float:
    return counts[f"{kind} right"] / ((counts[f"{kind} right"] + counts[f"{kind} missed"]) or 1)


DETAILS = (
    "qualifier", "place", "speaker", "no speaker", "modality", "extent", "subject", "object", "date",
    "attribution",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--errors", action="store_true", help="list the differences")
    parser.add_argument("--part", choices=PARTS, help="one file only")
    options = parser.parse_args()
    for part in (options.part,) if options.part else PARTS:
        counts, _ = measure(part, options.errors and part != "unseen")
        for kind in ("quantity", "event"):
            right, missed = counts[f"{kind} right"], counts[f"{kind} missed"]
            print(
                f"{part} {kind}: precision {precision(counts, kind):.3f} recall {recall(counts, kind):.3f} "
                f"(annotated {right + missed}, extracted {right + counts[f'{kind} wrong']})"
            )
        for name in DETAILS:
            of = counts[f"{name} right"] + counts[f"{name} wrong"]
            print(f"  {name} {precision(counts, name):.3f} ({of})")


if __name__ == "__main__":
    main()
