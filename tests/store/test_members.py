"""A part of the roll is read as the whole is: the same people, and nobody who was erased."""

import shutil
from pathlib import Path

from tests.services.conftest import lived
from tests.store.records import opened

__all__ = ["lived"]


def test_part_of_the_roll_is_what_the_whole_says_of_these_people(lived: Path) -> None:
    with opened(lived) as record, record.database.read() as connection:
        whole = record.roster(connection)
        wanted = [member.id for member in whole][1:3]
        part = record.roster(connection, wanted)

    assert list(part) == [whole.get(member) for member in wanted]
    assert dict(part.accounts) == {account: member for account, member in whole.accounts.items() if member in wanted}


def test_nobody_is_asked_for_and_nobody_is_read(lived: Path) -> None:
    with opened(lived) as record, record.database.read() as connection:
        assert list(record.roster(connection, [])) == []


def test_person_whose_key_is_destroyed_is_forgotten_in_a_part_too(lived: Path, tmp_path: Path) -> None:
    with opened(shutil.copytree(lived, tmp_path / "data")) as record, record.database.read() as connection:
        person = list(record.roster(connection))[1]
        assert record.roster(connection, [person.id]).members[person.id].name == person.name

        record.keys.destroy(person.id)

        assert record.roster(connection, [person.id]).members[person.id].name == f"#{person.number:04d}"
