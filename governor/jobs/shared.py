"""How do several processes share the effects of one PostgreSQL? By a durable queue (DBOS) and by leases.

The durable engine finds what nobody has told it of: later tries, and what a crash left. What is committed in this very
process does not wait for that look: it is carried out at once, and its workflow, when it comes, finds that it was
tried. Both take their turn (``Outbox.exclusive``), so nothing is done twice.
"""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from dbos import DBOS, DBOSConfig

from governor.errors import Unavailable
from governor.jobs.alone import Hurry, Work
from governor.jobs.pace import SET_RIGHT, Pace
from governor.store import leases
from governor.store.database import Database, Worker, told
from governor.store.outbox import Outbox, State
from governor.store.queue import QUEUE, VERSION, WORKFLOW, Json

log = logging.getLogger(__name__)

_ATTEMPTS = 1_000_000
"""How often the engine may find a workflow unfinished: our own bound is ``Retry``, and a crash is not its fault."""

_FINISHED = ["SUCCESS", "ERROR", "CANCELLED"]
"""What the engine calls a workflow that will not run again."""


class Shared:
    """The part of the worker *executor* in the effects of one outbox; no other that lives may have its name."""

    def __init__(
        self, database: Database, outbox: Outbox, executor: str, pace: Pace, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._executor = executor
        self._pace = pace
        self._clock = clock
        self._worker: Worker | None = None
        self._all_now: Callable[[], None] = lambda: None
        self._ahead: float | None = None

    def begin(self, work: Work, hurry: Hurry) -> None:
        """Begin to have effects carried out by *work*.

        Raises:
            Unavailable: the database cannot be used now.
        """
        self._renew()
        self._all_now = lambda: self._hurry_all(work, hurry)
        with told():
            self._launch(work)
            self._outbox.listen(lambda effect_id, tries, _: hurry(work, effect_id, tries))
            with self._database.read() as connection:
                is_ahead = self._outbox.is_ahead(connection, self._clock() + SET_RIGHT)
            if is_ahead:
                self._all_now()

    def _launch(self, work: Work) -> None:
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

        @DBOS.step(name="carry_out")
        def step(effect_id: str, tries: int | None) -> None:
            work(effect_id, tries)

        @DBOS.workflow(name=WORKFLOW, max_recovery_attempts=_ATTEMPTS)
        def run_effect(effect_id: str, tries: int | None = None) -> None:  # what an earlier release queued names none
            step(effect_id, tries)

        DBOS.launch()
        poll = self._pace.poll.total_seconds()
        DBOS.register_queue(QUEUE, worker_concurrency=self._pace.claim, polling_interval_sec=poll)

    def beat(self) -> None:
        """Renew this worker's lease, take over what workers without one have left unfinished, and watch the clock.

        Call it several times per lease. One that was only paused does no harm: its effects are in their turns, or done,
        or outdated.

        Raises:
            Unavailable: the database cannot be used now.
        """
        if self._clock_went_back():
            self._all_now()
        alive = self._renew()
        with told():
            unfinished = DBOS.list_workflows(status="PENDING", queue_name=QUEUE, load_input=False, load_output=False)
            left = [one.workflow_id for one in unfinished if one.executor_id not in alive]
            if left:
                log.info("taking over what another worker left", extra={"count": len(left)})
                DBOS.resume_workflows(left, queue_name=QUEUE)

    def tidy(self, is_over: Callable[[], bool]) -> None:
        """Forget what the engine keeps of effects finished long ago, until *is_over*; our own row of each stays.

        Raises:
            Unavailable: the database cannot be used now.
        """
        until = (self._clock() - self._pace.kept).isoformat()
        with told():
            while not is_over():
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
        return before is not None and self._ahead < before - SET_RIGHT.total_seconds()

    def _hurry_all(self, work: Work, hurry: Hurry) -> None:
        """Try whatever is queued now: it was to be tried again at times that are far off by a clock that went back."""
        with self._database.read() as connection:
            waiting = self._outbox.in_state(connection, State.QUEUED)
        log.warning("the clock went back; what waits is tried again now", extra={"count": len(waiting)})
        for tracked in waiting:
            hurry(work, tracked.id, tracked.tries)

    def end(self) -> None:
        """Stop looking for effects, and let others take over what was not begun."""
        DBOS.destroy(destroy_registry=True)
        _join("dbos-executor-", self._pace.grace.total_seconds() / 2)
        if self._worker is not None:
            self._worker.dispose()
        with suppress(Unavailable), self._database.write() as connection:  # else it expires
            leases.end(connection, self._executor)


def _join(prefix: str, seconds: float) -> None:
    """Wait at most *seconds* for the threads of that name: the engine leaves its own while they note what was done."""
    until = time.monotonic() + seconds
    for thread in threading.enumerate():
        if thread.name.startswith(prefix):
            thread.join(max(0.0, until - time.monotonic()))
