"""Relations between names that lists and appositions state: members, borders, offices, the largest city."""

import functools
from collections.abc import Callable, Sequence
from operator import or_

from service.extraction.event_types import Event
from service.extraction.fillers import Range, mentions_in
from service.extraction.leaders import office_words
from service.extraction.listed import name_before, names_after, place_before, stands_at, stop_of
from service.extraction.located import LYING, lying_in
from service.extraction.main_subjects import main_subject
from service.extraction.neighbours import ALLIED, BORDERING, allies, borders
from service.extraction.offices import offices
from service.extraction.phrases import Clauses, is_past, phrase_back
from service.extraction.roles import phrase_after
from service.extraction.subjects import subject_of
from service.extraction.successions import FOLLOWING, successions
from service.extraction.tokens import Token, group

_INCLUDES = {
    words.partition(" ")[0]: tuple(words.split())
    for words in (
        "also includes", "consisting of", "consists of", "made up of", "comprises", "comprising",
        "comprised of", "includes", "whose members are", "grouping",
    )
}  # fmt: skip
_BELONGING = frozenset(("belong", "belongs", "form", "forms", "formed", "compose", "constitute"))
_OPENERS = (
    frozenset(_INCLUDES) | {"in", "member", "members", "join", "joins", "joined", "joining"} | _BELONGING
)
# "in" opens only "in addition to"
_GROUPING = (_OPENERS - {"in"}) | {"addition"}
_INDEPENDENT = frozenset(("independence", "independent"))


def _body_before(clauses: Clauses, position: int) -> Range | None:
    """The nearest organization named before a token, "the alliance" included."""
    best: Range | None = None
    for place, mention in mentions_in(clauses, (0, position)):
        if mention.kind == "organization" and "demonym" not in mention.flags:
            best = (place, stop_of(clauses, place, mention))
    return best


def _belonging(clauses: Clauses, verb: int) -> tuple[list[Range], Range | None]:
    """ "A, B and C belong to the alliance", "the alliance, which A and B form"."""
    tokens = clauses.tokens
    start = verb
    while start > 0 and (
        tokens[start - 1].tag in ("cap", "conj", "num", "word") or tokens[start - 1].text == ","
    ):
        start -= 1
    names = [
        (place, stop_of(clauses, place, mention))
        for place, mention in mentions_in(clauses, (start, verb))
        if mention.kind == "place" and "demonym" not in mention.flags
    ]
    bodies = [
        (place, stop_of(clauses, place, mention))
        for place, mention in mentions_in(clauses, (verb, min(len(tokens), verb + 10)))
        if mention.kind == "organization"
    ]
    if tokens[start - 1].lower == "which" and start:
        return names, _body_before(clauses, start)
    several = len(names) > 1 or tokens[verb].lower == "belongs"
    return (names, bodies[0]) if several and bodies else ([], None)


