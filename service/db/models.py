"""The schema: every table of the service, in one file because claims point to articles and entities, and
facts to claims.

Reading order is the domain's: sources publish articles; articles mention entities and make claims in terms of
predicates; claims about the same thing form a fact, and stand in relations to each other.

Three times are never mixed: `time_*` is when a claim holds, `reported_at` when its article was published,
`recorded_at` when the row was stored. Controlled words are text with a CHECK, not Postgres enums, which
cannot lose a value in a migration.
"""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Computed,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    MetaData,
    Numeric,
    Text,
    UniqueConstraint,
    Uuid,
    false,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import DATERANGE, JSONB, NUMRANGE, TSVECTOR, Range
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

SLUG = "^[a-z0-9]+([_-][a-z0-9]+)*$"

ENTITY_KINDS = ("person", "organization", "place", "event")
ALIAS_KINDS = ("name", "spelling", "short", "acronym", "native", "former", "error", "demonym")
PREDICATE_KINDS = ("quantity", "event", "relation", "statement")
QUALIFIERS = ("exact", "about", "nearly", "more_than", "at_least", "less_than", "at_most", "range")
EXTENTS = ("cumulative", "increment", "subset")
PRECISIONS = ("second", "day", "week", "month", "year")
MODALITIES = ("asserted", "reported", "denied", "retracted", "planned", "alleged")
ATTRIBUTION_ROLES = ("origin", "medium")
PARTICIPANT_ROLES = ("subject", "object", "complement", "place", "speaker")
RELATION_TYPES = (
    "equal",
    "rounding_of",
    "bound_compatible",
    "scope_differs",
    "update_of",
    "retracts",
    "possible_transcription",
    "contradicts",
)
STATUSES = ("single_source", "agreed", "evolving", "disputed", "retracted")
CHANGED_TYPES = ("article", "entity", "claim", "source", "review", "key")
ACTIONS = ("created", "updated", "deleted", "merged", "split", "accepted", "rejected")
REVIEW_KINDS = ("similar_entity", "low_confidence", "possible_transcription")
METHODS = ("curated", "extracted", "submitted")


