"""The extractor that reads a dependency parse: an English spaCy pipeline of the user's choice.

The rules tie a number or a name to its trigger by the words between them; a parse ties them by syntax,
whatever stands between: "Ahmed Mohamed, a pupil from Irving, Texas, was arrested". Only these ties and the
kinds of names are taken from it. Numbers, dates, places and speakers are read as for the rules, and grounding
checks the claim like any other.

The package and its pipelines are optional and large: they are loaded in extraction workers only, when
`SPACY_MODEL` names one.
"""

import functools
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from service.extraction import conditions, events, predicates
from service.extraction.analysis import Analysis, analyse
from service.extraction.circumstances import Context, clauses_of, context_of
from service.extraction.countables import counts
from service.extraction.event_claims import event_claim
from service.extraction.event_types import Event
from service.extraction.figure_claims import quantity_claim
from service.extraction.figures import Counted, Pattern
from service.extraction.fillers import Range, fits
from service.extraction.gazetteer import Gazetteer
from service.extraction.lexicon import EventEntry, Filler, find_triggers, lexicon
from service.extraction.phrases import Clauses
from service.extraction.protocol import ClaimCandidate, Document, Opinion
from service.extraction.triggers import Found, matches

NAME = "spacy"
VERSION = "1"
CONFIDENCE = 0.6  # not calibrated, as that would be different for every pipeline; as for a language model
LONGEST = 60_000  # code points that are parsed: a few seconds of a small pipeline
KINDS = {"PERSON": "person", "ORG": "organization", "GPE": "place", "LOC": "place", "FAC": "place"}

# How a counted noun and a trigger may hang together: the arcs up from the noun, a slash, the arcs down to the
# trigger, in the labels of spaCy's English pipelines.
TIES: dict[str, tuple[Pattern, set[str]]] = {
    "verb": ("active", {"dobj/", "nsubjpass/", "/acl:passive", "/relcl:passive"}),
    "intransitive": ("intransitive", {"nsubj/", "/relcl"}),
    "state": (
        "state",
        {"/amod", "/acl:passive", "/prep", "nsubj/acomp", "nsubj/attr", "nsubj/prep", "nsubjpass/oprd"},
    ),
    "act": ("act", {"pobj>prep/"}),
    "label": ("label", {"dobj/nsubj", "attr/nsubj", "pobj>prep/nsubj"}),
}
Role = tuple[Range, str | None]  # positions, and the kind of the name that heads them


def missing(model: str) -> str | None:
    """Why a pipeline cannot be loaded, as far as that shows without loading it."""
    if find_spec("spacy") is None:
        return "the package spacy is not installed (pip install 'fact-lookup[spacy]')"
    if not Path(model).is_dir() and not (model.isidentifier() and find_spec(model)):
        return f"no installed package and no folder is named {model!r}"
    return None


@functools.cache
def load(model: str) -> "SpacyExtractor | str":
    """The extractor, or why there is none. Tried once in a process: loading takes seconds."""
    if (why := missing(model)) is not None:
        return why
    try:
        import spacy

        return SpacyExtractor(spacy.load(model))
    except Exception as error:  # whatever the packages of others raise, the rules go on without them
        return f"it does not load ({type(error).__name__}: {' '.join(str(error).split())[:200]})"


def opinion(model: str, analysis: Analysis) -> Opinion:
    """What the pipeline adds to an analysed text. Raises nothing but the TimeoutError of a time limit."""
    extractor = load(model)
    if isinstance(extractor, SpacyExtractor):
        try:
            found = extractor.candidates(analysis)
        except TimeoutError:
            raise
        except Exception as error:
            why = f"it failed ({type(error).__name__}: {' '.join(str(error).split())[:200]})"
        else:
            cut = f"spaCy was given the first {LONGEST:,} characters only."
            return Opinion(tuple(found), cut if len(analysis.text) > LONGEST else None)
    else:
        why = extractor
    return Opinion((), f"The spaCy pipeline {model} was not used: {why}.")


