"""The five seeded articles, extracted from their raw text: against their annotated claims, and what grouping
and agreement make of what was extracted."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from evaluation.claims import DOCUMENTS, compare, known_entities, load, precision_of, recall_of, vocabulary
from evaluation.facts import Article, articles_of, extract, facts_of
from service.extraction.gazetteer import Gazetteer
from service.facts.agreement import Agreement
from service.facts.grouping import FactView
from service.facts.values import ClaimView

SEEDS = Path("seeds")
CSTO = "collective-security-treaty-organization"
MINISTRY = "interior-ministry-of-kazakhstan"


def articles() -> list[Article]:
    texts = [(SEEDS / "articles" / f"{slug}.txt").read_text(encoding="utf-8") for slug in DOCUMENTS]
    return articles_of(texts, SEEDS)


@cache
def counts() -> Counter[str]:
    gazetteer, rules = Gazetteer(known_entities(SEEDS)), vocabulary(SEEDS)
    parents = {entity.slug: entity.part_of for entity in gazetteer.entities.values()}
    total: Counter[str] = Counter()
    for article in articles():
        annotated = load(SEEDS / "articles" / f"{article.slug}.yaml")["claims"]
        total += compare(annotated, extract(article, gazetteer, SEEDS), rules, parents, errors=False)
    return total


@cache
def facts() -> list[tuple[FactView, Agreement]]:
    return facts_of(articles(), SEEDS)


def fact_with(predicate: str, *amounts: int, extent: str | None = None) -> tuple[FactView, Agreement]:
    """The one fact of a predicate that claims of all these amounts belong to."""
    (found,) = [
        (fact, verdict)
        for fact, verdict in facts()
        if fact.predicate == predicate
        and (extent is None or fact.extent == extent)
        and set(amounts) <= {member.claim.amount for member in fact.members}
    ]
    return found


def claims_of(fact: FactView, amount: int) -> list[ClaimView]:
    return [member.claim for member in fact.members if member.claim.amount == amount]


def relation_of(fact: FactView, verdict: Agreement, one: int, other: int) -> set[str]:
    ids = {amount: {claim.id for claim in claims_of(fact, amount)} for amount in (one, other)}
    return {
        relation.type
        for relation in verdict.relations
        if (relation.from_ in ids[one] and relation.to in ids[other])
        or (relation.from_ in ids[other] and relation.to in ids[one])
    }


@pytest.mark.parametrize(("kind", "precision", "recall"), [("quantity", 0.90, 0.85), ("event", 0.80, 0.45)])
def test_extracted_claims_against_the_annotated_ones(kind: str, precision: float, recall: float) -> None:
    """The restatements word things more freely than news does; docs/quality.md tells what that costs."""
    assert precision_of(counts(), kind) >= precision
    assert recall_of(counts(), kind) >= recall


def test_every_quote_stands_at_its_offsets() -> None:
    gazetteer = Gazetteer(known_entities(SEEDS))
    for article in articles():
        for claim in extract(article, gazetteer, SEEDS):
            assert article.text[claim.start : claim.end] == claim.quote


def test_7939_and_7989_are_a_possible_slip_and_the_total_is_disputed() -> None:
    fact, verdict = fact_with("arrests", 7939, 7989, 8000, 10_000, 12_000)
    assert relation_of(fact, verdict, 7939, 7989) == {"possible_transcription"}
    assert {claim.origin for amount in (7939, 7989) for claim in claims_of(fact, amount)} == {MINISTRY}
    assert verdict.status == "disputed"
    assert relation_of(fact, verdict, 8000, 7939) == {"rounding_of"}


def test_the_new_arrests_are_one_increase_that_agrees() -> None:
    fact, verdict = fact_with("arrests", 1700, 1678, extent="increment")
    assert fact.place == "almaty"
    assert len({member.claim.article for member in fact.members}) == 3
    assert verdict.status == "agreed"
    assert relation_of(fact, verdict, 1678, 1700) == {"rounding_of"}


def test_arrests_at_two_markets_are_a_part_and_not_the_total() -> None:
    fact, _ = fact_with("arrests", 207)
    assert (fact.extent, fact.place) == ("subset", "almaty")


def test_withdrawn_deaths_and_the_count_that_stands() -> None:
    fact, verdict = fact_with("deaths", 164, 160)
    modality = {claim.article: claim.modality for claim in (member.claim for member in fact.members)}
    assert modality["military-alliance-consults"] == "retracted"
    assert modality["protesters-arrested-unrest-subsides"] == "retracted"
    assert modality["nearly-1700-detained"] == "asserted"
    assert "contradicts" not in relation_of(fact, verdict, 160, 164)


def test_all_counts_of_the_troops_are_one_fact() -> None:
    fact, verdict = fact_with("troops_deployed", 2000, 2500)
    assert (fact.subject, fact.place) == (CSTO, "kazakhstan")
    assert len({member.claim.article for member in fact.members}) == 5
    assert "bound_compatible" in relation_of(fact, verdict, 2000, 2500)


def test_two_articles_on_how_long_the_withdrawal_takes() -> None:
    fact, _ = fact_with("withdrawal_duration", 10)
    assert (fact.subject, fact.place) == (CSTO, "kazakhstan")
    assert len({member.claim.article for member in fact.members}) == 2
    assert {claim.qualifier for claim in claims_of(fact, 10)} == {"exact", "at_least"}


def test_the_council_is_not_the_committee() -> None:
    removed = {
        fact.object: {str(member.claim.complement) for member in fact.members}
        for fact, _ in facts()
        if fact.predicate == "removed_from_office"
    }
    assert "council" in str(removed["nursultan-nazarbayev"])
    assert "committee" not in str(removed["nursultan-nazarbayev"])
    assert "council" not in str(removed["karim-masimov"])
