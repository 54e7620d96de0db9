"""Is the record as it was written? Entries, tree, head and stored checkpoints against each other, in one pass.

Steps: (1) gaps; (2) leaves rehashed against the tree; (3) nodes, frontier, head and its signature; (4) checkpoints.
"""

from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import chain, islice

from governor.errors import LedgerBroken
from governor.ledger.nodes import Nodes, as_bytes
from governor.ledger.note import read_checkpoint
from governor.ledger.record import CheckpointRow, EntryRow, Finding, Record
from governor.ledger.tree import TILE, TILE_HEIGHT, Frontier, leaf_hash, perfect_root

__all__ = ["Finding", "Record", "agrees", "verify"]


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
    if not isinstance(leaf, bytes):
        return False
    at = leaf.rfind(b',"pii":{')
    return leaf.endswith(f',"id":"{id}","n":{n}'.encode(), 0, at) and (
        leaf.find(f'}},"subject":"{subject}","ts":"'.encode(), at) > 0
    )


class _Audit:
    """The state of one pass. The tree is None from where missing entries make it unknown."""

    def __init__(self, record: Record) -> None:
        self.findings = list[Finding]()
        self._record = record
        self._nodes = Nodes(record.nodes, self.findings)
        self._checkpoints = iter(record.checkpoints)
        self._checkpoint = next(self._checkpoints, None)
        self._tree: Frontier | None = record.start
        self._seen = record.start.size
        self._agreed = record.start.size

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
            self._grow(self._nodes.take(self._tree.size >> TILE_HEIGHT))
        if self._tree is not None and self._tree.size != first:
            self._tree = None

    def _read_chunk(self, first: int, rows: list[EntryRow]) -> None:
        """Rehash one chunk, compare it with all that is stored of it, and let the tree grow by it."""
        until = min(first + TILE, self._record.size)
        node = self._nodes.take(first >> TILE_HEIGHT) if until - first == TILE else None
        try:
            hashes = [sha256(b"\x00" + row[4]).digest() for row in rows]
        except TypeError:  # a damaged database may hold any type in any column
            hashes = [leaf_hash(as_bytes(row[4])) for row in rows]
        if hashes != [row[5] for row in rows] or not all(map(agrees, rows)):
            hashes = self._blame(rows, hashes, self._judge(node) if len(rows) == until - first else _nothing)
        if len(rows) < until - first:
            hashes = [hash for at, hash in enumerate(hashes) if rows[at][0] == first + at]
        self._read_checkpoints(until, hashes)
        if len(hashes) < until - first:
            self._grow(node)
        elif len(hashes) < TILE:
            self._tree = self._tree.extend(hashes)[0] if self._tree is not None else None
        else:
            root = perfect_root(hashes)
            if node != root:
                self._nodes.differs(1, first >> TILE_HEIGHT, node)
            self._grow(root)

    def _judge(self, node: bytes | None) -> Callable[[list[bytes]], bool]:
        """Return what tells whether leaf hashes are those that the tree was made of: the chunk's node, or the head."""
        tree, head = self._tree, self._record.head
        if node is not None:
            return lambda hashes: perfect_root(hashes) == node
        if tree is not None and head is not None:
            return lambda hashes: tree.extend(hashes)[0].root() == head.root
        return _nothing

    def _blame(self, rows: list[EntryRow], computed: list[bytes], judge: Callable[[list[bytes]], bool]) -> list[bytes]:
        """Note the altered rows of a chunk; return the leaf hashes that the tree was made of, as far as they are known.

        Those are the computed or the stored ones, whichever lead to what is above them, else those before the first
        difference.
        """
        stored = [as_bytes(row[5]) for row in rows]
        differing = [at for at, hash in enumerate(computed) if hash != stored[at]]
        are_right = judge(computed)
        for at, row in enumerate(rows):
            if computed[at] != stored[at]:
                self._find("entry-altered", row[0], part="hash" if are_right else "leaf")
            elif not agrees(row):
                self._find("entry-altered", row[0], part="columns")
        if are_right or not differing:
            return computed
        return stored if judge(stored) else computed[: differing[0]]

    def _grow(self, root: bytes | None) -> None:
        """Let the tree grow by a chunk with that root; without a root it becomes unknown."""
        if root is None or self._tree is None:
            self._tree = None
            return
        self._nodes.grow(self._tree.size >> TILE_HEIGHT, root)
        self._tree = self._tree.append(root, TILE_HEIGHT)

    def read_upper_nodes(self) -> None:
        """Step 3: the nodes above the first level."""
        self._nodes.finish(self._record.size, is_known=self._tree is not None)

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


def _nothing(_: list[bytes]) -> bool:
    """Return that nothing is known of leaf hashes."""
    return False
