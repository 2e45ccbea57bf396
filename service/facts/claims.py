"""Claims as the agreement rule sees them, read from the database: three statements, however many facts are
asked for."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ARRAY, Uuid, bindparam, func, literal, select, true
from sqlalchemy.orm import aliased

from service.db import models as m
from service.db.statements import Connection, compiled, fetch
from service.facts.comparable import CASUALTIES
from service.facts.values import ClaimView, fold, telling_order
from service.facts.words import named as named_words

Subject = aliased(m.Entity, name="subject")
Object = aliased(m.Entity, name="object")
Complement = aliased(m.Entity, name="complement")
Place = aliased(m.Entity, name="place")
Original = aliased(m.Article, name="original")

_ids = bindparam("ids", type_=ARRAY(Uuid()))

# What `view` reads of a claim beside its participants; for every statement whose rows become views.
JUDGED = (
    m.Claim.subject_text,
    m.Claim.object_text,
    m.Claim.complement_text,
    m.Claim.amount,
    m.Claim.lower,
    m.Claim.upper,
    m.Claim.qualifier,
    m.Claim.value_text,
    m.Claim.unit,
    m.Claim.extent,
    m.Claim.group,
    m.Claim.of_id,
    m.Claim.time_start,
    m.Claim.time_end,
    m.Claim.time_precision,
    m.Claim.modality,
    m.Claim.inferred,
    m.Claim.evidence,
    m.Claim.reported_at,
    m.Claim.position,
)

_views = (
    select(
        m.Claim.id,
        m.Claim.fact_id,
        m.Article.slug.label("article"),
        m.Article.title.label("article_title"),
        m.Source.slug.label("source"),
        m.Source.name.label("source_name"),
        m.Predicate.slug.label("predicate"),
        m.Predicate.kind,
        Subject.slug.label("subject"),
        Object.slug.label("object"),
        Complement.slug.label("complement"),
        Place.slug.label("place"),
        Place.name.label("place_name"),
        m.Claim.place_id,
        *JUDGED,
        Original.slug.label("reprint_of"),
    )
    .join(m.Article, m.Article.id == m.Claim.article_id)
    .join(m.Source, m.Source.id == m.Article.source_id)
    .join(m.Predicate, m.Predicate.id == m.Claim.predicate_id)
    .outerjoin(Original, Original.id == m.Article.reprint_of_id)
    .outerjoin(Subject, Subject.id == m.Claim.subject_id)
    .outerjoin(Object, Object.id == m.Claim.object_id)
    .outerjoin(Complement, Complement.id == m.Claim.complement_id)
    .outerjoin(Place, Place.id == m.Claim.place_id)
)
_of_claims = compiled(_views.where(m.Claim.id == func.any(_ids)))
_of_facts = compiled(_views.where(m.Claim.fact_id == func.any(_ids)))

_chains = compiled(
    select(
        m.Attribution.claim_id,
        m.Attribution.role,
        m.Attribution.name,
        m.Attribution.cue,
        m.Entity.slug,
        m.Entity.name.label("entity_name"),
    )
    .outerjoin(m.Entity, m.Entity.id == m.Attribution.entity_id)
    .where(m.Attribution.claim_id == func.any(_ids))
    .order_by(m.Attribution.claim_id, m.Attribution.position)
)

# What decides who holds a value and since when, of the claims of a fact of very many.
_first_origin = (
    select(m.Attribution.name, m.Attribution.entity_id)
    .where(m.Attribution.claim_id == m.Claim.id, m.Attribution.role == "origin")
    .order_by(m.Attribution.position)
    .limit(1)
    .lateral("first_origin")
)
Origin = aliased(m.Entity, name="origin_entity")
_held = compiled(
    select(
        m.Claim.id,
        m.Claim.reported_at,
        m.Claim.position,
        m.Claim.amount,
        m.Claim.lower,
        m.Claim.upper,
        m.Claim.qualifier,
        m.Claim.unit,
        m.Claim.modality,
        m.Article.slug.label("article"),
        m.Source.slug.label("source"),
        m.Article.reprint_of_id,
        Origin.slug,
        _first_origin.c.name,
    )
    .join(m.Article, m.Article.id == m.Claim.article_id)
    .join(m.Source, m.Source.id == m.Article.source_id)
    .outerjoin(_first_origin, true())
    .outerjoin(Origin, Origin.id == _first_origin.c.entity_id)
    .where(m.Claim.fact_id == bindparam("fact"), m.Claim.reported_at <= bindparam("until"))
)

_articles = compiled(
    select(
        m.Article.id,
        m.Article.slug.label("article"),
        m.Article.title.label("article_title"),
        m.Source.slug.label("source"),
        m.Source.name.label("source_name"),
        Original.slug.label("reprint_of"),
    )
    .join(m.Source, m.Source.id == m.Article.source_id)
    .outerjoin(Original, Original.id == m.Article.reprint_of_id)
    .where(m.Article.id == func.any(_ids))
)
_kinds = compiled(select(m.Predicate.id, m.Predicate.slug.label("predicate"), m.Predicate.kind))
_entities = compiled(select(m.Entity.id, m.Entity.slug, m.Entity.name).where(m.Entity.id == func.any(_ids)))
ROLES = ("subject", "object", "complement", "place")
TEXTS = tuple((role, f"{role}_text") for role in ROLES[:3])

DEEPEST = 12  # places inside places; deeper would be a circle

_start = select(
    m.Entity.id.label("place"), m.Entity.part_of_id.label("outer_id"), literal(1).label("depth")
).where(m.Entity.id == func.any(_ids), m.Entity.part_of_id.is_not(None))
_outer = _start.cte("outer_places", recursive=True)
_outer = _outer.union_all(
    select(_outer.c.place, m.Entity.part_of_id, _outer.c.depth + 1)
    .join(m.Entity, m.Entity.id == _outer.c.outer_id)
    .where(m.Entity.part_of_id.is_not(None), _outer.c.depth < DEEPEST)
)
_ancestors = compiled(
    select(_outer.c.place, m.Entity.slug)
    .join(m.Entity, m.Entity.id == _outer.c.outer_id)
    .order_by(_outer.c.place, _outer.c.depth)
)


async def views_of_facts(connection: Connection, facts: list[uuid.UUID]) -> dict[uuid.UUID, list[ClaimView]]:
    """The claims of each fact; a fact without claims is missing."""
    rows = await fetch(connection, _of_facts, {"ids": facts}) if facts else []
    views = await load_views(connection, rows)
    found: dict[uuid.UUID, list[ClaimView]] = {}
    for row, view in zip(rows, views, strict=True):
        found.setdefault(row["fact_id"], []).append(view)
    return found


async def held(connection: Connection, fact: uuid.UUID, until: dt.datetime) -> list[ClaimView]:
    """The claims of a fact that were published by a time, as far as `positions` and `voices` look at them.

    Where nobody has to be compared with anybody (each article attributes all or nothing, and is no reprint)
    that is a value, a speaker and a time: a fifth of what reading all takes."""
    rows = await fetch(connection, _held, {"fact": fact, "until": until})
    named: dict[str, set[bool]] = {}
    for row in rows:
        named.setdefault(row["article"], set()).add(row["name"] is None)
    mixed = {article for article, several in named.items() if len(several) == 2}
    if any(row["reprint_of_id"] is not None for row in rows):
        views = await views_of_claims(connection, [row["id"] for row in rows])
        return sorted(views, key=telling_order)
    compared = await views_of_claims(connection, [row["id"] for row in rows if row["article"] in mixed])
    views = compared + [holder(row) for row in rows if row["article"] not in mixed]
    return sorted(views, key=telling_order)


def holder(row: Any) -> ClaimView:
    return ClaimView(
        id=str(row["id"]),
        article=row["article"],
        source=row["source"],
        predicate="",
        kind="",
        reported_at=row["reported_at"],
        amount=row["amount"],
        lower=row["lower"],
        upper=row["upper"],
        qualifier=row["qualifier"],
        unit=row["unit"],
        modality=row["modality"],
        origin=None if row["name"] is None else speaker_key(row),
        position=row["position"],
    )


async def views_of_claims(connection: Connection, claims: list[uuid.UUID]) -> list[ClaimView]:
    rows = await fetch(connection, _of_claims, {"ids": claims}) if claims else []
    return await load_views(connection, rows)


async def views_of_rows(
    connection: Connection, rows: Sequence[Mapping[str, Any]], links: Sequence[Mapping[str, Any]]
) -> list[ClaimView]:
    """Of claims that are about to be stored, from their rows and those of their attributions; the articles
    and entities that they name are stored."""
    ids = ids_in(rows, "article_id")
    articles = {one["id"]: dict(one) for one in await fetch(connection, _articles, {"ids": ids})}
    kinds = {one["id"]: dict(one) for one in await fetch(connection, _kinds, {})}
    those = ids_in(rows, *(f"{role}_id" for role in ROLES)) + ids_in(links, "entity_id")
    entities = {
        one["id"]: (one["slug"], one["name"]) for one in await fetch(connection, _entities, {"ids": those})
    }
    nobody = (None, None)
    chains: dict[uuid.UUID, list[Any]] = {}
    for link in sorted(links, key=lambda link: link["position"]):
        slug, name = entities.get(link["entity_id"], nobody)
        chains.setdefault(link["claim_id"], []).append({**link, "slug": slug, "entity_name": name})
    within = await outer_places(connection, ids_in(rows, "place_id"))
    found = []
    for row in rows:
        place, place_name = entities.get(row["place_id"], nobody)
        named = {
            **articles[row["article_id"]],
            **kinds[row["predicate_id"]],
            "subject": entities.get(row["subject_id"], nobody)[0],
            "object": entities.get(row["object_id"], nobody)[0],
            "complement": entities.get(row["complement_id"], nobody)[0],
            "place": place,
            "place_name": place_name,
        }
        found.append(view(row, chains.get(row["id"], ()), within.get(row["place_id"], ()), named))
    return found


def ids_in(rows: Sequence[Mapping[str, Any]], *names: str) -> list[uuid.UUID]:
    return list({row[name] for row in rows for name in names if row[name] is not None})


async def outer_places(connection: Connection, places: list[uuid.UUID]) -> dict[uuid.UUID, tuple[str, ...]]:
    """The places around each place, from the inside out."""
    within: dict[uuid.UUID, tuple[str, ...]] = {}
    for outer in await fetch(connection, _ancestors, {"ids": places}) if places else []:
        within[outer["place"]] = (*within.get(outer["place"], ()), outer["slug"])
    return within


async def load_views(connection: Connection, rows: list[Any]) -> list[ClaimView]:
    chains: dict[uuid.UUID, list[Any]] = {}
    for link in await fetch(connection, _chains, {"ids": [row["id"] for row in rows]}) if rows else []:
        chains.setdefault(link["claim_id"], []).append(link)
    within = await outer_places(connection, ids_in(rows, "place_id"))
    return [view(row, chains.get(row["id"], ()), within.get(row["place_id"], ()), row) for row in rows]


def view(row: Any, chain: Sequence[Any], within: tuple[str, ...], named: Any) -> ClaimView:
    """`named` says what the row has only ids of, under the names of `_views`."""
    origin = None
    for link in chain:
        if link["role"] == "origin":
            origin = link
            break
    subject, object_, complement = [participant(named[role], row[text]) for role, text in TEXTS]
    speaker = None if origin is None else speaker_key(origin)
    return ClaimView(
        id=str(row["id"]),
        article=named["article"],
        source=named["source"],
        predicate=named["predicate"],
        kind=named["kind"],
        reported_at=row["reported_at"].astimezone(dt.UTC),
        subject=subject,
        object=object_,
        complement=complement,
        amount=row["amount"],
        lower=row["lower"],
        upper=row["upper"],
        qualifier=row["qualifier"],
        value_text=row["value_text"],
        unit=row["unit"],
        place=named["place"],
        within=within,
        extent=row["extent"],
        group=row["group"],
        of=None if row["of_id"] is None else str(row["of_id"]),
        time_start=row["time_start"],
        time_end=row["time_end"],
        precision=row["time_precision"],
        modality=row["modality"],
        origin=speaker,
        media=tuple([speaker_key(link) for link in chain if link["role"] == "medium"]),
        cue=None if origin is None else origin["cue"],
        reprint_of=named["reprint_of"],
        position=row["position"],
        names=names(row, origin, speaker, named),
        inferred=tuple(row["inferred"]),
        named=words_of(row, named),
        literal=tuple([role for role, text in TEXTS if row[text] and named[role] is None]),
    )


def words_of(row: Any, named: Any) -> frozenset[str]:
    """As `ClaimView.named` has them."""
    figure = named["kind"] == "quantity"
    if not figure and named["kind"] != "event":
        return frozenset()
    if figure and named["predicate"] not in CASUALTIES and "place" not in row["inferred"]:
        return frozenset()
    return named_words(named["article_title"] or "", row["evidence"], figure=figure)


def names(row: Any, origin: Any, speaker: str | None, named: Any) -> tuple[tuple[str, str], ...]:
    """How to show what the claim's keys stand for, as `ClaimView` has it."""
    found = {fold(row[text]): row[text] for role, text in TEXTS if row[text] and named[role] is None}
    found[named["source"]] = named["source_name"]
    if named["place"] is not None:
        found[named["place"]] = named["place_name"]
    if speaker is not None:
        found[speaker] = origin["entity_name"] or origin["name"]
    return tuple(found.items())


def participant(slug: str | None, text: str | None) -> str | None:
    """The key of a participant: an entity's slug, or what the claim calls it."""
    return slug if slug is not None or text is None else fold(text)


def speaker_key(link: Any) -> str:
    return str(link["slug"]) if link["slug"] is not None else fold(link["name"])
