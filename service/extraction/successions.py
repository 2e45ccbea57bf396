"""Who followed whom in an office: "his successor, Jane Doe", "Jane Doe, the successor to John Doe"."""

from collections.abc import Sequence

from service.extraction.agents import subject_before
from service.extraction.event_types import Event
from service.extraction.fillers import PEOPLE, Range, fits, mentions_in
from service.extraction.listed import stop_of
from service.extraction.phrases import Clauses, phrase_back
from service.extraction.roles import phrase_after
from service.extraction.tokens import Token

FOLLOWING = frozenset(("successor", "predecessor", "replacement"))
_OWNERS = frozenset(("his", "her", "its", "their"))


def successions(clauses: Clauses, lowers: Sequence[str]) -> list[Event]:
    found: list[Event] = []
    people: list[Range] | None = None
    for position, word in enumerate(lowers):
        if word not in FOLLOWING:
            continue
        if people is None:
            people = [
                (p, stop_of(clauses, p, m))
                for p, m in mentions_in(clauses, (0, len(lowers)))
                if m.kind == "person" and "pronoun" not in m.flags
            ]
        whose = _whose(clauses, lowers, position, people)
        if whose is None or (word == "replacement" and whose not in people):
            continue
        who = _who(clauses, position, people, whose)
        pair = (who, whose) if word != "predecessor" else (_follower(people, whose), who)
        if None not in pair and pair[0] != pair[1] and all(_is_somebody(clauses, one) for one in pair if one):
            found.append(Event("succeeded", "relation", "relation", position, position + 1, *pair))
    return found


def _is_somebody(clauses: Clauses, span: Range) -> bool:
    """A pronoun, or a phrase that persons are told by: no "put in place", "a problem"."""
    return clauses.tokens[span[0]].lower in _OWNERS or fits(clauses, span, PEOPLE)


def _whose(clauses: Clauses, lowers: Sequence[str], position: int, people: list[Range]) -> Range | None:
    """ "Jane Doe's successor", "his successor", "the successor to Jane Doe"."""
    tokens = clauses.tokens
    first = position
    while first and tokens[first - 1].tag == "word" and position - first < 2:
        first -= 1  # "his eventual successor"
    if first and tokens[first - 1].tag == "poss":
        return next((span for span in people if span[1] == first - 1), None) or phrase_back(
            clauses, first - 1
        )
    if first and lowers[first - 1] in _OWNERS:
        return first - 1, first
    if lowers[position + 1 : position + 2] in (["to"], ["of"], ["for"]):
        whom = phrase_after(clauses, position + 2)
        return next((span for span in people if whom and whom[0] <= span[0] < whom[1]), whom)
    return None


def _who(clauses: Clauses, position: int, people: list[Range], whose: Range) -> Range | None:
    """The name after the noun (", Jane Doe", "is Jane Doe", "Jane Doe") or before it ("Jane Doe, her
    successor", "named Jane Doe as his successor")."""
    tokens = clauses.tokens
    follow = position + 1
    if follow < len(tokens) and (tokens[follow].tag == "be" or tokens[follow].text in (",", "–", "—")):
        follow += 1
    after = next((span for span in people if 0 <= span[0] - follow <= 4 and span != whose), None)
    if after is not None and not any(
        token.tag in ("prep", "punct", "rel", "have", "sub") for token in tokens[follow : after[0]]
    ):
        return after
    start = min(position, whose[0]) if whose[1] <= position else position
    before = [span for span in people if span[1] <= start and span != whose]
    if before and start - before[-1][1] <= 3:
        return before[-1]
    if tokens[start - 1].lower == "as" or any(token.tag == "rel" for token in tokens[whose[1] : position]):
        return before[-1] if before else subject_before(clauses, start)
    return before[-1] if before and start - before[-1][1] < 12 else _governing(tokens, clauses, start)


def _governing(tokens: Sequence[Token], clauses: Clauses, start: int) -> Range | None:
    """ "the soldier who became Jane Doe's successor": the subject of the verb before."""
    for back in range(start, 0, -1):
        if tokens[back].text == "," or tokens[back].tag == "rel":
            return phrase_back(clauses, back - (tokens[back].tag == "rel" and tokens[back - 1].text == ","))
    return phrase_back(clauses, 0)


def _follower(people: list[Range], whose: Range) -> Range:
    """Whose predecessor: the name itself, or whom "his" may stand for."""
    if whose in people:
        return whose
    return next((span for span in reversed(people) if span[1] <= whose[0]), whose)
