"""Full-text search over facts, entities and their names; articles and claims have had it from the start."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SEARCHED = {
    "fact": "setweight(to_tsvector('fact_lookup', title), 'A')",
    "entity": "setweight(to_tsvector('fact_lookup', name), 'A')"
    " || to_tsvector('fact_lookup', coalesce(description, ''))",
    "alias": "setweight(to_tsvector('fact_lookup', text), 'A')",
}


def upgrade() -> None:
    for table, expression in SEARCHED.items():
        op.add_column(
            table,
            sa.Column(
                "search", postgresql.TSVECTOR(), sa.Computed(expression, persisted=True), nullable=False
            ),
        )
        op.create_index(op.f(f"ix_{table}_search"), table, ["search"], unique=False, postgresql_using="gin")


def downgrade() -> None:
    for table in reversed(SEARCHED):
        op.drop_index(op.f(f"ix_{table}_search"), table_name=table, postgresql_using="gin")
        op.drop_column(table, "search")
