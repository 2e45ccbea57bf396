"""Candidates for events, relations and statements: who did what to whom, where, when, and who says so."""

from collections.abc import Sequence

import msgspec

from service.extraction import modality, places
from service.extraction.analysis import Analysis
from service.extraction.attribution import Attribution
from service.extraction.circumstances import NAME, VERSION, Context, may_mean, mode_of, quote_span, speakers
from service.extraction.confidence import confidence_of
from service.extraction.counted import is_person, singular
from service.extraction.event_types import Event
from service.extraction.events import events
from service.extraction.figures import Counted
from service.extraction.fillers import Range
from service.extraction.in_words import is_in_words
from service.extraction.lexicon import Filler, event_entries
from service.extraction.phrases import Clauses, is_past
from service.extraction.protocol import CandidateSource, ClaimCandidate
from service.extraction.relations import relations
from service.extraction.role_words import role_surface
from service.extraction.statements import statements
from service.extraction.text import DateExpression
from service.extraction.times import time_of
from service.extraction.tokens import PAST_FORMS, Token, group
from service.extraction.triggers import EventTrigger, Standing
from service.extraction.unhappened import is_unhappened


def event_claims(
    context: Context,
    index: int,
    clauses: Clauses,
    told: Sequence[Standing[EventTrigger]],
    found: Sequence[Counted],
) -> list[ClaimCandidate]:
    """Events, relations and statements of one sentence by the triggers that stand in it (`told`); what a
    counted quantity says already is left to it."""
    said = context.analysis.attributions_in(index)
    taken = _taken(found) if found else set()
    here = relations(clauses)
    if told:
        here += events(clauses, told, taken, _shared(found))
    if not here and not said:
        return []
    # An event that a noun names in passing leaves the statement about it free.
    claimed = taken | {p for event in here if event.pattern != "noun" for p in range(event.first, event.last)}
    here = [e for e in here if not is_unhappened(clauses, e, said) and not is_in_words(clauses, e)]
    here = [_by_speaker(clauses, _of_bomb(context, clauses, event), said) for event in here]
    here = [_without_speaker(clauses, event, said) for event in here] if said else here
    stated = statements(clauses, said, claimed)
    # "farmers fear that …" is read as a phrase too; whom the verb is tied to is surer.
    here = [
        event
        for event in here
        if not any(
            event.predicate == other.predicate and abs(event.first - other.first) < 8 for other in stated
        )
    ]
    return [event_claim(context, index, clauses, event) for event in here + stated]


def _taken(found: Sequence[Counted]) -> set[int]:
    """The tokens that figures and their triggers use."""
    return {
        p
        for item in found
        if item.predicate not in ("age", "magnitude")
        for p in (*range(item.first, item.last), *range(item.trigger_first, item.trigger_last))
    }


def _shared(found: Sequence[Counted]) -> set[int]:
    """The triggers of figures that tell of events as well: "8,000 people marched", "gunmen killed four": so
    many, and a protest, a deployment or an attack."""
    return {
        p
        for item in found
        if item.predicate in ("contract_value", "troops_deployed")
        or (item.predicate == "protest_attendance" and item.pattern in ("intransitive", "act"))
        or (
            item.predicate in ("deaths", "injuries", "hostages", "arrests")
            and item.pattern in ("active", "passive", "state")
        )
        for p in range(item.trigger_first, item.trigger_last)
    }


def _of_bomb(context: Context, clauses: Clauses, event: Event) -> Event:
    """ "she heard a blast": an attack in an article about a bomb."""
    if event.predicate != "disaster" or clauses.tokens[event.last - 1].lower not in _BLASTS:
        return event
    bomb = any(tokens.groups & _BOMBS for tokens in context.analysis.tokens)
    return msgspec.structs.replace(event, predicate="attack") if bomb else event


_BLASTS = frozenset(("blast", "blasts", "explosion", "explosions"))
_BOMBS = group(frozenset("bomb bombs bomber bombers bombing bombings grenade grenades".split()))
_JUDGEMENTS = frozenset(("characterization", "condemnation", "welcome", "accusation"))


def _by_speaker(clauses: Clauses, event: Event, said: Sequence[Attribution]) -> Event:
    """ "“This is new,” the clerk says, describing it as a triumph": the clerk."""
    tokens, first = clauses.tokens, event.first
    judged = event.predicate in _JUDGEMENTS or (event.predicate == "reported_cause" and event.subject)
    if not judged or event.pattern != "verb":
        return event
    if not tokens[first].lower.endswith("ing"):
        return event
    start = tokens[first].start
    own = (item for item in said if item.form == "participle" and item.cue.start == start)
    before = (item for item in said if item.form in ("active", "inverted") and item.cue.end < start)
    behind = tokens[first - 1].text == "," and first > 1
    item = next(own, None) or (next(before, None) if behind else None)
    if item is None or item.source is None:
        return event
    inside = [p for p, token in enumerate(tokens) if item.source.start <= token.start < item.source.end]
    return msgspec.structs.replace(event, subject=(inside[0], inside[-1] + 1)) if inside else event


