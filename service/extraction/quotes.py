"""Finding quoted words in a text, to the letter."""

from functools import lru_cache

from service.extraction.protocol import RejectionReason
from service.extraction.text import fold


class NotGroundedError(Exception):
    def __init__(self, reason: RejectionReason, detail: str) -> None:
        super().__init__(detail)
        self.reason: RejectionReason = reason


def find_quote(text: str, quote: str, start: int | None = None) -> tuple[int, int]:
    """Where a quote stands, in code points: at `start` where that is given, else its only exact place, else
    its only place with white space and curly quotation marks folded. Raises when there is none, or more than
    one, or another than `start`."""
    if not quote.strip():
        raise NotGroundedError("quote_empty", "the quote has no words")
    if start is not None and start >= 0 and text.startswith(quote, start):
        return start, start + len(quote)
    found = only_place(text, quote)
    if start is not None and found[0] != start:
        detail = f"the quote stands at {found[0]:,} of the text as it is stored, not at {start:,}"
        raise NotGroundedError("quote_elsewhere", detail)
    return found


def only_place(text: str, quote: str) -> tuple[int, int]:
    first = text.find(quote)
    if first >= 0:
        if text.find(quote, first + 1) >= 0:
            raise NotGroundedError("quote_ambiguous", "the quote stands in the text more than once")
        return first, first + len(quote)
    folded, offsets = _folded(text)
    wanted = " ".join(fold(quote).split())
    first = folded.find(wanted)
    if first < 0:
        raise NotGroundedError("quote_not_found", "the quote does not stand in the text")
    if folded.find(wanted, first + 1) >= 0:
        raise NotGroundedError("quote_ambiguous", "the quote stands in the text more than once")
    return offsets[first], offsets[first + len(wanted) - 1] + 1


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
