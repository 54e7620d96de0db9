"""How is the process set up in which Governor runs?"""

import gc
import signal
import sys
from contextlib import suppress
from datetime import timedelta

SIGNALS = (signal.SIGINT, signal.SIGTERM)
"""The signals that end it."""

_SWITCH_EVERY = timedelta(milliseconds=2)  # by Python's own 5 ms, whoever typed while a record was checked waited 0.2 s
_LOOKED_OVER = 5_000  # new objects until garbage is looked for among them: of Python's own 700 most are still in hand


def prepare() -> None:
    """Set what Python and the system do otherwise for all programs alike."""
    sys.setswitchinterval(_SWITCH_EVERY.total_seconds())
    gc.set_threshold(_LOOKED_OVER)
    _allow_files()


def end_on_signals() -> None:
    """Have a signal end the process in order: what was begun is rolled back on the way out."""
    for number in SIGNALS:
        signal.signal(number, _end)


def end_in_peace() -> None:
    """Have no further signal break off an end that has begun."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def _end(*_: object) -> None:
    end_in_peace()
    sys.exit(0)


def keep_loaded() -> None:
    """Have all that there is by now stay: to look through it for garbage took a tenth of a second without answers."""
    gc.freeze()


def _allow_files() -> None:
    """Have as many files open as the system lets us: an organisation takes four, and many begin with a thousand.

    Nothing happens where it cannot be told (Windows), or would take more than it says (macOS).
    """
    with suppress(ImportError, OSError, ValueError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
