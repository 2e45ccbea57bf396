"""What a sentence tells as no event: wished for, awaited, supposed, usual, or no more than likened."""

from collections.abc import Sequence
from itertools import pairwise

from service.extraction import modality
from service.extraction.attribution import Attribution
from service.extraction.event_types import Event
from service.extraction.phrases import Clauses, is_passive, is_past
from service.extraction.tokens import Token, Tokens, group, inflections


def is_unhappened(clauses: Clauses, event: Event, said: Sequence[Attribution]) -> bool:
    """Whether what a trigger names is asked for or tried and not done ("urged him to sack the minister",
    "plotted to overthrow the king"), or is any other of these."""
    tokens, first = clauses.tokens, event.first
    if event.pattern == "noun" and event.subject and _is_tried(tokens, first):
        return True
    if event.pattern == "noun" and event.predicate in _WISHED_FOR:
        return any(
            item.directive and item.content is not None and item.content.start <= tokens[first].start
            for item in said
        )
    if event.kind == "statement" and event.pattern == "verb" and tokens[first - 1].tag == "neg":
        return True  # "is not blaming the union"
    if event.pattern in ("verb", "passive", "intransitive") and modality.is_obliged(tokens, first):
        return True  # "the minister should resign": demanded
    if event.kind == "event" and (_is_usual(event, clauses.whole) or _is_likened(clauses.whole, first)):
        return True
    if event.predicate == "clash" and event.pattern == "verb" and tokens[first - 1].lower == "to":
        return tokens[first - 2].lower not in ("on", "had", "have")  # "do too little to fight extremists"
    if _is_awaited(tokens, first):
        return True
    if event.kind != "statement" and tokens[first].lower.endswith("ing") and _is_idea(tokens, event):
        return True
    if (
        event.pattern == "intransitive"
        and tokens[first - 1].lower == "would"
        and _is_conditional(tokens, event.last)
    ):
        return True  # "said they would quit if no vote was called"
    told = event.pattern in ("noun", "phrase", "relation", "statement")
    if event.pattern == "phrase" and event.kind == "event":
        told = not _is_supposed(tokens, first)  # "if the accused pleads guilty"
    if (told and event.predicate != "state_of_emergency") or first < 2:
        return False
    if _is_supposed(tokens, first):
        return True
    if tokens[first - 1].lower != "to" and not _is_before(tokens, first):
        before = first - 1
        if tokens[before].text == ",":  # "might, once they met the snow, trigger mudslides"
            before = next((p for p in range(before - 1, 0, -1) if tokens[p].text == ","), 0) - 1
        return event.predicate == "reported_cause" and tokens[before].tag == "modal"
    undone = _is_undone(tokens, first - 2) or _is_barred(tokens, first) or _is_allowed(tokens, first)
    if tokens[first - 2].lower in modality.TRYING or undone:
        return True
    if event.kind == "statement":
        return not (modality.intends(tokens, first - 2) or modality.is_carried_out(tokens, first - 1))
    if _is_asked(tokens, first - 2):
        return True
    start = tokens[first].start
    ordered = event.kind == "relation" or _is_before(tokens, first)
    return any(
        item.directive
        and item.content is not None
        and (item.verb not in _INTENTIONS or _wants_of_others(item) or (item.verb == "order" and ordered))
        and item.content.start < start < item.content.end
        for item in said
    )


def _wants_of_others(item: Attribution) -> bool:
    """ "wants both sides to sign a deal"; but "wants to sign"."""
    return item.verb == "want" and item.content is not None and not item.content.surface.startswith("to ")


def _is_asked(tokens: Sequence[Token], last: int) -> bool:
    """ "“we implore our leaders to reach a deal”": what a quotation asks of others."""
    for position in range(last, max(0, last - 7), -1):
        if tokens[position].lower in _ASKING and tokens[position - 1].tag in ("pron", "adv"):
            return True
        if tokens[position].tag in ("punct", "quote", "rel", "sub", "be", "have"):
            return False
    return False


_ASKING = frozenset("implore urge beg ask exhort encourage want invite expect".split())


def _is_before(tokens: Sequence[Token], first: int) -> bool:
    """ "ordered them to give notice before meeting officials": no more than what they are ordered."""
    return tokens[first - 1].lower == "before" and tokens[first].lower.endswith("ing")


def _is_idea(tokens: Sequence[Token], event: Event) -> bool:
    """ "no chance of forming a government", "Dissolving parliament is no choice": only spoken of."""
    first = event.first
    if first > 1 and tokens[first - 1].lower in ("of", "for"):
        return tokens[first - 2].lower in _IDEAS
    if event.object is None or event.object[1] + 1 >= len(tokens):
        return False
    stop = event.object[1] + (tokens[event.object[1]].tag == "quote")
    opens = not first or tokens[first - 1].tag == "quote"
    return opens and tokens[stop].tag in ("be", "modal") and tokens[stop].lower not in ("was", "were")


_IDEAS = frozenset(
    "possibility possibilities chance chances hope hopes prospect prospects idea danger option likelihood "
    "intention means way ways aim goal purpose point".split()
)


def _is_allowed(tokens: Sequence[Token], first: int) -> bool:
    """ "the ruling allows officials to be re-elected": what may be done."""
    position = first - 2
    while position > 0 and first - position < 8 and tokens[position].tag in _WHOM:
        if tokens[position].lower in _ALLOWING:
            return True
        position -= 1
    return False


