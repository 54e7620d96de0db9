"""The roll is remembered, and whoever changes it, in this process or another, is seen at once."""

import os
import shutil
from pathlib import Path

import pytest

from governor.domain.decisions import record_decision
from governor.domain.events import MemberEnrolled, OfficeGiven, Personal
from governor.domain.members import MemberId, Office
from governor.store.members import Roster
from governor.store.unit_of_work import Record
from tests.services.conftest import lived
from tests.store.records import AT, opened

__all__ = ["lived"]


@pytest.fixture
def folder(lived: Path, tmp_path: Path) -> Path:
    """A record with several members, whose keys were made long ago."""
    return shutil.copytree(lived, tmp_path / "data")


def roll(record: Record) -> Roster:
    with record.database.read() as connection:
        return record.roster(connection)


def honoured(record: Record, member: MemberId) -> None:
    number = roll(record).members[member].number
    with record.act("give", AT) as work:
        work.record(OfficeGiven(member=member, number=number, office=Office.TREASURER), by=None)


def test_roll_is_opened_once_for_as_long_as_nothing_is_entered_about_anybody(folder: Path) -> None:
    with opened(folder) as record:
        for keys in folder.rglob("keys/**/"):
            os.utime(keys, (0, 0))  # a directory that changed just now may change again unseen, and nothing is kept
        first = roll(record)
        with record.act("decide", AT) as work:
            event = record_decision(number="2026-900", text="Kas dibuka", owner=None, due=None, meeting=None)
            work.record(event, by=None)
        assert roll(record) is first
        with record.database.read() as connection:
            assert record.standing(connection)[1] is first


def test_office_that_is_given_is_seen_here_and_in_another_process(folder: Path) -> None:
    with opened(folder) as here, opened(folder) as there:
        member = list(roll(here))[-1].id
        assert Office.TREASURER not in roll(there).members[member].offices
        honoured(here, member)
        assert Office.TREASURER in roll(here).members[member].offices
        assert Office.TREASURER in roll(there).members[member].offices


def test_member_whose_key_another_process_destroys_is_forgotten_at_once(folder: Path) -> None:
    with opened(folder) as here, opened(folder) as there:
        person = list(roll(here))[1]
        there.keys.destroy(person.id)
        assert roll(here).members[person.id].name == f"#{person.number:04d}"


def enrol_in_vain(record: Record) -> None:
    with record.act("enrol", AT) as work:
        member = work.new_member()
        values = {"name": Personal("Tono"), "handle": Personal("tono"), "email": None}
        work.record(MemberEnrolled(member=member, number=900, **values), by=None)
        assert work.roster().members[member].name == "Tono"
        raise RuntimeError("stopped")


def test_act_sees_whom_it_has_just_enrolled_and_nobody_does_where_it_fails(folder: Path) -> None:
    with opened(folder) as record:
        before = roll(record)
        with pytest.raises(RuntimeError, match="stopped"):
            enrol_in_vain(record)
        assert roll(record) == before


def test_state_from_before_a_change_keeps_the_roll_of_its_own_time(folder: Path) -> None:
    with opened(folder) as record:
        member = list(roll(record))[-1].id
        with record.database.read() as before:
            assert Office.TREASURER not in record.roster(before).members[member].offices
            honoured(record, member)
            assert Office.TREASURER in roll(record).members[member].offices
            assert Office.TREASURER not in record.roster(before).members[member].offices
        assert Office.TREASURER in roll(record).members[member].offices
