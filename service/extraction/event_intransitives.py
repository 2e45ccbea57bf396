"""Events that a verb without an object tells: "protesters clashed with police", "the ferry sank"."""

from collections.abc import Sequence

from service.extraction.agents import subject_before
from service.extraction.event_types import Event
from service.extraction.fillers import fits, mention_stop, mentions_in, names_people
from service.extraction.heads import OWNERS
from service.extraction.joined import against, named_aside, named_before, sides
from service.extraction.lexicon import EventEntry
from service.extraction.phrases import DATE_WORDS, TIME_WORDS, UNTAGGED, Clauses, is_passive, is_past
from service.extraction.roles import AFTER_INTRANSITIVES, complement_of, phrase_after
from service.extraction.tokens import Token
from service.extraction.triggers import EventTrigger, behind_when
from service.extraction.verb_voice import is_noun_here


def read_intransitive(
    clauses: Clauses, trigger: EventTrigger, entry: EventEntry, first: int, last: int
) -> Event | None:
    tokens = clauses.tokens
    before = tokens[first - 1] if first else None
    if (
        before is not None
        and trigger.form in ("base", "third", "ing")
        and (before.tag in ("det", "poss", "prep") or before.lower == "following")
        and not (trigger.form == "ing" and before.lower in ("by", "after"))
    ):
        return None
    follow = tokens[last] if last < len(tokens) else None
    if trigger.form == "ing" and follow is not None and follow.lower == "of":
        return None  # "the 2019 bombing of a market": a noun
    if entry.predicate == "resigned" and follow is not None and follow.lower == "of" and last - first > 1:
        return None  # "announced the resignation of its chairman": somebody else's
    if trigger.form == "participle" and is_passive(tokens, first):
        return None
    if (
        trigger.form in ("base", "third")
        and before is not None
        and is_noun_here(tokens, first, last, trigger)
    ):
        return None
    if (
        (trigger.form in ("base", "third") or trigger.lemma == "fight")
        and first > 1
        and tokens[first - 2].tag == "prep"
        and tokens[first - 1].tag == "word"
        and not tokens[first - 1].lower.endswith("s")
    ):
        return None  # "in recent clashes", "in ground fighting": a noun
    if trigger.form == "base" and before is not None and before.lower.startswith(("anti-", "pro-")):
        return None  # "the largest anti-government rally in years"
    if entry.kind == "event" and last < len(tokens) and _takes_object(tokens, last):
        return None
    if follow is not None and follow.lower in _SHOWN and trigger.lemma in ("demonstrate", "protest"):
        return None  # "has demonstrated that it can govern"
    if trigger.form == "ing" and last < len(tokens) and tokens[last].tag in ("be", "have"):
        return None  # "fighting is said to have gone on": a noun
    if follow is not None and trigger.lemma in ("reach", "fall to") and _is_amount(follow):
        return None  # "spending is to reach $419bn"
    subject = subject_before(clauses, first)
    if trigger.form == "ing" and before is not None and before.tag == "prep":
        # "despite stepping down": the nearest person before.
        people = [
            (p, mention_stop(clauses, p, m))
            for p, m in mentions_in(clauses, (0, first))
            if m.kind == "person"
        ]
        subject = people[-1] if people else subject
    filler = entry.subject_of_intransitive
    dwellers = subject is not None and filler is not None and names_people(clauses, subject, filler)
    if subject is not None and filler is not None and not dwellers and not fits(clauses, subject, filler):
        subject = _nearest(tokens, subject)
    if subject is None or (filler is not None and not dwellers and not fits(clauses, subject, filler)):
        return None
    if trigger.form == "third" and entry.predicate == "protest" and _is_noun_behind(clauses, entry, first):
        return None  # "unions plan mass rallies"
    bare = trigger.form == "ing" and before is not None and before.tag == "word"
    apart = subject[1] < first or any(map(is_past, tokens[slice(*subject)]))
    if bare and apart and entry.predicate == "deployment":
        return None  # "soldiers died in an ambush of a convoy heading for Niger"
    if trigger.lemma in ("gather", "assemble") and _is_group_of(tokens, subject):
        return None  # "a group of pupils gathered"
    if entry.kind == "relation":
        subject = named_before(clauses, subject) or subject
    target = None
    behind = behind_when(tokens, last) if entry.after_prep else last
    if behind < len(tokens) and tokens[behind].lower in entry.after_prep:
        target = phrase_after(clauses, behind + 1)
        if target is not None and tokens[target[1] - 1].lower in TIME_WORDS:
            target = None  # "on strike for a third day"
        named = entry.object is None or entry.undergoes
        if target is not None and not named and entry.object and not fits(clauses, target, entry.object):
            target = None  # "met with approval"
    elif trigger.lemma.endswith((" in", " with")) or (
        entry.object is not None and not entry.undergoes and trigger.lemma.endswith(_LEADING_TO)
    ):
        target = phrase_after(clauses, last)
        if target is not None and entry.kind == "relation":
            target = named_aside(clauses, target) or target  # "handed over to her deputy, Jane Doe"
        if entry.object is not None and (target is None or not fits(clauses, target, entry.object)):
            return None
    if entry.predicate == "protest":
        rooms = _ROOMS.isdisjoint(token.lower for token in tokens[last : last + 4])
        if trigger.lemma == "walk out" and rooms and last < len(tokens) and tokens[last].lower == "of":
            return None  # "walked out of the coalition"
        target = target or against(clauses, last)
    complement = complement_of(clauses, entry, trigger, (first, last), last) if entry.complement else None
    if complement is None and trigger.lemma in entry.complement_for:
        return None
    if entry.predicate == "clash" and target is not None and filler and not fits(clauses, target, filler):
        return None  # "clashed with their faith"
    if entry.predicate in _MUTUAL and target is None and (both := sides(clauses, subject)) is not None:
        subject, target = both  # "the two countries' armies clashed", "A and B met"
    if entry.predicate == "clash" and target is not None and _is_quarrel(clauses, subject, target):
        return None  # "the mayor had clashed with his deputy": in words
    if entry.reversed:
        if tokens[subject[0]].lower in OWNERS:
            subject = subject[0], subject[0] + 1  # "his place goes to Jane Doe"
        subject, target = target, subject  # "made way for Jane Doe"
    if entry.undergoes:
        return Event(entry.predicate, entry.kind, "intransitive", first, last, None, subject, complement)
    return Event(entry.predicate, entry.kind, "intransitive", first, last, subject, target, complement)


