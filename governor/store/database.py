"""Where does the database lie, and how is it read and written?

SQLite: one file, WAL, ``synchronous=FULL``, over connections that are kept (``Connections``); writes begin with
``BEGIN IMMEDIATE``, so that reading and then writing in one transaction never fails half-way. PostgreSQL: the same
order is kept by one advisory lock per database, which also keeps numbers gapless. Those of one process that write wait
for each other before they wait for other processes.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sqlalchemy import URL, Engine, create_engine, event, make_url, text
from sqlalchemy import Connection as Connection
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import NullPool

from governor.errors import Refused, Unavailable
from governor.store.connections import Connections, Driver, begin, begin_writing, commit
from governor.store.thinking import not_at_once, waiting
from governor.values import dataclass

if TYPE_CHECKING:
    from sqlalchemy.dialects import sqlite

BUSY_SECONDS = 10
"""How long a statement waits for a lock that another process holds."""

Worker = Engine
"""The engine that the durable worker is given."""

_WRITE_LOCK = 0x676F7665726E6F72  # "governor"
_IDLE = f"{BUSY_SECONDS // 2}s"
_TAKE_WRITE_LOCK = text(
    "SELECT pg_advisory_xact_lock(:key) FROM set_config('lock_timeout', :wait, true) AS waiting,"
    " set_config('idle_in_transaction_session_timeout', :idle, true) AS idling"
)
"""A writer that is paused in its transaction keeps the others waiting no longer than they do: its session is ended."""

_LINE = {
    "connect_timeout": BUSY_SECONDS,
    "tcp_user_timeout": 60_000,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}
"""How soon a server is given up that does not speak, or vanished without a word: TCP itself waits for up to hours."""

_AFTERWARDS = "afterwards"

_SQLITE = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON", "PRAGMA secure_delete=ON")

_HIDDEN: dict[str, Any] = {"hide_parameters": True}
"""A trace of a failed statement must not hold its values: names, addresses."""

_SIGNS = (
    ("disk-full", ("disk is full", "no space left", "could not extend file", "enospc")),
    ("database-read-only", ("readonly database", "read-only", "unable to open database file", "permission denied")),
    ("database-locked", ("database is locked", "lock timeout", "lock_timeout")),
    ("database-damaged", ("malformed", "not a database", "could not decode")),
)


@dataclass(frozen=True, slots=True)
class Garbled:
    """Text that is no UTF-8, as a damaged SQLite file may hold it: like no text and no bytes, so equal to neither."""

    data: bytes


class Database:
    """The one database, sync: call it from a thread, never from an event loop."""

    def __init__(self, url: str, *, busy_seconds: float = BUSY_SECONDS, is_read_only: bool = False) -> None:
        """Prepare the database at *url* (SQLAlchemy's form); nothing is opened yet.

        A write waits at most *busy_seconds* for a lock that another process holds. One that *is_read_only* writes
        nothing, and makes no file beside that of SQLite.

        Raises:
            Refused: the URL names neither SQLite nor PostgreSQL. The URL itself is not shown: it may hold a password.
        """
        try:
            parsed = make_url(url)
        except ArgumentError:
            raise Refused("setting-invalid", setting="GOVERNOR_DATABASE_URL") from None
        if parsed.get_backend_name() not in ("sqlite", "postgresql"):
            raise Refused("setting-invalid", setting="GOVERNOR_DATABASE_URL")
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        if not self.is_sqlite:
            parsed = parsed.set(drivername="postgresql+psycopg")
        self.url = parsed
        self._busy_seconds = busy_seconds
        self._is_read_only = is_read_only
        self._turn = threading.Lock()
        self.engine = self._engine()
        self._kept = Connections(self.engine)
        self._turns = self._engine_for_turns()
        self._watcher: sqlite3.Connection | None = None
        self._watching = threading.Lock()

    @property
    def insert(self) -> type["sqlite.Insert"]:
        """Return the INSERT of the database's own dialect, which knows ON CONFLICT: the other is not loaded."""
        found: type[sqlite.Insert] = import_module(f"sqlalchemy.dialects.{self.url.get_backend_name()}").Insert
        return found

    def _engine(self) -> Engine:
        if not self.is_sqlite:
            return create_engine(self.url, pool_size=20, pool_pre_ping=True, connect_args=_LINE, **_HIDDEN)
        busy = {"timeout": self._busy_seconds, "check_same_thread": False, "factory": Driver}
        where = _looked_at(self.url) if self._is_read_only else self.url
        engine = create_engine(where, connect_args=busy, poolclass=NullPool, **_HIDDEN)
        pragmas = () if self._is_read_only else _SQLITE

        @event.listens_for(engine, "connect")
        def _settle(connection: Any, _: object) -> None:  # noqa: ANN401  # DB-API
            connection.isolation_level = None
            for pragma in pragmas:
                connection.execute(pragma)

        return engine

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the database.

        Raises:
            Unavailable: the database is locked, unreachable or damaged.
        """
        if self.is_sqlite:
            with told(), self._kept.taken() as connection:
                begin(connection, self._busy_seconds)
                yield connection
            return
        with told(), self.engine.connect() as connection:
            # SQLite's transactions see one state as they are; PostgreSQL's would see a new one in every statement.
            yield connection.execution_options(isolation_level="REPEATABLE READ")

    @contextmanager
    def examine(self) -> Iterator[Connection]:
        """Yield a connection as ``read`` does, where text that is no UTF-8 is ``Garbled``: damage must be readable."""
        with self.read() as connection:
            driver = connection.connection.driver_connection
            if self.is_sqlite and driver is not None:
                driver.text_factory = _readable
                try:
                    yield connection
                finally:
                    driver.text_factory = str
            else:
                yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Yield the one connection that may write; commit when the block ends, roll back when it raises.

        Raises:
            Unavailable: the database is locked, unreachable, read-only or damaged, or the disk is full. Nothing was
                written.
        """
        calls: list[Callable[[], None]] = []
        with told(), self._taken_turn(), self._writing() as connection:
            kept = connection.info  # which a connection that the server has ended does not give any more
            kept[_AFTERWARDS] = calls
            try:
                yield connection
            finally:
                kept.pop(_AFTERWARDS, None)
        for call in calls:
            call()

    @contextmanager
    def _taken_turn(self) -> Iterator[None]:
        """Hold the turn of those of this process that write.

        On PostgreSQL it keeps a process from standing in the queue for the lock more than once: where one is paused,
        the server ends its sessions one after another, and who stands behind them all would wait for each.
        """
        if not self._turn.acquire(blocking=False):
            not_at_once()
            with waiting():
                taken = self._turn.acquire(timeout=-1 if self.is_sqlite else self._busy_seconds)
            if not taken:
                raise Unavailable("database-locked")
        try:
            yield
        finally:
            self._turn.release()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self.is_sqlite:
            with self._kept.taken() as connection:
                begin_writing(connection, self._busy_seconds)
                yield connection
                with waiting():
                    commit(connection)
            return
        with self.engine.begin() as connection:
            wait = f"{int(self._busy_seconds * 1000)}ms"
            connection.execute(_TAKE_WRITE_LOCK, {"key": _WRITE_LOCK, "wait": wait, "idle": _IDLE})
            yield connection

    def after_commit(self, connection: Connection, call: Callable[[], None]) -> None:
        """Make *call* once the transaction of *connection*, which ``write`` began, is committed."""
        calls: list[Callable[[], None]] | None = connection.info.get(_AFTERWARDS)
        if calls is not None:
            calls.append(call)

    @contextmanager
    def holding_turns(self) -> Iterator[Connection]:
        """Yield the one connection, in autocommit, that the turns of this process belong to.

        Raises:
            Unavailable: as ``read``.
        """
        with told(), self._turns.connect() as connection:
            yield connection

    @contextmanager
    def migrating(self) -> Iterator[Engine]:
        """Yield the engine that migrations use: its transactions may write from their first statement.

        Raises:
            Unavailable: as ``write``.
        """
        with told(), self._taken_turn():
            if not self.is_sqlite:
                yield self.engine
                return
            engine = self._engine()

            @event.listens_for(engine, "begin")
            def _begin(connection: Connection) -> None:
                begin(connection, self._busy_seconds, "BEGIN IMMEDIATE")

            yield engine

    def engine_for_worker(self) -> Worker:
        """Return a new engine for the durable worker on PostgreSQL, whose own transactions are short."""
        pool = {"pool_size": 10, "max_overflow": 10, "pool_pre_ping": True}
        engine = create_engine(self.url, connect_args=_LINE, **pool, **_HIDDEN)
        _set_up(engine, {"idle_in_transaction_session_timeout": _IDLE})
        return engine

    def _engine_for_turns(self) -> Engine:
        """Return an engine of one connection, which holds the turns of this process (``Outbox.exclusive``)."""
        if self.is_sqlite:
            return self.engine
        single = {"pool_size": 1, "max_overflow": 0, "pool_pre_ping": True, "isolation_level": "AUTOCOMMIT"}
        engine = create_engine(self.url, connect_args=_LINE, **single, **_HIDDEN)

        # A machine that vanishes must not keep its turns for the two hours that TCP waits by default.
        _set_up(engine, {"tcp_keepalives_idle": "30", "tcp_keepalives_interval": "10", "tcp_keepalives_count": "3"})
        return engine

    def prepare(self) -> None:
        """Make the SQLite file's folder (0700) when it is missing.

        Raises:
            Unavailable: the folder cannot be made or written.
        """
        if not self.is_sqlite or self.url.database in (None, "", ":memory:"):
            return
        folder = Path(str(self.url.database)).parent
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise Unavailable("folder-unusable", folder=str(folder), reason=error.strerror) from error

    def is_missing(self) -> bool:
        """Return whether there is no SQLite file yet; a PostgreSQL database is never missing, only unreachable."""
        return self.is_sqlite and not Path(str(self.url.database)).exists()

    def version(self) -> int | None:
        """Return a number that is another after any commit of any process; ``None``: only a query would tell.

        It takes some microseconds and waits for no lock: it may be asked from an event loop too.
        """
        if not self.is_sqlite:
            return None
        try:
            with self._watching:
                if self._watcher is None:
                    self._watcher = sqlite3.connect(str(self.url.database), check_same_thread=False)
                # It tells of the commits of others than the connection that asks: this one makes none.
                return int(self._watcher.execute("PRAGMA data_version").fetchone()[0])
        except sqlite3.Error:
            return None

    def close(self) -> None:
        """Close every connection."""
        if self._watcher is not None:
            self._watcher.close()
            self._watcher = None
        self._kept.close()
        self.engine.dispose()
        self._turns.dispose()


def _looked_at(url: URL) -> URL:
    """Return *url* so that SQLite opens its file for reading only.

    A file that nobody has open has no ``-wal`` beside it: SQLite would make one even to read, unless it is told that
    nothing changes the file.
    """
    path = Path(str(url.database)).absolute()
    log = path.with_name(f"{path.name}-wal")
    is_still = not log.exists() or not log.stat().st_size
    still = {"immutable": "1"} if is_still else {}
    return url.set(database=f"file:{quote(str(path))}", query={"mode": "ro", "uri": "true"} | still)


def _readable(data: bytes) -> str | Garbled:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return Garbled(data)


def _set_up(engine: Engine, settings: Mapping[str, str]) -> None:
    """Have each connection of *engine* to PostgreSQL begin with these *settings*."""

    @event.listens_for(engine, "connect")
    def _settle(connection: Any, _: object) -> None:  # noqa: ANN401  # DB-API
        for name, value in settings.items():
            connection.execute("SELECT set_config(%s, %s, false)", (name, value))
        connection.commit()


@contextmanager
def told() -> Iterator[None]:
    """Turn what a driver says in the block into what a person can act on.

    Raises:
        Unavailable: the database is locked, unreachable, read-only or damaged, or the disk is full.
    """
    try:
        yield
    except DBAPIError as error:
        sign = _sign(str(error.orig))
        if sign is None and isinstance(error, IntegrityError):
            raise
        if sign is None and not _is_lost(error):
            said = next(iter(str(error.orig).splitlines()), "")
            raise Unavailable("database-unfit", reason=said) from error
        raise Unavailable(sign or "database-unreachable") from error
    except PoolTimeout as error:  # no connection of the pool came free
        raise Unavailable("database-unreachable") from error
    except UnicodeDecodeError as error:  # sqlite3 cannot even say what is wrong with a damaged schema
        if not _is_of_driver(error):
            raise
        raise Unavailable("database-damaged") from error
    except Unavailable as error:  # of the ledger, which talks to the driver itself
        sign = _sign(str(error.__cause__)) if error.key == "database-failed" else None
        if sign is None:
            raise
        raise Unavailable(sign) from error


def _is_lost(error: DBAPIError) -> bool:
    """Return whether *error* says that a server cannot be reached; a file can, whatever it lacks."""
    is_file = type(error.orig).__module__.startswith("sqlite3")
    return error.connection_invalidated or (isinstance(error, OperationalError) and not is_file)


def _is_of_driver(error: BaseException) -> bool:
    """Return whether *error* comes from a driver, and not from what was done with its rows."""
    frames = [*walk_tb(error.__traceback__)]
    return bool(frames) and str(frames[-1][0].f_globals.get("__name__")).startswith(("sqlalchemy.", __name__))


def _sign(said: str) -> str | None:
    told = said.casefold()
    return next((key for key, signs in _SIGNS if any(sign in told for sign in signs)), None)
