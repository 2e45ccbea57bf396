"""Offices by their nouns: "the bank's first deputy governor", "head of the bank" and whose they are."""

from collections.abc import Sequence
from typing import NamedTuple

from service.extraction.cues import CUES
from service.extraction.fillers import Range, fits, mention_stop, mentions_in
from service.extraction.leaders import BODY, BODY_HEADS, STILL, leading_verbs, noun_phrase, office_nouns, owns
from service.extraction.lexicon import Filler
from service.extraction.phrases import DATE_WORDS, Clauses, phrase_back
from service.extraction.tokens import PAST_FORMS


class Post(NamedTuple):
    """An office: its words, whose it is, and the tokens that both take up."""

    office: Range
    body: Range | None
    whole: Range


# Of these many have a name and no office: only with the body they work for.
_ONLY_WITH_BODY = frozenset(
    "economist analyst researcher strategist professor lecturer fellow scientist adviser advisor aide "
    "seismologist meteorologist forecaster historian counsel representative organiser organizer official "
    "statistician engineer lawyer partner trader dealer solicitor publisher".split()
)
_OF_SOMEBODY = frozenset(
    "adviser advisor aide counsel strategist representative organiser organizer lawyer solicitor".split()
)
_ANALYSTS = frozenset("analyst economist strategist".split())
_HIRED = frozenset("lawyer partner trader dealer solicitor".split())
_SEATED = frozenset("mp msp member senator councillor assemblyman".split())
_BESIDE = frozenset("at with for from of to".split())
# These are offices only with one of the words before them.
_QUALIFIED = {
    "officer": frozenset(
        "executive financial operating medical press information commanding technology legal marketing "
        "veterinary scientific electoral returning district police-community communications relations health "
        "safety fire probation welfare law".split()
    ),
    "executive": frozenset(("chief",)),
    "diplomat": frozenset(("top", "chief", "senior")),
}
# What follows "of" or "for" tells what they deal with, not whose they are.
_TOPICAL = frozenset(
    "minister secretary commissioner professor undersecretary lecturer spokesman spokeswoman".split()
)
# Whose members hold an office.
_PARLIAMENTS = frozenset(
    "parliament senate congress senedd assembly bundestag knesset duma sabha rada sejm diet legislature "
    "council lords house chamber commons cabinet board politburo commission".split()
)
_OTHER_TIMES = frozenset("former future past current present first only".split())
_TAILS = frozenset("general elect designate emeritus".split())
_STAFF = frozenset(("staff", "state", "operations"))
_PREPOSITIONS = frozenset("of for at in to with on from".split())
_ORGANIZATION = Filler(kinds=("organization",), heads=BODY_HEADS)
_NOT_VERBS = frozenset("united retired elected appointed disgraced unified associated".split())


