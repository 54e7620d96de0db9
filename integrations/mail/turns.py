"""When may one more message be sent, where a provider bounds how many?"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Final

from governor.errors import Unavailable

MINUTE: Final = 60.0
DAY: Final = 86_400.0
_SHORT = 1.0  # seconds; so long it is waited for, longer waits are for whoever asks


class Turns:
    """At most *per_minute* messages in any minute, and *per_day* in any 24 hours; ``None`` is no bound.

    Whoever must wait long is told how long, and then finds the turn kept: nobody who comes later is faster.
    """

    def __init__(
        self, per_minute: int | None, per_day: int | None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._bounds = [(count, span) for count, span in ((per_minute, MINUTE), (per_day, DAY)) if count is not None]
        self._clock = clock
        self._given: deque[float] = deque(maxlen=max((count for count, _ in self._bounds), default=1))
        self._kept: dict[bytes, float] = {}

    async def await_turn(self, message: bytes) -> None:
        """Return when *message* may be sent.

        Raises:
            Unavailable: that is not soon (``mail-limit-reached``, told ``after`` how long).
        """
        if not self._bounds:
            return
        key, now = sha256(message).digest(), self._clock()
        at = self._kept.get(key)
        if at is None:
            at = max([now, *self._earliest()])
            self._given.append(at)
            self._kept[key] = at
        wait = at - now
        if wait > _SHORT:
            raise Unavailable(
                "mail-limit-reached", after=timedelta(seconds=wait), wait=timedelta(minutes=wait // 60 + 1)
            )
        await asyncio.sleep(max(0.0, wait))
        del self._kept[key]

    def _earliest(self) -> list[float]:
        """Return until when each bound has the next one wait; nobody is before who asked earlier."""
        last = [self._given[-1]] if self._given else []
        return [*last, *(self._given[-count] + span for count, span in self._bounds if len(self._given) >= count)]
