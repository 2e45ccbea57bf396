"""Settings from the environment: every variable, its default, and what is said about a bad value."""

from pathlib import Path

import pytest

from service import settings
from service.__main__ import EPILOG
from service.settings import Settings, SettingsError, checkout, from_environment, resource


def test_nothing_set_gives_the_defaults() -> None:
    assert from_environment({}) == Settings()
    assert Settings().database_url is None


def test_an_empty_variable_counts_as_unset() -> None:
    assert from_environment({"PORT": "", "DATABASE_URL": " "}) == Settings()


def test_every_variable_is_read() -> None:
    environ = {
        "DATABASE_URL": "postgresql://reader:secret@db.example:5433/facts",
        "DATA_DIR": "/srv/facts",
        "HOST": "0.0.0.0",
        "PORT": "0",
        "WORKERS": "4",
        "POOL_SIZE": "20",
        "LOG_LEVEL": "DEBUG",
        "EXTRACTION_WORKERS": "3",
        "EXTRACTION_SECONDS": "60",
        "LLM_BASE_URL": "http://localhost:11434/v1",
        "LLM_MODEL": "small-1",
        "LLM_API_KEY": "sk-secret",
        "LLM_SECONDS": "90",
    }
    assert from_environment(environ) == Settings(
        database_url="postgresql://reader:secret@db.example:5433/facts",
        data_dir=Path("/srv/facts"),
        host="0.0.0.0",
        port=0,
        workers=4,
        pool_size=20,
        log_level="debug",
        extraction_workers=3,
        extraction_seconds=60,
        llm_base_url="http://localhost:11434/v1",
        llm_model="small-1",
        llm_api_key="sk-secret",
        llm_seconds=90,
    )


@pytest.mark.parametrize(
    "given",
    ["postgres://u@h/d", "postgresql://u@h/d", "postgresql+asyncpg://u@h/d", "postgresql+psycopg://u@h/d"],
)
def test_a_database_address_is_taken_in_every_common_spelling(given: str) -> None:
    assert from_environment({"DATABASE_URL": given}).database_url == "postgresql://u@h/d"


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("PORT", "80a", "whole number from 0 to 65535, not '80a'"),
        ("PORT", "65536", "whole number from 0 to 65535"),
        ("PORT", "-1", "whole number from 0 to 65535"),
        ("PORT", "٨٠٠٠", "whole number from 0 to 65535"),
        ("PORT", "9" * 10_000, "whole number from 0 to 65535"),
        ("WORKERS", "0", "whole number from 1 to 64"),
        ("POOL_SIZE", "1_0", "whole number from 1 to 500"),
        ("LOG_LEVEL", "loud", "one of debug, info, warning, error, not 'loud'"),
        ("EXTRACTION_WORKERS", "0", "whole number from 1 to 64"),
        ("LLM_BASE_URL", "localhost:11434", "must look like http://"),
        ("LLM_BASE_URL", "ftp://host/v1", "must look like http://"),
        ("LLM_BASE_URL", "http://host:port/v1", "must look like http://"),
        ("LLM_BASE_URL", "http://host/v1?key=1", "must look like http://"),
        ("LLM_BASE_URL", "http://host/v1", "the one needs the other"),
        ("LLM_MODEL", "small-1", "the one needs the other"),
        ("DATABASE_URL", "mysql://h/d", "must look like postgresql://"),
        ("DATABASE_URL", "facts", "must look like postgresql://"),
        ("DATABASE_URL", "postgresql://u@h:port/d", "must look like postgresql://"),
    ],
)
def test_a_bad_value_is_named_with_what_would_be_good(variable: str, value: str, says: str) -> None:
    with pytest.raises(SettingsError, match=variable) as caught:
        from_environment({variable: value})
    assert says in str(caught.value)


def test_all_bad_values_are_told_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        from_environment({"PORT": "x", "WORKERS": "y", "HOST": "localhost"})
    assert [line.partition(":")[0] for line in str(caught.value).splitlines()] == ["PORT", "WORKERS"]


@pytest.mark.parametrize("given", ["mysql://root:hunter2@h/d", "postgresql://root:hunter2/@h/d"])
def test_a_bad_database_address_is_not_repeated_since_it_may_hold_a_password(given: str) -> None:
    with pytest.raises(SettingsError) as caught:
        from_environment({"DATABASE_URL": given})
    assert "hunter2" not in str(caught.value)


def test_in_a_checkout_the_resources_stand_beside_the_package() -> None:
    project = checkout()
    assert project is not None
    assert resource("alembic") == project / "alembic"
    assert (resource("alembic") / "env.py").is_file()


@pytest.mark.parametrize("key", ["sécret", "two\nlines", "a\x7fb"])
def test_a_key_that_fits_no_header_is_not_repeated(key: str) -> None:
    with pytest.raises(SettingsError, match="LLM_API_KEY") as caught:
        from_environment({"LLM_API_KEY": key})
    assert key not in str(caught.value)


def test_every_setting_is_described_where_people_look() -> None:
    for told in (settings.__doc__, EPILOG):
        assert told is not None
        assert [name for name in settings._VARIABLES if name not in told] == []
