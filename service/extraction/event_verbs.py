"""Events that a verb tells: who did what to whom, actively, in the passive or by a participle alone."""

from collections.abc import Sequence

from service.extraction.agents import subject_before
from service.extraction.blame import BLAMING, blamed, made_to, phrase_span, related
from service.extraction.event_types import Event
from service.extraction.fillers import Range, fits, mention_stop, mentions_in, past_bound
from service.extraction.joined import against, named_aside, named_before, sides
from service.extraction.labels import described_as
from service.extraction.leaders import office_nouns
from service.extraction.lexicon import EventEntry, Filler
from service.extraction.number_words import SIMPLE
from service.extraction.phrases import (
    DATE_WORDS,
    TIME_WORDS,
    Clauses,
    is_passive,
    is_past,
    phrase_back,
)
from service.extraction.roles import agent_after, clause_after, complement_of, phrase_after
from service.extraction.subjects import subject_of
from service.extraction.tokens import PAST_FORMS, Token
from service.extraction.triggers import EventTrigger, behind_when, matches

# Whom these befall is told once: by name, not as a count.
OF_PERSONS = frozenset(("detention", "charge", "announcement"))


def read_verb(
    clauses: Clauses, trigger: EventTrigger, entry: EventEntry, first: int, last: int
) -> Event | None:
    tokens = clauses.tokens
    before = tokens[first - 1] if first else None
    if (
        before is not None
        and trigger.form in ("base", "third", "ing")
        and is_noun_here(tokens, first, last, trigger)
    ):
        return None
    governing = first if trigger.form == "participle" and is_passive(tokens, first) else 0
    if not governing and trigger.form == "participle":
        bare = entry.predicate == "appointed_to_office" and last < len(tokens) and tokens[last].tag == "word"
        governing = _passive_before(tokens, first, last, bare)
    passive = governing > 0
    if entry.predicate == "reported_cause" and before is not None and before.lower in _NO_CAUSE_AFTER:
        return None  # "suspected of starting fires", "unclear what caused the crash"
    if trigger.lemma == "accuse" and not passive and _is_defendant(tokens, last, trigger):
        return None
    if trigger.lemma in BLAMING:
        return blamed(clauses, trigger.lemma, first, last, passive)
    if last < len(tokens) and tokens[last].tag == "prep" and tokens[last].lower != "by":
        if passive and trigger.lemma in entry.complement_bare_verbs:
            return None  # "were called at noon"
        if entry.predicate == "reported_cause" and trigger.tail and not passive:
            return None  # "which experts put down to fog": a phrase
    if trigger.lemma == "consider" and (not passive or tokens[first - 1].lower in ("be", "being")):
        return None  # "considered the offer", "is being considered"
    if entry.predicate == "characterization" and not passive and _is_named_so(clauses, trigger, first, last):
        return None
    if entry.predicate == "characterization" and not passive:
        described = described_as(clauses, entry, trigger, first, last)
        if described is not None:
            return described
    target: Range | None
    fronted = _fronted(clauses, first, last) if trigger.form == "participle" else None
    if fronted is not None:
        target, agent, tail = fronted, agent_after(clauses, last), last
    elif passive or (
        trigger.form == "participle"
        and trigger.lemma not in entry.intransitive
        and _reduced(clauses, first, last)
    ):
        before_comma = not passive and tokens[first - 1].text == ","
        target = phrase_back(clauses, first - 1) if before_comma else subject_of(clauses, governing or first)
        if target is None and not passive:
            target = _noun_before(tokens, first)  # "under the deal reached on Thursday"
        agent, tail = agent_after(clauses, last), last
        if entry.object is not None and "person" in entry.object.kinds and target is not None:
            target = named_before(clauses, target) or target
        agent = (agent and entry.kind != "event" and named_aside(clauses, agent)) or agent
    else:
        target = _object_after(clauses, entry, trigger, last)
        out = trigger.form == "ing" and before is not None and before.lower == "out" and first > 1
        agent = subject_of(clauses, first - 2) if out else subject_before(clauses, first)
        if (
            target is None
            and (entry.kind == "event" or entry.predicate in ("condemnation", "welcome"))
            and _follows_relative(tokens, agent)
        ):
            target = related(
                clauses, agent
            )  # "a decree that lawyers have condemned", "Lima, which they took"
        tail = target[1] if target and target[0] >= last else last
    if (
        entry.predicate == "protest"
        and trigger.lemma == "protest"
        and not _is_protested(clauses, first, target)
    ):
        return None
    if target is None or (entry.predicate == "succeeded" and tokens[target[0]].lower in SIMPLE):
        return None  # "replaced six ministers"
    if entry.predicate == "meeting" and trigger.form == "participle" and not passive and target[1] <= first:
        return None  # "the president telephoned"
    if trigger.lemma.startswith("agree") and tokens[target[0]].lower in DATE_WORDS:
        return None  # "agreed on Monday to …"
    if trigger.tail:
        # "voted the prime minister, Ivan Kolar, out of office"
        aside = named_aside(clauses, target)
        # "found Jane Doe guilty": the tail looks like a part of the object.
        dated = next((p for p in range(tail, len(tokens)) if not _is_when(tokens[p])), tail)
        behind = (
            (agent[1],) if agent is not None and agent[0] >= last else ()
        )  # "hailed by X as a breakthrough"
        starts = (tail, dated, *behind, *range(target[0] + 1, target[1]))
        begin = next((p for p in starts if matches(tokens, p, trigger.tail)), aside[1] + 1 if aside else tail)
        tail = matches(tokens, begin, trigger.tail)
        if not tail:
            return None
        target = (target[0], min(target[1], begin)) if begin > target[0] else target
    if entry.predicate == "reported_cause" and (made := made_to(clauses, trigger.lemma, first, target)):
        return made
    if (
        entry.predicate == "statement_withdrawn"
        and passive
        and tokens[min(last, len(tokens) - 1)].lower == "from"
    ):
        return None  # "was pulled from the rubble"
    if entry.object is not None and not (
        fits(clauses, target, entry.object)
        or (
            entry.predicate == "meeting"
            and trigger.lemma.startswith("meet")
            and "with" in (clauses.tokens[target[0] - 1].lower, _opener(clauses.tokens, target[0]))
            and fits(clauses, target, _MET)
        )
    ):
        named = _named_otherwise(clauses, entry, target, first, passive)
        if named is None:
            return None
        target = named
        tail = max(tail, named[1] + (named[1] < len(tokens) and tokens[named[1]].text == ","))
    if trigger.tail and (trigger.tail[-1] in entry.complement or trigger.tail[-1] in _OPENING):
        complement = phrase_after(clauses, tail)
    else:
        complement = complement_of(clauses, entry, trigger, target, tail)
    if trigger.lemma.endswith("charges against") and last - first > 3:
        complement = first + 1, last - 2  # "filed murder charges against"
    if complement is None and agent is not None and agent[0] >= last and entry.complement:
        # "described by the head of the union, Jane Doe, as a slap"
        behind_agent = agent[1] + (agent[1] < len(tokens) and tokens[agent[1]].text == ",")
        aside = named_aside(clauses, agent)
        if aside is not None:
            behind_agent = aside[1] + (aside[1] < len(tokens) and tokens[aside[1]].text == ",")
        complement = complement_of(clauses, entry, trigger, target, behind_agent)
    if complement is None and trigger.lemma in entry.complement_for:
        return None
    if complement is not None and entry.predicate == "appointed_to_office":
        known = clauses.by_start.get(tokens[complement[0]].start)
        if known is not None and known.kind == "person" and tokens[complement[0] - 1].lower == "as":
            return None  # "a source named him as Jane Doe"
        offices = office_nouns().union(entry.complement_bare)
        if trigger.lemma == "make" and office_nouns().isdisjoint(
            token.lower for token in tokens[complement[0] : complement[1]]
        ):
            return None  # "making them special"
        if (
            trigger.lemma == "name"
            and tokens[complement[0] - 1].lower == "as"
            and offices.isdisjoint(token.lower for token in tokens[complement[0] : complement[1]])
        ):
            return None  # "named him as the driver"
    if (
        entry.predicate == "meeting"
        and complement
        and tokens[complement[0] - 1].lower in ("with", "meet", "see")
    ):
        target, complement = complement, None  # "flew to Lima for talks with the president"
    if trigger.lemma == "dismiss" and complement and entry.predicate == "removed_from_office":
        words = {token.lower for token in tokens[complement[0] : complement[1]]}
        if tokens[complement[0] - 1].lower == "as" and words.isdisjoint(office_nouns()):
            return None  # "dismissed them as not credible"
    if not passive and entry.object is not None and "person" in entry.object.kinds:
        # "fired the head of the agency, Jane Doe": the name is whom it hit, the office what it took from
        # them.
        named = named_aside(clauses, target)
        if named is not None and entry.predicate in OF_PERSONS:
            follow = named[1] + (named[1] < len(tokens) and tokens[named[1]].text == ",")
            complement = complement or complement_of(clauses, entry, trigger, named, follow)
            target = named
        elif named is not None:
            complement, target = complement or target, named
    if entry.asks_for:
        complement = _asked_for(clauses, entry, target, tail)
        if complement is None:
            return None
        if trigger.lemma == "call for" and tokens[complement[0]].lower == "intervention":
            return None  # demanded of others, whoever calls for it
        if complement == target:
            target = None
    if entry.predicate == "succeeded" and trigger.form == "ing" and tokens[first - 1].text == ",":
        agent = _last_person(clauses, first - 1) or agent
    if trigger.lemma == "replace" and not passive:
        # "replaced the minister with a banker"
        rest = range(tail, min(tail + 8, len(tokens)))
        with_ = next((p for p in rest if tokens[p].lower == "with"), None)
        agent = phrase_after(clauses, with_ + 1) if with_ else agent
        if with_ and entry.predicate == "succeeded" and agent and not fits(clauses, agent, _PEOPLE):
            return None  # "replace the furnaces with a new one"
    if entry.predicate == "reported_cause" and not trigger.tail:
        # The agent is the cause itself; who names it is the speaker's business.
        if agent is not None and tokens[agent[0]].lower in _NO_CAUSES:
            return None
        if agent is not None and trigger.form == "ing" and fits(clauses, agent, _PEOPLE):
            return None  # "Herders joined the march, sparking fears": what they did is the cause
        agent, complement = None, agent
        if trigger.form == "ing" and tokens[first - 1].text == ",":
            complement = phrase_span(tokens, first - 1)  # "a depot was hit, causing a fire"
            if complement is None:
                return None
    heard = entry.predicate == "meeting" and trigger.lemma.startswith(("speak", "talk", "telephone", "phone"))
    if heard and target and not _MEDIA.isdisjoint(token.lower for token in tokens[target[0] : target[1]]):
        return None  # "speaking to Radio Lima"
    if entry.predicate == "crackdown" and agent is not None:
        words = {token.lower for token in tokens[agent[0] : agent[1]]}
        if not words.isdisjoint(_WEAPONS):
            agent, complement = None, agent  # "water cannon was used to disperse the crowd"
    if entry.predicate == "protest" and not passive and (opposed := against(clauses, tail)) is not None:
        target, complement = opposed, target  # "blocked the road in anger at the cuts"
    if entry.predicate == "concern":
        agent, target = target, agent  # "the plan angered unions"
    if entry.means:
        target, complement = complement, target  # "hurled grenades at the police"
        if (
            complement
            and clauses.tokens[complement[1] - 1].lower == "agreement"
            and complement[0] + 1 == complement[1]
        ):
            on = complement[1] < len(tokens) and tokens[complement[1]].lower == "on"
            about = phrase_after(clauses, complement[1] + 1) if on else None
            if about is not None and tokens[about[0]].lower not in DATE_WORDS:
                complement = complement[0], about[1]  # "reached agreement on an interim cabinet"
        if target is None and entry.predicate == "agreement" and agent and (both := sides(clauses, agent)):
            agent, target = both  # "Uganda and Tanzania have signed three deals"
        if (
            target is not None
            and tokens[target[0] - 1].lower == "between"
            and (both := sides(clauses, target))
        ):
            agent, target = both
    if entry.predicate == "election" and trigger.lemma.startswith(("declare", "proclaim")):
        agent, target = target, None  # "declared the president the winner": who has won
    if entry.predicate == "attack" and target is not None and tokens[target[0]].lower in ("each", "one"):
        return None  # "fired at each other": a clash
    return Event(
        entry.predicate, entry.kind, "passive" if passive else "verb", first, last, agent, target, complement
    )


