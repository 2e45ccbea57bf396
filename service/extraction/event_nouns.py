"""Events that a noun names: "the dismissal of X", "X's resignation", "protests erupted"."""

from collections.abc import Sequence

from service.extraction.event_types import Event
from service.extraction.lexicon import EventEntry, EventTrigger, lexicon
from service.extraction.phrases import TIME_WORDS, Clauses, is_passive, subject_of
from service.extraction.roles import AFTER_INTRANSITIVES, Range, fits, phrase_after, subject_before
from service.extraction.tokens import PAST_FORMS, Token, inflections


def _is_compound(tokens: Sequence[Token], last: int, happening: frozenset[str]) -> bool:
    """ "earthquake victims", "riot police": the noun only tells which victims."""
    follow = tokens[last] if last < len(tokens) else None
    return (
        follow is not None
        and follow.tag == "word"
        and follow.lower not in happening
        and follow.lower not in PAST_FORMS
        and not follow.lower.endswith(("ed", "ing"))
        and follow.lower not in AFTER_INTRANSITIVES
    )


def _is_backdrop(tokens: Sequence[Token], first: int, entry: EventEntry) -> bool:
    """ "feared dead after an avalanche", "killed in the landslide": what happened before or around it."""
    if entry.predicate not in ("disaster", "attack"):
        return False
    back = first - 1
    while back > 0 and back > first - 3 and tokens[back].tag in ("word", "cap", "num"):
        back -= 1
    return back > 0 and tokens[back].tag == "det" and tokens[back - 1].lower in _BACKDROPS


_BACKDROPS = frozenset("after following since during in amid".split())


def read_noun(
    clauses: Clauses, trigger: EventTrigger, entry: EventEntry, first: int, last: int
) -> Event | None:
    """ "the dismissal of X", "X's resignation", "protests erupted"."""
    tokens = clauses.tokens
    if tokens[last - 1].lower.endswith("ing") and first and tokens[first - 1].tag in ("be", "modal"):
        return None  # "has been fighting cancer"
    if entry.occurs and (
        _is_compound(tokens, last, lexicon().occurs[trigger.entry])
        or (first > 1 and tokens[first - 1].lower in ("as", "like"))
    ):
        return None
    target = owner = None
    follow = tokens[last].lower if last < len(tokens) else ""
    if (follow == "of" and (entry.object is not None or entry.noun_subject)) or follow in entry.after_prep:
        target = phrase_after(clauses, last + 1)
    if first > 1 and tokens[first - 1].tag == "poss" and tokens[first - 2].lower not in TIME_WORDS:
        owner = subject_of(clauses, first - 1)
        if owner is not None and target is None and entry.needs and not entry.noun_subject:
            target, owner = owner, None
    if entry.noun_subject:
        owner = owner or target
        target = None
    if target is not None and entry.object is not None and not fits(clauses, target, entry.object):
        target = None
    if entry.occurs:
        near = {token.lower for token in tokens[max(0, first - 6) : last + 7]}
        if near.isdisjoint(lexicon().occurs[trigger.entry]) and not _is_backdrop(tokens, first, entry):
            return None
        owner = owner or _striking(clauses, entry, first, last)
    elif target is None and owner is None and not entry.noun_subject and entry.needs:
        return None
    if follow == "between" and target is not None and (both := sides(clauses, target)) is not None:
        owner, target = both
    return Event(entry.predicate, entry.kind, "noun", first, last, owner, target, None)


# Verbs whose subject does what the noun after them names.
_STAGING = frozenset(
    form
    for verb in "hold stage end start begin join call continue suspend launch plan lead wage resume".split()
    for form in inflections(verb)
)


def _striking(clauses: Clauses, entry: EventEntry, first: int, last: int) -> Range | None:
    """ "the strike by dock workers", "miners end a strike": who does it."""
    if entry.subject_of_intransitive is None:
        return None
    tokens = clauses.tokens
    staged = entry.predicate == "protest"  # who ends the fighting may be no side of it
    agent = phrase_after(clauses, last + 1) if last < len(tokens) and tokens[last].lower == "by" else None
    if agent is None:
        before = range(first - 1, max(-1, first - 4), -1)
        verb = next((p for p in before if tokens[p].lower in _STAGING), None)
        if (
            not verb
            or not staged
            or is_passive(tokens, verb)
            or any(tokens[p].tag == "prep" for p in range(verb, first))
        ):
            return None
        agent = subject_before(clauses, verb)
    if agent is None or agent[0] < last <= agent[1]:
        return None
    return agent if fits(clauses, agent, entry.subject_of_intransitive) else None


def sides(clauses: Clauses, span: Range) -> tuple[Range, Range] | None:
    """ "between the army and the rebels": one side and the other."""
    joint = next((p for p in range(span[0] + 1, span[1] - 1) if clauses.tokens[p].lower == "and"), None)
    return ((span[0], joint), (joint + 1, span[1])) if joint is not None else None
