"""What does the log say of itself now? Its size, root, frontier and signed checkpoint, which must agree."""

from typing import Self

from governor.errors import LedgerBroken
from governor.ledger.note import Checkpoint, Signer, Verifier, read_checkpoint
from governor.ledger.tree import Frontier
from governor.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head as it is stored: ``frontier`` holds the roots of the perfect subtrees, 32 bytes each, largest first."""

    size: int
    root: bytes
    frontier: bytes
    note: str

    @classmethod
    def sign(cls, frontier: Frontier, signer: Signer) -> Self:
        """Return the head of the tree that *frontier* describes, signed by the log of the signer's name."""
        root = frontier.root()
        note = signer.sign(Checkpoint(origin=signer.name, size=frontier.size, root=root).text())
        return cls(size=frontier.size, root=root, frontier=bytes(frontier), note=note)

    def check(self, verifier: Verifier) -> Frontier:
        """Return the frontier of this head, which agrees with itself and is signed by the log.

        Raises:
            LedgerBroken: it does not (``head-frontier``, ``head-note``), or is not signed by this key
                (``note-forged``, ``note-unsigned``).
        """
        try:
            frontier = Frontier.parse(self.size, self.frontier)
            if frontier.root() != self.root:
                raise LedgerBroken("head-frontier", size=self.size)
            checkpoint = read_checkpoint(self.note, verifier)
        except (ValueError, TypeError, AttributeError) as fault:  # a database may hold anything, of any type
            raise LedgerBroken("head-malformed", reason=str(fault)) from fault
        if (checkpoint.size, checkpoint.root) != (self.size, self.root):
            raise LedgerBroken("head-note", size=self.size, signed=checkpoint.size)
        return frontier
