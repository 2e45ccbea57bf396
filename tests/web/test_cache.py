"""Answers are given again until something is written, whoever writes, and never once that cannot be known."""

import asyncio
import functools
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import asyncpg
import httpx
import pytest

from service.app import create_app, make_litestar
from service.curation import keys
from service.settings import Settings
from service.web.cache import BOUND, LARGEST, Answers, Kept, Key, cached, follow
from service.web.edge import edge
from service.web.metrics import Hits, Measures, measured

PATHS = [
    "/v1/claims?limit=3",
    "/v1/claims?limit=3&total=true&facet=predicate",
    "/v1/facts?sort=-spread",
    "/v1/articles",
    "/v1/entities?q=Tokajew",
    "/v1/entities/almaty",
    "/v1/lookup?q=how+many+people+were+arrested+in+Almaty",
    "/v1/search?q=arrested",
]


class Running:
    """The service as it is served, and what it keeps."""

    def __init__(self, answers: Answers, client: httpx.AsyncClient) -> None:
        self.answers = answers
        self.client = client

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self.client.get(path, headers=headers)

    async def until(self, condition: Callable[[], bool]) -> None:
        """Gives the listening task its turns; a minute of them is a failure."""
        async with asyncio.timeout(60):
            while not condition():
                await asyncio.sleep(0.005)

    def hits(self) -> int:
        return sum(one.number for one in self.answers.measures.given.values())

    async def listening(self) -> None:
        await self.until(lambda: self.answers.revision is not None)


@asynccontextmanager
async def running(database: str, megabytes: int = 64) -> AsyncIterator[Running]:
    settings = Settings(database_url=database)
    measures = Measures()
    answers = Answers(megabytes * 1_000_000, measures)
    app = make_litestar(settings, measures, follow(answers, settings))
    served = cached(measured(edge(app), measures), answers)
    async with app.lifespan():
        transport = httpx.ASGITransport(app=served)  # type: ignore[arg-type]  # the same protocol, other names
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            found = Running(answers, client)
            if megabytes:
                await found.listening()
            yield found


@pytest.fixture
async def service(own_database: str) -> AsyncIterator[Running]:
    async with running(own_database) as found:
        yield found


async def write(database: str, statement: str) -> None:
    """A write by another program, which announces itself as every writer does."""
    connection = await asyncpg.connect(database)
    try:
        async with connection.transaction():
            await connection.execute(statement)
            await connection.execute("UPDATE revision SET number = number + 1")
            await connection.execute("NOTIFY fact_lookup_revision")
    finally:
        await connection.close()


RENAME = "UPDATE entity SET name = 'Almaty city' WHERE slug = 'almaty'"


@pytest.mark.parametrize("path", PATHS)
async def test_a_kept_answer_is_the_same_to_the_byte(service: Running, path: str) -> None:
    made, kept = await service.get(path), await service.get(path)
    assert service.hits() == 1
    assert made.status_code == kept.status_code == 200
    assert made.content == kept.content
    assert made.headers == kept.headers
    assert made.headers["etag"]


async def test_a_kept_answer_is_that_of_a_service_without_a_cache(own_database: str) -> None:
    async with running(own_database) as one, running(own_database, megabytes=0) as other:
        for path in PATHS:
            await one.get(path)
            kept, made = await one.get(path), await other.get(path)
            assert kept.headers == made.headers
            assert kept.content == made.content
        assert (one.hits(), other.hits()) == (len(PATHS), 0)


async def test_a_kept_answer_says_not_modified_and_answers_head(service: Running) -> None:
    made = await service.get("/v1/entities/almaty")
    etag = made.headers["etag"]
    for given, status in ((etag, 304), (f'"other", W/{etag}', 304), ("*", 304), ('"other"', 200)):
        answer = await service.get("/v1/entities/almaty", **{"If-None-Match": given})
        assert answer.status_code == status, given
        assert answer.headers["etag"] == etag
        assert (answer.content == b"") == (status == 304)
        assert ("content-type" in answer.headers) == (status == 200)
    head = await service.client.head("/v1/entities/almaty")
    assert (head.status_code, head.content, head.headers) == (200, b"", made.headers)
    assert service.hits() == 5


@pytest.mark.parametrize("first", ["HEAD", "GET with If-None-Match"])
async def test_every_way_of_asking_fills_the_cache(service: Running, first: str) -> None:
    if first == "HEAD":
        await service.client.head("/v1/entities/almaty")
    else:
        await service.get("/v1/entities/almaty", **{"If-None-Match": "*"})
    answer = await service.get("/v1/entities/almaty")
    assert (answer.status_code, answer.json()["slug"], service.hits()) == (200, "almaty", 1)


