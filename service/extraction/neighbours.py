"""Who has a border with whom, and who sides with whom."""

from collections.abc import Sequence

from service.extraction.event_types import Event
from service.extraction.lexicon import Filler
from service.extraction.listed import names_after, place_before, stands_at, stop_of
from service.extraction.phrases import Clauses, phrase_back
from service.extraction.roles import Range, fits, mentions_in, phrase_after
from service.extraction.subjects import subject_of
from service.extraction.tokens import Token

BORDERING = frozenset(("borders", "border", "bordering", "neighbour", "neighbor"))
ALLIED = frozenset("ally allies loyal close allied aligned linked affiliated sided".split())


def borders(clauses: Clauses, lowers: Sequence[str]) -> list[Event]:
    """ "A and B, which border C", "D shares a border with C", "the belt bordering C"."""
    found: list[Event] = []
    tokens = clauses.tokens
    for position, word in enumerate(lowers):
        if word not in BORDERING or not position:
            continue
        verb = word in ("borders", "bordering", "border") and tokens[position - 1].tag in (
            "word", "cap", "rel", "adv", "punct",
        )  # fmt: skip
        first = position
        if lowers[position + 1 : position + 2] == ["with"]:
            names = _neighbours(clauses, position + 2)
            first -= tokens[position - 1].tag in ("det", "word")
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
    while end and tokens[end - 1].tag in ("rel", "adv", "punct"):
        end -= 1
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
        return [(article, end)]
    return [near] if near is not None else []


def _words_between(tokens: Sequence[Token], first: int, last: int) -> set[str]:
    return {token.lower for token in tokens[first:last] if token.tag != "cap"}


def allies(clauses: Clauses, lowers: Sequence[str]) -> list[Event]:
    """ "soldiers loyal to the general", "a close ally of France, Jane Doe", "one of the king's allies"."""
    found: list[Event] = []
    for position, word in enumerate(lowers):
        if word in ("ally", "allies"):
            pair = _ally(clauses, lowers, position)
        elif word in _SIDING and lowers[position + 1 : position + 2] in (["to"], ["with"]):
            pair = _siding(clauses, lowers, position)
        else:
            continue
        if pair is not None:
            found.append(Event("ally_of", "relation", "relation", position, position + 1, *pair))
    return found


_SIDING = frozenset("loyal close allied aligned linked affiliated sided".split())
_LEADERS = Filler(
    kinds=("person", "place", "organization"),
    heads=frozenset(
        "president leader government king minister premier junta regime rebels group groups".split()
    ),
)
_GROUPS = Filler(kinds=("person", "place", "organization"), persons=True, heads=frozenset(
    "troops soldiers forces militia militias militants fighters party group groups rebels men commandos "
    "gunmen tycoons businessmen officers lawmakers faction factions units jihadists".split()
))  # fmt: skip


def _ally(clauses: Clauses, lowers: Sequence[str], position: int) -> tuple[Range, Range] | None:
    tokens = clauses.tokens
    target: Range | None = None
    if position > 1 and tokens[position - 1].tag == "poss":
        target = next(
            (
                (p, stop_of(clauses, p, m))
                for p, m in mentions_in(clauses, (max(0, position - 5), position))
                if m.kind in ("person", "place")
            ),
            None,
        )
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
    start = min(target[0], position)
    owner = next(
        (
            (p, stop_of(clauses, p, m))
            for p, m in reversed(mentions_in(clauses, (max(0, start - 8), start)))
            if m.kind in ("person", "place")
        ),
        None,
    )
    return (owner, target) if owner is not None else None


def _siding(clauses: Clauses, lowers: Sequence[str], position: int) -> tuple[Range, Range] | None:
    """ "tycoons close to the president", "rebels who allied with the Reds"."""
    target = phrase_after(clauses, position + 2)
    if target is None or not fits(clauses, target, _LEADERS):
        return None
    before = clauses.tokens[position - 1] if position else None
    if before is None or before.tag not in ("word", "cap", "rel", "be", "adv"):
        return None
    owner = subject_of(clauses, position)
    if owner is None or not fits(clauses, owner, _GROUPS):
        return None
    return owner, target
