"""How do meetings get into a calendar on a CalDAV server, such as Nextcloud? One event that its guests share.

The server tells the guests (RFC 6638). What talks to it is loaded only where one is set: it is heavy.
"""

from integrations.caldav.opening import open_calendar

__all__ = ["open_calendar"]
