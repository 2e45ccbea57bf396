"""Where a figure or an event is: a place the sentence names, by its preposition or as whose it is, else the
text's main place."""

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from service.extraction.analysis import Analysis
from service.extraction.countables import demonyms
from service.extraction.cues import CUES
from service.extraction.kinds import goes
from service.extraction.mentions import word_lists
from service.extraction.names import Mention
from service.extraction.tokens import Token, Tokens, group
from service.extraction.word_lists import COMPASS

_LOCATIVE = frozenset(
    "in at near across throughout inside outside around into to from over within through on for "
    "of along off between".split()
)


_PLACE_NOUNS = frozenset(
    "city town village capital province region republic state district port island country county territory "
    "oblast prefecture municipality metropolis megacity hub area parts part cities streets outskirts "
    "suburb suburbs neighbourhood coast centre center border outside north south east west "
    "areas regions provinces states towns villages "
    "districts corner corners heart edge shores islands neighbourhoods suburbs hamlet resort township "
    "settlement commune borough locality enclave atoll archipelago kingdom bridges hills mountains slums "
    "slum base camp outside plains waters environs department community belt basin delta forest forests "
    "valley coastline plain plateau banks".split()
)


_SIDES = COMPASS | {"out"}


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


_FARTHEST = 40.0  # tokens, with what is added to them


def place_of(analysis: Analysis, index: int, first: int, last: int, main: Mention | None) -> Place | None:
    """The place of what stands at tokens[first:last] of sentence `index`.

    A place after a preposition nearest to it, then the place an institution or possessor belongs to, then
    the text's main place, which is flagged as inferred.
    """
    tokens = analysis.tokens[index]
    sentence = analysis.sentences[index]
    named = [m for m in analysis.mentions_in(sentence.start, sentence.end) if m.kind == "place"]
    places = [m for m in named if "demonym" not in m.flags or "nested" in m.flags]
    if not places:
        return Place(main, True) if main is not None else None
    ends = {mention.end for mention in named}
    start, end = tokens[first].start, tokens[last - 1].end
    best: tuple[float, Mention] | None = None
    positions = {token.start: position for position, token in enumerate(tokens)}
    said = analysis.attributions_in(index)
    media = [item.source for item in said if item.role == "medium" and item.source is not None]
    cues = [positions[item.cue.start] for item in said if item.cue.start in positions]
    for mention in places:
        position = positions.get(mention.start)
        if position is None:
            continue
        inside = first <= position < last
        distance = 0.0 if inside else float(abs(position - (last if position >= last else first)))
        if distance >= (best[0] if best is not None else _FARTHEST):
            continue  # what is told of it below only takes it further away
        if _is_adjective(tokens, position):
            continue
        before = _preposition(tokens, position)
        if before is None and position > 1 and tokens[position - 1].text == ",":
            # "in the nearest town, Kassala"
            noun = position - 2
            before = _preposition(tokens, noun) if tokens[noun].lower in _PLACE_NOUNS else None
        if before in (None, "of", "with") and _is_struck(tokens, position):
            before = "in"
        follow = positions.get(mention.end)
        possessive = follow is not None and tokens[follow].tag == "poss"
        weak = False
        if position == 0 and _speaks(tokens, mention):
            continue  # "Washington welcomes": who speaks
        if before is None and not possessive:
            if position and _modifies(analysis, tokens, mention, position):
                weak = True
            elif not (mention.start < start and (position == 0 or _has_figures(tokens, mention, position))):
                continue
        if before is not None and before not in _LOCATIVE and before != "," and not possessive:
            continue
        if before in ("of", "to", "for", "from") and not (
            possessive or _place_like(tokens, position, before)
        ):
            if "nested" not in mention.flags:
                continue
            weak = True  # "the government of Sichuan"
        if before == "," and tokens[position - 2].end in ends:
            continue  # "in Goma, Congo", a dateline's "PESHAWAR, Pakistan": where the first lies
        if (
            before in ("in", "near")
            and position > 1
            and tokens[position - 1].lower == before
            and tokens[position - (3 if tokens[position - 2].lower in _PLACE_NOUNS else 2)].end in ends
        ):
            continue  # "in Kazakhstan in Central Asia", "Beni town in North Kivu", "Dalaman near Tubod"
        if (before in ("in", "on", "of") or possessive) and _apposed(tokens, position, ends):
            continue  # "Peru, in South America, counts": says where that place is
        if any(span.start <= mention.start < span.end for span in media):
            continue  # "state media in Russia": where the news came from
        if before in ("in", "at", "from") and any(
            _is_where_told(tokens, cue, position) for cue in cues if not first <= cue < last
        ):
            continue  # "told reporters in Geneva"
        dateline = position == 0 and before is None and not possessive and _is_dateline(tokens)
        if dateline or (possessive and follow is not None and _before_office(tokens, follow + 1)):
            weak = True
        if weak:
            distance += 15.0
        if position < first:
            distance += 6.0  # what follows a figure places it more often than what stands before
        if is_divided(tokens, min(position, first), max(position, last)):
            distance += 12.0
        if possessive:
            distance += 2.0
        if "coreference" in mention.flags:
            distance += 8.0
        if mention.start > end and any(
            token.lower in ("where", "which", "who") for token in tokens[last:position]
        ):
            distance += 10.0
        if distance < (best[0] if best is not None else _FARTHEST):
            best = (distance, mention)
    if best is not None:
        best = (best[0], _city_of(analysis, sentence.end, best[1]))
        where_written = best[1].start == tokens[0].start and _is_dateline(tokens)
        return Place(best[1], where_written or "coreference" in best[1].flags)
    if main is None:
        return None
    return Place(main, True)


