"""Who holds which office: "Jane Doe, head of the agency", "the agency's head, Jane Doe", "Jane Doe, who
heads the agency", "Jane Doe was head of the agency"."""

import functools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from service.extraction.cues import CUES
from service.extraction.event_types import Event
from service.extraction.lexicon import EventEntry, Filler, lexicon
from service.extraction.mentions import Mention, word_lists
from service.extraction.phrases import DATE_WORDS, Clauses, phrase_back
from service.extraction.roles import Range, fits, mention_stop, mentions_in, phrase_after, subject_before
from service.extraction.subjects import subject_of
from service.extraction.tokens import PAST_FORMS, Token


class Post(NamedTuple):
    """An office: its words, whose it is, and the tokens that both take up."""

    office: Range
    body: Range | None
    whole: Range


@functools.cache
def office_nouns() -> frozenset[str]:
    return frozenset(_entry().grounds)


@functools.cache
def leading_verbs() -> frozenset[str]:
    number = lexicon().events.index(_entry())
    return frozenset(first for first, forms in lexicon().near[number].items() if (first,) in forms)


@functools.cache
def _entry() -> EventEntry:
    return next(entry for entry in lexicon().events if entry.predicate == "holds_office")


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
        "veterinary scientific electoral returning district police-community communications".split()
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
_BODY_HEADS = frozenset(
    "company firm agency government council committee commission union party ministry country nation state "
    "team association group organisation organization alliance bloc department institute board federation "
    "foundation charity church club bank region province city authority service force army coalition "
    "parliament court body fund chamber mission college university school network delegation administration "
    "hospital office bureau unit faction movement trust diocese centre center clinic league military navy "
    "police airline retailer operator carmaker bank ministry opposition newspaper inquiry cross".split()
)
_BODY = Filler(kinds=("organization", "place"), heads=_BODY_HEADS)
_ORGANIZATION = Filler(kinds=("organization",), heads=_BODY_HEADS)
_PERSON = Filler(persons=True)
_NOT_VERBS = frozenset("united retired elected appointed disgraced unified associated".split())
_STILL = frozenset("first also now then later still currently once previously formerly long".split())
_SERVING = frozenset(
    "served serves serve serving acted acts acting worked works working sat power office continues "
    "continued stayed remained returned".split()
)


def offices(clauses: Clauses, lowers: Sequence[str]) -> list[Event]:
    """The offices that one sentence says who holds."""
    found: list[Event] = []
    nouns, verbs = office_nouns(), leading_verbs()
    position = 0
    while position < len(lowers):
        word = lowers[position]
        named = lowers[position + 1 : position + 2]
        if (
            word in nouns
            and (not named or named[0] not in nouns)
            and (post := _post(clauses, lowers, position)) is not None
        ):
            for person in _holders(clauses, lowers, post, found):
                found.append(_event(post.office[0], post.whole[1], person, post.body, post.office))
                position = max(position, post.whole[1] - 1)
                break
        if word in verbs and (event := _leading(clauses, lowers, position)) is not None:
            found.append(event)
        position += 1
    return found


def _event(first: int, last: int, person: Range, body: Range | None, office: Range | None) -> Event:
    return Event("holds_office", "relation", "relation", first, last, person, body, office)


# --- the office ---


def _post(clauses: Clauses, lowers: Sequence[str], head: int) -> Post | None:
    """The office whose noun stands at a token: "the bank's first deputy governor", "head of the bank"."""
    tokens = clauses.tokens
    last = head + 1
    if lowers[last : last + 1] and lowers[last] in _TAILS:
        last += 1
    elif lowers[last : last + 1] == ["of"] and last + 1 < len(lowers) and lowers[last + 1] in _STAFF:
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
    begin, body, of_place = first, None, False
    for position, mention in mentions_in(clauses, (first, head)):
        stop = mention_stop(clauses, position, mention)
        if mention.kind == "person" and "kind_guessed" not in mention.flags:
            return None
        if stop <= head and mention.kind in ("organization", "place") and not _is_title(mention.surface):
            body, first, of_place = (position, stop), stop, mention.kind == "place"
    if first == head and body is None and lowers[head - 1 : head] == ["-"]:
        return None
    if begin > 1 and _owns(tokens, begin - 1):
        body = _owner(clauses, begin - 1)
        begin = body[0]
        if first < head and lowers[first] in _BODY_HEADS:
            body, first = (begin, first + 1), first + 1  # "the teachers' union president"
    elif begin > 1 and lowers[begin - 1] == "whose":
        body = phrase_back(clauses, begin - 1 - (tokens[begin - 2].text == ","))
    end, after = _body_after(clauses, lowers, last, lowers[last - 1] in _TOPICAL)
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
        body is None or not fits(clauses, body, _BODY) or lowers[body[0] - 1] == "in"
    ):
        return None
    return Post((first, end), body, (begin, end))