def _is_protested(clauses: Clauses, first: int, target: Range | None) -> bool:
    """ "protested the fees"; but "protesting residents", "a protest camp", "those protesting said"."""
    if target is None or fits(clauses, target, _PEOPLE):
        return False
    tokens, opens = clauses.tokens, clauses.tokens[target[0]]
    bare = target[1] - target[0] < 2 and opens.tag == "word"
    verb = is_past(opens) or opens.lower.endswith("ing")
    owned = target[0] + 1 < len(tokens) and tokens[target[0] + 1].tag == "poss"  # "Tuesday's ruling"
    dated = not owned and (opens.lower in DATE_WORDS or opens.tag == "num")
    before = tokens[first - 1]
    acting = before.lower == "to" or (before.tag == "word" and before.lower.endswith("s"))
    return not dated and not (bare and (verb or not acting))


def _is_defendant(tokens: Sequence[Token], last: int, trigger: EventTrigger) -> bool:
    """ "the first accused, a clerk, was freed": a noun."""
    alone = last == len(tokens) or (tokens[last].lower != "of" and _ends_verb(tokens, last))
    return trigger.form == "participle" and alone


def _is_named_so(clauses: Clauses, trigger: EventTrigger, first: int, last: int) -> bool:
    """ "a campaign called the Army of Drones", "luxury brands such as Marea": a name and a noun."""
    tokens = clauses.tokens
    if last + 1 >= len(tokens):
        return False
    if tokens[last].lower == "such" and tokens[last + 1].lower == "as":
        return True
    name = last + (tokens[last].lower in ("the", "a"))
    reduced = trigger.form == "participle" and first > 0 and tokens[first - 1].tag == "word"
    nobody = reduced and not fits(clauses, (first - 1, first), _SOMEONE)
    return nobody and trigger.lemma in ("call", "dub") and tokens[name].tag == "cap"


