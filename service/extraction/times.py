"""When it was what a claim tells: which of a sentence's dates is of it, if any."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from service.extraction.analysis import Analysis
from service.extraction.attribution import Attribution
from service.extraction.phrases import is_past
from service.extraction.text import DateExpression
from service.extraction.tokens import Token, Tokens, group

_RELATIVE = group("who which whom whose that".split())


def _in_relative_clause(tokens: Tokens, first: int, offset: int) -> bool:
    """Whether a date after a figure tells of something else: "joining protests that began on the 2nd"."""
    if not tokens.groups & _RELATIVE:
        return False
    for position in range(first, len(tokens)):
        token = tokens[position]
        if token.start >= offset:
            return False
        if token.tag == "rel" and (token.lower != "that" or tokens[position - 1].tag == "word"):
            if tokens[position - 1].lower in _QUAKES:
                return False  # "a magnitude 7.9 temblor that struck in May 2008"
            return not any(later.text == "," for later in tokens[position:] if later.start < offset)
    return False


_QUAKES = frozenset("quake earthquake temblor tremor".split())
_RECORD = re.compile(
    r"(?<!\bat )\b(?!arrest|protest|forest|request|interest|harvest|contest|priest|north|south|conquest)"
    r"(?:first|only|most|least|[a-z]{3,}est|worst|best)\b[^;]*\bsince\b",
    re.IGNORECASE,
)


_AGAINST = re.compile(r", (?:against|compared|(?:down|up) from)\b")  # "12 people, against 40 in 2016"
# "2.1 percent, more than in 2003", "to 2.1 percent from 1.8 in 2003"
_COMPARED = re.compile(
    r"\b(?:(?:than|compared (?:with|to))(?: [^,;]{0,40})?"
    r"|(?:from|against|versus) [^,;]{0,20}\d[^,;]{0,30}) \Z"
)
_THAN = ("compared to ", "compared with ", "than in ", "than on ")
_EARLIER = re.compile(r"(?:earlier|before|ago|previous|last|prior)\b")
_LATER = re.compile(r"\b(?:hour|day|week|fortnight|month|year)s? (?:after|before)\b")
_AND = ("and ", "and on ", "and in ", "and by ", "and at ")
_NEXT_DAY = re.compile(r"\band (?:on |in |by |at )?\Z")  # "and on Saturday …": a clause of its own
_BE = re.compile(r" (?:(?:has|have|had|was|were|is|are|been|also) )*")
_SINCE = group(("since",))
_STILL_TO_BE = re.compile(r", to be |, due (?:in|by|on)\b")  # "ordered 40 jets, to be delivered by 2030"


def _is_apart(between: str, behind: bool) -> bool:
    """Whether a date stands in another clause than what happened, before or `behind` it."""
    if ";" in between or " while " in between or " but " in between.replace(" but for ", ""):
        return True
    return behind and between.endswith(_AND) and _NEXT_DAY.search(between) is not None


def time_of(
    analysis: Analysis, index: int, first: int, last: int, kind: str | None = None
) -> DateExpression | None:
    """The date expression of the clause: the nearest to the trigger, durations left out.

    What happened (`kind` "event") is not dated by the day it was reported: "said on Tuesday that …" dates the
    saying. A figure is: it holds on the day it is given. "The deadliest since 1991" dates neither.
    """
    dates = analysis.dates_in(index)
    if not dates:
        return None
    whole = analysis.tokens[index]
    tokens = whole.plain
    start, end = tokens[first].start, tokens[last - 1].end
    said = analysis.attributions_in(index)
    dated_since = whole.groups & _SINCE
    inside = [
        item
        for item in said
        if item.content is not None and item.content.start <= start and end <= item.content.end
    ] if kind == "event" else []  # fmt: skip
    best: tuple[int, DateExpression] | None = None
    for expression in dates:
        if expression.kind not in ("date", "time") or (
            expression.start_date is None and expression.end_date is None
        ):
            continue
        if any(_dates_saying(analysis.text, item, expression) for item in inside):
            continue
        distance = max(expression.start - end, start - expression.end, 0)
        between = analysis.text[min(expression.end, end) : max(expression.start, start)]
        if kind == "event" and analysis.text.endswith(("until ", "till "), start, expression.start):
            continue  # "agreed to put off the vote until March": when it ends
        if kind == "office" and "," in between:
            continue  # "Ana Costa, the mayor, struck a sharper tone on Friday"
        if kind in ("relation", "office") and any(end <= item.cue.start < expression.start for item in said):
            continue  # "Mayor Ana Costa said that 12 died on Friday"
        behind, ahead = expression.start >= end, expression.end <= start
        if dated_since and _is_of_record(analysis, tokens, (start, end), expression):
            continue
        if behind and _in_relative_clause(whole, last, expression.start):
            continue
        if _is_elsewhere(analysis, whole, (first, last), expression):
            continue
        than = analysis.text.endswith(_THAN, 0, expression.start)
        if than and not analysis.text.startswith(", when", expression.end):
            continue
        against = _is_compared(analysis.text, expression) or (behind and _COMPARED.search(between))
        if kind is None and against:
            continue
        if behind and "," in between:
            told_later = any(end <= item.cue.start < expression.start for item in said)
            if _AGAINST.search(between) or (told_later and _in_aside(tokens, first)):
                continue  # "12, against 40 in 2016", "the group, which blamed Oslo, said on Friday"
            if _STILL_TO_BE.search(between):
                distance += 100
        if ahead:
            if _LATER.search(between):
                continue  # "on Saturday, two days after a fire": dates neither
            opens = expression.start - tokens[0].start < 12
            told = not opens and not between.startswith((", when ", " when "))
            if told and between.count(",") > 1 and _BE.fullmatch(between.rpartition(",")[2]):
                continue  # "The suspect of the raid in April, named as Costa, was charged"
            if "," in between and not opens:
                distance += 40  # "37 this year, against 52 in 2016", but "On Friday, 52"
            if between.startswith(" and "):
                distance += 60  # "took power in 2017 and won an election in 2018"
        if _is_apart(between, behind):
            distance += 200
        if expression.kind == "time":
            distance += 30  # "around 6.30 a.m. on Tuesday": the day
        if best is None or distance < best[0]:
            best = (distance, expression)
    return best[1] if best is not None and best[0] < 240 else None


def _is_compared(text: str, expression: DateExpression) -> bool:
    """ "up 31 percent from a year earlier", "5 percent more on the previous quarter"."""
    at = expression.start
    return (
        expression.precision in ("month", "year")
        and text.endswith((" from ", " on "), 0, at)
        and _EARLIER.search(expression.surface) is not None
    )


def _dates_saying(text: str, item: Attribution, expression: DateExpression) -> bool:
    """ "C, X said on Tuesday, C": a day outside what is said, or right behind its cue."""
    assert item.content is not None  # the caller has checked
    if not item.content.start <= expression.start < item.content.end:
        return True
    follows = item.cue.end <= expression.start
    if follows and item.content.start < item.cue.end:
        return "," not in text[item.cue.end : expression.start]
    # "said in May that", "said last week it would"
    led_in = follows and text[item.cue.end : expression.start] in (" ", " in ", " on ", " late ", " early ")
    return led_in and _CLAUSE.match(text, expression.end) is not None


_CLAUSE = re.compile(r" (?:that|he|she|it|they|there|the|his|her|its|their|a|an|more|some|at|about) ")


def _is_of_record(
    analysis: Analysis, tokens: Sequence[Token], trigger: tuple[int, int], expression: DateExpression
) -> bool:
    """ "the worst crash since 1991", "the fire, the worst since 1991,": no day of what happened."""
    start, end = trigger
    if expression.end <= start:
        opens = max(tokens[0].start, expression.start - 40)
        return _RECORD.search(analysis.text, opens, expression.start) is not None
    record = _RECORD.search(analysis.text, max(tokens[0].start, start - 40), expression.end)
    return record is not None and record.end() > end


def _is_elsewhere(
    analysis: Analysis, whole: Tokens, trigger: tuple[int, int], expression: DateExpression
) -> bool:
    """Whether a date is said of something else by the words right around it."""
    tokens, lowers = whole.plain, whole.lowers
    first, last = trigger
    begins = bisect_left(tokens, expression.start, key=_start)
    stop = bisect_left(tokens, expression.end, key=_start)
    if not 0 < begins < stop < len(tokens):
        return False
    named = tokens[begins - 1].tag == "cap" and expression.surface.isdigit()  # "a Costa 2028 hat"
    if (tokens[begins - 1].tag == "det" or named) and tokens[stop].tag in ("word", "cap"):
        beside = stop <= first < stop + 4 or first <= begins < last
        return not beside and not _tells_of(tokens, stop, first)  # "the 14 May elections"
    comma = begins - 1
    while comma and lowers[comma] not in (",", ";"):
        comma -= 1
    if not comma or lowers[comma] != ",":
        return False
    opens = tokens[comma + 1]
    if stop <= first and "," in lowers[stop:first]:
        # "Costa, who arrived on Tuesday, said", "Costa, arrested in 1994, denied it"
        return opens.lower == "who" or (is_past(opens) and _ends_person(analysis, tokens[comma - 1].end))
    governs = tokens[begins - 1 - (tokens[begins - 1].tag == "prep")]
    # "clashes, shattering a truce brokered last year"
    return last <= comma and opens.lower.endswith("ing") and governs is not opens and is_past(governs)


def _tells_of(tokens: Sequence[Token], noun: int, trigger: int) -> bool:
    """ "the 13 May terrorist attacks in Lima, which killed 12": a relative clause tells of the noun behind
    the date, and what it tells was on that day."""
    for position in range(noun + 1, min(trigger, noun + 9)):
        if tokens[position].tag == "rel":
            return trigger - position < 4
        if tokens[position].text != "," and (
            tokens[position].tag not in ("word", "cap", "prep", "det") or is_past(tokens[position])
        ):
            return False
    return False


_start = attrgetter("start")


def _ends_person(analysis: Analysis, end: int) -> bool:
    return any(m.kind == "person" and m.end == end for m in analysis.mentions_in(max(0, end - 40), end))


def _in_aside(tokens: Sequence[Token], position: int) -> bool:
    """Whether a relative clause between commas holds a token: "The group, which blamed Oslo, said"."""
    for back in range(position - 1, 0, -1):
        if tokens[back].text == ",":
            return False
        if tokens[back].tag == "rel":
            return tokens[back - 1].text == ","
    return False
