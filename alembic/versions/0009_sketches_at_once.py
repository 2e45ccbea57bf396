"""The keys of near-duplicates go into their index at once: a search reads through what is pending."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER INDEX ix_article_sketch SET (fastupdate = off)")
    op.execute("SELECT gin_clean_pending_list('ix_article_sketch')")


def downgrade() -> None:
    op.execute("ALTER INDEX ix_article_sketch RESET (fastupdate)")
