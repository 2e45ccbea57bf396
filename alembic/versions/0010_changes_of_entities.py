"""What became of entities since a change is found without walking along all that articles brought."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_change_entities", "change", ["id"], postgresql_where=sa.text("type = 'entity'"))


def downgrade() -> None:
    op.drop_index("ix_change_entities", table_name="change")
