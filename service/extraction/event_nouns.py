"""Events that a noun names: "the dismissal of X", "X's resignation", "protests erupted"."""

from collections.abc import Sequence

from service.extraction.deals import read_deal
from service.extraction.event_types import Event
from service.extraction.fillers import SOMEBODY, fits
from service.extraction.heads import OWNERS, names_persons
from service.extraction.joined import named_aside, other_side, sides
from service.extraction.lexicon import EventEntry, Filler, lexicon
from service.extraction.modality import averted
from service.extraction.noun_parties import (
    FALLEN,
    FALLING,
    SITE,
    claiming,
    force,
    in_protest,
    owner_before,
    striking,
    struck,
    visitor,
)
from service.extraction.phrases import TIME_WORDS, UNTAGGED, Clauses, phrase_back
from service.extraction.roles import AFTER_INTRANSITIVES, phrase_after
from service.extraction.subjects import subject_of
from service.extraction.tokens import PAST_FORMS, Token, Tokens, group
from service.extraction.told_nouns import BACKDROPS, CALLED, LASTING, UNREAL, is_told
from service.extraction.triggers import EventTrigger


def _is_compound(tokens: Sequence[Token], last: int, happening: frozenset[str]) -> bool:
    """ "earthquake victims", "riot police": the noun only tells which victims."""
    follow = tokens[last] if last < len(tokens) else None
    return (
        follow is not None
        and follow.tag == "word"
        and follow.lower not in UNTAGGED
        and follow.lower not in _NO_NOUNS
        and follow.lower not in happening
        and follow.lower not in PAST_FORMS
        and not follow.lower.endswith(("ed", "ing"))
        and follow.lower not in AFTER_INTRANSITIVES
    )


_NO_NOUNS = frozenset("aboard further farther close deep blamed sparked caused claimed linked".split())


def _is_supposed(tokens: Sequence[Token], first: int, last: int) -> bool:
    """ "a fire would be a catastrophe", "set a bus on fire": no event of its own."""
    if first and tokens[first].lower in ("fire", "fires"):
        set_on = tokens[first - 1].lower == "on" and tokens[first].lower == "fire"
        if set_on or tokens[first - 1].lower.startswith(("start", "light", "set")):
            return True  # "set a bus on fire", "inmates starting fires"
    begin = first
    while begin and first - begin < 4 and tokens[begin - 1].tag in ("det", "word", "adv"):
        begin -= 1
    if (
        begin > 1
        and tokens[begin - 1].tag == "be"
        and any(t.lower in _WOULD for t in tokens[max(0, begin - 4) : begin - 1])
    ):
        return True  # "the plan would have been a massacre"
    follow = tokens[last] if last < len(tokens) else None
    return follow is not None and follow.tag == "modal" and follow.lower in _WOULD


_WOULD = frozenset(("would", "could", "might", "can"))


def _is_awaited(tokens: Tokens, first: int) -> bool:
    """ "had been expecting an eruption", "averted a strike", "safe from the threat of violence"."""
    if not tokens.groups & _NOT_YET:
        return False
    begin = first
    while begin and first - begin < 3 and tokens[begin - 1].tag in ("word", "cap"):
        if tokens[begin - 1].lower in _AWAITING:
            return True
        begin -= 1
    begin -= begin > 0 and tokens[begin - 1].tag == "det"
    if begin < 2:
        return False
    if tokens[begin - 1].lower in _AWAITING:
        return tokens[begin - 2].tag != "det"
    return tokens[begin - 1].lower in ("of", "against") and tokens[begin - 2].lower in UNREAL


_AWAITING = frozenset(
    "expecting expects expect predicted predicts predicting averted averts avert averting prevented prevents "
    "prevent preventing avoid avoided avoiding anticipate anticipating anticipated".split()
)


_BREAKING_OUT = frozenset(
    "broke break erupt erupted erupts raged rages raging plunged flared between fought waged began begun "
    "started killed".split()
)
_NOT_YET = group(_AWAITING | UNREAL)


