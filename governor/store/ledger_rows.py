"""What is stored of the log? Its rows as streams of bounded memory, for whoever checks them.

Every statement sees a state of its own, and the log may grow in between: the head is read first, the rows of its size
follow, and rows that no log of any size would have are asked for together with the head of that moment.
"""

from collections.abc import Iterator
from heapq import merge
from itertools import chain
from pathlib import Path

from sqlalchemy import Connection

from governor.ledger.head import Head
from governor.ledger.note import Verifier
from governor.ledger.record import CheckpointRow, EntryRow, Finding, NodeRow, Record
from governor.ledger.tree import TILE, TILE_HEIGHT, Tiles, frontier
from governor.store import published
from governor.store.ledger_statements import HEAD, Row, read

WINDOW = 1024
"""How many rows are read at a time: as many as stay in the cache of a processor."""

_STRAYS = 256
"""How many rows beyond the head are reported: one is as damning as all."""

TAIL = 32_768
"""How many of the newest entries are checked at start, at least: a tenth of a second, and all that most logs have."""

_START = -(2**63)
_HIGHEST_LEVEL = 2**15 - 1
_ENTRY = "SELECT e.idx, e.id, e.subject, e.n, e.leaf, e.hash FROM log_entry e"
_ENTRIES = f"{_ENTRY} WHERE e.idx > ? AND e.idx < ? ORDER BY e.idx LIMIT ?"
_STRAY_ENTRIES = f"{_ENTRY}, log_head h WHERE e.idx >= h.size ORDER BY e.idx LIMIT ?"
_NODE = "SELECT n.level, n.idx, n.hash FROM log_node n"
_NODES = (
    f"{_NODE} WHERE (n.level, n.idx) > (?, ?) AND n.level <= ? AND n.idx << (8 * n.level) >= ? "
    "AND (n.idx + 1) << (8 * n.level) <= ? ORDER BY n.level, n.idx LIMIT ?"
)
_STRAY_NODES = f"{_NODE}, log_head h WHERE (n.idx + 1) << (8 * n.level) > h.size ORDER BY n.level, n.idx LIMIT ?"
_CHECKPOINTS = "SELECT size, note FROM log_checkpoint WHERE size > ? AND size <= ? ORDER BY size LIMIT ?"
_STRAY_CHECKPOINTS = (
    "SELECT c.size, c.note FROM log_checkpoint c, log_head h WHERE c.size > h.size ORDER BY c.size LIMIT ?"
)
_HIGHEST = "SELECT size, note FROM log_checkpoint ORDER BY size DESC LIMIT 1"
_ENTRY_TILE = "SELECT idx, hash FROM log_entry WHERE idx >= ? AND idx < ? ORDER BY idx"
_NODE_TILE = "SELECT idx, hash FROM log_node WHERE level = ? AND idx >= ? AND idx < ? ORDER BY idx"
_LAST = "SELECT MAX(idx) FROM log_entry"
_GAPS = (
    "SELECT subject, COUNT(*), MIN(n), MAX(n) FROM log_entry GROUP BY subject "
    "HAVING COUNT(*) <> MAX(n) OR MIN(n) <> 1 ORDER BY subject LIMIT ?"
)


def read_head(connection: Connection) -> Head | None:
    """Return the head as it is stored, unchecked, or None when there is none."""
    (rows,) = read(connection, (HEAD, ()))
    return head_of(rows)


def head_of(rows: list[Row]) -> Head | None:
    """Return the head that *rows* of its table hold, unchecked, or None when there is none."""
    for size, root, peaks, note in rows:
        return Head(size=size, root=root, frontier=peaks, note=note)
    return None


def row_of(head: Head) -> Row:
    """Return the row that *head* is kept in, without its number."""
    return head.size, head.root, head.frontier, head.note


def count(connection: Connection) -> int:
    """Return how many entries there are by the highest index, without regard to the head."""
    ((last,),) = read(connection, (_LAST, ()))[0]
    return 0 if last is None else int(last) + 1


