"""What does this process do alone, of several on one database? It holds a lease, and renews it while it lives."""

import asyncio
import logging
import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from governor.errors import Unavailable
from governor.ports.leading import Clashes, Lease, Uncontested
from governor.ports.rations import SOON, Bound
from governor.store import leases, rations
from governor.store.database import Database
from governor.values import dataclass

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How long a lease lasts that is not renewed, how often it is renewed, and how often a turn is asked for.

    ``sure`` is how long after it was renewed its holder counts on it: less than it ``lasts``, for no two clocks agree.
    """

    lasts: timedelta = timedelta(seconds=30)
    sure: timedelta = timedelta(seconds=20)
    renewed: timedelta = timedelta(seconds=5)
    asked: timedelta = timedelta(seconds=0.25)


class Leading:
    """The turns and leases of this process; on SQLite, where there is one process, all are its own."""

    def __init__(self, database: Database, clock: Callable[[], datetime], terms: Terms | None = None) -> None:
        self._database = database
        self._clock = clock
        self._terms = terms or Terms()
        self._owner = uuid.uuid4().hex[:12]

    async def take_turn(self, name: str, pause: timedelta) -> None:
        """Return once the turn *name* is ours (``ports.Turn``)."""
        while not await asyncio.to_thread(self._got_turn, name, pause):
            await asyncio.sleep(self._terms.asked.total_seconds())

    async def claim(self, name: str, clashes: Clashes) -> Lease | None:
        """Return the lease *name*, which is renewed from now on; ``None``: it is another's (``ports.Claim``)."""
        if self._database.is_sqlite:
            return Uncontested()
        held = _Held(self, name, clashes, self._terms)
        return held if await held.begin() else None

    async def ration(self, line: str, key: str, within: Sequence[Bound]) -> timedelta:
        """Return how long *key* must wait for its turn in the *line* (``ports.Ration``).

        Raises:
            Unavailable: the database cannot be used now.
        """
        return await asyncio.to_thread(self._rationed, line, key, within)

    def leads(self, name: str) -> bool:
        """Return whether what *name* names is for this process to do now; it is asked again every time.

        Raises:
            Unavailable: the database cannot be used now.
        """
        return self._database.is_sqlite or self.renew(name, lambda _: False)

    def renew(self, name: str, clashes: Clashes) -> bool:
        """Take or renew the lease *name*; return whether it is ours.

        Raises:
            Unavailable: as ``leads``.
        """
        at = self._clock()
        with self._database.write() as connection:
            expired = at - self._terms.lasts
            return leases.claim(connection, name, self._owner, at=at, expired=expired, clashes=clashes)

    def release(self, name: str) -> None:
        """Let another process have the lease *name*.

        Raises:
            Unavailable: as ``leads``; it expires.
        """
        with self._database.write() as connection:
            leases.release(connection, name, self._owner)

    def _rationed(self, line: str, key: str, within: Sequence[Bound]) -> timedelta:
        at, spans = self._clock(), [(one.count, one.span) for one in within]
        with self._database.write() as connection:
            return max(timedelta(), rations.take(connection, line, key, spans, at=at, soon=SOON) - at)

    def _got_turn(self, name: str, pause: timedelta) -> bool:
        at = self._clock()
        with self._database.write() as connection:
            return leases.take(connection, f"turn:{name}", at=at, free=at - pause)


class _Held:
    """A lease that is renewed until it is released, or lost."""

    def __init__(self, leading: Leading, name: str, clashes: Clashes, terms: Terms) -> None:
        self._leading = leading
        self._name = name
        self._clashes = clashes
        self._terms = terms
        self._sure_until = 0.0
        self._changing = asyncio.Lock()  # nothing is released while it is being renewed: it would be taken again
        self._renewing: asyncio.Task[None] | None = None

    @property
    def is_held(self) -> bool:
        """Return whether it was renewed lately: who was paused must not go on as if no time had passed."""
        return time.monotonic() < self._sure_until

    async def begin(self) -> bool:
        """Return whether it was got; it is renewed from then on."""
        if not await self._renew():
            return False
        self._renewing = asyncio.create_task(self._keep())
        return True

    async def release(self) -> None:
        """Let another process have it."""
        async with self._changing:
            if self._renewing is not None:
                self._renewing.cancel()
            self._sure_until = 0.0
            with suppress(Unavailable):  # it expires
                await asyncio.to_thread(self._leading.release, self._name)

    async def _keep(self) -> None:
        while await self._renew() or self.is_held:
            await asyncio.sleep(self._terms.renewed.total_seconds())
        log.warning("a lease was lost", extra={"lease": self._name})

    async def _renew(self) -> bool:
        async with self._changing:
            began = time.monotonic()
            try:
                is_ours = await asyncio.to_thread(self._leading.renew, self._name, self._clashes)
            except Unavailable as error:
                log.warning("a lease could not be renewed", extra={"lease": self._name, "reason": str(error)})
                return False
            self._sure_until = began + self._terms.sure.total_seconds() if is_ours else 0.0
            return is_ours