def post_at(clauses: Clauses, lowers: Sequence[str], head: int) -> Post | None:
    """The office whose noun stands at a token: "the bank's first deputy governor", "head of the bank"."""
    tokens = clauses.tokens
    last = head + 1
    if lowers[last : last + 1] and lowers[last] in _TAILS:
        last += 1
    elif lowers[last : last + 2] == ["at", "large"] or (
        lowers[last : last + 1] == ["of"] and last + 1 < len(lowers) and lowers[last + 1] in _STAFF
    ):
        last += 2
    if lowers[last : last + 1] == ["and"]:
        nouns = office_nouns()
        end = last + 1
        while end < min(last + 5, len(lowers)) and tokens[end].tag in ("word", "cap"):
            if tokens[end].start in clauses.by_start:
                break  # "minister and Labour chairman Jane Doe"
            end += 1
        second = next((p for p in range(end - 1, last, -1) if lowers[p] in nouns), None)
        last = second + 1 if second is not None else last
    first = head
    while first and head - first < 7 and _is_modifier(clauses, first - 1):
        first -= 1
    while first > 1 and lowers[first - 1] == "and" and lowers[first - 2] in _OTHER_TIMES:
        first -= 2  # "the former and future head"
    if first > 3 and lowers[first - 1] == "and":
        first = _joined_before(clauses, first)
    begin, body, of_place, holder = first, None, False, 0
    for position, mention in mentions_in(clauses, (first, head)):
        stop = mention_stop(clauses, position, mention)
        if mention.kind == "person" and "kind_guessed" not in mention.flags:
            if stop - position < 2:  # "Costa campaign manager Jane Doe", but not "Costa adviser Jane Doe"
                if stop == head or clauses.tokens[stop].tag != "word":
                    return None
                body, first = (position, stop), stop
                continue
            holder = begin = first = stop  # "said Jane Doe spokeswoman of the agency"
            continue
        if stop <= head and mention.kind in ("organization", "place") and not _is_title(mention.surface):
            body, first, of_place = (position, stop), stop, mention.kind == "place"
    if first == head and body is None and lowers[head - 1 : head] == ["-"]:
        return None
    if begin > 1 and owns(tokens, begin - 1):
        body = _owner(clauses, begin - 1)
        begin = body[0]
        if first < head and lowers[first] in BODY_HEADS:
            body, first = (begin, first + 1), first + 1  # "the teachers' union president"
    elif begin > 1 and lowers[begin - 1] == "whose":
        body = phrase_back(clauses, begin - 1 - (tokens[begin - 2].text == ","))
    end, after = _body_after(clauses, lowers, last, lowers[last - 1] in _TOPICAL)
    if holder and (after is None or holder != head or lowers[head - 1 : head] == ["-"]):
        return None  # "Trump adviser Jane Doe"
    if lowers[head] == "member" and (after is None or _PARLIAMENTS.isdisjoint(lowers[after[0] : after[1]])):
        return None
    required = _QUALIFIED.get(lowers[head])
    named = (
        after is not None and (first < head or lowers[after[0] - 1] == "at") and mentions_in(clauses, after)
    )
    if required is not None and required.isdisjoint(lowers[first:head]) and not named:
        return None  # but "the civil defence officer of the town"
    if begin and tokens[begin - 1].tag == "det":
        begin -= 1
    seat = after is not None and lowers[head] in _SEATED and lowers[after[0] - 1] == "for"
    if after is not None and (body is None or seat or (of_place and fits(clauses, after, _ORGANIZATION))):
        body = after  # "the Labour MP for Dover": not Labour's
    if lowers[head] in _ANALYSTS and body is None:
        body = _behind_name(clauses, lowers, last)
    if lowers[head] in _ONLY_WITH_BODY and (body is None or not _is_employer(clauses, body, lowers[head])):
        return None
    return Post((first, end), body, (begin, end))


def _is_employer(clauses: Clauses, body: Range, head: str) -> bool:
    """ "an economist at the bank", "with ABN Amro": what kind a name behind "with" is, is often a guess."""
    before = clauses.tokens[body[0] - 1].lower
    if head in _OF_SOMEBODY and any(mention.kind == "person" for _, mention in mentions_in(clauses, body)):
        return True  # "a senior adviser to Jane Doe"
    if head in _HIRED and before not in _BESIDE and clauses.tokens[body[1]].tag != "poss":
        return False  # "a Boston lawyer"
    first = body[0] + (clauses.tokens[body[0]].tag == "det")
    named = before in ("at", "with", "from") and clauses.tokens[first].tag == "cap"
    owns_it = clauses.tokens[body[1] - 1].lower in BODY_HEADS  # "the firm's counsel"
    return before != "in" and (named or owns_it or fits(clauses, body, BODY))


def _behind_name(clauses: Clauses, lowers: Sequence[str], first: int) -> Range | None:
    """ "analyst Jane Doe of the Lima Bank": whose she is."""
    mention = clauses.by_start.get(clauses.tokens[first].start) if first < len(lowers) else None
    if mention is None or mention.kind != "person":
        return None
    stop = mention_stop(clauses, first, mention)
    return noun_phrase(clauses, stop + 1) if lowers[stop : stop + 1] in _BESIDE_NAMES else None


_BESIDE_NAMES = (["of"], ["at"], ["with"], ["from"])


