"""How do the entries become one root, and how is that shown? The Merkle tree of RFC 9162, section 2.1.

Hashes are SHA-256, 32 bytes. Subtrees of 256 leaves are kept as *tiles* (C2SP tlog-tiles): the hashes of level 0 are
those of the leaves, a hash of level *l* is the root of 256**l leaves, and a tile is 256 consecutive hashes of a level.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import Self, TypeAlias

from governor.errors import LedgerBroken
from governor.values import dataclass

EMPTY = sha256(b"").digest()
"""The root of the tree without leaves."""

TILE_HEIGHT = 8
TILE = 1 << TILE_HEIGHT
"""The number of hashes of a full tile."""

Tiles: TypeAlias = Callable[[int, int], Sequence[bytes]]
"""Returns the hashes of a tile by level and index within the level, at least as many as the tree in question has."""


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256 of 0x00 and *leaf*."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node: SHA-256 of 0x01, *left* and *right*."""
    return sha256(b"\x01" + left + right).digest()


def perfect_root(hashes: Sequence[bytes]) -> bytes:
    """Return the root over *hashes*, whose number is a power of two."""
    row = hashes
    while len(row) > 1:
        row = [sha256(b"\x01" + left + right).digest() for left, right in zip(row[::2], row[1::2], strict=True)]
    return row[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """The root of a full subtree: ``index`` counts the subtrees of 256**``level`` leaves from the left."""

    level: int
    index: int
    hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Frontier:
    """All of a tree that growing it needs: its size and the roots of its perfect subtrees, the largest first."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    @classmethod
    def parse(cls, size: int, data: bytes) -> Self:
        """Return the frontier of a tree of *size* leaves from the concatenated peaks, 32 bytes each.

        Raises:
            ValueError: *data* does not hold exactly the peaks that *size* asks for.
        """
        if size < 0 or len(data) != 32 * size.bit_count():
            raise ValueError("not the peaks of that size")
        return cls(size=size, peaks=tuple(data[at : at + 32] for at in range(0, len(data), 32)))

    def __bytes__(self) -> bytes:
        """Return the concatenated peaks."""
        return b"".join(self.peaks)

    def root(self) -> bytes:
        """Return the root of the tree."""
        if not self.peaks:
            return EMPTY
        root = self.peaks[-1]
        for peak in self.peaks[-2::-1]:
            root = sha256(b"\x01" + peak + root).digest()
        return root

    def append(self, hash: bytes, height: int = 0) -> "Frontier":
        """Return the frontier after one more leaf, or after a perfect subtree of 2**height leaves with that root.

        Raises:
            ValueError: the size is not a multiple of 2**height.
        """
        if self.size & ((1 << height) - 1):
            raise ValueError("a subtree must begin at a multiple of its size")
        peaks, rest = list(self.peaks), self.size >> height
        while rest & 1:
            hash, rest = node_hash(peaks.pop(), hash), rest >> 1
        return Frontier(size=self.size + (1 << height), peaks=(*peaks, hash))

    def extend(self, hashes: Iterable[bytes]) -> "tuple[Frontier, list[Node]]":
        """Return the frontier after these leaf hashes, and the subtrees that they made full, in order of creation."""
        size, peaks, full = self.size, list(self.peaks), list[Node]()
        for leaf in hashes:
            root, rest, height = leaf, size, 0
            while rest & 1:
                root, rest, height = sha256(b"\x01" + peaks.pop() + root).digest(), rest >> 1, height + 1
                if height % TILE_HEIGHT == 0:
                    full.append(Node(level=height // TILE_HEIGHT, index=size >> height, hash=root))
            peaks.append(root)
            size += 1
        return Frontier(size=size, peaks=tuple(peaks)), full


def frontier(size: int, tiles: Tiles) -> Frontier:
    """Return the frontier of the first *size* leaves; reads at most one tile of each level."""
    start, peaks = 0, list[bytes]()
    while start < size:
        end = start + (1 << ((size - start).bit_length() - 1))
        peaks.append(_range_hash(start, end, tiles))
        start = end
    return Frontier(size=size, peaks=tuple(peaks))


def inclusion_proof(index: int, size: int, tiles: Tiles) -> tuple[bytes, ...]:
    """Return the hashes from the leaf's sibling up to the root's child (RFC 9162, 2.1.3.1); reads two tiles a level.

    Raises:
        ValueError: the tree of *size* leaves has no leaf *index*.
    """
    if not 0 <= index < size:
        raise ValueError("no such leaf")
    start, end, path = 0, size, list[tuple[int, int]]()
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    return tuple(_range_hash(*each, tiles) for each in reversed(path))


def consistency_proof(old: int, new: int, tiles: Tiles) -> tuple[bytes, ...]:
    """Return the hashes that show the tree of *old* leaves to be the beginning of that of *new* (RFC 9162, 2.1.4.1).

    Raises:
        ValueError: not 0 <= *old* <= *new*.
    """
    if not 0 <= old <= new:
        raise ValueError("a tree does not shrink")
    if old in (0, new):
        return ()
    start, end, path = 0, new, list[tuple[int, int]]()
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    if start:
        path.append((start, end))
    return tuple(_range_hash(*each, tiles) for each in reversed(path))


def verify_inclusion(leaf: bytes, place: tuple[int, int], proof: Sequence[bytes], root: bytes) -> None:
    """Check that the leaf with the hash *leaf* is at *place* (index, size) under *root* (RFC 9162, 2.1.3.2).

    Raises:
        LedgerBroken: the proof fails.
    """
    index, size = place
    fn, sn, found = index, size - 1, leaf
    if not 0 <= index < size:
        raise LedgerBroken("proof-inclusion", index=index, size=size)
    for step in proof:
        if not sn:
            raise LedgerBroken("proof-inclusion", index=index, size=size)
        if fn & 1 or fn == sn:
            found = node_hash(step, found)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            found = node_hash(found, step)
        fn, sn = fn >> 1, sn >> 1
    if sn or found != root:
        raise LedgerBroken("proof-inclusion", index=index, size=size)


def verify_consistency(old: tuple[int, bytes], new: tuple[int, bytes], proof: Sequence[bytes]) -> None:
    """Check that the tree *old* (size, root) is the beginning of the tree *new* (RFC 9162, 2.1.4.2).

    The empty tree is the beginning of every tree, and every tree of itself; neither needs a proof.

    Raises:
        LedgerBroken: the proof fails.
    """
    (first, first_root), (second, second_root) = old, new
    broken = LedgerBroken("proof-consistency", old=first, new=second)
    if not 0 <= first <= second:
        raise broken
    if first in (0, second):
        if proof or first_root != (EMPTY if first == 0 else second_root):
            raise broken
        return
    path = list(proof) if first & (first - 1) else [first_root, *proof]
    if not path or _replay(path, first - 1, second - 1) != (first_root, second_root):
        raise broken


def _replay(path: Sequence[bytes], fn: int, sn: int) -> tuple[bytes, bytes] | None:
    """Return the two roots that a consistency proof leads to, or None when it has too many or too few steps."""
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for step in path[1:]:
        if not sn:
            return None
        if fn & 1 or fn == sn:
            fr, sr = node_hash(step, fr), node_hash(step, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, step)
        fn, sn = fn >> 1, sn >> 1
    return None if sn else (fr, sr)


def _split(width: int) -> int:
    """Return the largest power of two below *width* (at least 2)."""
    return 1 << ((width - 1).bit_length() - 1)


def _range_hash(start: int, end: int, tiles: Tiles) -> bytes:
    """Return the root over the leaves from *start* to before *end*, a range that a proof can ask for."""
    width = end - start
    if width & (width - 1):
        middle = start + _split(width)
        return node_hash(_range_hash(start, middle, tiles), _range_hash(middle, end, tiles))
    level, height = divmod(width.bit_length() - 1, TILE_HEIGHT)
    tile, first = divmod(start >> level * TILE_HEIGHT, TILE)
    hashes = tiles(level, tile)[first : first + (1 << height)]
    if len(hashes) != 1 << height:
        raise LedgerBroken("tile-short", level=level, tile=tile)
    return perfect_root(hashes)
