"""Polls on the date of a meeting.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "date_poll",
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("duration", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("agenda", sa.Text(), nullable=True),
        sa.Column("conference", sa.Text(), nullable=True),
        sa.Column("slots", sa.Text(), nullable=False),
        sa.Column("is_closed", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.String(length=16), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_date_poll")),
    )
    op.create_table(
        "date_poll_member",
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("member", sa.String(length=40), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", "member", name=op.f("pk_date_poll_member")),
    )
    op.create_table(
        "date_poll_mark",
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("member", sa.String(length=40), nullable=False),
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("suits", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", "member", "slot", name=op.f("pk_date_poll_mark")),
    )


def downgrade() -> None:
    op.drop_table("date_poll_mark")
    op.drop_table("date_poll_member")
    op.drop_table("date_poll")
