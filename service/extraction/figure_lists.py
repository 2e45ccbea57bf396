"""Figures whose verb another figure has: lists ("12 civilians and three soldiers"), parts ("including three
children"), totals and counts told again, and verbs left out the second time."""

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from service.extraction.countables import counts
from service.extraction.counted import is_plural
from service.extraction.figures import Counted, NumberAt, NumberSentence
from service.extraction.lexicon import QuantityEntry, lexicon
from service.extraction.phrases import is_past
from service.extraction.tokens import Token


def spread(sentence: NumberSentence, used: dict[int, Counted]) -> None:
    """Quantities that share another's trigger: lists ("12 civilians and three soldiers") and parts
    ("including 3 children")."""
    tokens = sentence.tokens
    for position, number in enumerate(sentence.numbers):
        if position in used and used[position].pattern not in ("member",):
            continue
        again = _again(sentence, position, used)
        if again is not None:
            used[position] = again
            continue
        if number.quantity.kind == "money" and _totals(tokens, number) and position - 1 in used:
            used[position] = msgspec.structs.replace(
                used[position - 1],
                quantity=number.quantity,
                pattern="label",
                first=number.first,
                last=number.last,
            )
            continue
        if number.quantity.kind != "count":
            rival = _rival(sentence, number, used)
            if rival is not None:
                used[position] = rival
            continue
        before = tokens[number.first - 1].lower if number.first else ""
        main = next((p for p in range(position - 1, -1, -1) if p in used and used[p].of is None), None)
        if main is None:
            continue
        owner = used[main]
        if number.quantity.noun is None and (_totals(tokens, number) or _counts_again(tokens, number)):
            labels = (p for p in range(position - 1, -1, -1) if p in used and used[p].pattern == "label")
            owner = used[next(labels, main)]
            used[position] = msgspec.structs.replace(
                owner, quantity=number.quantity, pattern="label", first=number.first, last=number.last
            )
            continue
        earlier = sentence.numbers[position - 1]
        between = tokens[earlier.last : number.first]
        if earlier.last > number.first:  # "five French and two Dutch soldiers"
            between = [token for token in tokens[earlier.number_last : number.first] if token.tag != "cap"]
        lowers = [token.lower for token in between]
        follow = [token.lower for token in tokens[number.last : number.last + 6]]
        neighbour = used.get(position - 1)
        part = (
            not _PART_WORDS.isdisjoint(lowers)
            or before in _PART_WORDS
            or any(pair in _OF_THEM for pair in pairwise(lowers[-4:]))
            or tuple(follow[:2]) in _OF_THEM
            or ("them" in follow and "among" in follow)
            or (
                neighbour is not None
                and neighbour.of is not None
                and (lowers in (["and"], [","], [",", "and"]) or _goes_on(sentence, position, neighbour))
            )
            or (neighbour is not None and _of_whole(sentence, number, neighbour))
        )
        entry = _entry_of(owner)
        if part and neighbour is None and _is_whole(tokens, earlier):
            continue  # "has killed three; 793 cases are known, 417 of them on the island"
        if lowers[-2:] == ["all", "but"]:
            continue  # "18 deaths, all but three of them in Lusaka"
        if not (part and number.noun is None and follow[:2] == ["of", "them"]) and not counts(
            entry, number.quantity, tokens, number
        ):
            continue
        if part and (owner.predicate == "member_count" or _of_others(tokens, number, owner)):
            continue  # "a council of 15, seven of them from his party"
        if part:
            used[position] = msgspec.structs.replace(
                owner,
                quantity=number.quantity,
                pattern="included",
                first=number.first,
                last=number.last,
                of=main,
            )
        elif (
            neighbour is not None
            and is_part_of(tokens, neighbour)
            and _goes_on(sentence, position, neighbour)
        ):
            used[position] = msgspec.structs.replace(
                neighbour, quantity=number.quantity, pattern="included", first=number.first, last=number.last
            )
        elif (
            (lowers in (["and"], [","], [",", "and"], ["as", "well", "as"], ["plus"]) or before == "joining")
            and position - 1 in used
            and (owner.pattern in ("active", "act", "label") or before == "joining")
        ):
            used[position] = msgspec.structs.replace(
                owner, quantity=number.quantity, pattern="listed", first=number.first, last=number.last
            )


_PART_WORDS = frozenset("including include includes included".split())
_OF_THEM = frozenset(
    (first, second)
    for first in ("of", "among", "amongst")
    for second in ("them", "whom", "which", "those", "these")
)


def _is_whole(tokens: Sequence[Token], number: NumberAt) -> bool:
    """Whether a number that nothing was made of counts things that "of them" may go back to."""
    ahead = tokens[number.first - 1].tag if number.first else ""
    return number.quantity.kind == "count" and number.noun is not None and ahead != "prep"


