"""Input that cannot be right: one answer that lists every error, where it is and what would be right."""

import asyncio
import base64
from collections.abc import Iterator

import httpx
import msgspec
import pytest

from service.errors import InvalidRequest
from service.ingestion.schemas import ArticleIn
from service.web.body import LONG, MOST_ERRORS, parse_json, parsed
from service.web.cursors import encode_cursor
from tests.contract import Operation, lists
from tests.test_error_shape import problem, wrong_parameters

FIGURE = "expected a number"
DAY = "expected a date (2022-01-12)"
TIME = "expected a date (2022-01-12) or an RFC 3339 time (2022-01-12T09:30:00Z)"
WHOLE = "expected a whole number from 1 to 100"
CURSOR = "none that the service gave out"
TEXT = "expected at most 300 characters"

BAD = [
    # whole numbers
    *[
        ("limit", value, WHOLE)
        for value in ("0", "101", "-1", "ten", "", "5.0", "1e1", " 5", "1_0", "٣", "½")
    ],
    ("limit", "9" * 30, WHOLE),
    # figures
    *[
        ("min", value, FIGURE)
        for value in ("NaN", "-Infinity", "sNaN", "1_000", "٣", "1,2", "0x10", "1e", "", " ")
    ],
    *[
        ("max", value, FIGURE)
        for value in ("1e31", "1e-31", "1e999999999", "9" * 40, "1,00", "7 939", "1.2.3")
    ],
    # days and times
    *[
        ("time_from", value, DAY)
        for value in (
            "0000-00-00",
            "2022-02-30",
            "2022-1-2",
            "20220112",
            "2022-W02-3",
            "٢٠٢٢-٠١-١٢",
            "now",
            "",
        )
    ],
    *[
        ("reported_to", value, TIME)
        for value in (
            "9999-12-31T23:59:59-14:00",
            "0001-01-01T00:00:00+14:00",
            "2022-01-12T25:00:00Z",
            "2022-01-12T09:30:00+99:00",
            "2022-01-12T09",
            "2022-01-12T09:30:00Z;",
            "12 January 2022",
            "-2022-01-12",
            "2022-01-12T",
        )
    ],
    # words of a closed list
    ("sort", "bogus", "expected one of reported_at, -reported_at"),
    ("sort", "--time", "expected one of reported_at, -reported_at"),
    ("sort", "REPORTED_AT", "expected one of reported_at, -reported_at"),
    ("modality", "sure", "expected one of asserted, reported, denied, retracted, planned, alleged"),
    ("extent", "", "expected one of cumulative, increment, subset"),
    ("total", "maybe", "expected true or false"),
    # keys
    ("place", "Almaty", "expected a UUID or a slug"),
    ("place", "", "expected a UUID or a slug"),
    ("place", "a" * 121, "expected a UUID or a slug"),
    ("place", "алматы", "expected a UUID or a slug"),
    ("place", "almaty%", "expected a UUID or a slug"),
    ("place", "00000000-0000-0000-0000-00000000000g", "no entity has the id or slug"),
    ("place", "00000000-0000-0000-0000-000000000000", "no entity has the id or slug"),
    ("entity", "kassym-jomart-tokaev", "nearest: kassym-jomart-tokayev"),
    ("predicate", "arrestz", "nearest: arrests"),
    ("article", "nearly-1700", "nearest: nearly-1700-detained"),
    ("fact", "arests-kazakhstan-2022-01", "nearest: arrests-kazakhstan-2022-01"),
    # text
    ("q", "", "expected at least 1 character"),
    ("q", "x" * 10_000, f"{TEXT}, got '{'x' * 57}…' (10000 characters)"),
    ("q", "я" * 301, TEXT),
    ("q", "a\0b", "NUL"),
    # cursors
    *[
        ("cursor", value, CURSOR)
        for value in ("", "x", "!!!!", "e30", "W10", "AAAA", "я", "a" * 1999, "bnVsbA")
    ],
    ("cursor", "a" * 2001, "expected at most 2000 characters"),
]


@pytest.mark.parametrize(("parameter", "value", "says"), BAD)
async def test_a_bad_value_is_400_and_the_answer_says_which_and_what_would_be_right(
    client: httpx.AsyncClient, parameter: str, value: str, says: str
) -> None:
    answer = await client.get("/v1/claims", params={parameter: value})
    found = wrong_parameters(answer)
    assert list(found) == [parameter]
    assert found[parameter].startswith(f"{parameter}: ")
    assert says in found[parameter]
    assert len(found[parameter]) < 400, "a long value is quoted in short"
    # a stream would break off; it must not begin
    for accept in ("application/x-ndjson", "text/csv"):
        again = await client.get("/v1/claims", params={parameter: value}, headers={"Accept": accept})
        assert wrong_parameters(again) == found


