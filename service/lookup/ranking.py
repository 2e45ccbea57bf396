"""Which facts answer what is asked, and how well. Pure.

A fact has to meet everything that the question says: what it cannot meet rejects it, with the reason. How
well it meets the rest is its score, a weighted mean of the parts below, so every score can be read back
from its parts. A ranking that only rewarded likeness would give the nearest figure for a city nobody wrote
about.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from service.extraction.text import Quantity
from service.facts.values import as_of_day, telling_order, unit_key, valid_span
from service.lookup.asked import Asked, Cue, Word
from service.lookup.candidates import Candidate, Told
from service.lookup.naming import (
    contains,
    echo,
    folded,
    holds,
    match_names,
    match_place,
    roles_of,
    stems_in,
    stems_of,
)
from service.lookup.reading import Period
from service.lookup.scoring import STAGES, Miss, Part, scored
from service.lookup.words import is_plain, lemmas, meanings, stem, vocabulary, wider

UNASKED_EXTENT = {None: 1.0, "cumulative": 1.0, "increment": 0.8, "subset": 0.5}
FIGURES = frozenset({"how_many", "how_long", "how_old"})
DURATIONS = frozenset({"second", "minute", "hour", "day", "week", "month", "year"})
PARAPHRASED = 0.97  # "sacked" of a claim that says "fired"
Attested = Mapping[str, Sequence[Candidate]]  # the candidates of each predicate
WRITTEN = re.compile(r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen)\b")
STRONG = 0.6  # a cue that is at least as sure as this has to be met


class Ranked(msgspec.Struct, frozen=True):
    """A fact that answers. `claims` are those the question is about: of its days, of its speaker."""

    candidate: Candidate
    score: float
    parts: tuple[Part, ...]
    claims: tuple[Told, ...]
    place_inside: str | None = None  # the place asked for, when the fact is about a place inside it


class Rejected(msgspec.Struct, frozen=True):
    """A fact that does not answer. `stage`: how much it met before it failed, so the best reason can be
    told."""

    candidate: Candidate
    stage: int
    failed: str
    because: str


def rank(
    asked: Asked, candidates: Sequence[Candidate], below: Mapping[str, frozenset[str]]
) -> list[Ranked | Rejected]:
    """The answers best first, then what was rejected, nearest miss first.

    below: slug of an entity that the question names → slugs of all that is part of it.
    """
    attested: dict[str, list[Candidate]] = {}
    for one in candidates:
        attested.setdefault(one.predicate, []).append(one)
    judged = [_judge(asked, one, below, attested) for one in candidates]
    found = [one for one in judged if isinstance(one, Ranked)]
    missed = [one for one in judged if isinstance(one, Rejected)]
    found.sort(key=lambda one: (-one.score, -one.candidate.articles, one.candidate.slug))
    missed.sort(key=lambda one: (-one.stage, -one.candidate.articles, one.candidate.slug))
    return [*found, *missed]


def _judge(
    asked: Asked, one: Candidate, below: Mapping[str, frozenset[str]], attested: Attested
) -> Ranked | Rejected:
    try:
        parts = [
            *_predicate(asked, one, attested),
            *_form(asked, one),
            *(inside := match_place(asked, one, below))[0],
            *match_names(asked, one, below),
            *_words(asked, one),
            *_extent(asked, one),
        ]
        claims = _of_speakers(asked, one, below)
        claims, when = _of_period(asked.period, claims, one)
        parts += [*when, *_echo(asked, one), _scope(asked, one), _support(one)]
    except Miss as miss:
        return Rejected(one, STAGES.index(miss.failed), miss.failed, miss.because)
    total = sum(part.weight for part in parts)
    score = sum(part.weight * part.value for part in parts) / total
    # what is quoted first speaks most like the question; what speaks alike stands in the order of its telling
    claims.sort(key=lambda told: (-echo(asked, told), telling_order(told.view)))
    return Ranked(one, round(score, 4), tuple(parts), tuple(claims), inside[1])


# --- the kind of statement ----------------------------------------------------------------------------------


def _predicate(asked: Asked, one: Candidate, attested: Attested) -> list[Part]:
    if not asked.cues:
        return []
    alone = only_in_passing(asked)
    # "who is the president": that somebody in a fact is one does not make the fact an answer
    stems = stems_of(one, described=not alone)
    main = max((cue for cue in asked.cues if cue.verbal), key=lambda cue: cue.best, default=None)
    best, reason = 0.0, ""
    for cue in asked.cues:
        value = cue.predicates.get(one.predicate, 0.0) * (1.0 if alone or not cue.context else 0.6)
        said = _says(asked, cue, stems)
        weak = 0 < value < STRONG * (0.6 if cue.context else 1) and not _plain(asked, cue)
        if not said and (one.predicate in cue.literal or weak):
            continue  # a word that may mean many things means this only where a claim says it
        value *= 1.0 if said else PARAPHRASED
        if main is not None and asked.wanted in ("agent", "patient") and one.predicate not in main.predicates:
            value *= 0.7  # who did it is asked of the verb
        if value > best:
            best, reason = value, f"the question's words mean {one.predicate}"
    office = any(cue.literal and not cue.context for cue in asked.cues)  # "who is the president"
    told = asked.wanted == "speaker" and one.kind == "statement"  # whatever kind of statement it was
    named = asked.words or any(not mention.soft for mention in asked.mentions)
    counted = asked.form in FIGURES or asked.figure is not None  # nobody counts what a figure does not
    if best == 0 and ((alone and not office and not (counted and asked.cues) and named) or told):
        best, reason = 0.6 if told else 0.5, "the question says what it is about only in passing"
    elif alone and best:
        best = max(best, 0.6)
    if best == 0:
        raise Miss("predicate", f"it is about {one.predicate}")
    sure = best / PARAPHRASED + 0.06  # a noun is as good as a verb
    for cue in asked.cues:
        if one.predicate not in cue.predicates or one.predicate in cue.literal:
            met = _met_elsewhere(asked, cue, one, stems, attested if cue.context or cue.best <= sure else {})
            if met == 0:
                raise Miss("predicate", f"nothing in it is about {_cue_words(asked, cue)}")
            best *= met
    return [scored("predicate", best, reason)]


def _says(asked: Asked, cue: Cue, stems: frozenset[str]) -> bool:
    """Whether the fact's claims use the very words of the cue."""
    said = [asked.texts[position] for position in cue.positions if position in asked.texts]
    return bool(said) and all(meanings(word) & stems for word in said)


