"""Names that lean on other names: acronyms the text defines, parts of a longer name, "the ministry", "he"."""

import re
from collections.abc import Sequence

import msgspec

from service.extraction.mentions import Mention, Taken, word_lists
from service.extraction.protocol import EntityKind
from service.extraction.tokens import Token


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
            and _abbreviates(mention.surface, earlier.surface)
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


def _lean(mention: Mention, on: Mention, flag: str) -> Mention:
    flags = (*tuple(item for item in mention.flags if item not in ("new", "kind_guessed")), flag)
    if on.entity is None:
        flags += ("new",)
    return msgspec.structs.replace(
        mention, kind=on.kind, name=on.name, entity=on.entity, within=on.within, flags=flags
    )


def short_forms(found: list[Mention]) -> list[Mention]:
    """A single word that ends an earlier person's name, or starts an earlier organization's, is that
    one again."""
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
_DEFINITE = frozenset(("the", "this", "that", "its"))
_REFERRING = _DEFINITE | frozenset(_GENDER)


def references(
    sentences: Sequence[Sequence[Token]], found: Sequence[Mention], main: str | None
) -> list[Mention]:
    """ "the ministry", "the president", "he": the nearest earlier mention that fits, flagged as inferred."""
    lists = word_lists()
    starts = {mention.start: mention for mention in found}
    taken = Taken(found)
    people: list[Mention] = []
    bodies: list[Mention] = []
    country = next((mention for mention in found if mention.kind == "place" and mention.name == main), None)
    result: list[Mention] = []
    for tokens in sentences:
        sentence_people = []
        for index, token in enumerate(tokens):
            if token.lower not in _REFERRING and token.start not in starts:
                continue
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
            if token.lower not in _DEFINITE or index + 1 >= len(tokens):
                continue
            head = tokens[index + 1]
            if taken.overlaps(head.start, head.end):
                continue
            after = tokens[index + 2] if index + 2 < len(tokens) else None
            if after is not None and (
                after.tag == "poss"  # "the prosecutor's office"
                or (after.tag in ("word", "cap") and after.lower in lists.organization)
                or after.lower == "of"
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
