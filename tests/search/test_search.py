"""`GET /v1/search` through HTTP: one list of all types, its order, highlights, filters and facets."""

import csv
import io
from typing import Any

import httpx
import msgspec
import pytest

from service.search import matching

TYPES = ("fact", "entity", "article", "claim")


async def search(client: httpx.AsyncClient, q: str, **params: Any) -> dict[str, Any]:
    answer = await client.get("/v1/search", params={"q": q, **params})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def items(client: httpx.AsyncClient, q: str, **params: Any) -> list[dict[str, Any]]:
    return list((await search(client, q, limit=100, **params))["items"])


def slugs(found: list[dict[str, Any]], kind: str) -> list[str]:
    return [one["slug"] for one in found if one["type"] == kind]


# --- what is found ---------------------------------------------------------------------------------------


async def test_one_list_holds_every_type(client: httpx.AsyncClient) -> None:
    found = await items(client, "Kazakhstan")
    assert {one["type"] for one in found} == set(TYPES)


async def test_scores_fall_and_lie_between_0_and_1(client: httpx.AsyncClient) -> None:
    scores = [one["score"] for one in await items(client, "arrests Almaty")]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


@pytest.mark.parametrize(
    ("q", "slug"),
    [
        ("Almaty", "almaty"),
        ("Tokayev", "kassym-jomart-tokayev"),
        ("Tokajev", "kassym-jomart-tokayev"),
        ("Qasym-Zhomart Tokhaev", "kassym-jomart-tokayev"),
        ("Токаев", "kassym-jomart-tokayev"),
        ("csto", "collective-security-treaty-organization"),
        ("Nur-Sultan", "astana"),
    ],
)
async def test_an_entity_is_found_first_by_a_name_in_any_spelling(
    client: httpx.AsyncClient, q: str, slug: str
) -> None:
    first = (await search(client, q, limit=1))["items"][0]
    assert (first["type"], first["slug"]) == ("entity", slug)
    assert first["matched"]
    assert first["highlights"][0]["field"] == "alias"


async def test_another_spelling_finds_what_the_usual_one_finds(client: httpx.AsyncClient) -> None:
    usual = {one["id"] for one in await items(client, "Tokayev", type="claim")}
    other = await search(client, "Tokajev", type="claim", limit=100)
    assert usual <= {one["id"] for one in other["items"]}
    assert usual
    assert [name["entity"]["slug"] for name in other["names"]] == ["kassym-jomart-tokayev"]


async def test_a_name_among_other_words_is_searched_in_all_its_spellings(client: httpx.AsyncClient) -> None:
    acronym = await search(client, "ODKB withdrawal", limit=100)
    assert [(one["text"], one["entity"]["slug"]) for one in acronym["names"]] == [
        ("ODKB", "collective-security-treaty-organization")
    ]
    assert slugs(acronym["items"], "fact") == slugs(await items(client, "CSTO withdrawal"), "fact") != []


async def test_a_small_word_that_looks_like_an_acronym_is_no_name(client: httpx.AsyncClient) -> None:
    assert (await search(client, "told us nothing"))["names"] == []


async def test_words_are_found_in_every_form_and_without_diacritics(client: httpx.AsyncClient) -> None:
    assert [one["id"] for one in await items(client, "arrest")] == [
        one["id"] for one in await items(client, "ARRESTED")
    ]
    assert [one["id"] for one in await items(client, "protésts")] == [
        one["id"] for one in await items(client, "protests")
    ]


async def test_all_words_must_be_there(client: httpx.AsyncClient) -> None:
    both = {one["id"] for one in await items(client, "injured soldiers")}
    assert both < {one["id"] for one in await items(client, "injured")}


async def test_a_phrase_is_found_as_it_stands(client: httpx.AsyncClient) -> None:
    phrase = await items(client, '"National Security Council"')
    assert phrase
    assert phrase[0]["slug"] == "national-security-council-of-kazakhstan"
    assert not any("Committee" in one["title"] for one in phrase if one["score"] >= 0.6)
    assert await items(client, '"Council Security National"') == []


