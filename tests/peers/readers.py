"""What do programs that nobody here wrote find in a calendar?"""

import ctypes
import fcntl
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import icalendar
import pytest

HERE = Path(__file__).parent
Reading = dict[str, object]


def ical_js(calendars: Sequence[bytes]) -> list[Reading]:
    """Return what npm's ical.js reads, which Thunderbird and Nextcloud use."""
    _install("ical.js")
    return _run(["node", "read_ical_js.js"], calendars)


def postal_mime(messages: Sequence[bytes]) -> list[Reading]:
    """Return what npm's postal-mime reads in whole messages."""
    _install("postal-mime")
    return _run(["node", "read_mail.js"], messages)


def libical(calendars: Sequence[bytes]) -> list[Reading]:
    """Return what Debian's libical reads, which Evolution, KOrganizer and Cyrus use."""
    try:
        ctypes.CDLL("libical.so.3")
    except OSError:
        pytest.skip("NOT COMPARED WITH libical: the package libical3 is not installed (tests/peers/install)")
    return _run([sys.executable, "read_libical.py"], calendars)


def python_icalendar(calendars: Sequence[bytes]) -> list[Reading]:
    """Return what PyPI's icalendar reads."""
    return [_reading(icalendar.Calendar.from_ical(calendar)) for calendar in calendars]


READERS = (ical_js, libical, python_icalendar)


def _install(package: str) -> None:
    """Install the readers of npm, one process at a time; skip the test where there is no npm."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip(f"NOT COMPARED WITH {package}: node and npm are not installed")
    with (HERE / "package.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run([HERE / "install"], check=True)


def _run(command: list[str], calendars: Sequence[bytes]) -> list[Reading]:
    done = subprocess.run(
        command,
        input=json.dumps([calendar.decode() for calendar in calendars]),
        capture_output=True,
        text=True,
        cwd=HERE,
        check=False,
    )
    assert done.returncode == 0, done.stderr or done.stdout
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found


def _reading(calendar: icalendar.Calendar) -> Reading:
    (event,) = calendar.events
    return {
        "method": str(calendar["METHOD"]),
        "uid": str(event["UID"]),
        "sequence": int(event["SEQUENCE"]),
        "status": str(event.get("STATUS", "")),
        "start": int(event.start.timestamp()),
        "end": int(event.end.timestamp()),
        "dtstamp": int(event.DTSTAMP.timestamp()),
        "summary": str(event["SUMMARY"]),
        "location": str(event.get("LOCATION", "")),
        "description": str(event.get("DESCRIPTION", "")),
        "organizer": [str(event["ORGANIZER"]), event["ORGANIZER"].params.get("CN", "")],
        "attendees": [
            [str(each), *(each.params.get(name, "") for name in ("PARTSTAT", "ROLE", "CN"))] for each in event.attendees
        ],
    }