def read_noun(
    clauses: Clauses, trigger: EventTrigger, entry: EventEntry, first: int, last: int
) -> Event | None:
    """ "the dismissal of X", "X's resignation", "protests erupted"."""
    tokens = clauses.tokens
    if tokens[last - 1].lower.endswith("ing") and first and tokens[first - 1].tag == "be":
        return None  # "has been fighting cancer"
    if tokens[last - 1].lower == "fighting" and _is_for_aim(tokens, last):
        return None  # "keeps fighting for the issues"
    if first and tokens[first - 1].tag == "modal":
        return None  # "told to fire on the crowd"
    if entry.predicate == "agreement":
        return read_deal(clauses, entry, first, last)
    if entry.occurs and (
        _is_compound(tokens, last, lexicon().occurs[trigger.entry])
        or (first > 1 and tokens[first - 1].lower in ("as", "like"))
    ):
        return None
    gerund = (
        last < len(tokens) and tokens[last].tag in ("conj", "det") and tokens[last - 1].lower == "looting"
    )
    if gerund and first and tokens[first - 1].lower in ("after", "by", "for", "before"):
        return None  # "after looting and burning homes"
    if entry.occurs and (_is_supposed(tokens, first, last) or _is_awaited(clauses.whole, first)):
        return None
    if entry.occurs and entry.predicate != "protest" and averted(tokens, first, last):
        return None
    if entry.predicate == "protest" and (
        _is_called_for(tokens, first) or _is_of_person(clauses, first, last)
    ):
        return None
    target = owner = None
    follow = tokens[last].lower if last < len(tokens) else ""
    if (follow == "of" and (entry.object is not None or entry.noun_subject)) or follow in entry.after_prep:
        target = phrase_after(clauses, last + 1)
    elif follow == "by":
        target = _behind_agent(clauses, entry, last)
    if entry.after_prep == _ACCUSED and follow not in _ACCUSED:
        return None  # "Costa's charges"
    mark = _mark_before(tokens, first)
    if mark and tokens[mark - 1].lower not in TIME_WORDS:
        owner = _owner(clauses, mark)
        if owner is not None and target is None and entry.needs and not entry.noun_subject:
            target, owner = owner, None
    owned = entry.predicate in _OF_PERSONS
    if owner is None and owned and first and (own := owner_before(tokens, first)) is not None:
        if entry.noun_subject or target is not None:
            owner = own  # "his surprise resignation"
        else:
            target = own  # "her trial"
    if entry.predicate == "election":
        owner = None  # "the country's election": nobody has won it yet
    if whose := _whose(tokens, first):
        owner = phrase_back(clauses, whose - (tokens[whose - 1].text == ","))
        if owner is not None and target is None and entry.needs and not entry.noun_subject:
            target, owner = owner, None  # "Jane Doe, whose arrest led to riots"
    if not entry.occurs and _is_wished(tokens, first):
        return None
    if entry.noun_subject:
        owner = owner or target
        target = None
    if owner is not None and entry.noun_subject:
        owner = named_aside(clauses, owner) or owner  # "the resignation of his deputy, Jane Doe"
    told = target is not None and tokens[target[0]].lower in OWNERS and target[1] - target[0] == 1
    if target is not None and not told and entry.object and not fits(clauses, target, entry.object):
        target = None
    if entry.occurs and " ".join(token.lower for token in tokens[first:last]) in LASTING:
        near = {token.lower for token in tokens[max(0, first - 4) : last + 4]}
        dated = first > 1 and tokens[first - 1].tag == "poss" and tokens[first - 2].lower in TIME_WORDS
        if near.isdisjoint(_BREAKING_OUT) and not dated:
            return None  # "before the war", "the conflict has cost lives": known, not told
    if entry.occurs:
        near = {*clauses.whole.lowers[max(0, first - 6) : first], *clauses.whole.lowers[last : last + 7]}
        if _is_feared(tokens, first) or _is_label(tokens, first):
            return None  # "has raised fears of unrest", "called the trial an “assault on reason”"
        told = not near.isdisjoint(lexicon().occurs[trigger.entry]) or is_told(tokens, first, last, entry)
        if not told and not (entry.predicate == "protest" and _whose(tokens, first)):
            return None
        owner = owner or striking(clauses, entry, first, last) or claiming(clauses, entry, first, last)
        owner = owner or in_protest(clauses, entry, first)
        if first > 1 and tokens[first - 1].lower == "on" and names_persons(tokens[first - 2]):
            owner = owner or phrase_back(clauses, first - 1)  # "teachers on strike"
        if entry.predicate == "attack" and owner is None and first:
            by = clauses.by_end.get(tokens[first - 1].end)
            if (
                by is not None
                and by.kind == "organization"
                and not {"demonym", "kind_guessed"} & set(by.flags)
            ):
                owner = phrase_back(clauses, first)  # "another Hamas attack"
        if words_of := FALLING.intersection((tokens[last - 1].lower,)):
            target = phrase_after(clauses, last + 1) if follow == "of" else None
            if owner is not None and tokens[first - 2].lower in FALLEN.heads:
                return Event(entry.predicate, entry.kind, "noun", first, last, None, owner)
            if target is not None and not fits(clauses, target, FALLEN):
                target = None
            if "collapse" in words_of and (
                target is None or FALLEN.heads.isdisjoint(clauses.whole.lowers[slice(*target)])
            ):
                return None  # "the collapse of the coalition", "the collapse of Norda Bank"
        if entry.predicate == "disaster" and follow == "of" and _is_of_speech(clauses, last):
            return None
        if entry.predicate in ("disaster", "attack"):
            target = target or struck(clauses, last)
        if entry.predicate == "disaster" and target is None and follow in ("at", "in", "on", "aboard"):
            where = phrase_after(clauses, last + 1)
            if where is not None and fits(clauses, where, SITE):
                target = where  # "a cave-in at the mine", "a fire aboard the ferry"
        if entry.predicate == "disaster":
            owner = owner or force(clauses, first, last)
    elif target is None and owner is None and not entry.noun_subject and entry.needs:
        return None
    opposed = entry.subject_of_intransitive if entry.predicate == "clash" and follow == "with" else None
    if opposed is not None and target is not None and not _is_side(clauses, target, opposed):
        return None  # "the rule clashes with their faith"
    if entry.predicate == "clash" and target is None:
        # "fighting broke out between the army and the rebels"
        ahead = range(last, min(last + 4, len(tokens)))
        between = next((p for p in ahead if tokens[p].lower == "between"), None)
        if between is not None and (target := phrase_after(clauses, between + 1)) is not None:
            follow = "between"
    if owner is not None and trigger.lemma in _SUFFERED and first and tokens[first - 1].tag == "poss":
        owner, target = None, owner  # "the envoy's assassination"
    if trigger.lemma.endswith(("visit", "trip", "tour")):
        owner = owner or visitor(clauses, first)
        if owner is None or target is None:
            return None
    if follow == "between" and target is not None:
        owner, target = sides(clauses, target) or other_side(clauses, target) or (owner, target)
    return Event(entry.predicate, entry.kind, "noun", first, last, owner, target, None)


