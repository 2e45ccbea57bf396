"""Settings: read once from the environment, checked as a whole, then passed along as one frozen value.

| variable             | default             | meaning                                                      |
| -------------------- | ------------------- | ------------------------------------------------------------ |
| `DATABASE_URL`       | none                | a PostgreSQL to use; without it, an embedded one is started  |
| `DATA_DIR`           | `.data/postgres`    | where the embedded PostgreSQL keeps its files                |
| `HOST`, `PORT`       | `127.0.0.1`, `8000` | where to listen; port 0 takes any free one                   |
| `WORKERS`            | 1                   | processes that answer requests                               |
| `POOL_SIZE`          | 10                  | database connections of each worker, at most                 |
| `CACHE_MB`           | 64                  | answers that each worker keeps until the next write; 0: none |
| `LOG_LEVEL`          | `info`              | `debug`, `info`, `warning` or `error`                        |
| `EXTRACTION_WORKERS` | 2                   | processes of each worker that read articles                  |
| `LLM_BASE_URL`       | none                | a server with OpenAI's chat completions, as `http://host/v1` |
| `LLM_MODEL`          | none                | the model to ask there; both are needed, or none             |
| `LLM_API_KEY`        | none                | sent to it as a bearer token                                 |
| `LLM_SECONDS`        | 60                  | how long one attempt to ask it may take                      |
| `SPACY_MODEL`        | none                | a spaCy pipeline to ask too; needs the extra `[spacy]`       |
| `EXTRACTION_SECONDS` | 20                  | how long one article may take                                |
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

LOG_LEVELS = ("debug", "info", "warning", "error")

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent


class SettingsError(Exception):
    """One message that names every bad value, one a line."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    database_url: str | None = None
    """`postgresql://…`, never with a driver's name; null means the embedded server."""
    data_dir: Path | None = None
    """Null means the place that `service.db.embedded.default_directory()` finds."""
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    pool_size: int = 10
    log_level: str = "info"
    extraction_workers: int = 2
    extraction_seconds: float = 20
    llm_base_url: str | None = None
    llm_model: str | None = None
    llm_api_key: str | None = None
    llm_seconds: float = 60
    spacy_model: str | None = None
    """A package or a folder; null means that no parse is asked for."""
    cache_mb: int = 64


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Raises `SettingsError` with every bad value at once. An empty variable counts as unset: compose files
    and CI systems pass empty strings for what was not given."""
    values: dict[str, object] = {}
    errors: list[str] = []
    for variable, (field, parse) in _VARIABLES.items():
        text = environ.get(variable, "").strip()
        if not text:
            continue
        try:
            values[field] = parse(text)
        except ValueError as error:
            errors.append(f"{variable}: {error}")
    if ("llm_base_url" in values) != ("llm_model" in values) and not errors:
        errors.append("LLM_BASE_URL, LLM_MODEL: the one needs the other")
    if errors:
        raise SettingsError("\n".join(errors))
    return msgspec.convert(values, Settings)


def resource(name: str) -> Path:
    """The folder `alembic` or `seeds`: beside the package in a checkout, inside it when installed."""
    bundled = _PACKAGE / "resources" / name
    return bundled if bundled.is_dir() else _CHECKOUT / name


def checkout() -> Path | None:
    """The project's folder when the package runs from one, null when it is installed."""
    return _CHECKOUT if (_CHECKOUT / "pyproject.toml").is_file() else None


def _database_url(text: str) -> str:
    """Takes the spellings that hosting providers hand out: `postgres://`, a driver's name after a plus
    sign."""
    # The value stays out of the message, and so does what urlsplit says about it: it may hold a password.
    message = "must look like postgresql://user:password@host:5432/database"
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        raise ValueError(message) from None
    if parts.scheme.partition("+")[0] not in ("postgresql", "postgres"):
        raise ValueError(message)
    return f"postgresql://{text.partition('://')[2]}"


def _http_url(text: str) -> str:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("must look like http://localhost:11434/v1")
    return text


def _header_value(text: str) -> str:
    # The value stays out of the message: it is a secret.
    if not (text.isascii() and text.isprintable()):
        raise ValueError("must be printable ASCII, as it goes into a header")
    return text


def _number(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        # str.isdecimal alone would let other scripts' digits through, int() alone "1_000" and "+1".
        if not (text.isascii() and text.isdecimal() and len(text) <= 9 and low <= int(text) <= high):
            raise ValueError(f"must be a whole number from {low} to {high}, not {text!r}")
        return int(text)

    return parse


def _log_level(text: str) -> str:
    if text.lower() not in LOG_LEVELS:
        raise ValueError(f"must be one of {', '.join(LOG_LEVELS)}, not {text!r}")
    return text.lower()


_VARIABLES: dict[str, tuple[str, Callable[[str], object]]] = {
    "DATABASE_URL": ("database_url", _database_url),
    "DATA_DIR": ("data_dir", lambda text: Path(text).expanduser()),
    "HOST": ("host", str),
    "PORT": ("port", _number(0, 65535)),
    "WORKERS": ("workers", _number(1, 64)),
    "POOL_SIZE": ("pool_size", _number(1, 500)),
    "LOG_LEVEL": ("log_level", _log_level),
    "EXTRACTION_WORKERS": ("extraction_workers", _number(1, 64)),
    "EXTRACTION_SECONDS": ("extraction_seconds", _number(1, 3600)),
    "LLM_BASE_URL": ("llm_base_url", _http_url),
    "LLM_MODEL": ("llm_model", str),
    "LLM_API_KEY": ("llm_api_key", _header_value),
    "LLM_SECONDS": ("llm_seconds", _number(1, 3600)),
    "SPACY_MODEL": ("spacy_model", str),
    "CACHE_MB": ("cache_mb", _number(0, 100_000)),
}
