"""What did the operator choose about Discord?"""

import re

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The settings of the Discord adapter, each read from ``GOVERNOR_`` + its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="GOVERNOR_", env_file=".env", extra="ignore", env_ignore_empty=True)

    discord_token: SecretStr | None = Field(
        None, description="token of the bot (Developer Portal, Bot, Reset Token); with it, Governor speaks on Discord"
    )
    discord_channel: int | None = Field(
        None, description="id of the channel where Governor posts; by default the first in which it may"
    )
    discord_api_url: SecretStr | None = Field(
        None, description="address of Discord's REST interface, where it is not https://discord.com/api/v10"
    )
    discord_gateway_url: SecretStr | None = Field(
        None, description="address of Discord's gateway, where it is not wss://gateway.discord.gg/"
    )
    shards: str | None = Field(
        None,
        description="shards that this process has among all: 0-3/16; by default all that Discord advises",
    )

    @field_validator("shards")
    @classmethod
    def _known_shards(cls, text: str | None) -> str | None:
        if text is not None:
            parsed(text)
        return text


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
