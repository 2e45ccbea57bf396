"""DELETE /v1/articles/{article}: taken back with everything drawn from it, kept in the history."""

import asyncio
from typing import Any

from tests.ingestion.articles import REPRINT, article
from tests.ingestion.conftest import Desk
from tests.test_error_shape import problem


async def tag(desk: Desk, path: str) -> str:
    answer = await desk.client.get(path)
    assert answer.status_code == 200
    return str(answer.headers["etag"])


async def delete(desk: Desk, path: str, if_match: str | None) -> int:
    headers = desk.headers("admin") | ({"If-Match": if_match} if if_match else {})
    answer = await desk.client.delete(path, headers=headers)
    if answer.status_code != 204:
        problem(answer, answer.status_code)
    return answer.status_code


async def test_a_change_says_of_which_state_it_is(desk: Desk) -> None:
    made = await desk.stored(article())
    path = f"/v1/articles/{made['article']['slug']}"
    current = await tag(desk, path)
    before = await desk.state()
    assert await delete(desk, path, None) == 428
    assert await delete(desk, path, '"another"') == 412
    assert await delete(desk, path, f"W/{current}") == 412
    assert await desk.state() == before
    assert await delete(desk, path, f'"another", {current}') == 204
    assert await delete(desk, path, current) == 410
    assert await delete(desk, "/v1/articles/no-such-article", "*") == 404


async def test_what_was_drawn_from_it_goes_and_the_history_keeps_it(desk: Desk) -> None:
    before = await desk.get("/v1/facts", limit=100)
    made = await desk.stored(article())
    slug = made["article"]["slug"]
    assert await delete(desk, f"/v1/articles/{slug}", "*") == 204
    for path in (f"/v1/articles/{slug}", f"/v1/articles/{made['article']['id']}"):
        assert "retracted" in problem(await desk.client.get(path), 410)["detail"]
    for one in made["claims"]:
        problem(await desk.client.get(f"/v1/claims/{one['id']}"), 410)
    assert await desk.get("/v1/facts", limit=100) == before
    assert await desk.rows("SELECT * FROM mention WHERE article_id = $1", made["article"]["id"]) == []
    rows = await desk.rows(
        "SELECT before->>'title' AS title, before->>'text' AS text, actor FROM change"
        " WHERE action = 'deleted' AND type = 'article'"
    )
    assert [tuple(row) for row in rows] == [(made["article"]["title"], made["article"]["text"], "test-admin")]
    gone = await desk.rows("SELECT row_id FROM change WHERE action = 'deleted' AND type = 'claim'")
    assert {str(row["row_id"]) for row in gone} == {one["id"] for one in made["claims"]}


async def test_the_facts_it_had_part_in_are_judged_anew(desk: Desk) -> None:
    first = await desk.stored(article("Calm in Oslo\n\nPolice arrested 25 people in Oslo on Tuesday.\n"))
    (claim,) = first["claims"]
    path = f"/v1/facts/{claim['fact']['slug']}"
    alone = await desk.get(path)
    text = "Oslo counts\n\nThe Red Cross said 60 people were arrested in Oslo on Tuesday.\n"
    other = await desk.stored(article(text, source="Second Courier"))
    assert (await desk.get(path))["agreement"]["claims"] == 2
    assert await delete(desk, f"/v1/articles/{other['article']['slug']}", "*") == 204
    assert await desk.get(path) == alone


async def test_a_retracted_text_may_be_stored_again(desk: Desk) -> None:
    made = await desk.stored(article())
    await delete(desk, f"/v1/articles/{made['article']['slug']}", "*")
    again = await desk.stored(article())
    assert again["article"]["id"] != made["article"]["id"]
    problem(await desk.client.get(f"/v1/articles/{made['article']['id']}"), 410)


async def test_reprints_of_a_retracted_article_stay_one_voice(desk: Desk) -> None:
    original = await desk.stored(article())
    second = await desk.stored(article(REPRINT, source="Second Courier", published_at="2023-05-12"))
    third = await desk.stored(
        article(REPRINT + "\nMore rain is expected.", source="Third Courier", published_at="2023-05-11")
    )
    (claim,) = [one for one in third["claims"] if one["predicate"] == "arrests"]
    await delete(desk, f"/v1/articles/{original['article']['slug']}", "*")
    heir = await desk.get(f"/v1/articles/{third['article']['slug']}")
    other = await desk.get(f"/v1/articles/{second['article']['slug']}")
    assert heir["reprint_of"] is None
    assert other["reprint_of"]["slug"] == heir["slug"]
    fact = await desk.get(f"/v1/facts/{claim['fact']['slug']}")
    assert (fact["agreement"]["articles"], fact["agreement"]["independent_attributions"]) == (2, 1)


