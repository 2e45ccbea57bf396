"""Of what kind an unknown name is: its own words decide, else what stands beside it anywhere in the text.

Each sign gives points to a kind; a name has one kind throughout a text. Below `SURE` the kind is a guess.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from service.extraction.counted import is_person, is_plural, singular
from service.extraction.mentions import word_lists
from service.extraction.protocol import EntityKind
from service.extraction.tokens import Token
from service.extraction.word_lists import COMPASS, word_set

SURE = 3


class Occurrence(msgspec.Struct, frozen=True):
    """The name is tokens[first:last] of a sentence; `titled` says that a title stands before it."""

    tokens: Sequence[Token]
    first: int
    last: int
    titled: bool

    @property
    def words(self) -> list[str]:
        return [token.text for token in self.tokens[self.first : self.last]]


Scores = dict[EntityKind, int]


def kinds(occurrences: Mapping[str, Sequence[Occurrence]]) -> dict[str, tuple[EntityKind, bool]]:
    """For each name its kind, and whether that is a guess."""
    found: dict[str, tuple[EntityKind, bool]] = {}
    # Short names first: what "Airbus" is says what "Airbus Defence" is.
    for name in sorted(occurrences, key=lambda name: name.count(" ")):
        scores = _by_words(occurrences[name][0].words, found)
        if scores["place"] > SURE and " " not in name and any(each.titled for each in occurrences[name]):
            scores["person"] = scores["place"] + 1  # "Mr Hill"
        if max(scores.values(), default=0) < SURE:
            for occurrence in occurrences[name]:
                _by_context(occurrence, scores)
        best = max(scores.items(), key=lambda item: item[1])
        found[name] = best[0], best[1] < SURE
    return found


_CORPORATE = frozenset("inc corp ltd co plc llc gmbh ag".split())
_EVENTS = word_set(
    "summit conference festival championship championships cup olympics games marathon expo fair tournament"
)


def _by_words(words: Sequence[str], found: Mapping[str, tuple[EntityKind, bool]]) -> Scores:
    lists = word_lists()
    lowers = [word.lower() for word in words]
    scores: Scores = defaultdict(int)
    several = len(words) > 1
    if not lists.organization.isdisjoint(lowers) or lowers[-1].rstrip(".") in _CORPORATE or "&" in lowers:
        scores["organization"] += 5
    elif several and lowers[-1] in _EVENTS:
        scores["event"] += 4
    elif lowers[-1] in ("cross", "crescent") and "red" in lowers:
        scores["organization"] += 5
    elif lists.parties.issuperset(lowers):
        scores["organization"] += 3  # "in Republican politics"
    elif several and lowers[-1] in _PAPERS:
        scores["organization"] += 3  # "the Road Safety Bill"
    elif len(words) == 2 and lowers[0] in lists.given and lowers[1] in _SURNAMES:
        scores["person"] += 4  # "Anna Hill"
    elif not lists.place_words.isdisjoint(lowers):
        scores["place"] += 5
    elif several and (lowers[0] in lists.given or _is_initial(words[0])):
        scores["person"] += 4
    elif several and _is_romanised(words):
        scores["person"] += 3
    elif several and (
        not lists.things.isdisjoint(lowers) or any(lower.endswith(_ABSTRACT) for lower in lowers)
    ):
        scores["organization"] += 2
    elif several and (of_first := found.get(words[0])) and of_first[0] == "organization":
        scores["organization"] += 2 if of_first[1] else 3
    elif several and len(words[0]) > 2 and words[0].isalpha() and words[0].isupper() and words[1].istitle():
        scores["organization"] += 3  # "ABN Amro"
    elif several and lowers[0] in _DIRECTIONS:
        scores["place"] += 3
    elif not several and words[0].isupper() and len(words[0]) > 1:
        scores["organization"] += 2
    # With no sign at all, several words are a person's name and a single one is not.
    scores["person" if several and len(words) <= 4 else "organization"] += 1
    return scores


_PAPERS = word_set("bill act treaty accord report")
# Words of places that people are called as well.
_SURNAMES = frozenset(
    "hill hills lake rivers park fields marsh wells waters woods forest glen bridges".split()
)
# Endings of common nouns, which people are not called: "Mobility Command", "Active Directory".
_ABSTRACT = (
    "tion",
    "sion",
    "ment",
    "ness",
    "ity",
    "ship",
    "ology",
    "ical",
    "ics",
    "ware",
    "works",
    "soft",
    "tory",
)


def _is_initial(word: str) -> bool:
    return len(word.rstrip(".")) == 1


def _is_romanised(words: Sequence[str]) -> bool:
    """ "Leung Kwok-hung": a given name of two syllables, the second in lower case."""
    head, hyphen, tail = words[-1].partition("-")
    return bool(hyphen) and head[:1].isupper() and tail.islower() and len(words) == 2


_DIRECTIONS = frozenset("north south east west northern southern eastern western central upper lower".split())
_INSIDE = frozenset("in near outside around across off throughout above towards".split())
# "a stake in Lund", "her faith in Costa", "a partner at Lund": what stands before a body or a person.
_HOLDINGS = word_set(
    """
    stake stakes share shares interest interests investor investors shareholder shareholders investment
    investments confidence faith trust belief role roles partner partners job jobs responsibilities analyst
    analysts economist economists strategist strategists executive executives editor manager managers
    colleagues
    """
)
# "Costa's campaign", "a Costa adviser": what stands behind a person's name.
_OF_A_PERSON = word_set(
    """
    campaign tweet tweets speech supporters candidacy wife husband father mother son daughter brother sister
    lawyer lawyers attorney attorneys emails running rally nomination remarks comments opponents critics
    allies ally aides aide advisers adviser advisor advisors administration presidency rivals rival name
    camp cabinet presidential backers delegates surrogates surrogate voters loyalists tenure resignation
    death successor predecessor proposal proposals favor favour word words manifesto life career mind
    """
)
# "a quake hit Izmit": what strikes, strikes a place.
_STRIKING = frozenset(
    "hit hits struck strikes shook shakes jolted rattled ravaged battered devastated invaded raided overran "
    "shelled".split()
)
_TOWARDS = frozenset(("at", "to", "from"))
_PLACE_NOUNS = word_set(
    """
    region province state district county island islands peninsula governorate prefecture oblast valley
    city town village area municipality canton suburb neighbourhood neighborhood port capital hamlet resort
    township settlement commune borough locality parish enclave atoll archipelago department regency
    outskirts streets slum slums cities towns villages districts provinces suburbs oasis
    """
)
# "the Kinross mine", "at the Lumut base": what stands behind a place's name.
# "Norte de Santander province": what no person and no company has behind its name.
_DIVISIONS = word_set(
    "province governorate oblast prefecture district county municipality village township commune"
)
_SITES = word_set(
    """
    airport airfield airbase base mine mines camp prison jail border crossing junction dam refinery basin
    coast coastline delta forest forests mountains hills highway road bridge market reserve quarry pass
    volcano stadium beach plain plains plateau community belt tunnel checkpoint hospital
    """
)
# "80 km east of Kainantu", "off Mindoro", "out of Nankina"
_SIDES = frozenset(
    "east west north south northeast northwest southeast southwest north-east north-west south-east "
    "south-west outskirts coast streets suburbs centre center out residents mayor governor inhabitants "
    "outside people citizens villages port hills side siege battle capture fall liberation".split()
)
# "the coal belt of Coahuila", "the school at Tegina"
_LANDS = word_set(
    "belt basin delta forest forests mountains coastline valley plain plains plateau shores banks"
)
_BUILDINGS = word_set(
    """
    school schools factory plant mill station clinic church mosque temple hotel market college warehouse farm
    camp barracks base prison jail dam works mine pit refinery airport airfield garrison bridge checkpoint
    """
)
_OF_A_COMPANY = word_set(
    """
    shares stock profit profits revenue sales chief ceo spokesman spokeswoman spokesperson executive
    executives employees customers users headquarters board chairman website shareholders staff workers
    products officials lawyers plans engineers subsidiary founder militants fighters insurgents rebels
    extremists jihadists gunmen members commanders
    """
)
_REGIONAL = frozenset(f"{point}ern" for point in COMPASS)
_NEIGHBOURING = frozenset(("neighbouring", "neighboring", "nearby"))
_SPOKE = frozenset(("said", "says", "told", "added", "tweeted", "wrote"))


def _by_context(occurrence: Occurrence, scores: Scores) -> None:
    tokens, first, last = occurrence.tokens, occurrence.first, occurrence.last
    before = tokens[first - 1].lower if first else ""
    after = tokens[last] if last < len(tokens) else None
    follow = tokens[last + 1] if last + 1 < len(tokens) else None
    several = last - first > 1
    if occurrence.titled:
        scores["person"] += 4
    elif (
        before in _NEIGHBOURING
        or (before.endswith("ern") and before in _REGIONAL)
        or (before in _STRIKING and not several and not _is_at_odds(after, follow))
    ):
        scores["place"] += 3
    elif before in ("in", "at") and first > 1 and tokens[first - 2].lower in _HOLDINGS:
        scores["organization"] += 3
    elif before in _INSIDE or before == "visiting" or (before == "at" and several):
        scores["place"] += 2
    elif before in _TOWARDS and not several:
        housed = before == "at" and first > 1 and tokens[first - 2].lower in _BUILDINGS
        if housed or (first > 1 and goes(tokens[first - 2])):
            scores["place"] += 2
        elif after is None or after.tag != "poss":  # "at Ana's bedside", and often "to Ana", is no sign
            scores["place"] = max(scores["place"], 1)
    elif before == "of" and first > 1 and tokens[first - 2].lower in _PLACE_NOUNS:
        scores["place"] += 4
    elif (before == "of" and first > 1 and tokens[first - 2].lower in _SIDES | _LANDS and not several) or (
        before in ("and", "or", ",") and _is_listed_place(tokens, first, last)
    ):
        scores["place"] += 2
    elif before == "the" and first > 1 and tokens[first - 2].lower in _STRIKING and not several:
        scores["place"] += 3  # "shook the Moluccas"
    elif before == "the" and not (
        after is not None and (after.lower in _SITES | _PLACE_NOUNS or _people(after))
    ):
        scores["organization"] += 2
    elif (
        first
        and tokens[first - 1].tag == "word"
        and is_person(singular(before), before)
        and singular(before) == before
    ):
        scores["person"] += 3  # "analyst Ben Reitzes"
    if (
        before == ","
        and first > 2
        and tokens[first - 2].lower in _PLACE_NOUNS
        and tokens[first - 3].tag != "cap"
    ):
        scores["place"] += 3  # "the nearest town, Kassala", not "In Nampula province, Ana Costa"
    if before in ("called", "named") and first > 1 and tokens[first - 2].lower in _PLACE_NOUNS:
        scores["place"] += 3  # "in a hamlet called Bedar"
    if after is None:
        return
    if after.lower in (_DIVISIONS if several else _PLACE_NOUNS):
        scores["place"] += 3
    elif (beside := follow if after.tag == "poss" else after) is not None and (
        beside.tag == "word" and beside.lower in _OF_A_PERSON
    ):
        scores["person"] += 3
    elif after.lower in _SITES and not several and after.tag == "word":
        scores["place"] += 2
    elif after.lower == "chief" and follow is not None and follow.lower == "minister":
        scores["place"] += 3  # "Goa Chief Minister Ana Costa"
    elif after.lower in _OF_A_COMPANY or (
        after.tag == "poss" and follow is not None and follow.lower in _OF_A_COMPANY
    ):
        scores["organization"] += 3
    elif after.lower in _SPOKE:
        scores["person"] += 1
    elif after.lower == "who" or (after.text == "," and follow is not None and follow.lower == "who"):
        scores["person"] += 3
    elif (
        after.text == ","
        and follow is not None
        and (
            follow.lower == "where"
            or tells_place(tokens[last + 1 : last + 7])
            or _tells_way(tokens, last + 1)
        )
    ):
        scores["place"] += 3
    elif after.text == "," and follow is not None and follow.lower == "which" and before not in _INSIDE:
        scores["organization"] += 2
    elif (
        after.text in (",", "(")
        and follow is not None
        and follow.text.isdigit()
        and len(follow.text) == 2
        and (last + 2 == len(tokens) or tokens[last + 2].tag != "word")
    ):
        scores["person"] += 3  # "Jane Doe, 34,", but not "In Espirito Santo, 27 people"


def _is_at_odds(after: Token | None, follow: Token | None) -> bool:
    """ "hit Costa on taxes", "hits Costa for …": whoever is criticised; but "hit Izmit on Monday"."""
    if after is None or after.lower not in ("on", "over", "for", "back"):
        return False
    return follow is None or follow.tag not in ("cap", "num", "date")


def _tells_way(tokens: Sequence[Token], start: int) -> bool:
    """ "…, east of the capital", "…, about 80 km from the coast": the way to what was named before."""
    for position in range(start, min(start + 6, len(tokens) - 1)):
        if tokens[position + 1].lower in ("of", "from") and (
            tokens[position].lower in COMPASS or tokens[position].lower in _DISTANCES
        ):
            return True
        if tokens[position].tag not in ("num", "word", "adv", "det") and tokens[position].text != "-":
            return False
    return False


_DISTANCES = word_set("km kilometres kilometers kilometre kilometer miles mile metres meters")


def _is_listed_place(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the name is in a list that a preposition of place governs: "in Pagak, Mathiang and Nasir"."""
    closed = tokens[first - 1].text != ","
    position = last
    while not closed and position + 1 < len(tokens) and tokens[position].lower in (",", "and", "or"):
        closed = tokens[position].text != "," and tokens[position + 1].tag == "cap"
        position += 1
        while position < len(tokens) and tokens[position].tag == "cap":
            position += 1
    if not closed:
        return False
    position = first - 1
    while position and tokens[position].lower in (",", "and", "or") and tokens[position - 1].tag == "cap":
        while position and tokens[position - 1].tag == "cap":
            position -= 1
        position -= 1
    return position < first - 1 and tokens[position].lower in _INSIDE


