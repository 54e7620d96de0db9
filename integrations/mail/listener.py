"""How does a mail server hand over mail that came in? By LMTP (RFC 2033), or by SMTP, on an address of this machine."""

import asyncio
import logging
from collections.abc import Callable

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

from governor.errors import GovernorError, Unavailable
from governor.ports import Receive
from governor.values import dataclass
from integrations.mail.mailroom import Clock, Mailroom
from integrations.mail.settings import Protocol

log = logging.getLogger(__name__)

_PATIENCE = 120.0
_LATER = "451 4.3.0 Not now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where to listen: ``port`` 0 is any that is free. Only mail to ``addresses`` is taken."""

    host: str
    port: int
    protocol: Protocol
    addresses: tuple[str, ...]


class Listener:
    """A server that answers 250 only when a message is taken for good."""

    def __init__(self, place: Place, mailroom: Mailroom, clock: Clock) -> None:
        self._place = place
        self._mailroom = mailroom
        self._clock = clock
        self._sessions: set[SMTP] = set()
        self.port: int | None = None

    async def listen(self, receive: Receive) -> None:
        """Take what is handed over until cancelled.

        Raises:
            Unavailable: it cannot be listened there (``mail-port-taken``).
        """
        place, loop = self._place, asyncio.get_running_loop()
        handler = _Handler(self._mailroom, self._clock, receive, place.addresses)
        try:
            server = await loop.create_server(self._factory(handler), place.host, place.port)
        except OSError as error:
            where = f"{place.host}:{place.port}"
            raise Unavailable("mail-port-taken", place=where, reason=error.strerror or "") from error
        self.port = server.sockets[0].getsockname()[1]
        try:
            await asyncio.Event().wait()
        finally:
            server.close()
            for each in self._sessions:
                if isinstance(each.transport, asyncio.Transport):
                    each.transport.abort()
            self._sessions.clear()

    def _factory(self, handler: "_Handler") -> Callable[[], SMTP]:
        kind = LMTP if self._place.protocol is Protocol.LMTP else SMTP

        def make() -> SMTP:
            self._sessions = {one for one in self._sessions if one.transport and not one.transport.is_closing()}
            made = kind(
                handler,
                data_size_limit=self._mailroom.largest,
                hostname="governor",
                ident="Governor",
                timeout=_PATIENCE,
                loop=asyncio.get_running_loop(),
            )
            self._sessions.add(made)
            return made

        return make


class _Handler:
    """What aiosmtpd asks."""

    def __init__(self, mailroom: Mailroom, clock: Clock, receive: Receive, addresses: tuple[str, ...]) -> None:
        self._mailroom = mailroom
        self._clock = clock
        self._receive = receive
        self._addresses = {address.casefold() for address in addresses}

    async def handle_RCPT(
        self,
        server: SMTP,  # noqa: ARG002
        session: Session,  # noqa: ARG002
        envelope: Envelope,
        address: str,
        rcpt_options: list[str],  # noqa: ARG002
    ) -> str:
        """Take mail for our own addresses alone."""
        if address.casefold() not in self._addresses:
            return "550 5.1.1 Nobody of that name here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002
        """Take the message for good, or not at all."""
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        try:
            await self._mailroom.take(content, self._clock(), self._receive)
        except GovernorError as error:
            log.warning("mail is not taken now", extra={"reason": str(error)})
            return _LATER
        return "250 2.0.0 Taken"

    async def handle_exception(self, _: Exception) -> str:
        """Have the other side try again: a bug of ours is no reason to send mail back."""
        log.exception("a bug in taking mail")
        return _LATER
