"""What did the operator choose? Environment variables and ``.env``; each adapter holds its own besides."""

import getpass
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from zoneinfo import available_timezones

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from governor.domain.addresses import address
from governor.domain.reminders import By
from governor.domain.standing_rules import MOST_NOTICE, NONE, StandingRule, hours, lengths
from governor.errors import Refused
from governor.understanding.tokens import clean
from governor.wording.catalogue import LANGUAGES, ZONE_WORDS

_MOST_ALARMS, _LONGEST_ALARM = 5, timedelta(days=28)


def _login() -> str:
    """Return the name of the person at this machine; containers often have none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "sekretaris"


class Settings(BaseSettings):
    """The settings of Governor itself, each read from ``GOVERNOR_`` + its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="GOVERNOR_", env_file=".env", extra="ignore", env_ignore_empty=True)

    data: Path = Field(Path("data"), description="folder of the database, the keys and the files made for people")
    database_url: SecretStr | None = Field(
        None,
        description="PostgreSQL instead of the SQLite file in the data folder: postgresql://user:password@host/name",
    )
    database_owner_url: SecretStr | None = Field(
        None,
        description="PostgreSQL role that owns and migrates the tables; the one above is then granted the rest",
    )
    http_host: str = Field("127.0.0.1", description="address the public page listens on")
    http_port: int = Field(8080, ge=0, le=65535, description="its port; 0 turns the page off")
    public_address: str | None = Field(
        None,
        pattern=r"^https?://[^\s?#]{1,400}$",
        description="address under which people reach that page, https://rapat.example.org; by default the one above",
    )
    organisation: str = Field(
        "Organisasi", min_length=1, max_length=120, description="name of the organisation, at first start"
    )
    zone: str = Field("Asia/Jakarta", description="IANA time zone, or WIB, WITA, WIT; at first start")
    language: str = Field("id", description="id or en, at first start")
    secretary: str = Field(
        default_factory=_login, max_length=120, description="name of the first secretary; by default the login name"
    )
    secretary_email: str | None = Field(None, description="e-mail address of the first secretary")
    domain: str | None = Field(
        None,
        pattern=r"^[a-z0-9.\-]{1,200}$",
        description="internet domain that names the log for good, at first start; by default a random name",
    )
    notice_days: int = Field(
        0, ge=0, le=MOST_NOTICE, description="clear days between a call and its meeting, where a time is looked for"
    )
    reminders: str = Field(
        "3d,1d,1h",
        description="how long before a meeting its people are reminded: days, hours, minutes (30m); or none",
    )
    remind_by: By = Field(
        By.CHAT, description="where: chat, mail (those who are invited by mail; the chat for the others), or both"
    )
    quiet_hours: str = Field(
        "21:00-06:00", description="when nobody is reminded, by the organisation's clocks; or none"
    )
    calendar_alarms: str = Field(
        NONE,
        description="how long before a meeting the guests' own calendars speak up, where they let others ask for it: "
        "up to five lengths (1d,1h,30m); or none",
    )
    retry_seconds: float = Field(5.0, gt=0, description="wait before a failed delivery is tried again; it grows")
    log_level: str = Field(
        "WARNING", pattern=r"^(DEBUG|INFO|WARNING|ERROR)$", description="DEBUG, INFO, WARNING or ERROR"
    )

    @field_validator("organisation", "secretary")
    @classmethod
    def _plain_name(cls, name: str) -> str:
        plain = " ".join(clean(name).split())
        if not plain:
            raise ValueError("a name")
        return plain

    @field_validator("secretary_email")
    @classmethod
    def _known_address(cls, email: str | None) -> str | None:
        try:
            return None if email is None else address(email)
        except Refused as error:
            raise ValueError(error.key) from error

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        known = next((name for name, word in ZONE_WORDS.items() if word == zone.strip().upper()), zone.strip())
        if known not in available_timezones():
            raise ValueError("no such IANA time zone")
        return known

    @field_validator("language")
    @classmethod
    def _known_language(cls, language: str) -> str:
        if language.strip().lower() not in LANGUAGES:
            raise ValueError("no such language")
        return language.strip().lower()

    @field_validator("reminders")
    @classmethod
    def _knownlengths(cls, text: str) -> str:
        lengths(text)
        return text

    @field_validator("calendar_alarms")
    @classmethod
    def _known_alarms(cls, text: str) -> str:
        found = lengths(text)
        if len(found) > _MOST_ALARMS or any(length > _LONGEST_ALARM for length in found):
            raise ValueError("up to five of at most 28 days")  # what Google takes
        return text

    @field_validator("quiet_hours")
    @classmethod
    def _known_hours(cls, text: str) -> str:
        hours(text)
        return text

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
    try:
        settings = Settings()
    except ValidationError as error:
        raise wrong(error) from None
    return settings if data is None else settings.model_copy(update={"data": data})


def wrong(error: ValidationError) -> Refused:
    """Return what to tell the operator about the settings that *error* refuses: their names, and what is expected."""
    names = sorted({f"GOVERNOR_{str(fault['loc'][0]).upper()}" for fault in error.errors(include_input=False)})
    return Refused("setting-invalid", setting=", ".join(names))
