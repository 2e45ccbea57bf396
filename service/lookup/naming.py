"""Whether a fact is about the places and names of a question, in the parts they play there. Pure."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import cast

import msgspec

from service.entities.names import fold
from service.facts.comparable import CASUALTIES
from service.lookup.asked import Asked, Mention, Named
from service.lookup.candidates import ROLES, Candidate, Participant, Told
from service.lookup.scoring import WEIGHTS, Miss, Part, scored
from service.lookup.words import VERBAL, Section, lemmas, meanings, stem, vocabulary

# who has, gets or loses the office; the subject, where a predicate is not listed
HOLDERS = {"removed_from_office": "object", "appointed_to_office": "object"}
YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
SYMMETRIC = frozenset({"borders", "clash", "meeting", "agreement"})  # the order of the two carries no meaning


def _section(asked: Asked, one: Candidate) -> Section:
    sections = [cue.sections[one.predicate] for cue in asked.cues if one.predicate in cue.sections]
    return next((section for section in sections if section in VERBAL), next(iter(sections), "verbs"))


def roles_of(asked: Asked, one: Candidate, role: str) -> tuple[str, ...]:
    """The participants that an agent or a patient of the question may be, given how its verb takes them."""
    if one.predicate in SYMMETRIC:
        return ("subject", "object", "complement")
    if role == "speaker":
        spoken = {form for word in asked.texts.values() for form in lemmas(word)}
        performed = one.kind == "statement" or bool(vocabulary("announcing") & spoken)
        return ("speaker", "subject") if performed else ("speaker",)
    section = _section(asked, one)
    if section == "held":
        return (HOLDERS.get(one.predicate, "subject"),)
    if section == "befalls":
        return (
            ("object", "subject")
            if one.predicate not in ("detention", "charge", "removed_from_office")
            else ("object",)
        )
    if section == "inverse":
        return ("object",) if role == "agent" else ("subject",)
    return ("subject",) if role == "agent" else ("object", "complement")


def match_place(
    asked: Asked, one: Candidate, below: Mapping[str, frozenset[str]]
) -> tuple[list[Part], str | None]:
    parts: list[Part] = []
    inside: str | None = None
    for mention in asked.mentions:
        if mention.role == "speaker" and mention.entities[0].kind == "place":
            # "did Almaty report": a city speaks of itself first
            value = 1.0 if one.place == mention.entities[0].slug else 0.6
            parts.append(scored("place", value, f"{mention.entities[0].name} speaks"))
        if mention.role != "place" or mention.soft:
            continue
        value, reason, within = _place_value(mention, one, below)
        if value == 0:
            raise Miss("place", f"it is not about {mention.entities[0].name}")
        parts.append(scored("place", value, reason))
        inside = within or inside
    return parts, inside


def _place_value(
    mention: Mention, one: Candidate, below: Mapping[str, frozenset[str]]
) -> tuple[float, str, str | None]:
    best: tuple[float, str, str | None] = (0.0, "", None)
    claimed = {p.slug for told in one.claims for p in told.participants if p.role == "place"}
    for entity in mention.entities:
        options: list[tuple[float, str, str | None]] = []
        if one.place == entity.slug:
            options.append((1.0, f"it is about {entity.name}", None))
        elif entity.slug in claimed:
            # what was told for the country too is the figure of the country
            value = 1.0 if one.predicate in CASUALTIES else 0.95
            options.append((value, f"claims of it are about {entity.name}", one.place and entity.slug))
        if {one.place, *claimed} & below.get(entity.slug, frozenset()):
            options.append((0.75, f"it is about a part of {entity.name}", entity.slug))
        if one.kind == "relation" or one.place is None:
            people = [p for told in one.claims for p in told.participants if p.role in ROLES]
            if any(p.slug == entity.slug for p in people):
                options.append((0.95, f"it names {entity.name}", None))
            elif any(contains(folded(p.name), {folded(entity.name)}) for p in people):
                options.append((0.7, f"it names a body of {entity.name}", None))
        best = max([best, *options], key=lambda option: option[0])
    return best


def match_names(asked: Asked, one: Candidate, below: Mapping[str, frozenset[str]]) -> list[Part]:
    parts = []
    for mention in asked.mentions:
        if mention.role in ("place", "speaker") and not mention.soft:
            continue
        if mention.role == "except":
            slugs = {entity.slug for entity in mention.entities}
            if any(p.slug in slugs and p.role in ROLES for told in one.claims for p in told.participants):
                raise Miss("names", f"it is about {mention.entities[0].name}, who is left out")
            continue
        value, reason = _name_value(asked, mention, one, below)
        if value == 0 and not mention.soft:
            raise Miss("names", reason or f"it does not name {mention.entities[0].name}")
        if mention.soft and value < 0.9 and {stem(word) for word in mention.text.split()} <= stems_of(one):
            value, reason = 0.9, f"its claims speak of {mention.text}"
        part = scored("names", value or 0.4, reason or f"{mention.text} is not named in it")
        # a common noun weighs as little as any other word
        parts.append(msgspec.structs.replace(part, weight=WEIGHTS["words"]) if mention.soft else part)
    return parts


def _name_value(
    asked: Asked, mention: Mention, one: Candidate, below: Mapping[str, frozenset[str]]
) -> tuple[float, str]:
    role = mention.role
    roles: tuple[str, ...]
    if role in ("agent", "patient"):
        roles = roles_of(asked, one, role)
        if role == "agent" and "subject" in roles:
            roles = (*roles, "speaker")
        if role == "patient" or (role == "agent" and one.identity == ("place",)):
            roles = (*roles, "place")
    elif role == "any":
        roles = (*ROLES, "place", "speaker")
    elif role == "subject" and one.kind == "statement":
        roles = ("subject", "speaker")
    else:
        roles = (role,)
    best, reason = 0.0, ""
    for rank, entity in enumerate(mention.entities):
        value, why = _entity_value(entity, mention, one, roles, below)
        value *= 0.98**rank * entity.score
        if value > best:
            best, reason = value, why
    group = stems_in(one.group or "")
    wanted = {stem(word) for word in mention.text.split()}
    if group and wanted <= group and role not in ("agent", "speaker"):
        best, reason = max((best, reason), (1.0, f"it counts {one.group}"))
    if best == 0 and mention.entities[0].kind == "event":
        best, reason = _of_event(mention.entities[0], one)
    if best == 0:
        others = {p.slug for told in one.claims for p in told.participants if p.role not in roles}
        if any(entity.slug in others for entity in mention.entities):
            reason = f"{mention.entities[0].name} plays another part in it"
    return best, reason


def _of_event(event: Named, one: Candidate) -> tuple[float, str]:
    """ "Killed in the January unrest": what happened where and when an event was may be part of it."""
    told = f"{event.name} {event.description}"
    years = set(YEAR.findall(told))
    places = {
        folded(p.name) for claim in one.claims for p in claim.participants if p.role == "place" and p.name
    }
    dated = {str(day.year) for claim in one.claims for day in [claim.view.time_end] if day}
    if contains(folded(told), places) and (not years or not dated or years & dated):
        return 0.7, f"it is of the time and place of {event.name}"
    return 0.0, ""


def _entity_value(
    entity: Named,
    mention: Mention,
    one: Candidate,
    roles: tuple[str, ...],
    below: Mapping[str, frozenset[str]],
) -> tuple[float, str]:
    """1 for the entity itself, less for a part of it, what it is part of, a body named after it, or bare
    words."""
    best, reason = 0.0, ""
    role_open = mention.role not in ("agent", "subject", "speaker")  # words do not tell who acts
    plays_other = any(
        person.slug == entity.slug and person.role not in roles
        for told in one.claims
        for person in told.participants
    )
    names = {folded(entity.name), mention.text}
    if fold(entity.description).startswith("capital"):
        names |= {slug.replace("-", " ") for slug in entity.above}  # a capital stands for its government
    for told in one.claims:
        for person in told.participants:
            if person.role not in roles:
                continue
            value, why = 0.0, ""
            if person.slug == entity.slug:
                value, why = (0.9 if person.role == "speaker" else 1.0), f"{entity.name} is its {person.role}"
            elif person.slug in below.get(entity.slug, frozenset()):
                value, why = 0.75, f"{person.name}, part of {entity.name}, is its {person.role}"
            elif holds(mention, person):
                value, why = 0.95, f"{person.name}, its {person.role}, is described as that"
            elif person.slug in entity.above:
                # a city is no country; what an agency did, its government did
                value = 0.0 if entity.kind == "place" else 0.8
                why = f"{person.name}, which {entity.name} is part of, is its {person.role}"
            elif entity.kind == "place" and person.role != "place" and contains(folded(person.name), names):
                value, why = 0.7, f"{person.name}, its {person.role}, is named after {entity.name}"
            if value > best:
                best, reason = value, why
        by_words = "complement" in roles or (role_open and entity.kind != "place")
        said = by_words and not plays_other and best < 0.6
        texts = [told.statement, *(person.name for person in told.participants if person.slug is None)]
        known = {folded(entity.name), folded(entity.alias)} | (
            {mention.text} if mention.last > mention.first else set()
        )
        if said and any(contains(folded(text), known) for text in texts):
            best, reason = 0.6, f"a claim of it mentions {entity.name}"
    return best, reason


def holds(mention: Mention, person: Participant) -> bool:
    """Whether somebody is described as what a question calls them: "the Russian president"."""
    if mention.office is None or not person.description:
        return False
    bodies = {folded(entity.name) for entity in mention.entities}
    return contains(folded(person.description), bodies) and bool(
        meanings(mention.office) & stems_in(person.description)
    )


folded = lru_cache(maxsize=1 << 11)(fold)


def contains(text: str, names: set[str]) -> bool:
    return any(name and f" {name} " in f" {text} " for name in names)


@lru_cache(maxsize=1 << 11)
def stems_in(text: str) -> frozenset[str]:
    """The stems of a text's words; the same few texts are asked for again and again."""
    return frozenset(stem(word) for word in fold(text).split())


def echo(asked: Asked, told: Told) -> int:
    """How many of the question's words a claim uses itself."""
    return len(asked.content & (stems_in(told.statement) | stems_in(told.evidence)))


def stems_of(one: Candidate, described: bool = True) -> frozenset[str]:
    """Of all words of a fact: its claims, their evidence, who is in them and, unless told
    otherwise, how those are described."""
    key = ("stems", described)
    if key not in one.memo:
        one.memo[key] = _stems_of(one, described)
    return cast(frozenset[str], one.memo[key])


def _stems_of(one: Candidate, described: bool) -> frozenset[str]:
    texts = [one.group or ""]  # not the title: it holds the predicate's label, which no claim says
    for told in one.claims:
        texts += [told.statement, told.evidence, *told.speakers, told.view.value_text or ""]
        for person in told.participants:
            if person.role != "place":
                texts += [person.name, person.description] if described else [person.name]
    return frozenset[str]().union(*map(stems_in, texts))
