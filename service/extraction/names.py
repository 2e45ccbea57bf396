"""Who and what a text names: known names, unknown names, bodies of a state, short forms and pronouns.

Order: known names (gazetteer) → capitalised sequences → bodies composed from a place ("the Kazakh interior ministry") →
acronyms the text defines → single words that repeat a longer name → definite short forms → pronouns. Whatever
is not read off the name itself carries a flag: nothing is guessed silently.
"""

import functools
import re
from collections.abc import Sequence
from typing import Any

import msgspec

from service.entities.names import similarity
from service.extraction.gazetteer import Gazetteer, Hit, words
from service.extraction.protocol import EntityKind
from service.extraction.text import Span
from service.extraction.tokens import Token

# Two names of one kind are the same above this; the measure and its guards are entities.names.similarity.
SAME_NAME = 0.85


class Mention(Span, frozen=True):
    """`name` is the fullest form the text or the store has; equal names are one entity.

    Flags: `demonym` (Kazakh), `composed` (a body named through its place), `kind_guessed`, `new` (not in the store),
    `similar` (a spelling the store does not list), `definition` (acronym defined in the text), `short` (part of a
    longer name), `nested`, `coreference` (a noun that refers back), `pronoun`, `place_inferred` (a ministry whose country is not said).
    """

    kind: EntityKind
    name: str
    entity: str | None
    within: str | None = None
    flags: tuple[str, ...] = ()


class _Words(msgspec.Struct, frozen=True):
    titles: frozenset[str]
    person_heads: frozenset[str]
    organization: frozenset[str]
    organization_heads: dict[str, list[str]]
    place_words: frozenset[str]
    bodies: tuple[tuple[str, ...], ...]
    topics: dict[str, str]
    not_names: frozenset[str]
    given: frozenset[str]
    outlets: frozenset[str]
    media: frozenset[str]


@functools.cache
def word_lists() -> _Words:
    raw: dict[str, Any] = words()
    return _Words(
        titles=frozenset(raw["titles"]),
        person_heads=frozenset(raw["person_heads"]),
        organization=frozenset(raw["organization_words"]),
        organization_heads=raw["organization_heads"],
        place_words=frozenset(raw["place_words"]),
        bodies=tuple(sorted((tuple(body.split()) for body in raw["body_words"]), key=len, reverse=True)),
        topics={form: topic for topic, forms in raw["ministry_topics"].items() for form in forms},
        not_names=frozenset(raw["not_names"]),
        given=frozenset(raw["given_names"]),
        outlets=frozenset(raw["news_outlets"]),
        media=frozenset(raw["media_words"]),
    )


def mentions(text: str, sentences: Sequence[Sequence[Token]], gazetteer: Gazetteer) -> list[Mention]:
    """Every mention in `text`, ascending; disjoint, but for places nested in the names of their bodies (flag `nested`).

    `sentences` are its sentences as tokens.
    """
    hits = gazetteer.scan(text)
    found = _bodies(text, sentences, hits, gazetteer)
    taken = _Taken(found)
    for mention in _capitalised(text, sentences, hits, gazetteer, taken):
        found.append(mention)
    taken = _Taken(found)
    for hit in hits:
        if not taken.overlaps(hit.start, hit.end):
            found.append(_from_hit(text, hit))
    found.sort(key=lambda mention: mention.start)
    found = _definitions(text, found)
    found = _short_forms(found)
    country = main_country(hits, gazetteer)
    found += _references(sentences, found, country.name if country else None)
    found += _nested(text, found, gazetteer)
    found.sort(key=lambda mention: (mention.start, -mention.end))
    return found


