"""Are messages kept as files?"""

import asyncio
import errno
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from governor.errors import Unavailable
from integrations.mail.calendar import MailCalendar
from integrations.mail.composition import compose
from integrations.mail.folder import Folder, file_name
from integrations.mail.settings import Settings
from tests.integrations.calendar_contract import CalendarContract, Desk
from tests.integrations.inbox import shown
from tests.integrations.mail_contract import SENDER, MailContract, Post
from tests.itip.invitations import BOARD, BUDI, NOTICE, ORGANIZER, SARI, cancelled, guest


def arrived(folder: Path) -> list[tuple[str, bytes]]:
    return [
        (path.stem.rpartition("-")[2], path.read_bytes()) for path in sorted(folder.iterdir()) if path.suffix == ".eml"
    ]


class TestFolderKeepsTheMailContract(MailContract):
    @pytest.fixture
    def post(self, tmp_path: Path) -> Post:
        folder = tmp_path / "mail"
        return Post(mail=Folder(folder), run=asyncio.run, arrived=lambda: arrived(folder))


class TestFolderKeepsTheCalendarContract(CalendarContract):
    @pytest.fixture
    def desk(self, tmp_path: Path) -> Desk:
        return Desk(
            calendar=MailCalendar(Folder(tmp_path), ORGANIZER, NOTICE),
            run=asyncio.run,
            shows=lambda address: shown(content for name, content in arrived(tmp_path) if name == address),
        )


def test_only_the_owner_may_read(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "mail"

    asyncio.run(Folder(folder).send(compose(BOARD, BUDI), sender=SENDER, recipient="budi@example.org"))

    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in folder.iterdir()] == [0o600]


def test_names_sort_by_time_and_tell_what_they_hold(tmp_path: Path) -> None:
    calendar = MailCalendar(Folder(tmp_path), ORGANIZER, NOTICE)
    moved = replace(BOARD, revision=1, sequence=1, dtstamp=BOARD.dtstamp + timedelta(minutes=1))

    for invitation in (cancelled(moved), moved, BOARD):
        asyncio.run(calendar.publish(invitation, BUDI))

    names = sorted(path.name for path in tmp_path.iterdir())
    assert [(name[:16], name.split("-")[2], name.split("-", 4)[4]) for name in names] == [
        ("20261124T103921Z", "r0", "request-budi@example.org.eml"),
        ("20261124T104021Z", "r1", "request-budi@example.org.eml"),
        ("20261125T104021Z", "r2", "cancel-budi@example.org.eml"),
    ]
    assert len({name.split("-")[1] for name in names}) == 1


def test_an_address_cannot_leave_the_folder() -> None:
    name = file_name(compose(BOARD, BUDI), "../../etc/passwd@example.org")

    assert "/" not in name


def test_a_long_address_makes_a_name_that_the_disk_takes(tmp_path: Path) -> None:
    longest = guest("Budi", f"{'b' * 64}@{'.'.join(['d' * 60] * 3)}.id")

    asyncio.run(
        MailCalendar(Folder(tmp_path), ORGANIZER, NOTICE).publish(replace(BOARD, guests=(longest, SARI)), longest)
    )

    assert len(arrived(tmp_path)) == 1


def test_no_trace_is_left_beside_the_message(tmp_path: Path) -> None:
    asyncio.run(Folder(tmp_path).send(compose(BOARD, BUDI), sender=SENDER, recipient="budi@example.org"))

    assert [path.suffix for path in tmp_path.iterdir()] == [".eml"]


def test_settings_put_it_into_the_data_directory(tmp_path: Path) -> None:
    assert Folder.from_settings(Settings(), data=tmp_path).directory == tmp_path / "mail"


def send(folder: Path) -> None:
    asyncio.run(Folder(folder).send(compose(BOARD, BUDI), sender=SENDER, recipient="budi@example.org"))


def test_full_disk_is_said_and_leaves_nothing(small_disk: Path) -> None:
    (small_disk / "filler").write_bytes(b"x" * 60_000)

    with pytest.raises(Unavailable, match="mail-disk-full"):
        send(small_disk / "mail")

    assert list((small_disk / "mail").iterdir()) == []


def test_read_only_disk_is_said(read_only_disk: Path) -> None:
    with pytest.raises(Unavailable, match="mail-disk-read-only"):
        send(read_only_disk / "mail")


def test_any_other_trouble_is_said_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file is in the way")

    with pytest.raises(Unavailable, match="mail-disk-failed") as caught:
        send(tmp_path / "mail")

    assert caught.value.values["reason"] == os.strerror(errno.EEXIST)
