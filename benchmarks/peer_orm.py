"""FastAPI with SQLAlchemy's ORM and Pydantic: models with relationships that are loaded eagerly where an
answer needs them, a session for each request, and response models that read attributes."""

import datetime as dt
import uuid
from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Annotated

from fastapi import Depends, FastAPI
from pydantic import BaseModel, ConfigDict
from sqlalchemy import ARRAY, ForeignKey, Text, distinct, func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship, selectinload

from service.db.migrate import async_url
from service.schemas import instant, number


class Base(DeclarativeBase):
    pass


class Source(Base):
    __tablename__ = "source"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    slug: Mapped[str]
    name: Mapped[str]


class Article(Base):
    __tablename__ = "article"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    slug: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    sha256: Mapped[str]
    published_at: Mapped[dt.datetime]
    published_precision: Mapped[str]
    source_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("source.id"))
    source: Mapped[Source] = relationship()


class Alias(Base):
    __tablename__ = "alias"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    entity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entity.id"))
    text: Mapped[str]
    kind: Mapped[str]
    language: Mapped[str | None]


class Entity(Base):
    __tablename__ = "entity"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    slug: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    description: Mapped[str | None]
    inferred: Mapped[bool]
    recorded_at: Mapped[dt.datetime]
    part_of_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("entity.id"))
    part_of: Mapped["Entity | None"] = relationship(remote_side=[id])
    aliases: Mapped[list[Alias]] = relationship()


class Mention(Base):
    __tablename__ = "mention"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    article_id: Mapped[uuid.UUID]
    entity_id: Mapped[uuid.UUID]


class Participant(Base):
    __tablename__ = "participant"
    claim_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    entity_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    reported_at: Mapped[dt.datetime]


class Attribution(Base):
    __tablename__ = "attribution"
    claim_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("claim.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str]
    name: Mapped[str]
    cue: Mapped[str | None]
    entity_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("entity.id"))
    entity: Mapped[Entity | None] = relationship()


class Predicate(Base):
    __tablename__ = "predicate"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    slug: Mapped[str]


class Fact(Base):
    __tablename__ = "fact"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    slug: Mapped[str]
    title: Mapped[str]


class Claim(Base):
    __tablename__ = "claim"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    statement: Mapped[str]
    subject_text: Mapped[str | None]
    object_text: Mapped[str | None]
    complement_text: Mapped[str | None]
    amount: Mapped[Decimal | None]
    lower: Mapped[Decimal | None]
    upper: Mapped[Decimal | None]
    unit: Mapped[str | None]
    qualifier: Mapped[str | None]
    value_text: Mapped[str | None]
    extent: Mapped[str | None]
    group: Mapped[str | None]
    of_id: Mapped[uuid.UUID | None]
    time_start: Mapped[dt.date | None]
    time_end: Mapped[dt.date | None]
    time_precision: Mapped[str | None]
    time_text: Mapped[str | None]
    modality: Mapped[str]
    inferred: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    recorded_at: Mapped[dt.datetime]
    reported_at: Mapped[dt.datetime]
    method: Mapped[str]
    extractor: Mapped[str | None]
    confidence: Mapped[float | None]
    evidence: Mapped[str]
    evidence_start: Mapped[int]
    evidence_end: Mapped[int]
    predicate_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("predicate.id"))
    article_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("article.id"))
    fact_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("fact.id"))
    subject_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("entity.id"))
    object_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("entity.id"))
    complement_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("entity.id"))
    place_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("entity.id"))
    predicate: Mapped[Predicate] = relationship()
    article: Mapped[Article] = relationship()
    fact: Mapped[Fact | None] = relationship()
    subject: Mapped[Entity | None] = relationship(foreign_keys=[subject_id])
    object: Mapped[Entity | None] = relationship(foreign_keys=[object_id])
    complement: Mapped[Entity | None] = relationship(foreign_keys=[complement_id])
    place: Mapped[Entity | None] = relationship(foreign_keys=[place_id])
    attributions: Mapped[list[Attribution]] = relationship(order_by=Attribution.position)


