"""Who holds which office: "Jane Doe, head of the agency", "the agency's head, Jane Doe", "Jane Doe, who
heads the agency", "Jane Doe was head of the agency"."""

from collections.abc import Iterator, Sequence

from service.extraction.cues import CUES
from service.extraction.event_types import Event
from service.extraction.fillers import Range, mention_stop
from service.extraction.leaders import (
    STILL,
    leading,
    leading_verbs,
    may_be_person,
    office_event,
    office_nouns,
    office_words,
    person_before,
)
from service.extraction.mentions import word_lists
from service.extraction.phrases import Clauses
from service.extraction.posts import Post, post_at
from service.extraction.tokens import Token

_SERVING = frozenset(
    "served serves serve serving acted acts acting worked works working sat power office continues "
    "continued stayed remain remains remained returned".split()
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
            and (post := post_at(clauses, lowers, position)) is not None
        ):
            for person in _holders(clauses, lowers, post, found):
                found.append(office_event(post.office[0], post.whole[1], person, post.body, post.office))
                position = max(position, post.whole[1] - 1)
                done = position + 1
                break
        if word in verbs and (event := leading(clauses, lowers, position)) is not None:
            found.append(event)
    return found


def _holders(clauses: Clauses, lowers: Sequence[str], post: Post, found: Sequence[Event]) -> Iterator[Range]:
    for person in (
        _named_after(clauses, *post.whole),
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


def _named_after(clauses: Clauses, first: int, end: int) -> Range | None:
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
    said = stop < len(tokens) and tokens[stop].lower in CUES
    if said and tokens[first].lower in ("a", "an") and _ends_here(tokens, stop + 1):
        return None  # "the bank has a director on the board, Jane Doe said."
    letters = stop + (stop < len(tokens) and tokens[stop].text in _LETTERS)
    whole = said or letters > stop or _ends_here(tokens, stop) or tokens[stop].lower in _GOING_ON
    return (position, stop) if whole else None


_LETTERS = frozenset("QC KC MP MEP MSP MLA OBE MBE CBE MD Jr Sr".split())  # behind a name
_GOING_ON = frozenset(("and", "who", "of", "from", "at"))


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
    if tokens[comma - 1].text in _LETTERS:
        comma -= 1  # "Jane Doe MP, the party's secretary"
    mention = clauses.by_end.get(tokens[comma - 1].end)
    if mention is None or not may_be_person(mention):
        return None
    if mention.kind != "person" and not (_ends_here(tokens, end) or tokens[end].tag == "rel"):
        return None  # "in Kherson, its governor wrote"
    start = comma - 1
    while start and tokens[start].start > mention.start:
        start -= 1
    guessed = "kind_guessed" in mention.flags or mention.kind != "person"
    if (
        guessed
        and start
        and tokens[start - 1].lower == "of"
        and (mention.kind != "person" or comma - start < 2)
    ):
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
    elif tokens[before].tag == "be" and lowers[before] != "being":
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
