"""What did the operator choose about Google Calendar? The account is connected by ``governor google connect``."""

from governor.ports.choices import above, choice, matching, truth, whole
from governor.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of Google Calendar, each read from ``GOVERNOR_`` + its name in capitals."""

    google_endpoint: str = choice(
        "https://www.googleapis.com/calendar/v3/",
        "where the Google Calendar API is; it ends in /calendar/v3/",
        matching(r"https?://\S+/calendar/v3/"),
    )
    google_timeout: float = choice(20.0, "seconds to wait for each answer of Google", above(0, 600))
    google_retries: int = choice(2, "how often a call that Google is too busy for is made again at once", whole(0, 10))
    google_per_minute: int | None = choice(
        None, "how many changes are made in Google in a minute; the rest waits", whole(1)
    )
    google_per_day: int | None = choice(
        None, "how many changes are made in Google in 24 hours; the rest is tried again later", whole(1)
    )
    google_poll_seconds: float = choice(
        60.0, "seconds between two looks at what was answered or edited in Google", above(0)
    )
    google_quota_hours: float = choice(6.0, "hours to leave Google alone when the day's quota is used up", above(0, 72))
    google_free_busy: bool = choice(
        True, "whether the card of a new meeting shows who is busy then, of those who share it", truth
    )