def _plain(asked: Asked, cue: Cue) -> bool:
    """Whether no claim can be expected to say the words of a cue: "is in"."""
    return all(is_plain(asked.texts[position]) for position in cue.positions if position in asked.texts)


def only_in_passing(asked: Asked) -> bool:
    """Whether no word says for sure what kind of statement is asked for: "what did they use against
    protesters"."""
    return all(cue.context or cue.best < STRONG for cue in asked.cues)


def _cue_words(asked: Asked, cue: Cue) -> str:
    words = " ".join(asked.texts[position] for position in cue.positions if position in asked.texts)
    return words or next(iter(cue.predicates))


def _met_elsewhere(
    asked: Asked, cue: Cue, one: Candidate, stems: frozenset[str], attested: Attested
) -> float:
    """How well words about something else fit the fact: its claims say them, or its place has seen such a
    thing."""
    named = {i for mention in asked.mentions for i in range(mention.first, mention.last + 1)}
    if _says(asked, cue, stems):
        return 0.98
    if cue.topic:
        return 0.0
    if cue.speech or cue.implied or named.issuperset(cue.positions):
        return 0.95
    if _plain(asked, cue):
        return 0.95
    if cue.best < STRONG or all(section == "counted" for section in cue.sections.values()):
        return 0.0  # "soldiers killed" are not "people killed"
    places = _places(one)
    for predicate in cue.predicates:
        for other in attested.get(predicate, ()):
            if one.kind == other.kind == "quantity" and not cue.context:
                continue  # two figures are two questions: dead soldiers are not the soldiers sent
            theirs = _places(other)
            near = not places or not theirs or bool(places & theirs)
            if near and (predicate not in cue.literal or _says(asked, cue, stems_of(other))):
                return 0.85
    return 0.0


