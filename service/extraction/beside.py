"""Figures that their own noun or the words right beside the number tie to a predicate: "12 deaths", "200
detainees", an age, "52% of the vote", "$80 a barrel", "4% higher"."""

from collections.abc import Sequence
from functools import cache, lru_cache

import msgspec

from service.extraction.conditions import in_context, phrases
from service.extraction.countables import counts, is_few
from service.extraction.counted import is_person, singular
from service.extraction.excluded import excluded
from service.extraction.figures import Counted, NumberAt, NumberSentence, Pattern
from service.extraction.lexicon import QuantityEntry, lexicon
from service.extraction.measures import changed
from service.extraction.reach import behind_brackets
from service.extraction.text import QuantityKind
from service.extraction.tokens import Token, inflections
from service.extraction.triggers import matches


class Naming(msgspec.Struct, frozen=True):
    """How a number's own words may name what an entry counts: by its noun, by what stands behind a hyphen
    ("the 15-member council"), by those who march ("a 250,000-strong march")."""

    by_noun: bool = False
    hyphened: bool = False
    marches: bool = False
    barred: bool = False  # the words say that it counts something else


@lru_cache(maxsize=1 << 12)
def ways(
    kind: QuantityKind, noun: str | None, words: str, ending: str, may: frozenset[str]
) -> tuple[tuple[QuantityEntry, Naming | None], ...]:
    """The entries that may count a number by its own words, and how; and those that may do so by the words
    beside it. `words` are those of the noun, the others are as in `NumberAt`."""
    found = ((entry, _naming(entry, kind, noun, words, ending)) for entry in lexicon().quantities)
    return tuple(
        (entry, naming)
        for entry, naming in found
        if naming is not None or (stands_beside(entry) and entry.predicate in may)
    )


def stands_beside(entry: QuantityEntry) -> bool:
    """Whether words beside a number may name what it counts."""
    return bool(entry.after or entry.before_noun or entry.after_up)


def _naming(
    entry: QuantityEntry, kind: QuantityKind, noun: str | None, words: str, ending: str
) -> Naming | None:
    if entry.kinds:
        return Naming() if kind in entry.kinds else None
    if noun is None or kind != "count":
        return None
    marches = ending == "strong" and noun in entry.acts
    if not (entry.nouns or entry.members or marches):
        return None
    by_noun = noun in entry.nouns or _singular(words, noun).endswith(phrases(entry.nouns))
    hyphened = ending in entry.hyphened
    if not (by_noun or hyphened or marches or noun in entry.members or noun in entry.owned):
        return None
    return Naming(by_noun, hyphened, marches, any(phrase in words for phrase in entry.not_))


def _singular(words: str, noun: str) -> str:
    """ "job losses" is "job loss"; `noun` is the last word's singular."""
    return " ".join((*words.split()[:-1], noun)) if words else words


