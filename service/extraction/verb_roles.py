"""Which role each phrase of a verb has in the event, relation or statement that it tells of: most verbs say
who did what to whom in this order, those of some predicates do not."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from service.extraction.blame import phrase_span
from service.extraction.fillers import PEOPLE, Range, fits, mention_stop, mentions_in
from service.extraction.joined import against, named_aside, sides
from service.extraction.lexicon import EventEntry
from service.extraction.phrases import DATE_WORDS, Clauses
from service.extraction.roles import complement_of, phrase_after
from service.extraction.tokens import Token
from service.extraction.verb_arguments import Arguments, behind_comma
from service.extraction.verb_voice import Verb

# Whom these befall is told once: by name, not as a count.
OF_PERSONS = frozenset(("detention", "charge", "announcement"))


class Roles(NamedTuple):
    """What becomes the subject, the object and the complement of an event."""

    agent: Range | None
    target: Range | None
    complement: Range | None


def roles_of(verb: Verb, found: Arguments, told: Range | None) -> Roles | None:
    """The roles of a verb's agent, target and complement; None where it tells of nothing."""
    roles = Roles(found.agent, found.target, told)
    if verb.entry.predicate == "meeting":
        roles = _with_whom(verb, roles)
    if not verb.passive and verb.entry.object is not None and "person" in verb.entry.object.kinds:
        roles = _by_name(verb, roles)
    if verb.entry.means:
        roles = _by_means(verb, roles)
    in_this = _OF_PREDICATES.get(verb.entry.predicate)
    return in_this(verb, roles, found.end) if in_this is not None else roles


def _with_whom(verb: Verb, roles: Roles) -> Roles:
    """ "flew to Lima for talks with the president": whom one meets, not where."""
    told = roles.complement
    if told is None or verb.clauses.tokens[told[0] - 1].lower not in ("with", "meet", "see"):
        return roles
    return Roles(roles.agent, told, None)


def _by_name(verb: Verb, roles: Roles) -> Roles:
    """ "fired the head of the agency, Jane Doe": the name is whom it hit, the office what it took."""
    agent, target, told = roles
    named = named_aside(verb.clauses, target) if target is not None else None
    if named is None:
        return roles
    if verb.entry.predicate in OF_PERSONS:
        behind = behind_comma(verb.clauses.tokens, named[1])
        return Roles(
            agent, named, told or complement_of(verb.clauses, verb.entry, verb.trigger, named, behind)
        )
    return Roles(agent, named, told or target)


def _by_means(verb: Verb, roles: Roles) -> Roles:
    """ "hurled grenades at the police": the complement is what it hit, the object of the verb the means."""
    clauses, tokens = verb.clauses, verb.clauses.tokens
    agent, means, target = roles
    if means is not None and means[0] + 1 == means[1] and tokens[means[0]].lower == "agreement":
        on = means[1] < len(tokens) and tokens[means[1]].lower == "on"
        about = phrase_after(clauses, means[1] + 1) if on else None
        if about is not None and tokens[about[0]].lower not in DATE_WORDS:
            means = means[0], about[1]  # "reached agreement on an interim cabinet"
    if target is None:
        # "Uganda and Tanzania have signed three deals"
        both = sides(clauses, agent) if agent is not None and verb.entry.predicate == "agreement" else None
    else:
        both = sides(clauses, target) if tokens[target[0] - 1].lower == "between" else None
    if both is not None:
        agent, target = both
    return Roles(agent, target, means)


def _support_requested(verb: Verb, roles: Roles, end: int) -> Roles | None:
    clauses, target = verb.clauses, roles.target
    asked = _asked_for(clauses, verb.entry, target, end)
    if asked is None:
        return None
    if verb.trigger.lemma == "call for" and clauses.tokens[asked[0]].lower == "intervention":
        return None  # demanded of others, whoever calls for it
    return Roles(roles.agent, target if target != asked else None, asked)


def _asked_for(clauses: Clauses, entry: EventEntry, target: Range | None, tail: int) -> Range | None:
    """What is asked for: "help" as the object itself, or after "for" or "to"."""
    tokens = clauses.tokens
    span = target or (tail, tail)
    last = tokens[span[1]].lower if span[1] < len(tokens) else ""
    asked = (p for p in range(*span) if tokens[p].lower in entry.asks_for and not _is_in_name(tokens, p))
    if last != "to" and (at := next(asked, None)) is not None:
        return at, at + 1
    for position in range(tail, min(tail + 6, len(tokens))):
        if tokens[position].lower in _LEAVING:
            return None  # "demanded the country withdraw its troops"
        if tokens[position].lower in entry.asks_for and not _is_in_name(tokens, position):
            follow = tokens[position + 1].lower if position + 1 < len(tokens) else ""
            # "calls for the troops to be withdrawn": of them something is demanded
            return (position, position + 1) if (follow, tokens[tail - 1].lower) != ("to", "for") else None
        if tokens[position].tag in ("punct", "sub", "rel", "quote") and tokens[position].text != ",":
            return None
    return None


def _is_in_name(tokens: Sequence[Token], position: int) -> bool:
    """ "called for a renewal of the Wage Support Scheme"."""
    beside = (*tokens[position - 1 : position], *tokens[position + 1 : position + 2])
    return tokens[position].tag == "cap" and any(token.tag == "cap" for token in beside)


_LEAVING = frozenset("withdraw remove pull recall stop end halt cut withdrawal".split())