def _places(one: Candidate) -> set[str]:
    """The places a fact is about, with all that contain them: a protest in Almaty is one in Kazakhstan."""
    found = {one.place} if one.place else set()
    for told in one.claims:
        for person in told.participants:
            if person.role == "place" and person.slug:
                found |= {person.slug, *person.above}
    return found


# --- the form -----------------------------------------------------------------------------------------------


def _comparable(figure: Quantity, unit: str | None, predicate: str) -> bool:
    if figure.kind in ("duration", "age"):
        return unit in DURATIONS
    if predicate == "age":
        return figure.unit is None  # "is he 68?"
    if figure.kind == "fraction":
        return False  # "a third of the detainees" is no count
    if figure.kind == "percent":
        return unit == "percent"
    return unit not in DURATIONS and unit != "percent"


def _form(asked: Asked, one: Candidate) -> list[Part]:
    form = asked.form
    unit = next((unit_key(told.view.unit) for told in one.claims if told.view.unit), None)
    figures = one.kind == "quantity"
    if form == "how_many" and not figures:
        raise Miss("form", "it has no figure")
    lasting = not figures and any(
        (told.view.time_start is None) != (told.view.time_end is None) for told in one.claims
    )  # "for how long has it been independent": since then
    if form == "how_long" and not (lasting or (figures and unit in DURATIONS and one.predicate != "age")):
        raise Miss("form", "it tells no duration")
    if form == "how_old" and one.predicate != "age":
        raise Miss("form", "it tells no age")
    if asked.figure is not None and not figures:
        raise Miss("form", "it has no figure to compare")
    if asked.figure is not None and not _comparable(asked.figure, unit, one.predicate):
        raise Miss("form", f"it counts {unit or 'nothing'}")
    if form == "where" and not any(
        person.role == "place" for told in one.claims for person in told.participants
    ):
        raise Miss("form", "it names no place")
    if form == "how" and not asked.cues:
        raise Miss("form", "it does not say how")
    if form == "who" and not (asked.cues or asked.mentions):
        raise Miss("form", "it does not say who")  # "who trained the terrorists"
    if form is None:
        return []
    value = 1.0
    if form in ("who", "what") and not asked.cues and not asked.words:
        value = 1.0 if one.kind == "relation" else 0.6  # "who is X"
    if form == "how_many" and not any(WRITTEN.search(told.view.value_text or "") for told in one.claims):
        value = 0.7  # "hundreds", "dozens"
    if form == "when":
        dated = any(told.view.time_start or told.view.time_end for told in one.claims)
        value = (1.0 if dated else 0.5) * (0.6 if figures else 1.0)
    elif form == "why":
        value = 1.0 if one.predicate == "reported_cause" else 0.1 if figures else 0.3
    elif form in ("who", "what", "where"):
        value *= 0.7 if figures and form == "who" else 1.0
        if form == "who" and asked.wanted is not None:
            roles = roles_of(asked, one, asked.wanted)
            present = any(p.role in roles for told in one.claims for p in told.participants)
            value *= 1.0 if present else 0.2 if asked.wanted == "speaker" else 0.6
    return [scored("form", value, f"a question for {form.replace('_', ' ')}")]


# --- everything else that the question says -----------------------------------------------------------------


def _words(asked: Asked, one: Candidate) -> list[Part]:
    if not asked.words:
        return []
    stems = stems_of(one, described=not only_in_passing(asked))
    for word in asked.words:
        if not meanings(word.text) & stems or not _beside(word, one):
            group = stems_in(one.group or "")
            if any(known <= group and stem(word.text) in narrower for known, narrower in wider()):
                raise Miss("group", f"it counts {one.group}, of whom {word.text} are only a part")
            raise Miss("words", f"nothing in it is about {word.text}")
    said = ", ".join(word.text for word in asked.words)
    return [scored("words", 1.0, f"its claims speak of {said}")]


def _beside(word: Word, one: Candidate) -> bool:
    """ "The Kazakh president": if somebody in the fact is described as a president, then as one of
    Kazakhstan."""
    if not word.beside:
        return True
    described = [
        stems_in(person.description)
        for told in one.claims
        for person in told.participants
        if person.slug and stem(word.text) in stems_in(person.description)
    ]
    places = [stems_in(entity.name) for entity in word.beside]
    return not described or any(place <= person for place in places for person in described)