def _owns(tokens: Sequence[Token], position: int) -> bool:
    """ "'s", or an apostrophe after a plural."""
    token, before = tokens[position], tokens[position - 1]
    return token.tag == "poss" or (
        token.lower in ("'", "’") and before.end == token.start and before.lower.endswith("s")
    )


def _owner(clauses: Clauses, end: int) -> Range:
    """ "the coast guard's …": the noun phrase that ends at a token, back to its article or its name."""
    mention = clauses.by_end.get(clauses.tokens[end - 1].end)
    first = end - 1
    while first and mention is not None and clauses.tokens[first].start > mention.start:
        first -= 1
    while first and end - first < 6 and mention is None and _is_modifier(clauses, first - 1):
        first -= 1
    return (first - (first > 0 and clauses.tokens[first - 1].tag == "det"), end)


def _is_title(surface: str) -> bool:
    return surface.lower() in ("prime", "home", "foreign", "state", "interior", "finance", "chief")


def _is_modifier(clauses: Clauses, position: int) -> bool:
    """Whether a word belongs to the noun after it."""
    token = clauses.tokens[position]
    if token.tag not in ("word", "cap") or token.lower in DATE_WORDS or token.lower in CUES:
        return False
    if token.tag == "cap":
        return True
    verb = token.lower.endswith("ed") or token.lower in PAST_FORMS or token.lower in leading_verbs()
    return token.lower in _NOT_VERBS or not (verb or token.lower in _STILL - {"first"})


def _body_after(
    clauses: Clauses, lowers: Sequence[str], position: int, topical: bool
) -> tuple[int, Range | None]:
    """ "head of research at the bank": where it ends, and the bank."""
    parts: list[tuple[str, Range]] = []
    while position + 1 < len(lowers) and lowers[position] in _PREPOSITIONS and len(parts) < 3:
        phrase = _noun_phrase(clauses, position + 1)
        if phrase is None or phrase[1] - phrase[0] > 12 or clauses.tokens[phrase[0]].tag == "num":
            break
        if lowers[position] in ("in", "on") and lowers[phrase[0]] in DATE_WORDS:
            break
        parts.append((lowers[position], phrase))
        position = phrase[1]
    at = next((phrase for word, phrase in parts if word == "at"), None)
    if at is None and parts:
        word, phrase = parts[0]
        named = fits(clauses, phrase, _BODY)
        if (word in ("of", "for", "to", "with") and (named or not topical)) or (word == "in" and named):
            at = phrase
    return position, at


def _noun_phrase(clauses: Clauses, first: int) -> Range | None:
    """A noun phrase, with what an apostrophe after a plural owns: "the nurses' union"."""
    phrase = phrase_after(clauses, first)
    tokens = clauses.tokens
    if (
        phrase is not None
        and phrase[1] + 1 < len(tokens)
        and _owns(tokens, phrase[1])
        and (rest := phrase_after(clauses, phrase[1] + 1)) is not None
    ):
        return phrase[0], rest[1]
    return phrase


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


def _may_be_person(mention: Mention) -> bool:
    flags = mention.flags
    return "pronoun" not in flags and "coreference" not in flags and (
        mention.kind == "person" or ("kind_guessed" in flags and not mention.surface.isupper())
    )  # fmt: skip


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
    if mention is None or not _may_be_person(mention):
        return None
    stop = mention_stop(clauses, position, mention)
    # "Abdulmenam al-Ghazi": a particle that the name's finder leaves out.
    while stop < len(tokens) and tokens[stop].tag == "word" and "-" in tokens[stop].text:
        stop += 1
    whole = _ends_here(tokens, stop) or tokens[stop].lower in ("and", "who") or tokens[stop].lower in CUES
    return (position, stop) if whole else None


