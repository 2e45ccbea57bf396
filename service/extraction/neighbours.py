"""Who has a border with whom, and who sides with whom."""

from collections.abc import Sequence

from service.extraction.event_types import Event
from service.extraction.fillers import Range, fits, mentions_in
from service.extraction.lexicon import Filler
from service.extraction.listed import name_before, names_after, place_before, stands_at, stop_of
from service.extraction.phrases import Clauses, phrase_back
from service.extraction.roles import phrase_after
from service.extraction.subjects import subject_of
from service.extraction.tokens import Token

BORDERING = frozenset(
    "borders border bordering neighbour neighbor encircled surrounded enclosed hemmed".split()
)
ALLIED = frozenset("ally allies loyal close allied aligned linked affiliated sided backed supported".split())


def borders(clauses: Clauses, lowers: Sequence[str]) -> list[Event]:
    """ "A and B, which border C", "D shares a border with C", "the belt bordering C"."""
    found: list[Event] = []
    tokens = clauses.tokens
    for position, word in enumerate(lowers):
        if word not in BORDERING or (not position and word not in _ENCLOSED):
            continue
        verb = word in ("borders", "bordering", "border") and tokens[position - 1].tag in (
            "word", "cap", "rel", "adv", "punct",
        )  # fmt: skip
        first = position
        if word in _ENCLOSED:
            by = stands_at(lowers, position + 1, ("by",)) or stands_at(lowers, position + 1, ("in", "by"))
            names = names_after(clauses, lowers.index("by", position) + 1, ("place",)) if by else []
        elif lowers[position + 1 : position + 2] == ["with"]:
            names = _neighbours(clauses, position + 2)
            first -= tokens[position - 1].tag in ("det", "word")
            if lowers[first - 1] in ("on", "along", "near", "at"):
                owner = _at_border(clauses, first - 1)
                found += [
                    Event("borders", "relation", "relation", position, name[1], owner, name)
                    for name in names
                    if owner is not None
                ]
                continue
            while first > 0 and lowers[first - 1] in _SHARING:
                first -= 1
        elif word.startswith("neigh"):
            of = stands_at(lowers, position + 1, ("of",))
            names = names_after(clauses, position + 2, ("place",)) if of else []
            first -= tokens[position - 1].tag == "det"  # "Ruria, a neighbour of A and B"
        elif verb:
            names = _neighbours(clauses, position + 1)
        else:
            continue
        for owner in _bordering(clauses, first) if names else ():
            found += [
                Event("borders", "relation", "relation", position, name[1], owner, name)
                for name in names
                if name != owner
            ]
    return found


def _at_border(clauses: Clauses, end: int) -> Range | None:
    """ "Busia, on the border with Uganda", "the town lies on the border with …": what lies there."""
    before = clauses.tokens[end - 1] if end else None
    if before is None:
        return None
    if before.lower in ("lies", "lie", "stands", "sits", "situated", "located"):
        return place_before(clauses, end - 1)
    return name_before(clauses, end - (before.text == ","))


_ENCLOSED = frozenset("encircled surrounded enclosed hemmed".split())
_SHARING = frozenset("share shares shared sharing has have its a long common".split())
_AREAS = frozenset("state region province district county country belt area nation department city".split())


def _neighbours(clauses: Clauses, first: int) -> list[Range]:
    """The names of a list, or "the district", "the exclave of Kolno"."""
    if names := names_after(clauses, first, ("place",)):
        return names
    phrase = phrase_after(clauses, first)
    if phrase is None:
        return []
    named = any(mention.kind == "place" for _, mention in mentions_in(clauses, phrase))
    return [phrase] if named or clauses.tokens[phrase[1] - 1].lower in _AREAS else []


def _bordering(clauses: Clauses, verb: int) -> list[Range]:
    """Who has the border: the places before the verb, or an area that no name is given of."""
    tokens = clauses.tokens
    end = verb
    while end and tokens[end - 1].tag in ("rel", "adv", "punct", "be"):
        end -= 1
    if not end and (main := _behind_comma(clauses, verb)) is not None:
        return [main]  # "Encircled by South Africa, the kingdom …"
    begin = end
    while begin and (tokens[begin - 1].tag in ("cap", "conj") or tokens[begin - 1].text == ","):
        begin -= 1
    places = [
        (place, stop_of(clauses, place, mention))
        for place, mention in mentions_in(clauses, (begin, end))
        if mention.kind == "place" and "demonym" not in mention.flags
    ]
    if places and places[-1][1] == end:
        joined = [span for span in places if _words_between(tokens, span[1], end) <= {"and", ","}]
        return [span for span in places if span in joined or span == places[-1]]
    near = place_before(clauses, verb)
    if near is not None and end and tokens[end - 1].lower in ("country", "nation"):
        return [near]
    if end and tokens[end - 1].lower in _AREAS and (phrase := phrase_back(clauses, end)) is not None:
        article = next((p for p in range(end - 1, phrase[0], -1) if tokens[p].tag == "det"), phrase[0])
        apart = article > 1 and tokens[article - 1].text == ","
        named = name_before(clauses, article - 1) if apart else None
        return [named or (article, end)]  # "Karonga, a district bordering …"
    return [near] if near is not None else []


