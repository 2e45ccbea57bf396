"""Who and what a text names: known names, unknown names, bodies of a state, short forms and pronouns.

Order: known names (gazetteer) → capitalised sequences → bodies composed from a place ("the Kazakh interior
ministry") → acronyms the text defines → single words that repeat a longer name → definite short forms →
pronouns. Whatever is not read off the name itself carries a flag: nothing is guessed silently.
"""

import itertools
import re
from collections.abc import Sequence

from rapidfuzz.fuzz import token_sort_ratio

from service.entities.names import similarity
from service.extraction.bodies import find_bodies, from_hit, main_country, nested_places
from service.extraction.gazetteer import Gazetteer, Hit
from service.extraction.mentions import Mention, Taken, word_lists
from service.extraction.protocol import EntityKind
from service.extraction.references import definitions, references, short_forms
from service.extraction.tokens import Token

__all__ = ["Mention", "mentions", "word_lists"]

# Two names of one kind are the same above this; the measure and its guards are entities.names.similarity.
SAME_NAME = 0.85
# Per cent of letters in common, words sorted: below this no two names score SAME_NAME, acronyms aside, and
# the comparison, which costs a hundred times more, is not asked.
FAR = 45
REMEMBERED = 50_000  # names kept with what they resolved to


def mentions(text: str, sentences: Sequence[Sequence[Token]], gazetteer: Gazetteer) -> list[Mention]:
    """Every mention in `text`, ascending; disjoint, but for places nested in the names of their bodies
    (flag `nested`).

    `sentences` are its sentences as tokens.
    """
    hits = gazetteer.scan(text)
    found = find_bodies(text, sentences, hits, gazetteer)
    taken = Taken(found)
    for mention in _capitalised(text, sentences, hits, gazetteer, taken):
        found.append(mention)
    taken = Taken(found)
    for hit in hits:
        if not taken.overlaps(hit.start, hit.end):
            found.append(from_hit(text, hit))
    found.sort(key=lambda mention: mention.start)
    found = definitions(text, found)
    found = short_forms(found)
    country = main_country(hits, gazetteer)
    found += references(sentences, found, country.name if country else None)
    found += nested_places(text, found, gazetteer)
    found.sort(key=lambda mention: (mention.start, -mention.end))
    return found


# --- unknown names ---

_JOINERS = frozenset(
    {
        "of",
        "de",
        "del",
        "da",
        "di",
        "du",
        "al",
        "el",
        "bin",
        "ibn",
        "van",
        "von",
        "der",
        "den",
        "la",
        "le",
        "&",
        "for",
        "ul",
        "ur",
    }
)
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_BEFORE_OF = re.compile(
    r"(?:ministry|organi[sz]ation|bank|university|council|court|department|office|republic|board|institute|house|commission|"
    r"committee|secretary|union|association|federation|head|academy|bureau|chamber|centre|center|church|bishop|"
    r"kingdom|society|school|city|province|state|league|party|army|gulf|bay|sea|strait|isle|port|mount|cape|battle|movement|front)$"
)


