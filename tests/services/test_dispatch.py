"""Who may do what, through the one door, in which language are they answered?"""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import delete

from governor.bootstrap import open_house
from governor.domain.members import Office
from governor.domain.permissions import GRANTS, Permission, is_permitted, offices_granted
from governor.errors import NotFound
from governor.ports import Account, Call, Press, Reply, Say
from governor.services import COMMANDS
from governor.services.commands import Caller, Command, Handler, from_token
from governor.services.dispatch import Dispatcher
from governor.store import tables
from governor.store.unit_of_work import UnitOfWork
from governor.understanding.reading import Act
from governor.wording.phrase import phrase
from tests.journeys.conftest import founded, room
from tests.journeys.rooms import AT, Room, settings_at
from tests.postgres import postgres

__all__ = ["founded", "postgres", "room"]

BUTTONS = {command.button: command for command in COMMANDS if command.button is not None}


def call(text: str, *, account: str = "dewi", **more: str) -> Call:
    """Return a call of somebody who says *text*."""
    made = Call(id=text, account=Account(platform="console", id=account), at=AT, request=Say(text=text))
    return replace(made, **more)  # type: ignore[arg-type]


def keys(replies: tuple[Reply, ...]) -> list[str]:
    """Return the key of the first line of each reply."""
    return [reply.lines[0].key for reply in replies]


def test_nobody_is_heard_before_the_organisation_is_founded(tmp_path: Path) -> None:
    with open_house(settings_at(tmp_path / "data")) as house:
        (reply,) = house.dispatcher(["mail"])(call("bantuan"))
    assert (reply.refused, reply.lines[0].key) == (True, "organisation-missing")


@pytest.mark.parametrize("text", ["bantuan", "help", "keputusan: bubar", "hadir"])
def test_stranger_is_heard_by_nobody(room: Room, text: str) -> None:
    before = room.entries
    assert keys(room.house.dispatcher(["mail"])(call(text, account="anton"))) == ["account-unknown"]
    assert room.entries == before


def test_account_of_another_platform_is_another_person(room: Room) -> None:
    stranger = replace(call("bantuan"), account=Account(platform="elsewhere", id="dewi"))
    assert keys(room.house.dispatcher(["mail"])(stranger)) == ["account-unlinked"]


@pytest.mark.parametrize(
    ("text", "known", "language"),
    [
        ("meeting tomorrow with @anton", None, "en"),
        ("rapat besok jam 9 dengan @anton", "en", "id"),
        ("xyzzy", None, "id"),
        ("xyzzy", "en", "en"),
    ],
)
def test_refusal_is_in_the_language_of_the_words_else_of_the_person(
    room: Room, text: str, known: str | None, language: str
) -> None:
    (reply,) = room.house.dispatcher(["mail"])(replace(call(text), language=known))
    assert (reply.refused, reply.language) == (True, language)


def test_what_is_too_much_to_read_at_once_is_told(room: Room) -> None:
    replies = room.house.dispatcher(["mail"])(call("putusan: iuran naik. " * 11 + "catat: kas aman"))
    assert keys(replies) == ["decision-recorded"] * 10 + ["unread"]
    assert replies[-1].lines[0].values["text"] == "putusan: iuran naik. catat: kas aman"


def test_press_is_answered_in_the_language_of_its_card(room: Room) -> None:
    pressed = replace(call("x"), request=Press(button="call:none"), language="en")
    (reply,) = room.house.dispatcher(["mail"])(pressed)
    assert (reply.language, reply.lines[0].key) == ("en", "card-too-old")


@pytest.mark.parametrize(
    "token", ["", "nothing", "nothing:1", "call", "call:a:b", "rsvp:2026-001:PERHAPS", "a:b:c:d:e"]
)
def test_button_that_never_was_is_refused_and_never_a_bug(room: Room, token: str) -> None:
    pressed = replace(call("x"), request=Press(button=token))
    (reply,) = room.house.dispatcher(["mail"])(pressed)
    assert (reply.refused, reply.lines[0].key) == (True, "button-unknown")


@pytest.mark.parametrize("token", ["change:", "discard:x", "option:x", "cancel:2026-404", "rsvp:2026-404:ACCEPTED"])
def test_button_of_what_is_gone_says_so(room: Room, token: str) -> None:
    (reply,) = room.house.dispatcher(["mail"])(replace(call("x"), request=Press(button=token)))
    assert reply.refused
    assert reply.lines[0].key in {"card-too-old", "meeting-unknown"}


