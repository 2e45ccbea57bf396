"""Claims that come with an article: they must hold against its words, or nothing at all is stored."""

from typing import Any

import pytest

from tests.ingestion.articles import FLOOD, article, claim
from tests.ingestion.conftest import Desk

REPEATED = FLOOD + "\nPolice arrested 25 people in Nairobi, the mayor repeated.\n"


def errors_of(body: dict[str, Any]) -> dict[str, str]:
    return {error["pointer"]: error["detail"] for error in body["errors"]}


async def test_a_claim_that_holds_is_stored_as_submitted_and_found_no_second_time(desk: Desk) -> None:
    sent = claim(
        statement="25 people were arrested in Nairobi",
        place="Nairobi",
        time="on Wednesday",
        attribution=[{"name": "the mayor", "cue": "told reporters"}],
        modality="reported",
        extent="cumulative",
    )
    body = await desk.stored(article(claims=[sent]))
    (made,) = [one for one in body["claims"] if one["predicate"] == "arrests"]
    assert made["provenance"] == {"method": "submitted", "extractor": None, "confidence": None}
    assert made["statement"] == "25 people were arrested in Nairobi"
    assert made["value"] == {
        "amount": 25,
        "lower": 25,
        "upper": 25,
        "unit": "people",
        "qualifier": "exact",
        "text": "25 people",
    }
    assert made["scope"]["place"]["name"] == "Nairobi"
    assert made["time"]["start"] == "2023-05-10"
    assert [(link["name"], link["cue"]) for link in made["attribution"]] == [("the mayor", "told reporters")]
    assert [one["reason"] for one in body["rejected"] if one["predicate"] == "arrests"] == ["duplicate"]
    assert {one["provenance"]["method"] for one in body["claims"]} == {"submitted", "extracted"}


async def test_white_space_and_curly_quotes_of_a_quote_may_differ(desk: Desk) -> None:
    text = "Harbour shut\n\nPolice “in the harbour of Oslo” arrested\n25 people on Monday.\n"
    sent = claim(quote='Police "in the harbour of Oslo"  arrested 25 people')
    body = await desk.stored(article(text, claims=[sent], extract=False))
    quote, position = body["claims"][0]["evidence"]["selectors"]
    assert quote["exact"] == body["article"]["text"][position["start"] : position["end"]]
    assert "“in the harbour of Oslo” arrested" in quote["exact"]


async def test_an_offset_tells_two_equal_quotes_apart(desk: Desk) -> None:
    second = REPEATED.rindex("Police arrested 25 people in Nairobi")
    body = await desk.stored(article(REPEATED, claims=[claim(start=second)], extract=False))
    (made,) = body["claims"]
    assert made["evidence"]["selectors"][1]["start"] == body["article"]["text"].rindex("Police arrested")


@pytest.mark.parametrize(
    ("text", "wrong", "pointer", "says"),
    [
        (FLOOD, {"quote": "Police arrested 26 people in Nairobi"}, "quote", "quote_not_found"),
        (FLOOD, {"quote": "police arrested 25 people in nairobi"}, "quote", "quote_not_found"),
        (FLOOD, {"quote": " \n "}, "quote", "quote_empty"),
        (REPEATED, {}, "quote", "quote_ambiguous"),
        (REPEATED, {}, "quote", str(REPEATED.rindex("Police arrested 25 people in Nairobi"))),
        (REPEATED, {"start": 7}, "start", "quote_elsewhere"),
        (REPEATED, {"start": 7}, "start", str(REPEATED.index("Police arrested 25 people in Nairobi"))),
        (REPEATED, {"start": -7}, "start", "quote_elsewhere"),
        (FLOOD, {"start": FLOOD.index("Police arrested 25") + 1}, "start", "quote_elsewhere"),
        (FLOOD, {"amount": 52}, "amount", "the text says 25, not 52"),
        (FLOOD, {"value": "34 people"}, "value", "value_not_in_quote"),
        (FLOOD, {"value": "Police"}, "value", "value_not_a_number"),
        (
            FLOOD.replace("arrested 25 people", "arrested them for 25 days"),
            {"quote": "Police arrested them for 25 days", "value": "25 days", "amount": 25},
            "value",
            "value_of_another_kind",
        ),
        (FLOOD, {"value": None, "amount": None}, "value", "value_missing"),
        (FLOOD, {"predicate": "happenings"}, "predicate", "unknown_predicate"),
        (FLOOD, {"predicate": "arrestz"}, "predicate", "nearest: arrests"),
        (FLOOD, {"predicate": "deaths"}, "quote", "trigger_missing"),
        (FLOOD, {"subject": "the navy"}, "subject", "participant_not_found"),
        (FLOOD, {"place": "Atlantis"}, "place", "does not stand in the text"),
        (FLOOD, {"place": "reporters"}, "place", "not read as the name of a place"),
        (FLOOD, {"attribution": [{"name": "the governor"}]}, "attribution/0/name", "source_not_near"),
        (
            FLOOD,
            {"attribution": [{"name": "the mayor"}, {"name": "the mayor", "cue": "denied"}]},
            "attribution/1/cue",
            "cue_not_near",
        ),
        (FLOOD, {"time": "in a while"}, "time", "time_not_a_date"),
    ],
)
async def test_a_claim_that_does_not_hold_stores_nothing_and_is_pointed_at(
    desk: Desk, text: str, wrong: dict[str, Any], pointer: str, says: str
) -> None:
    before = await desk.state()
    good = claim(
        predicate="deaths", quote="Heavy rain killed 34 people in Kenya", value="34 people", amount=34
    )
    answer = await desk.post(article(text, claims=[good, claim(**wrong)]))
    assert answer.status_code == 422, answer.text
    ((where, detail),) = errors_of(answer.json()).items()
    assert where == "/claims/1" + (f"/{pointer}" if pointer else "")
    assert says in detail
    assert await desk.state() == before


