"""Events that fixed words state by themselves ("a state of emergency") or with a verb near them."""

from collections.abc import Sequence

from service.extraction.agents import subject_before
from service.extraction.event_types import Event
from service.extraction.fillers import Range, fits, mention_stop, mentions_in
from service.extraction.joined import named_aside, sides
from service.extraction.lexicon import EventEntry, Filler, lexicon
from service.extraction.main_subjects import main_subject
from service.extraction.phrases import Clauses, is_passive, is_past
from service.extraction.roles import agent_after, phrase_after
from service.extraction.statement_phrases import read_statement
from service.extraction.tokens import Token
from service.extraction.triggers import EventTrigger, matches


def read_phrase(
    clauses: Clauses, trigger: EventTrigger, entry: EventEntry, first: int, last: int
) -> Event | None:
    tokens = clauses.tokens
    if entry.predicate in _ELSEWHERE:
        return None
    if entry.verbs_near and not _verb_near(clauses, trigger.entry, first, last, 8):
        return None
    if entry.kind == "statement":
        return read_statement(clauses, trigger, entry, first, last)
    subject = target = complement = None
    if entry.predicate == "charge":
        verb = _arrested(tokens, first)
        found = (subject_before(clauses, verb), main_subject(clauses, first))
        # "He stood up and by way of a translator pleaded guilty": he
        target = next(
            (who for who in found if who and (not entry.object or fits(clauses, who, entry.object))), None
        )
        complement = phrase_after(clauses, last)
        if target is None:
            return None
    elif entry.predicate == "crackdown":
        return _weapons(clauses, trigger, first, last)
    elif entry.predicate in ("state_of_emergency", "mourning_declared"):
        subject = main_subject(clauses, first)
        acting = _verb_near(clauses, trigger.entry, first, last, 8) if entry.verbs_near else None
        if acting is not None and acting[0] < first and not is_passive(tokens, acting[0]):
            subject = subject_before(clauses, acting[0]) or subject
        if subject is not None and not fits(clauses, subject, _RULERS):
            subject = None
        if acting is not None and acting[0] < first:
            first = acting[0]  # "urged it to declare …": what is only wished is told by its verb
    return Event(entry.predicate, entry.kind, "phrase", first, last, subject, target, complement)


def _arrested(tokens: Sequence[Token], first: int) -> int:
    """The participle before "on charges of": "was arrested on Monday in Lima on charges of"; else `first`."""
    for position in range(first - 1, max(0, first - 7), -1):
        if tokens[position].lower.endswith("ed") and tokens[position].tag == "word":
            return position
        if tokens[position].tag not in ("cap", "prep", "num", "adv", "det", "word"):
            break
    return first


def _weapons(clauses: Clauses, trigger: EventTrigger, first: int, last: int) -> Event | None:
    """ "officers fired tear gas at marchers": who used what against whom."""
    verb = _verb_near(clauses, trigger.entry, first, last, 8)
    if verb is None:
        return None
    tokens, target = clauses.tokens, None
    subject = None if is_passive(tokens, verb[0]) else subject_before(clauses, verb[0])
    if verb[0] == last and is_past(tokens[last]):
        subject = agent_after(clauses, verb[1])  # "choked on tear gas fired by the police"
    if subject is not None and not {t.lower for t in tokens[subject[0] : subject[1]]}.isdisjoint(_PROTESTERS):
        return None  # "protesters used tear gas against police"
    if subject is not None and not fits(clauses, subject, _FORCES):
        subject = None
    if last < len(tokens) and tokens[last].lower in ("at", "on", "against", "towards", "into"):
        target = phrase_after(clauses, last + 1)
    if target is None:  # "tear gas was used to disperse the crowd"
        ahead = range(last, min(last + 6, len(tokens)))
        driven = next(
            (p for p in ahead if tokens[p].lower in ("disperse", "scatter", "quell", "repel")), None
        )
        target = phrase_after(clauses, driven + 1) if driven is not None else None
    words = (first + (tokens[first].lower == "with"), last)
    begin, end = min(first, verb[0]), max(last, verb[1])
    return Event("crackdown", "event", "phrase", begin, end, subject, target, words)


_PROTESTERS = frozenset("protesters protestors demonstrators marchers rioters mob crowd".split())
_FORCES = Filler(
    kinds=("organization", "place"),
    persons=True,
    heads=frozenset("police army military troops soldiers forces guards security authorities".split()),
)
# Predicates whose phrases only ground a claim; they are read from lists (relations.py).
_ELSEWHERE = frozenset(
    "member_of borders located_in largest_city ally_of succeeded holds_office independence".split()
)


def _verb_near(clauses: Clauses, entry: int, first: int, last: int, width: int) -> Range | None:
    tokens, forms = clauses.tokens, lexicon().near[entry]
    if forms.keys().isdisjoint(clauses.whole.words):
        return None
    low, high = max(0, first - width), min(len(tokens), last + width)
    for distance in range(width + 1):
        for position in (first - 1 - distance, last + distance):
            if not low <= position < high:
                continue
            for words in forms.get(tokens[position].lower, ()):
                if end := matches(tokens, position, words):
                    if any(
                        token.text in (";", ".", ",")
                        for token in tokens[_behind_which(tokens, min(position, last)) : max(end, first)]
                    ):
                        continue
                    return position, end
    return None


