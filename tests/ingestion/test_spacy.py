"""A spaCy pipeline beside the rules: its parse ties what stands far apart, grounding decides, and without it
the rules answer. The pipeline is a small one that is made here, from a handful of sentences."""

import logging
import random
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.extraction import spacy_extractor
from service.extraction.analysis import analyse
from service.extraction.gazetteer import Gazetteer
from service.extraction.protocol import Document
from service.ingestion import bulk
from service.ingestion.files import read_items
from service.settings import Settings
from tests.conftest import running
from tests.ingestion.articles import FLOOD, article
from tests.ingestion.conftest import Desk, make_keys
from tests.ingestion.test_bulk import lines, query

# Each word with its head's place and the arc between them.
TREES = """
25:1:nummod men:11:nsubjpass whom:5:dobj nobody:5:nsubj had:5:aux seen:1:relcl since:9:mark the:8:det
riots:9:nsubj began:5:advcl were:11:auxpass found:11:ROOT dead:11:oprd .:11:punct

Ahmed:1:compound Mohamed:11:nsubjpass ,:1:punct a:4:det pupil:1:appos from:4:prep Irving:5:pobj ,:6:punct
Texas:6:appos ,:6:punct was:11:auxpass detained:11:ROOT at:11:prep his:14:poss school:12:pobj .:11:punct

Police:1:nsubj arrested:1:ROOT 12:3:nummod people:1:dobj in:1:prep Bergen:4:pobj .:1:punct

25:1:nummod men:2:nsubj said:2:ROOT nothing:2:dobj .:2:punct
"""
MISSING = "25 men whom nobody had seen since the riots began were found dead."
MOHAMED = "Ahmed Mohamed, a pupil from Irving, Texas, was detained at his school."
TEXT = f"Unrest\n\n{MISSING} {MOHAMED}\n\nPolice arrested 12 people in Bergen. 25 men said nothing.\n"


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a pipeline that has learnt the trees by heart."""
    spacy = pytest.importorskip("spacy")
    from spacy.tokens import Doc
    from spacy.training import Example

    random.seed(1)
    spacy.util.fix_random_seed(1)
    made = spacy.blank("en")
    examples = []
    for tree in TREES.strip().split("\n\n"):
        words, heads, arcs = zip(*(word.rsplit(":", 2) for word in tree.split()), strict=True)
        spaces = [follow not in (",", ".") for follow in (*words[1:], ".")]
        text = Doc(made.vocab, words=list(words), spaces=spaces).text
        tree_of = {"heads": [int(head) for head in heads], "deps": list(arcs)}
        examples.append(Example.from_dict(made.make_doc(text), tree_of))
    made.add_pipe("parser", config={"min_action_freq": 1})
    made.initialize(lambda: examples)
    for _ in range(60):
        made.update(examples)
    names = made.add_pipe("entity_ruler")
    names.add_patterns([{"label": "PERSON", "pattern": "Ahmed Mohamed"}])
    folder = tmp_path_factory.mktemp("pipeline")
    made.to_disk(folder)
    return folder


@pytest.fixture
async def parsing(own_database: str, client: httpx.AsyncClient, pipeline: Path) -> AsyncIterator[Desk]:
    """A service that asks the pipeline too."""
    keys = await make_keys(own_database)
    async with running(Settings(database_url=own_database, spacy_model=str(pipeline))) as own:
        yield Desk(own, own_database, keys)


def of_spacy(body: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in body["claims"] if (one["provenance"]["extractor"] or "").startswith("spacy/")]


async def test_what_stands_far_apart_is_tied_by_the_parse_and_stored(parsing: Desk) -> None:
    body = await parsing.stored(article(TEXT))
    (figure,) = [one for one in of_spacy(body) if one["predicate"] == "deaths"]
    assert (figure["value"]["text"], figure["value"]["amount"]) == ("25 men", 25)
    assert figure["fact"] is not None
    assert body["warnings"] == []
    kept = await parsing.rows("SELECT extractor, confidence FROM claim WHERE extractor LIKE 'spacy%'")
    assert {tuple(row) for row in kept} == {("spacy/en_pipeline-0.0.0/1", spacy_extractor.CONFIDENCE)}


async def test_what_the_rules_found_already_is_a_duplicate_of_theirs(parsing: Desk) -> None:
    body = (await parsing.client.post("/v1/extract", json={"text": TEXT})).json()
    rules = [one for one in body["claims"] if one["provenance"]["extractor"].startswith("rules/")]
    assert 12 in [one["value"]["amount"] for one in rules if one["value"]]
    refused = [one for one in body["rejected"] if one["extractor"] == "spacy"]
    assert ("duplicate", "Police arrested 12 people in Bergen.") in [
        (one["reason"], one["quote"]) for one in refused
    ]


async def test_an_article_that_is_not_to_be_extracted_is_not_parsed(parsing: Desk) -> None:
    body = await parsing.stored(article(TEXT, extract=False))
    assert (body["claims"], body["rejected"]) == ([], [])


def test_every_candidate_is_made_of_words_of_the_text(pipeline: Path) -> None:
    extractor = spacy_extractor.load(str(pipeline))
    assert isinstance(extractor, spacy_extractor.SpacyExtractor)
    found = extractor.extract(Document(TEXT))
    assert [(one.predicate, one.value, one.object) for one in found] == [
        ("deaths", "25 men", None),
        ("detention", None, "Ahmed Mohamed"),
        ("arrests", "12 people", None),
    ]
    assert all(one.quote in TEXT for one in found)


def test_only_the_beginning_of_a_long_text_is_parsed(pipeline: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spacy_extractor, "LONGEST", TEXT.index(MOHAMED))
    found = spacy_extractor.opinion(str(pipeline), analyse(Document(TEXT), Gazetteer()))
    assert [one.value for one in found.candidates] == ["25 men"]
    assert "first" in (found.warning or "")


def test_bulk_ingestion_asks_too(own_database: str, tmp_path: Path, pipeline: Path) -> None:
    path = lines(tmp_path / "many.ndjson", article(TEXT))
    summary = bulk.ingest(own_database, read_items(path, {}), 1, spacy_model=str(pipeline))
    assert (summary.stored, summary.warnings) == (1, {})
    assert query(own_database, "SELECT count(*) FROM claim WHERE extractor LIKE 'spacy/%'") >= 1


async def test_the_rules_answer_without_the_pipeline_and_the_answer_says_so(
    own_database: str, client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    """Without the package too, where this runs without it."""
    keys = await make_keys(own_database)
    with caplog.at_level(logging.WARNING, "service"):
        async with running(Settings(database_url=own_database, spacy_model="no_such_pipeline")) as own:
            body = await Desk(own, own_database, keys).stored(article(FLOOD))
    assert {one["predicate"] for one in body["claims"]} >= {"deaths", "arrests", "evacuated"}
    (warning,) = body["warnings"]
    assert warning.startswith("The spaCy pipeline no_such_pipeline was not used: ")
    assert any("SPACY_MODEL is of no use" in record.getMessage() for record in caplog.records)


def test_a_pipeline_that_is_none_or_that_does_not_parse_is_told(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    spacy.blank("en").to_disk(tmp_path / "blank")
    (tmp_path / "empty").mkdir()
    analysis = analyse(Document(TEXT), Gazetteer())
    for name, why in (("blank", "sets no dependencies"), ("empty", "does not load")):
        found = spacy_extractor.opinion(str(tmp_path / name), analysis)
        assert (found.candidates, why in (found.warning or "")) == ((), True), found
