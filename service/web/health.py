"""For an orchestrator: is the process alive, and can it answer."""

from typing import Annotated, Any, Literal

import msgspec
from litestar import Request, get
from msgspec import Meta

from service.db.migrate import current, newest
from service.errors import DatabaseUnavailable
from service.web.params import NoParams, read_params
from service.web.problems import UNAVAILABLE, explain_unavailable
from service.web.routing import declares, pool


class Live(msgspec.Struct, frozen=True):
    status: Literal["ok"]


class Ready(msgspec.Struct, frozen=True):
    status: Literal["ok"]
    migration: Annotated[str, Meta(description="The migration that the database is at.")]
    revision: Annotated[int, Meta(description="Rises with every committed write.")]


@get("/health/live", summary="Is the process alive", opt=declares("service"), sync_to_thread=False)
def live(request: Request[Any, Any, Any]) -> Live:
    """Answers as long as the process does, whatever the database does."""
    read_params(request, NoParams)
    return Live("ok")


@get("/health/ready", summary="Can the service answer", opt=declares("service"))
async def ready(request: Request[Any, Any, Any]) -> Ready:
    """Answers 503, and says why, while the database is away or not at the migration that this version
    needs."""
    read_params(request, NoParams)
    try:
        async with pool(request).acquire(timeout=5) as connection:
            found = await current(connection)
            if found != newest():
                detail = f"The database is at migration {found or 'none'}, this version needs {newest()}"
                raise DatabaseUnavailable(f"{detail}; run `fact-lookup migrate`.")
            return Ready("ok", found, await connection.fetchval("SELECT number FROM revision"))
    except UNAVAILABLE as error:
        raise DatabaseUnavailable(explain_unavailable(error)) from error
