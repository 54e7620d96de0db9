"""A worker in a process of its own, made to be killed: everything that Governor runs but its chat and its page."""

import asyncio
import logging
import signal
import threading
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from governor.errors import Unavailable
from governor.itip.invitation import Mailbox
from governor.jobs import Engine, Pace
from governor.leading import Leading
from governor.ports import Calendar, Detour, Door, Reply, Rooms, Topic, Voices
from governor.ports.board import Board
from governor.services.delivery import Delivery
from governor.services.outside import Outside, Retry
from governor.wording.phrase import phrase
from integrations.caldav import server as caldav
from integrations.caldav.calendar import CaldavCalendar
from integrations.google_calendar.calendar import GoogleCalendar
from integrations.google_calendar.connection import load, path_in
from integrations.google_calendar.service import Service
from integrations.google_calendar.settings import Settings
from integrations.mail.calendar import MailCalendar
from integrations.mail.settings import Security
from integrations.mail.smtp import Server, Smtp
from tests.delivery.hall import open_hall
from tests.delivery.load import make_load
from tests.integrations.radicale_server import settings_for

GROUP = Mailbox(name="Governor", address="rapat@karangtaruna.example")


FEW = 4
"""How many effects a worker with a ration takes at a look, so that another finds some too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What a worker is to do: where, and under which ``name``.

    With a ``load`` it acts until it is killed, and calls its meetings by that. With a ``google`` (its endpoint) or a
    ``caldav`` (its calendar) it invites through that, with mail behind it after ``patience`` of failure. The file
    ``shift`` puts its clock wrong, and no more than ``per_minute`` mails leave in a minute.
    """

    data: Path
    url: str | None
    port: int
    name: str
    load: str | None = None
    ready: Path
    lease: timedelta = timedelta(seconds=1)
    google: str | None = None
    caldav: str | None = None
    patience: timedelta = timedelta(seconds=2)
    shift: Path | None = None
    per_minute: int | None = None


class Nobody:
    """A chat in which nobody sits."""

    name = "console"
    is_interactive = False
    has_files = False

    def __init__(self) -> None:
        self.board: Board | None = None
        self.rooms: Rooms | None = None
        self.voices: Voices | None = None
        self.posts: list[tuple[str, Reply]] = []
        self.gone: Detour | None = None
        self.wanted = {Topic.ANNOUNCEMENTS, Topic.AUDIT}

    async def run(self, door: Door) -> int:
        return 0

    def is_wanted(self, topic: Topic, place: str | None = None) -> bool:
        return topic in self.wanted

    def detour(self, topic: Topic, place: str | None = None) -> Detour | None:
        return self.gone

    async def post(self, reply: Reply, *, key: str, place: str | None = None) -> None:
        self.posts.append((key, reply))


def clock() -> datetime:
    """Return the present instant, as ``time.time`` tells it, which may be ``shifted``."""
    return datetime.fromtimestamp(time.time(), UTC)


def shifted(by: Path) -> None:
    """Have the clock of this process, the engine's too, be ahead by the seconds that the file *by* says."""
    right = time.time
    time.time = lambda: right() + float(by.read_text() or 0)


