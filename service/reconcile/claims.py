"""SQL of the claims behind properties, for all of a batch at once, and of the vocabulary that names them."""

import datetime as dt
import uuid
from collections.abc import Iterable
from decimal import Decimal

import asyncpg
import msgspec
from sqlalchemy import Text, Uuid, bindparam, column, func, literal, select, true, union
from sqlalchemy.orm import aliased

from service.db import models as m
from service.db.statements import Row, compiled, fetch
from service.reconcile.queries import PARTS, Other, id_list, other, text_list

CLAIMS = 200  # the newest claims, from which the values of one property of one entity come
SAMPLE = 200  # the newest claims of a predicate, which show what kinds of entity take part
MEMBERS = 200  # entities that one value of a property leads to
ROLES = ("subject", "object", "complement", "place")


class Statement(msgspec.Struct, frozen=True):
    """What a claim says, seen from an entity in the role `own`. A role holds an entity or a text."""

    own: str
    roles: dict[str, Other | str]
    amount: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    wording: str | None
    day: dt.date | None
    precision: str | None
    statement: str
    modality: str


class Predicate(msgspec.Struct, frozen=True):
    """An entry of the vocabulary. `roles` are described; `seen` holds (role, kind of entity) pairs of
    recent claims."""

    slug: str
    label: str
    kind: str
    description: str
    roles: dict[str, str]
    seen: frozenset[tuple[str, str]]


_asked = (
    func.unnest(id_list("ids"), text_list("predicates"))
    .table_valued(column("entity_id", Uuid()), column("predicate", Text()))
    .render_derived(name="asked")
)
_newest = (
    select(m.Participant.role.label("own"), m.Claim)
    .join(m.Claim, m.Claim.id == m.Participant.claim_id)
    .where(
        m.Participant.entity_id == _asked.c.entity_id,
        m.Participant.role != "speaker",
        m.Claim.predicate_id
        == select(m.Predicate.id)
        .where(m.Predicate.slug == _asked.c.predicate)
        .correlate(_asked)
        .scalar_subquery(),
    )
    .order_by(m.Participant.reported_at.desc(), m.Participant.claim_id.desc())
    .limit(CLAIMS)
    .lateral("newest")
)
_in_role = {role: aliased(m.Entity, name=role) for role in ROLES}
_claims_of = select(
    _asked.c.entity_id,
    _asked.c.predicate,
    _newest.c.own,
    _newest.c.amount,
    _newest.c.lower,
    _newest.c.upper,
    _newest.c.value_text,
    _newest.c.time_start,
    _newest.c.time_precision,
    _newest.c.statement,
    _newest.c.modality,
    _newest.c.subject_text,
    _newest.c.object_text,
    _newest.c.complement_text,
    *(getattr(entity, part).label(f"{role}_{part}") for role, entity in _in_role.items() for part in PARTS),
).join_from(_asked, _newest, true())
for _role, _entity in _in_role.items():
    _claims_of = _claims_of.outerjoin(_entity, _entity.id == _newest.c[f"{_role}_id"])
_claims = compiled(_claims_of.order_by(_newest.c.reported_at.desc(), _newest.c.id.desc()))

_statements = compiled(
    select(m.Claim.statement)
    .join(m.Participant, m.Participant.claim_id == m.Claim.id)
    .where(m.Participant.entity_id == bindparam("id", type_=Uuid()), m.Participant.role != "speaker")
    .order_by(m.Participant.reported_at.desc(), m.Participant.claim_id.desc())
    .limit(bindparam("rows", type_=None))
)

_value = (
    func.unnest(text_list("predicates"), text_list("roles"), id_list("ids"))
    .table_valued(column("predicate", Text()), column("role", Text()), column("entity_id", Uuid()))
    .render_derived(name="value")
)
_holder, _beside = aliased(m.Participant, name="holder"), aliased(m.Participant, name="beside")
_taking_part = (
    select(_beside.entity_id.label("member_id"))
    .select_from(_holder)
    .join(m.Claim, m.Claim.id == _holder.claim_id)
    .join(_beside, _beside.claim_id == _holder.claim_id)
    .where(
        _holder.entity_id == _value.c.entity_id,
        _holder.role == _value.c.role,
        m.Claim.predicate_id
        == select(m.Predicate.id)
        .where(m.Predicate.slug == _value.c.predicate)
        .correlate(_value)
        .scalar_subquery(),
        _beside.role.not_in(("speaker", _value.c.role)),
    )
    .order_by(_holder.reported_at.desc(), _holder.claim_id.desc())
    .limit(MEMBERS)
    .lateral("taking_part")
)
_parts = (
    select(m.Entity.id.label("member_id"))
    .where(m.Entity.part_of_id == _value.c.entity_id)
    .order_by(m.Entity.id)
    .limit(MEMBERS)
    .lateral("parts")
)
_members = compiled(
    union(
        select(_value.c.predicate, _value.c.role, _value.c.entity_id, _taking_part.c.member_id).join_from(
            _value, _taking_part, true()
        ),
        select(_value.c.predicate, _value.c.role, _value.c.entity_id, _parts.c.member_id)
        .join_from(_value, _parts, true())
        .where(_value.c.role == "part_of"),
    )
)

