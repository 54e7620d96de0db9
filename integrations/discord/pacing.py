"""How fast may one ask? A person cannot ask faster than this, and a loop can; one server leaves time for the others."""

import time
from collections import deque

from limits import RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.storage import MovingWindowSupport, Storage
from limits.strategies import MovingWindowRateLimiter

FASTEST = RateLimitItemPerSecond(20, 10)
"""How often one account may ask."""

FASTEST_HERE = RateLimitItemPerSecond(300, 10)
"""How often may be asked in one server: everybody may press a button there when a meeting is called."""

FASTEST_TYPING = RateLimitItemPerSecond(50, 10)
"""How many letters one account may type into an option."""

TOLD_SO = RateLimitItemPerMinute(1)
"""How often an account that writes faster is told so."""

_TIDY_AT = 10_000
"""Of how many keys all are looked through, to forget those that are over; then of twice as many as are left."""


class Moments(Storage, MovingWindowSupport):
    """The moments at which was asked, by key, in memory.

    That of the library starts a thread a hundred times a second, to look through all keys for what is over: it took as
    long as answering. Here each key is looked at when it is used, and all of them once there are many.
    """

    STORAGE_SCHEME = None

    def __init__(self) -> None:
        super().__init__()
        self._ends: dict[str, deque[float]] = {}
        self._tidy_at = _TIDY_AT

    @property
    def base_exceptions(self) -> type[Exception]:
        """Return what may go wrong: nothing that is foreseen."""
        return RuntimeError

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Return whether *amount* more fit under *limit* within *expiry* seconds; then they are noted."""
        if self.get(key) + amount > limit:
            return False
        self.incr(key, expiry, amount)
        return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """Return since when (``time.time``), and how many moments of *key* count now."""
        count = self.get(key)
        first = self._ends[key][0] - expiry - time.monotonic() if count else 0.0
        return time.time() + first, min(count, limit)

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Note *amount* moments of *key*, which count for *expiry* seconds; return how many count now."""
        if len(self._ends) >= self._tidy_at:
            self._ends = {one: ends for one, ends in self._ends.items() if self.get(one)}
            self._tidy_at = max(_TIDY_AT, 2 * len(self._ends))
        ends = self._ends.setdefault(key, deque())
        ends.extend([time.monotonic() + expiry] * amount)
        return len(ends)

    def get(self, key: str) -> int:
        """Return how many moments of *key* count now."""
        ends, now = self._ends.get(key, ()), time.monotonic()
        while ends and ends[0] <= now:
            ends.popleft()
        return len(ends)

    def get_expiry(self, key: str) -> float:
        """Return when (``time.time``) the last moment of *key* counts no more."""
        return time.time() + (self._ends[key][-1] - time.monotonic() if self.get(key) else 0.0)

    def check(self) -> bool:
        """Return that it can be used."""
        return True

    def reset(self) -> int:
        """Forget everything; return how many keys there were."""
        count = len(self._ends)
        self._ends.clear()
        return count

    def clear(self, key: str) -> None:
        """Forget *key*."""
        self._ends.pop(key, None)


class Pace:
    """Keeps count of who asks, and in which server. What one account asks too fast does not count for its server."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(Moments())

    def refused(self, user: int | str, place: str | None) -> str | None:
        """Return the key of what is said to *user*, who asks once more in the server *place*; ``None``: they may."""
        if not self._limiter.hit(FASTEST, "user", str(user)):
            return "too-fast"
        if place is not None and not self._limiter.hit(FASTEST_HERE, "place", place):
            return "too-fast-here"
        return None

    def may_type(self, user: int) -> bool:
        """Return whether *user*, who types on, is offered anything."""
        return self._limiter.hit(FASTEST_TYPING, "typing", str(user))

    def is_to_be_told(self, user: int) -> bool:
        """Return whether *user* is told that they write too fast: once in a while."""
        return self._limiter.hit(TOLD_SO, "told", str(user))
