"""The OpenAPI document and Swagger UI, from files of the installed packages: nothing is loaded from
elsewhere."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from service.web.openapi import document
from service.web.params import NoParams, read_params

_package = find_spec("swagger_ui")  # found, not imported: its code is not used, and imports a template engine
assert _package is not None
assert _package.origin is not None
ASSETS = Path(_package.origin).parent / "static"
MEDIA_TYPES = {
    "swagger-ui.css": "text/css",
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui-standalone-preset.js": "text/javascript",
    "favicon-32x32.png": "image/png",
}

# Scripts and styles come from this server only; Swagger UI sets inline styles and shows images from data:
# URLs.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>fact-lookup: the API</title>
<link rel="icon" type="image/png" href="/docs/assets/favicon-32x32.png">
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<noscript>This page needs JavaScript; <a href="/openapi.json">/openapi.json</a> does not.</noscript>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/assets/start.js"></script>
</body>
</html>
"""

START = """SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  filter: true,
  defaultModelsExpandDepth: 0,
  docExpansion: "list",
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
});
"""


@get("/openapi.json", include_in_schema=False, media_type="application/vnd.oai.openapi+json")
async def openapi_json(request: Request[Any, Any, Any]) -> Response[bytes]:
    read_params(request, NoParams)
    return Response(document(request.app), media_type="application/vnd.oai.openapi+json;version=3.1")


@get("/", include_in_schema=False, sync_to_thread=False)
def root() -> Redirect:
    """Whoever opens the bare address in a browser wants to see what there is."""
    return Redirect("/docs")


@get("/docs", include_in_schema=False, sync_to_thread=False)
def docs() -> Response[str]:
    return Response(PAGE, media_type="text/html", headers={"Content-Security-Policy": POLICY})


@get("/docs/assets/{name:str}", include_in_schema=False, sync_to_thread=False)
def docs_asset(name: FromPath[str]) -> Response[bytes]:
    if name == "start.js":
        return Response(START.encode(), media_type="text/javascript")
    if name not in MEDIA_TYPES:
        raise NotFoundException
    return Response((ASSETS / name).read_bytes(), media_type=MEDIA_TYPES[name])
