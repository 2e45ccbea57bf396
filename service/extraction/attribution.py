"""Who is said to have said what: source, cue and content of each attribution in a text.

A source is found by walking from its cue to the borders of the noun phrase; there is no parser to lean on.
"""

import itertools
import re
from collections.abc import Sequence

import msgspec

from service.extraction.attributed import Attribution
from service.extraction.contents import part_ways
from service.extraction.continued import continue_quotations
from service.extraction.cues import CUES
from service.extraction.names import Mention
from service.extraction.phrases import Clauses
from service.extraction.quotations import quotations
from service.extraction.sources import GIVING, according, citing, giving, relayed
from service.extraction.speech import heard, spoken
from service.extraction.tokens import Tokens

__all__ = ["Attribution", "attributions"]


def attributions(text: str, sentences: Sequence[Tokens], mentions: Sequence[Mention]) -> list[Attribution]:
    """All attributions of a text, ascending. `sentences` are its sentences as tokens."""
    by_start = {mention.start: mention for mention in mentions if "nested" not in mention.flags}
    by_end = {mention.end: mention for mention in mentions if "nested" not in mention.flags}
    sentences = [_without_dateline(text, tokens) for tokens in sentences]
    quoted = quotations(text, sentences)
    found = [
        _in_sentence(Clauses(text, index, tokens, by_start, by_end, quoted[index]))
        for index, tokens in enumerate(sentences)
    ]
    continue_quotations(text, sentences, quoted, found)
    _resolve_it(found)
    return [item for here in found for item in here]


def _resolve_it(found: list[list[Attribution]]) -> None:
    """ "it added": the body or medium that spoke last, in this sentence or the two before it."""
    last: Attribution | None = None
    for here in found:
        for position, item in enumerate(here):
            if item.source is None:
                continue
            if item.source.surface.lower() != "it":
                # Persons are no "it", nor are places that are only named in passing.
                last = item if item.role == "medium" or item.kind == "organization" else None
            elif item.name is None and last is not None and item.sentence - last.sentence <= 2:
                flags = tuple(dict.fromkeys((*item.flags, "pronoun")))
                here[position] = msgspec.structs.replace(
                    item, name=last.name, entity=last.entity, kind=last.kind, role=last.role, flags=flags
                )


# "LIMA, Peru (Agency) — ", "WASHINGTON - ", "Lima, Jan. 11 (Agency) -- "
_DATELINE = re.compile(
    r"[A-Z][\w.,'’/ ]{1,50}?(?: ?\([^()\n]{2,40}\) ?[-–—_]{1,2} ?|(?<=[A-Z]{3}) ?[-–—_]{1,2} )(?=\S)"
)
_DASHES = frozenset("-–—_")


def _without_dateline(text: str, tokens: Tokens) -> Tokens:
    """A sentence without the tokens at its start that say where it was written."""
    if not tokens or tokens[0].tag != "cap" or not any(token.text[0] in _DASHES for token in tokens[1:12]):
        return tokens
    match = _DATELINE.match(text, tokens[0].start, tokens[-1].end)
    rest = Tokens(token for token in tokens if token.start >= match.end()) if match else tokens
    return rest or tokens


_CITING = frozenset(("citing", "cited", "cites", "cite"))
# "by" as in "carried by the agency", "as" as in "as per".
_STARTS = frozenset(("according", "as", "by", "quoting", *_CITING, *GIVING, *CUES))


def _in_sentence(sentence: Clauses) -> list[Attribution]:
    tokens = sentence.tokens
    found: list[Attribution] = []
    if tokens.words.isdisjoint(_STARTS):
        return found
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
        follow = tokens[index + 1].lower if index + 1 < len(tokens) else ""
        if (lower, follow) in (("according", "to"), ("as", "per")):
            attribution, size = according(sentence, index), 2
        elif follow == "by" and (medium := relayed(sentence, index, found)) is not None:
            attribution, size = medium, 2
        elif lower in _CITING or (lower == "quoting" and follow != "from"):
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
                    attribution = spoken(sentence, index, index + size, cue, found)
                    break
        if attribution is not None:
            found.append(attribution)
            if (medium := heard(sentence, attribution)) is not None:
                found.append(medium)
        index += size
    return part_ways(sentence, _with_later(sentence, [item for item in found if not _is_own(sentence, item)]))


def _with_later(sentence: Clauses, found: list[Attribution]) -> list[Attribution]:
    """ "X, citing Y, reported C", "Quoting Y, X reported C": what Y said is what X reports."""
    result = list(found)
    for position, (item, later) in enumerate(itertools.pairwise(found)):
        if item.form != "citing" or later.form != "active" or item.content is None or later.content is None:
            continue
        if item.cue.start < later.cue.start < item.content.end and item.content.start <= later.content.start:
            result[position] = msgspec.structs.replace(item, content=later.content)
    return result


def _is_own(sentence: Clauses, item: Attribution) -> bool:
    """ "I think" inside a quotation: whoever is quoted, who is told of already."""
    if item.source is None or item.source.surface.lower() not in ("i", "you", "we"):
        return False
    return any(
        sentence.tokens[first].start <= item.cue.start < sentence.tokens[last - 1].end
        for first, last in sentence.quoted.ranges
    )
