"""Statements that an attribution makes: demands, requests, warnings, assessments, announcements,
accusations."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise

import msgspec

from service.extraction.announcements import (
    NO_VERBS,
    OWN_WORD,
    intended,
    is_announced,
    is_arranged,
    is_of_own_body,
    is_own_plan,
)
from service.extraction.attribution import Attribution
from service.extraction.blame import related
from service.extraction.callings import parted
from service.extraction.contents import clause_follows_at
from service.extraction.counted import is_person, singular
from service.extraction.directives import (
    DEMANDS,
    REQUESTS,
    directed,
    urged,
)
from service.extraction.event_types import Event
from service.extraction.fillers import Range
from service.extraction.heads import OWNERS
from service.extraction.labels import JUDGING, labelled
from service.extraction.obligations import OUGHT, ordered_in, ought, subjunctive
from service.extraction.phrases import Clauses, is_past
from service.extraction.roles import is_adjective, phrase_after
from service.extraction.speakers import accuses, judges, may_speak, speaks
from service.extraction.statement_contents import (
    HARMING,
    OFFSPRING,
    OPEN,
    PRAISING,
    WRONGING,
    accused,
    foretold,
    is_about,
    is_told_of_noun,
    observes,
    own_directive,
    own_view,
    suspected,
)
from service.extraction.text import Span
from service.extraction.tokens import Token

# The classes of verbs that open a statement of one predicate.
_WARNINGS = frozenset(("warn", "threaten", "caution"))
_FEARS = frozenset(("fear", "worry", "regret"))
_ANNOUNCES = frozenset(("announce", "declare", "pledge", "vow", "promise"))
_INTENDS = frozenset(("plan", "intend", "decide", "want", "aim", "resolve", "opt"))
# "said that he believed": his view; "she believed it was safe": what somebody did.
_HAVING_SAID = OWN_WORD | {"that", "told", "tells", "indicated", "suggested", "wrote", "writes"}
_EXPECTS = frozenset(
    "believe think expect predict forecast suspect conclude reckon doubt anticipate foresee".split()
)
_SAYS = frozenset(
    "say tell add state insist stress argue reiterate write maintain note tweet post comment remark "
    "observe emphasise emphasize shout chant cry yell scream assure explain acknowledge admit concede "
    "reply respond retort counter agree claim lament recall confirm reveal disclose clarify".split()
)
_BLAMES = frozenset(("claim", "allege"))
_WISHES_THAT = frozenset(("insist", "propose", "recommend", "suggest", "advise", "stress"))
_TOLD = DEMANDS | REQUESTS | _WARNINGS | _FEARS | _ANNOUNCES | _INTENDS | _EXPECTS | _SAYS | _BLAMES
_TOLD |= _WISHES_THAT | {"complain"}
_LABELLING = frozenset(("call", "describe", "consider", "regard", "see as"))


def statements(clauses: Clauses, attributions: Sequence[Attribution], claimed: set[int]) -> list[Event]:
    """`claimed` are the tokens of a sentence that other claims rest on: what those say needs no claim of
    its own."""
    found: list[Event] = []
    for item in attributions:
        if item.form == "passive" and item.directive:
            event = _asked_of(clauses, item)
            if event is not None:
                found.append(event)
            continue
        if item.source is None or item.content is None or item.form == "told":
            continue  # "told the paper": it only heard
        if "continued" in item.flags:
            event = _going_on(clauses, item.content)
            if event is not None and not any(abs(event.first - other.first) < 8 for other in found):
                found.append(event)
            continue
        if item.modality == "denied" or item.source.surface.lower().startswith(("no ", "nobody", "none ")):
            continue  # "have not said whether", "no state wants to take them"
        if not (item.directive or item.verb in _TOLD or judges(item.source.surface)):
            continue
        surface = item.source.surface
        if not may_speak(item, surface):
            continue
        positions = _positions(clauses, item)
        if positions is None:
            continue
        source, cue, content = positions
        if surface in ("him", "them", "me", "us") or _is_adjective(clauses.tokens, cue[0]):
            continue  # "funds meant for them, intended to help", "backtracked on promised reforms"
        if _is_condition(clauses, cue[0]) or _is_paper(clauses, item, source):
            continue
        if item.verb == "ask" and _is_question(clauses.tokens, cue, content):
            continue
        if surface.lower() in _THIRD and _is_quoted(clauses, cue[0]):
            continue  # "“They want us to pay,” X said": whoever they are
        if clauses.tokens[source[0]].lower == "it" and source[1] - source[0] == 1:
            source = _body_before(clauses, item, attributions) or source
        event = _statement(clauses, item, source, cue, content, claimed)
        within = found and surface.lower() in _THIRD and event is not None and _is_within(event, found[-1])
        if within and event is not None and event.predicate == "assessment":
            found[-1] = msgspec.structs.replace(event, subject=found[-1].subject)  # "X said he believed Y"
        elif event is not None and not within:
            found.append(event)
    return found


def _is_within(event: Event, outer: Event) -> bool:
    """ "The firm said it planned to sell": one announcement."""
    said = outer.complement or outer.object
    return said is not None and outer.predicate == event.predicate and said[0] <= event.first < said[1]


def _is_question(tokens: Sequence[Token], cue: Range, content: Range) -> bool:
    """ "“Who will pay?” asked X", "X asked who would pay": nothing is asked of anybody."""
    if content[0] >= cue[1]:
        return tokens[content[0]].lower in _ASKING
    return any(token.text == "?" for token in tokens[content[1] - 1 : content[1] + 1])


def _is_adjective(tokens: Sequence[Token], position: int) -> bool:
    """ "backtracked on promised reforms", "our recently announced task force": no verb."""
    if not position or not tokens[position].lower.endswith("ed"):
        return False
    before = position - 1 - (position > 1 and tokens[position - 1].lower.endswith("ly"))
    return tokens[before].tag == "prep" or tokens[before].lower in _BEFORE_ADJECTIVES


_BEFORE_ADJECTIVES = OWNERS | {"a", "an", "the"}
_ASKING = frozenset("whether if why how what who when where".split())
_THIRD = frozenset(("he", "she", "it", "they", "you"))


def _is_quoted(clauses: Clauses, position: int) -> bool:
    """Whether a quotation that a sentence opens goes on at a token."""
    opened = sum(token.tag == "quote" and token.text not in ("'", "’") for token in clauses.tokens[:position])
    return opened % 2 == 1


def _body_before(clauses: Clauses, item: Attribution, attributions: Sequence[Attribution]) -> Range | None:
    """ "The union said the firm had left and it called for talks": whoever spoke before, if a body."""
    for other in attributions:
        if (
            other.source is None
            or other.cue.start >= item.cue.start
            or other.form not in ("active", "inverted")
        ):
            continue
        span = _range(_starts(clauses.tokens), other.source)
        if span is not None and clauses.tokens[span[0]].tag != "pron" and other.kind != "person":
            last = clauses.tokens[span[1] - 1].lower
            if not last.endswith("s") and not is_person(singular(last), last):
                return span
    return None


def _asked_of(clauses: Clauses, item: Attribution) -> Event | None:
    """ "Residents were urged to leave"."""
    spans, starts = (item.source, item.cue, item.content), _starts(clauses.tokens)
    source, cue, content = (_range(starts, span) if span is not None else None for span in spans)
    being = [token.tag == "be" for token in clauses.tokens[max(0, cue[0] - 2) : cue[0]]] if cue else []
    if cue is not None and clauses.tokens[cue[0] - 1].lower == "being" and being != [True, True]:
        return None  # "shot a guard upon being asked to stop"
    return (
        urged(clauses, item.verb, source, cue, content) if cue is not None and content is not None else None
    )


def _going_on(clauses: Clauses, content: Span) -> Event | None:
    """What the next sentence of a quotation says by its own words: "We call on the bloc to act", "It is a
    disgrace". Whoever speaks is named elsewhere."""
    span = _range(_starts(clauses.tokens), content)
    if span is None:
        return None
    own = own_directive(clauses, span)
    if own is not None:
        we = own[1][0] - 1 - (clauses.tokens[own[1][0] - 1].tag == "adv")
        return directed(clauses, own[0], (we, we + 1), own[1], (own[1][1], span[1]))
    if (owed := ought(clauses, span)) is not None:
        return Event("demand", "statement", "statement", *owed[1], None, *owed)
    called = labelled(clauses, span)
    if called is None:
        return None
    return Event("characterization", "statement", "statement", *called[1], None, *called)


