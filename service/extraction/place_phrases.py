"""How the words around a place's name say that something is there, or that they mean something else by it."""

import re
from collections.abc import Mapping, Sequence

from service.extraction.analysis import Analysis
from service.extraction.counted import is_person, is_plural, singular
from service.extraction.cues import CUES
from service.extraction.kinds import goes
from service.extraction.mentions import word_lists
from service.extraction.names import Mention
from service.extraction.number_words import SIMPLE
from service.extraction.tokens import Token, Tokens, behind_agency, group
from service.extraction.word_lists import COMPASS
from service.extraction.world import demonyms

LOCATIVE = frozenset(
    "in at near across throughout inside outside around into to from over within through on for "
    "of along off between".split()
)


PLACE_NOUNS = frozenset(
    "city town village capital province region republic state district port island country county territory "
    "oblast prefecture municipality metropolis megacity hub area parts part cities streets outskirts "
    "suburb suburbs neighbourhood coast centre center border outside north south east west "
    "areas regions provinces states towns villages "
    "districts corner corners heart edge shores islands neighbourhoods suburbs hamlet resort township "
    "settlement commune borough locality enclave atoll archipelago kingdom bridges hills mountains slums "
    "slum base camp outside plains waters environs department community belt basin delta forest forests "
    "valley coastline plain plateau banks rivers roads".split()
)


_SIDES = COMPASS | {"out"}


_WHERE = group(("where",))


def where_before(tokens: Tokens, first: int) -> int:
    """The "where" of the clause that tokens[first] is in, else 0: "in Gaza, where 36,000 have died"."""
    if not tokens.groups & _WHERE:
        return 0
    for position in range(first - 1, max(0, first - 24), -1):
        if tokens[position].lower == "where":
            return position
        if tokens[position].text in (";", "–", "—"):
            return 0
    return 0


def first_of_list(
    tokens: Sequence[Token], places: Sequence[Mention], positions: Mapping[int, int], found: Mention
) -> Mention:
    """ "in Kasserine, Sbeitla and Thala": the first of the places that one figure or event is at."""
    closed, ends = False, {mention.end: mention for mention in places}
    while (position := positions[found.start]) > 2:
        back = position - 1 - (tokens[position - 1].lower in _NEARBY)
        back -= tokens[back].lower == "in" and tokens[back - 1].lower == "and"
        if not (tokens[back].lower == "and" or (closed and tokens[back].text == ",")):
            break
        before = ends.get(tokens[back - 1].end)
        if before is None or before.start not in positions or tokens[back - 1].tag == "poss":
            break
        closed, found = True, before
    return found


_NEARBY = frozenset("nearby neighbouring neighboring".split())


def is_told_of(tokens: Sequence[Token], mention: Mention, first: int) -> bool:
    """ "took Mosul, a city of two million": only an apposition stands between the place and its people."""
    between = [token for token in tokens[:first] if token.start >= mention.end]
    words = between[1:]
    return (
        bool(words)
        and between[0].text == ","
        and all(token.tag in ("det", "word", "prep", "adv") for token in words)
    )


def is_dateline(tokens: Sequence[Token]) -> bool:
    """ "TERNATE, Feb 26 - ", "Rabat (Reuters) – ": where a report was written."""
    if tokens[0].tag != "cap":
        return False
    if behind_agency(tokens):
        return True
    for token in tokens[1:14]:
        if token.text in ("-", "–", "—") or (token.text == ":" and tokens[0].text.isupper()):
            return True
        if token.tag not in ("cap", "num", "punct") and token.text != "May":
            return False
    return False


def before_office(tokens: Sequence[Token], first: int) -> bool:
    """ "Peru's President Jane Doe", "Iceland's prime minister": whose they are, not where they are."""
    heads = word_lists().person_heads
    for token in tokens[first : first + 4]:
        if token.lower in heads:
            return True
        if token.tag not in ("word", "cap"):
            return False
    return False


