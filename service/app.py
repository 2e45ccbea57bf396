"""The application: what it is made of, as a table of contents."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import asyncpg
from litestar import Litestar
from litestar.config.cors import CORSConfig
from litestar.datastructures import State
from litestar.plugins import PluginProtocol
from litestar.plugins.core import MsgspecDIPlugin
from litestar.types import ASGIApp

from service.articles import routes as articles
from service.claims import routes as claims
from service.curation import claim_routes as claim_curation
from service.curation import entity_routes as entity_curation
from service.curation import history_routes as history
from service.curation import review_routes as reviews
from service.db.migrate import driver_url
from service.db.writing import make_engine
from service.entities import routes as entities
from service.facts import routes as facts
from service.ingestion import routes as ingestion
from service.ingestion.opinions import model_of
from service.ingestion.worker import Extraction
from service.lookup import routes as lookup
from service.lookup.loading import Memory
from service.reconcile import routes as reconcile
from service.search import routes as search
from service.settings import Settings
from service.web import docs, health
from service.web.cache import Answers, cached, follow
from service.web.edge import edge
from service.web.metrics import Measures, measured, metrics
from service.web.problems import HANDLERS

STATEMENT_SECONDS = 20  # that a reader's statement may take in the database

ROUTES = [
    lookup.get_lookup,
    lookup.post_lookup,
    lookup.post_check,
    facts.list_facts,
    facts.get_fact,
    facts.get_timeline,
    claims.list_claims,
    claims.get_claim,
    claims.get_evidence,
    claims.list_claim_relations,
    entities.list_entities,
    entities.get_entity,
    entities.list_entity_claims,
    entities.list_entity_mentions,
    entities.list_related_entities,
    articles.list_articles,
    articles.get_article,
    articles.list_article_claims,
    articles.list_article_mentions,
    articles.list_sources,
    articles.get_source,
    claims.list_predicates,
    claims.get_predicate,
    search.search,
    search.suggestions,
    claim_curation.post_claim,
    claim_curation.patch_claim,
    claim_curation.delete_claim,
    entity_curation.post_entity,
    entity_curation.patch_entity,
    entity_curation.post_alias,
    entity_curation.delete_alias,
    entity_curation.post_merge,
    entity_curation.post_split,
    reviews.list_reviews,
    reviews.get_review,
    reviews.accept_review,
    reviews.reject_review,
    history.list_article_history,
    history.list_entity_history,
    history.list_claim_history,
    history.list_source_history,
    history.list_changes,
    ingestion.post_article,
    ingestion.delete_article,
    ingestion.post_imports,
    ingestion.post_extract,
    reconcile.reconcile,
    reconcile.reconcile_form,
    reconcile.match,
    reconcile.extend,
    reconcile.propose,
    reconcile.suggest_entity,
    reconcile.suggest_type,
    reconcile.suggest_property,
    reconcile.preview_entity,
    health.live,
    health.ready,
    metrics,
    docs.root,
    docs.openapi_json,
    docs.docs,
    docs.docs_asset,
]


def create_app(settings: Settings) -> ASGIApp:
    """The service as an ASGI application; it starts also while the database is away, and says so when
    asked."""
    measures = Measures()
    answers = Answers(settings.cache_mb * 1_000_000, measures)
    app = make_litestar(settings, measures, follow(answers, settings))
    return cached(measured(edge(app), measures), answers)


class Application(Litestar):
    """Without the model libraries that the framework looks for: where another package has brought one along,
    it would be loaded at every start, for nothing but a tenth of the memory."""

    @staticmethod
    def _get_default_plugins(plugins: list[PluginProtocol]) -> list[PluginProtocol]:
        return [*plugins, MsgspecDIPlugin()]


def make_litestar(
    settings: Settings,
    measures: Measures | None = None,
    *lifespans: Callable[[Litestar], AbstractAsyncContextManager[None]],
) -> Litestar:
    """The application without what `create_app` puts around it; the OpenAPI document is made from it."""
    return Application(
        ROUTES,
        state=State({"measures": measures or Measures(), "memory": Memory()}),
        lifespan=[database(settings), *lifespans],
        exception_handlers=HANDLERS,
        # Reading is open to every page; what a browser's script may see of an answer has to be named.
        cors_config=CORSConfig(
            allow_origins=["*"], expose_headers=["ETag", "Link", "Location", "Retry-After"], max_age=3600
        ),
        openapi_config=None,
        logging_config=None,
    )


READING = {
    "application_name": "fact-lookup",
    "jit": "off",
    # To try all orders of ten tables takes the planner longer than the statement itself; five at a time take
    # a quarter of that. What follows the fifth joins in the order in which it is written.
    "join_collapse_limit": "5",
    # What is asked for is in memory. By the default, 4, reading a small table as a whole and comparing all
    # its names looks cheaper than looking them up, and takes ten times as long.
    "random_page_cost": "1.1",
    "work_mem": "16MB",  # to count and to sort what a few hundred thousand rows hold
}


async def as_it_is(connection: asyncpg.Connection) -> None:
    """What is done to a connection between two borrowers: nothing, since no reader leaves anything behind
    on it. The driver's own way costs an exchange with the server for every statement."""


def database(settings: Settings) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    """Opens the pools with the application and closes them with it; connections are made when first
    needed."""

    @asynccontextmanager
    async def opened(app: Litestar) -> AsyncIterator[None]:
        if settings.database_url is None:
            raise ValueError(
                "settings.database_url is not set; `fact-lookup serve` sets it for the embedded server"
            )
        app.state.pool = await asyncpg.create_pool(
            driver_url(settings.database_url),
            min_size=0,
            max_size=settings.pool_size,
            command_timeout=STATEMENT_SECONDS + 10,  # for a server that does not even say that it gave up
            timeout=5,
            reset=as_it_is,
            server_settings=READING | {"statement_timeout": f"{STATEMENT_SECONDS * 1000:.0f}"},
        )
        app.state.measures.pool = app.state.pool
        app.state.engine = make_engine(settings.database_url)
        app.state.extraction = Extraction(
            app.state.pool,
            settings.extraction_workers,
            settings.extraction_seconds,
            model_of(settings),
            settings.spacy_model,
        )
        try:
            yield
        finally:
            await app.state.extraction.close()
            await app.state.pool.close()
            await app.state.engine.dispose()

    return opened
