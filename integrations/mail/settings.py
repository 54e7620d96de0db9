"""What did the operator choose about mail?"""

from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from governor.domain.addresses import address
from governor.errors import Refused


class Security(StrEnum):
    """How the connection to a server is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"

    @property
    def port(self) -> int:
        """Return the port that goes with it for sending (RFC 6409, RFC 8314)."""
        return {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}[self]


class Protocol(StrEnum):
    """What the server in front speaks when it hands over mail."""

    LMTP = "lmtp"
    SMTP = "smtp"


AUTHSERVS = {"imap.gmail.com": "mx.google.com"}
"""The names by which well-known servers sign what they found out about senders (RFC 8601 §2.5)."""


class Settings(BaseSettings):
    """The settings of mail, each read from the environment variable ``GOVERNOR_`` + its name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix="GOVERNOR_",
        env_file=".env",
        extra="ignore",
        env_ignore_empty=True,
        hide_input_in_errors=True,
        validate_default=True,
    )

    smtp_host: str | None = Field(None, description="SMTP server; without one, messages are written to data/mail")
    smtp_port: int | None = Field(
        None, ge=1, le=65535, description="its port; by default 587 (starttls), 465 (tls) or 25 (none)"
    )
    smtp_security: Security = Field(Security.STARTTLS, description="starttls, tls or none")
    smtp_user: str | None = Field(None, description="user name, where the server asks for a login")
    smtp_password: SecretStr | None = Field(None, description="password or app password of that user")
    smtp_timeout: float = Field(30.0, gt=0, le=600, description="seconds to wait for each answer of the server")
    smtp_per_minute: int | None = Field(
        None, ge=1, description="how many messages are sent in a minute, by all processes together; the rest waits"
    )
    smtp_per_day: int | None = Field(
        None,
        ge=1,
        description="how many messages are sent in 24 hours (Gmail allows 500); the rest is tried again later",
    )
    dkim_domain: str | None = Field(
        None, description="domain that messages are signed for (DKIM), where the SMTP server does not sign them itself"
    )
    dkim_selector: str = Field("governor", description="selector of the key in the DNS: <selector>._domainkey.<domain>")
    dkim_key: Path | None = Field(None, description="file of the private key (RSA, PEM) that signs")
    imap_host: str | None = Field(None, description="IMAP server on which answers come in; without one, none is read")
    imap_port: int | None = Field(None, ge=1, le=65535, description="its port; by default 993 (tls) or 143")
    imap_security: Security = Field(Security.TLS, description="tls, starttls or none")
    imap_user: str | None = Field(None, description="user name there; by default that of the SMTP server")
    imap_password: SecretStr | None = Field(
        None, description="password of that user; by default that of the SMTP server"
    )
    imap_folder: str = Field("INBOX", description="folder in which answers arrive")
    imap_poll: float = Field(
        60.0, ge=1, le=3600, description="seconds between two looks; new mail is told sooner by IDLE"
    )
    mail_listen: str | None = Field(
        None, description="host:port on which a mail server hands over answers, instead of IMAP or beside it"
    )
    mail_listen_protocol: Protocol = Field(Protocol.LMTP, description="lmtp or smtp")
    mail_authserv: str | None = Field(
        None,
        description="name by which the receiving server vouches for senders (authserv-id in Authentication-Results); "
        "it is known for Gmail; without one, every answer by mail is shown as unproved",
    )
    mail_largest: int = Field(10, ge=1, le=100, description="megabytes; larger messages are set aside unread")
    mail_from: str = Field("governor@localhost.localdomain", description="address of Governor's own mailbox")
    mail_name: str = Field("Governor", description="name shown beside that address")
    mail_organizer: str | None = Field(
        None,
        description="address that organises the meetings where it is not that mailbox but, say, the secretariat's: "
        "answers go there, and have to be forwarded to that mailbox as they are",
    )

    @field_validator("smtp_user")
    @classmethod
    def _is_not_told_in_the_clear(cls, user: str | None, others: ValidationInfo) -> str | None:
        is_clear = others.data.get("smtp_security") is Security.NONE
        if user is not None and is_clear and not _is_here(others.data.get("smtp_host")):
            raise ValueError("a login needs starttls or tls")
        return user

    @field_validator("imap_user")
    @classmethod
    def _is_not_read_in_the_clear(cls, user: str | None, others: ValidationInfo) -> str | None:
        is_clear = others.data.get("imap_security") is Security.NONE
        if is_clear and not _is_here(others.data.get("imap_host")):
            raise ValueError("a login needs starttls or tls")
        return user

    @field_validator("dkim_key")
    @classmethod
    def _signs_for_somebody(cls, key: Path | None, others: ValidationInfo) -> Path | None:
        if (key is None) != (others.data.get("dkim_domain") is None):
            raise ValueError("a domain and a key go together")
        if key is not None and not key.is_file():
            raise ValueError("no such file")
        return key

    @field_validator("mail_listen")
    @classmethod
    def _is_a_place(cls, place: str | None) -> str | None:
        host, colon, port = (place or "x:1").rpartition(":")
        if not host or not colon or not port.isdigit() or int(port) > 65535:
            raise ValueError("not host:port")
        return place

    @property
    def authserv(self) -> str | None:
        """Return the server whose word on senders is believed."""
        return self.mail_authserv or AUTHSERVS.get((self.imap_host or "").casefold())

    @field_validator("smtp_password")
    @classmethod
    def _is_somebodys(cls, password: SecretStr | None, others: ValidationInfo) -> SecretStr | None:
        if password is not None and "smtp_user" in others.data and others.data["smtp_user"] is None:
            raise ValueError("whose password is it?")
        return password

    @field_validator("mail_from", "mail_organizer")
    @classmethod
    def _is_an_address(cls, text: str | None) -> str | None:
        try:
            return None if text is None else address(text)
        except Refused:
            raise ValueError("not an address") from None


def _is_here(host: str | None) -> bool:
    """Return whether *host* is this very machine."""
    try:
        return host is None or host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
