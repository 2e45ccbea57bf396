"""Verbs that call something what it is: "called X Y", "what X described as Y", "X, long seen as Y"."""

from service.extraction.agents import subject_before
from service.extraction.cues import CUES
from service.extraction.event_types import Event
from service.extraction.fillers import Range
from service.extraction.labels import JUDGING
from service.extraction.lexicon import EventEntry
from service.extraction.phrases import Clauses, is_past, phrase_back
from service.extraction.roles import clause_after, is_adjective, phrase_after, whole_phrase
from service.extraction.tokens import CLOSE_QUOTES
from service.extraction.triggers import EventTrigger


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
            named = bare and after == last and trigger.lemma != "consider"
            target = phrase_after(clauses, last) if named else None
            split = parted(clauses, target) if target is not None else None
            return split and Event(entry.predicate, entry.kind, "verb", first, last, None, *split)
        if (split := _whose(clauses, agent)) is not None and (label := label_after(clauses, after)):
            return Event(entry.predicate, entry.kind, "verb", first, last, *split, label)
        told = after < len(tokens) - 1 and (tokens[after].tag == "pron" or tokens[after].lower in _THIS)
        if bare and told and tokens[after + 1].tag in ("quote", "det"):
            label = label_after(clauses, after + 1)
            return label and Event(
                entry.predicate, entry.kind, "verb", first, last, agent, (after, after + 1), label
            )
        described = _relative(clauses, agent, after > last)
        if described is not None:
            label = label_after(clauses, after)
            if label is None:
                return None
            if trigger.lemma == "consider" and tokens[label[0]].tag not in ("det", "quote"):
                return None  # "which he considered carefully"
            what = label if described == agent else described
            return Event(entry.predicate, entry.kind, "verb", first, last, agent, what, label)
        target = phrase_after(clauses, last) if bare else None
        if target is None:
            return None
        split = parted(clauses, target)
        doubted = trigger.lemma == "consider" and split and tokens[split[1][0]].tag != "quote"
        if split is not None and not doubted:
            return Event(entry.predicate, entry.kind, "verb", first, last, agent, *split)
    elif link == "as":
        target = phrase_after(clauses, last)
        position = _far_label(clauses, target[1]) if target is not None else None
        label = label_after(clauses, position + 1) if position is not None else None
        if target is not None and position is not None and label is not None:
            described = target[0], position - (tokens[position - 1].text == ",")
            agent = subject_before(clauses, first)
            return Event(entry.predicate, entry.kind, "verb", first, last, agent, described, label)
    return None


_THIS = frozenset("that this these those itself himself herself themselves".split())
_ONE = frozenset(("a", "an"))


def label_after(clauses: Clauses, first: int, passive: bool = False) -> Range | None:
    """The label that begins at a token: a quotation with its noun, or words up to the end of their clause ("a
    blow to the town", "illegal `and is pursuing` …"), in the passive up to "by"."""
    tokens = clauses.tokens
    first += first + 1 < len(tokens) and tokens[first].text == ","  # "as, “a fool”"
    begin = first + (first < len(tokens) and tokens[first].tag == "det")
    if begin < len(tokens) and tokens[begin].tag == "quote":
        marks = (p for p in range(begin + 1, min(begin + 24, len(tokens))) if tokens[p].tag == "quote")
        closed = next(marks, 0)
        behind = tokens[closed + 1 : closed + 4]
        joined = bool(behind) and behind[0].tag == "conj" and any(token.tag == "quote" for token in behind)
        if closed and not joined:
            return first, _with_noun(clauses, closed + 1)
    told = clause_after(clauses, first, 20, commas=False)
    if told is None:
        return None
    for position in range(told[0] + 1, told[1]):
        token, follow = tokens[position], tokens[min(position + 1, len(tokens) - 1)]
        borders = (token.tag == "sub" and token.lower not in ("than", "so")) or (
            passive and token.lower == "by"
        )
        if borders or (token.tag == "conj" and (is_past(follow) or follow.tag == "pron")):
            told = told[0], position
            break
    begin, end = whole_phrase(clauses, told)
    while end - 1 > begin and tokens[end - 1].tag in ("conj", "neg", "adv"):
        end -= 1
    return begin, end


def _with_noun(clauses: Clauses, closed: int) -> int:
    """Where a label ends whose quotation ends before a token: "“tragic” `incident`", "“gold” `of trade`"."""
    tokens = clauses.tokens
    if closed >= len(tokens) or tokens[closed - 2].tag == "punct":
        return closed
    if tokens[closed].lower == "of":
        owned = phrase_after(clauses, closed + 1)
        return owned[1] if owned is not None else closed
    noun = tokens[closed].tag == "word" and not is_past(tokens[closed]) and tokens[closed].lower not in CUES
    return closed + (noun and not tokens[closed].lower.endswith("ing"))


