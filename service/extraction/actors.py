"""Who a figure is of: who sent the troops, made the arrests, cut the jobs, is of that age."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import takewhile

import msgspec

from service.extraction.agents import subject_before
from service.extraction.analysis import Analysis
from service.extraction.counted import is_person
from service.extraction.cues import CUES
from service.extraction.figures import Counted
from service.extraction.fillers import Range, fits, mention_stop, mentions_in
from service.extraction.heads import head_of
from service.extraction.lexicon import Filler
from service.extraction.number_words import SIMPLE
from service.extraction.phrases import Clauses, is_passive, is_past, phrase_back
from service.extraction.protocol import ClaimCandidate
from service.extraction.role_words import role_surface
from service.extraction.roles import agent_after, phrase_after
from service.extraction.sources import GIVING
from service.extraction.tokens import PAST_FORMS, Token


class Actor(msgspec.Struct, frozen=True):
    """`inferred`: the clause itself does not say so."""

    surface: str
    inferred: bool = False


_BODIES = frozenset(
    "alliance group organization organisation bloc coalition company firm union army military government "
    "authorities police ministry airline manufacturer bank country nation state party forces officers "
    "militants rebels gunmen prosecutors investigators regime junta carrier maker giant".split()
)
_ACTOR = Filler(kinds=("organization", "person", "place"), heads=_BODIES, persons=True)
_SENDER = Filler(kinds=("organization", "place"), heads=_BODIES - {"company", "firm", "police", "party"})
# A buyer, a seller, a party may be any noun: "the chipmaker", "the far right".
_ANYONE = Filler(text=True)
# Predicates whose subject the words may name, and who it may be.
_FILLERS: dict[str, Filler] = {
    "arrests": _ACTOR, "evacuated": _ACTOR, "hostages": _ACTOR, "criminal_cases": _ACTOR,
    "troops_deployed": _SENDER, "withdrawal_duration": _SENDER, "price_cap_duration": _ACTOR,
    "job_cuts": _ANYONE, "revenue": _ANYONE, "profit": _ANYONE, "contract_value": _ANYONE,
    "investment": _ANYONE, "aid_pledged": _ANYONE, "units_ordered": _ANYONE, "vote_share": _ANYONE,
    "deaths": _ANYONE, "injuries": _ANYONE, "homes_destroyed": _ANYONE, "area_burned": _ANYONE,
    "member_count": Filler(kinds=("organization",), heads=_BODIES),
    "age": Filler(kinds=("person",)),
}  # fmt: skip
SENT = frozenset(("troops_deployed", "withdrawal_duration"))
# These tell who acted by the clause around the figure, whatever ties the two.
_BY_CLAUSE = frozenset(
    "vote_share job_cuts revenue profit contract_value investment aid_pledged units_ordered".split()
)


def actor_of(clauses: Clauses, item: Counted) -> Actor | None:
    """The subject of a counted figure, as far as its own clause names it."""
    filler = _FILLERS.get(item.predicate)
    if filler is None:
        return None
    if item.owner is not None:
        tokens = clauses.tokens
        return Actor(clauses.text[tokens[item.owner[0]].start : tokens[item.owner[1] - 1].end])
    if item.predicate == "age":
        return _aged(clauses, item)
    if item.predicate == "member_count" and (body := _counted_body(clauses, item)) is not None:
        return body
    for span in _spans(clauses, item):
        if span is not None and item.predicate in _HARM:
            span = _not_where(clauses, span)
        alone = span is not None and span[1] - span[0] == 1 and item.predicate not in SENT
        if span is not None and alone and clauses.tokens[span[0]].lower in PRONOUNS:
            return Actor(clauses.tokens[span[0]].text)
        if span is not None and fits(clauses, span, filler) and (not filler.text or _acts(clauses, span)):
            if filler.text:
                filler = _NAMED if item.predicate not in _HARM or not _is_where(clauses, span) else None
            return Actor(role_surface(clauses, span, filler))
    if item.predicate in SENT:
        return _owner(clauses, item) or _modifier(clauses, item) or _only_body(clauses)
    return None


_HARM = frozenset("deaths injuries homes_destroyed area_burned".split())


def _is_where(clauses: Clauses, span: Range) -> bool:
    """ "the Lima hotel fire": a place that a phrase begins with is not what did harm."""
    head = head_of(clauses, span)
    return head is not None and head.kind == "place" and head.end < clauses.tokens[span[1] - 1].end


_ABOUT = frozenset("over after about from for with by".split())


def _not_where(clauses: Clauses, span: Range) -> Range | None:
    """ "a storm off Kova, which killed twelve": the storm, as no place kills."""
    tokens = clauses.tokens
    mention = clauses.by_end.get(tokens[span[1] - 1].end)
    if mention is None or mention.kind != "place" or "demonym" in mention.flags:
        return span
    if span[0] and tokens[span[0] - 1].tag == "rel" and is_past(tokens[span[0]]):
        return phrase_back(clauses, span[0] - 1)  # "a quake that struck India and Nepal, killing 90"
    place = next(p for p in range(span[1]) if tokens[p].start >= mention.start)
    while place and tokens[place - 1].tag == "det":
        place -= 1
    if place and tokens[place - 1].text == ",":
        # "in Newtown, Connecticut, …"
        apposed = clauses.by_end.get(tokens[place - 2].end)
        return None if apposed is not None and apposed.kind == "place" else span
    if not place or tokens[place - 1].tag != "prep":
        return span
    if place - 1 <= span[0]:
        return phrase_back(clauses, place - 1)
    inner = (p for p in range(place - 3, span[0], -1) if tokens[p].lower in _ABOUT)
    return next((p + 1 for p in inner), span[0]), place - 1


# Whoever says that "it will invest" is the one who will.
PRONOUNS = frozenset(("it", "they", "he", "she", "we"))


def _counted_body(clauses: Clauses, item: Counted) -> Actor | None:
    """ "the 15-nation council", "the group of some 20 countries"."""
    tokens = clauses.tokens
    if (owner := _owner(clauses, item)) is not None:
        return owner
    if item.pattern not in ("noun", "act", "label"):
        return None
    at = item.last if item.pattern == "noun" else item.trigger_first
    if item.pattern == "noun" and at < len(tokens) and tokens[at].tag == "cap":
        last = at
        while last < len(tokens) and tokens[last].tag == "cap":
            last += 1
        return Actor(clauses.text[tokens[at].start : tokens[last - 1].end])  # "the 18-member Islands Forum"
    ahead = takewhile(
        lambda token: token.tag == "word", tokens[at : at + (3 if item.pattern == "noun" else 1)]
    )
    bodies = (token.text for token in ahead if token.lower in _BODIES | _COUNCILS)
    return next((Actor(body) for body in bodies), None)


def _owner(clauses: Clauses, item: Counted) -> Actor | None:
    """ "parliament's 52 members", "Germany's 110 paratroopers"."""
    tokens, last = clauses.tokens, item.first - 1
    if last < 1 or tokens[last].tag != "poss":
        return None
    first = last
    while first and tokens[first - 1].tag in ("cap", "word"):
        first -= 1
    return Actor(clauses.text[tokens[first].start : tokens[last - 1].end]) if first < last else None


_COUNCILS = frozenset(
    "council pact club association federation commission board panel committee cabinet parliament assembly "
    "senate chamber house jury team bench congress legislature league forum".split()
)
_NAMED = Filler(kinds=("organization", "person", "place"))
# What earns and loses in a figure of speech only.
_THINGS = frozenset(
    "sales revenue revenues profit profits shares share price prices order orders deal contract turnout vote "
    "votes earnings loss losses income result results quarter year month week figure total number percent "
    "toll which that it they he she we who there closure cost costs plan plans".split()
)


def _acts(clauses: Clauses, span: Range) -> bool:
    tokens = clauses.tokens[span[0] : span[1]]
    if tokens[-1].tag == "prep" or (tokens[0].tag == "word" and tokens[0].lower.endswith("ed")):
        return False  # "followed by Germany"
    if mentions_in(clauses, span):
        return tokens[-1].tag in ("cap", "word", "pron")
    head = next((token for token in reversed(tokens) if token.tag in ("word", "cap")), None)
    cut = next((p for p, token in enumerate(tokens) if token.tag == "prep"), len(tokens))
    noun = next((token for token in reversed(tokens[:cut]) if token.tag in ("word", "cap")), head)
    return noun is not None and noun.lower not in _THINGS and len(tokens) <= 8 and tokens[0].tag != "num"


def _spans(clauses: Clauses, item: Counted) -> Iterator[Range | None]:
    """Where the subject may stand, the likeliest first."""
    tokens, first = clauses.tokens, item.trigger_first
    if item.predicate == "vote_share" and (rival := _rival(clauses, item)) is not None:
        yield rival
    if item.pattern == "active" or (item.pattern == "listed" and first < item.first):
        passive = is_passive(tokens, first)
        yield agent_after(clauses, item.last) if passive else None
        subject = subject_before(clauses, first)
        # "Two died in Tacna and three in Ica", "Eight of them were shot in Van, five in Ica": counted, too
        counted = subject is not None and tokens[subject[0]].lower in SIMPLE
        yield None if item.pattern == "listed" and (passive or counted) else subject
    elif item.pattern in ("passive", "state", "intransitive"):
        yield agent_after(clauses, item.trigger_last)
    else:
        if item.predicate == "vote_share" and (verb := verb_before(clauses, min(first, item.first))):
            yield subject_before(clauses, verb)
        if item.predicate == "vote_share" and tokens[first].lower == "with":
            yield phrase_back(clauses, first - (tokens[first - 1].text == ","))
        if item.predicate == "price_cap_duration" and first and _is_verbal(tokens, first):
            yield subject_before(clauses, first)
        yield possessor(clauses, first)
        if item.predicate == "member_count":
            yield _body_after(clauses, item.last)
        yield agent_after(clauses, max(item.last, item.trigger_last))
        if item.predicate in _BY_CLAUSE | SENT or item.pattern == "noun":
            verb = verb_before(clauses, min(first, item.first))
            if verb and item.predicate in SENT and tokens[verb].tag != "have":
                verb = None  # "has a garrison of 750", but not "fell after a landing of 750"
            if (
                verb
                and item.predicate in _HARM
                and (tokens[verb].lower in CUES or tokens[verb].lower in GIVING)
            ):
                verb = None  # "the station reported a toll of 25": who gives the figure
            if verb and item.predicate in _HARM and is_passive(tokens, verb):
                verb = None  # "four were killed and eleven injured"
            yield subject_before(clauses, verb) if verb else None


def _rival(clauses: Clauses, item: Counted) -> Range | None:
    """ "ahead of Ana Costa on 44%", "against Ana Costa's 44%", "to 44% for Ana Costa": whose the figure is
    when it stands behind that of another."""
    tokens, last = clauses.tokens, item.first - 1
    if last < 3:
        return None
    if tokens[last].lower in ("on", "with", "at") or tokens[last].tag == "poss":
        for position in range(last - 1, max(0, last - 11), -1):
            named = clauses.by_start.get(tokens[position].start)
            before = position
            while before > 1 and tokens[before - 1].tag in ("cap", "word", "det"):
                before -= 1
            of = tokens[before - 1].lower == "of" and tokens[before - 2].lower not in ("ahead", "front")
            if named is not None and not of and tokens[before - 1].lower in _COMPARING:
                return position, mention_stop(clauses, position, named)
            if tokens[position].tag in ("punct", "quote", "rel", "sub"):
                break
        return None
    given = clauses.by_end.get(tokens[last].end)
    if given is not None and given.kind in ("person", "organization"):
        start = next(p for p in range(last + 1) if tokens[p].start >= given.start)
        verbs = {token.lower for token in tokens[max(0, start - 6) : start]}
        return (start, last + 1) if verbs & _GIVING else None  # "gave Ana Costa 49%"
    if tokens[last].lower not in ("to", "against", "with") or item.last + 1 >= len(tokens):
        return None
    return phrase_after(clauses, item.last + 1) if tokens[item.last].lower == "for" else None


_COMPARING = frozenset("of to against over by with beating defeating from than put puts putting had".split())
_GIVING = frozenset("gave give gives giving hands handed handing credited".split())


def _is_verbal(tokens: Sequence[Token], position: int) -> bool:
    token = tokens[position]
    return is_past(token) or token.lower.endswith("ing") or tokens[position - 1].tag == "modal"


def possessor(clauses: Clauses, position: int) -> Range | None:
    """ "the alliance's planned withdrawal", "Boeing profits": the name or noun right before a noun."""
    tokens = clauses.tokens
    for back in range(position - 1, max(-1, position - 4), -1):
        token = tokens[back]
        if token.tag == "poss":
            start = back - 1
            while start > 0 and tokens[start - 1].tag in ("word", "cap", "det"):
                start -= 1
            return (max(start, 0), back) if back else None
        mention = clauses.by_end.get(token.end)
        if mention is not None and mention.kind == "organization":
            start = next(p for p in range(back + 1) if tokens[p].start >= mention.start)
            return start, back + 1
        if token.tag not in ("word", "num"):
            return None
    return None


def verb_before(clauses: Clauses, position: int) -> int | None:
    """The finite verb that a figure follows, at most six words before it."""
    for back in range(position - 1, max(0, position - 7), -1):
        token = clauses.tokens[back]
        if token.tag in ("punct", "sub", "rel", "quote"):
            return None
        if token.tag in ("be", "have") or (
            token.tag == "word" and (token.lower.endswith("ed") or token.lower in PAST_FORMS)
        ):
            return back
    return None


def _body_after(clauses: Clauses, position: int) -> Range | None:
    """ "the 15-member regional bloc ECOWAS", "the 27-nation European Union"."""
    for place, mention in mentions_in(clauses, (position - 1, min(len(clauses.tokens), position + 4))):
        if mention.kind == "organization":
            return place, mention_stop(clauses, place, mention)
    return None


def _modifier(clauses: Clauses, item: Counted) -> Actor | None:
    """ "2,000 Russian troops", "500 NATO soldiers", "troops from Kenya"."""
    tokens = clauses.tokens
    stop = item.last
    leaving = tokens[item.trigger_first].lower.startswith(("with", "pull", "leav", "left", "retur", "depart"))
    if stop + 1 < len(tokens) and tokens[stop].lower in ("from", "of") and not leaving:
        stop = min(len(tokens), stop + 7)
    for _, mention in mentions_in(clauses, (item.first, stop)):
        if mention.kind == "organization" or (mention.kind == "place" and "nested" not in mention.flags):
            return Actor(clauses.text[mention.start : mention.end])
    return None


def _only_body(clauses: Clauses) -> Actor | None:
    """The one organization that the sentence names, flagged: "The group's response: 2,000 were sent"."""
    bodies = {
        mention.name: mention
        for _, mention in mentions_in(clauses, (0, len(clauses.tokens)))
        if mention.kind == "organization"
    }
    if len(bodies) != 1:
        return None
    (mention,) = bodies.values()
    return Actor(mention.surface, inferred=True)


def _aged(clauses: Clauses, item: Counted) -> Actor | None:
    """ "Jane Doe, 45," and "the 45-year-old Jane Doe"; "the 45-year-old" is whoever was spoken of last."""
    tokens = clauses.tokens
    back = item.first - (item.first > 2 and tokens[item.first - 1].tag == "det")  # "Jane Doe, a 45-…"
    if back > 1 and tokens[back - 1].text in (",", "("):
        mention = clauses.by_end.get(tokens[back - 2].end)
        if mention is not None and mention.kind == "person":
            return Actor(mention.surface)
        aside = item.last < len(tokens) and tokens[item.last].text in (",", ")")
        if mention is None and aside and is_person(tokens[back - 2].lower, tokens[back - 2].lower):
            return Actor(tokens[back - 2].text)  # "a pregnant woman, 34,"
    start = item.last
    if (
        item.first
        and tokens[item.first - 1].lower == "at"
        and start < len(tokens)
        and tokens[start].text == ","
    ):
        start += 1  # "At 82, President Koffi"
    ahead = range(start, min(len(tokens), start + 5))
    for position in takewhile(lambda p: tokens[p].tag in ("word", "cap"), ahead):
        mention = clauses.by_start.get(tokens[position].start)
        if mention is not None and mention.kind == "person":
            return Actor(mention.surface)
        if is_past(tokens[position]):
            break  # "the 20-year-old killed his mother"
        if is_person(tokens[position].lower, tokens[position].lower) and position + 1 < len(tokens):
            follow = tokens[position + 1]
            if follow.start not in clauses.by_start:  # not "the 30-year-old singer Ada Obi"
                return Actor(tokens[position].text)
    before = [p for p in range(item.first) if tokens[p].start in clauses.by_start]
    for position in reversed(before[-3:]):
        mention = clauses.by_start[tokens[position].start]
        between = tokens[mention_stop(clauses, position, mention) : item.first]
        if mention.kind == "person" and len(between) < 4 and any(t.tag in ("be", "adv") for t in between):
            return Actor(mention.surface)
    return None


def last_person(analysis: Analysis, offset: int) -> Actor | None:
    """ "The 68-year-old said": whoever was named last."""
    stop = bisect_left(analysis.mentions, offset, key=lambda mention: mention.start)
    for mention in reversed(analysis.mentions[max(0, stop - 12) : stop]):
        if mention.kind == "person" and "pronoun" not in mention.flags:
            return Actor(mention.surface, inferred=True)
    return None


def with_senders(claims: Sequence[ClaimCandidate]) -> list[ClaimCandidate]:
    """Whose troops a text means that does not say so in the clause: those of whom it said so before, else
    after; flagged as inferred."""
    known = [
        (claim.start or 0, claim.subject)
        for claim in claims
        if claim.subject
        and "subject" not in claim.inferred
        and claim.subject.lower() not in _NOBODY_NAMED
        and (claim.predicate in SENT or (claim.predicate in _TELLING and claim.basis in _SURE))
    ]
    if not known:
        return list(claims)
    result = []
    for claim in claims:
        if claim.predicate in SENT and (claim.subject is None or "subject" in claim.inferred):
            before = [surface for start, surface in known if start <= (claim.start or 0)]
            chosen = before[-1] if before else known[0][1]
            inferred = tuple(dict.fromkeys((*claim.inferred, "subject")))
            claim = msgspec.structs.replace(claim, subject=chosen, inferred=inferred)
        result.append(claim)
    return result


_NOBODY_NAMED = frozenset(("it", "they", "he", "she", "we", "which", "who"))
# Events that name a force's sender as well, when a verb with its subject does.
_TELLING = frozenset(("deployment", "withdrawal_start"))
_SURE = frozenset(("event verb", "event passive"))
