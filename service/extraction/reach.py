"""Whether the words from a counted noun to its verb keep it the verb's subject."""

from collections.abc import Sequence

from service.extraction.counted import is_plural
from service.extraction.cues import CUES
from service.extraction.figures import NumberAt, NumberSentence
from service.extraction.phrases import is_past
from service.extraction.tokens import Token, Tokens
from service.extraction.triggers import TriggerKind


def reach(sentence: NumberSentence, first: int, last: int) -> bool | None:
    """Whether the words from a counted noun to its verb keep it the subject: None when not, else
    whether "be" or "have" helps."""
    tokens, helped, in_phrase, loose, commas = sentence.tokens, False, False, 0, 0
    if last - first > 34:
        return None
    aside = 0
    owner = next((number for number in sentence.numbers if number.last == first), None)
    if (
        owner is not None
        and part_of_whole(tokens, owner.first)
        # "one of 12 people killed in the blast", "the coffins of four relatives who were killed"
        and not (last == first and tokens[owner.first - 2].lower == "one")
        and not (
            last > first
            and tokens[first].lower == "who"
            and (tokens[0].lower != "of" or tokens[owner.first - 1].lower == "of")
        )
    ):
        return None
    if owner is not None and last > first and tokens[first].tag != "rel" and _is_level(tokens, owner.first):
        return None  # "the toll stands at 14, with many more missing"
    position = first
    while position < last:
        token = tokens[position]
        tag, lower = token.tag, token.lower
        if position in sentence.dated:
            pass
        elif (closing := _aside_end(tokens, position, last)) is not None:
            aside += closing - position
            position, in_phrase = closing, False
        elif position == first and (closing := _own_clause_end(tokens, position, last)) is not None:
            aside += closing - position
            position, helped = closing - 1, True
        elif lower in _PASSING and (passed := _passed(sentence.whole, position, first, helped, owner)):
            position += passed - 1
        elif tag in ("be", "have"):
            helped, in_phrase = True, False
        elif lower in ("which", "whom") and position - first > 1 and tokens[position - 2].text == ",":
            return None  # "80 huts, of which 30 burned": those, and not the 80
        elif (
            tag == "rel"
            and in_phrase
            and tokens[position - 2].lower in ("a", "an")
            and all(other.tag in ("be", "have", "adv") for other in tokens[position + 1 : last])
        ):
            return None  # "622 after the attack on a convoy that was fleeing"
        elif tag == "rel" and lower != "whose" and _has_subject(tokens, position + 1, last):
            return None  # "shot near the road, which demonstrators had blocked"
        elif tag == "rel" and position > first and tokens[position - 1].lower in _WHEREIN:
            return None  # "four children who wrote about the raid in which 20 were killed"
        elif lower == "to" and not commas and tokens[position + 1].tag in ("det", "cap"):
            in_phrase = True  # "12 men belonging to the guard"
        elif tag in ("adv", "neg", "modal", "rel", "poss", "do"):
            pass
        elif token.text in _REPORTED and position + 1 == last:
            helped = True  # "Three Said Killed in Blast"
        elif tag == "prep":
            in_phrase = True
        elif lower == "(":
            while position < last and tokens[position].text != ")":
                position += 1
            if position >= last:
                return None
        elif lower in _DASHES:
            position = _closing(tokens, position, last)  # " - two of them women - "
            if position >= last:
                return None
        elif lower == "," and tokens[position + 1].lower in _OPENERS:
            closed = _closing(tokens, position, last)  # ", all of them men,"
            position = closed if closed < last else position
        elif lower == ",":
            commas += 1
            in_phrase = False
            if commas > 2 or tokens[position + 1].tag in ("sub",):
                return None
            if loose and position + 1 in sentence.busy:
                return None  # "800 people affected, 13 deaths, 5 people missing"
            if tokens[position + 1].lower == "with" and position + 2 in sentence.busy:
                return None  # "60,000 were affected, with 30,000 forced to leave"
            # "two officers, a policeman and a rebel were killed"
            in_phrase = tokens[position + 1].lower in ("a", "an") and _is_listed(tokens, position + 1, last)
        elif tag == "conj":
            if position == last - 1 and not helped:
                return None
            if (
                tokens[position - 1].text == ","
                and tokens[position + 1].tag in ("det", "cap", "pron")
                and not aside
            ):
                return None  # "take 60,000, and the first flights leave": a clause of its own
            if loose and position + 1 in sentence.busy:
                return None  # "250 inmates escaped and 12 guards were hurt": a clause of its own
            in_phrase = (
                in_phrase
                or position + 1 in sentence.busy
                or (not helped and not loose and tokens[position + 1].tag == "det")
            )
        elif lower == "aboard":
            in_phrase = True
        elif lower == "as" and sentence.whole.lowers[position : position + 3] == _AS_WELL:
            in_phrase, position = True, position + 2  # "12 hikers as well as a guide were killed"
        elif lower == "aged":
            # "five children aged between six and 12"
            ages = (other.last - 1 for other in sentence.numbers if position < other.first <= position + 2)
            position = next(ages, position)
        elif position in sentence.busy:
            if helped and tokens[position - 1].tag == "conj":
                return None  # "33 died and more than 100 …": a subject of its own
            if not (
                in_phrase
                or tokens[position - 1].tag in ("conj", "prep")
                or tokens[position - 1].lower in (",", "including")
                or position - 1 in sentence.busy
            ):
                return None
            if tokens[position - 1].text == "," and governed(sentence, first, position):
                return None  # "78 drown, hundreds feared missing": the first has its verb
        elif lower in _UNCOUNTED and tokens[position - 1].tag == "conj":
            return None  # "three were killed and several injured": others than those
        elif (
            lower == "another" and tokens[position - 1].tag == "conj" and tokens[position + 1].tag in _VERBAL
        ):
            return None  # "two died and another was injured"
        elif tag == "sub" and lower in ("as", "since") and helped:
            pass
        elif tag == "pron" and in_phrase and tokens[position - 1].tag == "prep":
            pass  # "1.8 million of them have fled"
        elif tag in ("sub", "pron", "punct", "quote") or (
            lower in CUES
            and not in_phrase
            and not helped
            and not lower.endswith("ing")
            and not (
                (position == first and tokens[position + 1].tag == "prep")
                or tokens[position + 1].lower == "to"
            )  # "three men found near the fire", "believed to be informants"
        ):
            return None
        elif tag == "det":
            if not in_phrase:
                return None
        elif not in_phrase:
            loose += 1
            if loose > 4:
                return None
        position += 1
    if (
        commas == 1
        and not helped
        and last > first
        and (tokens[first].lower == "," or (not aside and last - first > 5))
    ):
        return None
    return helped if last - first - aside <= 18 else None


