"""How does one entry prove itself, offline? C2SP tlog-proof."""

import re
from collections.abc import Iterable
from typing import Self

from governor.errors import LedgerBroken
from governor.ledger.note import Checkpoint, Note, Verifier, decode, encode
from governor.ledger.tree import leaf_hash, verify_inclusion
from governor.values import dataclass

_FIRST = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")
_MAX_HASHES = 63


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """The inclusion proof of the entry at ``index``, with the checkpoint it leads to, signed.

    ``extra`` is not authenticated (tlog-proof): nothing may be concluded from it.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes | None = None

    def text(self) -> str:
        """Return the proof as a ``.tlog-proof`` file."""
        extra = [] if self.extra is None else [f"extra {encode(self.extra)}"]
        lines = [_FIRST, *extra, f"index {self.index}", *map(encode, self.hashes), "", self.checkpoint]
        return "\n".join(lines)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the proof that *text* spells; nothing of it is verified.

        Raises:
            ValueError: it spells none.
        """
        head, blank, checkpoint = text.partition("\n\n")
        first, *lines = head.split("\n")
        if first != _FIRST or not blank:
            raise ValueError("not a tlog-proof")
        extra = decode(lines.pop(0).removeprefix("extra ")) if lines and lines[0].startswith("extra ") else None
        index = _INDEX.fullmatch(lines.pop(0)) if lines else None
        hashes = tuple(map(decode, lines))
        if index is None or len(hashes) > _MAX_HASHES or any(len(each) != 32 for each in hashes):
            raise ValueError("not a tlog-proof: no index, or steps that are no hashes")
        return cls(index=int(index[1]), hashes=hashes, checkpoint=checkpoint, extra=extra)

    def verify(self, leaf: bytes, verifiers: Iterable[Verifier]) -> Checkpoint:
        """Return the checkpoint, signed by the log it names, under which *leaf* is the entry at ``index``.

        *verifiers* holds the key of the log, whose name is the log's origin; keys of witnesses may stand beside it.

        Raises:
            ValueError: the checkpoint is none.
            LedgerBroken: a signature or the proof fails, or the log itself did not sign.
        """
        note = Note.parse(self.checkpoint)
        signed = note.verify(verifiers)
        checkpoint = Checkpoint.parse(note.text)
        if checkpoint.origin not in {each.name for each in signed}:
            raise LedgerBroken("checkpoint-origin", origin=checkpoint.origin, signed=[each.name for each in signed])
        verify_inclusion(leaf_hash(leaf), (self.index, checkpoint.size), self.hashes, checkpoint.root)
        return checkpoint
