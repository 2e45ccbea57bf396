"""Whether the text bears a claim out: the words stand there, the figure reads so, the speaker is named near
them.

Pure; no I/O. Every check adds what is wrong to a list, so that a client hears everything at once.
"""

import math
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec

from service.claims.evidence import Found, NotGrounded, locate
from service.curation.schemas import EvidenceIn, NewAttribution, NewClaim, NewTime, NewValue, SelectorIn
from service.errors import FieldError
from service.extraction.dates import dates
from service.extraction.numbers import numbers
from service.extraction.sentences import sentences
from service.extraction.values import converted, measures_in

REACH = (
    4000  # code points around the evidence that are read for its neighbours; longer sentences there are not
)
LARGEST = Decimal(10) ** 30
CURRENCY = re.compile(r"[A-Z]{3}")
DURATION = re.compile(r"P([0-9]{1,6})([DWMY])")
LETTERS = {"D": "day", "W": "week", "M": "month", "Y": "year"}
# Hedges that leave the same side open are one in kind; which of them a wording is may be argued.
OPEN_SIDE = {
    "exact": "none",
    "about": "both",
    "range": "range",
    **dict.fromkeys(("nearly", "less_than", "at_most"), "below"),
    **dict.fromkeys(("more_than", "at_least"), "above"),
}


class PredicateRule(msgspec.Struct, frozen=True):
    """What a claim has to keep to; a role is null where the predicate has none."""

    slug: str
    kind: str
    unit: str | None
    roles: dict[str, str | None]


class Figure(msgspec.Struct, frozen=True):
    """A value as it is stored. `text` is its words in the evidence."""

    amount: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    unit: str | None
    qualifier: str
    text: str | None


class Reading(msgspec.Struct, frozen=True):
    """A figure as the evidence has it; offsets are code points into the article."""

    start: int
    end: int
    surface: str
    amount: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    unit: str | None
    qualifier: str
    kind: str


# --- evidence -----------------------------------------------------------------------------------------------


def find_evidence(text: str, sha256: str, claim: NewClaim, errors: list[FieldError]) -> Found | None:
    """The one place of the claim's words in the text; None, and one more error, when there is none or are
    several."""
    if (claim.quote is None) == (claim.evidence is None):
        errors.append(FieldError("exactly one of quote and evidence is needed", pointer="/quote"))
        return None
    if claim.evidence is not None:
        if claim.start is not None:
            errors.append(FieldError("start goes with quote; evidence has selectors", pointer="/start"))
        return select_evidence(text, sha256, claim.evidence, errors)
    assert claim.quote is not None
    end = None if claim.start is None else claim.start + len(claim.quote)
    try:
        return locate(text, claim.quote, claim.start, end)
    except NotGrounded as error:
        errors.append(FieldError(str(error), pointer="/quote" if claim.start is None else "/start"))
        return None


def select_evidence(text: str, sha256: str, evidence: EvidenceIn, errors: list[FieldError]) -> Found | None:
    if evidence.article_sha256 is not None and evidence.article_sha256.lower() != sha256:
        errors.append(
            FieldError(
                f"the stored text has the SHA-256 {sha256}; the evidence was taken from another",
                pointer="/evidence/article_sha256",
            )
        )
        return None
    spans: list[tuple[int, int]] = []
    for index, selector in enumerate(evidence.selectors):
        pointer = f"/evidence/selectors/{index}"
        try:
            spans.append(select_span(text, selector))
        except NotGrounded as error:
            errors.append(FieldError(str(error), pointer=pointer))
            return None
    exact = [selector.exact for selector in evidence.selectors if selector.type == "TextQuoteSelector"]
    position = [
        s for s, one in zip(spans, evidence.selectors, strict=True) if one.type == "TextPositionSelector"
    ]
    if position:
        # a quote that stands there more than once is told apart by the position
        start, end = position[0]
        if any(quote != text[start:end] for quote in exact) or len(set(position)) > 1:
            errors.append(FieldError("the selectors select different words", pointer="/evidence/selectors"))
            return None
        return Found(start, end, text[start:end])
    if len(set(spans)) > 1 or spans[0][1] < 0:
        selector = evidence.selectors[0]
        count = -spans[0][1]
        detail = (
            f"the quote stands {count} times in the text; give prefix, suffix or a position:"
            f" {selector.exact!r:.120}"
            if count > 0
            else "the selectors select different words"
        )
        errors.append(FieldError(detail, pointer="/evidence/selectors"))
        return None
    return Found(*spans[0], text[slice(*spans[0])])


