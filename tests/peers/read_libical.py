"""Reads ``{calendar, until}`` objects, as a JSON list, from standard input; writes what Debian's libical finds in each
calendar to standard output: its events as they stand, and when they take place, repeated, before ``until``.
"""

import ctypes
import json
import sys
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_long, c_uint, c_void_p
from datetime import UTC, datetime
from typing import ClassVar


class Time(Structure):
    """``struct icaltimetype``."""

    _fields_: ClassVar = [
        *((name, c_int) for name in ("year", "month", "day", "hour", "minute", "second", "is_date", "is_daylight")),
        ("zone", c_void_p),
    ]


class Span(Structure):
    """``struct icaltime_span``: from one Unix time to another."""

    _fields_: ClassVar = [("start", c_long), ("end", c_long), ("is_busy", c_int)]


class Duration(Structure):
    """``struct icaldurationtype``."""

    _fields_: ClassVar = [
        ("is_neg", c_int),
        *((name, c_uint) for name in ("days", "weeks", "hours", "minutes", "seconds")),
    ]


class Trigger(Structure):
    """``struct icaltriggertype``."""

    _fields_: ClassVar = [("time", Time), ("duration", Duration)]


Found = CFUNCTYPE(None, c_void_p, POINTER(Span), c_void_p)
LIB = ctypes.CDLL("libical.so.3")


def function(name: str, result: object, *arguments: object) -> object:
    found = LIB[name]
    found.restype, found.argtypes = result, arguments
    return found


parse = function("icalparser_parse_string", c_void_p, c_char_p)
component_kind = function("icalcomponent_string_to_kind", c_int, c_char_p)
property_kind = function("icalproperty_string_to_kind", c_int, c_char_p)
first_component = function("icalcomponent_get_first_component", c_void_p, c_void_p, c_int)
first_property = function("icalcomponent_get_first_property", c_void_p, c_void_p, c_int)
next_property = function("icalcomponent_get_next_property", c_void_p, c_void_p, c_int)
value_of = function("icalproperty_get_value", c_void_p, c_void_p)
text_of = function("icalvalue_get_text", c_char_p, c_void_p)
string_of = function("icalproperty_get_value_as_string", c_char_p, c_void_p)
parameter_of = function("icalproperty_get_parameter_as_string", c_char_p, c_void_p, c_char_p)
start_of = function("icalcomponent_get_dtstart", Time, c_void_p)
end_of = function("icalcomponent_get_dtend", Time, c_void_p)
time_in = function("icalproperty_get_datetime_with_component", Time, c_void_p, c_void_p)
time_at = function("icaltime_from_timet_with_zone", Time, c_long, c_int, c_void_p)
utc = function("icaltimezone_get_utc_timezone", c_void_p)
next_component = function("icalcomponent_get_next_component", c_void_p, c_void_p, c_int)
for_each_recurrence = function("icalcomponent_foreach_recurrence", None, c_void_p, Time, Time, Found, c_void_p)
seconds_of = function("icaltime_as_timet_with_zone", c_long, Time, c_void_p)
trigger_of = function("icalvalue_get_trigger", Trigger, c_void_p)
duration_of = function("icaldurationtype_as_int", c_int, Duration)
errors_of = function("icalcomponent_count_errors", c_int, c_void_p)
free = function("icalcomponent_free", None, c_void_p)


def properties(component: int, name: str) -> list[int]:
    found, kind = [], property_kind(name.encode())
    each = first_property(component, kind)
    while each:
        found.append(each)
        each = next_property(component, kind)
    return found


def text(component: int, name: str) -> str:
    found = properties(component, name)
    return text_of(value_of(found[0])).decode() if found else ""


def string(component: int, name: str) -> str:
    found = properties(component, name)
    return string_of(found[0]).decode() if found else ""


def parameter(found: int, name: str) -> str:
    return (parameter_of(found, name.encode()) or b"").decode()


def seconds(found: Time) -> int:
    return seconds_of(found, found.zone)


def moment(found: Time) -> int | str:
    return f"{found.year}-{found.month:02}-{found.day:02}" if found.is_date else seconds(found)