def what_is_called(clauses: Clauses, first: int, last: int) -> Range | None:
    """ "what has been described as a slap", "what is dubbed a slap": the label, which stands for it."""
    tokens = clauses.tokens
    back = first - 1
    while back > 0 and tokens[back].tag in ("be", "have", "modal", "adv", "poss"):
        back -= 1
    if tokens[back].lower != "what" or back == first - 1:
        return None
    return label_after(clauses, last + (last < len(tokens) and tokens[last].lower == "as"), True)


def long_called(clauses: Clauses, first: int, last: int) -> tuple[Range, Range] | None:
    """ "Ana Costa, long considered a rival", "the cuts, denounced as cruel": what a participle behind a comma
    calls something, and its label."""
    tokens = clauses.tokens
    often = first > 2 and tokens[first - 1].lower in _OFTEN
    comma = first - 1 - often
    linked = last < len(tokens) and tokens[last].lower == "as"
    if comma < 1 or tokens[comma].text not in (",", "-", "–", "—") or not (often or linked):
        return None
    what, label = _noun_before(clauses, comma), label_after(clauses, last + linked, True)
    return (what, label) if what is not None and label is not None else None


_OFTEN = frozenset("long widely often sometimes generally popularly commonly frequently".split())


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


def _noun_before(clauses: Clauses, end: int) -> Range | None:
    """ "a challenge to Ana Costa, whom …": the person named right before, else the noun phrase that ends
    here, without a verb in front of it."""
    tokens = clauses.tokens
    named = clauses.by_end.get(tokens[end - 1].end) if end else None
    if named is not None and named.kind == "person":
        return next(p for p in range(end) if tokens[p].start >= named.start), end
    phrase = phrase_back(clauses, end)
    if phrase is None:
        return None
    verbs = (p for p in range(phrase[1] - 2, phrase[0], -1) if is_past(tokens[p]))
    begin = next((p + 1 for p in verbs if tokens[p + 1].tag in ("det", "num", "cap")), phrase[0])
    return begin, phrase[1]


def _relative(clauses: Clauses, agent: Range, joined: bool) -> Range | None:
    """Whom or what a clause describes that stands before the clause; `agent` itself stands for "what"."""
    tokens = clauses.tokens
    before = tokens[agent[0] - 1] if agent[0] else None
    if before is None:
        return None
    if before.lower == "what":
        return agent
    noun = tokens[agent[0] - 2] if agent[0] > 1 else before
    whom = before.lower == "who" and tokens[agent[0]].tag == "pron"  # "Ana Costa, who he called a fool"
    if (whom or before.lower in ("which", "that", "whom")) and (
        joined or before.lower != "that" or noun.lower not in CUES
    ):
        end = agent[0] - 1
        return _noun_before(clauses, end - (end > 0 and tokens[end - 1].text == ","))
    own = tokens[agent[0]].tag == "pron" and agent[1] - agent[0] == 1
    if (joined or own) and before.tag in ("word", "cap") and before.lower not in CUES:
        return phrase_back(clauses, agent[0])  # "a disaster he described as", "messages it termed hateful"
    return None


def parted(clauses: Clauses, target: Range) -> tuple[Range, Range] | None:
    """Where the label begins that the phrase for the object took in, or that stands behind it."""
    tokens = clauses.tokens
    quote = next((p for p in range(target[0] + 1, target[1] - 1) if tokens[p].tag == "quote"), None)
    if quote is not None:
        ended = tokens[quote - 1].lower not in ("a", "an", "the", "of")  # not "declared a state of “war”"
        return ((target[0], quote), (quote, target[1])) if ended else None
    last = tokens[target[1] - 1]
    second = target[0] + 2
    if target[1] - target[0] > 3 and tokens[target[0]].tag == "det" and is_adjective(tokens[second]):
        return (target[0], second), (second, target[1])  # "called the case political revenge"
    many = target[1] - target[0] > 2 and tokens[target[0]].tag == "det"
    if many and (last.lower in JUDGING or is_adjective(last) or "-" in last.text):
        return (target[0], target[1] - 1), (target[1] - 1, target[1])
    ahead = range(target[1], min(target[1] + 14, len(tokens) - 1))
    if target[1] < len(tokens) and tokens[target[1]].lower == "that":
        # "called the idea that it had lost a “ridiculous” one"
        marked = (p for p in ahead if tokens[p].lower in _ONE and tokens[p + 1].tag == "quote")
        position = next(marked, 0)
        label = label_after(clauses, position) if position else None
        return ((target[0], position), label) if label is not None else None
    for position in ahead:
        token, before = tokens[position], tokens[position - 1]
        if token.tag == "conj" or token.lower in CUES:
            return None
        if token.lower in _ONE and position > target[1] and before.tag in ("word", "cap", "num"):
            label = label_after(clauses, position)  # "called the strike in Lima a crime"
            return ((target[0], position), label) if label is not None else None
        if token.tag in ("be", "have", "rel", "modal", "pron") or token.text in (".", ";", ":"):
            return None
        if token.tag == "quote" and position == target[1]:
            return None  # right behind it, where the plain reading looks
        if token.tag == "quote" and token.text not in CLOSE_QUOTES:
            label = label_after(clauses, position - (position > target[1] and before.tag == "det"))
            return (target, label) if label is not None else None
    return None
