"""A claim that says just what its evidence says is cut into words once; and only what has a length is in the
indexes of days and figures: what begins and ends as one is found by where it begins."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

WORDS = "setweight(to_tsvector('fact_lookup', statement), 'A') || to_tsvector('fact_lookup', evidence)"
WORDS_ONCE = (
    "CASE WHEN statement = evidence THEN weighed_and_plain(to_tsvector('fact_lookup', statement))"
    f" ELSE {WORDS} END"
)
OF_A_LENGTH = {"days": "time_start < time_end", "figures": "amount IS NULL AND lower < upper"}


def upgrade() -> None:
    # No SQL function: that would be put in place of its call, with its argument twice.
    op.execute(
        "CREATE FUNCTION weighed_and_plain(words tsvector) RETURNS tsvector"
        " LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE"
        " AS $$ BEGIN RETURN setweight(words, 'A') || words; END $$"
    )
    search(WORDS_ONCE)
    for column, condition in OF_A_LENGTH.items():
        index(column, postgresql_where=sa.text(condition))


def downgrade() -> None:
    for column in OF_A_LENGTH:
        index(column)
    search(WORDS)
    op.execute("DROP FUNCTION weighed_and_plain(tsvector)")


def search(expression: str) -> None:
    op.drop_column("claim", "search")
    computed = sa.Computed(expression, persisted=True)
    op.add_column("claim", sa.Column("search", postgresql.TSVECTOR(), computed, nullable=False))
    op.create_index(op.f("ix_claim_search"), "claim", ["search"], postgresql_using="gin")


def index(column: str, **condition: sa.TextClause) -> None:
    name = op.f(f"ix_claim_{column}")
    op.drop_index(name, table_name="claim")
    op.create_index(name, "claim", [column], postgresql_using="gist", **condition)
