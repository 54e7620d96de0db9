"""Which part of Discord does this process hear? Its servers are shared out among shards, and they among processes.

Each shard is heard under a lease: of two processes that are given the same, or shards that overlap, the second stands
by until the first is gone. One process registers the commands, under a lease too.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from math import gcd

from discord import ClientException
from discord.http import HTTPClient, Route

from governor.ports.leading import Claim, Clashes, Lease, Turn
from integrations.discord.failing import FAILURES

IDENTIFY_EVERY = timedelta(seconds=7)
"""How long after another a shard of one rank identifies: Discord wants 5 s as it hears them, and hears some late."""

LOOK_EVERY = timedelta(seconds=1)
"""How often it is looked whether a shard is free that another process has."""

COMMANDS = "discord-commands"
"""The lease of the process that registers the commands."""

log = logging.getLogger(__name__)


class Shards:
    """The shards of this process: *wanted* are their ids and how many there are in all, where that was chosen."""

    def __init__(
        self, wanted: tuple[Sequence[int], int] | None, turn: Turn, claim: Claim, stand_by: Callable[[], None]
    ) -> None:
        """Begin with none; *stand_by* is called where others hear all that is wanted."""
        self._wanted = wanted
        self._turn = turn
        self._claim = claim
        self._stand_by = stand_by
        self._is_over = False
        self._leases: dict[str, Lease] = {}

    async def found(self, http: HTTPClient) -> tuple[list[int], int, int]:
        """Return the ids of the shards, how many there are in all, and how many of them may identify at once.

        What was not chosen is what Discord advises; where it cannot be asked, one shard hears everything.
        """
        try:
            told = await http.request(Route("GET", "/gateway/bot"))
            advised, at_once = int(told["shards"]), int(told["session_start_limit"]["max_concurrency"])
        except (*FAILURES, KeyError, TypeError, ValueError) as error:
            log.warning("Discord does not tell how many shards it advises", extra={"reason": repr(error)})
            advised, at_once = 1, 1
        ids, count = self._wanted or (range(max(advised, 1)), max(advised, 1))
        return list(ids), count, max(at_once, 1)

    async def take_turn(self, rank: int) -> None:
        """Wait until a shard of that *rank* may identify."""
        await self._turn(f"identify:{rank}", IDENTIFY_EVERY)

    @property
    def is_held(self) -> bool:
        """Return whether what this process hears is its own to answer still."""
        return all(lease.is_held for lease in self._leases.values())

    async def claim(self, shards: Sequence[int], count: int) -> list[int]:
        """Return those of *shards*, of *count* in all, that no other process hears, claimed."""
        return [shard for shard in shards if await self._claimed(f"{shard}/{count}", partial(_overlap, shard, count))]

    async def wait(self, shards: Sequence[int], count: int) -> list[int]:
        """Return as ``claim`` once one of *shards* is free; of several processes the first has them.

        Raises:
            ClientException: it is left meanwhile.
        """
        found = await self.claim(shards, count)
        if not found:
            log.warning(
                "another process hears these shards: this one stands by", extra={"shards": list(shards), "of": count}
            )
            self._stand_by()
        while not found:
            await asyncio.sleep(LOOK_EVERY.total_seconds())
            if self._is_over:
                raise ClientException("left while standing by")
            found = await self.claim(shards, count)
        return found

    async def leads(self) -> bool:
        """Return whether this process is the one that registers the commands, claimed."""
        return await self._claimed(COMMANDS, lambda _: False)

    async def release(self) -> None:
        """Let other processes have what is claimed, for good."""
        self._is_over = True
        while self._leases:
            _, lease = self._leases.popitem()
            await lease.release()

    async def _claimed(self, name: str, clashes: Clashes) -> bool:
        lease = await self._claim(name, clashes)
        if lease is not None:
            self._leases[name] = lease
        return lease is not None


def _overlap(shard: int, count: int, other: str) -> bool:
    """Return whether a server can be heard both by *shard* of *count* and by the shard whose lease is *other*."""
    with suppress(ValueError):
        theirs, of = map(int, other.split("/"))
        return (shard - theirs) % gcd(count, of) == 0
    return False
