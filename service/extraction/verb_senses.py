"""Uses of a verb that its trigger does not mean: the same words, but no event, relation or statement of its
entry. "was called at noon" is no characterization, "replaced six ministers" no succession."""

from service.extraction.fillers import PEOPLE, SOMEBODY, Range, fits
from service.extraction.leaders import office_nouns
from service.extraction.number_words import SIMPLE
from service.extraction.phrases import DATE_WORDS, TIME_WORDS, is_past
from service.extraction.verb_voice import Verb, ends_verb


def is_other_sense(verb: Verb) -> bool:
    """Whether the words right beside a verb show that something else is meant."""
    tokens, trigger, first, last = verb.clauses.tokens, verb.trigger, verb.first, verb.last
    predicate, passive = verb.entry.predicate, verb.passive
    before = tokens[first - 1].lower if first else ""
    follow = tokens[last] if last < len(tokens) else None
    if follow is not None and follow.tag == "prep" and follow.lower != "by":
        if trigger.lemma in verb.entry.complement_bare_verbs and (passive or follow.lower in ("for", "on")):
            return True  # "were called at noon", "calling for calm"
        if predicate == "reported_cause" and trigger.tail and not passive:
            return True  # "which experts put down to fog": a phrase
    if predicate == "characterization" and passive and follow is not None and follow.tag == "adv":
        return True  # "were not called immediately the fire started"
    if predicate == "reported_cause" and before in _NO_CAUSE_AFTER:
        return True  # "suspected of starting fires", "unclear what caused the crash"
    if predicate == "statement_withdrawn" and passive and tokens[min(last, len(tokens) - 1)].lower == "from":
        return True  # "was pulled from the rubble"
    if predicate == "characterization" and not passive and _is_named_so(verb):
        return True
    if trigger.lemma == "expel" and predicate == "removed_from_office":
        ahead = {token.lower for token in tokens[last : last + 6]}
        if ahead & {"embassy", "consulate", "diplomats", "diplomat"}:
            return True  # from a country, not from an office
    if trigger.lemma == "accuse" and not passive and _is_defendant(verb):
        return True
    if trigger.lemma == "name" and _is_mentioned(verb):
        return True
    if predicate == "appointed_to_office" and before in _FRESHLY and not passive:
        return True  # "a test for newly elected president Jane Doe"
    return trigger.lemma == "consider" and passive and before in ("be", "being")


_NO_CAUSE_AFTER = frozenset(("of", "for", "what", "who", "almost", "nearly", "without"))


_FRESHLY = frozenset("newly recently democratically duly freshly".split())


def _is_mentioned(verb: Verb) -> bool:
    """ "were named in lawsuits", "named among the suspects"; but "named in May"."""
    follow = verb.clauses.tokens[verb.last : verb.last + 2]
    return (
        len(follow) == 2
        and follow[0].lower in ("in", "among", "on")
        and follow[1].tag != "num"
        and follow[1].lower not in TIME_WORDS
    )


def _is_defendant(verb: Verb) -> bool:
    """ "the first accused, a clerk, was freed": a noun."""
    tokens, last = verb.clauses.tokens, verb.last
    alone = last == len(tokens) or (tokens[last].lower not in _ACCUSING and ends_verb(tokens, last))
    return verb.trigger.form == "participle" and alone


_ACCUSING = frozenset(("of", "over", "by"))


def _is_named_so(verb: Verb) -> bool:
    """ "a campaign called the Army of Drones", "luxury brands such as Marea": a name and a noun."""
    tokens, first, last = verb.clauses.tokens, verb.first, verb.last
    if last + 1 >= len(tokens):
        return False
    if tokens[last].lower == "such" and tokens[last + 1].lower == "as":
        return True
    name = last + (tokens[last].lower in ("the", "a"))
    noun = first - (first > 0 and tokens[first - 1].tag == "adv")
    reduced = verb.trigger.form == "participle" and noun > 0 and tokens[noun - 1].tag == "word"
    nobody = reduced and not fits(verb.clauses, (noun - 1, noun), SOMEBODY)
    named = tokens[name].tag == "cap" or tokens[name].tag == "quote"
    return nobody and verb.trigger.lemma in ("call", "dub") and named


