"""Do other programs read our messages as we meant them?"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from governor.domain.meetings import Status
from governor.itip.events import guests
from governor.itip.invitation import Guest, Invitation
from governor.itip.request import request
from governor.itip.texts import line, lines, parameter
from governor.itip.zones import _rules
from tests.itip.invitations import BOARD, BUDI
from tests.itip.lint import lint
from tests.itip.test_zones import ZONES
from tests.peers.golden import INVITATIONS, MOVED, golden
from tests.peers.readers import READERS, Reading

Reader = Callable[[Sequence[bytes]], list[Reading]]


def meant(invitation: Invitation) -> Reading:
    """Return what a reader must find in *invitation*, worked out without our writer."""
    start = int(invitation.dtstart.timestamp())
    is_cancelled = invitation.status is Status.CANCELLED
    return {
        "method": "CANCEL" if is_cancelled else "REQUEST",
        "uid": invitation.uid,
        "sequence": invitation.sequence,
        "status": "CANCELLED" if is_cancelled else "CONFIRMED",
        "start": start,
        "end": start + int(invitation.duration.total_seconds()),
        "dtstamp": int(invitation.dtstamp.timestamp()),
        "summary": line(invitation.summary),
        "location": line(invitation.location or ""),
        "description": lines(invitation.agenda or ""),
        "organizer": [
            f"mailto:{invitation.organizer.address}",
            f"{parameter(invitation.chair)} ({parameter(invitation.organization)})",
        ],
        "attendees": [_attendee(guest, asked=not is_cancelled) for guest in guests(invitation)],
    }


def _attendee(guest: Guest, *, asked: bool) -> list[str]:
    name = parameter(guest.mailbox.name)
    return [f"mailto:{guest.mailbox.address}", str(guest.partstat) if asked else "", str(guest.role), name]


def test_golden_set_is_large_and_passes_the_lint() -> None:
    messages = golden()

    assert len(messages) >= 30
    for name, message in messages.items():
        is_off = "cancelled" in name or name == "uninvited"
        lint(message, method="CANCEL" if is_off else "REQUEST")


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_reader_finds_what_was_meant(reader: Reader) -> None:
    messages = golden()
    uninvited = meant(MOVED) | {"method": "CANCEL", "status": "", "attendees": [_attendee(BUDI, asked=False)]}
    expected = {name: meant(invitation) for name, invitation in INVITATIONS.items()} | {"uninvited": uninvited}

    found = dict(zip(messages, reader(list(messages.values())), strict=True))

    assert {name: found[name] for name in expected} == expected


def meetings_around_changes() -> list[Invitation]:
    """Return an hour's meeting just before and just after each change of every kind of rule in three years."""
    kinds = {_rules(zone): zone for zone in ZONES} | {zone: zone for zone in ("Africa/Casablanca", "Asia/Gaza")}
    found = []
    for zone in kinds.values():
        info, moment = ZoneInfo(zone), datetime(2027, 1, 1, tzinfo=UTC)
        while moment < datetime(2030, 12, 31, tzinfo=UTC):
            later = moment + timedelta(hours=1)
            if moment.astimezone(info).utcoffset() != later.astimezone(info).utcoffset():
                found += [(zone, moment - timedelta(hours=2)), (zone, later + timedelta(hours=2))]
            moment = later
    return [replace(BOARD, zone=zone, dtstart=start.astimezone(ZoneInfo(zone))) for zone, start in found]


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_reader_knows_the_instant_on_both_sides_of_every_kind_of_change(reader: Reader) -> None:
    meetings = meetings_around_changes()

    found = reader([request(meeting) for meeting in meetings])

    assert len(meetings) > 300
    wrong = [
        (meeting.zone, meeting.dtstart.isoformat(), datetime.fromtimestamp(int(str(reading["start"])), UTC).isoformat())
        for meeting, reading in zip(meetings, found, strict=True)
        if (reading["start"], reading["end"]) != (meant(meeting)["start"], meant(meeting)["end"])
    ]
    assert wrong == []
