"""Statements that fixed words make by themselves: "it is unclear whether", "raised concern", "because of"."""

from collections.abc import Callable

from service.extraction.agents import subject_before
from service.extraction.blame import is_someone
from service.extraction.causes import cause
from service.extraction.directives import SOMEONE
from service.extraction.event_types import Event
from service.extraction.fillers import Range, fits
from service.extraction.heads import names_persons
from service.extraction.labels import JUDGING
from service.extraction.lexicon import EventEntry
from service.extraction.main_subjects import main_subject
from service.extraction.number_words import SIMPLE
from service.extraction.phrases import TIME_WORDS, Clauses, is_past, phrase_back
from service.extraction.roles import clause_after, phrase_after, whole_phrase
from service.extraction.subjects import subject_of
from service.extraction.tokens import Token, inflections
from service.extraction.triggers import EventTrigger
from service.extraction.unclear import unclear


def read_statement(
    clauses: Clauses, trigger: EventTrigger, entry: EventEntry, first: int, last: int
) -> Event | None:
    """The statement of a phrase, or None where it means something else or only grounds a claim."""
    reader = _READERS.get(entry.predicate)
    return reader(clauses, trigger, entry, first, last) if reader is not None else None


# "feared dead", "fear for", "feared to have drowned": what may have befallen someone, no worry.
_BEFALLEN = frozenset("dead drowned buried trapped lost missing killed to".split())


def _concern(
    clauses: Clauses, trigger: EventTrigger, entry: EventEntry, first: int, last: int
) -> Event | None:
    tokens = clauses.tokens
    follow = tokens[last].lower if last < len(tokens) else ""
    if trigger.lemma == "feared" and follow in _BEFALLEN:
        return None
    if first > 1 and tokens[first].lower == "be" and tokens[first - 2].lower in _TOLD_TO:
        return None  # "urged to be wary of"
    if trigger.lemma in _WORRIES:
        return _worry(clauses, entry, first, last)
    if tokens[last - 1].lower == "anxious" and follow == "to":
        return None  # "anxious to avoid": eager
    if tokens[first].lower == "'m" and trigger.lemma.endswith("afraid") and follow not in _ABOUT:
        return None  # "I'm afraid we're late"
    subject = subject_before(clauses, first)
    noun = trigger.lemma.startswith("there ") or trigger.lemma in ("fears for", "fears over", "fear", "fears")
    if trigger.lemma.startswith("there ") or (noun and first and tokens[first - 1].tag in ("prep", "sub")):
        subject = None  # "amid fears that": nobody's
    if first > 1 and tokens[first - 1].tag == "poss":
        subject = first - 2, first - 1  # "fed investors' growing concerns about"
    linked = follow in _ABOUT
    told = linked or trigger.lemma.endswith(_LINKED) or trigger.lemma.startswith("it ")
    about = clause_after(clauses, last + linked, 16) if told else None
    if trigger.lemma.startswith("it "):
        return about and Event(entry.predicate, entry.kind, "phrase", first, last, None, about, None)
    if trigger.lemma.endswith(" is that") or trigger.lemma.endswith(" was that"):
        own = subject is not None and tokens[subject[0]].lower in ("my", "our")
        subject = (subject[0], subject[0] + 1) if own and subject else None
    if trigger.lemma.endswith(" raised"):
        subject = None  # "concerns have been raised over": whose they are is not told
    if tokens[first].lower.endswith("ing") and first and tokens[first - 1].text == ",":
        subject = None  # "has resigned, raising questions over": whose they are is not told
    if trigger.lemma.startswith(_RAISING) and (subject is None or not fits(clauses, subject, SOMEONE)):
        subject, about = None, about or subject
        if follow in ("in", "among"):
            subject = phrase_after(clauses, last + 1)
    return Event(entry.predicate, entry.kind, "phrase", first, last, subject, about, None)


def _is_voiced(token: Token) -> bool:
    """ "raised a concern about", "conveyed its worries over"."""
    return token.lower in _VOICING


_VOICING = frozenset(
    form for verb in ("raise", "voice", "convey", "share", "cite") for form in inflections(verb)
)
# Nouns with what they are about.
_WORRIES = frozenset(
    f"{noun} {link}"
    for noun in ("concern", "concerns", "fears", "worries", "anxiety", "unease", "alarm")
    for link in ("that", "of", "about", "over", "at")
)
# Nobody has a worry that is done with: "allayed fears that", "no concerns about".
_SOOTHING = frozenset(
    "allay ease soothe calm dismiss address assuage quell reject downplay remove dispel answer quiet "
    "counter brush quash satisfy deny suppress no any without little despite shrug ignore".split()
)
_SOOTHED = _SOOTHING | {form for verb in _SOOTHING for form in inflections(verb)}


