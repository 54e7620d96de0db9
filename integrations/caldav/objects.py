"""How does a meeting stand in a calendar object? One object for each UID: a meeting, or a series and its exceptions."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress

from governor.domain.meetings import Status
from governor.errors import Refused
from governor.itip.invitation import Guest, Invitation
from governor.itip.request import request
from integrations.caldav.traces import TRACE, keep_guests, trace

_REVISION = "X-GOVERNOR-REVISION"
_TIMES = ("DTSTART", "DTEND", "RRULE", "EXDATE", "RDATE")


def name_of(invitation: Invitation) -> str:
    """Return the name of the object of *invitation*: the same for all of a series, and safe in a path."""
    return f"{sha256(invitation.uid.encode()).hexdigest()[:40]}.ics"


def parsed(content: bytes) -> Calendar:
    """Return the VCALENDAR *content*.

    Raises:
        Refused: it is none.
    """
    try:
        return Calendar.from_ical(content)
    except ValueError:
        raise Refused("caldav-damaged") from None


def published(found: Calendar | None, invitation: Invitation) -> bytes | None:
    """Return the object that shows *invitation*, in the place of *found*; ``None``: there shall be none.

    What people answered stays where the time does.
    """
    is_whole = invitation.recurrence_id is None or invitation.is_series_cancelled
    if invitation.status is Status.CANCELLED and is_whole:
        return None
    whole = Calendar.from_ical(request(invitation))
    del whole["METHOD"]  # RFC 4791 §4.1
    (event,) = whole.events
    event[_REVISION] = str(invitation.revision)
    event[TRACE] = trace(event)
    before = None if found is None else event_of(found, invitation)
    if before is not None and all(_shown(before, name) == _shown(event, name) for name in _TIMES):
        known = {addressed(each): each.params.get("PARTSTAT") for each in attendees(before)}
        for attendee in attendees(event):
            if known.get(addressed(attendee)):
                attendee.params["PARTSTAT"] = known[addressed(attendee)]
    others = () if found is None else (each for each in found.events if not _is_of(each, invitation))
    zones = {str(each["TZID"]) for each in whole.timezones}
    for zone in () if found is None else found.timezones:
        if str(zone["TZID"]) not in zones:
            whole.add_component(zone)
    for other in others:
        whole.add_component(other)
    return bytes(whole.to_ical())


def is_shown(found: Calendar, invitation: Invitation) -> bool:
    """Return whether *found* shows this revision of *invitation*, or a later one, to just those who are invited."""
    event = event_of(found, invitation)
    if event is None:
        return False
    revision = str(event.get(_REVISION, ""))
    wanted = {each.mailbox.address.casefold() for each in invitation.guests}
    is_same = {addressed(each) for each in attendees(event)} == wanted - {invitation.organizer.address.casefold()}
    return revision.isdigit() and (
        int(revision) > invitation.revision or (is_same and int(revision) == invitation.revision)
    )


def without(found: Calendar, invitation: Invitation, guest: Guest) -> list[bytes]:
    """Return the objects to write, one after the other, so that *guest* is not on *invitation*; none: they are not.

    Whether they are on other occurrences of its series, or on that, is not changed: those go their own way.
    At first the server is told to leave them alone (RFC 6638 §7.1), so that it says nothing of their removal.
    """
    address = guest.mailbox.address.casefold()
    event = event_of(found, invitation)
    theirs = [] if event is None else [each for each in attendees(event) if addressed(each) == address]
    if event is None or not theirs:
        return []
    for each in theirs:
        each.params["SCHEDULE-AGENT"] = "NONE"
    silenced, before = bytes(found.to_ical()), trace(event)
    left = [each for each in attendees(event) if addressed(each) != address]
    del event["ATTENDEE"]
    for each in left:
        event.add("ATTENDEE", each)
    keep_guests(event, before)
    return [silenced, bytes(found.to_ical())]


def event_of(found: Calendar, invitation: Invitation) -> Event | None:
    """Return the VEVENT of *found* that is *invitation*: the whole meeting, or that occurrence of the series."""
    return next((event for event in found.events if _is_of(event, invitation)), None)


def recurrence_of(event: Event) -> datetime | date | None:
    """Return of which occurrence *event* is: an instant (UTC), or where the series has days its day; else ``None``."""
    named = event.get("RECURRENCE-ID")
    moment: datetime | date | None = None if named is None else named.dt
    return moment.astimezone(UTC) if isinstance(moment, datetime) else moment


def _is_of(event: Event, invitation: Invitation) -> bool:
    named, moment = recurrence_of(event), invitation.recurrence_id
    if named is None or moment is None or isinstance(named, datetime):
        return named == moment
    return named == moment.astimezone(ZoneInfo(invitation.series_zone or invitation.zone)).date()


def attendees(event: Event) -> list[vCalAddress]:
    """Return the attendees of *event*, in order."""
    return list(event.attendees)


def answers(found: Calendar) -> Iterator[tuple[Event, str, str]]:
    """Yield the event, the address (in lower case) and the PARTSTAT of everybody on the events of *found*."""
    for event in found.events:
        for attendee in attendees(event):
            yield event, addressed(attendee), str(attendee.params.get("PARTSTAT", "NEEDS-ACTION")).upper()


def addressed(attendee: vCalAddress) -> str:
    """Return the address of *attendee*, in lower case."""
    return str(attendee).casefold().removeprefix("mailto:")


def _shown(event: Event, name: str) -> object:
    value = event.get(name)
    values = value if isinstance(value, list) else [] if value is None else [value]
    return [each.to_ical() for each in values]
