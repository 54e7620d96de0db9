"""Do the stored subtree roots belong to the tree? Read beside the entries, level by level."""

from collections.abc import Iterable, Iterator

from governor.ledger.record import Finding, NodeRow
from governor.ledger.tree import TILE, TILE_HEIGHT, perfect_root

_LEVELS = 8
"""More levels than a log of 2**63 entries has."""


def as_bytes(value: object) -> bytes:
    """Return *value*, or nothing in its place when a damaged database holds another type there."""
    return value if isinstance(value, bytes) else b""


class Nodes:
    """The stored nodes in one pass: those of level 1 are taken in turn, the others compared at the end.

    What is found goes to *findings*.
    """

    def __init__(self, nodes: Iterable[NodeRow], findings: list[Finding]) -> None:
        self._findings = findings
        self._nodes = self._typed(nodes)
        self._node = next(self._nodes, None)
        self._rows = dict[int, list[bytes]]()
        self._upper = dict[tuple[int, int], bytes]()

    def take(self, index: int) -> bytes | None:
        """Return the stored node *index* of level 1, or None; note those before it, which nothing asked for."""
        while self._node is not None and self._node[:2] < (1, index):
            self._note_stray(self._node)
            self._node = next(self._nodes, None)
        if self._node is None or self._node[:2] != (1, index):
            return None
        found, self._node = as_bytes(self._node[2]), next(self._nodes, None)
        return found

    def grow(self, index: int, root: bytes) -> None:
        """Let the upper levels grow by the root of the subtree *index* of level 1."""
        level = 1
        while True:
            row = self._rows.setdefault(level, [])
            if index % TILE == 0:
                row.clear()
            row.append(root)
            if index % TILE < TILE - 1 or len(row) != TILE:
                return
            root, level, index = perfect_root(row), level + 1, index >> TILE_HEIGHT
            self._upper[level, index] = root

    def finish(self, size: int, *, is_known: bool) -> None:
        """Compare what is left with the upper levels of a tree of *size* leaves, all of which are known or not."""
        while self._node is not None:
            level, index, hash = self._node
            expected = self._upper.pop((level, index), None)
            if expected is not None and expected != hash:
                self.differs(level, index, as_bytes(hash))
            if expected is None and (is_known or not _is_within(level, index, size)):
                self._note_stray(self._node)
            self._node = next(self._nodes, None)
        for level, index in self._upper:
            self.differs(level, index, None)

    def differs(self, level: int, index: int, stored: bytes | None) -> None:
        """Note that the *stored* node is not the root of the subtree below it: one of them was altered."""
        what = "subtree-missing" if stored is None else "subtree-altered"
        self._find(what, level, index)

    def _typed(self, nodes: Iterable[NodeRow]) -> Iterator[NodeRow]:
        for row in nodes:
            if isinstance(row[0], int) and isinstance(row[1], int):
                yield row
            else:
                self._find("subtree-unexpected", row[0], row[1])

    def _note_stray(self, row: NodeRow) -> None:
        self._find("subtree-unexpected", row[0], row[1])

    def _find(self, what: str, level: object, index: object) -> None:
        first = None
        if isinstance(level, int) and isinstance(index, int) and 0 < level < _LEVELS:
            first = index << TILE_HEIGHT * level
        self._findings.append(Finding(what=what, index=first, values={"level": level, "node": index}))


def _is_within(level: int, index: int, size: int) -> bool:
    return 0 < level < _LEVELS and index >= 0 and (index + 1) << TILE_HEIGHT * level <= size
