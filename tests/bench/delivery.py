"""How fast are effects carried out, and how much memory do they take? Beside a bare loop that writes the same files."""

import asyncio
import gc
import resource
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dbos import DBOS

from governor.domain.members import MemberId
from governor.jobs import Engine, Pace
from governor.ports import Mail
from governor.services.delivery import Delivery, Outside
from governor.store.outbox import State
from governor.wording.phrase import phrase
from integrations.mail import Folder, MailCalendar, Smtp
from tests.bench.figure import Figure
from tests.bench.mail import sink
from tests.delivery.hall import Hall, open_hall
from tests.delivery.worker import GROUP, Nobody, clock
from tests.postgres import running

_GUESTS = 10
_FLAT = 8  # MiB: less than 1 KiB a message, and as much as the caches that fill up
_HELD = 1  # less than one object a message: what grows beyond that is what malloc keeps in pieces between its threads


def figures(quick: bool) -> Iterator[Figure]:
    """Yield the figures of SQLite, then those of PostgreSQL, and what memory a long run of mail takes."""
    yield from _on("SQLite", None, quick)
    with running() as server:
        yield from _on("PostgreSQL", server.url(server.create()), quick)
    with _bench(None) as bench, sink() as server:
        count = 1_000 if quick else 10_000
        octets, blocks = bench.growth(count, Smtp(server))
        name, bound = f"memory grown over {count} mails of the outbox", None if quick else _HELD
        yield Figure(name=name, value=octets / 2**20, unit="MiB", at_most=_FLAT)
        yield Figure(name=f"{name}, what Python holds", value=blocks / count, unit="blocks a mail", at_most=bound)


@contextmanager
def _bench(url: str | None) -> "Iterator[_Bench]":
    with tempfile.TemporaryDirectory() as folder, open_hall(Path(folder) / "data", url, clock) as hall:
        DBOS.migrate(hall.record.database.url.render_as_string(hide_password=False))
        invited = [hall.enrol(f"Guest {at}", f"guest{at}@example.org") for at in range(_GUESTS)]
        yield _Bench(hall, invited, Path(folder))


def _on(name: str, url: str | None, quick: bool) -> Iterator[Figure]:
    with _bench(url) as bench:
        meetings = 20 if quick else 100
        fast = bench.live(meetings)
        bare = bench.bare()
        yield _speed(f"effects of new acts, {name}", fast, bare)
        yield _speed(f"effects that waited, {name}", bench.backlog(meetings), bare)
        waits = sorted(bench.waits(20 if quick else 200))
        yield Figure(name=f"commit to done, p50, {name}", value=statistics.median(waits) * 1e3, unit="ms")
        yield Figure(name=f"commit to done, p95, {name}", value=waits[int(len(waits) * 0.95)] * 1e3, unit="ms")
        yield Figure(name=f"CPU while idle, {name}", value=bench.idle(2 if quick else 10) * 100, unit="%")


def _speed(name: str, value: float, bare: float) -> Figure:
    return Figure(name=name, value=value, unit="per s", reference=bare, ratio=value / bare)


class _Bench:
    """One hall, and a folder that its invitations are written to."""

    def __init__(self, hall: Hall, invited: list[MemberId], folder: Path) -> None:
        self._hall = hall
        self._invited = invited
        self._folder = folder
        self._calls = 0

    @contextmanager
    def _at_work(self, mail: Mail | None = None) -> Iterator[None]:
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever)
        thread.start()
        record = self._hall.record
        calendar = MailCalendar(mail or Folder(self._folder / "mail"), GROUP, phrase("start-help"))
        engine = Engine(record.database, record.outbox, "bench", Pace(), clock)
        engine.start(Delivery(record, Outside(calendars=(calendar,), chat=Nobody()), clock), loop)
        time.sleep(1.2)  # the engine needs a second to find a new queue
        try:
            yield
        finally:
            engine.stop()
            asyncio.run_coroutine_threadsafe(calendar.close(), loop).result()
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()

    def _call(self) -> str:
        self._calls += 1
        number = f"b-{self._calls}"
        self._hall.call(number, self._invited)
        return number

    def live(self, meetings: int) -> float:
        """Return effects per second from the first act to the last effect."""
        with self._at_work():
            began = time.perf_counter()
            for _ in range(meetings):
                self._call()
            _wait(lambda: not self._hall.queued())
            return meetings * _GUESTS / (time.perf_counter() - began)

    def backlog(self, meetings: int) -> float:
        """Return effects per second of what was committed while nobody worked."""
        for _ in range(meetings):
            self._call()
        with self._at_work():
            began, before = time.perf_counter(), self._hall.queued()
            _wait(lambda: not self._hall.queued())
            return before / (time.perf_counter() - began)

    def waits(self, acts: int) -> list[float]:
        """Return how many seconds after its commit the first effect of an act was noted as done."""
        waits = []
        with self._at_work():
            for _ in range(acts):
                number = self._call()
                began = time.perf_counter()
                _wait(lambda number=number: State.DONE in self._hall.states(number))  # type: ignore[misc]
                waits.append(time.perf_counter() - began)
                _wait(lambda: not self._hall.queued())
        return waits

    def growth(self, count: int, mail: Mail) -> tuple[int, int]:
        """Return how much more this process holds after *count* messages than after a fifth of them.

        In octets as the system counts them, and in blocks of memory that Python's objects are in.
        """
        calls, before = count // _GUESTS, (0, 0)
        with self._at_work(mail):
            for at in range(calls):
                self._call()
                if at % 10 == 9:  # nobody calls more meetings at once
                    _wait(lambda: not self._hall.queued())
                before = _held() if at == calls // 5 else before
            _wait(lambda: not self._hall.queued())
            after = _held()
            return after[0] - before[0], after[1] - before[1]

    def idle(self, seconds: float) -> float:
        """Return the share of one processor that the engine takes when there is nothing to do."""
        with self._at_work():
            began = time.process_time()
            time.sleep(seconds)
            return (time.process_time() - began) / seconds

    def bare(self) -> float:
        """Return how many of the same messages per second a loop writes that does nothing else."""
        messages = [path.read_bytes() for path in sorted((self._folder / "mail").glob("*.eml"))]
        folder = Folder(self._folder / "bare")

        async def write() -> None:
            for message in messages:
                await folder.send(message, sender=GROUP.address, recipient="guest@example.org")

        began = time.perf_counter()
        asyncio.run(write())
        return len(messages) / (time.perf_counter() - began)


def _memory() -> int:
    """Return the octets that this process holds in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def _held() -> tuple[int, int]:
    """Return what this process holds, in octets and in blocks of what is no garbage."""
    gc.collect()
    return _memory(), sys.getallocatedblocks()


def _wait(happened: Callable[[], bool]) -> None:
    while not happened():
        time.sleep(0.002)
