"""What someone says a thing is: "it is a disaster", "these arrests are unlawful", "Russia is turning into a
police state"."""

from collections.abc import Sequence
from itertools import pairwise

from service.extraction.fillers import Range
from service.extraction.phrases import Clauses
from service.extraction.roles import clause_after, is_adjective
from service.extraction.tokens import CLOSE_QUOTES, PAST_FORMS, Token

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
    if tokens[verb - 1].tag == "pron" and verb - 1 > first:
        return None  # "some things I was uncomfortable with"
    if tokens[verb - 1].lower in ("could", "can", "may", "might") or tokens[verb].lower == "being":
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
    if clauses.whole.lowers[label : label + 2] == ["one", "thing"]:
        return None  # "it's one thing to lose"
    clefted = named[0].lower == "it" and {"who", "that"} & set(clauses.whole.lowers[label + 1 : label + 4])
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
    telling = tokens[verb - 1].lower in ("will", "'ll")
    telling = telling or any(token.lower in _ABSTRACT for token in named)
    plain = quoted and not telling and word.lower in _OPENERS
    told = plain or ((quoted or argued) and is_adjective(word)) or (quoted and word.lower in _BEYOND)
    if not judged and not told:
        return None
    end = clause_after(clauses, label, 24)
    if end is None:
        return None
    own = named[0].tag == "pron" or (named[0].lower in ("this", "that", "these", "it") and len(named) == 1)
    return None if own else (first, stop), (label, min(end[1], content[1]))


# "our view is the bank will wait", "the reason was the support I got": no labels.
_ABSTRACT = frozenset(
    "view opinion aim goal priority message plan answer question point hope concern reason reasons thing job "
    "destination idea intention purpose feeling rule result".split()
)
# "is “beyond the pale”"
_BEYOND = frozenset("beyond beneath below".split())
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
    return inside and (
        (doing and (word.lower.endswith("ing") or follow in _LINKS))
        or (word.tag == "prep" and word.lower not in _BEYOND)
    )


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
    if word.tag in ("prep", "sub", "pron") and word.lower not in _BEYOND | {"like", "one", "so", "than"}:
        return None
    acted = word.lower.endswith(("ing", "ed")) or word.lower in PAST_FORMS
    if word.tag == "word" and word.lower not in JUDGING and acted:
        return None  # "is growing", "was closed", "were left"
    return first
