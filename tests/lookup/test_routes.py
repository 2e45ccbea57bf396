"""What a client sees of lookup: the interpretation, scores that add up, evidence, as_of, and bad input."""

from typing import Any

import httpx
import pytest


async def ask(client: httpx.AsyncClient, q: str, **params: str) -> dict[str, Any]:
    response = await client.get("/v1/lookup", params={"q": q, **params})
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def first(body: dict[str, Any]) -> dict[str, Any]:
    assert body["facts"], body["because"]
    found: dict[str, Any] = body["facts"][0]
    return found


# --- the answer -------------------------------------------------------------------------------------------


async def test_an_answer_is_a_sentence_with_value_range_status_and_evidence(
    client: httpx.AsyncClient,
) -> None:
    fact = first(await ask(client, "How many people were arrested in Kazakhstan?"))
    figure, backing = fact["answer"].split(": ")
    assert figure == "Between 7,939 and 12,000 people arrested in Kazakhstan"
    assert backing == "five articles, four independent attributions, disputed"
    assert fact["range"] == {"lower": 7939, "upper": 12000}
    assert (fact["status"], fact["articles"], fact["independent_attributions"]) == ("disputed", 5, 4)
    assert fact["value"]["amount"] == 12000
    quote = fact["evidence"]
    article = (await client.get(f"/v1/articles/{quote['article']['slug']}")).json()
    assert article["text"][quote["start"] : quote["end"]] == quote["quote"]


async def test_every_link_of_an_answer_leads_somewhere(client: httpx.AsyncClient) -> None:
    fact = first(await ask(client, "arrests in Almaty"))
    for link in fact["links"].values():
        assert (await client.get(link)).status_code == 200


async def test_a_score_is_the_weighted_mean_of_its_parts(client: httpx.AsyncClient) -> None:
    for fact in (await ask(client, "How many more people were arrested in Kazakhstan on 12 January?"))[
        "facts"
    ]:
        parts = fact["explanation"]
        mean = sum(part["weight"] * part["value"] for part in parts) / sum(part["weight"] for part in parts)
        assert fact["score"] == pytest.approx(mean, abs=1e-3)


async def test_answers_come_best_first_and_limited(client: httpx.AsyncClient) -> None:
    body = await ask(client, "arrests in Kazakhstan", limit="2")
    scores = [fact["score"] for fact in body["facts"]]
    assert len(scores) == 2
    assert scores == sorted(scores, reverse=True)


async def test_a_question_for_who_names_the_participant(client: httpx.AsyncClient) -> None:
    assert first(await ask(client, "Who fired Masimov?"))["names"] == ["Kassym-Jomart Tokayev"]
    assert first(await ask(client, "Who was fired by Tokayev as head of the National Security Committee?"))[
        "names"
    ] == ["Karim Masimov"]


async def test_who_acts_and_who_is_acted_on_are_not_mixed_up(client: httpx.AsyncClient) -> None:
    assert (await ask(client, "Whom did Masimov fire?"))["facts"] == []
    assert (await ask(client, "Was Tokayev removed by Nazarbayev?"))["facts"] == []


async def test_nobody_is_named_where_no_claim_names_anybody(client: httpx.AsyncClient) -> None:
    fact = first(await ask(client, "Who arrested Masimov?"))
    assert fact["names"] == []
    assert fact["answer"].startswith("No claim says who: ")


async def test_the_country_comes_before_its_city_and_the_city_is_labelled_as_a_part(
    client: httpx.AsyncClient,
) -> None:
    facts = (await ask(client, "How many people were arrested in Kazakhstan?"))["facts"]
    assert facts[0]["place"]["slug"] == "kazakhstan"
    assert facts[0]["part_of"] is None
    parts = [fact for fact in facts if fact["place"]["slug"] == "almaty"]
    assert {fact["part_of"] for fact in parts} == {"kazakhstan"}


async def test_a_city_is_not_answered_with_the_figure_of_its_country(client: httpx.AsyncClient) -> None:
    facts = (await ask(client, "How many people were arrested in Almaty?"))["facts"]
    assert {fact["place"]["slug"] for fact in facts} == {"almaty"}


