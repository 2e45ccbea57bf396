"""Agreements that a noun tells of: "a deal with the union", "the truce between A and B", "an accord of
2018", "bought the bank in a deal worth £3bn"."""

from collections.abc import Sequence

from service.extraction.event_types import Event
from service.extraction.fillers import Range, fits
from service.extraction.heads import OWNERS, names_persons
from service.extraction.joined import sides
from service.extraction.lexicon import EventEntry
from service.extraction.main_subjects import main_subject
from service.extraction.phrases import Clauses
from service.extraction.roles import phrase_after
from service.extraction.tokens import Token


def read_deal(clauses: Clauses, entry: EventEntry, first: int, last: int) -> Event | None:
    """The agreement whose noun is tokens[first:last], with its parties; None where it is no more than sought,
    or neither a party nor a year is told."""
    tokens = clauses.tokens
    begin = _phrase_start(tokens, first)
    named = first > 0 and tokens[first].tag == "cap" and tokens[first - 1].tag == "cap"
    verb = tokens[first].lower == "deal" and (begin == first or names_persons(tokens[first - 1]))
    if named or verb or _is_open(tokens, begin, first):
        return None  # "the Trade and Investment Partnership between": a name
    follow = tokens[last].lower if last < len(tokens) else ""
    other = phrase_after(clauses, last + 1) if follow in entry.after_prep else None
    if other is not None and (entry.object is None or not fits(clauses, other, entry.object)):
        other = None
    if other is not None and other[1] < len(tokens) and tokens[other[1]].lower in _SUPPOSED:
        return None  # "a merger with the bank would cost jobs"
    one: Range | None = None
    if other is not None and follow != "with":
        both = sides(clauses, other)
        if both is None:
            return None  # "the merger of the firm"
        one, other = both
    elif tokens[first].lower in _WAYS and _is_way(tokens, begin, first):
        one = main_subject(clauses, begin - 1)
    elif other is None and not _is_of_year(tokens, begin, first, last):
        return None
    return Event(entry.predicate, entry.kind, "noun", first, last, one, other, (begin, last))


def _phrase_start(tokens: Sequence[Token], first: int) -> int:
    begin = first
    while begin and first - begin < 7:
        before = tokens[begin - 1]
        if before.tag == "det" or before.lower in OWNERS:
            return begin - 1
        if before.tag not in _INSIDE and before.text not in ("$", "£", "€", "-"):
            break
        begin -= 1
    return begin


_INSIDE = frozenset(("word", "cap", "num", "poss"))
_WAYS = frozenset("deal merger takeover agreement".split())
_SUPPOSED = frozenset("would could might may".split())


def _is_open(tokens: Sequence[Token], begin: int, first: int) -> bool:
    """ "any deal with", "close to a pact with", "how to deal with": none that is made."""
    if begin and (tokens[begin - 1].tag in ("modal", "neg") or tokens[first - 1].tag in ("modal", "neg")):
        return True
    return any(token.lower in _SOUGHT for token in tokens[max(0, begin - 4) : first])


_SOUGHT = frozenset(
    "any no possible potential proposed future eventual prospective planned hypothetical better "
    "comprehensive near nears nearing nearer neared close closer towards toward seek seeks seeking sought "
    "want wants wanted pursue pursues pursuing pursued without need needs negotiate negotiating negotiates "
    "discuss discusses discussing discussed consider considers considering considered propose proposes "
    "proposing hope hopes hoping push pushing call calls calling bid talks negotiations prospect prospects "
    "chance chances demand demands demanding reject rejects rejected rejecting oppose opposes opposed "
    "opposing block blocked how if unless until expect expects expected failed fail fails failing "
    "failure".split()
)


def _is_way(tokens: Sequence[Token], begin: int, first: int) -> bool:
    """ "in a $350 million deal": how something was sold."""
    return (
        begin > 0 and tokens[begin - 1].lower == "in" and tokens[begin].lower in ("a", "an") and begin < first
    )


def _is_of_year(tokens: Sequence[Token], begin: int, first: int, last: int) -> bool:
    """ "the 2015 nuclear deal", "an accord of 2018"."""
    if tokens[begin].tag != "det" and tokens[begin].lower not in OWNERS:
        return False
    behind = tokens[last + 1 : last + 2] if tokens[last : last + 1] and tokens[last].lower == "of" else ()
    return any(token.text.isdigit() and len(token.text) == 4 for token in (*tokens[begin:first], *behind))