async def test_what_a_request_asks_for_is_told_apart(service: Running) -> None:
    kinds = [
        (await service.get("/v1/entities/almaty", Accept=accept)).headers["content-type"]
        for accept in ("application/json", "application/ld+json", "*/*")
    ]
    forms = [
        (await service.get("/v1/claims/", Accept=accept)).headers["content-type"].partition(";")[0]
        for accept in ("application/json", "text/csv", "application/x-ndjson")
        for _ in range(2)
    ]
    assert forms[::2] == forms[1::2] == ["application/json", "text/csv", "application/x-ndjson"]
    assert len(kinds) == 3
    pages = [(await service.get(f"/v1/claims?limit={size}")).json()["items"] for size in (1, 2, 1, 2)]
    assert [len(one) for one in pages] == [1, 2, 1, 2]
    for host in ("one.test", "other.test"):
        linked = {"Accept": "application/ld+json", "Host": host}
        assert f"http://{host}/" in (await service.get("/v1/articles/csto-troops-to-leave", **linked)).text
    plain = await service.get("/v1/predicates")
    scripted = await service.get("/v1/predicates", Origin="https://page.test")
    assert "access-control-allow-origin" not in plain.headers
    assert scripted.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    "path",
    ["/v1/claims?limit=0", "/v1/entities/nobody", "/v1/nothing", "/health/live", "/health/ready", "/metrics",
     "/openapi.json", "/v1/changes", "/v1/changes?limit=1"],
)  # fmt: skip
async def test_some_answers_are_made_every_time(service: Running, path: str) -> None:
    for _ in range(2):
        await service.get(path)
    assert (service.hits(), len(service.answers.kept)) == (0, 0)


async def test_a_request_with_a_key_gets_nothing_kept_and_leaves_nothing(service: Running) -> None:
    await service.get("/v1/predicates", Authorization="Bearer of-something")
    assert len(service.answers.kept) == 0
    await service.get("/v1/predicates")
    await service.get("/v1/predicates", Authorization="Bearer of-something")
    assert service.hits() == 0


async def test_a_write_by_another_program_is_seen_at_once(service: Running, own_database: str) -> None:
    assert (await service.get("/v1/entities/almaty")).json()["name"] == "Almaty"
    before = service.answers.generation
    await write(own_database, RENAME)
    await service.until(lambda: service.answers.generation > before)
    assert (await service.get("/v1/entities/almaty")).json()["name"] == "Almaty city"


async def test_a_write_through_one_worker_is_seen_by_the_next_read_there_and_soon_by_others(
    own_database: str,
) -> None:
    made = functools.partial(keys.create, own_database, "test", ["curate"], None)
    key = await asyncio.to_thread(made)
    async with running(own_database) as here, running(own_database) as there:
        for worker in (here, there):
            assert (await worker.get("/v1/entities?q=Qzhrvwtx")).json()["items"] == []
        # what listens hears of it a moment later; the writer's own next read is not to depend on that
        here.answers.revision = None
        before = there.answers.generation
        answer = await here.client.post(
            "/v1/entities",
            json={"name": "Qzhrvwtx", "kind": "place"},
            headers={"Authorization": f"Bearer {key}"},
        )
        assert answer.status_code == 201, answer.text
        assert (await here.get("/v1/entities?q=Qzhrvwtx")).json()["items"][0]["name"] == "Qzhrvwtx"
        await there.until(lambda: there.answers.generation > before)
        assert (await there.get("/v1/entities?q=Qzhrvwtx")).json()["items"][0]["name"] == "Qzhrvwtx"


async def test_questions_that_are_posted_drop_nothing(service: Running) -> None:
    await service.get("/v1/predicates")
    body = {"queries": {"a": {"q": "how many people were arrested"}}}
    assert (await service.client.post("/v1/lookup", json=body)).status_code == 200
    await service.get("/v1/predicates")
    assert service.hits() == 1


async def test_a_silent_write_is_found_by_reading_the_revision(service: Running, own_database: str) -> None:
    assert (await service.get("/v1/entities/almaty")).json()["name"] == "Almaty"
    before = service.answers.generation
    connection = await asyncpg.connect(own_database)
    await connection.execute(f"{RENAME}; UPDATE revision SET number = number + 1")  # no NOTIFY
    await connection.close()
    await service.until(lambda: service.answers.generation > before)
    assert (await service.get("/v1/entities/almaty")).json()["name"] == "Almaty city"


