"""Plain text as it was scraped, to the article alone: by rules of its own, as extractors for pages return
nothing or keep the footers. What is taken out is kept with its reason."""

import re
from itertools import islice, pairwise

import msgspec

from service.extraction.junk import (
    AD_TAG,
    COMMENTS_START,
    CREDIT_WORDS,
    DOMAIN,
    FURNITURE,
    FURNITURE_SIGNS,
    GALLERY,
    JUNK,
    LONGEST,
    REASONS,
    RELATED_START,
    TRIM,
)
from service.extraction.text import CleanText, Removed, Segments

# Stands for a raw character that goes, so that offsets stay the raw ones until the end.
GONE = "\x00"
TABLE = {
    **dict.fromkeys([*range(32), 127, *range(128, 160)], GONE),
    **dict.fromkeys([9, 160, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " "),
    **dict.fromkeys([10, 11, 12, 13, 0x85, 0x2028, 0x2029], "\n"),
    # Soft hyphen, zero-width characters, marks of direction, byte order mark.
    **dict.fromkeys([0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F)], GONE),
    **dict.fromkeys([*range(0x2060, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFC)], GONE),
}
SPECIAL = re.compile("[" + "".join(re.escape(chr(code)) for code in TABLE if code != 10) + "]")
RUN = re.compile(r"[^\x00 ]+(?: [^\x00 ]+)*")
CONTROL = re.compile(r"\x00+")
ALPHANUMERIC = re.compile(r"[^\W_]")
KEY = re.compile(r"[\W_]+")
NO_KEY = bytes(code for code in range(128) if not chr(code).isalnum())  # the same in plain ASCII
TITLE_PARTS = re.compile(r"[:|…–—]|\s-\s")
ENDS_PROSE = (".", "!", "?", "…", "”", '"', "’", "'", ")", "»")
TITLE_LINES = 8
BEFORE_TITLE = ("advertisement", "navigation", "cookies", "share")
SHORTEST_REPEAT = 40
MOST_TOLD = 1_000  # control characters that are listed one by one; all are taken out
FEWEST_WRAPPED, NARROWEST, WIDEST = 6, 45, 110  # lines, and characters of one, where lines are broken
FEWEST_PICTURES = 3  # that begin alike, for their beginning to be a title
LONGEST_KEY = 5_000  # what is longer is the same again only to the letter


def clean_plain(raw: str) -> CleanText:
    text = raw
    removed: list[Removed] = []
    if SPECIAL.search(text):
        text = text.replace("\r\n", " \n").translate(TABLE)
        removed.extend(
            Removed(gone.start(), gone.end(), raw[gone.start() : gone.end()], "control characters")
            for gone in islice(CONTROL.finditer(text), MOST_TOLD)
        )
    if "[" in text:
        tags = [(tag.start(), tag.end()) for tag in AD_TAG.finditer(text)]
        removed.extend(Removed(start, end, raw[start:end], "advertisement") for start, end in tags)
        text = _blanked(text, tags)
    if FURNITURE_SIGNS.search(text):
        text = _without_furniture(text, raw, removed)
    spans: list[tuple[int, int]] = []
    position = 0
    for piece in text.split("\n"):
        if piece:
            spans.append((position, position + len(piece)))
        position += len(piece) + 1
    gone = GONE in text
    lines = [_tidied(text[start:end].replace(GONE, "") if gone else text[start:end]) for start, end in spans]
    reasons = _reasons(lines)
    for (start, end), line, reason in zip(spans, lines, reasons, strict=True):
        if reason is not None and line:
            low, high = _stripped(raw, start, end)
            removed.append(Removed(low, high, raw[low:high], reason))
    kept = [index for index, line in enumerate(lines) if line and reasons[index] is None]
    wrapped = is_wrapped([lines[index] for index in kept])
    removed.sort(key=lambda part: (part.start, part.end))
    parts: list[str] = []
    segments: Segments = []
    length = 0
    for separator, low, high in _copied(text, spans, lines, kept, wrapped):
        parts += (separator, text[low:high])
        segments.append((length + len(separator), low, high - low))
        length += len(separator) + high - low
    return CleanText("".join(parts), tuple(segments), tuple(removed))