@pytest.mark.parametrize("button", BUTTONS)
def test_token_with_too_many_values_is_no_button(button: str) -> None:
    with pytest.raises(NotFound, match="button-unknown"):
        from_token(BUTTONS, f"{button}:1:2:3:4:5:6")


def test_member_without_an_office_may_only_read_and_answer(room: Room) -> None:
    room.say("rapat kas besok jam 7 malam dengan @budi", "1", "keputusan: setuju")
    before = room.entries
    for text in ("rapat besok jam 7 malam", "batalkan rapat", "undur rapat itu ke Jumat", "catat: x", "keputusan: y",
                 "anggota tambah X", "notulen simpan", "agenda: x"):  # fmt: skip
        assert keys(room.house.dispatcher(["mail"])(call(text, account="budi"))) == ["not-permitted"], text
    assert room.entries == before
    for text in ("bantuan", "kapan rapat?", "tampilkan keputusan bulan ini", "notulen", "bukti 2026-001", "hadir"):
        assert not room.house.dispatcher(["mail"])(call(text, account="budi"))[0].refused, text


def test_refusal_names_every_office_that_may(room: Room) -> None:
    (reply,) = room.house.dispatcher(["mail"])(call("rapat besok jam 7 malam", account="budi"))
    offices = [phrase.key for phrase in reply.lines[0].values["offices"]]  # type: ignore[attr-defined]
    assert offices == ["office-chair", "office-secretary", "office-treasurer", "office-board"]


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_is_held_by_an_office_or_by_everyone(permission: Permission) -> None:
    assert is_permitted((), permission) or offices_granted(permission)
    assert set(GRANTS) == set(Office)


def test_reading_a_record_changes_nothing(room: Room) -> None:
    room.say("rapat kas besok jam 7 malam", "1", "keputusan: setuju")
    before = room.entries
    room.say("bantuan", "kapan rapat?", "tampilkan keputusan bulan ini", "notulen", "notulen simpan", "bukti 2026-001")
    assert room.entries == before


def resign(_: object, caller: Caller, work: UnitOfWork) -> Reply:
    """Take the caller's offices away, the last secretary's too: no sentence of Governor's own does that."""
    number = caller.member.number
    work.connection.execute(delete(tables.office).where(tables.office.c.number == number))
    return Reply(language=caller.language, lines=(phrase("nothing-changed"),))


def leave(_: object, caller: Caller, work: UnitOfWork) -> Reply:
    """Take the caller's account away."""
    work.connection.execute(delete(tables.account))
    return Reply(language=caller.language, lines=(phrase("nothing-changed"),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """A request without options."""


@pytest.mark.parametrize(("handle", "told"), [(resign, "not-permitted"), (leave, "account-unknown")])
def test_permission_is_decided_when_the_act_is_done(room: Room, handle: Handler, told: str) -> None:
    lost = Command(name="lose", request=Nothing, permission=Permission.MEETING_READ, handle=handle, act=Act.HELP)
    dispatcher = Dispatcher(room.house.record, (*(one for one in COMMANDS if one.act is not Act.HELP), lost))
    assert keys(dispatcher(call("bantuan\nkeputusan: setuju"))) == ["nothing-changed", told]


def test_time_that_was_read_against_another_state_of_the_meeting_is_refused(room: Room) -> None:
    room.say("rapat kas besok jam 7 malam", "1")
    replies = room.house.dispatcher(["mail"])(call("undur rapat itu 1 jam\nundur rapat itu 1 jam\nagenda: laporan kas"))
    assert keys(replies) == ["meeting-changed", "meeting-changed-meanwhile", "meeting-changed"]
    assert "pukul 20.00 WIB" in room.say("kapan rapat?")


def test_words_that_were_read_against_another_meeting_are_refused(room: Room) -> None:
    room.say("rapat kas besok jam 7 malam", "1", "rapat iuran lusa jam 7 malam", "1")
    replies = room.house.dispatcher(["mail"])(call("batalkan rapat 2026-002\nagenda: laporan kas"))
    assert keys(replies) == ["meeting-cancelled-now", "meeting-changed-meanwhile"]


def test_time_is_never_read_against_another_meeting_than_the_one_named(room: Room) -> None:
    room.say("rapat kas besok jam 7 malam", "1", "rapat iuran lusa jam 7 malam", "1")
    replies = room.house.dispatcher(["mail"])(
        call("undur rapat 2026-001 ke jam 9 malam\nundur rapat 2026-002 ke jam 8 malam")
    )
    assert keys(replies) == ["meeting-changed", "meeting-changed-meanwhile"]
