"""Which turns were given, where a provider bounds how much is sent?

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("turn", sa.String(length=24), nullable=False),
        sa.Column("is_kept", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ration")),
    )
    op.create_index(op.f("ix_ration_line_turn"), "ration", ["line", "turn"])


def downgrade() -> None:
    op.drop_index(op.f("ix_ration_line_turn"), table_name="ration")
    op.drop_table("ration")