def _is_paper(clauses: Clauses, item: Attribution, source: Range) -> bool:
    """ "asked the council for a resolution pledging support": no word of those before it."""
    last = clauses.tokens[source[1] - 1]
    named = item.name is not None and not last.text.islower()
    return item.form == "participle" and not named and last.text.islower() and not speaks(last.lower)


def _is_condition(clauses: Clauses, cue: int) -> bool:
    """ "if it wants to avoid a strike": nothing that anybody has said."""
    tokens = clauses.tokens
    for position in range(cue - 1, max(-1, cue - 7), -1):
        if tokens[position].lower in ("if", "unless"):
            return True
        if tokens[position].tag in ("punct", "quote", "rel"):
            return False
    return False


def _statement(
    clauses: Clauses, item: Attribution, source: Range, cue: Range, content: Range, claimed: set[int]
) -> Event | None:
    lowers = clauses.whole.lowers[content[0] : content[1]]
    surface = item.source.surface if item.source else ""

    def said(predicate: str, target: Range | None, complement: Range | None = None) -> Event:
        return Event(predicate, "statement", "statement", *cue, source, target, complement)

    if item.verb in REQUESTS and is_told_of_noun(clauses, source):
        return None  # "the auditor they asked to find savings"
    if item.verb in DEMANDS or item.verb in REQUESTS or item.verb == "tell":
        event = directed(clauses, item.verb, source, cue, content)
        if event is not None or item.verb not in ("want", "tell"):
            return event
    if item.verb in _WARNINGS:
        if item.verb == "threaten" and item.form == "participle" and lowers[:1] != ["to"]:
            return None  # "the stalemate drags on, threatening growth"
        ahead = clauses.tokens[content[0] : content[0] + 15]
        obliged = any(token.lower in OUGHT and follow.tag != "pron" for token, follow in pairwise(ahead))
        return said("demand", None, _cut(content)) if obliged else said("warning", _cut(content))
    if item.verb in _LABELLING:
        return None  # "called the vote free": a characterization
    if item.verb == "allege" or (accuses(surface) and item.verb in _SAYS | _BLAMES):
        whom = phrase_after(clauses, content[0])
        acts = whom is not None and whom[1] < content[1] and clauses.tokens[whom[1]].tag not in NO_VERBS
        if whom is not None and _is_of_oneself(clauses, source, whom):
            return None  # "she alleged she was followed"
        return said("accusation", whom if acts else None, _cut(content))
    if item.verb in _FEARS and lowers[:1] in (["dead"], ["drowned"], ["trapped"], ["lost"], ["killed"]):
        return None
    if item.verb in _FEARS:
        return said("concern", _cut(content))
    if item.verb == "complain":
        return said("condemnation", phrase_after(clauses, content[0] + (lowers[:1] == ["about"])))
    if item.verb in _WISHES_THAT and (wished := subjunctive(clauses, content)) is not None:
        return said("demand", *wished)
    if item.verb in _SAYS:
        own = own_directive(clauses, content)
        if own is not None:
            return directed(clauses, own[0], source, own[1], (own[1][1], content[1]))
        owed = ought(clauses, content) if item.verb != "agree" else None
        if item.verb == "claim" and OUGHT.isdisjoint(lowers):
            owed = None  # "claimed the chancellor has to fill a hole"
        if (obliged_to := owed or ordered_in(clauses, content)) is not None:
            return said("demand", *obliged_to)
        before = clauses.tokens[source[0] - 1].lower if source[0] else ""
        if before in ("what", "which", "who") and clauses.tokens[content[0]].tag == "be":
            return _related_label(clauses, before, source, content, said)
        view = own_view(clauses, content)
        if view is not None:
            about = view[1] and _cut(view[1])
            return said("concern", about) if view[0] == "concern" else said("assessment", None, about)
        quoted = clauses.tokens[content[0] - 1].tag == "quote" if content[0] else False
        if quoted and (called := labelled(clauses, content)) is not None:
            return said("characterization", *called)
    free = claimed.isdisjoint(range(content[0], min(content[1], content[0] + 6)))
    opinion = item.verb not in PRAISING and (free or item.verb not in _INTENDS)
    if item.verb == "declare" and (declared := phrase_after(clauses, content[0])) is not None:
        quoted = clauses.tokens[declared[1]].tag == "quote" if declared[1] < content[1] else False
        whole = clauses.tokens[declared[1] - 1].tag not in ("det", "prep")  # not "declared a state of “war”"
        named = phrase_after(clauses, declared[1]) if quoted and whole else None
        split = (declared, named) if named is not None else parted(clauses, declared)
        if split is not None and split[1][1] <= content[1] + 1 and clauses.tokens[split[1][0]].tag == "quote":
            return said("characterization", *split)  # "declared the talks “irrelevant”"
    speaks = item.verb in _SAYS or item.form == "according" or item.verb in ("declare", "announce")
    argued = item.verb in ("argue", "insist", "contend", "complain", "maintain")
    if speaks and (called := labelled(clauses, content, argued)) is not None:
        return said("characterization", *called)
    plain = item.form == "according" and OPEN.isdisjoint(lowers)  # "according to experts": a fact
    plain = plain or (item.verb in _SAYS and observes(lowers))
    judged = item.verb not in ("announce", "report", "find") and not is_about(lowers)
    if opinion and judged and not plain and judges(surface):
        return said("assessment", phrase_after(clauses, content[0]), _cut(content))
    if item.verb == "claim" and "victory" in lowers[:3]:
        return said("announcement", _cut(content))
    harming = HARMING if item.verb in _BLAMES else WRONGING
    owned = item.form == "passive" and item.verb == "claim"  # "the attack was claimed by the group"
    blames = (item.verb in _SAYS or item.verb in _BLAMES) and not owned
    if blames and (blamed := accused(clauses, content, harming)) is not None:
        return said("accusation", blamed, (blamed[1], _cut(content)[1]))
    if not free:
        return None
    if item.verb in _ANNOUNCES:
        announced = is_announced(clauses, item.verb, source, cue, content)
        return said("announcement", _cut(content)) if announced else None
    if item.verb in _INTENDS:
        return (
            said("announcement", _cut(content)) if is_own_plan(clauses, item, source, cue, content) else None
        )
    if item.verb == "expect" and not OFFSPRING.isdisjoint(lowers[:4]):
        return None
    if item.verb in _EXPECTS and item.form != "participle":
        idle = item.verb in ("believe", "think") and content[1] - content[0] < 3  # "believed me"
        if idle or _is_thought_aside(clauses, source, cue):
            return None
        if item.verb == "suspect" and (cause := suspected(clauses, content)) is not None:
            return said("reported_cause", None, cause)
        assessed = _is_assessed(clauses, item.verb, content, claimed)
        return said("assessment", phrase_after(clauses, content[0]), _cut(content)) if assessed else None
    if item.verb not in _SAYS:
        return None
    intent = intended(clauses, source, content, lowers)
    own_body = (item.kind == "person" or lowers[:1] != ["the"]) and is_of_own_body(lowers)
    if intent is not None or own_body or is_arranged(clauses.tokens, content):
        return said("announcement", _cut(intent or content))
    what = foretold(clauses, content)
    if what is not None and not (item.kind != "person" and lowers[:1] == ["it"]):  # "said it may bid"
        return said("assessment", what, _cut(content))
    return None


