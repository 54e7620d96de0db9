"""What does the record cost? Appending against a plain INSERT of the same leaves, proofs, verification, bytes.

The plain table has the index, the unique id and the leaf; both are written through the same driver, on the same disk,
transaction by transaction in turn, so that whatever else the machine does falls on both. Entries are made beforehand
on both sides; what making one costs is a figure of its own. Ids are random, as UUIDs of version 4 are. Subjects come
one after the other, 20 entries each; "scattered" are 1,000 subjects in turn, the worst for the index that finds them.
"""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TypeAlias

from sqlalchemy import Connection, Engine, text

from governor.ledger.entry import Entry
from governor.store.keys import KeyStore
from governor.store.ledger import Ledger
from governor.store.migrate import upgrade
from tests.bench.figure import Figure
from tests.entries import make_entries, make_runs
from tests.postgres import Postgres, running
from tests.store.engines import make_engine

_QUICK = 2
"""So many rounds in a quick run; its server keeps its data in memory."""

Make: TypeAlias = Callable[[int, int], Iterator[Entry]]
"""Makes so many entries from the first on."""

_TYPES = {"sqlite": ("INTEGER", "BLOB"), "postgresql": ("BIGINT", "BYTEA")}
_INSERT = "INSERT INTO plain (idx, id, leaf) VALUES ({0}, {0}, {0})"
_INSERT_FOUND = "INSERT INTO plain (idx, id, leaf, subject, n) VALUES ({0}, {0}, {0}, {0}, {0})"
_FOUND = ", subject VARCHAR(128) NOT NULL, n BIGINT NOT NULL, UNIQUE (subject, n)"
_LOG = ("log_entry", "log_node", "log_head")


@dataclass
class Side:
    """One of the two that are compared: how many entries it holds, and how it takes more."""

    engine: Engine
    take: Callable[[Connection, Sequence[Entry], int], object]
    size: int = 0

    def add(self, entries: Sequence[Entry]) -> float:
        """Take *entries* in one transaction; return the seconds it took."""
        start = time.perf_counter()
        with self.engine.begin() as connection:
            self.take(connection, entries, self.size)
        self.size += len(entries)
        return time.perf_counter() - start


def figures(quick: bool = False) -> Iterator[Figure]:
    """Yield the figures of the ledger; *quick* ones take seconds, and say little."""
    yield make_figure(quick)
    sizes = (1_000,) if quick else (10_000, 100_000)
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gov-bench-")))
        server = stack.enter_context(running(None if quick else Path(tempfile.gettempdir())))
        for kind in ("sqlite", "postgresql"):
            with measured(kind, server, home) as (log, plain, ledger):
                for size in sizes:
                    fill((log, plain), size)
                    yield from append_figures(f"{kind}, {size}", (log, plain), make_runs, _QUICK if quick else 9)
                    yield from read_figures(kind, log, ledger, home)
                yield from byte_figures(kind, (log, plain), server, home)
            with measured(f"{kind} scattered", server, home) as (log, plain, _):
                fill((log, plain), sizes[0], make_scattered)
                yield from append_figures(
                    f"{kind}, {sizes[0]} scattered", (log, plain), make_scattered, _QUICK if quick else 9
                )


def make_scattered(first: int, count: int) -> Iterator[Entry]:
    """Yield entries of 1,000 subjects in turn."""
    return make_entries(first, count, subjects=1000)


def fill(sides: tuple[Side, Side], size: int, make: Make = make_runs) -> None:
    """Grow both to *size* entries in batches of 1,000."""
    while sides[0].size < size:
        entries = list(make(sides[0].size, min(1000, size - sides[0].size)))
        for side in sides:
            side.add(entries)


@contextmanager
def measured(kind: str, server: Postgres, home: Path) -> Iterator[tuple[Side, Side, Ledger]]:
    """Yield the log, the plain table and the ledger, each in a database of its own."""
    ledger = Ledger("governor.example.org/log/2026", KeyStore(home / f"keys-{kind}"))
    log, plain = (make_engine(make_url(kind, server, home, name)) for name in ("log", "plain"))
    upgrade(log)
    insert = create_plain(plain, _INSERT, "")

    def take_plain(connection: Connection, entries: Sequence[Entry], first: int) -> None:
        cursor = connection.connection.cursor()
        rows = [(first + at, entry.id, entry.leaf()) for at, entry in enumerate(entries)]
        if len(rows) == 1:
            cursor.execute(insert, rows[0])
        else:
            cursor.executemany(insert, rows)

    yield Side(log, lambda connection, entries, _: ledger.append(connection, entries)), Side(plain, take_plain), ledger
    log.dispose()
    plain.dispose()


