"""In which language a text is, where that is plain: rules are for English, and find claims in others by
accident ("30 Soldaten die in Mali …")."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import chain, islice
from unicodedata import name

from service.extraction.language_words import ENGLISH, LATIN, SCRIPTS, SURELY_ENGLISH
from service.extraction.tokens import Tokens, group

ENGLISH_SHARE = 16  # one word in so many is among the commonest of English; in English news one in five is
OTHER_SHARE = 12  # the same of another language; languages that inflect have fewer such words
FEWEST_KINDS = 4  # of its words that must stand there
FEWEST_LETTERS = 25  # of another script
MOST_LETTERS = 5_000  # that are looked at


# What hardly stands in a sentence of another language, but in most sentences of English.
_IN_ENGLISH = group(SURELY_ENGLISH)


def language_of(sentences: Sequence[Tokens]) -> str | None:
    """The language of a text (ISO 639-1; `und` where only the script is known) where it is plainly not
    English, else None: where it is English, or too short, or in a language that has no words here.

    A text is English where half of its sentences have a word that is English alone, whatever the others
    quote: that is all that is looked at in most. Else its words are counted, see `language_of_words`.
    """
    english = sum([1 for tokens in sentences if tokens.groups & _IN_ENGLISH])
    return None if 2 * english > len(sentences) else language_of_words([one.words for one in sentences])


def language_of_words(sentences: Sequence[Collection[str]]) -> str | None:
    """As `language_of`, for the different words of each sentence, in lower case.

    Counted are those that are among the commonest of a language, once a sentence. A text that has a third of
    the usual share of English ones is English. Else it is in the script of two thirds of its letters where
    that is not Latin. Else it is in the language that it has the most words of, if they are many and of
    several kinds, and more than twice as many as English ones: names in a table are not enough.

    Of 3,537 articles of English news none has more than a third as many words of another language.
    """
    if _met(ENGLISH, sentences) * ENGLISH_SHARE >= _size(sentences):
        return None
    letters = Counter(islice(chain.from_iterable(chain.from_iterable(sentences)), MOST_LETTERS))
    scripts = Counter[str]()
    for letter, count in letters.items():
        if letter.isalpha():
            scripts[name(letter, "").partition(" ")[0]] += count
    if scripts["LATIN"] * 3 < scripts.total():
        return _written_in(scripts, sentences) if scripts.total() >= FEWEST_LETTERS else None
    found, words = _nearest(LATIN, sentences)
    if words * OTHER_SHARE < _size(sentences) or words <= 2 * _met(ENGLISH, sentences):
        return None
    kinds = LATIN[found].intersection(chain.from_iterable(sentences))
    return found if len(kinds) >= FEWEST_KINDS else None


def _size(sentences: Sequence[Collection[str]]) -> int:
    return sum(map(len, sentences))


def _written_in(scripts: Counter[str], sentences: Sequence[Collection[str]]) -> str | None:
    if (scripts["HIRAGANA"] + scripts["KATAKANA"]) * 10 > scripts.total():
        return "ja"
    languages = SCRIPTS.get(scripts.most_common(1)[0][0])
    if languages is None or isinstance(languages, str):
        return languages
    found, words = _nearest(languages, sentences)
    return found if words else "und"


def _nearest(
    languages: Mapping[str, frozenset[str]], sentences: Sequence[Collection[str]]
) -> tuple[str, int]:
    """The language that most words are of, and how many are."""
    met = {language: _met(words, sentences) for language, words in languages.items()}
    found = max(met, key=met.__getitem__)
    return found, met[found]


def _met(words: frozenset[str], sentences: Sequence[Collection[str]]) -> int:
    return sum([word in words for sentence in sentences for word in sentence])
