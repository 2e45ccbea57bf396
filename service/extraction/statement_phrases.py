"""Statements that fixed words make by themselves: "it is unclear whether", "raised concern", "because of"."""

from collections.abc import Callable, Sequence

from service.extraction.agents import subject_before
from service.extraction.blame import is_someone, phrase_span, related
from service.extraction.cues import CUES
from service.extraction.directives import SOMEONE
from service.extraction.event_types import Event
from service.extraction.fillers import PEOPLE, Range, fits
from service.extraction.heads import names_persons
from service.extraction.labels import JUDGING
from service.extraction.lexicon import EventEntry
from service.extraction.main_subjects import main_subject
from service.extraction.number_words import SIMPLE
from service.extraction.phrases import TIME_WORDS, Clauses, is_passive
from service.extraction.roles import clause_after, phrase_after
from service.extraction.subjects import subject_of
from service.extraction.tokens import Token
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
    subject = subject_before(clauses, first)
    noun = trigger.lemma.startswith("there ") or trigger.lemma in ("fears for", "fears over", "fear", "fears")
    if trigger.lemma.startswith("there ") or (noun and first and tokens[first - 1].tag in ("prep", "sub")):
        subject = None  # "amid fears that": nobody's
    if first > 1 and tokens[first - 1].tag == "poss":
        subject = first - 2, first - 1  # "fed investors' growing concerns about"
    linked = follow in _ABOUT
    about = clause_after(clauses, last + linked, 12) if linked or trigger.lemma.endswith(_LINKED) else None
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


_DATING = frozenset("this last so far year month week quarter today yesterday earlier already".split())
_SURELY = frozenset(("stem from", "result from", "be down to", "caused by", "brought on by", "set off by"))
# What has a cause stands before these in any words.
_BECAUSE = frozenset(
    (
        "thanks to",
        "because of",
        "because",
        "due to",
        "as a result of",
        "owing to",
        "on account of",
        "as a consequence of",
    )
)


def _cause(clauses: Clauses, trigger: EventTrigger, entry: EventEntry, first: int, last: int) -> Event | None:
    tokens = clauses.tokens
    if trigger.lemma == "to blame":
        if last < len(tokens) and tokens[last].lower == "but":
            return None  # "nobody to blame but myself"
        # "a technical fault was to blame for the crash"
        fault, blamed = subject_of(clauses, first), phrase_after(clauses, last + 1)
        if fault is not None and tokens[fault[0]].lower in _ANYBODY:
            return None  # "whoever was to blame"
        return fault and Event(entry.predicate, entry.kind, "phrase", first, last, None, blamed, fault)
    if trigger.lemma == "cause of":
        return _named_cause(clauses, entry, first, last)
    if last < len(tokens) and tokens[last].tag == "rel":
        return None  # "as a result of which"
    if trigger.lemma == "put down to" and not is_passive(tokens, first):
        # "which experts put down to fickle weather"
        agent, cause = subject_before(clauses, first), phrase_after(clauses, last)
        what = related(clauses, agent)
        return cause and Event(entry.predicate, entry.kind, "phrase", first, last, agent, what, cause)
    because = trigger.lemma in _BECAUSE
    if trigger.lemma == "because" and not _is_told(tokens, first, last):
        return None
    if trigger.lemma == "because" and last < len(tokens) and tokens[last].lower in _ANYBODY:
        return None  # "because they were afraid": why somebody did something
    cause = clause_after(clauses, last, 12) if because else clause_after(clauses, last, 8)
    cause = cause or phrase_after(clauses, last)
    if cause is None or (because and trigger.lemma == "due to" and tokens[last].lower in _DUE):
        return None  # "due to arrive"
    target = None
    if not trigger.lemma.startswith(("turned", "displeasure", "over")):
        back = first - (tokens[first - 1].lower in ("the", "a", "as"))
        target = subject_before(clauses, back) if back else None
        if target is not None and tokens[target[1] - 1].lower in _TELLING and target[0] > 1:
            before = tokens[target[0] - 1].lower == "which"  # "a fire, which police said was caused by"
            target = related(clauses, target) if before else None
        if target is not None and all(tokens[p].lower in _DATING for p in range(*target)):
            target = None  # "has fallen this year because of"
        surely = trigger.lemma in _SURELY and target is not None  # whatever it is, it was caused
        if not surely and (target is None or entry.object is None or not fits(clauses, target, entry.object)):
            target = _clause_before(tokens, first) if because else None
            if target is not None and _is_decided(clauses, target):
                return None
            if target is None and not (because and not first):
                return None
    return Event(entry.predicate, entry.kind, "phrase", first, last, None, target, cause)


