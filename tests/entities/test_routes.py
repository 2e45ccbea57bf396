"""Entities over HTTP: names found in any spelling, and everything about an entity."""

from typing import Any

import httpx
import pytest

from tests.web.test_listing import walk

Json = dict[str, Any]

TOKAYEV = "kassym-jomart-tokayev"
NAZARBAYEV = "nursultan-nazarbayev"
CSTO = "collective-security-treaty-organization"


async def search(client: httpx.AsyncClient, q: str, **params: str) -> list[Json]:
    answer = await client.get("/v1/entities", params={"q": q, **params})
    assert answer.status_code == 200, answer.text
    found: list[Json] = answer.json()["items"]
    return found


@pytest.mark.parametrize(
    ("q", "slug"),
    [
        # spellings that no list has
        ("Tokajew", TOKAYEV),
        ("Qasım-Jomart Toqayev", TOKAYEV),
        ("Токаев", TOKAYEV),
        ("Касым-Жомарт Токаев", TOKAYEV),
        ("Kassim Zhomart Tokaev", TOKAYEV),
        ("Nasarbajew", NAZARBAYEV),
        ("Nazarbaev Nursultan", NAZARBAYEV),
        # typing errors, missing diacritics, other case
        ("tokayve", TOKAYEV),
        ("Tokaeyv", TOKAYEV),
        ("NAZARBAYEV", NAZARBAYEV),
        ("Nursultan Nazarbyev", NAZARBAYEV),
        ("Kazahkstan", "kazakhstan"),
        ("Kirgistan", "kyrgyzstan"),
        # acronyms, short forms, former names
        ("csto", CSTO),
        ("C.S.T.O.", CSTO),
        ("ODKB", CSTO),
        ("ОДКБ", CSTO),
        ("Putin", "vladimir-putin"),
        ("Masimov", "karim-masimov"),
        ("KNB", "national-security-committee-of-kazakhstan"),
        ("Alma-Ata", "almaty"),
        ("nur sultan", "astana"),
        ("interior ministry", "interior-ministry-of-kazakhstan"),
    ],
)
async def test_a_name_finds_its_entity_first(client: httpx.AsyncClient, q: str, slug: str) -> None:
    found = await search(client, q)
    assert found, f"{q!r} finds nobody"
    assert found[0]["slug"] == slug
    aliases = {alias["text"] for alias in (await client.get(f"/v1/entities/{slug}")).json()["aliases"]}
    assert found[0]["matched"] in aliases
    assert 0 < found[0]["score"] <= 1
    assert found == sorted(found, key=lambda one: -one["score"])


@pytest.mark.parametrize("q", ["Tokyo", "Tokelau", "Karimov Islam", "zyzzyva", "12", "...", "of the"])
async def test_another_name_does_not_find_somebody_else(client: httpx.AsyncClient, q: str) -> None:
    slugs = {one["slug"] for one in await search(client, q)}
    assert not slugs & {TOKAYEV, NAZARBAYEV, "kazakhstan", CSTO}


async def test_an_exact_alias_scores_one_and_a_likeness_less(client: httpx.AsyncClient) -> None:
    exact, close = (await search(client, "Tokayev"))[0], (await search(client, "Tokayeff"))[0]
    assert (exact["slug"], exact["score"], exact["matched"]) == (TOKAYEV, 1, "Tokayev")
    assert close["slug"] == TOKAYEV
    assert close["score"] < 1


async def test_a_kind_narrows_a_search(client: httpx.AsyncClient) -> None:
    kinds = {one["kind"] for one in await search(client, "Kazakhstan")}
    assert {"place", "organization"} <= kinds
    assert {one["kind"] for one in await search(client, "Kazakhstan", kind="place")} == {"place"}


async def test_without_a_query_all_are_listed_by_name_without_scores(client: httpx.AsyncClient) -> None:
    found = await walk(client, "/v1/entities", limit=100)
    assert {one["score"] for one in found} == {None}
    assert {one["matched"] for one in found} == {None}
    people = await walk(client, "/v1/entities", limit=100, kind="person")
    assert people == [one for one in found if one["kind"] == "person"]


async def test_one_entity_has_every_way_to_write_it(client: httpx.AsyncClient) -> None:
    entity = (await client.get(f"/v1/entities/{TOKAYEV}")).json()
    kinds = {alias["kind"] for alias in entity["aliases"]}
    assert {"name", "spelling", "short", "native"} <= kinds
    assert entity["aliases"][0] == {"text": entity["name"], "kind": "name", "language": None}
    assert (await client.get(f"/v1/entities/{entity['id']}")).json() == entity


async def test_counts_are_those_of_the_lists(client: httpx.AsyncClient) -> None:
    for slug in (TOKAYEV, "almaty", CSTO):
        counts = (await client.get(f"/v1/entities/{slug}")).json()["counts"]
        claims = await walk(client, f"/v1/entities/{slug}/claims", limit=100)
        mentions = await walk(client, f"/v1/entities/{slug}/mentions", limit=100)
        assert counts["claims"] == len(claims)
        assert counts["mentions"] == len(mentions)
        assert counts["articles"] == len({mention["article"]["id"] for mention in mentions})


async def test_the_claims_of_an_entity_are_those_in_which_it_has_a_role(client: httpx.AsyncClient) -> None:
    def roles(claim: Json) -> set[str]:
        held = {
            role for role in ("subject", "object", "complement") if (claim[role] or {}).get("slug") == CSTO
        }
        place = (claim["scope"]["place"] or {}).get("slug") == CSTO
        speaks = any((link["entity"] or {}).get("slug") == CSTO for link in claim["attribution"])
        return held | ({"place"} if place else set()) | ({"speaker"} if speaks else set())

    claims = await walk(client, f"/v1/entities/{CSTO}/claims", limit=100)
    assert claims == await walk(client, "/v1/claims", entity=CSTO, limit=100)
    assert all(roles(claim) for claim in claims)
    for role in ("subject", "object", "speaker"):
        found = await walk(client, f"/v1/entities/{CSTO}/claims", role=role, limit=100)
        assert {claim["id"] for claim in found} == {claim["id"] for claim in claims if role in roles(claim)}
        assert found


async def test_mentions_point_to_the_very_words(client: httpx.AsyncClient) -> None:
    texts: dict[str, str] = {}
    for mention in await walk(client, f"/v1/entities/{TOKAYEV}/mentions", limit=100):
        slug = mention["article"]["slug"]
        if slug not in texts:
            texts[slug] = (await client.get(f"/v1/articles/{slug}")).json()["text"]
        assert texts[slug][mention["start"] : mention["end"]] == mention["surface"]


async def test_related_entities_share_claims_or_articles(client: httpx.AsyncClient) -> None:
    related = await walk(client, f"/v1/entities/{NAZARBAYEV}/related", limit=100)
    assert NAZARBAYEV not in {one["entity"]["slug"] for one in related}
    counts = {one["entity"]["slug"]: one for one in related}
    both = await walk(client, "/v1/claims", entity=NAZARBAYEV, limit=100)
    with_tokayev = [
        claim
        for claim in both
        if TOKAYEV in {(claim[role] or {}).get("slug") for role in ("subject", "object", "complement")}
        or TOKAYEV in {(link["entity"] or {}).get("slug") for link in claim["attribution"]}
    ]
    assert counts[TOKAYEV]["claims"] == len(with_tokayev)
    assert [one["claims"] for one in related] == sorted((one["claims"] for one in related), reverse=True)
    people = await walk(client, f"/v1/entities/{NAZARBAYEV}/related", kind="person")
    assert {one["kind"] for one in people} == {"person"}
