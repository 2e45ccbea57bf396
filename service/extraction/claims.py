"""Candidates from one analysed text: each counted quantity and each event with its place, time, speaker
and modality."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

import msgspec

from service.extraction import modality, places, scope
from service.extraction.actors import PRONOUNS, Actor, actor_of, last_person, with_senders
from service.extraction.analysis import Analysis
from service.extraction.attribution import Attribution
from service.extraction.confidence import confidence_of
from service.extraction.counted import is_person, singular
from service.extraction.event_types import Event
from service.extraction.events import events
from service.extraction.figures import Counted
from service.extraction.lexicon import Filler, event_entries
from service.extraction.names import Mention
from service.extraction.phrases import Clauses
from service.extraction.predicates import counted_in
from service.extraction.protocol import CandidateSource, ClaimCandidate, Modality
from service.extraction.relations import relations
from service.extraction.roles import role_surface
from service.extraction.statements import statements
from service.extraction.subjects import subject_of
from service.extraction.text import DateExpression
from service.extraction.things import thing_of
from service.extraction.tokens import PAST_FORMS, Token
from service.extraction.withdrawn import TakenBack, taken_back

NAME = "rules"
VERSION = "1"


class Context(msgspec.Struct):
    """What all claims of one text share."""

    analysis: Analysis
    main: Mention | None
    retracted: dict[int, TakenBack]
    by_start: dict[int, Mention]
    by_end: dict[int, Mention]


def context_of(analysis: Analysis) -> Context:
    return Context(
        analysis, places.main_place(analysis), taken_back(analysis),
        {mention.start: mention for mention in analysis.mentions if "nested" not in mention.flags},
        {mention.end: mention for mention in analysis.mentions if "nested" not in mention.flags},
    )  # fmt: skip


def claims_of(context: Context) -> list[ClaimCandidate]:
    analysis = context.analysis
    claims: list[ClaimCandidate] = []
    for index in range(len(analysis.tokens)):
        found = counted_in(analysis, index) if analysis.quantities_in(index) else []
        clauses = clauses_of(context, index)
        claims += [quantity_claim(context, index, clauses, item, found) for item in found]
        claims += event_claims(context, index, clauses, found)
    return with_senders(with_echoes(_without_repeats(claims), analysis))


def clauses_of(context: Context, index: int) -> Clauses:
    analysis = context.analysis
    sentence = analysis.sentences[index]
    clauses = Clauses(analysis.text, index, analysis.tokens[index], context.by_start, context.by_end)
    starts = analysis.order.mention_starts
    if bisect_left(starts, sentence.start) == bisect_left(starts, sentence.end):
        clauses.named = []
    return clauses


def with_echoes(claims: list[ClaimCandidate], analysis: Analysis) -> list[ClaimCandidate]:
    """One figure told twice is about one thing: "1,700 detained" in the headline are the "1,700 more" of
    the text, and the total that a city's report "brings to 12,000" is the country's if the text says so."""

    def of_country(claim: ClaimCandidate) -> bool:
        place = analysis.places.get(claim.place or "")
        return place is not None and place.name in analysis.countries

    told: dict[tuple[str, float], list[ClaimCandidate]] = defaultdict(list)
    for claim in claims:
        if claim.extent is not None and claim.amount is not None and claim.group is None:
            told[claim.predicate, claim.amount].append(claim)
    changed: dict[int, ClaimCandidate] = {}
    for same in told.values():
        increments = [claim for claim in same if claim.extent == "increment"]
        wider = [claim for claim in same if of_country(claim)]
        for claim in same:
            if claim.extent == "cumulative" and increments and "extent" not in claim.inferred:
                new = msgspec.structs.replace(claim, extent="increment", inferred=(*claim.inferred, "extent"))
                changed[id(claim)] = new
            elif claim.extent == "cumulative" and wider and not of_country(claim):
                if not _BRINGING.search(claim.quote):
                    continue
                inferred = tuple(dict.fromkeys((*claim.inferred, "place")))
                changed[id(claim)] = msgspec.structs.replace(claim, place=wider[0].place, inferred=inferred)
    return [changed.get(id(claim), claim) for claim in claims]


_BRINGING = re.compile(r"\b(?:bring|tak|rais|push)(?:ing|s)\b|\b(?:brought|took|raised|pushed)\b")
_GENERIC = frozenset(
    ("protest", "riot", "clash", "crackdown", "disaster", "attack", "deployment", "reported_cause")
)


def _without_repeats(claims: list[ClaimCandidate]) -> list[ClaimCandidate]:
    """ "The protests …" again and again is one claim for each place: the first, and further ones only with
    another time or with what it was about."""
    told: dict[tuple[str | None, ...], set[str | None]] = {}
    kept: list[ClaimCandidate] = []
    for claim in claims:
        if (
            claim.predicate not in _GENERIC
            or claim.value is not None
            or (claim.subject and claim.basis != "event noun")
            or (claim.object and claim.predicate != "protest")
        ):
            kept.append(claim)
            continue
        key = (claim.predicate, claim.place, claim.modality if claim.modality == "denied" else None)
        of_place = told.setdefault(key, set())
        about = claim.object or claim.time
        if not of_place or (about is not None and about not in of_place):
            kept.append(claim)
        of_place.add(about)
    return kept


def event_claims(
    context: Context, index: int, clauses: Clauses, found: Sequence[Counted]
) -> list[ClaimCandidate]:
    """Events, relations and statements of one sentence; what a counted quantity says already is left to
    it."""
    analysis = context.analysis
    taken = {
        p
        for item in found
        if item.predicate not in ("age", "magnitude")
        for p in (*range(item.first, item.last), *range(item.trigger_first, item.trigger_last))
    }
    # "8,000 people marched", "gunmen killed four": so many, and a protest or an attack.
    marched = {
        p
        for item in found
        if item.predicate == "contract_value"
        or (item.predicate == "protest_attendance" and item.pattern in ("intransitive", "act"))
        or (
            item.predicate in ("deaths", "injuries", "hostages", "arrests")
            and item.pattern in ("active", "passive", "state")
        )
        for p in range(item.trigger_first, item.trigger_last)
    }
    here = relations(clauses) + events(clauses, taken, marched)
    said = analysis.attributions_in(index)
    if not here and not said:
        return []
    # An event that a noun names in passing leaves the statement about it free.
    claimed = taken | {p for event in here if event.pattern != "noun" for p in range(event.first, event.last)}
    here = [event for event in here if not _is_only_wished(clauses, event, said)]
    here = [_by_speaker(clauses, event, said) for event in here]
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


def _is_only_wished(clauses: Clauses, event: Event, said: Sequence[Attribution]) -> bool:
    """ "urged him to sack the minister", "plotted to overthrow the king": asked for or tried, not done."""
    tokens, first = clauses.tokens, event.first
    if event.pattern == "noun" and event.predicate in _WISHED_FOR:
        return any(
            item.directive and item.content is not None and item.content.start <= tokens[first].start
            for item in said
        )
    if event.kind == "statement" and event.pattern == "verb" and tokens[first - 1].tag == "neg":
        return True  # "is not blaming the union"
    told = event.pattern in ("noun", "phrase", "relation", "statement")
    if (told and event.predicate != "state_of_emergency") or first < 2:
        return False
    if _is_supposed(tokens, first):
        return True
    if tokens[first - 1].lower != "to":
        return event.predicate == "reported_cause" and tokens[first - 1].tag == "modal"
    if tokens[first - 2].lower in modality.TRYING:
        return True
    if event.kind == "statement":
        return not modality.intends(tokens, first - 2)
    start = tokens[first].start
    return any(
        item.directive
        and item.verb not in _INTENTIONS
        and item.content is not None
        and item.content.start < start < item.content.end
        for item in said
    )


def _is_supposed(tokens: Sequence[Token], first: int) -> bool:
    """ "if it threatened its neighbours", "whether to strike": nothing that happened."""
    for position in range(first - 1, max(-1, first - 9), -1):
        if tokens[position].lower in ("if", "unless", "whether"):
            return True
        if tokens[position].tag in ("punct", "quote"):
            return False
    return False


# "demanded his resignation", "called for a deal": what these nouns name is still to come.
_WISHED_FOR = frozenset(
    "resigned removed_from_office appointed_to_office agreement government_dismissed withdrawal_start".split()
)
_INTENTIONS = frozenset(("want", "plan", "intend", "aim", "seek", "threaten", "order"))
_SELVES = frozenset(("we", "i", "it", "they"))
_SPEAKER = Filler()
_IN_WORDS = Filler(text=True)


def _worded(tokens: Sequence[Token], span: tuple[int, int] | None) -> tuple[int, int] | None:
    """A role's tokens, or None where they hold no word at all."""
    if span is None or all(token.tag in ("punct", "quote") for token in tokens[span[0] : span[1]]):
        return None
    return span


