"""Capitalised sequences, and where names begin and end in them: titles, parties and first words of sentences
are no part of a name."""

import functools
import re
from collections.abc import Mapping, Sequence

from service.extraction.gazetteer import Hit
from service.extraction.mentions import word_lists
from service.extraction.tokens import Token
from service.extraction.word_lists import word_set

_JOINERS = frozenset("of de del da di du al el bin ibn van von der den la le & for ul ur".split())
_PARTICLE = re.compile(r"(?:al|el|ul|ad|ar|as|ash|an|az)-[A-Z]")
# With a noun after them they are adjectives, no part of a name.
_FAITHS = frozenset(
    "islamic islamist muslim christian jewish catholic hindu buddhist sunni shiite shia orthodox "
    "kurdish".split()
)
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_BEFORE_OF = re.compile(
    r"(?:ministry|organi[sz]ation|bank|university|council|court|department|office|republic|board|institute|house|commission|centers|centres|"
    r"committee|secretary|union|association|federation|head|academy|bureau|chamber|centre|center|church|bishop|"
    r"kingdom|society|school|city|province|state|league|party|army|gulf|bay|sea|strait|isle|port|mount|cape|battle|movement|front|"
    r"observatory|consortium|confederation|conference|agency|fund|foundation|alliance|network|programme)$"
)
# Titles that are written with a full stop: "Gov. Ana Costa" is a name behind a title.
_SHORTENED = frozenset(
    "sen gov rep gen col lt sgt maj capt cmdr brig dr mr mrs ms prof rev fr hon sr pres".split()
)
# "(D-Wis.)", "(R-Fla.)"
_PARTY_AND_STATE = re.compile(r"[RDI]-[A-Z]")


def runs(tokens: Sequence[Token], capitals: Sequence[int]) -> list[tuple[int, int]]:
    """Capitalised sequences as token ranges; one inner joiner ("of", "bin") is allowed between
    capitalised words. `capitals` are the positions of all of these."""
    found: list[tuple[int, int]] = []
    count = len(tokens)
    for index in capitals:
        if (found and index < found[-1][1]) or is_shortened(tokens, index):
            continue
        end = index + 1
        while end < count:
            token = tokens[end]
            if token.lower in _WEEKDAYS or (token.tag == "cap" and is_shortened(tokens, end)):
                break  # "President Jane Doe Monday described"
            named = token.tag == "cap" or ("-" in token.text and _PARTICLE.match(token.text) is not None)
            if (named and token.start - tokens[end - 1].end <= 1) or (
                token.text.isdigit()
                and len(token.text) <= 3
                and end + 1 < count
                and tokens[end + 1].tag == "cap"
            ):
                end += 1
            elif (
                token.lower == "."
                and len(tokens[end - 1].text) == 1
                and end + 1 < count
                and tokens[end + 1].tag == "cap"
            ):
                end += 2
            elif token.text == "A" and is_initial(tokens, end):
                end += 3  # "Carl A. Sand"
            elif token.lower in _JOINERS and end + 1 < count:
                skip = 2 if tokens[end + 1].lower == "the" else 1
                follow = tokens[end + skip] if end + skip < count else None
                allowed = (
                    token.lower not in ("of", "for") or _BEFORE_OF.search(tokens[end - 1].lower) is not None
                )
                if follow is None or follow.tag != "cap" or not allowed:
                    break
                end += skip + 1
            elif (
                token.tag == "poss"
                and (token.text != "'s" or tokens[end - 1].lower in _MANY)
                and _is_owned_body(tokens, end + 1)
            ):
                end += 2  # "the Dockers' League", "the People's Party"
            elif token.lower == "and" and _is_paired(tokens, index, end):
                end += 2  # "the Food and Drug Administration"
            else:
                break
        found.append((index, end))
    return found


_MANY = frozenset("people women men children".split())
# "the Securities and Exchange Commission", "the Ministry of Trade and Industry": fields that bodies share.
_FIELDS = word_set(
    """
    securities exchange food drug drugs agriculture trade industry commerce health human education science
    culture sports sport labour labor social work pensions environment fisheries forestry energy water
    transport housing urban rural finance economy economic budget commodity futures ways means truth
    reconciliation justice security safety peace foreign commonwealth disease control medical medicines
    healthcare air marine oceanic atmospheric alcohol tobacco firearms immigration customs border
    citizenship nationality refugees research development technology arts media communications oil gas mines
    minerals planning investment banking insurance tourism youth women children information broadcasting
    prevention revenue standards quality homeland
    cultural scientific political military defence defense innovation
    """
)
_OFFICES_FOR = frozenset("state police staff exchequer treasury affairs interior public prosecutions".split())
_OF_FIELDS = frozenset(
    "ministry department office bureau committee commission center centre centers centres".split()
)


