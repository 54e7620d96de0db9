"""How does one meeting read as a VEVENT in a VCALENDAR?"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Final
from urllib.parse import quote
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vUnknown

from governor.domain import recurrence as repeating
from governor.domain.recurrence import parse_until
from governor.itip.folding import written
from governor.itip.invitation import Guest, Invitation, Mailbox
from governor.itip.texts import escaped, line, lines, parameter
from governor.itip.zones import vtimezone

PRODID: Final = "-//Governor//Governor//EN"
"""Who made it (RFC 5545 §3.7.3)."""

UTC_NAMES = frozenset({"UTC", "Etc/UTC", "Etc/UCT", "Etc/Universal", "Etc/Zulu", "UCT", "Universal", "Zulu"})
"""The IANA names of UTC, which is written as such and needs no VTIMEZONE."""
HORIZON: Final = timedelta(days=6 * 366)
"""How far a series without an end is told the clocks of a zone that follows no rule."""

_END = b"END:VCALENDAR\r\n"
_LINK = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:[!#-~]+")
_UNTIL = re.compile(r"UNTIL=(\d{8}T\d{6}Z)")


def calendar(invitation: Invitation, event: Event, *, method: str) -> bytes:
    """Return the whole VCALENDAR (RFC 5545, UTF-8, CRLF, folded at 75 octets) that carries *event* by *method*.

    Equal arguments give equal bytes.
    """
    clocks = (vtimezone(zone, *span(invitation)) for zone in zones(invitation))
    return enclosed(calendar_of(method), (*clocks, written(event)))


def calendar_of(method: str) -> Calendar:
    """Return a VCALENDAR with nothing in it yet."""
    whole = Calendar()
    whole.add("PRODID", PRODID)
    whole.add("VERSION", "2.0")
    whole.add("CALSCALE", "GREGORIAN")
    whole.add("METHOD", method)
    return whole


def enclosed(head: Calendar, components: Iterable[bytes]) -> bytes:
    """Return the VCALENDAR *head* with written *components* in it."""
    return b"".join((written(head).removesuffix(_END), *components, _END))


def zones(invitation: Invitation) -> tuple[str, ...]:
    """Return the zones that *invitation* names, once each: neither days nor what is told in UTC have one."""
    named = dict.fromkeys((invitation.zone, _series_zone(invitation)))
    return () if invitation.is_all_day else tuple(zone for zone in named if zone not in UTC_NAMES)


def span(invitation: Invitation) -> tuple[datetime, datetime]:
    """Return from when to when *invitation* needs its zones: without an end, ``HORIZON`` from its start."""
    start, end = instants(invitation)
    if invitation.recurrence is None:
        named = invitation.recurrence_id or start
        return min(start, named), max(end, named)
    last = repeating.last(invitation.recurrence, invitation.dtstart)
    return start, max(end, start + HORIZON if last is None else last + invitation.duration)


def vevent(invitation: Invitation, attendees: Iterable[vCalAddress]) -> Event:
    """Return the VEVENT of *invitation* with *attendees*, and without a STATUS."""
    event = Event()
    event.add("UID", invitation.uid)
    event.add("SEQUENCE", invitation.sequence)
    event.add("DTSTAMP", invitation.dtstamp.astimezone(UTC).replace(microsecond=0))
    add_times(event, invitation)
    event["SUMMARY"] = _text(line(invitation.summary))
    place = invitation.location or invitation.conference
    if place:
        event["LOCATION"] = _text(line(place))
    link = None if invitation.conference is None else line(invitation.conference)
    described = "\n\n".join(filter(None, (lines(invitation.agenda or ""), link)))
    if described:
        event["DESCRIPTION"] = _text(described)
    if link is not None and _LINK.fullmatch(link):
        event.add("CONFERENCE", vUnknown(link), parameters={"VALUE": "URI", "FEATURE": "VIDEO"})
    if invitation.is_closed:
        event.add("CLASS", "PRIVATE")
    if invitation.continues is not None:
        event.add("RELATED-TO", invitation.continues, parameters={"RELTYPE": "SIBLING"})
    event["ORGANIZER"] = _organizer(invitation)
    for attendee in attendees:
        event.add("ATTENDEE", attendee)
    return event


def add_times(event: Event, invitation: Invitation) -> None:
    """Add to *event* when it is, how it repeats, and of which series it is an occurrence."""
    start, end = instants(invitation)
    event.add("DTSTART", _moment(start, invitation))
    if not invitation.is_open_ended:
        event.add("DTEND", _moment(end, invitation))
    if invitation.recurrence_id is not None:
        # As the series names it, wherever it was moved to: ical.js compares what is written.
        event.add("RECURRENCE-ID", _repeated(invitation.recurrence_id, invitation, _series_zone(invitation)))
    if invitation.recurrence is not None:
        event["RRULE"] = vUnknown(_rrule(invitation.recurrence.rrule, invitation))
        for name, moments in (("EXDATE", invitation.recurrence.exdates), ("RDATE", invitation.recurrence.rdates)):
            # One property for each: some readers take only the first of a list.
            for moment in moments:
                event.add(name, _repeated(moment, invitation, invitation.zone))


def guests(invitation: Invitation) -> tuple[Guest, ...]:
    """Return those who may be an ATTENDEE: everyone but the organizer, and who sends for it.

    A server that finds the organizer among the attendees takes the answers for its own (RFC 5546 §3.2.2).
    """
    ours = {invitation.organizer.address.casefold(), invitation.sender.address.casefold()}
    return tuple(guest for guest in invitation.guests if guest.mailbox.address.casefold() not in ours)


def cal_address(mailbox: Mailbox) -> vCalAddress:
    """Return *mailbox* as a ``mailto:`` URI (RFC 6068) with its CN."""
    user = vCalAddress(uri(mailbox.address))
    name = parameter(mailbox.name)
    if name:
        user.params["CN"] = name
    return user


def _organizer(invitation: Invitation) -> vCalAddress:
    """Return the organizer's mailbox, named after the person who called: answers go to it, thanks go to them."""
    chair, organization = line(invitation.chair), line(invitation.organization)
    name = f"{chair} ({organization})" if chair and organization else chair or organization or invitation.organizer.name
    organizer = cal_address(Mailbox(name=name, address=invitation.organizer.address))
    if invitation.sent_by is not None:
        organizer.params["SENT-BY"] = uri(invitation.sent_by.address)
    return organizer


