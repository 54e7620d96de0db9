"""How does a meeting get into the calendars of those who share one event on a CalDAV server?"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from governor.domain.addresses import address
from governor.domain.reminders import Reminder
from governor.errors import Refused, Unavailable
from governor.itip.answer import Answer
from governor.itip.invitation import Guest, Invitation, Mailbox
from governor.ports import Receive, Span
from governor.wording.phrase import phrase
from integrations.caldav import freebusy, objects
from integrations.caldav.server import Found, Overtaken, Server
from integrations.caldav.settings import Settings
from integrations.caldav.watching import Watch

_ROUNDS = 8
"""How often an object is read again because somebody was faster."""

_THREADS = 4
"""How many may wait for the server at once; where it hangs, nobody else may have to wait for a thread."""

T = TypeVar("T")

Act = Callable[[Found | None], None]
"""Does what is to be done with the object that was found."""


class CaldavCalendar:
    """The Calendar that keeps one event for each meeting in a calendar on a CalDAV server."""

    name: Final = "caldav"
    is_shared: Final = True

    def __init__(self, server: Server, settings: Settings, seen: Path) -> None:
        self._server = server
        self._settings = settings
        self._seen = seen
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="caldav")
        self.organizer = Mailbox(name="Governor", address=settings.caldav_from)
        self.notice = phrase("start-caldav", host=server.host)

    @property
    def letters(self) -> None:
        """Return that nobody is written to this way."""
        return

    async def publish(self, invitation: Invitation, guest: Guest) -> str:
        """Make the event show *invitation*, and *guest* be on it or not; return the object's name.

        It is the same for all its guests, so only the first call for a revision does anything.

        Raises:
            Unavailable: the server cannot be used now (``caldav-…``).
            Refused: the address is none (``email-invalid``), is the account's own (``mail-to-ourselves``), or the
                server refuses the event.
        """
        self._check(guest)
        for each in invitation.guests:
            address(each.mailbox.address)

        def _act(found: Found | None) -> None:
            known = None if found is None else objects.parsed(found.content)
            if known is None or not objects.is_shown(known, invitation):
                self._write(invitation, found)

        return await self._settle(invitation, _act)

    async def withdraw(self, invitation: Invitation, guest: Guest) -> str:
        """Take *guest* off the event without telling them; return the object's name.

        Raises:
            Unavailable, Refused: as ``publish``.
        """
        self._check(guest)

        def _act(found: Found | None) -> None:
            steps = [] if found is None else objects.without(objects.parsed(found.content), invitation, guest)
            for step in steps[:1] if len(steps) > 1 else ():
                self._server.put(objects.name_of(invitation), step, over=found)
            if steps:
                now = self._server.get(objects.name_of(invitation))
                self._server.put(objects.name_of(invitation), steps[-1], over=now)

        return await self._settle(invitation, _act)

    async def restore(self, invitation: Invitation) -> str:
        """Make the event what *invitation* says, whatever people made of it; return the object's name.

        Raises:
            Unavailable, Refused: as ``publish``.
        """
        return await self._settle(invitation, lambda found: self._write(invitation, found))

    async def decline(self, invitation: Invitation, guest: Guest, answer: Answer) -> str:  # noqa: ARG002  (the port's form)
        """Restore the event: whoever proposed something finds it as it was. Return the object's name.

        Raises:
            Unavailable, Refused: as ``publish``.
        """
        return await self.restore(invitation)

    async def remind(self, invitation: Invitation, guest: Guest, reminder: Reminder, at: datetime) -> str:  # noqa: ARG002  (the port's form)
        """Do nothing: the calendar of *guest* reminds them itself; return the UID."""
        return self.uid(invitation)

    def uid(self, invitation: Invitation) -> str:
        """Return the UID of *invitation*, which the server keeps."""
        return invitation.uid

    async def busy(self, addresses: Sequence[str], start: datetime, end: datetime) -> Mapping[str, Sequence[Span]]:
        """Return when those of *addresses* are busy whom the organisation's calendar or the server itself knows.

        Raises:
            Unavailable, Refused: the server cannot be asked now, or answers nobody.
        """
        return await self._asked(partial(self._busy, addresses, start, end))

    async def listen(self, receive: Receive) -> None:
        """Hand over what people answered and changed on the server, look after look, until cancelled.

        Raises:
            Unavailable: the server or the disk cannot be used now; it is looked at again.
        """
        watch = Watch(self._server, self._seen)
        while True:
            for incoming in await self._asked(lambda: list(watch.look())):
                await receive(incoming)
                await asyncio.to_thread(watch.note, incoming)
            await asyncio.to_thread(watch.keep)
            await asyncio.sleep(self._settings.caldav_poll_seconds)

    async def close(self) -> None:
        """Hang up."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        await asyncio.to_thread(self._server.close)

    async def _asked(self, work: Callable[[], T]) -> T:
        """Return what *work* returns, which waits for the server."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def _busy(self, addresses: Sequence[str], start: datetime, end: datetime) -> Mapping[str, Sequence[Span]]:
        asked = {each.casefold() for each in addresses}
        request = freebusy.request(self.organizer.address, addresses, start, end, at=datetime.now(UTC))
        answers = self._server.ask_others(request)
        found = {who: freebusy.told(objects.parsed(text)) for who, text in answers.items() if who in asked}
        kept = map(objects.parsed, self._server.report(freebusy.query(start, end)))
        for who, span in freebusy.of_guests(kept, start.tzinfo):
            if who in asked and span[0] < end and start < span[1]:
                found.setdefault(who, []).append(span)
        return freebusy.merged(found, start, end)

    def _check(self, guest: Guest) -> None:
        recipient = address(guest.mailbox.address)
        if recipient.casefold() == self.organizer.address.casefold():
            raise Refused("mail-to-ourselves", address=recipient)

    def _write(self, invitation: Invitation, found: Found | None) -> None:
        known = None if found is None else objects.parsed(found.content)
        content, name = objects.published(known, invitation), objects.name_of(invitation)
        if content is not None:
            self._server.put(name, content, over=found)
        elif found is not None:
            self._server.delete(name, over=found)

    async def _settle(self, invitation: Invitation, act: Act) -> str:
        return await self._asked(partial(self._settled, objects.name_of(invitation), act))

    def _settled(self, name: str, act: Act) -> str:
        """Read the object, *act*, and read again when somebody was faster; return its name."""
        for _ in range(_ROUNDS):
            try:
                act(self._server.get(name))
            except Overtaken:
                continue
            return name
        raise Unavailable("caldav-busy", host=self._server.host, code=412)
