"""What the words of a statement say: what is wanted, foretold, suspected, observed, who is accused."""

import functools

from service.extraction.cues import CUES
from service.extraction.directives import (
    DEMANDS,
    REQUESTS,
    SOMEONE,
)
from service.extraction.fillers import Range, fits
from service.extraction.heads import OWNERS
from service.extraction.phrases import Clauses, is_passive
from service.extraction.roles import phrase_after
from service.extraction.tokens import Tokens, group

_SELVES = frozenset(("it", "he", "she", "they"))


MODALS = frozenset("will would could may might can".split())
_FORETELLING = group(MODALS)
_LIKELIHOOD = frozenset("likely unlikely probably".split())
_LIKELY = group(_LIKELIHOOD)


# What a deal, a law or a strike does to others.
_EFFECTS = frozenset(
    "allow help cost boost hurt harm damage double halve raise lower reduce create destroy save protect "
    "threaten undermine strengthen weaken ensure lead result mean bring cause force push leave deter "
    "encourage improve worsen affect endanger fuel ease bolster cripple hit pave open drive "
    "divide ruin benefit".split()
)


def foretold(clauses: Clauses, content: Range) -> Range | None:
    """ "the deal would cost jobs", "prices this year may fall", "the deaths could have been avoided": of what
    that is."""
    tokens = clauses.tokens
    if clauses.whole.groups & _LIKELY and (likely := _likely(clauses, content)) is not None:
        return likely
    what = phrase_after(clauses, content[0]) if clauses.whole.groups & _FORETELLING else None
    if what is None or tokens[what[0]].lower in _NOT_FORETOLD:
        return None
    modal = _verb_after(clauses.whole, what[1], content[1])
    if modal is None or modal + 1 >= content[1] or tokens[modal].text not in MODALS:
        return None
    verb = modal + 1 + (tokens[modal + 1].tag == "adv")
    if tokens[modal].text in _PERHAPS:
        return what if verb < content[1] and tokens[verb].tag != "neg" else None
    if modal > what[1] or tokens[what[0]].tag in ("pron", "num") or fits(clauses, what, SOMEONE):
        return None
    verb += tokens[verb].tag == "neg"
    return what if verb < content[1] and tokens[verb].lower in _EFFECTS else None


def _verb_after(tokens: Tokens, first: int, stop: int) -> int | None:
    """Where "may" or "is" stands behind a noun phrase and what belongs to it: "the price this year may"."""
    for position in range(first, min(first + 8, stop)):
        if tokens[position].tag in ("modal", "be"):
            return position if tokens[position].lower != "to" else None
        if tokens[position].tag in ("have", "do", "punct", "rel", "sub", "quote", "conj", "pron"):
            return None
    return None


# Of them somebody tells what they can do or are going to do, or nothing in particular.
_NOT_FORETOLD = frozenset("i we he she they you nothing no something".split())
_PERHAPS = frozenset("may might could".split())


def _likely(clauses: Clauses, content: Range) -> Range | None:
    """ "demand is likely to fall", "growth will probably slow": what that is said of."""
    tokens = clauses.tokens
    what = phrase_after(clauses, content[0])
    if what is None or tokens[what[0]].lower in ("i", "we"):
        return None
    verb = _verb_after(clauses.whole, what[1], content[1])
    follows = clauses.whole.lowers[verb + 1 : min(verb + 4, content[1])] if verb is not None else ()
    return what if any(word in _LIKELIHOOD for word in follows) else None


def observes(lowers: list[str]) -> bool:
    """ "said a storm was moving south": what goes on, no judgement."""
    be = next((n for n, word in enumerate(lowers[:12]) if word in ("is", "are", "was", "were")), None)
    return be is not None and any(word.endswith("ing") for word in lowers[be + 1 : be + 3])


def is_about(lowers: list[str]) -> bool:
    """ "thought about leaving", "spoke of the weather": no judgement follows."""
    return lowers[:1] in (["about"], ["of"], ["for"])


# What experts tell by these is what they think.
OPEN = frozenset("will would could may might should likely unlikely probably perhaps seems appears".split())
# "were expecting a child"
OFFSPRING = frozenset("child children baby babies twins".split())
# Read as verbs with an object, whoever speaks.
PRAISING = frozenset("condemn criticise criticize denounce welcome praise applaud deplore".split())


def suspected(clauses: Clauses, content: Range) -> Range | None:
    """ "suspect a leak in the network": whatever is nobody."""
    cause = phrase_after(clauses, content[0])
    if cause is None or clauses.tokens[content[0]].lower == "that" or fits(clauses, cause, SOMEONE):
        return None
    follow = clauses.tokens[cause[1]] if cause[1] < content[1] else None
    ends = follow is None or follow.tag in ("prep", "punct", "rel")
    return cause if ends and not (follow is not None and follow.lower in ("of", "behind")) else None


_OURS = group(("we", "i"))


