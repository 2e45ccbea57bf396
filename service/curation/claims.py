"""Claims by hand: checked against the article's text, stored with their history, facts judged anew.

Every function here runs inside one transaction of the caller and leaves `changed` to nobody else.
"""

import uuid
from typing import Any, cast

import asyncpg
from sqlalchemy import ARRAY, Uuid, bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from service.claims.evidence import Found
from service.claims.queries import find_claim, find_claims
from service.claims.schemas import Claim
from service.curation.changes import Change, record
from service.curation.claim_checks import (
    Figure,
    PredicateRule,
    check_attribution,
    check_figure,
    check_roles,
    check_time,
    find_evidence,
    neighbourhood,
    told,
)
from service.curation.references import Referred, resolve
from service.curation.reviews import close_reviews, queue_slips
from service.curation.schemas import NewClaim, NewScope, NewTime
from service.curation.speakers import meant, named_in
from service.db import models as m
from service.db.statements import Row, compiled, fetch, fetch_one
from service.db.writing import changed, driver_of, insert_rows
from service.errors import Conflict, FieldError, Unprocessable
from service.facts.claims import views_of_claims
from service.facts.relating import drop_computed
from service.facts.writing import regroup
from service.ids import new_id
from service.seeding import participant_rows
from service.web.conditions import check_match

ROLES = ("subject", "object", "complement")
DEEPEST = 50  # claims of larger figures, one inside the other

_article = compiled(
    select(
        m.Article.id, m.Article.text, m.Article.text_length, m.Article.sha256, m.Article.published_at
    ).where(m.Article.id == bindparam("id"))
)
_predicate = compiled(select(m.Predicate).where(m.Predicate.id == bindparam("id")))
_position = compiled(
    select(func.coalesce(func.max(m.Claim.position), -1) + 1).where(
        m.Claim.article_id == bindparam("article_id"), m.Claim.evidence_start <= bindparam("evidence_start")
    )
)
_whole = compiled(select(m.Claim.id, m.Claim.of_id).where(m.Claim.id == bindparam("id")))
_parts = compiled(select(m.Claim.id).where(m.Claim.of_id == bindparam("id")))
_same_words = compiled(
    select(
        m.Claim.id, *(getattr(m.Claim, name) for name in ("amount", "lower", "upper", "place_id", "extent"))
    )
    .add_columns(*(getattr(m.Claim, f"{role}_{end}") for role in ROLES for end in ("id", "text")))
    .where(
        m.Claim.article_id == bindparam("article_id"),
        m.Claim.predicate_id == bindparam("predicate_id"),
        m.Claim.evidence_start == bindparam("evidence_start"),
        m.Claim.evidence_end == bindparam("evidence_end"),
    )
)
_fact_of = compiled(
    select(m.Claim.fact_id).where(m.Claim.id == func.any(bindparam("ids", type_=ARRAY(Uuid()))))
)


async def current_claim(connection: AsyncConnection, claim: uuid.UUID, if_match: str | None) -> Claim:
    """The claim as it is inside the transaction; with `if_match`, only in that state."""
    found = await find_claim(reading(await driver_of(connection)), claim)
    if if_match is not None:
        check_match(if_match, found)
    return found


def reading(connection: asyncpg.Connection) -> asyncpg.Pool:
    """The read path's functions see a transaction's own changes when they are given its connection."""
    return cast(asyncpg.Pool, connection)


async def create_claim(
    connection: AsyncConnection, body: NewClaim, method: str, actor: str, reason: str | None
) -> Claim:
    """Stores a claim with everything that follows from it. Unprocessable with all errors; Conflict when the
    article makes the same claim with the same words already."""
    driver = await driver_of(connection)
    row, links = await checked(driver, body, None)
    await refuse_double(driver, row, None)
    position = await make_room(connection, row)
    row |= {"id": new_id(), "position": position, "method": method}
    links = [{"claim_id": row["id"], **link} for link in links]
    await insert_rows(connection, m.Claim, [row])
    await insert_rows(connection, m.Attribution, links)
    await insert_rows(connection, m.Participant, participant_rows([row], links))
    await regroup(connection, [row["id"]])
    await queue_slips(connection, [row["id"]])
    made = await find_claim(reading(driver), row["id"])
    change = Change(type="claim", row_id=made.id, slug=None, action="created", after=made)
    await record(connection, actor, [change], reason)
    await changed(connection)
    return made


