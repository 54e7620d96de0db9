"""How does Governor run? It starts everything, talks until the chat ends or a signal comes, and stops everything."""

import asyncio
import logging
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from governor import logbook, process
from governor.adapters import adapters
from governor.bootstrap import House, executor_name, make_folder, only_one, open_house, read_clock
from governor.clockwork import LEASE, Clockwork, every
from governor.errors import GovernorError, Unavailable
from governor.failures import complain, foreseen
from governor.founding import founded, speaker
from governor.jobs import Engine, Pace
from governor.leading import Leading
from governor.ports import Calendar, Call, Chat, Incoming, Reply, Span, Surroundings, Topic, Typing
from governor.ports.offers import Choice
from governor.seats import Seat, Seats
from governor.services import COMMANDS, answers, appointing, conflicts, health, ways
from governor.services.delivery import Delivery
from governor.services.dispatch import refusal
from governor.services.feeds import Feeds
from governor.services.offers import offers
from governor.services.outside import Outside, Retry
from governor.services.record import checkpoint, public_record
from governor.settings import load
from governor.store.outbox import State
from governor.store.thinking import LOOPS_PATIENCE, Selector, thinking
from governor.store.unit_of_work import Record
from governor.turns import Turns, place_of
from governor.wording.phrase import phrase

if TYPE_CHECKING:  # heavy: loaded after the welcome
    import uvicorn

log = logging.getLogger(__name__)

_PUBLISH_EVERY = timedelta(seconds=30)
_CHECK_EVERY = timedelta(hours=1)
_TIDY_EVERY = timedelta(days=1)
_BEAT_EVERY = timedelta(seconds=10)
_REMIND_EVERY = timedelta(seconds=15)
_COUNT_EVERY = timedelta(seconds=5)
_SHOW_EVERY = timedelta(seconds=2)
_LISTEN_AGAIN = timedelta(seconds=1)
_LISTEN_LATEST = timedelta(minutes=1)
_STOP_WITHIN = timedelta(seconds=3.5)
_LEAVE_WITHIN = timedelta(seconds=0.5)


def run(data: Path | None, *, is_strict: bool = False) -> int:
    """Run Governor until its chat ends or a signal comes; return the exit status.

    What stops it once it has begun is said here.

    Raises:
        GovernorError: the record cannot be opened; said in one line by ``__main__``.
    """
    process.end_on_signals()
    before = threading.enumerate()
    process.prepare()
    settings = load(data)
    logbook.begin(settings.log_level)
    make_folder(settings.data)
    alone = only_one(settings.data) if settings.database_url is None else nullcontext()
    with alone, open_house(settings) as house, thinking(LOOPS_PATIENCE):
        loop = asyncio.SelectorEventLoop(Selector())
        try:
            status = loop.run_until_complete(_Running(house, is_strict=is_strict).run())
            loop.run_until_complete(loop.shutdown_asyncgens())
        except (GovernorError, ExceptionGroup) as raised:
            status = _failed(raised)
        except Exception:  # the edge: raised further, it would wait for threads that do not end
            log.exception("a bug")
            status = 1
        finally:
            for number in process.SIGNALS:
                loop.remove_signal_handler(number)
            process.end_in_peace()
            loop.close()
    _leave(status, before)
    return status


def _failed(raised: Exception) -> int:
    """Say why it stopped, in a sentence where it is foreseen; return the exit status."""
    error = foreseen(raised)
    if error is not None:
        return complain(error)
    log.error("a bug", exc_info=raised)
    return 1


def _leave(status: int, before: Collection[threading.Thread]) -> None:
    """End the process here when a thread that is not of *before* would keep it from ending.

    One may wait for a line that nobody types, another for a lock that somebody holds.
    """
    until = time.monotonic() + _LEAVE_WITHIN.total_seconds()
    ours = [thread for thread in threading.enumerate() if thread not in before and not thread.daemon]
    for thread in ours:
        thread.join(max(0.0, until - time.monotonic()))
    if any(thread.is_alive() for thread in ours):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


