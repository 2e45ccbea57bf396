"""What every claim of a text has: its quote, its time, its speakers and how far it is asserted."""

import msgspec

from service.extraction import modality, places
from service.extraction.analysis import Analysis
from service.extraction.attribution import Attribution
from service.extraction.counted import is_person, singular
from service.extraction.names import Mention
from service.extraction.phrases import Clauses
from service.extraction.protocol import CandidateSource, Modality
from service.extraction.subjects import subject_of
from service.extraction.withdrawn import TakenBack, taken_back

NAME = "rules"
VERSION = "1"


class Context(msgspec.Struct):
    """What all claims of one text share. `named` are the sentences in which a mention begins that is no part
    of another."""

    analysis: Analysis
    main: Mention | None
    retracted: dict[int, TakenBack]
    by_start: dict[int, Mention]
    by_end: dict[int, Mention]
    named: set[int]


def context_of(analysis: Analysis) -> Context:
    mentions = [mention for mention in analysis.mentions if "nested" not in mention.flags]
    by_start = {mention.start: mention for mention in mentions}
    return Context(
        analysis, places.main_place(analysis), taken_back(analysis),
        by_start, {mention.end: mention for mention in mentions},
        set(map(analysis.sentence_at, by_start)),
    )  # fmt: skip


def clauses_of(context: Context, index: int) -> Clauses:
    analysis, tokens = context.analysis, context.analysis.tokens[index]
    clauses = Clauses(analysis.text, index, tokens.plain, tokens, context.by_start, context.by_end)
    if index not in context.named:
        clauses.named = []
    return clauses


def quote_span(analysis: Analysis, index: int, first: int, last: int) -> tuple[int, int]:
    """The clause that holds tokens[first:last]: the sentence, cut at semicolons, dashes and contrasting
    conjunctions."""
    whole = analysis.tokens[index]
    tokens = whole.plain
    start, end = 0, len(tokens)
    if not whole.words.isdisjoint(_CUTTING):
        before = (p for p in range(first - 1, -1, -1) if tokens[p].lower in _CUTTING)
        start = next((p + 1 for p in before if p or tokens[p].tag == "punct"), 0)
        behind = (p for p in range(last, len(tokens)) if tokens[p].lower in _CUTTING)
        end = next((p for p in behind if tokens[p + 1 : p + 2] and tokens[p + 1].lower != "for"), end)
    while start < first and tokens[start].text in (",", '"', "”", ")", "-"):
        start += 1
    while end > last and tokens[end - 1].text in (",", "“", "(", "-"):
        end -= 1
    return tokens[start].start, tokens[end - 1].end


_CUTTING = frozenset((";", "–", "—", "while", "but", "whereas"))


def speakers(
    analysis: Analysis, index: int, offset: int
) -> tuple[tuple[CandidateSource, ...], Modality | None, bool]:
    """The attribution chain of what stands at `offset`, origin first; its modality; whether it was
    carried over."""
    covering = [
        item for item in analysis.attributions_in(index)
        if item.content is not None and item.content.start <= offset < item.content.end
        and not item.directive and item.source is not None
        and not item.source.start <= offset < item.source.end  # who that is tells the article
    ]  # fmt: skip
    if not covering:
        return (), None, False
    if len(covering) > 1:
        # Whoever is cited is where it comes from; the more deeply nested speaker is nearer to the origin.
        covering.sort(
            key=lambda item: (
                item.form != "citing",
                len(item.content.surface) if item.content else 0,
                item.cue.start,
            )
        )
    chain: list[CandidateSource] = []
    seen: set[str] = set()
    for item in covering:
        assert item.source is not None  # filtered above
        for surface in _several(item):
            key = (item.name or surface).lower() if surface == item.source.surface else surface.lower()
            if key in seen:
                continue
            seen.add(key)
            role = (
                item.role if not (item.role == "origin" and chain and chain[0].role == "origin") else "medium"
            )
            chain.append(CandidateSource(surface, role, item.cue.surface))
    chain.sort(key=lambda source: source.role != "origin")
    stance: Modality | None = None
    for item in covering:
        if item.modality in ("denied", "alleged"):
            stance = item.modality
    return tuple(chain), stance, "continued" in covering[0].flags


def teller(clauses: Clauses, verb: int) -> tuple[CandidateSource, ...]:
    """Whoever denies or withdraws something by the verb at a token: "The coast guard withdrew its figure of
    51". Nobody where its subject is a pronoun."""
    tokens = clauses.tokens
    span = subject_of(clauses, verb)
    if span is None or tokens[span[0]].tag in ("pron", "rel"):
        return ()
    surface = clauses.text[tokens[span[0]].start : tokens[span[1] - 1].end]
    return (CandidateSource(surface, "origin", tokens[verb].text),)


def may_mean(analysis: Analysis, index: int, pronoun: str, source: str) -> bool:
    """Whether a pronoun may stand for whoever speaks: "they" is not "a police commander"."""
    if pronoun.lower() != "they":
        return True
    last = source.split()[-1].lower()
    one = is_person(singular(last), last) and not last.endswith("s")
    kinds = (i.kind for i in analysis.attributions_in(index) if i.source and i.source.surface == source)
    return " and " in source or not (one or next(kinds, None) == "person")


def _several(item: Attribution) -> list[str]:
    """ "Reuters and AFP" are two media."""
    assert item.source is not None  # callers have checked
    surface = item.source.surface
    parts = [part.strip() for part in surface.split(" and ")]
    # Not "State media in Russia and Kazakhstan", where "and" joins two places.
    if item.role == "medium" and all(
        word[:1].isupper() or word == "the" for part in parts for word in part.split()
    ):
        return parts
    return [surface]


def mode_of(
    context: Context,
    index: int,
    first: int,
    last: int,
    stance: Modality | None,
    attributed: bool,
    figure: int | None = None,
) -> Modality:
    """Of what is told by tokens[first:last] of a sentence; `figure` is the token of a figure."""
    tokens = context.analysis.tokens[index]
    back = context.retracted.get(index)
    told = tokens[first if figure is None else figure].start
    if back is not None and back.holds(told, figure is not None):
        return "retracted"
    own = modality.of_trigger(tokens, first, last)
    if stance == "denied":
        return "denied"
    return own or stance or ("reported" if attributed else "asserted")
