"""Is everybody greeted? One after the other, whatever becomes of those before."""

import asyncio
from pathlib import Path

import discord

from governor.ports import Reply
from integrations.discord.arriving import Arrivals
from integrations.discord.channels import Channels
from integrations.discord.client import intents
from integrations.discord.guilds import ARRIVAL, Guilds
from integrations.discord.standing import Standing
from integrations.discord.tokens import Tokens
from tests.discord_server import DiscordServer, Guild


class Client(discord.AutoShardedClient):
    """discord.py, which notes what failed."""

    def __init__(self) -> None:
        super().__init__(intents=intents(), chunk_guilds_at_startup=False)
        self.failed = list[str]()

    async def on_error(self, event_method: str, /, *_: object, **__: object) -> None:
        """Note it."""
        self.failed.append(event_method)


def test_server_that_cannot_be_greeted_keeps_no_other_from_it(tmp_path: Path) -> None:
    async def greeted() -> tuple[list[str], list[str]]:
        client, asked = Client(), list[str]()
        hear = Guilds(client._connection).listening()["GUILD_CREATE"]

        async def welcome(place: str, _: str) -> Reply | None:
            asked.append(place)
            await asyncio.sleep(0)  # the others arrive
            if place == numbers[0]:
                raise RuntimeError("a bug")
            return None

        for guild in server.guilds.values():
            hear(guild)
        standing = Standing(tmp_path / "cards", Tokens(tmp_path / "buttons.json"))
        arrivals = Arrivals(Channels(tmp_path / "channels", None), standing, welcome)
        assert [arrivals.note(int(number)) for number in numbers[:2]] == [True, False]
        greeting = asyncio.create_task(arrivals.greet(client))
        await asyncio.sleep(0)
        assert not arrivals.note(int(numbers[2])), "who arrives meanwhile is greeted too"
        await greeting
        assert arrivals.note(int(numbers[0])), "and who arrives afterwards, anew"
        return asked, client.failed

    with DiscordServer(is_described=False) as server:
        numbers = [Guild(server, f"RW {number}").id for number in range(3)]
        assert asyncio.run(greeted()) == (numbers, [ARRIVAL])
