"""How does Governor run? It starts everything, talks until the chat ends or a signal comes, and stops everything."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from datetime import timedelta
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import structlog
import uvicorn
from pydantic import ValidationError

from governor.bootstrap import House, executor_name, make_folder, only_one, open_house, read_clock
from governor.domain.members import Office
from governor.errors import GovernorError, Refused, Unavailable
from governor.jobs import Engine, Pace, every, wait_until_idle
from governor.portal.app import build
from governor.ports import Calendar, Call, Chat, Reply, Surroundings
from governor.services.delivery import Delivery, Outside, Retry
from governor.services.dispatch import refusal
from governor.services.members import Founding, handle_for
from governor.services.record import public_record
from governor.settings import Settings, load, wrong
from governor.store.outbox import State
from governor.wording.catalogue import say
from governor.wording.phrase import phrase

CONSOLE = "console"
"""The platform of the chat in the terminal."""

log = structlog.get_logger(__name__)

_PUBLISH_EVERY = timedelta(seconds=30)
_STOP_WITHIN = timedelta(seconds=4)


def run(data: Path | None, *, is_strict: bool = False) -> int:
    """Run Governor until its chat ends or a signal comes; return the exit status.

    Raises:
        GovernorError: it cannot start; said in one line by ``__main__``.
    """
    settings = load(data)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(settings.log_level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    os.umask(0o077)
    make_folder(settings.data)
    alone = only_one(settings.data) if settings.database_url is None else nullcontext()
    with alone, open_house(settings) as house:
        return asyncio.run(_Running(house, is_strict=is_strict).run())


class _Running:
    """One run of one house."""

    def __init__(self, house: House, *, is_strict: bool) -> None:
        self._house = house
        self._turn = ThreadPoolExecutor(max_workers=1, thread_name_prefix="dispatch")
        self._dispatcher = house.dispatcher
        self._language = _founded(house)
        around = Surroundings(data=house.settings.data, speaker=_speaker(house), is_strict=is_strict)
        self._chat: Chat = _adapter("governor.chats", around)
        self._calendar: Calendar = _adapter("governor.calendars", around)
        self._engine = Engine(house.record.database, executor_name(house.record.database), Pace())
        self._server: uvicorn.Server | None = None

    async def run(self) -> int:
        """Start everything, talk until the chat ends, stop everything."""
        loop = asyncio.get_running_loop()
        talking = asyncio.ensure_future(self._talk(loop))
        for number in (signal.SIGINT, signal.SIGTERM):
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
        retry = Retry(first=timedelta(seconds=self._house.settings.retry_seconds))
        outside = Outside(calendar=self._calendar, chat=self._chat, retry=retry)
        delivery = Delivery(self._house.record, outside, read_clock)
        await asyncio.to_thread(self._engine.start, delivery, loop)
        await self._welcome(page)
        async with asyncio.TaskGroup() as helpers:
            tasks = [helpers.create_task(every(_PUBLISH_EVERY, self._house.publish))]
            if page is not None:
                tasks.append(helpers.create_task(self._serve(page)))
            status = await self._chat.run(self._door)
            await self._idle()
            await self._say_waiting()
            for task in tasks:
                task.cancel()
        return status

    async def _door(self, call: Call) -> Sequence[Reply]:
        replies = await asyncio.get_running_loop().run_in_executor(self._turn, self._answer, call)
        if not self._chat.is_interactive:
            await self._idle()
        return replies

    def _answer(self, call: Call) -> Sequence[Reply]:
        try:
            return self._dispatcher(call)
        except Exception:  # the edge: a bug is logged once, with its trace, and the room lives on
            log.exception("a bug", call=call.id)
            return (refusal(Unavailable("bug", call=call.id), call.language or self._language),)

    async def _idle(self) -> None:
        await wait_until_idle(self._house.record.outbox, self._house.record.database, read_clock)

    def _listen(self) -> socket.socket | None:
        settings = self._house.settings
        if settings.http_port == 0:
            return None
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.http_host, settings.http_port))
        except OSError as error:
            listener.close()
            place = f"{settings.http_host}:{settings.http_port}"
            raise Refused("port-taken", place=place, reason=error.strerror) from error
        return listener

    async def _serve(self, listener: socket.socket) -> None:
        app = build(lambda: public_record(self._house.record, read_clock))
        config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._server.capture_signals = nullcontext  # type: ignore[method-assign,assignment]  # the signals are ours
        await self._server.serve(sockets=[listener])

    async def _welcome(self, page: socket.socket | None) -> None:
        lines = [phrase("start-record", folder=str(self._house.settings.data)), self._calendar.notice]
        if page is not None:
            host, port = page.getsockname()[:2]
            lines.append(phrase("start-page", url=f"http://{host}:{port}"))
        lines.append(phrase("start-help"))
        await self._chat.post(Reply(language=self._language, lines=tuple(lines)), key="welcome")

    async def _say_waiting(self) -> None:
        with self._house.record.database.read() as connection:
            counts = self._house.record.outbox.counts(connection)
        if counts.get(State.QUEUED):
            line = phrase("deliveries-wait", count=counts[State.QUEUED])
            await self._chat.post(Reply(language=self._language, lines=(line,)), key="waiting")

    async def _stop(self) -> None:
        if self._server is not None:
            self._server.should_exit = True
        await asyncio.to_thread(self._turn.shutdown)
        await self._calendar.close()
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.to_thread(self._engine.stop), _STOP_WITHIN.total_seconds())
        with suppress(GovernorError):
            await asyncio.to_thread(self._house.publish)


def _adapter(group: str, around: Surroundings) -> Any:  # noqa: ANN401  # what an entry point gives is a port's adapter
    """Return the adapter of *group* that the settings ask for: the first, by name, that opens.

    Raises:
        Refused: none does, or a setting of one is wrong.
    """
    for entry in sorted(entry_points(group=group), key=lambda entry: entry.name):
        try:
            adapter = entry.load()(around)
        except ValidationError as error:
            raise wrong(error) from None
        if adapter is not None:
            return adapter
    raise Refused("adapter-missing", group=group)


def _founded(house: House) -> str:
    """Return the organisation's language; found it first when there is none, asking a person who sits there."""
    organisation = house.organisation()
    if organisation is not None:
        return organisation.language
    settings = house.settings
    if sys.stdin.isatty() and sys.stdout.isatty():
        settings = _asked(settings)
    house.found(
        Founding(
            name=settings.organisation,
            zone=settings.zone,
            language=settings.language,
            secretary=settings.secretary,
            email=settings.secretary_email,
            platform=CONSOLE,
            account=handle_for(settings.secretary, ()),
        )
    )
    return settings.language


def _asked(settings: Settings) -> Settings:
    """Return *settings* with what the person at the terminal answers; an empty answer keeps what stands there."""
    answers: dict[str, object] = {}
    for name in ("language", "organisation", "zone", "secretary", "secretary_email"):
        language = str(answers.get("language", settings.language))
        now = getattr(settings, name)
        answers[name] = input(f"{say(phrase(f'ask-{name}'), language)} [{now or '-'}]: ").strip() or now
    try:
        return Settings.model_validate(settings.model_dump() | answers)
    except ValidationError as error:
        raise wrong(error) from None


def _speaker(house: House) -> str:
    """Return the console account that speaks when none is named: that of the first secretary."""
    with house.record.database.read() as connection:
        roster = house.record.roster(connection)
    for member in roster.holding(Office.SECRETARY):
        for (platform, account), whose in roster.accounts.items():
            if platform == CONSOLE and whose == member.id:
                return account
    return handle_for(house.settings.secretary, ())
