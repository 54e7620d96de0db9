"""A hall whose people are invited by mail over a real SMTP server, and a clock that stands until it is set."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from governor.domain.members import MemberId
from governor.ports import Account, Ask, Call, Press, Reply, Say
from governor.ports.forms import Fill
from governor.services.delivery import Delivery
from governor.services.outside import Outside, Retry
from governor.store.outbox import State
from governor.wording.catalogue import say
from governor.wording.phrase import phrase
from integrations.mail.calendar import MailCalendar
from integrations.mail.letters import MailLetters
from integrations.mail.smtp import Smtp
from tests.delivery.hall import FOUNDING, NOON, Hall, open_hall
from tests.delivery.worker import GROUP, Nobody
from tests.integrations.smtp_servers import Inbox, serving


@dataclass
class Mailing:
    """``inbox`` is what arrived, ``chat`` what was posted, ``now`` the instant of every act."""

    hall: Hall
    calendar: MailCalendar
    inbox: Inbox
    loop: asyncio.AbstractEventLoop
    chat: Nobody = field(default_factory=Nobody)
    now: datetime = NOON

    def __post_init__(self) -> None:
        self.hall.clock = lambda: self.now
        outside = Outside(calendars=(self.calendar,), chat=self.chat, retry=Retry())
        self.delivery = Delivery(self.hall.record, outside, lambda: self.now)

    def enrol(self, name: str) -> MemberId:
        """Enrol a person who has an address, and speaks in the console by the name in small letters."""
        member = self.hall.enrol(name, f"{name.lower()}@example.org")
        self.hall.link(name.lower(), member)
        return member

    def deliver(self) -> None:
        """Carry out whatever is due, and what comes of it."""
        while due := [one for one in self.hall.all() if one.state is State.QUEUED and one.due_at <= self.now]:
            for one in due:
                self.delivery.carry_out(one.id, self.loop.run_until_complete)

    def ask(
        self, request: Ask | Fill | Say | Press, account: str = FOUNDING.account, language: str | None = None
    ) -> Reply:
        """Return what is answered when a person says or presses something where their *language* is known."""
        call = Call(
            id=f"{request}{self.now}",
            account=Account(platform="console", id=account),
            at=self.now,
            request=request,
            language=language,
        )
        has_letters = self.calendar.letters is not None
        return self.hall.house.dispatcher(self.hall.ways, has_letters=has_letters)(call)[0]

    def sent(self, name: str) -> list[EmailMessage]:
        """Return what that person got, in order."""
        mine = (content for recipient, content in self.inbox.messages if recipient == f"{name.lower()}@example.org")
        return [message_from_bytes(content, policy=default) for content in mine]  # type: ignore[misc]

    def told(self) -> list[str]:
        """Return the lines that were posted in the chat."""
        return [say(line, reply.language) for _, reply in self.chat.posts for line in reply.lines]


@contextmanager
def mailing(folder: Path, inbox: Inbox | None = None) -> Iterator[Mailing]:
    """Yield a hall in *folder* from which mail goes to *inbox*."""
    box, loop = inbox or Inbox(), asyncio.new_event_loop()
    with serving(box) as server, open_hall(folder / "data", None) as hall:
        smtp = Smtp(server)
        calendar = MailCalendar(smtp, GROUP, phrase("start-help"), letters=MailLetters(smtp, GROUP))
        try:
            yield Mailing(hall=hall, calendar=calendar, inbox=box, loop=loop)
        finally:
            loop.run_until_complete(calendar.close())
            loop.close()
