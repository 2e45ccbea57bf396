"""Ranges of days and figures to filter by, and indexes in the order of lists."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

RANGES = {
    "days": (
        postgresql.DATERANGE(),
        "CASE WHEN time_start <= coalesce(time_end, time_start) THEN"
        " daterange(time_start, coalesce(time_end, time_start), '[]'::text) ELSE NULL::daterange END",
    ),
    "figures": (
        postgresql.NUMRANGE(),
        "CASE WHEN coalesce(amount, lower, upper) <= coalesce(amount, upper, lower) THEN"
        " numrange(coalesce(amount, lower, upper), coalesce(amount, upper, lower), '[]'::text) ELSE NULL::numrange END",
    ),
}
# table, columns before, columns after
LENGTHENED = (
    ("claim", ["object_id"], ["object_id", "reported_at", "id"]),
    ("claim", ["complement_id"], ["complement_id", "reported_at", "id"]),
    ("fact", ["subject_id"], ["subject_id", "last_reported", "id"]),
    ("fact", ["object_id"], ["object_id", "last_reported", "id"]),
)
NEW = (
    ("claim", ["extent", "reported_at", "id"]),
    ("fact", ["extent", "last_reported", "id"]),
    ("fact", ["complement_id", "last_reported", "id"]),
    ("fact_version", ["reported_at", "fact_id"]),
)
# Columns whose values are spread so unevenly that the usual hundred most frequent ones say too little.
SKEWED = (
    ("article", "source_id"),
    ("claim", "fact_id"),
    ("claim", "subject_id"),
    ("claim", "object_id"),
    ("claim", "place_id"),
    ("participant", "entity_id"),
    ("mention", "entity_id"),
)


def name(table: str, columns: list[str]) -> str:
    return op.f(f"ix_{table}_{'_'.join(columns)}")


def upgrade() -> None:
    for column, (kind, expression) in RANGES.items():
        op.add_column(
            "claim", sa.Column(column, kind, sa.Computed(expression, persisted=True), nullable=True)
        )
        op.create_index(op.f(f"ix_claim_{column}"), "claim", [column], postgresql_using="gist")
    op.drop_index(name("claim", ["time_start", "time_end"]), table_name="claim")
    for table, before, after in LENGTHENED:
        op.drop_index(name(table, before), table_name=table)
        op.create_index(name(table, after), table, after)
    for table, columns in NEW:
        op.create_index(name(table, columns), table, columns)
    for table, column in SKEWED:
        op.execute(f"ALTER TABLE {table} ALTER {column} SET STATISTICS 500")


def downgrade() -> None:
    for table, column in SKEWED:
        op.execute(f"ALTER TABLE {table} ALTER {column} SET STATISTICS -1")
    for table, columns in NEW:
        op.drop_index(name(table, columns), table_name=table)
    for table, before, after in LENGTHENED:
        op.drop_index(name(table, after), table_name=table)
        op.create_index(name(table, before), table, before)
    op.create_index(name("claim", ["time_start", "time_end"]), "claim", ["time_start", "time_end"])
    for column in RANGES:
        op.drop_index(op.f(f"ix_claim_{column}"), table_name="claim", postgresql_using="gist")
        op.drop_column("claim", column)
