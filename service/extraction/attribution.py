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
from service.extraction.phrases import Clauses, aside, span_of
from service.extraction.quotations import quotations
from service.extraction.sources import (
    GIVING,
    PASSED_ON,
    RECKONINGS,
    according,
    by_reckoning,
    citing,
    giving,
    relayed,
)
from service.extraction.speech import spoken
from service.extraction.speech_passive import heard, quoted_as
from service.extraction.tokens import Token, Tokens, behind_agency, group

__all__ = ["Attribution", "attributions"]


def attributions(text: str, sentences: Sequence[Tokens], mentions: Sequence[Mention]) -> list[Attribution]:
    """All attributions of a text, ascending. `sentences` are its sentences as tokens."""
    whole = [mention for mention in mentions if "nested" not in mention.flags]
    by_start = {mention.start: mention for mention in whole}
    by_end = {mention.end: mention for mention in whole}
    sentences = [_without_dateline(text, tokens) for tokens in sentences]
    quoted = quotations(text, sentences)
    found = [
        _in_sentence(Clauses(text, index, tokens.plain, tokens, by_start, by_end, quoted[index]))
        if tokens.groups & _STARTING
        else []
        for index, tokens in enumerate(sentences)
    ]
    continue_quotations(text, sentences, quoted, found)
    _resolve_it(found)
    _tell_before(text, sentences, found)
    return [item for here in found for item in here]


_THIS = re.compile(r"(?:this|that|it|the (?:news|decision|information|figures?)) (?:was|were|has been)", re.I)


def _tell_before(text: str, sentences: Sequence[Tokens], found: list[list[Attribution]]) -> None:
    """ "This was announced by X": what the sentence before it says."""
    for index, here in enumerate(found):
        for position, item in enumerate(here):
            if item.form != "passive" or item.content is None or not _THIS.fullmatch(item.content.surface):
                continue
            here[position] = msgspec.structs.replace(item, content=None)
            before = sentences[index - 1] if index else None
            if before and item.source is not None and "\n" not in text[before[-1].end : item.content.start]:
                content = span_of(text, before, 0, len(before))
                flags = tuple(dict.fromkeys((*item.flags, "continued")))
                told = msgspec.structs.replace(item, sentence=index - 1, content=content, flags=flags)
                found[index - 1].append(told)


_IT = frozenset(("it",))
_THE_MEDIUM = frozenset(
    "the agency|the news agency|the newspaper|the paper|the broadcaster|the outlet|the channel|the network"
    "|the station|the magazine|the website".split("|")
)
# In sentences: how far back "it" and "the newspaper" may reach.
_REACH = {"it": 2, "the": 8}


def _resolve_it(found: list[list[Attribution]]) -> None:
    """ "it added": the body or medium that spoke last; "the newspaper said": the medium that did."""
    last: Attribution | None = None
    medium: Attribution | None = None
    for here in found:
        for position, item in enumerate(here):
            if item.source is None:
                continue
            words = item.source.surface.lower()
            target = last if words in _IT else medium if words in _THE_MEDIUM else None
            if words not in _IT and words not in _THE_MEDIUM:
                # Persons are no "it", nor are places that are only named in passing.
                last = item if item.role == "medium" or item.kind == "organization" else None
                medium = item if item.role == "medium" and item.name else medium
            elif (
                item.name is None
                and target is not None
                and item.sentence - target.sentence <= _REACH[words.split()[0]]
            ):
                flags = tuple(dict.fromkeys((*item.flags, "pronoun" if words in _IT else "coreference")))
                here[position] = msgspec.structs.replace(
                    item,
                    name=target.name,
                    entity=target.entity,
                    kind=target.kind,
                    role=target.role,
                    flags=flags,
                )


# "LIMA, Peru (Agency) — ", "WASHINGTON - ", "Lima, Jan. 11 (Agency) -- ", "Lima, June 3 (ABC) "
_DATELINE = re.compile(
    r"[A-Z][\w.,'’/ ]{1,50}?(?: ?\([^()\n]{2,40}\) ?[-–—_]{1,2} ?|(?<=[A-Z]{3}) ?[-–—_]{1,2} "
    r"|(?<=\d) \([A-Z]{2,9}\) )(?=\S)"
)
_DASHES = frozenset("-–—_(")
_DASHED = group((*_DASHES, "__"))


