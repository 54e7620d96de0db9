"""How does one meeting read as a VEVENT in a VCALENDAR?"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vUnknown

from governor.itip.invitation import Guest, Invitation, Mailbox
from governor.itip.texts import escaped, line, lines, parameter
from governor.itip.zones import vtimezone

PRODID: Final = "-//Governor//Governor//EN"
"""Who made it (RFC 5545 §3.7.3)."""

UTC_NAMES = frozenset({"UTC", "Etc/UTC", "Etc/UCT", "Etc/Universal", "Etc/Zulu", "UCT", "Universal", "Zulu"})
"""The IANA names of UTC, which is written as such and needs no VTIMEZONE."""


def calendar(invitation: Invitation, event: Event, *, method: str) -> bytes:
    """Return the whole VCALENDAR (RFC 5545, UTF-8, CRLF, folded at 75 octets) that carries *event* by *method*.

    Equal arguments give equal bytes.
    """
    whole = Calendar()
    whole.add("PRODID", PRODID)
    whole.add("VERSION", "2.0")
    whole.add("CALSCALE", "GREGORIAN")
    whole.add("METHOD", method)
    if invitation.zone not in UTC_NAMES:
        start, end = instants(invitation)
        whole.add_component(vtimezone(invitation.zone, start, end))
    whole.add_component(event)
    return bytes(whole.to_ical())


def vevent(invitation: Invitation, attendees: Iterable[vCalAddress]) -> Event:
    """Return the VEVENT of *invitation* with *attendees*, and without a STATUS."""
    event = Event()
    event.add("UID", invitation.uid)
    event.add("SEQUENCE", invitation.sequence)
    event.add("DTSTAMP", invitation.dtstamp.astimezone(UTC).replace(microsecond=0))
    for name, instant in zip(("DTSTART", "DTEND"), instants(invitation), strict=True):
        event.add(name, _local(instant, invitation.zone))
    event["SUMMARY"] = _text(line(invitation.summary))
    if invitation.location:
        event["LOCATION"] = _text(line(invitation.location))
    if invitation.agenda:
        event["DESCRIPTION"] = _text(lines(invitation.agenda))
    event["ORGANIZER"] = _organizer(invitation)
    for attendee in attendees:
        event.add("ATTENDEE", attendee)
    return event


def guests(invitation: Invitation) -> tuple[Guest, ...]:
    """Return those who may be an ATTENDEE: everyone but the organizer's own address.

    A server that finds the organizer among the attendees takes the answers for its own (RFC 5546 §3.2.2).
    """
    ours = invitation.organizer.address.casefold()
    return tuple(guest for guest in invitation.guests if guest.mailbox.address.casefold() != ours)


def cal_address(mailbox: Mailbox) -> vCalAddress:
    """Return *mailbox* as a ``mailto:`` URI (RFC 6068) with its CN."""
    user = vCalAddress("mailto:" + quote(mailbox.address, safe="@!$&'*+-./=_~"))
    name = parameter(mailbox.name)
    if name:
        user.params["CN"] = name
    return user


def _organizer(invitation: Invitation) -> vCalAddress:
    """Return Governor's own mailbox, named after the person who called: answers go to it, thanks go to them."""
    chair, organization = line(invitation.chair), line(invitation.organization)
    name = f"{chair} ({organization})" if chair and organization else chair or organization or invitation.organizer.name
    return cal_address(Mailbox(name=name, address=invitation.organizer.address))


def instants(invitation: Invitation) -> tuple[datetime, datetime]:
    """Return start and end in UTC, to the second; the duration is elapsed time."""
    start = invitation.dtstart.astimezone(UTC).replace(microsecond=0)
    return start, start + invitation.duration


def _local(instant: datetime, zone: str) -> datetime:
    """Return *instant* in *zone*, or in UTC where its local time comes twice.

    RFC 5545 §3.3.5 says that the first is meant, yet ical.js and libical take the second.
    """
    local = instant.astimezone(ZoneInfo(zone))
    is_twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return instant if zone in UTC_NAMES or is_twice else local


def _text(clean: str) -> vUnknown:
    """Return *clean* as a TEXT value that icalendar writes as it stands."""
    return vUnknown(escaped(clean))
