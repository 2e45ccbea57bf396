"""Sentence boundaries by rule, line by line: a line break ends a paragraph, and a paragraph ends a
sentence."""

import re
from collections.abc import Iterator
from itertools import pairwise

from service.extraction.text import Sentence
from service.extraction.word_lists import word_set

# Never the last word of a sentence when a capital or a digit follows.
BEFORE_NAME = word_set(
    """
    mr mrs ms dr prof rev fr sr hon gen lt col maj capt cpt cmdr adm sgt cpl pvt brig gov sen rep pres
    amb insp supt det st mt ft messrs mme mlle vs v cf eg viz approx ca fig figs eq art sec vol ed eds
    pp dept univ al e.g i.e rt sq ave jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed
    thu thur thurs fri
    """
)
# "No. 5", "p. 12": an abbreviation only before a digit.
BEFORE_NUMBER = frozenset(["no", "nos", "p", "ch", "para", "ver", "op", "res"])
# May end a sentence; then only a word that starts sentences splits.
MAY_END = word_set(
    """
    inc ltd co corp llc plc bros jr sr esq etc u.s u.k u.n u.a.e u.s.a u.s.s.r d.c a.m p.m am pm ph.d
    m.d b.a m.a est dist blvd rd bldg assn s.a e.u l.a n.y a.d b.c
    """
)
ABBREVIATED = BEFORE_NAME | BEFORE_NUMBER | MAY_END
STARTERS = word_set(
    """
    the a an this that these those it its he she they we i you his her their our my there here in on at
    by for from after before during since as if when while although though because but and so yet
    however meanwhile also among many most some several both all no not now then today yesterday
    according despite under with without about earlier later another other officials police what who why
    how where
    """
)
REPORTING_AFTER_QUOTE = re.compile(
    r"[ \t]+(?:[A-Z][\w’'-]{0,30}[ \t]+){1,3}(?:said|says|asked|asks|added|told|wrote|replied|shouted"
    r"|continued)\b"
)
CLOSERS = "\"'”’»)\\]›"
# A run of terminators with the quotes and brackets that close on it. One set of characters first, which is
# sought many times faster than a repeated one.
TERMINATOR = re.compile(rf"[.!?…。！？][.!?…。！？]*[{CLOSERS}]*")
OTHER_MARKS = "!?…。！？"
OPENERS = "\"'“‘«([‹„—–-•*¿¡[ "
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
GLUED = re.compile(r"[a-z]{3}\Z")
DOMAIN_ENDS = frozenset(["com", "net", "org", "gov", "edu", "info", "io", "html"])
HAS_TEXT = re.compile(r"\w")
# A credit at the end of a caption is a sentence of its own even where the caption has no full stop.
CREDIT = re.compile(r"(?<=\S) (?=(?:Image|Photo|Photograph|Picture|Credit): ?[A-Z])")


def sentences(text: str, most: int | None = None) -> list[Sentence]:
    """Sentences in order, disjoint. A line without a letter or digit belongs to no sentence. No line is read
    any more once there are as many as `most`."""
    found: list[Sentence] = []
    paragraph = -1
    behind = 0
    for line in text.splitlines(keepends=True):
        if most is not None and len(found) >= most:
            break
        begin, behind = behind, behind + len(line)
        start, end = _trim(text, begin, behind)
        if start == end or not HAS_TEXT.search(text, start, end):
            continue
        paragraph += 1
        stops = not any(mark in line for mark in OTHER_MARKS)
        if not _terminator(text, start, end - 1, stops) and ": " not in text[start:end]:
            found.append(Sentence(start, end, text[start:end], paragraph))
            continue
        credits = CREDIT.finditer(text, start, end) if ":" in line else ()
        cuts = [start, *(credit.end() for credit in credits), end]
        for pair in pairwise(cuts):
            for low, high in _split(text, *pair, stops):
                if text[high - 1].isspace():
                    low, high = _trim(text, low, high)
                found.append(Sentence(low, high, text[low:high], paragraph))
    return found


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _terminator(text: str, start: int, end: int, stops: bool) -> re.Match[str] | None:
    """The next one. With `stops` there are no others than full stops, which are found without a look at each
    character."""
    if not stops:
        return TERMINATOR.search(text, start, end)
    dot = text.find(".", start, end)
    return TERMINATOR.match(text, dot, end) if dot >= 0 else None


