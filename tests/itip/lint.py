"""Are these bytes a VCALENDAR that no reader stumbles over? Read by its own few lines, not by a library."""

import re

ONCE = ("UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "ORGANIZER")
_LINE = re.compile(r'(?P<name>[A-Z-]+)(?P<params>(;[A-Z-]+=("[^"]*"|[^":;,]*))*):(?P<value>.*)', re.DOTALL)
_PARAM = re.compile(r';([A-Z-]+)=("[^"]*"|[^":;,]*)')


def content_lines(data: bytes) -> list[tuple[str, dict[str, str], str]]:
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
    event = lines[lines.index(("BEGIN", {}, "VEVENT")) :]
    for name in ONCE:
        assert [each for each, _, _ in event].count(name) == 1, name
    assert names.count("METHOD") == names.count("PRODID") == 1
    assert re.fullmatch(r"\d{8}T\d{6}Z", values["DTSTAMP"])
    zones = {value for name, _, value in lines if name == "TZID"}
    assert {params["TZID"] for _, params, _ in lines if "TZID" in params} == zones
    assert "RDATE" not in names
