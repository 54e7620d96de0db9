"""How does a meeting get into the calendars of those who share one event on a CalDAV server?"""

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from icalendar import Calendar

from governor.domain.addresses import address
from governor.domain.meetings import PartStat
from governor.domain.reminders import Reminder
from governor.errors import Refused, Unavailable
from governor.itip.answer import Answer
from governor.itip.invitation import Guest, Invitation, Mailbox
from governor.ports import Edit, Receive, Rsvp, Span
from governor.wording.phrase import phrase
from integrations.caldav import objects, traces
from integrations.caldav.server import Found, Overtaken, Server
from integrations.caldav.settings import Settings

_ROUNDS = 8
"""How often an object is read again because somebody was faster."""

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
        self.organizer = Mailbox(name="Governor", address=settings.caldav_from)
        self.notice = phrase("start-caldav", host=server.host)

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
            steps = [] if found is None else objects.without(objects.parsed(found.content), guest)
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

    async def busy(self, addresses: Sequence[str], start: datetime, end: datetime) -> Mapping[str, Sequence[Span]]:  # noqa: ARG002  (the port's form)
        """Return nothing: not every server tells of others when they are busy."""
        return {}

    async def listen(self, receive: Receive) -> None:
        """Hand over what people answered and changed on the server, look after look, until cancelled.

        Raises:
            Unavailable: the server or the disk cannot be used now; it is looked at again.
        """
        watch = _Watch(self._server, self._seen)
        while True:
            for incoming in await asyncio.to_thread(lambda: list(watch.look())):
                await receive(incoming)
                await asyncio.to_thread(watch.note, incoming)
            await asyncio.sleep(self._settings.caldav_poll_seconds)

    async def close(self) -> None:
        """Hang up."""
        await asyncio.to_thread(self._server.close)

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
        return await asyncio.to_thread(self._settled, objects.name_of(invitation), act)

    def _settled(self, name: str, act: Act) -> str:
        """Read the object, *act*, and read again when somebody was faster; return its name."""
        for _ in range(_ROUNDS):
            try:
                act(self._server.get(name))
            except Overtaken:
                continue
            return name
        raise Unavailable("caldav-busy", host=self._server.host, code=412)


class _Watch:
    """Tells what is new since it was noted last: each address's PARTSTAT for an occurrence, each event's state."""

    def __init__(self, server: Server, path: Path) -> None:
        self._server = server
        self._path = path
        self._states: dict[str, str] = {}
        self._uids: dict[str, str] = {}
        self._pending: dict[str, tuple[str, str]] = {}
        try:
            self._told: dict[str, list[str | int]] = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            self._told = {}
        except (OSError, ValueError) as error:
            raise Unavailable("file-unreadable", path=str(path), reason=str(error)) from error

    def look(self) -> Iterator[Rsvp | Edit]:
        """Yield what is new, each with an id of its own for good."""
        states = self._server.states()
        for name in self._states.keys() - states.keys():
            if name in self._uids:
                edit = traces.gone(self._uids.pop(name), at=datetime.now(UTC))
                yield from self._news(f"{name}:", "gone", edit)
        for name, etag in states.items():
            if self._states.get(name) == etag:
                continue
            found = self._server.get(name)
            if found is not None:
                whole = objects.parsed(found.content)
                self._uids[name] = str(whole.events[0]["UID"]) if whole.events else ""
                yield from self._answers(whole)
                yield from self._changes(name, whole)
        self._states = states

    def _changes(self, name: str, whole: Calendar) -> Iterator[Edit]:
        """Yield what people made of the events of the object *name* since that was handed over last."""
        found = {
            f"{name}:{edit.recurrence_id or ''}": (state, edit)
            for state, edit in traces.edits(whole, at=datetime.now(UTC))
        }
        for key, (last, turn) in list(self._told.items()):
            if key.startswith(f"{name}:") and key not in found and last:
                self.note_as(key, "", int(turn))  # it is as we wrote it again
        for key, (state, edit) in found.items():
            yield from self._news(key, state, edit)

    def _news(self, key: str, state: str, edit: Edit) -> Iterator[Edit]:
        last, turn = self._told.get(key, ["", 0])
        if state != last:
            told = replace(edit, id=f"caldav:{key}:{int(turn) + 1}")
            self._pending[told.id] = (key, state)
            yield told

    def _answers(self, whole: Calendar) -> Iterator[Rsvp]:
        now = datetime.now(UTC).replace(microsecond=0)
        for event, who, said in objects.answers(whole):
            recurrence = objects.recurrence_of(event)
            key = sha256(f"{event['UID']}\0{recurrence}\0{who}".encode()).hexdigest()[:24]
            last, turn = self._told.get(key, ["NEEDS-ACTION", 0])
            if said == last or said not in set(PartStat):
                continue
            rsvp_id = f"caldav:{key}:{int(turn) + 1}"
            self._pending[rsvp_id] = (key, said)
            if said == PartStat.NEEDS_ACTION:  # asked again, by us
                self.note_as(key, said, int(turn))
                continue
            answer = Answer(
                uid=str(event["UID"]),
                attendee=who,
                partstat=PartStat(said),
                sequence=int(event.get("SEQUENCE", 0)),
                dtstamp=now,
                recurrence_id=recurrence,
            )
            yield Rsvp(id=rsvp_id, at=now, answer=answer, is_verified=True)

    def note(self, incoming: Rsvp | Edit) -> None:
        """Keep that *incoming* was handed over.

        Raises:
            Unavailable: the disk cannot be written.
        """
        key, said = self._pending.pop(incoming.id)
        self.note_as(key, said, int(incoming.id.rpartition(":")[2]))

    def note_as(self, key: str, said: str, turn: int) -> None:
        """Keep that somebody's newest answer, or the state of an event, is *said*, the *turn*-th."""
        self._told[key] = [said, turn]
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            part = self._path.with_suffix(".part")
            part.write_text(json.dumps(self._told), encoding="utf-8")
            part.replace(self._path)
        except OSError as error:
            raise Unavailable("file-unwritable", path=str(self._path), reason=error.strerror) from error
