"""Who holds which office: "Jane Doe, head of the agency", "the agency's head, Jane Doe", "Jane Doe, who
heads the agency", "Jane Doe was head of the agency"."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from service.extraction.cues import CUES
from service.extraction.event_types import Event
from service.extraction.fillers import Range, fits, mention_stop, mentions_in
from service.extraction.leaders import (
    BODY,
    BODY_HEADS,
    STILL,
    leading,
    leading_verbs,
    may_be_person,
    noun_phrase,
    office_event,
    office_nouns,
    office_words,
    owns,
    person_before,
)
from service.extraction.lexicon import Filler
from service.extraction.mentions import word_lists
from service.extraction.phrases import DATE_WORDS, Clauses, phrase_back
from service.extraction.tokens import PAST_FORMS, Token


class Post(NamedTuple):
    """An office: its words, whose it is, and the tokens that both take up."""

    office: Range
    body: Range | None
    whole: Range


# Of these many have a name and no office: only with the body they work for.
_ONLY_WITH_BODY = frozenset(
    "economist analyst researcher strategist professor lecturer fellow scientist adviser advisor aide "
    "seismologist meteorologist forecaster historian counsel representative organiser organizer official "
    "statistician engineer".split()
)
# These are offices only with one of the words before them.
_QUALIFIED = {
    "officer": frozenset(
        "executive financial operating medical press information commanding technology legal marketing "
        "veterinary scientific electoral returning district police-community communications relations health "
        "safety fire probation welfare".split()
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
_PREPOSITIONS = frozenset("of for at in to with on".split())
_ORGANIZATION = Filler(kinds=("organization",), heads=BODY_HEADS)
_NOT_VERBS = frozenset("united retired elected appointed disgraced unified associated".split())
_SERVING = frozenset(
    "served serves serve serving acted acts acting worked works working sat power office continues "
    "continued stayed remained returned".split()
)


def offices(clauses: Clauses, lowers: Sequence[str]) -> list[Event]:
    """The offices that one sentence says who holds."""
    found: list[Event] = []
    words, nouns, verbs = office_words(), office_nouns(), leading_verbs()
    done = 0  # what stands before this token is part of an office
    for position, word in enumerate(lowers):
        if word not in words or position < done:
            continue
        if (
            word in nouns
            and (position + 1 == len(lowers) or lowers[position + 1] not in nouns)
            and (post := _post(clauses, lowers, position)) is not None
        ):
            for person in _holders(clauses, lowers, post, found):
                found.append(office_event(post.office[0], post.whole[1], person, post.body, post.office))
                position = max(position, post.whole[1] - 1)
                done = position + 1
                break
        if word in verbs and (event := leading(clauses, lowers, position)) is not None:
            found.append(event)
    return found


# --- the office ---


def _post(clauses: Clauses, lowers: Sequence[str], head: int) -> Post | None:
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
        second = next((p for p in range(last + 1, min(last + 4, len(lowers))) if lowers[p] in nouns), None)
        if second is not None and all(tokens[p].tag in ("word", "cap") for p in range(last + 1, second)):
            last = second + 1
    first = head
    while first and head - first < 7 and _is_modifier(clauses, first - 1):
        first -= 1
    while first > 1 and lowers[first - 1] == "and" and lowers[first - 2] in _OTHER_TIMES:
        first -= 2  # "the former and future head"
    begin, body, of_place, holder = first, None, False, 0
    for position, mention in mentions_in(clauses, (first, head)):
        stop = mention_stop(clauses, position, mention)
        if mention.kind == "person" and "kind_guessed" not in mention.flags:
            if stop - position < 2:
                return None
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
    named = after is not None and first < head and mentions_in(clauses, after)
    if required is not None and required.isdisjoint(lowers[first:head]) and not named:
        return None  # but "the civil defence officer of the town"
    if begin and tokens[begin - 1].tag == "det":
        begin -= 1
    if after is not None and (body is None or (of_place and fits(clauses, after, _ORGANIZATION))):
        body = after
    if lowers[head] in _ONLY_WITH_BODY and (
        body is None or not fits(clauses, body, BODY) or lowers[body[0] - 1] == "in"
    ):
        return None
    return Post((first, end), body, (begin, end))


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


_TURNING = frozenset(("becoming", "remaining"))


def _is_modifier(clauses: Clauses, position: int) -> bool:
    """Whether a word belongs to the noun after it."""
    token = clauses.tokens[position]
    if token.lower.endswith("-year-old"):
        return True
    if token.tag not in ("word", "cap") or token.lower in DATE_WORDS or token.lower in _TURNING:
        return False
    if token.lower in CUES and token.lower not in _QUALIFIED["officer"]:
        return False  # but "press officer"
    if token.tag == "cap":
        return True
    if token.lower in _OUSTING and position and clauses.tokens[position - 1].lower == "to":
        return False  # "voted to oust chairman Jane Doe"
    verb = token.lower.endswith("ed") or token.lower in PAST_FORMS or token.lower in leading_verbs()
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
    at = next((phrase for word, phrase in parts if word == "at"), None)
    if at is None and parts:
        word, phrase = parts[0]
        named = fits(clauses, phrase, BODY)
        if (word in ("of", "for", "to", "with") and (named or not topical)) or (word == "in" and named):
            at = phrase
    return position, at


# --- who holds it ---


def _holders(clauses: Clauses, lowers: Sequence[str], post: Post, found: Sequence[Event]) -> Iterator[Range]:
    for person in (
        _named_after(clauses, post.whole[1]),
        _named_before(clauses, post),
        _said_of(clauses, lowers, post, found),
        _titled(clauses, post),
    ):
        if person is not None:
            yield person


_FORMS_OF_ADDRESS = frozenset("mr mrs ms lord lady sir dame".split())
_ENDS = frozenset((",", ".", ";", ")", "–", "—", "-", ":", "?", "!"))


def _ends_here(tokens: Sequence[Token], position: int) -> bool:
    return position >= len(tokens) or tokens[position].text in _ENDS or tokens[position].tag == "quote"


def _named_after(clauses: Clauses, end: int) -> Range | None:
    """ "the head of the agency, Jane Doe,": the name that a comma sets off."""
    tokens = clauses.tokens
    if end + 2 < len(tokens) and tokens[end].lower == "since" and tokens[end + 1].tag == "num":
        end += 2  # "the bank's governor since 2014, Jane Doe,"
    if end + 1 >= len(tokens):
        return None
    if tokens[end].text not in (",", "–", "—", "(", "-", ":"):
        return _named_by_verb(clauses, end)
    position = _after_titles(tokens, end + 1)
    mention = clauses.by_start.get(tokens[position].start)
    if mention is None or mention.kind != "person":
        position = _after_office(clauses, end + 1)
        mention = clauses.by_start.get(tokens[position].start)
    if mention is None or not may_be_person(mention):
        return None
    stop = mention_stop(clauses, position, mention)
    # "Abdulmenam al-Ghazi": a particle that the name's finder leaves out.
    while stop < len(tokens) and tokens[stop].tag == "word" and "-" in tokens[stop].text:
        stop += 1
    if stop - position == 1 and tokens[end].text == "," and _is_enumerated(tokens, end, stop):
        return None  # "at the Department of Health, Sport and Youth"
    whole = _ends_here(tokens, stop) or tokens[stop].lower in ("and", "who") or tokens[stop].lower in CUES
    return (position, stop) if whole else None


def _is_enumerated(tokens: Sequence[Token], comma: int, stop: int) -> bool:
    if tokens[comma - 1].tag != "cap" or stop + 2 >= len(tokens):
        return False
    joined = stop + (tokens[stop].text == "," and tokens[stop + 1].tag == "cap") * 2
    return tokens[joined].lower == "and" and tokens[min(joined + 1, len(tokens) - 1)].tag == "cap"


def _named_by_verb(clauses: Clauses, end: int) -> Range | None:
    """ "Its director is Jane Doe, a baker": the name after "is"."""
    tokens = clauses.tokens
    mention = clauses.by_start.get(tokens[end + 1].start) if tokens[end].lower in ("is", "was") else None
    if mention is None or mention.kind != "person" or not may_be_person(mention):
        return None
    stop = mention_stop(clauses, end + 1, mention)
    return (end + 1, stop) if _ends_here(tokens, stop) else None


def _after_office(clauses: Clauses, first: int) -> int:
    """ "the co-chair, Guyana's foreign minister Jane Doe,": where the name stands."""
    tokens, nouns = clauses.tokens, office_nouns()
    for position in range(first + 1, min(first + 7, len(tokens))):
        mention = clauses.by_start.get(tokens[position].start)
        if mention is not None and mention.kind == "person":
            return position if tokens[position - 1].lower in nouns else first
        if tokens[position].tag not in ("word", "cap", "poss"):
            return first
    return first


def _named_before(clauses: Clauses, post: Post) -> Range | None:
    """ "Jane Doe, head of the agency,", "Jane Doe, 45, the agency's head"."""
    tokens = clauses.tokens
    comma, end = post.whole[0] - 1, post.whole[1]
    if comma < 1:
        return None
    joined = clauses.by_end.get(tokens[comma].end)
    if joined is not None and joined.kind == "person" and post.body and tokens[comma + 1].tag == "word":
        start = comma  # "Jane Doe governor of the central bank announced"
        while start and tokens[start].start > joined.start:
            start -= 1
        return (start, comma + 1) if may_be_person(joined) else None
    if tokens[comma].tag == "adv" and comma > 1 and tokens[comma - 1].text == ",":
        comma -= 1  # "Jane Doe, then the minister,"
    if not _ends_here(tokens, end) and tokens[end].tag not in (
        "rel", "conj", "sub", "prep", "be", "have", "adv", "modal",
    ) and tokens[end].lower not in CUES:  # fmt: skip
        return None
    if tokens[comma].text not in (",", "(", "–", "—", "-"):
        return None
    if tokens[comma - 1].tag == "num" and comma > 2 and tokens[comma - 2].text == ",":
        comma -= 2
    mention = clauses.by_end.get(tokens[comma - 1].end)
    if mention is None or not may_be_person(mention):
        return None
    if mention.kind != "person" and not (_ends_here(tokens, end) or tokens[end].tag == "rel"):
        return None  # "in Kherson, its governor wrote"
    start = comma - 1
    while start and tokens[start].start > mention.start:
        start -= 1
    guessed = "kind_guessed" in mention.flags or mention.kind != "person"
    if guessed and start and tokens[start - 1].lower == "of":
        return None  # "the Duchy of Lund, the oldest seat of the land": of whose lord nothing is told
    return start, comma


def _titled(clauses: Clauses, post: Post) -> Range | None:
    """ "finance minister Jane Doe", "the group's chairman John Roe": a name of two words or more right behind
    the office. A title alone ("President Doe", "Captain Doe") is no more than a form of address."""
    tokens = clauses.tokens
    first, end = post.office
    if end >= len(tokens) or end != post.whole[1]:
        return None
    start = _after_titles(tokens, end)  # "police spokesman Sgt. Jane Doe"
    mention = clauses.by_start.get(tokens[start].start)
    if mention is None or mention.kind != "person" or not may_be_person(mention):
        return None
    stop = mention_stop(clauses, start, mention)
    words = tokens[first:end]
    if any(token.lower.startswith(("former", "ex-")) or token.tag == "punct" for token in words):
        return None
    if "&" in mention.surface or tokens[min(stop, len(tokens) - 1)].text == "(":
        return None  # a firm; one of a list, "party deputy Jane Doe (Health)"
    address = words[-1].tag == "cap" and words[-1].text[0].isupper()
    return (start, stop) if stop - start > 1 and (not address or _tells_more(tokens, first, stop)) else None


def _tells_more(tokens: Sequence[Token], first: int, stop: int) -> bool:
    """ "President Jane Doe, in office since May, …": an aside behind a name that opens the sentence."""
    return not first and stop + 1 < len(tokens) and tokens[stop].text == ","


def _after_titles(tokens: Sequence[Token], first: int) -> int:
    titles, position = word_lists().titles, first
    while position < min(first + 4, len(tokens) - 1) and (
        tokens[position].lower in titles or f"{tokens[position].lower}." in titles
        or tokens[position].text == "." or tokens[position].lower in _FORMS_OF_ADDRESS
    ):  # fmt: skip
        position += 1
    return position


def _said_of(clauses: Clauses, lowers: Sequence[str], post: Post, found: Sequence[Event]) -> Range | None:
    """ "Jane Doe was head of the agency", "who served as its head", "… and later its chairwoman"."""
    tokens = clauses.tokens
    before = post.whole[0] - 1
    while before > 0 and (tokens[before].tag == "adv" or lowers[before] in STILL):
        before -= 1
    if before < 1 or lowers[post.office[0]] in ("elected", "appointed"):
        return None
    if lowers[before] == "and" and before < post.whole[0] - 1:
        joined = next((event for event in found if event.last == before), None)
        return joined.subject if joined is not None else None
    if lowers[before] == "as":
        verb = before - 1
        while verb > 0 and lowers[verb] not in _SERVING and before - verb < 3:
            verb -= 1
        if lowers[verb] not in _SERVING:
            return None
        if lowers[verb] in ("power", "office"):
            verb = next((p for p in range(verb, max(0, verb - 4), -1) if tokens[p].tag == "be"), 0)
    elif tokens[before].tag == "be":
        verb = before
    else:
        return None
    while verb > 1 and tokens[verb - 1].tag in ("have", "adv", "be"):
        verb -= 1
    if (
        not verb
        or tokens[verb - 1].tag in ("modal", "neg")
        or any(t.tag == "neg" for t in tokens[verb:before])
    ):
        return None
    return person_before(clauses, verb)
