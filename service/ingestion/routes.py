"""Articles in: stored with their claims, streamed in bulk, or only looked at."""

from typing import Any, cast

from litestar import Request, Response, delete, post
from litestar.params import FromPath
from litestar.response.base import ASGIResponse

from service.articles.queries import find_article
from service.claims.queries import CLAIMS, load_claims
from service.curation.requests import ReasonParams
from service.db.constraints import commit
from service.db.statements import fetch
from service.errors import InvalidRequest, UnsupportedMedia
from service.ingestion.answers import extracted, rejected
from service.ingestion.imports import Both, import_lines
from service.ingestion.pipeline import Extracted, Raw
from service.ingestion.requests import (
    content_errors,
    day_of,
    raw_of,
    read_moment,
    refuse_ungrounded,
    submission_of,
    today,
    warnings,
)
from service.ingestion.retracting import REASON, retract
from service.ingestion.schemas import ArticleIn, ArticleStored, ExtractIn, ExtractOut, ImportLine
from service.ingestion.storing import Stored, store
from service.ingestion.worker import Extraction
from service.web.body import read_json, refuse_encoded
from service.web.conditions import required_match
from service.web.keys import require
from service.web.params import NoParams, one_key_and, read_params
from service.web.routing import declares, engine, pool


def extraction(request: Request[Any, Any, Any]) -> Extraction:
    return cast(Extraction, request.app.state.extraction)


# --- routes -------------------------------------------------------------------------------------------------


@post(
    "/v1/articles",
    summary="Store an article with its claims",
    status_code=201,
    opt=declares(
        "ingestion",
        NoParams,
        *(401, 403, 413, 415, 422, 429),
        body=ArticleIn,
        scope="ingest",
        again="The same text was stored already: `created` is false.",
    ),
)
async def post_article(request: Request[Any, Any, Any]) -> Response[ArticleStored]:
    """Takes an article as it was scraped: cleans it, finds names and claims, checks every claim against the
    words, and groups the claims into facts, all or nothing. The same text again answers 200 with the stored
    article."""
    read_params(request, NoParams)
    actor = await require(request, "ingest")
    body = await read_json(request, ArticleIn)
    done, found = await ingest(request, body, actor)
    answer = await stored_answer(request, body, done, found)
    status = 201 if done.created else 200
    return Response(answer, status_code=status, headers={"Location": f"/v1/articles/{answer.article.slug}"})


async def ingest(request: Request[Any, Any, Any], body: ArticleIn, actor: str) -> tuple[Stored, Extracted]:
    raw, when = raw_of(body)
    found = await extraction(request).run(raw)
    refuse_ungrounded(found)
    ready = (submission_of(body, when, found), found)
    (done,) = await commit(engine(request), lambda connection: store(connection, [ready], actor))
    return done, found


async def stored_answer(
    request: Request[Any, Any, Any], body: ArticleIn, done: Stored, found: Extracted
) -> ArticleStored:
    article = await find_article(pool(request), done.article)
    statement = CLAIMS.statement(frozenset({"article"}), "position", False)
    rows = await fetch(pool(request), statement, {"article": done.article, "limit": 10_000})
    claims = await load_claims(pool(request), rows)
    warned = warnings(body, done, found, article.source)
    return ArticleStored(done.created, article, claims, rejected(found) if done.created else [], warned)


@delete(
    "/v1/articles/{article:str}",
    summary="Retract an article",
    status_code=204,
    opt=declares("ingestion", ReasonParams, 401, 403, 404, 410, 412, 428, scope="admin", answers=type(None)),
)
async def delete_article(request: Request[Any, Any, Any], article: FromPath[str]) -> None:
    """Takes an article back with its claims; both stay in the history, and the facts are judged anew
    without them. Its reprints stay, as one voice. A fact `as_of` an earlier time still has the claims, and
    its timeline tells of the retraction."""
    key, params = one_key_and(ReasonParams, request, "article", article)
    actor, if_match = await require(request, "admin"), required_match(request)
    reason = params.reason or REASON
    await commit(engine(request), lambda connection: retract(connection, key, if_match, actor, reason))


@post(
    "/v1/imports",
    summary="Store many articles, line by line",
    status_code=200,
    request_max_body_size=None,  # an archive; each line has a limit of its own
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
async def post_imports(request: Request[Any, Any, Any]) -> ASGIResponse:
    """Articles as NDJSON, one a line; the answer is NDJSON too, one result a line, while the import goes
    on. Each line is stored or refused on its own. Every line that came as a whole is, also when the client
    goes away without waiting for the results; sent again, it is answered with the article that is stored."""
    read_params(request, NoParams)
    actor = await require(request, "ingest")
    declared = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if declared not in ("application/x-ndjson", "application/ndjson", "application/jsonl"):
        raise UnsupportedMedia("Send NDJSON, with `Content-Type: application/x-ndjson`.")
    refuse_encoded(request)
    return Both(iterator=import_lines(request, extraction(request), actor), media_type="application/x-ndjson")


@post(
    "/v1/extract",
    summary="See what extraction finds, storing nothing",
    status_code=200,
    opt=declares("ingestion", NoParams, 413, 415, 422, 429, body=ExtractIn),
)
async def post_extract(request: Request[Any, Any, Any]) -> ExtractOut:
    """The whole analysis of a text: sentences, names, figures, dates, who says what, and the claims that
    hold; also the candidates that do not, with the reason. A language model, where the service has one, is
    asked for requests with a key that allows `ingest` only."""
    read_params(request, NoParams)
    asking = "authorization" in request.headers
    if asking:
        await require(request, "ingest")
    body = await read_json(request, ExtractIn)
    errors = content_errors(body.text, body.html)
    read_moment(body.published_at, errors)
    if errors:
        raise InvalidRequest(errors)
    raw = Raw(
        text=body.text,
        html=body.html,
        title=body.title,
        published=day_of(body.published_at),
        received=today(),
        cleaning=body.clean,
    )
    return extracted(await extraction(request).look(raw, asking), body.published_at)
