"""The words for whoever fills a role."""

from collections.abc import Sequence

from service.extraction.counted import is_person, singular
from service.extraction.fillers import PARTS, TOO_VAGUE, Range
from service.extraction.heads import head_of
from service.extraction.leaders import office_nouns
from service.extraction.lexicon import Filler
from service.extraction.mentions import Mention
from service.extraction.phrases import Clauses, is_past
from service.extraction.roles import ING_NOUNS
from service.extraction.tokens import PAST_FORMS, Token


def role_surface(clauses: Clauses, span: Range, filler: Filler | None) -> str:
    """The words for a role: the name that heads the phrase, else the phrase itself, cut at sixteen words."""
    if filler is not None and not filler.kinds and not filler.heads and not filler.text:
        span = _without_participle(clauses, span)
    if "including" in clauses.whole.words and not (filler is not None and filler.text):
        # "the bloc and its allies including Peru": the bloc
        span = (
            span[0],
            next((p for p in range(span[0] + 1, span[1]) if clauses.tokens[p].lower == "including"), span[1]),
        )
    head = head_of(clauses, span)
    if head is not None and _names(clauses, span, head, filler):
        return clauses.text[head.start : head.end]
    return _words_of(clauses, span)


def _names(clauses: Clauses, span: Range, head: Mention, filler: Filler | None) -> bool:
    """Whether the name that heads a phrase says alone who fills the role."""
    tokens = clauses.tokens[span[0] : span[1]]
    if filler is not None and filler.heads:
        last = tokens[-1]
        ends = head.kind == "place" and last.end != head.end
        if last.lower in filler.heads and (head.kind not in filler.kinds or ends):
            return False  # "a Sydney café"
        noun = next((tokens[p - 1] for p, token in enumerate(tokens) if p and token.tag == "prep"), last)
        body = head.kind in ("place", "organization")
        if body and noun.lower in filler.heads and head.end < noun.start:
            return False  # "the London offices of a firm"
        if head.kind == "organization" and noun.lower in _THINGS and head.start > noun.end:
            return False  # "a convoy of the Red Cross"
    if filler is not None and not filler.kinds and not filler.heads and _modifies(clauses, span, head):
        return False  # "the Trump administration", "the Southeast Asian country"
    sure = head.kind == "person" and "kind_guessed" not in head.flags
    if not sure and _heads_persons(clauses, span, head):
        return False  # "foreign ministers of the Arab League", "the UN secretary-general"
    if filler is None:
        return _is_whole(tokens, head)
    if filler.text or (filler.heads and not filler.kinds and not filler.persons):
        # "condemned the killing of Jane Doe", "causing the derailment of the Delhi Express"
        return _is_whole(tokens, head) and (not filler.kinds or head.kind in filler.kinds or not filler.heads)
    return not filler.kinds or head.kind in filler.kinds or not filler.heads


# What bodies own or send: hit as such, whatever body is named.
_THINGS = frozenset(
    "convoy convoys patrol bus car vehicle vehicles truck ship tanker vessel base post outpost camp clinic "
    "warehouse depot checkpoint column helicopter plane".split()
)


def _is_whole(tokens: Sequence[Token], head: Mention) -> bool:
    """Whether a name ends a phrase that no preposition and, before it, no "and" parts."""
    return tokens[-1].end == head.end and not any(
        token.tag == "prep" or token.lower == "to" or (token.lower == "and" and token.end < head.start)
        for token in tokens
    )


def _words_of(clauses: Clauses, span: Range) -> str:
    last = min(span[1], span[0] + 16)
    return clauses.text[clauses.tokens[span[0]].start : clauses.tokens[last - 1].end]


def _without_participle(clauses: Clauses, span: Range) -> Range:
    """ "a group holding Jane Doe": the group; "the panel, named by Jane Doe": the panel."""
    tokens = clauses.tokens
    for position in range(span[0] + 1, span[1] - 1):
        token = tokens[position]
        if (
            token.text == ","
            and is_past(tokens[position + 1])
            and tokens[min(position + 2, span[1] - 1)].lower == "by"
        ):
            return span[0], position
        doing = token.tag == "word" and token.lower.endswith("ing") and token.lower not in ING_NOUNS
        follow = tokens[position + 1]
        one = follow.tag == "word" and not follow.lower.endswith("s")  # "the state demining agency"
        if doing and tokens[position - 1].tag in ("word", "cap") and follow.tag != "poss" and not one:
            return span[0], position
    return span


def _modifies(clauses: Clauses, span: Range, head: Mention) -> bool:
    """Whether a noun of its own follows the name in its phrase."""
    tokens = clauses.tokens
    stop = next((p for p in range(*span) if tokens[p].start >= head.end), span[1])
    return stop < span[1] and tokens[stop].tag == "word" and tokens[stop].lower not in PAST_FORMS


def _heads_persons(clauses: Clauses, span: Range, head: Mention) -> bool:
    """Whether the phrase is about persons and the name only says whose."""
    tokens = clauses.tokens
    end = next(
        (p for p in range(span[0] + 1, span[1]) if tokens[p].tag in ("prep", "punct", "modal")), span[1]
    )
    if tokens[end - 1].lower in PARTS and end < span[1] and tokens[end].lower == "of":
        end = next(
            (p for p in range(end + 1, span[1]) if tokens[p].tag in ("prep", "punct", "modal")), span[1]
        )
    noun = tokens[end - 1]
    if noun.tag not in ("word", "cap") or head.start <= noun.start < head.end:
        return False
    word = singular(noun.lower)
    return word in office_nouns() or (is_person(word, noun.lower) and word not in TOO_VAGUE)
