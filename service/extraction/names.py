"""Who and what a text names: known names, unknown names, bodies of a state, short forms and pronouns.

Order: known names (gazetteer) → capitalised sequences → bodies composed from a place ("the Kazakh interior
ministry") → acronyms the text defines → single words that repeat a longer name → definite short forms →
pronouns. Whatever is not read off the name itself carries a flag: nothing is guessed silently.
"""

import re
from collections.abc import Sequence

from rapidfuzz.fuzz import token_sort_ratio

from service.entities.names import similarity
from service.extraction.bodies import find_bodies, from_hit, main_country, nested_places
from service.extraction.gazetteer import Gazetteer, Hit
from service.extraction.kinds import Occurrence, collected, kinds
from service.extraction.mentions import Mention, Taken, word_lists
from service.extraction.protocol import EntityKind
from service.extraction.references import definitions, references, short_forms
from service.extraction.tokens import Token, Tokens

__all__ = ["Mention", "mentions", "word_lists"]

# Two names of one kind are the same above this; the measure and its guards are entities.names.similarity.
SAME_NAME = 0.85
# Per cent of letters in common, words sorted: below this no two names score SAME_NAME, acronyms aside, and
# the comparison, which costs a hundred times more, is not asked.
FAR = 45
REMEMBERED = 50_000  # names kept with what they resolved to


def mentions(text: str, sentences: Sequence[Tokens], gazetteer: Gazetteer) -> list[Mention]:
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
_PARTICLE = re.compile(r"(?:al|el|ul|ad|ar|as|ash|an|az)-[A-Z]")
# With a noun after them they are adjectives, no part of a name.
_FAITHS = frozenset(
    "islamic islamist muslim christian jewish catholic hindu buddhist sunni shiite shia orthodox "
    "kurdish".split()
)
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_BEFORE_OF = re.compile(
    r"(?:ministry|organi[sz]ation|bank|university|council|court|department|office|republic|board|institute|house|commission|"
    r"committee|secretary|union|association|federation|head|academy|bureau|chamber|centre|center|church|bishop|"
    r"kingdom|society|school|city|province|state|league|party|army|gulf|bay|sea|strait|isle|port|mount|cape|battle|movement|front)$"
)


def _runs(tokens: Sequence[Token], capitals: Sequence[int]) -> list[tuple[int, int]]:
    """Capitalised sequences as token ranges; one inner joiner ("of", "bin") is allowed between
    capitalised words. `capitals` are the positions of all of these."""
    runs: list[tuple[int, int]] = []
    count = len(tokens)
    for index in capitals:
        if runs and index < runs[-1][1]:
            continue
        end = index + 1
        while end < count:
            token = tokens[end]
            if token.lower in _WEEKDAYS:
                break  # "President Jane Doe Monday described"
            named = token.tag == "cap" or _PARTICLE.match(token.text) is not None
            if (named and token.start - tokens[end - 1].end <= 1) or (
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
    return runs


def _capitalised(
    text: str,
    sentences: Sequence[Tokens],
    hits: Sequence[Hit],
    gazetteer: Gazetteer,
    taken: "Taken",
) -> list[Mention]:
    lists = word_lists()
    by_start = {hit.start: hit for hit in hits}
    inside_hits = {offset: hit for hit in hits for offset in range(hit.start, hit.end)}
    capitals = [[p for p, token in enumerate(tokens) if token.tag == "cap"] for tokens in sentences]
    inner = {
        tokens[p].text for tokens, positions in zip(sentences, capitals, strict=True) for p in positions
        if p and tokens[p - 1].tag != "quote" and tokens[p - 1].text not in ".:"
    }  # fmt: skip
    seen: list[tuple[str, Occurrence]] = []
    for tokens, positions in zip(sentences, capitals, strict=True):
        if not positions:
            continue
        letters = [token for token in tokens if token.text[0].isalpha() and len(token.text) > 3]
        # A headline in title case says nothing about names.
        if len(letters) > 4 and sum(token.text[0].isupper() for token in letters) > 0.8 * len(letters):
            continue
        for run in _runs(tokens, positions):
            for first, last, titled in _pieces(tokens, *run, by_start):
                start, end = tokens[first].start, tokens[last - 1].end
                hit = inside_hits.get(start)
                if taken.overlaps(start, end) or (hit is not None and hit.end >= end):
                    continue
                if last - first == 1 and tokens[first].lower in lists.not_names:
                    continue
                opens = first == 0 or tokens[first - 1].tag == "quote" or tokens[first - 1].text == ":"
                if last - first == 1 and opens and not _stands_alone(tokens, first, inner):
                    continue
                if last - first > 1 and (known := by_start.get(start)) is not None and known.kind == "person":
                    continue
                seen.append((text[start:end], Occurrence(tokens, first, last, titled)))
    return _named(seen, gazetteer)


def _pieces(
    tokens: Sequence[Token], first: int, last: int, by_start: dict[int, Hit]
) -> list[tuple[int, int, bool]]:
    """The names in a capitalised sequence, and whether a title stands before each: demonyms and titles are
    no part of a name, and "Apple CEO Steve Jobs" holds two."""
    lists = word_lists()
    titled = False
    while first < last:
        hit = by_start.get(tokens[first].start)
        size = _title_length(tokens, first, last)
        if hit is not None and hit.alias_kind == "demonym" and hit.end < tokens[last - 1].end:
            while first < last and tokens[first].start < hit.end:
                first += 1
        elif size and first + size <= last and (size < last - first or tokens[first].lower in lists.titles):
            titled, first = True, first + size
        else:
            break
    noun_follows = last < len(tokens) and tokens[last].tag == "word"
    while first < last and noun_follows and tokens[last - 1].lower in _FAITHS:
        last -= 1
    if first >= last:
        return []
    titled = titled or _title_before(tokens, first)
    for position in range(last - 1, first, -1):
        if tokens[position].lower not in lists.titles or _is_of_a_body(tokens, first, position, last):
            continue
        size = next(
            (
                n
                for n in (3, 2)
                if position - n >= first and _title_length(tokens, position + 1 - n, last) == n
            ),
            1,
        )
        before = position + 1 - size
        whose = [(first, before, titled)] if before > first and tokens[before - 1].tag == "cap" else []
        return whose + ([(position + 1, last, True)] if position + 1 < last else [])
    return [(first, last, titled)]


def _is_of_a_body(tokens: Sequence[Token], first: int, position: int, last: int) -> bool:
    """Whether the title at `position` is a word of a body's name: "Office of the Prime Minister", "Chief
    Executive Council"."""
    organization = word_lists().organization
    return any(token.lower in organization for token in tokens[position + 1 : last]) or (
        position + 1 == last and any(token.tag != "cap" for token in tokens[first:position])
    )


def _named(seen: Sequence[tuple[str, Occurrence]], gazetteer: Gazetteer) -> list[Mention]:
    """The mentions that occurrences of unknown names are."""
    of_names = kinds(collected(seen))
    found = []
    for surface, occurrence in seen:
        kind, guessed = of_names[surface]
        slug, name, flag = _resolve(surface, kind, guessed, gazetteer)
        flags: tuple[str, ...] = ("kind_guessed",) if guessed else ()
        if flag:
            flags += (flag,)
        if slug is not None:
            kind = gazetteer.entities[slug].kind
        start, end = occurrence.tokens[occurrence.first].start, occurrence.tokens[occurrence.last - 1].end
        found.append(Mention(start, end, surface, kind, name, slug, None, flags))
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
