"""What a figure is about: its place, its extent (running total, new since the last report, part) and
its group."""

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from service.extraction.analysis import Analysis
from service.extraction.countables import demonyms
from service.extraction.figures import Counted
from service.extraction.names import Mention
from service.extraction.protocol import Extent
from service.extraction.quantity_words import PERSON_STATES
from service.extraction.tokens import Token

# Predicates whose figures are running totals unless the words say otherwise.
RUNNING = frozenset(
    "arrests deaths injuries missing displaced evacuated hostages criminal_cases homes_destroyed "
    "area_burned job_cuts".split()
)
_LOCATIVE = frozenset(
    "in at near across throughout inside outside around into to from over within through on for "
    "of along off between".split()
)
_INCREMENT = re.compile(r"(?<!or )\bmore\b(?! than)")
_BRINGING = re.compile(
    r"\b(?:bringing|brings|brought|taking|takes|took|raising|raises|raised|pushing|pushed)\b[^.;]{0,60}$"
)
_BRINGS = re.compile(
    r"\b(?:bringing|taking|raising|pushing|(?:which|that|and) (?:brings|brought|takes|took|raises|raised))\b"
)


_PLACE_NOUNS = frozenset(
    "city town village capital province region republic state district port island country county territory "
    "oblast prefecture municipality metropolis megacity hub area parts part cities streets outskirts "
    "suburb suburbs neighbourhood coast centre center border outside north south east west "
    "areas regions provinces states towns villages "
    "districts corner corners heart edge shores islands neighbourhoods suburbs".split()
)


class Place(msgspec.Struct, frozen=True):
    mention: Mention
    inferred: bool


def main_place(analysis: Analysis) -> Mention | None:
    """The country a text names most, else the place it names most; what stands early counts more."""
    scores: Counter[str] = Counter()
    first: dict[str, Mention] = {}
    for mention in analysis.mentions:
        if mention.kind != "place" or {"coreference", "kind_guessed"} & set(mention.flags):
            continue
        weight = 15 if mention.start < 400 else 10
        if "demonym" in mention.flags:
            weight //= 2
        scores[mention.name] += weight
        if mention.within is not None:
            scores[mention.within] += weight * 6 // 10
        known = first.get(mention.name)
        if (
            known is None
            or "demonym" in known.flags
            or ("nested" in known.flags and "nested" not in mention.flags)
        ):
            first[mention.name] = mention
    named = [name for name in scores if name in first]
    countries = [name for name in named if name in analysis.countries]
    best = max(countries or named, key=lambda name: scores[name], default=None)
    return first[best] if best is not None else None


def place_of(analysis: Analysis, index: int, first: int, last: int, main: Mention | None) -> Place | None:
    """The place of what stands at tokens[first:last] of sentence `index`.

    A place after a preposition nearest to it, then the place an institution or possessor belongs to, then
    the text's main place, which is flagged as inferred.
    """
    tokens = analysis.tokens[index]
    sentence = analysis.sentences[index]
    start, end = tokens[first].start, tokens[last - 1].end
    best: tuple[float, Mention] | None = None
    places = [
        mention
        for mention in analysis.mentions_in(sentence.start, sentence.end)
        if mention.kind == "place" and ("demonym" not in mention.flags or "nested" in mention.flags)
    ]
    positions = {token.start: position for position, token in enumerate(tokens)} if places else {}
    media = [
        item.source
        for item in analysis.attributions_in(index)
        if item.role == "medium" and item.source is not None
    ]
    for mention in places:
        position = positions.get(mention.start)
        if position is None or _is_adjective(tokens, position):
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
        if before is None and not possessive and not (position == 0 and mention.start < start):
            continue
        if before is not None and before not in _LOCATIVE and before != "," and not possessive:
            continue
        if before in ("of", "to", "for", "from") and not _place_like(tokens, position, before):
            continue
        if (
            before == "in"
            and position > 1
            and tokens[position - 1].lower == "in"
            and any(
                other.kind == "place" and other.end == tokens[position - 2].end
                for other in analysis.mentions_in(sentence.start, sentence.end)
            )
        ):
            continue  # "in Kazakhstan in Central Asia": the first is the place
        if (before in ("in", "on", "of") or possessive) and _apposed(
            analysis, sentence.start, tokens, position
        ):
            continue  # "Peru, in South America, counts": says where that place is
        if any(span.start <= mention.start < span.end for span in media):
            continue  # "state media in Russia": where the news came from
        distance = float(abs(position - (last if position >= last else first)))
        if position < first:
            distance += 6.0  # what follows a figure places it more often than what stands before
        if _border(tokens, min(position, first), max(position, last)):
            distance += 12.0
        if possessive:
            distance += 2.0
        if "coreference" in mention.flags:
            distance += 8.0
        if mention.start > end and any(
            token.lower in ("where", "which", "who") for token in tokens[last:position]
        ):
            distance += 10.0
        if best is None or distance < best[0]:
            best = (distance, mention)
    if best is not None and best[0] < 40:
        best = (best[0], _city_of(analysis, sentence.end, best[1]))
        inferred = "coreference" in best[1].flags
        return Place(best[1], inferred)
    if main is None:
        return None
    return Place(main, True)