def _worry(clauses: Clauses, entry: EventEntry, first: int, last: int) -> Event | None:
    """ "amid fears that the dam may burst", "investors' worries about debt": whose, if a possessive or "have"
    says so."""
    tokens, begin = clauses.tokens, first
    while begin and tokens[begin - 1].tag in ("word", "adv", "num") and not is_past(tokens[begin - 1]):
        if tokens[begin - 1].lower in _SOOTHED:
            return None
        begin -= 1
    before = tokens[begin - 1] if begin else None
    if before is not None and (before.lower in _SOOTHED or tokens[max(0, begin - 2)].lower in _SOOTHED):
        return None
    link, follow = tokens[last - 1].lower, tokens[last] if last < len(tokens) else None
    told = follow is not None and (follow.tag in ("det", "cap", "pron", "num", "adv"))
    if link == "of" and before is not None and before.tag == "det":
        return None  # "exploiting the fears of workers": those who have them
    if link == "that" and tokens[first].lower == "concern" and not told:
        return None  # "a concern that works against the women"
    about = clause_after(clauses, last, 16, commas=begin > 2)
    if about is None:
        return None
    about = about if link == "that" else whole_phrase(clauses, about)
    subject = None
    if before is not None and before.tag == "have":
        subject = subject_before(clauses, begin - 1)
    elif before is not None and before.tag == "poss" and begin > 1:
        owner = begin - 1
        while owner and tokens[owner - 1].tag in ("word", "cap", "det") and not is_past(tokens[owner - 1]):
            owner -= 1
        subject = (owner, begin - 1) if owner < begin - 1 else None
    elif before is not None and (verb := begin - 1 - (before.tag == "det")) and _is_voiced(tokens[verb]):
        subject = subject_before(clauses, verb)
    return Event(entry.predicate, entry.kind, "phrase", first, last, subject, about, None)


_TOLD_TO = frozenset("urged told asked advised warned ordered encouraged".split())
# What opens the words for what the worry is about.
_ABOUT = frozenset(("about", "over", "at", "for", "that", "of", "by", "with"))
_LINKED = tuple(f" {word}" for word in sorted(_ABOUT))
_RAISING = ("sparked", "raised", "raises", "raise", "prompt", "spark", "stoke", "fuel", "cause")


def _accusing(
    clauses: Clauses, trigger: EventTrigger, entry: EventEntry, first: int, last: int
) -> Event | None:
    """ "the rebels were behind the attack"."""
    target, act = subject_of(clauses, first), clause_after(clauses, first, 14)
    if target is None or not is_someone(clauses, target):
        return None  # "fires are responsible for the haze", "those days are behind us"
    return Event(entry.predicate, entry.kind, "phrase", first, last, None, target, act)


def _owner(clauses: Clauses, first: int) -> Range | None:
    """Whose call, warning or criticism it is: who can make one."""
    owner = subject_of(clauses, first)
    last = clauses.tokens[first - 1]
    named = clauses.by_end.get(last.end)
    speaks = (named is not None and named.kind in SOMEONE.kinds) or last.lower in SOMEONE.heads
    return owner if speaks or names_persons(last) else None


def _drawn(clauses: Clauses, trigger: EventTrigger, entry: EventEntry, first: int, last: int) -> Event | None:
    """ "the ruling drew criticism from rights groups"."""
    if clauses.tokens[first].tag == "poss":
        owner, criticised = _owner(clauses, first), phrase_after(clauses, last)
        if owner is None or criticised is None:
            return None
        return Event(entry.predicate, entry.kind, "phrase", first + 1, last, owner, criticised)
    if trigger.lemma.startswith("complaints"):
        target = phrase_after(clauses, last)
        return target and Event(entry.predicate, entry.kind, "phrase", first, last, None, target)
    target = subject_of(clauses, first)
    whose = last < len(clauses.tokens) and clauses.tokens[last].lower == "from"
    source = phrase_after(clauses, last + 1) if whose else None
    return target and Event(entry.predicate, entry.kind, "phrase", first, last, source, target)


_GRAVE = frozenset("conspiracy plot crisis war pattern climate emergency chaos".split())


