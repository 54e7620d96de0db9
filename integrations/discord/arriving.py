"""What is said when the bot has come into a server where nothing is founded? Once, where people will see it."""

import asyncio
from collections.abc import Iterator
from functools import partial
from typing import Any

import discord

from governor.domain.languages import Language
from governor.ports import Welcome
from governor.wording.catalogue import LANGUAGES
from integrations.discord.answering import Send, show_by
from integrations.discord.channels import Channels
from integrations.discord.commands import language_of
from integrations.discord.standing import Standing


class Arrivals:
    """The servers that the bot came into: *welcome* tells what is said there, *channels* keeps that it was."""

    def __init__(self, channels: Channels, standing: Standing, welcome: Welcome | None) -> None:
        self.welcome = welcome
        self._channels = channels
        self._standing = standing
        self._turn = asyncio.Lock()
        self._is_leaving = False

    def leave(self) -> None:
        """Greet nobody any more: who waits for their turn is greeted at the next start."""
        self._is_leaving = True

    async def greet(self, guild: discord.Guild, client: discord.Client) -> None:
        """Say what is said first in *guild*, where that was not done: Discord tells of each server at every start."""
        if self.welcome is None or self._channels.is_known(guild.id):
            return
        async with self._turn:  # of a thousand servers one after the other
            if self._is_leaving or self._channels.is_known(guild.id):
                return
            reply = await self.welcome(str(guild.id), _language(guild))
            if reply is not None and await show_by(reply, self._standing, *_ways(guild, client)):
                self._channels.note_greeted(guild.id)


def _ways(guild: discord.Guild, client: discord.Client) -> Iterator[Send]:
    """Yield how people of *guild* are told: in the first channel where the bot may speak, or else its owner alone."""

    async def tell_owner(**shown: Any) -> object:  # noqa: ANN401  # as it is given to any channel
        return await (await client.create_dm(discord.Object(guild.owner_id or 0))).send(**shown)

    for channel in dict.fromkeys((guild.system_channel, *guild.text_channels)):
        if channel is not None and channel.permissions_for(guild.me).is_superset(_SPEAKING):
            yield partial(channel.send, nonce=f"welcome:{guild.id}"[:25])
    yield tell_owner


_SPEAKING = discord.Permissions(view_channel=True, send_messages=True)


def _language(guild: discord.Guild) -> str:
    language = language_of(guild.preferred_locale.value)
    return language if language in LANGUAGES else Language.ENGLISH.value
