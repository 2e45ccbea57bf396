"""The phrases that a verb takes: who acts (the agent), whom or what it hits (the target), and what "as", "of"
or "for" adds (the complement)."""

from collections.abc import Sequence
from typing import NamedTuple

from service.extraction.agents import listed, subject_before
from service.extraction.blame import related
from service.extraction.fillers import SOMEBODY, Range, fits, mention_stop, mentions_in
from service.extraction.heads import names_persons
from service.extraction.joined import named_aside, named_before
from service.extraction.lexicon import EventEntry, Filler
from service.extraction.main_subjects import main_subject
from service.extraction.phrases import TIME_WORDS, Clauses, is_past, phrase_back
from service.extraction.roles import agent_after, clause_after, complement_of, phrase_after, whole_phrase
from service.extraction.subjects import subject_of
from service.extraction.tokens import Token
from service.extraction.triggers import EventTrigger, behind_when, matches
from service.extraction.verb_voice import Verb, fronted, is_reduced


class Arguments(NamedTuple):
    """The agent and the target of a verb, and the token after all that was read of it."""

    agent: Range | None
    target: Range
    end: int


def agent_and_target(verb: Verb) -> Arguments | None:
    """The phrases before and behind a verb, by its voice; None where it has no target."""
    past = verb.trigger.form in ("past", "participle") and not verb.passive
    if past and verb.trigger.lemma == "accuse" and (accused := _accused(verb)) is not None:
        return accused
    participle = verb.trigger.form == "participle"
    opening = fronted(verb.clauses, verb.first, verb.last) if participle else None
    if opening is not None:
        return Arguments(agent_after(verb.clauses, verb.last), opening, verb.last)
    if verb.passive or (
        participle
        and verb.trigger.lemma not in verb.entry.intransitive
        and (is_reduced(verb.clauses, verb.first, verb.last) or _is_chosen(verb))
    ):
        return _of_passive(verb)
    return _of_active(verb)


def _accused(verb: Verb) -> Arguments | None:
    """ "men accused of planning a raid", "is on trial, accused of fraud", "groups he accused of waste"."""
    clauses, first, last = verb.clauses, verb.first, verb.last
    tokens = clauses.tokens
    if not first or last >= len(tokens) or tokens[last].lower not in ("of", "over"):
        return None
    before, agent = tokens[first - 1], None
    if before.text == ",":
        target = main_subject(clauses, first)
        named = target is not None and any(m.kind == "person" for _, m in mentions_in(clauses, target))
        target = target if named else None
    elif before.lower in ("stand", "stands", "stood"):
        target = subject_of(clauses, first - 1)
    elif before.tag in ("pron", "have", "adv"):
        agent = subject_before(clauses, first)
        target = _noun_before(tokens, agent[0] - (tokens[agent[0] - 1].tag == "rel")) if agent else None
    else:
        target = subject_of(clauses, first)
        acting = target is not None and any(map(is_past, tokens[target[0] : target[1] - 1]))
        target = _noun_before(tokens, first) if acting else _nearest_people(clauses, target)
    return Arguments(agent, target, last) if target is not None else None


def _nearest_people(clauses: Clauses, span: Range | None) -> Range | None:
    """ "a lawyer for one of three men accused of": the men."""
    tokens = clauses.tokens
    prep = next((p for p in range(span[1] - 2, span[0], -1) if tokens[p].tag == "prep"), 0) if span else 0
    people = span is not None and prep and names_persons(tokens[span[1] - 1])
    return (prep + 1, span[1]) if span is not None and people else span


def _of_passive(verb: Verb) -> Arguments | None:
    """ "Jane Doe was jailed by", "the leader arrested in", "Jane Doe, named as": the target comes first."""
    clauses, entry, first = verb.clauses, verb.entry, verb.first
    if not verb.passive and clauses.tokens[first - 1].text == ",":
        target = phrase_back(clauses, first - 1)
        named = clauses.by_end.get(clauses.tokens[first - 2].end) if first > 1 else None
        if target is not None and named is not None and named.kind == "person":
            # "no successor for Jane Doe, regarded as"
            target = next(p for p in range(*target) if clauses.tokens[p].start >= named.start), first - 1
    else:
        target = subject_of(clauses, verb.governing or first)
    if target is None and not verb.passive:
        target = _noun_before(clauses.tokens, first)  # "under the deal reached on Thursday"
    if target is None:
        return None
    if not verb.passive and clauses.tokens[target[0]].lower == "under" and target[1] - target[0] > 1:
        target = target[0] + (clauses.tokens[target[0] + 1].tag != "num"), target[1]  # "Under a deal reached"
    if entry.object is not None and "person" in entry.object.kinds:
        apart = any(token.tag in ("rel", "punct") for token in clauses.tokens[target[1] : first])
        several = target if apart else listed(clauses, target, ("person",))
        target = named_before(clauses, target) or several
    agent = agent_after(clauses, verb.last)
    if agent is not None and verb.trigger.lemma == "accuse" and agent[0] == verb.last + 1:
        agent = _without_of(clauses.tokens, agent)
        return Arguments(agent, target, agent[1])
    if agent is not None and entry.kind != "event":
        agent = named_aside(clauses, agent) or agent
    return Arguments(agent, target, verb.last)


