"""One attribution: who said it (source), by which words (cue), and what (content)."""

from functools import lru_cache
from typing import Literal

import msgspec

from service.extraction.heads import head_of
from service.extraction.mentions import word_lists
from service.extraction.phrases import Clauses, span_of
from service.extraction.protocol import AttributionRole, EntityKind, Modality
from service.extraction.text import Span

CueForm = Literal["active", "inverted", "passive", "participle", "according", "citing", "quoted", "told"]


class Attribution(msgspec.Struct, frozen=True):
    """`content` is what is reported, None when the sentence does not hold it. `source` is None for "it was
    reported".

    `entity`, `name` and `kind` are those of the mention that heads the source. Flags are that mention's
    (`pronoun`, `coreference`), or `continued` (a later sentence of the same quotation).
    """

    sentence: int
    source: Span | None
    cue: Span
    content: Span | None
    form: CueForm
    verb: str
    role: AttributionRole
    modality: Modality
    directive: bool = False
    name: str | None = None
    entity: str | None = None
    kind: EntityKind | None = None
    flags: tuple[str, ...] = ()


_KEPT_FLAGS = frozenset(("pronoun", "coreference", "place_inferred"))


def attribution(
    sentence: Clauses,
    cue: tuple[int, int],
    source: tuple[int, int] | None,
    content: tuple[int, int] | None,
    form: CueForm,
    verb: str,
    modality: Modality = "reported",
    directive: bool = False,
) -> Attribution:
    text, tokens = sentence.text, sentence.tokens
    source_span = span_of(text, tokens, *source) if source else None
    head = head_of(sentence, source) if source_span is not None and source is not None else None
    cue_span = span_of(text, tokens, *cue)
    assert cue_span is not None  # a cue is a word
    flags = [flag for flag in head.flags if flag in _KEPT_FLAGS] if head else []
    return Attribution(
        sentence=sentence.index,
        source=source_span,
        cue=cue_span,
        content=span_of(text, tokens, *content) if content else None,
        form=form,
        verb=verb,
        role=role_of(source_span.surface) if source_span else "origin",
        modality=modality,
        directive=directive,
        name=head.name if head else None,
        entity=head.entity if head else None,
        kind=head.kind if head else None,
        flags=tuple(flags),
    )


@lru_cache(maxsize=1 << 12)
def role_of(surface: str) -> AttributionRole:
    """News media pass on what others say: they are the medium, whoever else is named is the origin."""
    first, joined, _ = surface.partition(" and ")
    if joined and not surface.replace(" and ", " ").istitle() and not _is_medium(first):
        return "origin"  # "police and media"
    return "medium" if _is_medium(surface) else "origin"


def _is_medium(surface: str) -> bool:
    lists = word_lists()
    lower = surface.lower().removeprefix("the ")
    if lower.endswith(("news service", "news agency")):
        return True
    raw = lower.split()[:5]
    words = [word.strip("’'s,.") for word in raw]
    for position, word in enumerate(words):
        # A disaster agency is no medium.
        named = word == "agency" and (not position or raw[position - 1] not in ("news", "press", "state"))
        if word in lists.media and not named:
            return True
    if lower in lists.outlets or _is_outlet(surface, words):
        return True
    return any(part.strip() in lists.outlets for part in lower.replace(" and ", ",").split(","))


def _is_outlet(surface: str, words: list[str]) -> bool:
    """ "Daily Harbour", "the Lima Tribune", "harbour.com": a proper name as papers and stations have them."""
    lists = word_lists()
    proper = [word for word in surface.split() if word.lower() not in ("the", "of", "and", "&")]
    if not words or len(proper) > 5 or not all(word[0].isupper() for word in proper):
        return len(proper) == 1 and surface.endswith((".com", ".net", ".org"))
    several = len(proper) > 1 and words[0] not in lists.given
    return several and (words[-1] in lists.outlet_words or words[0] in ("daily", "radio"))
