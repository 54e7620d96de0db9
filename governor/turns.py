"""In which order are calls answered? Those of one place one after the other, those of others meanwhile."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TypeVar

from governor.ports import Call

T = TypeVar("T")

_AT_ONCE = 8
"""How many places are answered at once: while one waits for its disk, another is read."""


def place_of(call: Call) -> str:
    """Return what keeps the order of *call*: its place, or, where there is none, who speaks."""
    return f"{call.account.platform}:{call.account.id}" if call.place is None else f"in:{call.place}"


class Turns:
    """Threads in which calls are answered. What holds up one place, such as its database, holds up no other."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=_AT_ONCE, thread_name_prefix="dispatch")
        self._locks: dict[str, asyncio.Lock] = {}
        self._wanted: Counter[str] = Counter()

    async def take(self, place: str, work: Callable[[], T]) -> T:
        """Return what *work* returns, done after all that was asked for in *place* before."""
        async with self._turn(place):
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    def close(self) -> None:
        """Return once all that was begun is done."""
        self._pool.shutdown()

    @asynccontextmanager
    async def _turn(self, place: str) -> AsyncIterator[None]:
        lock = self._locks.setdefault(place, asyncio.Lock())
        self._wanted[place] += 1
        try:
            async with lock:
                yield
        finally:
            self._wanted[place] -= 1
            if not self._wanted[place]:
                del self._wanted[place], self._locks[place]
