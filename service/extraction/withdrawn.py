"""What a text takes back: figures and messages that somebody deleted, retracted or corrected."""

from collections.abc import Sequence

import msgspec

from service.extraction.analysis import Analysis
from service.extraction.modality import NOT
from service.extraction.tokens import Token, Tokens, group

_RETRACT = frozenset(
    "deleted delete retracted retract withdrew withdrawn removed corrected rescinded "
    "disavowed recanted erased".split()
)
_REVISE = frozenset(
    "revised revise lowered lower lowers cut cuts corrected reduced downgraded adjusted amended".split()
)
_RETRACTING, _REVISING, _FROM = group(_RETRACT), group(_REVISE), group(("from",))
_FIGURES = frozenset("figure figures number numbers toll count data".split())
_REVISED = _FIGURES | frozenset("tally estimate estimates total".split())
_MESSAGES = _FIGURES | frozenset(
    "message post posts report reports tweet statement statements "
    "claim claims information article publication announcement".split()
)


class TakenBack(msgspec.Struct, frozen=True):
    """What lies between two offsets, or the figures there alone; `verb` is the token that takes a figure of
    its own sentence back."""

    start: int
    end: int
    figures: bool = False
    verb: int | None = None

    def holds(self, offset: int, figure: bool) -> bool:
        return self.start <= offset < self.end and (figure or not self.figures)


def taken_back(analysis: Analysis) -> dict[int, TakenBack]:
    """What is taken back, by sentence: the figure that the verb names ("withdrew its figure of 164"), else
    what stands before the verb ("reported 164 deaths, but later retracted the statement"), else the sentence
    before ("This message was later deleted"). A figure that was lowered is taken back too ("lowered the toll
    to 36 from 38"); one that rose was right in its time."""
    found: dict[int, TakenBack] = {}
    for index, tokens in enumerate(analysis.tokens):
        if tokens.groups & _REVISING and tokens.groups & _FROM:
            former = _lowered(analysis, index)
            if former is not None:
                found[index] = former
                continue
        position = _retracts(tokens) if tokens.groups & _RETRACTING else None
        if position is None:
            continue
        verb, quantities = tokens[position], analysis.quantities_in(index)
        stop = _object_end(tokens, position)
        named = next((p for p in range(position + 1, stop) if tokens[p].lower in _MESSAGES), stop)
        wrong = [
            quantity.start
            for quantity in quantities
            if named < stop and tokens[named].start < quantity.start < tokens[stop - 1].end
        ]
        if wrong and not analysis.text[: wrong[0]].endswith(" to "):
            found[index] = TakenBack(wrong[0], tokens[stop - 1].end, True, position)
        elif any(quantity.start < verb.start for quantity in quantities):
            found[index] = TakenBack(analysis.sentences[index].start, verb.start)
        elif index and not tokens.words.isdisjoint(("this", "that", "the", "its", "it", "these")):
            before = analysis.sentences[index - 1]
            figures = _near(tokens, position) <= _FIGURES
            found[index - 1] = TakenBack(before.start, before.end, figures)
    return found


def _lowered(analysis: Analysis, index: int) -> TakenBack | None:
    """The 38 of "lowered the death toll to 36 from 38"."""
    tokens = analysis.tokens[index]
    verb = next((position for position, word in enumerate(tokens.lowers) if word in _REVISE), None)
    if verb is None or _REVISED.isdisjoint(tokens.lowers[max(0, verb - 8) : verb + 8]):
        return None
    former = now = None  # the first figures behind "from" and "to"
    for quantity in analysis.quantities_in(index):
        if quantity.kind != "count" or quantity.amount is None:
            continue
        before = analysis.text[max(0, quantity.start - 6) : quantity.start].lower()
        if before.endswith(" from "):
            former = former or quantity
        elif before.endswith(" to "):
            now = now or quantity
    if former is None or now is None or (former.amount or 0) <= (now.amount or 0):
        return None
    return TakenBack(former.start, former.end, True, verb)


def _object_end(tokens: Sequence[Token], verb: int) -> int:
    """Where the clause of the verb ends."""
    for position in range(verb + 1, len(tokens)):
        if tokens[position].text in (",", ";", "–", "—", ".") or tokens[position].lower in ("and", "but"):
            return position
    return len(tokens)


def _near(tokens: Tokens, position: int) -> frozenset[str]:
    """The words around a verb that may say what it takes back."""
    return _MESSAGES.intersection(tokens.lowers[max(0, position - 8) : position + 5])


def _retracts(tokens: Tokens) -> int | None:
    """The token where a sentence says that an earlier message was taken back ("This message was later
    deleted"), else None."""
    lowers = tokens.lowers
    for position, word in enumerate(lowers):
        denied = not NOT.isdisjoint(lowers[max(0, position - 3) : position])
        if word in _RETRACT and not denied and _near(tokens, position):
            return position
    return None
