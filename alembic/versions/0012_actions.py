"""Actions, and the messages that actions, decisions and notes were made from.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_QUOTING = ("note", "decision")


def upgrade() -> None:
    for table in _QUOTING:
        op.add_column(table, sa.Column("source", sa.String(length=36), nullable=True))
        op.add_column(table, sa.Column("keeper", sa.String(length=40), nullable=True))
    op.create_table(
        "action",
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=40), nullable=True),
        sa.Column("due", sa.String(length=10), nullable=True),
        sa.Column("meeting", sa.String(length=16), nullable=True),
        sa.Column("done_at", sa.String(length=24), nullable=True),
        sa.Column("source", sa.String(length=36), nullable=True),
        sa.Column("keeper", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_action")),
    )
    for column in ("meeting", "done_at"):
        op.create_index(op.f(f"ix_action_{column}"), "action", [column])


def downgrade() -> None:
    op.drop_table("action")
    for table in _QUOTING:
        op.drop_column(table, "keeper")
        op.drop_column(table, "source")
