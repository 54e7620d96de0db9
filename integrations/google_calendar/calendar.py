"""How does a meeting get into the calendars of those who share one event in Google Calendar?"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from governor.domain.addresses import address
from governor.domain.reminders import Reminder
from governor.errors import Refused, Unavailable
from governor.itip.answer import Answer
from governor.itip.invitation import Guest, Invitation, Mailbox
from governor.ports import Receive, Span
from governor.ports.rations import Ration, await_turn, bounds, unrationed
from governor.wording.phrase import phrase
from integrations.google_calendar import events, freebusy
from integrations.google_calendar.changes import Watch
from integrations.google_calendar.connection import Connection
from integrations.google_calendar.events import Delete, Step
from integrations.google_calendar.service import Overtaken, Service
from integrations.google_calendar.settings import Settings
from integrations.google_calendar.traces import Resource

_ROUNDS = 8
"""How often an event is read again because somebody was faster."""

_THREADS = 8
"""How many may wait for Google at once; where it hangs, nobody else may have to wait for a thread."""

T = TypeVar("T")

Decide = Callable[[Resource | None], Step | None]
"""Says what is to be done with the event that was found."""


class GoogleCalendar:
    """The Calendar that keeps one event for each meeting in the calendar of an account."""

    name: Final = "google"
    is_shared: Final = True

    def __init__(
        self,
        service: Service,
        connection: Connection,
        settings: Settings,
        seen: Path,
        ration: Ration = unrationed,
    ) -> None:
        self._service = service
        self._settings = settings
        self._seen = seen
        self._ration = ration
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="google")
        self._line = f"google:{connection.calendar}"
        self._bounds = bounds(settings.google_per_minute, settings.google_per_day)
        self.organizer = Mailbox(name=connection.summary, address=connection.subject or connection.calendar)
        self.notice = phrase("start-google", calendar=connection.summary)

    @property
    def letters(self) -> None:
        """Return that nobody is written to this way."""
        return

    async def publish(self, invitation: Invitation, guest: Guest) -> str:
        """Make the event show *invitation*, and *guest* be on it or not; return the event's id.

        It is the same for all its guests, so only the first call for a revision does anything for those who stay.

        Raises:
            Unavailable: Google cannot be used now (``google-…``); lastingly where the account is to be connected anew.
            Refused: the address is none (``email-invalid``), is the account's own (``mail-to-ourselves``), or Google
                refuses the event.
        """
        recipient = self._recipient(guest)
        return await self._settle(invitation, lambda found: events.to_publish(found, invitation, recipient))

    async def withdraw(self, invitation: Invitation, guest: Guest) -> str:
        """Take *guest* off the event without telling them; return its id.

        Raises:
            Unavailable, Refused: as ``publish``.
        """
        recipient = self._recipient(guest)
        return await self._settle(invitation, lambda found: events.to_withdraw(found, recipient))

    async def restore(self, invitation: Invitation) -> str:
        """Make the event what *invitation* says, whatever people made of it; return its id.

        Raises:
            Unavailable, Refused: as ``publish``.
        """
        event = await self._settle(invitation, lambda found: events.to_restore(found, invitation))
        if invitation.recurrence is not None:
            await self._asked(partial(self._join, event, invitation))
        return event

    async def decline(self, invitation: Invitation, guest: Guest, answer: Answer) -> str:  # noqa: ARG002  (the port's form)
        """Restore the event: whoever proposed something finds it as it was. Return its id.

        Raises:
            Unavailable, Refused: as ``publish``.
        """
        return await self.restore(invitation)

    async def remind(self, invitation: Invitation, guest: Guest, reminder: Reminder, at: datetime) -> str:  # noqa: ARG002  (the port's form)
        """Do nothing: the calendar of *guest* reminds them itself; return the UID."""
        return self.uid(invitation)

    def uid(self, invitation: Invitation) -> str:
        """Return the UID that Google gave the event: that of its copies in everybody's calendar."""
        return events.ical_uid(invitation)

    async def busy(self, addresses: Sequence[str], start: datetime, end: datetime) -> Mapping[str, Sequence[Span]]:
        """Return when those of *addresses* who share it with the account are busy; nothing where that is turned off.

        Raises:
            Unavailable: Google cannot be used now.
        """
        found: dict[str, Sequence[Span]] = {}
        if self._settings.google_free_busy:
            for asked in freebusy.queries(addresses, start, end):
                found |= freebusy.spans(await self._asked(partial(self._service.busy, asked)))
        return {each: found[each.casefold()] for each in addresses if each.casefold() in found}

    async def listen(self, receive: Receive) -> None:
        """Hand over what people answered and edited in Google, look after look, until cancelled.

        Raises:
            Unavailable: Google or the disk cannot be used now; what was seen before is not handed over again.
        """
        watch = Watch(self._service, self._seen)
        while True:
            for incoming, note in await self._asked(watch.look):
                await receive(incoming)
                await asyncio.to_thread(note)
            await asyncio.to_thread(watch.done)
            await asyncio.sleep(self._settings.google_poll_seconds)

    async def close(self) -> None:
        """Hang up."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        await asyncio.to_thread(self._service.close)

    async def _asked(self, work: Callable[[], T]) -> T:
        """Return what *work* returns, which waits for Google."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def _recipient(self, guest: Guest) -> str:
        """Return the address of *guest* as the event names it."""
        recipient = address(guest.mailbox.address)
        if recipient.casefold() == self.organizer.address.casefold():
            raise Refused("mail-to-ourselves", address=recipient)
        return recipient.casefold()

    def _join(self, event: str, invitation: Invitation) -> None:
        """Delete what a person split off the series *event* from a day on: the series has those days again."""
        for found in self._service.marked(events.UID, invitation.uid):
            if events.is_split_off(found, event):
                with suppress(Overtaken):  # somebody works on it: it is theirs
                    self._service.take(Delete(etag=found["etag"]), found["id"])

    async def _settle(self, invitation: Invitation, decide: Decide) -> str:
        """Read the event, do what *decide* says, and read again when somebody was faster; return its id."""
        event = events.event_id(invitation)
        for _ in range(_ROUNDS):
            step = decide(await self._asked(partial(self._service.get, event)))
            if step is None:
                return event
            await await_turn(self._ration, self._line, event, self._bounds, "google-limit-reached")
            try:
                await self._asked(partial(self._service.take, step, event))
            except Overtaken:
                continue
            return event
        raise Unavailable("google-busy", code=412, reason="conditionNotMet", answer="")
