"""Which texts repeat which: the keys that find them, and the share that decides."""

import random

import pytest

from service.ingestion.reprints import REPRINT
from service.ingestion.sketches import overlap, shingles, sketch_of
from tests.ingestion.articles import FLOOD, STRIKE, article
from tests.ingestion.articles import REPRINT as REPRINTED
from tests.ingestion.conftest import Desk

WORDS = [
    f"{first}{second}" for first in "ba ko li mer tus".split() for second in "na re vi dos lat pum".split()
]


def prose(seed: int, sentences: int = 40) -> list[str]:
    pick = random.Random(seed)
    return [" ".join(pick.choices(WORDS, k=12)).capitalize() + "." for _ in range(sentences)]


def shared_keys(one: str, other: str) -> int:
    return len(set(sketch_of(one)) & set(sketch_of(other)))


def test_the_share_is_that_of_common_runs_of_words() -> None:
    assert overlap(shingles(FLOOD), shingles(FLOOD)) == 1
    assert overlap(shingles(FLOOD), shingles(STRIKE)) == 0
    assert overlap(shingles("a b c d e f"), shingles("b c d e f g")) == 1 / 3
    assert REPRINT < overlap(shingles(FLOOD), shingles(REPRINTED)) < 1


@pytest.mark.parametrize(
    "change", [str.upper, lambda text: text.replace(" ", " \n"), lambda text: f"“{text}”"]
)
def test_case_lines_and_punctuation_do_not_count(change: object) -> None:
    assert callable(change)
    assert sketch_of(change(FLOOD)) == sketch_of(FLOOD)


@pytest.mark.parametrize("text", ["", "!", "one", "one two three", "one two three four five six"])
def test_short_texts_have_keys_too(text: str) -> None:
    assert len(sketch_of(text)) == len(sketch_of(FLOOD))
    assert all(-(2**63) <= one < 2**63 for one in sketch_of(text))
    assert sketch_of(text) == sketch_of(text)


def test_texts_that_share_most_of_their_words_share_a_key() -> None:
    found = {True: 0, False: 0}
    for seed in range(200):
        text, other = prose(seed), prose(1000 + seed)
        dropped = seed % 20
        one, edited = " ".join(text), " ".join(text[: 40 - dropped] + other[: dropped // 3])
        share = overlap(shingles(one), shingles(edited))
        if share >= 0.7:
            assert shared_keys(one, edited) > 0, (seed, share)
        elif share >= REPRINT:
            found[shared_keys(one, edited) > 0] += 1
    assert found[True] > 20
    assert found[False] <= found[True] / 9


def test_a_common_ending_brings_nothing_up() -> None:
    ending = " ".join(prose(1, 3))
    texts = [" ".join(prose(seed)) + ending for seed in range(2, 60)]
    pairs = [(one, other) for at, one in enumerate(texts) for other in texts[:at]]
    assert sum(shared_keys(*pair) > 0 for pair in pairs) < len(pairs) / 100


async def test_a_reprint_of_a_reprint_is_one_of_the_original(desk: Desk) -> None:
    sentences = prose(1)
    first = await desk.stored(article(" ".join(sentences), title="First"))
    second = await desk.stored(article(" ".join(sentences[8:]), title="Second"))
    third = await desk.stored(article(" ".join(sentences[18:]), title="Third"))
    assert overlap(shingles(" ".join(sentences)), shingles(" ".join(sentences[18:]))) > REPRINT
    for one in (second, third):
        assert one["article"]["reprint_of"]["slug"] == first["article"]["slug"] == "first"


async def test_texts_of_one_template_are_no_reprints(desk: Desk) -> None:
    weather = "Today it will be {} in {}. Winds from {} bring {} by the evening, and the night stays {}."
    await desk.stored(article(weather.format("dry", "Oslo", "the north", "snow", "cold")))
    other = await desk.stored(article(weather.format("wet", "Lima", "the sea", "rain", "mild")))
    assert other["article"]["reprint_of"] is None


async def test_what_only_one_text_knows_its_reprint_tells_too(desk: Desk) -> None:
    """Claims without place or participants belong to the facts of their text, not to a second set of them."""
    text = " ".join(["At least 12 people were killed and 300 injured in the flood on Tuesday.", *prose(3)])
    first = await desk.stored(article(text))
    again = await desk.stored(article(f"{text} More later.", source="The Reprinter"))
    assert again["article"]["reprint_of"]["slug"] == first["article"]["slug"]
    facts = {one["predicate"]: one["fact"] for one in first["claims"]}
    assert {"deaths", "injuries"} <= set(facts)
    assert {one["predicate"]: one["fact"] for one in again["claims"]} == facts
    deaths = await desk.get(f"/v1/facts/{facts['deaths']['slug']}")
    assert (deaths["agreement"]["articles"], deaths["agreement"]["independent_attributions"]) == (2, 1)
    other = await desk.stored(article(f"{' '.join(prose(4))} At least 12 people were killed on Tuesday."))
    assert other["claims"][0]["fact"] != facts["deaths"], "another text's dead are others"
