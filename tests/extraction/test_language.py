"""Which texts are plainly in another language than English."""

import pytest

from service.extraction.clean import clean
from service.extraction.language import language_of, language_of_words
from service.extraction.sentences import sentences
from service.extraction.tokens import tokenize
from tests.extraction.languages import OTHERS

ENGLISH = (
    "Three workers died when a bridge gave way near the port on Tuesday, the mayor said. Two others were "
    "taken to hospital with broken bones, and an inquiry has been opened."
)
# English, or too little to say.
NONE_OTHER = {
    "news": ENGLISH,
    "a long quote": f"{ENGLISH} “{OTHERS['fr']}”, wrote the prefect.",
    "a quote as long again": f"{OTHERS['es']}\n{ENGLISH}\n{OTHERS['es']}\n{ENGLISH}",
    "a table": "Group A\nSantos 3 Porto 1\nReal Sociedad 0 Paris SG 0\nMönchengladbach 2 Feyenoord 2\n" * 4,
    "names": "Ana de la Cruz\nJan van der Berg\nPierre du Pont\nMaria das Neves\nKarl von und zu Stein\n" * 5,
    "titles of films": "La vita è bella\nDer Himmel über Berlin\nTodo sobre mi madre\nCidade de Deus\n",
    "headlines": "Shares slip\nOil up 2pc\nStorm nears Manila\nRate cut seen\nThree held in Lyon raid\n",
    "a few words": "Guten Morgen, Berlin.",
    "figures": "12.5 13.6 14.7\n1 2 3\n",
    "a few letters": "Москва",
    "nothing": "",
}


def told(text: str) -> str | None:
    text = clean(text).text
    return language_of([tokenize(text, one.start, one.end) for one in sentences(text)])


@pytest.mark.parametrize("language", OTHERS)
def test_another_language_is_told_apart(language: str) -> None:
    assert told(OTHERS[language]) == language


@pytest.mark.parametrize("language", ["de", "es", "pl", "ru", "ar"])
def test_it_is_so_with_an_english_headline_and_credit(language: str) -> None:
    assert told(f"Bridge falls\n\n{OTHERS[language] * 2}\n\nWith reports by the Harbour Press") == language


@pytest.mark.parametrize("what", NONE_OTHER)
def test_english_and_what_is_too_little_is_taken_for_nothing_else(what: str) -> None:
    assert told(NONE_OTHER[what]) is None


def test_mere_words_tell_the_same() -> None:
    for language, text in [*OTHERS.items(), (None, ENGLISH)]:
        split = [frozenset(one.surface.lower().split()) for one in sentences(text)]
        assert language_of_words(split) == language
