"""What does the guild of an organisation look like? As Discord's own template for a local community makes it.

That has a general channel and these others (https://discord.new/64UDvRNCC52Y); the roles are those of the officers and
members of an association, and the one that Discord makes for a bot that is invited.
"""

from typing import Any

from tests.discord_server import DiscordServer, Guild, payloads

_INFORMATION, _TEXT, _VOICE = "Information", "Text Channels", "Voice Channels"
_CHANNELS = {
    _INFORMATION: ("welcome-and-rules", "announcements", "resources"),
    _TEXT: ("meeting-plans", "off-topic"),
    _VOICE: ("Lounge", "Meeting Room"),
}
_ROLES = ("Anggota", "Bendahara", "Sekretaris", "Ketua")
_SENDING = 1 << 11


def settle(server: DiscordServer, name: str) -> Guild:
    """Return the guild of an organisation of that *name*, in which something was said in every channel."""
    guild = Guild(server, name)
    for category, channels in _CHANNELS.items():
        parent = guild.add_channel(category)
        server.channels[parent] |= {"type": 4}
        for channel in channels:
            number = guild.add_voice(channel) if category == _VOICE else guild.add_channel(channel)
            _place(server.channels[number], parent)
            if category == _INFORMATION:
                silent = {"id": guild.id, "type": 0, "allow": "0", "deny": str(_SENDING)}
                server.channels[number]["permission_overwrites"] = [silent]
        if category == _TEXT:
            _place(server.channels[guild.channel], parent)
    for position, role in enumerate(_ROLES, 1):
        guild.add_role(role, position)
    guild.add_role(server.bot["username"], len(_ROLES) + 1, is_bots=True)
    return guild


def _place(channel: dict[str, Any], parent: str) -> None:
    channel |= {"parent_id": parent, "last_message_id": payloads.snowflake()}