def _without_furniture(text: str, raw: str, removed: list[Removed]) -> str:
    """A line break for what pages put inside lines; and of the pictures of a gallery, which become lines of
    their own by that, its title goes."""
    parts: list[str] = []
    position = 0
    for found in FURNITURE.finditer(text):
        start, end = found.span()
        removed.append(Removed(start, end, raw[start:end], str(found.lastgroup)))
        parts += [text[position:start], GONE * (end - start - 1), "\n"]
        position = end
    text = "".join([*parts, text[position:]])
    pictures = list(GALLERY.finditer(text))
    if len(pictures) < FEWEST_PICTURES:
        return text
    first, last = min(picture["shown"] for picture in pictures), max(picture["shown"] for picture in pictures)
    alike = next(
        (n for n, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]), len(first)
    )
    title = first[:alike].rpartition(" ")[0]
    if len(title) < len("Photos: a title"):
        return text
    spans = [(start, start + len(title)) for start in (picture.start("shown") for picture in pictures)]
    removed += [Removed(start, end, raw[start:end], "caption") for start, end in spans]
    return _blanked(text, spans)


def _tidied(line: str) -> str:
    """With single blanks, and none around it. There is no other white space by now."""
    line = line.strip()
    return " ".join(line.split()) if "  " in line else line


def _copied(
    text: str, spans: list[tuple[int, int]], lines: list[str], kept: list[int], wrapped: int
) -> list[tuple[str, int, int]]:
    """The kept lines as runs of the text that are copied unchanged, each with the white space that is written
    before it. Lines between which nothing changes are one run: most texts are."""
    runs: list[tuple[str, int, int]] = []
    separator = opened = ""
    previous = low = high = -1  # the last kept line and the run that is open, written behind `opened`
    for index in kept:
        start, end = spans[index]
        if previous >= 0:
            # Is there an empty line between the two, not counting the lines that were taken out?
            blank = start - spans[previous][1] > 1 and (
                index == previous + 1
                or any(spans[i + 1][0] - spans[i][1] > 1 or not lines[i + 1] for i in range(previous, index))
            )
            runs_on = wrapped > 0 and is_broken(lines[previous], lines[index], wrapped)
            separator = "\n\n" if blank else between(lines[previous]) if runs_on else "\n"
        previous = index
        line = lines[index]
        at = start if end - start == len(line) else text.find(line, start, end)
        if at >= 0 and at - high == len(separator) and not wrapped:
            high = at + len(line)  # nothing but these line breaks lies between
            continue
        found = [(at, at + len(line))] if at >= 0 else [run.span() for run in RUN.finditer(text, start, end)]
        for number, (first, last) in enumerate(found):
            if number:
                separator = " " if " " in text[high:first] else ""
            if high >= 0:
                runs.append((opened, low, high))
            opened, low, high = separator, first, last
    if high >= 0:
        runs.append((opened, low, high))
    return runs


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    parts = []
    position = 0
    for start, end in spans:
        parts += [text[position:start], GONE * (end - start)]
        position = end
    return "".join([*parts, text[position:]])


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    low = start + len(piece) - len(piece.lstrip())
    return low, max(low, start + len(piece.rstrip()))


class _Line(msgspec.Struct, frozen=True):
    """`folded` is what a line is told by ("" where it is long), `key` its letters and digits alone, by which
    it is the same again; `junk` what kind of page furniture it is."""

    has_text: bool
    is_prose: bool
    folded: str
    key: str
    junk: str | None


def _key(line: str) -> str:
    folded = line.casefold()
    return folded.encode().translate(None, NO_KEY).decode() if folded.isascii() else KEY.sub("", folded)


