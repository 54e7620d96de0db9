"""How fast may one ask? A person cannot ask faster than this, and a loop can; one server leaves time for the others."""

from limits import RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

FASTEST = RateLimitItemPerSecond(20, 10)
"""How often one account may ask."""

FASTEST_HERE = RateLimitItemPerSecond(300, 10)
"""How often may be asked in one server: everybody may press a button there when a meeting is called."""

FASTEST_TYPING = RateLimitItemPerSecond(50, 10)
"""How many letters one account may type into an option."""

TOLD_SO = RateLimitItemPerMinute(1)
"""How often an account that writes faster is told so."""


class Pace:
    """Keeps count of who asks, and in which server. What one account asks too fast does not count for its server."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

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
