"""How fast are effects carried out? Beside a bare loop that writes the same files."""

import asyncio
import statistics
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
from governor.services.delivery import Delivery
from governor.services.outside import Outside
from governor.store.outbox import State
from governor.wording.phrase import phrase
from integrations.mail.calendar import MailCalendar
from integrations.mail.folder import Folder
from tests.bench.figure import Figure
from tests.delivery.hall import Hall, open_hall
from tests.delivery.worker import GROUP, Nobody, clock
from tests.postgres import running

GUESTS = 10
"""How many are invited to each meeting."""


def figures(quick: bool) -> Iterator[Figure]:
    """Yield the figures of SQLite, then those of PostgreSQL."""
    yield from _on("SQLite", None, quick)
    with running() as server:
        yield from _on("PostgreSQL", server.url(server.create()), quick)


@contextmanager
def opened(url: str | None) -> "Iterator[Bench]":
    """Yield a hall to measure, on SQLite or on the PostgreSQL database at *url*."""
    with tempfile.TemporaryDirectory() as folder, open_hall(Path(folder) / "data", url, clock) as hall:
        if url is not None:
            DBOS.migrate(url)
        invited = [hall.enrol(f"Guest {at}", f"guest{at}@example.org") for at in range(GUESTS)]
        yield Bench(hall, invited, Path(folder))


def _on(name: str, url: str | None, quick: bool) -> Iterator[Figure]:
    with opened(url) as bench:
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


class Bench:
    """One hall, and a folder that its invitations are written to."""

    def __init__(self, hall: Hall, invited: list[MemberId], folder: Path) -> None:
        self._hall = hall
        self._invited = invited
        self._folder = folder
        self._calls = 0

    @contextmanager
    def at_work(self, mail: Mail | None = None) -> Iterator[None]:
        """Have the engine carry effects out, by *mail* or into the folder."""
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
        with self.at_work():
            began = time.perf_counter()
            self.send(meetings)
            return meetings * GUESTS / (time.perf_counter() - began)

    def backlog(self, meetings: int) -> float:
        """Return effects per second of what was committed while nobody worked."""
        for _ in range(meetings):
            self._call()
        with self.at_work():
            began, before = time.perf_counter(), self._hall.queued()
            _wait(lambda: not self._hall.queued())
            return before / (time.perf_counter() - began)

    def waits(self, acts: int) -> list[float]:
        """Return how many seconds after its commit the first effect of an act was noted as done."""
        waits = []
        with self.at_work():
            for _ in range(acts):
                number = self._call()
                began = time.perf_counter()
                _wait(lambda number=number: State.DONE in self._hall.states(number))  # type: ignore[misc]
                waits.append(time.perf_counter() - began)
                _wait(lambda: not self._hall.queued())
        return waits

    def send(self, meetings: int) -> None:
        """Call so many *meetings*, and wait until nothing is to be sent."""
        for _ in range(meetings):
            self._call()
        _wait(lambda: not self._hall.queued())

    def idle(self, seconds: float) -> float:
        """Return the share of one processor that the engine takes when there is nothing to do."""
        with self.at_work():
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


def _wait(happened: Callable[[], bool]) -> None:
    while not happened():
        time.sleep(0.002)
