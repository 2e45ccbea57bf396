"""What an extractor is given and what it may answer.

Every extractor (rules, a language model, a client's own claims) answers with the same plain value: words
quoted from the text. It computes no offset, number, date or identifier; `grounding` does, the same way for
all of them.
"""

from datetime import date
from typing import Literal, Protocol

import msgspec

EntityKind = Literal["person", "organization", "place", "event"]
Modality = Literal["asserted", "reported", "denied", "retracted", "planned", "alleged"]
Extent = Literal["cumulative", "increment", "subset"]
AttributionRole = Literal["origin", "medium"]
RejectionReason = Literal[
    "unknown_predicate",
    "quote_empty",
    "quote_not_found",
    "quote_ambiguous",
    "quote_elsewhere",
    "value_missing",
    "value_not_in_quote",
    "value_not_a_number",
    "value_disagrees",
    "value_of_another_kind",
    "trigger_missing",
    "participant_missing",
    "participant_not_found",
    "source_not_near",
    "cue_not_near",
    "time_not_a_date",
    "time_not_near",
    "duplicate",
]


class Document(msgspec.Struct, frozen=True):
    """A cleaned text. `published` is None when nobody knows; relative dates then stay unplaced."""

    text: str
    title: str | None = None
    published: date | None = None
    source: str | None = None


class CandidateSource(msgspec.Struct, frozen=True):
    """One link of an attribution chain, in the text's own words; `cue` is the words that attribute."""

    surface: str
    role: AttributionRole = "origin"
    cue: str | None = None


class ClaimCandidate(msgspec.Struct, frozen=True):
    """A claim in words only. `confidence` is from 0 to 1; `basis` names the pattern that a rule found it by.

    `start` and `value_start` are hints: code points into the text where `quote` and `value` stand. A hint
    counts only when the words do stand there, and is the only way to tell two equal quotes apart. `amount`
    is what the extractor took the value to be; when given, it must agree with the number parsed again.
    """

    predicate: str
    quote: str
    extractor: str
    version: str
    confidence: float
    statement: str | None = None
    value: str | None = None
    amount: float | None = None
    subject: str | None = None
    object: str | None = None
    complement: str | None = None
    place: str | None = None
    time: str | None = None
    attribution: tuple[CandidateSource, ...] = ()
    modality: Modality = "asserted"
    extent: Extent | None = None
    group: str | None = None
    start: int | None = None
    value_start: int | None = None
    inferred: tuple[str, ...] = ()
    basis: str = ""


class Opinion(msgspec.Struct, frozen=True):
    """What an optional extractor found; `warning` says why it was not used, or what of it was unusable."""

    candidates: tuple[ClaimCandidate, ...] = ()
    warning: str | None = None


class Rejected(msgspec.Struct, frozen=True):
    """A candidate that failed grounding, and why. Kept and counted, never dropped. `member` is the part of
    the candidate that is wrong, where the reason does not say which."""

    candidate: ClaimCandidate
    reason: RejectionReason
    detail: str
    member: str = ""


class Extractor(Protocol):
    """`name` and `version` go into the provenance of every claim: a change of behaviour is a new version."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def extract(self, document: Document) -> list[ClaimCandidate]: ...
