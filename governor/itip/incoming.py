"""What did an attendee's calendar say? Read from bytes of strangers.

REPLY and COUNTER answer (RFC 5546 §3.2.3, §3.2.7), REFRESH asks for what stands (§3.2.6). The other methods are an
organizer's to send: a CANCEL is read all the same, for whoever sends one believes that a meeting is off; it never is.
"""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final
from urllib.parse import unquote

from icalendar import Calendar, Event, vCalAddress

from governor.domain.meetings import PartStat
from governor.errors import NotUnderstood
from governor.itip.answer import Answer, Method, Proposal
from governor.itip.texts import line, lines

LARGEST: Final = 1_000_000
"""How many octets a calendar that answers may have."""

_MOST = 50
_LONGEST_COMMENT = 1_000
_LONGEST_PLACE = 300
# Its rules may be without end, and no answer needs them: a TZID that is no IANA name is not understood.
_VTIMEZONE = re.compile(rb"^BEGIN:VTIMEZONE\r?$.*?^END:VTIMEZONE\r?$", re.MULTILINE | re.DOTALL | re.IGNORECASE)
_FARTHEST = timedelta(days=366 * 100)
_OTHERS = ("PUBLISH", "ADD", "DECLINECOUNTER")


def answers(content: bytes, *, received: datetime) -> tuple[Answer, ...]:
    """Return what the VCALENDAR *content* says, in order; nothing where it invites to something, or has no METHOD.

    A missing ORGANIZER, blank lines, 8-bit text and an unknown PARTSTAT (which counts as NEEDS-ACTION, RFC 5545
    §3.2.12) are borne. A missing DTSTAMP, and one after the instant *received*, is that instant.

    Raises:
        NotUnderstood: ``calendar-unreadable``: it is none, is too large, lacks what an answer must tell, or has another
            METHOD, which is not for us to take.
    """
    if len(content) > LARGEST:
        raise NotUnderstood("calendar-unreadable", reason="too large")
    try:
        found = Calendar.from_ical(_VTIMEZONE.sub(b"", content).decode("utf-8", "replace").lstrip("\ufeff"))
        named = str(found.get("METHOD", "")).upper()
        if named in ("", "REQUEST"):
            return ()
        method = next((one for one in Method if one == named), None)
        if method is None:
            raise NotUnderstood("calendar-unreadable", reason=f"method {named if named in _OTHERS else 'unknown'}")
        events = found.events
        if not events or len(events) > _MOST:
            raise NotUnderstood("calendar-unreadable", reason=f"{len(events)} VEVENTs")
        told = events[:1] if method is Method.CANCEL else events
        return tuple(_answer(event, method, received.astimezone(UTC)) for event in told)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError) as error:
        raise NotUnderstood("calendar-unreadable", reason=type(error).__name__) from error


def _answer(event: Event, method: Method, received: datetime) -> Answer:
    found = vCalAddress("") if method is Method.CANCEL else event.get("ATTENDEE")
    attendees = found if isinstance(found, list) else [found]
    # A delegate's answer may name the delegator too (RFC 5546 §4.2.6): the one who answers has no DELEGATED-TO.
    attendee = [*(each for each in attendees if not _delegate(each)), *attendees][0]
    delegate = _delegate(attendee)
    partstat = str(attendee.params.get("PARTSTAT", "")).upper()
    return Answer(
        uid=str(event["UID"]),
        attendee=_address(str(attendee)),
        partstat=PartStat.DELEGATED if delegate else _partstat(partstat),
        sequence=int(event.get("SEQUENCE", 0)),
        dtstamp=_dtstamp(event, received),
        recurrence_id=_recurrence_id(event),
        comment=_comment(event),
        delegated_to=delegate,
        delegated_from=_named(attendee, "DELEGATED-FROM"),
        sent_by=_named(attendee, "SENT-BY"),
        proposal=_proposal(event, received) if method is Method.COUNTER else None,
        method=method,
    )


def _recurrence_id(event: Event) -> datetime | date | None:
    moment = _moment(event, "RECURRENCE-ID")
    if "RECURRENCE-ID" not in event or (isinstance(moment, date) and not isinstance(moment, datetime)):
        return moment  # type: ignore[return-value]  # None, or a day
    return _instant(moment)


def _partstat(text: str) -> PartStat:
    return next((one for one in PartStat if one == text), PartStat.NEEDS_ACTION)


def _delegate(attendee: vCalAddress) -> str | None:
    return _named(attendee, "DELEGATED-TO")


def _named(attendee: vCalAddress, parameter: str) -> str | None:
    """Return the first address that the *parameter* of *attendee* names."""
    named = attendee.params.get(parameter)
    first = named[0] if isinstance(named, list) and named else named
    return _address(str(first)) if first else None


def _address(uri: str) -> str:
    """Return the address of a ``mailto:`` URI; some programs leave the scheme out."""
    text = line(uri).strip('"')
    return unquote(text[7:]) if text[:7].casefold() == "mailto:" else text


def _dtstamp(event: Event, received: datetime) -> datetime:
    told = _moment(event, "DTSTAMP")
    if not isinstance(told, datetime):
        return received.replace(microsecond=0)
    aware = told if told.tzinfo is not None else told.replace(tzinfo=UTC)
    return min(aware.astimezone(UTC), received).replace(microsecond=0)


def _comment(event: Event) -> str | None:
    found = event.get("COMMENT")
    texts = found if isinstance(found, list) else [found]
    text = lines("\n".join(str(each) for each in texts if each is not None))[:_LONGEST_COMMENT]
    return text or None


def _proposal(event: Event, received: datetime) -> Proposal:
    start = _instant(_moment(event, "DTSTART"))
    if abs(start - received) > _FARTHEST:
        raise ValueError("out of this century")
    length = _instant(_moment(event, "DTEND")) - start if "DTEND" in event else _moment(event, "DURATION")
    if not isinstance(length, timedelta | None):
        raise TypeError("no length")
    if length is not None and not timedelta() < length < _FARTHEST:
        raise ValueError("ends before it begins")
    place = line(str(event.get("LOCATION", "")))[:_LONGEST_PLACE]
    return Proposal(dtstart=start, duration=length, location=place or None)


def _moment(event: Event, name: str) -> object:
    """Return the value of the property *name*, as Python has it; ``None`` where there is none."""
    return getattr(event.get(name), "dt", None)


def _instant(moment: object) -> datetime:
    """Return an aware *moment* in UTC; of a day or a floating time nobody can tell which instant it is."""
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        raise ValueError("no instant")
    return moment.astimezone(UTC)
