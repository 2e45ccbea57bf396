"""All steps over one text, run once: what the extractors and grounding look things up in."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import msgspec

from service.extraction.attribution import Attribution, attributions
from service.extraction.dates import dates
from service.extraction.gazetteer import Gazetteer
from service.extraction.names import Mention, mentions
from service.extraction.numbers import numbers
from service.extraction.protocol import Document
from service.extraction.sentences import sentences
from service.extraction.text import (
    MOST_SENTENCES,
    MOST_TOKENS,
    DateExpression,
    Quantity,
    Sentence,
    Span,
    beginning,
    fold,
)
from service.extraction.tokens import Tokens, tokenize


class Order(msgspec.Struct, frozen=True):
    """Where things stand: what begins in each sentence (by its index), where sentences and mentions begin."""

    quantities: list[list[Quantity]] = []
    dates: list[list[DateExpression]] = []
    attributions: list[list[Attribution]] = []
    sentence_starts: list[int] = []
    mention_starts: list[int] = []


class Analysis(msgspec.Struct, frozen=True):
    """Spans are code points into `text`; `tokens` has one list for each sentence. `folded` is `text` with
    plain quotes, of equal length.

    `unread_from` is the offset behind which nothing was read, as the text is longer than any article, or no
    numbers and dates, as it holds more of them than prose does (see `reading_limits`); None when everything
    was read.

    `countries`, `governments` (country → slug of its government) and `capitals` (city → country) are the
    gazetteer's; `places` has the first mention of each place by its words.
    """

    text: str
    folded: str
    title: str | None
    published: date | None
    sentences: list[Sentence]
    tokens: list[Tokens]
    quantities: list[Quantity]
    dates: list[DateExpression]
    mentions: list[Mention]
    attributions: list[Attribution]
    countries: set[str]
    governments: dict[str, str]
    capitals: dict[str, str]
    places: dict[str, Mention]
    order: Order
    unread_from: int | None = None
    # What the figures of a sentence count, by its index; read once, for the claim and for its grounding.
    figures: dict[int, Any] = msgspec.field(default_factory=dict)

    def sentence_at(self, offset: int) -> int:
        """The index of the sentence that holds an offset (of the last one that starts before it)."""
        before = bisect_right(self.order.sentence_starts, offset)
        return before - 1 if before else 0

    def quantities_in(self, index: int) -> list[Quantity]:
        return self.order.quantities[index]

    def dates_in(self, index: int) -> list[DateExpression]:
        return self.order.dates[index]

    def attributions_in(self, index: int) -> list[Attribution]:
        return self.order.attributions[index]

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        starts = self.order.mention_starts
        first = bisect_left(starts, start)
        last = bisect_left(starts, end, first)
        return (
            [mention for mention in self.mentions[first:last] if mention.end <= end] if first < last else []
        )


AnySpan = TypeVar("AnySpan", bound=Span)


def _by_sentence(spans: list[AnySpan], sentences: list[Sentence], starts: list[int]) -> list[list[AnySpan]]:
    found: list[list[AnySpan]] = [[] for _ in sentences]
    for span in spans:
        index = bisect_right(starts, span.start) - 1
        if index >= 0 and span.start < sentences[index].end:
            found[index].append(span)
    return found


def _order(
    sentences: list[Sentence],
    quantities: list[Quantity],
    placed: list[DateExpression],
    mentions: list[Mention],
    attributed: list[Attribution],
) -> Order:
    attributions: list[list[Attribution]] = [[] for _ in sentences]
    for item in attributed:
        attributions[item.sentence].append(item)
    starts = [sentence.start for sentence in sentences]
    return Order(
        _by_sentence(quantities, sentences, starts),
        _by_sentence(placed, sentences, starts),
        attributions,
        starts,
        [mention.start for mention in mentions],
    )


def analyse(document: Document, gazetteer: Gazetteer, entirely: bool = False) -> Analysis:
    """Runs the chain on one cleaned text: on its beginning where it is longer than any article, unless it is
    to be read `entirely`."""
    whole = document.text
    text = whole if entirely else beginning(whole)
    unread = [len(text)] if len(text) < len(whole) else []
    most = None if entirely else MOST_SENTENCES
    split = list(_bounded(text, sentences(text, most)))
    tokens: list[Tokens] = []
    left = MOST_TOKENS
    for sentence in split:
        tokens.append(tokenize(text, sentence.start, sentence.end))
        left -= len(tokens[-1])
        if left < 0 and not entirely:
            break
    del split[len(tokens) :]
    stopped = not entirely and (left < 0 or len(split) >= MOST_SENTENCES)
    if stopped and text[split[-1].end :].strip():
        text = text[: split[-1].end]
        unread.append(len(text))
    placed = dates(text, document.published, split, unread, tokens)
    found = mentions(text, tokens, gazetteer)
    quantities = _quantities(text, placed, unread, tokens)
    attributed = attributions(text, tokens, found)
    return Analysis(
        text=whole,
        folded=fold(whole),
        title=document.title,
        published=document.published,
        sentences=split,
        tokens=tokens,
        quantities=quantities,
        dates=placed,
        mentions=found,
        attributions=attributed,
        countries=gazetteer.countries,
        governments=gazetteer.governments,
        capitals=gazetteer.capitals,
        places={mention.surface: mention for mention in reversed(found) if mention.kind == "place"},
        order=_order(split, quantities, placed, found, attributed),
        unread_from=min(unread, default=None),
    )


# Of 3,930 sentences of news the longest has 372 characters. What is longer than this (a table, a list without
# points, an attack) is read in pieces, so that the grammars, which look at pairs of words within a sentence,
# stay linear in the text.
LONGEST_SENTENCE = 600


def _bounded(text: str, sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    for sentence in sentences:
        start, end = sentence.start, sentence.end
        if end - start <= LONGEST_SENTENCE:
            yield sentence
            continue
        while end - start > LONGEST_SENTENCE:
            blank = text.rfind(" ", start, start + LONGEST_SENTENCE)
            cut = blank if blank > start else start + LONGEST_SENTENCE
            yield Sentence(start, cut, text[start:cut], sentence.paragraph)
            start = cut
            while start < end and text[start].isspace():
                start += 1
        if start < end:
            yield Sentence(start, end, text[start:end], sentence.paragraph)


_DURATION = re.compile(r"P(\d+)([DWMY])")
_UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}


def _quantities(
    text: str, placed: list[DateExpression], unread: list[int], tokens: list[Tokens]
) -> list[Quantity]:
    """The text's numbers, and durations that hold none ("within a week")."""
    found = numbers(text, placed, unread, tokens)
    starts = {quantity.start for quantity in found}
    for expression in placed:
        match = _DURATION.fullmatch(expression.value or "")
        if (
            expression.kind != "duration"
            or match is None
            or expression.surface[:2].lower() not in ("a ", "an")
        ):
            continue
        if expression.start not in starts:
            amount = Decimal(match[1])
            within = text[max(0, expression.start - 7) : expression.start].lower() == "within "
            found.append(
                Quantity(
                    start=expression.start,
                    end=expression.end,
                    surface=expression.surface,
                    amount=amount,
                    lower=None if within else amount,
                    upper=amount,
                    qualifier="at_most" if within else "exact",
                    kind="duration",
                    unit=_UNITS[match[2]],
                    number_start=expression.start,
                    number_end=expression.end,
                )
            )
    return sorted(found, key=lambda quantity: quantity.start)