def _behind_comma(clauses: Clauses, first: int) -> Range | None:
    tokens = clauses.tokens
    comma = next((p for p in range(first, min(first + 10, len(tokens))) if tokens[p].text == ","), None)
    return phrase_after(clauses, comma + 1) if comma is not None else None


def _words_between(tokens: Sequence[Token], first: int, last: int) -> set[str]:
    return {token.lower for token in tokens[first:last] if token.tag != "cap"}


def allies(clauses: Clauses, lowers: Sequence[str]) -> list[Event]:
    """ "soldiers loyal to the general", "a close ally of France, Jane Doe", "one of the king's allies"."""
    found: list[Event] = []
    for position, word in enumerate(lowers):
        if word in ("ally", "allies"):
            pair = _ally(clauses, lowers, position)
        elif (word in _SIDING and lowers[position + 1 : position + 2] in (["to"], ["with"])) or (
            word in _BACKED and lowers[position + 1 : position + 2] == ["by"]
        ):
            pair = _siding(clauses, lowers, position)
        else:
            continue
        if pair is not None:
            found.append(Event("ally_of", "relation", "relation", position, position + 1, *pair))
    return found


_SIDING = frozenset("loyal close allied aligned linked affiliated sided".split())
_BACKED = frozenset("backed supported".split())
_LEADERS = Filler(
    kinds=("person", "place", "organization"),
    heads=frozenset(
        "president leader government king minister premier junta regime rebels group groups general "
        "commander warlord prince emir colonel opposition".split()
    ),
)
_GROUPS = Filler(kinds=("person", "place", "organization"), persons=True, heads=frozenset(
    "troops soldiers forces militia militias militants fighters party group groups rebels men commandos "
    "gunmen tycoons businessmen officers lawmakers faction factions units jihadists commanders movement "
    "rulers leaders junta unions rebellion insurgents separatists administration coalition candidate "
    "candidates clan clans".split()
))  # fmt: skip


def _ally(clauses: Clauses, lowers: Sequence[str], position: int) -> tuple[Range, Range] | None:
    tokens = clauses.tokens
    target: Range | None = None
    owned = position - 1 - (position > 1 and lowers[position - 1] in _NEAREST)
    if owned > 0 and tokens[owned].tag == "poss":
        mention = clauses.by_end.get(tokens[owned - 1].end)
        if mention is not None and mention.kind in ("person", "place"):
            first = next(p for p in range(owned) if tokens[p].start >= mention.start)
            target = first, owned
    elif stands_at(lowers, position + 1, ("of",)):
        target = phrase_after(clauses, position + 2)
    if target is None:
        return None
    begin = position
    while begin and tokens[begin - 1].tag in ("word", "det"):
        begin -= 1
    if begin == 0 and target[1] < len(tokens) and tokens[target[1]].text == ",":
        follow = mentions_in(clauses, (target[1] + 1, min(len(tokens), target[1] + 3)))
        if follow:  # "A close ally of France, Jane Doe was elected"
            return (follow[0][0], stop_of(clauses, *follow[0])), target
    if begin and lowers[begin - 1] in _TOWARDS:
        return None  # "flew over a key ally of France": no more than spoken of
    start = min(target[0], position)
    owner = next(
        (
            (p, stop_of(clauses, p, m))
            for p, m in reversed(mentions_in(clauses, (max(0, start - 8), start)))
            if m.kind in ("person", "place", "organization") and "demonym" not in m.flags
        ),
        None,
    )
    return (owner, target) if owner is not None else None


_TOWARDS = frozenset("over to with for on against between".split())
_NEAREST = frozenset(
    "closest close main key staunchest staunch longtime principal oldest chief strongest".split()
)


def _siding(clauses: Clauses, lowers: Sequence[str], position: int) -> tuple[Range, Range] | None:
    """ "tycoons close to the president", "rebels who allied with the Reds"."""
    target = phrase_after(clauses, position + 2)
    if target is None or not fits(clauses, target, _LEADERS):
        return None
    before = clauses.tokens[position - 1] if position else None
    if before is not None and before.text == ",":
        owner = phrase_back(clauses, position - 1)  # "the rulers, allied with Moscow since 2021,"
        return (owner, target) if owner is not None and fits(clauses, owner, _GROUPS) else None
    if before is None or before.tag not in ("word", "cap", "rel", "be", "adv"):
        return None
    owner = subject_of(clauses, position) or (phrase_back(clauses, position) if position == 1 else None)
    if owner is not None and not fits(clauses, owner, _GROUPS):
        first = next(
            (p + 1 for p in range(owner[1] - 2, owner[0], -1) if clauses.tokens[p].tag == "prep"), None
        )
        owner = (first, owner[1]) if first is not None else owner  # "riots by groups loyal to …"
    if owner is None or not fits(clauses, owner, _GROUPS) or lowers[owner[1] - 1] in _ANYBODY:
        return None
    return owner, target


_ANYBODY = frozenset("people those sources someone anyone officials aides everyone".split())
