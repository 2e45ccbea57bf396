"""Names that lean on other names: acronyms the text defines, parts of a longer name, "the ministry", "he"."""

import functools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

import msgspec

from service.extraction.mentions import Mention, Taken, word_lists
from service.extraction.protocol import EntityKind
from service.extraction.tokens import Token, Tokens, group
from service.extraction.world import territories


def definitions(text: str, found: list[Mention]) -> list[Mention]:
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
            and (_abbreviates(mention.surface, earlier.surface) or _in_another_language(mention, earlier))
        ):
            defined[mention.surface] = earlier
            mention = _lean(mention, earlier, "definition")
        elif mention.surface in defined and mention.entity is None:
            mention = _lean(mention, defined[mention.surface], "definition")
        result.append(mention)
    return result


def _abbreviates(acronym: str, name: str) -> bool:
    """All letters of the acronym are initials of the name, in any order: "Organization of the
    Collective Security Treaty (CSTO)"."""
    initials = [word[0].upper() for word in re.split(r"[\s-]+", name) if word]
    for letter in acronym:
        if letter not in initials:
            return False
        initials.remove(letter)
    return True


def _in_another_language(mention: Mention, whole: Mention) -> bool:
    """ "the National Security Committee (KNB)": letters of what a body is called at home."""
    sure = "kind_guessed" not in whole.flags and whole.surface.count(" ") > 1
    return (
        sure and mention.entity is None and mention.kind == "organization" and mention.name not in _AGENCIES
    )


_AGENCIES = frozenset(("AP", "AFP", "DPA", "PTI", "UPI", "ANI", "EFE", "TASS", "ANSA"))


def _lean(mention: Mention, on: Mention, flag: str) -> Mention:
    flags = (*tuple(item for item in mention.flags if item not in ("new", "kind_guessed")), flag)
    if on.entity is None:
        flags += ("new",)
    return msgspec.structs.replace(
        mention, kind=on.kind, name=on.name, entity=on.entity, within=on.within, flags=flags
    )


@functools.cache
def _common() -> frozenset[str]:
    """Words that stand for nobody alone."""
    lists = word_lists()
    return lists.titles | lists.parties | lists.things | lists.not_names


def short_forms(found: list[Mention]) -> list[Mention]:
    """A single word that ends or begins a person's name of the text, or begins an organization's, is that
    one again."""
    lists = word_lists()
    common = _common()
    places = {mention.surface for mention in found if mention.kind == "place"}
    alone = {mention.surface for mention in found if " " not in mention.surface}
    full: dict[tuple[str, EntityKind], list[Mention]] = {}
    for mention in found:
        words = mention.surface.split()
        if len(words) < 2 or "composed" in mention.flags:
            continue
        if mention.kind == "person" and words[-1].lower() not in common and not words[-1].isupper():
            full.setdefault((words[-1], "person"), []).append(mention)
            family_first = words[-1] not in alone and words[0].isalpha()  # "Hua Chunying", "Hua said"
            if words[0].lower() in lists.given or family_first:
                full.setdefault((words[0], "person"), []).append(mention)
        elif mention.kind == "organization" and words[0] not in places:
            first = words[0].lower()
            acronym = words[0].isupper() and words[1].lower() not in lists.organization
            if not acronym and first not in lists.organization and first not in common:
                full.setdefault((words[0], "organization"), []).append(mention)
    people: dict[str, Mention] = {}
    result = []
    for mention in found:
        if mention.entity is None and " " not in mention.surface:
            word = mention.surface
            if (word, "person") in full and _is_open(mention, "person"):
                if word not in people:
                    people[word] = _likeliest(full[word, "person"])
                if mention.kind != "place" or "kind_guessed" not in people[word].flags:
                    mention = _lean(mention, people[word], "short")  # London is not "Occupy London"
            elif (bodies := full.get((word, "organization"))) and _is_open(mention, "organization"):
                before = bisect_left(bodies, mention.start, key=_start)
                if before:
                    mention = _lean(mention, bodies[before - 1], "short")
        result.append(mention)
    return result


def _start(mention: Mention) -> int:
    return mention.start


def _likeliest(people: Sequence[Mention]) -> Mention:
    """Of several persons with one family name the one that the text names most often, a guess last."""
    times = Counter(item.name for item in people if "kind_guessed" not in item.flags) or Counter(
        item.name for item in people
    )
    name = times.most_common(1)[0][0]
    return next(item for item in people if item.name == name)


def _is_open(mention: Mention, kind: EntityKind) -> bool:
    """Whether a word may stand for something longer: no country, no people; a town's name may be a person's,
    too."""
    if "demonym" in mention.flags:
        return False
    if mention.kind == "place" and "kind_guessed" not in mention.flags:
        return kind == "person" and mention.within is not None
    return True