_ELSEWHERE_IN = frozenset("on for by with from in about at".split())


def _does_it(tokens: Sequence[Token], verb: int, end: int) -> bool:
    """Whether a verb behind its subject is active and has an object."""
    follow = tokens[end] if end < len(tokens) else None
    acts = is_past(tokens[verb]) and not is_passive(tokens, verb)
    return acts and follow is not None and follow.tag in ("det", "word", "cap", "num", "pron")


def _behind_which(tokens: Sequence[Token], first: int) -> int:
    """ "the truce, which came into force": behind the comma."""
    which = first + 1 < len(tokens) and tokens[first].text == "," and tokens[first + 1].lower == "which"
    return first + 2 if which else first


_RULERS = Filler(
    kinds=("person", "organization", "place"),
    heads=frozenset(
        "government president authorities governor mayor military junta council officials police army king "
        "general generals commander queen regent colonel prefect "
        "premier minister parliament cabinet leader leaders state administration "
        "province region city country".split()
    ),
)


def _is_occasion(tokens: Sequence[Token], first: int, last: int) -> bool:
    """ "decided in an online meeting", "after talks in Lima": where or when something was done."""
    if last < len(tokens) and tokens[last].tag == "word":
        return False
    begin = first
    while begin and first - begin < 4 and tokens[begin - 1].tag == "word":
        begin -= 1
    if any(token.lower in ("news", "press", "party", "annual", "interview") for token in tokens[begin:first]):
        return False
    if tokens[last - 1].lower == "session":
        return False  # "in a session on breakfast television"
    article = begin > 0 and tokens[begin - 1].lower in ("a", "an", "the", "their")
    before = tokens[begin - 1 - article].lower if begin > article else ""
    if before == "in" and not article:
        return False  # "is in talks"
    if last < len(tokens) and tokens[last].lower in ("with", "between"):
        return False  # whom they met is told by the noun
    placed = last < len(tokens) and tokens[last].lower in ("in", "at")
    return before in ("at", "in", "during", "after", "following") and (
        placed or tokens[begin - 1].lower in ("a", "an")
    )


def read_near(
    clauses: Clauses, trigger: EventTrigger, entry: EventEntry, first: int, last: int
) -> Event | None:
    verb = _verb_near(clauses, trigger.entry, first, last, 12)
    tokens = clauses.tokens
    if verb is None:
        if entry.predicate == "meeting" and _is_occasion(tokens, first, last):
            return Event(entry.predicate, entry.kind, "near", first, last, None, (first, last), None)
        return None
    begin, end = min(first, verb[0]), max(last, verb[1])
    subject = target = None
    if entry.predicate == "meeting":
        if verb[0] < first and tokens[verb[1]].lower == "to" and tokens[verb[0]].lower in ("set", "due"):
            return None  # "are set to march on the party's conference"
        if tokens[first - 1].lower in ("press", "news") and first:
            return None  # "held a news conference"
        if tokens[first].lower == "meeting" and tokens[first - 1].lower == "by":
            return None  # "end the strike by meeting their leaders"
        target = (first, last)
        if verb[0] < first and not is_passive(tokens, verb[0]):
            subject = subject_before(clauses, verb[0])
        if last < len(tokens) and tokens[last].lower == "with":
            target = phrase_after(clauses, last + 1) or target  # "resumed talks with the unions"
        between = next(
            (p for p in range(last, min(last + 6, len(tokens))) if tokens[p].lower == "between"), 0
        )
        if between and (whom := phrase_after(clauses, between + 1)) is not None:
            subject, target = sides(clauses, whom) or (subject, whom)  # "talks between A and B"
            target = named_aside(clauses, target) or target
    elif entry.predicate in ("internet_shutdown", "internet_restored"):
        beside = any(
            token.tag == "prep" and token.lower in _ELSEWHERE_IN for token in tokens[verb[1] : first]
        )
        if beside or (verb[0] >= last and _does_it(tokens, *verb)):
            return None  # "banned adverts on Facebook", "Facebook has banned adverts": no access to it
        if verb[0] < first and not is_passive(tokens, verb[0]):
            subject = subject_before(clauses, verb[0])
            if subject is None or not fits(clauses, subject, _RULERS):
                subject = main_subject(clauses, verb[0])
            if subject is not None and not fits(clauses, subject, _RULERS):
                subject = None
    elif entry.predicate in ("mission_completed", "withdrawal_start"):
        if verb[0] < first and not is_passive(tokens, verb[0]):
            subject = subject_before(clauses, verb[0])
            if subject is not None and not fits(clauses, subject, entry.subject or _RULERS):
                subject = None  # "the president declared the alliance's mission over"
        for _, mention in mentions_in(clauses, (begin, min(len(tokens), end + 12))):
            if subject is None and mention.kind == "organization":
                position = next(p for p, token in enumerate(tokens) if token.start == mention.start)
                subject = (position, mention_stop(clauses, position, mention))
                break
    return Event(entry.predicate, entry.kind, "near", begin, end, subject, target, None)
