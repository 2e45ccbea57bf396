"""The OpenAPI 3.1 document, made from what the code declares: routes, parameter structs, answer structs,
docstrings.

OpenAPI 3.1 takes JSON Schema as it is, and msgspec writes JSON Schema for its structs, so both are used
directly; the framework's own generator knows neither the parameter structs nor the problem shape.
"""

import functools
import importlib.metadata
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
from litestar import Litestar, Response
from litestar.handlers import HTTPRouteHandler

from service.errors import FieldError
from service.web.params import KEYS, Parameter, declared
from service.web.problems import PROBLEM, TITLES, Problem, encode_problem

DESCRIPTION = """An **article** makes **claims**; each claim carries the exact words that are its evidence.
Claims about the same thing form a **fact**, and a named, published rule (`agreement-v1`) says how they stand
to each other. The service reports what sources say. It does not say what is true.

To begin, open **Ask a question** below and press *Execute*; then ask your own.

| in an answer | it means |
| --- | --- |
| `attribution` | whom the article has a claim from: the origin first, then the media that passed it on |
| `independent_attributions` | voices, not articles: five articles that quote one ministry are one |
| `agreed`, `single_source` | two or more voices say the same, or what fits it; only one voice says so |
| `evolving`, `disputed` | a running total grew; two claims cannot both be right |
| `retracted` | the figure was withdrawn, and nobody who is named stands by it |
| `positions`, `relations` | each value with its claims; how any two claims stand to each other, and why |
| `extent` | `cumulative` is a running total, `increment` what is new, `subset` a part of a larger figure |
| `as_of` | answers from what had been published by then |

Lists are read page by page with `cursor`; `Accept: application/x-ndjson` or `text/csv` streams all of a list
instead. Every GET answers HEAD, carries an `ETag` and honours `If-None-Match`. Every error is an RFC 9457
problem document."""

# In the order in which somebody new would read them.
TAGS = {
    "lookup": "Questions in plain words, checks of a figure, search across everything.",
    "facts": "What claims about the same thing add up to, and whether their sources agree.",
    "claims": "Single statements by single articles, with the sentence that carries each.",
    "entities": "The people, organizations, places and events that articles name, in any spelling.",
    "articles": "The texts, who published them, and whom they name.",
    "predicates": "The controlled vocabulary of what claims can state.",
    "ingestion": "Articles in, grounded claims out.",
    "curation": "Changing what is stored, with a history of every change.",
    "reconcile": "The W3C Entity Reconciliation API, as OpenRefine speaks it.",
    "service": "For an orchestrator: alive, ready.",
}

# What the problems in the document say.
TOLD = {
    308: "This entity was merged into kassym-jomart-tokayev.",
    401: "Writing needs `Authorization: Bearer <key>` with a key that allows `curate`.",
    403: "This key allows ingest; this needs `curate`.",
    404: "No fact has the id or slug arrests-atlantis.",
    406: "this path answers application/json, application/x-ndjson, text/csv",
    408: "Nothing of the body has come for 60 seconds.",
    409: "The entity has that alias already.",
    410: "This claim was taken back at 2022-02-01T12:00:00+00:00: the article was retracted.",
    412: "The row changed since you read it; read it again and send its new ETag.",
    413: "The body is larger than 8,000,000 bytes.",
    415: "The body must be JSON, sent with `Content-Type: application/json`; got text/plain.",
    422: "quote_not_found: the quote does not stand in the text",
    428: "Send `If-Match` with the ETag that GET gave, so that no change of others is lost.",
    429: "All extraction workers are busy; try again in a moment.",
    500: "Something went wrong in the service; the log says what.",
    503: "The database cannot be reached; try again in a few seconds.",
}
METHODS = ("get", "post", "put", "patch", "delete")
# Parameters that name an entity: one that was merged into another leads on (308).
ENTITY_NAMES = {"entity", "subject", "object", "complement", "place", "speaker"}
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag that GET gave, so that no change of others is lost; `*` takes any state.",
    "schema": {"type": "string"},
    "example": "*",
}
REF = "#/components/schemas/{name}"
EXAMPLES = Path(__file__).with_name("examples.json")


