"""What a figure covers: its extent (running total, new since the last report, part) and its group."""

import re
from collections.abc import Sequence

from service.extraction.analysis import Analysis
from service.extraction.figure_lists import is_part_of
from service.extraction.figures import Counted
from service.extraction.protocol import Extent
from service.extraction.quantity_words import PERSON_STATES
from service.extraction.tokens import Tokens, group
from service.extraction.word_lists import any_of, word_list

# Predicates whose figures are running totals unless the words say otherwise.
RUNNING = frozenset(
    "arrests deaths injuries missing displaced evacuated hostages criminal_cases homes_destroyed "
    "area_burned job_cuts".split()
)


_INCLUDING = group(("includes", "include", "included"))
_THEM = frozenset(("them", "whom", "these", "those"))
_VERBS = word_list("bringing brings brought taking takes took raising raises raised pushing pushed")
_BRINGING = re.compile(rf"\b{any_of(_VERBS)}\b[^.;]{{0,60}}$")
_LONGEST_BRINGING = 70  # characters that it matches
_BRINGS = re.compile(
    r"\b(?:bringing|taking|raising|pushing|(?:which|that|and) (?:brings|brought|takes|took|raises|raised))\b"
)
_MORE = re.compile(r"(?<!or )\bmore\b(?! than)|\b(?:another|additional|further|others?|new)\b")
_REST = re.compile(r"\b(?:others?|more|another|further)\b")
_NEW = re.compile(r"\bnew\b")
_AGAIN = re.compile(
    r"\b(?:arrested|detained|killed|injured) again\b|\bovernight\b"
    r"|\b(?:past|last|previous) (?:24|48|twenty-four|day|few hours)\b"
)
_IN_AGAIN = ("again", "overnight", "past", "last", "previous")


def extent_of(analysis: Analysis, index: int, item: Counted, siblings: Sequence[Counted]) -> Extent | None:
    """None where a running total makes no sense (troops sent, a price)."""
    tokens, text = analysis.tokens[index], analysis.text
    after = tokens.lowers[item.last : item.last + 2]
    if (
        item.pattern == "included"
        or (after[:1] == ["of"] and not _THEM.isdisjoint(after))
        or (tokens.groups & _INCLUDING and _includes(tokens.lowers[item.trigger_last : item.first]))
    ):
        return "subset"
    if item.predicate not in RUNNING and item.predicate not in _GIVEN:
        return None
    before = text[tokens[0].start : tokens[item.first].start].lower()
    brought = _BRINGING.search(before, max(0, len(before) - _LONGEST_BRINGING)) is not None
    if item.predicate in _GIVEN:
        # "another $5 million, which brings the total to $20 million"
        if brought:
            return "cumulative"
        return "increment" if "extra" in item.quantity.flags else None
    if _is_part(tokens, item):
        return "subset"
    if brought:
        return "cumulative"
    noun = text[tokens[item.first].start : tokens[item.last - 1].end].lower()
    follow = after[0] if after else ""
    earlier = {other.predicate for other in siblings if other.first < item.first} if siblings[1:] else ()
    if (
        earlier
        and item.predicate not in earlier
        and _REST.search(f"{before[-12:]}{noun} {follow}")
        and not _NEW.search(noun)
    ):
        # "killed eight and wounded 14 others", "and another 14": others than those, not new ones.
        return "cumulative"
    if "extra" in item.quantity.flags or follow in ("more", "others") or _MORE.search(noun):
        return "increment"
    window = text[
        tokens[max(0, item.first - 3)].start : tokens[min(len(tokens), item.last + 10) - 1].end
    ].lower()
    if any(word in window for word in _IN_AGAIN) and _AGAIN.search(window):
        return "increment"
    later = [other for other in siblings if other.first > item.first and other.predicate == item.predicate]
    if later:
        between = text[tokens[item.last - 1].end : tokens[later[0].first].start].lower()
        if _BRINGS.search(between) and not between.endswith((" of ", " from ")):
            return "increment"  # but not before "raising its earlier toll of 37"
    return "cumulative"


def _includes(words: Sequence[str]) -> bool:
    return any(word in ("includes", "include", "included") for word in words)


_GIVEN = frozenset(("aid_pledged", "investment", "troops_deployed"))


def _is_part(tokens: Tokens, item: Counted) -> bool:
    """ "five of the dead were children", "of the injured, 45 are still in hospital", ", of which 80 must go",
    "four were among those held"."""
    if is_part_of(tokens, item):
        return True
    before = tokens.lowers[max(0, item.first - 2) : item.first]
    first = before[-1:] == [","] and tokens.lowers[0] == "of" and 2 < item.first < 12
    of_whom = before in (["of", "which"], ["of", "whom"])
    among = "among" in tokens.lowers[max(0, item.trigger_first - 1) : item.trigger_first + 1]
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
