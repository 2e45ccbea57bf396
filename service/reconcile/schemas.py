"""Queries and answers of the Entity Reconciliation API, versions 0.2 and 1.0-draft.

Where the two differ only in names, the struct of the draft carries `Draft` in its name. A member that the
specification calls optional is left out when it is not set; nulls are not valid there.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

MOST_CANDIDATES = 100
MOST_TEXT = 1000  # characters of a name or value in a query

Text = Annotated[str, Meta(min_length=1, max_length=MOST_TEXT)]
Limit = Annotated[
    int, Meta(ge=1, le=MOST_CANDIDATES, description="How many candidates to answer at most; 10 if left out.")
]


# Queries


class EntityValue(msgspec.Struct, frozen=True):
    """A value that is an entity, as a client knows it when it has reconciled that column before."""

    id: Text
    name: str | None = None
    lang: str | None = None
    dir: str | None = None


Value = EntityValue | Text | bool | int | float
Values = EntityValue | Text | bool | int | float | list[Value]


class QueryProperty(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pid: Annotated[Text, Meta(description="A property, as /v1/reconcile/suggest/property names it.")]
    v: Annotated[Values, Meta(description="One value or several, of which one has to agree.")]


class ReconcileQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Version 0.2: a name, properties, or both."""

    query: Text | UnsetType = UNSET
    type: Text | list[Text] | UnsetType = UNSET
    type_strict: Literal["any", "all", "should"] | UnsetType = UNSET
    limit: Limit | UnsetType = UNSET
    properties: Annotated[list[QueryProperty], Meta(max_length=50)] | UnsetType = UNSET


class MatchCondition(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """1.0-draft: something that candidates should or (`required`) have to meet."""

    match_type: Literal["name", "id", "property"]
    property_value: Values
    property_id: Text | UnsetType = UNSET
    required: bool = False
    match_quantifier: Annotated[
        Literal["any", "all", "none"], Meta(description="How many of several values have to agree.")
    ] = "any"
    match_qualifier: Annotated[
        str | UnsetType, Meta(description="`exact`: the same text when case and accents are folded.")
    ] = UNSET
    lang: str | None = None
    dir: str | None = None


class MatchQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    conditions: Annotated[list[MatchCondition], Meta(min_length=1, max_length=50)]
    type: Text | UnsetType = UNSET
    limit: Limit | UnsetType = UNSET
    lang: str | None = None
    dir: str | None = None


class MatchBatch(msgspec.Struct, frozen=True):
    """The body of a match request; each query is read on its own, so that one error leaves the others
    alone."""

    queries: Annotated[list[dict[str, Any]], Meta(min_length=1)]


class MatchRequest(msgspec.Struct, frozen=True):
    """The body of a match request, as the document shows it."""

    queries: Annotated[list[MatchQuery], Meta(min_length=1)]


class ExtendProperty(msgspec.Struct, frozen=True):
    id: Text
    settings: dict[str, Any] = {}


class ExtendQuery(msgspec.Struct, frozen=True):
    """Which properties of which entities."""

    ids: list[Text]
    properties: Annotated[list[ExtendProperty], Meta(min_length=1, max_length=50)]


class ReconcileForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Exactly one of the three, each a JSON text."""

    queries: Annotated[str | UnsetType, Meta(description="A batch of queries by keys of the client's.")] = (
        UNSET
    )
    extend: Annotated[str | UnsetType, Meta(description="A data extension query.")] = UNSET
    query: Annotated[str | UnsetType, Meta(description="One query, or just a name: the oldest form.")] = UNSET


# Answers


class TypeRef(msgspec.Struct, frozen=True):
    id: str
    name: str


class Feature(msgspec.Struct, frozen=True):
    """One thing the score was made from, or that helps to choose."""

    id: str
    name: str
    value: bool | int | float


class Candidate(msgspec.Struct, frozen=True, omit_defaults=True):
    id: Annotated[str, Meta(description="The entity's slug.")]
    name: str
    type: list[TypeRef]
    score: Annotated[float, Meta(description="From 0 to 100; best first.")]
    features: list[Feature]
    match: Annotated[bool, Meta(description="Good enough to be taken unseen, and no other comes close.")]
    description: str | UnsetType = UNSET


class QueryError(msgspec.Struct, frozen=True):
    """Why one query of a batch has no answer."""

    pointer: str
    detail: str


class Result(msgspec.Struct, frozen=True):
    result: list[Candidate]
    errors: list[QueryError] | UnsetType = UNSET


class DraftResult(msgspec.Struct, frozen=True):
    candidates: list[Candidate]
    errors: list[QueryError] | UnsetType = UNSET


class DraftResults(msgspec.Struct, frozen=True):
    """One result for each query, in their order."""

    results: list[DraftResult]


class PropertyRef(msgspec.Struct, frozen=True):
    id: str
    name: str


Cell = dict[str, str | int | float]  # {"str"}, {"int"}, {"float"}, {"date"} or an entity's {"id", "name"}


class Extension(msgspec.Struct, frozen=True):
    meta: list[PropertyRef]
    rows: Annotated[dict[str, dict[str, list[Cell]]], Meta(description="By entity, then by property.")]


class DraftProperty(msgspec.Struct, frozen=True):
    id: str
    values: list[Cell]


class DraftRow(msgspec.Struct, frozen=True):
    id: str
    properties: list[DraftProperty]


class DraftExtension(msgspec.Struct, frozen=True):
    meta: list[PropertyRef]
    rows: list[DraftRow]


class Qualifier(msgspec.Struct, frozen=True, rename="camel"):
    id: str
    name: str


class Completion(msgspec.Struct, frozen=True, rename={"match_qualifiers": "matchQualifiers"}):
    id: str
    name: str
    description: str | UnsetType = UNSET
    notable: Annotated[list[TypeRef] | UnsetType, Meta(description="Of an entity: its type.")] = UNSET
    match_qualifiers: Annotated[
        list[Qualifier] | UnsetType, Meta(description="Of a property: how its values can be compared.")
    ] = UNSET


class Completions(msgspec.Struct, frozen=True):
    result: list[Completion]
    cursor: Annotated[int | UnsetType, Meta(description="How many to skip for more; absent at the end.")] = (
        UNSET
    )


class Proposals(msgspec.Struct, frozen=True):
    properties: list[Completion]
    type: str
    limit: int | UnsetType = UNSET
