"""When does a meeting have a thread of its own in a server? Where /setup chose so, from its announcement on."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from typing import Literal

import discord

from governor.errors import Unavailable
from governor.ports import Reply, Topic
from governor.wording.catalogue import say
from governor.wording.phrase import phrase
from integrations.discord.channels import Channels, lacking
from integrations.discord.events import Server
from integrations.discord.failing import FAILURES
from integrations.discord.invite import IN_THREADS
from integrations.discord.marking import clean, cut
from integrations.discord.posting import Postable

KEPT: Literal[10080] = 10080
"""After how many minutes without a word Discord itself puts a thread away: the most it knows. A post opens it again."""

_NAME = 100
_HAS_ONE = 160_004

Send = Callable[[Postable, Reply, str], Awaitable[discord.Message | None]]
"""Shows a reply in a channel under a key; gives the first message of it, if there is one."""


class Threads:
    """Rooms of meetings (``ports.Rooms``): *server* gives what talks to Discord, *send* shows a reply."""

    def __init__(self, channels: Channels, server: Server, send: Send) -> None:
        self._channels = channels
        self._server = server
        self._send = send

    async def open(self, reply: Reply, *, key: str, place: str | None, called: datetime) -> str:
        """Show *reply* as the announcement, and open a thread under it; nothing where none were chosen by then."""
        _, number, guild = await self._server(place)
        if not self._channels.has_threads(number, called):
            return ""
        channel = None if guild is None else self._channels.where(guild, Topic.ANNOUNCEMENTS)
        if guild is None or channel is None:
            raise Unavailable("discord-no-channel")
        if not isinstance(channel, discord.TextChannel):
            return ""
        missing = tuple(map(phrase, lacking(IN_THREADS, channel.permissions_for(guild.me))))
        if missing:
            raise Unavailable(
                "discord-threads-forbidden", channel=f"#{channel.name}", permissions=missing, is_lasting=True
            )
        title = clean(say(reply.cards[0].title, reply.language)) if reply.cards else key
        try:
            message = await self._send(channel, reply, f"{number}:{key}")
            return "" if message is None else await _begun(message, cut(title, _NAME))
        except FAILURES as error:
            raise Unavailable("discord-unavailable", reason=str(error)) from error

    async def close(self, room: str, *, place: str | None) -> str:
        """Put the thread away, where it still is."""
        http, _, _ = await self._server(place)
        try:
            with suppress(discord.NotFound):
                await http.edit_channel(int(room), archived=True)
        except FAILURES as error:
            raise Unavailable("discord-unavailable", reason=str(error)) from error
        return room


async def _begun(message: discord.Message, name: str) -> str:
    """Return the id of the thread under *message*: a thread that begins with a message has its id."""
    try:
        await message.create_thread(name=name, auto_archive_duration=KEPT)
    except discord.HTTPException as error:
        if error.code != _HAS_ONE:
            raise
    return str(message.id)