def _of_whole(sentence: NumberSentence, number: NumberAt, whole: Counted) -> bool:
    """ "Of the 30 dead, 25 drowned"."""
    tokens = sentence.tokens
    ahead = [token.lower for token in tokens[max(0, whole.first - 3) : whole.first]]
    opens = "of" in ahead and (tokens[0].lower == "of" or ";" in ahead)
    return opens and number.quantity.noun is None and tokens[number.first - 1].text == ","


def _of_others(tokens: Sequence[Token], number: NumberAt, owner: Counted) -> bool:
    """ "thousands fled clashes between factions, one of them led by a general": one of the factions."""
    if number.quantity.amount != 1 or tokens[number.first - 1].text != "," or number.first < 2:
        return False
    return owner.last < number.first - 1 and is_plural(tokens[number.first - 2].text)


def _goes_on(sentence: NumberSentence, position: int, part: Counted) -> bool:
    """ "Of the 30, 25 drowned and five were crushed", "17 of the dead were miners and five rescuers": another
    part of the same whole."""
    tokens, number = sentence.tokens, sentence.numbers[position]
    before = tokens[number.first - 1].lower
    if number.quantity.noun is not None or before not in ("and", ",", "other", "remaining", "while", "rest"):
        return False
    between = tokens[part.last : number.first]
    told = tokens[0].lower == "of" or is_part_of(tokens, part)
    return told and len(between) < 12 and not any(token.text in (";", "”") for token in between)


_TOLD_OF = frozenset(
    "dead wounded injured victims killed detained arrested missing those them fatalities casualties deceased "
    "survivors hostages detainees evacuees displaced deaths arrests injuries".split()
)


def is_part_of(tokens: Sequence[Token], item: Counted | NumberAt) -> bool:
    """ "five of the dead were children", "five of the 12 dead"."""
    near = [token.lower for token in tokens[item.first : item.last + 4]]
    of = next((p for p, word in enumerate(near) if word == "of"), None)
    return of is not None and not _TOLD_OF.isdisjoint(near[of : of + 4]) and "the" in near[of : of + 2]


_TOTALS = frozenset(
    "total tally toll number figure count contributions contribution pledges aid amount".split()
)
_COUNTED = frozenset("number figure toll total tally count estimate".split())
_PUTTING = frozenset(
    "put puts putting set sets placed estimated raised revised lowered corrected cut reduced updated "
    "upped amended changed downgraded adjusted gave gives giving".split()
)
_COUNTING = frozenset(
    "counted estimated reported registered recorded put counts count estimates estimate puts reports "
    "records registers conceded concede concedes admitted admits admit acknowledged acknowledges claimed "
    "claim claims saw sees confirmed confirms confirm gave gives give listed lists cited cites mentioned "
    "mentions spoke speaks speak talked talks wrote writes told tells reckoned reckons maintains "
    "insists".split()
)
_ONLY = frozenset("only just merely barely some as many another a further no more than still roughly".split())


def _totals(tokens: Sequence[Token], number: NumberAt) -> bool:
    """ "taking the total since Friday to 310": of what was counted before."""
    near = tokens[max(0, number.first - 9) : number.first]
    return (
        len(near) > 2
        and near[-1].lower == "to"
        and any(token.lower in _TOTALS for token in near)
        and any(
            token.lower in ("bringing", "taking", "raising", "pushing", "brings", "brought") for token in near
        )
    )


def _counts_again(tokens: Sequence[Token], number: NumberAt) -> bool:
    """ "organisers said 20,000 had come; the police counted 8,000", "put it at 8,000", "speaks of four",
    "the number is 14", "corrected it to 36"."""
    first = number.first
    while first > 1 and tokens[first - 1].lower in _ONLY:
        first -= 1  # "would concede only 800"
    before = tokens[first - 1].lower if first else ""
    near = [token.lower for token in tokens[max(0, first - 6) : first - 1]]
    last = near[-1] if near else ""
    if before in _COUNTING:
        return True
    told = bool(_COUNTED.intersection(near))
    if before in ("at", "as"):
        return any(word in _COUNTING for word in near[-3:]) or (told and not _PUTTING.isdisjoint(near))
    if before == "to":
        return last in _COUNTING or (
            (told or last in ("it", "this", "that")) and not _PUTTING.isdisjoint(near)
        )
    if before == "of":
        return last in _COUNTED or last in _COUNTING  # "has withdrawn the figure of 51", "speaks of 24"
    return before in ("is", "was") and last in _COUNTED