def _is_paired(tokens: Sequence[Token], first: int, conjunction: int) -> bool:
    """Whether "and" joins two fields of one body; "the FBI and Justice Department" are two."""
    if conjunction + 1 >= len(tokens) or tokens[conjunction + 1].tag != "cap":
        return False
    if not _FIELDS.issuperset((tokens[conjunction - 1].lower, tokens[conjunction + 1].lower)):
        return False
    return tokens[first].lower in _OF_FIELDS or _is_owned_body(tokens, conjunction + 2)


def is_initial(tokens: Sequence[Token], index: int) -> bool:
    """Whether a letter with a full stop right behind it stands before a capitalised word."""
    return (
        index + 2 < len(tokens)
        and tokens[index + 1].text == "."
        and tokens[index + 1].start == tokens[index].end
        and tokens[index + 2].tag == "cap"
    )


def _is_owned_body(tokens: Sequence[Token], first: int) -> bool:
    """Whether the capitalised words from a token on name a body: "Protection Union"."""
    organization = word_lists().organization
    for token in tokens[first : first + 3]:
        if token.tag != "cap" or token.lower in organization:
            return token.tag == "cap"
    return False


def is_shortened(tokens: Sequence[Token], index: int) -> bool:
    return (
        tokens[index].lower in _SHORTENED
        and index + 2 < len(tokens)
        and tokens[index + 1].text == "."
        and tokens[index + 2].tag == "cap"
    )


def pieces(
    tokens: Sequence[Token], first: int, last: int, by_start: Mapping[int, Hit]
) -> list[tuple[int, int, bool]]:
    """The names in a capitalised sequence, and whether a title stands before each: demonyms and titles are
    no part of a name, and "Apple CEO Steve Jobs" holds two."""
    lists = word_lists()
    if _PARTY_AND_STATE.match(tokens[first].text):
        return []
    first, last = _trimmed(tokens, first, last, by_start)
    first = _behind_field(tokens, first, last)
    titled = False
    while first < last:
        hit = by_start.get(tokens[first].start)
        size = _title_length(tokens, first, last)
        if hit is not None and hit.alias_kind == "demonym" and hit.end < tokens[last - 1].end:
            if _is_body_of_its_own(tokens, first, last):
                break  # "British Airways"
            while first < last and tokens[first].start < hit.end:
                first += 1
        elif (
            size
            and first + size <= last
            and (size < last - first or tokens[first].lower in lists.titles)
            and not _heads_body(tokens, first + size, last)
        ):
            titled, first = True, first + size
        else:
            break
    if titled:
        first = _behind_field(tokens, first, last)
    noun_follows = last < len(tokens) and tokens[last].tag == "word"
    while first < last and noun_follows and tokens[last - 1].lower in _FAITHS:
        last -= 1
    if first >= last:
        return []
    titled = titled or title_before(tokens, first)
    if (own := _behind_party(tokens, first, last, by_start)) > first:
        return [(own, last, True)]
    for position in range(last - 1, first, -1):
        if tokens[position].lower not in lists.titles or _is_of_a_body(tokens, first, position, last):
            continue
        size = next(
            (
                n
                for n in (3, 2)
                if position + 1 - n >= first and _title_length(tokens, position + 1 - n, last) == n
            ),
            1,
        )
        before = position + 1 - size
        while before > first and tokens[before - 1].lower in _RANKS:
            before -= 1  # "Senate Majority Leader Ana Costa"
        whose = [(first, before, titled)] if before > first and tokens[before - 1].tag == "cap" else []
        # "US Secretary of State Ana Costa"
        begins = _behind_field(tokens, position + max(1, _title_length(tokens, position, last)), last)
        return whose + ([(begins, last, True)] if begins < last else [])
    return [(first, last, titled)]


_RANKS = frozenset("majority minority deputy assistant vice acting former senior".split())


