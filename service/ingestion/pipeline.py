"""From a raw article to grounded claims: cleaning, analysis, extraction, grounding. Pure; no I/O, no
database.

Everything here can be sent to a worker process and back.
"""

import datetime as dt
import hashlib
import heapq
import re

import msgspec

from service.extraction.analysis import Analysis, analyse
from service.extraction.clean import clean
from service.extraction.gazetteer import Gazetteer
from service.extraction.grounding import GroundedClaim, PredicateRule, ground
from service.extraction.protocol import ClaimCandidate, Document, Rejected
from service.extraction.rules import RulesExtractor
from service.extraction.text import Removed

SHINGLE = (
    5  # words of a shingle: shorter ones are shared by unrelated articles, longer ones by no edited reprint
)
SKETCH = 64  # hashes kept of a text; the error of the estimated overlap is about 1/sqrt(64)
WORD = re.compile(r"\w+")


class Raw(msgspec.Struct, frozen=True):
    """An article as it came. Exactly one of `text` and `html` is set; `published` is the day relative dates
    count from; without `cleaning` the text is taken as it is. `claims` came with the article, and are
    grounded like those that `extracting` finds."""

    text: str | None = None
    html: str | None = None
    title: str | None = None
    published: dt.date | None = None
    cleaning: bool = True
    extracting: bool = True
    claims: tuple[ClaimCandidate, ...] = ()


class Page(msgspec.Struct, frozen=True):
    """What an HTML page says about itself; None where it says nothing."""

    title: str | None = None
    author: str | None = None
    published: dt.date | None = None
    site: str | None = None


class Extracted(msgspec.Struct, frozen=True):
    """Offsets of everything are code points into `analysis.text`; `removed` lies in the raw text."""

    analysis: Analysis
    title: str | None
    page: Page
    claims: list[GroundedClaim]
    rejected: list[Rejected]
    removed: list[Removed]
    sha256: str
    sketch: list[int]


class NoArticle(ValueError):
    """Nothing is left of what came: it held no article."""


def process(raw: Raw, gazetteer: Gazetteer, vocabulary: dict[str, PredicateRule]) -> Extracted:
    """The whole chain over one article; NoArticle when cleaning leaves nothing."""
    source = raw.html if raw.html is not None else raw.text or ""
    page = Page() if raw.html is None else page_of(raw.html)
    removed: list[Removed] = []
    text = source
    if raw.cleaning:
        cleaned = clean(source, html=raw.html is not None)
        text, removed = cleaned.text, list(cleaned.removed)
    if not text.strip():
        raise NoArticle("no article is left once navigation, advertisements and footers are taken away")
    title = raw.title or page.title or first_line(text)
    published = raw.published or page.published
    analysis = analyse(Document(text, title, published), gazetteer)
    candidates = [*raw.claims, *(RulesExtractor.candidates(analysis) if raw.extracting else ())]
    claims, rejected = ground(candidates, analysis, vocabulary)
    return Extracted(analysis, title, page, claims, rejected, removed, sha256_of(text), sketch_of(text))


def page_of(html: str) -> Page:
    """The page's own metadata (Open Graph, JSON-LD, meta tags), as trafilatura reads them."""
    # imported late: the web process never cleans pages, and lxml is most of what a worker weighs
    from trafilatura import extract_metadata

    found = extract_metadata(html)
    try:
        published = dt.date.fromisoformat(found.date) if found.date else None
    except ValueError:
        published = None
    return Page(
        found.title or None, found.author or None, published, found.sitename or found.hostname or None
    )


def first_line(text: str) -> str:
    """The first line as a title, cut at a word where it is long."""
    line = text.strip().partition("\n")[0].strip()
    return line if len(line) <= 120 else line[:120].rsplit(" ", 1)[0] + " …"


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def sketch_of(text: str) -> list[int]:
    """The smallest hashes of the text's shingles: two texts share about as many of them as they share
    shingles (bottom-k sketch, Cohen and Kaplan 2007). Signed 64-bit, as PostgreSQL's bigint."""
    words = WORD.findall(text.lower())
    hashes = {
        int.from_bytes(
            hashlib.blake2b(" ".join(words[start : start + SHINGLE]).encode(), digest_size=8).digest(),
            signed=True,
        )
        for start in range(max(1, len(words) - SHINGLE + 1))
    }
    return heapq.nsmallest(SKETCH, hashes)


def overlap(one: list[int], other: list[int]) -> float:
    """The share of shingles that two texts have in common (Jaccard), estimated from their sketches."""
    if not one or not other:
        return 0.0
    union = heapq.nsmallest(min(SKETCH, max(len(one), len(other))), set(one) | set(other))
    return len(set(union) & set(one) & set(other)) / len(union)
