"""Who is said to have said what: source, cue and content of each attribution in a text.

A source is found by walking from its cue to the borders of the noun phrase; there is no parser to lean on.
"""

from collections.abc import Sequence

from service.extraction.attributed import Attribution
from service.extraction.contents import part_ways
from service.extraction.continued import continue_quotations
from service.extraction.cues import CUES
from service.extraction.names import Mention
from service.extraction.phrases import Clauses
from service.extraction.quotations import quotations
from service.extraction.sources import GIVING, according, citing, giving
from service.extraction.speech import spoken
from service.extraction.tokens import Token

__all__ = ["Attribution", "attributions"]


def attributions(
    text: str, sentences: Sequence[Sequence[Token]], mentions: Sequence[Mention]
) -> list[Attribution]:
    """All attributions of a text, ascending. `sentences` are its sentences as tokens."""
    by_start = {mention.start: mention for mention in mentions if "nested" not in mention.flags}
    by_end = {mention.end: mention for mention in mentions if "nested" not in mention.flags}
    quoted = quotations(text, sentences)
    found = [
        _in_sentence(Clauses(text, index, tokens, by_start, by_end, quoted[index]))
        for index, tokens in enumerate(sentences)
    ]
    continue_quotations(text, sentences, quoted, found)
    return [item for here in found for item in here]


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
    return part_ways(sentence, [item for item in found if not _is_own(sentence, item)])


def _is_own(sentence: Clauses, item: Attribution) -> bool:
    """ "I think" inside a quotation: whoever is quoted, who is told of already."""
    if item.source is None or item.source.surface.lower() not in ("i", "you", "we"):
        return False
    return any(
        sentence.tokens[first].start <= item.cue.start < sentence.tokens[last - 1].end
        for first, last in sentence.quoted.ranges
    )
