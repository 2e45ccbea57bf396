"""Articles and sources over HTTP."""

import hashlib
import itertools
from typing import Any

import httpx
import pytest

from tests.conftest import SEEDS
from tests.web.test_listing import walk

Json = dict[str, Any]


async def test_an_article_has_its_text_its_hash_and_what_was_drawn_from_it(client: httpx.AsyncClient) -> None:
    for summary in await walk(client, "/v1/articles"):
        article = (await client.get(f"/v1/articles/{summary['slug']}")).json()
        assert {name: article[name] for name in summary} == summary
        text = (SEEDS / "articles" / f"{article['slug']}.txt").read_text(encoding="utf-8").strip()
        assert article["text"] == text
        assert article["sha256"] == hashlib.sha256(text.encode()).hexdigest()
        assert article["length"] == len(text)
        claims = await walk(client, f"/v1/articles/{article['slug']}/claims", limit=100)
        mentions = await walk(client, f"/v1/articles/{article['slug']}/mentions", limit=100)
        assert article["counts"] == {
            "claims": len(claims),
            "mentions": len(mentions),
            "entities": len({mention["entity"]["id"] for mention in mentions}),
            "facts": len({claim["fact"]["id"] for claim in claims}),
        }


async def test_claims_and_mentions_come_in_the_order_of_the_text(client: httpx.AsyncClient) -> None:
    slug = "nearly-1700-detained"
    mentions = await walk(client, f"/v1/articles/{slug}/mentions", limit=100)
    starts = [mention["start"] for mention in mentions]
    assert starts == sorted(starts)
    assert all(a["end"] <= b["start"] for a, b in itertools.pairwise(mentions)), "no overlaps"
    only = await walk(client, f"/v1/articles/{slug}/mentions", entity="kazakhstan", limit=100)
    assert only == [mention for mention in mentions if mention["entity"]["slug"] == "kazakhstan"]
    claims = await walk(client, f"/v1/articles/{slug}/claims", limit=100)
    assert claims
    assert {claim["article"]["slug"] for claim in claims} == {slug}


async def test_a_date_that_was_inferred_says_from_which_words(client: httpx.AsyncClient) -> None:
    for article in await walk(client, "/v1/articles"):
        assert article["published_basis"] in {"given", "inferred"}
        assert (article["published_note"] is not None) == (article["published_basis"] == "inferred")
        assert len(article["published_at"]) == len("2022-01-12"), "no time of day that nobody knows"


@pytest.mark.parametrize(
    ("filters", "slugs"),
    [
        ({"source": "top-channel"}, {"csto-troops-to-leave"}),
        ({"published_from": "2022-01-13"}, {"nearly-1700-detained"}),
        ({"published_to": "2022-01-10"}, {"military-alliance-consults"}),
        (
            {"published_from": "2022-01-11", "published_to": "2022-01-11"},
            {"protesters-arrested-unrest-subsides"},
        ),
        ({"q": "markets"}, {"military-alliance-consults"}),
        ({"q": '"ten days"'}, {"csto-troops-to-leave"}),
        ({"entity": "karim-masimov"}, {"csto-troops-to-leave"}),
    ],
)
async def test_a_filter_finds_the_articles_that_meet_it(
    client: httpx.AsyncClient, filters: Json, slugs: set[str]
) -> None:
    assert {article["slug"] for article in await walk(client, "/v1/articles", **filters)} == slugs


async def test_sources_count_their_articles(client: httpx.AsyncClient) -> None:
    sources = await walk(client, "/v1/sources")
    assert sum(source["articles"] for source in sources) == 5
    for source in sources:
        assert (await client.get(f"/v1/sources/{source['slug']}")).json() == source
        assert (await client.get(f"/v1/sources/{source['id']}")).json() == source
