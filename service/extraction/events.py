"""Who did what to whom: events, relations and statements that a trigger of the lexicon opens.

A verb's subject and object are found by walking from it to the borders of the phrases beside it; the
lexicon says what may fill each role. A noun ("the dismissal of X") or a noun with a verb of happening
("protests erupted") works the same way.
"""

from collections.abc import Sequence

import msgspec

from service.extraction.counted import is_plural
from service.extraction.event_intransitives import read_intransitive
from service.extraction.event_nouns import read_noun
from service.extraction.event_phrases import read_near, read_phrase
from service.extraction.event_types import Event
from service.extraction.event_verbs import read_verb
from service.extraction.fillers import Range, fits, mention_stop, mentions_in, names_people
from service.extraction.leaders import BODY_HEADS
from service.extraction.lexicon import EventEntry, lexicon, touching
from service.extraction.phrases import DATE_WORDS, EACH, Clauses
from service.extraction.tokens import Token, Tokens
from service.extraction.triggers import EventTrigger, Standing
from service.extraction.verb_roles import OF_PERSONS


def events(
    clauses: Clauses, told: Sequence[Standing[EventTrigger]], taken: set[int], shared: set[int]
) -> list[Event]:
    """The events of one sentence in order, by the triggers that stand in it.

    `taken` are tokens that a counted quantity's trigger or number uses; those of them that a protest may
    use as well are `shared`.
    """
    tokens = clauses.tokens
    entries = lexicon().events
    found: list[Event] = []
    for position, triggers in told:
        token = tokens[position]
        own = position in taken
        if (own and position not in shared) or token.text == "March":
            continue
        noun, governed = _before(tokens, position)
        seen: set[tuple[int, str, tuple[str, ...]]] = set()
        for trigger, size in triggers:
            if trigger.kind == "verb" and (noun or (governed and trigger.form != "ing")):
                continue  # "the attack", "fear of attack", "of toppled leader Jane Doe": nouns and adjectives
            key, end = (trigger.entry, trigger.kind, trigger.tail), position + size
            entry = entries[trigger.entry]
            if key in seen or not allowed(entry, clauses.whole, position, end):
                continue
            if entry.without and not clauses.whole.words.isdisjoint(entry.without.get(trigger.lemma, ())):
                continue
            if own and (entry.predicate not in _BESIDE_FIGURES or (trigger.kind, entry.predicate) == _NAMED):
                continue
            seen.add(key)
            if not position and trigger.form == "base" and trigger.kind in ("verb", "intransitive"):
                continue  # "Fire officials said": no imperatives in news
            named = token.tag == "cap" and position and trigger.kind in ("verb", "intransitive")
            named = named or (trigger.kind == "noun" and _is_in_name(tokens, position, end, entry))
            if named and not _is_titled(tokens):
                continue  # "Jann Wenner of Rolling Stone": part of a name
            event = _READERS[trigger.kind](clauses, trigger, entry, position, end)
            if event is None or not _complete(clauses, event, entry):
                continue
            if event.predicate in _NAMED_ONLY and event.object and not taken.isdisjoint(range(*event.object)):
                continue  # "7,939 people had been detained": counted, not named
            if entry.predicate == "detention" and event.object and _is_nobody(clauses, event.object):
                continue
            found.append(event)
    if not found:
        return found
    found = [event for event in found if not _is_by_outlaws(clauses, event)]
    found = _without_outcomes(tokens, found)
    return [
        each
        for event in _distinct(tokens, _without_pronouns(clauses, found))
        for each in _each(clauses, event)
    ]


_NAMED_ONLY = OF_PERSONS | {"accusation"}


def _without_outcomes(tokens: Sequence[Token], found: list[Event]) -> list[Event]:
    """ "attacked a convoy, wounding three and killing six": one attack, however many words on."""
    first = next((event.first for event in found if event.predicate == "attack"), len(tokens))
    return [
        event for event in found
        if event.predicate != "attack" or event.first == first or not _is_told_before(tokens, event)
    ]  # fmt: skip