def _runs(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Capitalised sequences as token ranges; one inner joiner ("of", "bin") is allowed between
    capitalised words."""
    runs, index, count = [], 0, len(tokens)
    while index < count:
        if tokens[index].tag != "cap":
            index += 1
            continue
        end = index + 1
        while end < count:
            token = tokens[end]
            if token.lower in _WEEKDAYS:
                break  # "President Jane Doe Monday described"
            if (token.tag == "cap" and token.start - tokens[end - 1].end <= 1) or (
                token.text.isdigit()
                and len(token.text) <= 3
                and end + 1 < count
                and tokens[end + 1].tag == "cap"
            ):
                end += 1
            elif (
                token.lower == "."
                and len(tokens[end - 1].text) == 1
                and end + 1 < count
                and tokens[end + 1].tag == "cap"
            ):
                end += 2
            elif token.lower in _JOINERS and end + 1 < count:
                skip = 2 if tokens[end + 1].lower == "the" else 1
                follow = tokens[end + skip] if end + skip < count else None
                allowed = (
                    token.lower not in ("of", "for") or _BEFORE_OF.search(tokens[end - 1].lower) is not None
                )
                if follow is None or follow.tag != "cap" or not allowed:
                    break
                end += skip + 1
            else:
                break
        runs.append((index, end))
        index = end
    return runs


def _capitalised(
    text: str,
    sentences: Sequence[Sequence[Token]],
    hits: Sequence[Hit],
    gazetteer: Gazetteer,
    taken: "Taken",
) -> list[Mention]:
    lists = word_lists()
    by_start = {hit.start: hit for hit in hits}
    inside_hits = {offset: hit for hit in hits for offset in range(hit.start, hit.end)}
    inner = {
        token.text for tokens in sentences for before, token in itertools.pairwise(tokens)
        if token.tag == "cap" and before.tag != "quote" and before.text not in ".:"
    }  # fmt: skip
    found: list[Mention] = []
    for tokens in sentences:
        letters = [token for token in tokens if token.text[0].isalpha() and len(token.text) > 3]
        # A headline in title case says nothing about names.
        if len(letters) > 4 and sum(token.text[0].isupper() for token in letters) > 0.8 * len(letters):
            continue
        for first, last in _runs(tokens):
            titled = False
            # Leading demonyms and titles are not part of the name, but they say what it is.
            while first < last:
                hit = by_start.get(tokens[first].start)
                size = _title_length(tokens, first, last)
                if hit is not None and hit.alias_kind == "demonym" and hit.end < tokens[last - 1].end:
                    while first < last and tokens[first].start < hit.end:
                        first += 1
                elif (
                    size
                    and first + size <= last
                    and (size < last - first or tokens[first].lower in lists.titles)
                ):
                    titled, first = True, first + size
                else:
                    break
            if first >= last:
                continue
            titled = titled or _title_before(tokens, first)
            start, end = tokens[first].start, tokens[last - 1].end
            if last - first == 1 and tokens[last - 1].lower in lists.not_names:
                continue
            hit = inside_hits.get(start)
            if taken.overlaps(start, end) or (hit is not None and hit.end >= end):
                continue
            sentence_start = first == 0 or tokens[first - 1].tag == "quote" or tokens[first - 1].text == ":"
            if last - first == 1 and sentence_start and not _stands_alone(tokens, first, inner):
                continue
            found.extend(_name(text, tokens, first, last, titled, by_start, gazetteer))
    return found


def _title_length(tokens: Sequence[Token], first: int, last: int) -> int:
    lists = word_lists()
    for size in (3, 2, 1):
        if (
            first + size <= last
            and " ".join(token.lower for token in tokens[first : first + size]) in lists.titles
        ):
            return size
    return 0


def _title_before(tokens: Sequence[Token], first: int) -> bool:
    return first > 0 and (
        tokens[first - 1].lower in word_lists().titles
        or tokens[first - 1].lower.endswith(("man", "woman", "leader"))
    )


def _stands_alone(tokens: Sequence[Token], first: int, inner: set[str]) -> bool:
    """Whether one capitalised word at the start of a sentence is a name rather than just the first word."""
    token = tokens[first]
    follow = tokens[first + 1] if first + 1 < len(tokens) else None
    return (
        token.text in inner
        or token.lower in word_lists().given
        or (len(token.text) > 1 and token.text.isupper())
        or (
            follow is not None
            and (follow.tag in ("poss", "have") or follow.lower in ("said", "says", "told", "announced", "("))
        )
    )


def _name(
    text: str,
    tokens: Sequence[Token],
    first: int,
    last: int,
    titled: bool,
    by_start: dict[int, Hit],
    gazetteer: Gazetteer,
) -> list[Mention]:
    lists = word_lists()
    start, end = tokens[first].start, tokens[last - 1].end
    surface = text[start:end]
    lowers = [token.lower for token in tokens[first:last]]
    before = tokens[first - 1].lower if first else ""
    kind: EntityKind
    guessed = True
    if titled and not lists.organization & set(lowers):
        kind, guessed = "person", False
    elif lists.organization & set(lowers) or lowers[-1].rstrip(".") in ("inc", "corp", "ltd", "co", "plc"):
        kind, guessed = "organization", False
    elif lists.place_words & set(lowers):
        kind, guessed = "place", False
    elif lowers[0] in lists.given and last - first > 1:
        kind, guessed = "person", False
    elif surface.isupper() and len(surface) > 1:
        kind = "organization"
    elif _is_place(tokens, first, last):
        kind = "place"
    elif 2 <= last - first <= 4:
        kind = "person"
    elif before == "the":
        kind = "organization"
    else:
        kind = (
            "person"
            if last < len(tokens) and tokens[last].lower in ("said", "says", "told", "added")
            else "organization"
        )
    if last - first > 1 and (hit := by_start.get(start)) is not None and hit.kind == "person":
        return []
    slug, name, flag = _resolve(surface, kind, guessed, gazetteer)
    flags: tuple[str, ...] = ("kind_guessed",) if guessed else ()
    if flag:
        flags += (flag,)
    if slug is not None:
        kind = gazetteer.entities[slug].kind
    return [Mention(start, end, surface, kind, name, slug, None, flags)]


_PLACE_NOUNS = frozenset(
    "region province state district county island islands peninsula governorate prefecture oblast valley "
    "city town village area municipality canton suburb neighbourhood neighborhood".split()
)


def _is_place(tokens: Sequence[Token], first: int, last: int) -> bool:
    """ "in Derna", "the town of Derna", "Amhara region"."""
    if last - first > 2:
        return False
    before = tokens[first - 1].lower if first else ""
    if before in ("in", "near", "at", "outside", "around", "across", "to"):
        return True
    if before == "of" and first > 1 and tokens[first - 2].lower in _PLACE_NOUNS:
        return True
    return last < len(tokens) and tokens[last].lower in _PLACE_NOUNS


def _resolve(
    surface: str, kind: EntityKind, guessed: bool, gazetteer: Gazetteer
) -> tuple[str | None, str, str | None]:
    """(slug, name, flag) of an unlisted spelling: the best known alias of the same kind, or a new entity."""
    known = gazetteer.resolved.get((surface, kind))
    if known is None:
        best, chosen = 0.0, None
        plain = surface.lower()
        for entity, alias, lowered in gazetteer.by_initial.get((kind, plain[:1]), ()):
            if not (surface.isupper() or alias.isupper()) and token_sort_ratio(plain, lowered) < FAR:
                continue
            score = similarity(surface, alias, kind)
            if score > best:
                best, chosen = score, entity
        known = chosen.slug if chosen is not None and best >= SAME_NAME else ""
        if len(gazetteer.resolved) < REMEMBERED:
            gazetteer.resolved[surface, kind] = known
    if known:
        return known, gazetteer.entities[known].name, "similar"
    return None, surface, "new"