def _named_by_verb(clauses: Clauses, end: int) -> Range | None:
    """ "Its director is Jane Doe, a baker": the name after "is"."""
    tokens = clauses.tokens
    mention = clauses.by_start.get(tokens[end + 1].start) if tokens[end].lower in ("is", "was") else None
    if mention is None or mention.kind != "person" or not _may_be_person(mention):
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
        return (start, comma + 1) if _may_be_person(joined) else None
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
    if mention is None or not _may_be_person(mention):
        return None
    if mention.kind != "person" and not (_ends_here(tokens, end) or tokens[end].tag == "rel"):
        return None  # "in Kherson, its governor wrote"
    start = comma - 1
    while start and tokens[start].start > mention.start:
        start -= 1
    return start, comma


def _titled(clauses: Clauses, post: Post) -> Range | None:
    """ "Prime Minister Jane Doe, in office since May, …": a title that opens the sentence, and a name of
    which an aside tells more."""
    first, end = post.whole
    if first or end >= len(clauses.tokens):
        return None
    mention = clauses.by_start.get(clauses.tokens[end].start)
    if mention is None or mention.kind != "person" or not _may_be_person(mention):
        return None
    stop = mention_stop(clauses, end, mention)
    aside = stop + 1 < len(clauses.tokens) and clauses.tokens[stop].text == ","
    return (end, stop) if aside else None


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
    while before > 0 and (tokens[before].tag == "adv" or lowers[before] in _STILL):
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
    return _person(clauses, verb)


def _person(clauses: Clauses, verb: int) -> Range | None:
    """The person that is the subject of a verb, as the name alone."""
    tokens = clauses.tokens
    subject = (
        subject_of(clauses, verb) if verb and tokens[verb - 1].tag == "rel" else subject_before(clauses, verb)
    )
    if subject is None:
        return None
    related = tokens[verb - 1].tag == "rel"
    for position, mention in mentions_in(clauses, subject):
        if "coreference" in mention.flags:
            continue
        if mention.kind == "person" or (related and _may_be_person(mention)):
            return position, mention_stop(clauses, position, mention)
    return subject if tokens[subject[0]].tag == "det" and fits(clauses, subject, _PERSON) else None


def _leading(clauses: Clauses, lowers: Sequence[str], verb: int) -> Event | None:
    """ "Jane Doe, who heads the agency", "Jane Doe chaired the party from 1995"."""
    tokens = clauses.tokens
    if verb == 0 or tokens[verb - 1].tag in ("det", "poss", "prep", "be", "modal", "conj"):
        return None
    body = _noun_phrase(clauses, verb + 1 + (lowers[verb + 1 : verb + 2] == ["over"]))
    if body is None or lowers[body[1] : body[1] + 1] in _MOVING:
        return None
    if lowers[verb].startswith("represent"):
        if _SEATS.isdisjoint(lowers[body[0] : body[1]]):
            return None
    elif not fits(clauses, _owned(clauses, body), _BODY) and not _runs(tokens, verb, body):
        guessed = clauses.by_start.get(tokens[verb + 1].start)
        if guessed is None or "kind_guessed" not in guessed.flags:
            return None
    start = verb
    while start > 1 and (tokens[start - 1].tag in ("have", "adv") or lowers[start - 1] in _STILL):
        start -= 1
    person = _person(clauses, start)
    return _event(verb, body[1], person, body, None) if person is not None else None


def _owned(clauses: Clauses, body: Range) -> Range:
    """ "the bakers' federation": what the apostrophe says is theirs."""
    mark = next((p for p in range(*body) if clauses.tokens[p].lower in ("'", "’")), None)
    return (mark + 1, body[1]) if mark is not None and mark + 1 < body[1] else body


def _runs(tokens: Sequence[Token], verb: int, body: Range) -> bool:
    """ "who runs the port": any one thing that a relative clause says somebody runs."""
    one = tokens[body[0]].lower in ("the", "its") and not tokens[body[1] - 1].lower.endswith("s")
    who = tokens[verb - 1].lower == "who" or tokens[verb - 2].lower == "who"
    return one and who and tokens[verb].lower.startswith(_RUNNING) and tokens[body[1] - 1].lower not in _RACES


_RUNNING = ("run", "head", "chair", "manag")
_RACES = frozenset("race marathon risk gauntlet line way show".split())
_SEATS = frozenset("district constituency seat province ward".split())
_MOVING = (["to"], ["into"], ["through"], ["against"], ["by"], ["with"])
