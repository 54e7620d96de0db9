"""How fast may one ask? A person cannot ask faster than this, and a loop can; one server leaves time for the others."""

import time
from collections import deque

from governor.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How many moments (``amount``) may fall within any so many ``seconds``."""

    amount: int
    seconds: float


FASTEST = Limit(amount=20, seconds=10)
"""How often one account may ask."""

FASTEST_HERE = Limit(amount=300, seconds=10)
"""How often may be asked in one server: everybody may press a button there when a meeting is called."""

FASTEST_TYPING = Limit(amount=50, seconds=10)
"""How many letters one account may type into an option."""

TOLD_SO = Limit(amount=1, seconds=60)
"""How often an account that writes faster is told so."""

_TIDY_AT = 10_000
"""Of how many keys all are looked through, to forget those that are over; then of twice as many as are left."""


class Moments:
    """The moments at which was asked, by key, in memory.

    Each key is looked at when it is used, and all of them once there are many.
    """

    def __init__(self) -> None:
        self._ends: dict[tuple[str, ...], deque[float]] = {}
        self._tidy_at = _TIDY_AT

    def __len__(self) -> int:
        """Return how many keys are kept."""
        return len(self._ends)

    def take(self, limit: Limit, *key: str) -> bool:
        """Return whether one more of *key* fits under *limit*; then it is noted."""
        if self.count(*key) >= limit.amount:
            return False
        if len(self._ends) >= self._tidy_at:
            self._ends = {one: ends for one, ends in self._ends.items() if self.count(*one)}
            self._tidy_at = max(_TIDY_AT, 2 * len(self._ends))
        self._ends.setdefault(key, deque()).append(time.monotonic() + limit.seconds)
        return True

    def count(self, *key: str) -> int:
        """Return how many moments of *key* count now."""
        ends, now = self._ends.get(key, ()), time.monotonic()
        while ends and ends[0] <= now:
            ends.popleft()
        return len(ends)


class Pace:
    """Keeps count of who asks, and in which server. What one account asks too fast does not count for its server."""

    def __init__(self) -> None:
        self._moments = Moments()

    def refused(self, user: int | str, place: str | None) -> str | None:
        """Return the key of what is said to *user*, who asks once more in the server *place*; ``None``: they may."""
        if not self._moments.take(FASTEST, "user", str(user)):
            return "too-fast"
        if place is not None and not self._moments.take(FASTEST_HERE, "place", place):
            return "too-fast-here"
        return None

    def may_type(self, user: int) -> bool:
        """Return whether *user*, who types on, is offered anything."""
        return self._moments.take(FASTEST_TYPING, "typing", str(user))

    def is_to_be_told(self, user: int) -> bool:
        """Return whether *user* is told that they write too fast: once in a while."""
        return self._moments.take(TOLD_SO, "told", str(user))
