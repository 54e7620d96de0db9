"""Which tables keep what happens on the way to a decision? Bylaws, agendas, attendance, motions, ballots."""

from sqlalchemy import Column, Integer, String, Table

from governor.store.columns import member_column, metadata, text_column

bylaws = Table(
    "bylaws",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    text_column("article"),
    Column("seconding", String(16), nullable=False),
    Column("electorate", String(16), nullable=False),
    Column("quorum", String(32), nullable=False),
    Column("majority", String(32), nullable=False),
    Column("tie", String(16), nullable=False),
    Column("secrecy", String(16), nullable=False),
    info={"subject": "bylaws"},
)

agenda_item = Table(
    "agenda_item",
    metadata,
    Column("number", String(16), primary_key=True),
    Column("item", Integer, primary_key=True, autoincrement=False),
    Column("place", Integer, nullable=False),
    text_column("text"),
    Column("is_withdrawn", Integer, nullable=False),
    info={"subject": "meeting/{number}"},
)

attendance = Table(
    "attendance",
    metadata,
    Column("number", String(16), primary_key=True),
    member_column("member", primary_key=True),
    Column("at", String(24), nullable=False),
    Column("is_present", Integer, nullable=False),
    info={"subject": "meeting/{number}"},
)

motion = Table(
    "motion",
    metadata,
    Column("number", String(16), primary_key=True),
    Column("at", String(24), nullable=False, index=True),
    text_column("text"),
    member_column("mover"),
    Column("meeting", String(16), nullable=True, index=True),
    Column("item", Integer, nullable=True),
    Column("state", String(16), nullable=False, index=True),
    member_column("seconder", nullable=True),
    Column("agreed", Integer, nullable=True),
    Column("agreed_needed", Integer, nullable=True),
    Column("agreed_roll", Integer, nullable=True),
    Column("decision", String(16), nullable=True),
    info={"subject": "motion/{number}"},
)

ballot = Table(
    "ballot",
    metadata,
    Column("number", String(16), primary_key=True),
    Column("ballot", Integer, primary_key=True, autoincrement=False),
    Column("at", String(24), nullable=False),
    Column("majority", String(32), nullable=False),
    Column("electorate", String(16), nullable=False),
    Column("quorum", String(32), nullable=False),
    Column("tie", String(16), nullable=False),
    Column("is_secret", Integer, nullable=False),
    Column("roll", Integer, nullable=False),
    Column("entitled", Integer, nullable=False),
    Column("needed", Integer, nullable=False),
    Column("present", Integer, nullable=True),
    Column("closes_at", String(24), nullable=True),
    Column("votes_for", Integer, nullable=True),
    Column("votes_against", Integer, nullable=True),
    Column("abstained", Integer, nullable=True),
    Column("present_at_close", Integer, nullable=True),
    Column("outcome", String(16), nullable=True),
    info={"subject": "motion/{number}"},
)

voter = Table(
    "voter",
    metadata,
    Column("number", String(16), primary_key=True),
    Column("ballot", Integer, primary_key=True, autoincrement=False),
    member_column("voter", primary_key=True),
    Column("times", Integer, nullable=False),
    Column("choice", String(16), nullable=True),
    info={"subject": "motion/{number}"},
)

FOLDED = (bylaws, agenda_item, attendance, motion, ballot, voter)
"""Those that are the fold of the ledger's events."""


secret_vote = Table(
    "secret_vote",
    metadata,
    Column("number", String(16), primary_key=True),
    Column("ballot", Integer, primary_key=True, autoincrement=False),
    Column("box", String(64), primary_key=True),
    Column("choice", String(16), nullable=False),
    sqlite_with_rowid=False,  # rows lie by their box, not in the order in which people voted
)
"""What is in the box of a secret ballot until it is closed. A working table: ``secret_votes`` says how it is kept."""
