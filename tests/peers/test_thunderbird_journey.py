"""From a sentence in the chat to a button pressed in a mail program of others, and by mail back into the chat."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.integrations.imap_server import ImapServer, dovecot
from tests.integrations.incoming import AUTHSERV, OURS
from tests.integrations.smtp_servers import Inbox, serving
from tests.journeys.test_by_mail import invitation, settings, talking
from tests.peers import thunderbird
from tests.peers.cyrus import free_ports

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(thunderbird.missing() is not None, reason=str(thunderbird.missing())),
]
RATNA = "ratna@example.org"
LONG = 120.0


@dataclass
class Receiving:
    """The mail server that receives for Governor: it says what it found out about the sender, and puts it by."""

    mailbox: ImapServer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        assert envelope.rcpt_tos == [OURS]
        proof = f"Authentication-Results: {AUTHSERV}; dkim=pass header.d=example.org\r\n".encode()
        await asyncio.to_thread(self.mailbox.put, proof + envelope.content)
        return "250 kept"


@contextmanager
def receiving(mailbox: ImapServer) -> Iterator[int]:
    """Yield the port of a server that puts what arrives into *mailbox*."""
    (port,) = free_ports(1)
    controller = Controller(Receiving(mailbox), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ("imipAcceptButton", "Ratna hadir di Rapat Pengurus."),
        ("imipDeclineButton", "Ratna tidak hadir di Rapat Pengurus."),
    ],
)
def test_answer_given_in_a_mail_program_is_heard_in_the_room(tmp_path: Path, button: str, words: str) -> None:
    inbox = Inbox()
    with ExitStack() as stack:
        mailbox, smtp = stack.enter_context(dovecot()), stack.enter_context(serving(inbox))
        talk = stack.enter_context(talking(tmp_path, **settings(smtp.port or 0, mailbox.port)))
        talk.say(f"anggota tambah Ratna {RATNA}")
        talk.say("rapat pengurus Kamis depan jam 7 malam dengan @ratna")
        talk.say("1")
        invitation(inbox)
        mails = [content for recipient, content in inbox.messages if recipient == RATNA]
        back = stack.enter_context(receiving(mailbox))
        program = stack.enter_context(thunderbird.running(tmp_path / "ratna", RATNA, mails, back))

        program.open(0, "invitation")
        program.press(button)

        talk.hear(words, LONG)
