"""How is a repeat said? An RFC 5545 rule as a phrase that people, and the reader, take for the same rule."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from governor.domain.recurrence import Recurrence, starts
from governor.wording.phrase import Phrase, phrase

WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MONDAY = date(2024, 1, 1)
"""A Monday, the first of a leap year: any weekday and any day of the year is said by a date near it."""

MOST_LISTED = 12
"""As many left-out or added days are listed; of more, the number is said."""

FIRST_DAYS = 3
"""How many days of a repeat are shown that cannot be said in words."""

Parts = Mapping[str, str]


def repeat_words(
    rrule: str, dtstart: datetime, exdates: Iterable[datetime] = (), rdates: Iterable[datetime] = ()
) -> Phrase | None:
    """Return how a repeat is said: *setiap 2 minggu pada hari Senin, sampai 31 Maret 2027, kecuali 28 Desember 2026*.

    ``rrule`` is the value of an RRULE (RFC 5545 §3.3.10); ``dtstart``, ``exdates`` and ``rdates`` are aware, in the
    meeting's zone. ``None``: the rule has parts for which there are no plain words; show its next days instead.
    """
    parts = dict(part.split("=", 1) for part in rrule.split(";"))
    words = _rule(parts, dtstart)
    if words is None:
        return None
    if "COUNT" in parts:
        words = phrase("repeat-times", repeat=words, n=int(parts["COUNT"]))
    if "UNTIL" in parts:
        words = phrase("repeat-until", repeat=words, until=_until(parts["UNTIL"], dtstart))
    for key, moments in (("repeat-except", exdates), ("repeat-also", rdates)):
        days = tuple(moment.date() for moment in sorted(moments))
        if days:
            words = phrase(key, repeat=words, days=days if len(days) <= MOST_LISTED else phrase("n-days", n=len(days)))
    return words


def repeat_said(recurrence: Recurrence, dtstart: datetime) -> Phrase:
    """Return how what begins at *dtstart* (aware) repeats: where there are no words for it, its first days."""
    words = repeat_words(recurrence.rrule, dtstart, recurrence.exdates, recurrence.rdates)
    days = (start.date() for start in islice(starts(recurrence, dtstart), FIRST_DAYS))
    return words or phrase("repeat-dates", days=tuple(days))


def _rule(parts: Parts, dtstart: datetime) -> Phrase | None:
    limits = frozenset(parts) - {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"}
    match parts["FREQ"]:
        case "DAILY" if not limits:
            return _every(parts)
        case "WEEKLY" if limits <= {"BYDAY"}:
            return _weekly(parts, dtstart)
        case "MONTHLY":
            on = _in_month(parts, limits, dtstart)
            return None if on is None else _every(parts, on=on)
        case "YEARLY":
            on = _in_year(parts, limits, dtstart)
            return None if on is None else _every(parts, on=on)
    return None


def _every(parts: Parts, **values: object) -> Phrase:
    frequency, interval = parts["FREQ"].lower(), int(parts.get("INTERVAL", "1"))
    return (
        phrase(f"repeat-{frequency}", **values)
        if interval == 1
        else phrase(f"repeat-{frequency}-n", n=interval, **values)
    )


def _weekly(parts: Parts, dtstart: datetime) -> Phrase | None:
    named = parts.get("BYDAY", WEEK[dtstart.weekday()]).split(",")
    if not set(named) <= set(WEEK):
        return None
    if set(named) == set(WEEK[:5]) and "INTERVAL" not in parts:
        return phrase("repeat-workdays")
    return _every(parts, days=tuple(_weekday(day) for day in WEEK if day in named))


def _in_month(parts: Parts, limits: frozenset[str], dtstart: datetime) -> Phrase | None:
    """Return which days of a month are meant: *pada tanggal 5 dan 20*, *pada Kamis pertama*."""
    if limits <= {"BYMONTHDAY"}:
        return _dates(parts.get("BYMONTHDAY", str(dtstart.day)))
    if limits == {"BYDAY"}:
        return _nth_weekday("on-nth-weekday", parts["BYDAY"])
    is_workday = limits == {"BYDAY", "BYSETPOS"} and set(parts["BYDAY"].split(",")) == set(WEEK[:5])
    nth = _nth(parts["BYSETPOS"]) if is_workday else None
    return None if nth is None else phrase("on-nth-workday", nth=nth)


def _in_year(parts: Parts, limits: frozenset[str], dtstart: datetime) -> Phrase | None:
    """Return which day of a year is meant: *pada 17 Agustus*, *pada Jumat terakhir bulan Maret*."""
    month = parts.get("BYMONTH", str(dtstart.month))
    if not month.isdecimal():
        return None
    if limits <= {"BYMONTH", "BYMONTHDAY"}:
        day = parts.get("BYMONTHDAY", str(dtstart.day))
        return phrase("on-day-of-year", day=date(2024, int(month), int(day))) if day.isdecimal() else None
    if limits == {"BYMONTH", "BYDAY"}:
        return _nth_weekday("on-nth-weekday-of", parts["BYDAY"], month=date(2024, int(month), 1))
    return None


def _dates(listed: str) -> Phrase | None:
    if listed == "-1":
        return phrase("on-last-day")
    days = listed.split(",")
    return phrase("on-dates", days=tuple(int(day) for day in days)) if all(map(str.isdecimal, days)) else None


def _nth_weekday(key: str, listed: str, **values: object) -> Phrase | None:
    """Return *Kamis pertama dan ketiga*; ``None`` unless every one is an n-th, of the same weekday."""
    days = listed.split(",")
    nths = [_nth(day[:-2]) for day in days]
    if len({day[-2:] for day in days}) > 1 or None in nths:
        return None
    return phrase(key, day=_weekday(days[0][-2:]), nths=tuple(nths), **values)


def _nth(number: str) -> Phrase | None:
    names = {"-1": "nth-last", "1": "nth-1", "2": "nth-2", "3": "nth-3", "4": "nth-4", "5": "nth-5"}
    name = names.get(number.removeprefix("+"))
    return None if name is None else phrase(name)


def _weekday(name: str) -> date:
    return MONDAY + timedelta(days=WEEK.index(name))


def _until(value: str, dtstart: datetime) -> date:
    """Return the last day on which a meeting of that start can begin; ``value`` is a DATE or a UTC DATE-TIME."""
    if "T" not in value:
        return date.fromisoformat(value)
    last = datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).astimezone(dtstart.tzinfo)
    return last.date() if last.timetz() >= dtstart.timetz() else last.date() - timedelta(days=1)
