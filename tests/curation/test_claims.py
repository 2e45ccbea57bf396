"""Claims by hand: what a client may say of an article is what its words bear out."""

import uuid
from typing import Any

import httpx

from tests.curation.helpers import (
    ARTICLE,
    Json,
    curating,
    everything,
    got,
    items,
    make_key,
    pointers,
    rows,
    tag,
)


async def article_text(client: httpx.AsyncClient, article: str = ARTICLE) -> str:
    text: str = (await got(client, f"/v1/articles/{article}"))["text"]
    return text


async def a_figure(client: httpx.AsyncClient) -> Json:
    """A seeded claim that counts arrests and names its speaker."""
    found = await items(client, "/v1/claims", predicate="arrests", article="csto-troops-to-leave")
    return next(one for one in found if one["attribution"] and one["value"]["amount"])


def again(claim: Json) -> Json:
    """A claim as a client would post it, of what GET gave."""
    kept = {name: claim[name] for name in ("article", "predicate", "statement", "modality", "inferred")}
    roles = ("subject", "object", "complement")
    return {
        **kept,
        **{role: claim[role] for role in roles},
        **{f"{role}_text": claim[f"{role}_text"] for role in roles},
        "value": claim["value"],
        "scope": claim["scope"],
        "time": claim["time"],
        "attribution": claim["attribution"],
        "evidence": claim["evidence"],
    }


async def test_seeded_claims_can_be_taken_back_and_made_again_as_it_was(own_database: str) -> None:
    """The checks hold for all that was annotated by hand, and nothing is lost on the way."""
    async with curating(own_database) as client:
        found = await everything(client, "/v1/claims", sort="recorded_at")
        for claim in found[::3]:
            path = f"/v1/claims/{claim['id']}"
            gone = await client.delete(path, headers=await tag(client, path))
            assert gone.status_code == 204, gone.text
            body = again(claim)
            if claim["scope"]["of"]:  # the larger figure has a new id by now, or will have one
                body["scope"] = {**claim["scope"], "of": None}
            made = await client.post("/v1/claims", json=body)
            assert made.status_code == 201, (made.text, body)
            shown = made.json()
            for name in ("predicate", "statement", "subject", "object", "value", "time", "attribution"):
                assert shown[name] == claim[name]
            assert shown["evidence"] == claim["evidence"]
            assert shown["provenance"] == {"method": "curated", "extractor": None, "confidence": None}


async def test_a_claim_needs_little_and_the_text_gives_the_rest(own_database: str) -> None:
    async with curating(own_database) as client:
        claim = await a_figure(client)
        path = f"/v1/claims/{claim['id']}"
        await client.delete(path, headers=await tag(client, path))
        quote = claim["evidence"]["selectors"][0]["exact"]
        answer = await client.post(
            "/v1/claims",
            json={"article": claim["article"]["slug"], "predicate": "arrests", "quote": quote, "value": {}},
        )
        assert answer.status_code == 201, answer.text
        made = answer.json()
        assert made["value"] == claim["value"] | {"text": made["value"]["text"]}
        assert made["value"]["text"] in quote
        assert made["statement"] == " ".join(quote.split())
        assert made["modality"] == "asserted"
        assert answer.headers["location"] == f"/v1/claims/{made['id']}"
        stored = await client.get(answer.headers["location"])
        assert stored.json() == made
        assert stored.headers["etag"] == answer.headers["etag"]


async def test_a_new_claim_joins_its_fact(own_database: str) -> None:
    async with curating(own_database) as client:
        claim = await a_figure(client)
        path = f"/v1/claims/{claim['id']}"
        fact = f"/v1/facts/{claim['fact']['slug']}"
        before = await got(client, fact)
        await client.delete(path, headers=await tag(client, path))
        without = await got(client, fact)
        assert claim["id"] not in without["claims"]
        assert without["agreement"]["claims"] == before["agreement"]["claims"] - 1
        made = (await client.post("/v1/claims", json=again(claim))).json()
        after = await got(client, fact)
        assert made["id"] in after["claims"]
        # which of several that clash is named first may depend on their order in the article
        because = {"because": after["agreement"]["because"]}
        assert after["agreement"] == before["agreement"] | because


