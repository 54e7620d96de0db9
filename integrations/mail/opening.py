"""Which mail did the operator choose? An SMTP server where one is set, else a folder; and where answers come in."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from governor.itip.invitation import Mailbox
from governor.ports import Surroundings
from governor.ports.choices import chosen
from governor.wording.phrase import phrase
from integrations.mail.calendar import MailCalendar, Source
from integrations.mail.folder import Folder
from integrations.mail.settings import Settings, at_odds


def open_calendar(around: Surroundings) -> MailCalendar:
    """Return the calendar that mails invitations; without a server, it writes to ``mail`` in the data folder."""
    settings = chosen(Settings, at_odds)
    sender = Mailbox(name=settings.mail_name, address=settings.mail_from)
    organizer = replace(sender, address=settings.mail_organizer or sender.address)
    sent_by = None if organizer == sender else sender
    sources = tuple(_sources(settings, around.data))
    if settings.smtp_host is None:
        folder = Folder.from_settings(settings, data=around.data)
        return MailCalendar(
            folder, organizer, phrase("start-mail-folder", folder=str(folder.directory)), sources, sent_by
        )
    from integrations.mail.letters import MailLetters
    from integrations.mail.smtp import Smtp

    notice = phrase("start-mail-smtp", host=settings.smtp_host)
    smtp = Smtp.from_settings(settings, around.ration)
    return MailCalendar(smtp, organizer, notice, sources, sent_by, MailLetters(smtp, sender))


def _sources(settings: Settings, data: Path) -> Iterator[Source]:
    """Yield where answers come in; what they need is imported only then."""
    if settings.imap_host is None and settings.mail_listen is None:
        return
    from integrations.mail.mailroom import Mailroom
    from integrations.mail.reading import Reader

    reader = Reader(address=settings.mail_from, authserv=settings.authserv)
    mailroom = Mailroom(reader=reader, aside=data / "mail-aside", largest=settings.mail_largest * 1_000_000)
    if settings.imap_host is not None:
        from integrations.mail.imap import Imap

        yield Imap.from_settings(settings, mailroom, data=data)
    if settings.mail_listen is not None:
        from integrations.mail.listener import Listener, Place

        host, _, port = settings.mail_listen.rpartition(":")
        place = Place(
            host=host.strip("[]"),
            port=int(port),
            protocol=settings.mail_listen_protocol,
            addresses=tuple(filter(None, (settings.mail_from, settings.mail_organizer))),
        )
        yield Listener(place, mailroom, lambda: datetime.now(UTC))