def select_span(text: str, selector: SelectorIn) -> tuple[int, int]:
    """What a selector selects. A quote that stands there several times is (0, minus how often)."""
    if selector.type == "TextPositionSelector":
        start, end = selector.start, selector.end
        if start is None or end is None or not start < end <= len(text):
            raise NotGrounded(f"start {start} to end {end} do not lie in the text of {len(text)} characters")
        return start, end
    if not selector.exact:
        raise NotGrounded("a TextQuoteSelector needs exact")
    before, after = selector.prefix or "", selector.suffix or ""
    starts = [
        found.start()
        for found in re.finditer(re.escape(selector.exact), text)
        if text.startswith(after, found.end()) and text.endswith(before, 0, found.start())
    ]
    if not starts:
        around = " between that prefix and suffix" if before or after else ""
        raise NotGrounded(f"the quote does not stand in the text{around}: {selector.exact!r:.120}")
    if len(starts) > 1:
        return 0, -len(starts)
    return starts[0], starts[0] + len(selector.exact)


def neighbourhood(text: str, found: Found) -> Found:
    """The sentences that the evidence touches, with the one before and the one after."""
    low = max(0, found.start - REACH)
    piece = text[low : found.end + REACH]
    spans = sentences(piece)
    touched = [
        index
        for index, one in enumerate(spans)
        if one.start + low < found.end and one.end + low > found.start
    ]
    if not touched:
        return found
    first, last = spans[max(0, touched[0] - 1)], spans[min(len(spans) - 1, touched[-1] + 1)]
    start, end = min(found.start, first.start + low), max(found.end, last.end + low)
    return Found(start, end, text[start:end])


# --- who and when -------------------------------------------------------------------------------------------


def check_attribution(near: str, chain: Sequence[NewAttribution], errors: list[FieldError]) -> None:
    for index, link in enumerate(chain):
        for member, words in (("name", link.name), ("cue", link.cue)):
            if words is not None and words not in near:
                detail = f"{words!r:.120} does not stand in the sentence of the quote or one next to it"
                errors.append(FieldError(detail, pointer=f"/attribution/{index}/{member}"))
        if link.role == "origin" and index > 0:
            errors.append(
                FieldError(
                    "only the first link is the origin; media follow", pointer=f"/attribution/{index}/role"
                )
            )


def check_time(near: str, time: NewTime | None, errors: list[FieldError]) -> None:
    if time is None:
        return
    if time.start is None and time.text is None:
        errors.append(FieldError("a time needs its start or its words", pointer="/time"))
    if time.start is not None and time.end is not None and time.end < time.start:
        errors.append(FieldError("the time ends before it starts", pointer="/time/end"))
    if time.text is not None and time.text not in near:
        detail = f"{time.text!r:.120} does not stand in the sentence of the quote or one next to it"
        errors.append(FieldError(detail, pointer="/time/text"))


def check_roles(claim: NewClaim, rule: PredicateRule, errors: list[FieldError]) -> None:
    for role, described in rule.roles.items():
        for member in (role, f"{role}_text"):
            if getattr(claim, member) is not None and described is None:
                errors.append(FieldError(f"{rule.slug} has no {role}", pointer=f"/{member}"))
        if getattr(claim, role) is not None and getattr(claim, f"{role}_text") is not None:
            detail = f"{role} and {role}_text exclude each other; set one of them to null"
            errors.append(FieldError(detail, pointer=f"/{role}_text"))
        words = getattr(claim, f"{role}_text")
        if words is not None and not words.strip():
            errors.append(FieldError("it is blank", pointer=f"/{role}_text"))


# --- figures ------------------------------------------------------------------------------------------------