def _succeeded(verb: Verb, roles: Roles, end: int) -> Roles | None:
    if verb.trigger.form == "ing" and verb.clauses.tokens[verb.first - 1].text == ",":
        roles = roles._replace(agent=_last_person(verb.clauses, verb.first - 1) or roles.agent)
    return _replaced(verb, roles, end)


def _last_person(clauses: Clauses, end: int) -> Range | None:
    """ "said Jane Doe is now minister, replacing John Doe": the nearest whom no "by" or "from" governs."""
    for position, mention in reversed(mentions_in(clauses, (max(0, end - 24), end))):
        if mention.kind == "person" and "pronoun" not in mention.flags:
            governor = clauses.tokens[position - 1].lower if position else ""
            if governor not in ("by", "from", "under", "with"):
                return position, mention_stop(clauses, position, mention)
    return None


def _replaced(verb: Verb, roles: Roles, end: int) -> Roles | None:
    """ "replaced the minister with a banker": who takes the place."""
    if verb.trigger.lemma != "replace" or verb.passive:
        return roles
    tokens = verb.clauses.tokens
    with_ = next((p for p in range(end, min(end + 8, len(tokens))) if tokens[p].lower == "with"), None)
    if not with_:
        return roles
    successor = phrase_after(verb.clauses, with_ + 1)
    if verb.entry.predicate == "succeeded" and successor and not fits(verb.clauses, successor, PEOPLE):
        return None  # "replace the furnaces with a new one"
    return roles._replace(agent=successor)


def _caused(verb: Verb, roles: Roles, end: int) -> Roles | None:
    """The agent is the cause itself; who names it is the speaker's business."""
    if verb.trigger.tail:
        return roles
    clauses, tokens, cause = verb.clauses, verb.clauses.tokens, roles.agent
    if cause is not None and tokens[cause[0]].lower in _NO_CAUSES:
        return None
    if verb.trigger.form == "ing":
        if cause is not None and fits(clauses, cause, PEOPLE):
            return None  # "Herders joined the march, sparking fears": what they did is the cause
        if tokens[verb.first - 1].text == ",":
            cause = phrase_span(tokens, verb.first - 1)  # "a depot was hit, causing a fire"
            if cause is None:
                return None
    return Roles(None, roles.target, cause)


# Their cause stands elsewhere: "it was still causing delays".
_NO_CAUSES = frozenset(("it", "he", "she", "they", "that", "which"))


def _met(verb: Verb, roles: Roles, end: int) -> Roles | None:
    """ "speaking to Radio Lima" is no meeting."""
    heard = verb.trigger.lemma.startswith(("speak", "talk", "telephone", "phone"))
    return None if heard and roles.target is not None and _has(verb, roles.target, _MEDIA) else roles


_MEDIA = frozenset(
    "television tv radio news newspaper newspapers agency times reporters journalists post bbc cnn channel "
    "channels afp reuters magazine media press broadcaster station".split()
)


def _cracked_down(verb: Verb, roles: Roles, end: int) -> Roles:
    """ "water cannon was used to disperse the crowd": a weapon is the means."""
    armed = roles.agent is not None and _has(verb, roles.agent, _WEAPONS)
    return Roles(None, roles.target, roles.agent) if armed else roles


_WEAPONS = frozenset("gas teargas cannon bullets grenades batons rounds ammunition spray sprays".split())


def _has(verb: Verb, span: Range, words: frozenset[str]) -> bool:
    return not words.isdisjoint(token.lower for token in verb.clauses.tokens[slice(*span)])


def _protested(verb: Verb, roles: Roles, end: int) -> Roles:
    """ "blocked the road in anger at the cuts": what it is against, and what was done."""
    opposed = against(verb.clauses, end) if not verb.passive else None
    return Roles(roles.agent, opposed, roles.target) if opposed is not None else roles


def _concerned(verb: Verb, roles: Roles, end: int) -> Roles:
    """ "the plan angered unions": those are concerned, about the plan."""
    return Roles(roles.target, roles.agent, roles.complement)


def _elected(verb: Verb, roles: Roles, end: int) -> Roles:
    """ "declared the president the winner": who has won."""
    declared = verb.trigger.lemma.startswith(("declare", "proclaim"))
    return Roles(roles.target, None, roles.complement) if declared else roles


def _attacked(verb: Verb, roles: Roles, end: int) -> Roles | None:
    """ "fired at each other" is a clash; "rammed his van into a queue": whom it hit, with what."""
    lowers, means = verb.clauses.whole.lowers, roles.target
    ahead = lowers[means[1] : means[1] + 4] if means is not None else []
    if verb.trigger.lemma == "ram" and means is not None and "into" in ahead:
        hit = phrase_after(verb.clauses, means[1] + ahead.index("into") + 1)
        return Roles(roles.agent, hit, means) if hit is not None else None
    opens = lowers[roles.target[0] :][:2] if roles.target is not None else []
    return None if opens in (["each", "other"], ["one", "another"]) else roles


_OF_PREDICATES: Mapping[str, Callable[[Verb, Roles, int], Roles | None]] = {
    "support_requested": _support_requested,
    "succeeded": _succeeded,
    "removed_from_office": _replaced,
    "reported_cause": _caused,
    "meeting": _met,
    "crackdown": _cracked_down,
    "protest": _protested,
    "concern": _concerned,
    "election": _elected,
    "attack": _attacked,
}
