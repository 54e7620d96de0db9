"""Real SMTP servers on loopback (aiosmtpd), well-behaved and otherwise."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from integrations.mail.settings import Security
from integrations.mail.smtp import Server

USER, PASSWORD = "rapat", "s3cret-über-passwort"


@dataclass
class Inbox:
    """A handler that accepts everything but what it was told to refuse.

    ``refusals`` (by recipient) and ``verdicts`` (on DATA) are answered once each, in order. ``peers`` are the
    connections that said EHLO.
    """

    messages: list[tuple[str, bytes]] = field(default_factory=list)
    refusals: dict[str, list[str]] = field(default_factory=dict)
    verdicts: list[str] = field(default_factory=list)
    sender_answer: str | None = None
    quit_answer: str = "221 Bye"
    peers: set[object] = field(default_factory=set)
    was_secure: list[bool] = field(default_factory=list)

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.peers.add(session.peer)
        return responses

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        return self.quit_answer

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.sender_answer is not None:
            return self.sender_answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answers = self.refusals.get(address)
        if answers:
            return answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert server.transport is not None
        self.was_secure.append(server.transport.get_extra_info("ssl_object") is not None)
        if self.verdicts:
            return self.verdicts.pop(0)
        assert isinstance(envelope.content, bytes)
        self.messages.extend((recipient, envelope.content) for recipient in envelope.rcpt_tos)
        return "250 OK"


class Dropping(Inbox):
    """Takes the message, notes it, and hangs up without an answer, ``times`` times."""

    times = 1

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.times:
            self.times -= 1
            assert server.transport is not None
            server.transport.abort()
            await asyncio.sleep(0)
        return await Inbox.handle_DATA(self, server, session, envelope)


class Hanging(Inbox):
    """Never answers DATA."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.Event().wait()
        raise AssertionError


def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
    """Accept USER with PASSWORD."""
    assert isinstance(data, LoginPassword)
    return AuthResult(success=(data.login, data.password) == (USER.encode(), PASSWORD.encode()), handled=False)


class _AnyPort(Controller):
    """A Controller that finds out which port the system gave it, and hangs up on everyone before it stops."""

    def __init__(self, handler: Inbox, **options: object) -> None:
        super().__init__(handler, **options)
        self.talking: list[SMTP] = []

    def factory(self) -> SMTP:
        self.talking.append(super().factory())
        return self.talking[-1]

    def stop(self, no_assert: bool = False) -> None:
        asyncio.run_coroutine_threadsafe(self._hang_up(), self.loop).result()
        super().stop(no_assert)

    async def _hang_up(self) -> None:
        for each in self.talking:
            if each.transport is not None:
                with suppress(AttributeError):  # Python 3.11: an encrypted transport that was closed twice has let go
                    each.transport.abort()
        for _ in range(3):
            await asyncio.sleep(0)

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def serving(handler: Inbox, tls: ssl.SSLContext | None = None, **options: object) -> Iterator[Server]:
    """Run *handler* on a free port; give the server to send to. ``implicit=True`` encrypts from the first byte."""
    implicit = options.pop("implicit", False)
    options |= {"ssl_context": tls} if implicit else {"tls_context": tls}
    controller = _AnyPort(handler, hostname="127.0.0.1", port=0, **options)
    controller.start()
    try:
        yield Server(host="127.0.0.1", port=controller.port, security=Security.NONE, timeout=5)
    finally:
        controller.stop()


def certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return the context of a server at 127.0.0.1, and that of a client which trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "server.pem").write_bytes(pem + secret)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "server.pem")
    return server, ssl.create_default_context(cadata=pem.decode())
