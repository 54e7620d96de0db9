"""Where are the keys? In a directory of its own, outside the database: 0700, its files 0400."""

import errno
import os
import re
import time
from contextlib import suppress
from dataclasses import field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from governor.errors import LedgerBroken, NotFound, Refused, Unavailable
from governor.ledger.note import Signer, decode, encode
from governor.ledger.seal import KEY_BYTES
from governor.values import dataclass

_PERSON = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}")
_ED25519 = b"\x01"
_TICK = 2_000_000_000
"""Within how many nanoseconds two changes of a file or directory may bear one time: FAT counts in twos of seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Got:
    path: Path
    mark: tuple[int, int]
    key: bytes = field(repr=False)


class KeyStore:
    """The signing key of the log and the key of each person. No message, trace or ``repr`` shows a byte of them.

    One that *is_read_only* makes no key and no directory.

    Raises:
        Unavailable: the directory cannot be made or closed to others (``keys-unwritable``, ``disk-full``).
    """

    def __init__(self, path: Path, *, is_read_only: bool = False) -> None:
        self._path = path
        self._persons = path / "persons"
        self._got: dict[str, _Got] = {}
        self._is_read_only = is_read_only
        if is_read_only:
            return
        try:
            for directory in (path, self._persons):
                directory.mkdir(mode=0o700, parents=True, exist_ok=True)
                if directory.stat().st_mode & 0o077:
                    directory.chmod(0o700)
        except OSError as fault:
            raise _unwritable(fault) from fault

    def beside(self, name: str) -> "KeyStore":
        """Return a store of other keys, in the folder *name* of this one.

        Raises:
            Unavailable: as the class.
        """
        return KeyStore(self._path / name, is_read_only=self._is_read_only)

    def signer(self, origin: str) -> Signer:
        """Return the signer of the log *origin*; its Ed25519 key is made at first start (``log.key``).

        Raises:
            LedgerBroken: the key is that of another log (``key-origin``), or no key (``key-malformed``).
            NotFound: there is none, and none may be made (``key-missing``).
            Unavailable: the file cannot be read or written.
        """
        signer = self.first_signer(origin)
        if signer.name != origin:
            raise LedgerBroken("key-origin", origin=origin, found=signer.name)
        return signer

    def first_signer(self, origin: str) -> Signer:
        """Return the signer that was made first: of the log *origin*, where no other process has made another's.

        Raises:
            LedgerBroken, NotFound, Unavailable: as ``signer``.
        """
        path = self._path / "log.key"
        if not _is_there(path):
            if self._is_read_only:
                raise NotFound("key-missing", folder=str(self._path))
            private = Ed25519PrivateKey.generate()
            digits = Signer(name=origin, private=private).verifier.key_id.hex()
            seed = encode(_ED25519 + private.private_bytes_raw())
            with suppress(FileExistsError):  # another process was first: its key is the key
                _create(path, f"PRIVATE+KEY+{origin}+{digits}+{seed}\n".encode())
        return _parse_signer(_read(path))

    def origin(self) -> str | None:
        """Return the name of the log whose key is kept here, or ``None`` before the first start.

        Raises:
            LedgerBroken: the key is none (``key-malformed``).
            Unavailable: the file cannot be read.
        """
        path = self._path / "log.key"
        return _parse_signer(_read(path)).name if _is_there(path) else None

    def vkey(self, origin: str) -> str:
        """Return the verifier key of the log *origin*, ``name+<8 hex>+<base64>``, to be given to auditors.

        Raises:
            LedgerBroken, Unavailable: as ``signer``.
        """
        return self.signer(origin).verifier.vkey()

    def new(self, person: str) -> bytes:
        """Return a new key for *person*, 32 random bytes, which is on the disk by then.

        Raises:
            Refused: the person has one (``key-exists``).
            Unavailable: it cannot be written.
        """
        key = os.urandom(KEY_BYTES)
        try:
            _create(self._file(person), key)
        except FileExistsError as fault:
            raise Refused("key-exists", person=person) from fault
        return key

    def get(self, person: str) -> bytes:
        """Return the key of *person*, which is remembered for as long as its file is the same and was not changed.

        Raises:
            NotFound: it was destroyed, or never made (``key-erased``).
            LedgerBroken: it has another length (``key-malformed``).
            Unavailable: it cannot be read.
        """
        known = self._got.get(person)
        if known is not None and _mark(known.path) == known.mark:
            return known.key
        self._got.pop(person, None)
        path = self._file(person)
        mark = _mark(path)
        try:
            key = _read(path)
        except FileNotFoundError as fault:
            raise NotFound("key-erased", person=person) from fault
        if key == bytes(KEY_BYTES):  # stopped while being destroyed
            raise NotFound("key-erased", person=person)
        if len(key) != KEY_BYTES:
            raise LedgerBroken("key-malformed", person=person)
        if mark is not None:
            self._got[person] = _Got(path=path, mark=mark, key=key)
        return key

    def has(self, person: str) -> bool:
        """Return whether there is a key of *person*; whether it can be used, ``get`` tells."""
        return self._file(person).exists()

    def persons(self) -> list[str]:
        """Return whose keys are here, in no order that tells anything; those of others are remembered no more.

        Raises:
            Unavailable: the directory cannot be read, or is gone while the log's key is there.
        """
        try:
            found = [name for name in os.listdir(self._persons) if _PERSON.fullmatch(name)]
        except FileNotFoundError as fault:
            if _is_there(self._path / "log.key"):
                raise Unavailable("keys-unreadable", reason=fault.strerror) from fault
            return []
        except OSError as fault:
            raise Unavailable("keys-unreadable", reason=fault.strerror) from fault
        for name in self._got.keys() - found:
            self._got.pop(name, None)
        return found

    def stamp(self) -> int | None:
        """Return a number that is another once a person's key was made or destroyed; ``None`` while it cannot be told.

        The file system tells when that was to a tick: what happens within the same one would not be seen.
        """
        try:
            changed = self._persons.stat().st_mtime_ns
        except OSError:
            return None
        return changed if _is_settled(changed) else None

    def destroy(self, person: str) -> None:
        """Destroy the key of *person*, if there is one: what was sealed with it cannot be read again.

        The bytes are overwritten first, as far as the file system writes in place. Copies in backups are not reached.

        Raises:
            Unavailable: it cannot be written.
        """
        path = self._file(person)
        self._got.pop(person, None)
        try:
            path.chmod(0o600)
            with path.open("r+b", buffering=0) as file:
                file.write(bytes(KEY_BYTES))
                os.fsync(file.fileno())
            path.unlink()
            _sync(path.parent)
        except FileNotFoundError:
            return
        except OSError as fault:
            raise _unwritable(fault) from fault

    def _file(self, person: str) -> Path:
        if not _PERSON.fullmatch(person):
            raise ValueError("a person's identifier is 1 to 64 letters, digits, '.', '_' or '-'")
        return self._persons / person


def _parse_signer(data: bytes) -> Signer:
    """Return the signer of a key file, ``PRIVATE+KEY+<name>+<8 hex>+<base64>`` as in Go's note package."""
    try:
        word, key, name, digits, seed = data.decode().removesuffix("\n").split("+", 4)
        private = decode(seed)
        signer = Signer(name=name, private=Ed25519PrivateKey.from_private_bytes(private[1:]))
        matches = (word, key, private[:1], signer.verifier.key_id.hex()) == ("PRIVATE", "KEY", _ED25519, digits)
    except ValueError:
        matches = False
    if not matches:
        # Neither chained nor quoted: the fault of a decoder may hold bytes of the key.
        raise LedgerBroken("key-malformed", person="log") from None
    return signer


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as fault:
        raise Unavailable("keys-unreadable", reason=fault.strerror) from fault


