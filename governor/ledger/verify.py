"""Is the record as it was written? Entries, tree, head and stored checkpoints against each other, in one pass.

Steps: (1) gaps; (2) leaves rehashed against the tree; (3) nodes, frontier, head and its signature; (4) checkpoints.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain, islice
from typing import TypeAlias

from governor.errors import LedgerBroken
from governor.ledger.head import Head
from governor.ledger.note import Verifier, read_checkpoint
from governor.ledger.tree import TILE, TILE_HEIGHT, Frontier, perfect_root

EntryRow: TypeAlias = tuple[int, str, str, int, bytes, bytes]
"""index, id, subject, n, leaf, leaf hash: what a database holds of an entry, ascending by index."""
NodeRow: TypeAlias = tuple[int, int, bytes]
"""level, index, hash; ascending."""
CheckpointRow: TypeAlias = tuple[int, str, str]
"""size, note, and where it was found; ascending by size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is not as it was written: ``index`` is the first entry concerned, where one can be named."""

    what: str
    index: int | None = None
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A stored log, each part read once: entries by index, nodes by level and index, checkpoints by size.

    ``size`` is how many entries to expect: what the head says or, without one, what the entries show. ``start`` is a
    trusted beginning that is not read again: its size is a multiple of 65,536, and the parts begin there.
    """

    entries: Iterable[EntryRow]
    nodes: Iterable[NodeRow]
    checkpoints: Iterable[CheckpointRow]
    head: Head | None
    size: int
    verifier: Verifier
    start: Frontier = field(default_factory=Frontier)


def verify(record: Record) -> list[Finding]:
    """Return everything that is not as it was written, the earliest entry first; nothing when the record is sound.

    Memory: one chunk of 256 entries, the subtree roots of the upper levels, and the findings.
    """
    audit = _Audit(record)
    audit.read_entries()
    audit.read_upper_nodes()
    audit.read_late_checkpoints()
    audit.read_head()
    return sorted(audit.findings, key=lambda each: (each.index is None, each.index or 0))


def agrees(row: EntryRow) -> bool:
    """Return whether the columns id, subject and n of *row* are those of its leaf.

    The last ``,"pii":{`` of a canonical entry is its own, because nothing after it can hold a quote or a brace
    (``governor.ledger.entry``); id and n come right before it, and the subject right after.
    """
    _, id, subject, n, leaf, _ = row
    at = leaf.rfind(b',"pii":{')
    before = b',"id":"%b","n":%d' % (id.encode(), n)
    return leaf.endswith(before, 0, at) and leaf.find(b'},"subject":"%b","ts":"' % subject.encode(), at) > 0