class _Running:
    """One run of one house."""

    def __init__(self, house: House, *, is_strict: bool) -> None:
        self._house = house
        self._turns = Turns(alone=house.record.database.is_sqlite)
        self._glance = ThreadPoolExecutor(max_workers=2, thread_name_prefix="suggest")
        self._leading = Leading(house.record.database, read_clock)
        around = Surroundings(
            data=house.settings.data,
            speaker=partial(_terminal_speaker, house),
            is_strict=is_strict,
            offers=offers(COMMANDS),
            suggest=self._suggest,
            welcome=self._greet,
            turn=self._leading.take_turn,
            claim=self._leading.claim,
            ration=self._leading.ration,
        )
        self._chat: Chat = next(adapters("governor.chats", around))
        opened: list[Calendar] = list(adapters("governor.calendars", around))
        # Whoever is invited by none of those that people share an event in gets a message: the others give way to it.
        self._calendars = sorted(opened, key=lambda calendar: not calendar.is_shared)
        ways = [calendar.name for calendar in self._calendars]
        premises = {
            "has_voices": self._chat.voices is not None,
            "has_letters": any(calendar.letters is not None for calendar in opened),
            "has_files": self._chat.has_files,
        }
        self._seats = Seats(
            house,
            self._chat.name,
            lambda one, place: one.dispatcher(ways, self._busy, partial(self._is_wanted, place), **premises),
            self._attend,
        )
        self._loop: asyncio.AbstractEventLoop
        self._language = house.as_founded().language
        self._engine: Engine | None = None
        self._server: uvicorn.Server | None = None

    async def run(self) -> int:
        """Start everything, talk until the chat ends, stop everything."""
        loop = self._loop = asyncio.get_running_loop()
        talking = asyncio.ensure_future(self._talk(loop))
        for number in process.SIGNALS:
            loop.add_signal_handler(number, talking.cancel)
        status = 0
        try:
            status = await talking
        except asyncio.CancelledError:
            log.info("stopping on a signal")
        finally:
            await self._stop()
        return status

    async def _talk(self, loop: asyncio.AbstractEventLoop) -> int:
        page = self._listen()
        self._welcome(page)
        engine = await asyncio.to_thread(self._start_engine, loop)
        clockwork = Clockwork(self._seats, self._leading, self._chat)
        async with asyncio.TaskGroup() as helpers:
            periodic = (
                (_BEAT_EVERY, engine.beat),
                (_PUBLISH_EVERY, partial(self._seats.each, lambda seat: seat.house.publish())),
                (_REMIND_EVERY, partial(clockwork.lead, clockwork.remind)),
                (_REMIND_EVERY, partial(clockwork.lead, clockwork.gather)),
                (_COUNT_EVERY, partial(clockwork.lead, clockwork.count)),
                (_SHOW_EVERY, partial(clockwork.lead, clockwork.show)),
                (appointing.EVERY, partial(clockwork.lead, self._appoint)),
                (_TIDY_EVERY, engine.tidy),
            )
            check, beginning = partial(clockwork.lead, partial(self._check_record, loop)), asyncio.Lock()
            tasks = [helpers.create_task(every(_CHECK_EVERY, check, asyncio.Lock()))]  # the others do not wait for it
            tasks += [helpers.create_task(every(period, work, beginning)) for period, work in periodic]
            tasks += [helpers.create_task(self._hear(calendar)) for calendar in self._calendars]
            tasks.append(helpers.create_task(self._seat_all()))
            if page is not None:
                tasks.append(helpers.create_task(self._serve(page)))
            status = await self._chat.run(self._door)
            await self._idle()
            self._say_waiting()
            for task in tasks:
                task.cancel()
        return status

    async def _seat_all(self) -> None:
        """Open the other organisations, in between what is said; one that cannot be opened is logged."""
        for place in await asyncio.to_thread(self._seats.kept):
            try:
                await asyncio.to_thread(self._seats.open, place)
            except GovernorError as error:
                log.warning(
                    "the record of an organisation cannot be opened", extra={"place": place, "reason": str(error)}
                )
        process.keep_loaded()

    def _attend(self, seat: Seat) -> None:
        """Carry out what was to be done for one more organisation."""
        if self._engine is not None:
            self._engine.serve(seat.house.record, self._delivery(seat.house.record, lambda: seat.place), self._loop)

    def _appoint(self, seat: Seat) -> None:
        if not self._chat.shows_offices(seat.place):
            return
        due, language = appointing.due(seat.house.record, self._chat.name, read_clock())
        asyncio.run_coroutine_threadsafe(appointing.put_right(due, self._chat, language, seat.place), self._loop)

    def _is_wanted(self, place: Callable[[], str | None], topic: Topic, asked: str | None) -> bool:
        """Return whether what is about *topic* is posted for the organisation in *place*, or else where it *asked*."""
        return self._chat.is_wanted(topic, place() or asked)

    def _busy(self, addresses: Sequence[str], start: datetime, end: datetime) -> Mapping[str, Sequence[Span]]:
        return conflicts.known(self._calendars, self._loop, addresses, start, end)

    async def _hear(self, calendar: Calendar) -> None:
        """Take what comes back from *calendar*; what breaks the line is logged, and it is listened to again."""
        pause = _LISTEN_AGAIN

        async def receive(incoming: Incoming) -> None:
            for seat in self._seats:  # what concerns no meeting of theirs changes nothing
                await asyncio.to_thread(answers.receive, seat.house.record, incoming, read_clock(), calendar.name)

        while True:
            began = time.monotonic()
            try:
                return await calendar.listen(receive)
            except GovernorError as error:
                log.warning("nothing can be heard of the calendars now", extra={"reason": str(error)})
                if isinstance(error, Unavailable) and error.is_lasting:
                    await asyncio.to_thread(self._seats.each, partial(_tell_lost, calendar.name, error))
            except Exception:  # the edge: a bug is logged with its trace, and the room lives on
                log.exception("a bug in listening")
            lasted = timedelta(seconds=time.monotonic() - began)
            pause = _LISTEN_AGAIN if lasted > _LISTEN_LATEST else min(pause * 2, _LISTEN_LATEST)
            await asyncio.sleep(pause.total_seconds())

    async def _door(self, call: Call) -> Sequence[Reply]:
        replies = await self._turns.take(place_of(call), partial(self._answer, call))
        if not self._chat.is_interactive:
            await self._idle()
        return replies

    def _answer(self, call: Call) -> Sequence[Reply]:
        try:
            return self._seats(call)
        except Exception:  # the edge: a bug is logged once, with its trace, and the room lives on
            log.exception("a bug", extra={"call": call.id})
            return (refusal(Unavailable("bug", call=call.id), call.language or self._language),)

    async def _suggest(self, typing: Typing) -> Sequence[Choice]:
        return await asyncio.get_running_loop().run_in_executor(self._glance, self._suggested, typing)

    def _suggested(self, typing: Typing) -> Sequence[Choice]:
        try:
            seat = self._seats.asked(typing.account, typing.place)
            return () if seat is None else seat.dispatcher.suggest(typing, read_clock())
        except GovernorError as error:
            log.warning("nothing could be suggested", extra={"reason": str(error)})
        except Exception:  # the edge: as above
            log.exception("a bug while suggesting")
        return ()

    async def _greet(self, place: str, language: str) -> Reply | None:
        try:
            return await self._turns.take(f"in:{place}", partial(self._seats.welcome, place, language))
        except GovernorError as error:
            log.warning("whether anything is founded there is not known", extra={"place": place, "reason": str(error)})
        except Exception:  # the edge: as above
            log.exception("a bug while arriving", extra={"place": place})
        return None

    def _start_engine(self, loop: asyncio.AbstractEventLoop) -> Engine:
        record = self._house.record
        self._engine = Engine(record.database, record.outbox, executor_name(), Pace(), read_clock)
        self._engine.start(self._delivery(record, lambda: self._seats.first.place), loop)
        return self._engine

    def _delivery(self, record: Record, place: Callable[[], str | None]) -> Delivery:
        settings = self._house.settings
        retry = Retry(first=timedelta(seconds=settings.retry_seconds))
        outside = Outside(calendars=self._calendars, chat=self._chat, retry=retry, alarms=settings.alarms, place=place)
        return Delivery(record, outside, read_clock)

    def _check_record(self, loop: asyncio.AbstractEventLoop, seat: Seat) -> None:
        """Verify the whole record, and raise the alarm in the chat when it is not as it was written."""
        findings = health.check(seat.house.record, seat.house.published, read_clock())
        if findings:
            log.error("the record was altered", extra={"findings": findings, "place": seat.place})
            lines = (phrase("verify-altered", count=findings), phrase("verify-alarm"))
            told = Reply(language=self._language, lines=lines, refused=True, topic=Topic.AUDIT)
            asyncio.run_coroutine_threadsafe(self._chat.post(told, key="altered", place=seat.place), loop)

    async def _idle(self) -> None:
        """Return once no effect is due: all are done, dead, or wait for a later try."""
        while await asyncio.to_thread(self._due):
            await asyncio.sleep(0.02)

    def _due(self) -> int:
        with self._house.record.database.read() as connection:
            return self._house.record.outbox.due(connection, read_clock())

    def _listen(self) -> socket.socket | None:
        from governor.portal.listening import listen

        settings = self._house.settings
        return listen(settings.http_host, settings.http_port) if settings.http_port else None

    async def _serve(self, listener: socket.socket) -> None:
        self._server = await asyncio.to_thread(self._make_server)
        self._server.capture_signals = nullcontext  # type: ignore[method-assign,assignment]  # the signals are ours
        await self._server.serve(sockets=[listener])

    def _make_server(self) -> "uvicorn.Server":
        from governor.portal.app import build
        from governor.portal.server import server_of

        record = self._house.record
        feeds = Feeds(record, self._calendars[-1].organizer, read_clock)
        return server_of(
            build(
                lambda: public_record(record, read_clock),
                lambda: checkpoint(record),
                feeds,
                lambda: health.health_of(record),
            )
        )

    def _welcome(self, page: socket.socket | None) -> None:
        lines = [
            phrase("start-record", folder=str(self._house.settings.data)),
            *(calendar.notice for calendar in self._calendars),
        ]
        if page is not None:
            host, port = page.getsockname()[:2]
            lines.append(phrase("start-page", url=f"http://{host}:{port}"))
        self._chat.tell(Reply(language=self._language, lines=(*lines, *self._chat.notice)))

    def _say_waiting(self) -> None:
        with self._house.record.database.read() as connection:
            counts = self._house.record.outbox.counts(connection)
        if counts.get(State.QUEUED):
            line = phrase("deliveries-wait", count=counts[State.QUEUED])
            self._chat.tell(Reply(language=self._language, lines=(line,)))

    async def _stop(self) -> None:
        """Finish what is in hand; give up on what cannot be finished now, which the next start finds."""
        if self._server is not None:
            self._server.should_exit = True
        with suppress(TimeoutError, GovernorError):
            async with asyncio.timeout(_STOP_WITHIN.total_seconds()):
                await asyncio.to_thread(self._turns.close)
                await asyncio.to_thread(self._glance.shutdown)
                if self._engine is not None:
                    await asyncio.to_thread(self._engine.stop)
                for calendar in self._calendars:
                    await calendar.close()
                for seat in self._seats:
                    with suppress(GovernorError):
                        await asyncio.to_thread(seat.house.publish)
                await asyncio.to_thread(self._leading.release, LEASE)
        self._seats.close()


def _tell_lost(way: str, error: Unavailable, seat: Seat) -> None:
    ways.tell_lost(seat.house.record, way, error, read_clock())


def _terminal_speaker(house: House) -> str:
    founded(house)
    return speaker(house)
