"""The value of a mention, and the closed word lists that the finding of names shares."""

import functools
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from operator import attrgetter
from typing import Any

import msgspec

from service.extraction.protocol import EntityKind
from service.extraction.text import Span
from service.extraction.world import words


class Mention(Span, frozen=True):
    """`name` is the fullest form the text or the store has; equal names are one entity.

    Flags: `demonym` (Kazakh), `composed` (a body named through its place), `kind_guessed`, `new` (not in
    the store), `similar` (a spelling the store does not list), `definition` (acronym defined in the text),
    `short` (part of a longer name), `nested`, `coreference` (a noun that refers back), `pronoun`,
    `place_inferred` (a ministry whose country is not said).
    """

    kind: EntityKind
    name: str
    entity: str | None
    within: str | None = None
    flags: tuple[str, ...] = ()


class _Words(msgspec.Struct, frozen=True):
    titles: frozenset[str]
    person_heads: frozenset[str]
    organization: frozenset[str]
    organization_heads: dict[str, list[str]]
    place_words: frozenset[str]
    bodies: tuple[tuple[str, ...], ...]
    topics: dict[str, str]
    not_names: frozenset[str]
    given: frozenset[str]
    women: frozenset[str]
    men: frozenset[str]
    starters: frozenset[str]
    honours: frozenset[str]
    parties: frozenset[str]
    things: frozenset[str]
    dates: frozenset[str]
    outlets: frozenset[str]
    media: frozenset[str]
    outlet_words: frozenset[str]


@functools.cache
def word_lists() -> _Words:
    raw: dict[str, Any] = words()
    return _Words(
        titles=frozenset(raw["titles"]),
        person_heads=frozenset(raw["person_heads"]),
        organization=frozenset(raw["organization_words"]),
        organization_heads=raw["organization_heads"],
        place_words=frozenset(raw["place_words"]),
        bodies=tuple(sorted((tuple(body.split()) for body in raw["body_words"]), key=len, reverse=True)),
        topics={form: topic for topic, forms in raw["ministry_topics"].items() for form in forms},
        not_names=frozenset(raw["not_names"]),
        given=frozenset(raw["given_names"]),
        women=frozenset(raw["women"]),
        men=frozenset(raw["men"]),
        starters=frozenset(raw["starters"]),
        honours=frozenset(raw["honours"]),
        parties=frozenset(raw["parties"]),
        things=frozenset(raw["thing_words"]),
        dates=frozenset(raw["dates"]),
        outlets=frozenset(raw["news_outlets"]),
        media=frozenset(raw["media_words"]),
        outlet_words=frozenset(raw["outlet_words"]),
    )


class Taken:
    """Spans in use, for an overlap test that stays cheap on long texts."""

    def __init__(self, spans: Sequence[Span]) -> None:
        ordered = sorted(spans, key=attrgetter("start"))
        self.starts = [span.start for span in ordered]
        self.reached = list(accumulate((span.end for span in ordered), max))

    def overlaps(self, start: int, end: int) -> bool:
        before = bisect_left(self.starts, end)
        return before > 0 and self.reached[before - 1] > start