async def test_all_claims_that_do_not_hold_are_told_at_once(desk: Desk) -> None:
    sent = [claim(quote="No such words"), claim(), claim(amount=1), claim(time="some day")]
    answer = await desk.post(article(claims=sent))
    assert list(errors_of(answer.json())) == ["/claims/0/quote", "/claims/2/amount", "/claims/3/time"]


@pytest.mark.parametrize(
    ("members", "pointers"),
    [
        ({"claims": [{"quote": "x"}]}, ["/claims/0/predicate"]),
        (
            {"claims": [claim(amount="25"), claim(modality="sure")]},
            ["/claims/0/amount", "/claims/1/modality"],
        ),
        ({"claims": [claim(speaker="the mayor")]}, ["/claims/0/speaker"]),
        ({"claims": {"0": claim()}}, ["/claims"]),
    ],
)
async def test_a_claim_of_another_shape_is_pointed_at(
    desk: Desk, members: dict[str, Any], pointers: list[str]
) -> None:
    answer = await desk.post(article(**members))
    assert answer.status_code == 400
    assert list(errors_of(answer.json())) == pointers


async def test_claims_that_come_with_a_text_that_is_there_are_not_silently_dropped(desk: Desk) -> None:
    await desk.stored(article(extract=False))
    before = await desk.state()
    answer = await desk.post(article(claims=[claim()]))
    assert answer.status_code == 200
    (warning,) = answer.json()["warnings"]
    assert "POST /v1/claims" in warning
    assert await desk.state() == before


@pytest.mark.parametrize("empty", ["", " ", "\u200b"])
async def test_words_that_cannot_be_seen_are_refused_and_not_taken_for_left_out(
    desk: Desk, empty: str
) -> None:
    roles = ("subject", "object", "complement", "place", "group", "time", "value", "statement")
    links = [{"name": "the mayor", "cue": empty}, {"name": empty}]
    before = await desk.state()
    answer = await desk.post(
        article(claims=[claim(**dict.fromkeys(roles, empty), attribution=links)], extract=False)
    )
    assert answer.status_code == 400
    told = errors_of(answer.json())
    assert set(told) == {
        *(f"/claims/0/{role}" for role in roles),
        "/claims/0/attribution/0/cue",
        "/claims/0/attribution/1/name",
    }
    assert all(detail.startswith("expected words that can be seen") for detail in told.values())
    assert await desk.state() == before


@pytest.mark.parametrize(
    ("claims", "pointer"),
    [
        ([claim(attribution=[{"name": "the mayor"}] * 21)], "/claims/0/attribution"),
        ([claim(statement="x" * 2001)], "/claims/0/statement"),
        ([claim()] * 2001, "/claims"),
    ],
)
async def test_more_than_an_article_could_hold_is_refused(
    desk: Desk, claims: list[dict[str, Any]], pointer: str
) -> None:
    answer = await desk.post(article(claims=claims, extract=False))
    assert answer.status_code == 400
    assert list(errors_of(answer.json())) == [pointer]
