"""From what was found to what the API answers: sentences, evidence, links, reasons, suggestions. Pure."""

import datetime as dt
from collections.abc import Sequence
from typing import cast

from service.articles.queries import article_ref
from service.db.statements import Row
from service.extraction.text import Quantity
from service.facts.agreement import Agreement, Claimed, assess
from service.facts.queries import shown_value
from service.facts.schemas import PreferredValue, Range
from service.facts.values import unit_key
from service.lookup.answers import agreeing, answer, answering, said
from service.lookup.asked import Asked, Mention
from service.lookup.asking import Found
from service.lookup.check import Checked, check
from service.lookup.naming import stems_of
from service.lookup.ranking import Ranked, Rejected
from service.lookup.reading import Reading
from service.lookup.schemas import (
    EntityRead,
    EvidenceRead,
    FactAnswer,
    FactLinks,
    Interpretation,
    JudgedClaim,
    Lookup,
    MentionRead,
    PeriodRead,
    PredicateRead,
    ScorePart,
    Suggestion,
    WordRead,
)
from service.lookup.words import stem
from service.schemas import Ref, number, ref

MOST_SUGGESTIONS = 5
MOST_VERDICTS = 10  # that are remembered of one fact, over all its claims or some of them


def lookup(
    q: str | None,
    reading: Reading | None,
    found: Found,
    as_of: dt.datetime | None,
    limit: int,
    popular: Sequence[Row],
) -> Lookup:
    """The whole answer. `popular`: facts to suggest when nothing was understood."""
    asked = found.asked
    facts = [fact_answer(asked, one, found, as_of) for one in found.ranked[:limit]]
    understood = bool(asked.cues or asked.mentions)
    return Lookup(
        q,
        as_of,
        interpretation(reading, asked, found),
        None if facts else because(asked, found, understood),
        facts,
        suggestions(asked, found, popular),
    )


# --- one fact -----------------------------------------------------------------------------------------------


def verdict_over(one: Ranked, as_of: dt.datetime | None) -> Agreement:
    """The agreement of the claims that a question is about; the same ones are asked for again."""
    key = (as_of, *(told.view.id for told in one.claims))
    verdict = one.candidate.memo.get(key)
    if verdict is None:
        verdict = assess([told.view for told in one.claims], as_of)
        assert verdict is not None  # ranked facts have claims that were published by then
        if len(one.candidate.memo) < MOST_VERDICTS:
            one.candidate.memo[key] = verdict
    return cast(Agreement, verdict)


def fact_answer(asked: Asked, one: Ranked, found: Found, as_of: dt.datetime | None) -> FactAnswer:
    verdict = verdict_over(one, as_of)
    checked = None
    if asked.figure is not None:
        claimed = claimed_of(asked.figure, asked, one.candidate.claims[0].view.unit)
        checked = check(claimed, [[told.view for told in one.claims]], verdict.withdrawn)
    best = said(asked, one, verdict, checked)
    held = found.loaded.facts[one.candidate.slug]
    row = held.fact
    low_high = verdict.range
    return FactAnswer(
        fact=fact_ref(row),
        predicate=one.candidate.predicate,
        score=one.score,
        explanation=[ScorePart(part.name, part.weight, part.value, part.because) for part in one.parts],
        answer=answer(asked, one, verdict, checked),
        names=answering(asked, agreeing(one, checked) if checked else one) if asked.form == "who" else [],
        value=shown_value(best.view),
        range=None if low_high is None else Range(number(low_high.lower), number(low_high.upper)),
        status=verdict.status,  # type: ignore[arg-type]  # the rule's words are those of the schema
        because=verdict.because,
        articles=verdict.articles,
        independent_attributions=verdict.independent_attributions,
        extent=one.candidate.extent,  # type: ignore[arg-type]  # a CHECK of the table
        group=one.candidate.group,
        place=place_of(row),
        part_of=one.place_inside,
        verdict=None if checked is None else checked.verdict,
        claims=[held.claims[told.view.id]["id"] for told in one.claims],
        evidence=evidence(held.claims[best.view.id]),
        links=FactLinks(
            f"/v1/facts/{row['fact']}", f"/v1/facts/{row['fact']}/timeline", f"/v1/claims?fact={row['fact']}"
        ),
    )


def place_of(row: Row) -> Ref | None:
    return ref(row["fact_place_id"], row["fact_place"], row["fact_place_name"])


def fact_ref(row: Row) -> Ref:
    return Ref(row["fact_id"], row["fact"], row["fact_title"])


def evidence(row: Row) -> EvidenceRead:
    return EvidenceRead(
        row["id"],
        row["statement"],
        row["evidence"],
        row["evidence_start"],
        row["evidence_end"],
        article_ref(row),
    )


def claimed_of(figure: Quantity, asked: Asked, unit: str | None) -> Claimed:
    """A figure in words as the agreement rule takes it, in the unit of the claims it is held against."""
    day = asked.period.end if asked.period and asked.period.start == asked.period.end else None
    ends = [figure.amount, figure.lower, figure.upper]
    if unit_key(figure.unit) == "week" and unit_key(unit) == "day":
        ends, told = [None if end is None else end * 7 for end in ends], unit
    elif unit_key(figure.unit) == unit_key(unit) or figure.kind == "count":
        told = unit
    else:
        told = figure.unit
    return Claimed(
        amount=ends[0],
        lower=ends[1],
        upper=ends[2],
        qualifier=figure.qualifier,
        unit=told,
        extent=asked.extent,
        group=asked.group,
        day=day,
    )


