"""Statements that an attribution makes: demands, requests, warnings, assessments, announcements,
accusations."""

from bisect import bisect_left
from collections.abc import Sequence

from service.extraction.attribution import Attribution
from service.extraction.counted import is_person, singular
from service.extraction.event_types import Event
from service.extraction.phrases import Clauses
from service.extraction.roles import Range, clause_after, phrase_after
from service.extraction.tokens import Token

_DEMANDS = frozenset(
    ("want", "urge", "demand", "call on", "call for", "insist on", "press for", "push for", "press")
)
_REQUESTS = frozenset(("ask", "request", "appeal to", "invite"))
_WARNINGS = frozenset(("warn", "threaten", "caution"))
_ANNOUNCES = frozenset(("announce", "declare", "pledge", "vow", "promise"))
_TOLD = _DEMANDS | _REQUESTS | _WARNINGS | _ANNOUNCES | {"claim", "want", "insist"}
_HELP = frozenset(
    "help support assistance troops aid intervention reinforcements backing peacekeepers".split()
)
# Who can speak without being named.
_SPEAKERS = frozenset(
    "officials authorities police government activists experts analysts protesters demonstrators "
    "residents lawyers unions union lawmakers families critics opposition researchers scientists "
    "doctors they he she we i it who rebels militants prosecutors leaders ministers workers "
    "campaigners groups group economists observers investigators firefighters rescuers relatives "
    "witnesses spokesman spokeswoman spokesperson minister president ministry company firm agency "
    "court judge committee commission council organization organisation regulators regulator "
    "senators airline bank carmaker manufacturer party hospital university club newspaper "
    "broadcaster operator maker retailer school charity federation foundation club league club "
    "agencies agency association watchdog charities banks ngos bodies institute retailers "
    "council embassy parliament cabinet mayor governor king queen pope senator judges senate "
    "supporters teachers students parents farmers miners traders investors drivers".split()
)
# "We want to thank": what announces nothing.
_WISHES = tuple([word] for word in "thank be see know say hear make congratulate".split())
_OUGHT = frozenset(("must", "should"))
_JUDGES = ("expert", "analyst", "observer", "economist", "political scientist", "commentator", "researcher")


def statements(clauses: Clauses, attributions: Sequence[Attribution], claimed: set[int]) -> list[Event]:
    """`claimed` are the tokens of a sentence that other claims rest on: an announcement of those needs
    no claim of its own."""
    found: list[Event] = []
    for item in attributions:
        if item.source is None or item.content is None or "continued" in item.flags:
            continue
        if not (item.directive or item.verb in _TOLD or _judges(item.source.surface)):
            continue
        if item.name is None and not _speaks(item.source.surface):
            continue
        positions = _positions(clauses, item)
        if positions is None:
            continue
        source, cue, content = positions
        lowers = [token.lower for token in clauses.tokens[content[0] : content[1]]]
        event = None
        if (
            item.directive
            and item.verb in ("demand", "ask", "request")
            and "send" in lowers[:8]
            and not _HELP.isdisjoint(lowers[:10])
        ):
            target = phrase_after(clauses, content[0])
            asked = next(p for p in range(content[0], content[1]) if clauses.tokens[p].lower in _HELP)
            event = Event(
                "support_requested", "statement", "statement", *cue, source, target, (asked, asked + 1)
            )
        elif item.directive and item.verb in _DEMANDS and not (item.verb == "want" and lowers[:1] == ["to"]):
            event = _addressed("demand", clauses, source, cue, content, item.verb)
        elif item.directive and item.verb in _REQUESTS and _HELP.isdisjoint(lowers[:10]):
            event = _addressed("request", clauses, source, cue, content, item.verb)
        elif item.verb in _WARNINGS:
            event = Event("warning", "statement", "statement", *cue, source, _cut(content))
            if not _OUGHT.isdisjoint(lowers[:14]):
                event = Event("demand", "statement", "statement", *cue, source, None, _cut(content))
        elif item.verb == "insist" and not _OUGHT.isdisjoint(lowers[:14]):
            event = Event("demand", "statement", "statement", *cue, source, None, _cut(content))
        elif _judges(item.source.surface):
            target = phrase_after(clauses, content[0])
            event = Event("assessment", "statement", "statement", *cue, source, target, _cut(content))
        elif (
            (item.verb in _ANNOUNCES and not claimed & set(range(*content)))
            or (item.verb == "claim" and "victory" in lowers[:3])
            or (item.verb == "want" and lowers[:1] == ["to"] and lowers[1:2] not in _WISHES)
        ):
            event = Event("announcement", "statement", "statement", *cue, source, _cut(content))
        if event is not None:
            found.append(event)
    return found


def _speaks(source: str) -> bool:
    words = source.lower().split()
    return not _SPEAKERS.isdisjoint(words) or any(is_person(singular(word), word) for word in words)


def _judges(source: str) -> bool:
    lower = source.lower()
    return any(word in lower for word in _JUDGES)


def _cut(span: Range) -> Range:
    return span[0], min(span[1], span[0] + 16)


def _addressed(
    predicate: str, clauses: Clauses, source: Range, cue: Range, content: Range, verb: str
) -> Event | None:
    """ "called on X to do Y": X is addressed, Y demanded; "demanded Y" addresses nobody."""
    tokens = clauses.tokens
    target = phrase_after(clauses, content[0])
    if verb in ("call for", "insist on", "press for", "push for"):
        return Event(
            predicate, "statement", "statement", *cue, source, None, clause_after(clauses, content[0], 16)
        )
    after = target[1] if target else content[0]
    for position in range(after, min(after + 3, content[1])):
        if tokens[position].lower == "to":
            return Event(
                predicate, "statement", "statement", *cue, source, target, clause_after(clauses, position, 16)
            )
        if tokens[position].lower == "for":
            return Event(
                predicate, "statement", "statement", *cue, source, target, phrase_after(clauses, position + 1)
            )
    return Event(
        predicate, "statement", "statement", *cue, source, None, clause_after(clauses, content[0], 16)
    )


def _start(token: Token) -> int:
    return token.start


def _positions(clauses: Clauses, item: Attribution) -> tuple[Range, Range, Range] | None:
    tokens = clauses.tokens
    spans = []
    for span in (item.source, item.cue, item.content):
        assert span is not None  # the caller has checked
        first = bisect_left(tokens, span.start, key=_start)
        last = bisect_left(tokens, span.end, lo=first, key=_start)
        if first >= last:
            return None
        spans.append((first, last))
    return spans[0], spans[1], spans[2]