def _members(clauses: Clauses, lowers: Sequence[str]) -> list[Event]:
    found: list[Event] = []
    tokens = clauses.tokens
    for position in range(len(lowers)):
        if lowers[position] not in _OPENERS:
            continue
        words = _INCLUDES.get(lowers[position])
        if words is not None and not stands_at(lowers, position, words):
            words = None
        body = None
        names: list[Range] = []
        if words is not None:
            body = _body_before(clauses, position)
            if body is not None and position - body[1] > 8:
                body = None
            body = body or _club_before(clauses, lowers, position)
            names = names_after(clauses, position + len(words), ("place", "organization"))
        elif stands_at(lowers, position, ("in", "addition", "to")):
            names = names_after(clauses, position + 3, ("place",))
            rest = lowers[position:]
            # "In addition to A and B, the alliance also includes C"; "in which others are allied in addition
            # to A and B".
            if not (
                "includes" in rest or "allied" in lowers[max(0, position - 4) : position] or "members" in rest
            ):
                continue
            after = [
                place
                for place, mention in mentions_in(clauses, (position, len(tokens)))
                if mention.kind == "organization"
            ]
            body = (
                (after[0], after[0] + 1) if after and "includes" in rest else _body_before(clauses, position)
            )
            if body is not None:
                body = (body[0], stop_of(clauses, body[0], clauses.by_start[tokens[body[0]].start]))
        elif (
            lowers[position] in ("member", "members")
            and lowers[position + 1 : position + 2] == ["of"]
            and position
            and (owner := _member(clauses, position)) is not None
        ):
            names = [owner] if mentions_in(clauses, owner) or tokens[owner[0]].tag == "cap" else []
            bodies = [
                (p, stop_of(clauses, p, m))
                for p, m in mentions_in(clauses, (position + 2, _clause_end(tokens, position)))
                if m.kind == "organization"
            ]
            found += [
                Event("member_of", "relation", "relation", position, body[1], name, body)
                for name in names
                for body in bodies
            ]
            continue
        elif lowers[position] in ("member", "members") and (found_body := _club_of(clauses, position)):
            body = found_body
            names = _members_named(clauses, lowers, position, body)
        elif lowers[position] in _JOINING or (
            lowers[position] == "member"
            and lowers[max(0, position - 2) : position] in (["became", "a"], ["become", "a"])
        ):
            names, body = _joining(clauses, lowers, position)
        elif lowers[position] in _BELONGING:
            names, body = _belonging(clauses, position)
        if body is None or not names or (words is not None and len(names) < 2):
            continue
        span = (min(body[0], position), max(name[1] for name in names))
        for name in names:
            if name != body:
                found.append(Event("member_of", "relation", "relation", position, span[1], name, body))
    return found


def _club_of(clauses: Clauses, position: int) -> Range | None:
    """ "an OPEC member", "NATO members": the body named right before the noun."""
    mention = clauses.by_end.get(clauses.tokens[position - 1].end) if position else None
    if mention is None or mention.kind != "organization" or "coreference" in mention.flags:
        return None
    first = position - 1
    while first and clauses.tokens[first].start > mention.start:
        first -= 1
    return first, position


def _members_named(clauses: Clauses, lowers: Sequence[str], position: int, body: Range) -> list[Range]:
    """ "Qatar, an OPEC member", "NATO members France and Spain": the states that are named beside it."""
    if lowers[position] == "members":
        return names_after(clauses, position + 1, ("place",))
    start = body[0] - (lowers[body[0] - 1] in ("a", "an")) if body[0] else 0
    apart = start > 1 and clauses.tokens[start - 1].text == ","
    name = place_before(clauses, start - 1) if apart and start < body[0] else None
    return [name] if name is not None and name[1] == start - 1 else []


_JOINING = frozenset(("join", "joins", "joined", "joining"))
_CLUBS = frozenset("alliance bloc group union organisation organization pact coalition club grouping".split())


def _club_before(clauses: Clauses, lowers: Sequence[str], position: int) -> Range | None:
    """ "the coalition had been made up of": a body that has no name."""
    while position and clauses.tokens[position - 1].tag in ("be", "have", "adv"):
        position -= 1
    return (position - 1, position) if position and lowers[position - 1] in _CLUBS else None


def _member(clauses: Clauses, position: int) -> Range | None:
    """ "Hungary, a member of", "is one of the poorest members of", "became the 32nd member of": who."""
    tokens = clauses.tokens
    first = position
    while first and position - first < 6 and (
        tokens[first - 1].tag in ("word", "num", "det", "pron") or tokens[first - 1].lower == "of"
    ) and tokens[first - 1].lower not in _BECOMING:  # fmt: skip
        first -= 1
    before = tokens[first - 1] if first else None
    if any(is_past(token) for token in tokens[first:position]):
        return None  # ", told 22,000 members of the guard"
    if before is None or not (before.tag == "be" or before.lower in _BECOMING or before.text == ","):
        return None
    if before.text == ",":
        return name_before(clauses, first - 1) or subject_of(clauses, first)
    return subject_of(clauses, first - 1)


