"""How a reading answers: what was said, what was assumed, what must be asked."""

import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from governor.domain.members import MemberId
from governor.understanding.protocol import answer, answer_or_refusal
from governor.understanding.read import Context, read, read_change
from governor.understanding.reading import Act, Reading
from tests.understanding.people import AT, CONTEXT, JAKARTA, MEETING, ROSTER, member

BERLIN = Context(at=datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Europe/Berlin")), zone="Europe/Berlin", language="en")


def only(text: str, context: Context = CONTEXT) -> Reading:
    (reading,) = read(text, context)
    return reading


def test_every_slot_says_which_words_it_came_from() -> None:
    reading = only("rapat pengurus besok jam 8 malam di Aula soal kas")
    words = {name: reading.text[slice(*found.span)] for name, found in reading.said.items() if found.span}
    assert words == {
        "dtstart": "besok jam 8 malam", "location": "Aula", "agenda": "kas", "summary": "rapat pengurus",
    }  # fmt: skip


def test_bare_hour_is_assumed_marked_and_the_other_half_of_the_day_offered() -> None:
    reading = only("rapat besok jam 7")
    assert reading.implied["dtstart"].value == AT.replace(day=25, hour=7)
    assert reading.implied["dtstart"].rule == "half-of-day"
    assert [other.dtstart for other in reading.alternatives] == [AT.replace(day=25, hour=19)]


def test_day_without_an_hour_is_assumed_and_other_hours_offered() -> None:
    reading = only("rapat besok")
    assert reading.implied["dtstart"].rule == "hour"
    assert [other.dtstart.hour for other in reading.alternatives if other.dtstart] == [13, 19]


def test_weekday_that_does_not_fit_its_date_is_marked_and_both_days_offered() -> None:
    reading = only("rapat Senin 5 Desember jam 9 pagi")  # 5 December 2026 is a Saturday
    assert reading.implied["dtstart"].rule == "weekday-conflict"
    assert [other.dtstart for other in reading.alternatives] == [AT.replace(day=30, hour=9)]


def test_two_days_left_open_are_both_offered() -> None:
    reading = only("rapat Kamis atau Jumat jam 8 malam")
    assert reading.dtstart == AT.replace(day=26, hour=20)
    assert reading.implied["dtstart"].rule == "either"
    assert [other.dtstart for other in reading.alternatives] == [AT.replace(day=27, hour=20)]


def test_unclear_day_is_asked_not_guessed() -> None:
    reading = only("rapat besok lusa jam 8 malam")
    assert (reading.dtstart, reading.missing) == (None, ("dtstart",))


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("rapat kemarin jam 8 malam", datetime(2026, 11, 24, 20, tzinfo=JAKARTA)),
        ("jadwalkan rapat kemarin jam 8 pagi", datetime(2026, 11, 25, 8, tzinfo=JAKARTA)),
        ("schedule a meeting yesterday at 3pm", datetime(2026, 11, 24, 15, tzinfo=JAKARTA)),
        ("rapat Jumat lalu jam 8 malam", datetime(2026, 11, 27, 20, tzinfo=JAKARTA)),
        ("rapat tanggal 24 jam 8 pagi", datetime(2026, 12, 24, 8, tzinfo=JAKARTA)),
        ("rapat hari ini jam 8 pagi", datetime(2026, 11, 25, 8, tzinfo=JAKARTA)),
        ("rapat 1 Januari 2020 jam 9 pagi", datetime(2027, 1, 1, 9, tzinfo=JAKARTA)),
    ],
)
def test_past_is_never_scheduled_but_the_nearest_future_is_offered(text: str, start: datetime) -> None:
    reading = only(text)
    assert "dtstart" not in reading.said
    assert (reading.missing, reading.dtstart) == (("dtstart-past",), start)


def test_hour_that_the_clocks_skip_is_asked_and_the_hours_around_it_offered() -> None:
    reading = only("meeting on 28 March 2027 at 02:30", BERLIN)
    assert "dtstart-gap" in reading.missing
    assert [(other.dtstart.hour, other.missing) for other in reading.alternatives if other.dtstart] == [
        (3, ()),
        (1, ()),
    ]


@pytest.mark.parametrize(("hour", "rule"), [("2:30am", "skips-once"), ("3:30am", "repeat")])
def test_repeat_at_an_hour_that_the_clocks_skip_once_says_so(hour: str, rule: str) -> None:
    reading = only(f"meeting every Sunday at {hour}", BERLIN)
    assert {**reading.said, **reading.implied}["dtstart"].rule == rule


def test_hour_that_the_clocks_show_twice_is_offered_twice() -> None:
    reading = only("meeting on 31 October 2027 at 02:30", BERLIN)
    assert reading.implied["dtstart"].rule == "fold"
    starts = [reading.dtstart, *(other.dtstart for other in reading.alternatives)]
    assert [start.utcoffset() for start in starts if start] == [timedelta(hours=2), timedelta(hours=1)]


def test_unknown_people_are_missing_and_known_ones_are_found_by_name_and_office() -> None:
    reading = only("rapat besok jam 8 malam dengan Sari, bendahara dan Pak Joko")
    assert [party.member for party in reading.attendees] == ["m2", "m2", None]
    assert reading.missing == ("attendees:Pak Joko",)


