"""Who takes part in an event that a noun names, where the plain reading finds nobody: the storm that struck,
the party that staged the protest, whoever paid the visit or claimed the attack."""

from collections.abc import Sequence

from service.extraction.agents import subject_before
from service.extraction.fillers import Range, fits
from service.extraction.heads import OWNERS
from service.extraction.lexicon import EventEntry, Filler
from service.extraction.main_subjects import main_subject
from service.extraction.phrases import TIME_WORDS, Clauses, is_passive, is_past
from service.extraction.roles import agent_after, phrase_after
from service.extraction.tokens import Token, inflections


def owner_before(tokens: Sequence[Token], first: int) -> Range | None:
    """ "his surprise resignation": the pronoun that owns the noun at a token."""
    for position in range(first - 1, max(-1, first - 4), -1):
        if tokens[position].lower in OWNERS:
            real = not position or tokens[position - 1].lower != "for"  # "signatures for her impeachment"
            return (position, position + 1) if real and tokens[position].lower != "its" else None
        if tokens[position].tag not in ("word", "num"):
            return None
    return None


_FORCES = frozenset(
    "earthquake quake tremor temblor storm hurricane typhoon cyclone tornado flood floods flooding tsunami "
    "fire blaze wildfire wildfires bushfire landslide mudslide avalanche inferno storms fires "
    "blazes floodwaters cyclones hurricanes landslides rockslide drought heatwave blizzard eruption".split()
)
_HITTING = frozenset(
    form
    for verb in (
        "hit strike rock tear engulf destroy bury rip sweep devastate flatten gut damage target batter "
        "barrel roll ravage inundate submerge lash pound level swamp shake dam burn knock cripple paralyse "
        "paralyze disrupt disable hobble".split()
    )
    for form in inflections(verb)
)
_THROUGH = frozenset("into through down over across up out off apart".split())
_HIT = Filler(
    kinds=("place", "organization"),
    heads=frozenset(
        "building factory warehouse hotel school hospital house home block market mall church mosque "
        "temple village town city region province area coast country island district neighbourhood camp "
        "station train bus plant mine bridge dam river road forest shelter dormitory club nightclub store "
        "shop convoy base port airport refinery depot apartment complex crowd prison homes "
        "houses villages towns buildings areas server servers website websites network networks system "
        "systems ports hospitals clinics ministry ministries agency agencies bank banks services railway "
        "railways".split()
    ),
)


SITE = Filler(
    heads=_HIT.heads
    | frozenset(
        "ferry ship vessel tanker hall clinic ward freighter trawler yacht boat liner plane train "
        "coach truck tram platform rig flat flats pit shaft stadium embassy theatre".split()
    )
)


# What these nouns say that happened happened to what "of" names: "the sinking of the ferry".
FALLING = frozenset("collapse sinking capsizing derailment crash breach bursting".split())
# Bodies fall as well, and then nobody is buried.
_BODIES = frozenset(
    "bank banks market country region system systems network networks services agency agencies ministry "
    "ministries server servers website websites province area".split()
)
FALLEN = Filler(
    kinds=("organization", "place"),
    heads=(SITE.heads - _BODIES)
    | frozenset(
        "centre center roof wall tower stand grandstand ceiling scaffolding crane tunnel levee plaza "
        "arcade".split()
    ),
)


def force(clauses: Clauses, first: int, last: int) -> Range | None:
    """ "Cyclone Ita", "the fire": what struck, with its name."""
    tokens = clauses.tokens
    if tokens[last - 1].lower not in _FORCES:
        return None
    while last < len(tokens) and tokens[last].tag == "cap" and tokens[last].lower not in TIME_WORDS:
        last += 1
    while first and tokens[first - 1].tag == "cap" and tokens[first].tag == "cap":
        first -= 1
    return first, last


def struck(clauses: Clauses, last: int) -> Range | None:
    """ "an earthquake that hit the coast", "a fire engulfed a factory": what it struck."""
    tokens = clauses.tokens
    for position in range(last, min(last + 7, len(tokens) - 1)):
        token = tokens[position]
        if token.tag == "word" and (token.lower in _HITTING or is_past(token)):
            if is_passive(tokens, position):
                return None
            follow = tokens[position + 1].lower
            found = phrase_after(clauses, position + 1 + (follow in _THROUGH))
            return found if found is not None and fits(clauses, found, _HIT) else None
        if token.tag in ("punct", "sub", "quote"):
            return None
    return None


