"""Which place lies in which: "Volos, in Thessaly", "Tyre in the south of Lebanon", "the mine is in …"."""

import functools
from collections.abc import Sequence

from service.extraction.counted import is_person, singular
from service.extraction.event_types import Event
from service.extraction.fillers import Range, mentions_in
from service.extraction.listed import name_before, place_before, stop_of
from service.extraction.names import Mention
from service.extraction.phrases import Clauses
from service.extraction.roles import phrase_after
from service.extraction.subjects import subject_of
from service.extraction.tokens import Token, group
from service.extraction.word_lists import COMPASS, word_set
from service.extraction.world import territories

_POINTS = (
    COMPASS
    | {f"{point}ern" for point in COMPASS}
    | word_set("central upper lower rural coastal downtown inland mountainous heart")
)
_KINDS = frozenset(
    "city town village port suburb district province region area island hamlet resort settlement "
    "municipality community neighbourhood neighborhood county state outpost valley oasis commune township "
    "capital".split()
)
_WIDER = frozenset("country province state region island nation kingdom city peninsula".split())
_BEFORE = _POINTS | {"in", "on", "of", "the"}
SITUATED = frozenset("lies lie located situated lay nestled headquartered based".split())
_IN_PART, _LYING = group(_WIDER), group(SITUATED)
# A sentence without a name must have a word of one of these groups.
LYING = _IN_PART | _LYING


@functools.cache
def _countries() -> frozenset[str]:
    return frozenset(territory.name for territory in territories().values())


def lying_in(clauses: Clauses, lowers: Sequence[str]) -> list[Event]:
    """The places of one sentence that it says the place of."""
    found: list[Event] = []
    tokens = clauses.tokens
    for position, mention in mentions_in(clauses, (2, len(tokens))):
        if lowers[position - 1] not in _BEFORE:
            continue
        guessed = "kind_guessed" in mention.flags
        if "demonym" in mention.flags or mention.kind == "person" or not (mention.kind == "place" or guessed):
            continue
        stop = stop_of(clauses, position, mention)
        if stop < len(tokens) and tokens[stop].tag == "poss":
            continue  # "near Athens, in Greece's worst fire"
        event = _around(clauses, position, stop, mention)
        if event is not None:
            found.append(event)
    if clauses.named:
        found += _based(clauses, lowers)
    if clauses.whole.groups & _IN_PART:
        found += _in_part(clauses, lowers)
    if clauses.whole.groups & _LYING:
        found += _situated(clauses, lowers)
    return found


def _event(name: Range, where: Range) -> Event:
    return Event("located_in", "relation", "relation", name[1] - 1, where[1], name, where)


def _around(clauses: Clauses, position: int, stop: int, mention: Mention) -> Event | None:
    """ "Kosice, in eastern Slovakia": what stands before the name of the place around."""
    tokens = clauses.tokens
    first, pointed = _behind_points(tokens, position)
    preposed = first > 0 and tokens[first - 1].lower in ("in", "on")
    first -= preposed
    if preposed and first > 2 and tokens[first - 1].lower in _KINDS:
        # "Mopti, a town in central Mali"
        while first and tokens[first - 1].tag in ("word", "det"):
            first -= 1
        if not first or tokens[first - 1].text != "," or tokens[first].tag != "det":
            return None
    apart = first > 0 and tokens[first - 1].text == ","
    if not ((apart and preposed) or pointed):
        return None
    if apart and stop < len(tokens) and tokens[stop].lower in ("and", "or"):
        return None  # "in Wyoming, western Nebraska and Kansas": a list
    name = name_before(clauses, first - apart)
    if name is None:
        return None
    inner = clauses.by_start.get(tokens[name[0]].start)
    if inner is not None and not pointed:
        if inner.name in _countries():
            return None  # "in Chad, in Sudan"
        if inner.within is not None and mention.name in _countries() and inner.within != mention.name:
            return None
    return _event(name, (position, stop))


def _behind_points(tokens: Sequence[Token], first: int) -> tuple[int, bool]:
    """The token before which "eastern", "the south of" stand, and whether they do."""
    start = first
    if start > 2 and tokens[start - 1].lower == "of" and tokens[start - 2].lower in _POINTS:
        start -= 2
    elif start > 1 and tokens[start - 1].lower in _POINTS:
        start -= 1
    pointed = start < first
    if start and tokens[start - 1].lower == "the":
        start -= 1
    return start, pointed


def _based(clauses: Clauses, lowers: Sequence[str]) -> list[Event]:
    """ "Houston-based Lund Airlines", "Lund Steel, based in Mumbai,": where a body has its seat."""
    tokens = clauses.tokens
    if "based" in clauses.whole.words:
        position = lowers.index("based")
        if (
            position > 1
            and tokens[position - 1].text == ","
            and lowers[position + 1 : position + 2] == ["in"]
        ):
            name = name_before(clauses, position - 1)
            where = phrase_after(clauses, position + 2)
            seated = clauses.by_start.get(tokens[name[0]].start) if name is not None else None
            if seated is not None and seated.kind == "person":
                return []  # "Jane Doe, a lawyer for the union, based in Lima"
            if name is not None and where is not None and mentions_in(clauses, where):
                return [_event(name, where)]
    if clauses.text.find("-based ", tokens[0].start, tokens[-1].end) < 0:
        return []
    found = []
    for position, mention in mentions_in(clauses, (0, len(tokens))):
        if mention.kind == "place" and lowers[position].endswith("-based"):
            body = next(iter(mentions_in(clauses, (position + 1, position + 6))), None)
            if body is None or body[1].kind != "organization" or "coreference" in body[1].flags:
                continue
            after = stop_of(clauses, *body)
            if after < len(tokens) and is_person(singular(lowers[after]), lowers[after]):
                continue  # "a Lima-based Labour strategist"
            if all(token.tag in ("word", "cap") for token in tokens[position + 1 : body[0]]):
                found.append(_event((body[0], stop_of(clauses, *body)), (position, position + 1)))
    return found


def _in_part(clauses: Clauses, lowers: Sequence[str]) -> list[Event]:
    """ "El Oro, in the south-west of the country"."""
    found: list[Event] = []
    for position in range(5, len(lowers)):
        if lowers[position] in _WIDER and lowers[position - 2 : position] == ["of", "the"]:
            first, pointed = _behind_points(clauses.tokens, position - 1)
            if pointed and lowers[first - 1] == "in":
                apart = clauses.tokens[first - 2].text in (",", '"', "”")
                name = name_before(clauses, first - 1 - apart, ("region", "province", "district", "town"))
                if name is not None:
                    found.append(_event(name, (position - 1, position + 1)))
    return found


def _situated(clauses: Clauses, lowers: Sequence[str]) -> list[Event]:
    """ "Cartagena lies on Colombia's coast", "the camp, located in Jordan"."""
    found: list[Event] = []
    tokens = clauses.tokens
    for position, word in enumerate(lowers):
        if word not in SITUATED or lowers[position + 1 : position + 2] not in (["in"], ["on"], ["near"]):
            continue
        city = place_before(clauses, position)
        if city is None or position - city[1] > 3:
            city = name_before(clauses, position - 1) if tokens[position - 1].text == "," else None
            city = city or subject_of(clauses, position)
            if city is None or not any(token.tag == "cap" for token in tokens[city[0] + 1 : city[1]]):
                continue
        where = phrase_after(clauses, position + 2)
        if where is not None and (
            mentions_in(clauses, where) or not _WIDER.isdisjoint(lowers[where[0] : where[1]])
        ):
            found.append(Event("located_in", "relation", "relation", position, where[1], city, where))
    return found
