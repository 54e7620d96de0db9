"""How are messages handed to an SMTP server?"""

import asyncio
import re
import ssl
from base64 import b64encode
from contextlib import suppress
from dataclasses import field
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Self

import aiosmtplib

from governor.errors import GovernorError, Refused, Unavailable
from governor.itip.texts import line as one_line
from governor.ports.rations import Ration, await_turn, bounds, unrationed
from governor.values import dataclass
from integrations.mail.settings import Security, Settings

if TYPE_CHECKING:
    from integrations.mail.signing import Signer

_LONGEST_ANSWER = 300
_IDLE = 30.0  # seconds; a router on the way may have forgotten an older connection without telling either end


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where to send, and how: ``port`` None is the one that goes with ``security``; ``timeout`` is in seconds.

    ``trust`` replaces the system's certificates. Neither it nor the password shows in ``repr``. ``per_minute`` and
    ``per_day`` bound how many messages all processes hand over.
    """

    host: str
    port: int | None = None
    security: Security = Security.STARTTLS
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout: float = 30.0
    per_minute: int | None = None
    per_day: int | None = None
    trust: ssl.SSLContext | None = field(default=None, repr=False)


class Smtp:
    """The Mail that sends by SMTP (RFC 5321), over one connection that is kept for the next message.

    It belongs to the event loop that first sends. Concurrent sends take their turn. Close it when done.
    """

    name: Final = "smtp"

    def __init__(self, server: Server, signer: "Signer | None" = None, ration: Ration = unrationed) -> None:
        self.server = server
        self._signer = signer
        self._ration = ration
        self._bounds = bounds(server.per_minute, server.per_day)
        self._turn = asyncio.Lock()
        self._client: aiosmtplib.SMTP | None = None
        self._used = 0.0

    @classmethod
    def from_settings(cls, settings: Settings, ration: Ration = unrationed) -> Self:
        """Return the server that *settings* name.

        Raises:
            ValueError: they name none.
            Refused: the key that is to sign cannot be used.
        """
        if settings.smtp_host is None:
            raise ValueError("GOVERNOR_SMTP_HOST is not set")
        secret = settings.smtp_password
        signer = None
        if settings.dkim_domain is not None and settings.dkim_key is not None:
            from integrations.mail.signing import Signer  # it resolves names, which nobody else needs

            signer = Signer.from_file(settings.dkim_domain, settings.dkim_selector, settings.dkim_key)
        return cls(
            Server(
                host=settings.smtp_host,
                port=settings.smtp_port,
                security=settings.smtp_security,
                user=settings.smtp_user,
                password=None if secret is None else secret.get_secret_value(),
                timeout=settings.smtp_timeout,
                per_minute=settings.smtp_per_minute,
                per_day=settings.smtp_per_day,
            ),
            signer,
            ration,
        )

    async def send(self, message: bytes, *, sender: str, recipient: str) -> None:
        """Hand over *message* for *recipient*; when this returns the server has taken it upon itself.

        Raises:
            Unavailable: a limit is reached (``mail-limit-reached``), a 4xx answer or a refused sender
                (``mail-deferred``, with ``code`` and ``answer``), no or a broken connection
                (``mail-server-unreachable``), a refused login (``mail-login-refused``).
            Refused: a 5xx answer to the recipient or the message (``mail-undeliverable``).
        """
        async with self._turn:
            line, key = f"smtp:{self.server.user}@{self.server.host}", sha256(message).hexdigest()
            await await_turn(self._ration, line, key, self._bounds, "mail-limit-reached")
            is_kept = False
            try:
                await self._deliver(message, sender=sender, recipient=recipient)
                is_kept = True
            except aiosmtplib.SMTPException as error:
                failure = _failure(error, self.server, recipient)
                is_kept = isinstance(failure, Refused)  # aiosmtplib has sent RSET: the connection is good
                raise failure from error
            except OSError as error:
                raise _unreachable(self.server, error) from error
            finally:
                if not is_kept:  # cancelled in the middle, too: what the server expects next is not known
                    self._drop()

    async def close(self) -> None:
        """Say goodbye to the server, if it still listens."""
        async with self._turn:
            client = self._client
            transport = None if client is None else client.transport
            try:
                if client is not None and client.is_connected:
                    await client.quit()
            except (aiosmtplib.SMTPException, OSError):
                pass  # it does not listen any more
            finally:
                _hang_up(transport)
                self._drop()

    async def _deliver(self, message: bytes, *, sender: str, recipient: str) -> None:
        """Send over the kept connection if it is alive, else over a new one."""
        clock = asyncio.get_running_loop()
        client = self._client
        if client is None or not client.is_connected or clock.time() - self._used > _IDLE:
            self._drop()
            client = await self._connect()
        self._used = clock.time()
        # Only failure is told, and the message itself, which we have, is not sent back whole (RFC 3461).
        is_asked = client.supports_extension("dsn")
        await client.sendmail(
            sender,
            [recipient],
            message if self._signer is None else self._signer.sign(message),
            mail_options=["RET=HDRS"] if is_asked else [],
            rcpt_options=["NOTIFY=FAILURE"] if is_asked else [],
        )

    async def _connect(self) -> aiosmtplib.SMTP:
        server = self.server
        self._client = client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port or server.security.port,
            timeout=server.timeout,
            use_tls=server.security is Security.TLS,
            start_tls=False,
            tls_context=server.trust,
        )
        await client.connect()
        if server.security is Security.STARTTLS:
            await _encrypt(client)
        if server.user is not None:
            await client.login(server.user, server.password or "")
        with suppress(aiosmtplib.SMTPHeloError):  # an old server, which knows of nothing
            await client.ehlo()
        return client

    def _drop(self) -> None:
        """Forget the connection without a word."""
        client, self._client = self._client, None
        if client is not None:
            _hang_up(client.transport)
            client.close()


async def _encrypt(client: aiosmtplib.SMTP) -> None:
    """Turn to TLS, or hang up: asyncio forgets to when the handshake fails."""
    plain, is_encrypted = client.transport, False
    try:
        await client.starttls()
        is_encrypted = True
    finally:
        if not is_encrypted:
            _hang_up(plain)


def _hang_up(transport: asyncio.BaseTransport | None) -> None:
    """End a connection now: TLS would take its time to say goodbye, and the loop may not live as long."""
    if isinstance(transport, asyncio.Transport):
        transport.abort()


def _failure(error: aiosmtplib.SMTPException, server: Server, recipient: str) -> GovernorError:
    """Return what *error* means for the one who wanted to send to *recipient*."""
    match error:
        case aiosmtplib.SMTPAuthenticationError():
            return Unavailable(
                "mail-login-refused",
                setting="GOVERNOR_SMTP_USER, GOVERNOR_SMTP_PASSWORD",
                code=error.code,
                answer=_answer(error.message, server),
            )
        case aiosmtplib.SMTPRecipientsRefused():
            return _failure(error.recipients[0], server, recipient)
        case aiosmtplib.SMTPRecipientRefused() | aiosmtplib.SMTPDataError() if 500 <= error.code < 600:
            answer = _unnamed(_answer(error.message, server), recipient)
            return Refused("mail-undeliverable", address=recipient, code=error.code, answer=answer)
        case aiosmtplib.SMTPResponseException() if error.code > 0:
            answer = _unnamed(_answer(error.message, server), recipient)
            return Unavailable("mail-deferred", host=server.host, code=error.code, answer=answer)
        case _:
            return _unreachable(server, error)


def _unreachable(server: Server, error: Exception) -> Unavailable:
    """Return that *server* could not be reached, or was lost."""
    return Unavailable("mail-server-unreachable", host=server.host, reason=_answer(str(error), server))


def _answer(text: str, server: Server) -> str:
    """Return what a server said as one short line, without the password, should it have said that."""
    for secret in _forms(server):
        text = text.replace(secret, "…")
    return one_line(text)[:_LONGEST_ANSWER]


def _unnamed(answer: str, recipient: str) -> str:
    """Return *answer* with ``…`` for the mailbox of *recipient*: reasons are kept longer than members are."""
    mailbox = re.escape(recipient.rpartition("@")[0])
    return re.sub(rf"(?<![\w.@-]){mailbox}(?![\w.-])(?!@)", "…", answer, flags=re.IGNORECASE)


def _forms(server: Server) -> tuple[str, ...]:
    """Return the password as it is, and as LOGIN and PLAIN send it (RFC 4616)."""
    if not server.password:
        return ()
    login, plain = server.password, f"\0{server.user}\0{server.password}"
    return (*(b64encode(form.encode()).decode() for form in (plain, login)), server.password)
