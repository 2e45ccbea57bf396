"""Pages of HTML, to the article alone: as trafilatura finds it, or line by line where a page has so many
elements that finding it would take seconds. What is taken out is kept with its reason."""

import re
from array import array
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import compress, islice

from service.extraction.plain import clean_plain
from service.extraction.text import CleanText, Removed, Segments, composed, joined, through

# The extractor and the reader of the page's metadata take up to a tenth of a millisecond for each element. A
# news page has a thousand; of 1,213 articles as they stand on the web a hundredth have more than 2,853.
MOST_ELEMENTS = 4_000
# What a page says of itself stands before its article: title, author and date are read from so many.
MOST_OF_METADATA = 3_000
TAG = re.compile(r"<[a-zA-Z]")
# The parser compares each attribute of an element with all before it: 70,000 of them take minutes.
MOST_ATTRIBUTES = 1_000
CROWDED_TAG = re.compile(
    r"""<[a-zA-Z][^\s<>/]*+(?>[\s/]++[^\s=<>/"']++(?:\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+'|[^\s"'<>]++))?+)"""
    rf"{{{MOST_ATTRIBUTES}}}"
)
# The text in lines, the way back to the page, and what was left out.
Page = tuple[str, Segments, list[Removed]]


def clean_page(raw: str) -> CleanText:
    text, segments, left_out = _lines(raw) if is_crowded(raw) else _article(raw)
    plain = clean_plain(text)
    whole = composed(plain.segments, segments)
    spans = [(through(segments, part.start, part.end), part.reason) for part in plain.removed]
    removed = [
        Removed(low := inside[0][1], high := inside[-1][1] + inside[-1][2], raw[low:high], reason)
        for inside, reason in spans
        if inside
    ]
    removed = sorted([*removed, *left_out], key=lambda part: (part.start, part.end))
    return CleanText(plain.text, tuple(whole), tuple(removed))


def is_crowded(raw: str) -> bool:
    """Whether a page has too many elements, or attributes of one, for an article to be sought among them."""
    return crowded_from(raw) is not None


def crowded_from(raw: str, most: int = MOST_ELEMENTS) -> int | None:
    """Where the element begins that is one too many or has too many attributes; None in pages that anybody
    wrote by hand."""
    tags = (next(islice(TAG.finditer(raw), most, None), None), CROWDED_TAG.search(raw))
    return min((tag.start() for tag in tags if tag), default=None)


# -- pages as the extractor reads them


def _article(raw: str) -> Page:
    """The article as trafilatura finds it."""
    import trafilatura  # only here and below: whoever cleans no page does without its ten megabytes

    # A fragment is not taken for a page.
    page = raw if re.search(r"<html\b", raw, re.I) else f"<html><body>{raw}</body></html>"
    extracted = trafilatura.extract(page, include_comments=False) or _paragraphs(page)
    text, segments, left_out = _aligned(extracted, raw)
    return text, joined(segments, text, raw), left_out


def _paragraphs(page: str) -> str:
    """Text of the page's paragraphs alone, for pages that are too short for the extractor to judge."""
    import trafilatura

    tree = trafilatura.load_html(page)
    return "\n".join(" ".join(p.itertext()) for p in tree.iter("p")) if tree is not None else ""


HIDDEN = {
    "script": "</script",
    "style": "</style",
    "!--": "-->",
    "noscript": "</noscript",
    "template": "</template",
}
HIDDEN_START = re.compile(r"<(script|style|!--|noscript|template)(?=[\s>]|[^\w])", re.I)
ENTITY = re.compile(r"&[#\w]{1,12};")
NOT_SHOWN = re.compile(rf"<[a-zA-Z/!?][^<>]*>|{HIDDEN_START.pattern}|{ENTITY.pattern}", re.I)


def _shown(raw: str) -> str:
    """The page with blanks for its tags and hidden elements, and with characters for its entities, each where
    the entity begins. As long as the page."""
    parts: list[str] = []
    lowered = raw.lower() if len(raw.lower()) == len(raw) else raw
    position = 0  # how far the page is in the parts
    while True:  # again behind each hidden element
        for piece in NOT_SHOWN.finditer(raw, position):
            start, end = piece.span()
            written = unescape(piece.group()) if raw[start] == "&" else ""
            hidden = None if written else HIDDEN_START.match(raw, start)
            if hidden:
                end = _hidden_until(lowered, hidden)
            parts += (raw[position:start], written, " " * (end - start - len(written)))
            position = end
            if hidden:
                break
        else:
            return "".join([*parts, raw[position:]])


def _hidden_until(lowered: str, opening: re.Match[str]) -> int:
    """Where a hidden element ends: before its closing tag, behind a comment, with the page if it never
    does."""
    end = HIDDEN[opening.group(1).lower()]
    closing = lowered.find(end, opening.start() + 4)
    if closing < 0:
        return len(lowered)
    return closing + len(end) if end == "-->" else closing


MOST_LOST_LINES = 200


