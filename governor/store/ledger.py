"""Where is the record kept? In tables that only grow; this is the only module that writes them.

Statements go to the driver directly: ``append`` is part of every transaction, and building statements that never
change would take half of its time.
"""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection

from governor.errors import LedgerBroken, NotFound, Unavailable
from governor.ledger.entry import Entry
from governor.ledger.head import Head
from governor.ledger.note import Checkpoint, read_checkpoint
from governor.ledger.proof import Proof
from governor.ledger.tree import Frontier, consistency_proof, inclusion_proof, leaf_hash, verify_consistency
from governor.ledger.tree import frontier as frontier_at
from governor.ledger.verify import Finding, verify
from governor.store import published
from governor.store.keys import KeyStore
from governor.store.ledger_entries import Recorded, misfit, only_new, recorded
from governor.store.ledger_rows import (
    count,
    counter_gaps,
    head_of,
    highest_checkpoints,
    read_head,
    read_record,
    read_tail,
    row_of,
    tiles,
)
from governor.store.ledger_statements import begin, failures, grow, read_counter, read_locked, write_checkpoint


class Ledger:
    """The log *origin*, signed with the key that *keys* holds for it.

    Connections are those of the caller: on SQLite their transactions begin with BEGIN IMMEDIATE, on PostgreSQL they
    read committed rows. Once ``check`` or ``verify`` has found a fault, this ledger refuses to append.

    Raises:
        LedgerBroken, Unavailable: as ``KeyStore.signer``.
    """

    def __init__(self, origin: str, keys: KeyStore) -> None:
        self._signer = keys.signer(origin)
        self._fault: LedgerBroken | None = None
        self._sound: tuple[Head, Frontier] | None = None

    @property
    def origin(self) -> str:
        """Return the origin: the first line of every checkpoint and the name of the key."""
        return self._signer.name

    @property
    def vkey(self) -> str:
        """Return the verifier key, ``name+<8 hex>+<base64>``."""
        return self._signer.verifier.vkey()

    def append(self, connection: Connection, entries: Sequence[Entry]) -> Head:
        """Return the head after *entries*, which are recorded with the caller's transaction, as its last statements.

        An entry that is already recorded is passed over: a retry records nothing twice.

        Raises:
            LedgerBroken: an id is recorded with other bytes (``entry-differs``), the head is not sound, the database
                refuses a row (``ledger-refused``), or a fault was found before.
            Unavailable: an entry does not carry the next counter of its subject (``entry-counter``): another
                transaction was faster; or the database failed (``database-failed``).
        """
        self._raise_fault()
        with failures(connection):
            # Most often the head is the one that was written last, by this ledger: then nothing has to be read.
            last, ids = self._sound, {entry.id for entry in entries}
            fits = 0 < len(ids) == len(entries) and misfit(entries, {}) is None
            grown = self._grow(connection, last, entries) if last is not None and fits else None
            sound = self._sound = grown or self._grow_locked(connection, entries)
        return sound[0]

    def _grow(
        self, connection: Connection, last: tuple[Head, Frontier], entries: Sequence[Entry]
    ) -> tuple[Head, Frontier] | None:
        """Return the head after *entries*, or None: *last* is not the head, or they do not fit; nothing is written."""
        head, frontier = last
        hashes = [leaf_hash(entry.leaf()) for entry in entries]
        grown, nodes = frontier.extend(hashes)
        after = Head.sign(grown, self._signer)
        rows = [
            (frontier.size + at, entry.id, entry.subject, entry.n, entry.leaf(), hashes[at])
            for at, entry in enumerate(entries)
        ]
        upper = [(node.level, node.index, node.hash) for node in nodes]
        return (after, grown) if grow(connection, (row_of(head), row_of(after)), rows, upper) else None

    def _grow_locked(self, connection: Connection, entries: Sequence[Entry]) -> tuple[Head, Frontier]:
        """Return the head after *entries*, having read what is there while nobody else appends, or say why not."""
        heads, known, counters = read_locked(
            connection, [entry.id for entry in entries], list({entry.subject for entry in entries})
        )
        last = self._check_head(head_of(heads))
        new = only_new(entries, dict(known))
        if not new:
            return last
        wrong = misfit(new, dict(counters))
        if wrong is not None:
            raise Unavailable("entry-counter", subject=wrong.subject, n=wrong.n)
        if not heads:
            begin(connection, row_of(last[0]))
        grown = self._grow(connection, last, new)
        if grown is None:
            raise LedgerBroken("ledger-refused", size=last[0].size)
        return grown

    def head(self, connection: Connection) -> Head:
        """Return the signed head; of an empty log too.

        Raises:
            LedgerBroken: the head is not sound.
        """
        with failures(connection):
            return self._check_head(read_head(connection))[0]

    def entry(self, connection: Connection, index: int) -> Entry:
        """Return the entry at *index*.

        Raises:
            NotFound: there is none (``entry-unknown``).
            LedgerBroken: it was altered (``entry-altered``).
        """
        for found in recorded(connection, "idx", index):
            return found.entry
        raise NotFound("entry-unknown", index=index)

    def find(self, connection: Connection, id: str) -> Recorded:
        """Return the entry *id* and its index.

        Raises:
            NotFound: there is none (``entry-unknown``).
            LedgerBroken: it was altered (``entry-altered``).
        """
        for found in recorded(connection, "id", id):
            return found
        raise NotFound("entry-unknown", id=id)

    def by_subject(self, connection: Connection, subject: str) -> list[Recorded]:
        """Return the entries of *subject*, the oldest first.

        Raises:
            LedgerBroken: one was altered (``entry-altered``).
        """
        return recorded(connection, "subject", subject)

    def counter(self, connection: Connection, subject: str) -> int:
        """Return how many entries *subject* has; the next one carries this number and one.

        On PostgreSQL this waits until no other transaction appends, and keeps others waiting, so that the number
        stays true until the caller's transaction ends.
        """
        with failures(connection):
            return read_counter(connection, subject)

    def prove(self, connection: Connection, index: int, size: int | None = None) -> str:
        """Return the tlog-proof of the entry at *index* under the head, or under the tree of the first *size* entries.

        Raises:
            NotFound: that tree has no such entry (``entry-unknown``).
            LedgerBroken: the record does not prove it: it was altered.
        """
        with failures(connection):
            head, _ = self._check_head(read_head(connection))
            size = head.size if size is None else size
            if not 0 <= index < size <= head.size:
                raise NotFound("entry-unknown", index=index)
            tile = tiles(connection)
            root = head.root if size == head.size else frontier_at(size, tile).root()
            # Whoever could make us sign another history by altering rows would not need the key.
            verify_consistency((size, root), (head.size, head.root), consistency_proof(size, head.size, tile))
            proof = Proof(
                index=index,
                hashes=inclusion_proof(index, size, tile),
                checkpoint=self._signer.sign(Checkpoint(origin=self.origin, size=size, root=root).text()),
            )
        proof.verify(self.entry(connection, index).leaf(), [self._signer.verifier])
        return proof.text()

    def publish(self, connection: Connection, directory: Path) -> str | None:
        """Return the checkpoint of the head, which is now in the table and in *directory*; None when it already was.

        The head must have been committed before this transaction: what is published cannot be taken back.

        Raises:
            LedgerBroken: another checkpoint of this size, or a later one, was published.
            Unavailable: the file cannot be written.
        """
        head = self.head(connection)
        known = self._check_published(connection, directory, head)
        if not head.size or known == {head.size: 2}:
            return None
        with failures(connection):
            # A publication that was interrupted has left its file, and no row: it comes first.
            last = sorted((size, note) for size, note, _ in highest_checkpoints(connection, directory))
            for size, note in (*last, (head.size, head.note)):
                write_checkpoint(connection, size, note)
        published.write(directory, head.size, head.note)
        return head.note

    def published(self, connection: Connection, directory: Path) -> tuple[int, str] | None:
        """Return size and note of the newest checkpoint that was published, or ``None`` before the first.

        Raises:
            LedgerBroken: it was altered (``checkpoint-altered``).
            Unavailable: the file cannot be read.
        """
        with failures(connection):
            found = highest_checkpoints(connection, directory)
        for size, note, place in sorted(found, reverse=True)[:1]:
            try:
                read_checkpoint(note, self._signer.verifier)
            except (ValueError, TypeError, AttributeError) as fault:
                raise LedgerBroken("checkpoint-altered", size=size, place=place) from fault
            return size, note
        return None

    def check(self, connection: Connection, directory: Path) -> None:
        """Check, at start, that this log may be continued: quick, also when it is long.

        The head is sound and signed with our key; no checkpoint in the table or in *directory* is beyond it or of
        another history; the newest entries, at least 32,768 where there are as many, are as they were written.

        Raises:
            LedgerBroken: it may not; this ledger refuses to append from now on.
        """
        try:
            with failures(connection):
                stored = read_head(connection)
                if stored is None and count(connection):
                    raise LedgerBroken("head-missing")
                head = self._check_head(stored)[0]
                self._check_published(connection, directory, head)
                findings = verify(read_tail(connection, head, self._signer.verifier))
        except LedgerBroken as fault:
            self._fault = fault
            raise
        self.refuse(findings)
        self._raise_fault()

    def verify(self, connection: Connection, directory: Path) -> list[Finding]:
        """Return all that is not as it was written (``governor.ledger.verify``), the earliest entry first.

        When there is anything, this ledger refuses to append from now on.
        """
        with failures(connection):
            findings = verify(read_record(connection, directory, self._signer.verifier))
            findings += counter_gaps(connection)
        self.refuse(findings)
        return findings

    def refuse(self, findings: Sequence[Finding]) -> None:
        """Append nothing more while this process lives, for the first of *findings*; none changes nothing."""
        for finding in findings[:1]:
            self._fault = LedgerBroken("ledger-altered", what=finding.what, index=finding.index, **finding.values)

    def _raise_fault(self) -> None:
        if self._fault is not None:
            raise LedgerBroken(self._fault.key, **self._fault.values)

    def _check_head(self, stored: Head | None) -> tuple[Head, Frontier]:
        """Return the head and its frontier, sound; what was found sound is not verified again."""
        sound = self._sound  # another thread may put another head there at any time
        if sound is None or sound[0] != stored:
            head = Head.sign(Frontier(), self._signer) if stored is None else stored
            sound = self._sound = head, head.check(self._signer.verifier)
        return sound

    def _check_published(self, connection: Connection, directory: Path, head: Head) -> dict[int, int]:
        """Return the highest published sizes, each with in how many places; all belong to this history."""
        tile, found = tiles(connection), dict[int, int]()
        for size, note, place in highest_checkpoints(connection, directory):
            if size > head.size:
                raise LedgerBroken("checkpoint-beyond", size=size, local=head.size, place=place)
            try:
                checkpoint = read_checkpoint(note, self._signer.verifier)
            except (ValueError, TypeError, AttributeError) as fault:
                raise LedgerBroken("checkpoint-altered", size=size, place=place) from fault
            if (checkpoint.size, checkpoint.root) != (size, frontier_at(size, tile).root()):
                raise LedgerBroken("checkpoint-root", size=size, place=place)
            found[size] = found.get(size, 0) + 1
        return found
