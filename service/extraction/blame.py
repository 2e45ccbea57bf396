"""Who or what is blamed: "blamed X for Y", "blamed Y on X", "Y, which they attribute to X". Whoever is
blamed is accused; whatever is blamed is a cause."""

from collections.abc import Sequence

from service.extraction.agents import subject_before
from service.extraction.counted import is_person, singular
from service.extraction.event_types import Event, EventPattern
from service.extraction.fillers import Range, fits, mention_stop
from service.extraction.lexicon import Filler, lexicon
from service.extraction.phrases import Clauses, is_past, phrase_back
from service.extraction.roles import agent_after, clause_after, phrase_after, whole_phrase
from service.extraction.subjects import subject_of
from service.extraction.tokens import Token

_LAYING = frozenset(
    f"{verb} {article}blame" for verb in ("put", "lay", "place", "pin") for article in ("the ", "")
)
BLAMING = _LAYING | {"blame", "attribute", "ascribe", "link"}
_SOMEONE = Filler(kinds=("person", "organization", "place"), persons=True)
# What somebody made or did: whoever blames it accuses.
_DECIDED = frozenset(
    "budget policy policies decision law laws rules ruling rule plan cuts neglect negligence inaction "
    "mismanagement corruption greed sanctions reform reforms failure regime war".split()
)
_BODIES = frozenset(
    "company government authorities army each other them rivals side group police gang gangs cartel militia "
    "left right militias militants rebels insurgents hackers terrorists forces troops opposition "
    "administration media press management leadership council parliament congress regime junta party parties "
    "ministry department agency commission board union unions bank banks committee cabinet country countries "
    "firm firms companies court courts community team campaign".split()
)


def blamed(clauses: Clauses, lemma: str, first: int, last: int, passive: bool) -> Event | None:
    """The accusation or the cause that a verb of blame at tokens[first:last] tells of."""
    tokens = clauses.tokens
    laid = lemma in _LAYING
    link = "on" if laid or lemma == "blame" else "to"
    who: Range | None
    what: Range | None
    if (linked := _behind_adverb(tokens, last, link)) and (lemma == "link" or not passive):
        last = linked  # "lay the blame squarely on"
    follow = tokens[last].lower if last < len(tokens) else ""
    if laid and follow not in (link, "for"):
        return None
    passive = passive or (follow == link and _is_reduced(tokens, first, lemma))
    agent = agent_after(clauses, last) if passive else subject_before(clauses, first)
    if follow == "but":
        return None  # "nobody to blame but themselves"
    if passive and follow != link:
        who, what = subject_of(clauses, first), None
        after = agent[1] if agent is not None else last
    elif follow == link:
        # "the poisoning he blames on the state", "the delay was blamed on rain"
        who, after = phrase_after(clauses, last + 1), last + 1
        what = subject_of(clauses, first) if passive else related(clauses, agent)
    else:
        who, what = phrase_after(clauses, last + laid, ("for",)), None
        after = who[1] if who is not None else last
        after = _behind_adverb(tokens, after, link) or after
        if after < len(tokens) and tokens[after].lower in ("in", "among", "of"):
            inner = phrase_after(clauses, after + 1)  # "blamed the rise in deaths on"
            after = inner[1] if inner is not None and who is not None else after
        after = _far(tokens, after, link)
        if who is not None and after < len(tokens) and tokens[after].lower == link:
            what, who = (who[0], after), phrase_after(clauses, after + 1)
    if who is None or (laid and what is None and follow == "for"):
        return None
    if what is None and lemma == "blame" and after < len(tokens) and tokens[after].lower == "for":
        what = clause_after(clauses, after + 1, 16)
    pattern: EventPattern = "passive" if passive else "verb"
    named = clauses.by_start.get(tokens[who[1] + 1].start) if who[1] + 1 < len(tokens) else None
    if named is not None and tokens[who[1]].text == "," and named.kind in ("person", "organization"):
        who = (who[0], mention_stop(clauses, who[1] + 1, named))  # "a hacking group, Orca"
    if lemma == "link":
        # "linked the deaths to the heat", not "linked the firm to the gang"
        caused = what is not None and not is_someone(clauses, who) and _is_event(clauses, what)
        return (
            Event("reported_cause", "statement", pattern, first, last, agent, what, who) if caused else None
        )
    if is_someone(clauses, who):
        return Event("accusation", "statement", pattern, first, last, agent, who, what)
    if what is None:
        # "blames a budget in which nothing is spent": whoever made it.
        decided = laid or not _DECIDED.isdisjoint(token.lower for token in tokens[who[0] : who[1]])
        predicate = "accusation" if decided else "reported_cause"
        if not laid and lemma != "blame":
            return None
        roles = (who, None) if decided else (None, who)
        return Event(predicate, "statement", pattern, first, last, agent, *roles)
    if who[0] >= last and (who[1] >= len(tokens) or tokens[who[1]].lower != "for"):
        who = whole_phrase(clauses, clause_after(clauses, who[0], 20, commas=False) or who)
    return Event("reported_cause", "statement", pattern, first, last, agent, what, who)


