"""`/metrics` for Prometheus: requests by route and status, how long they took, what the cache saved.

Every worker counts for itself, and a scrape reaches one of them. Where the numbers of all matter, run one
worker to a container and let the orchestrator make the copies.
"""

import time
from collections.abc import Iterable, Iterator
from typing import Any

import asyncpg
from litestar import Request, Response, get
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric

from service.web.params import NoParams, read_params

# Seconds. An answer by an index takes a few milliseconds.
BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
UNKNOWN = "none"  # the route of a path that has none: paths themselves are as many as clients care to invent


class Hits:
    """Answers given again since somebody asked how many. A plain number: the library's counters take a tenth
    of the time of such an answer."""

    __slots__ = ("number",)

    def __init__(self) -> None:
        self.number = 0


class Measures:
    """The numbers of one application. Not the library's global registry: two applications in one process,
    as in tests, would count into each other."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.given: dict[str, Hits] = {}
        self.answers: Any = None
        self.pool: asyncpg.Pool | None = None
        self.registry.register(self)  # before the counters, so that it can bring them up to date
        ProcessCollector(registry=self.registry)
        self.requests = Counter(
            "http_requests",
            "Requests, by route and status.",
            ["route", "status"],
            registry=self.registry,
        )
        self.seconds = Histogram(
            "http_request_duration_seconds",
            "From the request to the last byte of its answer, of answers that had to be made.",
            ["route"],
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.cache_hits = Counter("cache_hits", "Answers given again.", registry=self.registry)
        self.cache_misses = Counter(
            "cache_misses", "Answers that had to be made and could have been kept.", registry=self.registry
        )

    def hits(self, scope: Scope) -> Hits:
        """What counts answers from the cache, of the route of the request which made the answer."""
        return self.given.setdefault(route_of(scope), Hits())

    def collect(self) -> Iterator[Metric]:
        """What is read off when somebody asks."""
        for route, hits in self.given.items():
            self.requests.labels(route, "200").inc(hits.number)
            self.cache_hits.inc(hits.number)
            hits.number = 0
        if self.answers is not None:
            kept = self.answers
            yield GaugeMetricFamily("cache_answers", "Answers that are kept.", len(kept.kept))
            yield GaugeMetricFamily("cache_bytes", "What they take, about.", kept.size)
            valid = float(time.monotonic() < kept.valid_until)
            yield GaugeMetricFamily("cache_valid", "1 while kept answers are given.", valid)
            if kept.revision is not None:
                yield GaugeMetricFamily("revision", "Rises with every committed write.", kept.revision)
        if self.pool is not None:
            open_, idle = self.pool.get_size(), self.pool.get_idle_size()
            yield GaugeMetricFamily("database_connections", "Connections to read with.", open_)
            yield GaugeMetricFamily("database_connections_in_use", "Those that read right now.", open_ - idle)

    def describe(self) -> Iterable[Metric]:
        return ()


def route_of(scope: Scope) -> str:
    return str(scope.get("path_template") or UNKNOWN)


def measured(app: ASGIApp, measures: Measures) -> ASGIApp:
    """Counts what `app` answers."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 0

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await app(scope, receive, noting)
        finally:
            route = route_of(scope)
            measures.requests.labels(route, str(status)).inc()
            measures.seconds.labels(route).observe(time.perf_counter() - started)

    return wrapped


# Not in the OpenAPI document, which is about what clients build on: what is counted may change.
@get("/metrics", sync_to_thread=False)
def metrics(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Requests by route and status, latencies, the cache, the pool and the revision, of the worker that
    answers."""
    read_params(request, NoParams)
    measures: Measures = request.app.state.measures
    content = generate_latest(measures.registry)
    return Response(content, media_type=CONTENT_TYPE_LATEST.partition("; charset")[0])  # added to all text