def place_named(analysis: Analysis, tokens: Sequence[Token], span: tuple[int, int]) -> Place | None:
    """The place that the words of a list name: "Ikoro counts 105 dead, and Rasa 52"."""
    for mention in analysis.mentions_in(tokens[span[0]].start, tokens[span[1] - 1].end):
        if mention.kind == "place" and "demonym" not in mention.flags:
            return Place(mention, "coreference" in mention.flags)
    return None


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
    definite = (
        first > 0 and tokens[first - 1].lower in ("the", "this") and tokens[first].lower in _PLACE_NOUNS
    )
    if main is not None and definite:
        return Place(main, True)  # "Encircled by a larger one, the kingdom of two million"
    if before and not is_divided(tokens, 0, first):
        return Place(before[-1], "coreference" in before[-1].flags)
    ahead = [m for m in near if tokens[last - 1].end <= m.start <= tokens[last - 1].end + 3]
    if not before and ahead and last < len(tokens) and tokens[last].text == ",":
        return Place(ahead[0], "coreference" in ahead[0].flags)  # "With 465,000 inhabitants, Dadaab …"
    return place_of(analysis, index, first, last, main)


def _is_dateline(tokens: Sequence[Token]) -> bool:
    """ "TERNATE, Feb 26 - ", "Rabat (Reuters) – ": where a report was written."""
    if tokens[0].tag != "cap":
        return False
    for token in tokens[1:14]:
        if token.text in ("-", "–", "—") or (token.text == ":" and tokens[0].text.isupper()):
            return True
        if token.tag not in ("cap", "num", "punct"):
            return False
    return False


def _before_office(tokens: Sequence[Token], first: int) -> bool:
    """ "Peru's President Jane Doe", "Iceland's prime minister": whose they are, not where they are."""
    heads = word_lists().person_heads
    for token in tokens[first : first + 4]:
        if token.lower in heads:
            return True
        if token.tag not in ("word", "cap"):
            return False
    return False


def _modifies(analysis: Analysis, tokens: Sequence[Token], mention: Mention, position: int) -> bool:
    """ "a Jakarta stadium", "Ramadi health workers", "the Darfur crisis": a smaller place before a noun."""
    behind = next((p for p in range(position, len(tokens)) if tokens[p].start >= mention.end), len(tokens))
    named = mention.name not in analysis.countries and "nested" not in mention.flags
    return (
        named and behind < len(tokens) and tokens[behind].tag == "word" and tokens[behind].lower not in CUES
    )


