"""Who is said to lead what: "Jane Doe, who heads the agency", "the mission, headed by Jane Doe"."""

import functools
from collections.abc import Sequence

from service.extraction.agents import subject_before
from service.extraction.event_types import Event
from service.extraction.fillers import Range, fits, mention_stop, mentions_in
from service.extraction.joined import named_aside, named_before
from service.extraction.lexicon import EventEntry, Filler, lexicon
from service.extraction.mentions import Mention
from service.extraction.phrases import Clauses, is_passive, phrase_back
from service.extraction.roles import phrase_after
from service.extraction.subjects import subject_of
from service.extraction.tokens import Token


@functools.cache
def office_nouns() -> frozenset[str]:
    return frozenset(_entry().grounds)


@functools.cache
def leading_verbs() -> frozenset[str]:
    number = lexicon().events.index(_entry())
    return frozenset(first for first, forms in lexicon().near[number].items() if (first,) in forms)


@functools.cache
def office_words() -> frozenset[str]:
    return office_nouns() | leading_verbs()


@functools.cache
def _entry() -> EventEntry:
    return next(entry for entry in lexicon().events if entry.predicate == "holds_office")


BODY_HEADS = frozenset(
    "company firm agency government council committee commission union party ministry country nation state "
    "team association group organisation organization alliance bloc department institute board federation "
    "foundation charity church club bank region province city authority service force army coalition "
    "parliament court body fund chamber mission college university school network delegation administration "
    "hospital office bureau unit faction movement trust diocese centre center clinic league military navy "
    "police airline retailer operator carmaker bank ministry opposition newspaper inquiry cross".split()
)
BODY = Filler(kinds=("organization", "place"), heads=BODY_HEADS)
_PERSON = Filler(persons=True)
STILL = frozenset("first also now then later still currently once previously formerly long".split())


def office_event(first: int, last: int, person: Range, body: Range | None, office: Range | None) -> Event:
    return Event("holds_office", "relation", "relation", first, last, person, body, office)


def leading(clauses: Clauses, lowers: Sequence[str], verb: int) -> Event | None:
    """ "Jane Doe, who heads the agency", "Jane Doe chaired the party from 1995"."""
    tokens = clauses.tokens
    if verb == 0 or tokens[verb - 1].tag in ("det", "poss", "prep", "be", "modal"):
        return None
    if lowers[verb].endswith("ing") and tokens[verb - 1].text != "," and tokens[verb - 1].tag != "conj":
        return None  # "the third leading search firm", "her time running the agency"
    if lowers[verb - 1] == "having":
        return None  # "accused of having led a gang"
    if lowers[verb + 1 : verb + 2] and lowers[verb + 1] in office_nouns():
        return None  # "priced at par, lead manager Jane Doe said"
    if lowers[verb + 1 : verb + 2] == ["by"]:
        return _led(clauses, verb)
    if tokens[verb - 1].tag == "conj":
        who = next((p for p in range(verb - 2, max(0, verb - 10), -1) if lowers[p] == "who"), 0)
        person = _named(clauses, who - (lowers[who - 1] == ",")) if who > 1 else None
        body = noun_phrase(clauses, verb + 1)
        named = person is not None and body is not None and fits(clauses, body, BODY)
        return office_event(verb, body[1], person, body, None) if named and person and body else None
    body = noun_phrase(clauses, verb + 1 + (lowers[verb + 1 : verb + 2] == ["over"]))
    if body is None or lowers[body[1] : body[1] + 1] in _MOVING:
        return None
    if lowers[verb].startswith("represent"):
        if _SEATS.isdisjoint(lowers[body[0] : body[1]]):
            return None
    elif not fits(clauses, _owned(clauses, body), BODY) and not _runs(tokens, verb, body):
        guessed = clauses.by_start.get(tokens[verb + 1].start)
        if guessed is None or "kind_guessed" not in guessed.flags:
            return None
    start = verb
    while start > 1 and (tokens[start - 1].tag in ("have", "adv") or lowers[start - 1] in STILL):
        start -= 1
    if tokens[start - 1].tag == "modal" or tokens[verb + 1].tag == "num":
        return None  # "to again lead the panel"
    rival = clauses.by_end.get(tokens[body[1] - 1].end)
    if (
        rival is not None
        and rival.kind == "person"
        and not {"kind_guessed", "coreference"} & set(rival.flags)
    ):
        return None  # "leads Jane Doe in the polls"
    person = person_before(clauses, start)
    return office_event(verb, body[1], person, body, None) if person is not None else None