def make_figure(quick: bool) -> Figure:
    """Return what making an entry costs: its bounds are checked and its canonical bytes made."""
    count = 500 if quick else 10_000
    start = time.perf_counter()
    list(make_entries(0, count))
    return Figure(name="entry made", value=(time.perf_counter() - start) / count * 1e6, unit="µs")


def append_figures(place: str, sides: tuple[Side, Side], make: Make, rounds: int) -> Iterator[Figure]:
    """Yield entries a second for transactions of 1 and of 100 entries: the median of *rounds*."""
    for batch, transactions in ((1, 100), (100, 15)) if rounds > _QUICK else ((1, 20), (100, 3)):
        took: tuple[list[float], list[float]] = ([], [])
        for _ in range(rounds):
            entries = list(make(sides[0].size, batch * transactions))
            seconds = [0.0, 0.0]
            for number in range(transactions):
                for at in (0, 1) if number % 2 else (1, 0):
                    seconds[at] += sides[at].add(entries[number * batch : (number + 1) * batch])
            took[0].append(seconds[0] / len(entries))
            took[1].append(seconds[1] / len(entries))
        log, plain = median(took[0]), median(took[1])
        name = f"append, {place}, batch {batch}"
        yield Figure(name=name, value=1 / log, unit="entries/s", reference=1 / plain, ratio=plain / log)


def read_figures(kind: str, log: Side, ledger: Ledger, home: Path) -> Iterator[Figure]:
    """Yield what a proof, the check at start and the whole verification take."""
    place, took = f"{kind}, {log.size} entries", list[float]()
    with log.engine.begin() as connection:
        for number in range(50):
            start = time.perf_counter()
            ledger.prove(connection, number * 7919 % log.size)
            took.append(time.perf_counter() - start)
        yield Figure(name=f"inclusion proof, {place}", value=median(took) * 1000, unit="ms")
        start = time.perf_counter()
        ledger.check(connection, home / "none")
        yield Figure(name=f"check at start, {place}", value=time.perf_counter() - start, unit="s")
        start = time.perf_counter()
        if ledger.verify(connection, home / "none"):
            raise RuntimeError("the log that was measured is not sound")
        yield Figure(name=f"full verification, {place}", value=time.perf_counter() - start, unit="s")


def byte_figures(kind: str, sides: tuple[Side, Side], server: Postgres, home: Path) -> Iterator[Figure]:
    """Yield bytes an entry against the plain table, and against one that finds as much."""
    log, plain = sides
    found = make_engine(make_url(kind, server, home, "found"))
    insert = create_plain(found, _INSERT_FOUND, _FOUND)
    for first in range(0, log.size, 1000):
        entries = make_runs(first, min(1000, log.size - first))
        rows = [(first + at, each.id, each.leaf(), each.subject, each.n) for at, each in enumerate(entries)]
        with found.begin() as connection:
            connection.connection.cursor().executemany(insert, rows)
    used = count_bytes(log.engine, _LOG) / log.size
    for other, name, size in ((plain.engine, "index, id, leaf", plain.size), (found, "the same, findable", log.size)):
        reference = count_bytes(other, ("plain",)) / size
        yield Figure(
            name=f"bytes an entry, {kind}, against {name}",
            value=used,
            unit="B",
            reference=reference,
            ratio=reference / used,
        )
    found.dispose()


def create_plain(engine: Engine, insert: str, more: str) -> str:
    """Create the plain table; return the statement that fills it."""
    number, data = _TYPES[engine.dialect.name]
    columns = f"idx {number} PRIMARY KEY, id VARCHAR(36) NOT NULL UNIQUE, leaf {data} NOT NULL{more}"
    with engine.begin() as connection:
        connection.execute(text(f"CREATE TABLE plain ({columns})"))
    return insert.format("?" if engine.dialect.name == "sqlite" else "%s")


def count_bytes(engine: Engine, tables: Sequence[str]) -> int:
    """Return how much room *tables* take with their indexes; on SQLite the whole file."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            return int(
                connection.execute(
                    text("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
                ).scalar_one()
            )
        sizes = [text(f"SELECT pg_total_relation_size('{table}')") for table in tables]
        return sum(connection.execute(each).scalar_one() for each in sizes)


def make_url(kind: str, server: Postgres, home: Path, name: str) -> str:
    """Return the URL of a new database."""
    if kind.startswith("sqlite"):
        return f"sqlite:///{home / f'{kind} {name}.db'}"
    return server.url(server.create())


if __name__ == "__main__":
    for each in figures():
        beside = f"{each.reference:12.1f} {each.ratio:6.2f}" if each.reference and each.ratio else ""
        print(f"{each.name:60} {each.value:12.2f} {each.unit:10}{beside}")
