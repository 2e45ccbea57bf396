"""Questions and checks, as the API takes and answers them."""

import datetime as dt
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from service.claims.schemas import Extent, Qualifier
from service.facts.schemas import PreferredValue, Range, Status
from service.schemas import ArticleRef, Id, Ref, Slug
from service.web.problems import Problem

MAX_QUESTION = 1000  # characters
MOST_QUERIES = 100

TokenRole = Literal[
    "form", "predicate", "context", "entity", "place", "speaker", "time", "value", "extent", "speech",
    "modality", "word", "filler", "unknown",
]  # fmt: skip


class WordRead(msgspec.Struct, frozen=True):
    """One word of the question and what it was taken for."""

    text: str
    start: Annotated[int, Meta(description="Code points into the question.")]
    end: int
    role: Annotated[
        TokenRole,
        Meta(description="`context`: mentioned in passing; `word`: no vocabulary, but claims say it."),
    ]
    read_as: Annotated[str | None, Meta(description="The word it was read as, when it was misspelt.")]


class PredicateRead(msgspec.Struct, frozen=True):
    predicate: Annotated[str, Meta(description="Slug of the predicate.")]
    words: str
    weight: Annotated[float, Meta(description="How surely the words mean it, 0 to 1.")]
    context: Annotated[bool, Meta(description="Mentioned in passing: `killed in the protests`.")]


class EntityRead(msgspec.Struct, frozen=True):
    slug: Slug
    name: str
    kind: str
    matched: Annotated[str, Meta(description="The stored name that the words matched.")]
    score: float


class MentionRead(msgspec.Struct, frozen=True):
    words: str
    role: Annotated[
        str,
        Meta(
            description=(
                "`agent` acts, `patient` is acted on, `speaker` said it, `except` is left out; "
                "`any` is left open."
            )
        ),
    ]
    entities: Annotated[list[EntityRead], Meta(description="Whom the words may name, the likeliest first.")]


class PeriodRead(msgspec.Struct, frozen=True):
    start: Annotated[str | None, Meta(description="ISO 8601 date; null is open.")]
    end: str | None
    relation: Literal["in", "by", "since"]
    words: str


class Interpretation(msgspec.Struct, frozen=True):
    """How a question was understood, word by word."""

    form: Annotated[
        str | None,
        Meta(description="how_many, how_long, how_old, how, when, where, why, who, what, whether."),
    ]
    predicates: list[PredicateRead]
    entities: list[MentionRead]
    period: PeriodRead | None
    extent: Extent | None
    value: Annotated[PreferredValue | None, Meta(description="The figure that the question holds out.")]
    modality: str | None
    words: list[WordRead]
    not_understood: Annotated[
        list[str], Meta(description="Words that neither the grammar nor any claim found explains.")
    ]


class ScorePart(msgspec.Struct, frozen=True):
    """One part of a score, which is the mean of all parts weighted by `weight`."""

    name: str
    weight: float
    value: Annotated[float, Meta(ge=0, le=1)]
    because: str


class EvidenceRead(msgspec.Struct, frozen=True):
    """The sentence to quote, exactly as the article has it."""

    claim: Id
    statement: str
    quote: str
    start: Annotated[int, Meta(description="Code points into the article's text.")]
    end: int
    article: ArticleRef


class FactLinks(msgspec.Struct, frozen=True):
    fact: str
    timeline: str
    claims: str


class JudgedClaim(msgspec.Struct, frozen=True):
    """How one claim stands to the figure that was asked about, and which clause of the rule says so."""

    claim: Id
    statement: str
    value: PreferredValue | None
    type: str
    clause: str
    because: str
    withdrawn: Annotated[bool, Meta(description="Taken back by its origin: listed, and counts for nothing.")]
    evidence: EvidenceRead
    fact: Ref


CheckVerdict = Literal["supported", "compatible", "contradicted", "mixed", "unknown"]