class SpacyExtractor:
    """`pipeline` is a loaded one that sets heads and dependencies; names are used where it finds them."""

    name = NAME

    def __init__(self, pipeline: Any) -> None:
        self.pipeline = pipeline
        meta = pipeline.meta
        self.version = f"{meta['lang']}_{meta['name']}-{meta['version']}/{VERSION}"

    def extract(self, document: Document) -> list[ClaimCandidate]:
        return self.candidates(analyse(document, Gazetteer()))

    def candidates(self, analysis: Analysis) -> list[ClaimCandidate]:
        """For callers that have the analysis already. ValueError when the pipeline does not parse."""
        context = context_of(analysis)
        wanted = [
            (sentence.surface, index)
            for index, sentence in enumerate(analysis.sentences)
            if sentence.end <= LONGEST and speaks(analysis, index)
        ]
        found: list[ClaimCandidate] = []
        for parsed, index in self.pipeline.pipe(wanted, as_tuples=True):
            if not parsed.has_annotation("DEP"):
                raise ValueError("it sets no dependencies")
            found += claims_of(context, index, Parse(parsed, clauses_of(context, index)))
        own = {"extractor": NAME, "version": self.version, "confidence": CONFIDENCE}
        return [msgspec.structs.replace(one, **own) for one in found]


def speaks(analysis: Analysis, index: int) -> bool:
    """Whether a sentence may hold a claim at all: parsing takes long, looking up words does not."""
    tokens = analysis.tokens[index]
    return any(token.lower in lexicon().event_index for token in tokens) or bool(
        analysis.quantities_in(index) and find_triggers(tokens)
    )


class Parse:
    """A parsed sentence beside its own tokens: positions are those of the tokens, nodes are spaCy's."""

    def __init__(self, parsed: Any, clauses: Clauses) -> None:
        self.clauses = clauses
        self.tokens = clauses.whole
        self.begin = self.tokens[0].start
        self.nodes = {self.begin + node.idx: node for node in parsed}

    def node(self, position: int) -> Any:
        """The node that begins where a token does, or None."""
        return self.nodes.get(self.tokens[position].start)

    def phrase(self, node: Any) -> Range | None:
        """A noun with what belongs to it, without clauses, appositions and adverbials; None for a pronoun
        that stands for nobody known."""
        last = node.i
        while last < node.right_edge.i:
            follow = node.doc[last + 1]
            if follow.dep_ in ("relcl", "acl", "appos", "punct", "advcl", "agent") or (
                follow.dep_ == "prep" and follow.lower_ != "of"
            ):
                break
            last += 1
        start, end = self.begin + node.left_edge.idx, self.begin + node.doc[last].idx
        inside = [p for p, token in enumerate(self.tokens) if start <= token.start <= end]
        unknown = node.pos_ == "PRON" and self.begin + node.idx not in self.clauses.by_start
        return (inside[0], inside[-1] + 1) if inside and not unknown else None


def claims_of(context: Context, index: int, parse: Parse) -> list[ClaimCandidate]:
    figures = list(counted(context.analysis, index, parse))
    taken = {p for one in figures for p in (*range(one.first, one.last), one.trigger_first)}
    happened = [event for position in range(len(parse.tokens)) for event in events_at(parse, position, taken)]
    return [quantity_claim(context, index, parse.clauses, one, figures) for one in figures] + [
        event_claim(context, index, parse.clauses, one) for one in happened
    ]


# --- figures ---


def counted(analysis: Analysis, index: int, parse: Parse) -> Iterator[Counted]:
    """Each figure with the nearest of the triggers that can count it and that the parse ties it to."""
    tokens = parse.tokens
    for quantity in analysis.quantities_in(index):
        number = predicates.number_at(tokens, quantity)
        noun = parse.node(number.last - 1) if number is not None else None
        if number is None or noun is None:
            continue
        tied: list[Counted] = []
        for item in (
            Found(trigger, position, position + size)
            for position, triggers in find_triggers(tokens)
            for trigger, size in triggers
        ):
            trigger, node = item.trigger, parse.node(item.first)
            entry, (pattern, ties) = (
                lexicon().quantities[trigger.entry],
                TIES.get(trigger.kind, ("own", set())),
            )
            apart = item.last <= number.first or number.last <= item.first
            if node is not None and apart and not trigger.tail and not entry.measures:
                way = path(noun.head if noun.dep_ == "nummod" else noun, node, trigger.form == "participle")
                known = way in ties and counts(entry, quantity, tokens, number)
                if known and conditions.allowed(item, entry, tokens):
                    place = (number.first, number.last, item.first, item.last)
                    tied.append(Counted(quantity, entry.predicate, pattern, *place, trigger.lemma))
        if tied:
            yield min(tied, key=lambda one: abs(one.trigger_first - one.first))


