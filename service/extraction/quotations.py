"""Which words of each sentence stand between quotation marks, also where a quotation runs over several
sentences."""

from collections.abc import Sequence

import msgspec

from service.extraction.cues import CUES
from service.extraction.tokens import ANY_QUOTE, Token, Tokens, group

_QUOTING = group(ANY_QUOTE)
_OPENING = frozenset(("“", "„", "«", "``"))
_CLOSING = frozenset(("”", "»"))
_BEFORE_OPENING = " \t\n([—–-"


class Quoted(msgspec.Struct, frozen=True):
    """`ranges` are token ranges of one sentence, marks included, ascending. `carried`: the first began in an
    earlier sentence; `open`: the last goes on in the next."""

    ranges: tuple[tuple[int, int], ...] = ()
    carried: bool = False
    open: bool = False

    def holds(self, position: int) -> bool:
        return any(first <= position < last for first, last in self.ranges)


NONE = Quoted()


def quotations(text: str, sentences: Sequence[Tokens]) -> list[Quoted]:
    """The quotations of each sentence. A paragraph that ends inside one closes it, as the next opens it
    again."""
    found: list[Quoted] = []
    inside = False
    end = 0
    for tokens in sentences:
        if not tokens:
            found.append(NONE)
            continue
        if inside and "\n" in text[end : tokens[0].start]:
            inside = False
        end = tokens[-1].end
        if not tokens.groups & _QUOTING:
            found.append(Quoted(((0, len(tokens)),), True, True) if inside else NONE)
            continue
        marks = [position for position, token in enumerate(tokens) if token.text in ANY_QUOTE]
        ranges: list[tuple[int, int]] = []
        carried = inside
        first = 0
        for position in marks:
            opens = _opens(text, tokens, position, inside)
            if inside:
                ranges.append((first, position if opens else position + 1))
                inside = opens
                first = position
            elif opens:
                inside, first = True, position
            elif not ranges and tokens[position].text in _CLOSING:
                ranges.append((0, position + 1))  # its beginning was lost
        if inside:
            ranges.append((first, len(tokens)))
        found.append(Quoted(tuple(span for span in ranges if span[0] < span[1]), carried, inside))
    return found


def _opens(text: str, tokens: Sequence[Token], position: int, inside: bool) -> bool:
    """Whether a mark opens a quotation. Marks that look the same on both sides are told apart by the white
    space around them; a wrong one before "said" closes."""
    mark = tokens[position]
    if mark.text in _CLOSING and (inside or position):
        return False
    spaced = mark.start == 0 or text[mark.start - 1] in _BEFORE_OPENING
    looks_open = spaced and not text[mark.end : mark.end + 1].isspace()
    if mark.text in _CLOSING:
        return looks_open  # "”We lost 40 men,” said": the wrong mark
    if not inside:
        return mark.text in _OPENING or looks_open or (not spaced and position == 0)
    follow = tokens[position + 1] if position + 1 < len(tokens) else None
    return looks_open and follow is not None and not (follow.lower in CUES and follow.tag == "word")