def one_of(column: str, words: tuple[str, ...]) -> CheckConstraint:
    """A CHECK that a column holds one of the controlled words (or null, where the column allows it)."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def is_slug() -> CheckConstraint:
    return CheckConstraint(f"slug ~ '{SLUG}' AND length(slug) <= 120", name="slug_form")


def where_given(column: str, *columns: str) -> Index:
    """An index over the rows that have a column. Most claims and facts leave some roles open, and every index
    that holds a row makes storing it dearer."""
    return Index(None, *columns, postgresql_where=text(f"{column} IS NOT NULL"), **distinct(columns[-1]))


def distinct(last: str) -> dict[str, Any]:
    """Options of an index whose last column no two rows share: to look for equal entries in each page that is
    full takes time and finds none."""
    return {"postgresql_with": {"deduplicate_items": "off"}} if last in ("id", "claim_id") else {}


def ordered(*columns: str) -> Index:
    """An index that lists are read along, page by page."""
    return Index(None, *columns, **distinct(columns[-1]))


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        str: Text(),
        uuid.UUID: Uuid(),
        dt.datetime: DateTime(timezone=True),
        dt.date: Date(),
        Decimal: Numeric(),
        list[str]: ARRAY(Text()),
        list[uuid.UUID]: ARRAY(Uuid()),
        dict[str, Any]: JSONB(),
    }


class Source(Base):
    """Who published an article: an outlet, an agency, a site."""

    __tablename__ = "source"
    __table_args__ = (is_slug(), one_of("kind", ("outlet", "agency", "site")))

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    url: Mapped[str | None]
    inferred: Mapped[bool]  # the name was read out of the article, not given by whoever stored it
    note: Mapped[str | None]
    recorded_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())


class Article(Base):
    """One published text. Offsets of claims and mentions are code points into `text`."""

    __tablename__ = "article"
    __table_args__ = (
        is_slug(),
        one_of("published_precision", PRECISIONS),
        one_of("published_basis", ("given", "inferred")),
        # target of the composite keys that let a CHECK compare a span with the length of its text
        UniqueConstraint("id", "text_length"),
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256_form"),
        ordered("published_at", "id"),
        ordered("title", "id"),
        Index(None, "source_id", "published_at"),
        Index(None, "search", postgresql_using="gin"),
        # without a list of pending entries, which every search would read through
        Index(None, "sketch", postgresql_using="gin", postgresql_with={"fastupdate": "off"}),
        where_given("reprint_of_id", "reprint_of_id"),
        # rows of up to a page are not compressed: it took as much as three foreign keys, to save a third
        {"postgresql_with": {"toast_tuple_target": "8160"}},
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    source_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("source.id"))
    title: Mapped[str]
    url: Mapped[str | None]
    author: Mapped[str | None]
    language: Mapped[str]
    published_at: Mapped[dt.datetime]
    published_precision: Mapped[str]
    published_basis: Mapped[str]
    published_note: Mapped[str | None]
    text: Mapped[str]
    text_length: Mapped[int] = mapped_column(Computed("char_length(text)", persisted=True))
    sha256: Mapped[str] = mapped_column(unique=True)
    reprint_of_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("article.id", ondelete="SET NULL"))
    # smallest hashes of the text's shingles, by which near-duplicates are found; null where nobody looked
    sketch: Mapped[list[int] | None] = mapped_column(ARRAY(BigInteger))
    search: Mapped[str] = mapped_column(
        TSVECTOR,
        Computed(
            "setweight(to_tsvector('fact_lookup', title), 'A') || to_tsvector('fact_lookup', text)",
            persisted=True,
        ),
    )
    recorded_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())


class Entity(Base):
    """A person, organization, place or event that articles name."""

    __tablename__ = "entity"
    __table_args__ = (
        is_slug(),
        one_of("kind", ENTITY_KINDS),
        CheckConstraint("part_of_id <> id", name="not_part_of_itself"),
        ordered("name", "id"),
        ordered("kind", "name", "id"),
        ordered("recorded_at", "id"),
        Index(None, "part_of_id"),
        Index(None, "search", postgresql_using="gin"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    description: Mapped[str | None]
    part_of_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("entity.id"))
    # made by code that met the name in an article; a person has not looked at it yet
    inferred: Mapped[bool] = mapped_column(server_default=false())
    search: Mapped[str] = mapped_column(
        TSVECTOR,
        Computed(
            "setweight(to_tsvector('fact_lookup', name), 'A')"
            " || to_tsvector('fact_lookup', coalesce(description, ''))",
            persisted=True,
        ),
    )
    recorded_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())


class Alias(Base):
    """One way to write an entity's name.

    `folded` and `keys` are computed by `service.entities.names` when the row is written: the folded text for
    trigram and prefix search, the consonant keys of its tokens for spellings nobody listed.
    """

    __tablename__ = "alias"
    __table_args__ = (
        one_of("kind", ALIAS_KINDS),
        UniqueConstraint("entity_id", "text"),
        CheckConstraint("text <> ''", name="text_not_empty"),
        Index(None, "folded", postgresql_using="gin", postgresql_ops={"folded": "gin_trgm_ops"}),
        Index("ix_alias_folded_prefix", "folded", postgresql_ops={"folded": "text_pattern_ops"}),
        # no list of pending entries either: every name that is new is looked for by hundreds of keys
        Index(None, "keys", postgresql_using="gin", postgresql_with={"fastupdate": "off"}),
        Index(None, "search", postgresql_using="gin"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    entity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entity.id", ondelete="CASCADE"))
    text: Mapped[str]
    kind: Mapped[str]
    language: Mapped[str | None]
    folded: Mapped[str]
    keys: Mapped[list[str]]
    search: Mapped[str] = mapped_column(
        TSVECTOR, Computed("setweight(to_tsvector('fact_lookup', text), 'A')", persisted=True)
    )


class Mention(Base):
    """One place in an article where an entity is named."""

    __tablename__ = "mention"
    __table_args__ = (
        ForeignKeyConstraint(
            ["article_id", "text_length"], ["article.id", "article.text_length"], ondelete="CASCADE"
        ),
        CheckConstraint('0 <= start AND start < "end" AND "end" <= text_length', name="span_inside_text"),
        CheckConstraint('char_length(surface) = "end" - start', name="surface_fills_span"),
        UniqueConstraint("article_id", "start", "end"),
        Index(None, "entity_id", "article_id", "start"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    article_id: Mapped[uuid.UUID]
    text_length: Mapped[int]
    entity_id: Mapped[uuid.UUID]
    start: Mapped[int]
    end: Mapped[int]
    surface: Mapped[str]


class Predicate(Base):
    """A kind of statement a claim can make. `identity` names the roles that make two claims about the same
    thing."""

    __tablename__ = "predicate"
    __table_args__ = (is_slug(), one_of("kind", PREDICATE_KINDS))

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    label: Mapped[str]
    kind: Mapped[str]
    unit: Mapped[str | None]
    description: Mapped[str]
    subject: Mapped[str | None]
    object: Mapped[str | None]
    complement: Mapped[str | None]
    identity: Mapped[list[str]]


class Fact(Base):
    """All claims about the same thing, with the verdict of the agreement rule over them as of now.

    No foreign keys: predicate, participants and place are those of the claims, whose own are checked.
    """

    __tablename__ = "fact"
    __table_args__ = (
        is_slug(),
        one_of("extent", EXTENTS),
        one_of("status", STATUSES),
        CheckConstraint("period_end IS NULL OR period_start <= period_end", name="period_ordered"),
        CheckConstraint("lower IS NULL OR upper IS NULL OR lower <= upper", name="range_ordered"),
        Index("ix_fact_key", "key", postgresql_ops={"key": "text_pattern_ops"}),
        ordered("predicate_id", "last_reported", "id"),
        # questions name a predicate and somebody or some place
        where_given("place_id", "predicate_id", "place_id", "last_reported", "id"),
        where_given("subject_id", "subject_id", "predicate_id", "last_reported", "id"),
        where_given("object_id", "object_id", "predicate_id", "last_reported", "id"),
        where_given("complement_id", "complement_id", "predicate_id", "last_reported", "id"),
        where_given("subject_id", "subject_id", "last_reported", "id"),
        where_given("object_id", "object_id", "last_reported", "id"),
        where_given("complement_id", "complement_id", "last_reported", "id"),
        where_given("place_id", "place_id", "last_reported", "id"),
        ordered("status", "last_reported", "id"),
        where_given("extent", "extent", "last_reported", "id"),
        ordered("last_reported", "id"),
        ordered("spread", "id"),
        ordered("articles", "id"),
        Index(None, "independent_attributions"),
        Index(None, "search", postgresql_using="gin"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    key: Mapped[str]  # what the claims have in common but the period, as `facts.grouping.fact_key` writes it
    title: Mapped[str]
    predicate_id: Mapped[uuid.UUID]
    subject_id: Mapped[uuid.UUID | None]
    object_id: Mapped[uuid.UUID | None]
    complement_id: Mapped[uuid.UUID | None]
    place_id: Mapped[uuid.UUID | None]
    extent: Mapped[str | None]
    group: Mapped[str | None]
    period_start: Mapped[dt.date | None]
    period_end: Mapped[dt.date | None]
    status: Mapped[str]
    status_because: Mapped[str]
    claims: Mapped[int]
    articles: Mapped[int]
    independent_attributions: Mapped[int]
    lower: Mapped[Decimal | None]
    upper: Mapped[Decimal | None]
    spread: Mapped[Decimal]  # upper - lower, 0 for facts without figures
    # no foreign key: claims point to facts, and a circle would need deferred constraints for a derived column
    preferred_claim_id: Mapped[uuid.UUID | None]
    preferred_because: Mapped[list[str]]
    rule: Mapped[str]
    first_reported: Mapped[dt.datetime]
    last_reported: Mapped[dt.datetime]
    search: Mapped[str] = mapped_column(
        TSVECTOR, Computed("setweight(to_tsvector('fact_lookup', title), 'A')", persisted=True)
    )


class FactVersion(Base):
    """The verdict over a fact as it stood after each time something was published about it; answers `as_of`
    lists. Written and removed with the fact, so no foreign key is checked for each."""

    __tablename__ = "fact_version"
    __table_args__ = (one_of("status", STATUSES), Index(None, "reported_at", "fact_id"))

    fact_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    reported_at: Mapped[dt.datetime] = mapped_column(primary_key=True)
    status: Mapped[str]
    status_because: Mapped[str]
    claims: Mapped[int]
    articles: Mapped[int]
    independent_attributions: Mapped[int]
    lower: Mapped[Decimal | None]
    upper: Mapped[Decimal | None]
    spread: Mapped[Decimal]
    preferred_claim_id: Mapped[uuid.UUID | None]
    preferred_because: Mapped[list[str]]
    rule: Mapped[str]


class Claim(Base):
    """One statement by one article, with the exact words that carry it."""

    __tablename__ = "claim"
    __table_args__ = (
        one_of("qualifier", QUALIFIERS),
        one_of("extent", EXTENTS),
        one_of("modality", MODALITIES),
        one_of("time_precision", PRECISIONS),
        one_of("method", METHODS),
        ForeignKeyConstraint(
            ["article_id", "text_length"], ["article.id", "article.text_length"], ondelete="CASCADE"
        ),
        CheckConstraint(
            "0 <= evidence_start AND evidence_start < evidence_end AND evidence_end <= text_length",
            name="evidence_inside_text",
        ),
        CheckConstraint("char_length(evidence) = evidence_end - evidence_start", name="evidence_fills_span"),
        CheckConstraint("lower IS NULL OR upper IS NULL OR lower <= upper", name="value_ordered"),
        CheckConstraint(
            "amount IS NULL OR (lower IS NOT NULL OR upper IS NOT NULL)", name="amount_has_a_bound"
        ),
        CheckConstraint(
            "(qualifier IS NULL) = (lower IS NULL AND upper IS NULL)", name="value_has_a_qualifier"
        ),
        CheckConstraint("time_end IS NULL OR time_start <= time_end", name="time_ordered"),
        CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence_is_a_share"),
        CheckConstraint("(extractor IS NULL) = (method <> 'extracted')", name="extracted_names_extractor"),
        # deferred, because a claim put between two others moves those that follow within one transaction
        UniqueConstraint("article_id", "position", deferrable=True, initially="DEFERRED"),
        ordered("reported_at", "id"),
        ordered("predicate_id", "reported_at", "id"),
        ordered("fact_id", "reported_at", "id"),
        where_given("place_id", "place_id", "reported_at", "id"),
        where_given("subject_id", "subject_id", "predicate_id", "reported_at", "id"),
        where_given("object_id", "object_id", "predicate_id", "reported_at", "id"),
        where_given("subject_id", "subject_id", "reported_at", "id"),
        where_given("object_id", "object_id", "reported_at", "id"),
        where_given("complement_id", "complement_id", "reported_at", "id"),
        where_given("of_id", "of_id"),
        ordered("modality", "reported_at", "id"),
        where_given("extent", "extent", "reported_at", "id"),
        # of those alone that have a length: the others are found by where they begin, in the next indexes
        Index(None, "days", postgresql_using="gist", postgresql_where=text("time_start < time_end")),
        Index(
            None,
            "figures",
            postgresql_using="gist",
            postgresql_where=text("amount IS NULL AND lower < upper"),
        ),
        ordered("sort_time", "id"),
        ordered("sort_amount", "id"),
        ordered("predicate_id", "sort_amount", "id"),
        ordered("recorded_at", "id"),
        Index(None, "search", postgresql_using="gin"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    article_id: Mapped[uuid.UUID]
    text_length: Mapped[int]
    position: Mapped[int]  # the claim's place in its article's claims, from 0
    predicate_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("predicate.id"))
    fact_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("fact.id"))
    statement: Mapped[str]
    subject_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("entity.id"))
    subject_text: Mapped[str | None]
    object_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("entity.id"))
    object_text: Mapped[str | None]
    complement_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("entity.id"))
    complement_text: Mapped[str | None]
    amount: Mapped[Decimal | None]
    lower: Mapped[Decimal | None]
    upper: Mapped[Decimal | None]
    unit: Mapped[str | None]
    qualifier: Mapped[str | None]
    value_text: Mapped[str | None]
    place_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("entity.id"))
    extent: Mapped[str | None]
    group: Mapped[str | None]
    of_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("claim.id", ondelete="SET NULL"))
    time_start: Mapped[dt.date | None]
    time_end: Mapped[dt.date | None]
    time_precision: Mapped[str | None]
    time_text: Mapped[str | None]
    modality: Mapped[str]
    inferred: Mapped[list[str]]  # fields that the sentence does not state and the context implies
    evidence: Mapped[str]
    evidence_start: Mapped[int]
    evidence_end: Mapped[int]
    method: Mapped[str]
    extractor: Mapped[str | None]
    confidence: Mapped[float | None]
    reported_at: Mapped[
        dt.datetime
    ]  # the article's published_at, here so that one index serves filter and order
    recorded_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())
    # Keyset pagination needs a total order: claims without a date or a figure sort below all others.
    sort_time: Mapped[dt.date] = mapped_column(
        Computed("coalesce(time_start, '-infinity'::date)", persisted=True)
    )
    sort_amount: Mapped[Decimal] = mapped_column(
        Computed("coalesce(amount, lower, upper, '-Infinity'::numeric)", persisted=True)
    )
    # What filters on time and figures compare with: the days a claim is about, and the figures its value
    # allows, where an open bound is the other one. Null where it says nothing of the kind.
    days: Mapped[Range[dt.date] | None] = mapped_column(
        DATERANGE,
        Computed(
            "CASE WHEN time_start <= coalesce(time_end, time_start) THEN"
            " daterange(time_start, coalesce(time_end, time_start), '[]'::text) ELSE NULL::daterange END",
            persisted=True,
        ),
    )
    figures: Mapped[Range[Decimal] | None] = mapped_column(
        NUMRANGE,
        Computed(
            "CASE WHEN coalesce(amount, lower, upper) <= coalesce(amount, upper, lower) THEN"
            " numrange(coalesce(amount, lower, upper), coalesce(amount, upper, lower), '[]'::text)"
            " ELSE NULL::numrange END",
            persisted=True,
        ),
    )
    search: Mapped[str] = mapped_column(
        TSVECTOR,
        # extraction states what the sentence says, whose words then need not be sought twice
        Computed(
            "CASE WHEN statement = evidence"
            " THEN weighed_and_plain(to_tsvector('fact_lookup', statement))"
            " ELSE setweight(to_tsvector('fact_lookup', statement), 'A')"
            " || to_tsvector('fact_lookup', evidence) END",
            persisted=True,
        ),
    )


class Attribution(Base):
    """One link of the chain of who a claim is from: position 0 is the origin, media follow."""

    __tablename__ = "attribution"
    __table_args__ = (one_of("role", ATTRIBUTION_ROLES), ordered("entity_id", "claim_id"))

    claim_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("claim.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str]
    entity_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("entity.id"))
    name: Mapped[str]
    cue: Mapped[str | None]


class Participant(Base):
    """Every entity of a claim in every role, so that "everything about X, newest first" is one index range.

    Derived from the claim's own columns and its attributions by the function that inserts claims, and removed
    by whoever deletes them. Those point to the entities with foreign keys; further ones would be checked for
    every row and could say nothing new.
    """

    __tablename__ = "participant"
    __table_args__ = (
        one_of("role", PARTICIPANT_ROLES),
        ordered("entity_id", "reported_at", "claim_id"),
        ordered("entity_id", "role", "reported_at", "claim_id"),
    )

    claim_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    entity_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    reported_at: Mapped[dt.datetime]


class Relation(Base):
    """How two claims stand to each other, with the clause of the rule that decided. Computed, and removed by
    whoever deletes one of the claims."""

    __tablename__ = "relation"
    __table_args__ = (
        one_of("type", RELATION_TYPES),
        CheckConstraint("from_id <> to_id", name="between_two_claims"),
        Index(None, "fact_id"),
        Index(None, "to_id"),
    )

    from_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    to_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    fact_id: Mapped[uuid.UUID]  # of `from_id`, or of the part where one is a part of the other
    type: Mapped[str]
    clause: Mapped[str]
    because: Mapped[str]
    rule: Mapped[str]


class Revision(Base):
    """A single row whose number rises with every committed write; answers of the read path are valid per
    revision."""

    __tablename__ = "revision"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger)
    # rises when entities or aliases change
    names: Mapped[int] = mapped_column(BigInteger, server_default="0")
    # digest of the seed files that were loaded last
    seeds: Mapped[str | None]


class Key(Base):
    """A key that allows writing. Only a hash is kept: the key itself is shown once, when it is made."""

    __tablename__ = "key"
    __table_args__ = (
        CheckConstraint("hash ~ '^[0-9a-f]{64}$'", name="hash_form"),
        CheckConstraint("scopes <@ ARRAY['ingest', 'curate', 'admin']", name="scopes_known"),
        CheckConstraint("scopes <> '{}'", name="scopes_not_empty"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    hash: Mapped[str] = mapped_column(unique=True)
    scopes: Mapped[list[str]]
    created_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[dt.datetime | None]
    revoked_at: Mapped[dt.datetime | None]


class Change(Base):
    """Every change of a row: who, when, what, why. Written in the transaction of the change itself.

    `transaction` orders the feed: numbers from a sequence become visible out of order, so a reader that
    only went by `id` would miss what a slower transaction commits later (`service.curation.queries` says
    how it is read).
    """

    __tablename__ = "change"
    __table_args__ = (
        one_of("type", CHANGED_TYPES),
        one_of("action", ACTIONS),
        ordered("type", "row_id", "id"),
        where_given("slug", "type", "slug"),
        ordered("transaction", "id"),
        # those that extraction reads the names of anew
        Index("ix_change_entities", "id", postgresql_where=text("type = 'entity'")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    transaction: Mapped[int] = mapped_column(
        BigInteger, server_default=text("(pg_current_xact_id()::text)::bigint")
    )
    at: Mapped[dt.datetime] = mapped_column(server_default=func.now())
    actor: Mapped[str]  # the key's name
    type: Mapped[str]
    row_id: Mapped[uuid.UUID]
    slug: Mapped[str | None]
    action: Mapped[str]
    reason: Mapped[str | None]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]


class Rejection(Base):
    """A candidate that did not become a claim, and why. Kept so that nothing is silently dropped."""

    __tablename__ = "rejection"
    __table_args__ = (Index(None, "article_id"), Index(None, "reason"))

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    article_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"))
    extractor: Mapped[str]
    predicate: Mapped[str]
    quote: Mapped[str]
    reason: Mapped[str]
    detail: Mapped[str]
    recorded_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())


class Review(Base):
    """Something that code decided and a person should look at."""

    __tablename__ = "review"
    __table_args__ = (
        one_of("kind", REVIEW_KINDS),
        one_of("status", ("open", "accepted", "rejected")),
        CheckConstraint("(status = 'open') = (decided_at IS NULL)", name="decided_has_time"),
        UniqueConstraint("kind", "row_id", "other_id", postgresql_nulls_not_distinct=True),
        ordered("status", "recorded_at", "id"),
        Index(None, "row_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    row_id: Mapped[uuid.UUID]  # the entity or claim in question
    other_id: Mapped[uuid.UUID | None]  # the entity or claim it resembles
    detail: Mapped[str]
    score: Mapped[float | None]
    status: Mapped[str]
    decided_by: Mapped[str | None]
    decided_at: Mapped[dt.datetime | None]
    reason: Mapped[str | None]
    recorded_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())


class WithdrawnClaim(Base):
    """What is left of a claim whose article was taken back, for questions as of a time before
    (`service.facts.withdrawn`)."""

    __tablename__ = "withdrawn_claim"
    __table_args__ = (Index(None, "fact_id"), Index(None, "fact_slug"))

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)  # of the claim that is gone
    fact_id: Mapped[uuid.UUID]  # that it was in; there may be none any more
    fact_slug: Mapped[str]
    fact: Mapped[dict[str, Any]]
    view: Mapped[dict[str, Any]]
    article: Mapped[dict[str, Any]]
    statement: Mapped[str]
    value_text: Mapped[str | None]
    withdrawn_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())


class Redirect(Base):
    """An entity that was merged into another; its id and slug answer 308 from then on."""

    __tablename__ = "redirect"
    __table_args__ = (is_slug(), Index(None, "entity_id"))

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)  # the id that is gone
    slug: Mapped[str] = mapped_column(unique=True)
    entity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entity.id", ondelete="CASCADE"))


class Ingested(Base):
    """What bulk ingestion has read already, by a digest of it as it was read: a run that broke off goes
    on."""

    __tablename__ = "ingested"
    __table_args__ = (Index(None, "article_id"),)

    digest: Mapped[str] = mapped_column(primary_key=True)
    article_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"))
    recorded_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())
