"""Which tables are there? SQLAlchemy Core only; the migrations create them, ``alembic check`` compares."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
)

from governor.store import proceeding_tables
from governor.store.columns import member_column, personal_column, text_column
from governor.store.columns import metadata as metadata

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


# The tables that are the fold of the ledger's events (``columns``), but for those of ``proceeding_tables``.

organisation = Table(
    "organisation",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    text_column("name"),
    Column("zone", String(64), nullable=False),
    Column("language", String(8), nullable=False),
    info={"subject": "organisation"},
)

member = Table(
    "member",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    member_column("member"),
    personal_column("name"),
    personal_column("handle"),
    personal_column("email", nullable=True),
    info={"subject": "member/{number}"},
)

account = Table(
    "account",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("platform", String(32), primary_key=True),
    personal_column("account"),
    info={"subject": "member/{number}"},
)

office = Table(
    "office",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("office", String(32), primary_key=True),
    Column("since", String(24), primary_key=True),
    Column("until", String(24), nullable=True),
    Column("decision", String(16), nullable=True),
    Column("ended_by", String(16), nullable=True),
    info={"subject": "member/{number}"},
)
"""Who held which office from when until when, by which decision it was given, and by which it ended."""

route = Table(
    "route",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("route", String(16), nullable=False),
    info={"subject": "member/{number}"},
)

unconfirmed = Table(
    "unconfirmed",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    personal_column("email", nullable=True),
    info={"subject": "member/{number}"},
)
"""Which address a member gave that is not confirmed, if there is one."""

language = Table(
    "language",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("language", String(8), nullable=False),
    info={"subject": "member/{number}"},
)

standing_rule = Table(
    "standing_rule",
    metadata,
    Column("rule", String(32), primary_key=True),
    Column("value", String(200), nullable=False),
    info={"subject": "organisation"},
)

meeting = Table(
    "meeting",
    metadata,
    Column("number", String(16), primary_key=True),
    Column("uid", String(64), nullable=False, index=True),
    Column("sequence", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("dtstamp", String(24), nullable=False, index=True),
    text_column("summary"),
    Column("dtstart", String(32), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("duration", Integer, nullable=False),
    Column("starts", String(24), nullable=False),
    Column("ends", String(24), nullable=False, index=True),
    text_column("location", nullable=True),
    text_column("agenda", nullable=True),
    Column("status", String(16), nullable=False),
    Column("asked", Integer, nullable=False),
    text_column("conference", nullable=True),
    Column("is_all_day", Integer, nullable=False, server_default="0"),
    Column("is_open_ended", Integer, nullable=False, server_default="0"),
    Column("is_closed", Integer, nullable=False, server_default="0"),
    Column("rrule", Text, nullable=True),
    Column("exdates", Text, nullable=True),
    Column("rdates", Text, nullable=True),
    Column("series", String(16), nullable=True, index=True),
    Column("series_asked", Integer, nullable=True),
    Column("recurrence_id", String(24), nullable=True),
    Column("continues", String(16), nullable=True, index=True),
    info={"subject": "meeting/{number}"},
)

attendee = Table(
    "attendee",
    metadata,
    Column("number", String(16), primary_key=True),
    member_column("member", primary_key=True),
    Column("since", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("role", String(16), nullable=False),
    Column("partstat", String(16), nullable=False),
    Column("is_removed", Integer, nullable=False),
    Column("replied_sequence", Integer, nullable=True),
    Column("replied_at", String(24), nullable=True),
    Column("is_interested", Integer, nullable=False, server_default="0"),
    member_column("delegate", nullable=True),
    info={"subject": "meeting/{number}"},
)

note = Table(
    "note",
    metadata,
    Column("number", String(16), primary_key=True),
    Column("item", Integer, primary_key=True, autoincrement=False),
    Column("at", String(24), nullable=False),
    text_column("text"),
    personal_column("source", nullable=True),
    member_column("keeper", nullable=True),
    info={"subject": "meeting/{number}"},
)

decision = Table(
    "decision",
    metadata,
    Column("number", String(16), primary_key=True),
    Column("at", String(24), nullable=False, index=True),
    text_column("text"),
    member_column("owner", nullable=True),
    Column("due", String(10), nullable=True),
    Column("meeting", String(16), nullable=True, index=True),
    Column("motion", String(16), nullable=True),
    personal_column("source", nullable=True),
    member_column("keeper", nullable=True),
    info={"subject": "decision/{number}"},
)

action = Table(
    "action",
    metadata,
    Column("number", String(16), primary_key=True),
    Column("at", String(24), nullable=False),
    text_column("text"),
    member_column("owner", nullable=True),
    Column("due", String(10), nullable=True),
    Column("meeting", String(16), nullable=True, index=True),
    Column("done_at", String(24), nullable=True, index=True),
    personal_column("source", nullable=True),
    member_column("keeper", nullable=True),
    info={"subject": "action/{number}"},
)

date_poll = Table(
    "date_poll",
    metadata,
    Column("number", String(16), primary_key=True),
    text_column("summary"),
    Column("duration", Integer, nullable=False),
    Column("zone", String(64), nullable=False),
    text_column("location", nullable=True),
    text_column("agenda", nullable=True),
    text_column("conference", nullable=True),
    Column("slots", Text, nullable=False),
    Column("is_closed", Integer, nullable=False),
    Column("meeting", String(16), nullable=True),
    info={"subject": "date_poll/{number}"},
)

date_poll_member = Table(
    "date_poll_member",
    metadata,
    Column("number", String(16), primary_key=True),
    member_column("member", primary_key=True),
    Column("place", Integer, nullable=False),
    info={"subject": "date_poll/{number}"},
)

date_poll_mark = Table(
    "date_poll_mark",
    metadata,
    Column("number", String(16), primary_key=True),
    member_column("member", primary_key=True),
    Column("slot", Integer, primary_key=True, autoincrement=False),
    Column("suits", Integer, nullable=False),
    info={"subject": "date_poll/{number}"},
)

FOLDED = (
    *(organisation, member, account, office, route, unconfirmed, language, meeting, attendee, note, decision, action),
    standing_rule,
    *(date_poll, date_poll_member, date_poll_mark),
    *proceeding_tables.FOLDED,
)
"""The tables that ``governor verify`` folds again from the entries."""


# Working tables: not part of the record, and free to be lost with nothing but work.

draft = Table(
    "draft",
    metadata,
    Column("token", String(36), primary_key=True),
    Column("member", String(40), nullable=False),
    Column("at", String(24), nullable=False, index=True),
    Column("language", String(8), nullable=False),
    Column("plan", Text, nullable=False),
    Column("used", String(16), nullable=True),
)
"""A meeting proposed on a card and not yet called. ``used`` is the number it was called under, or ``discarded``."""

effect = Table(
    "effect",
    metadata,
    Column("id", String(160), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("target", String(64), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("payload", Text, nullable=True),
    Column("due_at", String(24), nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("tries", Integer, nullable=False),
    Column("external_id", Text, nullable=True, index=True),
    Column("error", Text, nullable=True),
    Column("way", String(32), nullable=True),
    Column("failing_since", String(24), nullable=True),
    Index("ix_effect_kind", "kind", "subject", "target"),
)
"""What is to be done outside, and what became of it: queued, done, dead or cancelled."""

received = Table(
    "received",
    metadata,
    Column("token", String(32), primary_key=True),
    Column("at", String(24), nullable=False, index=True),
    Column("number", String(16), nullable=True),
    Column("member", String(40), nullable=True),
    Column("what", Text, nullable=True),
    Column("used", String(16), nullable=True),
)
"""What came back from calendars: each is taken once. ``what`` (JSON) is shown to a person, who decides (``used``)."""

feed = Table(
    "feed",
    metadata,
    Column("member", String(40), primary_key=True),
    Column("salt", String(36), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
)
"""Whose meetings may be subscribed to at a secret address, and the SHA-256 of the secret."""

email_code = Table(
    "email_code",
    metadata,
    Column("given", String(36), primary_key=True),
    Column("member", String(40), nullable=False, index=True),
    Column("at", String(24), nullable=False, index=True),
    Column("wrong", Integer, nullable=False),
)
"""For which address, by the entry that gave it, a code was sent when, and how many others were tried in its place."""

executor = Table(
    "executor",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("seen_at", String(24), nullable=False),
)
"""One heartbeat per running worker: whoever sees one expire takes over its work."""

ration = Table(
    "ration",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("line", String(200), nullable=False),
    Column("key", String(64), nullable=False),
    Column("turn", String(24), nullable=False),
    Column("is_kept", Integer, nullable=False),
    Index("ix_ration_line_turn", "line", "turn"),
)
"""The turns that were given in each line, where a provider bounds how much is sent; one that is kept is yet to come."""

set_aside = Table(
    "set_aside",
    metadata,
    Column("token", String(32), primary_key=True),
    Column("reason", String(200), nullable=False),
    Column("at", String(24), nullable=False),
)
"""Mail that was not read, and why."""

self_check = Table(
    "self_check",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("at", String(24), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("findings", Integer, nullable=False),
)
"""What the last self-check of the record found, in the one row."""
