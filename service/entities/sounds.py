"""How a name is written plainly and how it sounds: the keys that make spellings of one name meet.

Three forms, each coarser than the one before:

- `fold`: plain lower-case ASCII words. `Қасым-Жомарт` → `qasym zhomart`.
- `skeleton`: the consonants of one word as heard. Tokayev, Tokhaev, Tokajew and Токаев all give `tkv`.
- the search key: the skeleton with voiced and voiceless consonants in one class, so that Gaddafi and
  Kadhafi meet in an index. It only fetches candidates; `names` decides.

Letters that languages read differently (j, h, q, ch, x, …) have a first reading and others. A key column
holds the first; `words` and `search_keys` give all. Stored keys depend on `KEYS_VERSION`: raise it with
any change to the rules below, and recompute what is stored.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import msgspec
from anyascii import anyascii

from service.entities import name_tables as tables

KEYS_VERSION = 1
REMEMBERED = 200  # characters; longer texts are folded anew each time

_APOSTROPHES = "'\u2019\u2018\u02bc\u02bb`\u00b4\u2032\u02b9"
_POSSESSIVE = re.compile(rf"(?<=\w)[{_APOSTROPHES}][sS]\b")
_DROPPED = str.maketrans("", "", _APOSTROPHES)
# A Han or Hangul character is a syllable, and a name in them has no spaces: 习近平 → xi jin ping.
_SYLLABLE = re.compile(r"([\u3400-\u9fff\uac00-\ud7a3])")
# The Arabic article is written onto its word; as a word of its own it is dropped like `al` in Latin script.
_ARABIC_ARTICLE = re.compile(r"(?<![\u0621-\u06ff])\u0627\u0644(?=[\u0621-\u06ff]{2})")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Plain words: ASCII, lower case, no diacritics or apostrophes, one space where there was anything else.

    A possessive 's is dropped (`Kazakhstan's` → `kazakhstan`); other apostrophes close up (`O'Brien` →
    `obrien`). Text without a letter or digit folds to "". Never raises.
    """
    if text.isascii() and text.isalnum():
        return text.lower()
    return _folded(text) if len(text) <= REMEMBERED else _folded.__wrapped__(text)


@lru_cache(maxsize=1 << 14)
def _folded(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        text = _SYLLABLE.sub(r" \1 ", text)
        text = _ARABIC_ARTICLE.sub("al ", text)
    text = _POSSESSIVE.sub("", text).translate(_DROPPED)
    if not text.isascii():
        text = anyascii(text).translate(_DROPPED)
    return _NOT_PLAIN.sub(" ", text.lower()).strip()


# Letters that say more than their ASCII form: š is sh, which `fold` writes s. Both readings are kept,
# because people leave the marks out. Arabic و and ي inside a word are usually vowels.
_SPELLED_OUT = {
    "zh": "žŽ",
    "sh": "šŠşŞșȘ",
    "ch": "čČćĆçÇ",
    "dj": "đĐ",
    "ts": "țȚţŢ",
    "a": "əƏ",
    "u": "و",
    "i": "يی",
}
_MARKED = str.maketrans({letter: latin for latin, letters in _SPELLED_OUT.items() for letter in letters})

# Graphemes, longest first, with their readings, the usual one first. Vowels fall into three classes: a, e
# (e i y), o (o u). A reading may be empty. German, French, Polish, Turkish, Kazakh Latin and pinyin
# spellings are all read here.
_GRAPHEMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"schtsch|shtsch|schtch|shtch|shch|chtch", ("j",)),
    (r"tzsch|tsch|dsch|tch|sch|dzh|dsh|tsh|zh|sh|cz", ("j",)),
    (r"(?<=[^aeiouy])dj", ("de", "j")),
    (r"dj", ("j", "de")),
    (r"sz", ("j", "s")),
    (r"^ch(?=[rlmn])", ("k",)),
    (r"ch(?=[rlmnt])", ("k", "j")),
    (r"ch", ("j", "k")),
    (r"ts|tz(?!h)", ("s",)),
    (r"ck|kh|qu", ("k",)),
    (r"gh", ("g",)),
    (r"th", ("t",)),
    (r"dh", ("d",)),
    (r"ph", ("f",)),
    (r"[bprw]h", ()),  # no readings: the first letter
    (r"^x", ("j", "k")),
    (r"x", ("ks", "k")),
    (r"q", ("k", "g")),
    (r"(?<=i)c$", ("k", "j")),
    (r"c(?=[eiy])", ("s", "j")),
    (r"c", ("k",)),
    (r"^h", ("h", "k")),
    (r"h$", ("",)),
    (r"h", ("", "k")),
    (r"^j", ("j", "e")),
    (r"j$|(?<=[aeiouy])j(?=e)|j(?=[^aeiouy])|(?<=[^aeiouy])j", ("e", "j")),
    (r"j", ("j", "e")),
    (r"(?<=[aeiouy])ff?$", ("v", "f")),
    (r"w", ("v",)),
    (r"z", ("s",)),
    (r"[eiy]", ("e",)),
    (r"[ou]", ("o",)),
    (r".", ()),
)
_GRAPHEME = re.compile("|".join(f"({pattern})" for pattern, _ in _GRAPHEMES))
_DOUBLED = re.compile(r"(.)\1+")
_VOWEL = re.compile(r"[aeo]")
_VOWELS = str.maketrans("", "", "aeo")
_CLASSES = str.maketrans("gqhdbvfj", "kkktppps")
_READINGS_KEPT = 6
ALL_BITS = -1


