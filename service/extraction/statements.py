"""Statements that an attribution makes: demands, requests, warnings, assessments, announcements,
accusations."""

from bisect import bisect_left
from collections.abc import Sequence

from service.extraction.attribution import Attribution
from service.extraction.counted import is_person, singular
from service.extraction.event_types import Event
from service.extraction.phrases import Clauses, after_date
from service.extraction.roles import Range, clause_after, mentions_in, phrase_after
from service.extraction.tokens import Token

# The classes of verbs that open a statement of one predicate.
_DEMANDS = frozenset(
    (
        "want", "urge", "demand", "call on", "call for", "insist on", "press for", "push for", "press",
        "order", "instruct", "beg", "implore", "exhort", "plead with", "plead for", "pressure",
    )
)  # fmt: skip
# "ordered 30 jets", "ordered the evacuation": a demand only of whom they name.
_ORDERS = frozenset(("order", "instruct", "pressure", "press"))
_REQUESTS = frozenset(("ask", "request", "appeal to", "invite", "ask for", "appeal for", "petition"))
_WARNINGS = frozenset(("warn", "threaten", "caution"))
_FEARS = frozenset(("fear", "worry"))
_ANNOUNCES = frozenset(("announce", "declare", "pledge", "vow", "promise"))
_INTENDS = frozenset(("plan", "intend", "decide", "want", "aim", "resolve", "opt"))
_EXPECTS = frozenset(("believe", "think", "expect", "predict", "forecast", "suspect", "conclude"))
_SAYS = frozenset(
    ("say", "tell", "add", "state", "insist", "stress", "argue", "reiterate", "write", "maintain")
)
_TOLD = (
    _DEMANDS | _REQUESTS | _WARNINGS | _FEARS | _ANNOUNCES | _INTENDS | _EXPECTS | _SAYS | {"claim", "allege"}
)
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
    "broadcaster operator maker retailer school charity federation foundation league team "
    "agencies association watchdog charities banks ngos bodies body institute retailers "
    "council embassy parliament cabinet mayor governor king queen pope senator judges senate "
    "supporters teachers students parents farmers miners traders investors drivers chief head boss "
    "army military forces troops coalition alliance bloc junta regime palace kremlin administration "
    "inquiry panel report study survey department office authority service centre center board "
    "carrier giant producer supplier chain lender insurer utility developer exporter bureau movement "
    "democrats republicans conservatives socialists liberals labour countries nations states country "
    "fund tribunal jury prosecution defence congress bishops church clerics side sides".split()
)
# "We want to thank": what announces nothing.
_LABELLING = frozenset(("call", "describe", "consider", "regard", "see as"))
_WISHES = frozenset("thank be see know say hear make congratulate have like get feel".split())
_OUGHT = frozenset(("must", "should"))
_WILL = frozenset(("will", "would", "'ll", "wo"))
_SELVES = frozenset(("it", "he", "she", "they"))
_JUDGES = ("expert", "analyst", "observer", "economist", "political scientist", "commentator", "researcher")


def statements(clauses: Clauses, attributions: Sequence[Attribution], claimed: set[int]) -> list[Event]:
    """`claimed` are the tokens of a sentence that other claims rest on: what those say needs no claim of
    its own."""
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
        event = _statement(clauses, item, *positions, claimed)
        if event is not None:
            found.append(event)
    return found


