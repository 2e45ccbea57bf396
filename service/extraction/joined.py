"""What stands beside a role's phrase and belongs to it: the name set off by a comma, the other side."""

from collections.abc import Sequence

from service.extraction.fillers import Range, mention_stop, mentions_in
from service.extraction.number_words import SIMPLE
from service.extraction.phrases import TIME_WORDS, Clauses, is_past
from service.extraction.roles import phrase_after
from service.extraction.tokens import Token

_ENDS = frozenset(("be", "have", "rel", "punct", "sub"))
_SAYS_OR_JOINS = frozenset("said says say told added tells adds wrote and but while whereas".split())


def named_aside(clauses: Clauses, span: Range) -> Range | None:
    """ "her deputy, Jane Doe,": the person that a comma sets off from a phrase that names none."""
    tokens = clauses.tokens
    if span[1] + 1 < len(tokens) and tokens[span[1]].lower in ("in", "of", "at", "for", "to"):
        rest = phrase_after(clauses, span[1] + 1)  # "a former chairman of the party in the state, Jane Doe"
        span = (span[0], rest[1]) if rest is not None else span
    if span[1] + 1 >= len(tokens) or tokens[span[1]].text != ",":
        return None
    named = next(
        (
            (p, m)
            for p, m in mentions_in(clauses, (span[1] + 1, min(len(tokens), span[1] + 9)))
            if m.kind == "person" and "pronoun" not in m.flags
        ),
        None,
    )
    if named is None or any(
        m.kind == "person" and "pronoun" not in m.flags for _, m in mentions_in(clauses, span)
    ):
        return None
    between = tokens[span[1] + 1 : named[0]]
    if any(token.tag in _ENDS or token.lower in _SAYS_OR_JOINS for token in between):
        return None  # "to meet demand, said Jane Doe", "resume flights, while Jane Doe"
    stop = mention_stop(clauses, *named)
    if stop + 1 < len(tokens) and tokens[stop].lower == "and" and tokens[stop + 1].lower == "the":
        return None  # "aides of the IDA, Marea Costa and the Lima Group": a list
    return named[0], stop


def against(clauses: Clauses, first: int) -> Range | None:
    """What a protest is against, near behind it: "marched through the town on Sunday against …"."""
    tokens = clauses.tokens
    for position in range(first, min(first + 12, len(tokens) - 1)):
        token = tokens[position]
        angry = token.lower == "at" and tokens[position - 1].lower in ("anger", "outrage", "fury", "dismay")
        if token.lower in ("against", "over") or angry:
            found = phrase_after(clauses, position + 1)
            timed = found is None or tokens[found[1] - 1].lower in TIME_WORDS or tokens[found[0]].tag == "num"
            return None if timed else found
        if token.tag in ("punct", "sub", "rel", "quote", "conj"):
            return None
    return None


def named_before(clauses: Clauses, span: Range) -> Range | None:
    """ "Jane Doe, a former spy who came to power": the person whom the phrase behind the comma is about."""
    tokens = clauses.tokens
    if span[0] < 2 or tokens[span[0] - 1].text != "," or tokens[span[0]].tag != "det":
        return None
    comma = span[0] - 1
    if comma > 2 and tokens[comma - 1].tag == "num" and tokens[comma - 2].text == ",":
        comma -= 2  # "Jane Doe, 44, a former spy who"
    mention = clauses.by_end.get(tokens[comma - 1].end)
    if mention is None or mention.kind != "person" or "pronoun" in mention.flags:
        return None
    if any(m.kind == "person" and "pronoun" not in m.flags for _, m in mentions_in(clauses, span)):
        return None
    first = comma - 1
    while first and tokens[first].start > mention.start:
        first -= 1
    return first, comma


def sides(clauses: Clauses, span: Range) -> tuple[Range, Range] | None:
    """ "between the army and the rebels": one side and the other."""
    joint = next((p for p in range(span[0] + 1, span[1] - 1) if clauses.tokens[p].lower == "and"), None)
    if joint is None:
        return None
    # "between the army and the rebels resumed", "between police and fans left two dead"
    verb = span[1] - joint > 2 and is_past(clauses.tokens[span[1] - 1])
    acting = (p for p in range(joint + 2, span[1] - 1) if _acts(clauses.tokens, p))
    return (span[0], joint), (joint + 1, next(acting, span[1] - verb))


def _acts(tokens: Sequence[Token], position: int) -> bool:
    follow, before = tokens[position + 1], tokens[position - 1]
    told = follow.tag in ("num", "det", "prep") or follow.lower in SIMPLE
    return told and is_past(tokens[position]) and before.tag in ("word", "cap")


def other_side(clauses: Clauses, span: Range) -> tuple[Range, Range] | None:
    """ "between soldiers, police and prisoners", "between forces loyal to the king and the rebels": the side
    behind "and" where the phrase of the first ends before it."""
    tokens = clauses.tokens
    for position in range(span[1], min(span[1] + 10, len(tokens) - 1)):
        token = tokens[position]
        if token.lower == "and":
            other = phrase_after(clauses, position + 1)
            return (span, other) if other is not None else None
        ends = token.tag in ("be", "have", "modal", "sub", "rel", "quote") and token.lower != "to"
        if ends or token.text in (";", "."):
            return None
    return None
