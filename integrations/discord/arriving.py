"""What is said when the bot has come into a server where nothing is founded? Once, where people will see it."""

from collections import deque
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from typing import Any

import discord

from governor.ports import Welcome
from integrations.discord.answering import Send, show_by
from integrations.discord.channels import Channels
from integrations.discord.commands import shown_in
from integrations.discord.guilds import ARRIVAL
from integrations.discord.standing import Standing


class Arrivals:
    """The servers that the bot came into: *welcome* tells what is said there, *channels* keeps that it was."""

    def __init__(self, channels: Channels, standing: Standing, welcome: Welcome | None) -> None:
        self.welcome = welcome
        self._channels = channels
        self._standing = standing
        self._due: deque[int] = deque()
        self._is_leaving = False

    def leave(self) -> None:
        """Greet nobody any more: who waits for their turn is greeted at the next start."""
        self._is_leaving = True

    def depart(self, guild: discord.Guild) -> None:
        """Know that *guild* is not there any more: who invites the bot again is greeted again."""
        self._channels.forget_greeted(guild.id)

    def note(self, number: int) -> bool:
        """Have the server *number* greeted in its turn; return whether it is the first, for which ``greet`` is called.

        Of a thousand servers, of which Discord tells at once, a task for each would take more than all that is kept.
        """
        self._due.append(number)
        return len(self._due) == 1

    async def greet(self, client: discord.Client) -> None:
        """Say what is said first in the servers noted, by who came first, where that was not done at another start."""
        while self._due:
            try:
                await self._greet(self._due[0], client)
            except Exception:  # noqa: BLE001  # whatever it is: it is logged, and the others are greeted
                await client.on_error(ARRIVAL)
            self._due.popleft()

    async def _greet(self, number: int, client: discord.Client) -> None:
        if self._is_leaving or self.welcome is None or self._channels.is_known(number):
            return
        guild = client.get_guild(number)
        reply = None if guild is None else await self.welcome(str(number), shown_in(guild.preferred_locale.value))
        if guild and reply and await show_by(reply, self._standing, *_ways(guild, client)):
            self._channels.note_greeted(number)


def _ways(guild: discord.Guild, client: discord.Client) -> Iterator[Send]:
    """Yield how people of *guild* are told: in the first channel where the bot may speak, or else its owner alone."""

    async def tell_owner(**shown: Any) -> object:  # noqa: ANN401  # as it is given to any channel
        return await (await client.create_dm(discord.Object(guild.owner_id or 0))).send(**shown)

    nonce = sha256(f"welcome:{guild.id}:{guild.me.joined_at}".encode()).hexdigest()[:25]
    for channel in dict.fromkeys((guild.system_channel, *guild.text_channels)):
        if channel is not None and channel.permissions_for(guild.me).is_superset(_SPEAKING):
            yield partial(channel.send, nonce=nonce)
    yield tell_owner


_SPEAKING = discord.Permissions(view_channel=True, send_messages=True)