class Ref(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: uuid.UUID
    slug: str
    name: str


class ArticleRef(BaseModel):
    id: uuid.UUID
    slug: str
    title: str
    source: Ref
    published_at: str


class Value(BaseModel):
    amount: int | float | None
    lower: int | float | None
    upper: int | float | None
    unit: str | None
    qualifier: str
    text: str | None


class Scope(BaseModel):
    place: Ref | None
    extent: str | None
    group: str | None
    of: uuid.UUID | None


class ValidTime(BaseModel):
    start: dt.date | None
    end: dt.date | None
    precision: str | None
    text: str | None


class AttributionOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    role: str
    entity: Ref | None
    name: str
    cue: str | None


class Quote(BaseModel):
    type: str = "TextQuoteSelector"
    exact: str
    prefix: str
    suffix: str


class Position(BaseModel):
    type: str = "TextPositionSelector"
    start: int
    end: int


class Evidence(BaseModel):
    article_sha256: str
    verified: bool
    selectors: list[Quote | Position]


class Provenance(BaseModel):
    method: str
    extractor: str | None
    confidence: float | None


class ClaimOut(BaseModel):
    id: uuid.UUID
    predicate: str
    statement: str
    subject: Ref | None
    subject_text: str | None
    object: Ref | None
    object_text: str | None
    complement: Ref | None
    complement_text: str | None
    value: Value | None
    scope: Scope
    time: ValidTime | None
    attribution: list[AttributionOut]
    modality: str
    inferred: list[str]
    reported_at: str
    recorded_at: dt.datetime
    article: ArticleRef
    fact: Ref | None
    evidence: Evidence
    provenance: Provenance


class ClaimPage(BaseModel):
    items: list[ClaimOut]
    next: str | None


class AliasOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    text: str
    kind: str
    language: str | None


class Counts(BaseModel):
    claims: int
    mentions: int
    articles: int


class EntityOut(BaseModel):
    id: uuid.UUID
    slug: str
    name: str
    kind: str
    description: str | None
    part_of: Ref | None
    inferred: bool
    aliases: list[AliasOut]
    counts: Counts
    recorded_at: dt.datetime


def entity_ref(entity: Entity | None) -> Ref | None:
    return None if entity is None else Ref.model_validate(entity)


def claim_out(claim: Claim) -> ClaimOut:
    article = claim.article
    start, end = claim.evidence_start, claim.evidence_end
    told = instant(article.published_at, article.published_precision)
    return ClaimOut(
        id=claim.id,
        predicate=claim.predicate.slug,
        statement=claim.statement,
        subject=entity_ref(claim.subject),
        subject_text=claim.subject_text,
        object=entity_ref(claim.object),
        object_text=claim.object_text,
        complement=entity_ref(claim.complement),
        complement_text=claim.complement_text,
        value=None
        if claim.qualifier is None
        else Value(
            amount=number(claim.amount),
            lower=number(claim.lower),
            upper=number(claim.upper),
            unit=claim.unit,
            qualifier=claim.qualifier,
            text=claim.value_text,
        ),
        scope=Scope(place=entity_ref(claim.place), extent=claim.extent, group=claim.group, of=claim.of_id),
        time=None
        if claim.time_start is None and claim.time_text is None
        else ValidTime(
            start=claim.time_start, end=claim.time_end, precision=claim.time_precision, text=claim.time_text
        ),
        attribution=[AttributionOut.model_validate(one) for one in claim.attributions],
        modality=claim.modality,
        inferred=claim.inferred,
        reported_at=told,
        recorded_at=claim.recorded_at,
        article=ArticleRef(
            id=article.id,
            slug=article.slug,
            title=article.title,
            source=Ref.model_validate(article.source),
            published_at=told,
        ),
        fact=None
        if claim.fact is None
        else Ref(id=claim.fact.id, slug=claim.fact.slug, name=claim.fact.title),
        evidence=Evidence(
            article_sha256=article.sha256,
            verified=True,
            selectors=[
                Quote(
                    exact=claim.evidence,
                    prefix=article.text[max(start - 32, 0) : start],
                    suffix=article.text[end : end + 32],
                ),
                Position(start=start, end=end),
            ],
        ),
        provenance=Provenance(method=claim.method, extractor=claim.extractor, confidence=claim.confidence),
    )


def make_app(url: str) -> FastAPI:
    engine = create_async_engine(async_url(url), pool_size=10, max_overflow=0)
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    app = FastAPI()

    async def session() -> AsyncIterator[AsyncSession]:
        async with sessions() as opened:
            yield opened

    Session = Annotated[AsyncSession, Depends(session)]

    @app.get("/v1/entities/{slug}")
    async def one_entity(slug: str, session: Session) -> EntityOut:
        wanted = select(Entity).where(Entity.slug == slug)
        entity = (
            await session.execute(wanted.options(joinedload(Entity.part_of), selectinload(Entity.aliases)))
        ).scalar_one()
        claims = await session.scalar(
            select(func.count(distinct(Participant.claim_id))).where(Participant.entity_id == entity.id)
        )
        mentions, articles = (
            await session.execute(
                select(func.count(), func.count(distinct(Mention.article_id))).where(
                    Mention.entity_id == entity.id
                )
            )
        ).one()
        aliases = sorted(entity.aliases, key=lambda one: (one.kind != "name", one.kind, one.text))
        return EntityOut(
            id=entity.id,
            slug=entity.slug,
            name=entity.name,
            kind=entity.kind,
            description=entity.description,
            part_of=entity_ref(entity.part_of),
            inferred=entity.inferred,
            aliases=[AliasOut.model_validate(one) for one in aliases],
            counts=Counts(claims=claims or 0, mentions=mentions, articles=articles),
            recorded_at=entity.recorded_at,
        )

    @app.get("/v1/entities/{slug}/claims")
    async def claims_of_entity(slug: str, session: Session) -> ClaimPage:
        entity_id = await session.scalar(select(Entity.id).where(Entity.slug == slug))
        page = (
            select(Participant.claim_id, Participant.reported_at)
            .where(Participant.entity_id == entity_id)
            .distinct()
            .order_by(Participant.reported_at.desc(), Participant.claim_id.desc())
            .limit(20)
            .subquery()
        )
        found = await session.execute(
            select(Claim)
            .join(page, page.c.claim_id == Claim.id)
            .order_by(page.c.reported_at.desc(), page.c.claim_id.desc())
            .options(
                joinedload(Claim.predicate),
                joinedload(Claim.article).joinedload(Article.source),
                joinedload(Claim.fact),
                joinedload(Claim.subject),
                joinedload(Claim.object),
                joinedload(Claim.complement),
                joinedload(Claim.place),
                selectinload(Claim.attributions).joinedload(Attribution.entity),
            )
        )
        return ClaimPage(items=[claim_out(one) for one in found.scalars()], next=None)

    return app
