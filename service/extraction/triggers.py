"""Where the triggers of the lexicon stand in a sentence."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, Literal, TypeVar

import msgspec

from service.extraction.tokens import Token, Tokens

TriggerKind = Literal["verb", "intransitive", "state", "act", "label", "measure"]
VerbForm = Literal["base", "third", "past", "participle", "ing"]


class EventTrigger(msgspec.Struct, frozen=True):
    entry: int
    kind: Literal["verb", "intransitive", "noun", "phrase", "near"]
    lemma: str
    words: tuple[str, ...]
    tail: tuple[str, ...] = ()
    form: VerbForm | None = None


class Trigger(msgspec.Struct, frozen=True):
    """One form of one trigger. `words` come first; `tail` follows the counted ("take # hostage")."""

    entry: int
    kind: TriggerKind
    lemma: str
    words: tuple[str, ...]
    tail: tuple[str, ...] = ()
    form: VerbForm | None = None
    sign: int = 1


class Found(msgspec.Struct, frozen=True, gc=False):
    """A trigger at tokens[first:last] of a sentence."""

    trigger: Trigger
    first: int
    last: int


AnyTrigger = TypeVar("AnyTrigger", Trigger, EventTrigger)


class Group(msgspec.Struct, Generic[AnyTrigger], frozen=True):
    """The triggers that begin with the same one or two words, the longest first.

    `short` are those that end there, with their length. `every` has all, each with its length (0 where the
    rest is still to be compared) and the other words that the sentence must have; `needed` are the last of
    these words.
    """

    short: tuple[tuple[AnyTrigger, int], ...]
    every: tuple[tuple[AnyTrigger, int, frozenset[str]], ...]
    needed: frozenset[str]


class Start(msgspec.Struct, Generic[AnyTrigger], frozen=True):
    """The triggers that begin with a word: those that go on with a certain second word, by it (all others
    included), and those that do not, if any."""

    seconds: dict[str, Group[AnyTrigger]]
    others: Group[AnyTrigger] | None


class Starts(dict[str, Start[AnyTrigger]], Generic[AnyTrigger]):
    """Those that begin with each word of `index`, put in order by `compiled` when a text has the word for the
    first time: most words of the lexicon are in no text that a worker comes to read."""

    def __init__(
        self,
        index: Mapping[str, Sequence[AnyTrigger]],
        compiled: Callable[[Sequence[AnyTrigger]], Start[AnyTrigger]],
    ) -> None:
        super().__init__()
        self.index: Mapping[str, Sequence[AnyTrigger]] = index
        self.compiled: Callable[[Sequence[AnyTrigger]], Start[AnyTrigger]] = compiled

    def __missing__(self, word: str) -> Start[AnyTrigger]:
        found = self[word] = self.compiled(self.index[word])
        return found


# A trigger with its length (0 where the rest is still to be compared) and the other words that the sentence
# must have; and the last of these words.
Entered = tuple[tuple[AnyTrigger, int, frozenset[str]], str | None]


def by_event(found: Sequence[EventTrigger]) -> Start[EventTrigger]:
    """Of the triggers of events that begin with a word, the longest first: all that stand somewhere count."""
    return _start(_by_second(found, tails=True))


def by_figure(found: Sequence[Trigger]) -> Start[Trigger]:
    """Of the triggers of figures that begin with a word, the longest first: the longest of an entry and kind
    counts."""
    return _start(_with_longest(_by_second(found, tails=False)))


def _start(groups: dict[str, Group[AnyTrigger]]) -> Start[AnyTrigger]:
    return Start(groups, groups.get(""))


def _by_second(found: Sequence[AnyTrigger], tails: bool) -> dict[str, Group[AnyTrigger]]:
    """Most words that begin a trigger ("the", "in") are followed by none that goes on with it. `tails` says
    that the sentence must have the triggers' tails, too."""
    following: dict[str, dict[int, Entered[AnyTrigger]]] = {"": {}}
    for rank, trigger in enumerate(found):
        second = trigger.words[1] if len(trigger.words) > 1 and trigger.words[1] != "*" else ""
        following.setdefault(second, {})[rank] = _entered(trigger, tails)
    anywhere = following[""]
    grouped = {
        second: _group([entered for _, entered in sorted((those | anywhere).items())])
        for second, those in following.items()
    }
    return {second: group for second, group in grouped.items() if group.every}


def _with_longest(groups: dict[str, Group[Trigger]]) -> dict[str, Group[Trigger]]:
    return {
        second: msgspec.structs.replace(group, short=tuple(_longest(group.short)))
        for second, group in groups.items()
    }


def _entered(trigger: AnyTrigger, tails: bool) -> Entered[AnyTrigger]:
    rest: tuple[str, ...] = trigger.words[1:] if "*" in trigger.words else trigger.words[2:]
    needs = rest + trigger.tail if tails else rest
    size = 0 if rest else len(trigger.words)
    return (trigger, size, frozenset(needs) - {"*"}), needs[-1] if needs else None


def _group(found: Sequence[Entered[AnyTrigger]]) -> Group[AnyTrigger]:
    return Group(
        tuple(one[:2] for one, last in found if last is None),
        tuple(one for one, _ in found),
        frozenset(last for _, last in found if last is not None),
    )


