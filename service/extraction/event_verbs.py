"""Events that a verb tells: who did what to whom, actively, in the passive or by a participle alone."""

from service.extraction.agents import subject_before
from service.extraction.blame import BLAMING, blamed, made_to
from service.extraction.callings import described_as, label_after, label_first, long_called, what_is_called
from service.extraction.event_types import Event
from service.extraction.fillers import fits
from service.extraction.lexicon import EventEntry
from service.extraction.phrases import Clauses
from service.extraction.triggers import EventTrigger
from service.extraction.verb_arguments import agent_and_target, behind_tail, complement, fitting
from service.extraction.verb_roles import roles_of
from service.extraction.verb_senses import is_other_complement, is_other_sense, is_other_target
from service.extraction.verb_voice import Verb, standing_verb

_LABELLED = frozenset(("characterization", "condemnation", "welcome"))


def _described(verb: Verb) -> Event | None:
    """What a verb calls something, where the plain reading of its object and complement does not show it."""
    clauses, entry, first, last = verb.clauses, verb.entry, verb.first, verb.last
    if verb.passive:
        label = what_is_called(clauses, first, last)
        if verb.trigger.lemma == "call" and label and clauses.tokens[label[0]].tag != "quote":
            return None  # "for what is called administrative detention"
        return label and Event(entry.predicate, entry.kind, "passive", first, last, None, label, label)
    if verb.trigger.form == "participle" and (reduced := long_called(clauses, first, last)) is not None:
        return Event(entry.predicate, entry.kind, "passive", first, last, None, *reduced)
    return described_as(clauses, entry, verb.trigger, first, last)


def read_verb(
    clauses: Clauses, trigger: EventTrigger, entry: EventEntry, first: int, last: int
) -> Event | None:
    """What a verb at tokens[first:last] tells of; None where it is no verb, means something else or lacks its
    target or its complement."""
    verb = standing_verb(clauses, trigger, entry, first, last)
    if verb is None or is_other_sense(verb):
        return None
    if trigger.lemma in BLAMING:
        return blamed(clauses, trigger.lemma, first, last, verb.passive)
    if (
        entry.predicate in _LABELLED
        and not verb.passive
        and (split := label_first(clauses, last)) is not None
    ):
        label, what = split
        if entry.object is not None and not fits(clauses, what, entry.object):
            return None
        given = label if entry.complement else None
        return Event(
            entry.predicate, entry.kind, "verb", first, last, subject_before(clauses, first), what, given
        )
    if entry.predicate == "characterization":
        described = _described(verb)
        if described is not None or (trigger.lemma == "consider" and not verb.passive):
            return described
    found = agent_and_target(verb)
    if found is None or is_other_target(verb, found.target):
        return None
    found = behind_tail(verb, found)
    if found is None:
        return None
    if entry.predicate == "reported_cause" and (made := made_to(clauses, trigger.lemma, first, found.target)):
        return made
    found = fitting(verb, found)
    if found is None:
        return None
    told = complement(verb, found)
    if entry.predicate == "characterization":
        begin = told[0] if told is not None else found.end
        told = label_after(clauses, begin, verb.passive) if clauses.tokens[begin - 1].lower == "as" else told
    if is_other_complement(verb, told):
        return None
    roles = roles_of(verb, found, told)
    if roles is None:
        return None
    return Event(entry.predicate, entry.kind, "passive" if verb.passive else "verb", first, last, *roles)