def _entry_of(item: Counted) -> QuantityEntry:
    return next(entry for entry in lexicon().quantities if entry.predicate == item.predicate)


_BEFORE = frozenset(("after", "from", "against"))
_THAN_BEFORE = [
    phrase.split()
    for phrase in ("compared with", "compared to", "up from", "down from", "higher than", "lower than")
]
_STATED = frozenset(("measure", "label", "after", "active", "intransitive", "passive", "listed"))


def _again(sentence: NumberSentence, position: int, used: dict[int, Counted]) -> Counted | None:
    """The verb left out the second time: "lost two soldiers in May and four more in June", "France sent
    300 soldiers and Italy 200", "5.6 percent after 4.9 percent in 2022"."""
    tokens, number = sentence.tokens, sentence.numbers[position]
    last = position - 1
    while last >= 0 and last not in used and _is_aside(sentence, last, number):
        last -= 1
    owner = used.get(last)
    if owner is None or owner.pattern == "included" or number.quantity.kind != owner.quantity.kind:
        return None
    bare = number.quantity.noun is None
    if owner.quantity.kind == "count" and not (bare and _counts_bare(_entry_of(owner), number, tokens)):
        return None
    start = max(owner.last, owner.trigger_last if owner.trigger_first < number.first else 0)
    start = max(start, sentence.numbers[position - 1].last)
    if tokens[start].text == ")":
        start += 1
    between = tokens[start : number.first]
    if not between or number.first == 0:
        return None
    named: tuple[int, int] | None = None
    before = tokens[number.first - 1]
    follow = range(number.last, min(number.last + 2, len(tokens)))
    lowers = [token.lower for token in between]
    more = before.lower in ("and", "with") and "extra" in number.quantity.flags
    dated = any(p in sentence.dated for p in range(number.last, min(number.last + 7, len(tokens))))
    told = number.quantity.kind in ("money", "percent") and owner.pattern in _STATED
    if bare and owner.quantity.kind == "count" and _elsewhere(tokens, number) and len(lowers) < 9:
        pass  # "three died in Wau, two in Kabwum and one in Rai"
    elif more or (before.lower in _BEFORE and any(p in sentence.dated for p in follow)):
        pass
    elif (
        told
        and before.lower == "against"
        and tokens[number.last : number.last + 1]
        and tokens[number.last].tag == "prep"
    ):
        pass  # "0.3 percent, against six percent in the year before"
    elif before.lower in ("from", "with", "to", "than", "versus") and (
        (lowers[-2:] in _THAN_BEFORE and (told or dated) and len(lowers) < 16)
        or (told and before.lower == "from" and (len(lowers) < 7 or lowers[-2] == ","))
    ):
        pass  # "to $12.4 billion from $11.7 billion", "down from 940 a year before"
    elif (
        told
        and before.lower == "and"
        and (
            any(p in sentence.dated for p in follow)
            or (tokens[number.last : number.last + 1] and tokens[number.last].tag == "prep")
        )
    ):
        pass  # "145% in one year and 39% since January", "and $200,000 to the clinics"
    elif lowers in (
        ["from"],
        [",", "up", "from"],
        [",", "down", "from"],
        ["up", "from"],
        ["down", "from"],
    ) or (lowers == ["to"] and tokens[owner.first - 1].lower == "from"):
        pass  # "down to 83 from 92", "from 35 members to 15"
    elif before.lower == "at" and number.first > 1 and tokens[number.first - 2].lower in (",", "and"):
        pass  # "put at 6.4 by the survey, at 6.1 by Geofon"
    elif any(pair in _TIMES for pair in pairwise(lowers)) and len(lowers) < 9:
        pass  # "19 lives, more than double the eight reported a week ago"
    elif (
        told and before.lower == "of" and tokens[number.first - 2].lower in ("peak", "high", "low", "record")
    ):
        pass  # "down to 38.2 percent from a peak of 75.5"
    elif told and before.lower in ("his", "her", "their", "its") and tokens[number.first - 2].lower == "to":
        pass  # "52 percent to his 46"
    elif before.text == "," and _according(tokens, start) and _according(tokens, number.last):
        pass  # "6.8 according to the observatory, 6.5 according to Geofon"
    elif before.text == "(" and told and tokens[number.first - 2].tag == "cap":
        pass  # "followed by the Netherlands (€250m), the World Bank ($140m)"
    elif (told or not _is_rated(number)) and (named := _another(tokens, start, number)) is not None:
        pass
    else:
        return None
    return msgspec.structs.replace(
        owner,
        quantity=number.quantity,
        pattern="listed",
        first=number.first,
        last=number.last,
        owner=named,
    )


_TIMES = frozenset((times, "the") for times in ("double", "twice", "triple", "half", "thrice"))
_PUT = frozenset("at with had has on of won got counted counts lost sent gave took polled scored".split())