def _without_dateline(text: str, tokens: Tokens) -> Tokens:
    """A sentence without the tokens at its start that say where it was written."""
    if not tokens.groups & _DASHED or tokens[0].tag != "cap":
        return tokens
    if not any(token.text[0] in _DASHES for token in tokens[1:12]):
        return tokens
    if agency := behind_agency(tokens):
        return tokens.since(tokens[agency].start)
    match = _DATELINE.match(text, tokens[0].start, tokens[-1].end)
    return (tokens.since(match.end()) if match else tokens) or tokens


_CITING = frozenset(("citing", "cited", "cites", "cite"))
# "as" as in "as per".
_STARTS = frozenset(("according", "as", "quoting", *_CITING, *PASSED_ON, *GIVING, *RECKONINGS, *CUES))
_STARTING = group(_STARTS)


def _in_sentence(sentence: Clauses) -> list[Attribution]:
    tokens = sentence.tokens
    found: list[Attribution] = []
    free = 0
    for index in [position for position, lower in enumerate(sentence.whole.lowers) if lower in _STARTS]:
        if (
            index < free
            or tokens[index].start in sentence.by_start
            or _is_in_source(sentence.whole, index, found)
        ):
            continue
        attribution, size = _at(sentence, index, found)
        if attribution is not None:
            found.append(attribution)
            if (medium := heard(sentence, attribution)) is not None:
                found.append(medium)
        free = index + size
    if len(found) < 2 and not sentence.quoted.ranges:
        return found
    return part_ways(sentence, _with_later([item for item in found if not _is_own(sentence, item)]))


def _is_in_source(tokens: Tokens, index: int, found: Sequence[Attribution]) -> bool:
    """ "according to media reports": no verb inside a source."""
    last = found[-1] if found else None
    return (
        last is not None
        and last.form in ("according", "citing")
        and last.source is not None
        and tokens[index].start < last.source.end
    )


def _at(sentence: Clauses, index: int, found: Sequence[Attribution]) -> tuple[Attribution | None, int]:
    """The attribution whose cue starts at a token, and the length of the cue."""
    tokens = sentence.tokens
    lower = tokens[index].lower
    follow = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    if (lower, follow) in (("according", "to"), ("as", "per")):
        return according(sentence, index), 2
    if lower in ("quoted", "cited") and (said := quoted_as(sentence, index)) is not None:
        return said, 1
    if follow == "by" and (medium := relayed(sentence, index, found)) is not None:
        return medium, 2
    if lower in _CITING or (lower == "quoting" and follow != "from"):
        return citing(sentence, index, found), 1
    if lower in GIVING and (given := giving(sentence, index)) is not None:
        return given, 1
    if lower in RECKONINGS and (reckoned := by_reckoning(sentence, index)) is not None:
        return reckoned, 1
    for parts, cue in CUES.get(lower, ()):
        size = len(parts)
        if (
            size == 2
            and parts[1] == "on"
            and index + 3 < len(tokens)
            and _is_when_or_where(tokens, index + 2)
        ):
            continue  # "insisted on Monday that"
        if size == 1 or tuple(token.lower for token in tokens[index : index + size]) == parts:
            return spoken(sentence, index, index + size, cue, found), size
        if size == 2 and (resumed := aside(tokens, index + 1, parts[1])):
            return spoken(sentence, index, resumed + 1, cue, found), resumed + 1 - index
    return None, 1


def _is_when_or_where(tokens: Sequence[Token], first: int) -> bool:
    """Whether a "that" follows right behind a day or a medium: "on Monday that", "on Twitter that"."""
    return tokens[first].tag == "cap" and any(
        token.lower == "that" for token in tokens[first + 1 : first + 3]
    )


def _with_later(found: list[Attribution]) -> list[Attribution]:
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