_WHOM = frozenset(("det", "word", "cap", "poss", "pron", "num"))
_ALLOWING = frozenset(
    "allow allows allowing enable enables enabling permit permits permitting entitle "
    "entitles entitling".split()
)


def _is_undone(tokens: Sequence[Token], noun: int) -> bool:
    """ "overturned the decision to dissolve parliament", "dropped plans to visit": nothing came of it."""
    if tokens[noun].lower not in _RESOLVES:
        return False
    for position in range(noun - 1, max(-1, noun - 8), -1):
        if tokens[position].lower in _UNDOING:
            return True
        if tokens[position].tag in ("punct", "quote", "rel", "sub"):
            return False
    return False


_RESOLVES = frozenset(
    "decision decisions plan plans move moves proposal proposals order orders motion motions decree offer "
    "pledge deal bill petition resolution vote".split()
)
_UNDOING = frozenset(
    form
    for verb in "overturn reverse reject block drop abandon scrap shelve halt defeat quash annul nullify "
    "suspend revoke rescind withdraw cancel veto oppose thwart foil resist".split()
    for form in inflections(verb)
) | {"annulled", "cancelled", "against"}


def _is_usual(event: Event, tokens: Tokens) -> bool:
    """ "are often attacked", "can turn violent", "is often hit by floods", "floods kill many each year":
    what happens time and again."""
    first = event.first
    before = tokens[first - 1]
    if before.lower in _OFTEN or (before.lower == "can" and before.tag == "modal"):
        return True
    if not tokens.groups & _AGAIN:
        return False
    if event.pattern == "noun" and tokens[event.last - 1].lower.endswith("s"):
        around = tokens[max(0, first - 5) : first] + tokens[event.last : event.last + 3]
        if any(token.lower in _OFTEN for token in around):
            return True
    # "Explosions in mines are often caused …", "floods kill hundreds each year"
    often = not tokens.words.isdisjoint(_OFTEN) or any(
        word in ("each", "every") and follow in _YEARS for word, follow in pairwise(tokens.lowers)
    )
    return (
        often
        and tokens.words.isdisjoint(_IN_THE_PAST)
        and not any(
            is_past(token) and not is_passive(tokens, position) for position, token in enumerate(tokens)
        )
    )


def _is_tried(tokens: Sequence[Token], first: int) -> bool:
    """ "attempted to hold a rally": what the noun at a token names did not come about."""
    to = next((p for p in range(first - 1, max(1, first - 6), -1) if tokens[p].lower == "to"), 0)
    return to > 0 and tokens[to - 1].lower in modality.TRYING


def _is_barred(tokens: Sequence[Token], first: int) -> bool:
    """ "did not allow reporters to speak to the pupils"."""
    back = range(first - 2, max(0, first - 8), -1)
    let = next((p for p in back if tokens[p].lower in _LETTING or tokens[p].tag in ("punct", "sub")), 0)
    return let > 0 and tokens[let].lower in _LETTING and tokens[let - 1].tag == "neg"


_LETTING = frozenset("allow allowed permit permitted let enable".split())


def _is_awaited(tokens: Sequence[Token], first: int) -> bool:
    """ "until they are caught", "asked that he be arrested": still to come."""
    link = first - 1
    while link > 0 and tokens[link].tag == "adv":
        link -= 1
    if tokens[link].lower == "be":
        return tokens[link - 1].tag in ("word", "cap", "pron")
    if tokens[link].lower not in ("is", "are"):
        return False
    return any(token.lower in ("until", "till") for token in tokens[max(0, link - 5) : link])


_IN_THE_PAST = frozenset("was were has have had did 've".split())


def _is_likened(tokens: Tokens, first: int) -> bool:
    """ "it looked like a bomb had gone off", "as if an earthquake had struck": no more than alike."""
    if not tokens.groups & _ALIKE:
        return False
    for position in range(first - 1, max(0, first - 9), -1):
        token, before = tokens[position], tokens[position - 1]
        if token.lower == "like" and (before.tag == "be" or before.lower in _SEEMING):
            return True
        if token.lower in ("if", "though") and before.lower == "as":
            return True
        if token.tag == "punct":
            return False
    return False


_ALIKE = group(("like", "if", "though"))
_SEEMING = frozenset(
    "look looks looked looking sound sounds sounded feel feels felt seem seems seemed something it was "
    "just more".split()
)


_OFTEN = frozenset("often always usually frequently sometimes rarely regularly typically annually".split())
_YEARS = frozenset("year spring summer autumn winter season month".split())
_AGAIN = group(_OFTEN | {"each", "every"})


def _is_conditional(tokens: Sequence[Token], last: int) -> bool:
    for token in tokens[last : last + 12]:
        if token.lower in ("if", "unless"):
            return True
        if token.text in (".", ";"):
            return False
    return False


def _is_supposed(tokens: Sequence[Token], first: int) -> bool:
    """ "if it threatened its neighbours", "whether to strike": nothing that happened."""
    for position in range(first - 1, max(-1, first - 9), -1):
        if tokens[position].lower in ("if", "unless", "whether"):
            return True
        if tokens[position].tag in ("punct", "quote") and tokens[position].text != ".":
            return False  # but "if Mr. Doe resigns"
    return False


# "demanded his resignation", "called for a deal": what these nouns name is still to come.
_WISHED_FOR = frozenset(
    "resigned removed_from_office appointed_to_office agreement government_dismissed withdrawal_start".split()
)
_INTENTIONS = frozenset(("want", "plan", "intend", "aim", "seek", "threaten", "order"))