def own(sentence: NumberSentence, number: NumberAt, entry: QuantityEntry, naming: Naming) -> Counted | None:
    """The counted noun is itself the trigger: "12 deaths", "200 detainees"; an age."""
    quantity, tokens, noun = number.quantity, sentence.tokens, number.noun
    if entry.kinds:
        if (
            (quantity.amount is not None or " or " in quantity.surface)
            and not _of_a_thing(tokens, number)
            and [token.lower for token in tokens[number.last : number.last + 2]] not in _OR_YOUNGER
        ):
            return Counted(
                quantity, entry.predicate, "own", number.first, number.last, number.first, number.last, "age"
            )
        return None
    if noun is None or naming.barred or excluded(sentence.whole, number, entry):
        return None
    is_noun, marches, last = naming.by_noun, naming.marches, number.ending
    hyphened = naming.hyphened and (last != "seat" or _is_chamber(tokens, number))
    if not (is_noun or hyphened or marches or noun in entry.members or noun in entry.owned):
        return None
    if entry.counts == "people" and not counts(entry, quantity, tokens, number):
        return None
    if entry.counts == "soldiers" and not marches:
        if not _stand_there(sentence, number):
            return None
        return Counted(
            quantity, entry.predicate, "member", number.first, number.last, number.last - 1, number.last, noun
        )
    if noun in entry.owned and _is_owned(tokens, number, entry):
        return Counted(
            quantity, entry.predicate, "member", number.first, number.last, number.last - 1, number.last, noun
        )
    if not in_context(entry, sentence.whole, sentence.around) and not (
        hyphened
        and (
            last == "member"
            or [token.tag for token in tokens[number.number_last : number.number_last + 1]] == ["cap"]
        )
    ):
        return None  # but "the six-member CSTO"
    if hyphened or marches:
        at = number.number_last - 1, number.number_last
        return Counted(quantity, entry.predicate, "noun", number.first, number.last, *at, noun)
    pattern: Pattern
    if is_noun:
        pattern = "noun"
    elif noun in entry.members and not (isinstance(entry.counts, str) and entry.counts != "people"):
        pattern = "member"
    else:
        return None
    if noun in entry.noun_before:
        near = {token.lower for token in tokens[max(0, number.first - 4) : number.last + 4]}
        if near.isdisjoint(entry.noun_before[noun]):
            return None
    if noun in entry.member_after and not _of_inhabitants(tokens, number):
        follow = tokens[number.last].lower if number.last < len(tokens) else ""
        ahead = tokens[number.first - 1].lower if number.first else ""
        if ahead not in (_HAVING if follow in entry.member_after[noun] else _SURELY_HAVING):
            return None  # "2,000 residents of the suburb gathered"
    if noun in entry.member_verbs:
        forms = _forms(entry.member_verbs[noun])
        near = {token.lower for token in tokens[max(0, number.first - 5) : number.last + 10]}
        if near.isdisjoint(forms):
            return None
    if noun in entry.many and is_few(number):
        return None
    return Counted(
        quantity, entry.predicate, pattern, number.first, number.last, number.last - 1, number.last, noun
    )


@cache
def _forms(verbs: tuple[str, ...]) -> frozenset[str]:
    return frozenset(form for verb in verbs for form in inflections(verb))


def _is_chamber(tokens: Sequence[Token], number: NumberAt) -> bool:
    """ "the 275-seat lower house", but no 11-seat plane."""
    return any(token.lower in _CHAMBERS for token in tokens[number.number_last : number.number_last + 3])


_CHAMBERS = frozenset(
    "house parliament assembly chamber senate council legislature congress bundestag knesset duma".split()
)


def _stand_there(sentence: NumberSentence, number: NumberAt) -> bool:
    """ "there are still 650 soldiers in Mali", "the 4,000 troops stationed on the island"."""
    tokens, first = sentence.tokens, number.first
    while first and (tokens[first - 1].tag == "adv" or tokens[first - 1].lower in ("the", "its", "some")):
        first -= 1
    ahead = [token.lower for token in tokens[max(0, first - 3) : number.first]]
    large = (number.quantity.amount or number.quantity.lower or 0) >= _FEWEST_SOLDIERS
    place = [token.tag for token in tokens[number.last + 1 : number.last + 2]] in (["cap"], ["det"])
    if (
        large
        and place
        and tokens[first].lower in ("the", "its")
        and tokens[number.last].lower in ("in", "at")
    ):
        return True  # "not all of the 2,500 soldiers in the country will go"
    if "there" in ahead and first and tokens[first - 1].tag in ("be", "adv"):
        return True
    if ahead[-1:] == ["with"] and ahead[-2:-1] and ahead[-2] in _MANNED:
        return True  # "a carrier group with 5,000 sailors"
    if large and first == 1 and tokens[0].lower == "with":
        return True  # "With 900 soldiers, Spain is …"
    follow = [token.lower for token in tokens[number.last : number.last + 2]]
    return follow[:1] in (["stationed"], ["based"], ["deployed"], ["garrisoned"]) or follow == [
        "already",
        "there",
    ]


_FEWEST_SOLDIERS = 100
_MANNED = frozenset(
    ", mission force group fleet ship ships carrier convoy plane planes aircraft base".split()
)


