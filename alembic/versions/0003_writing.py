"""Writing: keys, history, rejected candidates, reviews, redirects of merged entities."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "change",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column(
            "transaction",
            sa.BigInteger(),
            server_default=sa.text("(pg_current_xact_id()::text)::bigint"),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("after", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.CheckConstraint(
            "action IN ('created', 'updated', 'deleted', 'merged', 'split', 'accepted', 'rejected')",
            name=op.f("ck_change_action_known"),
        ),
        sa.CheckConstraint(
            "type IN ('article', 'entity', 'claim', 'source', 'review', 'key')",
            name=op.f("ck_change_type_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    op.create_index(op.f("ix_change_transaction_id"), "change", ["transaction", "id"], unique=False)
    op.create_index(op.f("ix_change_type_row_id_id"), "change", ["type", "row_id", "id"], unique=False)
    op.create_table(
        "key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("scopes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("hash ~ '^[0-9a-f]{64}$'", name=op.f("ck_key_hash_form")),
        sa.CheckConstraint("scopes <> '{}'", name=op.f("ck_key_scopes_not_empty")),
        sa.CheckConstraint("scopes <@ ARRAY['ingest', 'curate', 'admin']", name=op.f("ck_key_scopes_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key")),
        sa.UniqueConstraint("hash", name=op.f("uq_key_hash")),
        sa.UniqueConstraint("name", name=op.f("uq_key_name")),
    )
    op.create_table(
        "review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(status = 'open') = (decided_at IS NULL)", name=op.f("ck_review_decided_has_time")
        ),
        sa.CheckConstraint(
            "kind IN ('similar_entity', 'low_confidence', 'possible_transcription')",
            name=op.f("ck_review_kind_known"),
        ),
        sa.CheckConstraint("status IN ('open', 'accepted', 'rejected')", name=op.f("ck_review_status_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint(
            "kind",
            "row_id",
            "other_id",
            name=op.f("uq_review_kind_row_id_other_id"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index(op.f("ix_review_row_id"), "review", ["row_id"], unique=False)
    op.create_index(
        op.f("ix_review_status_recorded_at_id"), "review", ["status", "recorded_at", "id"], unique=False
    )
    op.create_table(
        "redirect",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "slug ~ '^[a-z0-9]+([_-][a-z0-9]+)*$' AND length(slug) <= 120", name=op.f("ck_redirect_slug_form")
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entity.id"], name=op.f("fk_redirect_entity_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redirect")),
        sa.UniqueConstraint("slug", name=op.f("uq_redirect_slug")),
    )
    op.create_index(op.f("ix_redirect_entity_id"), "redirect", ["entity_id"], unique=False)
    op.create_table(
        "rejection",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("predicate", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_rejection_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rejection")),
    )
    op.create_index(op.f("ix_rejection_article_id"), "rejection", ["article_id"], unique=False)
    op.create_index(op.f("ix_rejection_reason"), "rejection", ["reason"], unique=False)
    op.add_column("article", sa.Column("sketch", sa.ARRAY(sa.BigInteger()), nullable=True))
    op.create_index(op.f("ix_article_sketch"), "article", ["sketch"], unique=False, postgresql_using="gin")
    op.drop_constraint(op.f("fk_article_reprint_of_id"), "article", type_="foreignkey")
    op.create_foreign_key(
        op.f("fk_article_reprint_of_id"), "article", "article", ["reprint_of_id"], ["id"], ondelete="SET NULL"
    )
    op.add_column("entity", sa.Column("inferred", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("revision", sa.Column("names", sa.BigInteger(), server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_column("revision", "names")
    op.drop_column("entity", "inferred")
    op.drop_constraint(op.f("fk_article_reprint_of_id"), "article", type_="foreignkey")
    op.create_foreign_key(op.f("fk_article_reprint_of_id"), "article", "article", ["reprint_of_id"], ["id"])
    op.drop_index(op.f("ix_article_sketch"), table_name="article", postgresql_using="gin")
    op.drop_column("article", "sketch")
    op.drop_index(op.f("ix_rejection_reason"), table_name="rejection")
    op.drop_index(op.f("ix_rejection_article_id"), table_name="rejection")
    op.drop_table("rejection")
    op.drop_index(op.f("ix_redirect_entity_id"), table_name="redirect")
    op.drop_table("redirect")
    op.drop_index(op.f("ix_review_status_recorded_at_id"), table_name="review")
    op.drop_index(op.f("ix_review_row_id"), table_name="review")
    op.drop_table("review")
    op.drop_table("key")
    op.drop_index(op.f("ix_change_type_row_id_id"), table_name="change")
    op.drop_index(op.f("ix_change_transaction_id"), table_name="change")
    op.drop_table("change")