def _groups_at(starts: Starts[AnyTrigger], tokens: Tokens) -> list[tuple[int, Group[AnyTrigger]]]:
    """The positions where triggers may begin. "met on Friday with": what begins with "met with" as well."""
    lowers, index = tokens.lowers, starts.index
    found: list[tuple[int, Group[AnyTrigger]]] = []
    position = -1
    for word in lowers:  # counted by hand: most words begin nothing
        position += 1
        if word in index:
            start = starts[word]
            second = lowers[position + 1] if position + 1 < len(lowers) else ""
            group = start.seconds.get(second, start.others)
            if second in _WHEN and (apart := _apart(start, tokens, position)) is not None:
                group = apart
            if group is not None:
                found.append((position, group))
    return found


def _apart(start: Start[AnyTrigger], tokens: Tokens, position: int) -> Group[AnyTrigger] | None:
    """The triggers at a position whose second word stands behind a time, none of their lengths known."""
    second = behind_when(tokens.plain, position + 1)
    if second == position + 1 or second >= len(tokens) or tokens.lowers[second] not in _PARTICLES:
        return None
    group = start.seconds.get(tokens.lowers[second])
    if group is None:
        return None
    every = tuple((trigger, 0, needs) for trigger, _, needs in group.every)
    return Group((), every, frozenset((tokens.lowers[second],)))


def _all_of(group: Group[AnyTrigger], tokens: Tokens, position: int) -> list[tuple[AnyTrigger, int]]:
    """The triggers of a group that stand at a position, with their length."""
    return [
        (trigger, length)
        for trigger, size, needs in group.every
        if needs <= tokens.words
        and (length := size or matches(tokens.plain, position, trigger.words) - position) > 0
    ]


# A token where triggers begin, with those triggers and their length in tokens.
Standing = tuple[int, Sequence[tuple[AnyTrigger, int]]]


def standing(starts: Starts[AnyTrigger], tokens: Tokens) -> list[Standing[AnyTrigger]]:
    """The triggers of a sentence by where they begin."""
    standing: list[Standing[AnyTrigger]] = []
    for position, group in _groups_at(starts, tokens):
        whole = tokens.words.isdisjoint(group.needed)
        found = group.short if whole else _all_of(group, tokens, position)
        if found:
            standing.append((position, found))
    return standing


def longest_standing(starts: Starts[Trigger], tokens: Tokens) -> list[Standing[Trigger]]:
    """The triggers of a sentence by where they begin; the longest of one entry and kind at each token."""
    return [
        (
            position,
            group.short  # the longest already
            if tokens.words.isdisjoint(group.needed)
            else _longest(_all_of(group, tokens, position)),
        )
        for position, group in _groups_at(starts, tokens)
    ]


def _longest(found: Iterable[tuple[Trigger, int]]) -> list[tuple[Trigger, int]]:
    """Those of an entry, a kind and a length of the tail that are as long as the first one."""
    longest: dict[tuple[int, str, int], int] = {}
    return [
        (trigger, size)
        for trigger, size in found
        if longest.setdefault((trigger.entry, trigger.kind, len(trigger.tail)), size) == size
    ]


def matches(tokens: Sequence[Token], position: int, words: Sequence[str]) -> int:
    """Where the words end that stand at this token, in lower case, or 0. "*" stands for up to two words
    (five before "hospital", which is any place where people are treated)."""
    for offset, word in enumerate(words):
        if word == "*":
            rest = words[offset + 1 :]
            for skip in range(6 if rest[0] == "hospital" else 3):
                if end := matches(tokens, position + skip, rest):
                    return end
            return 0
        if position >= len(tokens):
            return 0
        lower = tokens[position].lower
        if lower != word and (word != "hospital" or lower not in HOSPITALS):
            if not offset or word not in _PARTICLES:
                return 0
            position = behind_when(tokens, position)
            if position >= len(tokens) or tokens[position].lower != word:
                return 0
        position += 1
    return position


HOSPITALS = frozenset("hospital hospitals clinic clinics infirmary infirmaries".split())
# Before these a day may stand: "filed charges on Friday against …".
_PARTICLES = frozenset("against to with on for from into at in as of".split())


def behind_when(tokens: Sequence[Token], first: int) -> int:
    """Behind a time that starts at a token: "on Friday", "late on Tuesday night", "last week", "again"."""
    position, end = first, len(tokens)
    while position < end and (tokens[position].tag == "adv" or tokens[position].lower in _ABOUT):
        position += 1
    if position < end and tokens[position].lower in ("last", "this", "next", "on"):
        position += 1
    begin = position
    while position < end and (tokens[position].lower in _DAYS or tokens[position].lower in _SPANS):
        position += 1
    if position > begin and position < end and tokens[position].tag == "poss":
        return first
    said = position > begin or all(token.tag == "adv" for token in tokens[first:position])
    return position if said else first


_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday overnight tonight".split()
)
_SPANS = frozenset("week weekend month year night day evening morning afternoon".split())
# What opens a time behind a verb.
_WHEN = _DAYS | {"on", "late", "early", "last", "this", "earlier"}
_ABOUT = frozenset("late early later earlier briefly again privately separately".split())
