"""Articles in: stored with their claims, streamed in bulk, or only looked at."""

from collections.abc import AsyncIterator
from typing import Any, cast

import msgspec
from litestar import Request, Response, delete, post
from litestar.params import FromPath
from litestar.response import Stream
from sqlalchemy import delete as delete_rows

from service.articles.queries import find_article
from service.claims.queries import CLAIMS, load_claims
from service.curation.changes import Change, record
from service.db import models as m
from service.db.statements import fetch
from service.db.writing import changed, writing
from service.errors import (
    InvalidRequest,
    PreconditionFailed,
    PreconditionRequired,
    ServiceError,
    UnsupportedMedia,
)
from service.facts.writing import regroup
from service.ingestion.answers import extracted, rejected
from service.ingestion.pipeline import Extracted, Raw
from service.ingestion.requests import (
    content_errors,
    raw_of,
    read_moment,
    refuse_ungrounded,
    submission_of,
)
from service.ingestion.schemas import (
    ArticleIn,
    ArticleStored,
    ExtractIn,
    ExtractOut,
    ImportLine,
)
from service.ingestion.storing import Stored, store
from service.ingestion.worker import Extraction
from service.web.body import parse_json, read_json
from service.web.edge import etag_of
from service.web.keys import require
from service.web.params import NoParams, one_key, read_params
from service.web.problems import Problem
from service.web.routing import declares, engine, pool

LONGEST_LINE = 16_000_000  # bytes of one line of an import


def extraction(request: Request[Any, Any, Any]) -> Extraction:
    return cast(Extraction, request.app.state.extraction)


# --- routes -------------------------------------------------------------------------------------------------


@post(
    "/v1/articles",
    summary="Store an article with its claims",
    status_code=201,
    opt=declares("ingestion", NoParams, 401, 403, 413, 415, 422, 429, body=ArticleIn, scope="ingest"),
)
async def post_article(request: Request[Any, Any, Any]) -> Response[ArticleStored]:
    """Takes an article as it was scraped: cleans it, finds names and claims, checks every claim against the
    words, and groups the claims into facts, all or nothing. The same text again answers 200 with the stored
    article."""
    read_params(request, NoParams)
    actor = await require(request, "ingest")
    body = await read_json(request, ArticleIn)
    done, found = await ingest(request, body, actor)
    answer = await stored_answer(request, done, found)
    status = 201 if done.created else 200
    return Response(answer, status_code=status, headers={"Location": f"/v1/articles/{answer.article.slug}"})


async def ingest(request: Request[Any, Any, Any], body: ArticleIn, actor: str) -> tuple[Stored, Extracted]:
    raw, when = raw_of(body)
    found = await extraction(request).run(raw)
    refuse_ungrounded(found)
    async with writing(engine(request)) as connection:
        (done,) = await store(connection, [(submission_of(body, when, found), found)], actor)
    return done, found


async def stored_answer(request: Request[Any, Any, Any], done: Stored, found: Extracted) -> ArticleStored:
    article = await find_article(pool(request), done.article)
    statement = CLAIMS.statement(frozenset({"article"}), "position", False)
    rows = await fetch(pool(request), statement, {"article": done.article, "limit": 10_000})
    claims = await load_claims(pool(request), rows)
    return ArticleStored(done.created, article, claims, rejected(found) if done.created else [])


@delete(
    "/v1/articles/{article:str}",
    summary="Retract an article",
    status_code=204,
    opt=declares("ingestion", NoParams, 401, 403, 404, 412, 428, scope="admin", answers=type(None)),
)
async def delete_article(request: Request[Any, Any, Any], article: FromPath[str]) -> None:
    """Takes an article back with its claims; both stay in the history, and the facts are judged anew
    without them."""
    actor = await require(request, "admin")
    found = await find_article(pool(request), one_key(request, "article", article))
    check_match(request, found)
    statement = CLAIMS.statement(frozenset({"article"}), "position", False)
    rows = await fetch(pool(request), statement, {"article": found.id, "limit": 100_000})
    claims = await load_claims(pool(request), rows)
    facts = sorted({claim.fact.id for claim in claims if claim.fact is not None}, key=str)
    async with writing(engine(request)) as connection:
        await connection.execute(delete_rows(m.Article).where(m.Article.id == found.id))
        await regroup(connection, [], facts)
        gone = [
            Change(type="claim", row_id=claim.id, slug=None, action="deleted", before=claim)
            for claim in claims
        ]
        own = Change(type="article", row_id=found.id, slug=found.slug, action="deleted", before=found)
        await record(connection, actor, [own, *gone], "the article was retracted")
        await changed(connection)


