"""What happens to an effect? Render the latest state, call the port, note what became of it."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from governor.domain.addresses import without_addresses
from governor.domain.meetings import Meeting
from governor.domain.members import MemberId
from governor.errors import GovernorError, Unavailable
from governor.ports import Calendar, Chat, Reply
from governor.services import posts
from governor.services.answers import DECLINE, answer_of
from governor.services.invitations import addressed
from governor.services.meetings import INVITATION
from governor.store import meetings, received
from governor.store.database import Connection
from governor.store.organisations import organisation_of
from governor.store.outbox import State, Tracked
from governor.store.unit_of_work import Record
from governor.wording.catalogue import LANGUAGES, say
from governor.wording.phrase import phrase

Send = Coroutine[object, object, str]
"""The call of a port, ready to be made; it gives the outside's id for what was done."""

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
    """The ports that effects go through."""

    calendar: Calendar
    chat: Chat
    retry: Retry = field(default_factory=Retry)


class Delivery:
    """Carries out effects; sync, from the threads of the engine (``jobs``)."""

    def __init__(self, record: Record, outside: Outside, clock: Callable[[], datetime]) -> None:
        self._record = record
        self._outside = outside
        self._clock = clock
        self._handed_over: dict[str, str] = {}  # and not yet noted: while the database is locked nothing is sent twice
        self._kinds: Mapping[str, Callable[[Tracked, Connection], Send | None]] = {
            INVITATION: self._invitation,
            DECLINE: self._decline,
            **dict.fromkeys(posts.KINDS, self._post),
        }

    def carry_out(self, effect_id: str, run: Run) -> None:
        """Carry out the effect of that id, once, in its turn; *run* makes the call.

        Nothing happens when it is done, dead or cancelled already, or was replaced by a newer one.
        """
        with self._record.database.read() as connection:
            tracked = self._record.outbox.find(connection, effect_id)
        if tracked is None:
            return
        with self._record.outbox.exclusive(f"{tracked.effect.subject}:{tracked.effect.target}") as is_mine:
            if not is_mine:
                self._defer(tracked)
            elif effect_id in self._handed_over:
                self._note(effect_id)
            else:
                self._in_turn(effect_id, run)

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

    def _in_turn(self, effect_id: str, run: Run) -> None:
        with self._record.database.read() as connection:
            tracked = self._record.outbox.find(connection, effect_id)
            if tracked is None or tracked.state is not State.QUEUED:
                return
            send: Send | None = None
            failure: GovernorError | None = None
            try:
                send = self._kinds[tracked.effect.kind](tracked, connection)
            except GovernorError as error:
                failure = error
        if failure is not None:
            self._fail(tracked, failure)
        elif send is None:
            with self._record.database.write() as connection:
                self._record.outbox.drop(connection, tracked.id)
        else:
            self._attempt(tracked, send, run)

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
        delay = self._outside.retry.delay(tracked.tries + 1) if isinstance(error, Unavailable) else None
        if delay is None:
            self._give_up(tracked, error)
            return
        if isinstance(error, Unavailable):
            delay = max(delay, error.after)
        due = self._clock() + delay
        with self._record.database.write() as connection:
            self._record.outbox.postpone(
                connection, tracked, due=due, delay=delay.total_seconds(), error=self._told(error, connection)
            )

    def _give_up(self, tracked: Tracked, error: GovernorError) -> None:
        """Mark the effect as dead; whatever it was that stopped an invitation, it is told in the chat."""
        with self._record.database.write() as connection:
            told = self._told(error, connection)
            self._record.outbox.give_up(connection, tracked.id, told)
            if tracked.effect.kind == INVITATION:
                self._record.outbox.enqueue(connection, posts.undeliverable(tracked, told), at=self._clock())

    def _told(self, error: GovernorError, connection: Connection) -> str:
        """Return what is kept of *error*: in the organisation's words, and without anybody's address."""
        organisation = organisation_of(connection)
        language = LANGUAGES[0] if organisation is None else organisation.language
        return without_addresses(say(phrase(error.key, **error.values), language))

    def _invitation(self, tracked: Tracked, connection: Connection) -> Send | None:
        effect = tracked.effect
        meeting = meetings.find(connection, effect.subject)
        member = MemberId(effect.target)
        if meeting is None or not self._is_latest(tracked, meeting, connection):
            return None
        found = addressed(self._record, connection, effect.subject, member, self._outside.calendar.organizer)
        return self._outside.calendar.publish(found.invitation, found.guest)

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
        calendar = self._outside.calendar
        found = addressed(self._record, connection, effect.subject, matter.member, calendar.organizer)
        return calendar.decline(found.invitation, found.guest, answer_of(matter, meeting))

    def _post(self, tracked: Tracked, connection: Connection) -> Send | None:
        reply = posts.render(self._record, connection, tracked, self._clock())
        return None if reply is None else self._posted(reply, tracked.id)

    async def _posted(self, reply: Reply, key: str) -> str:
        await self._outside.chat.post(reply, key=key)
        return key