class _Audit:
    """The state of one pass. The tree is None from where missing entries make it unknown."""

    def __init__(self, record: Record) -> None:
        self.findings = list[Finding]()
        self._record = record
        self._nodes = iter(record.nodes)
        self._checkpoints = iter(record.checkpoints)
        self._node = next(self._nodes, None)
        self._checkpoint = next(self._checkpoints, None)
        self._tree: Frontier | None = record.start
        self._seen = record.start.size
        self._agreed = record.start.size
        self._rows = dict[int, list[bytes]]()
        self._upper = dict[tuple[int, int], bytes]()

    def _find(self, what: str, index: int | None = None, **values: object) -> None:
        self.findings.append(Finding(what=what, index=index, values=values))

    def read_entries(self) -> None:
        """Steps 1 and 2, chunk by chunk of 256 entries, with the checkpoints that lie in each."""
        for first, rows in self._chunks():
            self._skip_to(first)
            self._read_chunk(first, rows)
        if self._seen < self._record.size:
            self._find("entry-missing", self._seen, count=self._record.size - self._seen)
        self._skip_to(self._record.size)

    def _chunks(self) -> Iterator[tuple[int, list[EntryRow]]]:
        """Yield the rows of each chunk that has any, with the index where the chunk begins; note gaps and strays."""
        entries = iter(self._record.entries)
        for row in entries:
            if row[0] >= self._seen:
                entries = chain([row], entries)
                break
            self._find("entry-unexpected", row[0])
        rows = list[EntryRow]()
        while rows := rows + list(islice(entries, TILE - len(rows))):
            first = rows[0][0] & -TILE
            until = min(first + TILE, self._record.size)
            if rows[0][0] == self._seen and len(rows) == TILE and rows[-1][0] == until - 1:
                self._seen, now, rows = until, rows, []
            else:
                now, rows = self._sift(rows, until)
            if now:
                yield first, now

    def _sift(self, rows: list[EntryRow], until: int) -> tuple[list[EntryRow], list[EntryRow]]:
        """Return the rows before *until* and those after; note gaps, and rows that a log of this size does not have."""
        now, later = list[EntryRow](), list[EntryRow]()
        for row in rows:
            if row[0] >= self._record.size:
                self._find("entry-unexpected", row[0])
            elif row[0] >= until:
                later.append(row)
            else:
                if row[0] > self._seen:
                    self._find("entry-missing", self._seen, count=row[0] - self._seen)
                self._seen = row[0] + 1
                now.append(row)
        return now, later

    def _skip_to(self, first: int) -> None:
        """Let the tree grow over missing chunks by their stored nodes, as far as there are any."""
        while self._tree is not None and self._tree.size + TILE <= first:
            self._read_checkpoints(self._tree.size, [])
            self._grow(self._take_node(1, self._tree.size >> TILE_HEIGHT))
        if self._tree is not None and self._tree.size != first:
            self._tree = None

    def _read_chunk(self, first: int, rows: list[EntryRow]) -> None:
        """Rehash one chunk, compare it with all that is stored of it, and let the tree grow by it."""
        until = min(first + TILE, self._record.size)
        full, whole = until - first == TILE, until - first == len(rows)
        node = self._take_node(1, first >> TILE_HEIGHT) if full else None
        hashes, stored = [sha256(b"\x00" + _bytes(row[4])).digest() for row in rows], [_bytes(row[5]) for row in rows]
        if hashes != stored or not all(map(_agrees_safely, rows)):
            hashes = self._blame(rows, (hashes, stored), self._judge(node) if whole else _nothing)
        if not whole:
            hashes = [hash for at, hash in enumerate(hashes) if rows[at][0] == first + at]
        self._read_checkpoints(until, hashes)
        if not full:
            self._tree = self._tree.extend(hashes)[0] if self._tree is not None and whole else None
        elif whole:
            root = perfect_root(hashes)
            if node != root:
                self._find(
                    "node-missing" if node is None else "node-altered", first, level=1, node=first >> TILE_HEIGHT
                )
            self._grow(root)
        else:
            self._grow(node)

    def _judge(self, node: bytes | None) -> "Callable[[list[bytes]], bool]":
        """Return what tells whether leaf hashes are those that the tree was made of: the chunk's node, or the head."""
        tree, head = self._tree, self._record.head
        if node is not None:
            return lambda hashes: perfect_root(hashes) == node
        if tree is not None and head is not None:
            return lambda hashes: tree.extend(hashes)[0].root() == head.root
        return _nothing

    def _blame(
        self, rows: list[EntryRow], hashes: tuple[list[bytes], list[bytes]], judge: "Callable[[list[bytes]], bool]"
    ) -> list[bytes]:
        """Note the altered rows of a chunk; return the leaf hashes, computed or stored, that the tree was made of."""
        computed, stored = hashes
        computed_right = judge(computed)
        for row, here, there in zip(rows, computed, stored, strict=True):
            if here != there:
                self._find("entry-altered", row[0], part="hash" if computed_right else "leaf")
            elif not _agrees_safely(row):
                self._find("entry-altered", row[0], part="columns")
        return stored if not computed_right and judge(stored) else computed

    def _take_node(self, level: int, index: int) -> bytes | None:
        """Return the stored node, if there is one; note those before it, which nothing asked for."""
        while self._node is not None and self._node[:2] < (level, index):
            self._note_stray(self._node)
            self._node = next(self._nodes, None)
        if self._node is None or self._node[:2] != (level, index):
            return None
        found, self._node = _bytes(self._node[2]), next(self._nodes, None)
        return found

    def _note_stray(self, row: NodeRow) -> None:
        level, index, _ = row
        first = index << TILE_HEIGHT * level if 0 < level < 8 else None
        self._find("node-unexpected", first, level=level, node=index)

    def _grow(self, root: bytes | None) -> None:
        """Let the tree grow by a chunk with that root; without a root it becomes unknown."""
        if root is None or self._tree is None:
            self._tree = None
            return
        level, index = 1, self._tree.size >> TILE_HEIGHT
        self._tree = self._tree.append(root, TILE_HEIGHT)
        while True:
            row = self._rows.setdefault(level, [])
            if index % TILE == 0:
                row.clear()
            row.append(root)
            if index % TILE < TILE - 1 or len(row) != TILE:
                return
            root, level, index = perfect_root(row), level + 1, index >> TILE_HEIGHT
            self._upper[level, index] = root

    def read_upper_nodes(self) -> None:
        """Step 3: the nodes above the first level."""
        while self._node is not None:
            level, index, hash = self._node
            expected = self._upper.pop((level, index), None)
            if expected is None and (self._tree is not None or not self._is_within(level, index)):
                self._note_stray(self._node)
            if expected is not None and expected != hash:
                self._find("node-altered", index << TILE_HEIGHT * level, level=level, node=index)
            self._node = next(self._nodes, None)
        for level, index in self._upper:
            self._find("node-missing", index << TILE_HEIGHT * level, level=level, node=index)

    def _is_within(self, level: int, index: int) -> bool:
        return 0 < level < 8 and index >= 0 and (index + 1) << TILE_HEIGHT * level <= self._record.size

    def _read_checkpoints(self, until: int, hashes: list[bytes]) -> None:
        """Step 4, for sizes up to *until*, with the leaf hashes that follow the tree."""
        tree, base = self._tree, self._tree.size if self._tree is not None else 0
        while self._checkpoint is not None and self._checkpoint[0] <= until:
            size = self._checkpoint[0]
            if tree is not None and base <= size <= base + len(hashes):
                tree = tree.extend(hashes[tree.size - base : size - base])[0]
            known = tree is not None and tree.size == size
            self._read_checkpoint(self._checkpoint, tree.root() if tree is not None and known else None)
            self._checkpoint = next(self._checkpoints, None)

    def _read_checkpoint(self, row: CheckpointRow, root: bytes | None) -> None:
        size, note, place = row
        try:
            checkpoint = read_checkpoint(note, self._record.verifier)
        except (LedgerBroken, ValueError, AttributeError, TypeError) as fault:
            self._find("checkpoint-altered", size=size, place=place, reason=str(fault))
            return
        if checkpoint.size != size:
            self._find("checkpoint-altered", size=size, place=place, reason=f"signed for {checkpoint.size}")
        elif root is not None and checkpoint.root != root:
            self._find("checkpoint-root", self._agreed, size=size, place=place)
        elif root is not None:
            self._agreed = size

    def read_late_checkpoints(self) -> None:
        """Step 4, for sizes that the log does not have, or no longer."""
        self._read_checkpoints(self._record.size, [])
        while self._checkpoint is not None:
            size, _, place = self._checkpoint
            self._find("checkpoint-beyond", self._record.size, size=size, place=place)
            self._checkpoint = next(self._checkpoints, None)

    def read_head(self) -> None:
        """Step 3: the head against itself, its signature and the tree."""
        head = self._record.head
        if head is None:
            if self._record.size:
                self._find("head-missing")
            return
        try:
            head.check(self._record.verifier)
        except LedgerBroken as fault:
            self.findings.append(Finding(what=fault.key, values=fault.values))
        if self._tree is not None and self._tree.root() != head.root:
            self._find("head-root", self._agreed, size=head.size)


def _bytes(value: object) -> bytes:
    """Return *value*, or nothing in its place when a database holds another type there."""
    return value if isinstance(value, bytes) else b""


def _agrees_safely(row: EntryRow) -> bool:
    """Return whether *row* agrees with its leaf, of whatever types its columns are."""
    try:
        return agrees(row)
    except (TypeError, AttributeError):
        return False


def _nothing(_: list[bytes]) -> bool:
    """Return that nothing is known of leaf hashes."""
    return False
