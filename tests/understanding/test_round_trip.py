"""What a card says is read back as it was meant: say → read → the same."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governor.understanding.read import Context, read, read_change
from governor.understanding.reading import Reading
from governor.wording.catalogue import LANGUAGES, say
from governor.wording.phrase import phrase
from tests.understanding.people import AT, JAKARTA

ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Europe/London")
OPENERS = {"id": "rapat ", "en": "meeting "}
TITLES = {"id": "Rapat", "en": "Meeting"}
HOUR = timedelta(hours=1)


def context(zone: str = "Asia/Jakarta") -> Context:
    return Context(at=AT, zone=zone, language="id")


def said(value: object, language: str) -> str:
    return say(phrase("word-value", value=value), language)


def called(words: str, language: str, zone: str = "Asia/Jakarta") -> Reading:
    (reading,) = read(OPENERS[language] + words, context(zone))
    assert (reading.language, reading.text_of("summary"), reading.missing) == (language, TITLES[language], ())
    return reading


def check(moment: datetime, language: str, zone: str) -> None:
    words = said(moment, language)
    reading = called(words, language, zone)
    found = reading.said.get("dtstart")
    assert found is not None, f"{words} was assumed, not said"
    assert found.value == moment, words
    assert reading.alternatives == (), words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("hour", range(24))
def test_every_minute_of_the_day_is_read_as_it_is_said(hour: int, language: str) -> None:
    for minute in range(60):
        check(datetime(2026, 12, 4, hour, minute, tzinfo=JAKARTA), language, "Asia/Jakarta")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("zone", ZONES)
def test_every_day_of_a_year_is_read_as_it_is_said_in_every_zone(zone: str, language: str) -> None:
    first = datetime(2026, 11, 26, tzinfo=ZoneInfo(zone))
    for days in range(400):
        moment = first + timedelta(days=days, hours=days % 24, minutes=days * 7 % 60)
        if moment.hour != 1:  # the hour that London's clocks skip or show twice
            check(moment, language, zone)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("speaker", ZONES)
def test_zone_that_is_said_counts_and_not_the_one_of_the_speaker(speaker: str, zone: str, language: str) -> None:
    for month in (12, 13, 16, 19, 22):
        year, month_of_year = 2026 + (month - 1) // 12, (month - 1) % 12 + 1
        moment = datetime(year, month_of_year, 5, 19, 30, tzinfo=ZoneInfo(zone))
        reading = called(said(moment, language), language, speaker)
        assert reading.dtstart == moment


FIRST = AT.replace(tzinfo=None) + timedelta(days=2)
MOMENTS = st.datetimes(FIRST, FIRST + timedelta(days=5000), timezones=st.sampled_from(ZONES).map(ZoneInfo))


@settings(max_examples=300, deadline=None)
@given(moment=MOMENTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_any_moment_is_read_as_it_is_said(language: str, moment: datetime) -> None:
    moment = moment.replace(second=0, microsecond=0, fold=0, hour=moment.hour if moment.hour != 1 else 9)
    check(moment, language, str(moment.tzinfo))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["{date}, {clock}", "{clock}, {date}"])
def test_day_and_clock_that_are_said_apart_are_read_together(form: str, language: str) -> None:
    for hours in range(24 * 9):
        moment = datetime(2027, 2, 26, 0, 5, tzinfo=JAKARTA) + timedelta(hours=hours)
        words = form.format(date=spoken(moment, "date", language), clock=spoken(moment, "clock", language))
        assert called(words, language).dtstart == moment, words


def spoken(moment: datetime, form: str, language: str) -> str:
    """Return the *date* or the *clock* of a moment, as the card says them apart."""
    day, clock = said(moment, language).split(f" {say(phrase('word-at'), language)} ")
    return {"date": day, "clock": clock}[form]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_length_is_read_as_it_is_said(language: str) -> None:
    moment = datetime(2026, 12, 4, 9, 0, tzinfo=JAKARTA)
    for minutes in [*range(1, 60 * 24), *range(1440, 60 * 24 * 4, 45)]:
        words = f"{said(moment, language)}, {said(timedelta(minutes=minutes), language)}"
        reading = called(words, language)
        assert (reading.dtstart, reading.duration) == (moment, timedelta(minutes=minutes)), words


@pytest.mark.parametrize("language", LANGUAGES)
def test_length_with_its_end_is_read_as_the_card_says_it(language: str) -> None:
    moment = datetime(2026, 12, 4, 20, 0, tzinfo=JAKARTA)
    for minutes in range(5, 60 * 12, 5):
        length = timedelta(minutes=minutes)
        words = say(phrase("word-length", length=length, until=moment + length), language)
        reading = called(f"{said(moment, language)}, {words}", language)
        assert (reading.dtstart, reading.duration) == (moment, length), words


@pytest.mark.parametrize("language", LANGUAGES)
def test_time_or_length_that_is_sent_alone_changes_the_meeting_to_it(language: str) -> None:
    spoken_of = Context(
        at=AT, zone="Asia/Jakarta", language="id", dtstart=datetime(2026, 12, 3, 19, 0, tzinfo=JAKARTA), duration=HOUR
    )
    for days in range(60):
        moment = datetime(2026, 12, 4, 8, 0, tzinfo=JAKARTA) + timedelta(days=days, minutes=days * 17)
        assert read_change(said(moment, language), spoken_of).dtstart == moment
    for minutes in range(5, 60 * 10, 5):
        length = timedelta(minutes=minutes)
        assert read_change(said(length, language), spoken_of).duration == length
