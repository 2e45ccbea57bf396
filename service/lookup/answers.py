"""A fact's answer to a question as a sentence, made from its claims. Pure."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import msgspec

from service.facts.agreement import Agreement
from service.facts.values import number, show, unit_key, value_key
from service.lookup.asked import Asked
from service.lookup.candidates import Told
from service.lookup.check import Checked
from service.lookup.naming import SYMMETRIC, echo, roles_of
from service.lookup.ranking import DURATIONS, Ranked
from service.lookup.words import lists

NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()
MONTHS = "January February March April May June July August September October November December".split()
STATUSES = {
    "single_source": "a single source",
    "agreed": "agreed",
    "evolving": "a total that grew",
    "disputed": "disputed",
    "retracted": "withdrawn",
}
MODALITIES = {"planned": "planned", "alleged": "alleged", "denied": "denied", "retracted": "withdrawn"}
LEAVING = frozenset({"withdrawal_duration", "evacuated"})
# whose complement says why: the cause, the offence
CAUSED = frozenset({"reported_cause", "detention", "charge"})
VERDICTS = {
    "supported": "Yes, that is what they say",
    "compatible": "It fits what they say",
    "contradicted": "No, they say otherwise",
    "mixed": "Some say so, others contradict it",
    "unknown": "Nothing that stands says so or otherwise",
}


# the same where those who stated the figure took it back
WITHDRAWN = {
    "compatible": "It was said and withdrawn; what stands allows it",
    "contradicted": "It was said and withdrawn; what stands contradicts it",
    "mixed": "It was said and withdrawn; some still allow it, others contradict it",
    "unknown": "It was said and withdrawn",
}


def answer(asked: Asked, ranked: Ranked, verdict: Agreement, checked: Checked | None = None) -> str:
    """One sentence: the figure, the name, the day or the statement, then who stands behind it."""
    quantity = ranked.candidate.kind == "quantity"
    told = said(asked, ranked, verdict, checked)
    if checked is not None:
        if asked.form == "who":
            lead = participant_or_day(asked, agreeing(ranked, checked), told)
        else:
            lead = f"{held_against(checked)}: "
    elif asked.form == "whether":
        lead = f"{yes_or_no(ranked, verdict)}: "
    else:
        lead = participant_or_day(asked, ranked, told)
    words = figure(ranked, verdict, told) if quantity else told.statement
    if quantity and asked.form == "when" and unit_key(told.view.unit) in DURATIONS:
        lead, words = "", f"{words}: {told.statement}"  # its days are those it was said on
    if quantity and lead:
        words = lower_first(words)
    return first_upper(f"{lead}{words}: {backing(verdict, ranked)}")


def held_against(checked: Checked) -> str:
    """The verdict in words. That roundings or bounds allow a figure is not that somebody says it."""
    stating = [one.withdrawn for one in checked.judged if one.stand == "supports"]
    if stating and all(stating):
        return WITHDRAWN[checked.verdict]
    if checked.verdict == "mixed" and not stating:
        return "It fits what some say, and others contradict it"
    return VERDICTS[checked.verdict]


def agreeing(ranked: Ranked, checked: Checked) -> Ranked:
    """The same with the claims alone that hold the figure of the question, where some do."""
    for stand in ("supports", "compatible"):
        ids = {one.claim for one in checked.judged if one.stand == stand}
        if claims := tuple(told for told in ranked.claims if told.view.id in ids):
            return msgspec.structs.replace(ranked, claims=claims)
    return ranked


def said(asked: Asked, ranked: Ranked, verdict: Agreement, checked: Checked | None = None) -> Told:
    """The claim to quote: of figures the nearest to one that is held out, else the preferred one; of
    anything else the one that speaks most like the question, and of several such the preferred one."""
    best = verdict.preferred.claim if verdict.preferred else None
    if checked is not None and checked.closest:
        best = checked.closest[0]
    likest = [one for one in ranked.claims if carries(asked, one)] or list(ranked.claims)
    if ranked.candidate.kind != "quantity":
        likest = [one for one in likest if echo(asked, one) == echo(asked, likest[0])]
    return next((one for one in likest if one.view.id == best), likest[0])


def carries(asked: Asked, told: Told) -> bool:
    """Whether a claim holds what the form of the question wants: a day, a place."""
    if asked.form == "when":
        return told.view.time_start is not None or told.view.time_end is not None
    return asked.form != "where" or any(p.role == "place" for p in told.participants)


def backing(verdict: Agreement, ranked: Ranked) -> str:
    """ "five articles, four independent attributions, disputed"."""
    modalities = {one.view.modality for one in ranked.claims}
    note = STATUSES[verdict.status]
    if len(modalities) == 1 and (hedge := MODALITIES.get(next(iter(modalities)))) and hedge != note:
        note = f"{note}, {hedge}"
    voices = counted(verdict.independent_attributions, "independent attribution")
    return f"{counted(verdict.articles, 'article')}, {voices}, {note}"


def counted(amount: int, noun: str) -> str:
    word = NUMBERS[amount] if amount < len(NUMBERS) else f"{amount:,}"
    return f"{word} {noun}{'' if amount == 1 else 's'}"


def figure(ranked: Ranked, verdict: Agreement, told: Told | None = None) -> str:
    """ "Between 7,939 and 12,000 people arrested in Kazakhstan"."""
    one = ranked.candidate
    views = [told.view for told in ranked.claims]
    live = [view for view in views if view.id not in verdict.withdrawn and view.modality != "denied"] or views
    unit = next((view.unit for view in live if view.unit), None)
    if len({value_key(view)[:4] for view in live}) == 1:
        text = without_unit(show(live[0]), unit)
    elif verdict.range is not None and verdict.range.lower != verdict.range.upper:
        text = f"between {number(verdict.range.lower)} and {number(verdict.range.upper)}"
    else:
        text = without_unit(show((told or ranked.claims[0]).view), unit)
    more = " more" if one.extent == "increment" else ""
    vague = not any(sign.isdigit() for sign in text)
    link = " of " if vague and not more else " "  # "dozens of people", "hundreds more people"
    words = f"{text}{more}{f'{link}{unit}' if unit and not text.endswith(unit) else ''}"
    place = next((p.name for told in ranked.claims for p in told.participants if p.slug == one.place), None)
    did = lists().figures.get(one.predicate)
    words += f" {did}" if did and unit else ""
    where = "from" if one.predicate in LEAVING else "in"
    words += f" {where} {place}" if place and "place" in one.identity else ""
    words += f" ({one.group})" if one.group else ""
    return words[:1].upper() + words[1:]


def without_unit(text: str, unit: str | None) -> str:
    return text.removesuffix(f" {unit}") if unit else text


def first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def yes_or_no(ranked: Ranked, verdict: Agreement) -> str:
    if ranked.candidate.predicate == "information_unclear":
        return "It is left open"
    modalities = Counter(one.view.modality for one in ranked.claims)
    if verdict.status == "retracted":
        return "It was said and withdrawn"
    if modalities["denied"] and len(modalities) > 1:
        return "Some say so, others deny it"
    if verdict.status == "disputed":
        return "Yes, and the sources differ"
    single = next(iter(modalities)) if len(modalities) == 1 else ""
    return {"denied": "No, it is denied", "planned": "It is planned", "alleged": "It is alleged",
            "retracted": "It was said and withdrawn"}.get(single, "Yes")  # fmt: skip


def participant_or_day(asked: Asked, ranked: Ranked, told: Told) -> str:
    """What a question for who, when or where wants in front: "Kassym-Jomart Tokayev: "."""
    if asked.form == "who":
        names = answering(asked, ranked)
        if names:
            return f"{', '.join(names)}: "
        missing = {"speaker": "No claim says who said it", None: ""}.get(asked.wanted, "No claim says who")
        return missing and f"{missing}: "
    if asked.form == "what" and ranked.candidate.kind != "statement" and "which" in asked.texts.values():
        names = answering(asked, ranked) if asked.wanted in ("agent", "patient") else []
        return f"{', '.join(names)}: " if names else ""  # "which airport", "which buildings"
    if asked.form == "why" and ranked.candidate.predicate in CAUSED:
        causes = dict.fromkeys(
            p.name for one in ranked.claims for p in one.participants if p.role == "complement"
        )
        return f"{first_upper(', '.join(causes))}: " if causes else ""
    if asked.form == "when" or (asked.form == "how_long" and ranked.candidate.kind != "quantity"):
        days = days_of(ranked.claims)
        return f"{' or '.join(days)}: " if days else "No claim says when: "
    if asked.form == "where":
        places = {p.name for one in ranked.claims for p in one.participants if p.role == "place"}
        return f"{', '.join(sorted(places))}: "
    return ""


def answering(asked: Asked, ranked: Ranked) -> list[str]:
    """The names that answer a question for who: those in the role asked for, else those nobody named in
    it."""
    named = {entity.slug for mention in asked.mentions for entity in mention.entities}
    if asked.wanted is not None:
        roles = roles_of(asked, ranked.candidate, asked.wanted)
        for role in roles:
            claims = [one for one in ranked.claims if any(p.role == role for p in one.participants)]
            if asked.wanted == "speaker" and ranked.candidate.kind != "quantity":
                claims = [one for one in claims if echo(asked, one) == echo(asked, claims[0])]
            names = [
                p.name
                for one in claims
                for p in one.participants
                if p.role == role and (ranked.candidate.predicate not in SYMMETRIC or p.slug not in named)
            ]
            if names:
                return list(dict.fromkeys(names))
        return []
    # what a claim is about comes first in its predicate's identity: whoever was appointed, not who did it
    for role in dict.fromkeys((*ranked.candidate.identity, "subject", "object")):
        if role == "place":
            continue
        names = [
            p.name
            for one in ranked.claims
            for p in one.participants
            if p.role == role and (p.slug is None or p.slug not in named)
        ]
        if names:
            return list(dict.fromkeys(names))
    return []


def days_of(claims: Sequence[Told]) -> list[str]:
    """When the claims say it was, the most often named first."""
    spans: Counter[tuple[date | None, date | None]] = Counter()
    for one in claims:
        view = one.view
        if view.time_start or view.time_end:
            spans[(view.time_start, view.time_end)] += 1
    ordered = sorted(spans.items(), key=lambda item: (-item[1], str(item[0])))
    return [written(*span) for span, _ in ordered[:3]]


def written(start: date | None, end: date | None) -> str:
    """ "13 January 2022", "3 to 9 January 2022", "2019", "by 13 January 1992"."""
    if start is None or end is None:
        return f"by {day(end)}" if start is None and end else f"since {day(start)}" if start else ""
    if start == end:
        return day(start)
    if (start.month, start.day, end.month, end.day, start.year) == (1, 1, 12, 31, end.year):
        return str(start.year)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {day(end)}"
    return f"{day(start)} to {day(end)}"


def day(value: date | None) -> str:
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}" if value else ""