def _joined_before(clauses: Clauses, first: int) -> int:
    """ "Jane Doe, operations and safety editor": behind the comma."""
    tokens, start = clauses.tokens, first - 1
    while start > 1 and first - start < 4 and tokens[start - 1].tag == "word":
        start -= 1
    named = clauses.by_end.get(tokens[start - 2].end) if tokens[start - 1].text == "," else None
    return start if named is not None and named.kind == "person" else first


def _owner(clauses: Clauses, end: int) -> Range:
    """ "the coast guard's …": the noun phrase that ends at a token, back to its article or its name."""
    mention = clauses.by_end.get(clauses.tokens[end - 1].end)
    first = end - 1
    while first and mention is not None and clauses.tokens[first].start > mention.start:
        first -= 1
    while first and end - first < 6 and mention is None and _is_modifier(clauses, first - 1):
        first -= 1
    if first and mention is not None and clauses.tokens[first - 1].lower.endswith("-based"):
        first -= 1  # "the Lima-based bank's head"
    return (first - (first > 0 and clauses.tokens[first - 1].tag == "det"), end)


def _is_title(surface: str) -> bool:
    return surface.lower() in ("prime", "home", "foreign", "state", "interior", "finance", "chief")


_TURNING = frozenset("becoming becomes become remaining remains nominating".split())


def _is_modifier(clauses: Clauses, position: int) -> bool:
    """Whether a word belongs to the noun after it."""
    token = clauses.tokens[position]
    if token.lower.endswith("-year-old"):
        return True
    if token.tag == "adv" and token.lower.endswith("ly"):
        return True  # "its highly successful boss"
    if token.tag == "num" and token.lower.endswith(("st", "nd", "rd", "th")):
        return True  # "the 6th District chairman"
    if token.tag not in ("word", "cap") or token.lower in DATE_WORDS or token.lower in _TURNING:
        return False
    if token.lower in CUES and token.lower not in _QUALIFIED["officer"]:
        return False  # but "press officer"
    if token.tag == "cap":
        return True
    if token.lower in _OUSTING and position and clauses.tokens[position - 1].lower == "to":
        return False  # "voted to oust chairman Jane Doe"
    before = clauses.tokens[position - 1] if position else None
    named = before is not None and (before.tag in ("det", "poss") or before.text == ",")  # ", head coach of"
    leading = token.lower in leading_verbs() and not named
    verb = token.lower.endswith("ed") or token.lower in PAST_FORMS or leading
    return token.lower in _NOT_VERBS or not (verb or token.lower in STILL - {"first"})


_OUSTING = frozenset(
    "oust sack fire replace remove elect name succeed meet urge ask tell persuade join back support unseat "
    "impeach arrest kill thank help allow force reappoint dismiss see".split()
)


def _body_after(
    clauses: Clauses, lowers: Sequence[str], position: int, topical: bool
) -> tuple[int, Range | None]:
    """ "head of research at the bank": where it ends, and the bank."""
    parts: list[tuple[str, Range]] = []
    while position + 1 < len(lowers) and lowers[position] in _PREPOSITIONS and len(parts) < 3:
        phrase = noun_phrase(clauses, position + 1)
        if phrase is None or phrase[1] - phrase[0] > 12 or clauses.tokens[phrase[0]].tag == "num":
            break
        if lowers[position] in ("in", "on") and lowers[phrase[0]] in DATE_WORDS:
            break
        named = next(
            (at for at, m in mentions_in(clauses, phrase) if m.kind == "person" and at > phrase[0]), 0
        )
        if named and clauses.tokens[named - 1].tag == "word" and fits(clauses, (phrase[0], named), BODY):
            phrase = phrase[0], named  # "the head of the delegation Jane Doe"
        parts.append((lowers[position], phrase))
        position = phrase[1]
    at = next(
        (phrase for word, phrase in parts if word in ("at", "from") and fits(clauses, phrase, BODY)), None
    )
    if at is None and parts:
        word, phrase = parts[0]
        named = fits(clauses, phrase, BODY)
        if (word in ("of", "for", "to", "with") and (named or not topical)) or (word == "in" and named):
            at = phrase
    return position, at
