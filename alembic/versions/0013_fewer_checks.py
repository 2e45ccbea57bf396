"""Who takes part in claims and how they stand to each other follows from them, and goes by the code that deletes
them; keys of names go into their index at once, as a search reads through what is pending."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KEYS = (("participant", "claim_id"), ("relation", "from_id"), ("relation", "to_id"))


def upgrade() -> None:
    for table, column in KEYS:
        op.drop_constraint(op.f(f"fk_{table}_{column}"), table, type_="foreignkey")
    op.execute("ALTER INDEX ix_alias_keys SET (fastupdate = off)")
    op.execute("SELECT gin_clean_pending_list('ix_alias_keys')")


def downgrade() -> None:
    op.execute("ALTER INDEX ix_alias_keys RESET (fastupdate)")
    for table, column in KEYS:
        name = op.f(f"fk_{table}_{column}")
        op.create_foreign_key(name, table, "claim", [column], ["id"], ondelete="CASCADE")