def _is_there(path: Path) -> bool:
    try:
        path.stat()
    except FileNotFoundError:
        return False
    except OSError as fault:  # of a folder that is closed to us nothing is known: least of all that a key is missing
        raise Unavailable("keys-unreadable", reason=fault.strerror) from fault
    return True


def _mark(path: Path) -> tuple[int, int] | None:
    """Return what is another once the file at *path* is another, or was changed; ``None`` while it cannot be told."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_ino, found.st_mtime_ns) if _is_settled(found.st_mtime_ns) else None


def _is_settled(changed: int) -> bool:
    """Return whether what happens now bears another time than *changed*, as far as the file system tells."""
    return abs(time.time_ns() - changed) > _TICK


def _create(path: Path, data: bytes) -> None:
    """Write a 0400 file, complete or not at all, and on the disk by then; FileExistsError when there is one."""
    draft = path.with_name(f".{path.name}.{os.urandom(8).hex()}")
    try:
        try:
            with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.link(draft, path)
        finally:
            draft.unlink(missing_ok=True)
        _sync(path.parent)
    except FileExistsError:
        raise
    except OSError as fault:
        raise _unwritable(fault) from fault


def _sync(directory: Path) -> None:
    """Bring the names in *directory* to the disk."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unwritable(fault: OSError) -> Unavailable:
    """Return what tells that a key cannot be written, and that the disk is full where that is why."""
    return Unavailable("disk-full" if fault.errno == errno.ENOSPC else "keys-unwritable", reason=fault.strerror)