def _statement(
    clauses: Clauses, item: Attribution, source: Range, cue: Range, content: Range, claimed: set[int]
) -> Event | None:
    lowers = [token.lower for token in clauses.tokens[content[0] : content[1]]]
    ought = not _OUGHT.isdisjoint(lowers[:14])

    def said(predicate: str, target: Range | None, complement: Range | None = None) -> Event:
        return Event(predicate, "statement", "statement", *cue, source, target, complement)

    if item.directive:
        helping = not _HELP.isdisjoint(lowers[:10])
        if item.verb in ("demand", "ask", "request") and "send" in lowers[:8] and helping:
            asked = next(p for p in range(content[0], content[1]) if clauses.tokens[p].lower in _HELP)
            return said("support_requested", phrase_after(clauses, content[0]), (asked, asked + 1))
        if item.verb in _DEMANDS and not (item.verb == "want" and lowers[:1] == ["to"]):
            event = _addressed("demand", clauses, source, cue, content, item.verb)
            return event if event is None or event.object is not None or item.verb not in _ORDERS else None
        if item.verb in _REQUESTS and not helping:
            return _addressed("request", clauses, source, cue, content, item.verb)
    if item.verb in _WARNINGS:
        return said("demand", None, _cut(content)) if ought else said("warning", _cut(content))
    if item.verb in _LABELLING:
        return None  # "called the vote free": a characterization
    if item.verb == "allege":
        return said("accusation", phrase_after(clauses, content[0]), _cut(content))
    if item.verb in _FEARS:
        return said("concern", _cut(content))
    if item.verb == "insist" and ought:
        return said("demand", None, _cut(content))
    free = claimed.isdisjoint(range(*content))
    if _judges(item.source.surface if item.source else "") and (free or item.verb not in _INTENDS):
        return said("assessment", phrase_after(clauses, content[0]), _cut(content))
    if item.verb == "claim":
        return said("announcement", _cut(content)) if "victory" in lowers[:3] else None
    if not free:
        return None
    if item.verb in _ANNOUNCES:
        return said("announcement", _cut(content))
    if item.verb in _INTENDS:
        aims = lowers[:1] == ["to"] and lowers[1:2] and lowers[1] not in _WISHES
        return said("announcement", _cut(content)) if aims else None
    if item.verb in _EXPECTS:
        return said("assessment", phrase_after(clauses, content[0]), _cut(content))
    if (
        item.verb == "tell"
        and (told := _addressed("demand", clauses, source, cue, content, "tell"))
        and told.object
    ):
        return told  # "told the crew to leave"
    if item.verb in _SAYS:
        own = next((n for n, word in enumerate(lowers[:12]) if word in _SELVES), None)
        if own is not None and lowers[own + 1 : own + 2] and lowers[own + 1] in _WILL:
            if lowers[own] == "it" and any(m.kind == "person" for _, m in mentions_in(clauses, source)):
                return None  # "she said it would help": something else
            if own and any(
                token.tag in ("be", "have", "rel") for token in clauses.tokens[content[0] : content[0] + own]
            ):
                return None
            begin = content[0] + own
            return (
                said("announcement", _cut((begin, content[1])))
                if lowers[own + 2 : own + 3] != ["be"]
                else None
            )
        must = next((n for n, word in enumerate(lowers[:8]) if word in _OUGHT), 0)
        if must and clauses.tokens[content[0]].tag != "quote":
            return said("demand", None, _cut(content))
        labelled = _labelled(clauses, content)
        if labelled is not None:
            return said("characterization", *labelled)
    return None


def _labelled(clauses: Clauses, content: Range) -> tuple[Range | None, Range] | None:
    """ "It is a disaster", "India is the fastest-growing market": what a quotation calls something."""
    tokens = clauses.tokens
    first = content[0]
    quoted = first and tokens[first - 1].tag == "quote"
    while first < content[1] and tokens[first].tag in ("quote", "conj"):
        quoted = True
        first += 1
    verb = next((p for p in range(first, min(first + 8, content[1])) if tokens[p].tag == "be"), None)
    if not quoted or verb is None or verb == first or verb + 2 >= content[1]:
        return None
    named = tokens[first:verb]
    if named[0].lower in ("i", "we", "there", "what", "he", "she", "you") or any(
        token.tag in ("modal", "rel", "sub", "punct", "quote", "have", "do") for token in named[1:]
    ):
        return None
    label = verb + 1 + (tokens[verb + 1].tag in ("neg", "adv"))
    if label >= content[1] or tokens[label].lower not in _LABELS:
        return None
    end = clause_after(clauses, label, 14)
    own = None if named[0].tag == "pron" or named[0].lower in ("this", "that", "these") else (first, verb)
    return (own, (label, min(end[1], content[1]))) if end is not None else None


_LABELS = frozenset("a an the like very so too not no".split())


def _speaks(source: str) -> bool:
    words = source.lower().replace("’s", "").split()
    return any(
        word in _SPEAKERS
        or (one := singular(word)) in _SPEAKERS
        or is_person(one, word)
        or (len(word) > 6 and word.endswith(("ers", "ors", "ists")))
        for word in words
    )


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
    begin = content[0]
    if verb == "call on" and (dated := after_date(tokens, begin)) > begin:
        # "called on Thursday on Nigeria to …", "called on Thursday for restraint"
        verb = "call for" if tokens[dated].lower == "for" else verb
        begin = dated + (tokens[dated].tag == "prep")
    target = phrase_after(clauses, begin)
    if verb in _FOR:
        return Event(
            predicate, "statement", "statement", *cue, source, None, clause_after(clauses, begin, 16)
        )
    after = target[1] if target else begin
    for position in range(after, min(after + 3, content[1])):
        if tokens[position].lower == "to":
            return Event(
                predicate, "statement", "statement", *cue, source, target, clause_after(clauses, position, 16)
            )
        if tokens[position].lower == "for":
            return Event(
                predicate, "statement", "statement", *cue, source, target, phrase_after(clauses, position + 1)
            )
    return Event(predicate, "statement", "statement", *cue, source, None, clause_after(clauses, begin, 16))


# What follows these is asked for; they address nobody.
_FOR = frozenset(("call for", "insist on", "press for", "push for", "ask for", "appeal for", "plead for"))


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