def modifies(analysis: Analysis, tokens: Sequence[Token], mention: Mention, position: int) -> bool:
    """ "a Jakarta stadium", "Ramadi health workers", "the Darfur crisis": a smaller place before a noun."""
    behind = next((p for p in range(position, len(tokens)) if tokens[p].start >= mention.end), len(tokens))
    named = mention.name not in analysis.countries and "nested" not in mention.flags
    return (
        named and behind < len(tokens) and tokens[behind].tag == "word" and tokens[behind].lower not in CUES
    )


def crosses_clause(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a clause with a conjunction of its own begins behind a comma here: "…, as leaders met in
    Cairo"."""
    return tokens.groups & _JOINING != 0 and any(
        tokens[position].lower in _JOINS and tokens[position - 1].text == ","
        for position in range(first + 1, last)
    )


_JOINS = frozenset("as after when because since although though years months weeks days".split())
_JOINING = group(_JOINS)


def is_bound_for(tokens: Sequence[Token], position: int) -> bool:
    """ "crashed on a flight to Cairo": where somebody was going."""
    back = range(position - 1, max(1, position - 5), -1)
    to = next((p for p in back if tokens[p].lower in ("to", "for")), 0)
    return to > 0 and tokens[to - 1].lower in _WAYS


_WAYS = frozenset("flight flights route way bound destined".split())


def person_of(tokens: Sequence[Token], mention: Mention, position: int) -> str | None:
    """ "a California lawyer", "the Iowa Democrat": the noun behind a place for a person who is from there."""
    behind = next((p for p in range(position, len(tokens)) if tokens[p].start >= mention.end), len(tokens))
    head = behind
    while head < len(tokens) and head < behind + 4 and tokens[head].tag in ("word", "cap"):
        word = tokens[head].lower
        if word.endswith("ed") or word in _NO_PERSONS:
            break
        if word in word_lists().titles or word in _MEMBERS:
            return word
        head += 1
    return None


# Titles that are other words as well: "voters in the district head to the polls".
_NO_PERSONS = frozenset("head major general private chair forward".split())
_MEMBERS = frozenset("democrat republican native businessman businesswoman broker billionaire".split())
# Whoever holds such an office tells of the place that it is in.
RULING = frozenset(
    "governor mayor chief sheriff commissioner superintendent minister commander prosecutor spokesman "
    "spokeswoman police".split()
)


def comes_from(tokens: Tokens, position: int) -> bool:
    """ "killing families from Lagos and Kano": where people are from; but "evacuated people from Goma"."""
    back = range(position - 1, max(0, position - 7), -1)
    preposition = next((p for p in back if tokens[p].lower == "from"), 0)
    if not preposition or not tokens.words.isdisjoint(_TAKEN):
        return False
    noun = tokens[preposition - 1]
    one = singular(noun.lower)
    several = is_plural(noun.text) and is_person(one, noun.lower)
    return noun.lower == "families" or (several and one not in _SENT)


_SENT = frozenset("troop force soldier police fighter peacekeeper refugee".split())
_TAKEN = frozenset(
    "evacuated evacuate evacuating evacuation rescued rescue removed removing expelled expulsion fled flee "
    "fleeing airlifted moved moving displaced driven uprooted withdraw withdrew withdrawn withdrawal pulled "
    "brought taken kidnapped abducted seized snatched captured return returned returning flight exodus "
    "deported deportation banned ban bans barring barred bar".split()
)


def is_expert(source: str) -> bool:
    """Whether a place in whoever speaks is where they work: "a professor at the University of Lima"."""
    return _EXPERT.search(source) is not None


_EXPERT = re.compile(
    r"(?i)\b(?:university|institute|college|professor|fellow|lawyer|(?:direct|found|auth)or|(?:consult|assist)ant"
    r"|strategist|expert|researcher|historian|economist|analyst|partner|relative|investor|trader|fan|mother|father)s?"
    r"\b|famil(?:y|ies)\b"
)


def speaks(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether the place that opens a sentence stands before a verb of speech, for its government."""
    behind = next((p for p in range(1, len(tokens)) if tokens[p].start >= mention.end), len(tokens))
    while behind + 1 < len(tokens) and tokens[behind].tag in ("have", "adv", "modal"):
        behind += 1
    return behind < len(tokens) and tokens[behind].lower in CUES and tokens[behind].lower not in _HAVING


_HAVING = frozenset(
    "recorded reported accounted counts counted saw had has have registered lost suffered confirmed records "
    "reports sees accounts lists listed was is bore".split()
)


def has_figures(tokens: Sequence[Token], mention: Mention, position: int) -> bool:
    """ ", and Sitamarhi accounted for ten deaths": the place as the subject of what is counted there."""
    behind = next((p for p in range(position, len(tokens)) if tokens[p].start >= mention.end), len(tokens))
    ahead = tokens[position - 1]
    opens = ahead.text in (",", ":", ";", "–", "—") or ahead.lower in ("and", "while", "that")
    return opens and behind < len(tokens) and tokens[behind].lower in _HAVING


def is_adjective(tokens: Sequence[Token], position: int) -> bool:
    """ "four US soldiers": these short forms are demonyms as well."""
    follow = tokens[position + 1] if position + 1 < len(tokens) else None
    return tokens[position].lower in _SHORT_FORMS and follow is not None and follow.tag == "word"


_SHORT_FORMS = frozenset(("us", "u.s.", "uk", "u.k.", "eu"))


_AUDIENCE = frozenset(
    "reporters journalists a an the press news conference briefing interview statement correspondents media "
    "in at by phone from speech rally late early on".split()
)


def is_where_told(tokens: Sequence[Token], cue: int, position: int) -> bool:
    """Whether only hearers and means stand between a verb of speech and the place: "said by phone from La
    Paz", "announced at a press conference in Accra"."""
    between = tokens[cue + 1 : position]
    return 0 < len(between) < 8 and all(token.lower in _AUDIENCE for token in between)


_STRIKING = frozenset(
    "hit hits hitting struck strikes striking shook shakes shaking rocked rocks rocking rattled rattles "
    "battered battering swept sweeping devastated ravaged gripped gripping engulfed pounded lashed "
    "jolted paralysed paralyzed left leave leaves invaded invading raided raiding stormed storming attacked "
    "attacking shelled shelling bombed bombing overran".split()
)


def is_struck(tokens: Sequence[Token], position: int) -> bool:
    """ "shook southern Peru": the place as the object of what struck it."""
    back = position - 1
    while back >= 0 and back > position - 4 and tokens[back].tag in ("word", "det"):
        if tokens[back].lower in _STRIKING:
            return True
        back -= 1
    return False


def is_apposed(tokens: Sequence[Token], position: int, ends: set[int]) -> bool:
    """Whether the phrase at `position` is set between commas right after another place's name, which ends at
    one of `ends`."""
    way = position > 1 and tokens[position - 1].lower != "in" and _tells_way(tokens, position)
    for opening in range(position - 1, max(0, position - (16 if way else 7)), -1):
        if tokens[opening].text == ",":
            return tokens[opening - 1].end in ends
        if way:
            continue  # "Kesklo, about 30 km (19 miles) east of Tartu"
        if tokens[opening].tag == "num" or tokens[opening].lower in SIMPLE:
            return False  # "15,000 in Manchester, 5,000 in Leeds"
    return False


def _tells_way(tokens: Sequence[Token], position: int) -> bool:
    """ "20 km south of the regional capital Grozny": the way from a place to another."""
    for back in range(position - 1, max(1, position - 6), -1):
        if tokens[back].lower in ("of", "from"):
            return tokens[back - 1].lower in COMPASS or tokens[back - 1].lower in (
                "km",
                "kilometres",
                "miles",
            )
        if tokens[back].tag not in ("det", "word", "cap"):
            return False
    return False


def city_of(analysis: Analysis, end: int, mention: Mention) -> Mention:
    """ "in Kazakhstan's largest city, Almaty", "the Turkish town of Amasra": the city is the place."""
    ahead = analysis.text[mention.end : mention.end + 1]
    if not (ahead.isspace() or ahead in ("'", "’")):
        return mention  # as most: a comma follows, or the end
    for other in analysis.mentions_in(mention.end, min(end, mention.end + 60)):
        between = analysis.text[mention.end : other.start]
        whose = between[:1] in ("'", "’") or not {"demonym", "nested"}.isdisjoint(mention.flags)
        whose = whose or (mention.within is not None and other.within is None)  # "the Iowa town of Davenport"
        whose = whose or analysis.text.endswith("the ", 0, mention.start)  # "the Adriatic resort of Durres"
        if other.kind == "place" and whose and _OF_PLACE.fullmatch(between):
            return other  # but "Balasore town of Odisha" is Balasore
    follow = analysis.text[mention.end : mention.end + 2]
    if follow in ("’s", "'s"):
        for other in analysis.mentions_in(mention.end, min(end, mention.end + 40)):
            if other.kind == "place" and other.within == mention.name:
                return other
    return mention


_OF_PLACE = re.compile(
    r"(?:[’']s?)?\s(?!in\s|near\s)(?:[\w-]+\s){0,3}(?:"
    + "|".join(sorted(PLACE_NOUNS))
    + r")\sof\s|[’']s\s(?:[a-z]+\s)?"
)


def preposition_of(tokens: Sequence[Token], position: int) -> str | None:
    """The preposition that governs the noun phrase at `position`: "in the Kazakh city of Almaty"."""
    for back in range(position - 1, max(-1, position - 7), -1):
        token = tokens[back]
        if token.tag == "prep" and tokens[back + 1].lower in ("least", "most"):
            return None  # "at least nine US soldiers"
        if token.tag == "prep" or token.lower == "to":
            return token.lower
        if token.tag in ("punct", "be", "have", "rel", "sub", "quote"):
            comma = token.text == "," and back == position - 1 and back
            return "," if comma and tokens[back - 1].tag == "cap" else None
    return None


def lies_in(tokens: Sequence[Token], position: int, ends: set[int]) -> bool:
    """Whether the place at a token says where another lies, whose name ends at one of `ends` right before:
    "in Los Gallardos in the southern province of Almeria"."""
    for back in range(position - 1, max(0, position - 7), -1):
        if tokens[back].lower in ("in", "near"):
            return tokens[back - 1 - (tokens[back - 1].lower in PLACE_NOUNS)].end in ends
        if tokens[back].tag not in ("det", "word", "cap") and tokens[back].lower != "of":
            return False
    return False


def is_place_like(tokens: Sequence[Token], position: int, before: str) -> bool:
    """ "city of X", "sent to X", "troops from X": not "President of X" or "a minister for X"."""
    for back in range(position - 1, max(-1, position - 8), -1):
        if tokens[back].lower == before:
            noun = tokens[back - 1].lower if back else ""
            if before == "to":
                return True
            if before == "of":
                return (
                    noun in _SIDES
                    or noun in _PORTIONS
                    or (noun in PLACE_NOUNS and not _names_another(tokens, back))
                )
            return goes(tokens[back - 1]) or noun in _HAILING
    return False


_HAILING = frozenset(
    "troops soldiers forces people citizens refugees workers withdrawal army military country out home "
    "authorities officials police emergency exception curfew".split()
)


_PORTIONS = frozenset("whole all rest much most part parts half swathes".split())


def _names_another(tokens: Sequence[Token], of: int) -> bool:
    """ "Balasore town of Odisha", "Juba, the capital of South Sudan": the place is the one named before."""
    words = tokens[max(0, of - 3) : of]
    if len(words) < 3:
        return False
    one = not words[2].lower.endswith("s")  # not "the Danube bridges of Galati"
    named = one and words[1].tag == "cap" and words[1].lower not in demonyms() | _SHORT_FORMS
    return named or (words[0].text == "," and words[1].lower == "the" and words[2].lower == "capital")