class FactAnswer(msgspec.Struct, frozen=True):
    """A fact that answers, how well, and what it answers."""

    fact: Ref
    predicate: str
    score: Annotated[float, Meta(ge=0, le=1)]
    explanation: list[ScorePart]
    answer: Annotated[str, Meta(description="One sentence, made from the claims.")]
    names: Annotated[list[str], Meta(description="Who answers a question for who.")]
    value: Annotated[PreferredValue | None, Meta(description="The figure to quote when only one can be.")]
    range: Range | None
    status: Status
    because: Annotated[str, Meta(description="Why the rule gives this status.")]
    articles: int
    independent_attributions: int
    extent: Extent | None
    group: str | None
    place: Ref | None
    part_of: Annotated[
        str | None, Meta(description="Slug of the place asked for, when the fact is about a place inside it.")
    ]
    verdict: Annotated[CheckVerdict | None, Meta(description="For a question that holds out a figure.")]
    claims: Annotated[
        list[Id], Meta(description="The claims the answer rests on: of the days and speakers asked for.")
    ]
    evidence: EvidenceRead
    links: FactLinks


class Suggestion(msgspec.Struct, frozen=True):
    """Something near the question that the corpus does hold. It is no answer."""

    text: str
    fact: Ref
    because: str


class Lookup(msgspec.Struct, frozen=True):
    """The answer to a question: what was understood, what answers it best first, and why nothing does."""

    q: str | None
    as_of: dt.datetime | None
    interpretation: Interpretation
    because: Annotated[str | None, Meta(description="Why there is no answer; null when there is one.")]
    facts: list[FactAnswer]
    suggestions: list[Suggestion]


Text = Annotated[str, Meta(min_length=1, max_length=MAX_QUESTION)]
Name = Annotated[str, Meta(min_length=1, max_length=120)]
Moment = Annotated[str, Meta(max_length=40, description="A date or an RFC 3339 time.")]


class Query(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One question: in words (`q`), or as fields. Entities and predicates by slug or id."""

    q: Text | None = None
    predicate: Name | None = None
    place: Name | None = None
    subject: Name | None = None
    object: Name | None = None
    speaker: Name | None = None
    extent: Extent | None = None
    group: Text | None = None
    as_of: Moment | None = None
    limit: Annotated[int, Meta(ge=1, le=20)] = 10


class Batch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Up to 100 questions by keys of the client's choice. Each is a `Query`."""

    queries: Annotated[
        dict[str, Any], Meta(min_length=1, max_length=MOST_QUERIES, description="Each value is a Query.")
    ]


class BatchAnswer(msgspec.Struct, frozen=True):
    """Every key of the request is in one of the two."""

    answers: dict[str, Lookup]
    problems: dict[str, Problem]


Figure = int | float


class ClaimedValue(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A figure to check. `amount` for one number, `lower` and `upper` for a range or an open bound."""

    amount: Figure | None = None
    lower: Figure | None = None
    upper: Figure | None = None
    qualifier: Qualifier | None = None
    unit: Annotated[str, Meta(max_length=60)] | None = None


class CheckRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A figure to hold against what sources say: as fields, or as a sentence in `text`."""

    text: Text | None = None
    predicate: Name | None = None
    place: Name | None = None
    subject: Name | None = None
    value: int | float | ClaimedValue | None = None
    extent: Extent | None = None
    group: Text | None = None
    as_of: Moment | None = None


class CheckAnswer(msgspec.Struct, frozen=True):
    """What sources say about a figure. It reports agreement between claims; it does not say what is true."""

    verdict: CheckVerdict
    because: str
    rule: str
    predicate: str
    place: Ref | None
    subject: Ref | None
    value: PreferredValue
    extent: Annotated[Extent | None, Meta(description="The scope in which the figure was read.")]
    group: str | None
    scope_inferred: Annotated[bool, Meta(description="The request left the scope open.")]
    as_of: dt.datetime | None
    supported_by: list[JudgedClaim]
    compatible_with: Annotated[
        list[JudgedClaim], Meta(description="Roundings and bounds that allow the figure.")
    ]
    contradicted_by: list[JudgedClaim]
    set_aside: Annotated[list[JudgedClaim], Meta(description="Claims of another scope or another day.")]
    closest: Annotated[list[JudgedClaim], Meta(description="The nearest figures, whatever they stand for.")]
