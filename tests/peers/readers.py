"""What do programs that nobody here wrote find in a calendar, and when do they say that it takes place?"""

import ctypes
import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest
import recurring_ical_events

HERE = Path(__file__).parent
END = datetime(2029, 1, 1, tzinfo=UTC)
"""Before when what repeats is looked at."""

Reading = dict[str, Any]
"""``method``, ``name`` and ``refresh`` of a calendar, its ``events`` as they stand, and its ``occurrences``: from when,
to when, and with which STATUS. What is timed is told in Unix seconds, what has days as ``YYYY-MM-DD``.
"""


def ical_js(calendars: Sequence[bytes]) -> list[Reading]:
    """Return what npm's ical.js reads, which Thunderbird and Nextcloud use."""
    install("ical.js")
    return _read(["node", "read_ical_js.js"], calendars)


def node_ical(calendars: Sequence[bytes]) -> list[Reading]:
    """Return what npm's node-ical reads, which MagicMirror and many a bot use."""
    install("node-ical")
    return _read(["node", "read_node_ical.js"], calendars)


def postal_mime(messages: Sequence[bytes]) -> list[Reading]:
    """Return what npm's postal-mime reads in whole messages."""
    install("postal-mime")
    return _run(["node", "read_mail.js"], [message.decode() for message in messages])


def libical(calendars: Sequence[bytes]) -> list[Reading]:
    """Return what Debian's libical reads, which Evolution, KOrganizer and Cyrus use."""
    try:
        ctypes.CDLL("libical.so.3")
    except OSError:
        pytest.skip("NOT COMPARED WITH libical: the package libical3 is not installed (tests/peers/install)")
    return _read([sys.executable, "read_libical.py"], calendars)


def python_icalendar(calendars: Sequence[bytes]) -> list[Reading]:
    """Return what PyPI's icalendar reads, and recurring-ical-events repeats."""
    return [_normal(_reading(icalendar.Calendar.from_ical(calendar))) for calendar in calendars]


READERS = (ical_js, node_ical, libical, python_icalendar)


def install(package: str) -> None:
    """Install the readers of npm, one process at a time; skip the test where there is no npm."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip(f"NOT COMPARED WITH {package}: node and npm are not installed")
    with (HERE / "package.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run([HERE / "install"], check=True)


def _read(command: list[str], calendars: Sequence[bytes]) -> list[Reading]:
    until = int(END.timestamp())
    return [_normal(one) for one in _run(command, [{"calendar": one.decode(), "until": until} for one in calendars])]


def _run(command: list[str], given: Sequence[object]) -> list[Reading]:
    done = subprocess.run(
        command,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        cwd=HERE,
        check=False,
        env=os.environ | {"TZ": "UTC"},
    )
    assert done.returncode == 0, done.stderr or done.stdout
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found


def _normal(reading: Reading) -> Reading:
    """Return *reading* with what has no order in one: the parts of a rule, dates, occurrences."""
    reading["refresh"] = reading["refresh"] and int(icalendar.vDuration.from_ical(reading["refresh"]).total_seconds())
    for event in reading["events"]:
        event["rrule"] = sorted(filter(None, event["rrule"].split(";")))
        event["exdates"], event["rdates"] = sorted(event["exdates"]), sorted(event["rdates"])
    return reading | {"occurrences": sorted((list(one) for one in reading["occurrences"]), key=str)}


def _reading(calendar: icalendar.Calendar) -> Reading:
    if any(event.rrules for event in calendar.events):
        found = recurring_ical_events.of(calendar).between(datetime(2026, 1, 1, tzinfo=UTC), END)
    else:
        found = calendar.events
    return {
        "method": str(calendar["METHOD"]),
        "name": str(calendar.get("NAME", "")),
        "refresh": calendar["REFRESH-INTERVAL"].to_ical().decode() if "REFRESH-INTERVAL" in calendar else "",
        "events": [_event(event) for event in calendar.events],
        "occurrences": [[_moment(one.start), _moment(one.end), str(one.get("STATUS", ""))] for one in found],
    }


def _event(event: icalendar.Event) -> Reading:
    return {
        "uid": str(event["UID"]),
        "sequence": int(event["SEQUENCE"]),
        "status": str(event.get("STATUS", "")),
        "start": _moment(event.start),
        "end": _moment(event.end),
        "dtstamp": _moment(event.DTSTAMP),
        "summary": str(event["SUMMARY"]),
        "location": str(event.get("LOCATION", "")),
        "description": str(event.get("DESCRIPTION", "")),
        "organizer": [
            str(event["ORGANIZER"]),
            *(event["ORGANIZER"].params.get(name, "") for name in ("CN", "SENT-BY")),
        ],
        "attendees": [
            [str(each), *(each.params.get(name, "") for name in ("PARTSTAT", "ROLE", "CN"))] for each in event.attendees
        ],
        "conference": [str(text) for one in event.conferences for text in (one.uri, one.feature)],
        "recurrence_id": "" if event.RECURRENCE_ID is None else _moment(event.RECURRENCE_ID),
        "rrule": ";".join(rule.to_ical().decode() for rule in event.rrules),
        "exdates": [_moment(one) for one in event.exdates],
        "rdates": [_moment(one) for one, *_ in event.rdates],
        "related": [[str(event["RELATED-TO"]), event["RELATED-TO"].params["RELTYPE"]]] if "RELATED-TO" in event else [],
        "alarms": [
            [str(one["ACTION"]), str(one["DESCRIPTION"]), int(one["TRIGGER"].dt.total_seconds())]
            for one in event.walk("VALARM")
        ],
    }


def _moment(moment: date) -> int | str:
    return int(moment.timestamp()) if isinstance(moment, datetime) else moment.isoformat()