def _nested(text: str, found: Sequence[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Places inside the names of their bodies: "Kazakhstan" in "Kazakhstan's interior ministry"."""
    nested = []
    for mention in found:
        if mention.kind != "organization" or " " not in mention.surface or "coreference" in mention.flags:
            continue
        if "composed" not in mention.flags and mention.entity not in gazetteer.homes:
            continue
        for start, end, hit in gazetteer.places_in(mention.surface):
            placed = msgspec.structs.replace(hit, start=mention.start + start, end=mention.start + end)
            inner = _from_hit(text, placed)
            nested.append(msgspec.structs.replace(inner, flags=(*inner.flags, "nested")))
    return nested


class _Taken:
    """Spans in use, for an overlap test that stays cheap on long texts."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.covered: set[int] = set()
        for span in spans:
            self.covered.update(range(span.start, span.end))

    def overlaps(self, start: int, end: int) -> bool:
        return not self.covered.isdisjoint(range(start, end))


def _from_hit(text: str, hit: Hit) -> Mention:
    flags = ("demonym",) if hit.alias_kind == "demonym" else ()
    if hit.slug is None:
        flags += ("new",)
    return Mention(
        hit.start, hit.end, text[hit.start : hit.end], hit.kind, hit.name, hit.slug, hit.within, flags
    )


def main_country(hits: Sequence[Hit], gazetteer: Gazetteer) -> Hit | None:
    """The country a text names most, by itself, through its people or through its cities."""
    scores: dict[str, float] = {}
    for hit in hits:
        if hit.kind == "place":
            name = hit.name if hit.name in gazetteer.countries else hit.within
            if name in gazetteer.countries and name is not None:
                scores[name] = scores.get(name, 0) + (
                    0.5 if hit.alias_kind == "demonym" else 0.6 if name != hit.name else 1.0
                )
    best = max(scores, key=lambda name: scores[name], default=None)
    return next((hit for hit in hits if hit.name == best), None)


# --- bodies of a state ----------------------------------------------------------------------------------------------


def body_name(body: str, place: str) -> str:
    """The name under which a body of a place is one entity, however a text puts it: "Interior Ministry of Kazakhstan"."""
    return f"{body[:1].upper()}{body[1:]} of {place}"


def _bodies(
    text: str, sentences: Sequence[Sequence[Token]], hits: Sequence[Hit], gazetteer: Gazetteer
) -> list[Mention]:
    dominant = main_country(hits, gazetteer)
    places = {hit.start: hit for hit in hits if hit.kind == "place"}
    by_end = {hit.end: hit for hit in hits if hit.kind == "place"}
    covered = {hit.start: hit for hit in hits}
    found: list[Mention] = []
    for tokens in sentences:
        index = 0
        while index < len(tokens):
            token = tokens[index]
            body = _body_at(tokens, index)
            if body is None:
                index += 1
                continue
            name, length = body
            start, end = token.start, tokens[index + length - 1].end
            known = covered.get(start)
            if known is not None and known.end >= end and known.kind == "organization":
                index += 1
                continue
            place, first, inferred = None, start, False
            before = index - 1
            if before >= 0 and tokens[before].tag == "poss":
                before -= 1
            # "Kazakh state television", "the Kazakh interior ministry": adjectives may stand between.
            if before >= 0 and tokens[before].end in by_end:
                place = by_end[tokens[before].end]
                first = place.start
            after = index + length
            if place is None and after + 1 < len(tokens) and tokens[after].lower in ("of", "in"):
                follow = after + 1 + (tokens[after + 1].tag == "det")
                if follow < len(tokens) and (place := places.get(tokens[follow].start)) is not None:
                    end = place.end
            if place is None and "ministry" in name.lower():
                place, inferred = dominant, True
                if (
                    before >= 0
                    and tokens[before].lower in ("country", "state", "nation")
                    and index - before == 2
                ):
                    first = (
                        tokens[before - 1].start
                        if before and tokens[before - 1].tag == "det"
                        else tokens[before].start
                    )
            if place is not None:
                found.append(_compose(text, name, place, first, end, inferred, gazetteer))
            index += length
    return found


def _body_at(tokens: Sequence[Token], index: int) -> tuple[str, int] | None:
    """The body that starts at a token, in its usual form, and its length in tokens."""
    lists = word_lists()
    lower = tokens[index].lower
    count = len(tokens)
    if lower == "ministry" and index + 2 < count and tokens[index + 1].lower in ("of", "for"):
        first = index + 2 + (tokens[index + 2].lower == "the")
        for size in (2, 1):
            topic = " ".join(token.lower for token in tokens[first : first + size])
            if topic in lists.topics:
                return f"{lists.topics[topic]} ministry", first + size - index
        return None
    for size in (2, 1):
        if index + size < count and tokens[index + size].lower == "ministry":
            topic = " ".join(token.lower for token in tokens[index : index + size])
            if topic in lists.topics:
                return f"{lists.topics[topic]} ministry", size + 1
    for body in lists.bodies:
        if lower == body[0] and tuple(token.lower for token in tokens[index : index + len(body)]) == body:
            return " ".join(body), len(body)
    return None


def _compose(
    text: str, body: str, place: Hit, start: int, end: int, inferred: bool, gazetteer: Gazetteer
) -> Mention:
    name = body_name(body, place.name)
    flags: tuple[str, ...] = ("composed", "place_inferred") if inferred else ("composed",)
    slug = _body_index(gazetteer).get((body, place.name))
    if slug is None:
        flags += ("new",)
    else:
        name = gazetteer.entities[slug].name
    return Mention(start, end, text[start:end], "organization", name, slug, place.name, flags)


@functools.lru_cache(maxsize=8)
def _body_index(gazetteer: Gazetteer) -> dict[tuple[str, str], str]:
    """(body, place name) → slug, read off the known organizations' own aliases."""
    from service.extraction.tokens import tokenize

    index: dict[tuple[str, str], str] = {}
    for alias, owners in gazetteer.aliases.items():
        for entity, _ in owners:
            if entity.kind != "organization":
                continue
            places = [hit for _, _, hit in gazetteer.places_in(alias)]
            country = places[0].name if places else None
            if country is None:
                country = (
                    gazetteer.entities[entity.part_of].name if entity.part_of in gazetteer.entities else None
                )
            tokens = tokenize(alias)
            for position in range(len(tokens)):
                body = _body_at(tokens, position)
                if body is not None and country is not None:
                    index.setdefault((body[0], country), entity.slug)
                    break
    return index


# --- unknown names --------------------------------------------------------------------------------------------------

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
_BEFORE_OF = re.compile(
    r"(?:ministry|organi[sz]ation|bank|university|council|court|department|office|republic|board|institute|house|commission|"
    r"committee|secretary|union|association|federation|head|academy|bureau|chamber|centre|center|church|bishop|"
    r"kingdom|society|school|city|province|state|league|party|army|gulf|bay|sea|strait|isle|port|mount|cape|battle|movement|front)$"
)


def _runs(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Capitalised sequences as token ranges; one inner joiner ("of", "bin") is allowed between capitalised words."""
    runs, index, count = [], 0, len(tokens)
    while index < count:
        if tokens[index].tag != "cap":
            index += 1
            continue
        end = index + 1
        while end < count:
            token = tokens[end]
            if (
                token.tag == "cap"
                and token.start - tokens[end - 1].end <= 1
                or token.text.isdigit()
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
    taken: "_Taken",
) -> list[Mention]:
    lists = word_lists()
    by_start = {hit.start: hit for hit in hits}
    inside_hits = {offset: hit for hit in hits for offset in range(hit.start, hit.end)}
    inner = {
        token.text for tokens in sentences for before, token in zip(tokens, tokens[1:], strict=False)
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
    elif before in ("in", "near", "at", "outside", "around", "across", "to") and last - first <= 2:
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


def _resolve(
    surface: str, kind: EntityKind, guessed: bool, gazetteer: Gazetteer
) -> tuple[str | None, str, str | None]:
    """(slug, name, flag) of an unlisted spelling: the best known alias of the same kind, or a new entity."""
    best, chosen = 0.0, None
    for entity, alias in gazetteer.by_initial.get((kind, surface[:1].lower()), ()):
        score = similarity(surface, alias, kind)
        if score > best:
            best, chosen = score, entity
    if chosen is not None and best >= SAME_NAME:
        return chosen.slug, chosen.name, "similar"
    return None, surface, "new"


# --- names that lean on other names ---------------------------------------------------------------------------------


def _definitions(text: str, found: list[Mention]) -> list[Mention]:
    """ "Long Name (ABC)": ABC means the long name from here on, whatever it resembles."""
    defined: dict[str, Mention] = {}
    result: list[Mention] = []
    for mention in found:
        earlier = result[-1] if result else None
        if (
            earlier is not None
            and mention.surface.isupper()
            and 2 <= len(mention.surface) <= 8
            and text[earlier.end : mention.start].strip() == "("
            and earlier.kind == "organization"
            and text[mention.end : mention.end + 1] == ")"
            and _abbreviates(mention.surface, earlier.surface)
        ):
            defined[mention.surface] = earlier
            mention = _lean(mention, earlier, "definition")
        elif mention.surface in defined and mention.entity is None:
            mention = _lean(mention, defined[mention.surface], "definition")
        result.append(mention)
    return result


def _abbreviates(acronym: str, name: str) -> bool:
    """All letters of the acronym are initials of the name, in any order: "Organization of the Collective Security Treaty (CSTO)"."""
    initials = [word[0].upper() for word in re.split(r"[\s-]+", name) if word]
    for letter in acronym:
        if letter not in initials:
            return False
        initials.remove(letter)
    return True


def _lean(mention: Mention, on: Mention, flag: str) -> Mention:
    flags = tuple(item for item in mention.flags if item not in ("new", "kind_guessed")) + (flag,)
    if on.entity is None:
        flags += ("new",)
    return msgspec.structs.replace(
        mention, kind=on.kind, name=on.name, entity=on.entity, within=on.within, flags=flags
    )


def _short_forms(found: list[Mention]) -> list[Mention]:
    """A single word that ends an earlier person's name, or starts an earlier organization's, is that one again."""
    seen: dict[tuple[str, EntityKind], Mention] = {}
    result = []
    for mention in found:
        if mention.entity is None and " " not in mention.surface and "demonym" not in mention.flags:
            full = seen.get((mention.surface, "person")) or seen.get((mention.surface, "organization"))
            if full is not None and full.surface != mention.surface:
                mention = _lean(mention, full, "short")
        elif mention.kind == "person" and " " in mention.surface:
            seen.setdefault((mention.surface.split()[-1], "person"), mention)
        if mention.kind == "organization" and " " in mention.surface and "composed" not in mention.flags:
            seen.setdefault((mention.surface.split()[0], "organization"), mention)
        result.append(mention)
    return result


_GENDER = {"he": "person", "she": "person", "him": "person", "his": "person", "her": "person"}


def _references(
    sentences: Sequence[Sequence[Token]], found: Sequence[Mention], main: str | None
) -> list[Mention]:
    """ "the ministry", "the president", "he": the nearest earlier mention that fits, flagged as inferred."""
    lists = word_lists()
    starts = {mention.start: mention for mention in found}
    taken = _Taken(found)
    people: list[Mention] = []
    bodies: list[Mention] = []
    country = next((mention for mention in found if mention.kind == "place" and mention.name == main), None)
    result: list[Mention] = []
    for tokens in sentences:
        sentence_people = []
        for index, token in enumerate(tokens):
            mention = starts.get(token.start)
            if mention is not None:
                if mention.kind == "person":
                    sentence_people.append(mention)
                    people.append(mention)
                elif mention.kind == "organization":
                    bodies.append(mention)
                continue
            if token.tag in ("pron", "det") and _GENDER.get(token.lower) == "person":
                # The first person of the sentence is its subject; else the subject of the sentence before.
                target = sentence_people[0] if sentence_people else (people[-1] if people else None)
                if target is not None:
                    result.append(_refer(token.start, token.end, token.text, target, "pronoun"))
                continue
            if token.lower not in ("the", "this", "that", "its") or index + 1 >= len(tokens):
                continue
            head = tokens[index + 1]
            if taken.overlaps(head.start, head.end):
                continue
            after = tokens[index + 2] if index + 2 < len(tokens) else None
            if after is not None and (
                after.tag in ("word", "cap") and after.lower in lists.organization or after.lower == "of"
            ):
                continue
            target = None
            if head.lower in lists.organization_heads:
                wanted = set(lists.organization_heads[head.lower])
                target = next((body for body in reversed(bodies[-40:]) if _has_word(body, wanted)), None)
            elif (
                head.lower in lists.person_heads
                and token.lower == "the"
                and (after is None or after.tag != "cap")
            ):
                target = people[-1] if people else None
            elif (
                head.lower in ("country", "nation", "republic")
                and token.lower in ("the", "this")
                and country is not None
            ):
                target = country
            if target is not None:
                surface = f"{token.text} {head.text}"
                result.append(_refer(token.start, head.end, surface, target, "coreference"))
        people.extend(sentence_people[:1])
    return result


def _has_word(mention: Mention, wanted: set[str]) -> bool:
    return not wanted.isdisjoint(
        word.strip(".,").lower() for word in (mention.name + " " + mention.surface).split()
    )


def _refer(start: int, end: int, surface: str, target: Mention, flag: str) -> Mention:
    return Mention(start, end, surface, target.kind, target.name, target.entity, target.within, (flag,))
