"""Are these bytes a VCALENDAR that no reader stumbles over? Read by its own few lines, not by a library."""

import re

ONCE = ("UID", "SEQUENCE", "DTSTAMP", "DTSTART", "SUMMARY", "ORGANIZER")
AT_MOST_ONCE = ("DTEND", "LOCATION", "DESCRIPTION", "STATUS", "RRULE", "RECURRENCE-ID", "CONFERENCE")
TIMES = ("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE")
_VALUES = r'(?:"[^"]*"|[^":;,]*)(?:,(?:"[^"]*"|[^":;,]*))*'
_LINE = re.compile(rf"(?P<name>[A-Z-]+)(?P<params>(;[A-Z-]+={_VALUES})*):(?P<value>.*)", re.DOTALL)
_PARAM = re.compile(rf";([A-Z-]+)=({_VALUES})")


Line = tuple[str, dict[str, str], str]


def content_lines(data: bytes) -> list[Line]:
    """Return the unfolded lines as name, parameters and raw value, after checking the bytes."""
    assert data.endswith(b"\r\n")
    physical = data.removesuffix(b"\r\n").split(b"\r\n")
    for line in physical:
        assert line
        assert len(line) <= 75, line
        assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line), line
        line.decode("utf-8")  # no character is cut by a fold
    lines = data.decode("utf-8").replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    found = [_LINE.fullmatch(line) for line in lines]
    assert all(found), [line for line, match in zip(lines, found, strict=True) if not match]
    return [
        (match["name"], {name: value.strip('"') for name, value in _PARAM.findall(match["params"])}, match["value"])
        for match in found
        if match
    ]


def lint(data: bytes, *, method: str) -> None:
    """Fail where *data* is not a well-formed VCALENDAR of *method* with all that RFC 5546 §3.2 asks for."""
    lines = content_lines(data)
    names = [name for name, _, _ in lines]
    values = {name: value for name, _, value in lines}
    assert lines[0] == ("BEGIN", {}, "VCALENDAR")
    assert lines[-1] == ("END", {}, "VCALENDAR")
    assert values["METHOD"] == method
    assert (values["VERSION"], values["CALSCALE"]) == ("2.0", "GREGORIAN")
    assert names.count("METHOD") == names.count("PRODID") == 1
    zones = [value for name, _, value in lines if name == "TZID"]
    assert {params["TZID"] for _, params, _ in lines if "TZID" in params} == set(zones)
    assert len(zones) == len(set(zones))
    assert "RDATE" not in {name for zone in _components(lines, "VTIMEZONE") for name, _, _ in zone}
    for alarm in _components(lines, "VALARM"):
        _lint_alarm(alarm, method)
    events = _components(lines, "VEVENT")
    assert len(events) == 1 or method == "PUBLISH"
    for event in events:
        _lint_event(event, method)


def _components(lines: list[Line], name: str) -> list[list[Line]]:
    begins = [at for at, line in enumerate(lines) if line == ("BEGIN", {}, name)]
    return [lines[at : lines.index(("END", {}, name), at)] for at in begins]


def _lint_alarm(alarm: list[Line], method: str) -> None:
    """Fail where *alarm* is not as RFC 5545 §3.6.6 has it, or would have a calendar speak up that nobody asked."""
    assert method == "REQUEST"
    assert sorted(name for name, _, _ in alarm) == ["ACTION", "BEGIN", "DESCRIPTION", "TRIGGER"]
    assert ("ACTION", {}, "DISPLAY") in alarm
    assert [re.fullmatch(r"-P(\d+D)?(T(\d+H)?(\d+M)?)?", value) for name, _, value in alarm if name == "TRIGGER"] != [
        None
    ]


def _without_alarms(event: list[Line]) -> list[Line]:
    kept, depth = [], 0
    for line in event:
        depth += line == ("BEGIN", {}, "VALARM")
        if not depth:
            kept.append(line)
        depth -= line == ("END", {}, "VALARM")
    return kept


def _lint_event(event: list[Line], method: str) -> None:
    event = _without_alarms(event)
    names = [name for name, _, _ in event]
    values = {name: value for name, _, value in event}
    assert {name: names.count(name) for name in ONCE} == dict.fromkeys(ONCE, 1)
    assert [name for name in AT_MOST_ONCE if names.count(name) > 1] == []
    assert "ATTENDEE" not in names or method != "PUBLISH"
    assert re.fullmatch(r"\d{8}T\d{6}Z", values["DTSTAMP"])
    kinds = {params.get("VALUE", "DATE-TIME") for name, params, _ in event if name in TIMES}
    assert len(kinds) == 1  # RFC 5545 §3.8.2.2, §3.8.4.4, §3.8.5
    form = r"\d{8}" if kinds == {"DATE"} else r"\d{8}T\d{6}Z?"
    assert all(re.fullmatch(form, value) for name, _, value in event if name in TIMES)
    until = re.search("UNTIL=([^;]+)", values.get("RRULE", ""))
    assert until is None or re.fullmatch(form.replace("?", ""), until[1])  # §3.3.10: a day, or in UTC
    assert not {"RRULE", "RECURRENCE-ID"} <= set(names)