def event_claim(context: Context, index: int, clauses: Clauses, event: Event) -> ClaimCandidate:
    analysis, text, tokens = context.analysis, context.analysis.text, clauses.tokens
    event = msgspec.structs.replace(
        event, subject=_worded(tokens, event.subject), object=_worded(tokens, event.object)
    )
    spans = [span for span in (event.subject, event.object, event.complement) if span is not None]
    first = min(event.first, *(span[0] for span in spans)) if spans else event.first
    last = max(event.last, *(span[1] for span in spans)) if spans else event.last
    entry = event_entries()[event.predicate]
    filler = {"subject": entry.subject, "object": entry.object, "complement": None}
    if event.kind == "statement" and event.predicate != "statement_withdrawn":
        filler["object"] = _IN_WORDS
    roles = {
        role: role_surface(clauses, span, filler[role] or (_SPEAKER if role == "subject" else None))
        if span is not None
        else None
        for role, span in (("subject", event.subject), ("object", event.object))
    }
    complement = None
    if event.complement is not None:
        complement = text[tokens[event.complement[0]].start : tokens[event.complement[1] - 1].end]
    inferred: list[str] = []
    place = (
        places.place_of(analysis, index, event.first, event.last, context.main)
        if event.kind != "relation"
        else None
    )
    if event.predicate == "disaster" and event.object and (place is None or place.inferred):
        place = places.place_named(analysis, tokens, event.object) or place  # "shook the Moluccas"
    if place is not None and place.inferred:
        inferred.append("place")
    when = time_of(analysis, index, event.first, event.last, event.kind == "event")
    chain, stance, continued = speakers(analysis, index, tokens[event.first].start)
    if event.kind == "statement" and chain:
        roles["subject"] = _speaking(context, index, event, roles["subject"], chain[0].surface)
    if event.pattern == "statement" and roles["subject"] is None and chain and continued:
        roles["subject"] = chain[0].surface
        inferred.append("subject")
    if event.pattern == "statement" and event.subject is not None and not chain:
        cue = text[tokens[event.first].start : tokens[event.last - 1].end]
        subject = text[tokens[event.subject[0]].start : tokens[event.subject[1] - 1].end]
        chain = (CandidateSource(subject, "origin", cue),)
    if continued:
        inferred.append("attribution")
    if chain and (roles["subject"] or "").lower() in _SELVES and event.pattern != "statement":
        # "“We are worried,” she said", "Australia said it would send aircraft"
        roles["subject"] = chain[0].surface
        inferred.append("subject")
    mode = mode_of(context, index, event.first, event.last, stance, bool(chain))
    if event.predicate == "accusation" and mode in ("asserted", "reported"):
        mode = "alleged"
    stands = event.kind == "relation" or event.predicate in ("statement_withdrawn", "information_unclear")
    if stands and mode == "retracted":
        mode = "reported" if chain else "asserted"  # the withdrawal itself, and who holds which office
    if when is not None and mode in ("asserted", "reported") and _is_ahead(analysis, tokens, event, when):
        mode = "planned"
    counted_none = any(tokens[span[0]].lower in ("no", "neither", "nobody") for span in spans)
    if counted_none and event.kind == "event":
        mode = "denied"
    start, end = quote_span(analysis, index, first, last)
    basis = f"event {event.pattern}"
    return ClaimCandidate(
        predicate=event.predicate,
        quote=text[start:end],
        extractor=NAME,
        version=VERSION,
        confidence=confidence_of(basis, inferred if event.kind != "statement" else ()),
        basis=basis,
        subject=roles["subject"],
        object=roles["object"],
        complement=complement,
        place=place.mention.surface if place else None,
        time=when.surface if when else None,
        attribution=chain,
        modality=mode,
        start=start,
        inferred=tuple(inferred),
    )


