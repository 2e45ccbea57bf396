"""Candidates from one analysed text: each counted quantity and each event with its place, time, speaker
and modality."""

import re
from collections import defaultdict

import msgspec

from service.extraction.actors import with_senders
from service.extraction.analysis import Analysis
from service.extraction.circumstances import Context, clauses_of
from service.extraction.denials import with_denials
from service.extraction.event_claims import event_claims
from service.extraction.figure_claims import quantity_claim
from service.extraction.lexicon import lexicon
from service.extraction.predicates import counted_in
from service.extraction.protocol import ClaimCandidate
from service.extraction.relations import RELATING
from service.extraction.triggers import standing


def claims_of(context: Context, failed: dict[int, Exception] | None = None) -> list[ClaimCandidate]:
    """A sentence on which the rules fail is told in `failed`, by its index, and the others are read; without
    `failed` the error is raised."""
    claims: list[ClaimCandidate] = []
    for index in range(len(context.analysis.tokens)):
        try:
            claims += _claims_in(context, index)
        except Exception as error:
            if failed is None or isinstance(error, TimeoutError):  # of an article's time, not of its words
                raise
            failed[index] = error
    analysis = context.analysis
    claims = with_denials(with_echoes(_without_repeats(claims), analysis), context)
    return with_senders(claims)


def _claims_in(context: Context, index: int) -> list[ClaimCandidate]:
    analysis, tokens = context.analysis, context.analysis.tokens[index]
    found = counted_in(analysis, index) if analysis.quantities_in(index) else []
    told = standing(lexicon().event_starts, tokens)
    named = index in context.named or tokens.groups & RELATING
    if not (found or told or named or analysis.attributions_in(index)):
        return []  # as most sentences
    clauses = clauses_of(context, index)
    figures = [quantity_claim(context, index, clauses, item, found) for item in found]
    return figures + event_claims(context, index, clauses, told, found)


def with_echoes(claims: list[ClaimCandidate], analysis: Analysis) -> list[ClaimCandidate]:
    """One figure told twice is about one thing: "1,700 detained" in the headline are the "1,700 more" of
    the text, and the total that a city's report "brings to 12,000" is the country's if the text says so."""

    def of_country(claim: ClaimCandidate) -> bool:
        place = analysis.places.get(claim.place or "")
        return place is not None and place.name in analysis.countries

    told: dict[tuple[str, float], list[ClaimCandidate]] = defaultdict(list)
    claims = _with_speakers(claims, analysis)
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
                if not (_BRINGING.search(claim.quote) and _TOTAL.search(claim.quote)):
                    continue
                inferred = tuple(dict.fromkeys((*claim.inferred, "place")))
                changed[id(claim)] = msgspec.structs.replace(claim, place=wider[0].place, inferred=inferred)
    return [changed.get(id(claim), claim) for claim in claims]


def _with_speakers(claims: list[ClaimCandidate], analysis: Analysis) -> list[ClaimCandidate]:
    """A headline's figure has no speaker of its own: "Toll rises to 53" has that of the sentence below it, if
    that gives the same figure to somebody. So the headline falls when the figure is taken back."""
    if len(analysis.sentences) < 2 or analysis.tokens[0][-1].tag in ("punct", "quote"):
        return claims
    first, second = analysis.sentences[:2]
    said = {
        (claim.predicate, claim.amount): claim
        for claim in claims
        if claim.amount is not None and claim.attribution and second.start <= (claim.start or 0) < second.end
    }
    changed: list[ClaimCandidate] = []
    for claim in claims:
        key = claim.predicate, claim.amount
        if claim.start is not None and claim.start < first.end and not claim.attribution and key in said:
            claim = msgspec.structs.replace(
                claim,
                attribution=said[key].attribution,
                modality="reported" if claim.modality == "asserted" else claim.modality,
                inferred=tuple(dict.fromkeys((*claim.inferred, "attribution"))),
            )
        changed.append(claim)
    return changed


_BRINGING = re.compile(r"\b(?:bring|tak|rais|push)(?:ing|s)\b|\b(?:brought|took|raised|pushed)\b")
_TOTAL = re.compile(r"\b(?:total|tolls?|number|count|tally|figure|to)\b")
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
