"""Messages are signed where the operator says so, sent no faster than allowed, and failures are asked for."""

import asyncio
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from governor.errors import Refused, Unavailable
from governor.leading import Leading
from integrations.mail.composition import compose
from integrations.mail.settings import Security
from integrations.mail.signing import Signer
from integrations.mail.smtp import Server, Smtp
from tests.delivery.hall import NOON, Hall, open_hall
from tests.integrations.smtp_servers import Inbox, serving
from tests.itip.invitations import BOARD, BUDI, SARI

SENDER = BOARD.organizer.address


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def key_file(key: rsa.RSAPrivateKey, tmp_path: Path) -> Path:
    path = tmp_path / "dkim.pem"
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption())
    path.write_bytes(key.private_bytes(*form))
    return path


def in_dns(key: rsa.RSAPrivateKey) -> bytes:
    form = (serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return b"v=DKIM1; k=rsa; p=" + b64encode(key.public_key().public_bytes(*form))


def test_signature_is_verified_with_the_key_in_the_dns(key: rsa.RSAPrivateKey, key_file: Path) -> None:
    asked = []

    def dns(name: bytes, timeout: int = 5) -> bytes:
        asked.append(name)
        return in_dns(key)

    signer = Signer.from_file("karangtaruna.example", "governor", key_file)
    signed = signer.sign(compose(BOARD, BUDI))
    assert dkim.verify(signed, dnsfunc=dns)
    assert asked == [b"governor._domainkey.karangtaruna.example."]
    assert not dkim.verify(signed.replace(b"Subject: ", b"Subject: x"), dnsfunc=dns)


async def sent(smtp: Smtp, *messages: bytes, recipient: str = "budi@example.org") -> None:
    try:
        for message in messages:
            await smtp.send(message, sender=SENDER, recipient=recipient)
    finally:
        await smtp.close()


def test_message_that_is_sent_again_is_signed_alike(key_file: Path) -> None:
    inbox = Inbox()
    signer = Signer.from_file("karangtaruna.example", "governor", key_file)

    with serving(inbox) as server:
        asyncio.run(sent(Smtp(server, signer), compose(BOARD, BUDI), compose(BOARD, BUDI)))

    (_, first), (_, second) = inbox.messages
    assert first == second
    assert first.startswith(b"DKIM-Signature: v=1; a=rsa-sha256;")
    assert first.endswith(compose(BOARD, BUDI))


def test_key_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("no key")

    for path in (tmp_path / "key", tmp_path / "missing"):
        with pytest.raises(Refused, match="dkim-key-unusable"):
            Signer.from_file("karangtaruna.example", "governor", path)


async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, heard: list[str]) -> None:
    """Speak SMTP as a server that can tell of failures (RFC 3461)."""
    writer.write(b"220 here\r\n")
    async for line in reader:
        heard.append(line.decode().strip())
        verb = line[:4].upper()
        if verb == b"DATA":
            writer.write(b"354 go on\r\n")
            await reader.readuntil(b"\r\n.\r\n")
        writer.write(
            b"250-here\r\n250 DSN\r\n" if verb == b"EHLO" else b"221 bye\r\n" if verb == b"QUIT" else b"250 OK\r\n"
        )
        if verb == b"QUIT":
            break
    writer.close()


def test_server_that_can_is_asked_to_tell_of_failures_alone() -> None:
    heard: list[str] = []

    async def story() -> None:
        server = await asyncio.start_server(lambda *ends: speak(*ends, heard), "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            await sent(Smtp(Server(host="127.0.0.1", port=port, security=Security.NONE)), compose(BOARD, BUDI))

    asyncio.run(story())

    assert f"MAIL FROM:<{SENDER}> RET=HDRS" in heard[1]
    assert heard[2] == "RCPT TO:<budi@example.org> NOTIFY=FAILURE"


def test_server_is_sent_no_more_than_allowed_by_two_processes_and_after_a_restart(tmp_path: Path) -> None:
    inbox = Inbox()
    messages = [compose(replace(BOARD, revision=revision), SARI) for revision in range(6)]

    async def story(smtp: Smtp, some: Sequence[bytes]) -> list[tuple[str, timedelta]]:
        """Return why those that are not sent must wait, and how long."""
        waits = []
        for message in some:
            try:
                await smtp.send(message, sender=SENDER, recipient="sari@example.org")
            except Unavailable as error:
                waits.append((error.key, error.after))
        await smtp.close()
        return waits

    def of_day(server: Server, hall: Hall, at: datetime) -> Smtp:
        return Smtp(replace(server, per_day=3), ration=Leading(hall.record.database, lambda: at).ration)

    with serving(inbox) as server:
        with open_hall(tmp_path, None) as hall:
            one, other = of_day(server, hall, NOON), of_day(server, hall, NOON)
            assert asyncio.run(story(one, messages[:2])) == []
            assert asyncio.run(story(other, messages[2:4])) == [("mail-limit-reached", timedelta(days=1))]
        with open_hall(tmp_path, None) as hall:  # after a restart
            later = of_day(server, hall, NOON + timedelta(hours=23))
            assert asyncio.run(story(later, messages[4:])) == [("mail-limit-reached", timedelta(hours=1))] * 2
            next_day = of_day(server, hall, NOON + timedelta(hours=24, minutes=1))
            assert asyncio.run(story(next_day, messages[3:])) == []

    assert [message for _, message in inbox.messages] == messages
