"""How English puts a number and its verb, state or act together: the words between the two decide, not their
distance."""

from collections.abc import Sequence

from service.extraction.figures import NumberAt, NumberSentence
from service.extraction.phrases import is_passive, is_past
from service.extraction.reach import behind_brackets, part_of_whole, reach, relative_end
from service.extraction.tokens import Token
from service.extraction.triggers import Found, matches

BEFORE_OBJECT = frozenset(
    "a an the another some as many at least up more less fewer than over about around "
    "approximately nearly almost only just estimated total of other additional further extra all "
    "these those his her its their our both roughly well also off excess early out down last final "
    "remaining".split()
)


_STAYING = frozenset("remain remains remained stay stays stayed".split())


def state_follows(sentence: NumberSentence, number: NumberAt, item: Found) -> bool:
    """ "12 dead", "12 people still missing", "12 people were in custody"."""
    tokens = sentence.tokens
    if tokens[item.first].lower == "among":
        # "four were among the dead", "told of four civilians among the dead"
        figures = tokens[item.first - 1].lower in ("figure", "figured", "rank", "ranked", "count", "counted")
        helped = reach(sentence, number.last, item.first)
        return item.first == number.last or helped is True or (figures and helped is not None)
    if item.trigger.lemma.startswith("be ") and not is_passive(tokens, item.first):
        return False  # "120 were detained at the rally": nobody says that they were at it
    if tokens[item.first - 1].tag == "det" and tokens[item.first - 1].lower not in ("those", "all"):
        return False  # "relatives of the dead", but "ten of those in the cells", "the men are all missing"
    begin = relative_end(tokens, number.last)
    begin = begin if number.last < begin < item.first else number.last
    verbs = [
        other
        for other in sentence.triggers(("intransitive",), begin, item.first)
        if other.trigger.words[0] not in _STAYING
    ]
    # "500 convicts have perished behind bars"; but the "are in" of "are in the hands of" is no other verb.
    if any(other.last <= item.first or other.last >= item.last for other in verbs):
        return False
    follow = tokens[item.last] if item.last < len(tokens) else None
    # "12 injured soldiers": the state modifies another noun, which is then the number's own.
    if (
        item.first == number.last
        and follow is not None
        and follow.tag == "word"
        and number.quantity.noun is None
        and follow.lower not in ("so",)
    ):
        return False
    return reach(sentence, number.last, item.first) is not None


def is_subject(sentence: NumberSentence, number: NumberAt, item: Found) -> bool:
    tokens = sentence.tokens
    follow = tokens[item.last] if item.last < len(tokens) else None
    if item.first == number.last and follow is not None and part_of_whole(tokens, number.first):
        # "Of the 30 people killed, 18 were women", "two of the 12 men arrested were freed"
        tags = ("punct", "be", "have", "prep", "modal", "sub", "adv")
        return item.trigger.form == "participle" and (follow.tag in tags or item.last in sentence.dated)
    whole = next((other for other in sentence.numbers if other.first > number.first), None)
    if whole is not None and item.first == whole.last and tokens[whole.first - 1].lower == "of":
        return False  # "two of nine men rushed to hospital have died"
    if tokens[item.first - 1].tag == "det" and tokens[item.first - 1].lower != "all":
        return False  # "25,000 for the injured"
    helped = reach(sentence, number.last, item.first)
    if helped is None or after_have(tokens, item.first):
        return False
    if helped:
        # "60,000 have not been back, and rockets wounded two men": a verb with its own object.
        own = tokens[item.first - 1].tag in ("word", "cap") and any(
            other.first == item.last and other.quantity.unit == "people" for other in sentence.numbers
        )
        return not own and not _modifies(tokens, number.last, item.first)
    # Without "were" the form may be an active past: "12 gunmen killed five people".
    if item.trigger.tail:
        return bool(matches(tokens, item.last, item.trigger.tail))
    if item.last in sentence.busy and follow is not None and follow.tag == "prep":
        return False  # "rescuers searched ruins that killed at least 36"
    if (
        follow is None
        or follow.tag in ("prep", "punct", "sub", "adv", "conj", "quote")
        or item.last in sentence.dated
    ):
        return True
    return (
        follow.tag == "word"
        and not follow.lower.endswith("s")
        and item.last not in sentence.busy
        and item.first == number.last
    )


