"""People look for a time, say what suits them, and the meeting is called."""

from datetime import UTC, datetime, timedelta

import pytest

from governor.domain.standing_rules import StandingRule
from governor.ports import Account, Ask, Call, Reply, Say
from governor.services import COMMANDS, audit
from governor.services.commands import Premises
from governor.services.dispatch import Dispatcher
from governor.wording.catalogue import say
from tests.journeys.rooms import Room


def flat(shown: str) -> str:
    return " ".join(shown.split())


def test_time_is_found_in_indonesian(room: Room) -> None:
    shown = flat(room.say("cari waktu untuk rapat pengurus minggu depan"))
    assert "Kapan Rapat Pengurus diadakan? Ditanyakan kepada Dewi, Budi, dan Sari." in shown
    assert "Senin, 30 November 2026 pukul 19.00 WIB" in shown
    assert "1 dari 3: Budi" in flat(room.say("budi> 2"))
    shown = flat(room.say("sari> 2", "sari> 3", "3"))
    assert "2 dari 3: Budi dan Sari" in shown
    shown = flat(room.say("Panggil rapat di waktu yang paling cocok"))
    assert "Rapat dipanggil: Rapat Pengurus, Selasa, 1 Desember 2026 pukul 19.00 WIB." in shown
    assert "Diundang: Dewi, Budi, dan Sari." in shown
    assert audit.verify(room.house.record, room.house.published).findings == ()


def test_time_is_found_in_english_and_a_mark_taken_back(english_room: Room) -> None:
    shown = flat(
        english_room.say("find a time for a budget meeting with @budi next week at 7pm for 2 hours in the Hall")
    )
    assert "When shall Budget meeting be? Asked: Dewi and Budi." in shown
    assert "suits Budi." in english_room.say("budi> 1")
    assert "no longer suits Budi." in english_room.say("budi> 1")
    assert "Nobody has marked a time" in flat(english_room.say("6"))
    shown = flat(english_room.say("budi> 4", "6"))
    assert "Meeting called: Budget meeting, Thursday, 3 December 2026 at 19:00 WIB." in shown
    assert "2 hours (until 21:00 WIB)" in shown
    assert "Hall" in shown


def test_poll_is_closed_without_a_meeting_and_its_buttons_do_nothing_more(room: Room) -> None:
    (reply,) = room.call("cari waktu untuk rapat kas minggu depan")
    mark, settle, drop = reply.cards[0].buttons[0], *reply.cards[0].buttons[-2:]
    assert [line.key for line in room.press(drop.token).lines] == ["date-poll-dropped"]
    for at, button in enumerate((mark, settle, drop)):
        assert [line.key for line in room.press(button.token, call_id=f"p{at}").lines] == ["date-poll-closed"]
    assert [line.key for line in room.press("suits:2026-009:0", call_id="x").lines] == ["button-unknown"]


def test_who_may_not_call_may_mark_and_not_settle(room: Room) -> None:
    (reply,) = room.call("cari waktu untuk rapat kas minggu depan")
    mark, settle = reply.cards[0].buttons[0], reply.cards[0].buttons[-2]
    assert not room.press(mark.token, account="budi").refused
    assert [line.key for line in room.press(settle.token, account="budi", call_id="s").lines] == ["not-permitted"]
    assert room.call("cari waktu untuk rapat kas minggu depan", account="budi", call_id="f")[0].refused


def test_what_people_have_already_and_what_their_calendars_say_is_kept_free(room: Room) -> None:
    room.say("rapat kas Senin depan jam 7 malam dengan @budi", "1")
    asked: list[tuple[str, ...]] = []

    def busy(addresses, start, end):  # noqa: ANN001, ANN202
        asked.append(tuple(addresses))
        tuesday = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
        return {"sari@example.org": [(tuesday, tuesday + timedelta(minutes=30))]}

    def found(notice: int) -> list[str]:
        text = "cari waktu untuk rapat pengurus minggu depan"
        account = Account(platform="console", id="dewi")
        dispatcher = Dispatcher(
            room.house.record, COMMANDS, Premises(busy=busy, rules={StandingRule.NOTICE_DAYS: str(notice)})
        )
        (reply,) = dispatcher(Call(id=f"find {notice}", account=account, at=room.at, request=Say(text=text)))
        return [one.split(",")[0] for one in starts(reply)]

    assert found(0) == ["Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]  # nor Monday, nor Tuesday
    assert asked[0] == ("dewi@example.org", "budi@example.org", "sari@example.org")
    assert found(9) == ["Jumat", "Jumat", "Sabtu", "Sabtu", "Minggu"]


@pytest.mark.parametrize(
    ("language", "sentence", "called"),
    [
        ("id", "rapat pengurus minggu depan", "Rapat Pengurus"),
        ("id", "musyawarah anggota minggu depan", "Musyawarah Anggota"),
        ("id", "minggu depan", "Rapat"),
        ("en", "a board meeting next week", "Board meeting"),
        ("en", "the budget next week with @budi", "Budget"),
        ("en", "find a time for a board meeting next week", "Board meeting"),
    ],
)
def test_time_is_found_by_the_command_for_what_its_sentence_names(
    request: pytest.FixtureRequest, language: str, sentence: str, called: str
) -> None:
    room: Room = request.getfixturevalue({"id": "room", "en": "english_room"}[language])
    asked = Ask(command="meeting find", options={"reading": sentence})
    account = Account(platform="console", id="dewi")
    (reply,) = room.house.dispatcher(["mail"])(Call(id="find", account=account, at=room.at, request=asked))
    assert reply.cards[0].title.values == {"summary": called}


def test_stretch_that_is_over_or_too_near_offers_nothing(room: Room) -> None:
    before = room.entries
    assert [line.key for line in room.call("cari waktu untuk rapat hari ini")[0].lines] == ["date-poll-no-time"]
    assert room.entries == before


def starts(reply: Reply) -> list[str]:
    return [say(row.label, "id") for row in reply.cards[0].rows]
