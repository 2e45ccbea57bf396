"""The schema: sources, articles, entities, predicates, claims, facts and what joins them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Trusted extensions: the owner of a database may create them without being superuser.
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.execute("CREATE EXTENSION IF NOT EXISTS unaccent")
    # English stems, found with and without diacritics. A configuration, because to_tsvector with a named one is
    # immutable and may stand in a generated column, while unaccent() may not.
    op.execute("CREATE TEXT SEARCH CONFIGURATION fact_lookup (COPY = english)")
    op.execute(
        "ALTER TEXT SEARCH CONFIGURATION fact_lookup"
        " ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem"
    )
    op.create_table(
        "entity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("part_of_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('person', 'organization', 'place', 'event')", name=op.f("ck_entity_kind_known")
        ),
        sa.CheckConstraint(
            "slug ~ '^[a-z0-9]+([_-][a-z0-9]+)*$' AND length(slug) <= 120", name=op.f("ck_entity_slug_form")
        ),
        sa.CheckConstraint("part_of_id <> id", name=op.f("ck_entity_not_part_of_itself")),
        sa.ForeignKeyConstraint(["part_of_id"], ["entity.id"], name=op.f("fk_entity_part_of_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entity")),
        sa.UniqueConstraint("slug", name=op.f("uq_entity_slug")),
    )
    op.create_index(op.f("ix_entity_kind_name_id"), "entity", ["kind", "name", "id"], unique=False)
    op.create_index(op.f("ix_entity_name_id"), "entity", ["name", "id"], unique=False)
    op.create_index(op.f("ix_entity_part_of_id"), "entity", ["part_of_id"], unique=False)
    op.create_table(
        "predicate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("object", sa.Text(), nullable=True),
        sa.Column("complement", sa.Text(), nullable=True),
        sa.Column("identity", sa.ARRAY(sa.Text()), nullable=False),
        sa.CheckConstraint(
            "kind IN ('quantity', 'event', 'relation', 'statement')", name=op.f("ck_predicate_kind_known")
        ),
        sa.CheckConstraint(
            "slug ~ '^[a-z0-9]+([_-][a-z0-9]+)*$' AND length(slug) <= 120",
            name=op.f("ck_predicate_slug_form"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_predicate")),
        sa.UniqueConstraint("slug", name=op.f("uq_predicate_slug")),
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_revision_single_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("inferred", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("kind IN ('outlet', 'agency', 'site')", name=op.f("ck_source_kind_known")),
        sa.CheckConstraint(
            "slug ~ '^[a-z0-9]+([_-][a-z0-9]+)*$' AND length(slug) <= 120", name=op.f("ck_source_slug_form")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("slug", name=op.f("uq_source_slug")),
    )
    op.create_table(
        "alias",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("keys", sa.ARRAY(sa.Text()), nullable=False),
        sa.CheckConstraint(
            "kind IN ('name', 'spelling', 'short', 'acronym', 'native', 'former', 'error', 'demonym')",
            name=op.f("ck_alias_kind_known"),
        ),
        sa.CheckConstraint("text <> ''", name=op.f("ck_alias_text_not_empty")),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entity.id"], name=op.f("fk_alias_entity_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alias")),
        sa.UniqueConstraint("entity_id", "text", name=op.f("uq_alias_entity_id_text")),
    )
    op.create_index(
        op.f("ix_alias_folded"),
        "alias",
        ["folded"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"folded": "gin_trgm_ops"},
    )
    op.create_index(
        "ix_alias_folded_prefix",
        "alias",
        ["folded"],
        unique=False,
        postgresql_ops={"folded": "text_pattern_ops"},
    )
    op.create_index(op.f("ix_alias_keys"), "alias", ["keys"], unique=False, postgresql_using="gin")
    op.create_table(
        "article",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_precision", sa.Text(), nullable=False),
        sa.Column("published_basis", sa.Text(), nullable=False),
        sa.Column("published_note", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "text_length", sa.Integer(), sa.Computed("char_length(text)", persisted=True), nullable=False
        ),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("reprint_of_id", sa.Uuid(), nullable=True),
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed(
                "setweight(to_tsvector('fact_lookup', title), 'A') || to_tsvector('fact_lookup', text)",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "published_basis IN ('given', 'inferred')", name=op.f("ck_article_published_basis_known")
        ),
        sa.CheckConstraint(
            "published_precision IN ('second', 'day', 'week', 'month', 'year')",
            name=op.f("ck_article_published_precision_known"),
        ),
        sa.CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name=op.f("ck_article_sha256_form")),
        sa.CheckConstraint(
            "slug ~ '^[a-z0-9]+([_-][a-z0-9]+)*$' AND length(slug) <= 120", name=op.f("ck_article_slug_form")
        ),
        sa.ForeignKeyConstraint(["reprint_of_id"], ["article.id"], name=op.f("fk_article_reprint_of_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_article_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("id", "text_length", name=op.f("uq_article_id_text_length")),
        sa.UniqueConstraint("sha256", name=op.f("uq_article_sha256")),
        sa.UniqueConstraint("slug", name=op.f("uq_article_slug")),
    )
    op.create_index(op.f("ix_article_published_at_id"), "article", ["published_at", "id"], unique=False)
    op.create_index(
        op.f("ix_article_reprint_of_id"),
        "article",
        ["reprint_of_id"],
        unique=False,
        postgresql_where=sa.text("reprint_of_id IS NOT NULL"),
    )
    op.create_index(op.f("ix_article_search"), "article", ["search"], unique=False, postgresql_using="gin")
    op.create_index(
        op.f("ix_article_source_id_published_at"), "article", ["source_id", "published_at"], unique=False
    )
    op.create_index(op.f("ix_article_title_id"), "article", ["title", "id"], unique=False)
    op.create_table(
        "fact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("predicate_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("object_id", sa.Uuid(), nullable=True),
        sa.Column("complement_id", sa.Uuid(), nullable=True),
        sa.Column("place_id", sa.Uuid(), nullable=True),
        sa.Column("extent", sa.Text(), nullable=True),
        sa.Column("group", sa.Text(), nullable=True),
        sa.Column("period_start", sa.Date(), nullable=True),
        sa.Column("period_end", sa.Date(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_because", sa.Text(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("independent_attributions", sa.Integer(), nullable=False),
        sa.Column("lower", sa.Numeric(), nullable=True),
        sa.Column("upper", sa.Numeric(), nullable=True),
        sa.Column("spread", sa.Numeric(), nullable=False),
        sa.Column("preferred_claim_id", sa.Uuid(), nullable=True),
        sa.Column("preferred_because", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("first_reported", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_reported", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "extent IN ('cumulative', 'increment', 'subset')", name=op.f("ck_fact_extent_known")
        ),
        sa.CheckConstraint(
            "slug ~ '^[a-z0-9]+([_-][a-z0-9]+)*$' AND length(slug) <= 120", name=op.f("ck_fact_slug_form")
        ),
        sa.CheckConstraint(
            "status IN ('single_source', 'agreed', 'evolving', 'disputed', 'retracted')",
            name=op.f("ck_fact_status_known"),
        ),
        sa.CheckConstraint(
            "lower IS NULL OR upper IS NULL OR lower <= upper", name=op.f("ck_fact_range_ordered")
        ),
        sa.CheckConstraint(
            "period_end IS NULL OR period_start <= period_end", name=op.f("ck_fact_period_ordered")
        ),
        sa.ForeignKeyConstraint(["complement_id"], ["entity.id"], name=op.f("fk_fact_complement_id")),
        sa.ForeignKeyConstraint(["object_id"], ["entity.id"], name=op.f("fk_fact_object_id")),
        sa.ForeignKeyConstraint(["place_id"], ["entity.id"], name=op.f("fk_fact_place_id")),
        sa.ForeignKeyConstraint(["predicate_id"], ["predicate.id"], name=op.f("fk_fact_predicate_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["entity.id"], name=op.f("fk_fact_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact")),
        sa.UniqueConstraint("slug", name=op.f("uq_fact_slug")),
    )
    op.create_index(op.f("ix_fact_articles_id"), "fact", ["articles", "id"], unique=False)
    op.create_index(
        op.f("ix_fact_independent_attributions"), "fact", ["independent_attributions"], unique=False
    )
    op.create_index("ix_fact_key", "fact", ["key"], unique=False, postgresql_ops={"key": "text_pattern_ops"})
    op.create_index(op.f("ix_fact_last_reported_id"), "fact", ["last_reported", "id"], unique=False)
    op.create_index(op.f("ix_fact_object_id"), "fact", ["object_id"], unique=False)
    op.create_index(
        op.f("ix_fact_place_id_last_reported_id"), "fact", ["place_id", "last_reported", "id"], unique=False
    )
    op.create_index(
        op.f("ix_fact_predicate_id_last_reported_id"),
        "fact",
        ["predicate_id", "last_reported", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_fact_spread_id"), "fact", ["spread", "id"], unique=False)
    op.create_index(
        op.f("ix_fact_status_last_reported_id"), "fact", ["status", "last_reported", "id"], unique=False
    )
    op.create_index(op.f("ix_fact_subject_id"), "fact", ["subject_id"], unique=False)
    op.create_table(
        "claim",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("text_length", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("predicate_id", sa.Uuid(), nullable=False),
        sa.Column("fact_id", sa.Uuid(), nullable=True),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("subject_text", sa.Text(), nullable=True),
        sa.Column("object_id", sa.Uuid(), nullable=True),
        sa.Column("object_text", sa.Text(), nullable=True),
        sa.Column("complement_id", sa.Uuid(), nullable=True),
        sa.Column("complement_text", sa.Text(), nullable=True),
        sa.Column("amount", sa.Numeric(), nullable=True),
        sa.Column("lower", sa.Numeric(), nullable=True),
        sa.Column("upper", sa.Numeric(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("qualifier", sa.Text(), nullable=True),
        sa.Column("value_text", sa.Text(), nullable=True),
        sa.Column("place_id", sa.Uuid(), nullable=True),
        sa.Column("extent", sa.Text(), nullable=True),
        sa.Column("group", sa.Text(), nullable=True),
        sa.Column("of_id", sa.Uuid(), nullable=True),
        sa.Column("time_start", sa.Date(), nullable=True),
        sa.Column("time_end", sa.Date(), nullable=True),
        sa.Column("time_precision", sa.Text(), nullable=True),
        sa.Column("time_text", sa.Text(), nullable=True),
        sa.Column("modality", sa.Text(), nullable=False),
        sa.Column("inferred", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("evidence_start", sa.Integer(), nullable=False),
        sa.Column("evidence_end", sa.Integer(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column(
            "sort_time",
            sa.Date(),
            sa.Computed("coalesce(time_start, '-infinity'::date)", persisted=True),
            nullable=False,
        ),
        sa.Column(
            "sort_amount",
            sa.Numeric(),
            sa.Computed("coalesce(amount, lower, upper, '-Infinity'::numeric)", persisted=True),
            nullable=False,
        ),
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed(
                "setweight(to_tsvector('fact_lookup', statement), 'A') || to_tsvector('fact_lookup', evidence)",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(extractor IS NULL) = (method <> 'extracted')", name=op.f("ck_claim_extracted_names_extractor")
        ),
        sa.CheckConstraint(
            "extent IN ('cumulative', 'increment', 'subset')", name=op.f("ck_claim_extent_known")
        ),
        sa.CheckConstraint(
            "method IN ('curated', 'extracted', 'submitted')", name=op.f("ck_claim_method_known")
        ),
        sa.CheckConstraint(
            "modality IN ('asserted', 'reported', 'denied', 'retracted', 'planned', 'alleged')",
            name=op.f("ck_claim_modality_known"),
        ),
        sa.CheckConstraint(
            "qualifier IN ('exact', 'about', 'nearly', 'more_than', 'at_least', 'less_than', 'at_most', 'range')",
            name=op.f("ck_claim_qualifier_known"),
        ),
        sa.CheckConstraint(
            "time_precision IN ('second', 'day', 'week', 'month', 'year')",
            name=op.f("ck_claim_time_precision_known"),
        ),
        sa.CheckConstraint(
            "(qualifier IS NULL) = (lower IS NULL AND upper IS NULL)",
            name=op.f("ck_claim_value_has_a_qualifier"),
        ),
        sa.CheckConstraint(
            "0 <= evidence_start AND evidence_start < evidence_end AND evidence_end <= text_length",
            name=op.f("ck_claim_evidence_inside_text"),
        ),
        sa.CheckConstraint(
            "amount IS NULL OR (lower IS NOT NULL OR upper IS NOT NULL)",
            name=op.f("ck_claim_amount_has_a_bound"),
        ),
        sa.CheckConstraint(
            "char_length(evidence) = evidence_end - evidence_start", name=op.f("ck_claim_evidence_fills_span")
        ),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name=op.f("ck_claim_confidence_is_a_share")),
        sa.CheckConstraint(
            "lower IS NULL OR upper IS NULL OR lower <= upper", name=op.f("ck_claim_value_ordered")
        ),
        sa.CheckConstraint("time_end IS NULL OR time_start <= time_end", name=op.f("ck_claim_time_ordered")),
        sa.ForeignKeyConstraint(
            ["article_id", "text_length"],
            ["article.id", "article.text_length"],
            name=op.f("fk_claim_article_id_text_length"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["complement_id"], ["entity.id"], name=op.f("fk_claim_complement_id")),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], name=op.f("fk_claim_fact_id")),
        sa.ForeignKeyConstraint(["object_id"], ["entity.id"], name=op.f("fk_claim_object_id")),
        sa.ForeignKeyConstraint(["of_id"], ["claim.id"], name=op.f("fk_claim_of_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["place_id"], ["entity.id"], name=op.f("fk_claim_place_id")),
        sa.ForeignKeyConstraint(["predicate_id"], ["predicate.id"], name=op.f("fk_claim_predicate_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["entity.id"], name=op.f("fk_claim_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint(
            "article_id",
            "position",
            deferrable=True,
            initially="DEFERRED",
            name=op.f("uq_claim_article_id_position"),
        ),
    )
    op.create_index(op.f("ix_claim_complement_id"), "claim", ["complement_id"], unique=False)
    op.create_index(
        op.f("ix_claim_fact_id_reported_at_id"), "claim", ["fact_id", "reported_at", "id"], unique=False
    )
    op.create_index(
        op.f("ix_claim_modality_reported_at_id"), "claim", ["modality", "reported_at", "id"], unique=False
    )
    op.create_index(op.f("ix_claim_object_id"), "claim", ["object_id"], unique=False)
    op.create_index(op.f("ix_claim_of_id"), "claim", ["of_id"], unique=False)
    op.create_index(
        op.f("ix_claim_place_id_reported_at_id"), "claim", ["place_id", "reported_at", "id"], unique=False
    )
    op.create_index(
        op.f("ix_claim_predicate_id_reported_at_id"),
        "claim",
        ["predicate_id", "reported_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_claim_predicate_id_sort_amount_id"),
        "claim",
        ["predicate_id", "sort_amount", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_claim_recorded_at_id"), "claim", ["recorded_at", "id"], unique=False)
    op.create_index(op.f("ix_claim_reported_at_id"), "claim", ["reported_at", "id"], unique=False)
    op.create_index(op.f("ix_claim_search"), "claim", ["search"], unique=False, postgresql_using="gin")
    op.create_index(op.f("ix_claim_sort_amount_id"), "claim", ["sort_amount", "id"], unique=False)
    op.create_index(op.f("ix_claim_sort_time_id"), "claim", ["sort_time", "id"], unique=False)
    op.create_index(
        op.f("ix_claim_subject_id_reported_at_id"), "claim", ["subject_id", "reported_at", "id"], unique=False
    )
    op.create_index(op.f("ix_claim_time_start_time_end"), "claim", ["time_start", "time_end"], unique=False)
    op.create_table(
        "fact_version",
        sa.Column("fact_id", sa.Uuid(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_because", sa.Text(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("independent_attributions", sa.Integer(), nullable=False),
        sa.Column("lower", sa.Numeric(), nullable=True),
        sa.Column("upper", sa.Numeric(), nullable=True),
        sa.Column("spread", sa.Numeric(), nullable=False),
        sa.Column("preferred_claim_id", sa.Uuid(), nullable=True),
        sa.Column("preferred_because", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "status IN ('single_source', 'agreed', 'evolving', 'disputed', 'retracted')",
            name=op.f("ck_fact_version_status_known"),
        ),
        sa.ForeignKeyConstraint(
            ["fact_id"], ["fact.id"], name=op.f("fk_fact_version_fact_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("fact_id", "reported_at", name=op.f("pk_fact_version")),
    )
    op.create_table(
        "mention",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("text_length", sa.Integer(), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("surface", sa.Text(), nullable=False),
        sa.CheckConstraint(
            '0 <= start AND start < "end" AND "end" <= text_length', name=op.f("ck_mention_span_inside_text")
        ),
        sa.CheckConstraint(
            'char_length(surface) = "end" - start', name=op.f("ck_mention_surface_fills_span")
        ),
        sa.ForeignKeyConstraint(
            ["article_id", "text_length"],
            ["article.id", "article.text_length"],
            name=op.f("fk_mention_article_id_text_length"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name=op.f("fk_mention_entity_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention")),
        sa.UniqueConstraint("article_id", "start", "end", name=op.f("uq_mention_article_id_start_end")),
    )
    op.create_index(
        op.f("ix_mention_entity_id_article_id_start"),
        "mention",
        ["entity_id", "article_id", "start"],
        unique=False,
    )
    op.create_table(
        "attribution",
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("cue", sa.Text(), nullable=True),
        sa.CheckConstraint("role IN ('origin', 'medium')", name=op.f("ck_attribution_role_known")),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_attribution_claim_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name=op.f("fk_attribution_entity_id")),
        sa.PrimaryKeyConstraint("claim_id", "position", name=op.f("pk_attribution")),
    )
    op.create_index(
        op.f("ix_attribution_entity_id_claim_id"), "attribution", ["entity_id", "claim_id"], unique=False
    )
    op.create_table(
        "participant",
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "role IN ('subject', 'object', 'complement', 'place', 'speaker')",
            name=op.f("ck_participant_role_known"),
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_participant_claim_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name=op.f("fk_participant_entity_id")),
        sa.PrimaryKeyConstraint("claim_id", "role", "entity_id", name=op.f("pk_participant")),
    )
    op.create_index(
        op.f("ix_participant_entity_id_reported_at_claim_id"),
        "participant",
        ["entity_id", "reported_at", "claim_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_participant_entity_id_role_reported_at_claim_id"),
        "participant",
        ["entity_id", "role", "reported_at", "claim_id"],
        unique=False,
    )
    op.create_table(
        "relation",
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("fact_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "type IN ('equal', 'rounding_of', 'bound_compatible', 'scope_differs', 'update_of', 'retracts', 'possible_transcription', 'contradicts')",
            name=op.f("ck_relation_type_known"),
        ),
        sa.CheckConstraint("from_id <> to_id", name=op.f("ck_relation_between_two_claims")),
        sa.ForeignKeyConstraint(
            ["fact_id"], ["fact.id"], name=op.f("fk_relation_fact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["from_id"], ["claim.id"], name=op.f("fk_relation_from_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["to_id"], ["claim.id"], name=op.f("fk_relation_to_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("from_id", "to_id", name=op.f("pk_relation")),
    )
    op.create_index(op.f("ix_relation_fact_id"), "relation", ["fact_id"], unique=False)
    op.create_index(op.f("ix_relation_to_id"), "relation", ["to_id"], unique=False)
    op.execute("INSERT INTO revision (id, number) VALUES (1, 0)")


def downgrade() -> None:
    op.drop_index(op.f("ix_relation_to_id"), table_name="relation")
    op.drop_index(op.f("ix_relation_fact_id"), table_name="relation")
    op.drop_table("relation")
    op.drop_index(op.f("ix_participant_entity_id_role_reported_at_claim_id"), table_name="participant")
    op.drop_index(op.f("ix_participant_entity_id_reported_at_claim_id"), table_name="participant")
    op.drop_table("participant")
    op.drop_index(op.f("ix_attribution_entity_id_claim_id"), table_name="attribution")
    op.drop_table("attribution")
    op.drop_index(op.f("ix_mention_entity_id_article_id_start"), table_name="mention")
    op.drop_table("mention")
    op.drop_table("fact_version")
    op.drop_index(op.f("ix_claim_time_start_time_end"), table_name="claim")
    op.drop_index(op.f("ix_claim_subject_id_reported_at_id"), table_name="claim")
    op.drop_index(op.f("ix_claim_sort_time_id"), table_name="claim")
    op.drop_index(op.f("ix_claim_sort_amount_id"), table_name="claim")
    op.drop_index(op.f("ix_claim_search"), table_name="claim", postgresql_using="gin")
    op.drop_index(op.f("ix_claim_reported_at_id"), table_name="claim")
    op.drop_index(op.f("ix_claim_recorded_at_id"), table_name="claim")
    op.drop_index(op.f("ix_claim_predicate_id_sort_amount_id"), table_name="claim")
    op.drop_index(op.f("ix_claim_predicate_id_reported_at_id"), table_name="claim")
    op.drop_index(op.f("ix_claim_place_id_reported_at_id"), table_name="claim")
    op.drop_index(op.f("ix_claim_of_id"), table_name="claim")
    op.drop_index(op.f("ix_claim_object_id"), table_name="claim")
    op.drop_index(op.f("ix_claim_modality_reported_at_id"), table_name="claim")
    op.drop_index(op.f("ix_claim_fact_id_reported_at_id"), table_name="claim")
    op.drop_index(op.f("ix_claim_complement_id"), table_name="claim")
    op.drop_table("claim")
    op.drop_index(op.f("ix_fact_subject_id"), table_name="fact")
    op.drop_index(op.f("ix_fact_status_last_reported_id"), table_name="fact")
    op.drop_index(op.f("ix_fact_spread_id"), table_name="fact")
    op.drop_index(op.f("ix_fact_predicate_id_last_reported_id"), table_name="fact")
    op.drop_index(op.f("ix_fact_place_id_last_reported_id"), table_name="fact")
    op.drop_index(op.f("ix_fact_object_id"), table_name="fact")
    op.drop_index(op.f("ix_fact_last_reported_id"), table_name="fact")
    op.drop_index("ix_fact_key", table_name="fact", postgresql_ops={"key": "text_pattern_ops"})
    op.drop_index(op.f("ix_fact_independent_attributions"), table_name="fact")
    op.drop_index(op.f("ix_fact_articles_id"), table_name="fact")
    op.drop_table("fact")
    op.drop_index(op.f("ix_article_title_id"), table_name="article")
    op.drop_index(op.f("ix_article_source_id_published_at"), table_name="article")
    op.drop_index(op.f("ix_article_search"), table_name="article", postgresql_using="gin")
    op.drop_index(
        op.f("ix_article_reprint_of_id"),
        table_name="article",
        postgresql_where=sa.text("reprint_of_id IS NOT NULL"),
    )
    op.drop_index(op.f("ix_article_published_at_id"), table_name="article")
    op.drop_table("article")
    op.drop_index(op.f("ix_alias_keys"), table_name="alias", postgresql_using="gin")
    op.drop_index("ix_alias_folded_prefix", table_name="alias", postgresql_ops={"folded": "text_pattern_ops"})
    op.drop_index(
        op.f("ix_alias_folded"),
        table_name="alias",
        postgresql_using="gin",
        postgresql_ops={"folded": "gin_trgm_ops"},
    )
    op.drop_table("alias")
    op.drop_table("source")
    op.drop_table("revision")
    op.drop_table("predicate")
    op.drop_index(op.f("ix_entity_part_of_id"), table_name="entity")
    op.drop_index(op.f("ix_entity_name_id"), table_name="entity")
    op.drop_index(op.f("ix_entity_kind_name_id"), table_name="entity")
    op.drop_table("entity")
    op.execute("DROP TEXT SEARCH CONFIGURATION fact_lookup")
    op.execute("DROP EXTENSION unaccent")
    op.execute("DROP EXTENSION pg_trgm")