def is_other_target(verb: Verb, target: Range) -> bool:
    """Whether what a verb hits shows that something else is meant."""
    tokens, trigger, predicate = verb.clauses.tokens, verb.trigger, verb.entry.predicate
    opens = tokens[target[0]].lower
    if predicate == "protest" and trigger.lemma == "protest" and not _is_protested(verb, target):
        return True
    if predicate == "succeeded" and opens in SIMPLE:
        return True  # "replaced six ministers"
    if (
        predicate == "meeting"
        and trigger.form == "participle"
        and not verb.passive
        and target[1] <= verb.first
    ):
        return True  # "the president telephoned"
    if predicate == "occupation" and tokens[target[1] - 1].text in _CHAMBERS and "control" in trigger.lemma:
        return True  # "took control of the House": by an election
    # "agreed on Monday to …"
    return trigger.lemma.startswith("agree") and opens in DATE_WORDS


_CHAMBERS = frozenset(("House", "Senate", "Congress", "Commons"))


def _is_protested(verb: Verb, target: Range) -> bool:
    """ "protested the fees"; but "protesting residents", "a protest camp", "those protesting said"."""
    if fits(verb.clauses, target, PEOPLE):
        return False
    tokens = verb.clauses.tokens
    opens, before = tokens[target[0]], tokens[verb.first - 1]
    bare = target[1] - target[0] < 2 and opens.tag == "word"
    acts = is_past(opens) or opens.lower.endswith("ing")
    owned = target[0] + 1 < len(tokens) and tokens[target[0] + 1].tag == "poss"  # "Tuesday's ruling"
    dated = not owned and (opens.lower in DATE_WORDS or opens.tag == "num")
    acting = before.lower == "to" or (before.tag == "word" and before.lower.endswith("s"))
    return not dated and not (bare and (acts or not acting))


def is_other_complement(verb: Verb, told: Range | None) -> bool:
    """Whether what a verb says of its target, or that it says nothing, shows that something else is meant."""
    if told is None:
        return verb.trigger.lemma in verb.entry.complement_for
    if verb.entry.predicate == "appointed_to_office":
        return _is_no_office(verb, told)
    if verb.entry.predicate == "characterization" and _follows_as(verb, told):
        opens = verb.clauses.tokens[told[0]].lower
        behind = verb.clauses.tokens[told[0] + 1 : told[0] + 2]
        if opens in _AS_FAR and behind and behind[0].lower == "as":
            return True  # "call an election as early as May"
        if opens in _OTHERS or verb.clauses.tokens[told[0] - 2].lower == "such":
            return True  # "described seeing them run as they fled", "issues such as tax"
        many = opens == "people" or (opens.endswith("s") and not opens.endswith("ss"))
        if behind and (behind[0].lower in ("result", "consequence") or (many and is_past(behind[0]))):
            return True  # "as a result of", "saw them flee as tents burned"
    # "dismissed them as not credible"
    dismissed = verb.trigger.lemma == "dismiss" and verb.entry.predicate == "removed_from_office"
    return dismissed and _follows_as(verb, told) and _has_none(verb, told, office_nouns())


_OTHERS = frozenset("he she they we i you it others".split())
_AS_FAR = frozenset("early soon late many much far long often".split())


def _is_no_office(verb: Verb, told: Range) -> bool:
    clauses, lemma = verb.clauses, verb.trigger.lemma
    known = clauses.by_start.get(clauses.tokens[told[0]].start)
    if known is not None and known.kind == "person" and _follows_as(verb, told):
        return True  # "a source named him as Jane Doe"
    if lemma == "make" and _has_none(verb, told, office_nouns()):
        return True  # "making them special"
    # "named him as the driver"
    offices = office_nouns().union(verb.entry.complement_bare)
    return lemma == "name" and _follows_as(verb, told) and _has_none(verb, told, offices)


def _follows_as(verb: Verb, told: Range) -> bool:
    return verb.clauses.tokens[told[0] - 1].lower == "as"


def _has_none(verb: Verb, span: Range, words: frozenset[str]) -> bool:
    return words.isdisjoint(token.lower for token in verb.clauses.tokens[slice(*span)])
