"""What every claim of a text has: its quote, its time, its speakers and how far it is asserted."""

import re

import msgspec

from service.extraction import modality, places
from service.extraction.analysis import Analysis
from service.extraction.attribution import Attribution
from service.extraction.names import Mention
from service.extraction.phrases import Clauses
from service.extraction.protocol import CandidateSource, Modality
from service.extraction.text import DateExpression
from service.extraction.tokens import Tokens, group
from service.extraction.withdrawn import TakenBack, taken_back

NAME = "rules"
VERSION = "1"


class Context(msgspec.Struct):
    """What all claims of one text share. `named` are the sentences in which a mention begins that is no part
    of another."""

    analysis: Analysis
    main: Mention | None
    retracted: dict[int, TakenBack]
    by_start: dict[int, Mention]
    by_end: dict[int, Mention]
    named: set[int]


def context_of(analysis: Analysis) -> Context:
    mentions = [mention for mention in analysis.mentions if "nested" not in mention.flags]
    by_start = {mention.start: mention for mention in mentions}
    return Context(
        analysis, places.main_place(analysis), taken_back(analysis),
        by_start, {mention.end: mention for mention in mentions},
        set(map(analysis.sentence_at, by_start)),
    )  # fmt: skip


def clauses_of(context: Context, index: int) -> Clauses:
    analysis = context.analysis
    clauses = Clauses(analysis.text, index, analysis.tokens[index], context.by_start, context.by_end)
    if index not in context.named:
        clauses.named = []
    return clauses


def quote_span(analysis: Analysis, index: int, first: int, last: int) -> tuple[int, int]:
    """The clause that holds tokens[first:last]: the sentence, cut at semicolons, dashes and contrasting
    conjunctions."""
    tokens = analysis.tokens[index]
    start, end = 0, len(tokens)
    if not tokens.words.isdisjoint(_CUTTING):
        before = (p for p in range(first - 1, -1, -1) if tokens[p].lower in _CUTTING)
        start = next((p + 1 for p in before if p or tokens[p].tag == "punct"), 0)
        behind = (p for p in range(last, len(tokens)) if tokens[p].lower in _CUTTING)
        end = next((p for p in behind if tokens[p + 1 : p + 2] and tokens[p + 1].lower != "for"), end)
    while start < first and tokens[start].text in (",", '"', "”", ")", "-"):
        start += 1
    while end > last and tokens[end - 1].text in (",", "“", "(", "-"):
        end -= 1
    return tokens[start].start, tokens[end - 1].end


_CUTTING = frozenset((";", "–", "—", "while", "but", "whereas"))


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
_LATER = re.compile(r"\b(?:hour|day|week|fortnight|month|year)s? (?:after|before)\b")
_AND = ("and ", "and on ", "and in ", "and by ", "and at ")
_NEXT_DAY = re.compile(r"\band (?:on |in |by |at )?\Z")  # "and on Saturday …": a clause of its own
_SINCE, _WHO = group(("since",)), group(("who",))
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
    tokens = analysis.tokens[index]
    start, end = tokens[first].start, tokens[last - 1].end
    said = analysis.attributions_in(index)
    dated_since = tokens.groups & _SINCE
    inside = [
        item.content
        for item in said
        if item.content is not None and item.content.start <= start and end <= item.content.end
    ] if kind == "event" else []  # fmt: skip
    best: tuple[int, DateExpression] | None = None
    for expression in dates:
        if expression.kind not in ("date", "time") or (
            expression.start_date is None and expression.end_date is None
        ):
            continue
        if any(not span.start <= expression.start < span.end for span in inside):
            continue
        if kind == "relation" and any(end <= item.cue.start < expression.start for item in said):
            continue  # "Ana Costa, the mayor, said that 12 died on Friday"
        distance = max(expression.start - end, start - expression.end, 0)
        between = analysis.text[min(expression.end, end) : max(expression.start, start)]
        behind, ahead = expression.start >= end, expression.end <= start
        if dated_since and _is_of_record(analysis, tokens, (start, end), expression):
            continue
        if behind and _in_relative_clause(tokens, last, expression.start):
            continue
        if behind and "," in between:
            if _AGAINST.search(between):
                continue
            if _STILL_TO_BE.search(between):
                distance += 100
        if ahead:
            if "," in between and _is_of_person(tokens, expression.start):
                continue  # "Costa, who arrived on Tuesday, said"
            if _LATER.search(between):
                continue  # "on Saturday, two days after a fire": dates neither
            opens = expression.start - tokens[0].start < 12
            if "," in between and not opens:
                distance += 40  # "37 this year, against 52 in 2016", but "On Friday, 52"
            if between.startswith(" and "):
                distance += 60  # "took power in 2017 and won an election in 2018"
        if _is_apart(between, behind):
            distance += 200
        if best is None or distance < best[0]:
            best = (distance, expression)
    return best[1] if best is not None and best[0] < 240 else None