_DEFINITE = frozenset(("the", "this", "that", "its"))
_PRONOUNS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
_TITLE_GENDERS = {
    "mr": "m", "mrs": "f", "ms": "f", "king": "m", "queen": "f", "spokesman": "m", "spokeswoman": "f",
    "chairwoman": "f", "congresswoman": "f", "baroness": "f", "princess": "f", "actress": "f", "sister": "f",
    "mother": "f", "daughter": "f", "widow": "f", "wife": "f", "lord": "m", "sir": "m", "dame": "f",
}  # fmt: skip
_COUNTRIES = frozenset(("country", "nation", "republic"))
_CAPITAL = frozenset(("capital",))
_REFERRING = _DEFINITE | frozenset(_PRONOUNS)


@functools.cache
def _things() -> frozenset[str]:
    """What a definite noun phrase may refer to."""
    return _COUNTRIES.union(_CAPITAL, word_lists().person_heads, word_lists().organization_heads)


_THINGS = group(_things)
_HEADS = group(lambda: word_lists().person_heads)
_PRONOUN, _REFERENCE = group(_PRONOUNS), group(_REFERRING)
# Words between "the" and the head of a phrase: "the deputy police chief".
MODIFIERS = 2
MOST_REMEMBERED = 80  # namings of persons that a reference may reach back over


class _Known(msgspec.Struct):
    """The persons of a text in the order they are named, the words that say what each is, and by which
    pronouns a sentence goes on that names nobody else."""

    people: list[Mention]
    words: dict[str, set[str]]
    pronouns: Counter[tuple[str, str]]

    def last(self) -> Iterator[Mention]:
        """Those named last, the last one first."""
        return islice(reversed(self.people), MOST_REMEMBERED)

    def fits(self, person: Mention, gender: str) -> bool:
        lists = word_lists()
        given = person.name.split()[0].lower()
        told = {_TITLE_GENDERS[word] for word in self.words.get(person.name, ()) if word in _TITLE_GENDERS}
        if not told and " " in person.name:
            told = {"f"} if given in lists.women else {"m"} if given in lists.men else set()
        other = "m" if gender == "f" else "f"
        if not told and self.pronouns[person.name, other] > self.pronouns[person.name, gender] + 1:
            return False
        return not told or gender in told

    def called(self, words: Sequence[str]) -> Mention | None:
        """The last person who was said to be all this."""
        wanted = set(words)
        return next((one for one in self.last() if wanted <= self.words.get(one.name, set())), None)


def references(sentences: Sequence[Tokens], found: Sequence[Mention], main: str | None) -> list[Mention]:
    """ "the ministry", "the president", "he": the nearest earlier mention that fits, flagged as inferred."""
    starts = {mention.start: mention for mention in found}
    taken = Taken(found)
    known = _Known([], {}, Counter())
    bodies: list[Mention] = []
    country = next((mention for mention in found if mention.kind == "place" and mention.name == main), None)
    seats = _capitals().get(main or "", ())
    capital = next((mention for mention in found if mention.kind == "place" and mention.name in seats), None)
    result: list[Mention] = []
    offsets = sorted(starts)
    things = _things()
    for sentence in sentences:
        tokens, groups = sentence.plain, sentence.groups
        here: list[Mention] = []
        if _is_byline(tokens):
            continue
        # "the" and "its" refer only where a noun for persons or bodies follows.
        definite = groups & _THINGS
        begins, ends = (tokens[0].start, tokens[-1].end) if tokens else (0, 0)
        named = bisect_left(offsets, begins) < bisect_left(offsets, ends)
        if not named and not groups & (_REFERENCE if definite else _PRONOUN):
            continue
        referring = _REFERRING if definite else _PRONOUNS.keys()
        for index, token in [
            (index, token)
            for index, token in enumerate(tokens)
            if token.lower in referring or token.start in starts
        ]:
            mention = starts.get(token.start)
            if mention is not None:
                if mention.kind == "person":
                    here.append(mention)
                    known.people.append(mention)
                    known.words.setdefault(mention.name, set()).update(_said_to_be(tokens, index, mention))
                elif mention.kind == "organization":
                    bodies.append(mention)
                continue
            if token.tag in ("pron", "det") and (gender := _PRONOUNS.get(token.lower)) is not None:
                # The first person of the sentence is its subject; else the subject of the sentence before.
                fitting = (one for one in (*here, *known.last()) if known.fits(one, gender))
                target = next(fitting, None)
                if target is not None:
                    if here and all(one.name == target.name for one in here):
                        known.pronouns[target.name, gender] += 1
                    result.append(_refer(token.start, token.end, token.text, target, "pronoun"))
                    if token.tag == "pron" and not here:
                        here.append(target)  # the subject of the sentence
                continue
            if token.lower not in _DEFINITE or index + 1 >= len(tokens):
                continue
            head = tokens[index + 1]
            if groups & _HEADS and (by_role := _by_role(tokens, index, known)) is not None:
                result.append(by_role)
                continue
            if head.lower not in things or taken.overlaps(head.start, head.end):
                continue
            if head.lower in _CAPITAL:
                follow = tokens[index + 2] if index + 2 < len(tokens) else None
                named = follow is not None and (
                    follow.tag in ("cap", "word")
                    or follow.lower == "of"
                    or (follow.text == "," and tokens[index + 3].tag == "cap")
                )
                target = None if named else capital  # "the capital, Lima", "the capital of Peru"
            else:
                target = _thing_before(tokens, index, bodies, known, country)
            if target is not None:
                surface = f"{token.text} {head.text}"
                result.append(_refer(token.start, head.end, surface, target, "coreference"))
        known.people.extend(here[:1])
    return result


