"""Whom the words that name a speaker mean, in claims by hand."""

import uuid

import pytest

from service.claims.evidence import Found
from service.curation.speakers import Named, meant
from tests.curation.helpers import curating, got

TEXT = "The Tana Red Cross, citing Governor Ali Omar of Tana county, said 12 had died."
CROSS, OMAR, TANA = uuid.UUID(int=1), uuid.UUID(int=2), uuid.UUID(int=3)
NEAR = Found(100, 100 + len(TEXT), TEXT)


def at(surface: str, entity: uuid.UUID, kind: str) -> Named:
    start = TEXT.index(surface) + NEAR.start
    return Named(start, start + len(surface), entity, kind)


NAMED = [
    at("Tana Red Cross", CROSS, "organization"),
    at("Ali Omar", OMAR, "person"),
    at("Tana county", TANA, "place"),
]


@pytest.mark.parametrize(
    ("words", "entity"),
    [
        ("Tana Red Cross", CROSS),
        ("The Tana Red Cross", CROSS),
        ("Governor Ali Omar", OMAR),
        ("Governor Ali Omar of Tana county", OMAR),
        ("Governor", None),
        ("Tana Red", None),
        ("citing Governor Ali Omar of Tana", OMAR),
        ("Red Cross", None),
        ("a spokesman for the moon", None),
    ],
)
def test_a_speaker_is_who_is_named_by_the_words(words: str, entity: uuid.UUID | None) -> None:
    assert meant(NEAR, words, NAMED) == entity


async def test_a_claim_by_hand_is_no_second_voice_of_whom_the_article_quotes(own_database: str) -> None:
    """Somebody who notes a claim again in other words, without saying which entity the speaker is, does not
    make one source two."""
    text = "At least 12 people have died in a flood in Nordhafen, the Hartland Red Cross said.\n"
    async with curating(own_database, "curate", "ingest") as client:
        sent = {"text": text, "source": "Harbour Post", "published_at": "2024-05-06"}
        stored = (await client.post("/v1/articles", json=sent)).json()
        (told,) = (one for one in stored["claims"] if one["predicate"] == "deaths")
        (speaker,) = told["attribution"]
        assert speaker["entity"] is not None
        body = {
            "article": stored["article"]["slug"],
            "predicate": "deaths",
            "quote": "At least 12 people have died",
            "value": {"amount": 12},
            "scope": {"place": told["scope"]["place"], "extent": told["scope"]["extent"]},
            "time": {"start": told["time"]["start"]},
            "attribution": [{"name": speaker["name"], "cue": "said"}],
        }
        made = await client.post("/v1/claims", json=body)
        assert made.status_code == 201, made.text
        assert made.json()["attribution"][0]["entity"] == speaker["entity"]
        assert made.json()["fact"] == told["fact"]
        agreement = (await got(client, f"/v1/facts/{told['fact']['slug']}"))["agreement"]
        assert (agreement["claims"], agreement["independent_attributions"]) == (2, 1)
        assert agreement["status"] == "single_source"
