"""The trigger lexicon, compiled: every form of every trigger, indexed by its first word."""

import functools
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import Any, Literal

import msgspec

from service.extraction.tokens import Tokens, spellings
from service.extraction.triggers import (
    EventTrigger,
    Standing,
    Starts,
    Trigger,
    TriggerKind,
    VerbForm,
    by_event,
    by_figure,
    longest_standing,
)

FORMS: tuple[VerbForm, ...] = ("base", "third", "past", "participle", "ing")
BE_FORMS = ("is", "are", "was", "were", "been", "be", "being", "am")


class QuantityEntry(msgspec.Struct, frozen=True):
    """One entry of `quantities` in lexicon.yaml; its head comment says what each field means."""

    predicate: str
    counts: str | tuple[str, ...]
    least: int = 0
    verbs: tuple[str, ...] = ()
    intransitive: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    nouns: frozenset[str] = frozenset()
    members: frozenset[str] = frozenset()
    acts: tuple[str, ...] = ()
    acts_up: tuple[str, ...] = ()
    acts_down: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    negative_labels: tuple[str, ...] = ()
    negative_verbs: tuple[str, ...] = ()
    measures: dict[str, tuple[str, ...]] = {}
    after: tuple[str, ...] = ()
    needs_after: bool = False
    before_noun: tuple[str, ...] = ()
    with_: frozenset[str] = msgspec.field(name="with", default=frozenset())
    not_: tuple[str, ...] = msgspec.field(name="not", default=())
    member_verbs: dict[str, tuple[str, ...]] = {}
    member_after: dict[str, tuple[str, ...]] = {}
    noun_before: dict[str, tuple[str, ...]] = {}
    verb_with: dict[str, tuple[str, ...]] = {}
    verb_nouns: dict[str, tuple[str, ...]] = {}
    intransitive_with: dict[str, tuple[str, ...]] = {}
    kinds: tuple[str, ...] = ()
    also: frozenset[str] = frozenset()
    paid: tuple[str, ...] = ()
    races: frozenset[str] = frozenset()
    recipients: tuple[str, ...] = ()
    label_with: dict[str, tuple[str, ...]] = {}
    links: tuple[str, ...] = ()
    around: frozenset[str] = frozenset()
    bars: frozenset[str] = frozenset()
    despite: frozenset[str] = frozenset()
    hyphened: frozenset[str] = frozenset()
    after_up: tuple[str, ...] = ()
    after_down: tuple[str, ...] = ()
    owners: frozenset[str] = frozenset()
    owned: frozenset[str] = frozenset()
    later: tuple[str, ...] = ()
    sure: tuple[str, ...] = ()
    anyone: frozenset[str] = frozenset()
    goes_on: bool = False
    many: frozenset[str] = frozenset()
    units: tuple[str, ...] = ()
    # What may stand beside the number by its first word: the words, and how far behind they may start.
    beside: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    barred: dict[str, list[str]] = {}  # the phrases of `not_` by their words
    limits_of_labels: dict[str, tuple[str, ...]] = {}  # `label_with` and `intransitive_with`

    def __post_init__(self) -> None:
        self.barred.update(_by_word(self.not_))
        self.limits_of_labels.update(self.label_with | self.intransitive_with)
        measured = [f"{per} {unit}" for unit in self.units for per in ("a", "an", "per", "the", "for a")]
        for phrases, slack in (((*self.after, *measured), 1), (self.before_noun, 4)):
            for phrase in phrases:
                words = tuple(phrase.split())
                self.beside.setdefault(words[0], []).append((words, slack))


class Filler(msgspec.Struct, frozen=True):
    """What may fill a role: names of these kinds, noun phrases with one of these nouns (singular or
    plural) or, with `persons`, with any noun for persons; with `text` any noun phrase."""

    kinds: tuple[str, ...] = ()
    heads: frozenset[str] = frozenset()
    text: bool = False
    persons: bool = False


class EventEntry(msgspec.Struct, frozen=True):
    """One entry of `events` in lexicon.yaml."""

    predicate: str
    kind: Literal["event", "relation", "statement"]
    verbs: tuple[str, ...] = ()
    intransitive: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    occurs: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    phrases_near: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    verbs_near: tuple[str, ...] = ()
    object: Filler | None = None
    subject: Filler | None = None
    subject_of_intransitive: Filler | None = None
    after_prep: tuple[str, ...] = ()
    complement: tuple[str, ...] = ()
    complement_bare: tuple[str, ...] = ()
    complement_bare_verbs: tuple[str, ...] = ()
    complement_for: tuple[str, ...] = ()
    asks_for: frozenset[str] = frozenset()
    around: tuple[str, ...] = ()
    undergoes: bool = False
    reversed: bool = False
    means: bool = False
    noun_subject: bool = False
    needs: tuple[str, ...] = ()
    needs_verb: tuple[str, ...] = ()
    with_: frozenset[str] = msgspec.field(name="with", default=frozenset())
    not_: tuple[str, ...] = msgspec.field(name="not", default=())
    without: dict[str, tuple[str, ...]] = {}
    barred: dict[str, list[str]] = {}  # the phrases of `not_` by their words
    openers: dict[str, list[tuple[str, ...]]] = {}  # `complement` by the first word, the longest first

    def __post_init__(self) -> None:
        self.barred.update(_by_word(self.not_))
        for opener in sorted(self.complement, key=len, reverse=True):
            words = tuple(opener.split())
            self.openers.setdefault(words[0], []).append(words)