def _without_speaker(clauses: Clauses, event: Event, said: Sequence[Attribution]) -> Event:
    """ "because its pillars had cracked, the mayor said": whoever says so is no part of what is said."""

    def cut(span: Range | None) -> Range | None:
        if span is None or span[1] - span[0] < 3:
            return span
        inside = range(clauses.tokens[span[0]].end, clauses.tokens[span[1] - 1].end)
        begins = (min(item.source.start, item.cue.start) for item in said if item.source is not None)
        begin = next((start for start in begins if start in inside), None)
        end = next((p for p in range(*span) if clauses.tokens[p].start == begin), span[1])
        apart = end < span[1] and clauses.tokens[end - 1].text == ","
        return (span[0], end - 1) if apart and end - 1 > span[0] else span

    if event.kind != "statement":
        return event
    return msgspec.structs.replace(event, object=cut(event.object), complement=cut(event.complement))


_SELVES = frozenset(("we", "i", "it", "they"))
_SPEAKER = Filler()
_IN_WORDS = Filler(text=True)


_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow".split())


def _worded(tokens: Sequence[Token], span: Range | None) -> Range | None:
    """A role's tokens, or None where they hold no word at all, or a day: "the missiles fired on Monday"."""
    if span is not None and span[1] - span[0] == 1 and tokens[span[0]].lower in _DAYS:
        return None
    if span is None or tokens[span[0]].tag not in ("punct", "quote"):
        return span
    return span if any(token.tag not in ("punct", "quote") for token in tokens[slice(*span)]) else None


def event_claim(context: Context, index: int, clauses: Clauses, event: Event) -> ClaimCandidate:
    analysis, text, tokens = context.analysis, context.analysis.text, clauses.tokens
    actor, target = _worded(tokens, event.subject), _worded(tokens, event.object)
    if actor is not None and is_past(tokens[actor[0]]) and tokens[actor[0] + 1].tag == "prep":
        actor = None  # "killed in Algeria's riots"
    first, last, counted_none = event.first, event.last, False
    unreal = None
    if event.pattern == "noun":
        unreal = modality.averted(tokens, first, last) or modality.of_noun(tokens, first)
        if unreal is None and event.predicate not in _UNFORESEEN and modality.is_coming(tokens, last):
            unreal = "planned"
    for span in (actor, target, event.complement):
        if span is not None:
            first, last = min(first, span[0]), max(last, span[1])
            counted_none = counted_none or tokens[span[0]].lower in _NONE
    entry = event_entries()[event.predicate]
    subject = role_surface(clauses, actor, entry.subject or _SPEAKER) if actor is not None else None
    in_words = event.kind == "statement" and event.predicate != "statement_withdrawn"
    filler = _IN_WORDS if in_words else entry.object
    complement = event.complement and _surface(clauses, event.complement)
    inferred: list[str] = []
    place = (
        places.place_of(analysis, index, event.first, event.last, context.main)
        if event.kind != "relation"
        else None
    )
    if event.kind == "event" and target and (place is None or place.inferred):
        # "shook the Moluccas", "visited Bucha", "captured Palma"
        of_it = places.place_named if event.predicate == "disaster" else places.place_meant
        place = of_it(analysis, tokens, target) or place
    if place is not None and event.predicate == "attack" and _is_whose(tokens, actor, place.mention.end):
        place = None  # "Russia's invasion"
    if place is not None and place.inferred:
        inferred.append("place")
    kind = "office" if event.predicate == "holds_office" else event.kind
    lies = event.predicate in ("borders", "located_in")
    when = time_of(analysis, index, event.first, event.last, kind) if not lies else None
    chain, stance, continued = speakers(analysis, index, tokens[event.first].start)
    if stance == "denied" and event.predicate in _JUDGEMENTS and event.pattern == "verb":
        beside = tokens[event.first].lower.endswith("ing") and tokens[event.first - 1].text == ","
        stance = None if beside else stance  # "denied it, calling the report a hoax"
    if event.kind == "statement" and chain:
        subject = _speaking(context, index, event, subject, chain[0].surface)
    if event.pattern == "statement" and subject is None and chain and continued:
        subject = chain[0].surface
        inferred.append("subject")
    if event.pattern == "statement" and actor is not None and not chain:
        cue = _surface(clauses, (event.first, event.last))
        chain = (CandidateSource(_surface(clauses, actor), "origin", cue),)
    if continued:
        inferred.append("attribution")
    selves = chain and subject is not None and subject.lower() in _SELVES and event.pattern != "statement"
    if selves and may_mean(analysis, index, subject or "", chain[0].surface):
        # "“We are worried,” she said", "Australia said it would send aircraft"
        subject = chain[0].surface
        inferred.append("subject")
    if event.pattern == "noun" and stance is not None and _is_known(tokens, event.first):
        stance = None
    mode = mode_of(context, index, event.first, event.last, stance, bool(chain))
    if event.predicate == "accusation" and mode in ("asserted", "reported"):
        mode = "alleged"
    stands = event.kind == "relation" or event.predicate in ("statement_withdrawn", "information_unclear")
    if stands and mode == "retracted":
        mode = "reported" if chain else "asserted"  # the withdrawal itself, and who holds which office
    if when is not None and mode in ("asserted", "reported") and _is_ahead(analysis, when):
        if event.predicate in _UNFORESEEN:
            when = None  # "a second blast as the country prepares for next month's polls"
        elif event.kind == "event" and not _is_over(tokens, event):
            mode = "planned"
    if counted_none and event.kind == "event":
        mode = "denied"
    mode = unreal or mode
    start, end = quote_span(analysis, index, first, last)
    basis = f"event {event.pattern}"
    return ClaimCandidate(
        predicate=event.predicate,
        quote=text[start:end],
        extractor=NAME,
        version=VERSION,
        confidence=confidence_of(basis, inferred if event.kind != "statement" else ()),
        basis=basis,
        subject=subject,
        object=role_surface(clauses, target, filler) if target is not None else None,
        complement=complement,
        place=place.mention.surface if place else None,
        time=when.surface if when else None,
        attribution=chain,
        modality=mode,
        start=start,
        inferred=tuple(inferred),
    )


