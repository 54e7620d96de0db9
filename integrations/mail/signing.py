"""How is a message signed for its domain, where no server on the way does? (DKIM, RFC 6376)"""

from email.utils import parsedate_to_datetime
from pathlib import Path

import dkim  # type: ignore[import-untyped]  # it has no types

from governor.errors import Refused


class Signer:
    """Signs for *domain*, with the private *key* (RSA, PEM) whose public half is at ``<selector>._domainkey``."""

    def __init__(self, domain: str, selector: str, key: bytes) -> None:
        self._domain = domain.encode("idna")
        self._selector = selector.encode("ascii")
        self._key = key

    @classmethod
    def from_file(cls, domain: str, selector: str, path: Path) -> "Signer":
        """Return the signer whose key lies at *path*, tried on a message.

        Raises:
            Refused: the key cannot be read, or is none (``dkim-key-unusable``).
        """
        try:
            signer = cls(domain, selector, path.read_bytes())
            signer.sign(b"From: a@b.example\r\nDate: Tue, 24 Nov 2026 10:39:21 +0000\r\n\r\n")
        except (OSError, UnicodeError, ValueError, dkim.DKIMException) as error:
            raise Refused("dkim-key-unusable", file=str(path), reason=type(error).__name__) from error
        return signer

    def sign(self, message: bytes) -> bytes:
        """Return *message* (RFC 5322, CRLF) with its signature above it; equal messages are signed alike."""
        signing = _Dated(message)
        field = signing.sign(self._selector, self._domain, self._key, canonicalize=(b"relaxed", b"simple"))
        return bytes(field) + message


class _Dated(dkim.DKIM):  # type: ignore[misc]  # dkimpy has no types
    """Signs as of the Date of the message, not as of now: what is sent again must be the same."""

    def gen_header(self, fields: list[tuple[bytes, bytes]], *rest: object, **more: object) -> bytes:
        """Return the field, its ``t=`` from the message."""
        date = next(value for name, value in self.headers if name.lower() == b"date")
        at = str(int(parsedate_to_datetime(date.decode("ascii")).timestamp())).encode()
        dated = [(name, at if name == b"t" else value) for name, value in fields]
        return bytes(super().gen_header(dated, *rest, **more))
