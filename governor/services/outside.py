"""Through which ports do effects go, and how often are they tried?"""

from collections.abc import Callable, Sequence
from dataclasses import field
from datetime import timedelta

from governor.ports import Calendar, Chat
from governor.services.ways import PATIENCE
from governor.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """How often and how soon an unavailable service is tried again: growing, and bounded."""

    first: timedelta = timedelta(seconds=5)
    factor: int = 3
    longest: timedelta = timedelta(hours=1)
    tries: int = 72

    def delay(self, tries: int) -> timedelta | None:
        """Return how long to wait after *tries* failures (from 1); ``None``: give up."""
        if tries >= self.tries:
            return None
        return min(self.first * int(self.factor ** min(tries - 1, 20)), self.longest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """The ports that effects go through.

    The last of ``calendars`` is the one that the others give way to when they fail for longer than ``patience``.
    ``alarms`` is how long before a meeting the guests' calendars are asked to speak up. ``place`` is where the
    organisation sits in the chat (``Call``).
    """

    calendars: Sequence[Calendar]
    chat: Chat
    retry: Retry = field(default_factory=Retry)
    patience: timedelta = PATIENCE
    alarms: tuple[timedelta, ...] = ()
    place: Callable[[], str | None] = lambda: None

    def calendar(self, way: str | None) -> Calendar:
        """Return the calendar of the name *way*; where it is not open, the one that the others give way to."""
        return next((one for one in self.calendars if one.name == way), self.calendars[-1])
