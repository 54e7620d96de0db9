"""From a sentence in the chat to an answer in a calendar server of others, and back into the chat."""

import queue
import smtplib
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.journeys.rooms import clean, found, governor
from tests.peers import cyrus

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(cyrus.missing() is not None, reason=str(cyrus.missing())),
]
RATNA = "ratna@example.org"
OURS = "rapat@koperasi.example"
MX = "mx.koperasi.example"
PATIENCE = 60.0


@dataclass
class Outgoing:
    """The mail server that Governor sends by: what is for the calendar server goes there."""

    server: cyrus.Cyrus | None = None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert self.server is not None
        assert isinstance(envelope.content, bytes)
        if envelope.rcpt_tos == [RATNA]:
            self.server.deliver(envelope.content, str(envelope.mail_from), RATNA)
        return "250 kept"


@dataclass
class Incoming:
    """The mail server that receives for Governor: it says what it found out about the sender, and hands over."""

    port: int

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        proof = f"Authentication-Results: {MX}; dkim=pass header.d=example.org\r\n".encode()
        with smtplib.SMTP("127.0.0.1", self.port) as smtp:
            smtp.sendmail(str(envelope.mail_from), envelope.rcpt_tos, proof + envelope.content)
        return "250 kept"


@dataclass
class Chat:
    """Governor's console on pipes."""

    process: subprocess.Popen[str]
    lines: queue.Queue[str] = field(default_factory=queue.Queue)

    def __post_init__(self) -> None:
        self._ear = threading.Thread(target=self._listen)
        self._ear.start()

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)
        self._ear.join()

    def say(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def hear(self, *words: str) -> str:
        """Wait for a line that has all of *words*; return it."""
        until, heard = time.monotonic() + PATIENCE, ""
        while True:
            try:
                line = self.lines.get(timeout=max(until - time.monotonic(), 0.01))
            except queue.Empty:
                raise AssertionError(f"{words} was not said, but:\n{heard}") from None
            heard += line
            if all(word in line for word in words):
                return line

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)


@contextmanager
def serving(handler: object, port: int) -> Iterator[None]:
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()


def test_sentence_reaches_a_calendar_and_its_answer_the_chat(tmp_path: Path) -> None:
    out, back, ours = cyrus.free_ports(3)
    outgoing = Outgoing()
    settings = {
        "GOVERNOR_SMTP_HOST": "127.0.0.1",
        "GOVERNOR_SMTP_PORT": str(out),
        "GOVERNOR_SMTP_SECURITY": "none",
        "GOVERNOR_MAIL_FROM": OURS,
        "GOVERNOR_MAIL_LISTEN": f"127.0.0.1:{ours}",
        "GOVERNOR_MAIL_LISTEN_PROTOCOL": "smtp",
        "GOVERNOR_MAIL_AUTHSERV": MX,
    }
    found(tmp_path / "data", "id")
    with ExitStack() as stack:
        stack.enter_context(serving(outgoing, out))
        stack.enter_context(serving(Incoming(ours), back))
        outgoing.server = server = stack.enter_context(cyrus.running(smtp=back))
        server.enrol(RATNA)
        command = [governor(), "run", "--data", str(tmp_path / "data")]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        process = subprocess.Popen(command, **pipes, env=clean(**settings), cwd=tmp_path, text=True)  # type: ignore[call-overload]
        chat = Chat(stack.enter_context(process))
        stack.callback(chat.close)
        chat.say(f"anggota tambah Ratna {RATNA}")
        chat.say("rapat pengurus besok jam 7 malam dengan @ratna")
        chat.say("1")
        until = time.monotonic() + PATIENCE
        while not server.events(RATNA):
            assert time.monotonic() < until, "the invitation did not arrive"
            time.sleep(0.1)

        server.answer(RATNA, "ACCEPTED")

        chat.hear("Ratna", "hadir")