def is_second_verb(sentence: NumberSentence, number: NumberAt, item: Found) -> bool:
    """ "Hundreds defied the ban and took to the streets", "six men inhaled gas and died": the second verb of
    a subject that opens its clause."""
    tokens, first = sentence.tokens, number.last
    if tokens[item.first - 1].lower != "and" or item.trigger.form != "past" or item.first - first > 14:
        return False
    if number.first and tokens[number.first - 1].tag not in ("punct", "conj", "sub", "quote"):
        return False
    if tokens[first].tag == "prep":  # "50 relatives of the dead man put up a tent and"
        phrase = ("prep", "cap", "det", "word")
        while first < item.first and tokens[first].tag in phrase and not is_past(tokens[first]):
            first += 1
    between = tokens[first : item.first - 1]
    apart = any(token.tag in ("punct", "rel", "sub", "be", "have", "conj", "quote") for token in between)
    return bool(between) and is_past(between[0]) and not apart


def is_accompanied(sentence: NumberSentence, number: NumberAt, item: Found) -> bool:
    """ "was killed along with three others"."""
    tokens, first = sentence.tokens, number.first
    while first > item.last and before_object(tokens, first - 1):
        first -= 1
    together = sentence.whole.lowers[first - 2 : first] in _TOGETHER
    between = tokens[item.last : first - 2]
    if not together or len(between) > 8 or any(token.tag in ("rel", "sub", "conj") for token in between):
        return False
    return item.trigger.kind == "intransitive" or is_passive(tokens, item.first)


_TOGETHER = (["along", "with"], ["together", "with"])


def _modifies(tokens: Sequence[Token], first: int, last: int) -> bool:
    """ "four people were pulled from a building crushed by …": the participle is the building's; "police sent
    in before a vote due to be held": the vote's."""
    if [token.lower for token in tokens[last - 2 : last]] == ["to", "be"] and last - 4 > first:
        inner = tokens[first : last - 3]
        return tokens[last - 3].lower in ("due", "set", "scheduled") and any(t.tag == "prep" for t in inner)
    for position in range(last - 1, first, -1):
        token = tokens[position]
        if token.tag in ("be", "have", "punct", "conj", "adv", "rel") or token.lower == "to":
            return False
        if token.tag == "prep":
            return tokens[position + 1].tag == "det"
    return False


def is_active(sentence: NumberSentence, number: NumberAt, item: Found) -> bool:
    tokens = sentence.tokens
    if item.trigger.form in ("past", "participle") and is_passive(tokens, item.first):
        return False
    if (
        item.first
        and tokens[item.first - 1].tag in ("det", "poss")
        and item.trigger.form in ("base", "third", "ing")
    ):
        return False  # "the order 12 days ago"
    if sentence.whole.lowers[item.last : item.last + 1] == ["of"] and item.trigger.form in ("base", "third"):
        return False  # "building ships of 10,000 tons"
    begin = _behind_others(sentence, number, item.last)
    if _is_restated(tokens, item.last, number.first) and not item.trigger.tail:
        return True
    if number.first - begin > 6:
        return False
    if begin < number.first and not _leads_to_object(sentence, begin, number.first):
        return False
    if item.trigger.tail:
        # "left 11 people dead": the tail follows this number, before any other.
        opening = number.last
        if opening < len(tokens) and tokens[opening].text == ",":  # "took 12 men, two of them old, hostage"
            opening = next((p for p in range(opening + 2, len(tokens)) if tokens[p].text == ","), opening)
        if 0 < opening - number.last < 9 and matches(tokens, opening + 1, item.trigger.tail):
            return True
        behind = behind_brackets(tokens, number.last)  # "pay $90m (£60m) for the chain"
        starts = (*range(number.number_last, number.last), *range(behind, min(behind + 8, len(tokens))))
        for start in starts:
            if start >= number.last and start in sentence.busy and not _is_governed(sentence, start):
                if tokens[number.last].lower == "and" and _is_added(sentence, start):
                    continue  # "left ten soldiers and at least 20 rebels dead"
                return False
            if matches(tokens, start, item.trigger.tail):
                return True
        return False
    return True


def _is_restated(tokens: Sequence[Token], first: int, last: int) -> bool:
    """ "shed one in seven of its staff, or 1,900 people": an object that is told again in figures."""
    if tokens[last - 1].lower != "or" or tokens[last - 2].text != "," or not 1 < last - 2 - first < 9:
        return False
    plain = ("det", "num", "word", "cap", "poss", "adv", "pron")  # "one" may be a pronoun
    return all(token.tag in plain or token.lower in ("of", "in") for token in tokens[first : last - 2])


