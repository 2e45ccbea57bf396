"""What someone says a thing is: "it is a disaster", "these arrests are unlawful", "Russia is turning into a
police state"."""

from collections.abc import Sequence
from itertools import pairwise

from service.extraction.agents import subject_before
from service.extraction.cues import CUES
from service.extraction.event_types import Event
from service.extraction.fillers import Range
from service.extraction.lexicon import EventEntry
from service.extraction.phrases import Clauses, is_past, phrase_back
from service.extraction.roles import clause_after, is_adjective, phrase_after
from service.extraction.tokens import CLOSE_QUOTES, PAST_FORMS, Token
from service.extraction.triggers import EventTrigger

# Words that judge: a label with one of them needs no quotation marks.
JUDGING = frozenset(
    "unacceptable outrageous illegal unlawful unjustified unjust unfair unconstitutional "
    "undemocratic shocking horrific horrible horrendous terrible appalling heinous cowardly "
    "barbaric brutal savage tragic devastating catastrophic disastrous dangerous reckless "
    "irresponsible shameful disgraceful despicable deplorable abhorrent absurd ridiculous false "
    "baseless groundless unfounded misleading wrong inhumane inhuman cruel historic unprecedented "
    "crucial vital essential serious severe grave dire tense critical staggering alarming worrying "
    "encouraging disappointing excellent positive successful credible transparent peaceful "
    "inadequate insufficient corrupt incompetent weak illegitimate premature politically-motivated "
    "blow bitter landmark unhelpful unrealistic unsustainable unfortunate short-sighted "
    "shortsighted horrifying terrifying heartbreaking unbearable intolerable unthinkable senseless "
    "monstrous hypocritical provocative constructive productive sick evil racist fascist "
    "sensational disproportionate excessive disaster tragedy catastrophe crime murder massacre "
    "scandal disgrace betrayal provocation mistake failure victory milestone insult joke farce sham "
    "lie fraud coup genocide terrorism understatement nightmare shame hero dictator terrorist "
    "traitor puppet outrage atrocity travesty mockery charade witch-hunt aggression blackmail "
    "miracle breakthrough embarrassment humiliation relief desperate bleak chaotic grim harsh fragile "
    "precarious hopeless futile useless pointless insane stupid foolish naive vague "
    "bloodbath success triumph setback distortion hoax smear worst greatest biggest deadliest "
    "largest darkest fastest-growing".split()
)
# "is turning into a police state", "is shaping up to be the worst": as good as "is".
_BECOMING: tuple[tuple[str, ...], ...] = (
    ("turning", "into"), ("becoming",), ("shaping", "up", "to", "be"), ("going", "to", "be"),
    ("nothing", "but"), ("nothing", "short", "of"), ("nothing", "less", "than"),
)  # fmt: skip
_OPENERS = frozenset("a an the another like very so too no one".split())
# What a label is not said of by itself: whoever speaks, or nothing in particular.
_SELVES = frozenset(("we", "he", "she"))
_OTHERS = frozenset("i we there he she you enough today now".split())


