"""What a language model adds to the rules, where one is set up."""

from collections.abc import Sequence
from typing import Protocol

import asyncpg
import msgspec
from sqlalchemy import select

from service.db import models as m
from service.db.statements import compiled, fetch
from service.extraction.language import language_of_words
from service.extraction.llm_messages import Predicate
from service.extraction.protocol import Document, Opinion
from service.extraction.sentences import sentences
from service.extraction.text import MOST_SENTENCES, beginning
from service.ingestion.pipeline import ENGLISH, Raw
from service.settings import Settings


class Model(Protocol):
    """A language model: `service.extraction.llm.LlmExtractor`, whose HTTP client is imported only where one
    is set up."""

    def knows(self, predicates: Sequence[Predicate]) -> None: ...

    async def ask(self, document: Document) -> Opinion: ...

    async def close(self) -> None: ...


_predicates = compiled(
    select(
        m.Predicate.slug,
        m.Predicate.kind,
        m.Predicate.label,
        m.Predicate.description,
        m.Predicate.unit,
        m.Predicate.subject,
        m.Predicate.object,
        m.Predicate.complement,
    ).order_by(m.Predicate.slug)
)


async def read_predicates(pool: asyncpg.Pool) -> list[Predicate]:
    return [Predicate(**row) for row in await fetch(pool, _predicates, {})]


def model_of(settings: Settings) -> Model | None:
    """The model that the settings name, without a vocabulary yet; None when they name none."""
    if settings.llm_base_url is None or settings.llm_model is None:
        return None
    from service.extraction.llm import LlmExtractor

    return LlmExtractor(
        settings.llm_base_url, settings.llm_model, [], settings.llm_api_key, settings.llm_seconds
    )


async def with_opinion(model: Model, raw: Raw, text: str) -> Raw:
    """The article with what the model found in its cleaned text, and with a warning where it found none. It
    is asked about what claims are sought in: not about what was said to be in another language than English,
    or is plainly in one where nothing was said."""
    language = raw.language
    if language is None:
        split = sentences(beginning(text), MOST_SENTENCES)
        language = language_of_words([frozenset(one.surface.lower().split()) for one in split])
    if language is not None and language not in ENGLISH:
        return raw
    opinion = await model.ask(Document(text, raw.title, raw.published))
    warnings = (*raw.warnings, *([opinion.warning] if opinion.warning else []))
    return msgspec.structs.replace(raw, others=(*raw.others, *opinion.candidates), warnings=warnings)
