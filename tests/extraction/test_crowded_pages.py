"""Of a page with more elements than an article can have nothing is sought and nothing is lost: what it shows
is taken line by line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.extraction.clean import clean
from service.extraction.gazetteer import Gazetteer
from service.extraction.grounding import own_vocabulary
from service.extraction.pages import MOST_ATTRIBUTES, MOST_ELEMENTS, crowded_from
from service.ingestion.pipeline import Raw, process

SENTENCE = "Police arrested 12 people in Oslo on Monday, the interior ministry said."
CROWD = "<br>" * MOST_ELEMENTS


def crowded(body: str) -> str:
    return f"<html><head><title>Held</title></head><body>{CROWD}{body}</body></html>"


def test_what_a_crowded_page_shows_is_all_there_and_maps_back() -> None:
    raw = crowded(
        "<p>Twelve &amp; more were <b>held</b> in\nOslo.</p><td>5</td><td>killed</td>a < 5 and b > 3"
    )
    cleaned = clean(raw)
    assert cleaned.text.splitlines() == ["Twelve & more were held in Oslo.", "5", "killed", "a < 5 and b > 3"]
    for start, raw_start, length in cleaned.segments:
        assert cleaned.text[start : start + length].split() == raw[raw_start : raw_start + length].split()


@pytest.mark.parametrize("name", ["nav", "footer", "aside", "script", "style", "head"])
def test_what_is_never_the_article_stays_out(name: str) -> None:
    raw = crowded(f"<p>{SENTENCE}</p><{name} class='a'><p>Home</p></{name}><p>{SENTENCE[:30]}</p>")
    assert clean(raw).text.splitlines() == [SENTENCE, SENTENCE[:30]]


def test_what_is_opened_and_never_closed_takes_nothing_along() -> None:
    assert clean(crowded(f"<nav>{'<aside>' * 10}<p>{SENTENCE}")).text == SENTENCE


def test_what_is_commented_out_stays_out() -> None:
    assert (
        clean(crowded(f"<!-- <p>Old</p> --><p>{SENTENCE}</p><script>if (a < 5) '<p>'</script>")).text
        == SENTENCE
    )


def test_menus_are_told_of_as_left_out() -> None:
    removed = clean(crowded(f"<nav><a>Home</a></nav><p>{SENTENCE}</p>")).removed
    assert any("Home" in one.surface and one.reason == "boilerplate" for one in removed)


@pytest.mark.parametrize(
    "menu",
    [
        "<li><a href='/a'>Bread prices rise</a>",
        "<p><A HREF='/a'>Home</A> | <a>World</a></p>",
        "<td><a href='/a'>Ferry <b>sinks</b></a> (5)</td>",
    ],
)
def test_lines_that_are_mostly_links_are_told_of_as_left_out(menu: str) -> None:
    raw = crowded(f"<p>{SENTENCE}</p>{menu}<p>Then <a href='/b'>rain</a> fell over all of the town.</p>")
    cleaned = clean(raw)
    assert cleaned.text.splitlines() == [SENTENCE, "Then rain fell over all of the town."]
    assert [one.reason for one in cleaned.removed if one.surface in menu] == ["boilerplate"]
    for start, raw_start, length in cleaned.segments:
        assert cleaned.text[start : start + length] == raw[raw_start : raw_start + length]


def test_a_link_that_is_never_closed_does_not_make_a_menu_of_a_paragraph() -> None:
    assert clean(crowded(f"<p><a href='/a'>{SENTENCE * 2}</p>")).text == (SENTENCE * 2).strip()


def test_one_element_fewer_and_the_article_is_sought() -> None:
    page = f"<html><body><article><p>{SENTENCE * 5}</p></article>"
    few = page + "<br>" * (MOST_ELEMENTS - 4)
    assert crowded_from(few) is None
    assert crowded_from(few + "<br>") == len(few)


@pytest.mark.parametrize("attribute", ["a{}", "a{}=b", "a{} = 'b c'", 'data-a{}="b > c"'])
def test_nor_is_it_sought_where_an_element_has_too_many_attributes(attribute: str) -> None:
    attributes = [attribute.format(n) for n in range(MOST_ATTRIBUTES)]
    few, many = (f"<p>{SENTENCE}</p><p {' '.join(some)}>Rain.</p>" for some in (attributes[1:], attributes))
    assert crowded_from(few) is None
    assert crowded_from(many) == len(f"<p>{SENTENCE}</p>")
    assert clean(many).text.startswith(SENTENCE)


@pytest.mark.parametrize("times", [1, MOST_ELEMENTS])
def test_a_crowded_page_is_read_and_the_answer_says_how(times: int) -> None:
    raw = (
        f"<html><head><title>Held in Oslo</title></head><body>{'<br>' * times}<p>{SENTENCE}</p></body></html>"
    )
    found = process(Raw(html=raw), Gazetteer(), own_vocabulary())
    assert found.title == "Held in Oslo"
    assert [claim.predicate for claim in found.claims] == ["arrests"]
    assert [warning[:38] for warning in found.warnings] == (
        [] if times == 1 else ["The page has more than 4,000 elements,"]
    )


PIECES = """<p> </p> <a> </a> <b > < &amp; &#1; &#10; <!-- --> <script> </script> <nav> </nav> </html>
300 é""".split()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, "x y", "\n", "\x00"]), max_size=25))
def test_broken_crowded_pages_do_not_break_cleaning(pieces: list[str]) -> None:
    raw = crowded("".join(pieces))
    cleaned = clean(raw, html=True)
    for start, raw_start, length in cleaned.segments:
        assert cleaned.text[start : start + length] == raw[raw_start : raw_start + length].replace("\n", " ")
