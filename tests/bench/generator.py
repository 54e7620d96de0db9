"""How long does npm ical-generator take to write an invitation?"""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

from icalendar import Calendar

from governor.itip.invitation import Invitation
from governor.itip.zones import vtimezone

PEERS = Path(__file__).parents[1] / "peers"
WARM = 10
TURN = 20


def missing() -> str | None:
    """Return why it cannot be measured here, or ``None``."""
    if shutil.which("node") is None:
        return "node is not installed"
    return None if (PEERS / "node_modules" / "ical-generator").is_dir() else "make peers installs ical-generator"


def beside(work: Callable[[], bytes], invitation: Invitation, turns: int) -> tuple[float, float]:
    """Return the median seconds of *work* and of ical-generator, both warm, writing *invitation* in turns."""
    ours, theirs = [], []
    with _generator(invitation, work()) as generate:
        for turn in range(WARM + turns):
            took = generate(TURN)
            mine = [_seconds(work) for _ in range(TURN)]
            if turn >= WARM:
                ours += mine
                theirs += took
    return median(ours), median(theirs)


def _seconds(work: Callable[[], bytes]) -> float:
    begin = perf_counter()
    work()
    return perf_counter() - begin


@contextmanager
def _generator(invitation: Invitation, meant: bytes) -> Iterator[Callable[[int], list[float]]]:
    """Yield what has *invitation* written so often, and gives the seconds of each, after a look that it is *meant*."""
    command = ["node", str(PEERS / "build_ical_generator.js"), json.dumps(_event(invitation))]
    clocks = {**os.environ, "TZ": invitation.zone}  # it tells a Date by the clocks of the machine
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "env": clocks, "text": True}
    with subprocess.Popen(command, **pipes) as process:  # type: ignore[call-overload]

        def generate(times: int) -> list[float]:
            print(times, file=process.stdin, flush=True)
            return [float(one) for one in json.loads(process.stdout.readline())]

        assert _shown(json.loads(process.stdout.readline())) == _shown(meant.decode())
        yield generate
        process.stdin.close()


def _event(invitation: Invitation) -> dict[str, object]:
    end = invitation.dtstart + invitation.duration
    return {
        "zone": invitation.zone,
        "vtimezone": vtimezone(invitation.zone, invitation.dtstart, end).decode(),
        "uid": invitation.uid,
        "dtstamp": invitation.dtstamp.isoformat(),
        "start": invitation.dtstart.isoformat(),
        "end": end.isoformat(),
        "summary": invitation.summary,
        "location": invitation.location,
        "description": invitation.agenda,
        "organizer": {"name": invitation.chair, "email": invitation.organizer.address},
        "attendees": [{"name": each.mailbox.name, "email": each.mailbox.address} for each in invitation.guests],
    }


def _shown(calendar: str) -> list[object]:
    """Return what tells that two calendars invite the same people to the same."""
    found = Calendar.from_ical(calendar)
    (event,) = found.walk("VEVENT")
    people = [(str(one).casefold(), sorted(one.params.items())) for one in event["ATTENDEE"]]
    times = [event[name].dt for name in ("DTSTART", "DTEND")]
    zone = [str(one["TZID"]) for one in found.walk("VTIMEZONE")]
    texts = [str(event[name]) for name in ("UID", "SUMMARY", "LOCATION", "DESCRIPTION", "STATUS")]
    return [str(found["METHOD"]), texts, times, zone, people]