def _is_event(clauses: Clauses, span: Range) -> bool:
    """Whether something that has causes is told of: a noun among those for what is blamed, or its kin."""
    heads = next(
        entry.object.heads for entry in lexicon().events
        if entry.predicate == "reported_cause" and entry.object is not None and entry.object.heads
    )  # fmt: skip
    words = (token.lower for token in clauses.tokens[slice(*span)])
    return any(word in heads or singular(word) in heads for word in words)


def _behind_adverb(tokens: Sequence[Token], first: int, link: str) -> int:
    """ "squarely on", ", the third in a week, on", "in part to": where `link` stands behind an adverb or an
    aside, else 0."""
    position = first
    while position < len(tokens) and tokens[position].tag == "adv":
        position += 1
    if position + 2 < len(tokens) and tokens[position].lower == "in" and tokens[position + 1].lower == "part":
        position += 2
    elif position < len(tokens) and tokens[position].text == ",":
        ahead = range(position + 1, min(position + 14, len(tokens)))
        position = next((p + 1 for p in ahead if tokens[p].text == ","), position)
    return position if first < position < len(tokens) and tokens[position].lower == link else 0


def _is_reduced(tokens: Sequence[Token], first: int, lemma: str) -> bool:
    """ "riots blamed on rivalry": the participle right behind its noun, and no clause around them."""
    back = first - 1
    while back >= 0 and tokens[back].tag in ("word", "cap", "det", "adv"):
        back -= 1
    noun = first > 0 and tokens[first - 1].tag == "word" and tokens[first].lower.endswith("ed")
    opened = back < 0 or tokens[back].tag in ("prep", "be", "have", "conj") or is_past(tokens[back])
    return noun and lemma in ("blame", "attribute", "ascribe") and opened


def made_to(clauses: Clauses, lemma: str, first: int, target: Range) -> Event | None:
    """ "causing the ferry to capsize": what happened to a thing, and the clause before it that caused it."""
    tokens = clauses.tokens
    to = target[1]
    if lemma != "cause" or to + 1 >= len(tokens) or tokens[to].lower != "to":
        return None
    acts = tokens[to + 1].tag == "word" and not tokens[to + 1].lower.endswith("s")
    if not acts or is_someone(clauses, target):
        return None
    begin = first - (tokens[first - 1].text == ",")
    ing = tokens[first].lower.endswith("ing")
    cause = phrase_span(tokens, begin) if ing else subject_before(clauses, first)
    effect = clause_after(clauses, target[0], 12)
    if cause is None or effect is None:
        return None
    return Event("reported_cause", "statement", "verb", first, first + 1, None, effect, cause)


# No clause that tells of an event goes back over these.
_BORDERS = frozenset("but said says say told added believes believe claimed argued insisted".split())


def phrase_span(tokens: Sequence[Token], end: int) -> Range | None:
    """The words of the clause that ends at a token, up to twenty."""
    first = end
    while first and end - first < 20 and tokens[first - 1].tag not in ("sub", "rel", "quote", "punct"):
        before = tokens[first - 1]
        if first < end and (
            before.lower in _BORDERS or (before.tag == "conj" and tokens[first].tag == "pron")
        ):
            break
        first -= 1
    while first < end and tokens[first].tag in ("conj", "adv"):
        first += 1
    return (first, end) if end - first > 1 else None


def _far(tokens: Sequence[Token], first: int, link: str) -> int:
    """ "attributed other raids on the state's offices to a gang": where "to" stands, else the first token."""
    for position in range(first, min(first + 10, len(tokens))):
        token = tokens[position]
        if token.lower == link and position > first:
            return position
        if token.tag not in ("word", "cap", "poss", "det") and token.lower not in ("on", "of", "in", "at"):
            return first
    return first


def related(clauses: Clauses, agent: Range | None) -> Range | None:
    """ "the attack, which police attribute to …": what stands before the clause."""
    if agent is None or not agent[0]:
        return None
    end = agent[0] - (clauses.tokens[agent[0] - 1].tag == "rel")
    end -= end > 0 and clauses.tokens[end - 1].text == ","
    found = phrase_back(clauses, end) if end > 0 else None
    doing = found is not None and found[0] > 0 and found[1] - found[0] > 1
    if found is not None and doing and clauses.tokens[found[0] - 1].tag == "be":
        found = found[0] + clauses.tokens[found[0]].lower.endswith("ing"), found[1]  # "is battling gunmen it"
    return found


def is_someone(clauses: Clauses, span: Range) -> bool:
    """Whether a phrase is about persons or a body, by its last noun: "gang rivalry" is about neither."""
    tokens = clauses.tokens
    if tokens[span[0]].tag in ("quote", "pron"):
        return True
    end = next((p for p in range(span[0] + 1, span[1]) if tokens[p].tag in ("prep", "punct")), span[1])
    while (
        end - 1 > span[0]
        and tokens[end - 1].lower not in _BODIES
        and (is_past(tokens[end - 1]) or tokens[end - 1].tag == "quote")
    ):
        end -= 1  # "a gang known as Orca"
    head = tokens[end - 1].lower
    if head in _BODIES or head.endswith(("ers", "ors", "ists")) or is_person(singular(head), head):
        return True
    counted = end < span[1] and tokens[end].lower == "of" and head in _COUNTED
    return fits(clauses, span, _SOMEONE if counted else _NAMED)


_COUNTED = frozenset("dozens hundreds scores some many several one two three members most groups".split())
_NAMED = Filler(kinds=("person", "organization", "place"))
