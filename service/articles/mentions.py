"""Where a text names known entities, by their aliases: the longest name that starts first wins."""

from collections.abc import Iterable
from typing import Any

import ahocorasick
import msgspec


class KnownAlias(msgspec.Struct, frozen=True):
    text: str
    entity: str  # any key of the entity; comes back in `Named`


class Named(msgspec.Struct, frozen=True):
    start: int
    end: int
    surface: str
    entity: str


def automaton(aliases: Iterable[KnownAlias]) -> Any:
    """A matcher over all aliases at once. An alias that two entities share names neither of them for sure,
    so it is left out here; a longer alias of either still finds it."""
    owners: dict[str, set[str]] = {}
    for alias in aliases:
        owners.setdefault(alias.text, set()).add(alias.entity)
    matcher = ahocorasick.Automaton()
    for text, entities in owners.items():
        if len(entities) == 1:
            matcher.add_word(text, (len(text), next(iter(entities))))
    matcher.make_automaton()
    return matcher


def find_mentions(text: str, matcher: Any) -> list[Named]:
    """Case-sensitive, at word boundaries, without overlaps; offsets are code points."""
    if len(matcher) == 0:
        return []
    spans = []
    for last, (length, entity) in matcher.iter(text):
        start, end = last + 1 - length, last + 1
        before, after = text[start - 1 : start], text[end : end + 1]
        if not (before.isalnum() or after.isalnum()):
            spans.append((start, end, entity))
    found: list[Named] = []
    taken = 0
    for start, end, entity in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= taken:
            found.append(Named(start, end, text[start:end], entity))
            taken = end
    return found
