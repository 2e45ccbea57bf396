"""Articles as clients send them, and what the service answers to them."""

from typing import Annotated, Any, ClassVar, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from service.articles.schemas import Article
from service.claims.schemas import Claim, Evidence, Extent, Modality, Provenance, ValidTime, Value
from service.entities.schemas import Kind

LONGEST = 2_000_000  # code points of a text: a long book; extraction takes seconds for it

# Something that can be seen: neither white space nor control characters, soft hyphens, marks of direction.
SEEN = Meta(
    pattern="[^\\s\\x00-\\x1f\\x7f-\\x9f\\xad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff]",
    extra={"expected": "words that can be seen"},
)
Words = Annotated[str, Meta(max_length=2000), SEEN]
MOST_LINKS, MOST_CLAIMS = 20, 2_000


class AttributionIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who an article has a claim from, in the article's own words."""

    name: Annotated[str, Meta(max_length=500, description="The speaker, as the text names it."), SEEN]
    role: Literal["origin", "medium"] = "origin"
    cue: Annotated[Words | None, Meta(description="The words that attribute, as they stand in the text.")] = (
        None
    )


class ClaimIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A claim that a client brings. Names, figures and dates are words of the text; the service finds them
    there, reads the figure again and decides which entities they are, exactly as for claims it extracts
    itself."""

    predicate: Annotated[str, Meta(description="Slug of the predicate.", examples=["arrests"])]
    quote: Annotated[
        str, Meta(min_length=1, max_length=5000, description="The exact words that are the evidence.")
    ]
    start: Annotated[
        int | None,
        Meta(
            description="Code point of the stored text where the quote starts: needed when it stands there"
            " more than once, checked when it is given."
        ),
    ] = None
    statement: Annotated[Words | None, Meta(description="The claim in one sentence; else the quote.")] = None
    value: Annotated[
        Words | None, Meta(description="The figure's words inside the quote.", examples=["almost 8,000"])
    ] = None
    amount: Annotated[float | None, Meta(description="What the figure is; must agree with its words.")] = None
    subject: Words | None = None
    object: Words | None = None
    complement: Words | None = None
    place: Words | None = None
    time: Annotated[Words | None, Meta(description="The words that say when.", examples=["on Wednesday"])] = (
        None
    )
    attribution: Annotated[list[AttributionIn], Meta(max_length=MOST_LINKS)] = []
    modality: Modality = "asserted"
    extent: Extent | None = None
    group: Words | None = None


class ArticleIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An article as it was found: `text` or `html`, navigation and footers included."""

    as_sent: ClassVar = ("text", "html")

    text: Annotated[str | None, Meta(description="Plain text; cleaned of advertisements and footers.")] = None
    html: Annotated[str | None, Meta(description="A page, of which the article is taken.")] = None
    title: Annotated[str, Meta(max_length=500, description="Else the page's title or first line.")] | None = (
        None
    )
    source: (
        Annotated[
            str,
            Meta(
                max_length=200,
                description="Publisher, by slug or name; made and flagged if unknown. Else the URL's host.",
            ),
            SEEN,
        ]
        | None
    ) = None
    published_at: Annotated[
        str | None,
        Meta(description="A date or an RFC 3339 time; else it is inferred from the text, and flagged."),
    ] = None
    url: (
        Annotated[
            str,
            Meta(
                max_length=2000,
                pattern="^https?://[^\\s]+$",
                extra={"expected": "an address as https://example.org/article"},
            ),
        ]
        | None
    ) = None
    author: Annotated[str, Meta(max_length=300)] | None = None
    language: (
        Annotated[
            str,
            Meta(
                pattern="^[a-z]{2,3}$",
                description="ISO 639; claims are sought in `en` alone. Else it is told from the text: one"
                " that is plainly in another language by its commonest words or its script is stored as"
                " that (`und` where only the script is known), and a warning says so; all others as `en`.",
                extra={"expected": "two or three letters, as en"},
            ),
        ]
        | None
    ) = None
    claims: Annotated[
        list[ClaimIn],
        Meta(
            max_length=MOST_CLAIMS,
            description="Claims that come with the article; every one must hold, or none is stored.",
        ),
    ] = []
    extract: Annotated[bool, Meta(description="Whether the service looks for claims itself.")] = True


class RejectedOut(msgspec.Struct, frozen=True):
    """A candidate that did not become a claim, and why."""

    quote: str
    predicate: str
    extractor: str
    reason: str
    detail: str


