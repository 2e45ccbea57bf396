"""The trigger lexicon, compiled: every form of every trigger, indexed by its first word."""

import functools
from collections.abc import Sequence
from importlib.resources import files
from typing import Any, Literal

import msgspec

from service.extraction.tokens import Token, inflections

TriggerKind = Literal["verb", "intransitive", "state", "act", "label", "measure"]
VerbForm = Literal["base", "third", "past", "participle", "ing"]

FORMS: tuple[VerbForm, ...] = ("base", "third", "past", "participle", "ing")
BE_FORMS = ("is", "are", "was", "were", "been", "be", "being")


class QuantityEntry(msgspec.Struct, frozen=True):
    """One entry of `quantities` in lexicon.yaml; its head comment says what each field means."""

    predicate: str
    counts: str | tuple[str, ...]
    verbs: tuple[str, ...] = ()
    intransitive: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    acts_up: tuple[str, ...] = ()
    acts_down: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    negative_labels: tuple[str, ...] = ()
    measures: dict[str, tuple[str, ...]] = {}
    after: tuple[str, ...] = ()
    needs_after: bool = False
    before_noun: tuple[str, ...] = ()
    with_: tuple[str, ...] = msgspec.field(name="with", default=())
    not_: tuple[str, ...] = msgspec.field(name="not", default=())
    member_verbs: dict[str, tuple[str, ...]] = {}
    member_after: dict[str, tuple[str, ...]] = {}
    noun_before: dict[str, tuple[str, ...]] = {}
    verb_with: dict[str, tuple[str, ...]] = {}
    verb_nouns: dict[str, tuple[str, ...]] = {}
    intransitive_with: dict[str, tuple[str, ...]] = {}
    kinds: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    paid: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    later: tuple[str, ...] = ()


class Trigger(msgspec.Struct, frozen=True):
    """One form of one trigger. `words` come first; `tail` follows the counted ("take # hostage")."""

    entry: int
    kind: TriggerKind
    lemma: str
    words: tuple[str, ...]
    tail: tuple[str, ...] = ()
    form: VerbForm | None = None
    sign: int = 1


class Found(msgspec.Struct, frozen=True):
    """A trigger at tokens[first:last] of a sentence."""

    trigger: Trigger
    first: int
    last: int


class Lexicon(msgspec.Struct, frozen=True):
    quantities: tuple[QuantityEntry, ...]
    events: tuple[Any, ...]
    index: dict[str, tuple[Trigger, ...]]
    lemmas: dict[str, frozenset[str]]


@functools.cache
def raw() -> dict[str, Any]:
    data: dict[str, Any] = msgspec.yaml.decode(
        files("service.extraction").joinpath("lexicon.yaml").read_bytes()
    )
    return data


def _verb_triggers(entry: int, kind: TriggerKind, verb: str, sign: int = 1) -> list[Trigger]:
    head, _, tail = verb.partition("#")
    head, rest = head.strip(), tuple(tail.split())
    words = head.split()
    if words[0] == "be":
        return [Trigger(entry, kind, verb, (form, *words[1:]), rest, "past") for form in BE_FORMS]
    found = [
        Trigger(entry, kind, verb, tuple(form_words.split()), rest, form, sign)
        for form, form_words in zip(FORMS, inflections(head), strict=True)
    ]
    # "taken into custody" after its noun has head and tail together.
    return found


@functools.cache
def lexicon() -> Lexicon:
    """The compiled lexicon of this package; it is read once."""
    entries = msgspec.convert(raw()["quantities"], tuple[QuantityEntry, ...])
    index: dict[str, list[Trigger]] = {}
    for number, entry in enumerate(entries):
        triggers: list[Trigger] = []
        for verb in entry.verbs:
            triggers += _verb_triggers(number, "verb", verb)
        for verb in entry.intransitive:
            triggers += _verb_triggers(number, "intransitive", verb)
        for direction, verbs in entry.measures.items():
            for verb in verbs:
                triggers += _verb_triggers(number, "measure", verb, -1 if direction == "down" else 1)
        for kind, phrases in (("state", entry.states), ("label", entry.labels), ("act", entry.acts)):
            triggers += [Trigger(number, kind, phrase, tuple(phrase.split())) for phrase in phrases]  # type: ignore[arg-type]
        triggers += [
            Trigger(number, "act", phrase, tuple(phrase.split()), sign=1) for phrase in entry.acts_up
        ]
        triggers += [
            Trigger(number, "act", phrase, tuple(phrase.split()), sign=-1) for phrase in entry.acts_down
        ]
        seen = set()
        for trigger in triggers:
            key = (trigger.kind, trigger.words, trigger.tail)
            if key not in seen or trigger.form == "participle":
                seen.add(key)
                index.setdefault(trigger.words[0], []).append(trigger)
    return Lexicon(
        entries,
        (),
        {
            word: tuple(sorted(found, key=lambda trigger: -len(trigger.words)))
            for word, found in index.items()
        },
        {},
    )


def matches(tokens: Sequence[Token], position: int, words: Sequence[str]) -> int:
    """Where the words end that stand at this token, in lower case, or 0. "*" stands for up to two words."""
    for offset, word in enumerate(words):
        if word == "*":
            rest = words[offset + 1 :]
            for skip in range(3):
                if end := matches(tokens, position + skip, rest):
                    return end
            return 0
        if position >= len(tokens) or tokens[position].lower != word:
            return 0
        position += 1
    return position


def find_triggers(tokens: Sequence[Token]) -> list[Found]:
    """Every trigger in a sentence; the longest of one entry and kind at each token."""
    index = lexicon().index
    found: list[Found] = []
    for position, token in enumerate(tokens):
        candidates = index.get(token.lower)
        if candidates is None:
            continue
        longest: dict[tuple[int, str, int], int] = {}
        for trigger in candidates:
            end = position + 1 if len(trigger.words) == 1 else matches(tokens, position, trigger.words)
            if not end:
                continue
            key = (trigger.entry, trigger.kind, len(trigger.tail))
            if longest.setdefault(key, end) == end:
                found.append(Found(trigger, position, end))
    return found