class Lexicon(msgspec.Struct, frozen=True):
    """`index` and `event_index` have the triggers by their first word, the longest first; `starts` and
    `event_starts` by the first and then the second, those of one word included; "" stands for all other
    second words."""

    quantities: tuple[QuantityEntry, ...]
    events: tuple[EventEntry, ...]
    index: dict[str, tuple[Trigger, ...]]
    event_index: dict[str, tuple[EventTrigger, ...]]
    starts: Starts[Trigger]
    event_starts: Starts[EventTrigger]
    occurs: tuple[frozenset[str], ...]
    near: tuple[dict[str, tuple[tuple[str, ...], ...]], ...]


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
        return [Trigger(entry, kind, verb, (form, *words[1:]), rest, "past", sign) for form in BE_FORMS]
    found = [
        Trigger(entry, kind, verb, tuple(form_words.split()), rest, form, sign)
        for forms in spellings(head)
        for form, form_words in zip(FORMS, forms, strict=True)
    ]
    if len(rest) == 1 and rest[0] in _APART and head != "carry":
        found += [
            Trigger(entry, kind, verb, (*trigger.words, *rest), (), trigger.form, sign) for trigger in found
        ]
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
        labels = tuple(dict.fromkeys((*entry.labels, *_tally_of(entry))))
        for kind, phrases in (("state", entry.states), ("label", labels), ("act", entry.acts)):
            triggers += [Trigger(number, kind, phrase, tuple(phrase.split())) for phrase in phrases]  # type: ignore[arg-type]
        # "were already on their way": what "be" says holds behind an adverb as well.
        be = [verb for verb in entry.intransitive if verb.startswith("be ") and verb.split()[1] in _STANDING]
        triggers += [Trigger(number, "state", verb, tuple(verb.split()[1:])) for verb in be]
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
    events = msgspec.convert(raw()["events"], tuple[EventEntry, ...])
    by_word = {
        word: tuple(sorted(found, key=lambda trigger: -len(trigger.words))) for word, found in index.items()
    }
    events_by_word = _event_index(events)
    return Lexicon(
        entries,
        events,
        by_word,
        events_by_word,
        Starts(by_word, by_figure),
        Starts(events_by_word, by_event),
        tuple(
            frozenset(form.split()[0] for verb in event.occurs for forms in spellings(verb) for form in forms)
            for event in events
        ),
        tuple(map(_near, events)),
    )


def _tally_of(entry: QuantityEntry) -> list[str]:
    """ "the tally of missing people", "the count of injured"."""
    counted = [label.removeprefix("number of ") for label in entry.labels if label.startswith("number of ")]
    return [f"{word} of {whom}" for whom in counted for word in ("tally", "count")]


def _near(event: EventEntry) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The forms of the verbs that stand near an event's phrases, by their first word, the longest first."""
    forms = sorted(
        {words for verb in event.verbs_near for words in _forms(verb)}, key=lambda one: (-len(one), one)
    )
    return {first: tuple(words for words in forms if words[0] == first) for first, *_ in forms}


def _forms(verb: str) -> list[tuple[str, ...]]:
    head, _, rest = verb.partition(" ")
    if head == "be":
        return [(form, *rest.split()) for form in BE_FORMS]
    return [tuple(form.split()) for forms in spellings(verb) for form in forms]


def _inflected(phrase: str) -> tuple[str, ...]:
    """Every form of a phrase whose first word is a verb, marked by "~"."""
    if not phrase.startswith("~"):
        return (phrase,)
    head, _, rest = phrase[1:].partition(" ")
    if head == "be":
        return tuple(f"{form} {rest}" for form in BE_FORMS)
    return tuple(form for forms in spellings(phrase[1:]) for form in forms)