_FIRST_PERSON = frozenset(("i", "we", "us", "me", "our", "my"))
# Whoever is cited for these is who makes the statement.
_FINDINGS = frozenset(("decide", "find", "learn", "show", "hear"))
_CITED = frozenset(("reported_cause", "information_unclear"))


def _speaking(context: Context, index: int, event: Event, subject: str | None, source: str) -> str | None:
    """ "“We are alarmed,” said X": X. "The bloc said it condemned …": the bloc."""
    pronoun = (subject or "").lower()
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


def _is_ahead(analysis: Analysis, tokens: Sequence[Token], event: Event, when: DateExpression) -> bool:
    """ "go to the polls in April": dated after the article, and no verb of the past says otherwise."""
    if analysis.published is None or when.start_date is None or when.start_date <= analysis.published:
        return False
    words = {token.lower for token in tokens[max(0, event.first - 2) : event.last]} - _CALLING
    return event.kind == "event" and not any(
        word.endswith("ed") or word in PAST_FORMS or word in ("was", "were", "had") for word in words
    )


_CALLING = frozenset(
    "called scheduled planned announced convened summoned arranged".split()
)  # "called a rally"


# What they count has no place of its own; one that is only inferred would be noise.
_PLACELESS = frozenset(
    "age member_count vote_share contract_value units_ordered job_cuts revenue profit aid_pledged "
    "price price_change".split()
)


