"""Where a figure or an event is: a place the sentence names, by its preposition or as whose it is, else the
text's main place."""

from collections import Counter
from collections.abc import Sequence

import msgspec

from service.extraction.analysis import Analysis
from service.extraction.names import Mention
from service.extraction.place_phrases import (
    LOCATIVE,
    PLACE_NOUNS,
    RULING,
    before_office,
    city_of,
    comes_from,
    crosses_clause,
    first_of_list,
    has_figures,
    is_adjective,
    is_apposed,
    is_bound_for,
    is_dateline,
    is_expert,
    is_place_like,
    is_struck,
    is_told_of,
    is_where_told,
    lies_in,
    modifies,
    person_of,
    preposition_of,
    speaks,
    where_before,
)
from service.extraction.tokens import Token, Tokens, group


class Place(msgspec.Struct, frozen=True):
    mention: Mention
    inferred: bool


def main_place(analysis: Analysis) -> Mention | None:
    """The country a text names most, or the place elsewhere that it names more; what stands early counts
    more."""
    scores: Counter[str] = Counter()
    first: dict[str, Mention] = {}
    for mention in analysis.mentions:
        flags = mention.flags
        if mention.kind != "place" or "coreference" in flags or "kind_guessed" in flags:
            continue
        weight = 15 if mention.start < 400 else 10
        if "demonym" in flags:
            weight //= 2
        scores[mention.name] += weight
        if mention.within is not None:
            scores[mention.within] += weight * 6 // 10
        known = first.get(mention.name)
        if known is None or "demonym" in known.flags or ("nested" in known.flags and "nested" not in flags):
            first[mention.name] = mention
    named = [name for name in scores if name in first]
    countries = [name for name in named if name in analysis.countries]
    best = max(countries or named, key=lambda name: scores[name], default=None)
    # "Japan offered tents": a place that lies in no country that the text names may be named more often
    alone = [name for name in named if name not in analysis.countries and first[name].within is None]
    rival = max(alone, key=lambda name: scores[name], default=None)
    if best is not None and rival is not None and scores[rival] > scores[best]:
        best = rival
    return first[best] if best is not None else None


_WARS = (" war ", " war,", " war.", " wars ")
_RELATIVES = frozenset(("where", "which", "who"))
_RELATING = group(_RELATIVES)
_LONGEST_SOURCE = 60  # characters; what is longer holds more than who spoke
_FARTHEST = 40.0  # tokens, with what is added to them


def _is_of_next(tokens: Tokens, position: int) -> bool:
    """ "the toll in Chad is 25, and in Mali 12": a place of the figure behind it, in a clause of its own."""
    if tokens.lowers[position - 1] != "in" or tokens.lowers[position - 2] not in ("and", ",", ";", "but"):
        return False
    follow = tokens.lowers[position + 1 : position + 3]
    if follow[:1] in (["to"], ["at"], ["was"], [","]):
        del follow[0]
    return bool(follow) and follow[0].isdigit()