_BECOMING = frozenset(("become", "becomes", "became", "becoming", "remains", "remained"))


def _clause_end(tokens: Sequence[Token], first: int) -> int:
    """Up to the next clause: "a member of the Commonwealth, of OPEC and of ECOWAS"."""
    for position in range(first, len(tokens)):
        token = tokens[position]
        if token.tag in ("rel", "sub", "be", "have", "modal", "quote") or token.text in (";", "–", "—"):
            return position
    return len(tokens)


def _joining(clauses: Clauses, lowers: Sequence[str], position: int) -> tuple[list[Range], Range | None]:
    """ "Brazil will join the bloc", "Finland became a member": a state and the body it enters."""
    tokens = clauses.tokens
    verb = position if lowers[position] in _JOINING else position - 2
    if verb == position and "which" in lowers[max(0, position - 5) : position]:
        return _joined_by(clauses, lowers, position)
    owner = subject_of(clauses, verb)
    if owner is None or not any(
        m.kind in ("place", "organization")
        and "demonym" not in m.flags
        and tokens[owner[1] - 1].end == m.end  # not "the party's activists joined"
        for _, m in mentions_in(clauses, owner)
    ):
        return [], None
    body = phrase_after(clauses, position + 1) if verb == position else None
    if verb == position:
        if body is None:
            return [], None
        named = any(m.kind == "organization" for _, m in mentions_in(clauses, body))
        head = next((t.lower for t in tokens[body[0] : body[1]] if t.tag == "word"), "")
        return ([owner], body) if named or head in _CLUBS else ([], None)
    before = next((p for p in range(verb) if lowers[p] in _CLUBS), None)
    return ([owner], (max(0, before - 1), before + 1)) if before is not None else ([], None)


def _joined_by(clauses: Clauses, lowers: Sequence[str], verb: int) -> tuple[list[Range], Range | None]:
    """ "the alliance, which Albania joined in 2009": who, and the body that "which" stands for."""
    which = next(p for p in range(verb - 1, -1, -1) if lowers[p] == "which")
    names = [(p, stop_of(clauses, p, m)) for p, m in mentions_in(clauses, (which, verb)) if m.kind == "place"]
    return names, _body_before(clauses, which)


def _cities(clauses: Clauses, lowers: Sequence[str]) -> list[Event]:
    """ "X, the country's largest city", "France's largest city, X", "Y's most populous city, X"."""
    found: list[Event] = []
    tokens = clauses.tokens
    for position, word in enumerate(lowers):
        if word != "city":
            continue
        before = lowers[position - 1] if position else ""
        if before in ("largest", "biggest", "populous"):
            start = position - 2 - (before == "populous")
            possessor = start if start >= 0 and tokens[start].tag == "poss" else -1
            places = [
                (p, stop_of(clauses, p, m))
                for p, m in mentions_in(clauses, (max(0, position - 6), position))
                if m.kind == "place"
            ]
            owner = next((span for span in places if span[1] == possessor), None)
            city = None
            if position + 2 < len(tokens) and tokens[position + 1].text == ",":
                mention = clauses.by_start.get(tokens[position + 2].start)
                if mention is not None and mention.kind == "place":
                    city = (position + 2, stop_of(clauses, position + 2, mention))
            if city is None and owner is not None and owner[0] > 1 and tokens[owner[0] - 1].text == ",":
                city = next(
                    (
                        (p, stop_of(clauses, p, m))
                        for p, m in mentions_in(clauses, (max(0, owner[0] - 6), owner[0]))
                        if m.kind == "place"
                    ),
                    None,
                )
            if (
                city is None
                and owner is None
                and position > 5
                and tokens[start].tag == "poss"
                and tokens[start - 3].text == ","
            ):
                city = next(
                    (
                        (p, stop_of(clauses, p, m))
                        for p, m in mentions_in(clauses, (0, start - 3))
                        if m.kind == "place" and stop_of(clauses, p, m) == start - 3
                    ),
                    None,
                )
                owner = (start - 2, start)
            if city is None and owner is None and lowers[position + 1 : position + 2] in (["in"], ["of"]):
                # "Casablanca is the largest city in Morocco"
                city = place_before(clauses, position - 1)
                owner = phrase_after(clauses, position + 2)
                if city is not None and (
                    position - city[1] > 4 or (tokens[city[1]].tag != "be" and tokens[city[1]].text != ",")
                ):
                    city = None
            if city is None and owner is None and position > 3 and lowers[position - 2] in ("its", "their"):
                # "Lagos, its largest city, …"
                city = place_before(clauses, position - 2) if tokens[position - 3].text == "," else None
            if city is not None:
                found.append(
                    Event("largest_city", "relation", "relation", position - 1, position + 1, city, owner)
                )
    return found


