"""Causes that fixed words name: "closed because of fog", "due to a leak", "the cause of the crash was …"."""

from collections.abc import Sequence

from service.extraction.agents import subject_before
from service.extraction.blame import phrase_span, related
from service.extraction.cues import CUES
from service.extraction.event_types import Event
from service.extraction.fillers import PEOPLE, Range, fits
from service.extraction.lexicon import EventEntry
from service.extraction.phrases import Clauses, is_passive, is_past
from service.extraction.roles import clause_after, phrase_after, whole_phrase
from service.extraction.subjects import subject_of
from service.extraction.tokens import Token
from service.extraction.triggers import EventTrigger

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


def cause(clauses: Clauses, trigger: EventTrigger, entry: EventEntry, first: int, last: int) -> Event | None:
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
    if because and trigger.lemma == "due to" and last < len(tokens) and tokens[last].lower in _DUE:
        return None  # "due to arrive"
    opening = first - 1
    while opening >= 0 and tokens[opening].tag in ("adv", "conj"):
        opening -= 1
    aside = opening < 0 or tokens[opening].text == ","
    named = clause_after(clauses, last, 24, commas=not aside)
    if named is None:
        return None
    if trigger.lemma != "because":
        named = whole_phrase(clauses, named)
    if because and opening < 0:
        # "Due to fog, flights were cancelled"
        behind = named[1] < len(tokens) and tokens[named[1]].text == ","
        target = clause_after(clauses, named[1] + 1, 20) if behind else None
        return Event(entry.predicate, entry.kind, "phrase", first, last, None, target, named)
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
            if target is None or _is_decided(clauses, target) or tokens[target[0] - 1].lower == "if":
                return None  # "if flights are late because of fog"
            if trigger.lemma == "because" and not _has_happened(tokens, target):
                return None
    return Event(entry.predicate, entry.kind, "phrase", first, last, None, target, named)


def _has_happened(tokens: Sequence[Token], span: Range) -> bool:
    """ "the bridge was shut", "the men died", not "there is no need": what has a cause, and no grounds."""
    words = range(*span)
    return (
        any(
            tokens[p].lower in _BEFELL
            or (is_past(tokens[p]) and is_passive(tokens, p) and _is_over(tokens, p))
            for p in words
        )
        or tokens[span[1]].tag in ("be", "adv")
        or tokens[span[1] - 1].lower == "part"
    )


def _is_over(tokens: Sequence[Token], participle: int) -> bool:
    return any(
        token.lower in ("was", "were", "been") for token in tokens[max(0, participle - 3) : participle]
    )


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
    "die died dying drown drowned suffer suffered suffering lost lose fell fall failed rose collapsed "
    "crashed halt stopped broke burst exploded sank dropped slowed shrank slipped grew happened occurred "
    "worsened stands stood higher lower weaker slower worse".split()
)
_DUE = frozenset(
    "be arrive start begin take expire end open close meet speak appear face give hold visit travel leave "
    "return play join become run go come make finish launch land depart resume stand sign vote announce "
    "publish retire reach report release receive complete conclude last stop step sit "
    "serve fly address testify unveil rule decide hear host chair enter deliver undergo debate discuss "
    "introduce cast get attend study move pay compete restart reopen".split()
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
