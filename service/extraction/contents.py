"""Where what is said begins and ends in its sentence."""

from collections.abc import Sequence

import msgspec

from service.extraction.attributed import Attribution
from service.extraction.counted import is_person, singular
from service.extraction.cues import CUES, Cue
from service.extraction.phrases import Clauses, content_start, phrase_end, span_of
from service.extraction.tokens import PAST_FORMS, Token

Range = tuple[int, int]

_BORDERS = frozenset((")", ";", ","))
_CONTRASTS = frozenset(("but", "while", "whereas", "although", "though"))
TELLING = frozenset(("tell", "inform", "notify", "remind", "assure"))
_MANNERS = frozenset(
    "repeatedly publicly previously explicitly flatly bluntly clearly recently again".split()
)
_PRONOUNS = frozenset(("he", "she", "it", "they", "we", "i", "you"))


def begins_at(sentence: Clauses, after: int, cue: Cue) -> int:
    """Whoever is told stands between the cue and what they are told."""
    tokens = sentence.tokens
    start = content_start(tokens, after, cue)
    if start > after or cue.verb not in TELLING or after >= len(tokens):
        said = start == after < len(tokens) and tokens[after].lower in _MANNERS
        return start + said  # "said repeatedly the pool was shut"
    end = told_end(sentence, after)
    if end < len(tokens) and tokens[end].tag in ("modal", "be", "have", "do", "neg", "punct"):
        return after  # "told the bridge was closed": nobody was told
    return end if end < len(tokens) and tokens[end].lower not in ("of", "about") else after


def told_end(sentence: Clauses, after: int) -> int:
    """The end of the phrase for whoever is told."""
    tokens = sentence.tokens
    if tokens[after].tag == "pron":
        return after + 1
    mention = sentence.by_start.get(tokens[after].start)
    if mention is not None:
        end = next((p for p in range(after, len(tokens)) if tokens[p].end >= mention.end), after) + 1
        noun = (
            end < len(tokens)
            and tokens[end].tag == "word"
            and is_person(singular(tokens[end].lower), tokens[end].lower)
        )
        return end + noun  # "told Marea employees"
    end = phrase_end(tokens, after, sentence)
    # "told reporters the deal was close": the second phrase is the subject of what they are told.
    for position in range(after + 1, end):
        before = tokens[position - 1].tag
        if tokens[position].tag in ("det", "pron") and before not in ("prep", "conj", "det"):
            return position
    return end


def ends_at(sentence: Clauses, start: int, cue: int) -> int:
    """The end of indirect speech that starts at a token: a contrast with a clause of its own, the main clause
    after "When X said …,"."""
    tokens = sentence.tokens
    if tokens.words.isdisjoint(_BORDERS):
        return len(tokens)
    subordinate = _is_subordinate(tokens, cue)
    for position in range(start, len(tokens)):
        token = tokens[position]
        if token.text not in _BORDERS or sentence.quoted.holds(position):
            continue
        if token.text == ")" and not any(other.text == "(" for other in tokens[cue:position]):
            return position
        if token.text == ";":
            return position
        if position > start and token.text == "," and position + 1 < len(tokens):
            if subordinate:
                return position
            if tokens[position + 1].lower in _CONTRASTS and _has_clause(tokens, position + 2):
                return position
    return len(tokens)


def _is_subordinate(tokens: Sequence[Token], cue: int) -> bool:
    """ "When Ana Costa suggested …, the crowd cheered"."""
    first = 1 if tokens[0].tag == "conj" else 0
    return (tokens[first].tag == "sub" or cue == first) and all(token.text != "," for token in tokens[:cue])


def _has_clause(tokens: Sequence[Token], first: int) -> bool:
    """Whether a clause with a subject and verb of its own starts at a token. One about "it" or "they" may
    still be told."""
    if first >= len(tokens) or tokens[first].tag in ("prep", "punct", "neg"):
        return False
    pronoun = tokens[first].lower in _PRONOUNS
    for position in range(first, min(first + 10, len(tokens))):
        token = tokens[position]
        if token.tag in ("punct", "quote", "sub"):
            return False
        if token.lower in CUES and position > first and token.tag == "word":
            return True
        finite = token.tag in ("be", "have", "do") or (token.tag == "modal" and token.lower != "to")
        if finite or (token.tag == "word" and (token.lower.endswith("ed") or token.lower in PAST_FORMS)):
            return not pronoun
    return False


def part_ways(sentence: Clauses, found: list[Attribution]) -> list[Attribution]:
    """Ends the content of each attribution where another one of its sentence is joined to it: "X said A and Y
    said B", "X said A, adding that B", "X said A, according to Y"."""
    if len(found) < 2:
        return found
    tokens = sentence.tokens
    where = {token.start: position for position, token in enumerate(tokens)}
    result = list(found)
    for later in found:
        starts = [span.start for span in (later.source, later.cue) if span is not None]
        if later.form not in ("active", "participle", "according") or (
            later.form == "participle" and later.source is not None and later.source.end < later.cue.start
            and where[later.cue.start] and tokens[where[later.cue.start] - 1].tag == "word"
        ):  # fmt: skip
            continue
        cue = where[later.cue.start]
        if sentence.quoted.holds(cue):
            continue
        joint = _joint(tokens, where[min(starts)] if later.form == "active" else cue, cue)
        if joint is None:
            continue
        before = [
            position
            for position, item in enumerate(result)
            if item.cue.start < later.cue.start
            and item.content is not None
            and item.content.start < tokens[joint].start
            and tokens[joint].start < item.content.end
            and item.cue.start < item.content.start
        ]
        for position in before[-1:] if later.form == "active" else before:
            item = result[position]
            assert item.content is not None  # chosen above
            first = where.get(item.content.start)
            if first is not None:
                content = span_of(sentence.text, tokens, first, joint)
                result[position] = msgspec.structs.replace(item, content=content)
    return result


def _joint(tokens: Sequence[Token], source: int, cue: int) -> int | None:
    """Where a clause with a cue is joined to what stands before it."""
    for first in (source, cue):
        position = first - 1
        while position > 0 and tokens[position].tag in ("adv", "have"):
            position -= 1
        if position <= 0:
            continue
        if tokens[position].tag == "conj" or tokens[position].lower in _CONTRASTS:
            if tokens[position - 1].text == ",":
                return position - 1
            return position
        if tokens[position].text == "," and first == cue:
            return position
    return None
