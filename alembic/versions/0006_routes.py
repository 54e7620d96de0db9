"""By which way is each member invited, and since when does a way fail?

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "route",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("route", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_route")),
    )
    with op.batch_alter_table("effect") as table:
        table.add_column(sa.Column("way", sa.String(length=32), nullable=True))
        table.add_column(sa.Column("failing_since", sa.String(length=24), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("effect") as table:
        table.drop_column("failing_since")
        table.drop_column("way")
    op.drop_table("route")
