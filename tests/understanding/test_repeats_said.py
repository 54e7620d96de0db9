"""A repeat is read as the card says it: every rule that has words, in both languages."""

from datetime import datetime, timedelta

import pytest
from dateutil.rrule import rrulestr

from governor.understanding.read import Context, read
from governor.wording.catalogue import LANGUAGES, say
from governor.wording.phrase import phrase
from governor.wording.repeats import repeat_words
from tests.understanding.people import AT, JAKARTA

OPENERS = {"id": "rapat ", "en": "meeting "}
WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKDAYS = "MO,TU,WE,TH,FR"
START = datetime(2026, 12, 3, 19, 0, tzinfo=JAKARTA)
"""A Thursday, the first of its month."""

RULES = [
    *(f"FREQ=DAILY;INTERVAL={n}" for n in range(1, 31)),
    *(f"FREQ=WEEKLY;BYDAY={day}" for day in WEEK),
    *(f"FREQ=WEEKLY;BYDAY={one},{other}" for i, one in enumerate(WEEK) for other in WEEK[i + 1 :]),
    *(f"FREQ=WEEKLY;INTERVAL={n};BYDAY={day}" for n in range(2, 13) for day in ("TH", "MO", "MO,TH", "SA,SU")),
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;INTERVAL=2",
    f"FREQ=WEEKLY;BYDAY={WORKDAYS}",
    "FREQ=WEEKLY;BYDAY=MO,WE,FR",
    *(f"FREQ=MONTHLY;BYMONTHDAY={day}" for day in range(1, 32)),
    "FREQ=MONTHLY",
    "FREQ=MONTHLY;BYMONTHDAY=5,20",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    *(f"FREQ=MONTHLY;INTERVAL={n};BYMONTHDAY=3" for n in range(2, 13)),
    *(f"FREQ=MONTHLY;BYDAY={n}{day}" for n in (1, 2, 3, 4, 5, -1) for day in WEEK),
    *(f"FREQ=MONTHLY;BYDAY=1{day},3{day}" for day in WEEK),
    *(f"FREQ=MONTHLY;BYDAY={WORKDAYS};BYSETPOS={n}" for n in (1, 2, -1)),
    "FREQ=MONTHLY;INTERVAL=3;BYDAY=1TH",
    *(f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}" for month in range(1, 13) for day in (1, 17, 28)),
    "FREQ=YEARLY",
    "FREQ=YEARLY;INTERVAL=2;BYMONTH=12;BYMONTHDAY=3",
    *(f"FREQ=YEARLY;BYMONTH={month};BYDAY={n}TH" for month in range(1, 13) for n in (1, -1)),
]
ENDS = ["", ";COUNT=10", ";COUNT=2", ";UNTIL=20280331T120000Z"]


def days(rrule: str, start: datetime) -> list[datetime]:
    """Return the first occurrences of a rule, as many as tell it from another."""
    return [moment for moment, _ in zip(rrulestr(rrule, dtstart=start), range(30), strict=False)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rrule", RULES)
def test_rule_is_read_as_it_is_said(rrule: str, language: str) -> None:
    first = days(rrule, START)[0]
    for end in ENDS:
        words = repeat_words(rrule + end, first)
        assert words is not None
        spoken = f"{say(phrase('word-value', value=first), language)}, {say(words, language)}"
        (reading,) = read(OPENERS[language] + spoken, Context(at=AT, zone="Asia/Jakarta", language=language))
        found = reading.text_of("rrule")
        assert found is not None, spoken
        assert reading.dtstart == first, spoken
        assert days(found, first) == days(rrule + end, first), spoken
        assert (reading.missing, reading.alternatives) == ((), ()), spoken


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_left_out_and_added_are_read_as_they_are_said(language: str) -> None:
    for count in range(1, 13):
        skipped = tuple(START + timedelta(weeks=3 * n) for n in range(1, count + 1))
        added = tuple(START + timedelta(weeks=2 * n, days=2) for n in range(1, count + 1))
        for exdates, rdates in ((skipped, ()), ((), added), (skipped, added)):
            words = repeat_words("FREQ=WEEKLY;BYDAY=TH;COUNT=60", START, exdates, rdates)
            assert words is not None
            spoken = f"{say(phrase('word-value', value=START), language)}, {say(words, language)}"
            (reading,) = read(OPENERS[language] + spoken, Context(at=AT, zone="Asia/Jakarta", language=language))
            assert (reading.dtstart, reading.text_of("rrule")) == (START, "FREQ=WEEKLY;BYDAY=TH;COUNT=60"), spoken
            assert (reading.get("exdates") or (), reading.get("rdates") or ()) == (exdates, rdates), spoken


@pytest.mark.parametrize(
    "rrule",
    [
        "FREQ=HOURLY",
        "FREQ=DAILY;BYHOUR=9,17",
        "FREQ=WEEKLY;BYDAY=TH;BYMONTH=3",
        "FREQ=MONTHLY;BYDAY=1MO,3TH",
        "FREQ=MONTHLY;BYDAY=TH",
        "FREQ=MONTHLY;BYMONTHDAY=-2",
        "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1",
        "FREQ=YEARLY;BYWEEKNO=20",
        "FREQ=YEARLY;BYMONTH=3,6",
        "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=-1",
        "FREQ=WEEKLY;BYDAY=1TH",
    ],
)
def test_rule_without_plain_words_has_none(rrule: str) -> None:
    assert repeat_words(rrule, START) is None


def test_many_days_left_out_are_counted() -> None:
    words = repeat_words("FREQ=DAILY", START, [START + timedelta(days=2 * n) for n in range(1, 20)])
    assert words is not None
    assert say(words, "id") == "setiap hari, kecuali 19 hari"


def test_end_is_the_last_day_on_which_it_can_begin() -> None:
    for until in ("20270331T120000Z", "20270401T115959Z", "20270331"):
        words = repeat_words(f"FREQ=WEEKLY;BYDAY=TH;UNTIL={until}", START)
        assert words is not None
        assert say(words, "en") == "every Thursday, until 31 March 2027"
