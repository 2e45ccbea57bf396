"""What somebody typed, read without the database: whether it uses operators, and which of its words may be a
name; and what a tsquery asks for, read back from its text."""

import re

import msgspec

MOST_WORDS = 12  # of a query that are looked up as names
LONGEST_NAME = 5  # words
OPERATOR = re.compile(r'"|(?:^|\s)-\S|(?:^|\s)or(?=\s|$)', re.IGNORECASE)
WORD = re.compile(r"\w[\w'’.-]{0,60}")
FIGURE = re.compile(r"(?<![\w.,])(?:[1-9][0-9]{3,14}|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?![\w.,]*[0-9])")
APOSTROPHE = re.compile(r"\w+(?:'\w+|’\w+)")
# The text form of a tsquery: lexemes in quotes (a quote or backslash in them is doubled), operators,
# brackets.
TSQUERY = re.compile(r"'(?:[^'\\]|''|\\\\)*'|<(?:-|\d{1,5})>|[!&|()]")


def uses_operators(q: str) -> bool:
    """Whether it says more than words: quotes, `-word`, `or`. Such a query is taken as it is written."""
    return OPERATOR.search(q) is not None


def windows(q: str) -> list[str]:
    """Every run of neighbouring words that could be a name, the longest first."""
    found = [(match.start(), match.end()) for match in WORD.finditer(q)][:MOST_WORDS]
    spans = [
        q[found[low][0] : found[low + length - 1][1]]
        for length in range(min(LONGEST_NAME, len(found)), 0, -1)
        for low in range(len(found) - length + 1)
    ]
    return list(dict.fromkeys(spans))


def other_spellings(q: str) -> dict[str, list[str]]:
    """The words of a query that PostgreSQL takes for others when they are written otherwise: 7939 and 7,939;
    d'état with a straight and with a typographic apostrophe."""
    found: dict[str, list[str]] = {}
    for match in FIGURE.finditer(q):
        number = match[0]
        found[number] = [number.replace(",", "") if "," in number else f"{int(number):,}"]
    for match in APOSTROPHE.finditer(q):
        straight, curly = (match[0].replace(sign, other) for sign, other in (("’", "'"), ("'", "’")))
        found[match[0]] = [straight if "’" in match[0] else curly]
    return found


def without_tags(q: str) -> str:
    """Angle brackets are signs like others in a query; PostgreSQL would leave out what stands in them."""
    return q.replace("<", " ").replace(">", " ")


class Lexeme(msgspec.Struct, frozen=True):
    """One word of a phrase, and how many words after the one before it stands (0 for the first)."""

    text: str
    after: int


Phrase = tuple[Lexeme, ...]


def phrases(tsquery: str) -> list[Phrase]:
    """What a match may contain: every word or phrase of a tsquery that is not excluded.

    A hyphenated word stands in a phrase first whole, then in parts.
    """
    found: list[list[Lexeme]] = []
    joined, negated, depth, excluded_from = 0, False, 0, None
    for token in TSQUERY.findall(tsquery):
        if token == "(":
            depth += 1
            if negated and excluded_from is None:
                excluded_from = depth
            negated = False
        elif token == ")":
            if excluded_from == depth:
                excluded_from = None
            depth -= 1
        elif token == "!":
            negated = True
        elif token.startswith("<"):
            joined = 1 if token == "<->" else int(token[1:-1])
        elif token in "&|":
            joined = 0
        else:
            text = token[1:-1].replace("''", "'").replace("\\\\", "\\")
            if not negated and excluded_from is None:
                if joined and found:
                    found[-1].append(Lexeme(text, joined))
                else:
                    found.append([Lexeme(text, 0)])
            negated, joined = False, 0
    return list(dict.fromkeys(tuple(phrase) for phrase in found))


def as_shown(phrase: Phrase) -> Phrase:
    """Without the hyphenated words, of which a text shows the parts."""
    kept: list[Lexeme] = []
    for index, lexeme in enumerate(phrase):
        following = phrase[index + 1].text if index + 1 < len(phrase) else ""
        if "-" in lexeme.text and following and lexeme.text.startswith(following):
            continue
        kept.append(lexeme if kept else Lexeme(lexeme.text, 0))
    return tuple(kept)
