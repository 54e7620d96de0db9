"""What did the operator choose about Discord?"""

import re

from governor.ports.choices import Secret, choice
from governor.values import dataclass


def _shards(text: str) -> str:
    parsed(text)
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of the Discord adapter, each read from ``GOVERNOR_`` + its name in capitals."""

    discord_token: Secret | None = choice(
        None, "token of the bot (Developer Portal, Bot, Reset Token); with it, Governor speaks on Discord", Secret
    )
    discord_channel: int | None = choice(
        None, "id of the channel where Governor posts; by default the first in which it may", int
    )
    discord_api_url: Secret | None = choice(
        None, "address of Discord's REST interface, where it is not https://discord.com/api/v10", Secret
    )
    discord_gateway_url: Secret | None = choice(
        None, "address of Discord's gateway, where it is not wss://gateway.discord.gg/", Secret
    )
    shards: str | None = choice(
        None, "shards that this process has among all: 0-3/16; by default all that Discord advises", _shards
    )


def parsed(text: str) -> tuple[tuple[int, ...], int]:
    """Return the ids of the shards that *text* (``0-3/16``, ``5/16``) names, and how many there are in all.

    Raises:
        ValueError: it names none, or one that there is not.
    """
    found = re.fullmatch(r"(\d{1,5})(?:-(\d{1,5}))?/(\d{1,5})", text.strip())
    if found is None:
        raise ValueError("shards such as 0-3/16")
    first, count = int(found[1]), int(found[3])
    last = first if found[2] is None else int(found[2])
    if not first <= last < count:
        raise ValueError("from the first to the last of those there are")
    return tuple(range(first, last + 1)), count
