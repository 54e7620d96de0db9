"""Which workers are alive, and whose turn is it? Each renews a lease, and the others see it expire."""

from datetime import datetime

from sqlalchemy import delete, insert, select

from governor.store.database import Connection
from governor.store.forms import instant
from governor.store.tables import executor


def renew(connection: Connection, name: str, *, at: datetime, expired: datetime) -> frozenset[str]:
    """Renew the lease of the worker *name* at the instant *at*; return all whose lease was renewed since *expired*."""
    connection.execute(delete(executor).where((executor.c.id == name) | (executor.c.seen_at < instant(expired))))
    connection.execute(insert(executor).values(id=name, seen_at=instant(at)))
    return frozenset(connection.execute(select(executor.c.id)).scalars())


def end(connection: Connection, name: str) -> None:
    """End the lease of the worker *name*: what it leaves unfinished is anyone's."""
    connection.execute(delete(executor).where(executor.c.id == name))


def take(connection: Connection, turn: str, *, at: datetime, free: datetime) -> bool:
    """Take the *turn* at the instant *at*, unless any worker has taken it since *free*; return whether it was got."""
    taken = connection.execute(select(executor.c.seen_at).where(executor.c.id == turn)).scalar()
    if taken is not None and str(taken) > instant(free):
        return False
    connection.execute(delete(executor).where(executor.c.id == turn))
    connection.execute(insert(executor).values(id=turn, seen_at=instant(at)))
    return True
