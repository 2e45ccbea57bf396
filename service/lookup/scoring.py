"""The parts of a score, and how a fact fails to answer."""

from collections.abc import Mapping

import msgspec

# What a fact has to meet, in the order in which it is asked.
STAGES = ("predicate", "form", "place", "names", "words", "group", "extent", "speaker", "time")
# The parts of a score. A part counts only if the question asks for it; `scope` and `support` always do.
WEIGHTS: Mapping[str, float] = {
    "predicate": 4,  # the kind of statement
    "names": 4,  # the people, bodies and events that the question names
    "place": 3,
    "form": 2,  # a count for "how many", a day for "when"
    "time": 1.5,
    "extent": 1,  # a total, an increase
    "words": 1,  # everything else the question says
    "echo": 1,  # the question's words, where claims say them rather than something like them
    "scope": 1.5,  # what a question leaves open means the whole: the total, nobody in particular
    "support": 0.5,  # how many articles tell it
}


class Part(msgspec.Struct, frozen=True):
    name: str
    weight: float
    value: float
    because: str


class Miss(Exception):
    """Raised when a fact does not answer: which part failed, and why."""

    def __init__(self, failed: str, because: str) -> None:
        super().__init__(because)
        self.failed = failed
        self.because = because


def scored(name: str, value: float, because: str) -> Part:
    return Part(name, WEIGHTS[name], round(value, 4), because)