async def test_a_new_claim_stands_where_its_words_do(own_database: str) -> None:
    async with curating(own_database) as client:
        path = f"/v1/articles/{ARTICLE}/claims"
        claims = await everything(client, path)
        for claim in (claims[0], claims[len(claims) // 2], claims[-1]):
            own = f"/v1/claims/{claim['id']}"
            await client.delete(own, headers=await tag(client, own))
            body = again(claim) | {"scope": {**claim["scope"], "of": None}}
            assert (await client.post("/v1/claims", json=body)).status_code == 201
        after = await everything(client, path)
        starts = [one["evidence"]["selectors"][1]["start"] for one in after]
        assert starts == sorted(starts)


async def test_a_key_that_only_ingests_submits(own_database: str) -> None:
    async with curating(own_database, "ingest") as client:
        claim = await a_figure(client)
        body = again(claim) | {"predicate": "criminal_cases"}
        body |= {"value": {**claim["value"], "unit": "cases"}, "subject": None, "subject_text": None}
        answer = await client.post("/v1/claims", json=body)
        assert answer.status_code == 201, answer.text
        assert answer.json()["provenance"]["method"] == "submitted"
        path = f"/v1/claims/{claim['id']}"
        refused = await client.delete(path, headers=await tag(client, path))
        assert refused.status_code == 403
        assert "curate" in refused.json()["detail"]


WRONG: dict[str, tuple[Json, dict[str, str]]] = {
    "no such article": ({"article": "no-such-article"}, {"/article": "no article has"}),
    "a slip in the article's slug": (
        {"article": "csto-troops-to-leav"},
        {"/article": "nearest: csto-troops-to-leave"},
    ),
    "no such predicate": ({"predicate": "arrest"}, {"/predicate": "nearest: arrests"}),
    "no such entity": ({"subject": "nobody-of-that-name"}, {"/subject": "no entity has"}),
    "a reference that can name nothing": ({"subject": "No Body"}, {"/subject": "expected a UUID or a slug"}),
    "words that are not there": ({"quote": "Nobody ever wrote this."}, {"/quote": "not in the text"}),
    "words that stand there twice": ({"quote": "the"}, {"/quote": "times in the text"}),
    "another figure": ({"value": {"amount": 31}}, {"/value/amount": "the quote says"}),
    "another lower bound": ({"value": {"lower": 31}}, {"/value/lower": "the quote says"}),
    "figure's words that are not there": ({"value": {"text": "31 people"}}, {"/value/text": "not stand in"}),
    "a unit that does not fit": ({"value": {"unit": "hectares"}}, {"/value/unit": "the unit here is people"}),
    "a figure for what counts nothing": ({"predicate": "meeting"}, {"/value": "takes no value"}),
    "no figure for what counts": ({"value": None}, {"/value": "a value is needed"}),
    "a place that is none": (
        {"scope": {"place": "kassym-jomart-tokayev"}},
        {"/scope/place": "is no place but of kind person"},
    ),
    "part of nothing": (
        {"scope": {"of": "00000000-0000-4000-8000-000000000000"}},
        {"/scope/of": "no claim has the id"},
    ),
    "a speaker whom nobody near names": (
        {"attribution": [{"name": "a spokesman for the moon"}]},
        {"/attribution/0/name": "next to it"},
    ),
    "time that ends before it starts": (
        {"time": {"start": "2022-01-10", "end": "2022-01-09"}},
        {"/time/end": "before it starts"},
    ),
    "words for the time that are not there": (
        {"time": {"text": "on the thirty-first of June"}},
        {"/time/text": "does not stand"},
    ),
    "a role that the predicate has not": (
        {"object_text": "shopkeepers"},
        {"/object_text": "arrests has no object"},
    ),
    "both an entity and a text": (
        {"subject": "kazakhstan", "subject_text": "the country"},
        {"/subject_text": "exclude each other"},
    ),
    "two kinds of evidence": (
        {"evidence": {"selectors": [{"type": "TextPositionSelector", "start": 0, "end": 4}]}},
        {"/quote": "exactly one of"},
    ),
    "everything at once": (
        {"predicate": "arrest", "subject": "nobody-of-that-name", "quote": "Nobody ever wrote this."},
        {"/predicate": "nearest", "/subject": "no entity", "/quote": "not in the text"},
    ),
}


async def test_what_the_text_does_not_bear_out_is_refused_and_leaves_no_trace(own_database: str) -> None:
    async with curating(own_database) as client:
        claim = await a_figure(client)
        body = {
            "article": claim["article"]["slug"],
            "predicate": "arrests",
            "quote": claim["evidence"]["selectors"][0]["exact"],
            "value": {},
            "scope": {"place": "kazakhstan", "group": "for this test"},
        }
        before = await rows(own_database)
        for name, (change, expected) in WRONG.items():
            found = pointers(await client.post("/v1/claims", json=body | change), 422)
            assert set(found) == set(expected), name
            for pointer, words in expected.items():
                assert words in found[pointer], name
        assert await rows(own_database) == before
        assert (await client.post("/v1/claims", json=body)).status_code == 201, "without the errors it holds"


MALFORMED: list[tuple[Any, set[str]]] = [
    ({}, {"/article", "/predicate"}),
    ([], {""}),
    (5, {""}),
    ("claim", {""}),
    ({"article": 5, "predicate": ["arrests"]}, {"/article", "/predicate"}),
    ({"article": "a", "predicate": "b", "nonesuch": 1}, {"/nonesuch"}),
    ({"article": "a", "predicate": "b", "quote": "x" * 6000}, {"/quote"}),
    ({"article": "a", "predicate": "b", "quote": "x\0y"}, {"/quote"}),
    ({"article": "a", "predicate": "b", "value": {"amount": "7939"}}, {"/value/amount"}),
    ({"article": "a", "predicate": "b", "value": {"amount": True}}, {"/value/amount"}),
    ({"article": "a", "predicate": "b", "value": {"qualifier": "roughly"}}, {"/value/qualifier"}),
    ({"article": "a", "predicate": "b", "modality": "certain"}, {"/modality"}),
    ({"article": "a", "predicate": "b", "time": {"start": "10 January"}}, {"/time/start"}),
    ({"article": "a", "predicate": "b", "attribution": [{"cue": "said"}]}, {"/attribution/0/name"}),
    ({"article": "a", "predicate": "b", "scope": {"of": "the first one"}}, {"/scope/of"}),
    ({"article": "a", "predicate": "b", "start": -1}, {"/start"}),
    (
        {"article": "a", "predicate": "b", "evidence": {"selectors": [{"type": "XPathSelector"}]}},
        {"/evidence/selectors/0/type"},
    ),
]


async def test_a_body_that_is_no_claim_is_400_with_every_place(own_database: str) -> None:
    async with curating(own_database) as client:
        for body, expected in MALFORMED:
            assert set(pointers(await client.post("/v1/claims", json=body), 400)) == expected, body
        raw = await client.post(
            "/v1/claims", content=b'{"article": 1e999}', headers={"Content-Type": "application/json"}
        )
        assert raw.status_code == 400
        half = b'{"article": "a", "predicate": 5, "quote": "\\ud800", "\\udfff": {"\\ud800": "\\ud800"}}'
        found = pointers(
            await client.post("/v1/claims", content=half, headers={"Content-Type": "application/json"}), 400
        )
        assert set(found) == {"/predicate", "/quote", "/?", "/?/?"}
        for depth in (50, 300, 600, 900, 100_000):
            deep = b'{"article": ' + b"[" * depth + b"]" * depth + b"}"
            answer = await client.post(
                "/v1/claims", content=deep, headers={"Content-Type": "application/json"}
            )
            assert answer.status_code == 400, depth
        form = await client.post("/v1/claims", data={"article": "a"})
        assert form.status_code == 415


async def test_evidence_can_be_given_as_selectors(own_database: str) -> None:
    async with curating(own_database) as client:
        text = await article_text(client)
        word = next(one for one in text.split() if text.count(one) > 2 and len(one) > 3)
        first = text.index(word)
        body = {"article": ARTICLE, "predicate": "meeting", "subject_text": "nobody in particular"}

        async def posted(*selectors: Json, **evidence: Any) -> httpx.Response:
            return await client.post(
                "/v1/claims", json=body | {"evidence": {"selectors": list(selectors), **evidence}}
            )

        quote = {"type": "TextQuoteSelector", "exact": word}
        position = {"type": "TextPositionSelector", "start": first, "end": first + len(word)}
        assert "/evidence/selectors" in pointers(await posted(quote), 422)
        assert "/evidence/selectors/0" in pointers(await posted(quote | {"exact": f"x{word}"}, position), 422)
        wrong = {"type": "TextPositionSelector", "start": 5, "end": 10_000_000}
        assert "/evidence/selectors/0" in pointers(await posted(wrong), 422)
        other = await posted(position, article_sha256="0" * 64)
        assert "/evidence/article_sha256" in pointers(other, 422)
        around = quote | {
            "prefix": text[max(0, first - 20) : first],
            "suffix": text[first + len(word) :][:20],
        }
        made = await posted(around)
        assert made.status_code == 201, made.text
        assert made.json()["evidence"]["selectors"][1] == position
        # the same words again are the same claim
        assert (await posted(position)).status_code == 409


async def test_a_patch_changes_what_it_names_and_checks_the_whole(own_database: str) -> None:
    async with curating(own_database) as client:
        claim = await a_figure(client)
        path = f"/v1/claims/{claim['id']}"
        patch = {"statement": "Said in other words.", "scope": {"group": "for this test"}, "time": None}
        answer = await client.patch(
            path,
            json=patch,
            headers={**await tag(client, path), "Content-Type": "application/merge-patch+json"},
        )
        assert answer.status_code == 200, answer.text
        after = answer.json()
        assert after["statement"] == "Said in other words."
        assert after["scope"] == claim["scope"] | {"group": "for this test"}
        assert after["time"] is None
        for name in ("id", "predicate", "value", "attribution", "evidence", "recorded_at"):
            assert after[name] == claim[name]
        shown = await client.get(path)
        assert shown.json() == after
        assert shown.headers["etag"] == answer.headers["etag"]

        tagged = await tag(client, path)
        before = await rows(own_database)
        for wrong, status, pointer in [
            ({"value": {"amount": 31}}, 422, "/value/amount"),
            ({"article": "authority-speaks-of-criminals"}, 422, None),
            ({"predicate": None}, 400, "/predicate"),
            ({"id": "other"}, 400, "/id"),
            ({"quote": None}, 422, "/quote"),
            ([], 400, ""),
        ]:
            refused = await client.patch(path, json=wrong, headers=tagged)
            found = pointers(refused, status)
            assert pointer is None or pointer in found
        assert await rows(own_database) == before


async def test_an_amount_can_be_corrected_with_its_words(own_database: str) -> None:
    """Bounds follow the figure; they need not be sent along."""
    async with curating(own_database) as client:
        found = await items(client, "/v1/claims", predicate="arrests", limit=100)
        claim = next(one for one in found if one["value"]["qualifier"] == "exact" and one["value"]["amount"])
        path = f"/v1/claims/{claim['id']}"
        patch = {"value": {"qualifier": "at_least"}}
        answer = await client.patch(path, json=patch, headers=await tag(client, path))
        assert answer.status_code == 200, answer.text
        value = answer.json()["value"]
        assert (value["lower"], value["upper"]) == (claim["value"]["amount"], None)


async def test_a_change_says_of_which_state_it_is(own_database: str) -> None:
    async with curating(own_database) as client:
        claim = await a_figure(client)
        path = f"/v1/claims/{claim['id']}"
        stale = await tag(client, path)
        before = await rows(own_database)
        assert (await client.patch(path, json={"statement": "Said in haste."})).status_code == 428
        assert (await client.delete(path)).status_code == 428
        for header in ('"0123456789abcdef01234567"', "W/" + stale["If-Match"], "nonsense"):
            refused = await client.delete(path, headers={"If-Match": header})
            assert refused.status_code == 412, header
        assert await rows(own_database) == before
        fresh = await client.patch(path, json={"statement": "Said first."}, headers=stale)
        assert fresh.status_code == 200
        late = await client.patch(path, json={"statement": "Said too late."}, headers=stale)
        assert late.status_code == 412
        listed = f'"0123", {fresh.headers["etag"]}'
        again_ = await client.patch(path, json={"statement": "Said again."}, headers={"If-Match": listed})
        assert again_.status_code == 200
        anyway = await client.patch(path, json={"statement": "Said anyway."}, headers={"If-Match": "*"})
        assert anyway.status_code == 200


async def test_a_claim_that_was_taken_back_is_gone_and_not_forgotten(own_database: str) -> None:
    async with curating(own_database) as client:
        claim = await a_figure(client)
        path = f"/v1/claims/{claim['id']}"
        answer = await client.delete(path, params={"reason": "read wrongly"}, headers=await tag(client, path))
        assert (answer.status_code, answer.content) == (204, b"")
        gone = await client.get(path)
        assert gone.status_code == 410
        assert "read wrongly" in gone.json()["detail"]
        assert f"{path}/history" in gone.json()["detail"]
        assert (await client.head(path)).status_code == 410
        for again_ in (
            await client.patch(path, json={"statement": "Said anyway."}, headers={"If-Match": "*"}),
            await client.delete(path, headers={"If-Match": "*"}),
        ):
            assert again_.status_code == 410
        (last, *_) = await items(client, f"{path}/history")
        assert (last["action"], last["actor"], last["reason"]) == ("deleted", "editor", "read wrongly")
        assert last["before"] == claim
        assert last["after"] is None
        listed = await items(client, "/v1/claims", limit=100, article=claim["article"]["slug"])
        assert claim["id"] not in {one["id"] for one in listed}


async def test_the_parts_of_a_claim_that_is_taken_back_stand_alone(own_database: str) -> None:
    async with curating(own_database) as client:
        found = await items(client, "/v1/claims", limit=100)
        part = next(one for one in found if one["scope"]["of"])
        path = f"/v1/claims/{part['scope']['of']}"
        circle = await client.patch(path, json={"scope": {"of": part["id"]}}, headers=await tag(client, path))
        assert "/scope/of" in pointers(circle, 422)
        assert (await client.delete(path, headers=await tag(client, path))).status_code == 204
        alone = await got(client, f"/v1/claims/{part['id']}")
        assert alone["scope"]["of"] is None
        (last, *_) = await items(client, f"/v1/claims/{part['id']}/history")
        assert (last["action"], last["before"], last["after"]) == ("updated", part, alone)


async def test_without_a_claim_there_is_nothing_to_change(own_database: str) -> None:
    async with curating(own_database) as client:
        path = f"/v1/claims/{uuid.uuid4()}"
        headers = {"If-Match": "*"}
        assert (await client.patch(path, json={"statement": "Said."}, headers=headers)).status_code == 404
        assert (await client.delete(path, headers=headers)).status_code == 404
        assert (await client.delete("/v1/claims/a-slug", headers=headers)).status_code == 400
        wrong_type = await client.patch(
            path, content=b"{}", headers={**headers, "Content-Type": "text/plain"}
        )
        assert wrong_type.status_code == 415
        assert "application/merge-patch+json" in wrong_type.headers["accept-patch"]


async def test_writing_needs_a_key_that_allows_it(own_database: str) -> None:
    async with curating(own_database, "ingest") as client:
        claim = await a_figure(client)
        key = client.headers.pop("Authorization")
        other = f"Bearer {await make_key(own_database, 'reader of mail', 'ingest')}"
        writes = [
            ("POST", "/v1/claims", "ingest"),
            ("PATCH", f"/v1/claims/{claim['id']}", "curate"),
            ("DELETE", f"/v1/claims/{claim['id']}", "curate"),
            ("POST", "/v1/entities", "curate"),
            ("PATCH", "/v1/entities/almaty", "curate"),
            ("POST", "/v1/entities/almaty/aliases", "curate"),
            ("DELETE", "/v1/entities/almaty/aliases?text=Alma-Ata", "curate"),
            ("POST", "/v1/entities/almaty/merge", "curate"),
            ("POST", "/v1/entities/almaty/split", "curate"),
            ("POST", f"/v1/reviews/{uuid.uuid4()}/accept", "curate"),
            ("POST", f"/v1/reviews/{uuid.uuid4()}/reject", "curate"),
        ]
        before = await rows(own_database)
        for method, path, scope in writes:
            for given in ({}, {"Authorization": "Basic Zm9v"}, {"Authorization": "Bearer fl_unknown"}):
                answer = await client.request(method, path, json={}, headers=given)
                assert answer.status_code == 401, (method, path)
                assert answer.headers["www-authenticate"] == "Bearer"
            if scope == "curate":
                for one in (key, other):
                    answer = await client.request(method, path, json={}, headers={"Authorization": one})
                    assert answer.status_code == 403, (method, path)
                    assert f"`{scope}`" in answer.json()["detail"]
        assert await rows(own_database) == before


async def test_a_claim_as_it_was_read_can_be_edited_and_sent_back_as_a_whole(own_database: str) -> None:
    async with curating(own_database) as client:
        claim = await a_figure(client)
        path = f"/v1/claims/{claim['id']}"
        read = await got(client, path)
        sent = await client.patch(
            path, json=read | {"statement": "In other words"}, headers={"If-Match": "*"}
        )
        assert sent.status_code == 200, sent.text
        now = sent.json()
        assert {name for name in read if read[name] != now[name]} <= {"statement", "provenance"}
        assert now["statement"] == "In other words"
        other = await client.patch(path, json={"reported_at": "2020-01-01"}, headers={"If-Match": "*"})
        assert "/reported_at" in pointers(other, 400)
