"""Indexes over roles hold the rows that have the role; participants point to entities by their claims."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# table, the column that may be null, the columns of the index
PARTIAL = (
    ("claim", "place_id", ["place_id", "reported_at", "id"]),
    ("claim", "subject_id", ["subject_id", "predicate_id", "reported_at", "id"]),
    ("claim", "object_id", ["object_id", "predicate_id", "reported_at", "id"]),
    ("claim", "subject_id", ["subject_id", "reported_at", "id"]),
    ("claim", "object_id", ["object_id", "reported_at", "id"]),
    ("claim", "complement_id", ["complement_id", "reported_at", "id"]),
    ("claim", "of_id", ["of_id"]),
    ("claim", "extent", ["extent", "reported_at", "id"]),
    ("fact", "place_id", ["predicate_id", "place_id", "last_reported", "id"]),
    ("fact", "subject_id", ["subject_id", "predicate_id", "last_reported", "id"]),
    ("fact", "object_id", ["object_id", "predicate_id", "last_reported", "id"]),
    ("fact", "complement_id", ["complement_id", "predicate_id", "last_reported", "id"]),
    ("fact", "subject_id", ["subject_id", "last_reported", "id"]),
    ("fact", "object_id", ["object_id", "last_reported", "id"]),
    ("fact", "complement_id", ["complement_id", "last_reported", "id"]),
    ("fact", "place_id", ["place_id", "last_reported", "id"]),
    ("fact", "extent", ["extent", "last_reported", "id"]),
    ("change", "slug", ["type", "slug"]),
)


def name(table: str, columns: list[str]) -> str:
    return op.f(f"ix_{table}_{'_'.join(columns)}")


def upgrade() -> None:
    for table, column, columns in PARTIAL:
        op.drop_index(name(table, columns), table_name=table)
        given = sa.text(f"{column} IS NOT NULL")
        op.create_index(name(table, columns), table, columns, postgresql_where=given)
    op.drop_constraint(op.f("fk_participant_entity_id"), "participant", type_="foreignkey")


def downgrade() -> None:
    op.create_foreign_key(op.f("fk_participant_entity_id"), "participant", "entity", ["entity_id"], ["id"])
    for table, _, columns in reversed(PARTIAL):
        op.drop_index(name(table, columns), table_name=table)
        op.create_index(name(table, columns), table, columns)
