"""Which answer of a calendar counts, and what waits for a person.

Revision ID: 0003
Revises: 0002
"""

import json

import sqlalchemy as sa

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("attendee") as table:
        table.add_column(sa.Column("replied_sequence", sa.Integer(), nullable=True))
        table.add_column(sa.Column("replied_at", sa.String(length=24), nullable=True))
    with op.batch_alter_table("meeting") as table:
        table.add_column(sa.Column("asked", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("meeting") as table:
        table.alter_column("asked", server_default=None, existing_type=sa.Integer(), existing_nullable=False)
    fold_again()
    op.create_index(op.f("ix_effect_external_id"), "effect", ["external_id"], unique=False)
    op.create_table(
        "received",
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=True),
        sa.Column("member", sa.String(length=40), nullable=True),
        sa.Column("what", sa.Text(), nullable=True),
        sa.Column("used", sa.String(length=16), nullable=True),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_received")),
    )
    op.create_index(op.f("ix_received_at"), "received", ["at"], unique=False)


def fold_again() -> None:
    """Set ``meeting.asked`` to what the entries say: the sequence of the last change of time."""
    connection = op.get_bind()
    meeting = sa.table("meeting", sa.column("number", sa.String), sa.column("asked", sa.Integer))
    entries = sa.table(
        "log_entry", sa.column("idx"), sa.column("subject", sa.String), sa.column("leaf", sa.LargeBinary)
    )
    query = sa.select(entries.c.leaf).where(entries.c.subject.startswith("meeting/")).order_by(entries.c.idx)
    for leaf in connection.execute(query).scalars().all():
        entry = json.loads(bytes(leaf))
        if entry["type"] == "meeting.changed" and entry["body"]["is_rescheduled"]:
            number, asked = entry["body"]["number"], entry["body"]["sequence"]
            connection.execute(sa.update(meeting).where(meeting.c.number == number).values(asked=asked))


def downgrade() -> None:
    op.drop_index(op.f("ix_received_at"), table_name="received")
    op.drop_table("received")
    op.drop_index(op.f("ix_effect_external_id"), table_name="effect")
    with op.batch_alter_table("meeting") as table:
        table.drop_column("asked")
    with op.batch_alter_table("attendee") as table:
        table.drop_column("replied_at")
        table.drop_column("replied_sequence")
