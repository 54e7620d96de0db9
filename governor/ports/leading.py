"""What may only one process of this Governor do at a time, and how does an adapter come to do it?"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Protocol

Turn = Callable[[str, timedelta], Awaitable[None]]
"""Returns once the turn of that name is ours: no process of this Governor takes it again for so long."""


async def free_turn(_: str, __: timedelta) -> None:
    """Return at once: there is nobody to wait for."""


class Lease(Protocol):
    """The right to do something as the only process that does."""

    @property
    def is_held(self) -> bool:
        """Return whether it is ours still: one that could not be renewed in time is another's to take."""

    async def release(self) -> None:
        """Let another process have it, at once."""


Clashes = Callable[[str], bool]
"""Tells of the name of a lease whether it cannot be held beside the one that is wanted."""

Claim = Callable[[str, Clashes], Awaitable[Lease | None]]
"""Takes the lease of that name; ``None``: another process has it, or one that clashes with it. It never raises."""


class Uncontested:
    """A lease that nobody else asks for."""

    is_held = True

    async def release(self) -> None:
        """Let nobody have it."""


async def claim_freely(_: str, __: Clashes) -> Lease | None:
    """Return a lease: there is no other process."""
    return Uncontested()