@functools.lru_cache(maxsize=4)
def document(app: Litestar) -> bytes:
    """The document as JSON; it depends on the code alone."""
    return msgspec.json.format(msgspec.json.encode(build(app)), indent=2)


def build(app: Litestar) -> dict[str, Any]:
    handlers = list(documented(app))
    kinds = [Problem, *(kind for _, _, handler in handlers for kind in kinds_of(handler))]
    # all together: only then does msgspec tell two structs of one name apart
    found_schemas, schemas = msgspec.json.schema_components(kinds, ref_template=REF)
    examples = msgspec.json.decode(EXAMPLES.read_bytes())
    paths: dict[str, dict[str, Any]] = {}
    for path, method, handler in handlers:
        example = examples.get(operation_id(handler), {})
        described = {kind: found_schemas[kinds.index(kind)] for kind in kinds_of(handler)}
        paths.setdefault(path, {})[method] = operation(path, handler, example, described)
    used = {one["tags"][0] for item in paths.values() for one in item.values()}
    found = {
        "openapi": "3.1.0",
        "info": {
            "title": "fact-lookup",
            "version": importlib.metadata.version("fact-lookup"),
            "summary": "What is claimed, by whom, where, as of when, and do the sources agree?",
            "description": DESCRIPTION,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/", "description": "This server"}],
        "tags": [{"name": name, "description": text} for name, text in TAGS.items() if name in used],
        "paths": {
            path: dict(sorted(item.items(), key=lambda one: METHODS.index(one[0])))
            for path, item in sorted(paths.items(), key=lambda one: reading_order(one[1]))
        },
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "Made with `fact-lookup keys create`. Reading needs none.",
                }
            },
        },
    }
    return apart(found)


def apart(found: dict[str, Any]) -> dict[str, Any]:
    """Where two features have a struct of one name, both are named after their features too: clients make
    classes of the names."""

    def named(match: re.Match[bytes]) -> bytes:
        return match[1].title() + match[2]

    encoded = msgspec.json.encode(found)
    renamed: dict[str, Any] = msgspec.json.decode(re.sub(rb"service\.(\w+)\.\w+\.(\w+)", named, encoded))
    return renamed


def reading_order(item: dict[str, Any]) -> int:
    return min(list(TAGS).index(one["tags"][0]) for one in item.values())


def documented(app: Litestar) -> Iterator[tuple[str, str, HTTPRouteHandler]]:
    """(path, lower-case method, handler) of every route that is part of the contract, in the order of
    declaration."""
    for route in app.routes:
        for handler in getattr(route, "route_handlers", []):
            if isinstance(handler, HTTPRouteHandler) and "problems" in handler.opt:
                path = re.sub(r"\{(\w+):\w+\}", r"{\1}", route.path)
                for method in sorted(handler.http_methods):
                    if method not in ("HEAD", "OPTIONS"):
                        yield path, method.lower(), handler


def operation_id(handler: HTTPRouteHandler) -> str:
    return str(handler.handler_name)


def answer_type(handler: HTTPRouteHandler) -> Any:
    """The struct of the successful answer; bytes or None where there is none."""
    hint = handler.opt.get("answers") or get_type_hints(handler.fn)["return"]
    return get_args(hint)[0] if get_origin(hint) is Response else hint


def kinds_of(handler: HTTPRouteHandler) -> list[Any]:
    """The types of its answer and of its body, where there are any."""
    found = [answer_type(handler), handler.opt.get("body")]
    return [one for one in found if one not in (None, type(None), bytes)]


