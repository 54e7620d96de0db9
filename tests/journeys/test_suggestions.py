"""What is offered while an option is filled in? In the words of who types, and only what they may do something with."""

from datetime import timedelta

import pytest

from governor.ports import Account, Typing
from governor.services.dispatch import Dispatcher
from governor.wording.catalogue import say
from tests.journeys.rooms import AT, Room


class Typist:
    """Somebody who types in *room*, always into the same commands' options."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.dispatcher: Dispatcher = room.house.dispatcher(["mail"])

    def offered(self, command: str, option: str, typed: str = "", *, who: str = "dewi", language: str = "id",
                **given: str) -> list[str]:  # fmt: skip
        """Return the values that are offered."""
        account = Account(platform="console", id=who)
        asked = {"command": command, "option": option, "typed": typed, "given": given, "language": language}
        typing = Typing(account=account, place=None, **asked)  # type: ignore[arg-type]  # as named
        self.shown = [say(one.label, language) for one in self.dispatcher.suggest(typing, self.room.at)]
        return [one.value for one in self.dispatcher.suggest(typing, self.room.at)]


@pytest.fixture
def typist(room: Room) -> Typist:
    """Two meetings are called: 2026-001 on Thursday 26 November, with an agenda, and 2026-002 on the Friday after."""
    room.say("rapat kas hari Kamis jam 3 sore dengan @budi", "1", "rapat panen hari Jumat jam 4 sore", "1")
    room.say("agenda rapat 2026-001: sewa balai", "agenda rapat 2026-002: pupuk")
    return Typist(room)


@pytest.mark.parametrize(("language", "typed"), [("id", "kamis"), ("en", "thursday"), ("en", "Thu"), ("id", "KAS")])
def test_words_are_found_in_the_language_of_who_types(typist: Typist, language: str, typed: str) -> None:
    assert typist.offered("meeting cancel", "number", typed, language=language) == ["2026-001"]


def test_other_language_is_not_the_one_that_is_shown(typist: Typist) -> None:
    assert typist.offered("meeting cancel", "number", "kamis", language="en") == []


def test_member_is_offered_nothing_for_what_only_offices_may(typist: Typist) -> None:
    assert typist.offered("meeting cancel", "number", who="budi") == []
    assert typist.offered("member invite", "person", who="budi") == []
    assert typist.offered("meeting cancel", "number") == ["2026-001", "2026-002"]


def test_member_answers_only_meetings_to_which_they_are_invited(typist: Typist) -> None:
    assert typist.offered("meeting reply", "number", who="budi") == ["2026-001"]
    assert typist.offered("meeting reply", "number", who="sari") == []


def test_meeting_that_was_held_is_offered_for_its_minutes_and_not_to_be_cancelled(typist: Typist) -> None:
    typist.room.at = AT + timedelta(days=2, hours=12)
    assert typist.offered("meeting cancel", "number") == ["2026-002"]
    assert typist.offered("minutes show", "meeting")[0] == "2026-001"
    assert typist.offered("attendance show", "meeting")[0] == "2026-001"


def test_items_are_those_of_the_meeting_that_was_chosen(typist: Typist) -> None:
    typist.offered("agenda withdraw", "item", number="2026-002")
    assert typist.shown == ["1. pupuk"]
    typist.offered("agenda withdraw", "item", number="2026-001")
    assert typist.shown == ["1. sewa balai"]


@pytest.mark.parametrize(
    ("language", "typed", "first"),
    [("id", "besok", "2026-11-25"), ("en", "tomorrow", "2026-11-25"), ("en", "friday", "2026-11-27"),
     ("id", "31 desember", "2026-12-31"), ("en", "2026-12-05", "2026-12-05")],
)  # fmt: skip
def test_days_are_offered_by_their_words(typist: Typist, language: str, typed: str, first: str) -> None:
    assert typist.offered("decision record", "due", typed, language=language)[0] == first


def test_series_is_offered_by_its_next_time_that_stands_and_asked_to_be_cancelled_by_that(typist: Typist) -> None:
    typist.room.say("rapat pengurus setiap Senin jam 7 malam", "1")
    typist.room.say("batalkan rapat 2026-003 tanggal 30 November saja")
    typist.offered("meeting cancel", "number", "Pengurus")
    assert typist.shown == ["Rapat Pengurus (2026-003), Senin, 7 Desember 2026 pukul 19.00 WIB"]
    which = typist.room.call("batal")[0].cards[0]
    assert typist.shown[0] in [say(button.label, "id") for button in which.buttons]
    sure = typist.room.press("off:2026-003").cards[0]
    assert "Senin, 7 Desember 2026" in say(sure.title, "id")


def test_days_that_were_are_offered_where_somebody_asks_who_held_an_office(typist: Typist) -> None:
    typist.room.at = AT + timedelta(days=400)
    typist.room.say("jadikan Sari bendahara")
    typist.room.at += timedelta(days=9)
    assert typist.offered("office list", "on")[:2] == ["2028-01-07", "2027-12-29"]
    assert typist.shown[0].startswith("hari ini, ")


def test_what_was_recorded_a_moment_ago_is_offered_at_once(typist: Typist) -> None:
    assert typist.offered("decision prove", "number") == []
    typist.room.say("keputusan: sewa balai disetujui")
    assert typist.offered("decision prove", "number", "balai") == ["2026-001"]
    assert typist.offered("member invite", "person", "tono") == []
    typist.room.say("anggota tambah Tono tono@example.org")
    assert typist.offered("member invite", "person", "@ton") == ["tono"]


def test_stranger_and_unknown_option_are_offered_nothing(typist: Typist) -> None:
    assert typist.offered("meeting list", "number", who="stranger") == []
    assert typist.offered("meeting cancel", "nonsense") == []
    assert typist.offered("nonsense", "number") == []


def test_no_more_is_offered_than_can_be_shown(typist: Typist) -> None:
    assert len(typist.offered("decision record", "due")) == 25


def test_polls_on_a_date_are_offered_while_they_are_open(typist: Typist) -> None:
    typist.room.say("cari waktu untuk rapat pengurus minggu depan")
    assert typist.offered("date-poll settle", "number", "pengurus") == ["2026-001"]
    assert typist.shown == ["2026-001: Rapat Pengurus"]
    assert typist.offered("date-poll drop", "number", who="budi") == []
    typist.room.press("unpoll:2026-001")
    assert typist.offered("date-poll settle", "number") == []
