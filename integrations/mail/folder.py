"""How are messages kept as files, where there is no server to send them?"""

import asyncio
import errno
import os
import re
import tempfile
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import default
from pathlib import Path
from typing import Final, Self

from governor.errors import Unavailable
from integrations.mail.settings import Settings

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_HEADER = BytesHeaderParser(policy=default)
_METHOD = re.compile(rb'^content-type: text/calendar;\s*method="?([a-z]+)', re.IGNORECASE | re.MULTILINE)
_UNSAFE = re.compile(r"[^A-Za-z0-9@.+_-]")


class Folder:
    """The Mail that writes each message to ``<directory>/….eml``, exactly as it would have been sent."""

    name: Final = "folder"

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    @classmethod
    def from_settings(cls, _settings: Settings, *, data: Path) -> Self:
        """Return the folder ``mail`` in the data directory."""
        return cls(data / "mail")

    async def send(self, message: bytes, *, sender: str, recipient: str) -> None:  # noqa: ARG002  (the port's form)
        """Write *message* for *recipient* to a file of its own, on the disk when this returns.

        The files are named so that they sort by date, meeting and revision. The same message written twice is one
        file; no reader ever sees half of one. Only the owner may read them.

        Raises:
            Unavailable: ``mail-disk-full``, ``mail-disk-read-only`` or ``mail-disk-failed``.
        """
        await asyncio.to_thread(write_file, self.directory, file_name(message, recipient), message)

    async def close(self) -> None:
        """Return at once: nothing is held open."""


def write_file(directory: Path, name: str, content: bytes) -> None:
    """Put *content* into the file *name* in *directory*, on the disk when this returns; only the owner may read it.

    Raises:
        Unavailable: ``mail-disk-full``, ``mail-disk-read-only`` or ``mail-disk-failed``.
    """
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        _replace(directory / name, content)
    except OSError as error:
        raise Unavailable(_key(error), directory=str(directory), reason=error.strerror or "") from error


def file_name(message: bytes, recipient: str) -> str:
    """Return ``<date>-<meeting>-r<revision>-<person>-<method>-<recipient>.eml`` for *message*.

    Date, identity and method are read from the message itself; what has no date or identity is named without it.
    """
    head = _HEADER.parsebytes(message)  # the parts are not taken apart: that would cost as much as all the rest
    parts = [_stamp(head), str(head["Message-ID"] or "").strip("<>").partition("@")[0], _method(message), recipient]
    return "-".join(_UNSAFE.sub("_", part)[:80] for part in parts if part) + ".eml"


def _stamp(message: "Message[str, str]") -> str:
    """Return the Date of *message* in UTC, such as ``20261124T103921Z``."""
    moment = getattr(message["Date"], "datetime", None)
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ") if isinstance(moment, datetime) else ""


def _method(message: bytes) -> str:
    """Return the iTIP method that *message* carries in lower case, or ``mail``."""
    found = _METHOD.search(message)
    return "mail" if found is None else found[1].decode("ascii").lower()


def _replace(path: Path, content: bytes) -> None:
    """Put *content* at *path* in one step that survives a loss of power."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _key(error: OSError) -> str:
    """Return what to call *error*."""
    if error.errno in _FULL:
        return "mail-disk-full"
    return "mail-disk-read-only" if error.errno in _READ_ONLY else "mail-disk-failed"
