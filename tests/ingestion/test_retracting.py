"""DELETE /v1/articles/{article}: taken back with everything drawn from it, kept in the history."""

import asyncio

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
