"""Facts with their claims, as ranking sees them; those that were read before are remembered."""

import datetime as dt
import uuid
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import ARRAY, Uuid, func, select, true
from sqlalchemy.orm import aliased

from service.db import models as m
from service.db.statements import Connection, Row, compiled, fetch
from service.facts.claims import JUDGED, Complement, Object, Original, Place, Subject, view
from service.lookup.candidates import Candidate, Participant, ParticipantRole, Told
from service.lookup.names import array, whole_of
from service.lookup.queries import AS_OF, END_OF_TIME, REVISION, FactIds, number

MOST_CLAIMS = 30  # newest claims read of one fact
REMEMBERED = 2_000  # claims that one worker keeps, about 8 kB each

Recent = aliased(m.Claim, name="recent")
FactPlace = aliased(m.Entity, name="fact_place")
Speaker = aliased(m.Entity, name="speaker")

_ids = ARRAY(Uuid())
Above = Mapping[uuid.UUID, tuple[str, ...]]  # what an entity is part of, the nearest first
ROLES: tuple[ParticipantRole, ...] = ("subject", "object", "complement", "place")


class Held(msgspec.Struct, frozen=True, eq=False):
    """A fact as ranking sees it, and the rows of its claims, by id of the claim; each has the columns of the
    fact, too."""

    candidate: Candidate
    claims: Mapping[str, Row]

    @property
    def fact(self) -> Row:
        return next(iter(self.claims.values()))


class Memory:
    """Facts that were read before, the least recently asked for dropped first.

    Every question reads the revision of what is stored together with the facts that may answer it, so what
    another revision had is never used: there is no bound to how old it may be, it is the same.
    """

    def __init__(self, limit: int = REMEMBERED) -> None:
        self.limit = limit
        self.revision: str | None = None
        self.facts: OrderedDict[uuid.UUID, Held] = OrderedDict()
        self.claims = 0

    def find(self, ids: Sequence[uuid.UUID], revision: str | None) -> dict[uuid.UUID, Held]:
        if revision != self.revision:
            return {}
        found = {one: held for one in ids if (held := self.facts.get(one)) is not None}
        for one in found:
            self.facts.move_to_end(one)
        return found

    def keep(self, loaded: Mapping[uuid.UUID, Held], revision: str) -> None:
        if revision != self.revision:
            self.revision = revision
            self.facts.clear()
            self.claims = 0
        for one, held in loaded.items():
            former = self.facts.pop(one, None)
            self.claims += len(held.claims) - (len(former.claims) if former else 0)
            self.facts[one] = held
        while self.claims > self.limit:
            _, oldest = self.facts.popitem(last=False)
            self.claims -= len(oldest.claims)


class Loaded(msgspec.Struct, frozen=True):
    """The facts that may answer, by slug, the likeliest first."""

    facts: dict[str, Held]

    @property
    def candidates(self) -> list[Candidate]:
        return [held.candidate for held in self.facts.values()]


# --- statements ---------------------------------------------------------------------------------------------


def _participant(entity: Any, role: str) -> tuple[Any, ...]:
    return (
        entity.id.label(f"{role}_id"),
        entity.slug.label(role),
        entity.name.label(f"{role}_name"),
        entity.description.label(f"{role}_description"),
    )


