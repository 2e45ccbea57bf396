"""Expressions of time, placed on the calendar against the article's date.

Direction ("on Thursday": which one?) comes from the tense of the governing verb; a day without its year
takes the nearest year that fits. Whatever is not in the words themselves is in `flags`.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from service.extraction.date_grammar import AT_DIGIT, AT_WORD, HEDGE_BEFORE, START, goes_on
from service.extraction.date_readings import CALENDAR_READERS, Context, Reading
from service.extraction.relative_readings import RELATIVE_READERS
from service.extraction.sentences import sentences as split_sentences
from service.extraction.text import DateExpression, Sentence, reading_limits
from service.extraction.tokens import Tokens, sought, tokenize
from service.extraction.words import looking

SINCE = re.compile(
    r"(?<!\w)(since|until|till|by|before|after)\s(?:the\s|late\s|early\s|on\s)?\Z", re.IGNORECASE
)
BOUNDARY = re.compile(r"(?<!\w)(?:from|since|until|till)\s\Z", re.IGNORECASE)
# What these patterns end with; most dates stand behind none of it.
_BEFORE_DATES = ("since", "until", "till", "by", "before", "after", "the", "late", "early", "on")
_BOUNDARIES = ("from", "since", "until", "till")


READERS = {**CALENDAR_READERS, **RELATIVE_READERS}
_starts = sought(looking(START, AT_WORD, goes_on))


def dates(
    text: str,
    published: date | datetime | None,
    sentences: Sequence[Sentence] | None = None,
    unread: list[int] | None = None,
    tokens: Sequence[Tokens] | None = None,
) -> list[DateExpression]:
    """Expressions in order, disjoint. `sentences` are those of `text`, `tokens` the same as tokens; what is
    left out is found here.

    Without `published` what depends on it has no value and the flag "unplaced". A date that stands alone
    near the top of the text and is at most a week from `published` is the dateline: relative words count
    from it. Where the reading limits cut a text off, the offset is added to `unread`.
    """
    reference = published.date() if isinstance(published, datetime) else published
    found_sentences = split_sentences(text) if sentences is None else sentences
    context = Context(text, reference, found_sentences, [s.start for s in found_sentences])
    found: list[DateExpression] = []
    attempts, most = reading_limits(text)
    position = 0
    for start, word in _starts([tokenize(text)] if tokens is None else tokens):
        if start < position:
            continue
        attempts -= 1
        if attempts < 0 or len(found) >= most:
            if unread is not None:
                unread.append(start)
            break
        match = AT_WORD.get(word, AT_DIGIT).match(text, start)
        if match is None or match.lastgroup is None:
            continue
        reading = READERS[match.lastgroup](match, context)
        if reading is None:
            continue
        position = match.end()
        expression = _expression(match, reading, context)
        found.append(expression)
        _remember(expression, reading, context)
    return found


def _expression(match: re.Match[str], reading: Reading, context: Context) -> DateExpression:
    start, end = match.span()
    before = context.before(match)
    flags = list(reading.flags)
    open_start = reading.open_start
    if reading.hedged and (hedge := HEDGE_BEFORE.search(before)):
        start -= len(before) - hedge.start()
        flags.append("approximate")
        open_start = open_start and hedge.group().lower().startswith(
            ("more", "over", "at least", "well", "just")
        )
    else:
        open_start = False
    if reading.kind == "date" and _ends_with(before, _BEFORE_DATES) and (since := SINCE.search(before)):
        flags.append(since.group(1).lower().replace("till", "until"))
    period = reading.period
    if period is None:
        if reading.kind == "date" and reading.value is None:
            flags.append("unplaced")
        return DateExpression(
            start,
            end,
            context.text[start:end],
            reading.value,
            None,
            None,
            None,
            reading.direction,
            reading.kind,
            tuple(flags),
        )
    direction = reading.direction
    if context.published is not None:
        if period.end < context.published:
            direction = "past"
        elif period.start > context.published:
            direction = "future"
        else:
            direction = direction or "present"
    return DateExpression(
        start,
        end,
        context.text[start:end],
        reading.value or period.value,
        period.precision,
        None if open_start else period.start,
        period.end,
        direction,
        reading.kind,
        tuple(dict.fromkeys(flags)) if len(flags) > 1 else tuple(flags),
    )


def _ends_with(before: str, words: tuple[str, ...]) -> bool:
    return before.rstrip().lower().endswith(words)


def _remember(expression: DateExpression, reading: Reading, context: Context) -> None:
    if expression.kind == "date" and expression.start_date is not None and "anaphoric" not in reading.flags:
        context.named = expression.start, expression.start_date
    if reading.period is None or expression.kind != "date" or expression.precision != "day":
        return
    if expression.start_date != expression.end_date or expression.start_date is None:
        return
    # Where a stretch of time begins or ends is not the day the story goes on with.
    before = context.text[max(0, expression.start - 12) : expression.start]
    if not (_ends_with(before, _BOUNDARIES) and BOUNDARY.search(before)):
        context.anchor = expression.start_date
    # A dateline: the day the text itself says it was written, alone on one of its first lines.
    if expression.start < 400 and not expression.flags and context.published is not None:
        text = context.text
        line_start = text.rfind("\n", 0, expression.start) + 1
        line_end = text.find("\n", expression.end)
        line = text[line_start : line_end if line_end >= 0 else len(text)].strip()
        near = abs((expression.start_date - context.published).days) <= 7
        if near and len(line) - len(expression.surface) <= 2:
            context.published = expression.start_date


def masks(expressions: Iterable[DateExpression]) -> list[tuple[int, int]]:
    """Spans that hold no quantity. Lengths of time ("ten days") stay open to the quantity grammar."""
    return [(e.start, e.end) for e in expressions if e.kind != "duration"]