def labelled(clauses: Clauses, content: Range, argued: bool = False) -> tuple[Range | None, Range] | None:
    """Who or what is called something, and the label. Words outside quotation marks have to judge: "he was a
    student" tells a fact; what is `argued` is no fact."""
    tokens = clauses.tokens
    first = content[0]
    quoted = bool(first) and tokens[first - 1].tag == "quote"
    while first < content[1] and tokens[first].tag in ("quote", "conj"):
        quoted, first = quoted or tokens[first].tag == "quote", first + 1
    verb = next((p for p in range(first, min(first + 12, content[1])) if _is_be(clauses, p)), None)
    if verb is None or verb == first or verb + 1 >= content[1]:
        return None
    if tokens[verb - 1].lower in ("could", "can", "may", "might"):
        return None  # "can be a step": what may be
    stop = verb - (tokens[verb - 1].tag in ("modal", "have") and tokens[verb - 1].lower != "to")
    named = tokens[first:stop]
    relative = quoted and any(token.lower in JUDGING for token in tokens[verb + 1 : verb + 4])
    marked = 0 < len(named) < 6 and named[-1].tag == "quote" and not quoted  # "the “intrusion” was …"
    borders: tuple[str, ...] = (
        "modal",
        "sub",
        "punct",
        "" if marked else "quote",
        "have",
        "do",
        "" if relative else "rel",
    )
    if named and named[0].lower == "what":
        borders = tuple(tag for tag in borders if tag not in ("do", "have"))  # "what they did was monstrous"
    if (
        not named
        or any(token.tag == "num" for token in named[:2])
        or any(token.tag in borders and token.lower != "to" for token in named[1:])
    ):
        return None
    if named[0].tag == "sub" or named[0].lower == "maybe" or _is_no_label(tokens, verb + 1, content[1]):
        return None  # "When he was alive, …"
    itself = quoted and len(named) == 1 and tokens[verb + 1].lower in ("a", "an")
    if named[0].lower in _OTHERS and not (itself and named[0].lower in _SELVES):
        return None
    label = _label_start(clauses, verb + 1, content[1])
    if label is None:
        return None
    clefted = named[0].lower == "it" and {"who", "that"} & set(tokens.lowers[label + 1 : label + 4])
    if clefted or named[0].tag in ("have", "be", "do") or (named[0].lower == "what" and len(named) == 1):
        return None  # "it's the miners who built it", "has there been a law that", "what is worrying is"
    judged = any(
        token.lower in JUDGING
        or (token.tag == "quote" and not quoted and token.text not in CLOSE_QUOTES and before.tag != "conj")
        for before, token in pairwise(tokens[label - 1 : label + 6])
    )
    judged = judged or any(token.lower == "too" for token in tokens[verb + 1 : label])  # "is too vague"
    word = tokens[label]
    if not judged and word.tag == "cap":
        return None  # "their names are Ana and Juan"
    told = (quoted and (word.lower in _OPENERS or is_adjective(word))) or (argued and is_adjective(word))
    if not judged and not told:
        return None
    end = clause_after(clauses, label, 14)
    if end is None:
        return None
    own = named[0].tag == "pron" or (named[0].lower in ("this", "that", "these", "it") and len(named) == 1)
    return None if own else (first, stop), (label, min(end[1], content[1]))


# What is likely, clear or too early is said of what follows.
_NO_LABELS = frozenset(
    "likely unlikely possible clear unclear too hard time just only about not what ready willing able aware "
    "sure certain confident set due committed determined open".split()
)


def _is_no_label(tokens: Sequence[Token], first: int, stop: int) -> bool:
    """ "it was “quite likely” that", "it is too early to", "teams were “leaving”", "is “in touch”"."""
    inside = False
    while first < stop and (tokens[first].tag in ("adv", "quote", "neg") or tokens[first].lower in _DEGREES):
        inside = inside or tokens[first].tag == "quote"
        if tokens[first].tag == "neg":
            return tokens[min(first + 1, stop - 1)].lower in ("just", "only")
        if tokens[first].lower in _NO_LABELS:
            return tokens[first].lower != "too" or tokens[min(first + 1, stop - 1)].lower in ("early", "soon")
        first += 1
    if first >= stop:
        return True
    word, follow = tokens[first], tokens[min(first + 1, stop - 1)].lower
    if word.lower in _NO_LABELS:
        return True
    doing = word.tag == "word" and word.lower not in JUDGING and word.lower.endswith(("ing", "ed"))
    return inside and ((doing and (word.lower.endswith("ing") or follow in _LINKS)) or word.tag == "prep")


_DEGREES = frozenset("quite very more most rather pretty".split())
_LINKS = frozenset("to by in for with on at".split())
# As good as "is".
_SEEMING = frozenset("remains remain remained seems seemed looks looked appears became becomes".split())


def _is_be(clauses: Clauses, position: int) -> bool:
    """ "it is", "it's"."""
    tokens = clauses.tokens
    if tokens[position].tag == "poss":
        return bool(position) and (tokens[position - 1].lower in ("it", "that", "this"))
    return tokens[position].tag == "be" or tokens[position].lower in _SEEMING