def _related_label(
    clauses: Clauses, relative: str, source: Range, content: Range, said: Callable[..., Event]
) -> Event | None:
    """ "in what X said was the worst storm in years", "the ferry, which X said was unsafe"."""
    tokens, begin = clauses.tokens, content[0] + 1
    label = begin, _cut(content)[1]
    judged = any(token.lower in JUDGING or token.tag == "quote" for token in tokens[begin : begin + 3])
    judged = judged or (is_adjective(tokens[begin]) and not is_past(tokens[begin]))
    if relative == "what":
        return said("characterization", label, label) if judged or tokens[begin].tag == "det" else None
    what = related(clauses, source)
    return said("characterization", what, label) if judged and what is not None else None


def _is_of_oneself(clauses: Clauses, source: Range, whom: Range) -> bool:
    """Whether the first whom an allegation tells of is who alleges, by a pronoun of one person."""
    itself, other = clauses.tokens[source[1] - 1], clauses.tokens[whom[0]].lower
    one = itself.tag in ("pron", "cap") or not itself.lower.endswith("s")
    return (
        whom[1] - whom[0] == 1 and other in ("he", "she", "i") and one and itself.lower not in ("they", "we")
    )


def _is_thought_aside(clauses: Clauses, source: Range, cue: Range) -> bool:
    """ "asked why he believed that", "had thought it was thunder", "stayed because she thought it safe"."""
    tokens, begin = clauses.tokens, source[0]
    earlier = tokens[max(0, begin - 1) : cue[0]]
    if any(token.lower in ("why", "whether", "how", "if", "had", "than") for token in earlier):
        return True
    if tokens[cue[0] - 1].tag == "rel":
        return True  # "villagers who believed that"
    past = tokens[cue[1] - 1].lower in ("thought", "believed") and tokens[cue[0] - 1].tag == "pron"
    told = any(token.lower in _HAVING_SAID for token in tokens[max(0, begin - 10) : begin])
    return past and not (told and tokens[begin - 1].tag not in ("sub", "conj"))


