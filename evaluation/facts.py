"""Puts extracted claims into facts, without a database: what grouping and agreement make of them.

    python -m evaluation.facts --documents FOLDER [--seeds seeds]

prints the facts of the five raw articles that two claims or more belong to, with status and relations.
"""

import argparse
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import msgspec

from evaluation.claims import DOCUMENTS, known_entities, load, vocabulary
from service.extraction.analysis import analyse
from service.extraction.clean import clean
from service.extraction.gazetteer import Gazetteer
from service.extraction.grounding import GroundedClaim, ground
from service.extraction.participants import Participant
from service.extraction.protocol import Document
from service.extraction.rules import RulesExtractor
from service.facts.agreement import Agreement, assess
from service.facts.grouping import FactView, PredicateView, group_claims, numbered
from service.facts.values import ClaimView, fold
from service.ingestion.rows import larger_figure


class Article(msgspec.Struct, frozen=True):
    """A text with what the store knows of it."""

    slug: str
    source: str
    published: date
    text: str


def articles_of(texts: Iterable[str], seeds: Path) -> list[Article]:
    """Texts in order of `DOCUMENTS`, with the sources and days that the claim files give."""
    found = []
    for text, slug in zip(texts, DOCUMENTS, strict=True):
        row = load(seeds / "articles" / f"{slug}.yaml")
        day = row["published_at"]
        day = day if isinstance(day, date) else date.fromisoformat(str(day)[:10])
        found.append(Article(slug, row["source"], day, text))
    return found


def extract(article: Article, gazetteer: Gazetteer, seeds: Path) -> list[GroundedClaim]:
    analysis = analyse(Document(article.text, published=article.published), gazetteer)
    claims, _ = ground(RulesExtractor.candidates(analysis), analysis, vocabulary(seeds))
    return sorted(claims, key=lambda claim: (claim.start, claim.end, claim.predicate))


def views(
    article: Article, claims: Sequence[GroundedClaim], gazetteer: Gazetteer, kinds: dict[str, str]
) -> list[ClaimView]:
    """The claims as the agreement rule reads them from the store."""
    result = []
    for position, claim in enumerate(claims):
        value, when = claim.value, claim.time
        whole = larger_figure(claims, position)
        origin = next((link for link in claim.attribution if link.role == "origin"), None)
        result.append(
            ClaimView(
                id=f"{article.slug}-{position:03}",
                article=article.slug,
                source=article.source,
                predicate=claim.predicate,
                kind=kinds[claim.predicate],
                reported_at=datetime.combine(article.published, time(), UTC),
                subject=key_of(claim.subject),
                object=key_of(claim.object),
                complement=key_of(claim.complement),
                amount=value.amount if value is not None else None,
                lower=value.lower if value is not None else None,
                upper=value.upper if value is not None else None,
                qualifier=value.qualifier if value is not None else None,
                value_text=value.text if value is not None else None,
                unit=value.unit if value is not None else None,
                place=claim.place.entity if claim.place else None,
                within=_around(claim.place.entity if claim.place else None, gazetteer),
                extent=claim.extent,
                group=claim.group,
                of=None if whole is None else f"{article.slug}-{whole:03}",
                time_start=when.start if when is not None else None,
                time_end=when.end if when is not None else None,
                precision=when.precision if when is not None else None,
                modality=claim.modality,
                origin=key_of(origin.participant) if origin is not None else None,
                media=tuple(
                    filter(
                        None,
                        (key_of(link.participant) for link in claim.attribution if link.role == "medium"),
                    )
                ),
                cue=origin.cue if origin is not None else None,
                position=position,
            )
        )
    return result


def key_of(part: Participant | None) -> str | None:
    return None if part is None else part.entity or fold(part.name)


def _around(place: str | None, gazetteer: Gazetteer) -> tuple[str, ...]:
    outer: list[str] = []
    while place in gazetteer.entities and (place := gazetteer.entities[place].part_of) is not None:
        outer.append(place)
    return tuple(outer)


def facts_of(articles: Iterable[Article], seeds: Path) -> list[tuple[FactView, Agreement]]:
    """Every fact that the articles make together, with its verdict."""
    gazetteer = Gazetteer(known_entities(seeds))
    rows: list[dict[str, Any]] = load(seeds / "predicates.yaml")
    predicates = {
        row["slug"]: PredicateView(
            slug=row["slug"], label=row["label"], kind=row["kind"], identity=tuple(row["identity"])
        )
        for row in rows
    }
    kinds = {row["slug"]: row["kind"] for row in rows}
    claims = [
        view
        for article in articles
        for view in views(article, extract(article, gazetteer, seeds), gazetteer, kinds)
    ]
    result = []
    for fact in numbered(group_claims(claims, predicates, {})):
        verdict = assess([member.claim for member in fact.members])
        assert verdict is not None  # a fact has claims
        result.append((fact, verdict))
    return result


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--seeds", type=Path, default=Path("seeds"))
    options = parser.parse_args()
    paths = sorted(options.documents.glob("0*.txt"))
    texts = [clean(path.read_text(encoding="utf-8")).text for path in paths]
    for fact, verdict in facts_of(articles_of(texts, options.seeds), options.seeds):
        if len(fact.members) < 2 and fact.members[0].claim.kind != "quantity":
            continue
        print(f"{fact.slug}: {verdict.status}, {verdict.because}")
        for member in fact.members:
            claim = member.claim
            said = claim.value_text or f"{claim.subject} > {claim.object} > {claim.complement}"
            print(
                f"    {claim.id[-22:]} {said} [{claim.extent} {claim.group or ''}] {claim.modality} "
                f"by {claim.origin} {claim.media} @{claim.place} {claim.time_start} ({member.reason})"
            )
        for relation in verdict.relations:
            print(f"      {relation.from_[-22:]} {relation.type} {relation.to[-22:]}")


if __name__ == "__main__":
    main()
