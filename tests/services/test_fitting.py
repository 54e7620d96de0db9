"""Is nothing done to a meeting that begins at another time than was said of the one that is meant?"""

import pytest

from governor.ports import Account, Ask, Call
from tests.journeys.conftest import english_room, founded, room
from tests.journeys.rooms import Room
from tests.journeys.test_conversations import flat
from tests.postgres import postgres

__all__ = ["english_room", "founded", "postgres", "room"]


@pytest.fixture
def one(room: Room) -> Room:
    """A room in which the only meeting to come is Rapat Kas, tomorrow (Wednesday) at seven in the evening."""
    room.say("rapat kas besok jam 7 malam dengan @budi", "1")
    return room


@pytest.fixture
def one_english(english_room: Room) -> Room:
    """A room in which the only meeting to come is the board meeting, tomorrow (Wednesday) at three."""
    english_room.say("board meeting tomorrow at 3pm with @budi", "1")
    return english_room


@pytest.fixture
def two(one: Room) -> Room:
    """The same with Rapat Iuran on Thursday at three, called last."""
    one.say("rapat iuran lusa jam 3 sore dengan @budi", "1")
    return one


def done(room: Room, *lines: str) -> tuple[str, int]:
    """Return what is shown while *lines* are said, and how much is entered."""
    before = room.entries
    return flat(room.say(*lines)), room.entries - before


@pytest.mark.parametrize(
    "words",
    [
        "rapat batal lusa jam 3",
        "batalkan rapat Jumat",
        "rapat lusa dibatalkan",
        "batalkan rapat besok pagi",
        "batalkan rapat besok jam 3",
        "batalkan rapat besok lusa",
        "batalkan rapat setiap Senin",
        "rapat batal, yang lusa",
    ],
)
def test_meeting_at_another_time_is_not_cancelled_but_asked_for(one: Room, words: str) -> None:
    shown, entered = done(one, words)
    assert "Tidak ada rapat yang akan datang pada waktu itu." in shown
    assert "[1] Rapat Kas (2026-001), Rabu, 25 November 2026 pukul 19.00 WIB" in shown
    assert entered == 0
    assert "Rapat dibatalkan: Rapat Kas" in one.say("1")


@pytest.mark.parametrize(
    "words",
    [
        "cancel the meeting on Monday at 3",
        "cancel the meeting tomorrow at 5",
        "Friday's meeting is cancelled",
        "cancel the meeting tomorrow morning",
        "call off the meeting in 3 days",
    ],
)
def test_meeting_at_another_time_is_not_cancelled_but_asked_for_in_english(one_english: Room, words: str) -> None:
    shown, entered = done(one_english, words)
    assert "There is no meeting to come at that time." in shown
    assert "[1] Board meeting (2026-001), Wednesday, 25 November 2026 at 15:00 WIB" in shown
    assert entered == 0


@pytest.mark.parametrize(
    "words",
    [
        "undur rapat lusa ke Jumat",
        "undur rapat Jumat ke Senin jam 8 malam",
        "undur rapat Jumat 30 menit",
        "pindahkan rapat dari jam 3 ke jam 5",
        "pindahkan rapat lusa ke Aula",
        "ganti nama rapat lusa jadi Rapat Besar",
        "jadikan rapat lusa tertutup",
        "hapus @budi dari rapat lusa",
        "undang juga @sari ke rapat lusa",
        "agenda rapat lusa: kas",
        "batalkan rapat kas lusa",
        "batalkan rapat 2026-001 lusa",
        "undur rapat kas lusa ke Jumat",
    ],
)
def test_nothing_is_done_to_a_meeting_at_another_time(one: Room, words: str) -> None:
    shown, entered = done(one, words)
    assert "Tidak ada rapat yang akan datang pada waktu itu, jadi tidak ada yang dilakukan." in shown
    assert "Yang ada: Rapat Kas (2026-001), Rabu, 25 November 2026 pukul 19.00 WIB." in shown
    assert entered == 0


@pytest.mark.parametrize(
    "words",
    [
        "move Friday's meeting to Monday",
        "move the meeting on Friday to Monday at 4pm",
        "move the meeting from Friday to Monday",
        "move the 4pm meeting to 5pm",
        "move the meeting from 4pm to 5pm",
        "postpone the meeting on Friday by 30 minutes",
        "the meeting on Friday is now closed",
        "cancel the board meeting on Friday",
    ],
)
def test_nothing_is_done_to_a_meeting_at_another_time_in_english(one_english: Room, words: str) -> None:
    shown, entered = done(one_english, words)
    assert "There is no meeting to come at that time, so nothing was done." in shown
    assert "There are: Board meeting (2026-001), Wednesday, 25 November 2026 at 15:00 WIB." in shown
    assert entered == 0


@pytest.mark.parametrize("words", ["hadir di rapat lusa", "lusa saya tidak bisa hadir", "hadir di rapat besok jam 3"])
def test_invitation_to_a_meeting_at_another_time_is_not_answered(one: Room, words: str) -> None:
    shown, entered = done(one, f"budi> {words}")
    assert "Tidak ada undangan Anda pada waktu itu" in shown
    assert "Yang ada: Rapat Kas (2026-001), Rabu, 25 November 2026 pukul 19.00 WIB." in shown
    assert entered == 0