async def test_two_who_retract_at_once(desk: Desk) -> None:
    made = await desk.stored(article())
    path = f"/v1/articles/{made['article']['slug']}"
    assert sorted(await asyncio.gather(*(delete(desk, path, "*") for _ in range(3)))) == [204, 410, 410]
    assert await desk.rows("SELECT count(*) FROM change WHERE action = 'deleted' AND type = 'article'") == [
        (1,)
    ]


async def test_the_history_says_why_when_it_was_said(desk: Desk) -> None:
    made = await desk.stored(article())
    path = f"/v1/articles/{made['article']['slug']}"
    answer = await desk.client.delete(
        path, params={"reason": "a hoax"}, headers=desk.headers("admin") | {"If-Match": "*"}
    )
    assert answer.status_code == 204
    claim = f"/v1/claims/{made['claims'][0]['id']}"
    for gone in (path, claim):
        assert "a hoax" in problem(await desk.client.get(gone), 410)["detail"]
        assert (await desk.get(f"{gone}/history"))["items"][0]["reason"] == "a hoax"


async def moments(desk: Desk, text: str) -> tuple[dict[str, Any], dict[str, Any], str]:
    """An article, its claim of arrests, and a time between storing and retracting it."""
    made = await desk.stored(article(text))
    (claim,) = (one for one in made["claims"] if one["predicate"] == "arrests")
    ((now,),) = await desk.rows("SELECT clock_timestamp()")
    assert await delete(desk, f"/v1/articles/{made['article']['slug']}", "*") == 204
    return made["article"], claim, now.isoformat().replace("+00:00", "Z")


async def test_before_its_retraction_an_article_still_counts(desk: Desk) -> None:
    """What was known by then, with retractions not yet made."""
    text = "Calm in Oslo\n\nPolice arrested 25 people in Oslo on Tuesday, the mayor said.\n"
    made, claim, before = await moments(desk, text)
    path = f"/v1/facts/{claim['fact']['slug']}"
    for key in (path, f"/v1/facts/{claim['fact']['id']}"):
        gone = problem(await desk.client.get(key), 410)
        assert "as_of" in gone["detail"]
        then = await desk.get(key, as_of=before)
        assert then["claims"] == [claim["id"]]
        assert (then["agreement"]["status"], then["preferred"]["value"]["amount"]) == ("single_source", 25)
    problem(await desk.client.get(path, params={"as_of": "2023-05-01"}), 404)
    steps = (await desk.get(f"{path}/timeline"))["steps"]
    assert [(one["label"], one["claim"], one["because"]) for one in steps] == [
        ("first", claim["id"], steps[0]["because"]),
        ("retraction", claim["id"], "its article was taken back"),
    ]
    assert (steps[0]["statement"], steps[0]["text"]) == (claim["statement"], claim["value"]["text"])
    assert steps[0]["article"]["slug"] == made["slug"]
    assert (steps[0]["reported_at"], steps[1]["reported_at"] > before) == ("2023-05-10", True)
    earlier = (await desk.get(f"{path}/timeline", as_of=before))["steps"]
    assert [one["label"] for one in earlier] == ["first"]


async def test_of_a_fact_that_others_tell_only_the_past_changes_back(desk: Desk) -> None:
    other = await desk.stored(
        article("Arrests\n\nPolice arrested 31 people in Oslo on Tuesday, the union said.\n", source="B")
    )
    (kept,) = (one for one in other["claims"] if one["predicate"] == "arrests")
    _, claim, before = await moments(
        desk, "Calm in Oslo\n\nPolice arrested 25 people in Oslo on Tuesday, the mayor said.\n"
    )
    assert claim["fact"] == kept["fact"]
    path = f"/v1/facts/{kept['fact']['slug']}"
    now, then = await desk.get(path), await desk.get(path, as_of=before)
    assert (now["claims"], now["agreement"]["status"]) == ([kept["id"]], "single_source")
    assert (set(then["claims"]), then["agreement"]["status"]) == ({kept["id"], claim["id"]}, "disputed")
    assert (await desk.get(path, as_of="2999-01-01"))["claims"] == [kept["id"]]
    labels = [one["label"] for one in (await desk.get(f"{path}/timeline"))["steps"]]
    assert sorted(labels) == ["first", "retraction", "rival"]