async def make_room(connection: AsyncConnection, row: dict[str, Any]) -> int:
    """The place of a new claim among those of its article, which is that of its words; later ones move on."""
    position: int = (await fetch(await driver_of(connection), _position, row))[0][0]
    later = (m.Claim.article_id == row["article_id"], m.Claim.position >= position)
    await connection.execute(update(m.Claim).where(*later).values(position=m.Claim.position + 1))
    return position


async def change_claim(
    connection: AsyncConnection, before: Claim, body: NewClaim, actor: str, reason: str | None
) -> Claim:
    """Puts a claim as a whole in place of what it was; a person vouches for it from then on. A change that
    changes nothing leaves no trace."""
    driver, claim = await driver_of(connection), before.id
    row, links = await checked(driver, body, before)
    views = await views_of_claims(driver, [claim])
    if row["article_id"] != before.article.id:
        detail = "a claim stays with its article; delete it and make another"
        raise Unprocessable(detail, [FieldError(detail, pointer="/article")])
    await refuse_double(driver, row, claim)
    links = [{"claim_id": claim, **link} for link in links]
    await connection.execute(
        update(m.Claim).where(m.Claim.id == claim).values({**row, "method": "curated"} | UNVOUCHED)
    )
    await connection.execute(delete(m.Attribution).where(m.Attribution.claim_id == claim))
    await connection.execute(delete(m.Participant).where(m.Participant.claim_id == claim))
    await insert_rows(connection, m.Attribution, links)
    await insert_rows(connection, m.Participant, participant_rows([{**row, "id": claim}], links))
    await regroup(connection, [claim], gone=views)
    await queue_slips(connection, [claim])
    after = await find_claim(reading(driver), claim)
    if after == before:
        return after
    change = Change(type="claim", row_id=claim, slug=None, action="updated", before=before, after=after)
    await record(connection, actor, [change], reason)
    await changed(connection)
    return after


UNVOUCHED: dict[str, Any] = {"extractor": None, "confidence": None}  # what only an extracted claim has


async def remove_claim(connection: AsyncConnection, before: Claim, actor: str, reason: str | None) -> None:
    """Takes a claim back. It stays in the history; claims that were parts of it stand alone."""
    driver, claim = await driver_of(connection), before.id
    parts = [row["id"] for row in await fetch(driver, _parts, {"id": claim})]
    shown = await find_claims(reading(driver), parts)
    facts = [row[0] for row in await fetch(driver, _fact_of, {"ids": [claim]}) if row[0] is not None]
    views = await views_of_claims(driver, [claim])
    await drop_computed(connection, [claim])
    await connection.execute(delete(m.Claim).where(m.Claim.id == claim))
    await regroup(connection, parts, facts, views)
    await close_reviews(connection, [claim], actor, "the claim was taken back")
    await record(
        connection,
        actor,
        [
            Change(type="claim", row_id=claim, slug=None, action="deleted", before=before),
            *await changes_of_claims(driver, shown),
        ],
        reason,
    )
    await changed(connection)


async def changes_of_claims(driver: asyncpg.Connection, before: dict[uuid.UUID, Claim]) -> list[Change]:
    """The history of claims that changed because something else did."""
    after = await find_claims(reading(driver), list(before))
    return [
        Change(type="claim", row_id=one, slug=None, action="updated", before=claim, after=after[one])
        for one, claim in before.items()
        if after[one] != claim
    ]


# --- checks -------------------------------------------------------------------------------------------------