def _is_told_before(tokens: Sequence[Token], event: Event) -> bool:
    """ "… and killing six", "killed six in an attack that"."""
    if event.pattern == "noun" and event.subject is None and event.object is None:
        return [token.lower for token in tokens[event.first - 2 : event.first]] in (["in", "a"], ["in", "an"])
    return tokens[event.first].lower in _OUTCOMES


_OUTCOMES = frozenset("killing wounding injuring slaying murdering slaughtering massacring".split())


def _is_by_outlaws(clauses: Clauses, event: Event) -> bool:
    """ "Masked men opened fire on a sit-in", "kidnappers seized a builder": no crackdown and no detention,
    which are of those who rule."""
    if event.predicate not in ("crackdown", "detention") or event.subject is None:
        return False
    last = next(
        (
            p
            for p in range(event.subject[0] + 1, event.subject[1])
            if clauses.tokens[p].tag in ("prep", "punct", "rel")
        ),
        event.subject[1],
    )
    return clauses.tokens[last - 1].lower in _OUTLAWS


_OUTLAWS = frozenset(
    "men gunmen gunman man attackers attacker assailants militants rebels extremists jihadists bandits gang "
    "gangs mob mobs insurgents militia militias snipers sniper thugs vigilantes youths people driver "
    "individual shooter suspect assailant kidnappers pirates robbers captors".split()
)


# What the trigger of a figure may tell of as well; "the deployment of 2,500 soldiers" names what is counted.
_NAMED = ("noun", "deployment")
_BESIDE_FIGURES = frozenset(("protest", "attack", "agreement", "detention", "deployment"))


def _each(clauses: Clauses, event: Event) -> list[Event]:
    """ "Jane Doe and John Roe were jailed": one event for each of the persons."""
    role = _OF_EACH.get(event.predicate)
    span = getattr(event, role) if role is not None else None
    if role is None or span is None or span[1] - span[0] < 3:
        return [event]
    people = [
        (p, mention_stop(clauses, p, m))
        for p, m in mentions_in(clauses, span)
        if m.kind == "person" and not {"pronoun", "coreference"} & set(m.flags)
    ]
    tokens = clauses.tokens
    if len(people) < 2 or not all(
        tokens[stop].text == "," or tokens[stop].lower == "and" for _, stop in people[:-1]
    ):
        return [event]
    if any("prep" in (tokens[first - 1].tag, tokens[first - 2].tag) for first, _ in people[1:]):
        return [event]  # "Jane Doe, editor of the Karl Roe Review, was jailed"
    return [msgspec.structs.replace(event, **{role: one}) for one in people]


_OF_EACH = {
    "detention": "object", "charge": "object", "appointed_to_office": "object",
    "removed_from_office": "object", "resigned": "subject", "succeeded": "subject",
}  # fmt: skip


def _without_pronouns(clauses: Clauses, found: list[Event]) -> list[Event]:
    """ "convicted Jane Doe of fraud, sentencing her to two years": one charge, of whom the name tells."""

    def only_pronoun(event: Event) -> bool:
        span = event.object
        return span is not None and span[1] - span[0] == 1 and clauses.tokens[span[0]].tag == "pron"

    named = {event.predicate for event in found if event.predicate in OF_PERSONS and not only_pronoun(event)}
    return [event for event in found if event.predicate not in named or not only_pronoun(event)]


def _is_nobody(clauses: Clauses, span: Range) -> bool:
    """ "several protesters", "a 36-year-old man": neither a name nor a definite office."""
    tokens = clauses.tokens
    if any(mention.kind == "person" for _, mention in mentions_in(clauses, span)):
        return False
    end = next((p for p in range(*span) if tokens[p].tag in ("prep", "punct", "rel")), span[1])
    people = end > span[0] and tokens[end - 1].text.endswith(("ans", "is"))  # "Israelis"
    many = end > span[0] and (tokens[end - 1].tag == "word" or people) and is_plural(tokens[end - 1].lower)
    indefinite = many or tokens[span[0]].lower in _INDEFINITE or tokens[span[0]].tag == "num"
    return indefinite and not any(token.tag == "poss" for token in tokens[span[0] : span[1]])


