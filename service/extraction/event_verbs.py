"""Events that a verb tells: who did what to whom, actively, in the passive or by a participle alone."""

from service.extraction.agents import subject_before
from service.extraction.blame import BLAMING, blamed, made_to
from service.extraction.event_types import Event
from service.extraction.fillers import fits
from service.extraction.labels import described_as, label_first
from service.extraction.lexicon import EventEntry
from service.extraction.phrases import Clauses
from service.extraction.triggers import EventTrigger
from service.extraction.verb_arguments import agent_and_target, behind_tail, complement, fitting
from service.extraction.verb_roles import roles_of
from service.extraction.verb_senses import is_other_complement, is_other_sense, is_other_target
from service.extraction.verb_voice import standing_verb

_LABELLED = frozenset(("characterization", "condemnation", "welcome"))


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
    if entry.predicate == "characterization" and not verb.passive:
        described = described_as(clauses, entry, trigger, first, last)
        if described is not None:
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
    if is_other_complement(verb, told):
        return None
    roles = roles_of(verb, found, told)
    if roles is None:
        return None
    return Event(entry.predicate, entry.kind, "passive" if verb.passive else "verb", first, last, *roles)
