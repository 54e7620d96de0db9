"""Whose "maybe" is but an interest in the event that a platform shows? And which meetings are shown so?

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("attendee", sa.Column("is_interested", sa.Integer(), server_default="0", nullable=False))
    op.create_index("ix_effect_kind", "effect", ["kind", "subject", "target"])


def downgrade() -> None:
    op.drop_index("ix_effect_kind", "effect")
    op.drop_column("attendee", "is_interested")
