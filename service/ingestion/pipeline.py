"""From a raw article to grounded claims: cleaning, analysis, extraction, grounding. Pure; no I/O, no
database.

Everything here can be sent to a worker process and back.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Sequence
from textwrap import shorten
from traceback import format_exception

import msgspec

from service.extraction.analysis import Analysis, analyse
from service.extraction.clean import clean
from service.extraction.gazetteer import Gazetteer
from service.extraction.grounding import GroundedClaim, ground
from service.extraction.language import language_of
from service.extraction.pages import (
    MOST_ATTRIBUTES,
    MOST_ELEMENTS,
    MOST_OF_METADATA,
    crowded_from,
    is_crowded,
)
from service.extraction.protocol import ClaimCandidate, Document, Opinion, Rejected
from service.extraction.published import infer_published
from service.extraction.rules import RulesExtractor
from service.extraction.spacy_extractor import opinion
from service.extraction.text import Removed, beginning
from service.extraction.values import PredicateRule
from service.ingestion.sketches import sketch_of
from service.letters import whole_letters

ENGLISH = ("en", "eng")  # in ISO 639
ENGLISH_ALONE = "Claims are sought in English alone, and the article {}."
CLIENT = "client"  # the extractor's name of claims that came with an article
NO_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# Soft hyphens, zero-width spaces, marks of direction; not what joins letters of Persian or parts of an emoji.
UNSEEN = re.compile(r"[\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
LONGEST_LINE = 200  # code points of a title or of a publisher's name that was read off an article


class Raw(msgspec.Struct, frozen=True):
    """An article as it came. Exactly one of `text` and `html` is set; `published` is the day relative dates
    count from, `received` the day that no inferred date may lie behind; without `cleaning` the text is taken
    as it is. `language` is what the client says it is in; None leaves it to be told apart. `claims` came with
    the article, and `others` are what other extractors found in its cleaned text; both are grounded like what
    `extracting` finds. `warnings` go along to the answer."""

    text: str | None = None
    html: str | None = None
    title: str | None = None
    published: dt.date | None = None
    received: dt.date | None = None
    language: str | None = None
    cleaning: bool = True
    extracting: bool = True
    claims: tuple[ClaimCandidate, ...] = ()
    others: tuple[ClaimCandidate, ...] = ()
    warnings: tuple[str, ...] = ()


class Page(msgspec.Struct, frozen=True):
    """What an HTML page says about itself; None where it says nothing."""

    title: str | None = None
    author: str | None = None
    published: dt.date | None = None
    site: str | None = None


class Extracted(msgspec.Struct, frozen=True):
    """Offsets of everything are code points into `analysis.text`; `removed` lies in the raw text. The
    inferred day is that of an article without a date; the note says what it is read from, or why it is
    None. `language` is the one that the text is plainly in where that is not English."""

    analysis: Analysis
    title: str
    page: Page
    inferred_day: dt.date | None
    inferred_note: str | None
    claims: list[GroundedClaim]
    rejected: list[Rejected]
    removed: list[Removed]
    sha256: str
    sketch: list[int]
    language: str | None = None
    warnings: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()  # of the rules, for the log: where each happened


class NoArticle(ValueError):
    """Nothing is left of what came: it held no article."""


def process(
    raw: Raw, gazetteer: Gazetteer, vocabulary: dict[str, PredicateRule], spacy_model: str | None = None
) -> Extracted:
    """The whole chain over one article; NoArticle when cleaning leaves nothing."""
    page = Page() if raw.html is None else page_of(raw.html)
    text, removed = cleaned(raw)
    title = tidy(raw.title or "") or page.title or first_line(text)
    day, note = (None, None) if raw.published else infer_day(beginning(text), page, raw.received)
    # claims that came along may quote from anywhere
    entirely = bool(raw.claims)
    analysis = analyse(Document(text, title, raw.published or day), gazetteer, entirely)
    failed: dict[int, Exception] = {}
    language = language_of(analysis.tokens)
    extracting = raw.extracting and (raw.language or language or "en") in ENGLISH
    own = RulesExtractor.candidates(analysis, failed) if extracting else []
    claims, rejected = ground([*raw.claims, *own], analysis, vocabulary)
    parsed = Opinion() if spacy_model is None or not extracting else opinion(spacy_model, analysis)
    others = (*raw.others, *parsed.candidates)
    claims, refused = ground_others(others, claims, analysis, vocabulary)
    notes = [
        in_another_language(raw, language),
        parsed.warning,
        not_sought(raw),
        left_unread(analysis),
        passed_over(analysis, failed),
    ]
    return Extracted(
        analysis=analysis,
        title=title,
        page=page,
        inferred_day=day,
        inferred_note=note,
        claims=claims,
        rejected=[*rejected, *refused],
        removed=removed,
        sha256=sha256_of(text),
        sketch=sketch_of(text),
        language=language,
        warnings=(*raw.warnings, *filter(None, notes)),
        faults=tuple("".join(format_exception(error)) for error in failed.values()),
    )


def in_another_language(raw: Raw, language: str | None) -> str | None:
    """The warning that no claims were sought for the language of the article, or that it reads as another
    than it was declared to be in."""
    if raw.language is None:
        return language and ENGLISH_ALONE.format(
            f"is in another language ({language}, inferred from its words)"
        )
    if not raw.extracting:
        return None
    if raw.language not in ENGLISH:
        return ENGLISH_ALONE.format(f"is in another language ({raw.language})")
    return language and ENGLISH_ALONE.format(
        f"reads as if it were in another language ({language}) than was declared ({raw.language})"
    )


def left_unread(analysis: Analysis) -> str | None:
    """The warning that an article was not read to its end."""
    if analysis.unread_from is None:
        return None
    return (
        f"From character {analysis.unread_from:,} on not all was read: the text is longer than an article, "
        "or holds more numbers and dates than prose does."
    )


def passed_over(analysis: Analysis, failed: dict[int, Exception]) -> str | None:
    """The warning that the rules failed on some sentences."""
    if not failed:
        return None
    first, error = next(iter(failed.items()))
    span = analysis.sentences[first]
    quote = shorten(analysis.text[span.start : span.end], 80, placeholder=" …")
    how_many = "One sentence was" if len(failed) == 1 else f"{len(failed)} sentences were"
    return f"{how_many} not read, by a fault of the rules ({type(error).__name__} in “{quote}”)."


def not_sought(raw: Raw) -> str | None:
    """The warning that a page was taken as it stands."""
    if raw.html is None or not raw.cleaning or not is_crowded(raw.html):
        return None
    return (
        f"The page has more than {MOST_ELEMENTS:,} elements, many times those of an article, or "
        f"{MOST_ATTRIBUTES:,} attributes in one: all that it shows was taken line by line, but for lines of "
        "links, and only its beginning was read for title, author and date."
    )


def cleaned(raw: Raw) -> tuple[str, list[Removed]]:
    """The article alone, and what was taken out; NoArticle when nothing is left."""
    text, removed = (raw.html if raw.html is not None else raw.text) or "", list[Removed]()
    if raw.cleaning:
        found = clean(text, html=raw.html is not None)
        text, removed = found.text, list(found.removed)
    if not text.strip() or (raw.cleaning and raw.html is not None and only_labels(text)):
        raise NoArticle("no article is left once navigation, advertisements and footers are taken away")
    return text, removed


def ground_others(
    others: Iterable[ClaimCandidate],
    claims: Sequence[GroundedClaim],
    analysis: Analysis,
    vocabulary: dict[str, PredicateRule],
) -> tuple[list[GroundedClaim], list[Rejected]]:
    """The claims together with what other extractors add to them. What says the same as one that is there is
    rejected as a duplicate: the rules are the same tomorrow, a model may not be."""
    kept, rejected = list(claims), list[Rejected]()
    for candidate in others:
        found, refused = ground([candidate], analysis, vocabulary)
        rejected += refused
        for claim in found:
            same = next((one for one in kept if says_the_same(one, claim)), None)
            if same is None:
                kept.append(claim)
            else:
                detail = f"{same.extractor} made the same claim of {same.quote!r}"
                rejected.append(Rejected(candidate, "duplicate", detail))
    return kept, rejected


def says_the_same(one: GroundedClaim, other: GroundedClaim) -> bool:
    """Of the same predicate, with the same figure; without one, in overlapping words about the same."""
    if one.predicate != other.predicate or (one.value is None) != (other.value is None):
        return False
    if one.value is not None and other.value is not None:
        return one.value.start < other.value.end and other.value.start < one.value.end
    shared = min(one.end, other.end) - max(one.start, other.start)
    return 2 * shared >= min(one.end - one.start, other.end - other.start) and all(
        mine is None or theirs is None or mine.name == theirs.name
        for mine, theirs in (
            (one.subject, other.subject),
            (one.object, other.object),
            (one.complement, other.complement),
        )
    )


def only_labels(text: str) -> bool:
    """Whether no line of what is left of a page is as long as a sentence: the words of links, not an article.
    Counted in characters too, as not every script puts spaces between words."""
    return all(len(line) < 40 and len(line.split()) < 5 for line in text.splitlines())


def infer_day(text: str, page: Page, received: dt.date | None) -> tuple[dt.date | None, str]:
    """The day an undated article was published: what its page says, else what its wording tells."""
    if page.published is not None and (received is None or page.published <= received):
        return page.published, "the page's own metadata"
    return infer_published(text, not_after=received)


def page_of(html: str) -> Page:
    """The page's own metadata (Open Graph, JSON-LD, meta tags), as trafilatura reads them.

    Its search of all words for something like a date is left out: that is a guess, wrong in a third of the
    cases, and takes 0.03 seconds for each short text with a number in it.
    """
    # imported late: the web process never cleans pages, and lxml is most of what a worker weighs
    from trafilatura import extract_metadata

    found = extract_metadata(html[: crowded_from(html, MOST_OF_METADATA)], extensive=False)
    try:
        published = dt.date.fromisoformat(found.date) if found.date else None
    except ValueError:
        published = None
    title, author = tidy(found.title or ""), tidy(found.author or "")
    return Page(
        title or None, author or None, published, tidy(found.sitename or found.hostname or "") or None
    )


def tidy(words: str) -> str:
    """Words on one line, without what is no text or cannot be seen, cut at a word where they are long: they
    become titles and names."""
    line = whole_letters(" ".join(NO_TEXT.sub(" ", UNSEEN.sub("", words)).split()))
    return line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE].rsplit(" ", 1)[0] + " …"


def first_line(text: str) -> str:
    """The first line, as a title."""
    return tidy(text.strip().partition("\n")[0]) or "Untitled"


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