def check_match(request: Request[Any, Any, Any], current: msgspec.Struct) -> None:
    """If-Match against the row as it is now: PreconditionRequired (428) without, PreconditionFailed (412)
    if it changed."""
    given = request.headers.get("if-match")
    if given is None:
        raise PreconditionRequired(
            "Send If-Match with the ETag that GET gave, so that no change of others is lost."
        )
    etag = etag_of(b"application/json" + msgspec.json.encode(current))
    if given.strip() != "*" and etag not in (tag.strip() for tag in given.split(",")):
        raise PreconditionFailed("The row changed since you read it; read it again.")


@post(
    "/v1/imports",
    summary="Store many articles, line by line",
    status_code=200,
    opt=declares(
        "ingestion",
        NoParams,
        401,
        403,
        415,
        body=ArticleIn,
        body_types=["application/x-ndjson"],
        answers=ImportLine,
        media_types=["application/x-ndjson"],
        scope="ingest",
    ),
)
async def post_imports(request: Request[Any, Any, Any]) -> Stream:
    """Articles as NDJSON, one a line; the answer is NDJSON too, one result a line, while the import goes
    on. Each line is stored or refused on its own."""
    read_params(request, NoParams)
    actor = await require(request, "ingest")
    declared = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if declared not in ("application/x-ndjson", "application/ndjson", "application/jsonl"):
        raise UnsupportedMedia("Send NDJSON, with `Content-Type: application/x-ndjson`.")
    return Stream(import_lines(request, actor), media_type="application/x-ndjson")


async def import_lines(request: Request[Any, Any, Any], actor: str) -> AsyncIterator[bytes]:
    number = 0
    async for line in body_lines(request):
        number += 1
        if not line.strip():
            continue
        result = await import_line(request, actor, number, line)
        yield msgspec.json.encode(result) + b"\n"


async def import_line(request: Request[Any, Any, Any], actor: str, number: int, line: bytes) -> ImportLine:
    try:
        done, _ = await ingest(request, parse_json(line, ArticleIn), actor)
    except ServiceError as error:
        told = Problem(
            "about:blank",
            error.title,
            error.status,
            error.detail,
            f"/v1/imports#line={number}",
            error.errors or None,
        )
        return ImportLine(number, error.status, problem=told)
    return ImportLine(number, 201 if done.created else 200, str(done.article), done.claims, done.rejected)


async def body_lines(request: Request[Any, Any, Any]) -> AsyncIterator[bytes]:
    """The lines of the body as they arrive. A line that is too long comes cut, and then is no JSON."""
    rest = b""
    async for part in request.stream():
        *lines, rest = (rest + part).split(b"\n")
        for line in lines:
            yield line
        if len(rest) > LONGEST_LINE:
            rest = rest[:LONGEST_LINE]
    if rest.strip():
        yield rest


@post(
    "/v1/extract",
    summary="See what extraction finds, storing nothing",
    status_code=200,
    opt=declares("ingestion", NoParams, 413, 415, 422, 429, body=ExtractIn),
)
async def post_extract(request: Request[Any, Any, Any]) -> ExtractOut:
    """The whole analysis of a text: sentences, names, figures, dates, who says what, and the claims that
    hold; also the candidates that do not, with the reason."""
    read_params(request, NoParams)
    body = await read_json(request, ExtractIn)
    errors = content_errors(body.text, body.html)
    when = read_moment(body.published_at, errors)
    if errors:
        raise InvalidRequest(errors)
    day = None if when is None else when.date()
    found = await extraction(request).run(Raw(body.text, body.html, body.title, day, body.clean))
    return extracted(found, body.published_at)
