"""Which thread thinks? One at a time: Python runs one anyway, and those that wait for it wake each other in vain.

SQLite's every statement lets go of Python for some microseconds. Where eight threads wait for just that, each of them
costs the others more than it does itself: a press took half as long again with eight as with one. So whoever answers
thinks alone, and lets another think while it waits for a disk, a lock or the network; the loop that hears the network
takes its turn like everybody. It is a courtesy and no lock: who has waited for long thinks beside whoever does.
"""

import selectors
import threading
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 0.1
"""How many seconds a thread waits for its turn to think."""

LOOPS_PATIENCE = 0.005
"""How many seconds an event loop does: it has to tell people that they must wait."""

_alone = threading.Lock()
_mine = threading.local()


@contextmanager
def thinking(patience: float = PATIENCE) -> Iterator[None]:
    """Have no other thread think during the block but while this one is ``waiting``, or has taken long."""
    _mine.patience = patience
    _begin()
    try:
        yield
    finally:
        _stop()
        _mine.patience = None


@contextmanager
def waiting() -> Iterator[None]:
    """Let another thread think during the block, in which this one waits; nothing, where it does not think at all."""
    if getattr(_mine, "patience", None) is None:
        yield
        return
    _stop()
    try:
        yield
    finally:
        _begin()


class Selector(selectors.DefaultSelector):
    """What an event loop that is ``thinking`` waits with: others think until it hears something."""

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what is ready within *timeout* seconds, as ``selectors.BaseSelector.select`` does."""
        _stop()
        try:
            return super().select(timeout)
        finally:
            _begin()


def _begin() -> None:
    _mine.is_alone = _alone.acquire(timeout=_mine.patience)


def _stop() -> None:
    if _mine.is_alone:
        _alone.release()