def _label_start(clauses: Clauses, first: int, stop: int) -> int | None:
    """Behind adverbs and "turning into", when a label may start there."""
    tokens = clauses.tokens
    while first < stop and tokens[first].tag in ("adv", "neg"):
        first += 1
    for words in _BECOMING:
        if tuple(token.lower for token in tokens[first : first + len(words)]) == words:
            first += len(words)
    if first >= stop or tokens[first].tag not in (
        "det",
        "word",
        "quote",
        "cap",
        "pron",
        "prep",
        "adv",
        "sub",
    ):
        return None
    word = tokens[first]
    if word.tag in ("prep", "sub", "pron") and word.lower not in ("like", "one", "so", "than"):
        return None
    acted = word.lower.endswith(("ing", "ed")) or word.lower in PAST_FORMS
    if word.tag == "word" and word.lower not in JUDGING and acted:
        return None  # "is growing", "was closed", "were left"
    return first


def described_as(
    clauses: Clauses, entry: EventEntry, trigger: EventTrigger, first: int, last: int
) -> Event | None:
    """What the plain reading of "called X Y" and "described X as Y" does not find: "what X called Y",
    "a disaster he described as Y", "called X, an ally, “Y”", "called X unjust"."""
    tokens = clauses.tokens
    bare = trigger.lemma in entry.complement_bare_verbs
    link = trigger.tail[-1] if trigger.tail else "as"
    after = last + (last < len(tokens) and tokens[last].lower == link)
    if after > last or bare:
        agent = subject_before(clauses, first)
        if agent is None:
            target = phrase_after(clauses, last) if bare and after == last else None
            split = parted(clauses, target) if target is not None else None
            return split and Event(entry.predicate, entry.kind, "verb", first, last, None, *split)
        if (split := _whose(clauses, agent)) is not None and (label := phrase_after(clauses, after)):
            return Event(entry.predicate, entry.kind, "verb", first, last, *split, label)
        told = after < len(tokens) - 1 and tokens[after].lower in ("that", "this", "it")
        if bare and told and tokens[after + 1].tag == "quote":
            label = phrase_after(clauses, after + 1)
            return label and Event(
                entry.predicate, entry.kind, "verb", first, last, agent, (after, after + 1), label
            )
        described = _relative(clauses, agent, after > last)
        if described is not None:
            label = phrase_after(clauses, after) or clause_after(clauses, after, 10)
            if label is None:
                return None
            what = label if described == agent else described
            return Event(entry.predicate, entry.kind, "verb", first, last, agent, what, label)
        target = phrase_after(clauses, last) if bare else None
        if target is None:
            return None
        split = parted(clauses, target)
        if split is not None:
            return Event(entry.predicate, entry.kind, "verb", first, last, agent, *split)
    elif link == "as":
        target = phrase_after(clauses, last)
        position = _far_label(clauses, target[1]) if target is not None else None
        label = phrase_after(clauses, position + 1) if position is not None else None
        if target is not None and position is not None and label is not None:
            described = target[0], position - (tokens[position - 1].text == ",")
            agent = subject_before(clauses, first)
            return Event(entry.predicate, entry.kind, "verb", first, last, agent, described, label)
    return None


def label_first(clauses: Clauses, last: int) -> tuple[Range, Range] | None:
    """ "dismissed as “nonsense” claims that …", "condemned as a disgrace the decision to …": the label that
    stands before what it is said of, and this."""
    tokens = clauses.tokens
    if last + 3 >= len(tokens) or tokens[last].lower != "as":
        return None
    if quoted := tokens[last + 1].tag == "quote":
        ahead = range(last + 2, min(last + 14, len(tokens)))
        end = next((p + 1 for p in ahead if tokens[p].tag == "quote"), len(tokens))
    else:
        label = phrase_after(clauses, last + 1)
        end = label[1] if label is not None else len(tokens)
        inner = (p for p in range(last + 2, end) if tokens[p].tag == "det" and is_adjective(tokens[p - 1]))
        end = next(inner, end)  # "rejected as illegal the order"
    opens = ("det", "word", "cap") if quoted else ("det",)
    if end >= len(tokens) or tokens[end].tag not in opens or is_past(tokens[end]):
        return None
    what = phrase_after(clauses, end)
    return ((last + 1, end), what) if what is not None and what[0] == end else None