def _named_otherwise(
    clauses: Clauses, entry: EventEntry, target: Range, first: int, passive: bool
) -> Range | None:
    """ "named the head of the firm, Jane Doe, to": the name; "the price of a deal signed in May": it."""
    assert entry.object is not None  # callers have checked
    if target[0] >= first:
        person = "person" in entry.object.kinds or fits(clauses, target, _SOMEONE)
        named = named_aside(clauses, target) if person else None
        if named is not None and named[1] < len(clauses.tokens) and is_past(clauses.tokens[named[1]]):
            return None  # "after dismissing the government, Jane Doe removed"
    else:
        named = None if passive else _noun_before(clauses.tokens, first)
    return named if named is not None and fits(clauses, named, entry.object) else None


def _last_person(clauses: Clauses, end: int) -> Range | None:
    """ "said Jane Doe is now minister, replacing John Doe": the nearest whom no "by" or "from" governs."""
    for position, mention in reversed(mentions_in(clauses, (max(0, end - 24), end))):
        if mention.kind == "person" and "pronoun" not in mention.flags:
            governor = clauses.tokens[position - 1].lower if position else ""
            if governor not in ("by", "from", "under", "with"):
                return position, mention_stop(clauses, position, mention)
    return None


_SOMEONE = Filler(persons=True, heads=frozenset(("head", "chief", "general")))


