"""Since when and until when is an office held, and by which decision?

Revision ID: 0010
Revises: 0009
"""

import json

import sqlalchemy as sa

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    held = connection.execute(sa.text("SELECT number, office FROM office")).all()
    given = dict(_given(connection))
    op.drop_table("office")
    table = op.create_table(
        "office",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("office", sa.String(length=32), nullable=False),
        sa.Column("since", sa.String(length=24), nullable=False),
        sa.Column("until", sa.String(length=24), nullable=True),
        sa.Column("decision", sa.String(length=16), nullable=True),
        sa.Column("ended_by", sa.String(length=16), nullable=True),
        sa.PrimaryKeyConstraint("number", "office", "since", name=op.f("pk_office")),
    )
    # One that no entry tells of is kept, for ``governor verify`` to find.
    rows = [{"number": number, "office": office, "since": given.get((number, office), "-")} for number, office in held]
    op.bulk_insert(table, rows)


def _given(connection: sa.Connection):  # noqa: ANN202  # as alembic's own functions
    """Yield (member's number, office) with the instant at which the log says it was given."""
    for (leaf,) in connection.execute(sa.text("SELECT leaf FROM log_entry WHERE subject LIKE 'member/%' ORDER BY idx")):
        entry = json.loads(bytes(leaf))
        if entry["type"] == "office.given":
            yield (entry["body"]["number"], entry["body"]["office"]), entry["ts"]


def downgrade() -> None:
    connection = op.get_bind()
    held = connection.execute(sa.text("SELECT DISTINCT number, office FROM office WHERE until IS NULL")).all()
    op.drop_table("office")
    table = op.create_table(
        "office",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("office", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("number", "office", name=op.f("pk_office")),
    )
    op.bulk_insert(table, [{"number": number, "office": office} for number, office in held])
