"""Do other programs read our messages as we meant them, and say that what repeats takes place when we say it?"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from governor.itip.invitation import Invitation
from governor.itip.request import request
from governor.itip.zones import _rules
from tests.itip.invitations import BOARD
from tests.itip.lint import lint
from tests.itip.test_zones import ZONES
from tests.peers.golden import golden
from tests.peers.meant import meant
from tests.peers.readers import READERS, Reading, node_ical
from tests.peers.slips import SLIPS, facts

Reader = Callable[[Sequence[bytes]], list[Reading]]
Facts = Counter[tuple[str, str]]


@cache
def expected() -> dict[str, Facts]:
    """Return what is to be found in each golden message."""
    return {name: facts(meant(message)) for name, message in golden().items()}


@cache
def found(reader: Reader) -> dict[str, Facts]:
    """Return what *reader* finds in each golden message."""
    messages = golden()
    readings = reader([message.data for message in messages.values()])
    return {name: facts(reading) for name, reading in zip(messages, readings, strict=True)}


def test_golden_set_is_large_and_passes_the_lint() -> None:
    messages = golden()

    assert len(messages) >= 90
    for message in messages.values():
        lint(message.data, method=message.method)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_reader_finds_what_was_meant_and_all_dates_of_two_years(reader: Reader) -> None:
    slips = {}
    for name, found_facts in found(reader).items():
        missed, added = (Counter(part for part, _ in each) for each in _apart(expected()[name], found_facts))
        assert added <= missed, name
        if missed:
            slips[reader.__name__, name] = dict(missed)

    assert slips == {key: parts for key, parts in SLIPS.items() if key[0] == reader.__name__}


def test_what_one_reader_misses_another_finds() -> None:
    readings = {reader.__name__: found(reader) for reader in READERS}

    for slipping, name in SLIPS:
        others = [facts[name] for reader, facts in readings.items() if reader != slipping]
        missed, _ = _apart(expected()[name], readings[slipping][name])
        assert [fact for fact in missed if not any(fact in other for other in others)] == []


def _apart(meant: Facts, found: Facts) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return what is only *meant*, and what is only *found*."""
    return [*(meant - found).elements()], [*(found - meant).elements()]


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


# node-ical reads no VTIMEZONE of an IANA zone, but asks its own node, whose rules are those of the day it was built.
@pytest.mark.parametrize(
    "reader", [each for each in READERS if each is not node_ical], ids=lambda reader: reader.__name__
)
def test_reader_knows_the_instant_on_both_sides_of_every_kind_of_change(reader: Reader) -> None:
    meetings = meetings_around_changes()

    readings = reader([request(meeting) for meeting in meetings])

    assert len(meetings) > 300
    wrong = [
        (meeting.zone, meeting.dtstart.isoformat(), reading["occurrences"])
        for meeting, reading in zip(meetings, readings, strict=True)
        if reading["occurrences"] != [[*_seconds(meeting), "CONFIRMED"]]
    ]
    assert wrong == []


def _seconds(meeting: Invitation) -> tuple[int, int]:
    start = int(meeting.dtstart.timestamp())
    return start, start + int(meeting.duration.total_seconds())