def uri(address: str) -> str:
    """Return the ``mailto:`` URI (RFC 6068) of *address*."""
    return "mailto:" + quote(address, safe="@!$&'*+-./=_~")


def instants(invitation: Invitation) -> tuple[datetime, datetime]:
    """Return start and end, to the second: in UTC, the duration elapsed time; where it has days, in the zone."""
    start = invitation.dtstart.replace(microsecond=0)
    if invitation.is_all_day:
        return start, start + invitation.duration
    return start.astimezone(UTC), start.astimezone(UTC) + invitation.duration


def _moment(instant: datetime, invitation: Invitation) -> datetime | date:
    """Return *instant* as a day, or in the zone, or in UTC where its local time comes twice.

    RFC 5545 §3.3.5 says that the first is meant, yet ical.js and libical take the second. Of a series DTSTART tells by
    which clock it repeats, and is in the zone always.
    """
    repeated = _repeated(instant, invitation, invitation.zone)
    if invitation.recurrence is not None or not isinstance(repeated, datetime):
        return repeated
    is_twice = repeated.replace(fold=0).utcoffset() != repeated.replace(fold=1).utcoffset()
    return instant if is_twice else repeated


def _repeated(instant: datetime, invitation: Invitation, zone: str) -> datetime | date:
    """Return *instant* as a series names its occurrences: a day, or a time, in the *zone*."""
    local = instant.astimezone(UTC if zone in UTC_NAMES else ZoneInfo(zone))
    return local.date() if invitation.is_all_day else local


def _series_zone(invitation: Invitation) -> str:
    return invitation.series_zone or invitation.zone


def _rrule(text: str, invitation: Invitation) -> str:
    """Return the rule *text*; where there are days, its UNTIL is one too (RFC 5545 §3.3.10)."""
    if not invitation.is_all_day:
        return text
    zone = ZoneInfo(invitation.zone)
    return _UNTIL.sub(lambda found: f"{parse_until(found[1]).astimezone(zone):UNTIL=%Y%m%d}", text)


def _text(clean: str) -> vUnknown:
    """Return *clean* as a TEXT value that icalendar writes as it stands."""
    return vUnknown(escaped(clean))
