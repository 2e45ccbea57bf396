"""How a verb stands: as a verb or as a noun, actively, in the passive or as a participle alone."""

from collections.abc import Sequence

import msgspec

from service.extraction.fillers import Range, past_bound
from service.extraction.lexicon import EventEntry
from service.extraction.number_words import SIMPLE
from service.extraction.phrases import DATE_WORDS, Clauses, is_passive, is_past
from service.extraction.roles import phrase_after
from service.extraction.tokens import PAST_FORMS, Token
from service.extraction.triggers import EventTrigger


class Verb(msgspec.Struct, frozen=True, gc=False):
    """A trigger that stands as a verb at tokens[first:last] of a sentence. In the passive, `governing` is the
    token of the participle whose subject is the verb's, its own or the one that it goes on; else 0."""

    clauses: Clauses
    trigger: EventTrigger
    entry: EventEntry
    first: int
    last: int
    passive: bool
    governing: int


def standing_verb(
    clauses: Clauses, trigger: EventTrigger, entry: EventEntry, first: int, last: int
) -> Verb | None:
    """The verb at tokens[first:last] with its voice; None where the words are a noun."""
    tokens = clauses.tokens
    if first and trigger.form in ("base", "third", "ing") and is_noun_here(tokens, first, last, trigger):
        return None
    governing = first if trigger.form == "participle" and is_passive(tokens, first) else 0
    if not governing and trigger.form == "participle":
        bare = entry.predicate == "appointed_to_office" and last < len(tokens) and tokens[last].tag == "word"
        governing = _passive_before(tokens, first, last, bare)
    return Verb(clauses, trigger, entry, first, last, governing > 0, governing)


def is_noun_here(tokens: Sequence[Token], first: int, last: int, trigger: EventTrigger) -> bool:
    """ "overnight air attacks killed", "a new appeal for", "after a cabinet meeting": no verbs."""
    before, follow = tokens[first - 1].lower, tokens[last].lower if last < len(tokens) else ""
    if trigger.form != "ing" and is_past(tokens[first - 1]):
        return True  # "the staff staged protests"
    if trigger.form == "base" and tokens[first - 1].tag == "be" and tokens[first].lower not in PAST_FORMS:
        return True  # "was welcome news"
    if trigger.form == "base" and (_is_one_name(tokens, first - 1) or follow in _LEAVING_DEAD):
        return True  # "the Lima jail superintendent", "Radio Lima host Jane Doe", "arson attack kills three"
    adverb = trigger.form == "ing" and last + 1 < len(tokens) and tokens[last].tag == "adv"
    if adverb and is_past(tokens[last + 1]):
        return True  # "air strikes and shelling also displaced"
    if trigger.lemma.startswith("meet") and trigger.form == "ing":
        beside = tokens[first - 1]
        verb = beside.tag == "be" or beside.lower.endswith(("s", "men", "people"))
        return not verb and (trigger.lemma == "meet" or beside.tag in ("word", "det", "poss"))
    if trigger.lemma == "term" and follow in ("limit", "limits"):
        return True
    if trigger.form == "third":
        joined = tokens[first - 1].tag == "conj" and first > 1 and tokens[first - 2].tag == "word"
        if joined and trigger.lemma == "protest" and tokens[first - 2].lower.endswith("s"):
            return True  # "lodged complaints and protests"
        if trigger.lemma.startswith("talk") and tokens[first - 1].tag not in ("cap", "pron"):
            return True  # "resume talks with"
        return (
            tokens[first - 1].lower in SIMPLE  # "whose two terms end"
            or _stands_in_phrase(tokens, first)
            or follow.endswith("ed")
            or follow in PAST_FORMS
            or follow in ("have", "has", "had", "were", "are")
        )
    back = first - 1
    while back >= 0 and back > first - 4 and tokens[back].tag in ("word", "adv"):
        back -= 1
    one = back >= 0 and (
        tokens[back].lower in ("a", "an", "another", "this", "his", "her", "its", "their")
        or (
            trigger.form == "base"
            and tokens[back].lower == "the"
            and before not in _SEVERAL
            and tokens[back - 1].lower not in _MAKING
        )
    )
    if trigger.form == "ing" and last < len(tokens) and tokens[last].tag in _OBJECT_TAGS:
        return False  # "a letter thanking the mayor"
    return one and back < first - 1 and (not before.endswith("s") or before.endswith("ss"))