def test_name_that_two_members_share_is_nobody_until_it_is_asked() -> None:
    other = member(MemberId("m9"), "Budi Hartono", "budih")
    context = replace(CONTEXT, roster=(*ROSTER, other))
    assert only("rapat besok jam 8 malam dengan Budi", context).missing == ("attendees:Budi",)
    assert only("rapat besok jam 8 malam dengan Budi Hartono", context).attendees[0].member == "m9"


def test_lines_of_one_message_are_one_meeting_and_a_record_is_another_request() -> None:
    message = (
        "Rapat Pengurus\nHari: Jumat, 4 Desember 2026\nJam: 19.30 WIB\nTempat: Aula\ncatat: undangan sudah dikirim"
    )
    call, note = read(message, CONTEXT)
    assert (call.act, call.dtstart, call.text_of("location")) == (
        Act.CALL,
        datetime(2026, 12, 4, 19, 30, tzinfo=JAKARTA),
        "Aula",
    )
    assert (note.act, note.text_of("text")) == (Act.NOTE, "undangan sudah dikirim")


def test_language_that_a_text_does_not_tell_is_the_speakers() -> None:
    assert [
        read("ok", replace(CONTEXT, language=code))[0].language if code == "xx" else code for code in ("id", "en")
    ] == ["id", "en"]
    assert read_change("20:00", replace(MEETING, language="en")).language == "en"


def test_figures_are_day_first_but_where_an_american_zone_speaks() -> None:
    new_york = Context(at=AT, zone="America/New_York", language="en")
    assert only("meeting on 3/12 at 7pm").dtstart == datetime(2026, 12, 3, 19, tzinfo=JAKARTA)
    start = only("meeting on 3/12 at 7pm", new_york).dtstart
    assert start is not None
    assert (start.month, start.day) == (3, 12)


def test_program_gets_plain_answers_and_the_key_of_a_refusal() -> None:
    told = answer("rapat besok jam 14.00-16.00 di Aula", CONTEXT)
    assert (told["start"], told["duration_s"], told["title"], told["location"], told["act"]) == (
        "2026-11-25T14:00:00+07:00", 7200.0, "Rapat", "Aula", "call",
    )  # fmt: skip
    assert answer_or_refusal("rapat 30 Februari", CONTEXT)["error"] == "date-does-not-exist"
    assert answer("the film starts on Friday at 8pm", CONTEXT)["start"] == "2026-11-27T20:00:00+07:00"


def test_foreign_date_is_read_as_a_last_resort_and_marked() -> None:
    reading = only("rapat 14 de enero jam 9 pagi")
    assert (reading.dtstart, reading.implied["dtstart"].rule) == (datetime(2027, 1, 14, 9, tzinfo=JAKARTA), "foreign")


PROGRAM = """
import sys
from datetime import datetime
from zoneinfo import ZoneInfo
from governor.understanding.read import Context, read

at = datetime(2026, 11, 24, tzinfo=ZoneInfo("Asia/Jakarta"))
for said in ("rapat 5 Desember jam 9 pagi", "rapat lantai 3 gedung biru"):
    read(said, Context(at=at, zone="Asia/Jakarta", language="id"))
print("dateparser" in sys.modules, "holidays" in sys.modules)
"""


def test_slow_libraries_stay_asleep_while_our_own_reading_is_complete() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


IMPORT = """
import sys
import governor.understanding.read

slow = ("dateparser", "holidays", "dateutil", "governor.domain.meetings", "governor.understanding.languages.id")
print(*(name for name in slow if name in sys.modules))
"""


def test_what_is_slow_stays_asleep_until_something_is_read() -> None:
    done = subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


REPEATS = [
    ("setiap hari", "every day", "FREQ=DAILY"),
    ("setiap hari kerja", "every weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
    ("setiap Senin", "every Monday", "FREQ=WEEKLY;BYDAY=MO"),
    ("setiap Senin dan Kamis", "every Monday and Thursday", "FREQ=WEEKLY;BYDAY=MO,TH"),
    ("setiap 2 minggu pada hari Jumat", "every 2 weeks on Friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
    ("setiap bulan tanggal 5", "every month on the 5th", "FREQ=MONTHLY;BYMONTHDAY=5"),
    ("setiap 3 bulan tanggal 5", "every 3 months on the 5th", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=5"),
    ("setiap bulan pada Senin pertama", "every month on the first Monday", "FREQ=MONTHLY;BYDAY=1MO"),
    ("setiap bulan pada Jumat terakhir", "every month on the last Friday", "FREQ=MONTHLY;BYDAY=-1FR"),
    ("setiap tahun pada 17 Agustus", "every year on 17 August", "FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=17"),
]


@pytest.mark.parametrize(("indonesian", "english", "rule"), REPEATS)
@pytest.mark.parametrize(("after", "until"), [("", ""), (" sebanyak 10 kali", " 10 times")])
def test_repeat_is_read_back_from_the_words_that_say_it(
    indonesian: str, english: str, rule: str, after: str, until: str
) -> None:
    expect = rule + (";COUNT=10" if after else "")
    assert only(f"rapat {indonesian} pukul 20.00{after}").get("rrule") == expect
    assert only(f"meeting {english} at 20:00{until}").get("rrule") == expect
