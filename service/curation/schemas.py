"""What clients send to change claims and entities, and what the service answers besides the rows
themselves.

A change has the shape of the answer it changes, so what GET gave can be edited and sent back: a reference
is an id, a slug, or the object that answers show.
"""

import datetime as dt
import uuid
from typing import Annotated, Any, Literal, get_type_hints

import msgspec
from msgspec import UNSET, Meta, UnsetType

from service.claims.schemas import Extent, Modality, Qualifier
from service.entities.schemas import AliasKind, Entity, Kind
from service.schemas import Id, Ref, Slug, Timestamp

Words = Annotated[str, Meta(min_length=1, max_length=200)]
Name = Annotated[
    str,
    Meta(min_length=1, max_length=200, pattern=r"\S", extra={"expected": "words that can be seen"}),
]
Sentence = Annotated[str, Meta(min_length=1, max_length=2000)]
Quote = Annotated[str, Meta(min_length=1, max_length=5000)]
Why = Annotated[str, Meta(max_length=1000)]
Reason = Annotated[Why | None, Meta(description="Why, for the history.", examples=["the same person"])]
Phrase = Annotated[str, Meta(min_length=1, max_length=300)]
Unit = Annotated[str, Meta(min_length=1, max_length=50)]
Around = Annotated[str, Meta(max_length=1000)]
Language = Annotated[str, Meta(pattern="^[a-z]{2,3}$")]
Description = Annotated[str, Meta(max_length=2000)]
Figure = int | float
Offset = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Inferable = Literal[
    "subject",
    "object",
    "complement",
    "place",
    "value",
    "extent",
    "group",
    "of",
    "time",
    "attribution",
    "modality",
]


class RefIn(msgspec.Struct, frozen=True):
    """A row, as answers refer to it; only `id` or `slug` is read."""

    id: str | None = None
    slug: str | None = None


Reference = Annotated[str | RefIn, Meta(description="An id, a slug, or the object that answers show.")]


class NewValue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A figure. It is read again from the quote; what is given here has to agree, what is left out is taken
    from there."""

    amount: Annotated[Figure | None, Meta(description="The figure.", examples=[7939])] = None
    lower: Figure | None = None
    upper: Figure | None = None
    unit: Annotated[Unit | None, Meta(description="That of the predicate, if left out.")] = None
    qualifier: Qualifier | None = None
    text: Annotated[Phrase | None, Meta(description="The figure's words, inside the quote.")] = None


class NewScope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    place: Reference | None = None
    extent: Extent | None = None
    group: Words | None = None
    of: Annotated[uuid.UUID | None, Meta(description="The claim of the larger figure, for a subset.")] = None


class NewTime(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    start: dt.date | None = None
    end: dt.date | None = None
    precision: Literal["second", "day", "week", "month", "year"] | None = None
    text: Annotated[Phrase | None, Meta(description="The words that say so, near the quote.")] = None


class NewAttribution(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One link of the chain, origin first. `name` and `cue` are words of the sentence or of a neighbour."""

    name: Words
    role: Literal["origin", "medium"] = "origin"
    entity: Reference | None = None
    cue: Words | None = None


class SelectorIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A W3C TextQuoteSelector (exact, prefix, suffix) or TextPositionSelector (start, end in code points)."""

    type: Literal["TextQuoteSelector", "TextPositionSelector"]
    exact: Quote | None = None
    prefix: Around | None = None
    suffix: Around | None = None
    start: Offset | None = None
    end: Offset | None = None


class EvidenceIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    selectors: Annotated[list[SelectorIn], Meta(min_length=1, max_length=2)]
    article_sha256: Annotated[str | None, Meta(description="If given, that of the stored text.")] = None
    verified: Annotated[bool | None, Meta(description="Not read: the service verifies for itself.")] = None


class NewClaim(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A claim with its evidence: `quote`, with `start` where it stands more than once, or `evidence`."""

    article: Reference
    predicate: Annotated[
        str, Meta(max_length=200, description="Slug of the predicate.", examples=["arrests"])
    ]
    quote: Annotated[Quote | None, Meta(description="The exact words that are the evidence.")] = None
    start: Annotated[Offset | None, Meta(description="Code point where the quote starts.")] = None
    evidence: Annotated[EvidenceIn | None, Meta(description="The same as W3C selectors.")] = None
    statement: Annotated[Sentence | None, Meta(description="The claim in one sentence; else the quote.")] = (
        None
    )
    subject: Reference | None = None
    subject_text: Annotated[Words | None, Meta(description="The subject where it is no entity.")] = None
    object: Reference | None = None
    object_text: Words | None = None
    complement: Reference | None = None
    complement_text: Words | None = None
    value: NewValue | None = None
    scope: NewScope | None = None
    time: NewTime | None = None
    attribution: Annotated[list[NewAttribution], Meta(max_length=10)] = []
    modality: Annotated[
        Modality | None,
        Meta(description="Else `reported` where somebody is named, `asserted` where nobody is."),
    ] = None
    inferred: Annotated[
        list[Inferable], Meta(max_length=11, description="Fields that the context implies.")
    ] = []


