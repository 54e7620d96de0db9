"""What is sent for an effect: to a guest by their calendar, or to a member by mail?"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from governor.domain.meetings import Meeting
from governor.domain.members import MemberId
from governor.errors import Refused
from governor.ports import Calendar
from governor.services import emails, reminders
from governor.services.answers import DECLINE, answer_of
from governor.services.edits import RESTORATION
from governor.services.invitations import Addressed, addressed
from governor.services.outside import Outside
from governor.services.telling import Send
from governor.services.ways import AGAIN, INVITATION, WITHDRAWAL, latest, uid_kept
from governor.store import meetings, received
from governor.store.database import Connection
from governor.store.outbox import Effect, Tracked
from governor.store.unit_of_work import Record


class Sending:
    """Prepares what goes through the calendars of *outside*."""

    def __init__(self, record: Record, outside: Outside, clock: Callable[[], datetime]) -> None:
        self._record = record
        self._outside = outside
        self._clock = clock

    @property
    def kinds(self) -> Mapping[str, Callable[[Tracked, Connection], Send | None]]:
        """Return kind of effect → what prepares its call; ``None`` comes of one that is outdated."""
        return {
            INVITATION: self._invitation,
            AGAIN: self._invitation,
            DECLINE: self._decline,
            WITHDRAWAL: self._withdrawal,
            RESTORATION: self._restoration,
            reminders.MAILED: self._reminder,
            emails.CODE: self._code,
        }

    def _invitation(self, tracked: Tracked, connection: Connection) -> Send | None:
        effect = tracked.effect
        meeting = meetings.find(connection, effect.subject)
        member = MemberId(effect.target)
        if meeting is None or not self._is_latest(tracked, meeting, connection):
            return None
        calendar = self._outside.calendar(effect.way)
        found = self.addressed(effect, member, calendar, connection)
        gone = self._withdrawing(effect, calendar, connection) if calendar.is_shared else ()
        guest = replace(found.guest, again=effect.attempt)
        return _in_order([*gone, calendar.publish(found.invitation, guest)])

    def addressed(self, effect: Effect, member: MemberId, calendar: Calendar, connection: Connection) -> Addressed:
        """Return the meeting as *member* is shown it by *calendar*: where it is shared, with those who share it."""
        found = addressed(self._record, connection, effect.subject, member, calendar.organizer)
        invitation, uid = found.invitation, uid_kept(effect)
        if calendar.is_shared:
            deliveries = latest(self._deliveries(effect.subject, connection))
            sharing = {one for one, tracked in deliveries.items() if tracked.effect.way == calendar.name}
            invitation = addressed(
                self._record, connection, effect.subject, member, calendar.organizer, only=sharing
            ).invitation
        elif uid is not None:
            invitation = replace(invitation, uid=uid)
        return replace(found, invitation=replace(invitation, alarms=self._outside.alarms))

    def _withdrawing(self, effect: Effect, calendar: Calendar, connection: Connection) -> list[Send]:
        """Return the withdrawals from *calendar*: nobody who is told another way may hear of this revision here.

        Those from its series too, and those done: an occurrence has the guests of its series until it is written.
        """
        found = []
        for one in self._deliveries(effect.subject, connection):
            if one.effect.kind == WITHDRAWAL and one.effect.way == calendar.name:
                for subject in dict.fromkeys((one.effect.subject, effect.subject)):
                    with suppress(Refused):  # who has no address any more, or was not invited, is on nothing
                        off, member = replace(one.effect, subject=subject), MemberId(one.effect.target)
                        found.append(self.addressed(off, member, calendar, connection))
        return [calendar.withdraw(one.invitation, one.guest) for one in found]

    def _is_latest(self, tracked: Tracked, meeting: Meeting, connection: Connection) -> bool:
        """Return whether nothing newer is on its way; to who was removed, later revisions are not sent."""
        effect = tracked.effect
        if all(one.member != effect.target for one in meeting.removed):
            return effect.generation == meeting.revision
        mine = (one.effect for one in self._record.outbox.of_subject(connection, effect.subject))
        newest = max(one.generation for one in mine if (one.kind, one.target) == (INVITATION, effect.target))
        return effect.generation == newest

    def _decline(self, tracked: Tracked, connection: Connection) -> Send | None:
        effect = tracked.effect
        matter, meeting = received.find(connection, effect.payload or ""), meetings.find(connection, effect.subject)
        if matter is None or meeting is None:
            return None
        delivery = latest(self._record.outbox.of_subject(connection, effect.subject)).get(matter.member)
        invited = Effect(kind=INVITATION, subject=effect.subject, target=matter.member, generation=effect.generation)
        told = invited if delivery is None else delivery.effect
        calendar = self._outside.calendar(told.way)
        found = self.addressed(told, matter.member, calendar, connection)
        return calendar.decline(found.invitation, found.guest, answer_of(matter, meeting))

    def _reminder(self, tracked: Tracked, connection: Connection) -> Send | None:
        effect, meeting = tracked.effect, meetings.find(connection, tracked.effect.subject)
        others = self._record.outbox.of_subject(connection, effect.subject)
        if meeting is None or not reminders.is_to_be_mailed(tracked, meeting, others, self._clock()):
            return None
        told = reminders.invitations(self._record, connection, meeting)[MemberId(effect.target)].effect
        calendar = self._outside.calendar(told.way)
        told = replace(told, subject=meeting.number)
        found = self.addressed(told, MemberId(effect.target), calendar, connection)
        reminder, at = reminders.reminder_of(effect), reminders.given_at(effect)
        return calendar.remind(found.invitation, found.guest, reminder, at)

    def _code(self, tracked: Tracked, connection: Connection) -> Send | None:
        message = emails.message(self._record, connection, tracked, self._clock())
        letters = next((one.letters for one in self._outside.calendars if one.letters is not None), None)
        return None if message is None or letters is None else letters.write(message)

    def _withdrawal(self, tracked: Tracked, connection: Connection) -> Send | None:
        effect, calendar = tracked.effect, self._outside.calendar(tracked.effect.way)
        if not calendar.is_shared:  # it was disconnected
            return None
        found = self.addressed(effect, MemberId(effect.target), calendar, connection)
        return calendar.withdraw(found.invitation, found.guest)

    def _deliveries(self, number: str, connection: Connection) -> tuple[Tracked, ...]:
        """Return how a meeting is sent: an occurrence as its series was, until something of its own is."""
        meeting, own = meetings.find(connection, number), self._record.outbox.of_subject(connection, number)
        series = None if meeting is None else meeting.series
        return own if series is None else (*self._record.outbox.of_subject(connection, series), *own)

    def _restoration(self, tracked: Tracked, connection: Connection) -> Send | None:
        effect, calendar = tracked.effect, self._outside.calendar(tracked.effect.way)
        meeting = meetings.find(connection, effect.subject)
        deliveries = latest(self._deliveries(effect.subject, connection))
        if meeting is None or not calendar.is_shared:
            return None
        invited = {one.member for one in meeting.attendees}
        sharing = [who for who, one in deliveries.items() if one.effect.way == calendar.name and who in invited]
        if not sharing:
            return None
        return calendar.restore(self.addressed(effect, sharing[0], calendar, connection).invitation)


async def _in_order(sends: Sequence[Send]) -> str:
    """Make the calls *sends* one after the other; return what the last gives."""
    done = ""
    try:
        for send in sends:
            done = await send
    finally:
        for send in sends:
            send.close()  # nothing, where it was made
    return done