def _is_when(token: Token) -> bool:
    return token.lower in TIME_WORDS or token.lower in (
        "last",
        "this",
        "on",
        "in",
        "early",
        "late",
        "earlier",
    )


def _passive_before(tokens: Sequence[Token], first: int, last: int, named: bool = False) -> int:
    """The token of the passive that this participle goes on: "was ousted in May and jailed", "was cheered
    and `named` interim president", else 0."""
    if first < 3 or tokens[first - 1].lower != "and" or not (named or _ends_verb(tokens, last)):
        return 0
    for position in range(first - 2, max(0, first - 14), -1):
        token = tokens[position]
        if is_past(token) and is_passive(tokens, position):
            return position
        if token.tag in ("rel", "sub", "quote", "modal") or token.text in (";", ":") or token.tag == "conj":
            return 0
    return 0


def _ends_verb(tokens: Sequence[Token], last: int) -> bool:
    """Whether no object follows."""
    follow = tokens[last] if last < len(tokens) else None
    return (
        follow is None or follow.tag in ("prep", "punct", "sub", "adv", "conj") or follow.lower in DATE_WORDS
    )


def _noun_before(tokens: Sequence[Token], first: int) -> Range | None:
    begin = first
    while begin and tokens[begin - 1].tag in ("word", "cap", "num", "poss"):
        begin -= 1
    begin -= begin > 0 and tokens[begin - 1].tag == "det"
    return (begin, first) if begin < first else None


_MEDIA = frozenset(
    "television tv radio news newspaper newspapers agency times reporters journalists post bbc cnn channel "
    "channels afp reuters magazine media press broadcaster station".split()
)
_WEAPONS = frozenset("gas teargas cannon bullets grenades batons rounds ammunition spray sprays".split())