class Crew:
    """The workers of one test, who work on one record and send to one server."""

    def __init__(self, folder: Path, url: str | None, port: int) -> None:
        self.data = folder / "data"
        self.url = url
        self._folder = folder
        self._port = port
        self.google: str | None = None
        self.caldav: str | None = None
        self.patience = timedelta(seconds=2)
        self.per_minute: int | None = None
        self._living: dict[str, ForkServerProcess] = {}
        # A worker starts in some milliseconds: it is a fork of a process that has imported everything.
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload(
            [
                "pytest",
                "tests.delivery.worker",
                "governor.jobs.shared",
                "sqlalchemy.dialects.postgresql.psycopg",
                "psycopg",
                "integrations.mail",
                "integrations.caldav.calendar",
                "integrations.google_calendar.calendar",
            ]
        )

    def start(self, name: str, load: str | None = None, shift: Path | None = None) -> int:
        """Start the worker *name*, whose clock the file *shift* puts wrong; return its process id."""
        orders = Orders(
            data=self.data,
            url=self.url,
            port=self._port,
            name=name,
            load=load,
            ready=self.ready(name),
            google=self.google,
            caldav=self.caldav,
            patience=self.patience,
            shift=shift,
            per_minute=self.per_minute,
        )
        orders.ready.unlink(missing_ok=True)
        process = self._context.Process(target=work, args=(orders,), daemon=True)
        process.start()
        self._living[name] = process
        assert process.pid is not None
        return process.pid

    def ready(self, name: str) -> Path:
        """Return the file that the worker makes when it has started."""
        return self._folder / f"ready-{name}"

    def kill(self, name: str) -> None:
        process = self._living.pop(name)
        process.kill()
        process.join()
        process.close()

    def dismiss(self) -> list[int | None]:
        """Have every worker stop in order; return their exit statuses."""
        for process in self._living.values():
            process.terminate()
        for process in self._living.values():
            process.join(20)
        return [process.exitcode for process in self._living.values()]

    def disperse(self) -> None:
        """Kill whoever is left."""
        for name in list(self._living):
            self.kill(name)


def work(orders: Orders) -> None:
    """Work until a SIGTERM comes, and then stop in order."""
    logging.raiseExceptions = False
    over = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: over.set())
    if orders.shift is not None:
        shifted(orders.shift)
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    with open_hall(orders.data, orders.url, clock) as hall:
        server = Server(host="127.0.0.1", port=orders.port, security=Security.NONE, timeout=20)
        ration = Leading(hall.record.database, clock).ration
        smtp = Smtp(replace(server, per_minute=orders.per_minute), ration=ration)
        calendar = MailCalendar(smtp, GROUP, phrase("start-mail-smtp", host="127.0.0.1"))
        calendars: tuple[Calendar, ...] = (calendar,)
        if orders.google is not None:
            calendars = (google_calendar(orders), calendar)
            hall.ways = ("google", "mail")
        if orders.caldav is not None:
            calendars = (caldav_calendar(orders.caldav, orders.data), calendar)
            hall.ways = ("caldav", "mail")
        retry = Retry(first=timedelta(seconds=0.1))
        outside = Outside(calendars=calendars, chat=Nobody(), retry=retry, patience=orders.patience)
        claim = Pace().claim if orders.per_minute is None else FEW
        pace = Pace(poll=timedelta(seconds=0.1), claim=claim, lease=orders.lease, again=timedelta(seconds=0.1))
        engine = Engine(hall.record.database, hall.record.outbox, orders.name, pace, clock)
        engine.start(Delivery(hall.record, outside, clock), loop)
        orders.ready.touch()
        if orders.load is not None:
            threading.Thread(target=make_load, args=(hall, orders.load), daemon=True).start()
        while not over.wait(orders.lease.total_seconds() / 4):
            beat(engine)
        engine.stop()
        asyncio.run_coroutine_threadsafe(calendar.close(), loop).result(5)


def google_calendar(orders: Orders) -> GoogleCalendar:
    """Return the calendar of the account that is connected in the data folder."""
    connection, path = load(path_in(orders.data)), path_in(orders.data)
    assert connection is not None
    settings = Settings(
        google_endpoint=orders.google,
        google_retries=0,
        google_timeout=5.0,
        google_quota_hours=1 / 3600,
    )
    return GoogleCalendar(Service(connection, settings, path), connection, settings, path.with_name("seen.json"))


def caldav_calendar(url: str, data: Path) -> CaldavCalendar:
    """Return the calendar at *url* of the server that the tests start."""
    settings = settings_for(url)
    return CaldavCalendar(caldav.Server(settings), settings, data / "answers.json")


def beat(engine: Engine) -> None:
    try:
        engine.beat()
    except Unavailable:
        time.sleep(0.05)
