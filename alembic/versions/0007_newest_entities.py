"""An index for the newest entities."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_entity_recorded_at_id"), "entity", ["recorded_at", "id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_entity_recorded_at_id"), table_name="entity")
