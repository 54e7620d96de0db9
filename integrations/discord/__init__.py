"""The Discord chat: commands, cards and buttons in a server. Nothing of discord.py is loaded without a token."""

from typing import TYPE_CHECKING

from governor.ports import Surroundings
from governor.ports.choices import chosen
from integrations.discord.invite import invite
from integrations.discord.settings import Settings

if TYPE_CHECKING:
    from integrations.discord.room import Discord

__all__ = ["invite", "open_discord"]


def open_discord(around: Surroundings) -> "Discord | None":
    """Return the chat on Discord, or ``None`` without a token."""
    settings = chosen(Settings)
    if settings.discord_token is None:
        return None
    from integrations.discord.room import Discord  # heavy

    return Discord(settings, around)
