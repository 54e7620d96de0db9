"""Which standing rules has the organisation adopted?

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "standing_rule",
        sa.Column("rule", sa.String(length=32), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("rule", name=op.f("pk_standing_rule")),
    )


def downgrade() -> None:
    op.drop_table("standing_rule")
