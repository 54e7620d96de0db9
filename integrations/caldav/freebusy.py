"""When are people busy? By the organisation's calendar, and by what the server tells of its own people."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, tzinfo

from icalendar import Calendar, Event, FreeBusy, vCalAddress, vPeriod

from governor.domain.meetings import PartStat, Status
from governor.ports import Span
from integrations.caldav.objects import addressed, attendees

_FORM = "%Y%m%dT%H%M%SZ"
_QUERY = """<?xml version="1.0" encoding="utf-8"?>
<c:calendar-query xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">
<prop><c:calendar-data><c:expand {between}/></c:calendar-data></prop>
<c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"><c:time-range {between}/></c:comp-filter>
</c:comp-filter></c:filter></c:calendar-query>"""


def query(start: datetime, end: datetime) -> str:
    """Return what asks a calendar for each occurrence between *start* and *end* (RFC 4791 §7.8, §9.6.5)."""
    between = f'start="{start.astimezone(UTC):{_FORM}}" end="{end.astimezone(UTC):{_FORM}}"'
    return _QUERY.format(between=between)


def request(organizer: str, addresses: Sequence[str], start: datetime, end: datetime, *, at: datetime) -> bytes:
    """Return the VFREEBUSY by which *organizer* asks at the instant *at* for *addresses* (RFC 5546 §3.3.2)."""
    asked = FreeBusy()
    asked.add("UID", f"{at:{_FORM}}-{organizer}")
    for name, moment in (("DTSTAMP", at), ("DTSTART", start), ("DTEND", end)):
        asked.add(name, moment.astimezone(UTC))
    asked.add("ORGANIZER", vCalAddress(f"mailto:{organizer}"))
    for each in addresses:
        asked.add("ATTENDEE", vCalAddress(f"mailto:{each}"))
    whole = Calendar()
    for name, value in (("VERSION", "2.0"), ("PRODID", "-//Governor//EN"), ("METHOD", "REQUEST")):
        whole.add(name, value)
    whole.add_component(asked)
    return bytes(whole.to_ical())


def of_guests(found: Iterable[Calendar], zone: tzinfo | None) -> Iterator[tuple[str, Span]]:
    """Yield who is on an event of the calendars *found* and has not declined it, and when it is.

    A day goes by the clocks of *zone*. What was called off, or takes nobody's time (RFC 5545 §3.8.2.7), is left out.
    """
    for event in (event for each in found for event in each.events):
        if event.get("STATUS") == Status.CANCELLED or event.get("TRANSP") == "TRANSPARENT":
            continue
        for each in attendees(event):
            if each.params.get("PARTSTAT") not in (PartStat.DECLINED, PartStat.DELEGATED):
                yield addressed(each), _span(event, zone)


def told(answer: Calendar) -> list[Span]:
    """Return the spans that a server's *answer* tells of one person (RFC 5545 §3.8.2.6), in any order."""
    found = (each for one in answer.walk("VFREEBUSY") for each in _periods(one.get("FREEBUSY")))
    return [(each.start, each.end) for each in found if each.params.get("FBTYPE", "BUSY") != "FREE"]


def merged(found: Mapping[str, Iterable[Span]], start: datetime, end: datetime) -> dict[str, list[Span]]:
    """Return what of *found* lies between *start* and *end*, in order, in UTC; what overlaps is one."""
    return {who: list(_joined(spans, start.astimezone(UTC), end.astimezone(UTC))) for who, spans in found.items()}


def _joined(spans: Iterable[Span], start: datetime, end: datetime) -> Iterator[Span]:
    within = sorted((max(since, start), min(until, end)) for since, until in spans if since < end and start < until)
    last: Span | None = None
    for since, until in within:
        if last is not None and since <= last[1]:
            last = last[0], max(last[1], until)
            continue
        if last is not None:
            yield last
        last = since, until
    if last is not None:
        yield last


def _span(event: Event, zone: tzinfo | None) -> Span:
    return _instant(event.start, zone), _instant(event.end, zone)


def _instant(moment: date, zone: tzinfo | None) -> datetime:
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(), zone)
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _periods(value: object) -> list[vPeriod]:
    """Return the periods of a property, of which the library gives one or a list."""
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, vPeriod)]
