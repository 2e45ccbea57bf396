"""Figures whose verb another figure has: lists ("12 civilians and three soldiers"), parts ("including three
children"), totals and counts told again, and verbs left out the second time."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

import msgspec

from service.extraction.countables import counts
from service.extraction.counted import is_plural
from service.extraction.figures import Counted, NumberAt, NumberSentence
from service.extraction.former import former
from service.extraction.gapped import ONLY, again, elsewhere, entry_of
from service.extraction.tokens import Token, Tokens
from service.extraction.world import demonyms


def spread(sentence: NumberSentence, used: dict[int, Counted]) -> None:
    """Quantities that share another's trigger: lists ("12 civilians and three soldiers") and parts
    ("including 3 children")."""
    tokens = sentence.tokens
    for position, number in enumerate(sentence.numbers):
        if position in used and used[position].pattern not in ("member",):
            continue
        told = (
            _converted(sentence, position, used)
            or former(sentence, position, used)
            or again(sentence, position, used)
            or _first_of_list(sentence, position, used)
            or _among(sentence, position, used)
        )
        if told is not None:
            used[position] = told
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
        if owner.quantity.kind != "count":
            continue
        if number.quantity.noun is None and (_totals(tokens, number) or counts_again(tokens, number)):
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
            or _tells_who(tokens, number, owner)
            or (
                neighbour is not None
                and neighbour.of is not None
                and _amount(number) <= _amount(used[neighbour.of])
                and (
                    lowers in (["and"], [","], [",", "and"])
                    or _goes_on(sentence, position, neighbour)
                    or (number.noun is None and len(between) < 9 and elsewhere(tokens, number))
                )
            )
            or (neighbour is not None and _of_whole(sentence, number, neighbour))
        )
        entry = entry_of(owner)
        if part and neighbour is None and _is_whole(tokens, earlier):
            continue  # "has killed three; 793 cases are known, 417 of them on the island"
        if lowers[-2:] == ["all", "but"]:
            continue  # "18 deaths, all but three of them in Lusaka"
        bare = number.noun is None and ((part and follow[:2] == ["of", "them"]) or entry.counts == "soldiers")
        if not bare and not counts(entry, number.quantity, tokens, number):
            continue
        if part and (
            owner.predicate == "member_count"
            or _of_others(tokens, number, owner)
            or (number.quantity.amount or 0) > (owner.quantity.amount or _ENDLESS)
        ):
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
            and (is_part_of(sentence.whole, neighbour) or neighbour.carried or tokens[0].lower == "of")
            and _goes_on(sentence, position, neighbour)
        ):
            used[position] = msgspec.structs.replace(
                neighbour, quantity=number.quantity, pattern="included", first=number.first, last=number.last
            )
        elif position - 1 in used and (
            (lowers[:-1] if lowers[-1:] == ["the"] else lowers)[-2:] in _TOGETHER
            or lowers[-1:] == ["alongside"]
            or before == "joining"
            or (lowers in _JOINTS and owner.pattern in ("active", "act", "label"))
        ):
            used[position] = msgspec.structs.replace(
                owner, quantity=number.quantity, pattern="listed", first=number.first, last=number.last
            )


def _converted(sentence: NumberSentence, position: int, used: dict[int, Counted]) -> Counted | None:
    """ "400 yuan ($48; £26)": the same money in another currency."""
    number, owner = sentence.numbers[position], used.get(position - 1)
    if owner is None or number.quantity.kind != "money" or owner.quantity.kind != "money":
        return None
    tokens, earlier = sentence.tokens, sentence.numbers[position - 1]
    before, bracketed = tokens[number.first - 1].text, tokens[earlier.first - 1].text == "("
    beside = earlier.last == number.first - 1 and number.quantity.unit != owner.quantity.unit
    if not beside or not (before == "(" or (bracketed and before in (";", ",", "/"))):
        return None
    return msgspec.structs.replace(owner, quantity=number.quantity, first=number.first, last=number.last)


def _first_of_list(sentence: NumberSentence, position: int, used: dict[int, Counted]) -> Counted | None:
    """ "Four cops, three rebels killed in raid": the verb stands behind the last."""
    number, owner, tokens = sentence.numbers[position], used.get(position + 1), sentence.tokens
    if owner is None or number.noun is None or owner.trigger_first < owner.last or number.first:
        return None
    if owner.first != number.last + 1 or tokens[number.last].text != ",":
        return None
    if not counts(entry_of(owner), number.quantity, tokens, number):
        return None
    return msgspec.structs.replace(
        owner, quantity=number.quantity, pattern="listed", first=number.first, last=number.last
    )


def _among(sentence: NumberSentence, position: int, used: dict[int, Counted]) -> Counted | None:
    """ "Three Danes were among the 38 people killed": part of a figure behind it."""
    number, whole = sentence.numbers[position], used.get(position + 1)
    if (
        whole is None
        or number.noun is None
        or whole.quantity.kind != "count"
        or _amount(number) > _amount(whole)
    ):
        return None
    lowers = sentence.whole.lowers[number.last : whole.first]
    if lowers[1:] != ["among", "the"] or not counts(
        entry_of(whole), number.quantity, sentence.tokens, number
    ):
        return None
    return msgspec.structs.replace(
        whole,
        quantity=number.quantity,
        pattern="included",
        first=number.first,
        last=number.last,
        of=position + 1,
    )


_ENDLESS = float("inf")
_JOINTS = (["and"], [","], [",", "and"], ["as", "well", "as"], ["plus"])
_TOGETHER = (["along", "with"], ["together", "with"], ["top", "of"], ["addition", "to"])
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


def is_named(tokens: Sequence[Token], position: int) -> bool:
    """Whether words say who some are: "(were) soldiers", "(were) Italians of the force"."""
    end = position
    while end < len(tokens) and end - position < 3 and tokens[end].tag in ("word", "cap"):
        end += 1
    return end > position and is_plural(tokens[end - 1].text)


def _tells_who(tokens: Sequence[Token], number: NumberAt, owner: Counted) -> bool:
    """ "the toll stood at 62; 29 were women": who some of those counted were."""
    if number.noun is not None or not number.first or tokens[number.first - 1].text not in (";", ",", ":"):
        return False
    if tokens[number.last].lower != "were" or not is_named(tokens, number.last + 1):
        return False
    return entry_of(owner).counts == "people" and _amount(number) <= _amount(owner)


def _goes_on(sentence: NumberSentence, position: int, part: Counted) -> bool:
    """ "Of the 30, 25 drowned and five were crushed", "17 of the dead were miners and five rescuers": another
    part of the same whole."""
    tokens, number = sentence.tokens, sentence.numbers[position]
    before = tokens[number.first - 1].lower
    if before not in ("and", ",", "other", "others", "remaining", "while", "rest"):
        return False
    follow = tokens[number.last] if number.last < len(tokens) else None
    ends = follow is None or follow.tag in ("punct", "prep")
    ends = ends or (follow is not None and follow.lower == "to" and tokens[number.last + 1].tag == "det")
    between = tokens[part.last : number.first]
    if number.noun is not None and not (
        ends and _is_person(number) and any(token.tag == "be" for token in between)
    ):
        return False  # but "seven were soldiers and five civilians"
    told = tokens[0].lower == "of" or is_part_of(sentence.whole, part) or part.carried
    told = told or (part.of is not None and ends)  # "of whom 420 fell to the army and 383 to the insurgents"
    return told and len(between) < 16 and not any(token.text in (";", "”") for token in between)


def _amount(number: NumberAt | Counted) -> Decimal:
    return number.quantity.amount or number.quantity.lower or number.quantity.upper or Decimal(0)


def _is_person(number: NumberAt) -> bool:
    return number.quantity.unit == "people" or number.noun in demonyms()


_TOLD_OF = frozenset(
    "dead wounded injured victims killed detained arrested missing those them fatalities casualties deceased "
    "survivors hostages detainees evacuees displaced deaths arrests injuries".split()
)


def is_part_of(tokens: Tokens, item: Counted | NumberAt) -> bool:
    """ "five of the dead were children", "five of the 12 dead"."""
    near = tokens.lowers[item.first : item.last + 4]
    if "of" not in near:
        return False
    of = near.index("of")
    return "the" in near[of : of + 2] and not _TOLD_OF.isdisjoint(near[of : of + 4])


_COMING = frozenset(("arrived", "arrives", "arrive"))
_TOTALS = frozenset(
    "total tally toll number figure count contributions contribution pledges aid amount share support "
    "commitment commitments sum".split()
)
_COUNTED = frozenset("number figure toll total tally count estimate".split())
_PUTTING = frozenset(
    "put puts putting set sets placed estimated raised raises raise raising revises lowers revised lowered "
    "corrected cut reduced updated "
    "upped amended changed downgraded adjusted gave gives giving".split()
)
_COUNTING = frozenset(
    "counted estimated reported registered recorded put counts count estimates estimate puts reports "
    "records registers conceded concede concedes admitted admits admit acknowledged acknowledges claimed "
    "claim claims saw sees confirmed confirms confirm gave gives give listed lists cited cites mentioned "
    "mentions spoke speaks speak talked talks wrote writes told tells reckoned reckons maintains "
    "insists".split()
)


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


def counts_again(tokens: Sequence[Token], number: NumberAt) -> bool:
    """ "organisers said 20,000 had come; the police counted 8,000", "put it at 8,000", "speaks of four",
    "the number is 14", "corrected it to 36"."""
    first = number.first
    while first > 1 and tokens[first - 1].lower in ONLY:
        first -= 1  # "would concede only 800"
    before = tokens[first - 1].lower if first else ""
    if before == "to" and tokens[first - 2].lower in ("closer", "nearer"):
        first -= 2  # "the true figure is closer to 200", "thought it was nearer to 50"
        before = tokens[first - 1].lower
        if before in ("is", "was") and tokens[first - 2].lower in ("it", "that"):
            return True
    elif before in ("closer", "nearer"):
        first -= 1
        before = tokens[first - 1].lower
    if before == "be" and first > 2 and tokens[first - 2].lower == "to":
        first -= 2  # "believe it to be nearer 140"
        return tokens[first - 1].lower == "it" or tokens[first - 1].lower in _COUNTED
    end = first - 1
    if before in ("is", "was") and end > 0 and tokens[end - 1].text == ",":
        # "the authorities' own figure, given out a week ago, is 3,117"
        end = next((p for p in range(end - 2, max(0, end - 14), -1) if tokens[p].text == ","), end)
    near = [token.lower for token in tokens[max(0, end - 5) : end]]
    last = near[-1] if near else ""
    if before in _COUNTING and before not in ("put", "puts"):
        return True
    if before == "said":  # "police said 3,000."
        return number.last == len(tokens) or tokens[number.last].tag == "punct"
    if before in ("has", "had"):
        return last in _COUNTED
    if before in ("beyond", "above"):
        return last in ("go", "goes", "went", "gone")  # "would not go beyond 107,000"
    told = bool(_COUNTED.intersection(near))
    if before in ("at", "as"):
        return any(word in _COUNTING or word in _COMING for word in near[-3:]) or (
            told and not _PUTTING.isdisjoint(near)
        )
    if before == "to":
        return last in _COUNTING or (
            (told or last in ("it", "this", "that")) and not _PUTTING.isdisjoint(near)
        )
    if before == "of":
        return last in _COUNTED or last in _COUNTING  # "has withdrawn the figure of 51", "speaks of 24"
    return before in ("is", "was") and last in _COUNTED


def _rival(sentence: NumberSentence, number: NumberAt, used: dict[int, Counted]) -> Counted | None:
    """ "54% of the vote, against 41% for his rival": the other shares of a sentence are shares as well."""
    owner = next((item for item in used.values() if item.predicate == "vote_share"), None)
    before = sentence.tokens[number.first - 1].lower if number.first else ""
    follow = sentence.tokens[number.last].lower if number.last < len(sentence.tokens) else ""
    if owner is None or number.quantity.kind != "percent" or before not in _BEFORE_SHARES or follow == "of":
        return None
    if before == "for" and sentence.tokens[number.first - 2].lower in _WISHING:
        return None  # "the party, which had hoped for 10 percent"
    return msgspec.structs.replace(
        owner, quantity=number.quantity, pattern="listed", first=number.first, last=number.last
    )


_WISHING = frozenset("hope hoped hopes hoping aim aimed aims aiming wished asked".split())
_BEFORE_SHARES = frozenset("against to with on at got won took received had for has and".split())