def read_record(connection: Connection, directory: Path, verifier: Verifier, window: int = WINDOW) -> Record:
    """Return the whole record as streams of *window* rows, with the checkpoints published in *directory*."""
    files = published.sizes(directory)  # before the head: what was published then is not beyond it
    head = read_head(connection)
    # A damaged SQLite file may hold any type, also where a number should be.
    size = head.size if head is not None and isinstance(head.size, int) else count(connection)
    return Record(
        entries=_entries(connection, _START, size, window),
        nodes=_nodes(connection, 0, size, window),
        checkpoints=merge(
            _checkpoints(connection, size, window), published.rows(directory, files), key=lambda row: row[0]
        ),
        head=head,
        size=size,
        verifier=verifier,
    )


def read_tail(connection: Connection, head: Head, verifier: Verifier) -> Record:
    """Return the newest part of the record: ``TAIL`` entries and up to 255 more, where there are as many.

    What lies before is taken from the nodes: it must lead to the same root.
    """
    first = max(head.size - TAIL, 0) & -TILE
    return Record(
        entries=_entries(connection, first - 1 if first else _START, head.size, WINDOW),
        nodes=_nodes(connection, first, head.size, WINDOW),
        checkpoints=(),
        head=head,
        size=head.size,
        verifier=verifier,
        start=frontier(first, tiles(connection)),
    )


def highest_checkpoints(connection: Connection, directory: Path) -> list[CheckpointRow]:
    """Return the highest checkpoint of the table and that of *directory*, where there is one."""
    table = [(size, note, "log_checkpoint") for size, note in read(connection, (_HIGHEST, ()))[0]]
    return [*table, *published.rows(directory, published.sizes(directory)[-1:])]


def counter_gaps(connection: Connection) -> list[Finding]:
    """Return the subjects whose entries are not counted 1, 2, 3 …: at most 256 of them."""
    return [
        Finding(what="counter-gap", values={"subject": subject, "entries": entries, "first": first, "last": last})
        for subject, entries, first, last in read(connection, (_GAPS, [_STRAYS]))[0]
    ]


def tiles(connection: Connection) -> Tiles:
    """Return the reader of tiles: level 0 from the hashes of the entries, the others from the nodes; each read once."""
    cache = dict[tuple[int, int], list[bytes]]()

    def tile(level: int, index: int) -> list[bytes]:
        if (level, index) not in cache:
            first = index << TILE_HEIGHT
            query = (_NODE_TILE, (level, first, first + TILE)) if level else (_ENTRY_TILE, (first, first + TILE))
            # A missing row must not let the next one take its place.
            found: dict[int, bytes] = dict(read(connection, query)[0])
            cache[level, index] = [found[at] for at in range(first, first + len(found)) if at in found]
        return cache[level, index]

    return tile


def _entries(connection: Connection, after: int, size: int, window: int) -> Iterator[EntryRow]:
    return chain.from_iterable(_entry_windows(connection, after, size, window))


def _entry_windows(connection: Connection, after: int, size: int, window: int) -> Iterator[list[Row]]:
    while True:
        (rows,) = read(connection, (_ENTRIES, (after, size, window)))
        yield rows
        if len(rows) < window:
            break
        after = rows[-1][0]
    yield read(connection, (_STRAY_ENTRIES, [_STRAYS]))[0]


def _nodes(connection: Connection, first: int, size: int, window: int) -> Iterator[NodeRow]:
    highest, last = (1 if first else _HIGHEST_LEVEL), (-_HIGHEST_LEVEL, _START)
    while True:
        (rows,) = read(connection, (_NODES, (*last, highest, first, size, window)))
        yield from rows
        if len(rows) < window:
            break
        last = rows[-1][:2]
    yield from read(connection, (_STRAY_NODES, [_STRAYS]))[0]


def _checkpoints(connection: Connection, size: int, window: int) -> Iterator[CheckpointRow]:
    after = _START
    while True:
        (rows,) = read(connection, (_CHECKPOINTS, (after, size, window)))
        yield from ((row[0], row[1], "log_checkpoint") for row in rows)
        if len(rows) < window:
            break
        after = rows[-1][0]
    for row in read(connection, (_STRAY_CHECKPOINTS, [_STRAYS]))[0]:
        yield row[0], row[1], "log_checkpoint"
