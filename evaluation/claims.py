"""Measures extracted claims against annotated claim files.

    python -m evaluation.claims --documents FOLDER [--seeds seeds] [--errors]

FOLDER holds raw articles; they are taken in order of name and set against the claim files in order of
`documents` below. Articles go through the whole chain: clean, analyse, extract by rule, ground. An
annotated claim and an extracted one are the same when

- quantities: predicate, value (amount, or the bounds when there is none) and place agree, and the speaker
  does: a source of the annotated chain is in the extracted one, or both have none (an annotated speaker
  marked as inferred may be missing);
- events, relations, statements: the predicate agrees, subject, object, place and speaker do not contradict
  where both are given, and at least one role agrees when the annotation names an entity in one.

Each annotated claim counts once. An extracted claim that repeats a matched one (a headline and its first
sentence) is a repeat, neither right nor wrong.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from service.extraction.analysis import analyse
from service.extraction.clean import clean
from service.extraction.gazetteer import Gazetteer, KnownAlias, KnownEntity
from service.extraction.grounding import GroundedClaim, ground
from service.extraction.participants import Participant
from service.extraction.protocol import Document
from service.extraction.rules import RulesExtractor
from service.extraction.values import PredicateRule

DOCUMENTS = (
    "authority-speaks-of-criminals", "military-alliance-consults", "nearly-1700-detained",
    "protesters-arrested-unrest-subsides", "csto-troops-to-leave",
)  # fmt: skip


def load(path: Path) -> Any:
    return msgspec.yaml.decode(path.read_bytes())


def known_entities(seeds: Path) -> list[KnownEntity]:
    return [
        KnownEntity(
            row["slug"], row["name"], row["kind"],
            tuple(KnownAlias(alias["text"], alias["kind"]) for alias in row.get("aliases") or ()),
            row.get("part_of"),
        )
        for row in load(seeds / "entities.yaml")
    ]  # fmt: skip


def vocabulary(seeds: Path) -> dict[str, PredicateRule]:
    return {row["slug"]: PredicateRule(row["kind"], row["unit"]) for row in load(seeds / "predicates.yaml")}


def _value(claim: dict[str, Any]) -> tuple[Decimal | None, ...]:
    value = claim["value"]
    if value["amount"] is not None:
        return (Decimal(str(value["amount"])),)
    return tuple(
        None if value.get(bound) is None else Decimal(str(value[bound])) for bound in ("lower", "upper")
    )


def _own_value(claim: GroundedClaim) -> tuple[Decimal | None, ...]:
    assert claim.value is not None  # callers ask for quantities only
    if claim.value.amount is not None:
        return (claim.value.amount,)
    return claim.value.lower, claim.value.upper


def _slug(part: Participant | None) -> str | None:
    return part.entity if part is not None else None


def _speakers_agree(gold: dict[str, Any], mine: GroundedClaim) -> bool:
    chain = gold.get("attribution") or []
    entities = {source.get("entity") for source in chain} - {None}
    names = {source["name"].lower() for source in chain if source.get("name")}
    own = {source.participant.entity for source in mine.attribution} - {None}
    surfaces = {source.participant.surface.lower() for source in mine.attribution}
    if not chain or ("attribution" in (gold.get("inferred") or []) and not mine.attribution):
        return not mine.attribution or (not chain and bool(mine.attribution) and gold.get("subject") in own)
    if entities & own:
        return True
    return any(
        name.removeprefix("the ") in surface or surface.removeprefix("the ") in name
        for name in names
        for surface in surfaces
    )


def _quantity_matches(gold: dict[str, Any], mine: GroundedClaim) -> bool:
    return (
        gold["predicate"] == mine.predicate
        and _value(gold) == _own_value(mine)
        and (gold.get("place") is None or gold["place"] == _slug(mine.place))
        and _speakers_agree(gold, mine)
    )


def _event_score(gold: dict[str, Any], mine: GroundedClaim, parents: dict[str, str | None]) -> int:
    """0 when the two are not the same claim, else more for every part that agrees.

    A force stands for the body it is part of.
    """
    if gold["predicate"] != mine.predicate:
        return 0
    score, named = 1, 0
    for role in ("subject", "object"):
        wanted, own = gold.get(role), _slug(getattr(mine, role))
        if wanted is not None and own is not None:
            if wanted not in (own, parents.get(own)):
                return 0
            score += 2
        named += wanted is not None and role not in (gold.get("inferred") or [])
    if gold.get("place") is not None and _slug(mine.place) is not None:
        if gold["place"] != _slug(mine.place):
            return 0
        score += 1
    if gold.get("attribution") and mine.attribution:
        if not _speakers_agree(gold, mine):
            return 0
        score += 1
    if named and score < 3 and not _texts_meet(gold, mine):
        return 0
    return score


def _texts_meet(gold: dict[str, Any], mine: GroundedClaim) -> bool:
    """Whether the words of some role share a content word, for roles that are no entities or were not
    resolved."""
    wanted = " ".join(
        str(gold.get(f"{role}_text") or gold.get(role) or "") for role in ("subject", "object", "complement")
    )
    own = " ".join(part.surface for part in (mine.subject, mine.object, mine.complement) if part is not None)
    words = {word.lower().strip("“”\"'’,.") for word in own.split()}
    return any(len(word) > 3 and word.lower() in words for word in wanted.replace("-", " ").split())


def compare(
    gold: Sequence[dict[str, Any]],
    mine: Sequence[GroundedClaim],
    rules: dict[str, PredicateRule],
    parents: dict[str, str | None],
    errors: bool,
) -> Counter[str]:
    counts: Counter[str] = Counter()
    matched: set[int] = set()
    pairs: dict[int, dict[str, Any]] = {}
    for claim in gold:
        quantity = rules[claim["predicate"]].kind == "quantity"
        kind = "quantity" if quantity else "event"
        counts[f"{kind} gold"] += 1
        best, chosen = 0, -1
        for index, own in enumerate(mine):
            if index in matched or (own.value is not None) != quantity:
                continue
            score = (
                (2 if _quantity_matches(claim, own) else 0) if quantity else _event_score(claim, own, parents)
            )
            if score > best:
                best, chosen = score, index
        if chosen >= 0:
            matched.add(chosen)
            pairs[chosen] = claim
            counts[f"{kind} hit"] += 1
        elif errors:
            value = (claim.get("value") or {}).get("text")
            speaker = [source.get("entity") for source in claim.get("attribution") or []]
            print(
                f"  missed {claim['predicate']} {value or ''} {claim.get('subject')} > "
                f"{claim.get('object') or claim.get('object_text')} @{claim.get('place')} by {speaker}: "
                f"{claim['quote'][:90]}"
            )
    for index, own in enumerate(mine):
        kind = "quantity" if own.value is not None else "event"
        level = f"basis {own.basis}"
        if index in matched:
            counts[f"{kind} right"] += 1
            counts[f"{level} right"] += 1
        elif any(_repeats(own, mine[other], claim, parents) for other, claim in pairs.items()):
            counts[f"{kind} repeat"] += 1
        else:
            counts[f"{kind} wrong"] += 1
            counts[f"{level} wrong"] += 1
            if errors:
                speaker_names = [
                    source.participant.entity or source.participant.surface for source in own.attribution
                ]
                parts = [
                    part.entity or part.surface if part else None
                    for part in (own.subject, own.object, own.complement)
                ]
                print(
                    f"  wrong  {own.predicate} {own.value.text if own.value else ''} {parts} "
                    f"@{_slug(own.place)} by {speaker_names} {own.confidence}: {own.quote[:110]!r}"
                )
    return counts


def _repeats(
    own: GroundedClaim, other: GroundedClaim, gold: dict[str, Any], parents: dict[str, str | None]
) -> bool:
    if own.predicate != other.predicate:
        return False
    if own.value is not None:
        return (
            other.value is not None
            and _own_value(own) == _own_value(other)
            and _slug(own.place) in (_slug(other.place), None)
        )
    return _event_score(gold, own, parents) > 0


class Measured(msgspec.Struct):
    """`articles` has the counts of each article by slug, `total` their sum; `rejected` counts reasons."""

    articles: dict[str, Counter[str]]
    total: Counter[str]
    rejected: Counter[str]


def measure(documents: Path, seeds: Path, errors: bool = False) -> Measured:
    gazetteer, rules = Gazetteer(known_entities(seeds)), vocabulary(seeds)
    parents = {entity.slug: entity.part_of for entity in gazetteer.entities.values()}
    measured = Measured({}, Counter(), Counter())
    for path, slug in zip(sorted(documents.glob("0*.txt")), DOCUMENTS, strict=True):
        article = load(seeds / "articles" / f"{slug}.yaml")
        published = article["published_at"]
        day = published if isinstance(published, date) else date.fromisoformat(str(published)[:10])
        text = clean(path.read_text(encoding="utf-8")).text
        analysis = analyse(Document(text, published=day), gazetteer)
        claims, rejected = ground(RulesExtractor.candidates(analysis), analysis, rules)
        assert all(text[claim.start : claim.end] == claim.quote for claim in claims)
        measured.rejected.update(item.reason for item in rejected)
        measured.articles[slug] = compare(article["claims"], claims, rules, parents, errors)
        measured.total += measured.articles[slug]
    return measured


def precision_of(counts: Counter[str], kind: str) -> float:
    return counts[f"{kind} right"] / ((counts[f"{kind} right"] + counts[f"{kind} wrong"]) or 1)


def recall_of(counts: Counter[str], kind: str) -> float:
    return counts[f"{kind} hit"] / (counts[f"{kind} gold"] or 1)


def report(counts: Counter[str], kind: str) -> str:
    extracted = counts[f"{kind} right"] + counts[f"{kind} wrong"]
    return (
        f"{kind}: precision {precision_of(counts, kind):.3f} recall {recall_of(counts, kind):.3f} "
        f"(annotated {counts[f'{kind} gold']}, extracted {extracted}, repeats {counts[f'{kind} repeat']})"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--seeds", type=Path, default=Path("seeds"))
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    measured = measure(options.documents, options.seeds, options.errors)
    total = measured.total
    for slug, counts in measured.articles.items():
        print(f"{slug}: {report(counts, 'quantity')}; {report(counts, 'event')}")
    for kind in ("quantity", "event"):
        print(report(total, kind))
    print("rejected:", dict(measured.rejected))
    print("by basis (share right, claims):")
    for level in sorted({key.rsplit(" ", 1)[0] for key in total if key.startswith("basis ")}):
        right, wrong = total[f"{level} right"], total[f"{level} wrong"]
        print(f"  {level}: {right / (right + wrong):.2f} ({right + wrong})")


if __name__ == "__main__":
    main()