_INDEFINITE = frozenset(
    "a an several some many more dozens hundreds scores one two three four five six seven eight nine ten "
    "at another other others any".split()
)


def _is_in_name(tokens: Sequence[Token], first: int, last: int, entry: EventEntry) -> bool:
    """ "the Federal Election Commission", "the Earthquake Networks Centre"; but "Cyclone Ita"."""
    end = last
    while end < len(tokens) and tokens[end].tag == "cap" and tokens[end].lower not in DATE_WORDS:
        end += 1
    if not first or tokens[first].tag != "cap" or end == last:
        return False
    return entry.predicate != "disaster" or tokens[end - 1].lower in BODY_HEADS


def _is_titled(tokens: Sequence[Token]) -> bool:
    """A headline that capitalises its words."""
    words = [token for token in tokens if token.text.isalpha() and len(token.text) > 3]
    return 2 * sum(token.text[0].isupper() for token in words) > len(words)


def _before(tokens: Sequence[Token], position: int) -> tuple[bool, bool]:
    """Whether a token can be no verb, as an article or a possessive stands before it; whether a preposition
    does, which lets it be an -ing form only."""
    before = tokens[position - 1] if position else None
    if before is None:
        return False, False
    owing = before.lower == "to" and position > 1 and tokens[position - 2].lower in _OWING
    since = before.lower == "since" and position > 1 and tokens[position - 2].tag == "have"
    governed = (before.tag == "prep" and not since) or owing  # but "has since sacked"
    return before.tag in ("det", "poss") and before.lower not in EACH, governed


_OWING = frozenset("due owing thanks prior next close".split())  # "to" behind these is a preposition


def allowed(entry: EventEntry, tokens: Tokens, first: int, last: int) -> bool:
    """Whether a sentence has the words that an entry asks for, and near its trigger none that it bars."""
    if entry.with_ and tokens.words.isdisjoint(entry.with_):
        return False
    phrases = touching(entry.barred, tokens.lowers[first:last]) if entry.barred else None
    if not phrases:
        return True
    near = " ".join(tokens.lowers[max(0, first - 3) : last + 3])
    return not any(phrase in near for phrase in phrases)


def _complete(clauses: Clauses, event: Event, entry: EventEntry) -> bool:
    if event.predicate != entry.predicate:
        return True  # "blamed the rain": read as a cause
    for role in (*entry.needs, *(entry.needs_verb if event.pattern in ("verb", "passive") else ())):
        if getattr(event, role) is None:
            return False
    acts = event.pattern == "verb" and event.kind != "statement"
    if acts and event.object is not None and clauses.whole.lowers[slice(*event.object)] in _SUBJECTS_ONLY:
        return False  # "confirmed he would not bid": the object would be "him"
    if clauses.tokens[event.first].lower == "blasts" and event.object and event.object[0] < event.first:
        return False  # "warned that blasts of ash were near"
    if event.predicate == "condemnation" and clauses.tokens[event.first].lower.startswith("attack"):
        why = event.object[1] + 1 if event.object is not None else event.last
        if not clauses.tokens[why : why + 1] or not clauses.tokens[why].lower.endswith("ing"):
            return False  # "attacked the town for three days"
    if entry.not_ and event.object is not None and event.pattern == "verb":
        told = " ".join(token.lower for token in clauses.tokens[slice(*event.object)])
        if any(f" {phrase} " in f" {told} " for phrase in entry.not_):
            return False  # "lost a no-confidence vote"
    label = event.complement if event.predicate == "characterization" else None
    if label is not None and clauses.tokens[label[0]].tag == "num":
        return False  # "officers were called at about 11.40pm"
    if entry.predicate == "attack" and event.subject is not None:
        words = {token.lower for token in clauses.tokens[slice(*event.subject)]}
        if not words.isdisjoint(_NATURAL):
            return False  # "lava set fire to a barn", "waves pounded the pier"
    return not (
        entry.subject is not None
        and event.subject is not None
        and not fits(clauses, event.subject, entry.subject)
        and not names_people(clauses, event.subject, entry.subject)
    )


