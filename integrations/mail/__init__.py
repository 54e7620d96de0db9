"""How are invitations handed over by e-mail? What talks to a server is loaded only where one is set."""

from integrations.mail.opening import open_calendar

__all__ = ["open_calendar"]