_predicate = (
    m.Predicate.slug,
    m.Predicate.label,
    m.Predicate.kind,
    m.Predicate.description,
    m.Predicate.subject,
    m.Predicate.object,
    m.Predicate.complement,
)
_recent = (
    select(m.Claim.id)
    .where(m.Claim.predicate_id == m.Predicate.id)
    .order_by(m.Claim.reported_at.desc(), m.Claim.id.desc())
    .limit(SAMPLE)
    .lateral("recent")
)
_pair = m.Participant.role.concat(" ").concat(m.Entity.kind)
_vocabulary = compiled(select(*_predicate, literal(None).label("seen")).order_by(m.Predicate.slug))
_vocabulary_in_use = compiled(
    select(*_predicate, func.array_agg(_pair.distinct()).label("seen"))
    .select_from(m.Predicate)
    .join(_recent, true())
    .join(m.Participant, m.Participant.claim_id == _recent.c.id)
    .join(m.Entity, m.Entity.id == m.Participant.entity_id)
    .group_by(m.Predicate.id)
    .order_by(m.Predicate.slug)
)


async def find_claims(
    pool: asyncpg.Pool, pairs: Iterable[tuple[uuid.UUID, str]]
) -> dict[tuple[uuid.UUID, str], list[Statement]]:
    """What claims say about entities, for (entity, predicate) pairs; the newest first, `CLAIMS` of a pair
    at most."""
    wanted = list(dict.fromkeys(pairs))
    found: dict[tuple[uuid.UUID, str], list[Statement]] = {one: [] for one in wanted}
    values = {"ids": [one for one, _ in wanted], "predicates": [predicate for _, predicate in wanted]}
    for row in await fetch(pool, _claims, values) if wanted else ():
        found[row["entity_id"], row["predicate"]].append(_statement(row))
    return found


def _statement(row: Row) -> Statement:
    roles: dict[str, Other | str] = {}
    for role in ROLES:
        if row[f"{role}_id"] is not None:
            roles[role] = other(row, role)
        elif role != "place" and row[f"{role}_text"]:
            roles[role] = row[f"{role}_text"]
    return Statement(
        row["own"],
        roles,
        row["amount"],
        row["lower"],
        row["upper"],
        row["value_text"],
        row["time_start"],
        row["time_precision"],
        row["statement"],
        row["modality"],
    )


# What a value of a property leads back to: the predicate, the role and the entity in it. Of `part_of` the
# role is `part_of` and the predicate empty.
Lead = tuple[str, str, uuid.UUID]


async def find_members(pool: asyncpg.Pool, leads: Iterable[Lead]) -> dict[Lead, list[uuid.UUID]]:
    """The entities that have these values, `MEMBERS` for each at most."""
    wanted = list(dict.fromkeys(leads))
    found: dict[Lead, list[uuid.UUID]] = {one: [] for one in wanted}
    values = {
        "predicates": [predicate for predicate, _, _ in wanted],
        "roles": [role for _, role, _ in wanted],
        "ids": [one for _, _, one in wanted],
    }
    for row in await fetch(pool, _members, values) if wanted else ():
        found[row["predicate"], row["role"], row["entity_id"]].append(row["member_id"])
    return found


async def find_predicates(pool: asyncpg.Pool, in_use: bool = False) -> list[Predicate]:
    """The vocabulary; with `in_use`, of it what claims use, and which kinds of entity take part in recent
    ones."""
    return [
        Predicate(
            row["slug"],
            row["label"],
            row["kind"],
            row["description"],
            {role: row[role] for role in ROLES[:3] if row[role]},
            frozenset(tuple(pair.split(" ", 1)) for pair in row["seen"] or ()),
        )
        for row in await fetch(pool, _vocabulary_in_use if in_use else _vocabulary, {})
    ]


async def find_statements(pool: asyncpg.Pool, entity: uuid.UUID, most: int) -> list[str]:
    """What the newest claims about an entity state."""
    # an entity may have several roles in a claim, and several claims may state the same
    rows = await fetch(pool, _statements, {"id": entity, "rows": 10 * most})
    return list(dict.fromkeys(row["statement"] for row in rows))[:most]
