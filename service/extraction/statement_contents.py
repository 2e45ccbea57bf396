"""What the words of a statement say: what is wanted, foretold, suspected, observed, who is accused."""

import functools
from collections.abc import Sequence

from service.extraction.cues import CUES
from service.extraction.directives import (
    DEMANDS,
    REQUESTS,
    SOMEONE,
)
from service.extraction.fillers import Range, fits, mentions_in
from service.extraction.heads import OWNERS
from service.extraction.phrases import Clauses, is_passive
from service.extraction.roles import phrase_after
from service.extraction.tokens import Token, Tokens, group

_DECIDED = frozenset("decided plans planned intends intended aims aimed".split())
_GOES_ON = frozenset(
    "submit argue say suggest do keep work try fight stand remember win look miss pray".split()
)
_SELVES = frozenset(("it", "he", "she", "they"))
_OWN = frozenset(("we", "i"))
_QUESTIONS = frozenset("how whether if what where when why who which".split())
_TO = frozenset(("to", "on", "against"))
_WILL = frozenset(("will", "would", "'ll", "wo"))
WISHES = frozenset(
    "thank be see know say hear make congratulate have like get feel never need forget not".split()
)


_FEELS = frozenset("expect hope like love prefer need welcome appreciate believe want".split())
_MODALS = frozenset("will would could may might can".split())
_FORETELLING = group(_MODALS)
_LIKELIHOOD = frozenset("likely unlikely probably".split())
_LIKELY = group(_LIKELIHOOD)


def is_of_own_body(lowers: list[str]) -> bool:
    """ "the firm would open two mills": what whoever speaks for it says it will do."""
    own = lowers[:1] != ["the"]  # "his government would not pay"
    verb = 3 + (own and lowers[3:4] in (["not"], ["never"]))
    acts = lowers[verb : verb + 1] and lowers[verb] not in _BEFALLING
    return (
        bool(lowers)
        and (lowers[0] == "the" or lowers[0] in OWNERS)
        and lowers[1:2] != []
        and lowers[1] in _OWN_BODIES
        and bool(acts)
        and (lowers[2] in ("will", "would"))
    )


_BEFALLING = frozenset("be have not fall lose fail face never need".split())
_OWN_BODIES = frozenset(
    "company firm government bank airline club ministry union group council agency party "
    "administration coalition organisation organization movement army cabinet".split()
)


def is_arranged(tokens: Sequence[Token], content: Range) -> bool:
    """ "an appeal would be lodged", "the debt will be paid", "talks would go on": what is to be done."""
    first, stop = content[0], content[1]
    modal = next((p for p in range(first + 1, min(first + 14, stop - 2)) if tokens[p].lower in _WOULD), 0)
    if not modal or any(token.tag in ("rel", "sub", "punct", "be", "have") for token in tokens[first:modal]):
        return False
    verb = modal + 1
    while verb < stop - 1 and (tokens[verb].tag in ("neg", "adv") or tokens[verb].lower in _SOON):
        verb += 1
    if tokens[verb].lower != "be":
        return tokens[verb].lower in _SCHEDULED and tokens[verb + 1].lower not in ("up", "to")
    return tokens[min(verb + 1 + (tokens[verb + 1].tag == "adv"), stop - 1)].lower in _ARRANGED


_WOULD = frozenset(("will", "would", "wo"))
_SOON = frozenset("next soon then now".split())
_SCHEDULED = frozenset("open reopen close begin start resume launch".split())
_ARRANGED = frozenset(
    "lodged held paid used built rebuilt closed reopened opened suspended released sent introduced offered "
    "launched extended raised lifted published deployed moved sold spent invited allowed banned replaced "
    "reviewed appointed announced discussed completed delayed postponed cancelled canceled rescheduled "
    "scrapped withdrawn transferred prosecuted investigated imposed implemented provided distributed funded "
    "financed formed created cut shut filed submitted conducted issued given "
    "repaid redeemed converted awarded exempted evacuated vaccinated deported expelled".split()
)


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
    if tokens.groups & _LIKELY and (likely := _likely(clauses, content)) is not None:
        return likely
    what = phrase_after(clauses, content[0]) if tokens.groups & _FORETELLING else None
    if what is None or tokens[what[0]].lower in _NOT_FORETOLD:
        return None
    modal = _verb_after(tokens, what[1], content[1])
    if modal is None or modal + 1 >= content[1] or tokens[modal].text not in _MODALS:
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
    verb = _verb_after(tokens, what[1], content[1])
    follows = tokens.lowers[verb + 1 : min(verb + 4, content[1])] if verb is not None else ()
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
    if not tokens.groups & _OURS:
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
    if not tokens.groups & _OURS:
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