def _whose(clauses: Clauses, agent: Range) -> tuple[Range, Range] | None:
    """ "a court, whose reasoning Judge Ana Costa described as": who describes, and what."""
    if not agent[0] or clauses.tokens[agent[0] - 1].lower != "whose":
        return None
    named = next((p for p in range(agent[0] + 1, agent[1]) if clauses.tokens[p].tag in ("cap", "det")), None)
    return ((named, agent[1]), (agent[0], named)) if named is not None else None


def _far_label(clauses: Clauses, first: int) -> int | None:
    """ "described plans to shut the plant, with the loss of 55 jobs, as “vandalism”": where "as" stands."""
    tokens = clauses.tokens
    skipped = 0
    for position in range(first + 1, min(first + 25, len(tokens) - 1)):
        if tokens[position].lower == "as":
            follow = tokens[position + 1]
            judged = follow.tag == "quote" or follow.lower in JUDGING or follow.lower in ("a", "an")
            return position if judged or is_adjective(follow) else None
        if position < skipped:
            continue
        if tokens[position].tag == "rel" and tokens[position - 1].text == ",":
            ahead = range(position + 1, min(position + 12, len(tokens) - 1))
            skipped = next((p + 1 for p in ahead if tokens[p].text == ","), 0)
            continue  # "the ruling, which came on Friday, as a slap"
        if tokens[position].tag in ("be", "rel", "quote") or tokens[position].text in (".", ";", ":"):
            return None
    return None


def _relative(clauses: Clauses, agent: Range, joined: bool) -> Range | None:
    """Whom or what a clause describes that stands before the clause; `agent` itself stands for "what"."""
    tokens = clauses.tokens
    before = tokens[agent[0] - 1] if agent[0] else None
    if before is None:
        return None
    if before.lower == "what":
        return agent
    noun = tokens[agent[0] - 2] if agent[0] > 1 else before
    if before.lower in ("which", "that", "whom") and (
        joined or before.lower != "that" or noun.lower not in CUES
    ):
        end = agent[0] - 1
        return phrase_back(clauses, end - (end > 0 and tokens[end - 1].text == ","))
    own = tokens[agent[0]].tag == "pron" and agent[1] - agent[0] == 1
    if (joined or own) and before.tag in ("word", "cap") and before.lower not in CUES:
        return phrase_back(clauses, agent[0])  # "a disaster he described as", "messages it termed hateful"
    return None


def parted(clauses: Clauses, target: Range) -> tuple[Range, Range] | None:
    """Where the label begins that the phrase for the object took in, or that stands behind it."""
    tokens = clauses.tokens
    quote = next((p for p in range(target[0] + 1, target[1] - 1) if tokens[p].tag == "quote"), None)
    if quote is not None:
        return (target[0], quote), (quote, target[1])
    last = tokens[target[1] - 1]
    second = target[0] + 2
    if target[1] - target[0] > 3 and tokens[target[0]].tag == "det" and is_adjective(tokens[second]):
        return (target[0], second), (second, target[1])  # "called the case political revenge"
    many = target[1] - target[0] > 2 and tokens[target[0]].tag == "det"
    if many and (last.lower in JUDGING or is_adjective(last) or "-" in last.text):
        return (target[0], target[1] - 1), (target[1] - 1, target[1])
    for position in range(target[1], min(target[1] + 14, len(tokens))):
        token = tokens[position]
        if token.tag in ("be", "have", "rel", "modal", "pron") or token.text in (".", ";", ":"):
            return None
        if token.tag == "quote" and position == target[1]:
            return None  # right behind it, where the plain reading looks
        if token.tag == "quote" and token.text not in CLOSE_QUOTES:
            label = clause_after(clauses, position, 16)
            return (target, label) if label is not None else None
    return None
