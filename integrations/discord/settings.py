"""What did the operator choose about Discord?"""

from pydantic import Field, SecretStr
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
