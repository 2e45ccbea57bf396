"""Facts and the agreement of their claims, as the API shows them."""

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from service.claims.schemas import Extent, Qualifier
from service.schemas import ArticleRef, Facets, FacetsExact, Id, Instant, Ref, Slug

Status = Literal["single_source", "agreed", "evolving", "disputed", "retracted"]
RelationType = Literal[
    "equal",
    "rounding_of",
    "bound_compatible",
    "scope_differs",
    "update_of",
    "retracts",
    "possible_transcription",
    "contradicts",
]


class Period(msgspec.Struct, frozen=True):
    start: Annotated[str | None, Meta(description="ISO 8601 date.")]
    end: Annotated[str | None, Meta(description="ISO 8601 date; null while it goes on or is not known.")]


class Range(msgspec.Struct, frozen=True):
    lower: int | float | None
    upper: int | float | None


class Agreement(msgspec.Struct, frozen=True):
    """The verdict over a fact, computed by the named rule from its claims; it says whether sources agree,
    not what is true."""

    status: Status
    because: Annotated[str, Meta(description="Why the rule gives this status, in words.")]
    claims: int
    articles: int
    independent_attributions: Annotated[
        int,
        Meta(description="Voices that do not repeat each other: five articles quoting one ministry are one."),
    ]
    range: Annotated[
        Range | None,
        Meta(
            description="From the lowest to the highest figure that still stands, or was told when none does."
        ),
    ]
    rule: str


class PreferredValue(msgspec.Struct, frozen=True):
    amount: int | float | None
    lower: int | float | None
    upper: int | float | None
    unit: str | None
    qualifier: Qualifier


class Preferred(msgspec.Struct, frozen=True):
    """The claim to quote when only one can be."""

    claim: Id
    value: PreferredValue | None
    because: Annotated[list[str], Meta(description="What sets it apart from the others.")]


class Position(msgspec.Struct, frozen=True):
    """One value that some claims of a fact hold, or deny."""

    value: PreferredValue | None
    denied: bool
    claims: list[Id]
    voices: Annotated[int, Meta(description="Independent attributions behind it.")]
    first_reported: Instant
    last_reported: Instant


class Relation(msgspec.Struct, frozen=True):
    """How one claim stands to another, by which clause of the rule, and why."""

    from_: Annotated[Id, Meta(description="The claim that stands in the relation.")] = msgspec.field(
        name="from"
    )
    to: Annotated[Id, Meta(description="The claim it stands in the relation to.")]
    type: RelationType
    clause: Annotated[str, Meta(description="The clause of the rule that decided.")]
    because: str


class FactSummary(msgspec.Struct, frozen=True):
    """A fact without its claims."""

    id: Id
    slug: Slug
    predicate: Annotated[str, Meta(description="Slug of the predicate.")]
    title: str
    subject: Ref | None
    object: Ref | None
    complement: Ref | None
    place: Ref | None
    extent: Extent | None
    group: Annotated[str | None, Meta(description="Which part of a larger figure, for a subset.")]
    period: Period
    agreement: Agreement
    preferred: Preferred | None
    first_reported: Instant
    last_reported: Instant


class FactPage(msgspec.Struct, frozen=True):
    items: list[FactSummary]
    next: Annotated[str | None, Meta(description="Cursor of the next page.")]
    total: int | UnsetType = UNSET
    facets: Facets = UNSET
    facets_exact: FacetsExact = UNSET


class Fact(FactSummary, frozen=True):
    """All claims about the same thing, the values they hold, and how they stand to each other."""

    positions: list[Position]
    relations: Annotated[
        list[Relation],
        Meta(
            description="Between its claims, and to claims of which they are a part; of more than a thousand"
            " those that decide most. `/v1/claims/{claim}/relations` has all of one claim."
        ),
    ]
    relations_total: Annotated[int, Meta(description="How many there are, listed here or not.")]
    claims: Annotated[list[Id], Meta(description="In the order in which they were published.")]


class TimelineStep(msgspec.Struct, frozen=True):
    """What one claim did to what was known."""

    label: Literal["first", "update", "correction", "rival", "repeat", "retraction"]
    claim: Id
    reported_at: Annotated[
        Instant,
        Meta(description="When its article was published; when it was taken back, where the step says so."),
    ]
    value: PreferredValue | None
    text: Annotated[str | None, Meta(description="The figure in the article's words.")]
    statement: str
    article: ArticleRef
    compared_to: Annotated[Id | None, Meta(description="The claim that the step is measured against.")]
    because: str


class Timeline(msgspec.Struct, frozen=True):
    fact: Ref
    steps: list[TimelineStep]
