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

_SLOW = 0.05
"""How many seconds make the loop careful: for a disk that takes so long to write it is better not to wait."""

_CAREFUL = 20
"""For how many times as long the loop does nothing itself then: who is slow has no more than a part of its time."""


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
        begun = time.monotonic()
        if begun >= self._careful_until:
            try:
                with at_once():
                    return work()
            except NotAtOnce:
                pass
            finally:
                took = time.monotonic() - begun
                if took > _SLOW:
                    self._careful_until = begun + _CAREFUL * took
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._think, work)

    def _think(self, work: Callable[[], T]) -> T:
        with self._thinking():
            return work()
