"""From what a request holds to what its answer says, in either version; HTTP is left to `routes`."""

from collections.abc import Mapping
from typing import Any, TypeVar

import asyncpg
from msgspec import UNSET, UnsetType

from service.errors import FieldError, InvalidRequest
from service.reconcile.claims import find_predicates
from service.reconcile.matching import find_candidates
from service.reconcile.properties import Property, catalogue, cell, load_values
from service.reconcile.queries import as_key, find_entities
from service.reconcile.reading import (
    Query,
    Read,
    in_parameter,
    read_batch,
    read_draft_batch,
    read_extension,
    read_form_json,
    read_query,
)
from service.reconcile.schemas import (
    Candidate,
    Cell,
    DraftExtension,
    DraftProperty,
    DraftResult,
    DraftResults,
    DraftRow,
    ExtendQuery,
    Extension,
    PropertyRef,
    QueryError,
    Result,
)
from service.web.body import parse_json
from service.web.params import pairs

K = TypeVar("K", str, int)

FORM_NAMES = ("queries", "extend", "query")


def read_form(body: bytes) -> dict[str, str]:
    found, errors = pairs(body)
    form: dict[str, str] = {}
    for name, value in found:
        if name not in FORM_NAMES:
            detail = f"unknown field {name[:60]!r}; known here: {', '.join(FORM_NAMES)}"
            errors.append(FieldError(detail, parameter=name))
        elif name in form:
            errors.append(FieldError(f"{name}: given more than once", parameter=name))
        else:
            form[name] = value
    if errors:
        raise InvalidRequest(errors)
    return form


async def answer_form(pool: asyncpg.Pool, name: str, text: str) -> Extension | Result | dict[str, Result]:
    """The answer of version 0.2 to one of the three fields."""
    known = catalogue(await find_predicates(pool))
    if name == "extend":
        try:
            return await _extend(pool, read_form_json(name, text, ExtendQuery), known)
        except InvalidRequest as error:
            raise in_parameter(name, error.errors) from None
    if name == "query":
        single = (
            read_form_json(name, text, dict[str, Any]) if text.lstrip().startswith("{") else {"query": text}
        )
        read = read_query(single, "", known)
        if not isinstance(read, Query):
            raise in_parameter(name, [FieldError(one.detail, pointer=one.pointer) for one in read])
        return Result((await find_candidates(pool, [read], known))[0])
    answered = await _answer_batch(pool, read_batch(name, text, known), known)
    return {key: Result(*one) for key, one in answered.items()}


async def answer_match(pool: asyncpg.Pool, body: bytes) -> DraftResults:
    """The answer of version 1.0-draft to a batch."""
    known = catalogue(await find_predicates(pool))
    answered = await _answer_batch(pool, dict(enumerate(read_draft_batch(body, known))), known)
    return DraftResults([DraftResult(*one) for one in answered.values()])


async def answer_extend(pool: asyncpg.Pool, body: bytes) -> DraftExtension:
    """The answer of version 1.0-draft to a data extension query."""
    query = parse_json(body, ExtendQuery)
    found = await _extend(pool, query, catalogue(await find_predicates(pool)))
    rows = [
        DraftRow(key, [DraftProperty(name, cells) for name, cells in found.rows[key].items()])
        for key in query.ids
    ]
    return DraftExtension(found.meta, rows)


async def _answer_batch(
    pool: asyncpg.Pool, batch: Mapping[K, Read], known: Mapping[str, Property]
) -> dict[K, tuple[list[Candidate], list[QueryError] | UnsetType]]:
    """The candidates of the queries that could be read and what is wrong with the others, by their keys."""
    found = iter(
        await find_candidates(pool, [one for one in batch.values() if isinstance(one, Query)], known)
    )
    return {key: (next(found), UNSET) if isinstance(one, Query) else ([], one) for key, one in batch.items()}


async def _extend(pool: asyncpg.Pool, query: ExtendQuery, known: Mapping[str, Property]) -> Extension:
    """The values by the ids as they were asked for; InvalidRequest for unknown properties and settings."""
    wanted = read_extension(query, known)
    entities = await find_entities(pool, query.ids)
    by_key = {key: one for one in entities.values() for key in one.keys}
    values = await load_values(pool, entities.values(), wanted)
    rows: dict[str, dict[str, list[Cell]]] = {}
    for key in query.ids:
        one = by_key.get(as_key(key) or "")
        rows[key] = {
            name: [] if one is None else [cell(held) for held in values[one.id, name]] for name in wanted
        }
    return Extension([PropertyRef(one.id, one.name) for one, _ in wanted.values()], rows)
