"""Claims whose article was taken back, for questions as of a time before."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "withdrawn_claim",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("fact_id", sa.Uuid(), nullable=False),
        sa.Column("fact_slug", sa.Text(), nullable=False),
        sa.Column("fact", postgresql.JSONB(), nullable=False),
        sa.Column("view", postgresql.JSONB(), nullable=False),
        sa.Column("article", postgresql.JSONB(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("value_text", sa.Text(), nullable=True),
        sa.Column(
            "withdrawn_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawn_claim")),
    )
    op.create_index(op.f("ix_withdrawn_claim_fact_id"), "withdrawn_claim", ["fact_id"], unique=False)
    op.create_index(op.f("ix_withdrawn_claim_fact_slug"), "withdrawn_claim", ["fact_slug"], unique=False)


def downgrade() -> None:
    op.drop_table("withdrawn_claim")