def _surface(clauses: Clauses, span: Range) -> str:
    return clauses.text[clauses.tokens[span[0]].start : clauses.tokens[span[1] - 1].end]


def _is_whose(tokens: Sequence[Token], actor: Range | None, end: int) -> bool:
    """Whether what ends at an offset is who acts, before a possessive."""
    if actor is None or actor[1] >= len(tokens) or tokens[actor[1]].tag != "poss":
        return False
    return tokens[actor[1] - 1].end == end


_NONE = frozenset(("no", "neither", "nobody"))
_FIRST_PERSON = frozenset(("i", "we", "us", "me", "our", "my"))
# Whoever is cited for these is who makes the statement.
_FINDINGS = frozenset(("decide", "find", "learn", "show", "hear"))
_CITED = frozenset(("reported_cause", "information_unclear"))


def _speaking(context: Context, index: int, event: Event, subject: str | None, source: str) -> str | None:
    """ "“We are alarmed,” said X": X. "The bloc said it condemned …": the bloc."""
    pronoun = (subject or "").lower() if subject != "US" else ""
    own = pronoun in _FIRST_PERSON or (not subject and event.predicate in _CITED)
    if not own and (pronoun not in ("it", "they") or source.lower() in ("it", "they", "he", "she")):
        return subject
    for item in context.analysis.attributions_in(index):
        if item.source is not None and item.source.surface == source:
            if pronoun in ("it", "they") and not _may_be(pronoun, item):
                return subject  # "gunmen it describes as …, an official said": not the official
            if not pronoun and (item.directive or item.verb in _FINDINGS):
                return subject  # "will decide whether": leaves nothing open
            named = (
                mention
                for mention in context.analysis.mentions_in(item.source.start, item.source.end)
                if mention.name == item.name and mention.kind == "person" and "pronoun" not in mention.flags
            )
            return next((mention.surface for mention in named), source)
    return source


def _may_be(pronoun: str, item: Attribution) -> bool:
    """Whether "it" or "they" may stand for whoever speaks: "the dockers' union said it had asked"."""
    assert item.source is not None  # callers have checked
    if item.kind is not None or item.source.surface[-1].isupper():
        return item.kind == "organization"
    last = item.source.surface.split()[-1].lower()
    person = is_person(singular(last), last)
    return (person and last.endswith("s")) if pronoun == "they" else not person and not last.endswith("s")


def _is_ahead(analysis: Analysis, when: DateExpression) -> bool:
    """Whether a date lies after the article's."""
    return analysis.published is not None and (
        when.start_date is not None and when.start_date > analysis.published
    )


def _is_over(tokens: Sequence[Token], event: Event) -> bool:
    """Whether a verb of the past says that it has been: not so "go to the polls in April"."""
    words = {token.lower for token in tokens[max(0, event.first - 2) : event.last]} - _CALLING
    return any(word.endswith("ed") or word in PAST_FORMS or word in ("was", "were", "had") for word in words)


_UNFORESEEN = frozenset(("disaster", "attack", "clash", "riot", "crackdown"))


def _is_known(tokens: Sequence[Token], first: int) -> bool:
    """ "denied any role in the attack", "blamed a gang for the attack": whoever did it, it happened."""
    while first and (
        tokens[first - 1].tag in ("word", "cap", "num", "poss") or tokens[first - 1].text == "."
    ):
        first -= 1
    return first > 1 and tokens[first - 1].lower in _DEFINITE and tokens[first - 2].tag in ("prep", "sub")


_DEFINITE = frozenset("the this that these those".split())
_CALLING = frozenset(
    "called scheduled planned announced convened summoned arranged".split()
)  # "called a rally"
