"""Who denies a figure that another gave: "The ministry denied the figure", "a toll the army disputes",
"dismissed the toll of 164 as false"."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from service.extraction.analysis import Analysis
from service.extraction.circumstances import Context, clauses_of, teller
from service.extraction.phrases import is_passive
from service.extraction.protocol import CandidateSource, ClaimCandidate
from service.extraction.tokens import Tokens, group

_DENY = frozenset(
    "deny denies denied denying dispute disputes disputed disputing reject rejects rejected rejecting "
    "dismiss dismisses dismissed dismissing contest contests contested contesting refute refutes refuted "
    "refuting challenge challenges challenged".split()
)
_FIGURES = frozenset("figure figures number numbers toll tolls count tally estimate estimates total".split())
_TOLLS = frozenset(("toll", "tolls"))
_SAID = frozenset("claim claims report reports account accounts assertion allegation version".split())
_NAMED, _IT = _FIGURES | _SAID, frozenset(("it", "this", "that"))
_OPENERS = frozenset("the this that those these its their such death casualty official any all".split())
_DENYING, _NAMING = group(_DENY), group(_NAMED | _IT)
_OPENING = 4  # words from the verb to the noun


class _Denial(msgspec.Struct, frozen=True):
    """Tokens of the verb and of the noun for the figure; `before`: "a figure the army denied"."""

    verb: int
    noun: int
    before: bool = False


def with_denials(claims: list[ClaimCandidate], context: Context) -> list[ClaimCandidate]:
    """The claims, a figure that is denied where it stands told as denied by whoever denies it, and one claim
    more for each figure that somebody else gave before."""
    analysis = context.analysis
    denying = [
        (index, tokens)
        for index, tokens in enumerate(analysis.tokens)
        if tokens.groups & _DENYING and tokens.groups & _NAMING
    ]
    if not denying:
        return claims
    figures: dict[int, list[ClaimCandidate]] = defaultdict(list)  # by sentence
    for claim in claims:
        if claim.amount is not None and claim.value_start is not None:
            figures[analysis.sentence_at(claim.value_start)].append(claim)
    changed: dict[int, ClaimCandidate] = {}
    more: list[ClaimCandidate] = []
    for index, tokens in denying:
        for denial in _denied(tokens):
            told_by = teller(clauses_of(context, index), denial.verb)
            if not told_by:
                continue
            inside = [] if denial.before else _between(figures[index], *_behind(tokens, denial.noun))
            changed |= {id(claim): _by(claim, told_by) for claim in inside}
            if not inside:
                told = _meant(analysis, figures, index, tokens, denial)
                end = tokens[-1].end
                more += [
                    _by(_up_to(one, analysis.text, end), told_by, "attribution")
                    for one in told
                    if one.attribution[:1] != told_by and one.modality != "denied"
                ]
    return [*(changed.get(id(claim), claim) for claim in claims), *more]


def _meant(
    analysis: Analysis, figures: dict[int, list[ClaimCandidate]], index: int, tokens: Tokens, denial: _Denial
) -> list[ClaimCandidate]:
    """The figures that "the figure" or "it" may be: those before it in its sentence, else those of the
    sentence before, if they are all of one kind."""
    if tokens.lowers[denial.noun + 1 : denial.noun + 2] == ["of"]:
        return []  # "rejected the number of applications"
    start = analysis.sentences[index].start
    told = _between(figures[index], start, tokens[min(denial.verb, denial.noun)].start)
    opens = all(token.tag != "punct" for token in tokens[: denial.verb])  # "…; Kigali rejects this"
    vague = tokens.lowers[denial.noun] in _IT and not opens
    follows = index and not denial.before and "\n" not in analysis.text[start - 1 : start]
    if not told and follows and not vague:
        told = figures[index - 1]
    if tokens.lowers[denial.noun] in _TOLLS:
        told = [one for one in told if one.predicate == "deaths"]
    return told if len({one.predicate for one in told}) == 1 else []


def _denied(tokens: Tokens) -> Iterator[_Denial]:
    lowers = tokens.lowers
    for verb, word in enumerate(lowers):
        if word not in _DENY or is_passive(tokens, verb):
            continue
        if not verb or tokens[verb - 1].tag in ("det", "poss", "prep", "num"):
            continue  # "a disputed count"
        ahead = range(verb + 1, min(verb + 1 + _OPENING, len(tokens)))
        noun = next((p for p in ahead if lowers[p] not in _OPENERS), None)
        if noun is not None and (
            lowers[noun] in _FIGURES or (lowers[noun] in _SAID and _ends(tokens, noun + 1))
        ):
            yield _Denial(verb, noun)
        elif lowers[verb + 1 : verb + 2] and lowers[verb + 1] in _IT and _ends(tokens, verb + 2):
            yield _Denial(verb, verb + 1)
        elif _ends(tokens, verb + 1):
            named = next((p for p in range(verb - 1, max(2, verb - 10), -1) if lowers[p] in _NAMED), None)
            if named is not None and lowers[named - 1] in ("a", "an") and tokens[named - 2].tag == "punct":
                yield _Denial(verb, named, before=True)


def _ends(tokens: Tokens, position: int) -> bool:
    return position >= len(tokens) or tokens[position].tag in ("punct", "quote", "sub", "conj")


def _behind(tokens: Tokens, noun: int) -> tuple[int, int]:
    """From the noun to where what the verb denies ends: "the toll | of 164 | as false"."""
    behind = tokens[noun + 1 :]
    closing = (token for token in behind if token.tag == "punct" or token.lower in ("as", "and", "but"))
    return tokens[noun].end, next(closing, tokens[-1]).start


def _between(figures: Sequence[ClaimCandidate], start: int, end: int) -> list[ClaimCandidate]:
    return [claim for claim in figures if start <= (claim.value_start or 0) < end]


def _up_to(claim: ClaimCandidate, text: str, end: int) -> ClaimCandidate:
    """The claim with evidence that goes on to where it is denied."""
    start = claim.start or 0
    return msgspec.structs.replace(claim, quote=text[start : max(end, start + len(claim.quote))])


def _by(claim: ClaimCandidate, told_by: tuple[CandidateSource, ...], *inferred: str) -> ClaimCandidate:
    return msgspec.structs.replace(
        claim,
        attribution=told_by,
        modality="denied",
        inferred=tuple(dict.fromkeys((*claim.inferred, *inferred))),
    )
