"""A mail server on loopback that keeps what programs of others answer."""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from governor.itip.answer import Answer
from governor.itip.incoming import answers
from tests.peers.cyrus import free_ports

PATIENCE = 30.0


@dataclass
class Postbox:
    """What came back by SMTP, in its order."""

    port: int
    messages: list[bytes] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.messages.append(envelope.content)
        return "250 kept"

    def next(self) -> Answer:
        """Wait for one message, take it out, and return what it answers."""
        until = time.monotonic() + PATIENCE
        while not self.messages:
            assert time.monotonic() < until, "no answer came"
            time.sleep(0.05)
        message = message_from_bytes(self.messages.pop(0), policy=policy.default)
        part = next(one for one in message.walk() if one.get_content_type() == "text/calendar")
        payload = part.get_payload(decode=True)
        assert isinstance(payload, bytes)
        (answer,) = answers(payload, received=datetime.now(UTC))
        return answer


@contextlib.contextmanager
def listening() -> Iterator[Postbox]:
    """Start a postbox, and stop it afterwards."""
    box = Postbox(port=free_ports(1)[0])
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