def operation(
    path: str, handler: HTTPRouteHandler, example: dict[str, Any], schemas: dict[Any, dict[str, Any]]
) -> dict[str, Any]:
    """One operation; `schemas` has those of its answer and its body."""
    opt = handler.opt
    status = handler.status_code or 200
    conditional = "GET" in handler.http_methods
    described: dict[str, Any] = {
        "operationId": operation_id(handler),
        "tags": [opt["tag"]],
        "summary": handler.summary,
        "description": text(handler.fn.__doc__ or ""),
        "parameters": [
            *(path_parameter(name, example) for name in re.findall(r"\{(\w+)\}", path)),
            *(query_parameter(one, example) for one in declared(opt["params"]).values()),
            *([IF_MATCH] if 428 in opt["problems"] else []),
        ],
        "responses": {
            str(status): success(handler, example, conditional, schemas),
            **{str(code): problem_answer(code) for code in opt["problems"]},
        },
    }
    if "again" in opt:
        again = {"description": opt["again"], "content": described["responses"][str(status)]["content"]}
        described["responses"]["200"] = again
    if ENTITY_NAMES & {one["name"] for one in described["parameters"]}:
        described["responses"]["308"] = problem_answer(308)
    if conditional:
        described["responses"]["304"] = {
            "description": "Not modified: the answer is the one that If-None-Match names."
        }
    described["responses"] = dict(sorted(described["responses"].items()))
    if opt.get("body") is not None:
        content: dict[str, Any] = {"schema": schemas[opt["body"]]}
        if "request" in example:
            content["example"] = example["request"]
        described["requestBody"] = {
            "required": True,
            "content": {media_type: content for media_type in opt.get("body_types", ["application/json"])},
        }
    if opt.get("scope"):
        described["security"] = [{"key": [opt["scope"]]}]
    return described


def text(docstring: str) -> str:
    return re.sub(r"\s*\n\s*(?=\S)", " ", docstring.strip())


def path_parameter(name: str, example: dict[str, Any]) -> dict[str, Any]:
    id_alone = name in ("claim", "review")
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": f"Which {name}, by id{'' if id_alone else ' or slug'}.",
        "schema": {"type": "string", "format": "uuid"} if id_alone else KEYS,
        **({"example": example["path"][name]} if name in example.get("path", {}) else {}),
    }


def query_parameter(parameter: Parameter, example: dict[str, Any]) -> dict[str, Any]:
    schema = parameter.schema or msgspec.json.schema(parameter.type)
    schema = {key: value for key, value in schema.items() if key != "description"}
    if parameter.default is not None and isinstance(parameter.default, str | int | bool):
        schema["default"] = parameter.default
    if parameter.many and schema.get("type") != "array":
        schema = {"type": "array", "items": schema}
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": parameter.description,
        "schema": schema,
        **(
            {"example": example["query"][parameter.name]}
            if parameter.name in example.get("query", {})
            else {}
        ),
    }


def success(
    handler: HTTPRouteHandler,
    example: dict[str, Any],
    conditional: bool,
    schemas: dict[Any, dict[str, Any]],
) -> dict[str, Any]:
    kind = answer_type(handler)
    described: dict[str, Any] = {"description": "The answer."}
    if kind is None or kind is type(None):
        return {"description": "Done; the answer is empty."}
    content: dict[str, Any] = {"schema": schemas.get(kind, {})}
    if "response" in example:
        content["example"] = example["response"]
    media_types = handler.opt.get("media_types", ["application/json"])
    described["content"] = {media_types[0]: content, **{one: {} for one in media_types[1:]}}
    if conditional:
        described["headers"] = {
            "ETag": {
                "description": "Names this very answer, for If-None-Match.",
                "schema": {"type": "string"},
            }
        }
    if issubclass_of_page(kind):
        described["content"] |= {
            "application/x-ndjson": {
                "schema": {"type": "string", "description": "One item a line, all of them."}
            },
            "text/csv": {"schema": {"type": "string", "description": "All items, with a header line."}},
        }
        described.setdefault("headers", {})["Link"] = {
            "description": 'The next page, as `rel="next"`.',
            "schema": {"type": "string"},
        }
    return described


def issubclass_of_page(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct) and "next" in kind.__struct_fields__


def problem_answer(code: int) -> dict[str, Any]:
    wrong = FieldError("limit: expected a whole number from 1 to 100, got '0'", parameter="limit")
    errors = [wrong] if code == 400 else None
    example = encode_problem(code, TOLD.get(code, wrong.detail), "/v1/claims", errors)
    described: dict[str, Any] = {
        "description": TITLES[code],
        "content": {
            PROBLEM: {"schema": {"$ref": REF.format(name="Problem")}, "example": msgspec.json.decode(example)}
        },
    }
    if code in (429, 503):
        described["headers"] = {
            "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}
        }
    return described
