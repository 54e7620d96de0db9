"""Which checkpoints were published? Files ``<size>.checkpoint`` in a directory outside the database."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from governor.errors import LedgerBroken, Unavailable

_NAME = re.compile(r"(0|[1-9][0-9]{0,18})\.checkpoint")


def sizes(directory: Path) -> list[int]:
    """Return the sizes of which *directory* holds a checkpoint, ascending; none when there is no directory.

    Raises:
        Unavailable: it cannot be read.
    """
    try:
        names = os.listdir(directory)
    except FileNotFoundError:
        return []
    except OSError as fault:
        raise Unavailable("published-unreadable", reason=fault.strerror) from fault
    return sorted(int(found[1]) for name in names if (found := _NAME.fullmatch(name)))


def read(directory: Path, size: int) -> str:
    """Return the checkpoint of *size*, whatever it holds: bytes that are no UTF-8 are replaced, so that none is hidden.

    Raises:
        Unavailable: it cannot be read.
    """
    try:
        return (directory / f"{size}.checkpoint").read_bytes().decode(errors="replace")
    except OSError as fault:
        raise Unavailable("published-unreadable", reason=fault.strerror) from fault


def rows(directory: Path, known: list[int]) -> Iterator[tuple[int, str, str]]:
    """Yield size, note and place of the checkpoints of the sizes *known*, one at a time.

    Raises:
        Unavailable: one cannot be read.
    """
    for size in known:
        yield size, read(directory, size), str(directory / f"{size}.checkpoint")


def write(directory: Path, size: int, note: str) -> None:
    """Write the checkpoint of *size*; it is complete and on the disk when this returns. Nothing when it is there.

    Raises:
        LedgerBroken: there is another of that size (``checkpoint-root``).
        Unavailable: it cannot be written.
    """
    path, draft = directory / f"{size}.checkpoint", directory / f".{size}.{os.urandom(8).hex()}"
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(note.encode())
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(draft, path)
        finally:
            draft.unlink(missing_ok=True)
        descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as fault:
        raise Unavailable("published-unwritable", reason=fault.strerror) from fault
    if read(directory, size) != note:
        raise LedgerBroken("checkpoint-root", size=size, place=str(path))
