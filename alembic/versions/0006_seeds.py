"""Which seed files were loaded; indexes for questions and for changes by slug."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INDEXES = (
    ("fact", ["predicate_id", "place_id", "last_reported", "id"]),
    ("fact", ["subject_id", "predicate_id", "last_reported", "id"]),
    ("fact", ["object_id", "predicate_id", "last_reported", "id"]),
    ("fact", ["complement_id", "predicate_id", "last_reported", "id"]),
    ("claim", ["subject_id", "predicate_id", "reported_at", "id"]),
    ("claim", ["object_id", "predicate_id", "reported_at", "id"]),
    ("change", ["type", "slug"]),
)


def upgrade() -> None:
    op.add_column("revision", sa.Column("seeds", sa.Text(), nullable=True))
    for table, columns in INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns, unique=False)


def downgrade() -> None:
    for table, columns in reversed(INDEXES):
        op.drop_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table_name=table)
    op.drop_column("revision", "seeds")