@pytest.mark.parametrize("words", ["I will attend the meeting on Friday", "I can't make it on Friday"])
def test_invitation_to_a_meeting_at_another_time_is_not_answered_in_english(one_english: Room, words: str) -> None:
    shown, entered = done(one_english, f"budi> {words}")
    assert "You have no invitation for that time" in shown
    assert entered == 0


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("rapat batal besok jam 7", "Rapat dibatalkan: Rapat Kas"),
        ("batalkan rapat karena lusa libur", "Rapat dibatalkan: Rapat Kas"),
        ("batalkan rapat, lusa saya ke dokter", "Rapat dibatalkan: Rapat Kas"),
        ("batalkan rapat sekarang", "Rapat dibatalkan: Rapat Kas"),
        ("undur rapat ke lusa", "sekarang Kamis, 26 November 2026 pukul 19.00"),
        ("undur rapat besok ke lusa jam 8 malam", "sekarang Kamis, 26 November 2026 pukul 20.00"),
        ("undur rapat jadi Jumat jam 8 malam", "sekarang Jumat, 27 November 2026 pukul 20.00"),
        ("majukan rapat besok 30 menit", "sekarang Rabu, 25 November 2026 pukul 18.30"),
        ("pindahkan rapat dari jam 7 malam ke jam 8 malam", "sekarang Rabu, 25 November 2026 pukul 20.00"),
        ("rapat besok jam 7 malam jadi jam 8 malam", "sekarang Rabu, 25 November 2026 pukul 20.00"),
        ("hari ini saya mau undur rapat ke Jumat", "sekarang Jumat, 27 November 2026 pukul 19.00"),
        ("budi> tidak bisa hadir, lusa ada acara", "Budi tidak hadir di Rapat Kas."),
        ("budi> saya hadir besok", "Budi hadir di Rapat Kas."),
        ("budi> hadir, telat jam 8", "Budi hadir di Rapat Kas."),
    ],
)
def test_time_that_fits_or_belongs_to_something_else_keeps_nobody_from_it(one: Room, words: str, answer: str) -> None:
    assert answer in flat(one.say(words))


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("batalkan rapat besok", "Rapat dibatalkan: Rapat Kas"),
        ("batalkan rapat jam 3", "Rapat dibatalkan: Rapat Iuran"),
        ("undur rapat besok ke Jumat", "Rapat diubah: Rapat Kas, sekarang Jumat, 27 November 2026 pukul 19.00"),
        ("move tomorrow's meeting to Friday", "Meeting changed: Rapat Kas, now Friday, 27 November 2026 at 19:00"),
        ("budi> hadir di rapat besok", "Budi hadir di Rapat Kas."),
        ("budi> hadir", "Budi hadir di Rapat Iuran."),
    ],
)
def test_of_several_meetings_the_one_is_meant_that_fits(two: Room, words: str, answer: str) -> None:
    assert answer in flat(two.say(words))


def test_of_several_meetings_that_fit_one_is_asked_for(two: Room) -> None:
    two.say("rapat taman besok jam 8 malam", "1")
    shown, entered = done(two, "batalkan rapat besok")
    assert "Rapat yang mana yang dibatalkan?" in shown
    assert ("Rapat Kas" in shown, "Rapat Taman" in shown, "Rapat Iuran" in shown) == (True, True, False)
    assert entered == 0


def test_of_meetings_of_one_name_the_one_is_meant_that_fits(one: Room) -> None:
    one.say("rapat kas Jumat jam 4 sore", "1")
    assert "Rapat dibatalkan: Rapat Kas, Jumat, 27 November 2026" in flat(one.say("batalkan rapat kas Jumat"))


def test_day_that_is_part_of_the_name_of_a_meeting_says_nothing_of_its_time(one: Room) -> None:
    one.say("ganti nama rapat jadi Rapat Natal")
    assert "Rapat dibatalkan: Rapat Natal" in one.say("batalkan rapat Natal")


def test_each_line_of_a_message_means_the_meeting_that_fits_it(two: Room) -> None:
    replies = two.call("undur rapat besok ke Jumat\nundur rapat lusa ke Sabtu\nbatalkan rapat Senin")
    assert [reply.lines[0].values["summary"] for reply in replies[:2]] == ["Rapat Kas", "Rapat Iuran"]
    assert replies[2].cards[0].title.key == "ask-which-meeting-then"


def test_occurrence_of_a_series_is_meant_that_fits(one: Room) -> None:
    one.say("rapat piket setiap Senin dan Kamis jam 8 malam dengan @budi", "1")
    shown, entered = done(one, "batalkan rapat Selasa")
    assert ("Tidak ada rapat yang akan datang pada waktu itu." in shown, entered) == (True, 0)
    assert "Rapat dibatalkan: Rapat Piket" in one.say("batalkan rapat setiap Senin")


def test_command_with_its_options_means_the_meeting_that_fits(two: Room) -> None:
    account = Account(platform="console", id="dewi")
    for day, key in (("besok", "meeting-changed"), ("Senin", "no-meeting-then")):
        asked = Ask(command="meeting change", options={"reading": f"undur rapat {day} ke Jumat"})
        (reply,) = two.house.dispatcher(["mail"])(Call(id=day, account=account, at=two.at, request=asked))
        assert reply.lines[0].key == key


def test_meeting_of_whole_days_is_told_without_an_hour_where_none_fits(room: Room) -> None:
    room.say("rapat kerja tanggal 28 November seharian", "1")
    shown, entered = done(room, "undur rapat lusa ke Jumat")
    assert "Yang ada: Rapat Kerja (2026-001), Sabtu, 28 November 2026." in shown
    assert entered == 0
