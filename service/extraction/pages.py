"""Pages of HTML, to the article alone: as trafilatura finds it, or line by line where a page has so many
elements that finding it would take seconds. What is taken out is kept with its reason."""

import re
from html import unescape
from itertools import islice

from service.extraction.plain import clean_plain
from service.extraction.text import CleanText, Removed, Segments, composed, joined, through

# The extractor and the reader of the page's metadata take up to a tenth of a millisecond for each element. A
# news page has a thousand or two.
MOST_ELEMENTS = 12_000
# What a page says of itself stands before its article: title, author and date are read from so many.
MOST_OF_METADATA = 4_000
TAG = re.compile(r"<[a-zA-Z]")
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
    """Whether a page has too many elements for an article to be sought among them."""
    return crowded_from(raw) is not None


def crowded_from(raw: str, most: int = MOST_ELEMENTS) -> int | None:
    """Where the element begins that is one too many; None in all pages that anybody wrote by hand."""
    tags = islice(TAG.finditer(raw), most, None)
    return next((tag.start() for tag in tags), None)


# -- pages as the extractor reads them


def _article(raw: str) -> Page:
    """The article as trafilatura finds it."""
    import trafilatura  # only here and below: whoever cleans no page does without its ten megabytes

    # A fragment is not taken for a page.
    page = raw if re.search(r"<html\b", raw, re.I) else f"<html><body>{raw}</body></html>"
    extracted = trafilatura.extract(page, include_comments=False) or _paragraphs(page)
    compact, origins = _visible(raw)
    text, words = _aligned(extracted, compact)
    segments = composed(words, origins)
    left_out = _left_out(raw, origins, segments)
    return text, joined(segments, text, raw), left_out


def _paragraphs(page: str) -> str:
    """Text of the page's paragraphs alone, for pages that are too short for the extractor to judge."""
    import trafilatura

    tree = trafilatura.load_html(page)
    return "\n".join(" ".join(p.itertext()) for p in tree.iter("p")) if tree is not None else ""


PIECE = re.compile(r"<[^<>]*>|&[#\w]{1,12};|[^<&\s]+|[<&]")
HIDDEN = {
    "script": "</script",
    "style": "</style",
    "!--": "-->",
    "noscript": "</noscript",
    "template": "</template",
}
HIDDEN_START = re.compile(r"<(script|style|!--|noscript|template)(?=[\s>]|[^\w])", re.I)


def _visible(raw: str) -> tuple[str, Segments]:
    """The page's characters without tags, hidden elements and white space, and where they come from.

    Alignment over this needs no knowledge of which tags break words or lines.
    """
    parts: list[str] = []
    origins: Segments = []
    length = position = 0
    lowered = raw.lower() if len(raw.lower()) == len(raw) else raw
    stop = -1  # of the last run
    while position < len(raw):  # again behind each hidden element
        begin, position = position, len(raw)
        for piece in PIECE.finditer(raw, begin):
            token, start = piece.group(), piece.start()
            if token[0] == "<":
                if hidden := HIDDEN_START.match(raw, start):
                    position = _hidden_until(lowered, hidden)
                    break
            elif token[0] == "&" and len(token) > 1:
                written = "".join(unescape(token).split())
                parts.append(written)
                length += len(written)
            else:
                parts.append(token)
                if start == stop:  # "&" and what follows it
                    origins[-1] = (*origins[-1][:2], origins[-1][2] + len(token))
                else:
                    origins.append((length, start, len(token)))
                length += len(token)
                stop = piece.end()
    return "".join(parts), origins


def _hidden_until(lowered: str, opening: re.Match[str]) -> int:
    """Where a hidden element ends: before its closing tag, behind a comment, with the page if it never
    does."""
    end = HIDDEN[opening.group(1).lower()]
    closing = lowered.find(end, opening.start() + 4)
    if closing < 0:
        return len(lowered)
    return closing + len(end) if end == "-->" else closing


MOST_LOST_LINES = 200


def _aligned(extracted: str, compact: str) -> tuple[str, Segments]:
    """The extracted lines with white space made single, and where their words stand in the page's characters
    without white space."""
    lines: list[str] = []
    segments: Segments = []
    length = cursor = lost = 0
    for line in extracted.splitlines():
        words = line.removeprefix("- ").split()
        if not words:
            continue
        found = compact.find("".join(words), cursor) if lost < MOST_LOST_LINES else -1
        lost += found < 0
        if found >= 0:
            position, cursor = length, found
            for word in words:
                segments.append((position, cursor, len(word)))
                cursor += len(word)
                position += len(word) + 1
        lines.append(" ".join(words))
        length += len(lines[-1]) + 1
    return "\n".join(lines), segments


def _left_out(raw: str, origins: Segments, segments: Segments) -> list[Removed]:
    """Visible text that the extractor left out, in stretches."""
    covered = sorted((target, target + size) for _, target, size in segments)
    stretches: list[list[int]] = []
    index = 0
    broken = True
    for _, start, size in origins:
        while index < len(covered) and covered[index][1] <= start:
            index += 1
        if index < len(covered) and covered[index][0] < start + size:
            broken = True
            continue
        if broken:
            stretches.append([start, start + size])
        else:
            stretches[-1][1] = start + size
        broken = False
    return [Removed(start, end, raw[start:end], "boilerplate") for start, end in stretches]


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
ASIDE = frozenset({"head", "nav", "footer", "aside", "select", "button", "svg"})  # never the article


def _lines(raw: str) -> Page:
    """All that the page shows, a line for each element that makes one; in time linear in the page."""
    parts: list[str] = []
    segments: Segments = []
    removed: list[Removed] = []
    lowered = raw.lower() if len(raw.lower()) == len(raw) else raw
    shown: dict[str, str] = {}  # what a tag that came before stands for
    unclosed: set[str] = set()
    length = position = 0
    fresh = True  # nothing is in the line so far
    while position < len(raw):  # again behind each element that is passed over
        for piece in MARKUP.finditer(raw, position):
            token, start, position = piece.group(), piece.start(), piece.end()
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
    return "".join(parts), segments, removed
