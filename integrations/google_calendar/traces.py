"""By what is it told that a person changed an event? By what we wrote of it, kept in the event itself."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from icalendar import Calendar

from governor.itip.texts import line, lines
from governor.ports import Part

Resource = dict[str, Any]
"""A resource of Google's API, as JSON."""

DIGEST, DESCRIPTION, REPEAT, GUESTS = (f"governor{name}" for name in ("Digest", "Description", "Repeat", "Guests"))
"""The private properties of what we wrote. Recorded names: events of an older Governor have the first alone."""


def traces(shown: Resource) -> dict[str, str]:
    """Return what is kept of an event that we write so that it is *shown*."""
    return {name: trace(shown) for name, trace in _TRACES.items()}


def guests_trace(found: Resource | None, private: dict[str, str], attendees: Sequence[Resource]) -> dict[str, str]:
    """Return the trace of the *attendees* that we write in the place of those *found*.

    Where a person had changed those, the trace stays as it was: for whoever may decide, that is still to be seen.
    """
    is_theirs = found is not None and Part.GUESTS in changed(found, private)
    return {GUESTS: private[GUESTS] if is_theirs else _guests({"attendees": attendees})}


def changed(found: Resource, private: dict[str, str]) -> frozenset[Part]:
    """Return what of the event that was *found* is not as we wrote it, by the traces that are *private* in it.

    Of what an event has no trace of nothing is said.
    """
    parts = [part for part, name in _PARTS.items() if private.get(name, _TRACES[name](found)) != _TRACES[name](found)]
    # An occurrence shows no rule: that is its series'.
    return frozenset(part for part in parts if part is not Part.REPEAT or "recurringEventId" not in found)


def digest(found: Resource) -> str:
    """Return what tells whether an event was edited: equal for equal title, time, place and status."""
    facts = (
        line(found.get("summary") or ""),
        *(instant(found.get(name) or {}).isoformat() for name in ("start", "end")),
        line(found.get("location") or ""),
        found.get("status", "confirmed"),
        *found.get("recurrence", ()),
    )
    return _hash(*facts)


def instant(moment: Resource) -> datetime:
    """Return the instant (UTC) that ``start`` or ``end`` of an event names; a whole day begins at midnight UTC."""
    found = datetime.fromisoformat(moment.get("dateTime") or moment.get("date") or "1970-01-01")
    return (found if found.tzinfo is not None else found.replace(tzinfo=UTC)).astimezone(UTC)


def guests(found: Resource) -> frozenset[str]:
    """Return the addresses (in lower case) that the event that was *found* invites; the account is no guest."""
    others = (one for one in found.get("attendees", ()) if not (one.get("self") or one.get("organizer")))
    return frozenset(str(one.get("email", "")).casefold() for one in others)


def state(found: Resource, parts: frozenset[Part]) -> str:
    """Return what is equal for two states of an event in which *parts* are equal; of no parts, the empty text."""
    return _hash(*(_TRACES[_PARTS[part]](found) for part in sorted(parts))) if parts else ""


def _guests(found: Resource) -> str:
    return _hash(*sorted(guests(found)))


def _description(found: Resource) -> str:
    return _hash(lines(found.get("description") or ""))


def _repeat(found: Resource) -> str:
    """Return what is equal for rules and dates that mean the same, in whatever order they stand."""
    return _hash(*sorted(each for text in found.get("recurrence", ()) for each in _meant(text)))


def _meant(text: str) -> Iterator[str]:
    """Yield the parts of a rule, or the instants of a list of dates: one line of RFC 5545."""
    whole = f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{text}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    try:
        (event,) = Calendar.from_ical(whole).events
    except ValueError:  # whatever it is, we did not write it
        yield text
        return
    for rule in event.rrules:
        parts = rule.to_ical().decode("ascii").split(";")
        yield from (_sorted(each) for each in parts if each not in ("INTERVAL=1", "WKST=MO"))
    yield from (f"EXDATE {_instant(each)}" for each in event.exdates)
    yield from (f"RDATE {_instant(each)}" for each, *_ in event.rdates)


def _sorted(part: str) -> str:
    name, _, values = part.partition("=")
    return f"{name}={','.join(sorted(values.split(',')))}"


def _instant(moment: date) -> str:
    return moment.astimezone(UTC).isoformat() if isinstance(moment, datetime) else moment.isoformat()


def _hash(*facts: str) -> str:
    return sha256("\0".join(facts).encode()).hexdigest()[:32]


_TRACES: Mapping[str, Callable[[Resource], str]] = {
    DIGEST: digest,
    DESCRIPTION: _description,
    REPEAT: _repeat,
    GUESTS: _guests,
}
_PARTS = {Part.DESCRIPTION: DESCRIPTION, Part.REPEAT: REPEAT, Part.GUESTS: GUESTS}
