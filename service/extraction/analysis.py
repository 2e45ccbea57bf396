"""All steps over one text, run once: what the extractors and grounding look things up in."""

import re
from bisect import bisect_right
from datetime import date
from decimal import Decimal

import msgspec

from service.extraction.attribution import Attribution, attributions
from service.extraction.dates import dates
from service.extraction.gazetteer import Gazetteer
from service.extraction.names import Mention, mentions
from service.extraction.numbers import numbers
from service.extraction.protocol import Document
from service.extraction.sentences import sentences
from service.extraction.text import DateExpression, Quantity, Sentence
from service.extraction.tokens import Token, tokenize


class Analysis(msgspec.Struct, frozen=True):
    """Spans are code points into `text`; `tokens` has one list for each sentence."""

    text: str
    title: str | None
    published: date | None
    sentences: list[Sentence]
    tokens: list[list[Token]]
    quantities: list[Quantity]
    dates: list[DateExpression]
    mentions: list[Mention]
    attributions: list[Attribution]
    starts: list[int]
    countries: frozenset[str] = frozenset()
    governments: dict[str, str] = {}
    capitals: dict[str, str] = {}

    def sentence_at(self, offset: int) -> int:
        """The index of the sentence that holds an offset (of the last one that starts before it)."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def quantities_in(self, index: int) -> list[Quantity]:
        sentence = self.sentences[index]
        return [quantity for quantity in self.quantities if sentence.start <= quantity.start < sentence.end]

    def dates_in(self, index: int) -> list[DateExpression]:
        sentence = self.sentences[index]
        return [expression for expression in self.dates if sentence.start <= expression.start < sentence.end]

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        return [mention for mention in self.mentions if start <= mention.start and mention.end <= end]


def analyse(document: Document, gazetteer: Gazetteer) -> Analysis:
    """Runs the chain on one cleaned text."""
    text = document.text
    split = sentences(text)
    tokens = [tokenize(text, sentence.start, sentence.end) for sentence in split]
    placed = dates(text, document.published, split)
    found = mentions(text, tokens, gazetteer)
    return Analysis(
        text, document.title, document.published, split, tokens, _quantities(text, placed), placed, found,
        attributions(text, tokens, found), [sentence.start for sentence in split],
    )  # fmt: skip


_DURATION = re.compile(r"P(\d+)([DWMY])")
_UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}


def _quantities(text: str, placed: list[DateExpression]) -> list[Quantity]:
    """The text's numbers, and durations that hold none ("within a week")."""
    found = numbers(text, placed)
    starts = {quantity.start for quantity in found}
    for expression in placed:
        match = _DURATION.fullmatch(expression.value or "")
        if expression.kind != "duration" or match is None or expression.surface[:2].lower() not in ("a ", "an"):
            continue
        if expression.start not in starts:
            amount = Decimal(match[1])
            found.append(
                Quantity(
                    expression.start, expression.end, expression.surface, amount, amount, amount, "exact", "duration",
                    _UNITS[match[2]], expression.start, expression.end,
                )  # fmt: skip
            )
    return sorted(found, key=lambda quantity: quantity.start)
