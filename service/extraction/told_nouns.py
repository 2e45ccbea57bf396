"""Which nouns tell of an event by where they stand, though no verb says that it happened."""

from collections.abc import Sequence

from service.extraction.heads import names_persons
from service.extraction.lexicon import EventEntry
from service.extraction.number_words import SIMPLE
from service.extraction.phrases import TIME_WORDS
from service.extraction.tokens import Token


def is_told(tokens: Sequence[Token], first: int, last: int, entry: EventEntry) -> bool:
    """Whether a noun tells of an event though no verb says that it happened: "since Tuesday's protests",
    "the fighting in the north", "a crash that", but not "fears of attacks" or "in case of fire"."""
    words = " ".join(token.lower for token in tokens[first:last])
    if entry.predicate not in _TOLD or words in LASTING or words in _WEAPONS or words in _VAGUE:
        return False
    begin = first
    while (
        begin
        and first - begin < 5
        and (tokens[begin - 1].tag in ("word", "cap", "num", "poss") or tokens[begin - 1].text == "May")
    ):
        begin -= 1
    if any(token.lower in _UNSURE for token in tokens[begin:first]):
        return False
    # "will govern until the election in May": a backdrop is sure whatever lies ahead
    backdrop = {token.lower for token in tokens[max(0, begin - 2) : begin]} & _SURE_BACKDROPS
    if not backdrop and any(
        token.tag == "modal" and token.lower != "to" for token in tokens[max(0, begin - 6) : begin]
    ):
        return False
    bare = begin == first and words in ("protest", "riots", "unrest", "looting", "rioting")
    if bare and last < len(tokens) and tokens[last].lower in entry.after_prep and words == "protest":
        return True  # "stayed away in protest against the fees"
    if bare and not (words == "riots" and first and tokens[first - 1].lower in ("in", "during")):
        return False  # "closed the shops in protest", "held over riots"
    if entry.predicate == "protest" and words in ("strike", "strikes") and _is_on_name(tokens, last):
        return False  # "weighs strikes on Iran"
    if first > 1 and words == "strike" and tokens[first - 1].lower == "on":
        return names_persons(tokens[first - 2])  # "teachers on strike"
    if _is_reason(tokens, begin):
        return True  # "because of the eruptions"
    if begin and any(token.lower in CALLED for token in tokens[max(0, begin - 5) : begin]):
        return False  # "called it a massacre"
    stands = ""
    before = tokens[begin - 1] if begin else None
    if before is not None and before.tag == "det":
        if before.lower in ("any", "no", "every"):
            return False
        before = tokens[begin - 2] if begin > 1 else None
        stands = "det"
    if before is not None and before.lower in ("of", "for", "against", "about"):
        back = begin - 1 if tokens[begin - 1] is before else begin - 2
        if back and tokens[back - 1].lower in UNREAL:
            return False
    if before is not None and before.lower in BACKDROPS and entry.predicate != "election":
        return True
    if entry.predicate == "disaster" and last < len(tokens) and tokens[first].tag == "cap":
        named = tokens[last].tag == "cap" and tokens[last].lower not in TIME_WORDS
        if named and words in _CHRISTENED:
            return True  # "Typhoon Hagoro was the strongest"
    if entry.predicate == "election":
        ahead = (
            tokens[last : last + 4]
            if last < len(tokens) and tokens[last].lower in ("in", "on", "of", ",")
            else ()
        )
        return any(
            token.lower in TIME_WORDS or (token.tag == "num" and len(token.text) == 4)
            for token in (*tokens[begin:first], *ahead)
        )
    if last < len(tokens) and tokens[last].lower in entry.after_prep and entry.predicate == "protest":
        return True
    dated = any(
        token.lower in TIME_WORDS or token.tag == "num" or token.lower in SIMPLE
        for token in tokens[begin:first]
    )
    placed = last < len(tokens) and (
        tokens[last].lower
        in ("in", "at", "near", "on", "by", "between", "with", "that", "which", "outside", "across", "aboard")
        or tokens[last].lower in TIME_WORDS
    )
    definite = begin > 0 and tokens[begin - 1].lower in ("the", "these", "those")
    aside = last + 1 < len(tokens) and tokens[last].text == "," and definite
    dated = dated or (before is not None and before.lower == "of" and _counts_days(tokens, begin))
    owned = last == len(tokens) or tokens[last].tag != "cap"  # not "Lima's Knife Attack Hotline"
    owned = owned and any(
        tokens[p].tag == "poss" and tokens[p - 1].tag == "cap" for p in range(begin + 1, first)
    )
    sure = (stands == "det" and entry.predicate in ("disaster", "clash")) or (
        (stands == "det" or owned) and entry.predicate == "attack"
    )  # "two years into Russia's invasion"
    return dated or placed or aside or sure


def _is_on_name(tokens: Sequence[Token], last: int) -> bool:
    follow = tokens[last + 1] if last + 1 < len(tokens) and tokens[last].lower == "on" else None
    return follow is not None and follow.tag == "cap" and follow.lower not in TIME_WORDS


def _is_reason(tokens: Sequence[Token], begin: int) -> bool:
    of = begin - 1 - (begin > 0 and tokens[begin - 1].tag == "det")
    return of > 0 and tokens[of].lower == "of" and tokens[of - 1].lower == "because"


def _counts_days(tokens: Sequence[Token], begin: int) -> bool:
    """ "the third day of a nationwide strike"."""
    of = begin - 1 - (tokens[begin - 1].tag == "det")
    return of > 0 and tokens[of].lower == "of" and tokens[of - 1].lower.rstrip("s") in TIME_WORDS


_TOLD = frozenset(("disaster", "attack", "clash", "protest", "riot", "election"))
_CHRISTENED = frozenset(("typhoon", "hurricane", "cyclone", "storm", "tropical storm"))
LASTING = frozenset("war wars conflict conflicts combat strife hostilities".split()) | {
    "civil war",
    "civil wars",
}
# These tell of an event only with a verb that it happened.
_VAGUE = frozenset("fight violence disturbances mayhem".split())
_WEAPONS = frozenset(("bomb", "car bomb", "roadside bomb", "gunfire", "truck bomb", "arson"))
_UNSURE = frozenset(
    "suspected alleged possible potential planned future further fear fears fearing feared attempted any "
    "such simulated looming "
    "mock".split()
)
BACKDROPS = frozenset("after following since during in amid over from despite before until".split())
_SURE_BACKDROPS = frozenset("after following since during despite before until".split())
UNREAL = frozenset(
    "fear fears risk risks threat threats danger case warning warnings warned possibility prospect chance "
    "likelihood kind kinds sort plans planning preparation preparations prevention calls call called guard "
    "protection insurance end halt protect protected guarded brace braced bracing "
    "insured defend".split()
)
CALLED = frozenset("called calls calling described describes branded labelled labeled dubbed".split())