def place_of(analysis: Analysis, index: int, first: int, last: int, main: Mention | None) -> Place | None:
    """The place of what stands at tokens[first:last] of sentence `index`.

    A place after a preposition nearest to it, then the place an institution or possessor belongs to, then
    the text's main place, which is flagged as inferred.
    """
    whole = analysis.tokens[index]
    tokens = whole.plain
    sentence = analysis.sentences[index]
    named = [m for m in analysis.mentions_in(sentence.start, sentence.end) if m.kind == "place"]
    places = [
        m
        for m in named
        if ("demonym" not in m.flags or "nested" in m.flags)
        and not analysis.text.startswith("-", m.end)  # not "U.S.-mediated"
    ]
    if not places:
        return _carried_over(analysis, index, main)
    ends = {mention.end for mention in named}
    start, end = tokens[first].start, tokens[last - 1].end
    best: tuple[float, Mention] | None = None
    positions = {token.start: position for position, token in enumerate(tokens)}
    said = analysis.attributions_in(index)
    sources = [
        (item.source, item.role)
        for item in said
        if item.source is not None
        and (len(item.source.surface) < _LONGEST_SOURCE or "," in item.source.surface[:_LONGEST_SOURCE])
    ]
    cues = [
        positions[item.cue.start] for item in said if item.cue.start in positions and item.form != "passive"
    ]
    where = where_before(whole, first)
    for mention in places:
        position = positions.get(mention.start)
        if position is None:
            continue
        inside = first <= position < last
        told_where = position < where
        anchor = last if position >= last else where if told_where else first
        distance = 0.0 if inside else float(abs(position - anchor))
        if distance >= (best[0] if best is not None else _FARTHEST):
            continue  # what is told of it below only takes it further away
        if is_adjective(tokens, position) or (position > last and _is_of_next(whole, position)):
            continue
        before = preposition_of(tokens, position)
        if before is None and position > 1 and tokens[position - 1].text == ",":
            # "in the nearest town, Kassala"
            noun = position - 2
            before = preposition_of(tokens, noun) if tokens[noun].lower in PLACE_NOUNS else None
        if before in (None, "of", "with") and is_struck(tokens, position):
            before = "in"
        follow = positions.get(mention.end)
        possessive = follow is not None and tokens[follow].tag == "poss"
        weak = False
        if position == 0 and speaks(tokens, mention):
            continue  # "Washington welcomes": who speaks
        if analysis.text.startswith(_WARS, mention.end) and not (
            before in ("in", "during") and tokens[position - 1].tag == "det"
        ):
            continue  # "captured in the 1967 Middle East war", "a vote over the Iraq war"
        if told_where and positions.get(mention.end, where) >= where - 1:
            before = "in"  # "its capital, Muzaffarabad, where 11,000 died"
        told = [item for item in sources if item[0].start <= mention.start < item[0].end] if sources else []
        if not possessive and position and modifies(analysis, tokens, mention, position):
            weak = before is None
            person = person_of(tokens, mention, position)
            if person is not None and not (told and person in RULING):
                continue  # "a deal that the Iowa senator opposes"
        counted = mention.start < start and (position == 0 or has_figures(tokens, mention, position))
        if before is None and not (possessive or weak or counted):
            continue
        if before is not None and before not in LOCATIVE and before != "," and not possessive:
            continue
        if before in ("of", "to", "for", "from") and not (
            possessive or is_place_like(tokens, position, before)
        ):
            if "nested" not in mention.flags:
                continue
            weak = True  # "the government of Sichuan"
        if before == "," and tokens[position - 2].end in ends:
            continue  # "in Goma, Congo", a dateline's "PESHAWAR, Pakistan": where the first lies
        if before in ("in", "near", "of") and lies_in(tokens, position, ends):
            continue  # "in Kazakhstan in Central Asia", "Beni town in North Kivu", "Dalaman near Tubod"
        if (before in ("in", "on", "of") or possessive) and is_apposed(tokens, position, ends):
            continue  # "Peru, in South America, counts": says where that place is
        if before == "from" and comes_from(whole, position):
            continue
        if before in ("to", "for") and is_bound_for(tokens, position):
            continue
        if any(role == "medium" or is_expert(span.surface) for span, role in told):
            continue  # "state media in Russia": where the news came from
        if before in ("in", "at", "from") and any(
            is_where_told(tokens, cue, position) for cue in cues if not first <= cue < last
        ):
            continue  # "told reporters in Geneva"
        dateline = position == 0 and before is None and not possessive and is_dateline(tokens)
        if dateline or (possessive and follow is not None and before_office(tokens, follow + 1)):
            weak = True
        elif told and not weak:
            distance += 14.0  # "according to Chile's fire service"
        if weak:
            distance += 15.0
        if position < first and not told_where:
            distance += 6.0  # what follows a figure places it more often than what stands before
        if is_divided(whole, min(position, first), max(position, last)):
            distance += 12.0
        elif (
            not inside and position > 3 and crosses_clause(whole, min(position, first), max(position, first))
        ):
            distance += 7.0
        if possessive:
            distance += 2.0
        if "coreference" in mention.flags:
            distance += 8.0
        if (
            mention.start > end
            and whole.groups & _RELATING
            and not _RELATIVES.isdisjoint(whole.lowers[last:position])
        ):
            distance += 10.0
        if distance < (best[0] if best is not None else _FARTHEST):
            best = (distance, mention)
    if best is not None:
        found = city_of(analysis, sentence.end, first_of_list(tokens, places, positions, best[1]))
        where_written = found.start == tokens[0].start and is_dateline(tokens)
        return Place(found, where_written or "coreference" in found.flags)
    return _carried_over(analysis, index, main)


def _carried_over(analysis: Analysis, index: int, main: Mention | None) -> Place | None:
    """The place of what a sentence tells that names none."""
    if main is None:
        return None
    tokens = analysis.tokens[index]
    if tokens.groups & _THIS and tokens.groups & _TOWN:
        written = _written_in(analysis, tokens)
        if written is not None:
            return Place(written, True)
    return Place(_spoken_of(analysis, index, main), True)


