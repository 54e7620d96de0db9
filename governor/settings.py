"""What did the operator choose? Environment variables and ``.env``; each adapter holds its own besides."""

import getpass
from collections.abc import Mapping
from dataclasses import field, replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import available_timezones

from governor.domain.addresses import address
from governor.domain.reminders import By
from governor.domain.standing_rules import MOST_NOTICE, NONE, StandingRule, hours, lengths
from governor.ports.choices import Secret, about, above, choice, chosen, matching, whole
from governor.understanding.tokens import clean
from governor.values import dataclass
from governor.wording.catalogue import LANGUAGES, ZONE_WORDS

_MOST_ALARMS, _LONGEST_ALARM, _LONGEST_NAME = 5, timedelta(days=28), 120


def _login() -> str:
    """Return the name of the person at this machine; containers often have none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "sekretaris"


def _name(text: str) -> str:
    plain = " ".join(clean(text).split())
    if not plain or len(text) > _LONGEST_NAME:
        raise ValueError("a name")
    return plain


def _zone(text: str) -> str:
    known = next((name for name, word in ZONE_WORDS.items() if word == text.strip().upper()), text.strip())
    if known not in available_timezones():
        raise ValueError("no such IANA time zone")
    return known


def _language(text: str) -> str:
    if text.strip().lower() not in LANGUAGES:
        raise ValueError("no such language")
    return text.strip().lower()


def _reminders(text: str) -> str:
    lengths(text)
    return text


def _alarms(text: str) -> str:
    found = lengths(text)
    if len(found) > _MOST_ALARMS or any(length > _LONGEST_ALARM for length in found):
        raise ValueError("up to five of at most 28 days")  # what Google takes
    return text


def _hours(text: str) -> str:
    hours(text)
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of Governor itself, each read from ``GOVERNOR_`` + its name in capitals."""

    data: Path = choice(Path("data"), "folder of the database, the keys and the files made for people", Path)
    database_url: Secret | None = choice(
        None, "PostgreSQL instead of the SQLite file in the data folder: postgresql://user:password@host/name", Secret
    )
    database_owner_url: Secret | None = choice(
        None, "PostgreSQL role that owns and migrates the tables; the one above is then granted the rest", Secret
    )
    http_host: str = choice("127.0.0.1", "address the public page listens on")
    http_port: int = choice(8080, "its port; 0 turns the page off", whole(0, 65535))
    public_address: str | None = choice(
        None,
        "address under which people reach that page, https://rapat.example.org; by default the one above",
        matching(r"https?://[^\s?#]{1,400}"),
    )
    organisation: str = choice("Organisasi", "name of the organisation, at first start", _name)
    zone: str = choice("Asia/Jakarta", "IANA time zone, or WIB, WITA, WIT; at first start", _zone)
    language: str = choice("id", "id or en, at first start", _language)
    secretary: str = field(
        default_factory=_login, metadata=about("name of the first secretary; by default the login name", _name)
    )
    secretary_email: str | None = choice(None, "e-mail address of the first secretary", address)
    domain: str | None = choice(
        None,
        "internet domain that names the log for good, at first start; by default a random name",
        matching(r"[a-z0-9.\-]{1,200}"),
    )
    notice_days: int = choice(
        0, "clear days between a call and its meeting, where a time is looked for", whole(0, MOST_NOTICE)
    )
    reminders: str = choice(
        "3d,1d,1h", "how long before a meeting its people are reminded: days, hours, minutes (30m); or none", _reminders
    )
    remind_by: By = choice(
        By.CHAT, "where: chat, mail (those who are invited by mail; the chat for the others), or both", By
    )
    quiet_hours: str = choice("21:00-06:00", "when nobody is reminded, by the organisation's clocks; or none", _hours)
    calendar_alarms: str = choice(
        NONE,
        "how long before a meeting the guests' own calendars speak up, where they let others ask for it: "
        "up to five lengths (1d,1h,30m); or none",
        _alarms,
    )
    retry_seconds: float = choice(5.0, "wait before a failed delivery is tried again; it grows", above(0))
    log_level: str = choice("WARNING", "DEBUG, INFO, WARNING or ERROR", matching("DEBUG|INFO|WARNING|ERROR"))

    @property
    def standing_rules(self) -> Mapping[StandingRule, str]:
        """Return the standing rules of an organisation that has adopted no others, as they are written."""
        return {rule: str(getattr(self, rule.value)) for rule in StandingRule}

    @property
    def alarms(self) -> tuple[timedelta, ...]:
        """Return how long before a meeting the guests' own calendars are asked to speak up."""
        return lengths(self.calendar_alarms)

    @property
    def page(self) -> str | None:
        """Return the URL of the public page, without a slash at its end; ``None``: there is no page."""
        if self.public_address is not None:
            return self.public_address.rstrip("/")
        return f"http://{self.http_host}:{self.http_port}" if self.http_port else None


def load(data: Path | None = None) -> Settings:
    """Return the settings, with *data* in the place of the folder that they name.

    Raises:
        Refused: a setting is wrong. It is named; its value is not shown, for it may be a secret.
    """
    settings = chosen(Settings)
    return settings if data is None else replace(settings, data=data)