_OBJECT_TAGS = frozenset(("det", "pron", "cap"))


def _is_one_name(tokens: Sequence[Token], position: int) -> bool:
    """Whether a name stands here that takes no verb in the plural: "Lima", but not "Greens" or "A and B"."""
    token = tokens[position]
    if token.tag != "cap" or token.lower.endswith("s") or token.lower in _SEVERAL or not position:
        return False
    while position and tokens[position].tag == "cap":
        position -= 1
    return tokens[position].tag not in ("conj", "prep")  # "officials in Lima accuse"


# "had the army clear the square"
_MAKING = frozenset("have had has make made makes let lets help helped helps see saw watched".split())
_SEVERAL = frozenset("police people men women we they you i".split())


def _stands_in_phrase(tokens: Sequence[Token], first: int) -> bool:
    """ "during the student protests": a preposition and an article open the phrase that ends here."""
    back = first - 1
    while back > 0 and back > first - 4 and tokens[back].tag in ("word", "num"):
        back -= 1
    return back > 0 and tokens[back].tag == "det" and tokens[back - 1].tag == "prep"


# They follow the noun for an attack or a fire, but no verb.
_LEAVING_DEAD = frozenset("kills leaves injures wounds hits claims killed left injured wounded hit".split())


def _passive_before(tokens: Sequence[Token], first: int, last: int, named: bool = False) -> int:
    """The token of the passive that this participle goes on: "was ousted in May and jailed", "was cheered
    and `named` interim president", else 0."""
    if first < 3 or tokens[first - 1].lower != "and" or not (named or ends_verb(tokens, last)):
        return 0
    for position in range(first - 2, max(0, first - 14), -1):
        token = tokens[position]
        if is_past(token) and is_passive(tokens, position):
            return position
        if token.tag in ("rel", "sub", "quote", "modal") or token.text in (";", ":") or token.tag == "conj":
            return 0
    return 0


def ends_verb(tokens: Sequence[Token], last: int) -> bool:
    """Whether no object follows."""
    follow = tokens[last] if last < len(tokens) else None
    return (
        follow is None or follow.tag in ("prep", "punct", "sub", "adv", "conj") or follow.lower in DATE_WORDS
    )


def fronted(clauses: Clauses, first: int, last: int) -> Range | None:
    """ "Arrested in May, Jane Doe said": whom the participle in front is said of."""
    tokens = clauses.tokens
    if first > 1 or (first and tokens[0].lower not in ("first", "once", "also")) or last >= len(tokens):
        return None
    if tokens[last].tag not in ("prep", "sub", "adv"):
        return None
    comma = next((p for p in range(last, min(last + 12, len(tokens))) if tokens[p].text == ","), None)
    return phrase_after(clauses, comma + 1) if comma is not None else None


def is_reduced(clauses: Clauses, first: int, last: int) -> bool:
    """ "Opposition leader arrested in Minsk": a participle with no object after a noun."""
    tokens = clauses.tokens
    follow = tokens[last] if last < len(tokens) else None
    stops = follow is None or (follow.tag in ("prep", "punct", "sub") and follow.lower != "(")
    if past_bound(tokens, last) != last:
        return False  # "gunmen killed at least ten people"
    back = first - 1
    while back > 0 and tokens[back].tag in ("word", "cap", "det", "num", "poss"):
        back -= 1
    if 0 < back < first - 1 and tokens[back].lower in ("which", "whom") and tokens[back - 1].tag != "prep":
        return False  # "Lima, which the rebels captured in May"
    if first > 1 and tokens[first - 1].text == "," and follow is not None:
        if follow.lower == "by":
            return True  # "the protests, sparked by …"
        # "Jane Doe, appointed in May to …": the name right before, and no aside that ends here
        named = clauses.by_end.get(tokens[first - 2].end)
        commas = [p for p in range(first - 1) if tokens[p].text == ","]
        # "The owner, Omar Dahl, arrested in May"
        aside = named is not None and [tokens[p + 1].start for p in commas] == [named.start]
        apart = not commas or aside
        return named is not None and named.kind == "person" and apart and follow.tag in ("prep", "sub", "adv")
    return (
        stops
        and first > 0
        and tokens[first - 1].tag in ("cap", "word")
        and (follow is None or follow.lower != "of")
    )
