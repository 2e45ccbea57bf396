"""Claims and the vocabulary they are made in, as the API shows them."""

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from service.schemas import ArticleRef, Facets, FacetsExact, Id, Instant, Ref, Slug, Timestamp

Modality = Literal["asserted", "reported", "denied", "retracted", "planned", "alleged"]
Qualifier = Literal["exact", "about", "nearly", "more_than", "at_least", "less_than", "at_most", "range"]
Extent = Literal["cumulative", "increment", "subset"]


class Predicate(msgspec.Struct, frozen=True):
    """A kind of statement that claims can make."""

    id: Id
    slug: Slug
    label: str
    kind: Literal["quantity", "event", "relation", "statement"]
    unit: Annotated[str | None, Meta(description="Unit of its values; null where there are none.")]
    description: str
    subject: Annotated[str | None, Meta(description="Who or what the subject of such a claim is.")]
    object: Annotated[str | None, Meta(description="Who or what its object is.")]
    complement: Annotated[str | None, Meta(description="Who or what its third participant is.")]
    identity: Annotated[
        list[str], Meta(description="The roles that make two claims about the same thing: one fact.")
    ]
    claims: Annotated[int, Meta(description="How many stored claims use it.")]


class PredicatePage(msgspec.Struct, frozen=True):
    items: list[Predicate]
    next: Annotated[str | None, Meta(description="Cursor of the next page.")]
    total: int | UnsetType = UNSET


class Value(msgspec.Struct, frozen=True):
    """A figure as the article gives it. Rounded or hedged figures keep their hedge; nothing is evened out."""

    amount: Annotated[int | float | None, Meta(description="The figure; null for ranges and for `dozens`.")]
    lower: Annotated[int | float | None, Meta(description="Lower bound; null is open.")]
    upper: Annotated[int | float | None, Meta(description="Upper bound; null is open.")]
    unit: str | None
    qualifier: Qualifier
    text: Annotated[str | None, Meta(description="The words in the article.")]


class Scope(msgspec.Struct, frozen=True):
    """What a claim covers."""

    place: Ref | None
    extent: Annotated[
        Extent | None,
        Meta(description="A running total, an addition since the last report, or a part of a larger figure."),
    ]
    group: Annotated[str | None, Meta(description="Which part of the larger figure, for a subset.")]
    of: Annotated[Id | None, Meta(description="The claim of the larger figure, for a subset.")]


class ValidTime(msgspec.Struct, frozen=True):
    """When a claim holds or happened, which is not when it was published."""

    start: Annotated[str | None, Meta(description="ISO 8601 date.")]
    end: Annotated[str | None, Meta(description="ISO 8601 date, inclusive.")]
    precision: Literal["second", "day", "week", "month", "year"] | None
    text: Annotated[str | None, Meta(description="The words in the article that say so.")]


class Attribution(msgspec.Struct, frozen=True):
    """One link of the chain of who an article has a claim from: the origin first, then the media that
    passed it on."""

    role: Literal["origin", "medium"]
    entity: Ref | None
    name: Annotated[str, Meta(description="The speaker as the article names it.")]
    cue: Annotated[str | None, Meta(description="The words that attribute: said, citing, according to.")]


class Selector(msgspec.Struct, frozen=True, omit_defaults=True):
    """A W3C TextQuoteSelector (exact, prefix, suffix) or TextPositionSelector (start, end in code points)."""

    type: Literal["TextQuoteSelector", "TextPositionSelector"]
    exact: str | UnsetType = UNSET
    prefix: str | UnsetType = UNSET
    suffix: str | UnsetType = UNSET
    start: int | UnsetType = UNSET
    end: int | UnsetType = UNSET


class Evidence(msgspec.Struct, frozen=True):
    """The exact words that carry a claim, checked by code against the stored text when the claim was
    stored."""

    article_sha256: str
    verified: bool
    selectors: list[Selector]


class Provenance(msgspec.Struct, frozen=True):
    """How a claim came into the store."""

    method: Literal["curated", "extracted", "submitted"]
    extractor: str | None
    confidence: Annotated[float | None, Meta(description="From 0 to 1; null when a person made the claim.")]


class Claim(msgspec.Struct, frozen=True):
    """One statement by one article, with its evidence."""

    id: Id
    predicate: Annotated[str, Meta(description="Slug of the predicate.")]
    statement: Annotated[str, Meta(description="The claim in one sentence of ours.")]
    subject: Ref | None
    subject_text: Annotated[str | None, Meta(description="The subject where it is no entity.")]
    object: Ref | None
    object_text: Annotated[str | None, Meta(description="The object where it is no entity.")]
    complement: Annotated[
        Ref | None,
        Meta(description="A third participant, as the predicate describes it: the body in a dismissal."),
    ]
    complement_text: str | None
    value: Value | None
    scope: Scope
    time: ValidTime | None
    attribution: Annotated[
        list[Attribution], Meta(description="Empty when the article says it in its own voice.")
    ]
    modality: Modality
    inferred: Annotated[
        list[str], Meta(description="Fields that the sentence does not state and its context implies.")
    ]
    reported_at: Instant
    recorded_at: Timestamp
    article: ArticleRef
    fact: Ref | None
    evidence: Evidence
    provenance: Provenance


class ClaimPage(msgspec.Struct, frozen=True):
    items: list[Claim]
    next: Annotated[str | None, Meta(description="Cursor of the next page.")]
    total: int | UnsetType = UNSET
    facets: Facets = UNSET
    facets_exact: FacetsExact = UNSET
