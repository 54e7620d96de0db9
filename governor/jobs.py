"""What does the clock start? The engine that carries out effects.

The engine is DBOS Transact: durable, embedded, on SQLite and on PostgreSQL alike. An effect is a workflow of one step,
so a process that dies in it finds it again at its next start. It looks for work a few times a second; an effect that is
committed in this very process does not wait for that look: it is carried out at once, and its workflow, when it comes,
finds it done. Both take their turn (``Outbox.exclusive``), so nothing is done twice.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog
from dbos import DBOS, DBOSConfig

from governor.errors import Unavailable
from governor.services.delivery import Delivery, Send
from governor.store import leases
from governor.store.database import Database, Worker, told
from governor.store.outbox import Outbox, State
from governor.store.queue import QUEUE, VERSION, WORKFLOW, Json
from governor.store.unit_of_work import Record

log = structlog.get_logger(__name__)

_ATTEMPTS = 1_000_000
"""How often the engine may find a workflow unfinished: our own bound is ``Retry``, and a crash is not its fault."""

_SET_RIGHT = timedelta(seconds=5)
"""By so much may a clock go back between two beats without anybody noticing."""

_FINISHED = ["SUCCESS", "ERROR", "CANCELLED"]
"""What the engine calls a workflow that will not run again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How the engine works.

    ``concurrency``: effects at a time. ``poll``: how often it looks for those that nobody told it of (later tries, and
    what a crash left); ``claim``: how many of them it takes at a look. ``again``: how long it waits when the database
    itself cannot be used. ``grace``: how long an effect in hand may take when it is told to stop, before its call is
    broken off. ``lease``: how long a worker that does not renew its lease counts as alive. ``kept``: how long the
    engine's own rows of finished effects are kept.
    """

    concurrency: int = 8
    claim: int = 64
    poll: timedelta = timedelta(milliseconds=250)
    again: timedelta = timedelta(seconds=2)
    grace: timedelta = timedelta(seconds=1.5)
    lease: timedelta = timedelta(seconds=30)
    kept: timedelta = timedelta(days=30)


class _Interrupted(BaseException):
    """The engine stops: no ``Exception``, so that the workflow stays unfinished and is found at the next start."""


class Engine:
    """The durable engine of this process; there is one per process.

    It works on the record of the first organisation; those of others have no other worker that could take over, so
    their own rows of effects are all that is needed (``serve``).
    """

    def __init__(
        self, database: Database, outbox: Outbox, executor: str, pace: Pace, clock: Callable[[], datetime]
    ) -> None:
        """Prepare the engine under the name *executor*: no other that lives may have it."""
        self._outbox = outbox
        self._pace = pace
        self._database = database
        self._executor = executor
        self._clock = clock
        self._worker: Worker | None = None
        self._work: Callable[[str], None] = lambda _: None
        self._ahead: float | None = None
        self._turn = threading.Lock()
        self._stopping = threading.Event()
        self._in_hand = _InHand()
        self._hands = ThreadPoolExecutor(pace.concurrency, thread_name_prefix="effect")

    def start(self, delivery: Delivery, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to carry out effects with *delivery*, whose calls are made in *loop*. Call it from another thread.

        Raises:
            Unavailable: the database cannot be used now.
        """
        with self._turn:
            if self._stopping.is_set():
                return
            if not self._database.is_sqlite:
                self._renew()
            with told():
                self._launch(lambda effect_id: self._carry_out(delivery, effect_id, loop))

    def _launch(self, work: Callable[[str], None]) -> None:
        self._work = work
        logging.getLogger("dbos").setLevel(logging.CRITICAL)
        self._worker = self._database.engine_for_worker()
        config: DBOSConfig = {
            "name": "governor",
            "system_database_engine": self._worker,
            "application_version": VERSION,
            "executor_id": self._executor,
            "serializer": Json(),
            "use_listen_notify": False,
            "notification_listener_polling_interval_sec": 0.05,  # it only sleeps, but stopping waits for it
            "max_executor_threads": self._pace.concurrency + 4,  # the engine's own work needs some
            "log_level": "CRITICAL",
        }
        DBOS(config=config)
        step = DBOS.step(name="carry_out")(work)

        @DBOS.workflow(name=WORKFLOW, max_recovery_attempts=_ATTEMPTS)
        def run_effect(effect_id: str) -> None:
            step(effect_id)

        DBOS.launch()
        poll = self._pace.poll.total_seconds()
        DBOS.register_queue(QUEUE, worker_concurrency=self._pace.claim, polling_interval_sec=poll)
        self._outbox.listen(lambda effect_id: self._hurry(work, effect_id))
        with self._database.read() as connection:
            is_ahead = self._outbox.is_ahead(connection, self._clock() + _SET_RIGHT)
        if is_ahead:
            self._hurry_all()

    def serve(self, record: Record, delivery: Delivery, loop: asyncio.AbstractEventLoop) -> None:
        """Carry out the effects of one more *record*, which this process alone has open, by *delivery* in *loop*.

        What is queued there is found at once, and kept in mind from then on. Call it from another thread.

        Raises:
            Unavailable: its database cannot be used now.
        """

        def work(effect_id: str) -> None:
            self._carry_out(delivery, effect_id, loop)

        def keep(effect_id: str, delay: float) -> None:
            with suppress(RuntimeError):  # the loop is closed: the next start finds the effect
                loop.call_soon_threadsafe(loop.call_later, delay, self._hurry, work, effect_id)

        record.outbox.keep_time(keep)
        with record.database.read() as connection:
            waiting = record.outbox.in_state(connection, State.QUEUED)
        for tracked in waiting:
            keep(tracked.id, max(0.0, (tracked.due_at - self._clock()).total_seconds()))

    def beat(self) -> None:
        """Renew this worker's lease, take over what workers without one have left unfinished, and watch the clock.

        Call it several times per lease. On SQLite there is one worker at a time, which finds its own work again when it
        starts. One that was only paused does no harm: its effects are in their turns, or done, or outdated.

        Raises:
            Unavailable: the database cannot be used now.
        """
        if self._stopping.is_set():
            return
        if self._clock_went_back():
            self._hurry_all()
        if self._database.is_sqlite:
            return
        alive = self._renew()
        with told():
            unfinished = DBOS.list_workflows(status="PENDING", queue_name=QUEUE, load_input=False, load_output=False)
            left = [one.workflow_id for one in unfinished if one.executor_id not in alive]
            if left:
                log.info("taking over what another worker left", count=len(left))
                DBOS.resume_workflows(left, queue_name=QUEUE)

    def tidy(self) -> None:
        """Forget what the engine keeps of effects finished long ago; our own row of each effect stays.

        Raises:
            Unavailable: the database cannot be used now.
        """
        until = (self._clock() - self._pace.kept).isoformat()
        with told():
            while not self._stopping.is_set():
                old = DBOS.list_workflows(
                    status=_FINISHED, queue_name=QUEUE, end_time=until, limit=500, load_input=False, load_output=False
                )
                if not old:
                    return
                DBOS.delete_workflows([one.workflow_id for one in old])

    def _renew(self) -> frozenset[str]:
        at = self._clock()
        with self._database.write() as connection:
            return leases.renew(connection, self._executor, at=at, expired=at - self._pace.lease)

    def _clock_went_back(self) -> bool:
        """Return whether the clock has gone back since the last look, by more than clocks are set right by."""
        before, self._ahead = self._ahead, self._clock().timestamp() - time.monotonic()
        return before is not None and self._ahead < before - _SET_RIGHT.total_seconds()

    def _hurry_all(self) -> None:
        """Try whatever is queued now: it was to be tried again at times that are far off by a clock that went back."""
        with self._database.read() as connection:
            waiting = self._outbox.in_state(connection, State.QUEUED)
        log.warning("the clock went back; what waits is tried again now", count=len(waiting))
        for tracked in waiting:
            self._hurry(self._work, tracked.id)

    def _hurry(self, work: Callable[[str], None], effect_id: str) -> None:
        with suppress(RuntimeError):  # it stops: the next start finds the effect
            self._hands.submit(work, effect_id)

    def _carry_out(self, delivery: Delivery, effect_id: str, loop: asyncio.AbstractEventLoop) -> None:
        """Carry the effect out, however long the database cannot be used; what the rules foresee ends well."""

        act = partial(delivery.carry_out, effect_id, partial(self._in_hand.call, loop))
        with self._in_hand:
            while not self._stopping.is_set():
                try:
                    return act()
                except Unavailable as error:
                    log.warning("a delivery waits for the database", effect=effect_id, reason=str(error))
                except Exception:  # the edge: a bug is logged with its trace, and people see what it has stopped
                    log.exception("a bug", effect=effect_id)
                    act = partial(delivery.bury, effect_id)
                self._stopping.wait(self._pace.again.total_seconds())
        raise _Interrupted

    def stop(self) -> None:
        """Let what is in hand end, within the grace; what was not begun is found again at the next start."""
        self._outbox.listen(None)
        self._stopping.set()
        with self._turn:
            self._hands.shutdown(wait=False, cancel_futures=True)
            self._in_hand.end(self._pace.grace.total_seconds())
            DBOS.destroy(destroy_registry=True)
            _join("dbos-executor-", self._pace.grace.total_seconds() / 2)
            if self._worker is not None:
                self._worker.dispose()
        if not self._database.is_sqlite:
            with suppress(Unavailable), self._database.write() as connection:  # else it expires
                leases.end(connection, self._executor)


