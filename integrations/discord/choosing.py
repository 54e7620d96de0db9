"""What is chosen by /setup in a server, channels for posts and roles for offices, and what is lacking for it?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import discord

from governor.ports import Reply
from governor.wording.catalogue import LANGUAGES
from governor.wording.phrase import phrase
from integrations.discord.answering import Ticket
from integrations.discord.channels import Channels
from integrations.discord.commands import channel_options, language_of, role_options, threads_option
from integrations.discord.roles import Roles
from integrations.discord.setup import is_manager


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The channels and roles that were chosen in all servers."""

    channels: Channels
    roles: Roles

    def choose(self, ticket: Ticket, data: Mapping[str, Any]) -> Reply | None:
        """Keep what the options of /setup choose, and return what it lacks or what refuses it; ``None``: nothing."""
        channels, roles, has_threads = channel_options(data), role_options(data), threads_option(data)
        if (not (channels or roles) and has_threads is None) or ticket.guild is None:
            return None
        if not is_manager(ticket):
            return _refused(ticket, "channels-not-yours")
        if roles and not _may_give(ticket, ticket.guild, roles.values()):
            return _refused(ticket, "role-not-yours")
        self.channels.choose(ticket.guild.id, channels, has_threads=has_threads)
        self.roles.choose(ticket.guild.id, roles)
        return self.told(ticket, ticket.guild)

    def told(self, ticket: Ticket, guild: discord.Guild) -> Reply:
        """Return where the bot posts in *guild*, which roles stand for offices there, and what it lacks for that."""
        lines = (*self.channels.told(guild), *self.roles.told(guild))
        return Reply(language=_language(ticket), lines=lines, is_private=True)


def _may_give(ticket: Ticket, guild: discord.Guild, roles: Iterable[int]) -> bool:
    """Return whether who asked could give those *roles* by hand: who may not gives them to nobody by an office."""
    who = ticket.user
    if who.id == guild.owner_id:
        return True
    top = who.top_role if isinstance(who, discord.Member) else guild.default_role
    found = (guild.get_role(role) for role in roles)
    return ticket.permissions.manage_roles and all(role is None or role < top for role in found)


def _refused(ticket: Ticket, key: str) -> Reply:
    return Reply(language=_language(ticket), lines=(phrase(key),), refused=True)


def _language(ticket: Ticket) -> str:
    return language_of(ticket.locale.value) or LANGUAGES[0]
