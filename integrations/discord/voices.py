"""Who is together in the voice channels of a server, and how is somebody told something alone?"""

from collections.abc import Awaitable, Callable, Collection, Sequence

import discord

from governor.errors import Refused, Unavailable
from governor.ports import Reply
from integrations.discord.channels import Channels
from integrations.discord.client import Client
from integrations.discord.events import Server, room_of
from integrations.discord.failing import FAILURES
from integrations.discord.threads import Send


class Voices:
    """The voices of a server (``ports.Voices``): *server* tells what is known of it, *client* gives the connection."""

    def __init__(self, channels: Channels, server: Server, client: Callable[[], Awaitable[Client]], send: Send) -> None:
        self._channels = channels
        self._server = server
        self._client = client
        self._send = send

    async def gathered(self, location: str | None, *, place: str | None) -> Sequence[Collection[str]]:
        """Return who is in each voice channel; in the one that *location* names alone, where there is one."""
        _, _, guild = await self._server(place)
        if guild is None:
            raise Unavailable("discord-unavailable", reason="-")
        named = None if location is None else room_of(guild, location)
        channels = (*guild.voice_channels, *guild.stage_channels) if named is None else (named,)
        return [frozenset(map(str, channel.voice_states)) for channel in channels]

    async def whisper(self, account: str, reply: Reply, *, key: str) -> None:
        """Write to *account* alone; who lets nobody do so is not written to."""
        client = await self._client()
        try:
            channel = await client.create_dm(discord.Object(int(account)))
            alone = client.get_partial_messageable(channel.id, type=discord.ChannelType.private)
            await self._send(alone, reply, key)
        except discord.Forbidden as error:
            raise Refused("discord-refused", reason=str(error)) from error
        except FAILURES as error:
            raise Unavailable("discord-unavailable", reason=str(error)) from error

    async def keeper(self, *, place: str | None) -> str | None:
        """Return who set the server up, or else its owner."""
        _, number, guild = await self._server(place)
        found = self._channels.keeper(number) or (guild and guild.owner_id)
        return None if found is None else str(found)