async def test_only_the_claims_of_the_day_asked_about_count(client: httpx.AsyncClient) -> None:
    fact = first(await ask(client, "How many people had been arrested in Kazakhstan by 10 January?"))
    assert fact["range"] == {"lower": 7939, "upper": 8000}
    later = first(await ask(client, "How many people had been arrested in Kazakhstan on 12 January?"))
    assert later["range"] == {"lower": 10000, "upper": 12000}


async def test_only_the_claims_of_the_speaker_asked_about_count(client: httpx.AsyncClient) -> None:
    fact = first(await ask(client, "How many arrests in Kazakhstan according to the interior ministry?"))
    assert fact["range"] == {"lower": 7939, "upper": 7989}


async def test_a_question_that_holds_out_a_figure_gets_a_verdict(client: httpx.AsyncClient) -> None:
    assert first(await ask(client, "Is it true that 50,000 people were arrested in Kazakhstan?"))[
        "verdict"
    ] == ("contradicted")
    assert (
        first(await ask(client, "Is it true that 1,678 people were arrested in Almaty?"))["verdict"]
        == "supported"
    )
    assert first(await ask(client, "How many people were arrested in Almaty?"))["verdict"] is None


# --- as_of ------------------------------------------------------------------------------------------------


async def test_as_of_answers_from_what_had_been_published_by_then(client: httpx.AsyncClient) -> None:
    q = "How many people were arrested in Kazakhstan?"
    before = first(await ask(client, q, as_of="2022-01-10"))
    assert before["range"] == {"lower": 7939, "upper": 8000}
    assert before["articles"] == 1
    assert (await ask(client, q, as_of="2022-01-09"))["facts"] == []


async def test_as_of_a_date_is_the_end_of_that_day_and_days_count_from_the_news_of_then(
    client: httpx.AsyncClient,
) -> None:
    body = await ask(client, "arrests in Kazakhstan on Monday", as_of="2022-01-11")
    assert body["interpretation"]["period"]["start"] == "2022-01-10"
    assert first(body)["articles"] == 2


# --- the interpretation -----------------------------------------------------------------------------------


async def test_every_word_has_a_role(client: httpx.AsyncClient) -> None:
    q = "According to the interior ministry, how many more people were detained in Almaty by Monday?"
    words = (await ask(client, q))["interpretation"]["words"]
    assert {word["text"]: word["role"] for word in words} | {
        "interior": "speaker",
        "how": "form",
        "more": "extent",
        "detained": "predicate",
        "Almaty": "place",
        "Monday": "time",
    } == {word["text"]: word["role"] for word in words}
    assert all(q[word["start"] : word["end"]] == word["text"] for word in words)


async def test_what_was_not_understood_is_said(client: httpx.AsyncClient) -> None:
    body = await ask(client, "How many people were arrested in Tokyo?")
    assert body["interpretation"]["not_understood"] == ["Tokyo"]
    assert "Tokyo".casefold() in body["because"]
    assert body["facts"] == []


async def test_a_word_that_only_claims_explain_is_understood(client: httpx.AsyncClient) -> None:
    body = await ask(client, "How many people were arrested at two markets in Almaty?")
    roles = {word["text"]: word["role"] for word in body["interpretation"]["words"]}
    assert roles["markets"] == "word"
    assert body["interpretation"]["not_understood"] == []


async def test_a_misspelt_word_says_what_it_was_read_as(client: httpx.AsyncClient) -> None:
    words = (await ask(client, "how many were arested in kazakstan"))["interpretation"]["words"]
    assert {word["text"]: word["read_as"] for word in words if word["read_as"]} == {"arested": "arrested"}


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Qasym-Zhomart Tokhaev", "kassym-jomart-tokayev"),
        ("tokajew", "kassym-jomart-tokayev"),
        ("Токаев", "kassym-jomart-tokayev"),
        ("Tokayew", "kassym-jomart-tokayev"),
        ("the CTO", "collective-security-treaty-organization"),
        ("Nur-Sultan", "astana"),
        ("Kazakhstan's interior ministry", "interior-ministry-of-kazakhstan"),
        ("the foreign ministry", "foreign-ministry-of-kazakhstan"),
        ("the US", "united-states"),
    ],
)
async def test_names_are_found_in_any_spelling(client: httpx.AsyncClient, name: str, slug: str) -> None:
    found = (await ask(client, f"What did {name} say?"))["interpretation"]["entities"]
    assert slug in [entity["slug"] for mention in found for entity in mention["entities"]]


