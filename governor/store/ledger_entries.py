"""Which entries are recorded, and which may follow?"""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from governor.errors import LedgerBroken
from governor.ledger.entry import Entry
from governor.ledger.tree import leaf_hash
from governor.ledger.verify import agrees
from governor.store.ledger_statements import Row, failures, read
from governor.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An entry and its index in the log."""

    index: int
    entry: Entry


_WHERE = {
    "idx": "SELECT idx, id, subject, n, leaf, hash FROM log_entry WHERE idx = ?",
    "id": "SELECT idx, id, subject, n, leaf, hash FROM log_entry WHERE id = ?",
    "subject": "SELECT idx, id, subject, n, leaf, hash FROM log_entry WHERE subject = ? ORDER BY idx",
}


def only_new(entries: Sequence[Entry], known: dict[str, bytes]) -> list[Entry]:
    """Return the entries whose ids are not in *known* (id to leaf), each once; *known* grows by them.

    Raises:
        LedgerBroken: an id is there with other bytes (``entry-differs``).
    """
    new = list[Entry]()
    for entry in entries:
        leaf = known.get(entry.id)
        if leaf is None:
            known[entry.id] = entry.leaf()
            new.append(entry)
        elif leaf != entry.leaf():
            raise LedgerBroken("entry-differs", id=entry.id)
    return new


def misfit(entries: Sequence[Entry], counters: Mapping[str, int | None]) -> Entry | None:
    """Return the first entry whose counter is not the next one after *counters* and the entries before it, if any.

    For a subject that is not among *counters*, the first entry may have any counter.
    """
    last = dict(counters)
    for entry in entries:
        if entry.n != (last.get(entry.subject, entry.n - 1) or 0) + 1:
            return entry
        last[entry.subject] = entry.n
    return None


def recorded(connection: Connection, column: str, value: object) -> list[Recorded]:
    """Return the entries with *value* in *column* (idx, id or subject), by index.

    Raises:
        LedgerBroken: one was altered (``entry-altered``).
    """
    with failures(connection):
        (rows,) = read(connection, (_WHERE[column], [value]))
    return [Recorded(index=row[0], entry=_parse(row)) for row in rows]


def _parse(row: Row) -> Entry:
    index, _, _, _, leaf, hash = row
    try:
        if agrees(row) and leaf_hash(leaf) == hash:
            return Entry.parse(leaf)
    except ValueError as fault:
        raise LedgerBroken("entry-altered", index=index) from fault
    raise LedgerBroken("entry-altered", index=index)
