"""What did the operator choose about mail?"""

from collections.abc import Iterator
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path

from governor.domain.addresses import address
from governor.ports.choices import Secret, above, between, choice, whole
from governor.values import dataclass


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


def _file(text: str) -> Path:
    if not Path(text).is_file():
        raise ValueError("no such file")
    return Path(text)


def _place(text: str) -> str:
    host, colon, port = text.rpartition(":")
    if not host or not colon or not port.isdigit() or int(port) > 65535:
        raise ValueError("not host:port")
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of mail, each read from the environment variable ``GOVERNOR_`` + its name in capitals."""

    smtp_host: str | None = choice(None, "SMTP server; without one, messages are written to data/mail")
    smtp_port: int | None = choice(None, "its port; by default 587 (starttls), 465 (tls) or 25 (none)", whole(1, 65535))
    smtp_security: Security = choice(Security.STARTTLS, "starttls, tls or none", Security)
    smtp_user: str | None = choice(None, "user name, where the server asks for a login")
    smtp_password: Secret | None = choice(None, "password or app password of that user", Secret)
    smtp_timeout: float = choice(30.0, "seconds to wait for each answer of the server", above(0, 600))
    smtp_per_minute: int | None = choice(
        None, "how many messages are sent in a minute, by all processes together; the rest waits", whole(1)
    )
    smtp_per_day: int | None = choice(
        None, "how many messages are sent in 24 hours (Gmail allows 500); the rest is tried again later", whole(1)
    )
    dkim_domain: str | None = choice(
        None, "domain that messages are signed for (DKIM), where the SMTP server does not sign them itself"
    )
    dkim_selector: str = choice("governor", "selector of the key in the DNS: <selector>._domainkey.<domain>")
    dkim_key: Path | None = choice(None, "file of the private key (RSA, PEM) that signs", _file)
    imap_host: str | None = choice(None, "IMAP server on which answers come in; without one, none is read")
    imap_port: int | None = choice(None, "its port; by default 993 (tls) or 143", whole(1, 65535))
    imap_security: Security = choice(Security.TLS, "tls, starttls or none", Security)
    imap_user: str | None = choice(None, "user name there; by default that of the SMTP server")
    imap_password: Secret | None = choice(None, "password of that user; by default that of the SMTP server", Secret)
    imap_folder: str = choice("INBOX", "folder in which answers arrive")
    imap_poll: float = choice(60.0, "seconds between two looks; new mail is told sooner by IDLE", between(1, 3600))
    mail_listen: str | None = choice(
        None, "host:port on which a mail server hands over answers, instead of IMAP or beside it", _place
    )
    mail_listen_protocol: Protocol = choice(Protocol.LMTP, "lmtp or smtp", Protocol)
    mail_authserv: str | None = choice(
        None,
        "name by which the receiving server vouches for senders (authserv-id in Authentication-Results); "
        "it is known for Gmail; without one, every answer by mail is shown as unproved",
    )
    mail_largest: int = choice(10, "megabytes; larger messages are set aside unread", whole(1, 100))
    mail_from: str = choice("governor@localhost.localdomain", "address of Governor's own mailbox", address)
    mail_name: str = choice("Governor", "name shown beside that address")
    mail_organizer: str | None = choice(
        None,
        "address that organises the meetings where it is not that mailbox but, say, the secretariat's: "
        "answers go there, and have to be forwarded to that mailbox as they are",
        address,
    )

    @property
    def authserv(self) -> str | None:
        """Return the server whose word on senders is believed."""
        return self.mail_authserv or AUTHSERVS.get((self.imap_host or "").casefold())


def at_odds(settings: Settings) -> Iterator[str]:
    """Yield the settings that do not go with the others."""
    is_told_in_the_clear = settings.smtp_security is Security.NONE and not _is_here(settings.smtp_host)
    if settings.smtp_user is not None and is_told_in_the_clear:
        yield "smtp_user"
    if settings.smtp_password is not None and settings.smtp_user is None:
        yield "smtp_password"
    if settings.imap_security is Security.NONE and not _is_here(settings.imap_host):
        yield "imap_user"
    if (settings.dkim_key is None) != (settings.dkim_domain is None):
        yield "dkim_key"


def _is_here(host: str | None) -> bool:
    """Return whether *host* is this very machine."""
    try:
        return host is None or host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
