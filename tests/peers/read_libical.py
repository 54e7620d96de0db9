"""Reads a JSON list of calendars from standard input; writes what Debian's libical finds in each to standard output."""

import ctypes
import json
import sys
from ctypes import Structure, c_char_p, c_int, c_long, c_void_p
from typing import ClassVar


class Time(Structure):
    """``struct icaltimetype``."""

    _fields_: ClassVar = [
        *((name, c_int) for name in ("year", "month", "day", "hour", "minute", "second", "is_date", "is_daylight")),
        ("zone", c_void_p),
    ]


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
stamp_of = function("icalcomponent_get_dtstamp", Time, c_void_p)
seconds_of = function("icaltime_as_timet_with_zone", c_long, Time, c_void_p)
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


def seconds(moment: Time) -> int:
    return seconds_of(moment, moment.zone)


def reading(data: str) -> dict[str, object]:
    calendar = parse(data.encode())
    if errors_of(calendar):
        raise SystemExit(f"libical finds {errors_of(calendar)} errors in:\n{data}")
    event = first_component(calendar, component_kind(b"VEVENT"))
    (organizer,) = properties(event, "ORGANIZER")
    found = {
        "method": string(calendar, "METHOD"),
        "uid": string(event, "UID"),
        "sequence": int(string(event, "SEQUENCE")),
        "status": string(event, "STATUS"),
        "start": seconds(start_of(event)),
        "end": seconds(end_of(event)),
        "dtstamp": seconds(stamp_of(event)),
        "summary": text(event, "SUMMARY"),
        "location": text(event, "LOCATION"),
        "description": text(event, "DESCRIPTION"),
        "organizer": [string_of(organizer).decode(), parameter(organizer, "CN")],
        "attendees": [
            [string_of(each).decode(), *(parameter(each, name) for name in ("PARTSTAT", "ROLE", "CN"))]
            for each in properties(event, "ATTENDEE")
        ],
    }
    free(calendar)
    return found


json.dump([reading(data) for data in json.load(sys.stdin)], sys.stdout)
