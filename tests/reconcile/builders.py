"""Entities for tests that need namesakes or hostile names."""

import uuid

import asyncpg

from service.entities.names import fold, search_keys


async def add_entity(
    connection: asyncpg.Connection,
    slug: str,
    name: str,
    kind: str,
    *aliases: str,
    description: str | None = None,
    part_of: str | None = None,
) -> uuid.UUID:
    """A row as ingestion would write it, with its name and other aliases."""
    entity = uuid.uuid4()
    await connection.execute(
        "INSERT INTO entity (id, slug, name, kind, description, part_of_id)"
        " VALUES ($1, $2, $3, $4, $5, (SELECT id FROM entity WHERE slug = $6))",
        *(entity, slug, name, kind, description, part_of),
    )
    for index, text in enumerate((name, *aliases)):
        await connection.execute(
            "INSERT INTO alias (id, entity_id, text, kind, folded, keys) VALUES ($1, $2, $3, $4, $5, $6)",
            *(uuid.uuid4(), entity, text, "spelling" if index else "name", fold(text), search_keys(text)),
        )
    return entity
