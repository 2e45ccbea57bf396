"""What the service is compared with, each as its authors would write it: two endpoints with the same answers.

    python -m benchmarks.peers bare|asyncpg|orm PORT [DATABASE_URL]

`bare` is an ASGI function that returns constant bytes: what the server allows at most. `asyncpg` is litestar
with SQL written by hand for these two endpoints. `orm` is FastAPI with SQLAlchemy's ORM and Pydantic models,
what most people would write; it needs the extra `benchmarks`.
"""

import os
import sys
from contextlib import asynccontextmanager
from typing import Any

import uvicorn

PEERS = ("bare", "asyncpg", "orm")


def bare(content: bytes) -> Any:
    """Constant bytes, with the headers that any answer needs."""
    start = {
        "type": "http.response.start",
        "status": 200,
        "headers": [(b"content-type", b"application/json"), (b"content-length", str(len(content)).encode())],
    }
    body = {"type": "http.response.body", "body": content}

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send(start)
        await send(body)

    return app


PAGE_OF_ENTITY = """
SELECT DISTINCT reported_at, claim_id FROM participant
WHERE entity_id = (SELECT id FROM entity WHERE slug = $1)
ORDER BY reported_at DESC, claim_id DESC LIMIT 21
"""
CLAIMS = (
    """
WITH page AS MATERIALIZED ("""
    + PAGE_OF_ENTITY
    + """)
SELECT claim.id, predicate.slug AS predicate, claim.statement,
    subject.id AS subject_id, subject.slug AS subject_slug, subject.name AS subject_name,
    object.id AS object_id, object.slug AS object_slug, object.name AS object_name,
    complement.id AS complement_id, complement.slug AS complement_slug, complement.name AS complement_name,
    place.id AS place_id, place.slug AS place_slug, place.name AS place_name,
    claim.subject_text, claim.object_text, claim.complement_text, claim.amount, claim.lower, claim.upper,
    claim.unit, claim.qualifier, claim.value_text, claim.extent, claim."group", claim.of_id, claim.time_start,
    claim.time_end, claim.time_precision, claim.time_text, claim.modality, claim.inferred, claim.recorded_at,
    claim.method, claim.extractor, claim.confidence, claim.evidence, claim.evidence_start, claim.evidence_end,
    substr(article.text, greatest(claim.evidence_start - 32, 0) + 1, least(claim.evidence_start, 32))
        AS prefix,
    substr(article.text, claim.evidence_end + 1, 32) AS suffix,
    article.id AS article_id, article.slug AS article_slug, article.title AS article_title, article.sha256,
    article.published_at, article.published_precision,
    source.id AS source_id, source.slug AS source_slug, source.name AS source_name,
    fact.id AS fact_id, fact.slug AS fact_slug, fact.title AS fact_name
FROM page
JOIN claim ON claim.id = page.claim_id
JOIN predicate ON predicate.id = claim.predicate_id
JOIN article ON article.id = claim.article_id
JOIN source ON source.id = article.source_id
LEFT JOIN fact ON fact.id = claim.fact_id
LEFT JOIN entity AS subject ON subject.id = claim.subject_id
LEFT JOIN entity AS object ON object.id = claim.object_id
LEFT JOIN entity AS complement ON complement.id = claim.complement_id
LEFT JOIN entity AS place ON place.id = claim.place_id
ORDER BY page.reported_at DESC, page.claim_id DESC LIMIT 20
"""
)
CHAINS = """
SELECT attribution.claim_id, attribution.role, attribution.name, attribution.cue,
    entity.id AS entity_id, entity.slug AS entity_slug, entity.name AS entity_name
FROM attribution LEFT JOIN entity ON entity.id = attribution.entity_id
WHERE attribution.claim_id = ANY($1::uuid[]) ORDER BY attribution.claim_id, attribution.position
"""
ENTITY = """
SELECT entity.id, entity.slug, entity.name, entity.kind, entity.description, entity.inferred,
    entity.recorded_at,
    whole.id AS whole_id, whole.slug AS whole_slug, whole.name AS whole_name,
    (SELECT count(DISTINCT claim_id) FROM participant WHERE entity_id = entity.id) AS claims,
    (SELECT count(*) FROM mention WHERE entity_id = entity.id) AS mentions,
    (SELECT count(DISTINCT article_id) FROM mention WHERE entity_id = entity.id) AS articles
FROM entity LEFT JOIN entity AS whole ON whole.id = entity.part_of_id WHERE entity.slug = $1
"""
ALIASES = "SELECT text, kind, language FROM alias WHERE entity_id = $1 ORDER BY kind <> 'name', kind, text"


def by_hand(url: str) -> Any:
    import asyncpg
    from litestar import Litestar, get
    from litestar.datastructures import State
    from litestar.params import FromPath

    from service.claims.queries import claim
    from service.claims.schemas import Attribution, ClaimPage
    from service.entities.schemas import Alias, Entity, EntityCounts
    from service.schemas import ref

    @get("/v1/entities/{entity:str}")
    async def one_entity(state: State, entity: FromPath[str]) -> Entity:
        async with state.pool.acquire() as connection:
            row = await connection.fetchrow(ENTITY, entity)
            aliases = await connection.fetch(ALIASES, row["id"])
        return Entity(
            row["id"],
            row["slug"],
            row["name"],
            row["kind"],
            row["description"],
            ref(row["whole_id"], row["whole_slug"], row["whole_name"]),
            row["inferred"],
            [Alias(one["text"], one["kind"], one["language"]) for one in aliases],
            EntityCounts(row["claims"], row["mentions"], row["articles"]),
            row["recorded_at"],
        )

    @get("/v1/entities/{entity:str}/claims")
    async def claims_of_entity(state: State, entity: FromPath[str]) -> ClaimPage:
        async with state.pool.acquire() as connection:
            rows = await connection.fetch(CLAIMS, entity)
            links = await connection.fetch(CHAINS, [row["id"] for row in rows])
        chains: dict[Any, list[Attribution]] = {}
        for link in links:
            who = ref(link["entity_id"], link["entity_slug"], link["entity_name"])
            chains.setdefault(link["claim_id"], []).append(
                Attribution(link["role"], who, link["name"], link["cue"])
            )
        return ClaimPage([claim(row, chains.get(row["id"], [])) for row in rows], None)

    @asynccontextmanager
    async def pool(app: Litestar) -> Any:
        app.state.pool = await asyncpg.create_pool(url, min_size=10, max_size=10)
        yield
        await app.state.pool.close()

    return Litestar([one_entity, claims_of_entity], lifespan=[pool], openapi_config=None, logging_config=None)


def main() -> None:
    kind, port = sys.argv[1], int(sys.argv[2])
    url = sys.argv[3] if len(sys.argv) > 3 else ""
    if kind == "bare":
        app = bare(sys.stdin.buffer.read())
    elif kind == "asyncpg":
        app = by_hand(url)
    else:
        from benchmarks.peer_orm import make_app

        app = make_app(url)
    # as the service runs: see service/cli/serving.py
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=port,
        loop="uvloop",
        http="httptools",
        lifespan="off" if kind == "bare" else "on",
        log_config=None,
        access_log=False,
        server_header=False,
    )


if __name__ == "__main__":
    os.environ.pop("DATABASE_URL", None)
    main()
