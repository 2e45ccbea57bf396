"""How far a claim is asserted: planned, denied, alleged, retracted, or plainly said."""

from collections.abc import Sequence

from service.extraction.protocol import Modality
from service.extraction.tokens import Token

_FUTURE = frozenset(["will", "would", "shall", "could", "may", "might", "can", "should"])
PLANS = frozenset(
    "plan plans planned planning intend intends intended expect expects expected set due "
    "scheduled ready prepare prepares prepared preparing promise promised promises pledge pledged "
    "pledges vow vowed vows agree agreed agrees likely about going seek seeks sought want wants "
    "wanted hope hopes propose proposes proposed consider considers considering aim aims aimed "
    "threaten threatens threatened willing order ordered decide decided decides".split()
)
_DOUBT = frozenset(
    "allegedly alleged suspected reportedly purportedly supposedly apparently rumoured rumored "
    "presumed feared unconfirmed".split()
)
_REFUSING = frozenset(
    "refuse refuses refused refusing decline declines declined deny denies denied denying".split()
)
NOT = frozenset(["not", "n't", "never", "neither", "nor", "cannot"])


TRYING = frozenset(
    "threat threats whether ability capability capabilities right designed request requests calls call "
    "appeal plot plots plotted plotting try tries tried trying attempt attempts attempted attempting bid "
    "bids fail fails failed effort efforts struggle struggled struggling needed enough required necessary "
    "unable chance mandate campaign campaigns fight fights fighting fought battle battling battled race "
    "races contest contender contenders candidate candidates favourite favorite frontrunner front-runner "
    "hopeful hopefuls reason reasons excuse pretext available unavailable power powers authority need "
    "opportunity poised shortlist pressure favorites favourites pressed".split()
)
_MAYBE = frozenset(("may", "might", "could"))
_PROSPECTS = frozenset(
    "threaten threatens threatened planned proposed upcoming possible potential scheduled impending "
    "looming imminent".split()
)


def of_trigger(tokens: Sequence[Token], first: int, last: int) -> Modality | None:
    """What the verb group around tokens[first:last] says; None when it plainly states."""
    doubt = planned = denied = False
    position, steps = first - 1, 0
    if first > 1 and tokens[first - 1].lower == "out" and tokens[first - 2].lower.startswith("rul"):
        return "denied"  # "has ruled out stepping down"
    if first and tokens[first - 1].lower in _PROSPECTS:
        return "planned"  # "threatened strikes"
    while position >= 0 and steps < 7:
        token = tokens[position]
        if token.lower in NOT or token.lower in _REFUSING:
            denied = True
        elif token.lower in _DOUBT:
            doubt = True
        elif token.lower == "to" and position > 1 and is_no_aim(tokens, position - 1):
            denied = True  # "has no plans to resign"
        elif token.lower == "may" and token.text != "may" and position:
            break  # "in May killed 40"
        elif token.lower in _MAYBE and tokens[position + 1].lower in ("have", "not"):
            doubt = True  # "may have been buried"
        elif (token.lower in _FUTURE and token.tag == "modal") or (
            token.lower == "to" and position and intends(tokens, position - 1)
        ):
            planned = True
        elif (
            token.tag in ("be", "have", "adv", "do", "quote")
            or token.lower in ("to", "begin", "start", "made", "left", "vote")
            or (token.lower in PLANS and planned)
        ):
            pass
        else:
            break
        position -= 1
        steps += 1
    if denied:
        return "denied"
    if planned:
        # "could have killed" tells of something possible, not planned.
        return "planned"
    if doubt:
        return "alleged"
    return None


_AIMS = frozenset("plan plans intention intentions desire wish intent interest".split())


def of_attempt(tokens: Sequence[Token], first: int) -> Modality | None:
    """ "failed to buy", "is in talks to sell", "tried to kill": of a verb at a token behind one of trying."""
    if first < 2 or tokens[first - 1].lower != "to":
        return None
    before = tokens[first - 2].lower
    if before in _FAILING:
        return "denied"
    return "planned" if before in _ATTEMPTING else None


_FAILING = frozenset("fail fails failed failing unable".split())
_ATTEMPTING = frozenset(
    "try tries tried trying attempt attempts attempted attempting bid bids bidding talks negotiations "
    "negotiating negotiates negotiated discussions effort efforts struggling struggled struggles plot plots "
    "plotted plotting offer offers offered offering".split()
)


def is_no_aim(tokens: Sequence[Token], noun: int) -> bool:
    return tokens[noun].lower in _AIMS and tokens[noun - 1].lower == "no"


_AVERTS = tuple("avert avoid prevent foil thwart forestall cancel scrap pre-empt bann".split())
_BESIDE_NOUN = frozenset(("det", "word", "num", "cap", "poss"))