def quantity_claim(
    context: Context, index: int, clauses: Clauses, item: Counted, siblings: Sequence[Counted]
) -> ClaimCandidate:
    analysis, text, tokens = context.analysis, context.analysis.text, clauses.tokens
    first, last = min(item.first, item.trigger_first), max(item.last, item.trigger_last)
    inferred: list[str] = []
    alone = (
        item.pattern in ("listed", "included")
        or places.is_divided(tokens, first, last)
        or (item.last < len(tokens) and tokens[item.last].lower in ("in", "at", "near"))  # "450 in Mumbai"
    )
    near = (item.first, item.last) if alone else (first, last)
    locate = places.place_counted if item.predicate == "population" else places.place_of
    place = places.place_named(analysis, tokens, item.owner) if item.owner is not None else None
    place = place or locate(analysis, index, *near, context.main)
    extent = scope.extent_of(analysis, index, item, siblings)
    group = scope.group_of(analysis, index, item)
    if group is None and (group := scope.shared_group(analysis, index, item, siblings)) is not None:
        inferred.append("group")
    if group is None and (site := scope.site_of(analysis, index, item)) is not None:
        group, extent = site, "subset"
    if group is not None and extent == "cumulative" and item.pattern == "listed":
        extent = "subset"
    if place is not None and place.inferred:
        if item.predicate in _PLACELESS:
            place = None
        else:
            inferred.append("place")
    when = time_of(analysis, index, *near) if item.predicate != "age" else None
    chain, stance, continued = speakers(analysis, index, tokens[item.first].start)
    if continued:
        inferred.append("attribution")
    mode = mode_of(
        context, index, item.trigger_first, item.trigger_last, stance, bool(chain), figure=item.first
    )
    back = context.retracted.get(index)
    if mode == "retracted" and not chain and back is not None and back.verb is not None:
        chain = _withdrawing(clauses, back.verb)
    if "negated" in item.quantity.flags and mode == "denied" and stance != "denied":
        mode = "reported" if chain else "asserted"  # "not take more than ten days" is a bound, no denial
    quote = quote_span(analysis, index, first, last)
    if item.predicate == "troops_deployed" and item.lemma in ("promise", "offer", "pledge"):
        mode = "planned"
    quantity = item.quantity
    value_end = quantity.end
    if (
        quantity.noun_end is not None
        and quantity.noun_end > quantity.end
        and tokens[item.last - 1].end == quantity.noun_end
        and text[quantity.end] not in '”"'
    ):
        value_end = quantity.noun_end
    basis = f"figure {item.pattern}"
    amount = quantity.amount * item.sign if quantity.amount is not None else None
    actor = actor_of(clauses, item)
    if actor is not None and actor.surface.lower() in PRONOUNS:
        actor = Actor(chain[0].surface) if chain else None  # "the firm said it would invest"
    if actor is None and item.predicate == "age":
        actor = last_person(analysis, tokens[item.first].start)
    if actor is not None and actor.inferred:
        inferred.append("subject")
    return ClaimCandidate(
        predicate=item.predicate,
        quote=text[quote[0] : quote[1]],
        extractor=NAME,
        version=VERSION,
        confidence=confidence_of(basis, inferred),
        basis=basis,
        value=text[quantity.start : value_end],
        amount=float(amount) if amount is not None else None,
        subject=actor.surface if actor else None,
        object=thing_of(clauses, item),
        place=place.mention.surface if place else None,
        time=when.surface if when else None,
        attribution=chain,
        modality=mode,
        extent=extent,
        group=group,
        start=quote[0],
        value_start=quantity.start,
        inferred=tuple(inferred),
    )


