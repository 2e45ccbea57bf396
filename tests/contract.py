"""Every request of the contract that changes nothing, with arguments that find something in the seeds.

The arguments are those of the examples in the OpenAPI document, so a new endpoint needs an entry in
`service/web/examples.json` with its `path` and `query`; `python -m tests.contract` fills in what the seeded
service answers.
"""

import asyncio
import re
from functools import cache
from typing import Any
from urllib.parse import urlencode

import httpx
import msgspec
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from service.app import make_litestar
from service.db.embedded import temporary_server
from service.db.migrate import migrate
from service.seeding import seed
from service.settings import Settings
from service.web.openapi import EXAMPLES, answer_type, documented, issubclass_of_page, operation_id
from service.web.params import Parameter, declared

# When a row was stored depends on the machine; in examples all rows are stored at one time.
STORED = "2022-02-01T00:00:00Z"
# How sure the extractor is changes as it learns; in examples it is always as sure.
CONFIDENCE = 0.9
# Some answers name the address of the service; in examples it is the one of `make run`.
AS_SERVED = {"Host": "127.0.0.1:8000"}
# These are answered from the code alone, so also while the database is away.
WITHOUT_DATABASE = {"live", "reconcile", "suggest_type"}


class Operation(msgspec.Struct, frozen=True):
    id: str
    template: str
    method: str
    handler: HTTPRouteHandler
    example: dict[str, Any]

    @property
    def path(self) -> str:
        """The path with the example's values."""
        return re.sub(r"\{(\w+)\}", lambda found: str(self.example["path"][found[1]]), self.template)

    @property
    def url(self) -> str:
        query = urlencode(self.example.get("query", {}))
        return f"{self.path}?{query}" if query else self.path

    @property
    def parameters(self) -> dict[str, Parameter]:
        return declared(self.handler.opt["params"])

    @property
    def required(self) -> dict[str, str]:
        """The query parameters that it cannot do without, with the example's values."""
        return {name: self.example["query"][name] for name, one in self.parameters.items() if one.required}

    @property
    def media_type(self) -> str:
        """Of its usual answer."""
        media_types: list[str] = self.handler.opt.get("media_types", ["application/json"])
        return media_types[0]

    @property
    def sent(self) -> dict[str, Any]:
        """The example's body as a client sends it, with its type."""
        if "request" not in self.example:
            return {}
        body, kind = self.example["request"], self.handler.opt.get("body_types", ["application/json"])[0]
        if kind == "application/x-www-form-urlencoded":
            return {"data": body}
        content = body if isinstance(body, str) else msgspec.json.encode(body)
        return {"content": content, "headers": {"Content-Type": kind}}

    @property
    def is_list(self) -> bool:
        """Whether it follows the conventions of lists: cursors, totals, streams."""
        return issubclass_of_page(answer_type(self.handler))


@cache
def offline_app() -> Litestar:
    """The application, never started: its routes without a database."""
    return make_litestar(Settings(database_url="postgresql://nobody@localhost/nothing"))


@cache
def operations() -> dict[str, Operation]:
    """Every operation of the contract by its id."""
    examples = msgspec.json.decode(EXAMPLES.read_bytes())
    return {
        operation_id(handler): Operation(
            operation_id(handler), path, method, handler, examples.get(operation_id(handler), {})
        )
        for path, method, handler in documented(offline_app())
    }


def gets() -> list[Operation]:
    """What can be asked of the seeded service."""
    return [one for one in operations().values() if one.method == "get"]


def questions() -> list[Operation]:
    """What can be asked with a body, without a key; these have an example of one."""
    return [
        one
        for one in operations().values()
        if one.method == "post" and "request" in one.example and "scope" not in one.handler.opt
    ]


def writes() -> list[Operation]:
    """What takes a key."""
    return [one for one in operations().values() if "scope" in one.handler.opt]


def lists() -> list[Operation]:
    """The lists that can be sorted; those that rank what a query finds have tests of their own."""
    return [one for one in gets() if one.is_list and "sort" in one.parameters]


def filled_lists() -> list[Operation]:
    """The lists that have items as soon as the service is seeded, before anybody has written."""
    return [one for one in lists() if not one.id.endswith("_history")]


def at_one_time(value: Any) -> Any:
    """The same answer as if every row had been stored at `STORED`, and the feed of changes were new."""
    machines = {"recorded_at": STORED, "created": STORED, "since": "…"}
    if isinstance(value, dict) and value.get("confidence") is not None:
        value = value | {"confidence": CONFIDENCE}
    if isinstance(value, dict):
        return {name: machines.get(name) or at_one_time(one) for name, one in value.items()}
    return [at_one_time(one) for one in value] if isinstance(value, list) else value


async def live_examples(client: httpx.AsyncClient) -> dict[str, Any]:
    """The examples as the service answers them now."""
    found = dict(msgspec.json.decode(EXAMPLES.read_bytes()))
    for one in [*gets(), *questions()]:
        sent = one.sent
        headers = AS_SERVED | sent.pop("headers", {})
        answer = await client.request(one.method, one.url, headers=headers, **sent)
        answer.raise_for_status()
        response = at_one_time(answer.json()) if "json" in one.media_type else answer.text
        found[one.id] = {**one.example, "response": response}
    return found


async def write_examples(database_url: str) -> None:
    from tests.conftest import running

    async with running(Settings(database_url=database_url)) as client:
        examples = await live_examples(client)
    EXAMPLES.write_bytes(msgspec.json.format(msgspec.json.encode(examples), indent=2) + b"\n")


if __name__ == "__main__":
    from tests.conftest import SEEDS

    with temporary_server() as server:
        migrate(server.url)
        seed(server.url, SEEDS)
        asyncio.run(write_examples(server.url))