def _also_will(lowers: list[str]) -> int:
    """ "they are innocent and will appeal": where "will" stands, else 0."""
    joined = next((n for n, word in enumerate(lowers[1:12], 1) if word == "and"), 0)
    return joined + 1 if joined and lowers[joined + 1 : joined + 2] in (["will"], ["would"]) else 0


def _later_aim(lowers: list[str]) -> int:
    """ "India needs planes; we intend to build half": where "we" stands behind a border, else 0."""
    for n, word in enumerate(lowers[1:28], 1):
        if word in ("we", "i") and lowers[n - 1] in (";", ",", ":", "—", "–", "and", "but", "so"):
            follow = lowers[n + 1 : n + 3]
            if follow[:1] in (["intend"], ["plan"], ["aim"]) and follow[1:] == ["to"]:
                return n
    return 0


def is_fact(lowers: list[str]) -> bool:
    """ "the youth was found, the president announced": what has happened, and nobody's decision."""
    return any(word in ("was", "were", "is", "are") for word in lowers[:10]) and not _MODALS & set(lowers)


def is_told_of(clauses: Clauses, source: Range) -> bool:
    """ "urged states that have pledged troops": which of them, and no word of theirs."""
    follow = clauses.tokens[source[1]] if source[1] < len(clauses.tokens) else None
    return follow is not None and follow.lower in ("who", "that") and source[0] > 1


def intended(clauses: Clauses, source: Range, content: Range, lowers: list[str]) -> Range | None:
    """ "it will appeal": what speakers say that they themselves will do."""
    quoted = clauses.tokens[content[0] - 1].tag == "quote" if content[0] else False
    selves = _OWN if quoted else _SELVES  # in a quotation "he" is somebody else
    own = next((n for n, word in enumerate(lowers[:12]) if word in selves), None)
    at_once = own is not None and not _WILL.isdisjoint(lowers[own + 1 : own + 2])
    later = _later_aim(lowers) if quoted and not at_once else 0
    if later:
        return content[0] + later, content[1]
    if own == 0 and (joined := _also_will(lowers)):
        return content[0] + joined, content[1]
    if quoted and own is not None and lowers[own + 2 : own + 4] == ["going", "to"]:
        plain = lowers[own + 1] in ("am", "are", "is", "'m", "'re", "'s")
        return (
            (content[0] + own, content[1]) if plain and WISHES.isdisjoint(lowers[own + 4 : own + 5]) else None
        )
    if own is None or lowers[own + 1 : own + 2] == [] or lowers[own + 1] not in _WILL | _DECIDED:
        return None
    if own and lowers[own - 1] in _QUESTIONS:
        return None  # "explained how they would fund it"
    if lowers[own + 1] in _DECIDED and _TO.isdisjoint(lowers[own + 2 : own + 3]):
        return None  # "he planned the raid"
    person = any(mention.kind == "person" for _, mention in mentions_in(clauses, source))
    many = clauses.tokens[source[1] - 1].lower.endswith("s") and clauses.tokens[source[1] - 1].tag == "word"
    if lowers[own] == "it" and (person or many or lowers[own + 2 : own + 3] == ["threaten"]):
        return None  # "she said it would help", "residents said it would …": something else
    acts = [word for word in lowers[own + 2 : own + 5] if word not in ("not", "never")]
    acts = acts[1:] if acts[:1] == ["be"] else acts  # "I will be asking for help"
    idle = WISHES if len(acts) < 3 else WISHES | _GOES_ON  # "I will not stand again"
    if lowers[own] in ("we", "i") and not idle.isdisjoint(acts[:2]):
        return None
    if acts[:1] and acts[0] in _FEELS:
        return None  # "said it would expect an answer"
    before = clauses.tokens[content[0] : content[0] + own]
    if any(token.tag in ("be", "have", "rel") for token in before) or lowers[own + 2 : own + 3] == ["have"]:
        return None
    if lowers[own + 2 : own + 3] == ["be"] and not (lowers[own + 3 : own + 4] or [""])[0].endswith("ing"):
        return None  # "it would be hard"
    return content[0] + own, content[1]


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
