"""Relative clauses: of whom they tell, and whether a phrase stands inside one."""

from collections.abc import Sequence

from service.extraction.cues import CUES
from service.extraction.heads import names_persons
from service.extraction.phrases import Clauses, is_past, phrase_back
from service.extraction.tokens import Token


def told_of(sentence: Clauses, stop: int) -> tuple[int, int] | None:
    """ "The union, whose head, a nurse, was fined, threatened": the phrase that a relative clause between
    commas tells of, if no verb stands before it."""
    tokens = sentence.tokens
    for position in range(1, min(stop - 1, 24)):
        token = tokens[position]
        if token.tag in ("be", "have", "do", "sub", "quote", "rel"):
            return None
        if token.text != "," or tokens[position + 1].lower not in _RELATIVES:
            continue
        found = phrase_back(sentence, position)
        if found is None or any(
            is_past(tokens[p]) and (p == found[0] or tokens[p - 1].tag != "det") for p in range(*found)
        ):
            return None
        return found
    return None


_RELATIVES = frozenset(("who", "which", "whose", "whom"))


def person_told_of(sentence: Clauses, last: int, stop: int) -> tuple[int, int] | None:
    """ "The mayor Ana Costa, who hands over to her deputy, Omar Diallo, in May, said": the person whom the
    sentence opens with, when only asides stand between the relative clause and the comma that closes it."""
    tokens = sentence.tokens
    if "who" not in sentence.whole.words or tokens[last + 1].tag == "rel":
        return None
    told = told_of(sentence, stop)
    if told is None or told[0] > 1:
        return None
    named = sentence.by_end.get(tokens[told[1] - 1].end)
    if named is None or named.kind != "person":
        return None
    commas = [p for p in range(told[1] + 1, stop - 1) if tokens[p].text == ","]
    aside = all(tokens[p + 1].tag in ("cap", "det", "prep", "num") for p in commas)
    return told if commas and aside and not is_clause(tokens, commas[0] + 1, stop - 1) else None


def is_clause(tokens: Sequence[Token], first: int, stop: int) -> bool:
    """Whether an aside has a verb of its own: "given what feed costs", no apposition."""
    if tokens[first].tag == "rel":
        return False
    return any(
        token.tag in ("be", "have", "do", "sub") or (is_past(token) and tokens[p - 1].tag != "det")
        for p, token in enumerate(tokens[first:stop], first)
    )


def antecedent(tokens: Sequence[Token], found: tuple[int, int] | None, who: bool) -> tuple[int, int] | None:
    """ "voiced concern over the overhaul of a policy that …": the noun phrase after the verb before it."""
    verb = next((p for p in range(found[1] - 2, found[0] - 1, -1) if is_past(tokens[p])), 0) if found else 0
    before: tuple[str, ...] = ("cap", "word", "adv", "pron", "conj")
    if found and verb == found[0]:
        before = ("be", "have", "neg", "conj")
    elif who and found and not verb and found[0] and tokens[found[0] - 1].tag == "modal":
        verb, before = found[0], ("modal",)  # "will form a coalition with the Greens, who": the Greens
    if found is None or not verb or tokens[verb - 1].tag not in before:
        return found
    first = next(
        (p + 1 for p in range(found[1] - 2, verb, -1) if tokens[p].tag == "prep" and tokens[p].lower != "of"),
        verb + 1,
    )
    return first, found[1]


def inside_relative(tokens: Sequence[Token], first: int) -> int:
    """ "a nurse who helped to wrap the bodies told": where "who" stands, when the phrase that starts at a
    token is an object of its clause; else 0."""
    acting = 0
    for position in range(first - 1, max(0, first - 12), -1):
        token = tokens[position]
        if token.lower == "who" or (
            token.lower in ("that", "which") and acting and _acts(tokens, position + 1)
        ):
            before = tokens[position - 1]
            noun = before.tag in ("cap", "word") and before.lower not in CUES
            return position if acting and noun else 0
        if token.tag in ("sub", "rel", "quote", "conj") or token.text in _BORDERS:
            return 0
        verb = is_past(token) or token.tag in ("be", "have") or tokens[position - 1].lower == "who"
        acting += verb and token.tag != "adv"
    return 0


_BORDERS = frozenset((",", ";", ":", "–", "—"))


def _acts(tokens: Sequence[Token], first: int) -> bool:
    """ "that was opposed to it", "that have never ruled": a verb follows right away."""
    while tokens[first].tag in ("adv", "neg"):
        first += 1
    return tokens[first].tag in ("be", "have", "modal", "do") or is_past(tokens[first])


def opens_relative(tokens: Sequence[Token], found: tuple[int, int]) -> bool:
    """ "the generals who toppled the president had demanded": what was found belongs to "who"."""
    before = tokens[found[0] - 1] if found[0] > 1 else None
    verb = tokens[found[0]]
    bare = verb.tag == "word" and tokens[found[0] + 1].tag == "det"  # "states that supply the force asked"
    return (
        before is not None
        and before.lower in ("who", "which", "that")
        and verb.tag == "word"
        and (verb.lower.endswith(("ed", "s")) or is_past(verb) or verb.lower in _SAME_IN_PAST or bare)
        and not names_persons(verb)
        and (found[1] - found[0] > 1 or (is_past(verb) and tokens[found[1]].tag == "prep"))
    )


_SAME_IN_PAST = frozenset("hit cut put set shut burst spread hurt cost let beat split".split())


def opens_with_which(tokens: Sequence[Token], found: tuple[int, int]) -> bool:
    """ "a group with which the state fell out announced": a whole clause was found, told of the group."""
    return (
        found[0] > 2
        and tokens[found[0] - 1].lower in ("which", "whom")
        and tokens[found[0] - 2].tag == "prep"
        and tokens[found[0] - 3].tag in ("word", "cap")
        and any(is_past(token) for token in tokens[found[0] + 1 : found[1]])
    )


def still_told_of(sentence: Clauses, but: int) -> tuple[int, int] | None:
    """ "in place of Ana Costa, who was appointed on Monday but quit": the relative clause goes on."""
    tokens = sentence.tokens
    for position in range(but - 1, max(0, but - 14), -1):
        if tokens[position].lower == "who":
            found = phrase_back(sentence, position - (tokens[position - 1].text == ","))
            return antecedent(tokens, found, True)
        if tokens[position].tag in ("punct", "quote", "sub", "conj"):
            return None
    return None
