"""Is an account of Google connected? Only then is anything of Google's loaded."""

from typing import TYPE_CHECKING

from governor.errors import Refused
from governor.ports import Surroundings
from governor.ports.choices import chosen
from integrations.google_calendar.connection import load, path_in
from integrations.google_calendar.settings import Settings

if TYPE_CHECKING:  # heavy
    from integrations.google_calendar.calendar import GoogleCalendar


def open_calendar(around: Surroundings) -> "GoogleCalendar | None":
    """Return the calendar of the account that is connected, or ``None`` where none is.

    Raises:
        Refused: the file of the connection is damaged.
        Unavailable: it cannot be read.
    """
    path = path_in(around.data)
    connection = load(path)
    if connection is None:
        return None
    from integrations.google_calendar.calendar import GoogleCalendar
    from integrations.google_calendar.service import Service

    settings = chosen(Settings)
    try:
        service = Service(connection, settings, path)
    except ValueError:
        raise Refused("google-connection-damaged", path=str(path)) from None
    return GoogleCalendar(service, connection, settings, path.with_name("seen.json"), around.ration)
