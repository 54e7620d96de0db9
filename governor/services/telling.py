"""What is told in the chat for an effect, or asked and shown there?"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from governor.domain.members import MemberId
from governor.ports import Calendar, Chat, Reply, Rooms, Topic, Voices
from governor.services import conflicts, notices, posts, presence, rooms, undelivered, unposted
from governor.services.appointing import APPOINTMENT, holders, showing
from governor.services.ways import WAY_LOST, lost_post
from governor.services.whispers import whispered
from governor.store.database import Connection
from governor.store.organisations import organisation_of
from governor.store.outbox import Effect, Tracked
from governor.store.unit_of_work import Record
from governor.wording.catalogue import LANGUAGES

Send = Coroutine[object, object, str]
"""The call of a port, ready to be made; it gives the outside's id for what was done."""


class Telling:
    """Prepares what *chat* is told; *place* is where the organisation sits there."""

    def __init__(
        self,
        record: Record,
        chat: Chat,
        calendars: Sequence[Calendar],
        place: Callable[[], str | None],
        clock: Callable[[], datetime],
    ) -> None:
        self._record = record
        self._chat = chat
        self._calendars = calendars
        self._place = place
        self._clock = clock

    @property
    def kinds(self) -> Mapping[str, Callable[[Tracked, Connection], Send | None]]:
        """Return kind of effect → what prepares its call; ``None`` comes of one that is outdated."""
        return {
            conflicts.CONFLICTS: self._conflicts,
            WAY_LOST: self._way_lost,
            APPOINTMENT: self._appointment,
            notices.NOTICE: self._notice,
            rooms.ROOM: self._room,
            presence.PRESENCE: self._presence,
            unposted.UNPOSTED: self._unposted,
            unposted.DETOUR: self._detoured,
            undelivered.CODE_LOST: self._code_lost,
            **dict.fromkeys(posts.KINDS, self._post),
        }

    def _conflicts(self, tracked: Tracked, connection: Connection) -> Send | None:
        asked = conflicts.asked(self._record, connection, tracked.effect)
        return None if asked is None else self._told_busy(asked, tracked)

    async def _told_busy(self, asked: conflicts.Asked, tracked: Tracked) -> str:
        reply = await asked.of(self._calendars)
        if reply is None or not await asyncio.to_thread(self._waits, tracked.effect):
            return tracked.id
        return await self._posted(reply, tracked.id)

    def _waits(self, effect: Effect) -> bool:
        """Return whether the draft that *effect* is about still waits: calendars may have taken seconds."""
        with self._record.database.read() as connection:
            return conflicts.asked(self._record, connection, effect) is not None

    def _notice(self, tracked: Tracked, connection: Connection) -> Send | None:
        board, place = self._chat.board, self._place()
        told = notices.told(self._record, connection, tracked, self._clock())
        if board is None or told is None:
            return None
        if told.notice is not None:
            return board.show(told.notice, known=told.known, place=place)
        return None if told.known is None else board.withdraw(told.known, is_cancelled=told.is_cancelled, place=place)

    def _room(self, tracked: Tracked, connection: Connection) -> Send | None:
        known, place = self._chat.rooms, self._place()
        told = rooms.told(self._record, connection, tracked, self._clock())
        if known is None or told is None:
            return None
        if isinstance(told, rooms.Opening):
            return self._opened(known, told, tracked.id)
        return known.close(told.room, place=place)

    async def _opened(self, known: Rooms, told: rooms.Opening, key: str) -> str:
        room = await known.open(told.announcement, key=key, place=self._place(), called=told.called)
        await self._note_detour(told.announcement.topic)
        return room

    def _presence(self, tracked: Tracked, connection: Connection) -> Send | None:
        asked = presence.asked(self._record, connection, tracked.effect, self._chat.name, self._clock())
        return None if asked is None or self._chat.voices is None else self._offered(asked, tracked.id)

    async def _offered(self, asked: presence.Asked, key: str) -> str:
        voices, place = self._chat.voices, self._place()
        if voices is None:
            return key
        reply = asked.of(await voices.gathered(asked.location, place=place))
        if reply is not None:
            await whispered(reply, asked.recipients, voices, key=key, place=place)
        return key

    def _unposted(self, tracked: Tracked, connection: Connection) -> Send | None:
        alarm = unposted.alarm(self._record, connection, tracked.effect, self._chat.name)
        voices = self._chat.voices
        return None if alarm is None or voices is None else alarm.told(voices, tracked.id, self._place())

    def _detoured(self, tracked: Tracked, connection: Connection) -> Send | None:
        place, voices = self._place(), self._chat.voices
        detour = self._chat.detour(Topic(tracked.effect.subject), place)
        if detour is None or detour.gone != tracked.effect.target or voices is None:
            return None
        alarm = unposted.detour_alarm(self._record, connection, detour, self._chat.name)
        return None if alarm is None else alarm.told(voices, tracked.id, place)

    def _code_lost(self, tracked: Tracked, connection: Connection) -> Send | None:
        told = undelivered.code_lost(self._record, connection, tracked.effect, self._chat.name)
        voices = self._chat.voices
        return None if told is None or voices is None else self._told_alone(told, voices, tracked.id)

    async def _told_alone(self, told: undelivered.Whisper, voices: Voices, key: str) -> str:
        await whispered(told.reply, told.accounts, voices, key=key, place=self._place())
        return key

    def _way_lost(self, tracked: Tracked, connection: Connection) -> Send | None:
        return self._posted(lost_post(tracked.effect, language_in(connection)), tracked.id)

    def _appointment(self, tracked: Tracked, connection: Connection) -> Send | None:
        language = language_in(connection)
        found = holders(self._record, connection, self._chat.name, {MemberId(tracked.effect.target)})
        return showing(found, self._chat, language, self._place()) if found else None

    def _post(self, tracked: Tracked, connection: Connection) -> Send | None:
        reply = posts.render(self._record, connection, tracked, self._clock())
        if reply is None:
            return None
        is_elsewhere = reply.topic is not Topic.ANNOUNCEMENTS
        room = None if is_elsewhere else rooms.room_of(self._record, connection, tracked.effect.subject)
        return self._posted(replace(reply, room=room), tracked.id)

    async def _posted(self, reply: Reply, key: str) -> str:
        await self._chat.post(reply, key=key, place=self._place())
        await self._note_detour(reply.topic)
        return key

    async def _note_detour(self, topic: Topic) -> None:
        """Have it told, once, where what is about *topic* goes elsewhere than people chose."""
        detour = self._chat.detour(topic, self._place())
        if detour is not None:
            await asyncio.to_thread(self._enqueue, unposted.detoured(topic, detour))

    def _enqueue(self, effect: Effect) -> None:
        with self._record.database.write() as connection:
            self._record.outbox.enqueue(connection, effect, at=self._clock())


def language_in(connection: Connection) -> str:
    """Return the language in which the organisation is spoken to."""
    organisation = organisation_of(connection)
    return LANGUAGES[0] if organisation is None else organisation.language