def own_directive(clauses: Clauses, content: Range) -> tuple[str, Range] | None:
    """ "“We call for the release of …”": the verb and where it stands."""
    tokens = clauses.tokens
    if not clauses.whole.groups & _OURS:
        return None
    for position in range(content[0], min(content[0] + 14, content[1] - 1)):
        if tokens[position].lower not in ("we", "i"):
            continue
        before = tokens[position - 1] if position > content[0] + 3 else None
        if before is not None and before.tag not in ("punct", "conj", "quote"):
            continue
        verb = position + 1 + (tokens[position + 1].tag == "adv")
        for words, cue in CUES.get(tokens[verb].lower, ()) if verb < content[1] else ():
            wanting = cue.verb in DEMANDS or cue.verb in REQUESTS
            if wanting and tuple(token.lower for token in tokens[verb : verb + len(words)]) == words:
                return cue.verb, (verb, verb + len(words))
    return None


_VIEWS = {
    "believe": "assessment", "think": "assessment", "expect": "assessment", "doubt": "assessment",
    "reckon": "assessment", "fear": "concern", "worry": "concern",
}  # fmt: skip
_FEELING = frozenset(
    "dismayed shocked appalled heartsick heartbroken saddened disappointed devastated outraged alarmed "
    "worried concerned horrified furious upset angry disturbed troubled distraught stunned anxious uneasy "
    "frustrated unhappy sad afraid scared embarrassed ashamed".split()
)


_ABOUT = frozenset("about over at by with for that of".split())


def own_view(clauses: Clauses, content: Range) -> tuple[str, Range | None] | None:
    """ "“We no longer believe that …,” X said", "X said she was heartsick": the statement, and about what."""
    tokens = clauses.tokens
    first = content[0] + (tokens[content[0]].tag == "quote")
    if first + 2 < content[1] and tokens[first].lower in _SELVES and tokens[first + 1].tag == "be":
        felt = next(
            (p for p in range(first + 2, min(first + 5, content[1])) if tokens[p].lower in _FEELING), 0
        )
        if felt and all(token.tag in ("adv", "quote") for token in tokens[first + 2 : felt]):
            link = felt + 1 < content[1] and tokens[felt + 1].lower in _ABOUT
            return "concern", (felt + 1 + link, content[1]) if felt + 2 + link < content[1] else None
    if not clauses.whole.groups & _OURS:
        return None
    for position in range(content[0], min(content[0] + 14, content[1] - 1)):
        if tokens[position].lower not in ("we", "i"):
            continue
        verb = position + 1
        while verb + 1 < content[1] and (
            tokens[verb].tag in ("adv", "neg", "do") or tokens[verb].lower in ("no", "longer")
        ):
            verb += 1
        predicate = _VIEWS.get(tokens[verb].lower)
        if predicate is not None and verb + 3 < content[1] and tokens[verb + 1].lower not in ("in", "is"):
            return predicate, (verb + 1, content[1])
    return None


def is_told_aside(clauses: Clauses, source: Range, cue: Range) -> bool:
    """ "the jobs it plans to cut", "fans who had wanted to leave": said of a noun, and nobody's word."""
    tokens = clauses.tokens
    if any(token.tag == "rel" for token in tokens[source[1] : cue[0]]):
        return True
    relative = source[0] > 0 and tokens[source[0] - 1].tag == "rel"
    return relative or is_told_of_noun(clauses, source)


def is_told_of_noun(clauses: Clauses, source: Range) -> bool:
    """ "the jobs it plans to cut": a clause without its pronoun, which the noun before it opens."""
    tokens = clauses.tokens
    before = tokens[source[0] - 1] if source[0] else None
    pronoun = tokens[source[0]].tag == "pron"
    return pronoun and before is not None and before.tag in ("word", "num") and before.lower not in CUES


HARMING = frozenset(
    "kill attack shoot torture rape steal violate breach shell bomb murder rig abuse beat cheat "
    "sabotage provoke arm fund smuggle loot kidnap abduct use fire plot "
    "harbour harbor shelter bribe burn commit force target execute massacre falsify poison "
    "orchestrate stage incite manipulate block intimidate destroy ignore mislead plant stuff tamper "
    "interfere meddle conspire".split()
)


WRONGING = frozenset(
    "betray cheat rig violate breach mislead sabotage provoke abuse bribe falsify manipulate intimidate "
    "conspire meddle interfere neglect deceive exploit orchestrate incite smear".split()
)


def accused(clauses: Clauses, content: Range, harming: frozenset[str]) -> Range | None:
    """ "claimed that protesters used tear gas": who is said to have done harm."""
    tokens = clauses.tokens
    for position in range(content[0] + 1, min(content[0] + 9, content[1])):
        token = tokens[position]
        if token.tag in ("punct", "rel", "sub", "quote"):
            return None
        if token.tag == "word" and not harming.isdisjoint(_stems(token.lower)):
            if is_passive(tokens, position):
                return None  # "claimed that its men are often attacked"
            target = phrase_after(clauses, content[0])
            span = (content[0], min(position, target[1]) if target else position)
            while span[1] > span[0] + 1 and tokens[span[1] - 1].tag in ("have", "be", "modal", "adv", "do"):
                span = (span[0], span[1] - 1)
            own = tokens[span[0]].tag == "pron" or tokens[span[0]].lower in OWNERS  # "its men had fired"
            return span if not own and fits(clauses, span, SOMEONE) else None
    return None


@functools.lru_cache(maxsize=1 << 12)
def _stems(word: str) -> tuple[str, ...]:
    """What a form of a verb may be of: "firing", "fired", "fires" of "fire"."""
    return word, word[:-1], word[:-2], word[:-3], word[:-3] + "e"
