"""Which addresses did members give that are not confirmed, and which codes were sent to them?

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unconfirmed",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("email", sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_unconfirmed")),
    )
    op.create_table(
        "email_code",
        sa.Column("given", sa.String(length=36), nullable=False),
        sa.Column("member", sa.String(length=40), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("given", name=op.f("pk_email_code")),
    )
    op.create_index(op.f("ix_email_code_member"), "email_code", ["member"])
    op.create_index(op.f("ix_email_code_at"), "email_code", ["at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_email_code_at"), "email_code")
    op.drop_index(op.f("ix_email_code_member"), "email_code")
    op.drop_table("email_code")
    op.drop_table("unconfirmed")
