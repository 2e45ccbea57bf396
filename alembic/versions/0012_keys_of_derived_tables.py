"""Facts, their versions and relations follow from claims, whose own keys are checked; their keys are not."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# table, column, the table it points to, what deleting a row there does
KEYS = (
    ("fact", "predicate_id", "predicate", None),
    ("fact", "subject_id", "entity", None),
    ("fact", "object_id", "entity", None),
    ("fact", "complement_id", "entity", None),
    ("fact", "place_id", "entity", None),
    ("fact_version", "fact_id", "fact", "CASCADE"),
    ("relation", "fact_id", "fact", "CASCADE"),
)


def upgrade() -> None:
    for table, column, _, _ in KEYS:
        op.drop_constraint(op.f(f"fk_{table}_{column}"), table, type_="foreignkey")


def downgrade() -> None:
    for table, column, target, deleting in KEYS:
        name = op.f(f"fk_{table}_{column}")
        op.create_foreign_key(name, table, target, [column], ["id"], ondelete=deleting)