def _without_of(tokens: Sequence[Token], span: Range) -> Range:
    """ "accused by a dozen of her pupils of fraud": the accusers without what they accuse of."""
    of = next((p for p in range(span[1] - 1, span[0], -1) if tokens[p].lower == "of"), 0)
    return (span[0], of) if of and of + 1 < len(tokens) and tokens[of + 1].tag == "word" else span


def _is_chosen(verb: Verb) -> bool:
    """ "Ana Costa re-elected president of Peru": a name and an office, as in headlines."""
    tokens, position, offices = verb.clauses.tokens, verb.last, verb.entry.complement_bare
    named = verb.clauses.by_end.get(tokens[verb.first - 1].end) if offices and verb.first else None
    if named is None or named.kind != "person":
        return False
    while position < len(tokens) and tokens[position].lower in offices:
        position += 1
    ends = position == len(tokens) or tokens[position].tag in ("prep", "punct", "conj", "sub")
    return position > verb.last and ends


def _of_active(verb: Verb) -> Arguments | None:
    """ "the court jailed Jane Doe", "a decree that lawyers have condemned"."""
    clauses, entry, first = verb.clauses, verb.entry, verb.first
    tokens = clauses.tokens
    out = verb.trigger.form == "ing" and first > 1 and tokens[first - 1].lower == "out"
    agent = subject_of(clauses, first - 2) if out else subject_before(clauses, first)
    target = _object_after(clauses, entry, verb.trigger, verb.last)
    if (
        target is None
        and (entry.kind == "event" or entry.predicate in _OF_WHATEVER or verb.trigger.lemma == "accuse")
        and _follows_relative(tokens, agent)
    ):
        target = related(clauses, agent)  # "a decree that lawyers have condemned", "Lima, which they took"
    if target is None:
        return None
    return Arguments(agent, target, target[1] if target[0] >= verb.last else verb.last)


_OF_WHATEVER = frozenset(("condemnation", "welcome"))


def _noun_before(tokens: Sequence[Token], first: int) -> Range | None:
    begin = first
    while begin and tokens[begin - 1].tag in _IN_NOUNS and not is_past(tokens[begin - 1]):
        begin -= 1
    begin -= begin > 0 and tokens[begin - 1].tag == "det"
    return (begin, first) if begin < first else None


_IN_NOUNS = frozenset(("word", "cap", "num", "poss"))


def _follows_relative(tokens: Sequence[Token], agent: Range | None) -> bool:
    return agent is not None and agent[0] > 0 and tokens[agent[0] - 1].lower in ("that", "which", "whom")


def _object_after(clauses: Clauses, entry: EventEntry, trigger: EventTrigger, last: int) -> Range | None:
    tokens, stops = clauses.tokens, entry.complement
    if entry.predicate in _OF_WHATEVER and last < len(tokens) and tokens[last].lower == "what":
        return clause_after(clauses, last, 12)  # "condemned what he called a coup"
    if trigger.lemma == "meet" and (behind := behind_when(tokens, last)) > last:
        apart = behind < len(tokens) and tokens[behind].lower == "with"
        return phrase_after(clauses, behind + 1) if apart else None  # "met on Monday with"
    found = phrase_after(clauses, last, stops)
    if (
        found is not None
        and found[1] < len(tokens)
        and tokens[found[1]].lower == "of"
        and "of" in stops
        and trigger.lemma != "accuse"
        and tokens[found[1] - 1].lower in _OF_SOMETHING
        and (rest := phrase_after(clauses, found[1] + 1, stops)) is not None
    ):
        found = found[0], rest[1]  # "convicted a former minister of mines of theft"
    if found is not None and entry.complement_bare:
        people = (mention_stop(clauses, p, m) for p, m in mentions_in(clauses, found) if m.kind == "person")
        # "made the Liberal Jane Doe leader of the party"
        stops_here = (p for p in people if p < found[1] and tokens[p].lower in entry.complement_bare)
        found = found[0], next(stops_here, found[1])
    if found is not None and trigger.tail:
        # "found five men from the town guilty"
        ends = (
            p
            for p in range(found[0] + 1, min(found[0] + 16, len(tokens)))
            if tokens[p].lower == trigger.tail[0]
        )
        tail = next((p for p in ends if matches(tokens, p, trigger.tail)), None)
        if tail is not None and all(token.tag not in _BREAKS for token in tokens[found[0] : tail]):
            found = found[0], tail
    thanked = entry.predicate == "welcome"
    if thanked and found is not None and found[1] < len(tokens) and tokens[found[1]].lower == "for":
        act = phrase_after(clauses, found[1] + 1)
        return (found[0], act[1]) if act is not None else found  # "thanked him for his help"
    return found