def _withdrawing(clauses: Clauses, verb: int) -> tuple[CandidateSource, ...]:
    """ "The coast guard withdrew its figure of 51": whose figure it was."""
    tokens = clauses.tokens
    span = subject_of(clauses, verb)
    if span is None or tokens[span[0]].lower in PRONOUNS:
        return ()
    surface = clauses.text[tokens[span[0]].start : tokens[span[1] - 1].end]
    return (CandidateSource(surface, "origin", tokens[verb].text),)


# --- shared by quantities and events ---


def quote_span(analysis: Analysis, index: int, first: int, last: int) -> tuple[int, int]:
    """The clause that holds tokens[first:last]: the sentence, cut at semicolons, dashes and contrasting
    conjunctions."""
    tokens = analysis.tokens[index]
    start, end = 0, len(tokens)
    if not tokens.words.isdisjoint(_CUTTING):
        before = (p for p in range(first - 1, -1, -1) if tokens[p].lower in _CUTTING)
        start = next((p + 1 for p in before if p or tokens[p].tag == "punct"), 0)
        end = next((p for p in range(last, len(tokens)) if tokens[p].lower in _CUTTING), end)
    while start < first and tokens[start].text in (",", '"', "”", ")", "-"):
        start += 1
    while end > last and tokens[end - 1].text in (",", "“", "(", "-"):
        end -= 1
    return tokens[start].start, tokens[end - 1].end


_CUTTING = frozenset((";", "–", "—", "while", "but", "whereas"))


def _in_relative_clause(tokens: Sequence[Token], first: int, offset: int) -> bool:
    """Whether a date after a figure tells of something else: "joining protests that began on the 2nd"."""
    for position in range(first, len(tokens)):
        token = tokens[position]
        if token.start >= offset:
            return False
        if token.tag == "rel" and (token.lower != "that" or tokens[position - 1].tag == "word"):
            return not any(later.text == "," for later in tokens[position:] if later.start < offset)
    return False


_RECORD = re.compile(r"\b(?:first|only|most|least|[a-z]{3,}est|worst|best)\b[^;]*\bsince\b", re.IGNORECASE)


_APART = re.compile(r";| while | but ")
_LATER = re.compile(r"\b(?:hour|day|week|fortnight|month|year)s? (?:after|before)\b")
_NEXT_DAY = re.compile(r"\band (?:on |in |by |at )?\Z")  # "and on Saturday …": a clause of its own


