"""Whether a phrase may fill a role: the names in it and the noun that heads it."""

from collections.abc import Sequence

from service.extraction.counted import is_person, singular
from service.extraction.heads import OWNERS
from service.extraction.lexicon import Filler
from service.extraction.mentions import Mention
from service.extraction.phrases import Clauses
from service.extraction.tokens import Token

Range = tuple[int, int]

PEOPLE = Filler(kinds=("person",), persons=True)
SOMEBODY = Filler(persons=True, heads=frozenset(("head", "chief", "general")))


def mentions_in(clauses: Clauses, span: Range) -> list[tuple[int, Mention]]:
    if clauses.named is None:
        known = clauses.by_start.get
        clauses.named = [
            (position, mention)
            for position, token in enumerate(clauses.tokens)
            if (mention := known(token.start)) is not None
        ]
    if not clauses.named:
        return []
    return [named for named in clauses.named if span[0] <= named[0] < span[1]]


def mention_stop(clauses: Clauses, position: int, mention: Mention) -> int:
    while position < len(clauses.tokens) and clauses.tokens[position].end <= mention.end:
        position += 1
    return position


def fits(clauses: Clauses, span: Range, filler: Filler) -> bool:
    """Whether the phrase may fill the role: by the kind of a name in it, or by a noun that heads it."""
    if filler.text:
        return True
    tokens, last = clauses.tokens, span[1]
    first = past_bound(tokens, span[0])
    if tokens[first].tag == "prep" and last - first > 1:
        first += 1  # "under the deal reached in May"
    end = first
    while end < last and (tokens[end].tag not in _ENDS_HEAD or is_cut(tokens, end)):
        end += 1
    if end < last and end and tokens[end].lower == "of" and _is_part(tokens[end - 1].lower):
        end = next((p for p in range(end + 1, last) if tokens[p].tag == "prep"), last)
    of_persons = filler.persons or "person" in filler.kinds
    for position, token in enumerate(tokens[first : max(end, first + 1)], first):
        if token.tag not in _NAMING or (position + 1 < len(tokens) and tokens[position + 1].tag == "poss"):
            continue  # "the minister's approval" is no minister
        noun = singular(token.lower).removeprefix("ex-")
        if (token.lower in filler.heads or noun in filler.heads) and not _before_person(
            clauses, position, end
        ):
            return True
        if of_persons and token.lower in _PRONOUNS:
            return True
        if filler.persons and (
            token.lower.endswith("year-old") or (noun not in TOO_VAGUE and is_person(noun, token.lower))
        ):
            return True
    for position, mention in mentions_in(clauses, (first, last)):
        if position >= end or mention.kind not in filler.kinds or "demonym" in mention.flags:
            continue
        if tokens[position].lower not in OWNERS:
            stop = mention_stop(clauses, position, mention)
            # "attacked the Tory plans": a name before a noun of its own is not what the phrase is about.
            if not any(token.tag in ("poss", "word") for token in tokens[stop:end]):
                return True
    return end < last and of_persons and _ends_in_person(clauses, end, (first, last))


def names_people(clauses: Clauses, span: Range, filler: Filler) -> bool:
    """ "Venezuelans", "millions of Kenyans" for the people of a role: who lives there, not what is theirs."""
    mention = clauses.by_end.get(clauses.tokens[span[1] - 1].end)
    return (
        not _PEOPLE.isdisjoint(filler.heads)
        and mention is not None
        and "demonym" in mention.flags
        and mention.surface.endswith(("ans", "is", "ns"))
    )


_PEOPLE = frozenset(("people", "voter", "voters"))
_ENDS_HEAD = frozenset(("prep", "punct", "rel", "modal"))
_NAMING = frozenset(("word", "cap", "pron", "num"))


def _ends_in_person(clauses: Clauses, comma: int, span: Range) -> bool:
    """ "the fourth, finance minister Jane Doe": a name set off by a comma ends the phrase."""
    last = clauses.by_end.get(clauses.tokens[span[1] - 1].end)
    return (
        clauses.tokens[comma].text == ","
        and last is not None
        and last.kind == "person"
        and last.start >= clauses.tokens[comma].end
    )


_PRONOUNS = frozenset(("he", "she", "him", "they", "them"))


def _before_person(clauses: Clauses, position: int, end: int) -> bool:
    """ "a cabinet minister" is no cabinet, "the coalition's leader" no coalition."""
    follow = clauses.tokens[position + 1 : end]
    return bool(follow) and follow[-1].tag == "word" and singular(follow[-1].lower) in OFFICES


OFFICES = frozenset(
    ("minister", "secretary-general", "spokesman", "spokeswoman", "chief", "president", "envoy")
)
# "Most of the state's townships": the part stands for the whole.
PARTS = frozenset(
    "most all half part parts much many several some one two three four five six seven eight nine ten dozens "
    "hundreds thousands millions scores".split()
)
# Nouns for persons that stand before another noun as often as alone.
TOO_VAGUE = frozenset("human general police head killed missing injured dead poor rich".split())


def _is_part(word: str) -> bool:
    return word in PARTS or word.isdigit()


def past_bound(tokens: Sequence[Token], first: int) -> int:
    """ "at least 25 people", "as many as ten": behind the bound of a number."""
    if first + 2 >= len(tokens) or tokens[first].lower not in _BOUNDS:
        return first
    number = next((p for p in range(first + 1, min(first + 4, len(tokens))) if tokens[p].tag == "num"), None)
    return number if number is not None else first


_BOUNDS = frozenset(("at", "up", "more", "as", "over", "fewer", "less", "around", "about"))


def is_cut(tokens: Sequence[Token], position: int) -> bool:
    """ "Lt. Gen. Jane Doe": the full stop of a title before a name."""
    return (
        tokens[position].text == "."
        and position > 0
        and tokens[position - 1].lower in _CUT_TITLES
        and position + 1 < len(tokens)
        and tokens[position + 1].tag == "cap"
    )


_CUT_TITLES = frozenset(
    "mr mrs ms dr st gen lt col sgt capt maj cpl adm brig cmdr gov sen rep rev prof hon msgr supt insp det "
    "pres amb atty jr sr co inc ltd corp".split()
)