_AS_WELL = ["as", "well", "as"]
_PASSING = frozenset(("so", "all", "or", "a", ","))
RATES = frozenset("day night week month year".split())


def _passed(tokens: Tokens, position: int, first: int, helped: bool, owner: NumberAt | None) -> int:
    """How many words from a position on say nothing of who the subject is: "so far", "all" ("have all been
    held"), "a day", "or more", and what goes on with its noun ("90 men, women and children")."""
    lower, follow = tokens.lowers[position], tokens.lowers[position + 1 : position + 2]
    if lower == "so":
        return 2 * (follow == ["far"])
    if lower == "all":
        return int(helped and tokens[position - 1].tag in ("be", "have"))
    if lower == "or":
        return 2 * (position == first and follow in (["more"], ["so"]))
    if position != first:
        return 0
    if lower == "a":
        ends = tokens[position + 2 : position + 3]
        people = owner is not None and owner.quantity.unit == "people"
        return 2 * bool(people and not RATES.isdisjoint(follow) and ends and ends[0].tag != "conj")
    listed = tokens.lowers[position + 2 : position + 3] == ["and"] and position + 3 < len(tokens)
    return 4 * (listed and is_plural(follow[0]) and is_plural(tokens[position + 3].text))


def _has_subject(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a relative clause that goes on with this word has a subject of its own, and not as in "who
    police said were armed"."""
    token = tokens[first]
    named = token.tag in ("det", "cap", "pron") or (token.tag == "word" and is_plural(token.text))
    return named and not any(other.lower in CUES for other in tokens[first:last])


_ASIDES = frozenset(
    "including among most mostly mainly many some all both one two three four half nearly almost several "
    "aged ranging at none each according depending so".split()
)


def _is_level(tokens: Sequence[Token], first: int) -> bool:
    return first > 0 and tokens[first - 1].lower in ("to", "at")


def _aside_end(tokens: Sequence[Token], position: int, last: int) -> int | None:
    """The comma that ends what is said aside between a subject and its verb: "who had criticised the
    deal, …", ", most of them children, …"."""
    token, follow = tokens[position], tokens[position + 1]
    relative = token.tag == "rel" and token.lower != "whom"
    apposed = follow.tag == "det" and follow.lower in ("a", "an", "the")
    if not relative and token.text != ",":
        return None
    opens = relative or apposed or follow.lower in _ASIDES or follow.tag in ("rel", "prep", "cap")
    for closing in range(position + 2, last):
        if tokens[closing].text != ",":
            continue
        if closing + 1 == last or tokens[closing + 1].tag in _VERBAL:
            # "30 men, police said, were held"
            return closing if opens or tokens[closing - 1].lower in CUES else None
        if follow.lower == "including" and tokens[closing + 1].tag == "conj":
            return closing  # "12 men, including two guards, and a woman were killed"
    return None


def _is_listed(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a list goes on to "and" and a verb: "a policeman and a rebel were"."""
    tags = [token.tag for token in tokens[first:last]]
    return "conj" in tags and "be" in tags[tags.index("conj") :] and "punct" not in tags


_WHEREIN = frozenset(("in", "at", "on", "during", "after", "by", "from", "for"))
_REPORTED = frozenset(("Said", "Reported", "Feared", "Believed", "Presumed"))
_VERBAL = frozenset(("be", "have", "modal", "do", "neg", "adv"))


def _own_clause_end(tokens: Sequence[Token], opening: int, last: int) -> int | None:
    """Where the verb of the sentence begins behind a relative clause without commas: "the four inmates who
    held her hostage were arrested"."""
    if tokens[opening].lower not in ("who", "that"):
        return None
    opening += tokens[opening + 1].tag == "have"
    begin = last
    while tokens[begin - 1].tag in _VERBAL:
        begin -= 1
    inner = tokens[opening + 1 : begin]
    if not 1 < len(inner) < 16 or tokens[begin].tag not in ("be", "have"):
        return None
    apart = any(token.tag in ("rel", "sub", "punct", "conj", "quote", *_VERBAL) for token in inner)
    return begin if is_past(inner[0]) and not apart else None


def relative_end(tokens: Sequence[Token], comma: int) -> int:
    """Where a relative clause behind a comma ends: in "26 others, who had been missing, were found dead" the
    verb of the sentence says more."""
    if comma + 1 >= len(tokens) or tokens[comma].text != "," or tokens[comma + 1].tag != "rel":
        return 0
    inside = range(comma + 2, min(comma + 22, len(tokens)))
    return next((p for p in inside if tokens[p].text == ","), 0)


def governed(
    sentence: NumberSentence,
    first: int,
    last: int,
    kinds: tuple[TriggerKind, ...] = ("verb", "intransitive", "state"),
) -> bool:
    return any(True for _ in sentence.triggers(kinds, first, last))


def _closing(tokens: Sequence[Token], opening: int, last: int) -> int:
    """The mark that closes what the mark at `opening` opens, else `last`."""
    inside = range(opening + 1, min(opening + 14, last))
    return next((p for p in inside if tokens[p].text == tokens[opening].text), last)


_DASHES = frozenset(("-", "–", "—"))
_OPENERS = frozenset("all most many mostly some mainly both aged among".split())
_UNCOUNTED = frozenset("several many scores others dozens some more numerous countless hundreds".split())
_WHOLES = frozenset(
    "set batch bunch crowd convoy column gang contingent squad handful wave busload delegation unit company "
    "list last residents occupants inhabitants people total group estimated family some party crew team "
    "loss top maximum minimum average sum amount payment grant loan allowance".split()
)


# "know of 12 people in detention": what one knows or speaks of is no part.
_KNOWING = frozenset(
    "know knows knew known speak speaks spoke spoken tell tells told hear hears heard learn learned talk "
    "talks talked report reports evidence news word aware".split()
)


def part_of_whole(tokens: Sequence[Token], first: int) -> bool:
    """ "Of the 60 passengers, 22 were killed": the 60 are not the subject."""
    back = first - 1
    if back > 1 and tokens[back].tag == "word" and tokens[back].lower.endswith("ed"):
        back -= 1  # "the first 300 of the promised 1,000 police"
    while back >= 0 and tokens[back].tag == "det":
        back -= 1
    if back > 1 and tokens[back].tag == "poss":  # "one in three of the town's 60,000 residents"
        back -= 1
        while back > 0 and tokens[back].tag in ("cap", "word", "det"):
            back -= 1
    if back < 0 or tokens[back].lower != "of":
        return False
    ahead = tokens[back - 1].lower if back else ""
    return ahead not in _WHOLES and ahead not in _KNOWING


def behind_brackets(tokens: Sequence[Token], position: int) -> int:
    """ "480 forints ($1.51) a litre": what follows the brackets."""
    if position < len(tokens) and tokens[position].text == "(":
        closing = range(position, min(position + 8, len(tokens)))
        return next((p + 1 for p in closing if tokens[p].text == ")"), position)
    return position
