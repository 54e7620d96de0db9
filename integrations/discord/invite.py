"""Where is the bot invited to a server, and what may it do there?"""

from base64 import b64decode
from urllib.parse import urlencode

from governor.errors import Refused
from governor.ports.choices import chosen
from governor.wording.phrase import Phrase, phrase
from integrations.discord.settings import Settings

IN_CHANNEL = {
    "VIEW_CHANNEL": 1 << 10,
    "SEND_MESSAGES": 1 << 11,
    "ATTACH_FILES": 1 << 15,
    "READ_MESSAGE_HISTORY": 1 << 16,
}
"""What the bot needs in a channel, by Discord's names."""

IN_THREADS = {"CREATE_PUBLIC_THREADS": 1 << 35, "SEND_MESSAGES_IN_THREADS": 1 << 38}
"""What it needs in a channel besides, where meetings have threads."""

IN_SERVER = {"CREATE_EVENTS": 1 << 44}
"""What it needs in no channel in particular."""

PERMISSIONS = {**IN_CHANNEL, **IN_THREADS, **IN_SERVER, "MANAGE_ROLES": 1 << 28}
"""What the bot needs in a server."""


def invite() -> tuple[Phrase, ...]:
    """Return the address at which the bot is invited, and the number of its permissions.

    Raises:
        Refused: there is no token, or it is none.
    """
    settings = chosen(Settings)
    if settings.discord_token is None:
        raise Refused("discord-token-missing")
    application = settings.discord_token.get_secret_value().partition(".")[0]
    try:
        number = int(b64decode(application + "=" * (-len(application) % 4), validate=True))
    except ValueError:
        raise Refused("discord-token-wrong") from None
    permissions = sum(PERMISSIONS.values())
    query = urlencode({"client_id": number, "scope": "bot applications.commands", "permissions": permissions})
    url = f"https://discord.com/oauth2/authorize?{query}"
    return (phrase("discord-invite", url=url, permissions=str(permissions)),)
