"""When may one more be sent? From the turns that were given, by whichever process, before whichever restart."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from governor.store.database import Connection
from governor.store.forms import instant, parse_instant
from governor.store.tables import ration


def take(
    connection: Connection,
    line: str,
    key: str,
    within: Sequence[tuple[int, timedelta]],
    *,
    at: datetime,
    soon: timedelta,
) -> datetime:
    """Return the turn of *key* in the *line* at the instant *at*; *within* says how many there may be in which span.

    One that is not *soon* is kept for the key; it has a new turn after it. Nobody is before who asked earlier.
    """
    mine = (ration.c.line == line, ration.c.key == key, ration.c.is_kept == 1)
    kept = connection.execute(select(ration.c.turn).where(*mine)).scalar()
    turn = _next(connection, line, within, at) if kept is None else parse_instant(str(kept))
    if kept is None:
        row = {"line": line, "key": key, "turn": instant(turn), "is_kept": int(turn - at > soon)}
        connection.execute(insert(ration).values(**row))
    elif turn - at <= soon:
        connection.execute(update(ration).where(*mine).values(is_kept=0, turn=instant(max(turn, at))))
    return turn


def _next(connection: Connection, line: str, within: Sequence[tuple[int, timedelta]], at: datetime) -> datetime:
    """Return the first turn that is free, and forget those that no bound reaches back to."""
    since = at - max(span for _, span in within)
    connection.execute(delete(ration).where(ration.c.line == line, ration.c.turn < instant(since)))
    given = sorted(_given(connection, line, at))
    last = given[-1:]
    return max([at, *last, *(given[-count] + span for count, span in within if len(given) >= count)])


def _given(connection: Connection, line: str, at: datetime) -> Iterator[datetime]:
    """Yield the turns given; one that was used by a clock that was ahead was used now at the latest."""
    for row in connection.execute(select(ration.c.turn, ration.c.is_kept).where(ration.c.line == line)):
        turn = parse_instant(row.turn)
        yield turn if row.is_kept else min(turn, at)
