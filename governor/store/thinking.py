"""Which thread thinks? One at a time: Python runs one anyway, and those that wait for it wake each other in vain.

SQLite's every statement lets go of Python for some microseconds. Where eight threads wait for just that, each of them
costs the others more than it does itself: a press took half as long again with eight as with one. So whoever answers
thinks alone, and lets another think while it waits for a disk, a lock or the network; the loop that hears the network
takes its turn like everybody. It is a courtesy and no lock: who has waited for long thinks beside whoever does.

What is brief is best thought by the loop itself: no thread is woken for it. It is done ``at_once``, and done again by a
thread where it turns out ``not_at_once`` to be done.
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


class _Mine(threading.local):
    """What is so of one thread: does it think, after which wait beside others, is it alone, and may it not wait?"""

    patience: float = PATIENCE
    is_thinking = False
    is_alone = False
    is_at_once = False


_mine = _Mine()


class NotAtOnce(BaseException):  # no error: nobody may take it for one and tell it
    """What was to be done at once takes long, or has to wait. Nothing of it is done that may not be done again."""


@contextmanager
def at_once() -> Iterator[None]:
    """Have the block wait for nothing: where it would, or says itself that it takes long, it ends by ``NotAtOnce``."""
    _mine.is_at_once = True
    try:
        yield
    finally:
        _mine.is_at_once = False


def not_at_once() -> None:
    """Say that what follows takes long, or has to wait for somebody.

    Raises:
        NotAtOnce: it was to be done ``at_once``.
    """
    if _mine.is_at_once:
        raise NotAtOnce


def is_at_once() -> bool:
    """Return whether what this thread does is done ``at_once``."""
    return _mine.is_at_once


@contextmanager
def thinking(patience: float = PATIENCE) -> Iterator[None]:
    """Have no other thread think during the block but while this one is ``waiting``, or has taken long."""
    _mine.patience, _mine.is_thinking = patience, True
    _begin()
    try:
        yield
    finally:
        _stop()
        _mine.is_thinking = False


@contextmanager
def waiting() -> Iterator[None]:
    """Let another thread think during the block, in which this one waits; nothing, where it does not think at all."""
    if not _mine.is_thinking:
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