_SUBJECTS_ONLY = (["he"], ["she"], ["they"], ["we"], ["i"])
_NATURAL = frozenset(
    "lightning lava sparks spark flames fire fires blaze mud mudflow rocks rock boulders waves wave "
    "snow water floodwaters floods flood rain rains wind winds gusts ash surge tide debris hail storm "
    "storms hurricane typhoon cyclone tornado earthquake quake tremor heat short-circuit embers river "
    "rivers landslide landslides avalanche firework fireworks".split()
)
_ORDER = {
    "verb": 0, "passive": 0, "relation": 0, "statement": 1, "intransitive": 1, "near": 2, "noun": 3,
    "phrase": 4,
}  # fmt: skip


def _distinct(tokens: Sequence[Token], found: list[Event]) -> list[Event]:
    """One event for each predicate and stretch of words: the fuller reading wins."""
    if len(found) < 2:
        return found
    found = _in_subjects(tokens, _told_once(found))
    result: list[Event] = []
    found = _agreed_once(found)
    for event in sorted(found, key=lambda item: (_ORDER[item.pattern], item.first)):
        same = [other for other in result if other.predicate == event.predicate]
        inside = event.subject if event.pattern == "noun" else None  # "nurses marched … in the largest rally"
        if not any(
            abs(other.first - event.first) < 8 or (inside and inside[0] <= other.first < inside[1])
            for other in same
        ):
            result.append(event)
    return sorted(result, key=lambda item: item.first)


def _agreed_once(found: list[Event]) -> list[Event]:
    """ "agreed to buy the bank in a deal worth £3bn": one agreement, with whom it was made or not."""
    verbs = [event.first for event in found if event.predicate == "agreement" and event.pattern != "noun"]
    return [
        event
        for event in found
        if not verbs
        or event.predicate != "agreement"
        or event.pattern != "noun"
        or (event.object is not None and all(abs(event.first - verb) > 15 for verb in verbs))
    ]


def _in_subjects(tokens: Sequence[Token], found: list[Event]) -> list[Event]:
    """ "An air strike by the alliance killed eight": one attack, whose object the verb has if the noun has
    none."""
    attacks = [event for event in found if event.predicate == "attack"]
    for named in attacks:
        if named.pattern != "noun" or tokens[named.last - 1].lower in _THROWN:
            continue
        outer = next((e for e in attacks if e.subject and e.subject[0] <= named.first < e.subject[1]), None)
        if outer is None or outer is named:
            continue
        # "a drone strike hit": the strike itself
        alone = outer.subject if outer.subject and outer.subject[1] == named.last else None
        told = msgspec.structs.replace(
            named, subject=named.subject or alone, object=named.object or outer.object
        )
        found = [told if event is named else event for event in found if event is not outer]
    return found


_THROWN = frozenset("bomb bombs bomber bombers device fire".split())


# What one verb tells of is one event: "the plane overran the runway" is no occupation, "the helicopter hit a
# train" no attack.
_RATHER = {"disaster": ("attack", "occupation"), "condemnation": ("attack",)}


def _told_once(found: list[Event]) -> list[Event]:
    told = {(event.first, other) for event in found for other in _RATHER.get(event.predicate, ())}
    return [event for event in found if (event.first, event.predicate) not in told] if told else found


_READERS = {
    "verb": read_verb,
    "intransitive": read_intransitive,
    "noun": read_noun,
    "phrase": read_phrase,
    "near": read_near,
}