def check_figure(
    text: str, found: Found, value: NewValue | None, rule: PredicateRule, errors: list[FieldError]
) -> Figure | None:
    """The figure as it is stored, read again from the evidence; None without one, or when something is
    wrong."""
    if rule.kind != "quantity":
        if value is not None:
            errors.append(FieldError(f"{rule.slug} counts nothing and takes no value", pointer="/value"))
        return None
    if value is None:
        errors.append(FieldError(f"{rule.slug} counts something: a value is needed", pointer="/value"))
        return None
    known = len(errors)
    given = {
        name: decimal(getattr(value, name), f"/value/{name}", errors) for name in ("amount", "lower", "upper")
    }
    readings = read_figures(text, found, rule)
    if value.text is not None:
        places = [one.start() + found.start for one in re.finditer(re.escape(value.text), found.exact)]
        if not places:
            detail = f"{value.text!r:.120} does not stand in the quote"
            errors.append(FieldError(detail, pointer="/value/text"))
            return None
        length = len(value.text)
        readings = [
            one
            for one in readings
            if any(place <= one.start and one.end <= place + length for place in places)
        ]
    if len(errors) > known:
        return None
    where = next((name for name in ("amount", "lower", "upper") if given[name] is not None), None)
    pointer = f"/value/{where}" if where else "/value/text" if value.text is not None else "/value"
    if not readings:
        errors.append(FieldError("no figure can be read from these words", pointer=pointer))
        return None
    fitting = [one for one in readings if fits(one, given)]
    if not fitting:
        told = ", ".join(map(shown, readings[:5]))
        errors.append(FieldError(f"the quote says {told}, not {given[where or 'amount']}", pointer=pointer))
        return None
    if where is None and len(fitting) > 1:
        told = ", ".join(repr(one.surface) for one in fitting[:5])
        errors.append(
            FieldError(f"the quote has several figures: {told}; say which", pointer="/value/amount")
        )
        return None
    figure = figure_of(fitting[0], given, value, rule, errors)
    return None if len(errors) > known else figure


def decimal(value: float | int | None, pointer: str, errors: list[FieldError]) -> Decimal | None:
    if value is None:
        return None
    if (isinstance(value, float) and not math.isfinite(value)) or abs(Decimal(value)) >= LARGEST:
        errors.append(FieldError("it is larger than any figure here", pointer=pointer))
        return None
    return Decimal(str(value))


def read_figures(text: str, found: Found, rule: PredicateRule) -> list[Reading]:
    """Every figure inside the evidence, read with the words around it; lengths of time in days where days
    count."""
    low = max(0, found.start - REACH)
    piece = text[low : found.end + REACH]
    placed = dates(piece, None)
    readings = [
        Reading(
            one.number_start + low,
            one.number_end + low,
            one.surface,
            one.amount,
            one.lower,
            one.upper,
            one.unit,
            one.qualifier,
            one.kind,
        )
        for one in numbers(piece, placed)
    ]
    readings = [in_unit_of(rule, one) for one in readings]
    if rule.unit == "days":
        taken = [(one.start, one.end) for one in readings]
        for span in placed:  # "within a week" has no numeral
            length = DURATION.fullmatch(span.value or "") if span.kind == "duration" else None
            start, end = span.start + low, span.end + low
            if length and not any(start <= first and last <= end for first, last in taken):
                amount, unit = Decimal(length[1]), LETTERS[length[2]]
                one = Reading(start, end, span.surface, amount, amount, amount, unit, "exact", "duration")
                readings.append(in_unit_of(rule, one))
    return [one for one in readings if found.start <= one.start and one.end <= found.end]


def in_unit_of(rule: PredicateRule, one: Reading) -> Reading:
    """A measured figure as a claim of the predicate has it; its kind is then "converted"."""
    scale = converted(one.unit, rule.unit)
    if scale is None:
        return one
    factor, unit = scale
    amount, lower, upper = (
        None if value is None else value * factor for value in (one.amount, one.lower, one.upper)
    )
    return msgspec.structs.replace(one, amount=amount, lower=lower, upper=upper, unit=unit, kind="converted")


