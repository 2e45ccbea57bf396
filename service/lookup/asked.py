"""What is asked for: the structs between the grammar of questions and the ranking of facts."""

import uuid
from collections.abc import Mapping
from typing import Literal

import msgspec

from service.extraction.text import Quantity
from service.lookup.reading import Period
from service.lookup.words import VERBAL, Section

Form = Literal[
    "how_many", "how_long", "how_old", "how", "when", "where", "why", "who", "what", "whether"
]  # fmt: skip
# agent and patient are who acts and who is acted on in the words of the question; which participant of a
# claim that is depends on the verb (see `naming.roles_of`). The others name the participant itself.
# `except` is left out: "who besides Smith".
Role = Literal["agent", "patient", "subject", "object", "complement", "place", "speaker", "except", "any"]


class Cue(msgspec.Struct, frozen=True):
    """Words that speak of predicates, each with how surely (0 to 1) and as what part of speech.

    `context`: a noun behind a preposition: "killed in the protests" asks for deaths, not for protests.
    """

    positions: tuple[int, ...]
    predicates: Mapping[str, float]
    sections: Mapping[str, Section]
    context: bool = False
    head: int = 0  # the position of its verb
    literal: frozenset[str] = frozenset()  # predicates that a claim has to name in these very words
    implied: bool = False  # by the form of the question alone: facts need not be about it
    topic: bool = False  # what somebody spoke about: claims have to speak of it
    speech: bool = False  # "say", "announce": that it was said is not what is asked about

    @property
    def verbal(self) -> bool:
        return any(section in VERBAL for section in self.sections.values())

    @property
    def best(self) -> float:
        return max(self.predicates.values())


class Named(msgspec.Struct, frozen=True):
    """An entity that some words may name."""

    id: uuid.UUID
    slug: str
    name: str
    kind: str
    description: str = ""
    alias: str = ""
    alias_kind: str = "name"
    score: float = 1.0
    above: tuple[str, ...] = ()  # what it is part of, the nearest first


class NameHit(msgspec.Struct, frozen=True):
    """Words `first` to `last` are an alias of the entity, begin one, or resemble one."""

    first: int
    last: int
    entity: Named
    how: Literal["exact", "prefix", "spelling"]


class Mention(msgspec.Struct, frozen=True):
    """Words that name one of some entities, the likeliest first, and the part they play.

    `soft`: a common noun ("the government") that helps where it fits and excludes nothing.
    """

    first: int
    last: int
    text: str
    entities: tuple[Named, ...]
    role: Role = "any"
    soft: bool = False
    possessive: bool = False  # "Tokayev's"
    office: str | None = None  # "the Russian president": whoever is described as one


class Word(msgspec.Struct, frozen=True):
    """A word that is neither grammar nor vocabulary nor a name: an answer has to contain it.

    `beside`: the entities named next to it, as in "the Kazakh president".
    """

    position: int
    text: str
    name_like: bool
    beside: tuple[Named, ...] = ()


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for, whether in words or as a structured query.

    `roles` says what each word was taken for, `texts` are the words, `content` the stems of those that say
    what it is about, `corrections` those that were misspelt, as they are read.
    """

    form: Form | None = None
    cues: tuple[Cue, ...] = ()
    mentions: tuple[Mention, ...] = ()
    period: Period | None = None
    extent: str | None = None
    group: str | None = None
    figure: Quantity | None = None
    figure_words: tuple[int, ...] = ()
    modality: str | None = None
    words: tuple[Word, ...] = ()
    wanted: Role | None = None
    roles: Mapping[int, str] = {}
    texts: Mapping[int, str] = {}
    content: frozenset[str] = frozenset()
    corrections: Mapping[int, str] = {}
