"""Where do files for people lie? Minutes, proofs: written whole or not at all."""

import os
import tempfile
from pathlib import Path

from governor.errors import NotFound, Unavailable


class Shelf:
    """A folder (0700) of files (0600) that people take away."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def folder(self) -> Path:
        """Return the folder."""
        return self._folder

    def put(self, room: str, name: str, data: bytes) -> Path:
        """Write *data* to ``room/name``, in the place of what was there; return its path.

        Raises:
            Unavailable: the disk is full or cannot be written; what was there is still there.
        """
        folder = self._folder / room
        path = folder / name
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
                part = Path(file.name)
                try:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                    part.replace(path)
                except OSError:
                    part.unlink(missing_ok=True)
                    raise
        except OSError as error:
            raise Unavailable("file-unwritable", path=str(path), reason=error.strerror) from error
        return path

    def read(self, room: str, name: str) -> bytes:
        """Return what lies at ``room/name``.

        Raises:
            NotFound: nothing does.
            Unavailable: it cannot be read.
        """
        path = self._folder / room / name
        try:
            return path.read_bytes()
        except FileNotFoundError:
            raise NotFound("file-missing", path=str(path)) from None
        except OSError as error:
            raise Unavailable("file-unreadable", path=str(path), reason=error.strerror) from error