def _is_assessed(clauses: Clauses, verb: str, content: Range, claimed: set[int]) -> bool:
    """ "expects the talks to fail"; but "expects 7.8 percent", "suspect him of fraud"."""
    tokens = clauses.tokens
    lowers = clauses.whole.lowers[content[0] : content[1]]
    if verb == "suspect" and not clause_follows_at(tokens, content[0]):
        return False
    if tokens[content[0]].tag in ("be", "have", "modal", "num") or is_about(lowers):
        return False
    foreseen = verb in ("expect", "anticipate", "forecast") and "to" in lowers[:8]
    if foreseen and any(token.tag == "num" for token in tokens[slice(*content)]):
        return False
    return claimed.isdisjoint(range(*content))


def _cut(span: Range) -> Range:
    """What is said, without an end only of sentences that go on and on."""
    return span[0], min(span[1], span[0] + 32)


def _positions(clauses: Clauses, item: Attribution) -> tuple[Range, Range, Range] | None:
    assert item.source is not None  # the caller has checked
    assert item.content is not None
    starts = _starts(clauses.tokens)
    source, cue, content = (_range(starts, span) for span in (item.source, item.cue, item.content))
    return (source, cue, content) if source and cue and content else None


def _starts(tokens: Sequence[Token]) -> list[int]:
    return [token.start for token in tokens]


def _range(starts: Sequence[int], span: Span) -> Range | None:
    """The tokens of a span, by where all tokens of its sentence start."""
    first = bisect_left(starts, span.start)
    last = bisect_left(starts, span.end, lo=first)
    return (first, last) if first < last else None
