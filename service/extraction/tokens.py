"""Words of a sentence with the few word classes that the grammars of this package need.

There is no part-of-speech tagger: function words are a closed list, everything else is told apart by its
place. That is enough for attributions and quantities, and costs microseconds.
"""

import functools
import re
from collections.abc import Callable, Iterable, Sequence

import msgspec

from service.extraction.irregular_verbs import IRREGULAR
from service.extraction.words import ANY, GoingOn, Match, Remembered, followed, parted
from service.letters import MARKS

# Plain words, which most tokens are, come first: the forms after them are tried at marks, digits and single
# letters, and where an apostrophe or a hyphen follows. A mark that makes no other letter of the one before it
# ("g̃") is in its word.
TOKEN = re.compile(
    rf"[^\W\d]\w++(?!['’‐‑{MARKS}-])|``|''|(?:[^\W\d_]\.){{2,}}(?:[-‐‑]\w+)*|\b[ODL][’'](?=[A-Z])\w+(?:[-‐‑]\w+)*|[’'](?:s|re|ve|m|ll|d)\b|n[’']t\b|\w+(?=n[’']t\b)|\d+(?:[.,:]\d+)*\w*(?:[-‐‑]\w+)*|\w[\w{MARKS}]*(?:[-‐‑]\w[\w{MARKS}]*)*|\S"
)

_CLASSES = {
    "be": "be am is are was were been being 're 'm",
    "have": "have has had having 've",
    "do": "do does did",
    "modal": "will would can could may might shall should must 'll to ca wo",  # "can't" is "ca n't"
    "det": "the a an this that these those its his her their our my your some any each every no all both",
    "prep": "of in on at by for from with about into onto over under between among amid during "
    "through throughout across against near inside outside around along behind beyond within "
    "without toward towards upon via "
    "despite per off out up down including like",
    "conj": "and or but nor plus",
    "sub": "after before when while because since if unless until although though where whereas as "
    "once whether than so",
    "rel": "who which whom whose that",
    "pron": "he she it they we i you him them us me one nobody someone anyone everyone",
    "neg": "not n't never nor neither cannot",
    "adv": "also then later earlier now already still just only even again soon so far once yet here there "
    "today yesterday tomorrow tonight meanwhile however ever always often together too almost both formally "
    "officially "
    "publicly reportedly allegedly recently previously initially finally subsequently",
}
# A word in two classes keeps the first that is listed here; the grammars that care look at the word itself.
_TAGS: dict[str, str] = {}
for _tag in ("be", "have", "do", "neg", "modal", "rel", "conj", "sub", "det", "pron", "prep", "adv"):
    for _word in _CLASSES[_tag].split():
        _TAGS.setdefault(_word, _tag)

CLOSE_QUOTES = frozenset("”»")
ANY_QUOTE = frozenset(("“", "”", "„", "«", "»", '"', "``", "''"))


class Token(msgspec.Struct, frozen=True, gc=False):
    """`tag` is a word class of this module, `punct`, `quote`, `num`, `cap` (capitalised) or `word`."""

    start: int
    end: int
    text: str
    lower: str
    tag: str


# Where something begins that is `sought`, what, what the next word must be, and the position of that word.
Begun = tuple[int, str, GoingOn, int]


class Tokens(list[Token]):
    """Tokens of one sentence. `lowers` are those in lower case and `words` the same as a set; `capitals` are
    the positions of the tag `cap`. `groups` has the bits of all groups (see `group`) that one of them is in:
    a step that starts at certain words asks first whether the sentence has any. `begun` has a list for each
    that is `sought`, of what of it may begin here. `plain` are the tokens as a mere list, which Python takes
    one out of in a tenth of the instructions that a subclass costs."""

    __slots__ = ("begun", "capitals", "groups", "lowers", "plain", "words")

    def __init__(
        self,
        tokens: list[Token],
        lowers: list[str],
        capitals: list[int],
        groups: int,
        begun: list[list[Begun]],
    ) -> None:
        super().__init__(tokens)
        self.plain = tokens
        self.lowers = lowers
        self.words = frozenset(lowers)
        self.capitals = capitals
        self.groups = groups
        self.begun = begun

    def since(self, offset: int) -> "Tokens":
        """Those that begin there or later."""
        tokens = [token for token in self if token.start >= offset]
        lowers = [token.lower for token in tokens]
        capitals = [position for position, token in enumerate(tokens) if token.tag == "cap"]
        gone = len(self) - len(tokens)
        begun = [
            [
                (start, matched, after, behind - gone)
                for start, matched, after, behind in those
                if start >= offset
            ]
            for those in self.begun
        ]
        return Tokens(tokens, lowers, capitals, groups_in(lowers), begun)


