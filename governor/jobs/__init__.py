"""What does the engine of effects carry out, and how does it stop?

What is committed in this very process is carried out at once. What nobody told it of is found by ``alone`` in a SQLite
file, which one process has open, and by ``shared`` in a PostgreSQL, which several may work on.
"""

import asyncio
import logging
import threading
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from governor.errors import Unavailable
from governor.jobs.alone import Alone, Work
from governor.jobs.hands import InHand, Interrupted
from governor.jobs.pace import Pace as Pace
from governor.services.delivery import Delivery
from governor.store.database import Database
from governor.store.outbox import Outbox, kind_of
from governor.store.unit_of_work import Record

if TYPE_CHECKING:
    from governor.jobs.shared import Shared

log = logging.getLogger(__name__)


class Engine:
    """The engine of this process; there is one per process.

    It works on the record of the first organisation, and on those of others (``serve``), which no other process has
    open. Each kind of effect has hands of its own: where all of one wait for a server that hangs, no other waits.
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
        self._alone: Alone | None = None
        self._shared: Shared | None = None
        self._turn = threading.Lock()
        self._stopping = threading.Event()
        self._in_hand = InHand()
        hire = partial(ThreadPoolExecutor, pace.concurrency, thread_name_prefix="effect")
        self._hands = defaultdict[str, ThreadPoolExecutor](hire)
        self._hiring = threading.Lock()

    def start(self, delivery: Delivery, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to carry out effects with *delivery*, whose calls are made in *loop*. Call it from another thread.

        Raises:
            Unavailable: the database cannot be used now.
        """
        with self._turn:
            if self._stopping.is_set():
                return
            work = partial(self._carry_out, delivery, loop)
            if self._database.is_sqlite:
                self._alone = self._attend(self._database, self._outbox, work, loop)
                return
            from governor.jobs.shared import Shared  # heavy, and needed with PostgreSQL alone

            self._shared = Shared(self._database, self._outbox, self._executor, self._pace, self._clock)
            self._shared.begin(work, self._hurry)

    def serve(self, record: Record, delivery: Delivery, loop: asyncio.AbstractEventLoop) -> None:
        """Carry out the effects of one more *record*, which this process alone has open, by *delivery* in *loop*.

        What is queued there is found at once, and kept in mind from then on. Call it from another thread.

        Raises:
            Unavailable: its database cannot be used now.
        """
        self._attend(record.database, record.outbox, partial(self._carry_out, delivery, loop), loop)

    def _attend(self, database: Database, outbox: Outbox, work: Work, loop: asyncio.AbstractEventLoop) -> Alone:
        alone = Alone(database, outbox, work, self._hurry, self._clock)
        alone.begin(loop)
        return alone

    def beat(self) -> None:
        """Find what nobody told this process of: call it several times per lease (``Pace``).

        Raises:
            Unavailable: the database cannot be used now.
        """
        if self._stopping.is_set():
            return
        if self._alone is not None:
            self._alone.look()
        if self._shared is not None:
            self._shared.beat()

    def tidy(self) -> None:
        """Forget what the durable queue keeps of effects finished long ago; our own row of each effect stays.

        Raises:
            Unavailable: the database cannot be used now.
        """
        if self._shared is not None:
            self._shared.tidy(self._stopping.is_set)

    def _hurry(self, work: Work, effect_id: str, tries: int) -> None:
        with self._hiring:
            if not self._stopping.is_set():  # else the next start finds the effect
                self._hands[kind_of(effect_id)].submit(work, effect_id, tries)

    def _carry_out(
        self, delivery: Delivery, loop: asyncio.AbstractEventLoop, effect_id: str, tries: int | None
    ) -> None:
        """Carry the effect out, however long the database cannot be used; what the rules foresee ends well."""

        act = partial(delivery.carry_out, effect_id, partial(self._in_hand.call, loop), tries)
        with self._in_hand:
            while not self._stopping.is_set():
                try:
                    return act()
                except Unavailable as error:
                    log.warning("a delivery waits for the database", extra={"effect": effect_id, "reason": str(error)})
                except Exception:  # the edge: a bug is logged with its trace, and people see what it has stopped
                    log.exception("a bug", extra={"effect": effect_id})
                    act = partial(delivery.bury, effect_id)
                self._stopping.wait(self._pace.again.total_seconds())
        raise Interrupted

    def stop(self) -> None:
        """Let what is in hand end, within the grace; what was not begun is found again at the next start."""
        self._outbox.listen(None)
        self._stopping.set()
        with self._turn:
            with self._hiring:
                for hands in self._hands.values():
                    hands.shutdown(wait=False, cancel_futures=True)
            self._in_hand.end(self._pace.grace.total_seconds())
            if self._shared is not None:
                self._shared.end()
