"""What did the operator choose about mail?"""

from enum import StrEnum
from ipaddress import ip_address

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from governor.domain.addresses import address
from governor.errors import Refused


class Security(StrEnum):
    """How the connection to the SMTP server is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"

    @property
    def port(self) -> int:
        """Return the port that goes with it (RFC 6409, RFC 8314)."""
        return {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}[self]


class Settings(BaseSettings):
    """The settings of mail, each read from the environment variable ``GOVERNOR_`` + its name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix="GOVERNOR_", env_file=".env", extra="ignore", env_ignore_empty=True, hide_input_in_errors=True
    )

    smtp_host: str | None = Field(None, description="SMTP server; without one, messages are written to data/mail")
    smtp_port: int | None = Field(
        None, ge=1, le=65535, description="its port; by default 587 (starttls), 465 (tls) or 25 (none)"
    )
    smtp_security: Security = Field(Security.STARTTLS, description="starttls, tls or none")
    smtp_user: str | None = Field(None, description="user name, where the server asks for a login")
    smtp_password: SecretStr | None = Field(None, description="password or app password of that user")
    smtp_timeout: float = Field(30.0, gt=0, le=600, description="seconds to wait for each answer of the server")
    mail_from: str = Field("governor@localhost.localdomain", description="address of Governor's own mailbox")
    mail_name: str = Field("Governor", description="name shown beside that address")

    @field_validator("smtp_user")
    @classmethod
    def _is_not_told_in_the_clear(cls, user: str | None, others: ValidationInfo) -> str | None:
        is_clear = others.data.get("smtp_security") is Security.NONE
        if user is not None and is_clear and not _is_here(others.data.get("smtp_host")):
            raise ValueError("a login needs starttls or tls")
        return user

    @field_validator("smtp_password")
    @classmethod
    def _is_somebodys(cls, password: SecretStr | None, others: ValidationInfo) -> SecretStr | None:
        if password is not None and "smtp_user" in others.data and others.data["smtp_user"] is None:
            raise ValueError("whose password is it?")
        return password

    @field_validator("mail_from")
    @classmethod
    def _is_an_address(cls, text: str) -> str:
        try:
            return address(text)
        except Refused:
            raise ValueError("not an address") from None


def _is_here(host: str | None) -> bool:
    """Return whether *host* is this very machine."""
    try:
        return host is None or host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