_chosen = select(func.unnest(array("ids", _ids)).label("id")).subquery("chosen")
_newest = (
    select(Recent.id)
    .where(Recent.fact_id == _chosen.c.id, Recent.reported_at <= AS_OF)
    .order_by(Recent.reported_at.desc(), Recent.id.desc())
    .limit(number(MOST_CLAIMS))
    .lateral("newest")
)
# who said it, from the origin on, as records of LINK
LINK = ("role", "name", "cue", "entity_id", "slug", "entity_name", "description")
_chain = func.array(
    select(
        func.row(
            m.Attribution.role,
            m.Attribution.name,
            m.Attribution.cue,
            Speaker.id,
            Speaker.slug,
            Speaker.name,
            Speaker.description,
        )
    )
    .outerjoin(Speaker, Speaker.id == m.Attribution.entity_id)
    .where(m.Attribution.claim_id == m.Claim.id)
    .order_by(m.Attribution.position)
    .scalar_subquery()
)
_claims = compiled(
    select(
        m.Fact.id.label("fact_id"),
        m.Fact.slug.label("fact"),
        m.Fact.title.label("fact_title"),
        m.Fact.extent.label("fact_extent"),
        m.Fact.group.label("fact_group"),
        FactPlace.id.label("fact_place_id"),
        FactPlace.slug.label("fact_place"),
        FactPlace.name.label("fact_place_name"),
        m.Predicate.slug.label("predicate"),
        m.Predicate.kind,
        m.Predicate.identity,
        m.Claim.id,
        m.Claim.statement,
        m.Claim.evidence_start,
        m.Claim.evidence_end,
        *_participant(Subject, "subject"),
        *_participant(Object, "object"),
        *_participant(Complement, "complement"),
        *_participant(Place, "place"),
        *JUDGED,
        _chain.label("chain"),
        m.Article.slug.label("article"),
        m.Article.id.label("article_id"),
        m.Article.slug.label("article_slug"),
        m.Article.title.label("article_title"),
        m.Article.published_at,
        m.Article.published_precision,
        m.Source.slug.label("source"),
        m.Source.id.label("source_id"),
        m.Source.slug.label("source_slug"),
        m.Source.name.label("source_name"),
        Original.slug.label("reprint_of"),
        REVISION,
    )
    .select_from(_chosen)
    .join(_newest, true())
    .join(m.Claim, m.Claim.id == _newest.c.id)
    .join(m.Fact, m.Fact.id == _chosen.c.id)
    .join(m.Predicate, m.Predicate.id == m.Fact.predicate_id)
    .join(m.Article, m.Article.id == m.Claim.article_id)
    .join(m.Source, m.Source.id == m.Article.source_id)
    .outerjoin(Original, Original.id == m.Article.reprint_of_id)
    .outerjoin(FactPlace, FactPlace.id == m.Fact.place_id)
    .outerjoin(Subject, Subject.id == m.Claim.subject_id)
    .outerjoin(Object, Object.id == m.Claim.object_id)
    .outerjoin(Complement, Complement.id == m.Claim.complement_id)
    .outerjoin(Place, Place.id == m.Claim.place_id)
)
_is_asked = m.Entity.id == func.any(array("ids", _ids))
_above = compiled(
    select(m.Entity.id, whole_of(m.Entity.id, _is_asked).label("above")).where(
        _is_asked, m.Entity.part_of_id.is_not(None)
    )
)


# --- from rows to candidates --------------------------------------------------------------------------------


async def load(connection: Connection, memory: Memory, found: FactIds, as_of: dt.datetime | None) -> Loaded:
    """The facts with their newest claims; one that had none by then is left out."""
    known = memory.find(found.ids, found.revision) if as_of is None else {}
    missing = [one for one in found.ids if one not in known]
    if missing:
        rows = await fetch(connection, _claims, {"ids": missing, "as_of": as_of or END_OF_TIME})
        read = await _held(connection, rows)
        if rows and as_of is None:
            memory.keep(read, rows[0]["revision"])
        known |= read
    return Loaded({known[one].candidate.slug: known[one] for one in found.ids if one in known})


async def _held(connection: Connection, rows: Sequence[Row]) -> dict[uuid.UUID, Held]:
    wanted = {row[f"{role}_id"] for row in rows for role in (*ROLES, "fact_place")}
    wanted |= {link[LINK.index("entity_id")] for row in rows for link in row["chain"]}
    wanted.discard(None)
    whole = await fetch(connection, _above, {"ids": list(wanted)}) if wanted else []
    above = {row["id"]: tuple(row["above"]) for row in whole}
    of_facts: dict[uuid.UUID, list[Row]] = {}
    for row in rows:
        of_facts.setdefault(row["fact_id"], []).append(row)
    return {
        one: Held(_candidate(claims, above), {str(row["id"]): row for row in claims})
        for one, claims in of_facts.items()
    }


def _candidate(rows: Sequence[Row], above: Above) -> Candidate:
    fact = rows[0]
    claims = tuple(_told(row, above) for row in rows)
    parts: dict[str, set[str]] = {}
    for slug, wholes in [
        (fact["fact_place"], above.get(fact["fact_place_id"], ())),
        *((person.slug, person.above) for told in claims for person in told.participants),
    ]:
        for whole in wholes:
            parts.setdefault(whole, set()).add(slug)
    return Candidate(
        slug=fact["fact"],
        title=fact["fact_title"],
        predicate=fact["predicate"],
        kind=fact["kind"],
        identity=tuple(fact["identity"]),
        place=fact["fact_place"],
        extent=fact["fact_extent"],
        group=fact["fact_group"],
        articles=len({told.view.article for told in claims}),
        claims=claims,
        parts={whole: frozenset(found) for whole, found in parts.items()},
    )


def _told(row: Row, above: Above) -> Told:
    chain = [dict(zip(LINK, link, strict=True)) for link in row["chain"]]
    people = [
        Participant(
            role,
            row[role],
            row[f"{role}_name"] or row[f"{role}_text"],
            row[f"{role}_description"] or "",
            above.get(row[f"{role}_id"], ()),
        )
        for role in ROLES
        if row[role] is not None or (role != "place" and row[f"{role}_text"] is not None)
    ]
    people += [
        Participant("speaker", link["slug"], link["entity_name"] or link["name"], link["description"] or "",
                    above.get(link["entity_id"], ()))
        for link in chain
    ]  # fmt: skip
    return Told(
        view(row, chain, above.get(row["place_id"], ()), row),
        row["statement"],
        row["evidence"],
        tuple(people),
        tuple(link["name"] for link in chain),
    )
