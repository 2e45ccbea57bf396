"""Claims, facts and articles in the terms of schema.org.

A claim is a `Claim` that is based on a `Quotation`, the words of its article; a fact is a `Collection` of
claims, one for each position and under it those that hold it; an article is a `NewsArticle`. A fact is never
a `ClaimReview`: whether sources agree is no verdict on truth. Every IRI is absolute and answers a GET, or is
a fragment of one that does.

Where schema.org has no term, nothing is bent: how certain an article presents a claim is told in words
(`description`), and `author` stands only where the article says whose claim it is and we know what that is.
"""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from service.articles.schemas import Article
from service.claims.schemas import Attribution, Claim, Value
from service.facts.schemas import Fact, Position, PreferredValue
from service.schemas import ArticleRef, Ref

CONTEXT = "https://schema.org"
TYPES = {"person": "Person", "organization": "Organization", "place": "Place", "event": "Event"}
# What somebody denies or takes back is not what they claim.
OWN_WORDS = ("asserted", "reported", "planned", "alleged")

Node = dict[str, Any]
Kinds = Mapping[uuid.UUID, str]  # of entities, by id


def entities_of_claim(claim: Claim) -> list[uuid.UUID]:
    """Whose kinds `claim_document` needs."""
    linked = [claim.subject, claim.object, claim.complement, claim.scope.place]
    linked += [link.entity for link in claim.attribution]
    return [one.id for one in linked if one is not None]


def entities_of_fact(fact: Fact) -> list[uuid.UUID]:
    linked = (fact.subject, fact.object, fact.complement, fact.place)
    return [one.id for one in linked if one is not None]


def claim_document(base: str, claim: Claim, kinds: Kinds) -> Node:
    (quote, _) = claim.evidence.selectors
    iri = f"{base}/v1/claims/{claim.id}"
    return present(
        {
            "@context": CONTEXT,
            "@id": iri,
            "@type": "Claim",
            "identifier": str(claim.id),
            "text": claim.statement,
            "description": told(claim),
            "author": author(base, claim, kinds),
            "about": entities(base, (claim.subject, claim.object, claim.complement), kinds),
            "mainEntity": figure(base, claim.predicate, claim.value),
            "spatialCoverage": entity(base, claim.scope.place, kinds),
            "temporalCoverage": interval(claim.time.start, claim.time.end) if claim.time else None,
            "datePublished": claim.reported_at,
            "appearance": article_node(base, claim.article),
            "isBasedOn": {
                "@id": f"{iri}#evidence",
                "@type": "Quotation",
                "text": quote.exact,
                "isBasedOn": {"@id": article_iri(base, claim.article)},
            },
            "isPartOf": None
            if claim.fact is None
            else {
                "@id": f"{base}/v1/facts/{claim.fact.slug}",
                "@type": "Collection",
                "name": claim.fact.name,
            },
        }
    )


def fact_document(base: str, fact: Fact, claims: Mapping[uuid.UUID, Claim], kinds: Kinds) -> Node:
    """`claims` are those of the fact, by id."""
    iri = f"{base}/v1/facts/{fact.slug}"
    agreement = fact.agreement
    return present(
        {
            "@context": CONTEXT,
            "@id": iri,
            "@type": "Collection",
            "identifier": str(fact.id),
            "name": fact.title,
            "description": f"{agreement.status.replace('_', ' ')} ({agreement.rule}): {agreement.because}",
            "about": entities(base, (fact.subject, fact.object, fact.complement), kinds),
            "spatialCoverage": entity(base, fact.place, kinds),
            "temporalCoverage": interval(fact.period.start, fact.period.end),
            "collectionSize": len(fact.positions),
            "hasPart": [
                position_node(base, f"{iri}#position-{number}", fact, position, claims)
                for number, position in enumerate(fact.positions, start=1)
            ],
        }
    )


def position_node(
    base: str, iri: str, fact: Fact, position: Position, claims: Mapping[uuid.UUID, Claim]
) -> Node:
    """One value that claims of a fact hold: what is the same in all of them."""
    held = [claims[one] for one in position.claims if one in claims]
    articles = {claim.article.id: claim.article for claim in held}
    return present(
        {
            "@id": iri,
            "@type": "Claim",
            "name": f"{'Denied: ' if position.denied else ''}{fact.title}",
            "mainEntity": figure(base, fact.predicate, position.value),
            "appearance": [article_node(base, one) for one in articles.values()],
            "firstAppearance": first(base, articles.values()),
            "workExample": [
                {"@id": f"{base}/v1/claims/{claim.id}", "@type": "Claim", "text": claim.statement}
                for claim in held
            ],
        }
    )


