"""A worker in a process of its own, made to be killed: everything that Governor runs but its chat and its page."""

import asyncio
import itertools
import logging
import os
import random
import signal
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

from governor.domain.meetings import Status
from governor.domain.members import MemberId
from governor.errors import OutOfOrder, Unavailable
from governor.itip.invitation import Mailbox
from governor.jobs import Engine, Pace
from governor.ports import Door, Reply
from governor.services.delivery import Delivery, Outside, Retry
from governor.store import meetings
from governor.wording.phrase import phrase
from integrations.mail import MailCalendar, Security, Server, Smtp
from tests.delivery.hall import Hall, open_hall

PEOPLE = ("budi", "sari", "anne", "made")
GROUP = Mailbox(name="Governor", address="rapat@karangtaruna.example")


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What a worker is to do: where, and under which ``name``.

    With a ``load`` it acts until it is killed, and calls its meetings by that; ``ready`` is a file that it makes when it
    has started.
    """

    data: Path
    url: str | None
    port: int
    name: str
    load: str | None = None
    lease: timedelta = timedelta(seconds=1)
    ready: Path | None = None


class Nobody:
    """A chat in which nobody sits."""

    name = "console"
    is_interactive = False

    def __init__(self) -> None:
        self.posts: list[tuple[str, Reply]] = []

    async def run(self, door: Door) -> int:
        return 0

    async def post(self, reply: Reply, *, key: str) -> None:
        self.posts.append((key, reply))


def clock() -> datetime:
    return datetime.now(UTC)


def context() -> ForkServerContext:
    """Return what starts workers in some milliseconds: each is a fork of a process that has imported everything."""
    forking = get_context("forkserver")
    forking.set_forkserver_preload(["pytest", "tests.delivery.worker", "governor.jobs", "integrations.mail"])
    return forking


def start(orders: Orders) -> ForkServerProcess:
    process = context().Process(target=work, args=(orders,), daemon=True)
    process.start()
    return process


def kill(process: ForkServerProcess) -> None:
    if process.pid is not None and process.is_alive():
        os.kill(process.pid, signal.SIGKILL)
    process.join()
    process.close()


def work(orders: Orders) -> None:
    """Work until a SIGTERM comes, and then stop in order."""
    logging.raiseExceptions = False
    over = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: over.set())
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    with open_hall(orders.data, orders.url, clock) as hall:
        smtp = Smtp(Server(host="127.0.0.1", port=orders.port, security=Security.NONE, timeout=20))
        calendar = MailCalendar(smtp, GROUP, phrase("start-mail-smtp", host="127.0.0.1"))
        outside = Outside(calendar=calendar, chat=Nobody(), retry=Retry(first=timedelta(seconds=0.1)))
        pace = Pace(poll=timedelta(seconds=0.1), lease=orders.lease, again=timedelta(seconds=0.1))
        engine = Engine(hall.record.database, hall.record.outbox, orders.name, pace, clock)
        engine.start(Delivery(hall.record, outside, clock), loop)
        if orders.ready is not None:
            orders.ready.touch()
        if orders.load is not None:
            threading.Thread(target=make_load, args=(hall, orders.load), daemon=True).start()
        while not over.wait(orders.lease.total_seconds() / 4):
            beat(engine)
        engine.stop()
        asyncio.run_coroutine_threadsafe(calendar.close(), loop).result(5)


def beat(engine: Engine) -> None:
    try:
        engine.beat()
    except Unavailable:
        time.sleep(0.05)


def make_load(hall: Hall, name: str) -> None:
    """Call, move, rename, shorten and cancel meetings; every fifth act fails at its end and must leave no trace."""
    chance = random.Random(name)  # noqa: S311
    invited = [hall.enrol(person, f"{person}@example.org") for person in PEOPLE]
    with hall.record.database.read() as connection:
        numbers = [meeting.number for meeting in meetings.coming(connection, datetime(2000, 1, 1, tzinfo=UTC), 10_000)]
    for at in itertools.count():
        number = chance.choice(numbers) if numbers and chance.random() < 0.6 else f"{name}-{at}"
        try:
            if at % 5 == 4:
                hall.call(f"{name}-{at}", invited, fails=True)
            elif number not in numbers:
                hall.call(number, chance.sample(invited, 3))
                numbers.append(number)
            else:
                alter(hall, number, f"{name} {at}", chance, invited)
        except (OutOfOrder, Unavailable):
            continue
        time.sleep(chance.uniform(0, 0.04))


def alter(hall: Hall, number: str, call: str, chance: random.Random, invited: Sequence[MemberId]) -> None:
    with hall.record.database.read() as connection:
        meeting = meetings.find(connection, number)
    if meeting is None or meeting.status is Status.CANCELLED:
        return
    kind = chance.randrange(6)
    if kind == 0:
        hall.cancel(number, call)
    elif kind == 1:
        hall.change(number, call, summary=f"Rapat {call}")
    elif kind == 2:
        people = tuple(attendee.member for attendee in meeting.attendees)
        hall.change(number, call, invited=people[:-1] if len(people) > 2 else tuple(invited))
    else:
        hall.change(number, call, later=timedelta(hours=1))
