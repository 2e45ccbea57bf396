"""What the specifications say of the shape of answers, restated as JSON Schema.

0.2: https://reconciliation-api.github.io/specs/0.2/ and 1.0-draft:
https://reconciliation-api.github.io/specs/1.0-draft/. Stricter than the published schemas where the text is:
templates are those of the version, members are present that clients rely on, nulls are nowhere.
"""

from typing import Any

from jsonschema import Draft202012Validator

Schema = dict[str, Any]

TEXT: Schema = {"type": "string", "minLength": 1}
URL: Schema = {"type": "string", "pattern": "^https?://[^ ]+$"}


def thing(
    required: dict[str, Schema], optional: dict[str, Schema] | None = None, more: bool = False
) -> Schema:
    """An object with these members and, unless `more`, no others."""
    return {
        "type": "object",
        "properties": required | (optional or {}),
        "required": list(required),
        "additionalProperties": more,
    }


def many(items: Schema, least: int = 0) -> Schema:
    return {"type": "array", "items": items, "minItems": least}


TYPE = thing({"id": TEXT, "name": TEXT}, {"description": TEXT, "broader": many({"type": "object"})})
SIZE: Schema = {"type": "integer", "minimum": 1}
SERVICE = thing({"service_url": URL, "service_path": {"type": "string", "pattern": "^/"}})


def template(variable: str) -> Schema:
    """A URL with one place for an identifier and no other braces."""
    place = variable.replace("{", "[{]").replace("}", "[}]")
    return {"type": "string", "pattern": f"^https?://[^{{}} ]+{place}[^{{}} ]*$"}


def settings(identifier: str, label: str, help_text: str) -> Schema:
    """Property settings, whose members the versions name differently."""
    default: Schema = {"type": ["string", "number", "boolean"]}
    kind: Schema = {"enum": ["number", "text", "checkbox", "select"]}
    return many(
        thing(
            {identifier: TEXT, label: TEXT, "type": kind, "default": default, help_text: TEXT},
            {"choices": many(thing({"value": TEXT, "name": TEXT}), 1)},
        )
        | {
            "if": {"properties": {"type": {"const": "select"}}},
            "then": {"required": ["choices"]},
        }
    )


MANIFEST = thing(
    {
        "versions": many(TEXT) | {"contains": {"const": "0.2"}},
        "name": TEXT,
        "identifierSpace": URL,
        "schemaSpace": URL,
        "defaultTypes": many(TYPE, 1) | {"uniqueItems": True},
        "view": thing({"url": template("{{id}}")}),
        "preview": thing({"url": template("{{id}}"), "width": SIZE, "height": SIZE}),
        "suggest": thing({"entity": SERVICE, "property": SERVICE, "type": SERVICE}),
        "extend": thing(
            {"propose_properties": SERVICE, "property_settings": settings("name", "label", "help_text")}
        ),
        "batchSize": SIZE,
    },
    {
        "documentation": URL,
        "serviceVersion": TEXT,
        "logo": URL,
        "feature_view": thing({"url": template("{{id}}")}),
    },
)
DRAFT_MANIFEST = thing(
    {
        "versions": many(TEXT) | {"contains": {"const": "1.0-draft"}},
        "name": TEXT,
        "defaultTypes": many(TYPE, 1) | {"uniqueItems": True},
        "view": thing({"url": template("{id}")}),
        "preview": thing({"width": SIZE, "height": SIZE}),
        "suggest": thing({name: {"const": True} for name in ("entity", "property", "type")}),
        "extend": thing(
            {"proposeProperties": {"const": True}, "propertySettings": settings("id", "name", "helpText")}
        ),
        "batchSize": SIZE,
        "standardizedScore": {"const": True},
    },
    {"documentation": URL, "serviceVersion": TEXT, "lang": TEXT, "dir": {"enum": ["ltr", "rtl", "auto"]}},
)

FEATURE = thing({"id": TEXT, "name": TEXT, "value": {"type": ["boolean", "number"]}})
CANDIDATE = thing(
    {
        "id": TEXT,
        "name": TEXT,
        "type": many(TYPE, 1),
        "score": {"type": "number", "minimum": 0, "maximum": 100},
        "features": many(FEATURE),
        "match": {"type": "boolean"},
    },
    {"description": TEXT},
)
# Neither version says how one query of a batch fails; both allow members beside the candidates.
QUERY_ERRORS = many(thing({"pointer": {"type": "string"}, "detail": TEXT}), 1)
RESULT = thing({"result": many(CANDIDATE)}, {"errors": QUERY_ERRORS})
RESULTS: Schema = {"type": "object", "additionalProperties": RESULT}
DRAFT_RESULTS = thing({"results": many(thing({"candidates": many(CANDIDATE)}, {"errors": QUERY_ERRORS}))})

DATE: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
VALUE: Schema = {
    "oneOf": [
        thing({"id": TEXT, "name": TEXT}, {"description": TEXT}),
        thing({"str": TEXT}),
        thing({"int": {"type": "integer"}}),
        thing({"float": {"type": "number"}}),
        thing({"date": DATE}),
    ]
}
META = many(thing({"id": TEXT, "name": TEXT}, {"type": TYPE, "service": URL}), 1)
ROW: Schema = {"type": "object", "additionalProperties": many(VALUE)}
EXTENSION = thing({"meta": META, "rows": {"type": "object", "additionalProperties": ROW}})
DRAFT_EXTENSION = thing(
    {
        "meta": META,
        "rows": many(thing({"id": TEXT, "properties": many(thing({"id": TEXT, "values": many(VALUE)}))})),
    }
)

QUALIFIERS = many(thing({"id": TEXT, "name": TEXT}), 1)
SUGGESTED = thing({"id": TEXT, "name": TEXT}, {"description": TEXT})
NEXT: Schema = {"type": "integer", "minimum": 1}  # where OpenRefine goes on
ENTITIES = thing(
    {"result": many(thing({"id": TEXT, "name": TEXT, "notable": many(TYPE, 1)}, {"description": TEXT}))},
    {"cursor": NEXT},
)
TYPES = thing({"result": many(TYPE)}, {"cursor": NEXT})
PROPERTIES = thing(
    {"result": many(thing({"id": TEXT, "name": TEXT}, {"description": TEXT, "matchQualifiers": QUALIFIERS}))},
    {"cursor": NEXT},
)
PROPOSALS = thing({"properties": many(SUGGESTED, 1), "type": {"type": "string"}}, {"limit": SIZE})


def conforms(value: Any, schema: Schema) -> Any:
    """The value, if it has the shape; AssertionError naming every place where it has not."""
    wrong = [
        f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(value)
    ]
    assert not wrong, "\n".join(wrong)
    return value
