"""What the service tells clients about itself, in either version's words."""

import importlib.metadata
from typing import Any

from service.reconcile.negotiation import VERSIONS
from service.reconcile.reading import BATCH
from service.reconcile.types import TYPES

NAME = "fact-lookup"
PREVIEW = {"width": 420, "height": 260}
SCHEMA_SPACE = "https://schema.org/"

LIMIT_HELP = "How many values at most, 0 for all. Values from claims come from the newest 200 of each kind."
CLAIMS_HELP = (
    "Values from claims: only what is asserted or reported, or also what is denied, planned or alleged."
)
CLAIMS_CHOICES = [
    {"value": "affirmed", "name": "Asserted or reported"},
    {"value": "any", "name": "Any, also denied, retracted, planned and alleged"},
]


def default_types() -> list[dict[str, str]]:
    return [{"id": one.id, "name": one.name} for one in TYPES.values()]


def manifest(base: str) -> dict[str, Any]:
    """Version 0.2; `base` is the server's URL without a slash at its end."""

    def path(name: str) -> dict[str, str]:
        return {"service_url": base, "service_path": f"/v1/reconcile/{name}"}

    return {
        "versions": list(VERSIONS),
        "name": NAME,
        "identifierSpace": f"{base}/v1/entities/",
        "schemaSpace": SCHEMA_SPACE,
        "defaultTypes": default_types(),
        "documentation": f"{base}/docs",
        "serviceVersion": importlib.metadata.version("fact-lookup"),
        "batchSize": BATCH,
        "view": {"url": f"{base}/v1/entities/{{{{id}}}}"},
        "preview": {"url": f"{base}/v1/reconcile/preview?id={{{{id}}}}", **PREVIEW},
        "suggest": {name: path(f"suggest/{name}") for name in ("entity", "type", "property")},
        "extend": {
            "propose_properties": path("extend/propose"),
            "property_settings": [
                {"name": "limit", "label": "Limit", "type": "number", "default": 0, "help_text": LIMIT_HELP},
                {
                    "name": "claims",
                    "label": "Claims",
                    "type": "select",
                    "default": "affirmed",
                    "help_text": CLAIMS_HELP,
                    "choices": CLAIMS_CHOICES,
                },
            ],
        },
    }


def draft_manifest(base: str) -> dict[str, Any]:
    """Version 1.0-draft: places are fixed by the specification, templates are those of RFC 6570."""
    return {
        "versions": list(VERSIONS),
        "name": NAME,
        "lang": "en",
        "dir": "ltr",
        "defaultTypes": default_types(),
        "documentation": f"{base}/docs",
        "serviceVersion": importlib.metadata.version("fact-lookup"),
        "batchSize": BATCH,
        "standardizedScore": True,
        "view": {"url": f"{base}/v1/entities/{{id}}"},
        "preview": PREVIEW,
        "suggest": {"entity": True, "type": True, "property": True},
        "extend": {
            "proposeProperties": True,
            "propertySettings": [
                {"id": "limit", "name": "Limit", "type": "number", "default": 0, "helpText": LIMIT_HELP},
                {
                    "id": "claims",
                    "name": "Claims",
                    "type": "select",
                    "default": "affirmed",
                    "helpText": CLAIMS_HELP,
                    "choices": CLAIMS_CHOICES,
                },
            ],
        },
    }
