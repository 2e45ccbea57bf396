"""Who is said to have said what: source, cue and content of each attribution in a text.

A source is found by walking from its cue to the borders of the noun phrase; there is no parser to lean on.
"""

from collections.abc import Sequence

import msgspec

from service.extraction.attributed import Attribution
from service.extraction.cues import CUES
from service.extraction.names import Mention
from service.extraction.phrases import Clauses, span_of
from service.extraction.sources import GIVING, according, citing, giving
from service.extraction.speech import spoken
from service.extraction.tokens import ANY_QUOTE, Token

__all__ = ["Attribution", "attributions"]


def attributions(
    text: str, sentences: Sequence[Sequence[Token]], mentions: Sequence[Mention]
) -> list[Attribution]:
    """All attributions of a text, ascending. `sentences` are its sentences as tokens."""
    by_start = {mention.start: mention for mention in mentions if "nested" not in mention.flags}
    by_end = {mention.end: mention for mention in mentions if "nested" not in mention.flags}
    found: list[Attribution] = []
    quoting: Attribution | None = None
    for index, tokens in enumerate(sentences):
        sentence = Clauses(text, index, tokens, by_start, by_end)
        here = _in_sentence(sentence)
        if not here and quoting is not None and tokens and quoting.source is not None:
            content = span_of(text, tokens, 0, len(tokens))
            here = [
                msgspec.structs.replace(
                    quoting, sentence=index, content=content, flags=(*quoting.flags, "continued")
                )
            ]
        found += here
        quoting = _still_open(text, tokens, here, quoting)
    return found


def _still_open(
    text: str, tokens: Sequence[Token], here: list[Attribution], before: Attribution | None
) -> Attribution | None:
    """The attribution whose quotation goes on into the next sentence."""
    marks = [token.text for token in tokens if token.text in ANY_QUOTE]
    if not marks:
        return before if here and before is not None and "continued" in here[0].flags else None
    curly = [mark for mark in marks if mark in "“”"]
    opened = curly[-1] == "“" if curly else len(marks) % 2 == 1
    if before is not None and not curly:
        opened = len(marks) % 2 == 0
    return here[-1] if opened and here else None


def _in_sentence(sentence: Clauses) -> list[Attribution]:
    tokens = sentence.tokens
    found: list[Attribution] = []
    index = 0
    while index < len(tokens):
        if (
            found
            and found[-1].form in ("according", "citing")
            and found[-1].source is not None
            and tokens[index].start < found[-1].source.end
        ):
            index += 1  # "according to media reports": no verb inside a source
            continue
        lower = tokens[index].lower
        attribution = None
        size = 1
        if lower == "according" and index + 1 < len(tokens) and tokens[index + 1].lower == "to":
            attribution, size = according(sentence, index), 2
        elif lower in ("citing", "cited", "cites", "cite"):
            attribution = citing(sentence, index, found)
        elif lower in GIVING and (given := giving(sentence, index)) is not None:
            attribution = given
        elif lower in CUES:
            for parts, cue in CUES[lower]:
                if (
                    len(parts) == 1
                    or tuple(token.lower for token in tokens[index : index + len(parts)]) == parts
                ):
                    size = len(parts)
                    attribution = spoken(sentence, index, index + size, cue)
                    break
        if attribution is not None:
            found.append(attribution)
        index += size
    return found
