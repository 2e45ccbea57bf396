"""The noun that a number counts: found by word form and position, without a tagger."""

import functools
import re

import msgspec

from service.extraction.quantity_words import IRREGULAR_SINGULARS, PERSON_STATES, PERSONS
from service.extraction.tokens import PAST_FORMS
from service.extraction.word_lists import word_set


class Counted(msgspec.Struct, frozen=True, gc=False):
    """`noun` is singular; `extra` says that the words add to an earlier number ("more", "other")."""

    noun: str | None
    start: int | None
    end: int | None
    person: bool = False
    extra: bool = False


NOTHING = Counted(None, None, None)

WORD = re.compile(
    r"[\s-]{1,2}(?:(?P<word>[A-Za-z][\w’'&.]*(?:-[A-Za-z][\w’']*){0,4})|(?P<aged>\d{1,2}-year-olds?)(?![\w-])|\d[\d,.]*(?=\s))"
)
OF = re.compile(r"\sof(?:\s(?:the|its|their|his|her|our|these|those|all|such))?(?=\s\w)")
POSSESSIVE = re.compile(r"['’](?:s)?\Z")
MORE = frozenset(("more", "other", "others", "further", "additional", "extra"))
# No noun phrase goes on past one of these.
STOP = word_set(
    """
    the a an this that these those and or but nor of in on at by for from with to as into onto upon over
    under above below between among through during before after since until against across along around
    about near than per via within without despite like up down off out if when while where which who
    whom whose what how why because so then there here he she it they we you i him her them us me his
    its their our my your is are was were be been being am has have had having do does did will would
    shall should can could may might must not no yes yet still also only just even too very said says
    told added reported according announced confirmed took went came made got gave began respectively
    each every both all any some most many few several another such now today yesterday tomorrow nearly
    owes depends relies remains boasts lies stands sits goes comes needs lacks wants became
    suffered sustained sought needed received remained perished died drowned fled escaped joined marched
    goes lies holds wants sits comes takes makes gets gives keeps becomes seems begins continues expects
    followed struck shook gathered protested survived attended demanded lived lost left
    almost ago later earlier worth including plus minus amid behind toward towards that's it's were-
    """
)
MODIFIERS_IN_S = word_set(
    """
    press series sales arms sports business human rights express has was this is its his us class gas
    bus various serious religious previous dangerous numerous famous wireless homeless countless express
    cross mass address access process progress success congress less across always perhaps besides
    towards afterwards thus plus yes des les los las mars paris reuters united
    """
)
INVARIANT = word_set(
    """
    aircraft spacecraft personnel people police staff crew troops cattle livestock sheep fish men women
    children gunmen policemen servicemen dead media data criteria bacteria feet teeth mice equipment
    seats reindeer deer bison elk swine trout salmon
    """
)
ADJECTIVE_ENDINGS = ("ous", "ss", "us", "is")
BACKWARD = re.compile(
    r"(?<!\w)(?P<head>number|numbers|total|count|tally|toll"
    r"|amount)\sof\s(?P<rest>(?:[A-Za-z][\w’'-]*,?\s){1,4})"
    r"(?P<gap>[^.!?;\n]{0,70})\Z",
    re.IGNORECASE,
)
# "ten A350-900s", "two 737 MAX 10s", "24 F-16s": types of aircraft, which are no words.
AIRCRAFT = re.compile(
    r"\s(?:7[0-8]7(?:-\d\w*)?s?(?:\s(?:MAX|Max)(?:[\s-]?\d\w*|s)?)?|A[23]\d\d(?:-\d+)?\w*|[FC]-\d{1,3}[A-Z]?s?)(?![\w-])"
    r"(?:\s(?:Dreamliner|freighter|jet|jetliner|airliner|plane|fighter)s?(?!\w)|\saircraft)?"
)
STRONG = re.compile(r"-strong\s(?:[A-Z][\w.]+\s)?(?P<noun>[A-Za-z]+)")
DEATH_TOLL = re.compile(r"(?<!\w)(?P<noun>death)\stoll(?!\w)[^.!?;\n\d]{0,70}\Z", re.IGNORECASE)
PLURAL_OF = re.compile(
    r"(?<!\w)(?!speaks|talks|tells|consists|dies|thinks|hears|warns|dreams|disposes|approves)"
    r"(?P<noun>[a-z]{3,}s)\sof\s\Z"
)
COUNTED_VERB = re.compile(
    r"(?<!\w)(?:kill(?:ed|ing|s)|injur(?:ed|ing|es)|wound(?:ed|ing|s)|arrest(?:ed|ing|s)|detain(?:ed"
    r"|ing|s)|evacuat(?:ed|ing)"
    r"|rescu(?:ed|ing)|leaving|left)\s(?:[a-z]+\s){0,3}\Z"
)


