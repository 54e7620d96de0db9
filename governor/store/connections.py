"""How is a SQLite file talked to? By connections that stay open, whose transactions begin and end at the driver.

Whoever comes next takes the connection that was given back last: what it has read of the file it still knows, where
another would read it anew. SQLAlchemy, to which each is in one transaction for as long as it is open, would take longer
to begin and to end one than SQLite takes for most of what is asked in it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import cast

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from governor.store.ledger_statements import failures
from governor.store.thinking import NotAtOnce, is_at_once

_MOST = 5
"""How many are kept open: one writes, the others read meanwhile."""


class Connections:
    """The connections of one process to the file of *engine*, which keeps none itself and begins no transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._idle: list[Connection] = []

    @contextmanager
    def taken(self) -> Iterator[Connection]:
        """Yield a connection that nobody else has; what is begun on it and not committed is rolled back afterwards."""
        idle = self._idle
        connection = _last(idle) or self._open()
        try:
            yield connection
        finally:
            if _rolled_back(connection) and idle is self._idle and len(idle) < _MOST:
                idle.append(connection)
            else:
                _close(connection)

    def close(self) -> None:
        """Close all that nobody has; what is given back later is not kept."""
        idle, self._idle = self._idle, []
        for connection in idle:
            _close(connection)

    def _open(self) -> Connection:
        connection = self._engine.connect()
        connection.begin()
        return connection


class Driver(sqlite3.Connection):
    """A connection of the driver, which remembers how long it waits for other processes."""

    _seconds: float | None = None

    def wait_for(self, seconds: float) -> None:
        """Have what follows wait so many *seconds* for the lock that another process holds."""
        if seconds != self._seconds:
            self.execute(f"PRAGMA busy_timeout={int(seconds * 1000)}")
            self._seconds = seconds


def begin(connection: Connection, busy_seconds: float, how: str = "BEGIN") -> None:
    """Begin a transaction by the statement *how*; what is done in it waits *busy_seconds* for other processes.

    Raises:
        Unavailable: the database cannot be used now.
    """
    with failures(connection):
        driver = _driver(connection)
        driver.wait_for(busy_seconds)
        driver.execute(how)


def begin_writing(connection: Connection, busy_seconds: float) -> None:
    """Begin a transaction that may write; wait *busy_seconds* for another process that does, but for nobody at once.

    Raises:
        NotAtOnce: it was to be done at once, and another process writes.
        Unavailable: the database cannot be written now.
    """
    if not is_at_once():
        begin(connection, busy_seconds, "BEGIN IMMEDIATE")
        return
    driver = _driver(connection)
    driver.wait_for(0)
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:  # who may wait for it tells what there is
        raise NotAtOnce from None


def commit(connection: Connection) -> None:
    """Commit what was begun.

    Raises:
        Unavailable: it cannot be committed now; nothing was.
    """
    with failures(connection):
        _driver(connection).commit()


def _driver(connection: Connection) -> Driver:
    return cast("Driver", connection.connection.driver_connection)


def _rolled_back(connection: Connection) -> bool:
    """Roll back what was begun and not committed; return whether *connection* can be used on."""
    if connection.invalidated:
        return False
    try:
        _driver(connection).rollback()
    except sqlite3.Error:
        return False
    return True


def _last(idle: list[Connection]) -> Connection | None:
    try:
        return idle.pop()  # another thread may have taken the last one at any time
    except IndexError:
        return None


def _close(connection: Connection) -> None:
    with suppress(sqlite3.Error, DBAPIError):
        connection.close()