def averted(tokens: Sequence[Token], first: int, last: int) -> Modality | None:
    """ "averted a strike", "the planned attack was foiled", "to avoid a strike": the noun at
    tokens[first:last] names what has not happened."""
    position = first - 1
    while position > 0 and first - position < 6 and tokens[position].tag in _BESIDE_NOUN:
        if tokens[position].lower.startswith(_AVERTS):
            return "denied" if tokens[position].lower.endswith("ed") else "planned"
        position -= 1
    for position in range(last, min(last + 8, len(tokens) - 1)):
        if tokens[position].tag == "be":
            verb = tokens[min(position + 1 + (tokens[position + 1].tag in ("adv", "be")), len(tokens) - 1)]
            return "denied" if verb.lower.startswith(_AVERTS) and verb.lower.endswith("ed") else None
        if tokens[position].tag in ("punct", "modal", "rel", "sub", "quote"):
            break
    return None


def of_noun(tokens: Sequence[Token], first: int) -> Modality | None:
    """ "will hold a rally", "plan mass rallies", "refused to join the strike": of what the noun at a token
    names, as the verb before it says; None when it plainly states."""
    begin = first
    while begin > 1 and first - begin < 5 and tokens[begin - 1].tag in _BESIDE_NOUN:
        word = tokens[begin - 1].lower
        if word in _PLANNING and tokens[begin - 2].tag != "det":
            return "planned"
        if word in _HOLDING:
            return of_trigger(tokens, begin - 1, begin)
        begin -= 1
    if begin > 2 and tokens[begin - 1].lower == "in" and tokens[begin - 2].lower in ("part", "participate"):
        verb = begin - 2 - (tokens[begin - 2].lower == "part")
        return of_trigger(tokens, verb, begin) if tokens[verb].lower in ("take", "participate") else None
    return None


def is_coming(tokens: Sequence[Token], last: int) -> bool:
    """ "… will begin on Monday", "… in Lima are set to take place", "…, which will be held": whether the noun
    that ends at a token names what is still to come."""
    last += last + 1 < len(tokens) and tokens[last].text == "," and tokens[last + 1].lower == "which"
    for position in range(last, min(last + 6, len(tokens) - 1)):
        token = tokens[position]
        if token.tag == "modal" and token.lower in _FUTURE:
            return _begins(tokens, position + 1)
        if token.tag == "be":
            follow = tokens[position + 1].lower
            if follow in ("scheduled", "planned"):
                return token.lower in ("is", "are")
            to = position + 1 + (follow in ("set", "due", "expected", "likely"))
            return to + 1 < len(tokens) and tokens[to].lower == "to" and _begins(tokens, to + 1)
        if token.tag in ("punct", "sub", "quote", "have") or (token.tag == "rel" and position > last + 1):
            return False
    return False


def _begins(tokens: Sequence[Token], verb: int) -> bool:
    if tokens[verb].lower == "be" and verb + 1 < len(tokens):
        return tokens[verb + 1].lower in _HELD
    return tokens[verb].lower in _BEGINNING


_PLANNING = frozenset("plan plans planning".split())
_HOLDING = frozenset(
    "hold stage launch begin start join resume organise organize call lead mount conduct attend".split()
)
_BEGINNING = frozenset("begin start take go kick proceed commence coincide last involve".split())
_HELD = frozenset("held staged launched organised organized called conducted on in at".split())


def is_obliged(tokens: Sequence[Token], first: int) -> bool:
    """ "should resign", "must have been taken": what ought to be, before the verb at a token."""
    position = first - 1
    while position > 0 and tokens[position].tag in ("be", "have", "adv", "neg"):
        position -= 1
    return position >= 0 and tokens[position].lower in ("should", "must")


def is_carried_out(tokens: Sequence[Token], to: int) -> bool:
    """ "went on to accuse", "took to the radio to thank", "marched to demand": what the verb behind "to" says
    was done, in this way or by this means."""
    before = tokens[to - 1].lower
    if before == "on":
        return tokens[to - 2].lower in _GOING
    if before in _GOING_ON:
        return True
    for token in reversed(tokens[max(0, to - 14) : to]):
        if token.lower in _BY_MEANS:
            return True
        border = token.tag in ("sub", "rel", "quote", "neg") or token.text in (";", ",")
        if border or (token.tag == "modal" and token.lower != "to"):
            return False
    return False


_GOING = frozenset("go goes went going gone".split())
_GOING_ON = frozenset("continued continues continuing forward publicly proceeded".split())
_BY_MEANS = frozenset(
    "took takes taking used uses using marched march rallied rally rallying gathered gathering protested "
    "protesting demonstrated streets strike petition assembled blockaded blocked marching picketed wrote "
    "signed filled packed thronged flooded occupied stormed interrupted convened phoned telephoned".split()
)


def intends(tokens: Sequence[Token], position: int) -> bool:
    """ "plans to", "is to", and a headline's "Orbix to cut 4,000 jobs"."""
    before = tokens[position]
    headline = position < 4 and before.tag == "cap" and tokens[-1].text not in (".", "!", "?", "”", '"')
    return before.lower in PLANS or before.lower in ("is", "are", "was", "were") or headline
