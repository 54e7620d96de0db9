"""What must every reader find in a message? Worked out from what was meant, without our writer."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from governor.domain.meetings import Status, end
from governor.domain.recurrence import parse_until, starts
from governor.itip.invitation import Guest, Invitation
from governor.itip.texts import line, lines, parameter
from tests.peers.golden import FEED, REFRESH, Message
from tests.peers.readers import END, Reading


def meant(message: Message) -> Reading:
    """Return what a reader must find in *message*."""
    is_feed = message.method == "PUBLISH"
    return {
        "method": message.method,
        "name": FEED if is_feed else "",
        "refresh": int(REFRESH.total_seconds()) if is_feed else "",
        "events": [_event(invitation, message) for invitation in message.invitations],
        "occurrences": sorted(_occurrences(message), key=str),
    }


def _event(invitation: Invitation, message: Message) -> Reading:
    link = line(invitation.conference or "")
    chaired = f"{parameter(invitation.chair)} ({parameter(invitation.organization)})"
    rule = invitation.recurrence
    return {
        "uid": invitation.uid,
        "sequence": invitation.sequence,
        "status": _status(invitation, message),
        "start": _moment(invitation.dtstart, invitation),
        "end": _moment(_end(invitation, invitation.dtstart), invitation),
        "dtstamp": int(invitation.dtstamp.timestamp()),
        "summary": line(invitation.summary),
        "location": line(invitation.location or link),
        "description": "\n\n".join(filter(None, (lines(invitation.agenda or ""), link))),
        "organizer": [
            f"mailto:{invitation.organizer.address}",
            chaired,
            "" if invitation.sent_by is None else f"mailto:{invitation.sent_by.address}",
        ],
        "attendees": [_attendee(guest, message.method) for guest in message.guests],
        "conference": [link, "VIDEO"] if re.match(r"[a-z]+:\S+$", link) else [],
        "recurrence_id": "" if invitation.recurrence_id is None else _moment(invitation.recurrence_id, invitation),
        "rrule": [] if rule is None else sorted(_rule(rule.rrule, invitation)),
        "exdates": [] if rule is None else sorted(_moment(one, invitation) for one in rule.exdates),
        "rdates": [] if rule is None else sorted(_moment(one, invitation) for one in rule.rdates),
        "related": [] if invitation.continues is None else [[invitation.continues, "SIBLING"]],
        "alarms": [
            ["DISPLAY", line(invitation.summary), -int(each.total_seconds())]
            for each in (invitation.alarms if message.method == "REQUEST" else ())
        ],
    }


def _occurrences(message: Message) -> Iterator[list[object]]:
    """Yield from when to when what *message* shows takes place before ``END``, by the record's own reckoning."""
    apart = {one.recurrence_id for one in message.invitations if one.recurrence_id is not None}
    for one in message.invitations:
        dates: Iterator[datetime] = iter([one.dtstart])
        if one.recurrence is not None:
            dates = takewhile(lambda at: at < END, starts(one.recurrence, one.dtstart))
        for start in dates:
            if one.recurrence is None or start not in apart:
                yield [_moment(start, one), _moment(_end(one, start), one), _status(one, message)]


def _status(invitation: Invitation, message: Message) -> str:
    """Return the STATUS: a meeting that stands has none where one guest is told that it is off for them."""
    is_told = message.method in ("REQUEST", "PUBLISH") or invitation.status is Status.CANCELLED
    return str(invitation.status) if is_told else ""


def _end(invitation: Invitation, start: datetime) -> datetime:
    """Return when the occurrence at *start* ends: without an end it takes no time (RFC 5545 §3.6.1)."""
    duration = timedelta() if invitation.is_open_ended else invitation.duration
    return end(start, duration, is_all_day=invitation.is_all_day)


def _moment(moment: datetime, invitation: Invitation) -> int | str:
    if invitation.is_all_day:
        return f"{moment.astimezone(ZoneInfo(invitation.zone)):%Y-%m-%d}"
    return int(moment.timestamp())


def _rule(text: str, invitation: Invitation) -> list[str]:
    """Return the parts of a rule; with days, its UNTIL is one (RFC 5545 §3.3.10)."""
    parts = text.split(";")
    if not invitation.is_all_day:
        return parts
    zone = ZoneInfo(invitation.zone)
    return [
        f"UNTIL={parse_until(part[6:]).astimezone(zone):%Y%m%d}" if part.startswith("UNTIL=") else part
        for part in parts
    ]


def _attendee(guest: Guest, method: str) -> list[str]:
    """Return who is asked, or told: whoever is told that what they proposed is not taken up has no part named."""
    partstat = "DELEGATED" if guest.delegated_to else str(guest.partstat)
    name, role = parameter(guest.mailbox.name), "" if method == "DECLINECOUNTER" else str(guest.role)
    return [f"mailto:{guest.mailbox.address}", partstat if method == "REQUEST" else "", role, name]