def article_document(base: str, article: Article) -> Node:
    iri = f"{base}/v1/articles/{article.slug}"
    reprinted = article.reprint_of
    return present(
        {
            "@context": CONTEXT,
            "@id": iri,
            "@type": "NewsArticle",
            "identifier": [
                str(article.id),
                {"@type": "PropertyValue", "propertyID": "sha256", "value": article.sha256},
            ],
            "url": article.url,
            "headline": article.title,
            "articleBody": article.text,
            "inLanguage": article.language,
            "datePublished": article.published_at,
            "publisher": publisher(base, article.source),
            # A byline may name people or an agency, and `author` would have to say which.
            "creditText": article.author,
            "isBasedOn": None
            if reprinted is None
            else {
                "@id": f"{base}/v1/articles/{reprinted.slug}",
                "@type": "NewsArticle",
                "headline": reprinted.name,
            },
        }
    )


def author(base: str, claim: Claim, kinds: Kinds) -> Node | None:
    """Whose claim it is: the origin where it is a known person or organization, the publisher where the
    article says it in its own voice."""
    if claim.modality not in OWN_WORDS:
        return None
    origin = next((link for link in claim.attribution if link.role == "origin"), None)
    if origin is not None:
        known = origin.entity is not None and kinds.get(origin.entity.id) in ("person", "organization")
        return entity(base, origin.entity, kinds) if known else None
    own_voice = claim.modality == "asserted" and not claim.attribution
    return publisher(base, claim.article.source) if own_voice else None


def told(claim: Claim) -> str:
    """How the article presents a claim, in words."""
    chain = ", ".join(f"{named(link)} ({link.role})" for link in claim.attribution)
    return claim.modality.capitalize() + (f"; attributed to {chain}." if chain else " by the article itself.")


def named(link: Attribution) -> str:
    return link.name if link.entity is None else link.entity.name


def figure(base: str, predicate: str, value: Value | PreferredValue | None) -> Node | None:
    if value is None:
        return None
    single = value.amount is not None and value.lower == value.upper == value.amount
    return present(
        {
            "@type": "PropertyValue",
            "propertyID": f"{base}/v1/predicates/{predicate}",
            "value": value.amount,
            "minValue": None if single else value.lower,
            "maxValue": None if single else value.upper,
            "unitText": value.unit,
            "description": value.qualifier.replace("_", " "),
        }
    )


def entity(base: str, one: Ref | None, kinds: Kinds) -> Node | None:
    if one is None:
        return None
    kind = TYPES.get(kinds.get(one.id, ""), "Thing")
    return {"@id": f"{base}/v1/entities/{one.slug}", "@type": kind, "name": one.name}


def entities(base: str, some: Iterable[Ref | None], kinds: Kinds) -> list[Node]:
    return [node for one in some if (node := entity(base, one, kinds))]


def publisher(base: str, source: Ref) -> Node:
    return {"@id": f"{base}/v1/sources/{source.slug}", "@type": "Organization", "name": source.name}


def article_iri(base: str, article: ArticleRef) -> str:
    return f"{base}/v1/articles/{article.slug}"


def article_node(base: str, article: ArticleRef) -> Node:
    return {
        "@id": article_iri(base, article),
        "@type": "NewsArticle",
        "headline": article.title,
        "datePublished": article.published_at,
        "publisher": publisher(base, article.source),
    }


def first(base: str, articles: Iterable[ArticleRef]) -> Node | None:
    """The earliest of some articles; None when two of one day could each be it."""
    ordered = sorted(articles, key=lambda one: one.published_at)
    if not ordered or (len(ordered) > 1 and ordered[1].published_at[:10] == ordered[0].published_at[:10]):
        return None
    return article_node(base, ordered[0])


def interval(start: str | None, end: str | None) -> str | None:
    """ISO 8601: a day, or an interval that may be open."""
    if start is None:
        return None if end is None else f"../{end}"
    if start == end:
        return start
    return f"{start}/{end or '..'}"


def present(node: Node) -> Node:
    """Without what is not known."""
    return {name: value for name, value in node.items() if value is not None and value != []}