class NewAlias(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One more way to write an entity's name. The preferred name is changed with PATCH instead."""

    text: Name
    kind: Annotated[
        Literal["spelling", "short", "acronym", "native", "former", "error", "demonym"],
        Meta(description="What kind of name it is."),
    ] = "spelling"
    language: Annotated[Language | None, Meta(description="ISO 639, where it is known.")] = None
    reason: Reason = None


class AliasIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: Name
    kind: AliasKind = "spelling"
    language: Language | None = None


NewSlug = Annotated[str, Meta(max_length=120, pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]


class NewEntity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: Annotated[Name, Meta(description="The preferred name.")]
    kind: Kind
    slug: Annotated[NewSlug | None, Meta(description="Else made of the name.")] = None
    description: Description | None = None
    part_of: Annotated[Reference | None, Meta(description="The place or body that it is a part of.")] = None
    aliases: Annotated[
        list[AliasIn | Name],
        Meta(max_length=200, description="Other ways to write the name; a text alone is a spelling."),
    ] = []
    reason: Reason = None


class EntityChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The members of an entity that a merge patch can change. Slug and id are stable; aliases have paths of
    their own."""

    name: Name
    kind: Kind
    description: Description | None = None
    part_of: Reference | None = None


def patch_of(name: str, kind: type[msgspec.Struct], described: str) -> type[msgspec.Struct]:
    """The shape of a merge patch of a row, for the document: every member may be left out, or null to remove
    it."""
    hints = get_type_hints(kind, include_extras=True)
    fields = [(one, hints[one] | None, None) for one in kind.__struct_fields__]
    return msgspec.defstruct(name, fields, namespace={"__doc__": described}, module=__name__)


ClaimPatch = patch_of("ClaimPatch", NewClaim, "The members of a claim to change (RFC 7396).")
EntityPatch = patch_of("EntityPatch", EntityChange, "The members of an entity to change (RFC 7396).")


class MergeIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    into: Annotated[Reference, Meta(description="The entity that stays.", examples=["astana"])]
    reason: Reason = None


class SplitIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What leaves an entity and becomes one of its own."""

    name: Annotated[Name, Meta(description="The preferred name of the new entity.")]
    kind: Annotated[Kind | None, Meta(description="Else that of the entity it leaves.")] = None
    slug: Annotated[NewSlug | None, Meta(description="Else made of the name.")] = None
    description: Description | None = None
    part_of: Reference | None = None
    aliases: Annotated[
        list[Name], Meta(max_length=200, description="Aliases that go along, as written.")
    ] = []
    mentions: Annotated[list[uuid.UUID], Meta(max_length=10_000, description="Mentions that go along.")] = []
    claims: Annotated[
        list[uuid.UUID],
        Meta(max_length=10_000, description="Claims that go along, in every role it has there."),
    ] = []
    reason: Reason = None


class Resembling(msgspec.Struct, frozen=True):
    """A known entity that a new one may be the same as."""

    entity: Ref
    score: Annotated[float, Meta(description="How far the names are one, from 0 to 1.")]
    matched: Annotated[str, Meta(description="Which of its aliases is so close.")]


class EntityMade(Entity, frozen=True):
    """The new entity, and whom it may be the same as; a person should look, so each stands in the review
    queue."""

    resembles: list[Resembling]


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    reason: Reason = None


class Subject(msgspec.Struct, frozen=True):
    """The entity or claim that a review is about."""

    type: Literal["entity", "claim"]
    id: Id
    slug: Annotated[str | None, Meta(description="Claims have none.")]
    label: Annotated[str | None, Meta(description="Name or statement; null when the row is gone.")]


class Review(msgspec.Struct, frozen=True):
    """Something that code decided and a person should look at."""

    id: Id
    kind: Literal["similar_entity", "low_confidence", "possible_transcription"]
    status: Literal["open", "accepted", "rejected"]
    about: Subject
    other: Annotated[Subject | None, Meta(description="What it resembles, or differs from in one digit.")]
    detail: str
    score: Annotated[float | None, Meta(description="Similarity or confidence, from 0 to 1.")]
    decided_by: Annotated[str | None, Meta(description="Name of the key.")]
    decided_at: Timestamp | None
    reason: str | None
    recorded_at: Timestamp


class ReviewPage(msgspec.Struct, frozen=True):
    items: list[Review]
    next: Annotated[str | None, Meta(description="Cursor of the next page.")]
    total: int | UnsetType = UNSET


class ChangeOut(msgspec.Struct, frozen=True):
    """One change of one row."""

    number: Annotated[int, Meta(description="Rises within one row's history.")]
    at: Timestamp
    actor: Annotated[str, Meta(description="Name of the key that made it.")]
    type: Literal["article", "entity", "claim", "source", "review", "key"]
    row_id: Id
    slug: Slug | None
    action: Literal["created", "updated", "deleted", "merged", "split", "accepted", "rejected"]
    reason: str | None
    before: Annotated[
        dict[str, Any] | None, Meta(description="The row as the API showed it; null where it was none.")
    ]
    after: Annotated[
        dict[str, Any] | None,
        Meta(description="The row as the API shows it since; null where it is gone or came in bulk."),
    ]


class ChangePage(msgspec.Struct, frozen=True):
    items: list[ChangeOut]
    next: Annotated[str | None, Meta(description="Cursor of the next page.")]
    total: int | UnsetType = UNSET


class ChangeFeed(msgspec.Struct, frozen=True):
    items: list[ChangeOut]
    since: Annotated[str, Meta(description="What to send as `since` next time; also when nothing is new.")]
    more: Annotated[bool, Meta(description="Whether more is there already.")]