def _split(text: str, start: int, end: int, stops: bool) -> Iterator[tuple[int, int]]:
    low = start
    position = start
    while (terminator := _terminator(text, position, end, stops)) is not None:
        dot, cut = terminator.span()
        if _is_plain_end(text, low, dot, cut, end):
            yield low, cut
            low = position = cut + 1
            continue
        position = cut
        # Scraped text leaves stray stops behind ("coup”. ."): they close the sentence before them.
        while (after := _skip(text, cut, end)) < end and text[after] in ".!?…。！？":
            stray = TERMINATOR.match(text, after, end)
            position = cut = stray.end() if stray else end
        if cut >= end:
            break
        if not HAS_TEXT.search(text, low, cut) or not HAS_TEXT.search(text, cut, end):
            continue
        if _ends(text, low, terminator, cut, after, end):
            yield low, cut
            low = after
            position = max(position, low)
    yield low, end


def _is_plain_end(text: str, low: int, dot: int, cut: int, end: int) -> bool:
    """Whether a single full stop stands between a plain word that is no abbreviation and a blank with a
    capital behind it: most ends, which need no other look."""
    if cut - dot > 1 or cut + 1 >= end or text[dot] != "." or text[cut] != " " or not text[cut + 1].isupper():
        return False
    word = text[max(low, dot - 24) : dot].rpartition(" ")[2]
    return word.isalpha() and word[-1].islower() and word.lower() not in ABBREVIATED


def _skip(text: str, position: int, end: int) -> int:
    while position < end and text[position].isspace():
        position += 1
    return position


def _word_at(text: str, start: int, end: int) -> str:
    match = WORD.match(text, start, min(end, start + 40))
    return match.group() if match else ""


def _ends(text: str, low: int, terminator: re.Match[str], cut: int, following: int, end: int) -> bool:
    mark = terminator.group()
    quoted = len(mark) > 1 and mark[-1] not in ".!?…。！？"
    glued = following == cut
    while following < end and text[following] in OPENERS:
        following += 1
    if following >= end:
        return True
    first = text[following]
    if glued:
        # "said.The": scraped text loses the space; "example.Com" and "U.S.A" are no ends.
        word = _word_at(text, following, end)
        return (
            mark[0] in ".!?"
            and first.isupper()
            and word[1:2].islower()
            and word.lower() not in DOMAIN_ENDS
            and GLUED.search(text, max(low, terminator.start() - 3), terminator.start()) is not None
        )
    if first.islower():
        return False
    dot = terminator.start()
    if mark == "." and text[dot - 1 : dot].isupper() and (dot - 1 == low or text[dot - 2] in " ."):
        # An initial ("J. K. Rowling"), unless what follows can only start a sentence ("vitamin C. The").
        word = _word_at(text, following, end).lower()
        return word in STARTERS and word not in {"a", "i"}
    if mark[0] != "." or mark.startswith(".."):
        return not (quoted and REPORTING_AFTER_QUOTE.match(text, cut, min(end, cut + 140)))
    if quoted and mark[-1] not in ")]":
        return True
    last = text[max(low, terminator.start() - 24) : terminator.start()].rpartition(" ")[2].lstrip(OPENERS)
    before = last.lower()
    if before in BEFORE_NAME:
        return False
    if before in BEFORE_NUMBER:
        return not first.isdigit()
    if before in MAY_END or (len(before) > 2 and before[1:2] == "." and before.replace(".", "").isalpha()):
        return first.isupper() and _word_at(text, following, end).lower() in STARTERS
    # "1. The first item": a list number stays with its item.
    return not (before.isdigit() and terminator.start() - len(before) == low)
