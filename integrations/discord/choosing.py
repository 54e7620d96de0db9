"""What is chosen by /setup in a server, channels for posts and roles for offices, and what is lacking for it?"""

from collections.abc import Iterable, Mapping
from typing import Any

import discord

from governor.ports import Reply, Topic
from governor.values import dataclass
from governor.wording.phrase import Phrase, phrase
from integrations.discord.channels import Channels
from integrations.discord.commands import channel_options, role_options, shown_in, threads_option
from integrations.discord.messages import Part
from integrations.discord.panel import panel
from integrations.discord.roles import Roles
from integrations.discord.setup import is_manager
from integrations.discord.ticket import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The channels and roles that were chosen in all servers."""

    channels: Channels
    roles: Roles

    def choose(self, ticket: Ticket, guild: discord.Guild, data: Mapping[str, Any]) -> Reply | None:
        """Keep what the options of /setup choose; return what refuses it, if anything does."""
        channels, roles, has_threads = channel_options(data), role_options(data), threads_option(data)
        if not is_manager(ticket):
            return _refused(ticket, "channels-not-yours")
        if roles and not _may_give(ticket, guild, roles.values()):
            return _refused(ticket, "role-not-yours")
        self.channels.choose(guild.id, channels, has_threads=has_threads, at=ticket.created_at)
        self.channels.note_names(guild)
        self.roles.choose(guild.id, roles)
        self.channels.note_keeper(guild.id, ticket.user_id)
        return None

    def pick(self, ticket: Ticket, guild: discord.Guild, topic: Topic, channel: int) -> Reply | None:
        """Keep that *channel* is for *topic*; return what refuses it, if anything does."""
        if not is_manager(ticket):
            return _refused(ticket, "channels-not-yours")
        self.channels.choose(guild.id, {topic: channel})
        self.channels.note_names(guild)
        self.channels.note_keeper(guild.id, ticket.user_id)
        return None

    def panel(self, ticket: Ticket, guild: discord.Guild) -> list[Part]:
        """Return the card on which the channels of *guild* are chosen, with what is lacking for what was chosen."""
        return panel(guild, self.channels, self.told(guild), shown_in(ticket.locale))

    def told(self, guild: discord.Guild) -> tuple[Phrase, ...]:
        """Return where the bot posts in *guild*, which roles stand for offices there, and what it lacks for that."""
        return (*self.channels.told(guild), *self.roles.told(guild))


def is_choice(data: Mapping[str, Any]) -> bool:
    """Return whether the options of /setup choose anything that is kept."""
    return bool(channel_options(data) or role_options(data)) or threads_option(data) is not None


def _may_give(ticket: Ticket, guild: discord.Guild, roles: Iterable[int]) -> bool:
    """Return whether who asked could give those *roles* by hand: who may not gives them to nobody by an office."""
    who = ticket.user
    if who.id == guild.owner_id:
        return True
    top = who.top_role if isinstance(who, discord.Member) else guild.default_role
    found = (guild.get_role(role) for role in roles)
    return ticket.permissions.manage_roles and all(role is None or role < top for role in found)


def _refused(ticket: Ticket, key: str) -> Reply:
    return Reply(language=shown_in(ticket.locale), lines=(phrase(key),), refused=True)
