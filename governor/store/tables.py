"""Which tables are there? SQLAlchemy Core only; the migrations create them, ``alembic check`` compares."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# On SQLite only INTEGER PRIMARY KEY is the row id itself; BIGINT would cost a second index.
_Index = BigInteger().with_variant(Integer, "sqlite")

log_entry = Table(
    "log_entry",
    metadata,
    Column("idx", _Index, primary_key=True, autoincrement=False),
    Column("id", String(36), nullable=False, unique=True),
    Column("subject", String(128), nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("leaf", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Index("ix_log_entry_subject", "subject", "n"),
)
"""One row per entry: what it is found by (a copy of what its leaf says), canonical bytes and RFC 9162 leaf hash."""

log_node = Table(
    "log_node",
    metadata,
    Column("level", SmallInteger, primary_key=True, autoincrement=False),
    Column("idx", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
)
"""One row per full 256-leaf subtree (level 1), per 256 of those (level 2), and so on."""

log_head = Table(
    "log_head",
    metadata,
    Column("one", SmallInteger, CheckConstraint("one = 1", name="single_row"), primary_key=True, autoincrement=False),
    Column("size", BigInteger, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("frontier", LargeBinary, nullable=False),
    Column("note", Text, nullable=False),
)
"""One row: size, root, the roots of the perfect subtrees (32 bytes each, largest first), the signed checkpoint."""

log_checkpoint = Table(
    "log_checkpoint",
    metadata,
    Column("size", _Index, primary_key=True, autoincrement=False),
    Column("note", Text, nullable=False),
)
"""The checkpoints that were published."""

log_value = Table(
    "log_value",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("field", String(64), primary_key=True),
    Column("person", String(40), nullable=False, index=True),
    Column("ciphertext", LargeBinary, nullable=False),
)
"""Personal values beside the log: AES-256-GCM under the person's key, so that destroying the key erases them."""