def _another(tokens: Sequence[Token], start: int, number: NumberAt) -> tuple[int, int] | None:
    """The other subject whose verb is left out: ", and Italy 200", "; the Chinese at 6.5", "the police of
    35,000", "and Britain, after some hesitation, 90 million"."""
    last = number.first
    while last > start + 1 and tokens[last - 1].lower in _ONLY:
        last -= 1
    if tokens[last - 1].lower in _PUT:
        last -= 1
    if tokens[last - 1].text == ",":  # an aside before the number
        opening = next((p for p in range(last - 2, max(start, last - 14), -1) if tokens[p].text == ","), None)
        if opening is None or tokens[opening + 1].tag not in ("rel", "prep", "sub"):
            return None
        last = opening
    first = last
    while first > start and last - first < 8 and _in_name(tokens, first - 1, first < last):
        first -= 1
    if first < last and tokens[last - 1].tag == "word" and is_past(tokens[last - 1]):
        return None  # "and the panel chose 12"
    named = first < last and (
        tokens[last - 1].tag == "cap"
        or (tokens[first].tag in ("det", "cap") and tokens[last - 1].tag == "word")
    )
    if not named or first == start or tokens[first - 1].lower not in _BETWEEN_SUBJECTS:
        return None
    ends = number.last >= len(tokens) or tokens[number.last].tag in _AFTER_GAPPED
    if not ends or any(token.tag == "quote" for token in tokens[start:first]) or first - start > 30:
        return None
    return first, last


def _in_name(tokens: Sequence[Token], position: int, inside: bool) -> bool:
    token = tokens[position]
    if token.tag == "prep":
        return inside and token.lower in ("of", "for", "in", "from")
    return token.tag in ("cap", "det", "word", "poss")


_BETWEEN_SUBJECTS = frozenset(("and", ",", ";", "while", "whereas", "but", "though", "although"))
_AFTER_GAPPED = frozenset(("punct", "prep", "conj", "quote", "sub", "modal"))


def _counts_bare(entry: QuantityEntry, number: NumberAt, tokens: Sequence[Token]) -> bool:
    """Whether the owner's predicate can count a figure without a noun."""
    return entry.counts == "soldiers" or counts(entry, number.quantity, tokens, number)


def _according(tokens: Sequence[Token], position: int) -> bool:
    return [token.lower for token in tokens[position : position + 2]] == ["according", "to"]


def _is_rated(number: NumberAt) -> bool:
    """Whether a bare number is no whole one, so that it counts nobody."""
    amount = number.quantity.amount
    return amount is not None and amount != int(amount) and amount > _STRONGEST


_STRONGEST = 10


def _elsewhere(tokens: Sequence[Token], number: NumberAt) -> bool:
    """Whether a bare number in a list stands before a place: ", two in Kabwum"."""
    follow = tokens[number.last : number.last + 2]
    first = number.first
    while first > 1 and tokens[first - 1].lower in _ONLY:
        first -= 1  # "and another 14 in Brest"
    if tokens[first - 1].lower not in (",", "and", ":", "plus") or not follow:
        return False
    if follow[0].lower in ("abroad", "elsewhere", "overseas"):
        return True
    return (
        len(follow) == 2
        and follow[0].lower in ("in", "at", "near", "from", "outside")
        and (follow[1].tag == "cap" or follow[1].lower in ("the", "neighbouring", "neighboring", "nearby"))
    )


def _is_aside(sentence: NumberSentence, position: int, later: NumberAt) -> bool:
    """ "100 million pounds ($164 million), Norway …", "climbed 820 points, or 1.7%, to 49,824": told in
    another unit."""
    number, tokens = sentence.numbers[position], sentence.tokens
    before = tokens[number.first - 1].lower if number.first else ""
    return before in ("(", "or") or number.quantity.kind != later.quantity.kind


def _rival(sentence: NumberSentence, number: NumberAt, used: dict[int, Counted]) -> Counted | None:
    """ "54% of the vote, against 41% for his rival": the other shares of a sentence are shares as well."""
    owner = next((item for item in used.values() if item.predicate == "vote_share"), None)
    before = sentence.tokens[number.first - 1].lower if number.first else ""
    follow = sentence.tokens[number.last].lower if number.last < len(sentence.tokens) else ""
    if owner is None or number.quantity.kind != "percent" or before not in _BEFORE_SHARES or follow == "of":
        return None
    return msgspec.structs.replace(
        owner, quantity=number.quantity, pattern="listed", first=number.first, last=number.last
    )


_BEFORE_SHARES = frozenset("against to with on at got won took received had for has and".split())
