"""Who comes in whose place? And which series goes on with which, found at once.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("attendee", sa.Column("delegate", sa.String(length=40), nullable=True))
    op.create_index(op.f("ix_meeting_continues"), "meeting", ["continues"])


def downgrade() -> None:
    op.drop_index(op.f("ix_meeting_continues"), "meeting")
    op.drop_column("attendee", "delegate")
