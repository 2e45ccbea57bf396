"""How often a claim is right, by what it was read from: `data/confidence.yaml`, which
`python -m evaluation.confidence --write` fits on annotated news.

A claim's basis is the pattern that found it ("figure passive", "event noun"). Of equal bases, one whose
place, speaker or subject the words leave open is right less often; a deduction never raises confidence.
"""

import functools
from collections.abc import Iterable
from importlib.resources import files

import msgspec

LOWEST, HIGHEST = 0.3, 0.97


class Table(msgspec.Struct, frozen=True):
    """`less` has a factor of at most 1 for each deduction: place, attribution, subject."""

    basis: dict[str, float]
    less: dict[str, float]


@functools.cache
def table() -> Table:
    raw = files("service.extraction").joinpath("data", "confidence.yaml").read_bytes()
    return msgspec.yaml.decode(raw, type=Table)


def confidence_of(basis: str, deductions: Iterable[str]) -> float:
    """From 0 to 1; `deductions` are the fields that the evidence itself does not state."""
    return _confidence(basis, tuple(deductions))


@functools.lru_cache(maxsize=1 << 10)
def _confidence(basis: str, deductions: tuple[str, ...]) -> float:
    known = table()
    value = known.basis[basis]
    for deduction in frozenset(deductions):
        value *= known.less.get(deduction, 1.0)
    return round(min(HIGHEST, max(LOWEST, value)), 3)