def _look(line: str) -> _Line:
    folded = line.strip(TRIM).lower() if len(line) <= LONGEST else ""
    match = JUNK.fullmatch(folded) if folded else None
    return _Line(
        ALPHANUMERIC.search(line) is not None,
        len(line) >= 80 and line.endswith(ENDS_PROSE),
        folded,
        _key(line) if len(line) <= LONGEST_KEY else line,
        REASONS[match.lastgroup] if match and match.lastgroup else None,
    )


def _reasons(lines: list[str]) -> list[str | None]:
    """For every line the reason to take it out, or None."""
    reasons: list[str | None] = [None] * len(lines)
    title_keys: set[str] = set()
    seen: set[str] = set()
    filled = prose = 0
    related = False
    looks: dict[str, _Line] = {}  # a page says the same again and again
    for index, line in enumerate(lines):
        if not line:
            continue
        look = looks.get(line)
        if look is None:
            look = looks[line] = _look(line)
        if not look.has_text:
            reasons[index] = "punctuation"
            continue
        if prose >= 2 and look.folded and COMMENTS_START.fullmatch(look.folded):
            reasons[index:] = ["comments" if text else None for text in lines[index:]]
            break
        # The first line may be the title, even a title of one word.
        if look.junk is not None and (filled or look.junk in BEFORE_TITLE):
            reasons[index] = look.junk
            related = prose > 0 and bool(RELATED_START.fullmatch(look.folded))
            continue
        if related:
            if len(line) < 140 and not line.endswith(ENDS_PROSE):
                reasons[index] = "related"
                continue
            related = False
        key = look.key
        filled += 1
        if filled == 1:
            title_keys = {key}
            if len(line) <= LONGEST:
                parts = TITLE_PARTS.split(line)
                title_keys |= {part for piece in parts if len(part := _key(piece)) > 3}
            seen.add(key)
            continue
        if (filled <= TITLE_LINES and key in title_keys) or (len(line) >= SHORTEST_REPEAT and key in seen):
            reasons[index] = "repeated"
            continue
        seen.add(key)
        prose += look.is_prose
    if prose:
        _mark_credits(lines, reasons)
    return reasons


def _mark_credits(lines: list[str], reasons: list[str | None]) -> None:
    kept = [index for index, line in enumerate(lines) if line and reasons[index] is None]
    for index in reversed(kept[-2:]):
        line = lines[index]
        words = line.lower().split()
        short = len(words) <= 4 and len(line) <= 40 and not line.endswith(ENDS_PROSE)
        if not (
            short and (line == line.lower() or DOMAIN.fullmatch(line.lower()) or CREDIT_WORDS & set(words))
        ):
            break
        reasons[index] = "credit"


def is_wrapped(lines: list[str]) -> int:
    """At which width the lines were broken inside sentences; 0 where they were not."""
    width = max(map(len, lines), default=0)
    if len(lines) < FEWEST_WRAPPED or not NARROWEST <= width <= WIDEST:
        return 0
    pairs = [(first, second) for first, second in pairwise(lines) if len(first) >= NARROWEST]
    broken = sum(is_broken(first, second, width) for first, second in pairs)
    going_on = sum(goes_on(first, second) for first, second in pairs)
    if going_on * 2 >= len(lines):
        return NARROWEST  # whatever room was left
    return width if broken * 2 >= len(lines) and going_on * 6 >= len(lines) else 0


def is_broken(first: str, second: str, width: int) -> bool:
    """Whether two lines are one that was broken: the next word had no room in the first, or a sentence goes
    on."""
    room = width - len(first) - 1
    return (len(first) >= NARROWEST and room < len(second.partition(" ")[0])) or goes_on(first, second)


def between(first: str) -> str:
    """What joins a broken line to the next: nothing where a word is parted ("north-", "eastern")."""
    return "" if first.endswith("-") and first[-2:-1].isalpha() else " "


def goes_on(first: str, second: str) -> bool:
    """Whether a sentence is broken, which one that goes on with a name does not show."""
    return not first.endswith((*ENDS_PROSE, ":", ";")) and second[0].islower()
