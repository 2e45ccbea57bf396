"""Finding quoted words in a text, to the letter."""

from functools import lru_cache

from service.extraction.protocol import RejectionReason
from service.extraction.text import fold

MOST_PLACES = 5  # that are listed of a quote


class NotGroundedError(Exception):
    """`member` is the part of the candidate that is wrong, where the reason does not say which."""

    def __init__(self, reason: RejectionReason, detail: str, member: str = "") -> None:
        super().__init__(detail)
        self.reason: RejectionReason = reason
        self.member = member


def find_quote(text: str, quote: str, start: int | None = None) -> tuple[int, int]:
    """Where a quote stands, in code points: at `start` where that is given, else its only exact place, else
    its only place with white space and curly quotation marks folded. Raises when there is none, or more than
    one, or another than `start`."""
    if not quote.strip():
        raise NotGroundedError("quote_empty", "the quote has no words")
    if start is not None and start >= 0 and text.startswith(quote, start):
        return start, start + len(quote)
    found = places(text, quote)
    if not found:
        raise NotGroundedError("quote_not_found", "the quote does not stand in the text")
    told = ", ".join(str(first) for first, _ in found[:MOST_PLACES]) + (
        ", …" if len(found) > MOST_PLACES else ""
    )
    if start is not None:
        for first, end in found:
            if first == start:
                return first, end
        detail = f"the quote stands at {told} of the text as it is stored, not at {start}"
        raise NotGroundedError("quote_elsewhere", detail)
    if len(found) > 1:
        detail = f"the quote stands in the text more than once; say which by its start: {told}"
        raise NotGroundedError("quote_ambiguous", detail)
    return found[0]


def places(text: str, quote: str) -> list[tuple[int, int]]:
    """Where a quote stands to the letter; else where it does with white space and quotation marks folded. Of
    many places no more than one beyond those that are listed."""
    if found := _found(text, quote):
        return [(first, first + len(quote)) for first in found]
    folded, offsets = _folded(text)
    wanted = " ".join(fold(quote).split())
    return [(offsets[first], offsets[first + len(wanted) - 1] + 1) for first in _found(folded, wanted)]


def _found(text: str, quote: str) -> list[int]:
    found: list[int] = []
    first = text.find(quote)
    while first >= 0 and len(found) <= MOST_PLACES:
        found.append(first)
        first = text.find(quote, first + 1)
    return found


@lru_cache(maxsize=2)
def _folded(text: str) -> tuple[str, list[int]]:
    """The text with each run of white space as one blank, and for each character its offset in the text."""
    letters: list[str] = []
    offsets: list[int] = []
    for offset, letter in enumerate(fold(text)):
        if letter.isspace():
            if letters and letters[-1] == " ":
                continue
            letter = " "
        letters.append(letter)
        offsets.append(offset)
    return "".join(letters), offsets


def find_inside(folded_text: str, surface: str, start: int, end: int) -> tuple[int, int] | None:
    """The first place in a folded text of a surface between two offsets that does not cut a word or a
    number."""
    folded = fold(surface)
    position = folded_text.find(folded, start, end)
    while position >= 0:
        after = position + len(folded)
        before, behind = folded_text[position - 1] if position else " ", folded_text[after : after + 1]
        if not (
            (before.isalnum() and folded[0].isalnum())
            or (behind.isalnum() and folded[-1].isalnum())
            or (
                before in ",."
                and position > 1
                and folded[0].isdigit()
                and folded_text[position - 2].isdigit()
            )
            or (
                behind in (",", ".") and folded[-1].isdigit() and folded_text[after + 1 : after + 2].isdigit()
            )
        ):
            return position, after
        position = folded_text.find(folded, position + 1, end)
    return None