async def checked(
    driver: asyncpg.Connection, body: NewClaim, current: Claim | None
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The columns of the claim and of its attributions; Unprocessable with everything that is wrong."""
    errors: list[FieldError] = []
    scope = body.scope or NewScope()
    found = await resolve(
        driver,
        {
            "/article": ("article", body.article),
            "/predicate": ("predicate", body.predicate),
            **{f"/{role}": ("entity", getattr(body, role)) for role in ROLES},
            "/scope/place": ("entity", scope.place),
            **{
                f"/attribution/{index}/entity": ("entity", link.entity)
                for index, link in enumerate(body.attribution)
            },
        },
        errors,
    )
    place = found.get("/scope/place")
    if place is not None and place.kind != "place":
        errors.append(
            FieldError(f"{place.slug} is no place but of kind {place.kind}", pointer="/scope/place")
        )
    await check_whole(driver, scope.of, current, errors)
    rule = await rule_of(driver, found.get("/predicate"))
    article = None
    if "/article" in found:
        article = await fetch_one(driver, _article, {"id": found["/article"].id})
    evidence = figure = near = None
    if rule is not None:
        check_roles(body, rule, errors)
    if article is not None:
        evidence = find_evidence(article["text"], article["sha256"], body, errors)
    if article is not None and evidence is not None:
        near = neighbourhood(article["text"], evidence)
        check_attribution(near.exact, body.attribution, errors)
        check_time(near.exact, body.time, errors)
        if rule is not None:
            figure = check_figure(article["text"], evidence, body.value, rule, errors)
    if errors:
        raise Unprocessable(told(errors), errors)
    assert article is not None
    assert evidence is not None
    assert near is not None
    links = link_rows(body, found)
    if any(link["entity_id"] is None for link in links):
        named = await named_in(driver, article["id"], near)
        for link in links:
            link["entity_id"] = link["entity_id"] or meant(near, link["name"], named)
    return claim_row(body, article, evidence, figure, found), links


async def rule_of(driver: asyncpg.Connection, predicate: Referred | None) -> PredicateRule | None:
    if predicate is None:
        return None
    row = await fetch_one(driver, _predicate, {"id": predicate.id})
    assert row is not None
    return PredicateRule(row["slug"], row["kind"], row["unit"], {role: row[role] for role in ROLES})


async def check_whole(
    driver: asyncpg.Connection, of: uuid.UUID | None, current: Claim | None, errors: list[FieldError]
) -> None:
    """A part's larger figure is a claim that is there, and not a part of the part."""
    following, steps = of, 0
    while following is not None and steps < DEEPEST:
        if current is not None and following == current.id:
            errors.append(FieldError("a claim cannot be part of itself", pointer="/scope/of"))
            return
        row = await fetch_one(driver, _whole, {"id": following})
        if row is None:
            errors.append(FieldError(f"no claim has the id {following}", pointer="/scope/of"))
            return
        following, steps = row["of_id"], steps + 1


async def refuse_double(driver: asyncpg.Connection, row: dict[str, Any], own: uuid.UUID | None) -> None:
    """One article says one thing with the same words once."""
    for other in await fetch(driver, _same_words, row):
        if other["id"] != own and all(row[name] == value for name, value in other.items() if name != "id"):
            raise Conflict(
                f"The article makes this claim with these words already: /v1/claims/{other['id']}."
            )


def claim_row(
    body: NewClaim, article: Row, evidence: Found, figure: Figure | None, found: dict[str, Referred]
) -> dict[str, Any]:
    """All columns but id, position and method."""
    scope, time = body.scope or NewScope(), body.time or NewTime()

    def entity(pointer: str) -> uuid.UUID | None:
        return found[pointer].id if pointer in found else None

    row: dict[str, Any] = {
        "article_id": article["id"],
        "text_length": article["text_length"],
        "predicate_id": found["/predicate"].id,
        "statement": body.statement or " ".join(evidence.exact.split()),
        "amount": figure and figure.amount,
        "lower": figure and figure.lower,
        "upper": figure and figure.upper,
        "unit": figure and figure.unit,
        "qualifier": figure and figure.qualifier,
        "value_text": figure and figure.text,
        "place_id": entity("/scope/place"),
        "extent": scope.extent,
        "group": scope.group,
        "of_id": scope.of,
        "time_start": time.start,
        "time_end": time.end if time.end is not None else time.start,
        "time_precision": time.precision or ("day" if time.start is not None else None),
        "time_text": time.text,
        "modality": body.modality or ("reported" if body.attribution else "asserted"),
        "inferred": list(dict.fromkeys(body.inferred)),
        "evidence": evidence.exact,
        "evidence_start": evidence.start,
        "evidence_end": evidence.end,
        "reported_at": article["published_at"],
    }
    for role in ROLES:
        row[f"{role}_id"] = entity(f"/{role}")
        row[f"{role}_text"] = getattr(body, f"{role}_text")
    return row


def link_rows(body: NewClaim, found: dict[str, Referred]) -> list[dict[str, Any]]:
    """All columns of the attributions but the claim's id."""
    return [
        {
            "position": index,
            "role": link.role,
            "entity_id": found[pointer].id if (pointer := f"/attribution/{index}/entity") in found else None,
            "name": link.name,
            "cue": link.cue,
        }
        for index, link in enumerate(body.attribution)
    ]