class Word(msgspec.Struct, frozen=True):
    """One word of a name in every form that comparison needs. Words without a common bit in `signs` are not
    one: they have other consonants, are no two forms of a given name, no plural and singular, and more than
    a typing error apart. An initial, which may stand for many words, has all bits."""

    text: str
    sounds: tuple[str, ...]
    skeletons: frozenset[str]
    classes: frozenset[str]
    signs: int


def _read(plain: str) -> list[str]:
    """The readings of a plain word: the usual one, each other reading of one grapheme, all of them at
    once."""
    options: list[tuple[str, ...]] = []
    for grapheme in _GRAPHEME.finditer(plain):
        readings = _GRAPHEMES[(grapheme.lastindex or 1) - 1][1]
        options.append(readings or (grapheme.group()[0].replace("w", "v"),))
    usual = [readings[0] for readings in options]
    spelled = [usual]
    ambiguous = [i for i, readings in enumerate(options) if len(readings) > 1]
    for i in ambiguous[: _READINGS_KEPT - 2]:
        spelled.append([*usual[:i], options[i][1], *usual[i + 1 :]])
    if len(ambiguous) > 1:
        spelled.append([readings[-1] for readings in options])
    found = ["".join(parts) for parts in spelled]
    # Without vowels (Arabic script) two equal letters are two consonants: معمر is m-m-r, Muammar.
    return [_DOUBLED.sub(r"\1", sound) if _VOWEL.search(sound) else sound for sound in found]


def _consonants(sound: str) -> str:
    return sound.translate(_VOWELS)


def _class(sound: str) -> str:
    """The search key of a sound. One consonant alone would fetch too much, so such a word keeps its
    vowels."""
    key = _consonants(sound).translate(_CLASSES)
    return key if len(key) > 1 else sound.translate(_CLASSES)


@lru_cache(maxsize=1 << 16)
def word(plain: str, marked: str | None = None) -> Word:
    """`plain` is a folded word; `marked` the same word folded with its marked letters spelled out, if they
    differ."""
    sounds = _read(marked) if marked and marked != plain else []
    sounds = list(dict.fromkeys(sounds + _read(plain)))
    skeletons = [_consonants(sound) or plain for sound in sounds]
    keys = [_class(sound) for sound in sounds]
    return Word(
        text=plain,
        sounds=tuple(sounds),
        skeletons=frozenset(skeletons),
        classes=frozenset(keys),
        signs=ALL_BITS if len(plain) == 1 else _bits({*_alike(plain), *skeletons, *keys}),
    )


def _alike(plain: str) -> list[str]:
    """What a word has in common with its plural, with other forms of the same given name, and with what is
    one typing error away: that leaves the first letter as it is, and two letters at one end."""
    ends = [plain[:2], f"{plain[0]} {plain[-2:]}"] if len(plain) > 4 else []
    return [plain.removesuffix("s"), tables.SAME_NAMES.get(plain, plain), *ends]


def _bits(signs: Iterable[str]) -> int:
    """A bit for each; two that share one are compared for nothing."""
    bits = 0
    for sign in signs:
        bits |= 1 << crc32(sign.encode()) % 1024
    return bits


@lru_cache(maxsize=1 << 14)
def words(text: str) -> tuple[Word, ...]:
    """The words of a name, in order; empty when nothing can be read."""
    plain = fold(text).split()
    if text.isascii():
        return tuple(word(p) for p in plain)
    marked = fold(unicodedata.normalize("NFC", text).translate(_MARKED)).split()
    if len(marked) != len(plain):
        return tuple(word(p) for p in plain)
    return tuple(word(p, m) for p, m in zip(plain, marked, strict=True))


def skeleton(token: str) -> str:
    """The consonants of one word in their usual reading: `Tokhaev` → `tkv`, `Жомарт` → `jmrt`.

    A word with vowels only is its own skeleton. Of several words, each is reduced and they are joined; ""
    of nothing.
    """
    return name_key(token).replace(" ", "")


def name_key(text: str) -> str:
    """The skeletons of all words in their usual reading, sorted, so that the order of names does not count.

    `Қасым-Жомарт Тоқаев` and `Tokayev, Kassym-Jomart` → `jmrt ksm tkv`. For a key column: equality of keys
    is a hint that two names are one, never a proof. "" when nothing can be read.
    """
    return " ".join(sorted(_consonants(w.sounds[0]) or w.text for w in words(text)))


def classes(found: tuple[Word, ...]) -> set[str]:
    """Search keys of words and of each two neighbours written as one (`Nur-Sultan`, `Nursultan`)."""
    keys = {key for w in found for key in w.classes}
    for left, right in pairwise(found):
        keys |= {min(word(left.text + right.text).classes)}
    return keys