def _calling(
    clauses: Clauses, trigger: EventTrigger, entry: EventEntry, first: int, last: int
) -> Event | None:
    """ "spoke of a disaster", "what he called a disaster"."""
    tokens = clauses.tokens
    if last + 1 >= len(tokens) or tokens[last].lower.endswith("ing"):
        return None  # "spoke of hearing shots"
    opening = tokens[last + (tokens[last].tag == "quote")]
    if opening.tag == "num" or opening.lower in SIMPLE:
        return None  # "spoke of 46 dead", "spoke of “four million who …”"
    quoted = tokens[last].tag == "quote" or tokens[min(last + 1, len(tokens) - 1)].tag == "quote"
    words = {token.lower for token in tokens[last : last + 7]}
    if trigger.lemma.startswith("sp") and (
        not words.isdisjoint(TIME_WORDS) or (not quoted and words.isdisjoint(JUDGING | _GRAVE))
    ):
        return None  # "spoke of “early March”", "spoke of a man with a torch"
    if trigger.lemma.startswith("what"):
        label = clause_after(clauses, last, 10)
        subject = main_subject(clauses, first)
    else:
        label, subject = phrase_after(clauses, last), subject_of(clauses, first)
    if label is None or subject is None:
        return None
    return Event(entry.predicate, entry.kind, "statement", first, last, subject, label, label)


def _called_for(
    clauses: Clauses, trigger: EventTrigger, entry: EventEntry, first: int, last: int
) -> Event | None:
    """ "renewed its call for a ceasefire", "issued a warning"; the bare verbs only ground a claim."""
    if trigger.lemma in _BY_WHOM:
        return _of_others(clauses, trigger, entry, first, last)
    if _VOICED.isdisjoint(trigger.lemma.split()[1:]):
        return None
    unsaid = trigger.lemma.split()[0] in _HEARD
    if clauses.tokens[first].tag == "poss":
        subject = _owner(clauses, first)  # "the minister's warning that"
    else:
        subject = None if unsaid else subject_before(clauses, first)
    if subject is None and not unsaid:
        return None
    said = clause_after(clauses, last, 16)
    if entry.predicate in ("demand", "request"):
        return Event(entry.predicate, entry.kind, "phrase", first, last, subject, None, said)
    return Event(entry.predicate, entry.kind, "phrase", first, last, subject, said, None)


_RUNG = frozenset("phone telephone emergency distress his her their my".split())
_BY_WHOM = frozenset("calls from,calls by,demands from,demands by,appeals from,demanded by".split(","))


def _of_others(
    clauses: Clauses, trigger: EventTrigger, entry: EventEntry, first: int, last: int
) -> Event | None:
    """ "calls from unions for a freeze", "the freeze demanded by unions"."""
    tokens = clauses.tokens
    whose = phrase_after(clauses, last, ("for", "to"))
    if whose is None or not fits(clauses, whose, SOMEONE):
        return None
    if trigger.lemma == "demanded by":
        said = phrase_back(clauses, first - (first > 0 and tokens[first - 1].text == ","))
        if said is None or tokens[first - 1].tag == "be":
            return None
    else:
        if whose[1] + 1 >= len(tokens) or tokens[whose[1]].lower not in ("for", "to"):
            return None
        if tokens[whose[1]].lower == "to" and tokens[whose[1] + 1].tag != "word":
            return None  # "took calls from listeners to his show"
        said = clause_after(clauses, whose[1] + (tokens[whose[1]].lower == "for"), 16)
        if said is None or tokens[said[0]].lower in TIME_WORDS or tokens[first - 1].lower in _RUNG:
            return None  # "phone calls from relatives for hours"
    return Event(entry.predicate, entry.kind, "phrase", first, last, whose, None, said)


# "There have been calls for calm", "amid demands for": whose they are is not told.
_HEARD = frozenset("been were are amid growing mounting despite".split())
_VOICED = frozenset(
    "call calls appeal appeals demand demands plea pleas warning warnings alert alerts request".split()
)

_Reader = Callable[[Clauses, EventTrigger, EventEntry, int, int], Event | None]
_READERS: dict[str, _Reader] = {
    "information_unclear": unclear,
    "concern": _concern,
    "accusation": _accusing,
    "reported_cause": cause,
    "characterization": _calling,
    "condemnation": _drawn,
    "welcome": _drawn,
    "demand": _called_for,
    "warning": _called_for,
    "request": _called_for,
}
