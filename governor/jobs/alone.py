"""How are the effects of a record found that one process alone has open? Its own rows are the queue."""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from governor.jobs.pace import SET_RIGHT
from governor.store.database import Database
from governor.store.outbox import Outbox, State, Tracked

Work = Callable[[str, int | None], None]
"""Carries out the effect of that id, where it has failed so often and not been tried since (``Delivery``)."""

Hurry = Callable[[Work, str, int], None]
"""Has it done by the next free hand."""


class Alone:
    """The effects of one outbox: heard of when they are committed, found in their rows at the start and by a look.

    A timer tells when what waits is due; a look finds what another process queued, and what a machine that slept is
    late with. What two hands take does no harm: each takes its turn, and the second finds that it was tried.
    """

    def __init__(
        self, database: Database, outbox: Outbox, work: Work, hurry: Hurry, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._work = work
        self._hurry = hurry
        self._clock = clock
        self._in_hand: Counter[str] = Counter()
        self._changing = threading.Lock()

    def begin(self, loop: asyncio.AbstractEventLoop) -> None:
        """Have done, when it is due, what is queued and what is enqueued from now on; *loop* keeps the time.

        Where a clock has gone back since, what it put off is not due for long: all that is queued is done at once.

        Raises:
            Unavailable: the database cannot be used now.
        """

        def keep(effect_id: str, tries: int, delay: float) -> None:
            if delay <= 0:
                self._take(effect_id, tries)
            else:
                with suppress(RuntimeError):  # the loop is closed: the next start finds the effect
                    loop.call_soon_threadsafe(loop.call_later, delay, self._take, effect_id, tries)

        self._outbox.listen(keep)
        now = self._clock()
        with self._database.read() as connection:
            is_ahead = self._outbox.is_ahead(connection, now + SET_RIGHT)
        for tracked in self._queued():
            keep(tracked.id, tracked.tries, 0.0 if is_ahead else (tracked.due_at - now).total_seconds())

    def look(self) -> None:
        """Have done what is due and in no hand.

        Raises:
            Unavailable: the database cannot be used now.
        """
        now = self._clock()
        for tracked in self._queued():
            if tracked.due_at <= now and tracked.id not in self._in_hand:
                self._take(tracked.id, tracked.tries)

    def _queued(self) -> tuple[Tracked, ...]:
        with self._database.read() as connection:
            return self._outbox.in_state(connection, State.QUEUED)

    def _take(self, effect_id: str, tries: int) -> None:
        with self._changing:
            self._in_hand[effect_id] += 1
        self._hurry(self._do, effect_id, tries)

    def _do(self, effect_id: str, tries: int | None) -> None:
        try:
            self._work(effect_id, tries)
        finally:
            with self._changing:
                self._in_hand[effect_id] -= 1
                if not self._in_hand[effect_id]:
                    del self._in_hand[effect_id]