def _aligned(extracted: str, raw: str) -> Page:
    """The extracted lines with white space made single, where they stand in the page, and what the page shows
    between them.

    They are sought among the page's characters without white space, which needs no knowledge of the tags that
    break words or lines.
    """
    shown = _shown(raw)
    compact = "".join(shown.split())
    origins = array("I", compress(range(len(shown)), map(str.strip, shown)))
    lines: list[str] = []
    segments: Segments = []
    left_out: list[Removed] = []
    length = cursor = lost = 0
    for line in extracted.splitlines():
        words = line.removeprefix("- ").split()
        if not words:
            continue
        letters = "".join(words)
        found = compact.find(letters, cursor) if lost < MOST_LOST_LINES else -1
        lost += found < 0
        if found >= 0:
            if found > cursor:
                left_out.append(_left_out(raw, origins[cursor], origins[found - 1]))
            cursor = found + len(letters)
            segments += _runs(words, raw, origins[found:cursor], length)
        lines.append(" ".join(words))
        length += len(lines[-1]) + 1
    if cursor < len(compact):
        left_out.append(_left_out(raw, origins[cursor], origins[-1]))
    return "\n".join(lines), segments, left_out


def _runs(words: list[str], raw: str, origins: Sequence[int], start: int) -> Iterator[tuple[int, int, int]]:
    """Segments for the words of a line that starts at `start`, whose letters stand at the origins: one for
    all where the page writes them in one go, else one for each word, else for each letter."""
    line = " ".join(words)
    if raw[origins[0] : origins[-1] + 1] == line:
        yield start, origins[0], len(line)
        return
    index = 0
    for word in words:
        first, last = origins[index], origins[index + len(word) - 1]
        if last - first == len(word) - 1 and raw[first : last + 1] == word:
            yield start, first, len(word)
        else:
            for offset, letter in enumerate(word):
                if raw[origin := origins[index + offset]] == letter:
                    yield start + offset, origin, 1
        index += len(word)
        start += len(word) + 1


def _left_out(raw: str, first: int, last: int) -> Removed:
    """What the page shows from one character to another, which may be written as an entity."""
    entity = ENTITY.match(raw, last)
    end = entity.end() if entity else last + 1
    return Removed(first, end, raw[first:end], "boilerplate")


# -- pages of too many elements

MARKUP = re.compile(r"<[a-zA-Z/!?][^<>]*>|&[#\w]{1,12};|[^<&]+|[<&]")
BREAKS = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029]")
TAG_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
# What does not end a line; all other elements do, cells and items among them: what the page keeps apart is
# not made one phrase.
INLINE = frozenset(
    """
    a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q s samp small span
    strike strong sub sup time tt u var wbr
    """.split()
)
ANCHOR = re.compile(r"<(/?)a(?![a-zA-Z0-9-])", re.I)
LONGEST_OF_MENUS = 120
ASIDE = frozenset({"head", "nav", "footer", "aside", "select", "button", "svg"})  # never the article


def _lines(raw: str) -> Page:
    """All that the page shows, a line for each element that makes one, without lines that are mostly links.
    Takes time linear in the page."""
    parts: list[str] = []
    segments: Segments = []
    removed: list[Removed] = []
    lowered = raw.lower() if len(raw.lower()) == len(raw) else raw
    shown: dict[str, str] = {}  # what a tag that came before stands for
    unclosed: set[str] = set()
    links: list[tuple[int, int]] = []
    link: int | None = None  # where the one begins that is open
    length = position = 0
    fresh = True  # nothing is in the line so far
    while position < len(raw):  # again behind each element that is passed over
        for piece in MARKUP.finditer(raw, position):
            token, start, position = piece.group(), piece.start(), piece.end()
            if token[0] == "<" and (anchor := ANCHOR.match(token)):
                if link is not None and link < length:
                    links.append((link, length))
                link = None if anchor[1] else length
            if token in shown:
                token = shown[token]
            elif token[0] == "<" and (hidden := HIDDEN_START.match(raw, start)):
                position = _hidden_until(lowered, hidden)
                break
            elif token[0] not in "<&" or len(token) == 1:
                token = BREAKS.sub(" ", token)  # one for one
                if not (fresh and token.isspace()):
                    segments.append((length, start, len(token)))
            elif token[0] == "&":
                token = unescape(token)
            else:
                tag = TAG_NAME.match(token)
                name = tag[1].lower() if tag else ""  # none: a doctype
                token = "" if not name or name in INLINE else "\n"
                if name not in ASIDE or piece[0][1] == "/":
                    shown[piece[0]] = token
                elif name not in unclosed:
                    closing = lowered.find(f"</{name}", position)
                    if closing < 0:
                        unclosed.add(name)  # looked for once, not again from each that follows
                    else:
                        removed.append(Removed(start, closing, raw[start:closing], "boilerplate"))
                        position = closing
            if token and not (fresh and token.isspace()):
                parts.append(token)
                length += len(token)
                fresh = token == "\n"
            if position != piece.end():
                break
    text, segments, menus = _without_menus("".join(parts), segments, links, raw)
    return text, segments, [*removed, *menus]


def _without_menus(text: str, segments: Segments, links: list[tuple[int, int]], raw: str) -> Page:
    """The lines that are long or mostly no links."""
    if not links:
        return text, segments, []
    kept: list[str] = []
    copied: Segments = []
    removed: list[Removed] = []
    length = start = index = 0
    for line in text.split("\n"):
        end = start + len(line)
        linked = 0
        while index < len(links) and links[index][0] < end:
            linked += min(links[index][1], end) - max(links[index][0], start)
            if links[index][1] > end:
                break  # and goes on in the next line
            index += 1
        if len(line) <= LONGEST_OF_MENUS and 2 * linked > len(line):
            if inside := through(segments, start, end):
                low, high = inside[0][1], inside[-1][1] + inside[-1][2]
                removed.append(Removed(low, high, raw[low:high], "boilerplate"))
        else:
            kept.append(line)
            copied.append((length, start, len(line)))
            length += len(line) + 1
        start = end + 1
    return "\n".join(kept), composed(copied, segments), removed