@functools.cache
def _capitals() -> dict[str, tuple[str, ...]]:
    return {territory.name: territory.capitals for territory in territories().values()}


def _is_byline(tokens: Sequence[Token]) -> bool:
    """ "By Ana Costa and Juan Paz, Marea News": whoever wrote the article is no one it speaks of."""
    return (
        1 < len(tokens) <= 12
        and tokens[0].lower == "by"
        and all(token.tag in ("cap", "punct", "conj") for token in tokens[1:])
    )


def _said_to_be(tokens: Sequence[Token], index: int, mention: Mention) -> set[str]:
    """The words around a name that say who it is: "police spokesman Ana Costa", "Ana Costa, the mayor"."""
    words = set()
    for position in range(index - 1, max(-1, index - 7), -1):
        if tokens[position].tag not in ("word", "cap", "det", "conj") and tokens[position].text != ".":
            break
        words.add(tokens[position].lower)
    after = index
    while after < len(tokens) and tokens[after].end <= mention.end:
        after += 1
    if after + 1 < len(tokens) and tokens[after].text == ",":
        for token in tokens[after + 1 : after + 9]:
            if token.tag not in ("word", "cap", "det", "prep", "poss"):
                break
            words.add(token.lower)
    return words


def _by_role(tokens: Sequence[Token], index: int, known: _Known) -> Mention | None:
    """ "the president", "the police spokesman": whoever was said to be that; the reference is the noun."""
    lists = word_lists()
    for head in range(index + 1, min(index + 2 + MODIFIERS, len(tokens))):
        if tokens[head].tag != "word":
            if tokens[head].tag != "cap":
                return None
            continue
        if tokens[head].lower not in lists.person_heads:
            continue
        after = tokens[head + 1] if head + 1 < len(tokens) else None
        if after is not None and (
            after.tag in ("cap", "poss") or after.lower in ("of", "for") or after.lower in lists.person_heads
        ):
            return None
        target = known.called([token.lower for token in tokens[index + 1 : head + 1]])
        if target is None:
            return None
        first = index if head == index + 1 else head
        surface = " ".join(token.text for token in tokens[first : head + 1])
        return _refer(tokens[first].start, tokens[head].end, surface, target, "coreference")
    return None


def _thing_before(
    tokens: Sequence[Token],
    index: int,
    bodies: Sequence[Mention],
    known: _Known,
    country: Mention | None,
) -> Mention | None:
    lists = word_lists()
    token, head = tokens[index], tokens[index + 1]
    after = tokens[index + 2] if index + 2 < len(tokens) else None
    if after is not None and (
        after.tag == "poss"  # "the prosecutor's office"
        or (after.tag in ("word", "cap") and after.lower in lists.organization)
        or after.lower == "of"
        or after.lower in lists.person_heads
    ):
        return None
    if head.lower in lists.organization_heads:
        wanted = set(lists.organization_heads[head.lower])
        fitting = [body for body in bodies[-40:] if _has_word(body, wanted)]
        here = (body for body in fitting if body.start >= tokens[0].start)
        # "Lund Corp plans to sell its mills to Holm Inc, the company said": the subject of the sentence
        return next(here, None) or (fitting[-1] if fitting else None)
    if head.lower in lists.person_heads and token.lower == "the" and (after is None or after.tag != "cap"):
        # Where nobody was said to be that, it is the only person there is, unless that is something else.
        names = {person.name for person in known.people}
        if len(names) != 1 or head.lower.startswith("spokes"):
            return None
        last = known.people[-1]
        return None if lists.person_heads & known.words.get(last.name, set()) else last
    if head.lower in _COUNTRIES and token.lower in ("the", "this"):
        return country
    return None


def _has_word(mention: Mention, wanted: set[str]) -> bool:
    return not wanted.isdisjoint(
        word.strip(".,").lower() for word in (mention.name + " " + mention.surface).split()
    )


def _refer(start: int, end: int, surface: str, target: Mention, flag: str) -> Mention:
    return Mention(start, end, surface, target.kind, target.name, target.entity, target.within, (flag,))