Words = Iterable[str] | Callable[[], Iterable[str]]
_groups: list[Words] = []


def group(words: Words) -> int:
    """The bit of `Tokens.groups` that says whether a sentence has one of these words, in lower case.

    A step declares the words that it starts at once, where its module is imported, and asks for them at its
    top:

        _STARTS = frozenset(("according", "citing"))
        _STARTING = group(_STARTS)
        ...
        if not tokens.groups & _STARTING:
            return []

    `a | b` asks for several groups at once. Words that are read from a file or compiled are given as the
    function that returns them, which the first text that is cut calls: `group(lambda: lexicon().starts)`.
    The words of a group never change. Tokens that were made before a group was declared do not know it.
    """
    _groups.append(words)
    _groups_of_words.cache_clear()
    _cut_words.clear()
    return 1 << len(_groups) - 1


@functools.cache
def _groups_of_words() -> dict[str, int]:
    """The bits of every word that is in a group."""
    found: dict[str, int] = {}
    for number, words in enumerate(_groups):
        for word in words() if callable(words) else words:
            found[word] = found.get(word, 0) | 1 << number
    return found


def groups_in(words: Iterable[str]) -> int:
    """The bits of the groups that some of the words, in lower case, are in."""
    of_word, found = _groups_of_words(), 0
    for word in words:
        found |= of_word.get(word, 0)
    return found


_looks: list[Callable[[str], list[Match]]] = []


def sought(look: Callable[[str], list[Match]]) -> Callable[[Sequence[Tokens]], list[tuple[int, str]]]:
    """What `look` finds in the words of a text: where it begins and what, without the matches that the next
    word is none to go on with. Like groups, it is declared where a module is imported."""
    number = len(_looks)
    _looks.append(look)
    _cut_words.clear()

    def matches(sentences: Sequence[Tokens]) -> list[tuple[int, str]]:
        return [
            (start, matched)
            for tokens in sentences
            for start, matched, after, behind in tokens.begun[number]
            if after == ANY or behind == len(tokens) or after & followed[tokens.lowers[behind]]
        ]

    return matches