@pytest.mark.parametrize(
    ("query", "parameter", "says"),
    [
        ("q=%FF", "q", "q: is not valid UTF-8"),
        ("q=%C3%28", "q", "q: is not valid UTF-8"),
        ("q=%ED%A0%80", "q", "q: is not valid UTF-8"),
        ("q=%00", "q", "q: holds a NUL character"),
        ("%FF=1", "%FF", "a parameter's name is not valid UTF-8"),
        ("%00=1", "%00", "a parameter's name holds a NUL character"),
        ("limit=1&limit=2", "limit", "limit: given more than once"),
        ("limit=1&limit=1", "limit", "limit: given more than once"),
        ("Limit=1", "Limit", "unknown parameter 'Limit'; known here: limit, cursor"),
        ("limit[]=1", "limit[]", "unknown parameter 'limit[]'; known here: limit, cursor"),
        ("=1", "", "unknown parameter ''; known here: limit, cursor"),
        ("limit", "limit", "limit: expected a whole number from 1 to 100, got ''"),
        (f"{'n' * 9000}=1", "n" * 9000, f"unknown parameter '{'n' * 57}…' (9000 characters)"),
    ],
)
async def test_a_query_that_cannot_be_read_is_400(
    client: httpx.AsyncClient, query: str, parameter: str, says: str
) -> None:
    found = wrong_parameters(await client.get(f"/v1/claims?{query}"))
    assert list(found) == [parameter]
    assert found[parameter].startswith(says)


async def test_all_errors_of_a_request_come_in_one_answer(client: httpx.AsyncClient) -> None:
    answer = await client.get(
        "/v1/claims?limit=0&min=9&max=1&time_from=2022-02-01&time_to=2022-01-01&q=%FF&sort=x&bogus=1"
        "&predicate=arrestz&speaker=nobody-known&place=Almaty&cursor=zzz&total=1&total=1",
        headers={"Accept": "image/png"},
    )
    errors = problem(answer, 400)["errors"]
    assert {error.get("parameter", error.get("header")) for error in errors} == {
        *("limit", "min", "time_from", "q", "sort", "bogus"),  # what stands in the query
        *("predicate", "speaker", "place", "cursor", "total", "Accept"),  # what the service knows about it
    }
    assert answer.json()["detail"].count(";") >= len(errors) - 1


@pytest.mark.parametrize(
    ("body", "first"),
    [
        ("{" + ",".join(f'"k{index}":1' for index in range(500)) + "}", "/k0"),
        ('{"claims":[' + ",".join("1" * 500) + "]}", "/claims/0"),
        ('{"claims":[' + ",".join(['"\\ud800"'] * 500) + "]}", "/claims/0"),
    ],
)
def test_of_very_many_errors_in_a_body_the_first_are_told(body: str, first: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        parse_json(body.encode(), ArticleIn)
    *told, last = refused.value.errors
    assert (len(told), told[0].pointer) == (MOST_ERRORS, first)
    assert last.detail == f"these are the first {MOST_ERRORS} errors of more"


async def test_others_are_served_while_a_long_body_is_read() -> None:
    body = b'{"claims":[' + b",".join([b'{"predicate":1}'] * LONG) + b"]}"
    reading = asyncio.create_task(parsed(body, ArticleIn))
    turns = 0
    while not reading.done():
        await asyncio.sleep(0)
        turns += 1
    with pytest.raises(InvalidRequest):
        await reading
    assert turns > 10  # 2 where the loop itself reads it


def test_every_name_that_stands_twice_is_told_once() -> None:
    with pytest.raises(InvalidRequest) as refused:
        parse_json(b'{"text":"a","title":"b","text":"c","title":"d","text":"e"}', ArticleIn)
    assert [one.pointer for one in refused.value.errors] == ["/text", "/title"]


async def test_the_path_and_the_query_are_checked_together(client: httpx.AsyncClient) -> None:
    found = wrong_parameters(await client.get("/v1/facts/Not-A-Slug/timeline?as_of=yesterday&x=1"))
    assert set(found) == {"fact", "as_of", "x"}
    found = wrong_parameters(await client.get("/v1/entities/nobody-known/claims?limit=0&predicate=arrestz"))
    assert set(found) == {"entity", "limit", "predicate"}
    found = wrong_parameters(await client.get("/v1/entities/Nobody/related?limit=0&cursor=x"))
    assert set(found) == {"entity", "limit", "cursor"}
    found = wrong_parameters(await client.get("/v1/claims/23811e57?x=1"))
    assert set(found) == {"claim", "x"}


async def test_a_search_by_name_has_no_other_order(client: httpx.AsyncClient) -> None:
    found = wrong_parameters(await client.get("/v1/entities?q=tokayev&sort=name&limit=0&cursor=zzz"))
    assert set(found) == {"sort", "limit", "cursor"}
    assert "score" in found["sort"]


@pytest.mark.parametrize(
    ("low", "high"),
    [
        ("min=9.5", "max=9"),
        ("time_from=2022-01-13", "time_to=2022-01-12"),
        ("reported_from=2022-01-12T10:00:00Z", "reported_to=2022-01-12T09:00:00Z"),
        ("reported_from=2022-01-12T23:00:00-05:00", "reported_to=2022-01-12"),
    ],
)
async def test_a_range_with_its_ends_swapped_is_400(client: httpx.AsyncClient, low: str, high: str) -> None:
    found = wrong_parameters(await client.get(f"/v1/claims?{high}&{low}"))
    name = low.partition("=")[0]
    assert found == {name: f"{name}: it is above {high.partition('=')[0]}, so nothing lies between them"}


@pytest.mark.parametrize(
    "query",
    [
        "min=7,939&max=7939",
        "min=1e3&max=%2B1E4",
        "min=-5",
        "max=2.5",
        "time_from=0001-01-01&time_to=9999-12-31",
        "reported_from=2022-01-12T09:30:00+06:00",
        "reported_from=2022-01-12T09:30:00%2B06:00",
        "reported_from=2022-01-12T09:30",
        "reported_from=2022-01-12t09:30:00.123456z",
        "reported_from=2022-01-12%2009:30:00Z",
        "reported_from=2022-01-12&reported_to=2022-01-12",
        "total=1&limit=100",
        "q=%22",
        "q=%22more+than%22+-troops+or",
        "q=%5C%27%25_%26%7C!:*%28%29%3C-%3E",
        "q=%F0%9F%98%80",
        "q=" + "%D1%8F" * 300,
        "&&",
        "place=FB2B3823-644C-5972-B296-7BE134054F12",
    ],
)
async def test_unusual_and_right_is_taken(client: httpx.AsyncClient, query: str) -> None:
    answer = await client.get(f"/v1/claims?{query}")
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    "q", ["\\", "%", "_____", "'", '"', "😀", "...", " ", "(((", "a" * 200, "я" * 200, "\u202e"]
)
async def test_any_text_can_be_looked_for_as_a_name(client: httpx.AsyncClient, q: str) -> None:
    answer = await client.get("/v1/entities", params={"q": q})
    assert answer.status_code == 200, answer.text