def _leads_to_object(sentence: NumberSentence, begin: int, last: int) -> bool:
    """Whether words may stand between a verb and the number of its object: "evacuated the town's 3,800
    inhabitants", "killed “dozens” of protesters"."""
    tokens = sentence.tokens
    owned = next((p for p in range(last - 1, begin, -1) if tokens[p].tag == "poss"), begin)
    return all(token.tag in ("det", "cap", "word", "poss") for token in tokens[begin:owned]) and all(
        before_object(tokens, position)
        or token.tag in ("adv", "poss")
        or position in sentence.dated
        or (token.tag == "quote" and position == last - 1)
        for position, token in enumerate(tokens[owned:last], owned)
    )


def _is_governed(sentence: NumberSentence, position: int) -> bool:
    """Whether a token is of a number that a preposition governs: "people in three counties"."""
    while position - 1 in sentence.busy:
        position -= 1
    return sentence.tokens[position - 1].tag == "prep"


def _is_added(sentence: NumberSentence, position: int) -> bool:
    """Whether a token is of a number that is joined by "and" to what stands before it."""
    while position - 1 in sentence.busy or before_object(sentence.tokens, position - 1):
        position -= 1
    return sentence.tokens[position - 1].lower == "and"


_SELVES = frozenset(("himself", "herself", "themselves"))
_OF_THEM = (["of", "them"], ["of", "whom"], ["of", "which"])


def _behind_others(sentence: NumberSentence, number: NumberAt, first: int) -> int:
    """Behind what a verb has for its object before the number: "killing a commander and eight of his men",
    "sends two ships and 250 soldiers"."""
    tokens, last = sentence.tokens, number.first
    while last > first and before_object(tokens, last - 1):
        last -= 1
    if last == number.first and [token.lower for token in tokens[number.last : number.last + 2]] in _OF_THEM:
        return first  # "brought out 17 bodies, four of them children"
    follow = tokens[number.last].tag if number.last < len(tokens) else "punct"
    named = tokens[first].tag == "cap" or tokens[first].lower in _SELVES  # "killed himself and three others"
    if last - first < 3 - named or last - first > 14 or tokens[last - 1].lower not in ("and", ",", "plus"):
        return first
    if not named and tokens[first].tag not in ("det", "num") and first not in sentence.busy:
        return first
    own = ("be", "have", "modal", "word") if tokens[first - 1].lower != "of" else ("word",)
    if follow in own and number.last not in sentence.dated:
        return first  # "arrested 12 men and 300 protesters marched": a clause of its own
    plain = all(
        token.tag in ("det", "cap", "num", "poss") or token.lower in ("of", "and", ",", ".")
        or (token.tag == "word" and not is_past(token))
        for token in tokens[first : last - 1]
    )  # fmt: skip
    verbs = sentence.triggers(("verb",), first, last)
    nouns = ("det", "poss")
    acting = any(o.first not in sentence.busy and tokens[o.first - 1].tag not in nouns for o in verbs)
    return last if plain and not acting else first


def is_relative_object(sentence: NumberSentence, number: NumberAt, item: Found) -> bool:
    """ "the 126 planes that India had planned to buy", "the 9,000 jobs Norda cut in May"."""
    tokens, start = sentence.tokens, number.last
    going = item.trigger.form == "ing"
    if (
        start + 1 >= item.first
        or item.first - start > 12
        or (tokens[item.first - 1].tag == "be" and not going)
    ):
        return False
    opens = tokens[start].lower in ("that", "which", "whom")
    end = item.first
    while end > start + 1 and (
        tokens[end - 1].tag in ("adv", "have") or (going and tokens[end - 1].tag == "be")
    ):
        end -= 1  # "whom the country was already hosting"
    subject = tokens[start + opens : end]
    if not subject or subject[0].tag not in (
        ("det", "cap", "pron", "word") if opens else ("det", "cap", "pron")
    ):
        return False
    if any(token.tag in ("punct", "rel", "sub", "quote", "be") for token in subject):
        return False
    joined = [token.tag for token in subject if token.lower == "and"]
    if joined and (len(subject) > 4 or any(map(is_past, subject))):
        return False  # but "that wind and water brought down"
    end = item.last
    if item.trigger.tail:
        return bool(matches(tokens, end, item.trigger.tail))
    return end >= len(tokens) or tokens[end].tag in _AFTER_RELATIVE or end in sentence.dated


_AFTER_RELATIVE = frozenset(("punct", "prep", "sub", "conj", "be", "have", "modal", "quote"))


