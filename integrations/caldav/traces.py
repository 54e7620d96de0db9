"""By what is it told that a person changed an event? By what we wrote of it, kept in the event itself."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from icalendar import Calendar, Event

from governor.domain.meetings import Status
from governor.itip.texts import line, lines
from governor.ports import Edit, Part

TRACE = "X-GOVERNOR-TRACE"
"""The property that keeps it: of what everybody sees, and of each ``Part``. A recorded name."""

_PARTS = (Part.REPEAT, Part.DESCRIPTION, Part.GUESTS)


def trace(event: Event) -> str:
    """Return what is equal for two events that are equal to whoever looks at them, whatever their bytes."""
    shown = (_text(event, "SUMMARY"), *map(_written, _span(event)), _text(event, "LOCATION"), _status(event))
    described = lines(str(event.get("DESCRIPTION", "")))
    return ".".join((_hash(*shown), _hash(*sorted(_repeat(event))), _hash(described), _hash(*sorted(guests(event)))))


def guests(event: Event) -> frozenset[str]:
    """Return the addresses, in lower case, of those who are invited to *event*."""
    return frozenset(str(each).casefold().removeprefix("mailto:") for each in event.attendees)


def edits(found: Calendar, *, at: datetime) -> Iterator[tuple[str, Edit]]:
    """Yield what a person made of each event of *found*, of which ours is known, and what tells that state of it.

    Ids are for whoever hands it over to give.

    An event that a person took out of a series has no trace of its own, or a copy of that of the series.
    """
    whole = next((event for event in found.events if "RECURRENCE-ID" not in event), None)
    for event in found.events:
        kept, now = str(event.get(TRACE) or (whole and whole.get(TRACE)) or ""), trace(event)
        if kept and kept != now:
            yield now, _edit(event, _changed(kept, now, event), at)


def gone(uid: str, *, at: datetime) -> Edit:
    """Return that the object of the meeting *uid* was deleted; its id is for whoever tells it to give."""
    return Edit(
        id="",
        at=at,
        uid=uid,
        is_cancelled=True,
        summary="",
        dtstart=datetime.fromtimestamp(0, UTC),
        duration=timedelta(),
        location=None,
    )


def keep_guests(event: Event, before: str) -> None:
    """Keep that we changed the guests of *event*, whose trace was *before*; what a person changed stays to be told."""
    kept = str(event.get(TRACE, "")).split(".")
    if kept[-1] == before.split(".")[-1]:
        event[TRACE] = ".".join((*kept[:-1], trace(event).split(".")[-1]))


def _edit(event: Event, parts: frozenset[Part], at: datetime) -> Edit:
    start, end = map(_instant, _span(event))
    named = event.get("RECURRENCE-ID")
    recurrence = None if named is None else named.dt
    return Edit(
        id="",
        at=at,
        uid=str(event["UID"]),
        is_cancelled=_status(event) == Status.CANCELLED,
        summary=_text(event, "SUMMARY"),
        dtstart=start,
        duration=max(end - start, timedelta()),
        location=_text(event, "LOCATION") or None,
        recurrence_id=recurrence.astimezone(UTC) if isinstance(recurrence, datetime) else recurrence,
        parts=parts,
        guests=guests(event) if Part.GUESTS in parts else None,
    )


def _changed(kept: str, now: str, event: Event) -> frozenset[Part]:
    pairs = zip(_PARTS, kept.split(".")[1:], now.split(".")[1:], strict=False)
    # An occurrence shows no rule: that is its series'.
    is_one = "RECURRENCE-ID" in event
    return frozenset(part for part, was, is_now in pairs if was != is_now and not (is_one and part is Part.REPEAT))


def _repeat(event: Event) -> Iterator[str]:
    for rule in event.rrules:
        parts = (part.partition("=") for part in rule.to_ical().decode("ascii").split(";"))
        yield from (f"{name}={sorted(values.split(','))}" for name, _, values in parts if name != "WKST")
    yield from (f"EXDATE {_written(each)}" for each in event.exdates)
    yield from (f"RDATE {_written(each)}" for each, *_ in event.rdates)


def _span(event: Event) -> tuple[date, date]:
    """Return from when to when *event* is; without an end it takes no time, or a day (RFC 5545 §3.6.1)."""
    return event.start, event.end


def _instant(moment: date) -> datetime:
    """Return *moment* as an instant (UTC); a day begins at midnight UTC."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC)
    return datetime(moment.year, moment.month, moment.day, tzinfo=UTC)


def _written(moment: date) -> str:
    return moment.astimezone(UTC).isoformat() if isinstance(moment, datetime) else moment.isoformat()


def _text(event: Event, name: str) -> str:
    return line(str(event.get(name, "")))


def _status(event: Event) -> str:
    return str(event.get("STATUS", Status.CONFIRMED)).upper()


def _hash(*facts: str) -> str:
    return sha256("\0".join(facts).encode()).hexdigest()[:16]