def place_counted(
    analysis: Analysis, index: int, first: int, last: int, main: Mention | None
) -> Place | None:
    """Whose inhabitants are counted: "Beira, a city of half a million", "the island has 90,000 people"."""
    tokens, sentence = analysis.tokens[index], analysis.sentences[index]
    before = [
        mention
        for mention in analysis.mentions_in(sentence.start, tokens[first].start)
        if mention.kind == "place" and "demonym" not in mention.flags
    ]
    if before and not _border(tokens, 0, first):
        return Place(before[-1], "coreference" in before[-1].flags)
    return place_of(analysis, index, first, last, main)


def _is_adjective(tokens: Sequence[Token], position: int) -> bool:
    """ "four US soldiers": these short forms are demonyms as well."""
    follow = tokens[position + 1] if position + 1 < len(tokens) else None
    return tokens[position].lower in _SHORT_FORMS and follow is not None and follow.tag == "word"


_SHORT_FORMS = frozenset(("us", "u.s.", "uk", "u.k.", "eu"))
_STRIKING = frozenset(
    "hit hits hitting struck strikes striking shook shakes shaking rocked rocks rocking rattled rattles "
    "battered battering swept sweeping devastated ravaged gripped gripping engulfed pounded lashed "
    "jolted paralysed paralyzed left leave leaves".split()
)


def _is_struck(tokens: Sequence[Token], position: int) -> bool:
    """ "shook southern Peru": the place as the object of what struck it."""
    back = position - 1
    while back >= 0 and back > position - 3 and tokens[back].tag in ("word", "det"):
        if tokens[back].lower in _STRIKING:
            return True
        back -= 1
    return False


def _apposed(analysis: Analysis, start: int, tokens: Sequence[Token], position: int) -> bool:
    """Whether the phrase at `position` is set between commas right after another place's name."""
    opening = next((p for p in range(position - 1, max(0, position - 7), -1) if tokens[p].text == ","), None)
    return opening is not None and any(
        mention.kind == "place" and mention.end == tokens[opening - 1].end
        for mention in analysis.mentions_in(start, tokens[opening].start)
    )


def _city_of(analysis: Analysis, end: int, mention: Mention) -> Mention:
    """ "in Kazakhstan's largest city, Almaty", "the Turkish town of Amasra": the city is the place."""
    for other in analysis.mentions_in(mention.end, min(end, mention.end + 60)):
        between = analysis.text[mention.end : other.start]
        whose = between[:1] in ("'", "’") or not {"demonym", "nested"}.isdisjoint(mention.flags)
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
                return noun in _PLACE_NOUNS and not _names_another(tokens, back)
            return noun in (
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
            )
    return False


