"""How do meetings get into Google Calendar? One event that its guests share.

What talks to Google is loaded only where an account is connected: it is heavy.
"""

from integrations.google_calendar.opening import open_calendar

__all__ = ["open_calendar"]