def _is_of_speech(clauses: Clauses, last: int) -> bool:
    """ "a deluge of complaints", "an eruption of violence": much of it, and no disaster."""
    tokens = clauses.tokens
    if tokens[last - 1].lower not in _MUCH:
        return False
    span = phrase_after(clauses, last + 1) or (last + 1, min(last + 2, len(tokens)))
    words = clauses.whole.lowers[slice(*span)]
    plain = bool(words) and tokens[span[1] - 1].tag == "word"
    return plain and _MATTER.isdisjoint(words) and FALLEN.heads.isdisjoint(words)


_MUCH = frozenset("deluge tsunami eruption explosion explosions avalanche wave hurricane tornado".split())
_MATTER = frozenset(
    "rain rains rainfall water waters floodwater mud snow ash lava gas gases methane fuel petrol gasoline "
    "diesel oil chemicals chemical nitrate ammunition fireworks bomb bombs grenade grenades mine mines "
    "dust sand ice hail rock rocks boulders earth stone stones mountain volcano volcanoes device devices "
    "shell shells rocket rockets missile missiles explosives dynamite gunpowder powder boiler tank tanks "
    "tanker truck car van vehicle vehicles bus pipeline transformer battery cylinder cylinders propane "
    "hydrogen century decade year years season monsoon force magnitude debris steam origin cause".split()
)


def _behind_agent(clauses: Clauses, entry: EventEntry, by: int) -> tuple[int, int] | None:
    """ "a raid by the army on a depot": the depot."""
    tokens, agent = clauses.tokens, phrase_after(clauses, by + 1)
    reached = agent is not None and agent[1] < len(tokens) and tokens[agent[1]].lower in entry.after_prep
    return phrase_after(clauses, agent[1] + 1) if agent is not None and reached else None