def judged(checked: Checked, found: Found) -> dict[str, JudgedClaim]:
    told = {one.view.id: one for candidate in found.loaded.candidates for one in candidate.claims}
    rows = {one: row for held in found.loaded.facts.values() for one, row in held.claims.items()}
    shown = {}
    for one in checked.judged:
        row = rows[one.claim]
        shown[one.claim] = JudgedClaim(
            row["id"],
            row["statement"],
            shown_value(told[one.claim].view),
            one.type,
            one.clause,
            one.because,
            one.withdrawn,
            evidence(row),
            fact_ref(row),
        )
    return shown


# --- how it was understood ----------------------------------------------------------------------------------


def interpretation(reading: Reading | None, asked: Asked, found: Found) -> Interpretation:
    words = read_words(reading, asked, found) if reading is not None else []
    period = asked.period
    return Interpretation(
        asked.form,
        [
            PredicateRead(
                predicate,
                " ".join(asked.texts.get(i, "") for i in cue.positions),
                round(weight, 2),
                cue.context,
            )
            for cue in asked.cues
            for predicate, weight in sorted(cue.predicates.items(), key=lambda item: (-item[1], item[0]))
        ],
        [mention_read(one) for one in asked.mentions],
        None
        if period is None
        else PeriodRead(
            period.start.isoformat() if period.start else None,
            period.end.isoformat() if period.end else None,
            period.relation,
            period.text,
        ),
        asked.extent,  # type: ignore[arg-type]  # the words of words.yaml
        figure_read(asked.figure),
        asked.modality,
        words,
        [word.text for word in words if word.role == "unknown"],
    )


def figure_read(figure: Quantity | None) -> PreferredValue | None:
    if figure is None:
        return None
    return PreferredValue(
        number(figure.amount), number(figure.lower), number(figure.upper), figure.unit, figure.qualifier
    )


def mention_read(one: Mention) -> MentionRead:
    entities = [EntityRead(e.slug, e.name, e.kind, e.alias, round(e.score, 4)) for e in one.entities]
    return MentionRead(one.text, one.role, entities)


def read_words(reading: Reading, asked: Asked, found: Found) -> list[WordRead]:
    """The role of each word. A word that is no vocabulary is understood if a claim of an answer says it."""
    said_there = frozenset[str]().union(*(stems_of(one.candidate) for one in found.ranked))
    shown = []
    for token in reading.tokens:
        role = asked.roles.get(token.first, "filler")
        if role == "word" and stem(asked.texts[token.first]) not in said_there:
            role = "unknown"
        shown.append(
            WordRead(token.text, token.start, token.end, role, asked.corrections.get(token.first))  # type: ignore[arg-type]  # roles of question.py
        )
    last = reading.tokens[-1].end if reading.tokens else 0
    if reading.cut and (rest := reading.text[last:].strip()):
        shown.append(WordRead(rest, len(reading.text) - len(rest), len(reading.text), "unknown", None))
    return shown


# --- why there is no answer ---------------------------------------------------------------------------------


def because(asked: Asked, found: Found, understood: bool) -> str:
    """Why nothing answers: the reason of the fact that came nearest, never its figure."""
    strange = [word.text for word in asked.words]
    if not understood:
        return "no kind of statement and no name was recognised in the question" + (
            f"; unknown: {', '.join(strange)}" if strange else ""
        )
    predicates = [
        max(cue.predicates, key=lambda p: cue.predicates[p]) for cue in asked.cues if not cue.context
    ]
    about = " and ".join(dict.fromkeys(predicates))
    if not found.rejected:
        names = ", ".join(mention.entities[0].name for mention in asked.mentions)
        return f"no claim is about {' and '.join(filter(None, (about, names))) or 'this'}"
    nearest = found.rejected[0]
    lead = {
        "predicate": "no claim is about that",
        "form": f"what is claimed about it is no answer to that ({nearest.because})",
        "place": f"there are claims about {about or 'it'}, but none for that place",
        "names": f"there are claims about {about or 'it'}, but not about those named",
        "words": "no claim speaks of everything the question asks about",
        "group": "there is a figure of a wider group",
        "extent": "there are figures, but none of that kind",
        "speaker": "there are claims, but not by that speaker",
        "time": "there are claims, but not of that time",
    }[nearest.failed]
    reasons = [_reason(one) for one in found.rejected if one.failed == nearest.failed]
    return f"{lead}: {next(iter(dict.fromkeys(reasons)))}" if nearest.failed != "form" else lead


def _reason(one: Rejected) -> str:
    return one.because.replace("it is not about", "nothing is about").replace(
        "nothing in it is", "nothing is"
    )


def suggestions(asked: Asked, found: Found, popular: Sequence[Row]) -> list[Suggestion]:
    if found.ranked:
        return []
    near = [
        Suggestion(row["fact_title"], fact_ref(row), f"not an answer: {one.because}")
        for one in found.rejected
        if one.failed not in ("predicate", "form")
        for row in [found.loaded.facts[one.candidate.slug].fact]
    ]
    if near:
        return near[:MOST_SUGGESTIONS]
    return [
        Suggestion(
            row["title"], Ref(row["id"], row["slug"], row["title"]), "one of the facts most articles tell"
        )
        for row in popular
    ][:MOST_SUGGESTIONS]
