"""What did the operator choose about Google Calendar? The account is connected by ``governor google connect``."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The settings of Google Calendar, each read from ``GOVERNOR_`` + its name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix="GOVERNOR_", env_file=".env", extra="ignore", env_ignore_empty=True, hide_input_in_errors=True
    )

    google_endpoint: str = Field(
        "https://www.googleapis.com/calendar/v3/",
        pattern=r"^https?://\S+/calendar/v3/$",
        description="where the Google Calendar API is; it ends in /calendar/v3/",
    )
    google_timeout: float = Field(20.0, gt=0, le=600, description="seconds to wait for each answer of Google")
    google_retries: int = Field(
        2, ge=0, le=10, description="how often a call that Google is too busy for is made again at once"
    )
    google_per_minute: int | None = Field(
        None, ge=1, description="how many changes are made in Google in a minute; the rest waits"
    )
    google_per_day: int | None = Field(
        None, ge=1, description="how many changes are made in Google in 24 hours; the rest is tried again later"
    )
    google_poll_seconds: float = Field(
        60.0, gt=0, description="seconds between two looks at what was answered or edited in Google"
    )
    google_quota_hours: float = Field(
        6.0, gt=0, le=72, description="hours to leave Google alone when the day's quota is used up"
    )
    google_free_busy: bool = Field(
        True, description="whether the card of a new meeting shows who is busy then, of those who share it"
    )