def moments(component: int, name: str) -> list[int | str]:
    return [moment(time_in(each, component)) for each in properties(component, name)]


def components(whole: int, name: bytes = b"VEVENT") -> list[int]:
    found, kind = [], component_kind(name)
    each = first_component(whole, kind)
    while each:
        found.append(each)
        each = next_component(whole, kind)
    return found


def trigger(alarm: int) -> int:
    """Return how many seconds after the start *alarm* speaks up."""
    (found,) = properties(alarm, "TRIGGER")
    return duration_of(trigger_of(value_of(found)).duration)


def reading(event: int) -> dict[str, object]:
    (organizer,) = properties(event, "ORGANIZER")
    return {
        "uid": string(event, "UID"),
        "sequence": int(string(event, "SEQUENCE")),
        "status": string(event, "STATUS"),
        "start": moment(start_of(event)),
        "end": moment(end_of(event)),
        "dtstamp": moments(event, "DTSTAMP")[0],
        "summary": text(event, "SUMMARY"),
        "location": text(event, "LOCATION"),
        "description": text(event, "DESCRIPTION"),
        "organizer": [string_of(organizer).decode(), *(parameter(organizer, name) for name in ("CN", "SENT-BY"))],
        "attendees": [
            [string_of(each).decode(), *(parameter(each, name) for name in ("PARTSTAT", "ROLE", "CN"))]
            for each in properties(event, "ATTENDEE")
        ],
        "conference": [
            one
            for each in properties(event, "CONFERENCE")
            for one in (string_of(each).decode(), parameter(each, "FEATURE"))
        ],
        "recurrence_id": next(iter(moments(event, "RECURRENCE-ID")), ""),
        "rrule": string(event, "RRULE"),
        "exdates": moments(event, "EXDATE"),
        "rdates": moments(event, "RDATE"),
        "related": [[text(event, "RELATED-TO"), parameter(one, "RELTYPE")] for one in properties(event, "RELATED-TO")],
        "alarms": [
            [string(each, "ACTION"), text(each, "DESCRIPTION"), trigger(each)] for each in components(event, b"VALARM")
        ],
    }


def repeated(event: int, until: int) -> list[tuple[int, int]]:
    """Return from when to when the series *event* takes place, by its rule and its dates, before *until*."""
    found = []
    note = Found(lambda _, span, __: found.append((span.contents.start, span.contents.end)))
    start, end = seconds(start_of(event)), time_at(until, 0, utc())
    before = time_at(start - 1, 0, utc())  # what takes no time is before the window that begins with it
    for_each_recurrence(event, before, end, note, None)
    return [span for span in found if span[0] < until]


def occurrences(events: list[int], until: int) -> list[list[object]]:
    """Return when *events* take place. libical leaves it to its callers to put what was set apart in its place."""
    ids = [(string(one, "UID"), one, each) for one in events for each in properties(one, "RECURRENCE-ID")]
    apart = {(uid, seconds(time_in(each, one))) for uid, one, each in ids}
    found: list[list[object]] = []
    for event in events:
        uid, status, is_date = string(event, "UID"), string(event, "STATUS"), start_of(event).is_date
        if properties(event, "RRULE"):
            spans = [span for span in repeated(event, until) if (uid, span[0]) not in apart]
        else:
            spans = [(seconds(start_of(event)), seconds(end_of(event)))]
        found += [[*(_day(one) if is_date else one for one in span), status] for span in spans]
    return found


def _day(at: int) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d}"


def read(data: str, until: int) -> dict[str, object]:
    calendar = parse(data.encode())
    if errors_of(calendar):
        raise SystemExit(f"libical finds {errors_of(calendar)} errors in:\n{data}")
    events = components(calendar)
    found = {
        "method": string(calendar, "METHOD"),
        "name": text(calendar, "NAME"),
        "refresh": string(calendar, "REFRESH-INTERVAL"),
        "events": [reading(event) for event in events],
        "occurrences": occurrences(events, until),
    }
    free(calendar)
    return found


json.dump([read(each["calendar"], each["until"]) for each in json.load(sys.stdin)], sys.stdout)