def _names_another(tokens: Sequence[Token], of: int) -> bool:
    """ "Balasore town of Odisha", "Juba, the capital of South Sudan": the place is the one named before."""
    words = tokens[max(0, of - 3) : of]
    if len(words) < 3:
        return False
    named = words[1].tag == "cap" and words[1].lower not in demonyms() | _SHORT_FORMS
    return named or (words[0].text == "," and words[1].lower == "the" and words[2].lower == "capital")


def _border(tokens: Sequence[Token], first: int, last: int) -> bool:
    return any(
        token.text in (";", "–", "—") or token.lower in ("while", "but", "whereas")
        for token in tokens[first:last]
    )


def extent_of(analysis: Analysis, index: int, item: Counted, siblings: Sequence[Counted]) -> Extent | None:
    """None where a running total makes no sense (troops sent, a price)."""
    words = {token.lower for token in analysis.tokens[index][item.trigger_last : item.first]}
    after = [token.lower for token in analysis.tokens[index][item.last : item.last + 2]]
    if (
        item.pattern == "included"
        or not words.isdisjoint(("includes", "include", "included"))
        or after in (["of", "them"], ["of", "whom"], ["of", "these"], ["of", "those"])
    ):
        return "subset"
    tokens = analysis.tokens[index]
    text = analysis.text
    if item.predicate in _GIVEN:
        # "another $5 million, which brings the total to $20 million"
        if _BRINGING.search(text[tokens[0].start : tokens[item.first].start].lower()):
            return "cumulative"
        return "increment" if "extra" in item.quantity.flags else None
    if item.predicate not in RUNNING:
        return None
    if _is_part(tokens, item):
        return "subset"
    noun = text[tokens[item.first].start : tokens[item.last - 1].end].lower()
    follow = tokens[item.last].lower if item.last < len(tokens) else ""
    before = text[tokens[0].start : tokens[item.first].start].lower()
    if _BRINGING.search(before):
        return "cumulative"
    window = text[
        tokens[max(0, item.first - 3)].start : tokens[min(len(tokens), item.last + 10) - 1].end
    ].lower()
    # "killed eight and wounded 14 others", "and another 14": others than those, not new ones.
    rest = re.search(
        r"\b(?:others?|more|another|further)\b", f"{before[-12:]}{noun} {follow}"
    ) and not re.search(r"\bnew\b", noun)
    earlier = {other.predicate for other in siblings if other.first < item.first}
    if rest and earlier and item.predicate not in earlier:
        return "cumulative"
    if (
        "extra" in item.quantity.flags
        or _INCREMENT.search(noun)
        or follow in ("more", "others")
        or re.search(r"\b(?:another|additional|further|other|others|new)\b", noun)
    ):
        return "increment"
    if re.search(
        r"\b(?:arrested|detained|killed|injured) again\b|\bovernight\b"
        r"|\b(?:past|last|previous) (?:24|48|twenty-four|day|few hours)\b",
        window,
    ):
        return "increment"
    later = [other for other in siblings if other.first > item.first and other.predicate == item.predicate]
    if later:
        between = text[tokens[item.last - 1].end : tokens[later[0].first].start].lower()
        if _BRINGS.search(between):
            return "increment"
    return "cumulative"


_GIVEN = frozenset(("aid_pledged", "investment"))
_TOLD_OF = frozenset(
    "dead wounded injured victims killed detained arrested missing those them fatalities casualties deceased "
    "survivors hostages detainees evacuees displaced".split()
)


def _is_part(tokens: Sequence[Token], item: Counted) -> bool:
    """ "five of the dead were children", "of the injured, 45 are still in hospital", ", of which 80 must go",
    "four were among those held"."""
    near = [token.lower for token in tokens[item.first : item.last + 4]]
    of = next((p for p, word in enumerate(near) if word == "of"), None)
    if of is not None and not _TOLD_OF.isdisjoint(near[of : of + 4]) and "the" in near[of : of + 2]:
        return True
    before = [token.lower for token in tokens[max(0, item.first - 2) : item.first]]
    first = tokens[0].lower == "of" and 2 < item.first < 12 and before[-1:] == [","]
    return first or before in (["of", "which"], ["of", "whom"]) or tokens[item.trigger_first].lower == "among"