async def test_minus_excludes(client: httpx.AsyncClient) -> None:
    without = await items(client, "arrests -Almaty", type="claim,fact")
    assert without
    assert not any("Almaty" in one["title"] for one in without)


async def test_or_unites(client: httpx.AsyncClient) -> None:
    dead = {one["id"] for one in await items(client, "killed", type="claim")}
    hurt = {one["id"] for one in await items(client, "injured", type="claim")}
    assert {one["id"] for one in await items(client, "killed or injured", type="claim")} == dead | hurt


async def test_a_heading_that_says_it_comes_before_a_text_that_says_it(client: httpx.AsyncClient) -> None:
    for one in await items(client, "arrests Almaty"):
        fields = {light["field"] for light in one["highlights"]}
        if one["score"] >= 0.6:
            assert fields & {"title", "statement", "name", "alias"}
        else:
            assert fields & {"text", "evidence", "description", "title", "statement"}


# --- highlights ------------------------------------------------------------------------------------------


async def test_fragments_are_stretches_of_the_fields_they_name(client: httpx.AsyncClient) -> None:
    for one in await items(client, "protesters detained"):
        whole = (await client.get(one["url"])).json()
        for light in one["highlights"]:
            if light["field"] in ("alias", "evidence"):
                continue
            field = whole[light["field"]]
            assert field[light["start"] : light["start"] + len(light["fragment"])] == light["fragment"]
            words = [light["fragment"][span["start"] : span["end"]].lower() for span in light["spans"]]
            assert words
            assert all(word.startswith(("protest", "detain")) for word in words)


async def test_markup_in_a_text_stays_text_and_moves_no_offset(writable: httpx.AsyncClient) -> None:
    found = await items(writable, "zeppelin", type="article")
    (light,) = [one for one in found[0]["highlights"] if one["field"] == "text"]
    assert "<b>zeppelin</b> & <script>" in light["fragment"]
    assert [light["fragment"][span["start"] : span["end"]] for span in light["spans"]] == ["zeppelin"]


# --- filters, facets, pages ------------------------------------------------------------------------------

FILTERS = [
    {"type": "claim"},
    {"type": "claim,fact"},
    {"source": "site-34"},
    {"predicate": "arrests"},
    {"entity": "almaty"},
    {"day": "2022-01-12"},
    {"type": "fact", "entity": "almaty", "day": "2022-01-12"},
]


@pytest.mark.parametrize("filters", FILTERS)
async def test_filters_narrow_and_total_counts_what_pages_hold(
    client: httpx.AsyncClient, filters: dict[str, str]
) -> None:
    q = "arrested or troops"
    everything = {one["id"] for one in await items(client, q)}
    found = await search(client, q, limit=100, total="true", **filters)
    assert 0 < found["total"] == len(found["items"]) < len(everything)
    assert {one["id"] for one in found["items"]} < everything


@pytest.mark.parametrize("filters", [{}, *FILTERS])
async def test_each_count_of_a_facet_is_the_total_with_that_filter(
    client: httpx.AsyncClient, filters: dict[str, str]
) -> None:
    q = "arrested or troops"
    names = ("type", "source", "predicate", "entity", "day")
    found = (await search(client, q, facet=",".join(names), **filters))["facets"]
    assert tuple(found) == names
    for name in names:
        if name in filters:
            continue
        for one in found[name][:3] + found[name][-1:]:
            narrowed = await search(client, q, total="true", limit=1, **filters, **{name: one["value"]})
            assert narrowed["total"] == one["count"], (name, one)


async def test_an_entity_found_by_name_counts_too(client: httpx.AsyncClient) -> None:
    found = await search(client, "Tokajev", total="true", facet="type", limit=100)
    counts = {one["value"]: one["count"] for one in found["facets"]["type"]}
    assert sum(counts.values()) == found["total"] == len(found["items"])
    assert counts["entity"] == len(slugs(found["items"], "entity")) >= 1


