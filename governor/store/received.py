"""What came back from calendars, and what of it waits for a person? Rows ⇄ matters."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from governor.domain.members import MemberId
from governor.store.forms import instant, parse_instant
from governor.store.tables import received
from governor.values import dataclass

KEPT = timedelta(days=90)
"""How long what strangers wrote is kept: older buttons say that they are too old."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Something that came in about the meeting ``number`` and ``member``: ``what`` is told of it, as JSON values.

    ``used`` says what a person made of it; ``None`` while it waits.
    """

    token: str
    at: datetime
    number: str
    member: MemberId
    what: Mapping[str, str | int | None]
    used: str | None = None


def note(connection: Connection, token: str, at: datetime) -> bool:
    """Note that what *token* names came in; return whether that is new. Forget what strangers wrote long ago."""
    is_known = connection.execute(select(received.c.token).where(received.c.token == token)).first() is not None
    if not is_known:
        connection.execute(insert(received).values(token=token, at=instant(at)))
        old = (received.c.at < instant(at - KEPT), received.c.what.is_not(None))
        connection.execute(update(received).where(*old).values(what=None))
    return not is_known


def keep(connection: Connection, matter: Matter) -> None:
    """Keep what is told of something that was noted."""
    values = {"number": matter.number, "member": matter.member, "what": json.dumps(matter.what, ensure_ascii=False)}
    connection.execute(update(received).where(received.c.token == matter.token).values(values))


def find(connection: Connection, token: str) -> Matter | None:
    """Return the matter of that *token*, unless it was forgotten."""
    row = connection.execute(select(received).where(received.c.token == token, received.c.what.is_not(None))).first()
    if row is None:
        return None
    return Matter(
        token=row.token,
        at=parse_instant(row.at),
        number=row.number,
        member=MemberId(row.member),
        what=json.loads(row.what),
        used=row.used,
    )


def replace_waiting(connection: Connection, newer: Matter) -> None:
    """Mark what waits of the kind and about the meeting (of a series: the occurrence) of *newer* as replaced by it."""
    waiting = (received.c.number == newer.number, received.c.used.is_(None), received.c.what.is_not(None))
    for row in connection.execute(select(received).where(*waiting)).all():
        what = json.loads(row.what)
        if all(what.get(name) == newer.what.get(name) for name in ("kind", "recurrence_id")):
            use(connection, row.token, "replaced")


def use(connection: Connection, token: str, used: str) -> None:
    """Mark the matter of that *token* as *used*."""
    connection.execute(update(received).where(received.c.token == token).values(used=used))
