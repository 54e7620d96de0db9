"""Which calendar on a CalDAV server did the operator choose?"""

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from governor.domain.addresses import address
from governor.errors import Refused


class Settings(BaseSettings):
    """The settings of CalDAV, each read from ``GOVERNOR_`` + its name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix="GOVERNOR_", env_file=".env", extra="ignore", env_ignore_empty=True, hide_input_in_errors=True
    )

    caldav_calendar: str | None = Field(
        None,
        pattern=r"^https?://[^\s/?#@]+/[^\s?#]+$",
        description="address of a calendar on a CalDAV server (Nextcloud: its internal link); by default none",
    )
    caldav_user: str = Field("", description="user name of the account that has the calendar")
    caldav_password: SecretStr = Field(
        SecretStr(""), description="password of that account: in Nextcloud an app password"
    )
    caldav_from: str = Field(
        "governor@localhost.localdomain", description="e-mail address of that account: it organises the meetings"
    )
    caldav_timeout: float = Field(20.0, gt=0, le=600, description="seconds to wait for each answer of the server")
    caldav_poll_seconds: float = Field(60.0, gt=0, description="seconds between two looks at what was answered there")

    @field_validator("caldav_from")
    @classmethod
    def _is_an_address(cls, text: str) -> str:
        try:
            return address(text)
        except Refused:
            raise ValueError("not an address") from None
