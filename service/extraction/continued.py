"""Quotations that run over several sentences: "“A. B,” said X", "“A,” said X. “B.”", "X said: “A. B.”"."""

from collections.abc import Sequence

import msgspec

from service.extraction.attributed import Attribution
from service.extraction.phrases import span_of
from service.extraction.quotations import Quoted
from service.extraction.text import Span
from service.extraction.tokens import Token


def continue_quotations(
    text: str,
    sentences: Sequence[Sequence[Token]],
    quoted: Sequence[Quoted],
    found: list[list[Attribution]],
) -> None:
    """Adds to the sentences of a quotation that do not name its speaker the attribution that does, flagged
    `continued`."""
    for index, marks in enumerate(quoted):
        if marks.carried and (speaker := _closing(sentences[index], marks, found[index])) is not None:
            _back(text, sentences, quoted, found, index, speaker)
    speaker = None
    for index, (tokens, marks) in enumerate(zip(sentences, quoted, strict=True)):
        telling = _telling(tokens, marks, found[index]) if found[index] else None
        if telling is not None:
            speaker = telling
        elif (
            speaker is not None and marks.ranges and (content := _all_quoted(text, tokens, marks)) is not None
        ):
            found[index].append(_continued(speaker, index, content))
        else:
            speaker = None


def _continued(speaker: Attribution, index: int, content: Span) -> Attribution:
    flags = tuple(dict.fromkeys((*speaker.flags, "continued")))
    return msgspec.structs.replace(speaker, sentence=index, content=content, flags=flags)


def _is_inside(tokens: Sequence[Token], marks: Quoted, offset: int) -> bool:
    return any(tokens[first].start <= offset < tokens[last - 1].end for first, last in marks.ranges)


def _telling(tokens: Sequence[Token], marks: Quoted, here: Sequence[Attribution]) -> Attribution | None:
    """The last attribution whose cue is the article's own."""
    for item in reversed(here):
        if item.source is None or item.directive or item.form == "told":
            continue
        if "continued" in item.flags or not _is_inside(tokens, marks, item.cue.start):
            return item
    return None


def _closing(tokens: Sequence[Token], marks: Quoted, here: Sequence[Attribution]) -> Attribution | None:
    """Whoever is named right after the end of a quotation that began in an earlier sentence."""
    end = tokens[marks.ranges[0][1] - 1].end
    for item in here:
        if item.source is not None and item.content is not None and item.cue.start >= end:
            return item if item.content.start < end else None
    return None


def _back(
    text: str,
    sentences: Sequence[Sequence[Token]],
    quoted: Sequence[Quoted],
    found: list[list[Attribution]],
    index: int,
    speaker: Attribution,
) -> None:
    for earlier in range(index - 1, -1, -1):
        tokens, marks = sentences[earlier], quoted[earlier]
        if not marks.open or _telling(tokens, marks, found[earlier]) is not None:
            return
        first, last = marks.ranges[-1]
        content = span_of(text, tokens, first, last)
        if content is not None:
            found[earlier].append(_continued(speaker, earlier, content))
        if not marks.carried or len(marks.ranges) > 1:
            return


SHORTEST = 6  # tokens; a quotation of fewer is a title or a name


def _all_quoted(text: str, tokens: Sequence[Token], marks: Quoted) -> Span | None:
    """The words of a sentence that stand between marks, when next to nothing does not."""
    if sum(last - first for first, last in marks.ranges) < SHORTEST:
        return None
    outside = len(tokens) - sum(last - first for first, last in marks.ranges)
    if marks.ranges[0][0] > 0 or outside > 1:
        if not marks.carried:
            return None
        return span_of(text, tokens, *marks.ranges[0])
    return span_of(text, tokens, marks.ranges[0][0], marks.ranges[-1][1])