_MOVES = word_set(
    """
    sent flew flown went moved travelled traveled returned fled drove deployed airlifted evacuated withdrew
    road route trip way came marched headed rushed transferred taken ferried bound flight bus train journey
    abducted kidnapped seized residents families died killed landed arrived based held stationed garrison
    attack shot plant born buried
    """
)


def _people(token: Token) -> bool:
    """ "the Chibok girls", "the Mati villagers"."""
    return token.tag == "word" and is_plural(token.text) and is_person(singular(token.lower), token.lower)


def goes(token: Token) -> bool:
    """Whether what stands before "to", "from" or "at" goes to or is at a place: "sent soldiers to Bicol"."""
    return token.lower in _MOVES or token.tag == "num" or _people(token)


def tells_place(tokens: Sequence[Token]) -> bool:
    """ "…, the largest city of the south": what follows a name says that it is a place."""
    if [token.lower for token in tokens[:3]] == ["with", "a", "population"]:
        return True
    if tokens[0].tag != "det":
        return False
    for position, token in enumerate(tokens[1:-1], 1):
        if token.lower in _PLACE_NOUNS and tokens[position + 1].tag not in ("word", "cap"):
            return True
        if token.tag not in ("word", "cap", "adv"):
            return False
    return False


def collected(occurrences: Iterable[tuple[str, Occurrence]]) -> dict[str, list[Occurrence]]:
    """Occurrences by name."""
    found: dict[str, list[Occurrence]] = {}
    for name, occurrence in occurrences:
        found.setdefault(name, []).append(occurrence)
    return found