# Verbs whose subject does what the noun after them names.
_STAGING = frozenset(
    form
    for verb in (
        "hold stage end start begin join call continue suspend launch plan lead wage resume mark".split()
    )
    for form in inflections(verb)
)


_MOUNTING = frozenset(
    form
    for verb in "launch mount stage attempt try conduct commit perpetrate lead carry begin start "
    "resume".split()
    for form in inflections(verb)
)  # fmt: skip


def striking(clauses: Clauses, entry: EventEntry, first: int, last: int) -> Range | None:
    """ "the strike by dock workers", "miners end a strike": who does it."""
    if entry.subject_of_intransitive is None:
        return None
    tokens = clauses.tokens
    staged = entry.predicate in ("protest", "attack")  # who ends the fighting may be no side of it
    verbs = _STAGING if entry.predicate == "protest" else _MOUNTING
    agent = phrase_after(clauses, last + 1) if last < len(tokens) and tokens[last].lower == "by" else None
    if agent is None:
        before = range(first - 1, max(-1, first - 5), -1)
        verb = next((p for p in before if tokens[p].lower in verbs), None)
        # "carried out the attack", "called off a five-month strike"
        out = verb is not None and tokens[verb + 1].lower in ("out", "off")
        if (
            not verb
            or not staged
            or is_passive(tokens, verb)
            or any(tokens[p].tag == "prep" for p in range(verb + 1 + out, first))
        ):
            return None
        agent = subject_before(clauses, verb)
    if agent is None or agent[0] < last <= agent[1]:
        return None
    return agent if fits(clauses, agent, entry.subject_of_intransitive) else None


def visitor(clauses: Clauses, first: int) -> Range | None:
    """ "the king begins a state visit to", "on a visit to", "during his visit to": who visits."""
    tokens = clauses.tokens
    begin = first
    while begin and first - begin < 5 and tokens[begin - 1].tag in ("word", "num"):
        begin -= 1
    if begin and tokens[begin - 1].lower in OWNERS:
        return begin - 1, begin
    if begin < 2 or tokens[begin - 1].tag != "det":
        back = begin - 1
        return subject_before(clauses, back) if back > 0 and tokens[back].lower in _PAYING else None
    verb = begin - 2
    if tokens[verb].lower in _PAYING:
        return subject_before(clauses, verb)
    if tokens[verb].lower not in ("on", "during", "after"):
        return None
    found = main_subject(clauses, verb) if verb else None
    if found is None and verb == 0:
        comma = next((p for p in range(first, min(first + 12, len(tokens))) if tokens[p].text == ","), None)
        found = phrase_after(clauses, comma + 1) if comma is not None else None
    return found


_PAYING = frozenset(
    form
    for verb in "begin start pay make end conclude finish continue cut wrap undertake".split()
    for form in inflections(verb)
)


def in_protest(clauses: Clauses, entry: EventEntry, first: int) -> Range | None:
    """ "drivers blocked roads in a protest against …": who did so."""
    tokens = clauses.tokens
    back = first - 1 - (first > 0 and tokens[first - 1].tag == "det")
    if entry.predicate != "protest" or back < 1 or tokens[back].lower != "in":
        return None
    found = main_subject(clauses, back)
    if found is None or entry.subject_of_intransitive is None:
        return None
    return found if fits(clauses, found, entry.subject_of_intransitive) else None


def claiming(clauses: Clauses, entry: EventEntry, first: int, last: int) -> Range | None:
    """ "the group claimed responsibility for the bombing", "a bombing claimed by the group": who says that
    it did it."""
    lowers = clauses.whole.lowers[last : last + 4]
    if entry.predicate == "attack" and "claimed" in lowers and "by" in lowers[lowers.index("claimed") :][:2]:
        return agent_after(clauses, last + lowers.index("claimed") + 1)
    before = range(first - 1, max(0, first - 6), -1)
    word = next((p for p in before if clauses.tokens[p].lower == "responsibility"), None)
    if entry.predicate != "attack" or word is None or word < 2:
        return None
    found = subject_before(clauses, word - 1)
    named = found is not None and clauses.tokens[found[0]].lower not in ("no", "nobody", "none")
    return found if named else None