def _of_inhabitants(tokens: Sequence[Token], number: NumberAt) -> bool:
    """ "a fifth of the 72,000 inhabitants have left"."""
    before = [token.lower for token in tokens[max(0, number.first - 2) : number.first]]
    return before in (["of", "the"], ["of", "its"]) and (number.quantity.amount or 0) >= _FEWEST_OWNED


_SURELY_HAVING = frozenset(("with", "has", "had", "of", "whose"))
_HAVING = frozenset("of whose has have had having with to its for and".split())


_FEWEST_OWNED = 1000
_FEWEST_PEOPLE = 10_000


def _is_owned(tokens: Sequence[Token], number: NumberAt, entry: QuantityEntry) -> bool:
    """ "the country's 48 million people", "Derna's 90,000 residents": who lives in a place."""
    owner = number.first - 2
    follow = tokens[number.last : number.last + 3]
    if entry.counts != "people" and [token.lower for token in follow[:2]] == ["of", "the"] and follow[2:]:
        # "the 193 members of the General Assembly"
        return tokens[owner + 1].lower in ("the", "all") and (
            follow[2].tag == "cap" or follow[2].lower in entry.owners
        )
    if entry.counts == "people" and tokens[owner + 1].lower == "the" and follow[:1] and follow[1:]:
        many = number.quantity.amount or number.quantity.lower or 0
        # "the 140 million people of Pakistan"
        whose = follow[1] if follow[1].lower != "the" else follow[-1]
        owns = whose.tag == "cap" or whose.lower in entry.owners
        return many >= _FEWEST_PEOPLE and follow[0].lower == "of" and owns
    if number.noun == "member" and tokens[owner + 1].lower == "with":
        return True  # "the union, with 5,300 members"
    if tokens[owner + 1].lower in ("its", "their", "whose") and entry.counts != "people":
        return True  # "half of its 3,300 members"
    amount = number.quantity.amount or number.quantity.lower
    if amount is not None and amount >= _FEWEST_OWNED and owner > 0 and tokens[owner + 1].lower == "its":
        return tokens[owner].lower == "with"  # "the capital, with its 2.7 million people"
    return (
        owner >= 0
        and amount is not None
        and (amount >= _FEWEST_OWNED or entry.counts != "people")
        and tokens[owner + 1].tag == "poss"
        and (tokens[owner].tag == "cap" or tokens[owner].lower in entry.owners)
    )


_PERSONS = frozenset(
    "boy girl man woman son daughter mother father student teenager actor actress singer player "
    "president leader veteran driver suspect victim brother sister husband wife politician "
    "businessman lawyer journalist activist teacher child resident native youth pensioner widow "
    "soldier officer male female citizen who was is has had said told and from former guilty dead".split()
)


_OR_YOUNGER = [
    ["or", "younger"],
    ["or", "under"],
    ["or", "older"],
    ["and", "under"],
    ["and", "over"],
    ["and", "older"],
]


def _of_a_thing(tokens: Sequence[Token], number: NumberAt) -> bool:
    """ "a 10-year-old browser": a noun that is no person follows; "until age 65": nobody's."""
    ahead = [token.lower for token in tokens[max(0, number.first - 4) : number.first]]
    near = ahead if ahead[-2:] == ["age", "of"] else ahead[-2:]
    if any(word in ("until", "over", "under", "below", "above", "ages") for word in near):
        return True
    if (
        not tokens[number.number_last - 1].lower.endswith("old")
        and "old" not in tokens[number.number_last - 1].lower
    ):
        return False
    first = last = number.number_last
    while last < len(tokens) and tokens[last].tag == "word" and last - first < 5:
        if tokens[last].lower in _PERSONS or is_person(singular(tokens[last].lower), tokens[last].lower):
            return False
        last += 1
    # "the 53-year-old extends the line": a verb, and no thing of that age.
    verb = last == first + 1 and last < len(tokens) and tokens[last].tag in ("det", "pron", "sub")
    return last > first and not verb