def _owned(clauses: Clauses, body: Range) -> Range:
    """ "the bakers' federation": what the apostrophe says is theirs."""
    mark = next((p for p in range(*body) if clauses.tokens[p].lower in ("'", "’")), None)
    return (mark + 1, body[1]) if mark is not None and mark + 1 < body[1] else body


def _runs(tokens: Sequence[Token], verb: int, body: Range) -> bool:
    """ "who runs the port": any one thing that a relative clause says somebody runs."""
    one = tokens[body[0]].lower in ("the", "its") and not tokens[body[1] - 1].lower.endswith("s")
    who = tokens[verb - 1].lower == "who" or tokens[verb - 2].lower == "who"
    return one and who and tokens[verb].lower.startswith(_RUNNING) and tokens[body[1] - 1].lower not in _RACES


_RUNNING = ("run", "head", "chair", "manag")
_RACES = frozenset("race marathon risk gauntlet line way show".split())
_SEATS = frozenset("district constituency seat province ward".split())
_MOVING = (["to"], ["into"], ["out"], ["through"], ["against"], ["by"], ["with"])


def _led(clauses: Clauses, verb: int) -> Event | None:
    """ "the mission, headed by a Mexican diplomat, Jane Doe": whom it is led by."""
    tokens = clauses.tokens
    agent = phrase_after(clauses, verb + 2)
    comma = tokens[verb - 1].text == ","
    body = phrase_back(clauses, verb - comma)
    if agent is None or body is None or not fits(clauses, body, BODY) or is_passive(tokens, verb):
        return None
    named = named_aside(clauses, agent)
    people = [
        (p, mention_stop(clauses, p, m))
        for p, m in mentions_in(clauses, agent)
        if m.kind == "person" and "pronoun" not in m.flags
    ]
    person = named or (people[0] if len(people) == 1 else None)
    return office_event(verb, max(agent[1], person[1]), person, body, None) if person is not None else None


def _named(clauses: Clauses, end: int) -> Range | None:
    """The person whose name ends at a token."""
    mention = clauses.by_end.get(clauses.tokens[end - 1].end)
    if mention is None or not may_be_person(mention):
        return None
    start = end - 1
    while start and clauses.tokens[start].start > mention.start:
        start -= 1
    return start, end


def person_before(clauses: Clauses, verb: int) -> Range | None:
    """The person that is the subject of a verb, as the name alone."""
    tokens = clauses.tokens
    subject = (
        subject_of(clauses, verb) if verb and tokens[verb - 1].tag == "rel" else subject_before(clauses, verb)
    )
    if subject is None:
        return None
    related = tokens[verb - 1].tag == "rel"
    subject = named_before(clauses, subject) or subject
    for position, mention in mentions_in(clauses, subject):
        if "coreference" in mention.flags:
            continue
        if mention.kind == "person" or (related and may_be_person(mention)):
            return position, mention_stop(clauses, position, mention)
    return subject if tokens[subject[0]].tag == "det" and fits(clauses, subject, _PERSON) else None


def owns(tokens: Sequence[Token], position: int) -> bool:
    """ "'s", or an apostrophe after a plural."""
    token, before = tokens[position], tokens[position - 1]
    return token.tag == "poss" or (
        token.lower in ("'", "’") and before.end == token.start and before.lower.endswith("s")
    )


def noun_phrase(clauses: Clauses, first: int) -> Range | None:
    """A noun phrase, with what an apostrophe after a plural owns: "the nurses' union"."""
    phrase = phrase_after(clauses, first)
    tokens = clauses.tokens
    if (
        phrase is not None
        and phrase[1] + 1 < len(tokens)
        and owns(tokens, phrase[1])
        and (rest := phrase_after(clauses, phrase[1] + 1)) is not None
    ):
        return phrase[0], rest[1]
    return phrase


def may_be_person(mention: Mention) -> bool:
    flags = mention.flags
    return "pronoun" not in flags and "coreference" not in flags and (
        mention.kind == "person" or ("kind_guessed" in flags and not mention.surface.isupper())
    )  # fmt: skip