def _extent(asked: Asked, one: Candidate) -> list[Part]:
    if asked.extent is None or one.kind != "quantity":
        return []
    if asked.extent == "cumulative" and one.extent in (None, "cumulative"):
        return [scored("extent", 1.0, "a total was asked for")]
    if asked.extent == one.extent:
        return [scored("extent", 1.0, f"the figure is the {one.extent} that was asked for")]
    raise Miss("extent", {"increment": "it is not an increase", "cumulative": "it is not a total"}.get(
        asked.extent, "it is not a part of a larger figure"
    ))  # fmt: skip


def _scope(asked: Asked, one: Candidate) -> Part:
    value, reasons = 1.0, []
    if asked.extent is None and one.kind == "quantity":
        value *= UNASKED_EXTENT[one.extent]
        if one.extent in ("increment", "subset"):
            reasons.append(f"the figure is a{'n' if one.extent == 'increment' else ''} {one.extent}")
    if one.group:
        group = stems_in(one.group) - {"of", "the"}
        said = {stem(word) for word in asked.texts.values()}
        share = len(group & said) / len(group)
        value = max(value, share) if share >= 0.5 else value * 0.7
        reasons.append(f"it counts {one.group}")
    return scored("scope", value, "; ".join(reasons) or "it is about the whole")


def _echo(asked: Asked, one: Candidate) -> list[Part]:
    if not asked.content:
        return []
    said = asked.content & stems_of(one, described=False)
    share = len(said) / len(asked.content)
    return [
        scored("echo", share, f"its claims use {len(said)} of {len(asked.content)} words of the question")
    ]


def _support(one: Candidate) -> Part:
    return scored(
        "support", one.articles / (one.articles + 1), f"{one.articles} article{'s' * (one.articles != 1)}"
    )


# --- which of its claims ------------------------------------------------------------------------------------


def _of_speakers(asked: Asked, one: Candidate, below: Mapping[str, frozenset[str]]) -> list[Told]:
    claims = list(one.claims)
    for mention in asked.mentions:
        if mention.role != "speaker":
            continue
        slugs = {entity.slug for entity in mention.entities}
        slugs |= {slug for entity in mention.entities for slug in below.get(entity.slug, frozenset())}
        deed = one.kind != "quantity" and any(
            vocabulary("announcing") & set(lemmas(word)) for word in asked.texts.values()
        )
        roles = ("speaker", "subject") if one.kind == "statement" or deed else ("speaker",)
        places = {folded(entity.name) for entity in mention.entities if entity.kind == "place"}
        said = [
            told
            for told in claims
            if any(
                p.role in roles and (p.slug in slugs or contains(folded(p.name), places) or holds(mention, p))
                for p in told.participants
            )
        ]
        if not said and not mention.soft:
            raise Miss("speaker", f"{mention.entities[0].name} is not who said it")
        claims = said or claims
    if asked.modality == "denied":
        denied = [told for told in claims if told.view.modality in ("denied", "retracted")]
        if not denied and one.predicate not in ("information_unclear", "statement_withdrawn"):
            raise Miss("speaker", "nobody denies it")
        claims = denied or claims
    return claims


def _of_period(period: Period | None, claims: list[Told], one: Candidate) -> tuple[list[Told], list[Part]]:
    """The claims of the days that are asked about. An undated claim counts for a month or a year, never
    for a day."""
    if period is None:
        return claims, []
    start, end = period.start or date.min, period.end or date.max
    long = (end - start).days >= 27
    meant = []
    for told in claims:
        view = told.view
        if view.time_start is None and view.time_end is None and not long:
            continue
        first, last = (as_of_day(view),) * 2 if one.kind == "quantity" else valid_span(view)
        if first <= end and start <= last:
            meant.append(told)
    if not meant:
        raise Miss("time", f"no claim of it is about {period.text}")
    return meant, [scored("time", 1.0, f"{len(meant)} of {len(claims)} claims are about {period.text}")]