_OF_SOMETHING = frozenset(
    "minister head chief member members leader secretary president governor owner".split()
)


_BREAKS = frozenset(("punct", "quote", "sub", "rel", "be", "have", "modal", "do"))


def behind_tail(verb: Verb, found: Arguments) -> Arguments | None:
    """What a verb takes up to the end of its tail, "found Jane Doe `guilty`"; None if that is missing."""
    tail = verb.trigger.tail
    if not tail:
        return found
    tokens, agent, target = verb.clauses.tokens, found.agent, found.target
    # "voted the prime minister, Ivan Kolar, out of office"
    aside = named_aside(verb.clauses, target)
    dated = next((p for p in range(found.end, len(tokens)) if not _is_when(tokens[p])), found.end)
    # "hailed by X as a breakthrough"
    behind = (agent[1],) if agent is not None and agent[0] >= verb.last else ()
    # "found Jane Doe guilty": the tail looks like a part of the object.
    starts = (found.end, dated, *behind, *range(target[0] + 1, target[1]))
    other = aside[1] + 1 if aside else found.end
    begin = next((p for p in starts if matches(tokens, p, tail)), other)
    end = matches(tokens, begin, tail)
    if not end:
        return None
    return Arguments(agent, (target[0], min(target[1], begin)) if begin > target[0] else target, end)


def _is_when(token: Token) -> bool:
    return token.lower in TIME_WORDS or token.lower in (
        "last",
        "this",
        "on",
        "in",
        "early",
        "late",
        "earlier",
    )


def fitting(verb: Verb, found: Arguments) -> Arguments | None:
    """What a verb takes if its target, or a name beside it, may be its object; else None."""
    clauses, entry, target = verb.clauses, verb.entry, found.target
    if entry.object is None or fits(clauses, target, entry.object) or _is_met_with(verb, target):
        return found
    named = _named_otherwise(clauses, entry, target, verb.first, verb.passive)
    if named is None:
        return None
    return Arguments(found.agent, named, max(found.end, behind_comma(clauses.tokens, named[1])))


def _is_met_with(verb: Verb, target: Range) -> bool:
    """ "met with the commissioner", "met the commissioner": whomever one meets with."""
    if verb.entry.predicate != "meeting" or not verb.trigger.lemma.startswith("meet"):
        return False
    tokens = verb.clauses.tokens
    linked = tokens[target[0] - 1].lower == "with" or tokens[target[0]].lower == "the"
    return linked and fits(verb.clauses, target, _MET)


_MET = Filler(persons=True)


def _named_otherwise(
    clauses: Clauses, entry: EventEntry, target: Range, first: int, passive: bool
) -> Range | None:
    """ "named the head of the firm, Jane Doe, to": the name; "the price of a deal signed in May": it."""
    assert entry.object is not None  # callers have checked
    if target[0] >= first:
        person = "person" in entry.object.kinds or fits(clauses, target, SOMEBODY)
        named = named_aside(clauses, target) if person else None
        if named is not None and named[1] < len(clauses.tokens) and is_past(clauses.tokens[named[1]]):
            return None  # "after dismissing the government, Jane Doe removed"
    else:
        named = None if passive else _noun_before(clauses.tokens, first)
    return named if named is not None and fits(clauses, named, entry.object) else None


def complement(verb: Verb, found: Arguments) -> Range | None:
    """ "described it `as a slap`", "charged him `with fraud`": what the verb says of its target."""
    clauses, entry, trigger = verb.clauses, verb.entry, verb.trigger
    if trigger.lemma.endswith("charges against") and verb.last - verb.first > 3:
        return verb.first + 1, verb.last - 2  # "filed murder charges against"
    if trigger.tail and (trigger.tail[-1] in entry.complement or trigger.tail[-1] in _OPENING):
        told = phrase_after(clauses, found.end)
    else:
        told = complement_of(clauses, entry, trigger, found.target, found.end)
    if entry.predicate == "reported_cause" and told is not None:
        told = whole_phrase(clauses, clause_after(clauses, told[0], 20, commas=False) or told)
    agent = found.agent
    if told is None and agent is not None and agent[0] >= verb.last and entry.complement:
        # "described by the head of the union, Jane Doe, as a slap"
        behind = (named_aside(clauses, agent) or agent)[1]
        told = complement_of(clauses, entry, trigger, found.target, behind_comma(clauses.tokens, behind))
    return told


# "likened # to", "compared # with": the complement follows.
_OPENING = frozenset(("to", "with"))


def behind_comma(tokens: Sequence[Token], position: int) -> int:
    return position + (position < len(tokens) and tokens[position].text == ",")
