"""Claims on news written for the purpose: the notation heads evaluation/data/development.yaml."""

import pytest

from evaluation.news import PARTS, extract, measure, precision, read_news, recall
from service.extraction.grounding import own_vocabulary


@pytest.mark.parametrize("part", PARTS)
def test_figures_are_read_and_nothing_else_is(part: str) -> None:
    counts, _ = measure(part)
    assert precision(counts, "quantity") >= 0.92
    assert recall(counts, "quantity") >= (0.75 if part == "unseen" else 0.80)


@pytest.mark.parametrize("part", PARTS)
def test_every_quote_stands_at_its_offsets(part: str) -> None:
    for news in read_news(part):
        for claim in extract(news, own_vocabulary())[1]:
            assert news.text[claim.start : claim.end] == claim.quote
