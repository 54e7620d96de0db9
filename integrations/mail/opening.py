"""Which mail did the operator choose? An SMTP server where one is set, else a folder."""

from governor.itip.invitation import Mailbox
from governor.ports import Surroundings
from governor.wording.phrase import phrase
from integrations.mail.calendar import MailCalendar
from integrations.mail.folder import Folder
from integrations.mail.settings import Settings
from integrations.mail.smtp import Smtp


def open_calendar(around: Surroundings) -> MailCalendar:
    """Return the calendar that mails invitations; without a server, it writes to ``mail`` in the data folder."""
    settings = Settings()
    organizer = Mailbox(name=settings.mail_name, address=settings.mail_from)
    if settings.smtp_host is None:
        folder = Folder.from_settings(settings, data=around.data)
        return MailCalendar(folder, organizer, phrase("start-mail-folder", folder=str(folder.directory)))
    return MailCalendar(Smtp.from_settings(settings), organizer, phrase("start-mail-smtp", host=settings.smtp_host))