def _fronted(clauses: Clauses, first: int, last: int) -> Range | None:
    """ "Arrested in May, Jane Doe said": whom the participle in front is said of."""
    tokens = clauses.tokens
    if first > 1 or (first and tokens[0].lower not in ("first", "once", "also")) or last >= len(tokens):
        return None
    if tokens[last].tag not in ("prep", "sub", "adv"):
        return None
    comma = next((p for p in range(last, min(last + 12, len(tokens))) if tokens[p].text == ","), None)
    return phrase_after(clauses, comma + 1) if comma is not None else None


def _stands_in_phrase(tokens: Sequence[Token], first: int) -> bool:
    """ "during the student protests": a preposition and an article open the phrase that ends here."""
    back = first - 1
    while back > 0 and back > first - 4 and tokens[back].tag in ("word", "num"):
        back -= 1
    return back > 0 and tokens[back].tag == "det" and tokens[back - 1].tag == "prep"


# They follow the noun for an attack or a fire, but no verb.
_LEAVING_DEAD = frozenset("kills leaves injures wounds hits claims killed left injured wounded hit".split())


def _is_one_name(tokens: Sequence[Token], position: int) -> bool:
    """Whether a name stands here that takes no verb in the plural: "Lima", but not "Greens" or "A and B"."""
    token = tokens[position]
    if token.tag != "cap" or token.lower.endswith("s") or token.lower in _SEVERAL or not position:
        return False
    while position and tokens[position].tag == "cap":
        position -= 1
    return tokens[position].tag not in ("conj", "prep")  # "officials in Lima accuse"


_SEVERAL = frozenset("police people men women we they you i".split())


def is_noun_here(tokens: Sequence[Token], first: int, last: int, trigger: EventTrigger) -> bool:
    """ "overnight air attacks killed", "a new appeal for", "after a cabinet meeting": no verbs."""
    follow = tokens[last].lower if last < len(tokens) else ""
    if trigger.form != "ing" and is_past(tokens[first - 1]):
        return True  # "the staff staged protests"
    if trigger.form == "base" and (_is_one_name(tokens, first - 1) or follow in _LEAVING_DEAD):
        return True  # "the Lima jail superintendent", "Radio Lima host Jane Doe", "arson attack kills three"
    adverb = trigger.form == "ing" and last + 1 < len(tokens) and tokens[last].tag == "adv"
    if adverb and is_past(tokens[last + 1]):
        return True  # "air strikes and shelling also displaced"
    if trigger.lemma == "meet" and trigger.form == "ing":
        return not (tokens[first - 1].tag == "be" or tokens[first - 1].lower.endswith(("s", "men", "people")))
    if trigger.form == "third":
        if trigger.lemma.startswith("talk") and tokens[first - 1].tag not in ("cap", "pron"):
            return True  # "resume talks with"
        return (
            tokens[first - 1].lower in SIMPLE  # "whose two terms end"
            or _stands_in_phrase(tokens, first)
            or follow.endswith("ed")
            or follow in PAST_FORMS
            or follow in ("have", "has", "had", "were", "are")
        )
    back = first - 1
    while back >= 0 and back > first - 4 and tokens[back].tag in ("word", "adv"):
        back -= 1
    one = back >= 0 and tokens[back].lower in ("a", "an", "another", "this", "his", "her", "its", "their")
    return (
        one
        and back < first - 1
        and (not tokens[first - 1].lower.endswith("s") or tokens[first - 1].lower.endswith("ss"))
    )


# "likened # to", "compared # with": the complement follows.
_OPENING = frozenset(("to", "with"))


def _opener(tokens: Sequence[Token], first: int) -> str:
    """ "met the commissioner" is as good as "met with"."""
    return "with" if tokens[first].lower == "the" else ""


# Whomever one meets with.
_MET = Filler(persons=True)
_PEOPLE = Filler(kinds=("person",), persons=True)
# Their cause stands elsewhere: "it was still causing delays".
_NO_CAUSES = frozenset(("it", "he", "she", "they", "that", "which"))
_NO_CAUSE_AFTER = frozenset(("of", "for", "what", "who", "almost", "nearly"))


def _follows_relative(tokens: Sequence[Token], agent: Range | None) -> bool:
    return agent is not None and agent[0] > 0 and tokens[agent[0] - 1].lower in ("that", "which", "whom")