def is_inverted(sentence: NumberSentence, number: NumberAt, item: Found) -> bool:
    """ "Also killed were two bodyguards", "Killed in the raid were five fishermen"."""
    tokens = sentence.tokens
    be = number.first - 1
    participle = item.trigger.form == "participle" or item.trigger.kind == "state"
    if not participle or item.trigger.tail or tokens[be].tag != "be" or be - item.last > 8:
        return False
    if item.first and tokens[item.first - 1].tag not in ("adv", "word", "punct", "det"):
        return False
    begins = item.first < 6 and not any(
        token.tag in ("be", "have", "modal") for token in tokens[: item.first]
    )
    inner = tokens[item.last : be]
    return begins and all(token.tag in ("prep", "det", "word", "cap", "poss") for token in inner)


def is_given(sentence: NumberSentence, number: NumberAt, item: Found) -> bool:
    """ "promised Kyiv 1 billion euros", "lend the flood victims $20 million": who receives stands between."""
    tokens = sentence.tokens
    stop = number.first
    while stop > item.last and before_object(tokens, stop - 1):
        stop -= 1
    stop -= item.trigger.lemma == "put" and tokens[stop - 1].lower in ("on", "at")
    between = tokens[item.last : stop]
    return 0 < len(between) < 7 and all(
        token.tag in ("det", "cap", "word", "poss") or token.lower in ("and", "of") for token in between
    )


def before_object(tokens: Sequence[Token], position: int) -> bool:
    """Words that may stand between a verb and the number of its object; "to" and "in" only in "up to"
    and "in excess of"."""
    word = tokens[position].lower
    if word == "to":
        return position > 0 and tokens[position - 1].lower == "up"
    if word in ("in", "at"):
        return position + 1 < len(tokens) and tokens[position + 1].lower in ("excess", "least", "most")
    return word in BEFORE_OBJECT


def after_have(tokens: Sequence[Token], index: int) -> bool:
    """ "the order has given": a perfect is no passive."""
    position = index - 1
    while position >= 0 and tokens[position].tag in ("adv", "neg"):
        position -= 1
    return position >= 0 and tokens[position].tag == "have"


def act_of(sentence: NumberSentence, number: NumberAt, item: Found) -> bool:
    """ "the arrest of 12 people", "a force of some 2,000 soldiers", "the deaths in Homs of 12 people"."""
    tokens = sentence.tokens
    between: Sequence[Token] = tokens[_behind_date(sentence, item.last) : number.first]
    if item.trigger.words[-1] in _OPEN:
        return len(between) < 4 and all(
            p in sentence.dated or _before(tokens, p) for p in range(item.last, number.first)
        )
    if item.trigger.lemma in _LOOKING and len(between) > 1:
        between = _looked_for(between)  # "searching the river for three boys", "no trace was found of"
    elif item.trigger.lemma in _MADE_WITH and between and between[0].lower in _PARTIES:
        between = _looked_for(between)  # "a deal with a Korean firm for 180 tanks"
        if between[0].lower != "for":
            return False  # those it was made with
    elif between and between[0].lower == "of" and len(between) > 3:
        # "the evacuation of 11 villages and some 15,000 of their people"
        begin = _behind_others(sentence, number, item.last + 1)
        between = [between[0], *tokens[begin : number.first]]
    if not between or len(between) > 5:
        return False
    if between[0].lower not in ("of", "for", "by", "involving", "with") or item.last in sentence.busy:
        return False
    return all(
        token.lower in BEFORE_OBJECT
        or token.tag in ("adv", "poss")
        or token.lower in ("for", "by", "involving", "with")
        for token in between
    )


def _behind_date(sentence: NumberSentence, first: int) -> int:
    """ "the arrest on Monday of 12 people"."""
    position = first + (first < len(sentence.tokens) and sentence.tokens[first].tag == "prep")
    while position in sentence.dated:
        position += 1
    return position if position - 1 in sentence.dated else first


# Acts that end with their preposition: "heard of", "evacuation orders for", "under way in".
_OPEN = frozenset(("of", "for", "from", "with", "to", "in", "among"))
_PARTIES = frozenset(("with", "between", "from"))
_LOOKING = frozenset(
    ("search", "searches", "searched", "searching", "hunt", "looking", "combing", "no trace", "no sign")
)
_MADE_WITH = frozenset(
    "agreement|deal|contract|order|orders|firm order|purchase|mou|memorandum of understanding|commitment"
    "|letter of intent".split("|")
)


def _before(tokens: Sequence[Token], position: int) -> bool:
    return tokens[position].tag == "poss" or before_object(tokens, position)


def _looked_for(between: Sequence[Token]) -> Sequence[Token]:
    """From the "for" or "of" on, where only the place that is searched stands before it."""
    at = next((p for p, token in enumerate(between) if token.lower in ("for", "of")), 0)
    place = all(token.tag in ("det", "word", "cap", "prep", "be", "have") for token in between[:at])
    return between[at:] if place and at < 7 else between
