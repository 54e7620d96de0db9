"""Of which meetings does the public not know?

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("meeting", sa.Column("is_closed", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_column("meeting", "is_closed")
