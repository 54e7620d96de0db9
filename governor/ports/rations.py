"""How much may be sent, where a provider bounds it, by all processes of this Governor together?"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Final

from governor.errors import Unavailable
from governor.values import dataclass

SOON: Final = timedelta(seconds=1)
"""So long is waited for; longer waits are for whoever asks."""

_MINUTE: Final = timedelta(minutes=1)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """At most ``count`` in any time of that ``span``."""

    count: int
    span: timedelta


Ration = Callable[[str, str, Sequence[Bound]], Awaitable[timedelta]]
"""Gives a key its turn in the line of a name, within bounds; tells how long it must wait.

The turns that were given are known to all processes, and after a restart. A turn that is not ``SOON`` is kept for the
key: nobody who comes later is faster.
"""


async def unrationed(_: str, __: str, ___: Sequence[Bound]) -> timedelta:
    """Return that nobody needs to wait."""
    return timedelta()


def bounds(per_minute: int | None, per_day: int | None) -> tuple[Bound, ...]:
    """Return the bounds that so many in a minute and in 24 hours are; ``None`` is no bound."""
    pairs = ((per_minute, _MINUTE), (per_day, _DAY))
    return tuple(Bound(count=count, span=span) for count, span in pairs if count is not None)


async def await_turn(ration: Ration, line: str, key: str, within: Sequence[Bound], reason: str) -> None:
    """Return when it is the turn of *key* in the *line*.

    Raises:
        Unavailable: that is not soon (*reason*, told ``after`` how long).
    """
    if not within:
        return
    wait = await ration(line, key, within)
    if wait > SOON:
        raise Unavailable(reason, after=wait, wait=(wait // _MINUTE + 1) * _MINUTE)
    await asyncio.sleep(wait.total_seconds())
