"""What is said when a command fails? One sentence in each language, at the edge; a bug is not hidden behind one."""

import sys

from governor.errors import GovernorError
from governor.wording.catalogue import say
from governor.wording.phrase import phrase

FAILED = 2
"""The exit status of what failed as foreseen."""


def foreseen(raised: Exception) -> GovernorError | None:
    """Return the first error of *raised*, which may be a group of them, or ``None`` when a bug is among them."""
    if not isinstance(raised, ExceptionGroup):
        return raised if isinstance(raised, GovernorError) else None
    found = [foreseen(one) for one in raised.exceptions]
    return None if None in found else found[0]


def complain(error: GovernorError) -> int:
    """Say *error* in each language; return the exit status."""
    told = phrase(error.key, **error.values)
    print(f"governor: {say(told, 'id')}\n          {say(told, 'en')}", file=sys.stderr)  # noqa: T201
    return FAILED
