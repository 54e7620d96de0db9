"""What is done with a message that came in? It is read and handed over, or set aside; nothing stops the next."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from governor.errors import GovernorError
from governor.itip.answer import Method
from governor.ports import Incoming, Receive, Rsvp, SetAside
from governor.values import dataclass
from integrations.mail.folder import write_file
from integrations.mail.parsing import Unreadable
from integrations.mail.reading import Reader

log = logging.getLogger(__name__)

_KEPT_OCTETS = 64 * 1024
_KEPT_FILES = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailroom:
    """Takes messages; those of more than ``largest`` octets are not read. What is set aside lies in ``aside``."""

    reader: Reader
    aside: Path
    largest: int

    async def take(self, raw: bytes, received: datetime, receive: Receive) -> None:
        """Hand over to *receive* what the message *raw* says; what cannot be read is set aside, and every CANCEL.

        Raises:
            Unavailable, LedgerBroken: it cannot be taken now.
        """
        try:
            found = await asyncio.to_thread(self._read, raw, received)
        except Unreadable as error:
            await self.set_aside(error.reason, raw, received, receive)
            return
        for each in found:
            await receive(each)
        if any(isinstance(each, Rsvp) and each.answer.method is Method.CANCEL for each in found):
            await self.set_aside("calendar: method CANCEL", raw, received, receive)

    async def set_aside(self, reason: str, raw: bytes, received: datetime, receive: Receive) -> None:
        """Tell *receive* of a message that is not read, for a *reason*, and keep its beginning where there is room.

        Raises:
            Unavailable, LedgerBroken: it cannot be noted now.
        """
        name = f"{sha256(raw).hexdigest()[:32]}.eml"
        log.warning("a message was set aside", extra={"reason": reason, "file": name})
        await receive(SetAside(id=f"aside:{name}", at=received, reason=reason))
        try:
            await asyncio.to_thread(self._keep, name, raw[:_KEPT_OCTETS])
        except GovernorError as error:
            log.warning("a message that was set aside cannot be kept", extra={"reason": str(error)})

    def _read(self, raw: bytes, received: datetime) -> tuple[Incoming, ...]:
        if len(raw) > self.largest:
            raise Unreadable("too large")
        try:
            return self.reader.read(raw, received=received)
        except Unreadable:
            raise
        except Exception as error:  # the edge: whatever a stranger wrote, the next message is read
            log.exception("a bug in reading a message")
            raise Unreadable("bug") from error

    def _keep(self, name: str, raw: bytes) -> None:
        if not self.aside.is_dir() or sum(1 for _ in self.aside.iterdir()) < _KEPT_FILES:
            write_file(self.aside, name, raw)


Clock = Callable[[], datetime]
"""Tells the present instant (aware)."""
