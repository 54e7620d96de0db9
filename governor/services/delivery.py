"""What happens to an effect? Render the latest state, call the port, note what became of it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

from governor.domain.addresses import without_addresses
from governor.domain.meetings import Status
from governor.domain.members import MemberId
from governor.errors import GovernorError, Refused, Unavailable
from governor.services import emails, notices, rooms, undelivered, unposted
from governor.services.conflicts import CONFLICTS
from governor.services.outside import Outside
from governor.services.sending import Sending
from governor.services.telling import Send, Telling, language_in
from governor.services.ways import INVITATION, by_other_uid, latest, lost, withdrawal
from governor.store import meetings
from governor.store.database import Connection
from governor.store.outbox import Effect, State, Tracked
from governor.store.unit_of_work import Record
from governor.wording.catalogue import say
from governor.wording.phrase import phrase

Run = Callable[[Send], str]
"""Makes the call and waits for it, from a thread."""


class Delivery:
    """Carries out effects; sync, from the threads of the engine (``jobs``)."""

    def __init__(self, record: Record, outside: Outside, clock: Callable[[], datetime]) -> None:
        self._record = record
        self._outside = outside
        self._clock = clock
        self._sending = Sending(record, outside, clock)
        # What is not yet noted, by effect and way: while the database is locked nothing is sent twice.
        self._handed_over: dict[tuple[str, str | None], str] = {}
        self._kinds: Mapping[str, Callable[[Tracked, Connection], Send | None]] = {
            **self._sending.kinds,
            **Telling(record, outside.chat, outside.calendars, outside.place, clock).kinds,
        }

    def carry_out(self, effect_id: str, run: Run, tries: int | None = None) -> None:
        """Carry out the effect of that id, once, in its turn; *run* makes the call.

        Nothing happens when it is done, dead or cancelled already, or was replaced by a newer one; nor when it failed
        after it was handed over: *tries* is how often it had failed then (``None``: that does not matter).
        """
        with self._record.database.read() as connection:
            tracked = self._record.outbox.find(connection, effect_id)
            if tracked is None or tries not in (None, tracked.tries):
                return
            turn = self._turn(tracked.effect, connection)
        with self._record.outbox.exclusive(turn) as is_mine:
            if is_mine:
                self._in_turn(tracked, turn, run)
            else:
                self._defer(tracked)

    def _turn(self, effect: Effect, connection: Connection) -> str:
        """Return whose turn it is: an attendee's for one meeting, or all its attendees' where they share an event.

        There a series and what is set apart of it have one turn: the event of either shows the other too.
        """
        if effect.way is None or not self._outside.calendar(effect.way).is_shared:
            return f"{effect.subject}:{effect.target}"
        meeting = meetings.find(connection, effect.subject)
        return f"{effect.subject if meeting is None else meeting.series or meeting.number}:{effect.way}"

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

    def _in_turn(self, before: Tracked, turn: str, run: Run) -> None:
        """Carry the effect out, unless it was tried while it waited, or goes another way and has another turn."""
        with self._record.database.read() as connection:
            tracked = self._record.outbox.find(connection, before.id)
            if tracked is None or tracked.state is not State.QUEUED or tracked.tries != before.tries:
                return
            if self._turn(tracked.effect, connection) != turn:
                return
            is_sent = (tracked.id, tracked.effect.way) in self._handed_over
            send = None if is_sent else self._prepared(tracked, connection)
        if is_sent:
            self._note(tracked)
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
            self._handed_over[tracked.id, tracked.effect.way] = run(send)
        except GovernorError as error:
            self._fail(tracked, error)
        else:
            self._note(tracked)

    def _note(self, tracked: Tracked) -> None:
        handed_over = tracked.id, tracked.effect.way
        with self._record.database.write() as connection:
            self._record.outbox.done(connection, tracked.id, self._handed_over[handed_over])
        del self._handed_over[handed_over]

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
        last, calendar = self._outside.calendars[-1], self._outside.calendar(tracked.effect.way)
        try:
            with self._record.database.write() as connection:
                for one in (tracked, *self._beside(tracked, connection)):
                    found = self._sending.addressed(one.effect, MemberId(one.effect.target), calendar, connection)
                    payload = by_other_uid(calendar.uid(found.invitation))
                    if self._record.outbox.reroute(connection, one, last.name, payload, at=self._clock()):
                        self._record.outbox.enqueue(connection, withdrawal(one), at=self._clock())
                if isinstance(error, Unavailable) and error.is_lasting:
                    post = lost(calendar.name, error, language_in(connection))
                    self._record.outbox.enqueue(connection, post, at=self._clock())
        except Refused as refusal:  # who cannot be written to one way cannot another
            self._give_up(tracked, refusal)

    def _beside(self, tracked: Tracked, connection: Connection) -> Iterator[Tracked]:
        """Yield how the guest of *tracked* was told of the rest of the series: no series is told by two ways.

        What was done is told again the other way, where it still says something: it is to come, and theirs.
        """
        effect, now = tracked.effect, self._clock()
        for part in meetings.whole(connection, effect.subject):
            told = latest(self._record.outbox.of_subject(connection, part.number)).get(MemberId(effect.target))
            if told is None or told.id == tracked.id or told.effect.way != effect.way:
                continue
            is_theirs = part.status is Status.CONFIRMED and effect.target in [one.member for one in part.attendees]
            is_told = told.state is State.DONE and (is_theirs or part.series is not None)
            if told.state is State.QUEUED or (is_told and part.next_start(at=now) is not None):
                yield told

    def _give_up(self, tracked: Tracked, error: GovernorError) -> None:
        """Mark the effect as dead; whatever it was that stopped mail to a member, it is told in the chat."""
        with self._record.database.write() as connection:
            told = self._told(error, connection)
            self._record.outbox.give_up(connection, tracked.id, told)
            for telling in undelivered.tellings(tracked, told, is_late=error.key == emails.LATE):
                self._record.outbox.enqueue(connection, telling, at=self._clock())

    def _told(self, error: GovernorError, connection: Connection) -> str:
        """Return what is kept of *error*: in the organisation's words, and without anybody's address."""
        return without_addresses(say(phrase(error.key, **error.values), language_in(connection)))


def _is_lasting(error: GovernorError) -> bool:
    return isinstance(error, Unavailable) and error.is_lasting