def _independence(clauses: Clauses, lowers: Sequence[str]) -> list[Event]:
    """ "gained independence from Britain", "won its independence", "the kingdom, independent since 1966,"."""
    found: list[Event] = []
    for position, word in enumerate(lowers):
        if word not in _INDEPENDENT or not position:
            continue
        verb = position - 1 - (lowers[position - 1] in ("its", "their", "full"))
        whom = (
            phrase_after(clauses, position + 2) if lowers[position + 1 : position + 2] == ["from"] else None
        )
        if word == "independence" and lowers[verb] in _SINCE and (whom or _dated(lowers, position + 1)):
            owner = (position - 1, position) if lowers[position - 1] in ("its", "their") else None
            owner = owner or main_subject(clauses, verb)
            found.append(Event("independence", "relation", "relation", position, position + 1, owner, whom))
            continue
        if word == "independence":
            if lowers[verb] not in _GAINING:
                continue
        elif clauses.tokens[verb].text == "," and lowers[position + 1 : position + 2] in (
            ["from"],
            ["since"],
        ):
            owner = name_before(clauses, verb) or phrase_back(clauses, verb)
            found.append(Event("independence", "relation", "relation", position, position + 1, owner, whom))
            continue
        elif lowers[verb] not in ("became", "become", "becoming"):
            continue
        owner = place_before(clauses, verb) or subject_of(clauses, verb) or main_subject(clauses, verb)
        found.append(Event("independence", "relation", "relation", verb, position + 1, owner, whom))
    return found


def _dated(lowers: Sequence[str], first: int) -> bool:
    """ "in 1948"."""
    return lowers[first : first + 1] == ["in"] and "".join(lowers[first + 1 : first + 2]).isdigit()


_SINCE = frozenset("since to after before until at following".split())
_GAINING = frozenset(
    "gaining gained gain gains declared declares declaring declare won win winning wins proclaimed "
    "proclaiming achieved achieving secured obtained obtaining regained regaining restored".split()
)


# Each pattern with the group of words one of which a sentence must have for it.
_STEPS: tuple[tuple[int, Callable[[Clauses, Sequence[str]], list[Event]]], ...] = (
    (group(_GROUPING), _members),
    (group(BORDERING), borders),
    (group(("city",)), _cities),
    (group(ALLIED), allies),
    (group(office_words), offices),
    (group(FOLLOWING), successions),
    (group(_INDEPENDENT), _independence),
)
_OPENING = functools.reduce(or_, (words for words, _ in _STEPS))
# A sentence without a name must have a word of one of these groups to state a relation.
RELATING = _OPENING | LYING


def relations(clauses: Clauses) -> list[Event]:
    """All relations of one sentence that the patterns of this module state."""
    groups, lowers = clauses.whole.groups, clauses.whole.lowers
    found = lying_in(clauses, lowers)
    if groups & _OPENING:
        for words, step in _STEPS:
            if groups & words:
                found += step(clauses, lowers)
    return found
