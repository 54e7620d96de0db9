"""What tells how Governor fares? Mail that was set aside, and what the last self-check found. Rows ⇄ values."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from governor.store.forms import instant, parse_instant
from governor.store.tables import self_check, set_aside
from governor.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfCheck:
    """The record was verified ``at`` an instant: how many entries it had, and how many ``findings`` there were."""

    at: datetime
    size: int
    findings: int


def note_set_aside(connection: Connection, token: str, reason: str, at: datetime) -> None:
    """Note that the message of that *token*, which is new, was set aside for a *reason*."""
    connection.execute(insert(set_aside).values(token=token, reason=reason, at=instant(at)))


def counts_set_aside(connection: Connection) -> Mapping[str, int]:
    """Return how many messages were set aside, by reason."""
    counted = (
        select(set_aside.c.reason, func.count().label("messages"))
        .group_by(set_aside.c.reason)
        .order_by(set_aside.c.reason)
    )
    return {row.reason: row.messages for row in connection.execute(counted)}


def note_check(connection: Connection, check: SelfCheck) -> None:
    """Note a self-check in the place of the last."""
    connection.execute(delete(self_check))
    values = {"one": 1, "at": instant(check.at), "size": check.size, "findings": check.findings}
    connection.execute(insert(self_check).values(**values))


def last_check(connection: Connection) -> SelfCheck | None:
    """Return the last self-check, if there was one."""
    row = connection.execute(select(self_check)).first()
    return None if row is None else SelfCheck(at=parse_instant(row.at), size=row.size, findings=row.findings)