def _written_in(analysis: Analysis, tokens: Tokens) -> Mention | None:
    """ "in this northwestern city": where the dateline says that the report was written."""
    this = tokens.lowers.index("this")
    town = any(token.lower in _TOWNS for token in tokens[this + 1 : this + 4])
    written = analysis.mentions[0] if analysis.mentions else None
    if not town or written is None or written.kind != "place" or not is_dateline(analysis.tokens[0]):
        return None
    return written if written.start == analysis.tokens[0][0].start else None


_TOWNS = frozenset("city town village port resort".split())
_THIS, _TOWN = group(("this",)), group(_TOWNS)


def _spoken_of(analysis: Analysis, index: int, main: Mention) -> Mention:
    """The text's main place, but where the paragraph speaks of another country, that: "In Zambia 74 people
    died. A curfew was lifted …"."""
    for back in range(index - 1, max(-1, index - 4), -1):
        sentence = analysis.sentences[back]
        if "\n" in analysis.text[sentence.end : analysis.sentences[back + 1].start]:
            break
        tokens = analysis.tokens[back]
        abroad = None
        for mention in analysis.mentions_in(sentence.start, sentence.end):
            if mention.kind != "place":
                continue
            if (mention.within or mention.name) == (main.within or main.name):
                return main
            if {"demonym", "coreference", "kind_guessed"}.isdisjoint(mention.flags):
                position = next((p for p, t in enumerate(tokens) if t.start == mention.start), 0)
                if position and tokens[position - 1].lower in ("in", "across", "throughout"):
                    abroad = abroad or mention
        if abroad is not None and (abroad.name in analysis.countries or abroad.within is not None):
            return abroad
    return main


def place_named(analysis: Analysis, tokens: Sequence[Token], span: tuple[int, int]) -> Place | None:
    """The place that the words of a list name: "Ikoro counts 105 dead, and Rasa 52"."""
    for mention in analysis.mentions_in(tokens[span[0]].start, tokens[span[1] - 1].end):
        if mention.kind == "place" and "demonym" not in mention.flags:
            return Place(mention, "coreference" in mention.flags)
    return None


def place_meant(analysis: Analysis, tokens: Sequence[Token], span: tuple[int, int]) -> Place | None:
    """The place that a role is, with nothing but adjectives before its name: not "the mayor of Palma"."""
    if any(token.tag in ("prep", "poss", "conj") for token in tokens[span[0] : span[1]]):
        return None
    place = place_named(analysis, tokens, span)
    return place if place is not None and place.mention.end == tokens[span[1] - 1].end else None


def place_counted(
    analysis: Analysis, index: int, first: int, last: int, main: Mention | None
) -> Place | None:
    """Whose inhabitants are counted: "Beira, a city of half a million", "the island has 90,000 people"."""
    tokens, sentence = analysis.tokens[index], analysis.sentences[index]
    near = [
        mention
        for mention in analysis.mentions_in(sentence.start, sentence.end)
        if mention.kind == "place" and "demonym" not in mention.flags
    ]
    inside = [mention for mention in near if tokens[first].start <= mention.start < tokens[last - 1].start]
    before = inside or [mention for mention in near if mention.start < tokens[first].start]
    definite = first > 0 and tokens[first - 1].lower in ("the", "this") and tokens[first].lower in PLACE_NOUNS
    if main is not None and definite:
        return Place(main, True)  # "Encircled by a larger one, the kingdom of two million"
    if before and (not is_divided(tokens, 0, first) or is_told_of(tokens, before[-1], first)):
        return Place(before[-1], "coreference" in before[-1].flags)
    ahead = [m for m in near if tokens[last - 1].end <= m.start <= tokens[last - 1].end + 3]
    if not before and ahead and last < len(tokens) and tokens[last].text == ",":
        return Place(ahead[0], "coreference" in ahead[0].flags)  # "With 465,000 inhabitants, Dadaab …"
    return place_of(analysis, index, first, last, main)


_DIVIDERS = frozenset((";", "–", "—", "while", "but", "whereas"))
_DIVIDING = group(_DIVIDERS)


def is_divided(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a new part of the sentence begins among these tokens."""
    return bool(tokens.groups & _DIVIDING) and not _DIVIDERS.isdisjoint(tokens.lowers[first:last])
