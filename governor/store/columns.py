"""In which form does a column keep a value, and what does the ledger show instead of it?

Of the tables that are the fold of the ledger's events every value is kept in the very form in which its event shows it
(instants, dates and local times as RFC 3339 text, lengths in seconds), so that the fold can be compared byte by byte.
A column's ``info["form"]`` says what the ledger shows instead of a value that it may not show: a pseudonym
("member"), a digest ("text"), or ("personal") nothing: the column itself holds only the id of the entry under which
the sealed value lies in ``log_value``. A table's ``info["subject"]`` says which subject a row belongs to.
"""

from sqlalchemy import Column, MetaData, String, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def member_column(name: str, *, nullable: bool = False, primary_key: bool = False) -> Column[str]:
    """Return a column that names a member."""
    return Column(name, String(40), nullable=nullable, primary_key=primary_key, info={"form": "member"})


def text_column(name: str, *, nullable: bool = False) -> Column[str]:
    """Return a column of free text."""
    return Column(name, Text, nullable=nullable, info={"form": "text"})


def personal_column(name: str, *, nullable: bool = False) -> Column[str]:
    """Return a column of a value about a member."""
    return Column(name, String(36), nullable=nullable, info={"form": "personal"})