async def test_an_everyday_word_is_no_country(client: httpx.AsyncClient) -> None:
    body = await ask(client, "tell us how many people were arrested in Kazakhstan")
    names = [
        entity["slug"] for mention in body["interpretation"]["entities"] for entity in mention["entities"]
    ]
    assert names == ["kazakhstan"]
    assert body["facts"]


# --- nothing to answer --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "q",
    [
        "of the in and",
        "asdf qwer zxcv",
        "???",
        "東京では何人が逮捕されましたか",
        "'; DROP TABLE claim; --",
        "a & b | !c <-> (d:*)",
        "\\ % _ %% \\\\",
        "🙂🙃",
        "​",
        "NULL",
        "how many " * 100,
    ],
)
async def test_what_is_not_understood_is_an_empty_answer_with_a_reason(
    client: httpx.AsyncClient, q: str
) -> None:
    body = await ask(client, q)
    assert body["facts"] == []
    assert body["because"]


async def test_an_empty_answer_suggests_what_the_corpus_holds(client: httpx.AsyncClient) -> None:
    for q in ("How many people were arrested in Astana?", "hello there"):
        body = await ask(client, q)
        assert body["suggestions"]
        for suggestion in body["suggestions"]:
            assert (await client.get(f"/v1/facts/{suggestion['fact']['slug']}")).status_code == 200


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "q"),
        ("q=", "q"),
        ("q=%20%20", "q"),
        ("q=" + "a" * 10_000, "q"),
        ("q=arrests&limit=0", "limit"),
        ("q=arrests&as_of=soon", "as_of"),
        ("q=arrests&lang=en", "lang"),
        ("q=arrests%00", "q"),
        ("q=arrests%ff", "q"),
        ("q=arrests&q=deaths", "q"),
    ],
)
async def test_bad_parameters_are_problems_that_name_them(
    client: httpx.AsyncClient, query: str, parameter: str
) -> None:
    response = await client.get(f"/v1/lookup?{query}")
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    assert [error["parameter"] for error in response.json()["errors"]] == [parameter]


# --- many at once -------------------------------------------------------------------------------------------


async def test_a_batch_answers_every_key_on_its_own(client: httpx.AsyncClient) -> None:
    queries = {
        "words": {"q": "How many people were arrested in Almaty?"},
        "fields": {"predicate": "arrests", "place": "almaty"},
        "wrong/key": {"predicate": "arrest", "place": "almaty", "limit": 0},
        "": {"q": "who fired Masimov"},
    }
    response = await client.post("/v1/lookup", json={"queries": queries})
    assert response.status_code == 200
    body = response.json()
    assert set(body["answers"]) == {"words", "fields", ""}
    top = [body["answers"][key]["facts"][0]["fact"]["slug"] for key in ("words", "fields")]
    assert top == ["arrests-almaty-increment-2022-01-12"] * 2
    problem = body["problems"]["wrong/key"]
    assert problem["status"] == 400
    assert [error["pointer"] for error in problem["errors"]] == ["/queries/wrong~1key/limit"]


async def test_a_structured_query_names_every_key_that_names_nothing(client: httpx.AsyncClient) -> None:
    query = {"predicate": "arests", "place": "tokyo", "subject": "Not a slug!"}
    response = await client.post("/v1/lookup", json={"queries": {"a": query}})
    errors = response.json()["problems"]["a"]["errors"]
    assert {error["pointer"] for error in errors} == {
        "/queries/a/predicate",
        "/queries/a/place",
        "/queries/a/subject",
    }