def shown(one: Reading) -> str:
    """A reading for a message: its words, and what they come to in another unit."""
    if one.kind != "converted":
        return repr(one.surface)
    amount = one.amount if one.amount is not None else one.lower if one.lower is not None else one.upper
    return f"{one.surface!r}, which is {amount:f} {one.unit}" if amount is not None else repr(one.surface)


def fits(reading: Reading, given: dict[str, Decimal | None]) -> bool:
    """Whether the figures given are those read. A fall is read without its sign."""
    if given["amount"] is not None:
        return reading.amount is not None and abs(reading.amount) == abs(given["amount"])
    bounds = {abs(one) for one in (reading.amount, reading.lower, reading.upper) if one is not None}
    return all(abs(one) in bounds for one in (given["lower"], given["upper"]) if one is not None)


def figure_of(
    reading: Reading,
    given: dict[str, Decimal | None],
    value: NewValue,
    rule: PredicateRule,
    errors: list[FieldError],
) -> Figure | None:
    qualifier = value.qualifier or reading.qualifier
    if reading.qualifier != "exact" and OPEN_SIDE[qualifier] != OPEN_SIDE[reading.qualifier]:
        detail = f"the words {reading.surface!r} say {reading.qualifier}, not {qualifier}"
        errors.append(FieldError(detail, pointer="/value/qualifier"))
        return None
    amount = given["amount"] if given["amount"] is not None else reading.amount
    lower, upper = bounds_of(amount, qualifier, reading)
    if lower is None and upper is None:
        errors.append(FieldError(f"{qualifier} does not fit {reading.surface!r}", pointer="/value/qualifier"))
        return None
    for name, bound in (("lower", lower), ("upper", upper)):
        if given[name] is not None and given[name] != bound:
            detail = f"a figure that is {qualifier} {amount} has {name} {bound}, not {given[name]}"
            errors.append(FieldError(detail, pointer=f"/value/{name}"))
    unit = unit_of(reading, value.unit, rule, errors)
    if qualifier == "range":
        amount = None
    return Figure(amount, lower, upper, unit, qualifier, value.text or reading.surface)


def bounds_of(
    amount: Decimal | None, qualifier: str, reading: Reading
) -> tuple[Decimal | None, Decimal | None]:
    """Lower and upper bound by the rules of the qualifiers; both null when the qualifier makes no sense
    here."""
    if qualifier == "range":
        return (reading.lower, reading.upper) if reading.lower != reading.upper else (None, None)
    if amount is None:  # dozens, hundreds: a lower bound is all there is
        return (reading.lower, None) if qualifier in ("at_least", "more_than") else (None, None)
    side = OPEN_SIDE[qualifier]
    if amount < 0:  # nearly 3 percent down is not as low as that
        side = {"below": "above", "above": "below"}.get(side, side)
    return (None if side == "below" else amount), (None if side == "above" else amount)


def unit_of(reading: Reading, given: str | None, rule: PredicateRule, errors: list[FieldError]) -> str | None:
    """The unit to store: the predicate's, the currency of the words, or, where the predicate leaves it
    open, the given one."""
    if rule.unit in (None, "units"):
        measured = reading.kind in ("money", "percent", "measure", "duration")
        if measured and given not in (None, reading.unit, f"{reading.unit}s"):
            detail = f"the unit here is {reading.unit}, not {given}"
            errors.append(FieldError(detail, pointer="/value/unit"))
        return given or reading.unit
    counts_money = CURRENCY.fullmatch(rule.unit) is not None
    strict = counts_money or rule.unit == "percent"  # the words say so themselves
    if not measures_in(rule.unit, reading.kind, reading.unit) or (strict and reading.kind == "count"):
        detail = f"{rule.slug} is in {rule.unit}, and {reading.surface!r} is not"
        errors.append(FieldError(detail, pointer="/value/unit"))
        return None
    own = counts_money or reading.kind == "converted"
    expected = (reading.unit or rule.unit) if own else rule.unit
    if given is not None and given != expected:
        errors.append(FieldError(f"the unit here is {expected}, not {given}", pointer="/value/unit"))
    return expected


def told(errors: Iterable[FieldError]) -> str:
    """All errors as one sentence, for the detail of the problem."""
    return "; ".join(f"{error.pointer}: {error.detail}".removeprefix(": ") for error in errors)
