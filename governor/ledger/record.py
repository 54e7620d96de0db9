"""What does a verifier read, and what does it report?"""

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import TypeAlias

from governor.ledger.head import Head
from governor.ledger.note import Verifier
from governor.ledger.tree import Frontier
from governor.values import dataclass

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
    trusted beginning that is not read again: its size is a multiple of 256, the entries begin there, and so do the
    nodes, which are then those of level 1 only.
    """

    entries: Iterable[EntryRow]
    nodes: Iterable[NodeRow]
    checkpoints: Iterable[CheckpointRow]
    head: Head | None
    size: int
    verifier: Verifier
    start: Frontier = field(default_factory=Frontier)
