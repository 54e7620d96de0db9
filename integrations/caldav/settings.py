"""Which calendar on a CalDAV server did the operator choose?"""

from governor.domain.addresses import address
from governor.ports.choices import Secret, above, choice, matching
from governor.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of CalDAV, each read from ``GOVERNOR_`` + its name in capitals."""

    caldav_calendar: str | None = choice(
        None,
        "address of a calendar on a CalDAV server (Nextcloud: its internal link); by default none",
        matching(r"https?://[^\s/?#@]+/[^\s?#]+"),
    )
    caldav_user: str = choice("", "user name of the account that has the calendar")
    caldav_password: Secret = choice(Secret(""), "password of that account: in Nextcloud an app password", Secret)
    caldav_from: str = choice(
        "governor@localhost.localdomain", "e-mail address of that account: it organises the meetings", address
    )
    caldav_timeout: float = choice(20.0, "seconds to wait for each answer of the server", above(0, 600))
    caldav_poll_seconds: float = choice(60.0, "seconds between two looks at what was answered there", above(0))