async def test_pages_follow_each_other_without_gaps(client: httpx.AsyncClient) -> None:
    whole = [one["id"] for one in await items(client, "protests")]
    paged, cursor = [], None
    while True:
        params = {"limit": 7, **({"cursor": cursor} if cursor else {})}
        answer = await client.get("/v1/search", params={"q": "protests", **params})
        page = answer.json()
        paged += [one["id"] for one in page["items"]]
        cursor = page["next"]
        assert ('rel="next"' in answer.headers.get("link", "")) is (cursor is not None)
        if cursor is None:
            break
    assert len(paged) == len(set(paged))
    assert paged[: len(whole)] == whole


async def test_a_cursor_belongs_to_its_query(client: httpx.AsyncClient) -> None:
    cursor = (await search(client, "protests", limit=2))["next"]
    answer = await client.get("/v1/search", params={"q": "arrests", "cursor": cursor})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == "cursor"


async def test_the_whole_list_comes_as_ndjson_or_csv(client: httpx.AsyncClient) -> None:
    found = await items(client, "arrests Almaty")
    lines = await client.get(
        "/v1/search", params={"q": "arrests Almaty"}, headers={"Accept": "application/x-ndjson"}
    )
    assert [msgspec.json.decode(line)["id"] for line in lines.text.splitlines()] == [
        one["id"] for one in found
    ]
    table = await client.get("/v1/search", params={"q": "arrests Almaty"}, headers={"Accept": "text/csv"})
    assert [row["id"] for row in csv.DictReader(io.StringIO(table.text))] == [one["id"] for one in found]


async def test_an_answer_has_an_etag_and_can_be_unchanged(client: httpx.AsyncClient) -> None:
    for accept in ("application/json", "text/csv"):
        first = await client.get("/v1/search?q=arrests", headers={"Accept": accept})
        again = await client.get(
            "/v1/search?q=arrests", headers={"Accept": accept, "If-None-Match": first.headers["etag"]}
        )
        assert (again.status_code, again.content) == (304, b"")


# --- bad and odd input -----------------------------------------------------------------------------------


@pytest.mark.parametrize("q", ["", " ", "\t\n", "\u00a0", "x" * 10_000, "a " * 5_000])
async def test_no_query_and_one_that_is_too_long_are_problems(client: httpx.AsyncClient, q: str) -> None:
    answer = await client.get("/v1/search", params={"q": q})
    assert answer.status_code == 400
    assert [error["parameter"] for error in answer.json()["errors"]] == ["q"]