async def test_nothing_is_given_while_nobody_listens(service: Running, own_database: str) -> None:
    await service.get("/v1/entities/almaty")
    connection = await asyncpg.connect(own_database)
    await connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE application_name = 'fact-lookup revision' AND datname = current_database()"
    )
    await service.until(lambda: service.answers.revision is None)
    assert len(service.answers.kept) == 0
    for _ in range(2):
        assert (await service.get("/v1/entities/almaty")).status_code == 200
    assert service.hits() == 0
    await connection.execute(RENAME)
    await connection.close()
    await service.listening()  # again, by itself
    for _ in range(2):
        assert (await service.get("/v1/entities/almaty")).json()["name"] == "Almaty city"
    assert service.hits() == 1


def key(number: int) -> Key:
    return b"/v1/%d" % number, b"", b"", b"", False, "http"


def kept(size: int) -> Kept:
    return Kept({}, {}, size, '"tag"', Hits())


def filled(limit: int, *sizes: int) -> Answers:
    answers = Answers(limit, Measures())
    answers.confirm(1, time.monotonic())
    for number, size in enumerate(sizes):
        answers.keep(key(number), answers.generation, kept(size))
    return answers


def test_the_least_recently_given_answers_make_room() -> None:
    answers = filled(100, 40, 40)
    assert answers.find(key(0)) is not None
    answers.keep(key(2), answers.generation, kept(40))
    assert [answers.find(key(number)) is not None for number in range(3)] == [True, False, True]
    assert answers.size == 80
    answers.keep(key(0), answers.generation, kept(10))  # in the place of the former one
    assert answers.size == 50


def test_answers_that_are_too_large_are_not_kept() -> None:
    assert len(filled(10 * LARGEST, LARGEST, LARGEST + 1).kept) == 1
    assert len(filled(100, 101).kept) == 0


def test_an_answer_begun_before_a_write_is_not_kept_after_it() -> None:
    answers = filled(100)
    begun = answers.generation
    answers.drop()
    answers.keep(key(0), begun, kept(10))
    assert len(answers.kept) == 0


def test_an_answer_is_given_only_within_the_bound_of_a_reading() -> None:
    answers = filled(100, 10)
    answers.confirm(1, time.monotonic() - BOUND)
    assert answers.find(key(0)) is None
    answers.confirm(1, time.monotonic())
    assert answers.find(key(0)) is not None
    answers.confirm(2, time.monotonic())
    assert answers.find(key(0)) is None


async def test_metrics_count_by_route_and_tell_what_the_cache_saves(service: Running) -> None:
    for _ in range(3):
        await service.get("/v1/entities/almaty")
    await service.get("/v1/entities/nobody")
    await service.get("/such/path/is/not/there")
    answer = await service.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert answer.headers["content-type"].count("charset") == 1
    lines = answer.text.splitlines()
    for expected in (
        'http_requests_total{route="/v1/entities/{entity}",status="200"} 3.0',
        'http_requests_total{route="/v1/entities/{entity}",status="404"} 1.0',
        'http_requests_total{route="none",status="404"} 1.0',
        'http_request_duration_seconds_count{route="/v1/entities/{entity}"} 2.0',
        "cache_hits_total 2.0",
        "cache_answers 1.0",
        "cache_valid 1.0",
        f"revision {float(service.answers.revision or 0)}",
        "database_connections_in_use 0.0",
    ):
        assert expected in lines


async def test_the_served_application_keeps_answers(own_database: str) -> None:
    app = create_app(Settings(database_url=own_database))
    async with lifespan(app):
        transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]  # the same protocol, other names
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            async with asyncio.timeout(60):
                while "cache_hits_total 1.0" not in (await client.get("/metrics")).text.splitlines():
                    assert (await client.get("/v1/predicates")).status_code == 200


@asynccontextmanager
async def lifespan(app: object) -> AsyncIterator[None]:
    """Starts and stops an application as a server does."""
    asked: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    told: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    task = asyncio.create_task(app({"type": "lifespan", "asgi": {}}, asked.get, told.put))  # type: ignore[operator]
    for step in ("startup", "shutdown"):
        await asked.put({"type": f"lifespan.{step}"})
        assert (await told.get())["type"] == f"lifespan.{step}.complete"
        if step == "startup":
            yield
    await task
