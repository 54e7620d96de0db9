"""How is a calendar written that people subscribe to? (RFC 5546 §3.2.1)"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache

from icalendar import vUnknown

from governor.itip.events import calendar_of, enclosed, span, vevent, zones
from governor.itip.folding import written
from governor.itip.invitation import Invitation
from governor.itip.texts import escaped, line
from governor.itip.zones import vtimezone

KEPT = 8_192
"""How many events are kept as they were written: a feed in which one has changed writes that one."""


def publish(invitations: Iterable[Invitation], *, name: str, refresh: timedelta) -> bytes:
    """Return the VCALENDAR with METHOD:PUBLISH of *invitations* in their order, called *name*; nobody is an ATTENDEE.

    Subscribers are asked to look again after *refresh* (RFC 7986 §5.7), in whole minutes. Equal arguments give equal
    bytes.
    """
    shown = tuple(invitations)
    head = calendar_of("PUBLISH")
    head["NAME"] = head["X-WR-CALNAME"] = vUnknown(escaped(line(name)))
    length = f"PT{refresh // timedelta(minutes=1)}M"
    head["REFRESH-INTERVAL"] = vUnknown(length, params={"VALUE": "DURATION"})
    head["X-PUBLISHED-TTL"] = vUnknown(length)
    clocks = (vtimezone(zone, *window) for zone, window in _spans(shown).items())
    return enclosed(head, (*clocks, *map(_event, shown)))


@lru_cache(maxsize=KEPT)
def _event(invitation: Invitation) -> bytes:
    event = vevent(invitation, ())
    event.add("STATUS", str(invitation.status))
    return written(event)


def _spans(shown: Iterable[Invitation]) -> dict[str, tuple[datetime, datetime]]:
    """Return from when to when each zone is told of; UTC needs no telling."""
    spans: dict[str, tuple[datetime, datetime]] = {}
    for one in shown:
        for zone in zones(one):
            start, end = span(one)
            known = spans.get(zone, (start, end))
            spans[zone] = (min(known[0], start), max(known[1], end))
    return spans