def _speaks(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether the place that opens a sentence stands before a verb of speech, for its government."""
    behind = next((p for p in range(1, len(tokens)) if tokens[p].start >= mention.end), len(tokens))
    return behind < len(tokens) and tokens[behind].lower in CUES and tokens[behind].lower not in _HAVING


_HAVING = frozenset(
    "recorded reported accounted counts counted saw had has have registered lost suffered confirmed records "
    "reports sees accounts lists listed was is bore".split()
)


def _has_figures(tokens: Sequence[Token], mention: Mention, position: int) -> bool:
    """ ", and Sitamarhi accounted for ten deaths": the place as the subject of what is counted there."""
    behind = next((p for p in range(position, len(tokens)) if tokens[p].start >= mention.end), len(tokens))
    ahead = tokens[position - 1]
    opens = ahead.text in (",", ":", ";", "–", "—") or ahead.lower in ("and", "while", "that")
    return opens and behind < len(tokens) and tokens[behind].lower in _HAVING


def _is_adjective(tokens: Sequence[Token], position: int) -> bool:
    """ "four US soldiers": these short forms are demonyms as well."""
    follow = tokens[position + 1] if position + 1 < len(tokens) else None
    return tokens[position].lower in _SHORT_FORMS and follow is not None and follow.tag == "word"


_SHORT_FORMS = frozenset(("us", "u.s.", "uk", "u.k.", "eu"))


_AUDIENCE = frozenset(
    "reporters journalists a an the press news conference briefing interview statement correspondents media "
    "in at by phone from speech rally late early on".split()
)


def _is_where_told(tokens: Sequence[Token], cue: int, position: int) -> bool:
    """Whether only hearers and means stand between a verb of speech and the place: "said by phone from La
    Paz", "announced at a press conference in Accra"."""
    between = tokens[cue + 1 : position]
    return cue < position and len(between) < 8 and all(token.lower in _AUDIENCE for token in between)


_STRIKING = frozenset(
    "hit hits hitting struck strikes striking shook shakes shaking rocked rocks rocking rattled rattles "
    "battered battering swept sweeping devastated ravaged gripped gripping engulfed pounded lashed "
    "jolted paralysed paralyzed left leave leaves invaded invading raided raiding stormed storming attacked "
    "attacking shelled shelling bombed bombing overran".split()
)


def _is_struck(tokens: Sequence[Token], position: int) -> bool:
    """ "shook southern Peru": the place as the object of what struck it."""
    back = position - 1
    while back >= 0 and back > position - 4 and tokens[back].tag in ("word", "det"):
        if tokens[back].lower in _STRIKING:
            return True
        back -= 1
    return False


def _apposed(tokens: Sequence[Token], position: int, ends: set[int]) -> bool:
    """Whether the phrase at `position` is set between commas right after another place's name, which ends at
    one of `ends`."""
    for opening in range(position - 1, max(0, position - 7), -1):
        if tokens[opening].text == ",":
            return tokens[opening - 1].end in ends
        if tokens[opening].tag == "num":
            return False  # "15,000 in Manchester, 5,000 in Leeds"
    return False


def _city_of(analysis: Analysis, end: int, mention: Mention) -> Mention:
    """ "in Kazakhstan's largest city, Almaty", "the Turkish town of Amasra": the city is the place."""
    for other in analysis.mentions_in(mention.end, min(end, mention.end + 60)):
        between = analysis.text[mention.end : other.start]
        whose = between[:1] in ("'", "’") or not {"demonym", "nested"}.isdisjoint(mention.flags)
        whose = whose or (mention.within is not None and other.within is None)  # "the Iowa town of Davenport"
        if other.kind == "place" and whose and _OF_PLACE.fullmatch(between):
            return other  # but "Balasore town of Odisha" is Balasore
    follow = analysis.text[mention.end : mention.end + 2]
    if follow in ("’s", "'s"):
        for other in analysis.mentions_in(mention.end, min(end, mention.end + 40)):
            if other.kind == "place" and other.within == mention.name:
                return other
    return mention


_OF_PLACE = re.compile(
    r"(?:[’']s?)?\s(?:[\w-]+\s){0,3}(?:" + "|".join(sorted(_PLACE_NOUNS)) + r")\sof\s|[’']s\s(?:[a-z]+\s)?"
)


def _preposition(tokens: Sequence[Token], position: int) -> str | None:
    """The preposition that governs the noun phrase at `position`: "in the Kazakh city of Almaty"."""
    for back in range(position - 1, max(-1, position - 7), -1):
        token = tokens[back]
        if token.tag == "prep" and tokens[back + 1].lower in ("least", "most"):
            return None  # "at least nine US soldiers"
        if token.tag == "prep" or token.lower == "to":
            return token.lower
        if token.tag in ("punct", "be", "have", "rel", "sub", "quote"):
            return token.lower if token.text == "," and back and tokens[back - 1].tag == "cap" else None
    return None


def _place_like(tokens: Sequence[Token], position: int, before: str) -> bool:
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
                    or (noun in _PLACE_NOUNS and not _names_another(tokens, back))
                )
            return goes(tokens[back - 1]) or noun in (
                "troops",
                "soldiers",
                "forces",
                "people",
                "citizens",
                "refugees",
                "workers",
                "withdrawal",
                "army",
                "military",
                "country",
                "out",
                "home",
            )
    return False


_PORTIONS = frozenset("whole all rest much most part parts half swathes".split())


def _names_another(tokens: Sequence[Token], of: int) -> bool:
    """ "Balasore town of Odisha", "Juba, the capital of South Sudan": the place is the one named before."""
    words = tokens[max(0, of - 3) : of]
    if len(words) < 3:
        return False
    one = not words[2].lower.endswith("s")  # not "the Danube bridges of Galati"
    named = one and words[1].tag == "cap" and words[1].lower not in demonyms() | _SHORT_FORMS
    return named or (words[0].text == "," and words[1].lower == "the" and words[2].lower == "capital")


_DIVIDERS = frozenset((";", "–", "—", "while", "but", "whereas"))
_DIVIDING = group(_DIVIDERS)


def is_divided(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a new part of the sentence begins among these tokens."""
    return bool(tokens.groups & _DIVIDING) and not _DIVIDERS.isdisjoint(tokens.lowers[first:last])