def path(noun: Any, trigger: Any, participle: bool) -> str:
    """The arcs from one node to the other, "" where they are far apart. Members of a list count as its first;
    verbs that share a subject have it each."""
    while noun.dep_ == "conj":
        noun = noun.head
    up: list[str] = []
    while noun.i != trigger.i and not noun.is_ancestor(trigger):
        if noun.head.i == noun.i or len(up) == 3:
            return ""
        up.append(noun.dep_)
        noun = noun.head
    down: list[str] = []
    node = trigger
    while node.i != noun.i:
        down.insert(0, node.dep_)
        node = node.head
    if up and up[-1] in ("nsubj", "nsubjpass") and down and down[0] == "conj":
        down.pop(0)
    if down and (
        any(child.dep_ == "auxpass" for child in trigger.children) or (participle and down[-1] == "acl")
    ):
        down[-1] += ":passive"
    return f"{'>'.join(up)}/{'>'.join(down)}"


# --- events ---


def events_at(parse: Parse, position: int, taken: set[int]) -> Iterator[Event]:
    """The event that a verb tells of, if it has the participants that the lexicon asks for."""
    node = parse.node(position)
    if node is None or position in taken:
        return
    for trigger in lexicon().event_index.get(parse.tokens[position].lower, ()):
        entry, last = lexicon().events[trigger.entry], matches(parse.tokens, position, trigger.words)
        # what takes more than a subject and an object is left to the rules
        more = trigger.tail or entry.asks_for or trigger.lemma in entry.complement_for
        if not last or more or entry.kind == "statement":
            continue
        if events.allowed(entry, parse.tokens, position, last):
            event = event_of(parse, node, entry, trigger.kind, position, last)
            if event is not None:
                yield event
                return


def event_of(parse: Parse, node: Any, entry: EventEntry, kind: str, first: int, last: int) -> Event | None:
    roles = roles_of(parse, node)
    subject, target, passive = roles.get("subject"), roles.get("object"), "passive" in roles
    if kind == "intransitive" and subject is not None and target is None and not passive:
        role = "object" if "object" in entry.needs else "subject"
        fitting = filled(parse, subject, entry.subject_of_intransitive)
        named = {role: subject[0]}
        return Event(entry.predicate, entry.kind, "intransitive", first, last, **named) if fitting else None
    if kind != "verb" or target is None or not filled(parse, target, entry.object):
        return None
    needed = "subject" in (*entry.needs, *entry.needs_verb)
    if needed if subject is None else not filled(parse, subject, entry.subject):
        return None
    agent = subject[0] if subject is not None else None
    return Event(entry.predicate, entry.kind, "passive" if passive else "verb", first, last, agent, target[0])


def roles_of(parse: Parse, verb: Any) -> dict[str, Role]:
    """Subject and object of a verb, those of a passive changed over; `passive` is there when it is one."""
    names = {"nsubj": "subject", "dobj": "object", "nsubjpass": "object", "agent": "subject"}
    found: dict[str, Role] = {}
    for child in verb.children:
        role, node = names.get(child.dep_), child
        if child.dep_ == "nsubjpass":
            found["passive"] = ((0, 0), None)
        if child.dep_ == "agent":
            node = next((one for one in child.children if one.dep_ == "pobj"), None)
        elif role == "object":  # "fired the head of the agency, Jane Doe": the name is meant
            node = next((one for one in child.children if one.dep_ == "appos" and one.ent_type_), child)
        if role is not None and node is not None and (span := parse.phrase(node)) is not None:
            found[role] = span, KINDS.get(node.ent_type_)
    if "subject" not in found and verb.dep_ in ("conj", "xcomp") and verb.head.i != verb.i:
        shared = roles_of(parse, verb.head)
        if "subject" in shared and "passive" not in shared:
            found["subject"] = shared["subject"]
    return found


def filled(parse: Parse, role: Role, filler: Filler | None) -> bool:
    return filler is None or role[1] in filler.kinds or fits(parse.clauses, role[0], filler)