def _object_after(clauses: Clauses, entry: EventEntry, trigger: EventTrigger, last: int) -> Range | None:
    tokens, stops = clauses.tokens, entry.complement
    whatever = entry.predicate in ("condemnation", "welcome")
    if whatever and last < len(tokens) and tokens[last].lower == "what":
        return clause_after(clauses, last, 12)  # "condemned what he called a coup"
    if trigger.lemma == "meet" and (behind := behind_when(tokens, last)) > last:
        apart = behind < len(tokens) and tokens[behind].lower == "with"
        return phrase_after(clauses, behind + 1) if apart else None  # "met on Monday with"
    found = phrase_after(clauses, last, stops)
    if (
        found is not None
        and found[1] < len(tokens)
        and tokens[found[1]].lower == "of"
        and "of" in stops
        and trigger.lemma != "accuse"
        and tokens[found[1] - 1].lower in _OF_SOMETHING
        and (rest := phrase_after(clauses, found[1] + 1, stops)) is not None
    ):
        found = found[0], rest[1]  # "convicted a former minister of mines of theft"
    if found is not None and entry.complement_bare:
        people = (mention_stop(clauses, p, m) for p, m in mentions_in(clauses, found) if m.kind == "person")
        # "made the Liberal Jane Doe leader of the party"
        stops_here = (p for p in people if p < found[1] and tokens[p].lower in entry.complement_bare)
        found = found[0], next(stops_here, found[1])
    if found is not None and trigger.tail:
        # "found five men from the town guilty"
        ends = (
            p
            for p in range(found[0] + 1, min(found[0] + 16, len(tokens)))
            if tokens[p].lower == trigger.tail[0]
        )
        tail = next((p for p in ends if matches(tokens, p, trigger.tail)), None)
        if tail is not None and all(token.tag not in _BREAKS for token in tokens[found[0] : tail]):
            found = found[0], tail
    thanked = entry.predicate == "welcome"
    if thanked and found is not None and found[1] < len(tokens) and tokens[found[1]].lower == "for":
        act = phrase_after(clauses, found[1] + 1)
        return (found[0], act[1]) if act is not None else found  # "thanked him for his help"
    return found


_OF_SOMETHING = frozenset(
    "minister head chief member members leader secretary president governor owner".split()
)
_BREAKS = frozenset(("punct", "quote", "sub", "rel", "be", "have", "modal", "do"))


def _reduced(clauses: Clauses, first: int, last: int) -> bool:
    """ "Opposition leader arrested in Minsk": a participle with no object after a noun."""
    tokens = clauses.tokens
    follow = tokens[last] if last < len(tokens) else None
    stops = follow is None or (follow.tag in ("prep", "punct", "sub") and follow.lower != "(")
    if past_bound(tokens, last) != last:
        return False  # "gunmen killed at least ten people"
    back = first - 1
    while back > 0 and tokens[back].tag in ("word", "cap", "det", "num", "poss"):
        back -= 1
    if 0 < back < first - 1 and tokens[back].lower in ("which", "whom") and tokens[back - 1].tag != "prep":
        return False  # "Lima, which the rebels captured in May"
    if first > 1 and tokens[first - 1].text == "," and follow is not None:
        if follow.lower == "by":
            return True  # "the protests, sparked by …"
        # "Jane Doe, appointed in May to …": the name right before, and no aside that ends here
        named = clauses.by_end.get(tokens[first - 2].end)
        apart = not any(token.text == "," for token in tokens[: first - 1])
        return named is not None and named.kind == "person" and apart and follow.tag in ("prep", "sub", "adv")
    return (
        stops
        and first > 0
        and tokens[first - 1].tag in ("cap", "word")
        and (follow is None or follow.lower != "of")
    )


def _asked_for(clauses: Clauses, entry: EventEntry, target: Range | None, tail: int) -> Range | None:
    """What is asked for: "help" as the object itself, or after "for" or "to"."""
    tokens = clauses.tokens
    span = target or (tail, tail)
    last = tokens[span[1]].lower if span[1] < len(tokens) else ""
    if last != "to" and any(token.lower in entry.asks_for for token in tokens[span[0] : span[1]]):
        return next((p, p + 1) for p in range(*span) if tokens[p].lower in entry.asks_for)
    for position in range(tail, min(tail + 6, len(tokens))):
        if tokens[position].lower in _LEAVING:
            return None  # "demanded the country withdraw its troops"
        if tokens[position].lower in entry.asks_for:
            follow = tokens[position + 1].lower if position + 1 < len(tokens) else ""
            # "calls for the troops to be withdrawn": of them something is demanded
            return (position, position + 1) if (follow, tokens[tail - 1].lower) != ("to", "for") else None
        if tokens[position].tag in ("punct", "sub", "rel", "quote") and tokens[position].text != ",":
            return None
    return None


_LEAVING = frozenset("withdraw remove pull recall stop end halt cut withdrawal".split())