def _is_side(clauses: Clauses, span: tuple[int, int], opposed: Filler) -> bool:
    return fits(clauses, span, opposed) or fits(clauses, span, SOMEBODY)


_SUFFERED = frozenset("assassination beheading poisoning stabbing".split())


def _is_feared(tokens: Sequence[Token], first: int) -> bool:
    back = first
    while back and first - back < 5 and tokens[back - 1].tag in ("word", "cap", "num", "poss", "det"):
        back -= 1
    of = back > 1 and tokens[back - 1].lower in ("of", "about", "over")
    return of and tokens[back - 2].lower in _FEARED


_FEARED = frozenset(
    "fear fears risk risks threat threats danger dangers prospect prospects possibility likelihood "
    "spectre specter chance chances warning warnings".split()
)


def _is_called_for(tokens: Sequence[Token], first: int) -> bool:
    """ "ignored calls by the union for a strike"."""
    while first and tokens[first - 1].tag in ("det", "word"):
        first -= 1
    words = [token.lower for token in tokens[max(0, first - 10) : first]]
    return words[-1:] == ["for"] and "by" in words and ("calls" in words or "call" in words)


def _is_of_person(clauses: Clauses, first: int, last: int) -> bool:
    """ "at Jane Doe's rally", "a Jane Doe rally": where a politician speaks."""
    tokens = clauses.tokens
    back = first - (first > 0 and tokens[first - 1].tag == "poss")
    named = clauses.by_end.get(tokens[back - 1].end) if back else None
    return tokens[last - 1].lower in ("rally", "rallies") and named is not None and named.kind == "person"


def _whose(tokens: Sequence[Token], first: int) -> int:
    """Where "whose" stands before a noun: "whose strike", "whose two-day strike"; else 0."""
    position = first - 1
    while position > 0 and first - position < 4 and tokens[position].tag in ("word", "num"):
        position -= 1
    return position if position > 0 and tokens[position].lower == "whose" else 0


def _mark_before(tokens: Sequence[Token], first: int) -> int:
    """Where "'s" stands before a noun: "the premier's visit", "the premier's landmark 2012 visit"; else 0."""
    position = first - 1
    while position > 1 and first - position < 4 and tokens[position].tag in ("word", "num"):
        position -= 1
    return position if position > 0 and tokens[position].tag == "poss" else 0


def _owner(clauses: Clauses, poss: int) -> tuple[int, int] | None:
    """Whose the noun behind a possessive is; where a preposition stands before a name ("It came up during
    Jane Doe's visit", "deal with the fallout of Peru's war") the name."""
    found, tokens = subject_of(clauses, poss), clauses.tokens
    named = clauses.by_end.get(tokens[poss - 1].end)
    if named is None:
        return found
    start = next(p for p in range(poss) if tokens[p].start >= named.start)
    governed = found is None or any(token.tag == "prep" for token in tokens[found[0] : start])
    return (start, poss) if governed else found


def _is_label(tokens: Sequence[Token], first: int) -> bool:
    if first < 3 or not (tokens[first - 1].tag == "quote" or tokens[first - 1].lower in ("a", "an")):
        return False
    for position in range(first - 2, max(-1, first - 10), -1):
        if tokens[position].lower in CALLED:
            return position < first - 2  # but "called a rally"
        if tokens[position].tag in ("punct", "sub", "rel"):
            return False
    return False


def _is_for_aim(tokens: Sequence[Token], last: int) -> bool:
    words = [token.lower for token in tokens[last : last + 5]]
    timed = any(word in TIME_WORDS or word.rstrip("s") in TIME_WORDS or word == "control" for word in words)
    return words[:1] in (["for"], ["to"], ["back"], ["against"], ["over"]) and not timed


def _is_wished(tokens: Sequence[Token], first: int) -> bool:
    """ "sought the minister's resignation", "the prospect of talks with the rebels"; but "called off after
    talks with the rebels"."""
    for token in reversed(tokens[max(0, first - 6) : first]):
        if token.lower in BACKDROPS or token.text in (".", ";", ":"):
            return False
        if token.lower.startswith(_WISHED) or token.lower in UNREAL:
            return True
    return False


_OF_PERSONS = frozenset(("detention", "charge", "resigned", "removed_from_office"))


_WISHED = (
    "demand", "seek", "sought", "urge", "call", "want", "reject", "refus", "recommend", "threat", "hint",
)  # fmt: skip
_ACCUSED = ("against",)