def _is_noun_behind(clauses: Clauses, entry: EventEntry, first: int) -> bool:
    """Whether the word before a verb in -s can be no subject of it."""
    word = first > 0 and clauses.tokens[first - 1].tag == "word"
    filler = entry.subject_of_intransitive
    return word and filler is not None and not fits(clauses, (first - 1, first), filler)


def _is_amount(token: Token) -> bool:
    return token.tag == "num" or token.text in "$€£¥"


def _nearest(tokens: Sequence[Token], span: tuple[int, int]) -> tuple[int, int] | None:
    """ "a recorder from the jetliner that crashed": what the relative clause behind a phrase may tell of."""
    if span[1] >= len(tokens) or tokens[span[1]].tag != "rel":
        return None
    inner = next((p + 1 for p in range(span[1] - 2, span[0], -1) if tokens[p].tag == "prep"), None)
    return (inner, span[1]) if inner is not None else None


def _is_quarrel(clauses: Clauses, subject: tuple[int, int], target: tuple[int, int]) -> bool:
    def one(span: tuple[int, int]) -> bool:
        last = clauses.tokens[span[1] - 1]
        named = any(m.kind == "person" and "pronoun" not in m.flags for _, m in mentions_in(clauses, span))
        return last.lower in ("he", "she", "him", "her") or named or last.lower in _OFFICES_OF_ONE

    return one(subject) and one(target)


_OFFICES_OF_ONE = frozenset(
    "president minister premier mayor governor senator deputy adviser advisor aide chief head secretary "
    "chairman coach manager judge speaker leader".split()
)


def _is_group_of(tokens: Sequence[Token], span: tuple[int, int]) -> bool:
    return any(tokens[p].lower == "group" and tokens[p + 1].lower == "of" for p in range(*span))


_SHOWN = frozenset("that how what why whether".split())
_LEADING_TO = (" to", " for", " from", " of", " by")
_ROOMS = frozenset("class classes classroom classrooms lessons work school schools lectures".split())
_MUTUAL = frozenset(("clash", "meeting", "agreement"))


def _takes_object(tokens: Sequence[Token], last: int) -> bool:
    """ "met her future husband", "fought cancer": the verb is not used as an intransitive one."""
    follow = tokens[last]
    if (
        tokens[last - 1].tag == "prep"
        or tokens[last - 1].lower in ("to", "before", "upon")
        or follow.lower in UNTAGGED
    ):
        return False
    if follow.tag in ("pron", "poss", "num") or (
        follow.tag == "det" and follow.lower not in ("this", "that")
    ):
        return follow.tag != "num"
    if follow.tag == "cap":
        return follow.lower not in DATE_WORDS and tokens[last - 1].tag != "conj"
    met = tokens[last - 1].lower in ("meet", "meets", "met") and _before_noun(tokens, last)
    return (
        follow.tag == "word"
        and follow.lower not in AFTER_INTRANSITIVES
        and (met or not follow.lower.endswith("ing"))
        and not (follow.lower.endswith("ed") and not _before_noun(tokens, last))
    )


def _before_noun(tokens: Sequence[Token], position: int) -> bool:
    """ "fight planned cuts": a participle that stands before its noun."""
    follow = tokens[position + 1] if position + 1 < len(tokens) else None
    return follow is not None and follow.tag == "word" and not follow.lower.endswith("ing")
