"""Taking an article back: it goes with its claims, the history keeps both, and the facts are judged anew."""

import uuid
from typing import cast

import asyncpg
from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from service.articles.queries import find_article
from service.claims.queries import CLAIMS, load_claims
from service.curation.changes import Change, record
from service.curation.reviews import close_reviews
from service.db import models as m
from service.db.statements import compiled, fetch
from service.db.writing import changed, driver_of
from service.facts.claims import views_of_claims
from service.facts.queries import find_facts
from service.facts.relating import drop_computed
from service.facts.withdrawn import keep_withdrawn
from service.facts.writing import regroup
from service.web.conditions import check_match
from service.web.params import Key

REASON = "the article was retracted"
MOST = 1_000_000  # claims of one article; no text has as many

_reprints = compiled(
    select(m.Article.id)
    .where(m.Article.reprint_of_id == bindparam("id"))
    .order_by(m.Article.published_at, m.Article.recorded_at, m.Article.id)
)
_claims_of = compiled(
    select(m.Claim.id, m.Claim.fact_id)
    .join(m.Article, m.Article.id == m.Claim.article_id)
    .where(func.coalesce(m.Article.reprint_of_id, m.Article.id) == bindparam("id"))
)


async def retract(
    connection: AsyncConnection, key: Key, if_match: str, actor: str, reason: str = REASON
) -> None:
    """Deletes an article with everything drawn from it, inside the caller's transaction. NotFound or Gone;
    PreconditionFailed when it is not in the state that `if_match` names."""
    driver = await driver_of(connection)
    reading = cast(asyncpg.Pool, driver)
    article = await find_article(reading, key)
    check_match(if_match, article)
    statement = CLAIMS.statement(frozenset({"article"}), "position", False)
    rows = await fetch(driver, statement, {"article": article.id, "limit": MOST})
    claims = await load_claims(reading, rows)
    facts = sorted({claim.fact.id for claim in claims if claim.fact is not None}, key=str)
    views = await views_of_claims(driver, [claim.id for claim in claims])
    await keep_withdrawn(connection, claims, views, await find_facts(reading, facts))
    await close_reviews(connection, [claim.id for claim in claims], actor, reason)
    heirs = await hand_on(connection, driver, article.id)
    await drop_computed(connection, [claim.id for claim in claims])
    await connection.execute(delete(m.Article).where(m.Article.id == article.id))
    await regroup(connection, heirs, facts, views)
    gone = [
        Change(type="claim", row_id=claim.id, slug=None, action="deleted", before=claim) for claim in claims
    ]
    own = Change(type="article", row_id=article.id, slug=article.slug, action="deleted", before=article)
    await record(connection, actor, [own, *gone], reason)
    await changed(connection)


async def hand_on(
    connection: AsyncConnection, driver: asyncpg.Connection, article: uuid.UUID
) -> list[uuid.UUID]:
    """Makes the earliest reprint of an article the one that the others repeat: without the original they are
    still one voice. Returns the claims of all of them."""
    reprints = [row["id"] for row in await fetch(driver, _reprints, {"id": article})]
    if not reprints:
        return []
    heir, *others = reprints
    await connection.execute(update(m.Article).where(m.Article.id == heir).values(reprint_of_id=None))
    await connection.execute(update(m.Article).where(m.Article.id.in_(others)).values(reprint_of_id=heir))
    return [row["id"] for row in await fetch(driver, _claims_of, {"id": heir})]
