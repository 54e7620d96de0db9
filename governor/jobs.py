"""What does the clock start? The engine that carries out effects, and the work that comes round again.

The engine is DBOS Transact: durable, embedded, on SQLite and on PostgreSQL alike. An effect is a workflow of one step,
so a process that dies in it finds it again at its next start.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import CancelledError
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from dbos import DBOS, DBOSConfig

from governor.errors import GovernorError, Unavailable
from governor.services.delivery import Delivery, Send
from governor.store.database import Database
from governor.store.outbox import QUEUE, VERSION, WORKFLOW, Json, Outbox

log = structlog.get_logger(__name__)

_ATTEMPTS = 1_000_000
"""How often the engine may find a workflow unfinished: our own bound is ``Retry``, and a crash is not its fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How the engine works: how many effects at a time, and how often it looks for new ones."""

    concurrency: int = 8
    poll: timedelta = timedelta(milliseconds=150)


class Engine:
    """The durable engine of this process; there is one per process."""

    def __init__(self, database: Database, executor: str, pace: Pace) -> None:
        """Prepare the engine under the name *executor*, by which it finds its own work again after a crash."""
        logging.getLogger("dbos").setLevel(logging.CRITICAL)
        self._pace = pace
        self._worker = database.engine_for_worker()
        config: DBOSConfig = {
            "name": "governor",
            "system_database_engine": self._worker,
            "application_version": VERSION,
            "executor_id": executor,
            "serializer": Json(),
            "use_listen_notify": False,
            "notification_listener_polling_interval_sec": 1.0,
            "max_executor_threads": pace.concurrency * 2 + 8,
            "log_level": "CRITICAL",
        }
        DBOS(config=config)

    def start(self, delivery: Delivery, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to carry out effects with *delivery*, whose calls are made in *loop*. Call it from another thread."""

        def call(send: Send) -> str:
            try:
                return asyncio.run_coroutine_threadsafe(send, loop).result()
            except CancelledError:
                raise Unavailable("stopping") from None

        @DBOS.step(name="carry_out")
        def carry_out(effect_id: str) -> None:
            delivery.carry_out(effect_id, call)

        @DBOS.workflow(name=WORKFLOW, max_recovery_attempts=_ATTEMPTS)
        def run_effect(effect_id: str) -> None:
            carry_out(effect_id)

        DBOS.launch()
        DBOS.register_queue(
            QUEUE,
            worker_concurrency=self._pace.concurrency,
            polling_interval_sec=self._pace.poll.total_seconds(),
        )

    def stop(self) -> None:
        """Stop at once: what was under way is found again at the next start."""
        DBOS.destroy(destroy_registry=True)
        self._worker.dispose()


async def wait_until_idle(outbox: Outbox, database: Database, clock: Callable[[], datetime]) -> None:
    """Return once no effect is due: all are done, dead, or wait for a later try."""

    def due() -> int:
        with database.read() as connection:
            return outbox.due(connection, clock())

    while await asyncio.to_thread(due):
        await asyncio.sleep(0.05)


async def every(period: timedelta, work: Callable[[], object]) -> None:
    """Do *work* in a thread, again and again, *period* after it last ended; a failure is logged and tried again."""
    while True:
        try:
            await asyncio.to_thread(work)
        except GovernorError as error:
            log.warning("periodic work failed", reason=str(error))
        await asyncio.sleep(period.total_seconds())