def _is_of_record(
    analysis: Analysis, tokens: Tokens, trigger: tuple[int, int], expression: DateExpression
) -> bool:
    """ "the worst crash since 1991", "the fire, the worst since 1991,": no day of what happened."""
    start, end = trigger
    if expression.end <= start:
        opens = max(tokens[0].start, expression.start - 40)
        return _RECORD.search(analysis.text, opens, expression.start) is not None
    record = _RECORD.search(analysis.text, max(tokens[0].start, start - 40), expression.end)
    return record is not None and record.end() > end


def _is_of_person(tokens: Tokens, offset: int) -> bool:
    """Whether the clause that an offset is in tells of a person: ", who arrived on Tuesday"."""
    if not tokens.groups & _WHO:
        return False
    for token in reversed([token for token in tokens if token.start < offset]):
        if token.text in (",", ";"):
            return False
        if token.lower == "who":
            return True
    return False


def speakers(
    analysis: Analysis, index: int, offset: int
) -> tuple[tuple[CandidateSource, ...], Modality | None, bool]:
    """The attribution chain of what stands at `offset`, origin first; its modality; whether it was
    carried over."""
    covering = [
        item for item in analysis.attributions_in(index)
        if item.content is not None and item.content.start <= offset < item.content.end
        and not item.directive and item.source is not None
    ]  # fmt: skip
    if not covering:
        return (), None, False
    # Whoever is cited is where it comes from; the more deeply nested speaker is nearer to the origin.
    covering.sort(
        key=lambda item: (
            item.form != "citing",
            len(item.content.surface) if item.content else 0,
            item.cue.start,
        )
    )
    chain: list[CandidateSource] = []
    seen: set[str] = set()
    for item in covering:
        assert item.source is not None  # filtered above
        for surface in _several(item):
            key = (item.name or surface).lower() if surface == item.source.surface else surface.lower()
            if key in seen:
                continue
            seen.add(key)
            role = (
                item.role if not (item.role == "origin" and chain and chain[0].role == "origin") else "medium"
            )
            chain.append(CandidateSource(surface, role, item.cue.surface))
    chain.sort(key=lambda source: source.role != "origin")
    stance: Modality | None = None
    for item in covering:
        if item.modality in ("denied", "alleged"):
            stance = item.modality
    return tuple(chain), stance, "continued" in covering[0].flags


def _several(item: Attribution) -> list[str]:
    """ "Reuters and AFP" are two media."""
    assert item.source is not None  # callers have checked
    surface = item.source.surface
    parts = [part.strip() for part in surface.split(" and ")]
    # Not "State media in Russia and Kazakhstan", where "and" joins two places.
    if item.role == "medium" and all(
        word[:1].isupper() or word == "the" for part in parts for word in part.split()
    ):
        return parts
    return [surface]


def mode_of(
    context: Context,
    index: int,
    first: int,
    last: int,
    stance: Modality | None,
    attributed: bool,
    figure: int | None = None,
) -> Modality:
    """Of what is told by tokens[first:last] of a sentence; `figure` is the token of a figure."""
    tokens = context.analysis.tokens[index]
    back = context.retracted.get(index)
    told = tokens[first if figure is None else figure].start
    if back is not None and back.holds(told, figure is not None):
        return "retracted"
    own = modality.of_trigger(tokens, first, last)
    if stance == "denied":
        return "denied"
    return own or stance or ("reported" if attributed else "asserted")
