"""Whose record is this? Rows → the organisation."""

from sqlalchemy import Connection, select

from governor.store.tables import organisation
from governor.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """The one organisation whose record this database keeps. ``zone`` is IANA, ``language`` ISO 639-1."""

    name: str
    zone: str
    language: str


def organisation_of(connection: Connection) -> Organisation | None:
    """Return the organisation, or ``None`` before it is founded."""
    row = connection.execute(select(organisation)).first()
    return None if row is None else Organisation(name=row.name, zone=row.zone, language=row.language)