def _join(prefix: str, seconds: float) -> None:
    """Wait at most *seconds* for the threads of that name: the engine leaves its own while they note what was done."""
    until = time.monotonic() + seconds
    for thread in threading.enumerate():
        if thread.name.startswith(prefix):
            thread.join(max(0.0, until - time.monotonic()))


class _InHand:
    """The effects that are being carried out now, and the calls that they wait for."""

    def __init__(self) -> None:
        self._count = 0
        self._changed = threading.Condition()
        self._calls: set[Future[str]] = set()
        self._is_over = False

    def __enter__(self) -> None:
        with self._changed:
            self._count += 1

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._count -= 1
            self._changed.notify_all()

    def call(self, loop: asyncio.AbstractEventLoop, send: Send) -> str:
        """Make the call *send* in *loop* and wait for it."""
        with self._changed:
            if self._is_over or loop.is_closed():
                send.close()
                raise _Interrupted
            call = asyncio.run_coroutine_threadsafe(send, loop)
            self._calls.add(call)
        try:
            return call.result()
        except CancelledError:
            raise _Interrupted from None
        finally:
            with self._changed:
                self._calls.discard(call)

    def end(self, seconds: float) -> None:
        """Wait until nothing is in hand; break calls off after that many *seconds*, and wait half as long again."""
        with self._changed:
            if not self._changed.wait_for(lambda: not self._count, seconds):
                self._is_over = True
                for call in self._calls:
                    call.cancel()
                self._changed.wait_for(lambda: not self._count, seconds / 2)
