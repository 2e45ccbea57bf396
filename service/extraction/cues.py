"""Words that attribute (data/cues.yaml), with all their forms."""

from collections.abc import Iterator
from importlib.resources import files
from typing import Literal

import msgspec

from service.extraction.protocol import Modality
from service.extraction.tokens import spellings

Form = Literal["base", "third", "past", "participle", "ing"]
FORMS: tuple[Form, ...] = ("base", "third", "past", "participle", "ing")


class Cue(msgspec.Struct, frozen=True):
    """One form of a verb. A directive asks for what follows instead of stating it."""

    form: Form
    verb: str
    modality: Modality
    directive: bool


_DATA = msgspec.yaml.decode(
    files("service.extraction").joinpath("data", "cues.yaml").read_bytes(), type=dict[str, list[str]]
)
# Cues that report whatever follows, by their first word.
STRONG = frozenset(verb.split()[0] for verb in _DATA["strong"])
NOUN_FORMS = frozenset(_DATA["nouns"])


_NO_PARTICIPLE = frozenset(_DATA["no_participle"])


def _forms() -> Iterator[tuple[tuple[str, ...], Cue]]:
    groups: tuple[tuple[str, Modality, bool], ...] = (
        ("reported", "reported", False),
        ("alleged", "alleged", False),
        ("denied", "denied", False),
        ("directive", "reported", True),
    )
    for group, modality, directive in groups:
        for verb in _DATA[group]:
            for forms in spellings(verb):
                for form, words in zip(FORMS, forms, strict=True):
                    # "state television": the base form is an adjective or a noun in news.
                    if words != "state" and not (form == "ing" and verb in _NO_PARTICIPLE):
                        yield tuple(words.split()), Cue(form, verb, modality, directive)


def _cues() -> dict[str, list[tuple[tuple[str, ...], Cue]]]:
    table: dict[str, list[tuple[tuple[str, ...], Cue]]] = {}
    seen = set()
    for words, cue in _forms():
        if (words, cue.form == "ing") not in seen:
            seen.add((words, cue.form == "ing"))
            table.setdefault(words[0], []).append((words, cue))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


# First word → the cues it opens, longest first.
CUES = _cues()
