"""What a figure covers: its extent (running total, new since the last report, part) and its group."""

import re
from collections.abc import Sequence

from service.extraction.analysis import Analysis
from service.extraction.figure_lists import is_part_of
from service.extraction.figures import Counted
from service.extraction.protocol import Extent
from service.extraction.quantity_words import PERSON_STATES
from service.extraction.tokens import Token

# Predicates whose figures are running totals unless the words say otherwise.
RUNNING = frozenset(
    "arrests deaths injuries missing displaced evacuated hostages criminal_cases homes_destroyed "
    "area_burned job_cuts".split()
)


_INCREMENT = re.compile(r"(?<!or )\bmore\b(?! than)")


_BRINGING = re.compile(
    r"\b(?:bringing|brings|brought|taking|takes|took|raising|raises|raised|pushing|pushed)\b[^.;]{0,60}$"
)


_BRINGS = re.compile(
    r"\b(?:bringing|taking|raising|pushing|(?:which|that|and) (?:brings|brought|takes|took|raises|raised))\b"
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
        if _BRINGS.search(between) and not between.endswith((" of ", " from ")):
            return "increment"  # but not before "raising its earlier toll of 37"
    return "cumulative"


_GIVEN = frozenset(("aid_pledged", "investment", "troops_deployed"))


def _is_part(tokens: Sequence[Token], item: Counted) -> bool:
    """ "five of the dead were children", "of the injured, 45 are still in hospital", ", of which 80 must go",
    "four were among those held"."""
    if is_part_of(tokens, item):
        return True
    before = [token.lower for token in tokens[max(0, item.first - 2) : item.first]]
    first = tokens[0].lower == "of" and 2 < item.first < 12 and before[-1:] == [","]
    of_whom = before in (["of", "which"], ["of", "whom"])
    among = "among" in [
        token.lower for token in tokens[max(0, item.trigger_first - 1) : item.trigger_first + 1]
    ]
    return first or of_whom or (among and item.pattern in ("state", "label", "passive"))


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