def _heads_body(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether nothing but words for a body follow: "the Justice Department", "General Motors"."""
    organization = word_lists().organization
    return first < last and all(token.lower in organization for token in tokens[first:last])


_WITHOUT_COUNTRY = frozenset(
    "party taliban hamas hezbollah democrats republicans conservatives liberals greens militants doctors "
    "journalists reporters veterans bankers".split()
)


def _is_body_of_its_own(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a demonym begins the name of a body, of which each country may have one: "British Airways",
    "the Kenyan Red Cross". Parties and the ministries of a state are known without it."""
    lists = word_lists()
    rest = [token.lower for token in tokens[first + 1 : last]]
    named = not lists.organization.isdisjoint(rest) or rest[-2:] in (["red", "cross"], ["red", "crescent"])
    return (
        named
        and rest[-1] not in _WITHOUT_COUNTRY
        and all(t.tag == "cap" or t.lower in _JOINERS or t.lower == "and" for t in tokens[first:last])
        and lists.titles.isdisjoint(rest)
        and lists.given.isdisjoint(rest)
    )


def _behind_field(tokens: Sequence[Token], first: int, last: int) -> int:
    """Where a name begins behind what an office is for: "Chief of Police Ana Costa"."""
    if first < last and tokens[first].lower in ("of", "for"):
        first += 1
    before = first - 1 - (first > 0 and tokens[first - 1].lower == "the")
    if before < 1 or tokens[before].lower not in ("of", "for"):
        return first
    if tokens[before - 1].lower.removeprefix("ex-") not in word_lists().titles:
        return first
    while first < last - 2 and tokens[first].lower in _FIELDS | _OFFICES_FOR:
        first += 1
    return first


def _is_of_a_body(tokens: Sequence[Token], first: int, position: int, last: int) -> bool:
    """Whether the title at `position` is a word of a body's name: "Office of the Prime Minister", "Chief
    Executive Council"."""
    organization = word_lists().organization
    return any(token.lower in organization for token in tokens[position + 1 : last]) or (
        position + 1 == last and any(token.tag != "cap" for token in tokens[first:position])
    )


def _trimmed(tokens: Sequence[Token], first: int, last: int, by_start: Mapping[int, Hit]) -> tuple[int, int]:
    """Without a date or the first word of the sentence before the name and honours behind it."""
    lists = word_lists()
    begins = first == 0 or tokens[first - 1].tag == "quote" or tokens[first - 1].text in ":–—-"
    while last - first > 1 and (
        tokens[first].lower in lists.dates
        or tokens[first].lower == "of"
        or (begins and _is_first_word(tokens, first, by_start))
    ):
        first += 1
    while last - first > 1 and tokens[last - 1].lower in lists.honours:
        last -= 1
    return first, last


def _is_first_word(tokens: Sequence[Token], first: int, by_start: Mapping[int, Hit]) -> bool:
    """ "Unlike Ana Costa", "Stated Ana Costa": a word with a capital only as it starts the sentence."""
    lists = word_lists()
    lower = tokens[first].lower
    if tokens[first].start in by_start or lower in lists.given or lower in lists.titles:
        return False
    if lower in lists.starters:
        return True
    follow = tokens[first + 1].lower
    common = lower.endswith(("ed", "ing"))
    return common and (follow in lists.given or follow in lists.titles or follow in _SHORTENED)


def _behind_party(tokens: Sequence[Token], first: int, last: int, by_start: Mapping[int, Hit]) -> int:
    """Where a person's name begins behind what the person is: "Democrat Ana Costa", "the Lima Mayor Ana"."""
    lists = word_lists()
    if last - first < 3 or tokens[first].lower in lists.given:
        return first
    for position in range(last - 2, first, -1):
        lower = tokens[position].lower
        if lower in lists.organization or lower in lists.place_words:
            return first
        if lower in lists.given and tokens[position - 1].lower not in lists.given:
            known = all(
                token.lower in lists.parties
                or token.start in by_start
                or (len(token.text) > 1 and token.text.isupper())
                for token in tokens[first:position]
            )
            return position if known else first
    return first


@functools.cache
def _title_starts() -> frozenset[str]:
    return frozenset(title.split()[0] for title in word_lists().titles)


def _title_length(tokens: Sequence[Token], first: int, last: int) -> int:
    lists = word_lists()
    opens = tokens[first].lower.removeprefix("ex-")
    if opens not in _title_starts():
        return 0
    for size in (3, 2, 1):
        rest = (token.lower for token in tokens[first + 1 : first + size])
        if first + size <= last and " ".join((opens, *rest)) in lists.titles:
            return size
    return 0


def title_before(tokens: Sequence[Token], first: int) -> bool:
    if first > 1 and tokens[first - 1].text == ".":
        return tokens[first - 2].lower in _SHORTENED
    return first > 0 and (
        tokens[first - 1].lower in word_lists().titles
        or tokens[first - 1].lower.endswith(("man", "woman", "leader"))
    )
