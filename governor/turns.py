"""In which order are calls answered? Those of one place one after the other, those of others meanwhile."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from typing import TypeVar

from governor.ports import Call
from governor.store.thinking import NotAtOnce, at_once, thinking

T = TypeVar("T")

_AT_ONCE = 8
"""How many places are answered at once: while one waits for its disk, another is read."""

_SLOW = 0.01
"""How many seconds of waiting make the loop careful, on an average of ``_RECENT`` calls: a disk that takes so long."""

_RECENT = 16

_CAREFUL = 10.0
"""For how many seconds the loop does nothing itself then."""


def place_of(call: Call) -> str:
    """Return what keeps the order of *call*: its place, or, where there is none, who speaks."""
    return f"{call.account.platform}:{call.account.id}" if call.place is None else f"in:{call.place}"


class Turns:
    """Loop and threads in which calls are answered. What holds up one place, such as its database, holds up no other.

    Where they are *alone* one thinks at a time (``store.thinking``): on SQLite, which waits for a disk or a lock alone.
    There the loop itself does what is brief, unless the disk is slow: to wake a thread takes as long as a short answer.
    """

    def __init__(self, *, alone: bool) -> None:
        self._thinking = thinking if alone else nullcontext
        self._careful_until = 0.0 if alone else float("inf")
        self._waits = 0.0
        self._pool = ThreadPoolExecutor(max_workers=_AT_ONCE, thread_name_prefix="dispatch")
        self._locks: dict[str, asyncio.Lock] = {}
        self._wanted: Counter[str] = Counter()

    async def take(self, place: str, work: Callable[[], T]) -> T:
        """Return what *work* returns, done after all that was asked for in *place* before."""
        lock = self._locks.setdefault(place, asyncio.Lock())
        self._wanted[place] += 1
        try:
            async with lock:
                return await self._done(work)
        finally:
            self._wanted[place] -= 1
            if not self._wanted[place]:
                del self._wanted[place], self._locks[place]

    def close(self) -> None:
        """Return once all that was begun is done."""
        self._pool.shutdown()

    async def _done(self, work: Callable[[], T]) -> T:
        begun, busy = time.monotonic(), time.thread_time()
        if begun >= self._careful_until:
            try:
                with at_once():
                    return work()
            except NotAtOnce:
                pass
            finally:
                self._note(waited=time.monotonic() - begun - (time.thread_time() - busy))
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._think, work)

    def _note(self, waited: float) -> None:
        """Have the loop be careful where it waits for long, not for once but mostly; some time later it tries again."""
        self._waits += (waited - self._waits) / _RECENT
        if self._waits > _SLOW:
            self._careful_until, self._waits = time.monotonic() + _CAREFUL, 0.0

    def _think(self, work: Callable[[], T]) -> T:
        with self._thinking():
            return work()
