"""Whatever bytes an import brings, in whatever parts they arrive: the same lines, each read or refused with a
place and a reason."""

import asyncio
import json
from collections.abc import AsyncIterator
from itertools import pairwise
from typing import Any, cast

from hypothesis import given, settings
from hypothesis import strategies as st

from service.errors import InvalidRequest
from service.ingestion.imports import body_lines
from service.ingestion.schemas import ArticleIn
from service.web.body import MOST_ERRORS, parse_json

FIELDS = [*ArticleIn.__struct_fields__, "nothing"]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
ARTICLES = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=5)
LINES = st.binary(max_size=60) | (VALUES | ARTICLES).map(lambda value: json.dumps(value).encode())


class Sent:
    """A request whose body arrives in these parts."""

    def __init__(self, parts: list[bytes]) -> None:
        self.parts = parts

    async def stream(self) -> AsyncIterator[bytes]:
        for part in self.parts:
            yield part


async def lines_of(parts: list[bytes]) -> list[bytes | None]:
    return [line async for line in body_lines(cast(Any, Sent(parts)))]


@settings(max_examples=100, deadline=None)
@given(st.lists(LINES, max_size=6), st.lists(st.integers(0, 200), max_size=6))
def test_the_lines_are_the_same_however_they_arrive(lines: list[bytes], cuts: list[int]) -> None:
    body = b"\n".join(lines)
    places = [0, *sorted(min(cut, len(body)) for cut in cuts), len(body)]
    parts = [body[start:end] for start, end in pairwise(places)]
    expected = body.split(b"\n")
    assert asyncio.run(lines_of(parts)) == (expected if expected[-1] else expected[:-1])


@settings(max_examples=100, deadline=None)
@given(LINES)
def test_a_line_is_an_article_or_is_refused_with_places_and_reasons(line: bytes) -> None:
    try:
        parse_json(line, ArticleIn)
    except InvalidRequest as refused:
        errors = refused.errors
    else:
        return
    assert 0 < len(errors) <= MOST_ERRORS + 1
    for error in errors:
        assert error.detail.encode(), "it can be told"
        assert error.pointer == "" or str(error.pointer).startswith("/")