def forged() -> Iterator[tuple[str, str]]:
    """Orders, and values that no row has in them: a cursor is no secret, so anybody can write one."""
    for value in ("", "2022-01-10", "2022-01-10T00:00:00", "now", "9999-12-31T23:59:59-14:00"):
        yield "reported_at", value
    for value in ("2022-13-01", "infinity", "٢٠٢٢-٠١-١٢"):
        yield "time", value
    for value in ("NaN", "sNaN", "Infinity", "1e999999", "1e41", "x", ""):
        yield "amount", value


@pytest.mark.parametrize(("sort", "value"), list(forged()))
async def test_a_forged_cursor_is_400(client: httpx.AsyncClient, sort: str, value: str) -> None:
    page = (await client.get("/v1/claims", params={"sort": sort, "limit": 1})).json()
    mark = cursor_parts(page["next"])[0]
    for row_id in (page["items"][0]["id"], "x"):
        cursor = encode_cursor([mark, value, row_id])
        answer = await client.get("/v1/claims", params={"sort": sort, "cursor": cursor})
        assert CURSOR in wrong_parameters(answer)["cursor"]


@pytest.mark.parametrize("value", ["NaN|2022-01-10T00:00:00+00:00", "0.5|2022-01-10T00:00:00", "0.5", "|"])
async def test_a_forged_cursor_of_a_search_is_400(client: httpx.AsyncClient, value: str) -> None:
    page = (await client.get("/v1/search?q=arrests&limit=1")).json()
    mark, _, row_id = cursor_parts(page["next"])
    cursor = encode_cursor([mark, value, row_id])
    answer = await client.get("/v1/search", params={"q": "arrests", "cursor": cursor})
    assert CURSOR in wrong_parameters(answer)["cursor"]


def cursor_parts(cursor: str) -> list[str]:
    return msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=list[str])


@pytest.mark.parametrize("operation", lists(), ids=lambda one: one.id)
async def test_a_cursor_of_another_list_order_or_filter_is_400(
    client: httpx.AsyncClient, operation: Operation
) -> None:
    foreign = {
        (await client.get(url)).json()["next"]
        for url in ("/v1/claims?limit=1&q=people", "/v1/entities?limit=1&kind=place&sort=-recorded_at")
    }
    assert None not in foreign
    for cursor in foreign:
        answer = await client.get(
            operation.url, params={**operation.example.get("query", {}), "cursor": cursor}
        )
        assert "another list, order or set of filters" in wrong_parameters(answer)["cursor"]


async def test_nothing_is_changed_by_bad_input(client: httpx.AsyncClient) -> None:
    before = (await client.get("/health/ready")).json()["revision"]
    await client.get("/v1/claims?q=%00&limit=0")
    await client.post("/v1/claims", content=b"\0")
    assert (await client.get("/health/ready")).json()["revision"] == before
