"""Which words of a statement say what its figure counts. Pure."""

from collections.abc import Sequence

import msgspec

from service.lookup.asked import Asked, Cue
from service.lookup.reading import Reading

NEAR = 5  # words between a figure and what it counts
JOINING = frozenset({"and", "while", "but", "whereas"})


def counted(asked: Asked) -> Asked:
    """Without what is told beside the figure: of "12,000 were arrested and many died" only the arrests."""
    near = _nearest(asked.figure_words, asked.cues)
    if near is None:
        return asked
    return msgspec.structs.replace(
        asked,
        cues=tuple(cue for cue in asked.cues if cue is near or cue.context or not _beside(asked, near, cue)),
    )


def counts_twice(reading: Reading, asked: Asked) -> bool:
    """Whether two figures count two things: "12,000 were arrested and 164 died", not "207 in two markets"."""
    first, second = (_nearest(at, asked.cues) for at in (reading.figure_words, reading.other_figure_words))
    return first is not None and second is not None and not set(first.predicates) & set(second.predicates)


def _nearest(figure: Sequence[int], cues: Sequence[Cue]) -> Cue | None:
    """What a figure counts is told behind it, or in front of it; both within reach."""
    if not figure:
        return None
    spans = [
        (cue.positions[0] < figure[0], min(abs(at - end) for at in cue.positions for end in figure), cue)
        for cue in cues
        if cue.positions and not cue.speech and not cue.implied and not cue.context
    ]
    near = [(before, distance, cue) for before, distance, cue in spans if distance <= NEAR]
    return min(near, key=lambda one: one[:2])[2] if near else None


def _beside(asked: Asked, near: Cue, cue: Cue) -> bool:
    first, last = sorted((near.positions[0], cue.positions[0]))
    return any(asked.texts.get(at) in JOINING for at in range(first, last))
