"""What holds for every text, whatever it says."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from governor.errors import NotUnderstood
from governor.understanding.days import MONTH_NAMES
from governor.understanding.read import Context, read, read_change
from governor.understanding.reading import Reading
from tests.understanding.corpus import load
from tests.understanding.people import AT, MEETING, ROSTER

WORDS = sorted({word for name in ("id", "en", "mixed") for line in load(name) for word in line.say.split()})
CALLS = [line for name in ("id", "en") for line in load(name) if [one["act"] for one in line.expect] == ["call"]]
TIMED = [line.say for line in CALLS if "start" in line.expect[0]]
SIGNS = ["\x00", "\u202e", "\u200b", "\r\n", "😀", "½", "İ", "ß", "٣", "①", "--", "::", "9" * 30, "31/31/31", "@", "@@"]
ANYTHING = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS + SIGNS), max_size=25).map(" ".join))
WIDE = Context(at=AT, zone="Asia/Jakarta", language="id", roster=ROSTER)
POLITE_ENDS = [".", " 🙏", "!", " ya", " please", "  "]
POLITE = ["tolong ", "mohon ", "please ", "halo, ", "hi all, ", "min, "]


def starts(reading: Reading) -> tuple[object, ...]:
    return tuple(reading.get(name) for name in ("dtstart", "duration", "rrule"))


@settings(max_examples=600, deadline=None)
@given(text=ANYTHING)
@example(text="29 Februari 2027")
@example(text="AKSI::")
@example(text="rapat 2 jam 2 jam 2 jam")
def test_any_text_gives_readings_or_a_refusal(text: str) -> None:
    for context in (WIDE, MEETING):
        refused(lambda context=context: read(text, context))
        refused(lambda context=context: read_change(text, context))


def refused(call: Callable[[], object]) -> None:
    key = "not-understood"
    try:
        call()
    except NotUnderstood as refusal:
        key = refusal.key
    assert key in {"not-understood", "empty-line", "too-long", "date-does-not-exist", "end-before-start"}


@settings(max_examples=300, deadline=None)
@given(text=ANYTHING)
def test_spans_lie_in_the_text_and_slots_hold_no_hidden_signs(text: str) -> None:
    try:
        readings = read(text, MEETING)
    except NotUnderstood:
        return
    for reading in readings:
        for name, found in [*reading.said.items(), *reading.implied.items()]:
            if found.span is not None:
                assert 0 <= found.span[0] <= found.span[1] <= len(reading.text), name
            if isinstance(found.value, str):
                assert not any(ord(sign) < 32 or sign in "\u202e\u2066\u200b\x7f" for sign in found.value), name


@settings(max_examples=300, deadline=None)
@given(say=st.sampled_from(TIMED), before=st.sampled_from(["", *POLITE]), after=st.sampled_from(POLITE_ENDS))
def test_politeness_emoji_and_full_stops_change_no_time(say: str, before: str, after: str) -> None:
    (plain,) = read(say, MEETING)
    (dressed,) = read(before + say + after, MEETING)
    assert starts(dressed) == starts(plain)


DAYS = st.integers(min_value=200, max_value=220_000).map(lambda fives: AT + timedelta(minutes=5 * fives))
WEEKDAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


@settings(max_examples=400, deadline=None)
@given(moment=DAYS, minutes=st.integers(1, 40).map(lambda five: five * 5))
@pytest.mark.parametrize("language", ["id", "en"])
def test_written_time_is_read_back_as_the_same_instant(language: str, moment: datetime, minutes: int) -> None:
    end = moment + timedelta(minutes=minutes)
    day = (
        f"{WEEKDAYS[language][moment.weekday()]}, {moment.day} {MONTH_NAMES[language][moment.month - 1]} {moment.year}"
    )
    say = {
        "id": f"rapat {day}, pukul {moment:%H.%M}–{end:%H.%M} WIB",
        "en": f"meeting {day}, {moment:%H:%M}–{end:%H:%M} WIB",
    }[language]
    (reading,) = read(say, WIDE)
    assert (reading.language, reading.dtstart, reading.duration) == (language, moment, timedelta(minutes=minutes))


def test_prayer_in_a_zone_without_a_place_is_not_placed() -> None:
    with pytest.raises(NotUnderstood):
        read("JUMATAN0UTC", MEETING)