_GROUP_NOUNS = frozenset(
    "child civilian soldier policeman officer policewoman journalist woman man student worker "
    "firefighter passenger foreigner militant tourist teacher doctor nurse patient migrant "
    "prisoner pilot crew teenager girl boy baby infant member citizen gunman insurgent rebel "
    "fighter guard serviceman peacekeeper medic reporter employee miner driver cyclist pedestrian "
    "resident official personnel police cop constable marine trooper paratrooper guardsman gendarme "
    "rescuer medic paramedic lawmaker cadet conscript reservist commando airman sailor".split()
)


def group_of(analysis: Analysis, index: int, item: Counted) -> str | None:
    """The label of a subset: the counted noun's phrase when it names a group, or the two markets an
    arrest was made in."""
    if item.predicate not in RUNNING:
        return None
    tokens = analysis.tokens[index]
    text = analysis.text
    noun = (item.quantity.noun or "").split()[-1:] or [""]
    if item.pattern in ("included", "listed") or noun[0].lower() in _GROUP_NOUNS:
        first = item.first
        while first < item.last and tokens[first].end <= item.quantity.end:
            first += 1
        last = item.last
        if first >= last:
            # "dozens of citizens": the number's own span holds "of".
            return None
        if last < len(tokens) and tokens[last].lower == "of":
            last += 1
            while (
                last < len(tokens)
                and tokens[last].tag in ("det", "word", "cap", "poss")
                and last < item.last + 6
            ):
                last += 1
        while first < last and (
            tokens[first].tag in ("prep", "det")
            or tokens[first].lower in ("other", "more", "others", "people")
        ):
            first += 1
        if first < last:
            return text[tokens[first].start : tokens[last - 1].end]
    return None


def shared_group(analysis: Analysis, index: int, item: Counted, siblings: Sequence[Counted]) -> str | None:
    """ "353 officers were hurt, 12 were killed": a bare figure counts whom the figure before it counts."""
    noun = item.quantity.noun
    if (
        item.predicate not in RUNNING
        or item.pattern == "label"
        or not (noun is None or noun in PERSON_STATES)
    ):
        return None
    before = [other for other in siblings if other.first < item.first]
    if not before or before[-1].predicate == item.predicate or before[-1].pattern == "included":
        return None
    return group_of(analysis, index, before[-1])


_SITES = frozenset(
    "market town village city district province region neighbourhood neighborhood prison school hospital "
    "camp site station airport port mine factory church mosque suburb county street building house".split()
)


def site_of(analysis: Analysis, index: int, item: Counted) -> str | None:
    """ "in two markets in Almaty": a counted site right after the claim limits it to a part of the place."""
    tokens = analysis.tokens[index]
    if tokens[0].lower in ("at", "in", "from") and tokens[1].start < tokens[item.first].start:
        for quantity in analysis.quantities_in(index):
            sited = (quantity.noun or "").rpartition(" ")[2] in _SITES and quantity.noun_end is not None
            if sited and quantity.start == tokens[1].start:
                return analysis.text[quantity.start : quantity.noun_end]
    anchor = max(item.last, item.trigger_last)
    if anchor + 2 >= len(tokens) or tokens[anchor].lower not in ("in", "at", "from", "on"):
        return None
    for quantity in analysis.quantities_in(index):
        if (
            quantity.start == tokens[anchor + 1].start
            and quantity.kind == "count"
            and quantity.noun_end is not None
            and quantity.unit != "people"
        ):
            end = quantity.noun_end
            return analysis.text[quantity.start : end]
    return None