class ArticleStored(msgspec.Struct, frozen=True):
    """The stored article with what was drawn from it."""

    created: Annotated[bool, Meta(description="False when the same text was there already.")]
    article: Article
    claims: list[Claim]
    rejected: list[RejectedOut]
    warnings: Annotated[list[str], Meta(description="What was left undone, and how to get it done.")] = []


class ImportLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """The result of one line of an import."""

    line: Annotated[int, Meta(description="Counted from 1.")]
    status: Annotated[int, Meta(description="As if the line had been posted alone: 201, 200 or a problem's.")]
    article: Annotated[str | UnsetType, Meta(description="Slug of the article.")] = UNSET
    claims: int | UnsetType = UNSET
    rejected: int | UnsetType = UNSET
    warnings: list[str] | UnsetType = UNSET
    problem: Annotated[Any, Meta(description="An RFC 9457 problem, where there is one.")] = UNSET


class SpanOut(msgspec.Struct, frozen=True):
    """`text[start:end] == surface`, in code points."""

    start: int
    end: int
    surface: str


class MentionOut(SpanOut, frozen=True):
    kind: Kind
    name: Annotated[str, Meta(description="The fullest form of the name that the text or the store has.")]
    entity: Annotated[str | None, Meta(description="Slug, when the store knows it.")]
    flags: list[str]


class QuantityOut(SpanOut, frozen=True):
    amount: int | float | None
    lower: int | float | None
    upper: int | float | None
    qualifier: str
    unit: str | None
    noun: Annotated[str | None, Meta(description="What is counted, in the singular.")]
    flags: list[str]


class DateOut(SpanOut, frozen=True):
    value: Annotated[str | None, Meta(description="ISO 8601, as precise as the words.")]
    precision: str | None
    flags: list[str]


class AttributionOut(msgspec.Struct, frozen=True):
    source: SpanOut | None
    cue: SpanOut
    content: SpanOut | None
    entity: str | None
    name: str | None


class ExtractIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text to look at. Nothing is stored."""

    as_sent: ClassVar = ("text", "html")

    text: str | None = None
    html: str | None = None
    title: Annotated[str, Meta(max_length=500)] | None = None
    published_at: Annotated[str | None, Meta(description="What relative dates count from.")] = None
    clean: Annotated[bool, Meta(description="False leaves the text as it came.")] = True


class RemovedOut(SpanOut, frozen=True):
    reason: str


class NameOut(msgspec.Struct, frozen=True):
    """An entity that a text names; `slug` is null for one that the store does not know."""

    slug: str | None
    name: str
    kind: Kind


class ScopeOut(msgspec.Struct, frozen=True):
    place: NameOut | None
    extent: Extent | None
    group: str | None
    of: None


class AttributionLinkOut(msgspec.Struct, frozen=True):
    role: Literal["origin", "medium"]
    entity: NameOut | None
    name: str
    cue: str | None


class ExtractedClaim(msgspec.Struct, frozen=True):
    """A claim as the store would hold it, without ids."""

    predicate: str
    statement: str
    subject: NameOut | None
    subject_text: str | None
    object: NameOut | None
    object_text: str | None
    complement: NameOut | None
    complement_text: str | None
    value: Value | None
    scope: ScopeOut
    time: ValidTime | None
    attribution: list[AttributionLinkOut]
    modality: Modality
    reported_at: Annotated[
        str | None, Meta(description="The publication; null where no date is given or found.")
    ]
    inferred: list[str]
    evidence: Evidence
    provenance: Provenance


class ExtractOut(msgspec.Struct, frozen=True):
    """What the extractor sees; every offset is a code point into `text`."""

    text: str
    title: str
    published_at: Annotated[str | None, Meta(description="As given, else as inferred.")]
    published_note: Annotated[
        str | None,
        Meta(description="What the date is inferred from, or why none is; null when it was given."),
    ]
    sentences: list[SpanOut]
    mentions: list[MentionOut]
    quantities: list[QuantityOut]
    dates: list[DateOut]
    attributions: list[AttributionOut]
    claims: list[ExtractedClaim]
    rejected: list[RejectedOut]
    removed: Annotated[
        list[RemovedOut], Meta(description="What cleaning took out; offsets into the raw text.")
    ]
    warnings: Annotated[list[str], Meta(description="What was left undone, and why.")]
