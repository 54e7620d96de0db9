"""Is a calendar on a CalDAV server set? Only then is anything of CalDAV loaded."""

from typing import TYPE_CHECKING

from governor.ports import Surroundings
from governor.ports.choices import chosen
from integrations.caldav.settings import Settings

if TYPE_CHECKING:  # heavy
    from integrations.caldav.calendar import CaldavCalendar


def open_calendar(around: Surroundings) -> "CaldavCalendar | None":
    """Return the calendar that is set, or ``None`` where none is; the server is first spoken to when it is needed."""
    settings = chosen(Settings)
    if settings.caldav_calendar is None:
        return None
    from integrations.caldav.calendar import CaldavCalendar
    from integrations.caldav.server import Server

    return CaldavCalendar(Server(settings), settings, around.data / "caldav" / "answers.json")