def beside(sentence: NumberSentence, number: NumberAt, entry: QuantityEntry) -> Counted | None:
    """Words right after the number or its noun that name the thing: "52% of the vote", "$80 a barrel"."""
    tokens = sentence.tokens
    if not stands_beside(entry):
        return None
    if not in_context(entry, sentence.whole, sentence.around):
        return None
    if entry.predicate == "price" and number.first and tokens[number.first - 1].lower in _CHANGED:
        return None  # "rose by $2 a barrel"
    asked = {token.lower for token in tokens[max(0, number.first - 3) : number.first]}
    if entry.predicate == "revenue" and not asked.isdisjoint(_LOSING):
        return None  # "cost it $11 million in revenue"
    if entry.predicate == "aid_pledged" and not asked.isdisjoint(_ASKING):
        return None  # "appealed for $400 million in aid"
    behind = behind_brackets(tokens, number.last)
    if excluded(sentence.whole, number, entry):
        return None
    if entry.after_up and (change := changed(sentence, number, entry)) is not None:
        sign, first, last = change
        lemma = tokens[first].lower
        return Counted(
            number.quantity, entry.predicate, "after", number.first, number.last, first, last, lemma, sign
        )
    amount = number.quantity.amount or number.quantity.lower or 0
    if entry.units and amount >= _DEAREST:
        return None  # "fined five million rupees apiece"
    # "6.1-magnitude", "$80 a barrel", "a $15 billion arms deal": up to three words may modify a noun.
    first, last = number.first, number.last
    hyphened = tokens[number.number_last - 1].lower.rpartition("-")
    if hyphened[0] and any(words == (hyphened[2],) for words, _ in entry.beside.get(hyphened[2], ())):
        own = number.number_last - 1, number.number_last
        return Counted(number.quantity, entry.predicate, "after", first, last, *own, hyphened[2])
    starts = range(number.number_last, min(number.number_last + 4, len(tokens)))
    for start in starts:
        away = start - number.number_last
        if away and tokens[start].tag not in ("word", "cap", "num", "prep"):
            break
        for words, slack in entry.beside.get(tokens[start].lower, ()):
            if away < slack and matches(tokens, start, words):
                own = start, start + len(words)
                if entry.predicate == "price" and sentence.whole.lowers[own[1] : own[1] + 1] in _DIFFERING:
                    return None  # "bids were $14 a tonne below Monday's"
                if words[-1] == "share" and not sentence.lowers.isdisjoint(_PER_SHARE):
                    return None  # "earned 42 cents a share"
                lost = start >= number.number_last and tokens[number.first - 1].lower[:3] == "los"
                sign = -1 if words[-1] in _FALLEN or (lost and number.first) else 1
                lemma = " ".join(words)
                return Counted(number.quantity, entry.predicate, "after", first, last, *own, lemma, sign)
    bracketed = behind > number.last  # "a 70 million euro ($80 million) international bailout"
    for start in range(behind, min(behind + 1 + 2 * bracketed, len(tokens))):
        if start > behind and tokens[start - 1].tag != "word":
            break
        for words, slack in entry.beside.get(tokens[start].lower, ()):
            if matches(tokens, start, words) and start - behind < max(1, slack):
                own = start, start + len(words)
                return Counted(number.quantity, entry.predicate, "after", first, last, *own, " ".join(words))
    return None


_CHANGED = frozenset(
    form
    for verb in (
        "fall", "rise", "gain", "lose", "drop", "climb", "slip", "slide", "jump", "sink", "surge", "shed",
        "plunge", "tumble", "advance", "ease", "decline", "increase", "soar", "slump", "rally", "retreat",
        "dip", "add",
    )
    for form in inflections(verb)
) | frozenset(("by", "up", "down", "off"))  # fmt: skip
_DIFFERING = [
    [word]
    for word in (
        "below above cheaper dearer lower higher less more difference drop rise increase cut decline fall"
    ).split()
]
_DEAREST = 1_000_000
_FALLEN = frozenset("loss losses contraction deficit decline recession red".split())
_LOSING = frozenset("lost lose loses losing loss losses cost costs costing forgo forgone".split())
_ASKING = frozenset(
    "reward bounty ransom fine fines ask asks asked asking appeal appeals appealed appealing seek seeks "
    "sought seeking need needs needed".split()
)
_PER_SHARE = frozenset("earned earn earnings profit profits loss losses income dividend dividends".split())
