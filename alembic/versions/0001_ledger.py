"""The ledger: its tables, and the triggers that let it only grow."""

import sqlalchemy as sa

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INDEX = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TABLES = ("log_entry", "log_node", "log_head", "log_checkpoint", "log_value")

# Refused in every row of these tables. A value beside the log may be deleted: that is erasure.
NEVER = (
    ("log_entry", "UPDATE"),
    ("log_entry", "DELETE"),
    ("log_node", "UPDATE"),
    ("log_node", "DELETE"),
    ("log_checkpoint", "UPDATE"),
    ("log_checkpoint", "DELETE"),
    ("log_head", "DELETE"),
    ("log_value", "UPDATE"),
)

# INSERT OR REPLACE deletes a row without any DELETE trigger: so an insert must be the next one, or new.
SQLITE_INSERTS = {
    "log_entry": "NEW.idx IS NOT COALESCE((SELECT idx + 1 FROM log_entry ORDER BY idx DESC LIMIT 1), 0) "
    "OR EXISTS (SELECT 1 FROM log_entry WHERE id = NEW.id)",
    "log_node": "NEW.idx IS NOT (SELECT COALESCE(MAX(idx), -1) + 1 FROM log_node WHERE level = NEW.level)",
    "log_head": "EXISTS (SELECT 1 FROM log_head)",
    "log_checkpoint": "NEW.size <= (SELECT COALESCE(MAX(size), -1) FROM log_checkpoint)",
    "log_value": "EXISTS (SELECT 1 FROM log_value WHERE id = NEW.id AND field = NEW.field)",
}


def upgrade() -> None:
    create_tables()
    if op.get_bind().dialect.name == "sqlite":
        create_sqlite_triggers()
    else:
        create_postgresql_triggers()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION log_refuse()")


def create_tables() -> None:
    op.create_table(
        "log_entry",
        sa.Column("idx", INDEX, autoincrement=False, nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("subject", sa.String(128), nullable=False),
        sa.Column("n", sa.BigInteger, nullable=False),
        sa.Column("leaf", sa.LargeBinary, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("idx", name="pk_log_entry"),
        sa.UniqueConstraint("id", name="uq_log_entry_id"),
    )
    op.create_index("ix_log_entry_subject", "log_entry", ["subject", "n"])
    op.create_table(
        "log_node",
        sa.Column("level", sa.SmallInteger, autoincrement=False, nullable=False),
        sa.Column("idx", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("level", "idx", name="pk_log_node"),
    )
    op.create_table(
        "log_head",
        sa.Column("one", sa.SmallInteger, autoincrement=False, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("root", sa.LargeBinary, nullable=False),
        sa.Column("frontier", sa.LargeBinary, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("one", name="pk_log_head"),
        sa.CheckConstraint("one = 1", name="ck_log_head_single_row"),
    )
    op.create_table(
        "log_checkpoint",
        sa.Column("size", INDEX, autoincrement=False, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("size", name="pk_log_checkpoint"),
    )
    op.create_table(
        "log_value",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("field", sa.String(64), nullable=False),
        sa.Column("person", sa.String(40), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", "field", name="pk_log_value"),
    )
    op.create_index("ix_log_value_person", "log_value", ["person"])


def create_sqlite_triggers() -> None:
    for table, act in NEVER:
        op.execute(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table}: {act} refused'); END"
        )
    op.execute(
        "CREATE TRIGGER log_head_grows BEFORE UPDATE ON log_head WHEN NEW.size <= OLD.size OR NEW.one <> OLD.one "
        "BEGIN SELECT RAISE(ABORT, 'log_head: only a growing size'); END"
    )
    for table, wrong in SQLITE_INSERTS.items():
        op.execute(
            f"CREATE TRIGGER {table}_next BEFORE INSERT ON {table} WHEN {wrong} "
            f"BEGIN SELECT RAISE(ABORT, '{table}: INSERT refused'); END"
        )


def create_postgresql_triggers() -> None:
    op.execute(
        "CREATE FUNCTION log_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION '%: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$"
    )
    for table, act in NEVER:
        create_postgresql_trigger(table, f"{table}_no_{act.lower()}", f"BEFORE {act} ON {table} FOR EACH ROW")
    for table in TABLES:
        create_postgresql_trigger(table, f"{table}_no_truncate", f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT")
    create_postgresql_trigger(
        "log_head",
        "log_head_grows",
        "BEFORE UPDATE ON log_head FOR EACH ROW WHEN (NEW.size <= OLD.size OR NEW.one <> OLD.one)",
    )


def create_postgresql_trigger(table: str, name: str, when: str) -> None:
    op.execute(f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION log_refuse()")
    op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