async def test_a_query_is_required(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/search")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["detail"] == "q: required"


async def test_a_nul_is_a_problem(client: httpx.AsyncClient) -> None:
    assert (await client.get("/v1/search?q=a%00b")).status_code == 400
    assert (await client.get("/v1/suggest?q=%00")).status_code == 400


@pytest.mark.parametrize("q", ["the", "of the and", "!!!", "-Almaty", "- -", "''", '-"a b"', "🙂"])
async def test_nothing_searchable_is_an_honest_empty_answer(client: httpx.AsyncClient, q: str) -> None:
    found = await search(client, q, total="true", facet="type,day")
    assert found["items"] == []
    assert (found["total"], found["facets"]) == (0, {"type": [], "day": []})


@pytest.mark.parametrize(
    "q",
    [
        "!&|():*<->'\\",
        "arrests & !Almaty | (x:* <-> y)",
        "'); DROP TABLE claim; --",
        "arrests:* | almaty:A",
        "\\'\\\\ \\",
        "a <-> b <2> c",
        '"""""',
        '"unclosed phrase',
        "or or or",
        '-or -"-',
        "((((((((((",
        "%_%",
        "Қазақстан протесты",
        "カザフスタン 抗議",
        "كازاخستان",
        "\ue000arrests\ue001",
        "<b>arrests</b>",
        "x" * 400,
        "é" * 400,
        "🙂" * 400,
        "a-b-c-d-" * 40,
        "http://example.org/a?b=c&d=e",
        "mail@example.org 3.14 1e9 -5",
    ],
)
@pytest.mark.parametrize("path", ["/v1/search", "/v1/suggest"])
async def test_no_query_breaks_the_service(client: httpx.AsyncClient, path: str, q: str) -> None:
    answer = await client.get(path, params={"q": q})
    assert answer.status_code == 200, answer.text
    for accept in ("application/x-ndjson", "text/csv"):
        assert (await client.get(path, params={"q": q}, headers={"Accept": accept})).status_code == 200


@pytest.mark.parametrize(
    ("params", "parameter"),
    [
        ({"type": "source"}, "type"),
        ({"facet": "colour"}, "facet"),
        ({"day": "yesterday"}, "day"),
        ({"source": "no-such-source"}, "source"),
        ({"predicate": "no_such_predicate"}, "predicate"),
        ({"limit": "0"}, "limit"),
        ({"cursor": "x"}, "cursor"),
        ({"page": "2"}, "page"),
    ],
)
async def test_bad_parameters_are_named(
    client: httpx.AsyncClient, params: dict[str, str], parameter: str
) -> None:
    answer = await client.get("/v1/search", params={"q": "zeppelin", **params})
    assert answer.status_code == 400, answer.text
    assert [error["parameter"] for error in answer.json()["errors"]] == [parameter]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
async def test_the_first_and_the_last_day_of_the_calendar_are_days(
    client: httpx.AsyncClient, day: str
) -> None:
    assert await items(client, "arrests", day=day) == []


# --- more matches than are ranked ------------------------------------------------------------------------


@pytest.mark.parametrize("many", [1, 10_000])
async def test_of_more_matches_than_are_ranked_the_newest_are_and_the_answer_says_so(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    whole = await search(client, "arrested", type="claim", limit=100, total="true")
    newest = sorted((one["published_at"] for one in whole["items"]), reverse=True)
    monkeypatch.setattr(matching, "RANKED", 2)
    monkeypatch.setattr(matching, "MANY", many)
    monkeypatch.setattr(matching, "_pages", {})
    found = await search(client, "arrested", type="claim", limit=100, total="true")
    assert (whole["truncated"], found["truncated"]) == (False, True)
    assert sorted((one["published_at"] for one in found["items"]), reverse=True) == newest[:3]
    assert found["total"] == whole["total"] > 3


@pytest.mark.parametrize("bounded", ["COUNTED", "LINKS"])
async def test_facets_of_more_than_is_counted_say_so_and_promise_no_more_than_there_is(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, bounded: str
) -> None:
    names = ("type", "source", "predicate", "entity", "day")

    async def facets() -> tuple[dict[str, dict[str, int]], bool]:
        found = await search(client, "arrested", facet=",".join(names))
        counts = {
            name: {one["value"]: one["count"] for one in values} for name, values in found["facets"].items()
        }
        return counts, found["facets_exact"]

    whole, exact = await facets()
    assert exact
    monkeypatch.setattr(matching, bounded, 3)
    monkeypatch.setattr(matching, "_facets", {})
    some, exact = await facets()
    assert not exact
    assert some != whole
    for name in names:
        assert 0 < len(some[name]) <= len(whole[name])
        assert all(count <= whole[name][value] for value, count in some[name].items()), name
    assert "facets_exact" not in await search(client, "arrested")


@pytest.mark.parametrize(
    ("q", "same"),
    [
        ("7939", "7,939"),
        ("7939 -troops", "7,939 -troops"),
        ("coup d’état", "coup d'état"),
        ("<b>arrests</b> <i>Almaty</i>", "b arrests b i Almaty i"),
    ],
)
async def test_it_does_not_matter_how_a_number_or_an_apostrophe_is_written(
    client: httpx.AsyncClient, q: str, same: str
) -> None:
    found = await items(client, q)
    assert {one["id"] for one in found} == {one["id"] for one in await items(client, same)}
    assert found or "<b>" in q
    assert all(one["highlights"] for one in found if one["type"] == "claim")