async def test_fields_of_a_query_take_ids_and_as_of(client: httpx.AsyncClient) -> None:
    place = first(await ask(client, "arrests in Kazakhstan"))["place"]["id"]
    queries = {"then": {"predicate": "arrests", "place": place, "as_of": "2022-01-10"}}
    body = (await client.post("/v1/lookup", json={"queries": queries})).json()
    assert body["answers"]["then"]["facts"][0]["range"] == {"lower": 7939, "upper": 8000}


async def test_roles_of_a_structured_query_are_those_of_the_claims(client: httpx.AsyncClient) -> None:
    queries = {
        "removed": {"predicate": "removed_from_office", "object": "karim-masimov"},
        "remover": {"predicate": "removed_from_office", "subject": "karim-masimov"},
        "spoken": {"speaker": "interior-ministry-of-kazakhstan"},
    }
    answers = (await client.post("/v1/lookup", json={"queries": queries})).json()["answers"]
    assert len(answers["removed"]["facts"]) == 1
    assert answers["remover"]["facts"] == []
    assert {fact["predicate"] for fact in answers["spoken"]["facts"]} == {"arrests"}


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({}, "/queries/a"),
        ({"q": " "}, "/queries/a/q"),
        ({"q": "arrests", "place": "almaty"}, "/queries/a/q"),
        ({"q": "arrests", "colour": "red"}, "/queries/a/colour"),
        ({"q": 7}, "/queries/a/q"),
        ("arrests", "/queries/a"),
        ({"q": "arrests", "as_of": "soon"}, "/queries/a/as_of"),
        ({"q": "x" * 1001}, "/queries/a/q"),
    ],
)
async def test_a_bad_query_is_its_own_problem(client: httpx.AsyncClient, query: Any, pointer: str) -> None:
    response = await client.post("/v1/lookup", json={"queries": {"a": query, "b": {"q": "arrests"}}})
    assert response.status_code == 200
    body = response.json()
    assert [error["pointer"] for error in body["problems"]["a"]["errors"]] == [pointer]
    assert list(body["answers"]) == ["b"]


@pytest.mark.parametrize(
    ("content", "pointer"),
    [
        (b"{}", "/queries"),
        (b'{"queries": {}}', "/queries"),
        (b'{"queries": []}', "/queries"),
        (b'{"queries": {"a": {"q": "x"}, "a": {"q": "y"}}}', "/queries/a"),
        (b'{"queries": {"a": {"q": "x", "q": "y"}}}', "/queries/a/q"),
        (b'{"queries": {"a/b": {"q": "x"}, "a/b": {"q": "y"}}}', "/queries/a~1b"),
        (b'{"queries": {"a": {"q": "x", "limit": NaN}}}', "/queries/a/limit"),
        (b'{"queries": {"a": {"q": "x", "limit": ' + b"9" * 5000 + b"}}}", "/queries/a/limit"),
        (b'{"queries": {"a": {"q": "\\ud800"}}}', "/queries/a/q"),
        (b'{"queries": {"a": {"q": "\\u0000"}}}', "/queries/a/q"),
        (b'{"queries": {', ""),
        (b"\xff", ""),
        (b"", ""),
        (b"[" * 100_000, ""),
    ],
)
async def test_a_bad_body_is_a_problem_with_a_pointer(
    client: httpx.AsyncClient, content: bytes, pointer: str
) -> None:
    response = await client.post("/v1/lookup", content=content, headers={"content-type": "application/json"})
    assert response.status_code == 400
    assert pointer in [error["pointer"] for error in response.json()["errors"]]


async def test_a_batch_of_101_is_refused_as_a_whole(client: httpx.AsyncClient) -> None:
    queries = {str(number): {"q": "arrests"} for number in range(101)}
    response = await client.post("/v1/lookup", json={"queries": queries})
    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"] == "/queries"
    assert (
        await client.post("/v1/lookup", json={"queries": dict(list(queries.items())[:100])})
    ).status_code == 200


async def test_a_body_that_is_no_json_is_refused(client: httpx.AsyncClient) -> None:
    response = await client.post("/v1/lookup", content=b"queries=1", headers={"content-type": "text/plain"})
    assert response.status_code == 415