@functools.lru_cache(maxsize=1 << 14)
def singular(word: str) -> str:
    """Dictionary form of a plural noun by spelling; other words come back in lower case."""
    lowered = word.lower()
    known = IRREGULAR_SINGULARS.get(lowered)
    if known is not None:
        return known
    if lowered.endswith("men") and len(lowered) > 4:
        return lowered[:-2] + "an"
    if "-" in lowered:
        head, _, last = lowered.rpartition("-")
        return f"{head}-{singular(last)}"
    if len(lowered) < 4 or not lowered.endswith("s") or lowered.endswith(ADJECTIVE_ENDINGS):
        return lowered
    if lowered.endswith("ies") and len(lowered) > 4:
        return lowered[:-3] + "y"
    if lowered.endswith(("ches", "shes", "xes", "sses", "zzes")):
        return lowered[:-2]
    if lowered.endswith("oes"):
        return lowered[:-2]
    return lowered[:-1]


@functools.lru_cache(maxsize=1 << 14)
def is_plural(word: str) -> bool:
    lowered = word.lower()
    if word[:1].isupper() and len(word) > 5 and lowered.endswith("is"):
        return True  # "Iraqis", "Israelis"
    if lowered in INVARIANT or lowered in IRREGULAR_SINGULARS:
        return True
    if lowered in MODIFIERS_IN_S or not lowered.endswith("s"):
        return lowered.endswith("men") and lowered not in (
            "men",
            "women",
            "specimen",
            "abdomen",
            "regimen",
            "omen",
        )
    return len(lowered) > 3 and not lowered.endswith(ADJECTIVE_ENDINGS)


@functools.lru_cache(maxsize=1 << 14)
def is_person(noun: str, surface: str) -> bool:
    """Does a singular noun name persons? By list, by ending, and for peoples by capital and ending."""
    if noun in PERSONS or noun in PERSON_STATES:
        return True
    last = noun.rpartition("-")[2]
    if noun.endswith("-year-old"):
        return True
    if last in PERSONS or last.endswith(
        ("man", "woman", "person", "people", "worker", "fighter", "keeper", "maker", "ologist")
    ):
        return True
    if len(last) > 6 and last.endswith("ist"):
        return True
    return surface[:1].isupper() and surface.endswith(("ans", "ians", "is", "ese"))


def _counted(surface: str, start: int, extra: bool) -> Counted:
    noun = singular(surface)
    return Counted(noun, start, start + len(surface), is_person(noun, surface), extra)


_IN_TYPES = frozenset("-0123456789")


