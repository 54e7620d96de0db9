"""Which workers are alive, whose turn is it, and who leads? Each renews a lease, and the others see it expire."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete, insert, select

from governor.store.database import Connection
from governor.store.forms import instant
from governor.store.tables import executor

_LEASE = "lease|"


def renew(connection: Connection, name: str, *, at: datetime, expired: datetime) -> frozenset[str]:
    """Renew the lease of the worker *name* at the instant *at*; return all whose lease was renewed since *expired*.

    One that was renewed as long after *at* was renewed by a clock that was wrong, and counts no more.
    """
    seen = executor.c.seen_at
    is_over = (seen < instant(expired)) | (seen > instant(at + (at - expired)))
    connection.execute(delete(executor).where((executor.c.id == name) | is_over))
    connection.execute(insert(executor).values(id=name, seen_at=instant(at)))
    return frozenset(connection.execute(select(executor.c.id)).scalars())


def end(connection: Connection, name: str) -> None:
    """End the lease of the worker *name*: what it leaves unfinished is anyone's."""
    connection.execute(delete(executor).where(executor.c.id == name))


def take(connection: Connection, turn: str, *, at: datetime, free: datetime) -> bool:
    """Take the *turn* at the instant *at*, unless any worker has taken it since *free*; return whether it was got.

    Nor is it kept by one whose clock was ahead.
    """
    taken = connection.execute(select(executor.c.seen_at).where(executor.c.id == turn)).scalar()
    if taken is not None and instant(free) < str(taken) <= instant(at + (at - free)):
        return False
    connection.execute(delete(executor).where(executor.c.id == turn))
    connection.execute(insert(executor).values(id=turn, seen_at=instant(at)))
    return True


def claim(
    connection: Connection, name: str, owner: str, *, at: datetime, expired: datetime, clashes: Callable[[str], bool]
) -> bool:
    """Take the lease *name* for the process *owner* at the instant *at*, or renew it; return whether it is theirs.

    It is not while another process has it, or one that *clashes* with it (told by its name), renewed since *expired*.
    """
    seen = executor.c.seen_at.between(instant(expired), instant(at + (at - expired)))
    live = select(executor.c.id).where(executor.c.id.startswith(_LEASE), seen)
    for known in connection.execute(live).scalars():
        _, other, whose = known.split("|")
        if whose != owner and (other == name or clashes(other)):
            return False
    release(connection, name, owner)
    connection.execute(insert(executor).values(id=_lease(name, owner), seen_at=instant(at)))
    return True


def release(connection: Connection, name: str, owner: str) -> None:
    """End the lease *name* of the process *owner*."""
    connection.execute(delete(executor).where(executor.c.id == _lease(name, owner)))


def _lease(name: str, owner: str) -> str:
    return f"{_LEASE}{name}|{owner}"