def _event_index(events: Sequence[EventEntry]) -> dict[str, tuple[EventTrigger, ...]]:
    index: dict[str, list[EventTrigger]] = {}
    for number, event in enumerate(events):
        triggers: list[EventTrigger] = []
        for kind, verbs in (("verb", event.verbs), ("intransitive", event.intransitive)):
            for verb in verbs:
                head, _, tail = verb.partition(" #")
                rest = tuple(tail.split())
                if head.startswith("be "):
                    after = tuple(head.split()[1:])
                    triggers += [
                        EventTrigger(number, kind, verb, (form, *after), rest, "past")  # type: ignore[arg-type]
                        for form in BE_FORMS
                    ]
                    continue
                for forms in spellings(head):
                    for form, words in zip(FORMS, forms, strict=True):
                        triggers.append(EventTrigger(number, kind, verb, tuple(words.split()), rest, form))  # type: ignore[arg-type]
        phrases = [form for phrase in event.phrases for form in _inflected(phrase)]
        for kind, listed in (("noun", event.nouns), ("phrase", phrases), ("near", event.phrases_near)):
            for phrase in listed:
                triggers.append(EventTrigger(number, kind, phrase, tuple(phrase.split())))  # type: ignore[arg-type]
                if kind == "noun" and " " not in phrase and not phrase.endswith("s"):
                    triggers.append(EventTrigger(number, "noun", phrase, (phrase + "s",)))
        seen: set[tuple[str, tuple[str, ...], tuple[str, ...]]] = set()
        for trigger in triggers:
            key = (trigger.kind, trigger.words, trigger.tail)
            found = index.setdefault(trigger.words[0], [])
            if key in seen:
                # "arrested" is past and participle alike: the participle stands for both.
                if trigger.form == "participle":
                    found[:] = [
                        trigger if t.entry == number and (t.kind, t.words, t.tail) == key else t
                        for t in found
                    ]
                continue
            seen.add(key)
            found.append(trigger)
    # The longest first; a stable order among the rest.
    return {
        word: tuple(sorted(found, key=lambda trigger: -len(trigger.words))) for word, found in index.items()
    }


def event_phrases(event: EventEntry) -> set[tuple[str, ...]]:
    """Every form of every trigger of an event."""
    number = lexicon().events.index(event)
    found = {t.words for triggers in lexicon().event_index.values() for t in triggers if t.entry == number}
    return (
        found
        | {words for several in lexicon().near[number].values() for words in several}
        | {tuple(form.split()) for phrase in event.grounds for form in _inflected(phrase)}
    )


# They stand on either side of an object: "took 11 men away", "took away 11 men".
_APART = frozenset("away off out ashore together hostage captive prisoner back go free".split())
_STANDING = frozenset(("in", "on", "under", "at", "behind"))


def touching(barred: Mapping[str, Sequence[str]], words: Iterable[str]) -> list[str]:
    """The phrases that have one of the words."""
    return [phrase for word in words if word in barred for phrase in barred[word]]


def _by_word(phrases: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for phrase in phrases:
        for word in phrase.split():
            found.setdefault(word, []).append(phrase)
    return found


@functools.cache
def split(phrase: str) -> tuple[str, ...]:
    """The words of a phrase of the lexicon."""
    return tuple(phrase.split())


def find_triggers(tokens: Tokens) -> list[Standing[Trigger]]:
    """Every trigger of a figure in a sentence; the longest of one entry and kind at each token."""
    return longest_standing(lexicon().starts, tokens)


@functools.cache
def event_entries() -> dict[str, EventEntry]:
    """The first entry of each predicate."""
    return {entry.predicate: entry for entry in reversed(lexicon().events)}


@functools.cache
def signed() -> frozenset[str]:
    """Predicates whose amount is negative when the words say that something fell."""
    return frozenset(
        entry.predicate
        for entry in lexicon().quantities
        if entry.measures.get("down") or entry.acts_down or entry.negative_labels or entry.negative_verbs
    )


@functools.cache
def trigger_phrases(predicate: str) -> frozenset[tuple[str, ...]]:
    """All phrases in lower case one of which must stand in the evidence of a claim with this predicate."""
    found: set[tuple[str, ...]] = set()
    for number, entry in enumerate(lexicon().quantities):
        if entry.predicate != predicate:
            continue
        found |= {t.words for triggers in lexicon().index.values() for t in triggers if t.entry == number}
        for word in (
            *entry.nouns, *entry.members, *entry.after, *entry.before_noun, *entry.states,
            *entry.owned, *entry.hyphened, *entry.after_up, *entry.after_down,
        ):  # fmt: skip
            found |= {tuple(word.split()), tuple(f"{word}s".split()), tuple((word[:-1] + "ies").split())}
        if entry.kinds:
            found |= {("old",), ("aged",), ("age",)}
    for event in lexicon().events:
        if event.predicate == predicate:
            found |= event_phrases(event)
    return frozenset(words for words in found if words and words[0])
