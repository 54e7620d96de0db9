"""Which part of Discord does this process hear? Its servers are shared out among shards, and they among processes."""

from collections.abc import Sequence
from datetime import timedelta

import structlog
from discord.http import HTTPClient, Route

from governor.ports import Turn
from integrations.discord.answering import FAILURES

IDENTIFY_EVERY = timedelta(seconds=7)
"""How long after another a shard of one rank identifies: Discord wants 5 s as it hears them, and hears some late."""

log = structlog.get_logger(__name__)


class Shards:
    """The shards of this process: *wanted* are their ids and how many there are in all, where that was chosen."""

    def __init__(self, wanted: tuple[Sequence[int], int] | None, turn: Turn) -> None:
        self._wanted = wanted
        self._turn = turn

    async def found(self, http: HTTPClient) -> tuple[list[int], int, int]:
        """Return the ids of the shards, how many there are in all, and how many of them may identify at once.

        What was not chosen is what Discord advises; where it cannot be asked, one shard hears everything.
        """
        try:
            told = await http.request(Route("GET", "/gateway/bot"))
            advised, at_once = int(told["shards"]), int(told["session_start_limit"]["max_concurrency"])
        except (*FAILURES, KeyError, TypeError, ValueError) as error:
            log.warning("Discord does not tell how many shards it advises", reason=repr(error))
            advised, at_once = 1, 1
        ids, count = self._wanted or (range(max(advised, 1)), max(advised, 1))
        return list(ids), count, max(at_once, 1)

    async def take_turn(self, rank: int) -> None:
        """Wait until a shard of that *rank* may identify."""
        await self._turn(f"identify:{rank}", IDENTIFY_EVERY)
