"""Meetings that repeat, have no hours or no end, and links to join by.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("meeting") as meeting:
        meeting.add_column(sa.Column("conference", sa.Text(), nullable=True))
        meeting.add_column(sa.Column("is_all_day", sa.Integer(), server_default="0", nullable=False))
        meeting.add_column(sa.Column("is_open_ended", sa.Integer(), server_default="0", nullable=False))
        meeting.add_column(sa.Column("rrule", sa.Text(), nullable=True))
        meeting.add_column(sa.Column("exdates", sa.Text(), nullable=True))
        meeting.add_column(sa.Column("rdates", sa.Text(), nullable=True))
        meeting.add_column(sa.Column("series", sa.String(length=16), nullable=True))
        meeting.add_column(sa.Column("series_asked", sa.Integer(), nullable=True))
        meeting.add_column(sa.Column("recurrence_id", sa.String(length=24), nullable=True))
        meeting.add_column(sa.Column("continues", sa.String(length=16), nullable=True))
        meeting.drop_constraint(op.f("uq_meeting_uid"), type_="unique")
        meeting.create_index(op.f("ix_meeting_uid"), ["uid"])
        meeting.create_index(op.f("ix_meeting_series"), ["series"])


def downgrade() -> None:
    with op.batch_alter_table("meeting") as meeting:
        meeting.drop_index(op.f("ix_meeting_series"))
        meeting.drop_index(op.f("ix_meeting_uid"))
        meeting.create_unique_constraint(op.f("uq_meeting_uid"), ["uid"])
        for column in (
            *("continues", "recurrence_id", "series_asked", "series", "rdates", "exdates", "rrule"),
            *("is_open_ended", "is_all_day", "conference"),
        ):
            meeting.drop_column(column)