def counted_after(text: str, position: int, limit: int, one: bool = False) -> Counted:
    """The noun after a number that ends at `position`; `one` allows a singular ("one soldier")."""
    extra = False
    if text[position : position + 1] in ("”", '"'):
        position += 1  # "“dozens” of protesters"
    of = OF.match(text, position, limit) if text.startswith("of", position + 1) else None
    at = of.end() if of else position
    best: tuple[str, int] | None = None
    first: tuple[str, int] | None = None
    if (text[at + 1 : at + 2].isdigit() or text[at + 2 : at + 3] in _IN_TYPES) and (
        craft := AIRCRAFT.match(text, at, limit)
    ):
        return Counted("aircraft", craft.start() + 1, craft.end())
    hyphenated = text[position : position + 1] == "-"
    if hyphenated and (strong := STRONG.match(text, position, limit)):
        # "a 10,000-strong crowd"
        return Counted(strong["noun"].lower(), strong.start("noun"), strong.end("noun"), True)
    latest = ""
    for index in range(8):
        match = WORD.match(text, at, limit)
        if match is None:
            break
        at = match.end()
        group = "word" if match["word"] is not None else "aged"
        word = match[group]
        if word is None:
            if first is not None and _is_past(latest):
                break  # "a magnitude 6.3 earthquake struck 40 kilometres west"
            continue
        word = word.rstrip(".")
        start = match.start(group)
        latest = lowered = word.lower()
        ends = match.end() < limit and text[match.end() - 1] == "." and "." not in word
        if lowered in MORE:
            extra = True
            if lowered == "others":
                return Counted("other", start, start + len(word), True, True)
            if ends:
                break
            continue
        if lowered == "and" and first is not None and best is None and _two_kinds(text, at, limit):
            continue  # "19,000 military and police personnel"
        if lowered in STOP and word != "US":
            if index == 0 and lowered in _TOLD and _TOLD_OF.match(text, at, limit):
                continue  # "94,000 confirmed deaths"
            break
        if ("'" in word or "’" in word) and POSSESSIVE.search(word):
            if best is not None:
                break
            continue
        if best is not None:
            # "police officers", "Apple engineers": the last of a row of plurals, but "soldiers dead" stays
            # with soldiers.
            person = is_plural(word) and is_person(singular(word), word)
            if person and lowered not in PERSON_STATES and lowered != "lives":
                best = (word, start)
            break
        if ends and lowered in PERSON_STATES:
            best = (word, start)
            break  # "another 140 injured. Pictures of …"
        if lowered in PERSON_STATES and hyphenated:
            break  # "a 6.1-magnitude earthquake injured 30": a verb, past the noun
        if is_plural(word) or (lowered in PERSONS and (one or hyphenated)):
            if lowered in PERSON_STATES and first is None and index == 0:
                following = WORD.match(text, at, limit)
                if (
                    following
                    and following["word"]
                    and is_plural(following["word"])
                    and following["word"].lower() not in STOP
                ):
                    continue  # "20 injured soldiers"
            best = (word, start)
            if one or hyphenated or ends:
                break
            continue
        if lowered in PERSON_STATES:
            following = WORD.match(text, at, limit)
            if following is None or following["word"] is None or following["word"].lower() in STOP:
                best = (word, start)
                break
            if not is_plural(following["word"]) and first is None and not lowered.endswith("ed"):
                best = (word, start)
                break
            if not is_plural(following["word"]) and index == 0 and not one:
                best = (word, start)
                break
        if first is None:
            first = (word, start)
        if ends:
            break  # the end of the sentence, not "900 U.S. troops"
    people = first is not None and first[0].endswith("ese") and first[0][0].isupper()
    if best is None and first is not None and (one or hyphenated or people):
        best = first  # "409,800 Sudanese"
    if best is None:
        return Counted(None, None, None, False, True) if extra else NOTHING
    return _counted(best[0], best[1], extra)


_TOLD = frozenset(("confirmed", "reported"))
_TOLD_OF = re.compile(
    r"\s(?:[a-z-]+\s)?(?:deaths|fatalities|casualties|arrests|injuries|killings|cases)(?!\w)"
)
_TWO_KINDS = re.compile(r"\s(?P<word>[A-Za-z]\w+)\s(?P<noun>[A-Za-z]\w+)")


_EVENTS = frozenset("deaths injuries casualties fatalities arrests jobs".split())


def _two_kinds(text: str, position: int, limit: int) -> bool:
    """Whether an adjective and a noun for persons, or for what befell them, follow an "and"."""
    match = _TWO_KINDS.match(text, position, limit)
    if match is None or _is_past(match["word"]):
        return False
    noun = match["noun"]
    counted = noun in _EVENTS or (is_plural(noun) and is_person(singular(noun), noun))
    return match["word"].lower() not in STOP and counted


def _is_past(word: str) -> bool:
    return word.endswith("ed") or word in PAST_FORMS


def counted_before(text: str, start: int, low: int) -> Counted:
    """The noun of "the number of arrests was given at around 10,000", seen from the number."""
    left = text[max(low, start - 130) : start]
    base = max(low, start - 130)
    match = BACKWARD.search(left)
    if match is None:
        # "a death toll of 164", "job cuts of 10,000"
        close = DEATH_TOLL.search(left) or PLURAL_OF.search(left)
        if close is None or (close["noun"] != "death" and not is_plural(close["noun"])):
            return NOTHING
        return _counted(close["noun"], base + close.start("noun"), False)
    offset = base + match.start("rest")
    for word in re.finditer(r"[A-Za-z][\w’'-]*", match["rest"]):
        if word.group().lower() in STOP or POSSESSIVE.search(word.group()):
            break
        if is_plural(word.group()) and not POSSESSIVE.search(word.group()):
            return _counted(word.group(), offset + word.start(), False)
    return NOTHING


def person_by_verb(text: str, start: int) -> bool:
    """ "killed 102", "injuring some 20": the verb alone says that persons are counted."""
    return COUNTED_VERB.search(text, max(0, start - 40), start) is not None
