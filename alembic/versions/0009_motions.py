"""Bylaws, agendas, attendance, motions and ballots.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("decision", sa.Column("motion", sa.String(length=16), nullable=True))
    _before_the_vote()
    op.create_table(
        "ballot",
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("ballot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("majority", sa.String(length=32), nullable=False),
        sa.Column("electorate", sa.String(length=16), nullable=False),
        sa.Column("quorum", sa.String(length=32), nullable=False),
        sa.Column("tie", sa.String(length=16), nullable=False),
        sa.Column("is_secret", sa.Integer(), nullable=False),
        sa.Column("roll", sa.Integer(), nullable=False),
        sa.Column("entitled", sa.Integer(), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("closes_at", sa.String(length=24), nullable=True),
        sa.Column("votes_for", sa.Integer(), nullable=True),
        sa.Column("votes_against", sa.Integer(), nullable=True),
        sa.Column("abstained", sa.Integer(), nullable=True),
        sa.Column("present_at_close", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.PrimaryKeyConstraint("number", "ballot", name=op.f("pk_ballot")),
    )
    op.create_table(
        "voter",
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("ballot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("voter", sa.String(length=40), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("choice", sa.String(length=16), nullable=True),
        sa.PrimaryKeyConstraint("number", "ballot", "voter", name=op.f("pk_voter")),
    )
    op.create_table(
        "secret_vote",
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("ballot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("box", sa.String(length=64), nullable=False),
        sa.Column("choice", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("number", "ballot", "box", name=op.f("pk_secret_vote")),
        sqlite_with_rowid=False,
    )


def _before_the_vote() -> None:
    op.create_table(
        "bylaws",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("seconding", sa.String(length=16), nullable=False),
        sa.Column("electorate", sa.String(length=16), nullable=False),
        sa.Column("quorum", sa.String(length=32), nullable=False),
        sa.Column("majority", sa.String(length=32), nullable=False),
        sa.Column("tie", sa.String(length=16), nullable=False),
        sa.Column("secrecy", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_bylaws")),
    )
    op.create_table(
        "agenda_item",
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("item", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_withdrawn", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", "item", name=op.f("pk_agenda_item")),
    )
    op.create_table(
        "attendance",
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("member", sa.String(length=40), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("is_present", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", "member", name=op.f("pk_attendance")),
    )
    op.create_table(
        "motion",
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("mover", sa.String(length=40), nullable=False),
        sa.Column("meeting", sa.String(length=16), nullable=True),
        sa.Column("item", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("seconder", sa.String(length=40), nullable=True),
        sa.Column("agreed", sa.Integer(), nullable=True),
        sa.Column("agreed_needed", sa.Integer(), nullable=True),
        sa.Column("agreed_roll", sa.Integer(), nullable=True),
        sa.Column("decision", sa.String(length=16), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_motion")),
    )
    for column in ("at", "meeting", "state"):
        op.create_index(op.f(f"ix_motion_{column}"), "motion", [column])


def downgrade() -> None:
    for table in ("secret_vote", "voter", "ballot", "motion", "attendance", "agenda_item", "bylaws"):
        op.drop_table(table)
    op.drop_column("decision", "motion")
