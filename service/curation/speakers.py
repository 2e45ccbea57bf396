"""Whom the words that name a speaker mean, where a claim by hand does not say which entity it is.

Without that, a ministry that a claim names in words and the same ministry as an entity would be two voices.
"""

import re
import uuid
from collections.abc import Sequence

import asyncpg
import msgspec
from sqlalchemy import bindparam, select

from service.claims.evidence import Found
from service.db import models as m
from service.db.statements import compiled, fetch

ARTICLE = re.compile(r"(?:(?:the|an?)\s+)?", re.IGNORECASE)

_named = compiled(
    select(m.Mention.start, m.Mention.end, m.Mention.entity_id, m.Entity.kind)
    .join(m.Entity, m.Entity.id == m.Mention.entity_id)
    .where(
        m.Mention.article_id == bindparam("article_id"),
        m.Mention.start >= bindparam("start"),
        m.Mention.end <= bindparam("end"),
    )
    .order_by(m.Mention.start)
)


class Named(msgspec.Struct, frozen=True):
    """An entity where the article names it; offsets are code points into the article."""

    start: int
    end: int
    entity_id: uuid.UUID
    kind: str


async def named_in(driver: asyncpg.Connection, article: uuid.UUID, near: Found) -> list[Named]:
    """Whom the article names in a part of it."""
    span = {"article_id": article, "start": near.start, "end": near.end}
    return [Named(**row) for row in await fetch(driver, _named, span)]


def meant(near: Found, name: str, named: Sequence[Named]) -> uuid.UUID | None:
    """The entity whose name the words are, but for an article before it, or the only person in them
    ("Interior Minister Jane Doe"); None when neither is there, as nobody can tell then."""
    for found in re.finditer(re.escape(name), near.exact):
        start, end = found.start() + near.start, found.end() + near.start
        inside = [one for one in named if start <= one.start and one.end <= end]
        for one in inside:
            if one.end == end and ARTICLE.fullmatch(name[: one.start - start]):
                return one.entity_id
        persons = {one.entity_id for one in inside if one.kind == "person"}
        if len(persons) == 1:
            return persons.pop()
    return None
