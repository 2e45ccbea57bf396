"""Where what is said begins and ends in its sentence."""

from collections.abc import Sequence

import msgspec

from service.extraction.attributed import Attribution
from service.extraction.counted import is_person, singular
from service.extraction.cues import CUES, Cue
from service.extraction.phrases import PREPOSITIONS, Clauses, after_date, is_past, phrase_end, span_of
from service.extraction.tokens import PAST_FORMS, Token, group

Range = tuple[int, int]

_BORDERS = frozenset((")", ";", ","))
_BORDERING = group(_BORDERS)
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


def ends_at(sentence: Clauses, start: int, cue: int, relative: bool = False) -> int:
    """The end of indirect speech that starts at a token: a contrast with a clause of its own, the main clause
    after "When X said …," or after a `relative` clause, "a move they called rash, …"."""
    tokens = sentence.tokens
    for first, last in sentence.quoted.ranges:
        if start in (first, first + 1) and last < len(tokens) - 1 and _is_shout(tokens, cue, last):
            return last  # "shouting “God is great”, stabbed two": the deed is the article's own
    if not sentence.whole.groups & _BORDERING:
        return len(tokens)
    subordinate = relative or _is_subordinate(tokens, cue)
    for first, last in sentence.quoted.ranges:
        if first <= cue < last and start < last < len(tokens):
            return last  # "“I believe it leaked,” the mayor said": no further than the quotation
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
            resumed = tokens[min(position + 2, len(tokens) - 1)].lower == "that"
            contrast = tokens[position + 1].lower in _CONTRASTS and not resumed
            if contrast and _has_clause(tokens, position + 2):
                return position
    return len(tokens)


def _is_shout(tokens: Sequence[Token], cue: int, last: int) -> bool:
    """Whether a quotation that ends before tokens[last] is all that is said; more may follow in marks of its
    own."""
    if any(token.tag == "quote" for token in tokens[last:]):
        return False
    closed = tokens[last - 1].tag == "quote" and tokens[last - 2].text in (",", ".", "!", "?")
    return closed or tokens[cue].lower.startswith(("yell", "shout", "chant", "scream"))


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


def clause_follows_at(tokens: Sequence[Token], after: int) -> bool:
    """Whether a clause or a quotation starts right after the cue, or after a short adverbial."""
    position, limit = after, min(after + 14, len(tokens))
    comma = False
    if position < limit and tokens[position].lower in (
        "that",
        "how",
        "why",
        "whether",
        "there",
        "it",
        "he",
        "she",
        "they",
        "we",
        "what",
    ):
        return True
    while position < limit:
        token = tokens[position]
        if token.lower == "that" or token.tag == "quote" or token.text == ":":
            return True
        if token.tag in ("be", "have", "modal") and token.lower != "to" and position > after and not comma:
            return True
        if position > after + 1 and not comma and is_past(token) and tokens[position - 1].lower.endswith("s"):
            return tokens[position - 1].tag == "word"  # "thinks the voters wished to be heard"
        if token.text in (".", ";", ")"):
            return False
        comma = comma or token.text == ","
        position += 1
    return False


# "C, X said, adding …" without its comma.
_AND_MORE = frozenset(
    "adding citing quoting noting referring speaking addressing commenting explaining".split()
)


def nothing_follows(tokens: Sequence[Token], after: int) -> bool:
    """Whether only an adverbial ("on Monday", "in a statement") stands between the cue and the end of
    the clause."""
    if after >= len(tokens) or tokens[after].text in (".", ",", ";", "!", "?", ")", "”", "-", "–", "—"):
        return True
    if tokens[after].lower in _AND_MORE or (
        tokens[after].lower in ("while", "when", "after", "before", "without")
        and after + 1 < len(tokens)
        and tokens[after + 1].lower.endswith("ing")
    ):
        return True
    if (
        tokens[after].lower not in PREPOSITIONS
        and tokens[after].tag not in ("adv", "cap")
        and tokens[after].lower not in ("this", "last")
    ):
        return False
    if tokens[after].tag == "cap" and not tokens[after].lower.endswith("day"):
        return False
    dated = after_date(tokens, after)
    if after < dated < len(tokens) and tokens[dated].lower in ("of", "that", "against", "for"):
        return False  # "warned on Friday of deadly floods"
    for token in tokens[after + 1 : after + 14]:
        if token.text in (".", ";", ","):
            return True
        if token.tag in ("be", "have", "rel", "sub", "quote", "pron", "modal") and token.lower != "to":
            return False
    return after + 14 >= len(tokens)


_LEADING_IN = PREPOSITIONS - {"to"}


_WITH_THAT = frozenset("morning day evening night afternoon week".split())


_QUESTIONS = frozenset("whether how why what if".split())


def content_start(tokens: Sequence[Token], after: int, cue: Cue) -> int:
    """Where the content begins: after "that" (not "that morning"), else at a quotation, else right
    after the cue."""
    addressed = cue.verb in ("tell", "inform", "warn", "notify", "advise", "remind", "assure")
    limit = min(after + (16 if addressed else 12), len(tokens))
    for position in range(after, limit):
        token = tokens[position]
        # Between the cue and "that" stands whoever is told, or an adverbial: not "announced a deal that".
        led_in = (
            position == after
            or addressed
            or tokens[after].tag in ("adv", "prep", "punct", "cap")
            or tokens[after].lower in PREPOSITIONS
            or tokens[after].lower in ("this", "last", "earlier", "late")
        )
        if token.lower == "that" and led_in and (position == after or tokens[position - 1].tag != "prep"):
            follow = tokens[position + 1].lower if position + 1 < len(tokens) else ""
            if follow == "way":
                return after
            return position + (2 if follow in _WITH_THAT else 1)
        if token.lower in _QUESTIONS:
            if any(other.text == "," or other.lower == "to" for other in tokens[after:position]):
                break  # "told Poland to give them food and, if possible, shelter"
            return position if cue.verb in ("ask", "tell", "explain", "inform") else after
        if token.tag == "quote" and position - after < (14 if addressed else 8):
            led_in = position == after or tokens[position - 1].text in (",", ":")
            return position if led_in or tokens[after].lower in _LEADING_IN else after
        if token.tag in ("be", "modal", "have") and token.lower != "to":
            break
    return after_date(tokens, after)


def says_something(tokens: Sequence[Token], stop: int) -> bool:
    """Whether more than an adverbial ("That morning, ") stands before a token."""
    return stop > 6 or any(
        token.tag in ("be", "have", "do", "modal") or token.lower.endswith("ed") for token in tokens[:stop]
    )