def tokenize(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """Tokens of `text[start:end]` with offsets into `text`."""
    tokens: list[Token] = []
    lowers: list[str] = []
    capitals: list[int] = []
    begun: list[list[Begun]] = [[] for _ in _looks]
    groups = 0
    words = text[start:end].split(" ")
    for size, length, token, lower, tag, of_word, more, found in map(_cut_words.__getitem__, words):
        if tag == "cap":
            capitals.append(len(tokens))
        if length:
            tokens.append(Token(start, start + length, token, lower, tag))
            lowers.append(lower)
        if more:
            for first, last, token, lower, tag in more:
                if tag == "cap":
                    capitals.append(len(tokens))
                tokens.append(Token(start + first, start + last, token, lower, tag))
                lowers.append(lower)
        for look, offset, matched, after in found:
            begun[look].append((start + offset, matched, after, len(tokens)))
        groups |= of_word
        start += size
    return Tokens(tokens, lowers, capitals, groups, begun)


# Start, end, text, text in lower case, tag.
Piece = tuple[int, int, str, str, str]
# What stands between two blanks: its length with one of them; length, text, text in lower case and tag of the
# token at its start (of length 0 where there is none); the bits of its groups; the other tokens; what of that
# which is sought begins in it, with the number of what finds it.
Cut = tuple[int, int, str, str, str, int, tuple[Piece, ...], tuple[tuple[int, int, str, GoingOn], ...]]


def _cut(word: str) -> Cut:
    pieces = _pieces(word)
    groups = groups_in([lower for _, _, _, lower, _ in pieces])
    begun = tuple([(number, *match) for number, look in enumerate(_looks) for match in look(word)])
    if not pieces or pieces[0][0]:
        return len(word) + 1, 0, "", "", "", groups, tuple(pieces), begun
    _, end, text, lower, tag = pieces[0]
    return len(word) + 1, end, text, lower, tag, groups, tuple(pieces[1:]), begun


def _pieces(word: str) -> list[Piece]:
    plain, mark = parted(word)
    if plain.isalpha():
        pieces = [(0, len(plain), plain, *_classified(plain))]
        return [*pieces, (len(plain), len(word), mark, mark, "punct")] if mark else pieces
    pieces = [(*match.span(), match.group(), *_classified(match.group())) for match in TOKEN.finditer(word)]
    if len(pieces) > 1 and pieces[-1][2] in ("'", "’") and pieces[-2][3].endswith("s") and word[0].isalnum():
        pieces[-1] = (*pieces[-1][:4], "poss")  # "the workers' union"
    return pieces


_cut_words = Remembered(_cut)


_NOUNS_IN_LY = frozenset(
    "family rally assembly supply reply tally anomaly monopoly butterfly bully belly".split()
)


def _classified(word: str) -> tuple[str, str]:
    """A word in lower case, with a plain apostrophe, and its tag."""
    lower = word.lower().replace("’", "'")
    if (tag := _TAGS.get(lower)) is not None and word not in ("US", "WHO", "CA"):
        return lower, tag
    if word in ANY_QUOTE:
        return lower, "quote"
    if lower == "'s":
        return lower, "poss"
    if not word[0].isalnum():
        return lower, "punct"
    if word[0].isdigit():
        return lower, "num"
    if lower.endswith("ly") and len(lower) > 4 and word[0].islower() and lower not in _NOUNS_IN_LY:
        return lower, "adv"
    adjective = "-" in lower and lower.rpartition("-")[2] in _ADJECTIVES
    return lower, "cap" if word[0].isupper() and not adjective else "word"


# "Houston-based", "Saudi-led": no names.
_ADJECTIVES = frozenset(
    "based backed led born owned run controlled linked brokered held allied funded educated trained made "
    "sponsored supported mediated inspired dominated aligned occupied administered listed wide style "
    "speaking bound".split()
)


_DOUBLED = re.compile(r"[^aeiou][aeiou][bdgklmnprt]$")


# Pasts that are no participles: verbs wherever they stand.
FINITE_PASTS = frozenset(
    past for _, past, participle, _ in (forms.split() for forms in IRREGULAR.values()) if past != participle
)
# Pasts that do not end in -ed: finite verbs that a noun phrase cannot run over.
PAST_FORMS = frozenset(form for forms in IRREGULAR.values() for form in forms.split()[1:3]) - {
    "set",
    "cut",
    "hit",
    "put",
    "lead",
    "felt",
    "cast",
    "forecast",
    "let",
    "light",
    "rid",
}


# Verbs whose last letter is doubled in Britain and is not in America.
_DOUBLED_BY_SOME = frozenset(
    "cancel channel counsel dial duel equal fuel funnel label level marshal model pummel quarrel shovel "
    "signal total travel tunnel unravel".split()
)


def spellings(verb: str) -> list[tuple[str, str, str, str, str]]:
    """The inflections of a verb, twice where they are spelled in two ways ("cancelled", "canceled")."""
    if " and " in verb:  # "shoot and kill"
        both = (inflections(part) for part in verb.split(" and "))
        return [tuple(map(" and ".join, zip(*both, strict=True)))]  # type: ignore[list-item]
    forms = inflections(verb)
    head, _, rest = verb.partition(" ")
    if head not in _DOUBLED_BY_SOME:
        return [forms]
    tail = f" {rest}" if rest else ""
    return [
        (*forms[:2], f"{stem}ed{tail}", f"{stem}ed{tail}", f"{stem}ing{tail}")
        for stem in (head, head + head[-1])
    ]


def inflections(verb: str) -> tuple[str, str, str, str, str]:
    """(base, third person, past, participle, -ing form) of a verb; words after the first stay as they are."""
    head, _, rest = verb.partition(" ")
    tail = f" {rest}" if rest else ""
    if head in IRREGULAR:
        third, past, participle, ing = IRREGULAR[head].split()
    else:
        if head.endswith(("s", "x", "z", "ch", "sh")):
            third = head + "es"
        elif head.endswith("y") and head[-2] not in "aeiou":
            third = head[:-1] + "ies"
        else:
            third = head + "s"
        if head.endswith("e"):
            past = head + "d"
            ing = head + "ing" if head.endswith(("ee", "oe", "ye")) else head[:-1] + "ing"
        elif head.endswith("y") and head[-2] not in "aeiou":
            past, ing = head[:-1] + "ied", head + "ing"
        elif _DOUBLED.search(head) and (
            len(head) <= 4 or head.endswith(("mit", "fer", "pel", "cur", "gret", "bel", "nap"))
        ):
            past, ing = head + head[-1] + "ed", head + head[-1] + "ing"
        else:
            past, ing = head + "ed", head + "ing"
        participle = past
    return head + tail, third + tail, past + tail, participle + tail, ing + tail


def behind_agency(tokens: Sequence[Token]) -> int:
    """ "TERNATE (AFP) The …", "Prague, May 5 (AP) …": one past a dateline that no dash ends, else 0."""
    for position in range(2, min(10, len(tokens) - 1)):
        token = tokens[position]
        if token.text == ")":
            named = tokens[position - 1].text.isupper() and tokens[position - 2].text == "("
            placed = tokens[0].text.isupper() or tokens[position - 3].tag == "num"
            follows = tokens[position + 1].text[0].isupper()
            return position + 1 if named and placed and follows else 0
        if token.tag not in ("cap", "num", "punct") and token.text != "May":
            return 0
    return 0