def _is_decided(clauses: Clauses, span: Range) -> bool:
    """ "the crew did not sail because …", "said the ban was wrong because …": why persons did or said
    something, which has no cause; but "the men died because …"."""
    tokens = clauses.tokens
    if tokens[span[0]].tag in ("do", "have", "neg") or tokens[span[0]].lower in CUES:
        return True
    who = phrase_after(clauses, span[0])
    if who is None or who[1] >= span[1] or not fits(clauses, who, PEOPLE):
        return False
    words = tokens[who[1] : span[1]]
    return not any(token.tag == "be" or token.lower in _BEFELL for token in words)


_BEFELL = frozenset(
    "die died dying drown drowned suffer suffered suffering lost lose fell fall failed".split()
)
_DUE = frozenset(
    "be arrive start begin take expire end open close meet speak appear face give hold visit travel leave "
    "return play join become run go come make finish launch land depart resume stand sign vote announce "
    "publish retire reach report release receive complete conclude last stop step".split()
)
_ANYBODY = frozenset("whoever who anyone nobody everyone someone he she they we i you those".split())


def _named_cause(clauses: Clauses, entry: EventEntry, first: int, last: int) -> Event | None:
    """ "the cause of the crash was engine failure"; that it is unknown tells none."""
    tokens = clauses.tokens
    target = phrase_after(clauses, last)
    article = first - (tokens[first - 1].tag == "det")
    linked = tokens[article - 1] if article > 1 else None
    if linked is not None and target is not None and (linked.tag == "be" or linked.lower == "as"):
        # "the rain was the cause of the fall", "point to a leak as the cause of the blast"
        cause = _before_cause(clauses, article - 1)
        return cause and Event(entry.predicate, entry.kind, "phrase", first, last, None, target, cause)
    if target is not None:
        marks = (p for p in range(target[0] + 1, target[1]) if tokens[p].tag == "quote")
        target = target[0], next(marks, target[1])
    verb = target[1] if target is not None else len(tokens)
    while verb + 2 < len(tokens) and (tokens[verb].tag == "quote" or tokens[verb].lower in _SEEMING):
        verb += 1 + (tokens[verb + 1].lower == "to")  # "the cause of death “appeared to be suffocation”"
    if target is None or verb + 1 >= len(tokens) or tokens[verb].tag != "be":
        return None
    if tokens[verb + 1].tag not in ("det", "word", "cap") or tokens[verb + 1].lower in _OPEN:
        return None
    cause = clause_after(clauses, verb + 1, 12)
    return Event(entry.predicate, entry.kind, "phrase", first, last, None, target, cause)


def _before_cause(clauses: Clauses, link: int) -> Range | None:
    """What stands before "is the cause of" or "as the cause of", whose link word is at a token."""
    tokens = clauses.tokens
    if tokens[link].lower == "as":
        to = next((p for p in range(link - 1, max(0, link - 9), -1) if tokens[p].lower == "to"), 0)
        return (to + 1, link) if to and to + 1 < link else None
    supposed = tokens[link - 1].lower == "to" and link > 2  # "is believed to be the cause of"
    cause = subject_of(clauses, link - 2 if supposed else link)
    return cause if cause is not None and tokens[cause[0]].tag not in ("pron", "rel") else None


_SEEMING = frozenset("appeared appears seems seemed".split())
_OPEN = frozenset("unknown unclear being under investigated believed thought".split())


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


_TELLING = frozenset("say says said saying told according added explained argued wrote".split())


def _is_told(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether somebody else than the article says why; "asked not to be named because" tells no cause."""
    if last < len(tokens) and tokens[last].lower == "of":
        return False
    lowers = [token.lower for token in tokens]
    return not (
        _TELLING.isdisjoint(lowers)
        or {"i", "we"} & set(lowers[max(0, first - 14) : first])
        or {"named", "identified", "anonymity", "if"} & set(lowers[max(0, first - 8) : last + 1])
    )


def _clause_before(tokens: Sequence[Token], end: int) -> Range | None:
    """The words of the clause that ends at a token."""
    while end and (
        tokens[end - 1].tag in ("be", "adv", "punct", "modal", "quote") or tokens[end - 1].lower in _DATING
    ):
        end -= 1
    return phrase_span(tokens, end)


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
    "reported_cause": _cause,
    "characterization": _calling,
    "condemnation": _drawn,
    "welcome": _drawn,
    "demand": _called_for,
    "warning": _called_for,
    "request": _called_for,
}
