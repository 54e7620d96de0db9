"""How are invitations handed over by e-mail?"""

from integrations.mail.calendar import MailCalendar
from integrations.mail.composition import compose, message_id
from integrations.mail.folder import Folder
from integrations.mail.opening import open_calendar
from integrations.mail.settings import Security, Settings
from integrations.mail.smtp import Server, Smtp

__all__ = ["Folder", "MailCalendar", "Security", "Server", "Settings", "Smtp", "compose", "message_id", "open_calendar"]
