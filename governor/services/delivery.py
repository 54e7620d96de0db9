"""What happens to an effect? Render the latest state, call the port, note what became of it."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from governor.domain.addresses import without_addresses
from governor.domain.meetings import Meeting
from governor.domain.members import MemberId
from governor.errors import GovernorError, Refused, Unavailable
from governor.ports import Calendar, Chat
from governor.services import emails, notices, posts, reminders, rooms, unposted
from governor.services.answers import DECLINE, answer_of
from governor.services.conflicts import CONFLICTS
from governor.services.edits import RESTORATION
from governor.services.invitations import Addressed, addressed
from governor.services.telling import Send as Send
from governor.services.telling import Telling, language_in
from governor.services.ways import (
    AGAIN,
    INVITATION,
    INVITING,
    PATIENCE,
    WITHDRAWAL,
    by_other_uid,
    latest,
    lost,
    uid_kept,
    withdrawal,
)
from governor.store import meetings, received
from governor.store.database import Connection
from governor.store.outbox import Effect, State, Tracked
from governor.store.unit_of_work import Record
from governor.wording.catalogue import say
from governor.wording.phrase import phrase

Run = Callable[[Send], str]
"""Makes the call and waits for it, from a thread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """How often and how soon an unavailable service is tried again: growing, and bounded."""

    first: timedelta = timedelta(seconds=5)
    factor: int = 3
    longest: timedelta = timedelta(hours=1)
    tries: int = 72

    def delay(self, tries: int) -> timedelta | None:
        """Return how long to wait after *tries* failures (from 1); ``None``: give up."""
        if tries >= self.tries:
            return None
        return min(self.first * int(self.factor ** min(tries - 1, 20)), self.longest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """The ports that effects go through.

    The last of ``calendars`` is the one that the others give way to when they fail for longer than ``patience``.
    ``alarms`` is how long before a meeting the guests' calendars are asked to speak up. ``place`` is where the
    organisation sits in the chat (``Call``).
    """

    calendars: Sequence[Calendar]
    chat: Chat
    retry: Retry = field(default_factory=Retry)
    patience: timedelta = PATIENCE
    alarms: tuple[timedelta, ...] = ()
    place: Callable[[], str | None] = lambda: None

    def calendar(self, way: str | None) -> Calendar:
        """Return the calendar of the name *way*; where it is not open, the one that the others give way to."""
        return next((one for one in self.calendars if one.name == way), self.calendars[-1])


class Delivery:
    """Carries out effects; sync, from the threads of the engine (``jobs``)."""

    def __init__(self, record: Record, outside: Outside, clock: Callable[[], datetime]) -> None:
        self._record = record
        self._outside = outside
        self._clock = clock
        self._handed_over: dict[str, str] = {}  # and not yet noted: while the database is locked nothing is sent twice
        self._kinds: Mapping[str, Callable[[Tracked, Connection], Send | None]] = {
            INVITATION: self._invitation,
            AGAIN: self._invitation,
            DECLINE: self._decline,
            WITHDRAWAL: self._withdrawal,
            RESTORATION: self._restoration,
            reminders.MAILED: self._reminder,
            emails.CODE: self._code,
            **Telling(record, outside.chat, outside.calendars, outside.place, clock).kinds,
        }

    def carry_out(self, effect_id: str, run: Run) -> None:
        """Carry out the effect of that id, once, in its turn; *run* makes the call.

        Nothing happens when it is done, dead or cancelled already, or was replaced by a newer one.
        """
        with self._record.database.read() as connection:
            tracked = self._record.outbox.find(connection, effect_id)
        if tracked is None:
            return
        turn = self._turn(tracked.effect)
        with self._record.outbox.exclusive(turn) as is_mine:
            if is_mine:
                self._in_turn(effect_id, turn, run)
            else:
                self._defer(tracked)

    def _turn(self, effect: Effect) -> str:
        """Return whose turn it is: an attendee's for one meeting, or all its attendees' where they share an event."""
        shares = effect.way is not None and self._outside.calendar(effect.way).is_shared
        return f"{effect.subject}:{effect.way if shares else effect.target}"

    def bury(self, effect_id: str) -> None:
        """Mark the effect of that id as dead, because a bug stops it; people are told, and may have it tried again."""
        with self._record.database.read() as connection:
            tracked = self._record.outbox.find(connection, effect_id)
        if tracked is not None and tracked.state is State.QUEUED:
            self._give_up(tracked, Unavailable("delivery-bug", effect=effect_id))

    def _defer(self, tracked: Tracked) -> None:
        due = self._clock() + self._outside.retry.first
        delay = self._outside.retry.first.total_seconds()
        with self._record.database.write() as connection:
            self._record.outbox.defer(connection, tracked, due=due, delay=delay)

    def _in_turn(self, effect_id: str, turn: str, run: Run) -> None:
        """Carry the effect out, unless it was done while it waited, or goes another way and has another turn."""
        with self._record.database.read() as connection:
            tracked = self._record.outbox.find(connection, effect_id)
            if tracked is None or tracked.state is not State.QUEUED or self._turn(tracked.effect) != turn:
                return
            is_sent = effect_id in self._handed_over
            send = None if is_sent else self._prepared(tracked, connection)
        if is_sent:
            self._note(effect_id)
        elif isinstance(send, GovernorError):
            self._fail(tracked, send)
        elif send is None:
            with self._record.database.write() as connection:
                self._record.outbox.drop(connection, tracked.id)
        else:
            self._attempt(tracked, send, run)

    def _prepared(self, tracked: Tracked, connection: Connection) -> Send | GovernorError | None:
        """Return the call that carries the effect out, or what stands against it; ``None``: it is outdated."""
        try:
            return self._kinds[tracked.effect.kind](tracked, connection)
        except GovernorError as error:
            return error

    def _attempt(self, tracked: Tracked, send: Send, run: Run) -> None:
        try:
            self._handed_over[tracked.id] = run(send)
        except GovernorError as error:
            self._fail(tracked, error)
        else:
            self._note(tracked.id)

    def _note(self, effect_id: str) -> None:
        with self._record.database.write() as connection:
            self._record.outbox.done(connection, effect_id, self._handed_over[effect_id])
        del self._handed_over[effect_id]

    def _fail(self, tracked: Tracked, error: GovernorError) -> None:
        """Have it tried again or another way, or give it up; of an instant's interest, it is dropped."""
        now = self._clock()
        delay = self._outside.retry.delay(tracked.tries + 1) if isinstance(error, Unavailable) else None
        patience = self._patience(tracked, now)
        if tracked.effect.kind == CONFLICTS:
            with self._record.database.write() as connection:
                self._record.outbox.drop(connection, tracked.id)
        elif patience is not None and (delay is None or _is_lasting(error) or patience <= timedelta()):
            self._go_another_way(tracked, error)
        elif delay is None:
            self._give_up(tracked, error)
        else:
            wanted = max(delay, error.after if isinstance(error, Unavailable) else delay)
            self._postpone(tracked, error, wanted if patience is None else min(wanted, patience))

    def _postpone(self, tracked: Tracked, error: GovernorError, delay: timedelta) -> None:
        with self._record.database.write() as connection:
            told = self._told(error, connection)
            kind = tracked.effect.kind
            if kind in (notices.NOTICE, rooms.ROOM) and isinstance(error, Unavailable) and error.is_lasting:
                post = notices.not_allowed(kind, error, language_in(connection), self._clock())
                self._record.outbox.enqueue(connection, post, at=self._clock())
            elif kind in unposted.TOPICS and isinstance(error, Unavailable) and error.is_lasting:
                warning = unposted.unposted(self._record, connection, kind, told)
                self._record.outbox.enqueue(connection, warning, at=self._clock())
            self._record.outbox.postpone(connection, tracked, at=self._clock(), delay=delay, error=told)

    def _patience(self, tracked: Tracked, now: datetime) -> timedelta | None:
        """Return how much longer its way may fail before another is taken; ``None``: there is no other."""
        effect, last = tracked.effect, self._outside.calendars[-1]
        if effect.kind != INVITATION or self._outside.calendar(effect.way) is last:
            return None
        return min(tracked.failing_since or now, now) + self._outside.patience - now

    def _go_another_way(self, tracked: Tracked, error: GovernorError) -> None:
        """Invite by the last calendar, under the same UID, and take the guest off the event that the others share."""
        effect, last = tracked.effect, self._outside.calendars[-1]
        calendar = self._outside.calendar(effect.way)
        try:
            with self._record.database.write() as connection:
                found = self._addressed(effect, MemberId(effect.target), calendar, connection)
                payload = by_other_uid(calendar.uid(found.invitation))
                if self._record.outbox.reroute(connection, tracked, last.name, payload, at=self._clock()):
                    self._record.outbox.enqueue(connection, withdrawal(tracked), at=self._clock())
                if isinstance(error, Unavailable) and error.is_lasting:
                    post = lost(calendar.name, error, language_in(connection))
                    self._record.outbox.enqueue(connection, post, at=self._clock())
        except Refused as refusal:  # who cannot be written to one way cannot another
            self._give_up(tracked, refusal)

    def _give_up(self, tracked: Tracked, error: GovernorError) -> None:
        """Mark the effect as dead; whatever it was that stopped an invitation, it is told in the chat."""
        with self._record.database.write() as connection:
            told = self._told(error, connection)
            self._record.outbox.give_up(connection, tracked.id, told)
            if tracked.effect.kind in INVITING:
                self._record.outbox.enqueue(connection, posts.undeliverable(tracked, told), at=self._clock())

    def _told(self, error: GovernorError, connection: Connection) -> str:
        """Return what is kept of *error*: in the organisation's words, and without anybody's address."""
        return without_addresses(say(phrase(error.key, **error.values), language_in(connection)))

    def _invitation(self, tracked: Tracked, connection: Connection) -> Send | None:
        effect = tracked.effect
        meeting = meetings.find(connection, effect.subject)
        member = MemberId(effect.target)
        if meeting is None or not self._is_latest(tracked, meeting, connection):
            return None
        calendar = self._outside.calendar(effect.way)
        found = self._addressed(effect, member, calendar, connection)
        gone = self._withdrawing(effect, calendar, connection) if calendar.is_shared else ()
        guest = replace(found.guest, again=effect.attempt)
        return _in_order([*gone, calendar.publish(found.invitation, guest)])

    def _addressed(self, effect: Effect, member: MemberId, calendar: Calendar, connection: Connection) -> Addressed:
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

        Those done too: an occurrence has the guests of its series until it is written, which may be after them.
        """
        found = []
        for one in self._record.outbox.of_subject(connection, effect.subject):
            if one.effect.kind == WITHDRAWAL and one.effect.way == calendar.name:
                with suppress(Refused):  # who has no address any more is on nothing
                    found.append(self._addressed(one.effect, MemberId(one.effect.target), calendar, connection))
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
        found = self._addressed(told, matter.member, calendar, connection)
        return calendar.decline(found.invitation, found.guest, answer_of(matter, meeting))

    def _reminder(self, tracked: Tracked, connection: Connection) -> Send | None:
        effect, meeting = tracked.effect, meetings.find(connection, tracked.effect.subject)
        others = self._record.outbox.of_subject(connection, effect.subject)
        if meeting is None or not reminders.is_to_be_mailed(tracked, meeting, others, self._clock()):
            return None
        told = reminders.invitations(self._record, connection, meeting)[MemberId(effect.target)].effect
        calendar = self._outside.calendar(told.way)
        told = replace(told, subject=meeting.number)
        found = self._addressed(told, MemberId(effect.target), calendar, connection)
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
        found = self._addressed(effect, MemberId(effect.target), calendar, connection)
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
        return calendar.restore(self._addressed(effect, sharing[0], calendar, connection).invitation)


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


def _is_lasting(error: GovernorError) -> bool:
    return isinstance(error, Unavailable) and error.is_lasting
