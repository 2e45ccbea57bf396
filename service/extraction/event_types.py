"""An event, relation or statement in a sentence: the value that its readers hand on."""

from typing import Literal

import msgspec

from service.extraction.fillers import Range

EventPattern = Literal["verb", "passive", "intransitive", "noun", "phrase", "near", "relation", "statement"]


class Event(msgspec.Struct, frozen=True):
    """A trigger at tokens[first:last] of a sentence with its roles as token ranges."""

    predicate: str
    kind: Literal["event", "relation", "statement"]
    pattern: EventPattern
    first: int
    last: int
    subject: Range | None = None
    object: Range | None = None
    complement: Range | None = None