def time_of(
    analysis: Analysis, index: int, first: int, last: int, told: bool = False
) -> DateExpression | None:
    """The date expression of the clause: the nearest to the trigger, durations left out.

    What happened (`told`) is not dated by the day it was reported: "said on Tuesday that …" dates the
    saying. A figure is: it holds on the day it is given. "The deadliest since 1991" dates neither.
    """
    tokens = analysis.tokens[index]
    start, end = tokens[first].start, tokens[last - 1].end
    inside = [
        item.content
        for item in analysis.attributions_in(index)
        if item.content is not None and item.content.start <= start and end <= item.content.end
    ] if told else []  # fmt: skip
    best: tuple[int, DateExpression] | None = None
    for expression in analysis.dates_in(index):
        if expression.kind not in ("date", "time") or (
            expression.start_date is None and expression.end_date is None
        ):
            continue
        if any(not span.start <= expression.start < span.end for span in inside):
            continue
        if expression.start >= end and _in_relative_clause(tokens, last, expression.start):
            continue
        if expression.start >= end and _RECORD.search(analysis.text, end, expression.end):
            continue
        distance = max(expression.start - end, start - expression.end, 0)
        between = analysis.text[min(expression.end, end) : max(expression.start, start)]
        if expression.end <= start and _LATER.search(between):
            continue  # "on Saturday, two days after a fire": dates neither
        if _APART.search(between) or (expression.start >= end and _NEXT_DAY.search(between)):
            distance += 200
        if best is None or distance < best[0]:
            best = (distance, expression)
    return best[1] if best is not None and best[0] < 240 else None


def speakers(
    analysis: Analysis, index: int, offset: int
) -> tuple[tuple[CandidateSource, ...], Modality | None, bool]:
    """The attribution chain of what stands at `offset`, origin first; its modality; whether it was
    carried over."""
    covering = [
        item for item in analysis.attributions_in(index)
        if item.content is not None and item.content.start <= offset < item.content.end
        and not item.directive and item.source is not None
    ]  # fmt: skip
    if not covering:
        return (), None, False
    # Whoever is cited is where it comes from; the more deeply nested speaker is nearer to the origin.
    covering.sort(
        key=lambda item: (
            item.form != "citing",
            len(item.content.surface) if item.content else 0,
            item.cue.start,
        )
    )
    chain: list[CandidateSource] = []
    seen: set[str] = set()
    for item in covering:
        assert item.source is not None  # filtered above
        for surface in _several(item):
            key = (item.name or surface).lower() if surface == item.source.surface else surface.lower()
            if key in seen:
                continue
            seen.add(key)
            role = (
                item.role if not (item.role == "origin" and chain and chain[0].role == "origin") else "medium"
            )
            chain.append(CandidateSource(surface, role, item.cue.surface))
    chain.sort(key=lambda source: source.role != "origin")
    stance: Modality | None = None
    for item in covering:
        if item.modality in ("denied", "alleged"):
            stance = item.modality
    return tuple(chain), stance, "continued" in covering[0].flags


def _several(item: Attribution) -> list[str]:
    """ "Reuters and AFP" are two media."""
    assert item.source is not None  # callers have checked
    surface = item.source.surface
    parts = [part.strip() for part in surface.split(" and ")]
    # Not "State media in Russia and Kazakhstan", where "and" joins two places.
    if item.role == "medium" and all(
        word[:1].isupper() or word == "the" for part in parts for word in part.split()
    ):
        return parts
    return [surface]


def mode_of(
    context: Context,
    index: int,
    first: int,
    last: int,
    stance: Modality | None,
    attributed: bool,
    figure: int | None = None,
) -> Modality:
    """Of what is told by tokens[first:last] of a sentence; `figure` is the token of a figure."""
    tokens = context.analysis.tokens[index]
    back = context.retracted.get(index)
    told = tokens[first if figure is None else figure].start
    if back is not None and back.holds(told, figure is not None):
        return "retracted"
    own = modality.of_trigger(tokens, first, last)
    if stance == "denied":
        return "denied"
    return own or stance or ("reported" if attributed else "asserted")
