"""On which day is a feast?"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from governor.understanding.findings import Day, How, Line, Value
from governor.understanding.lexicon import Sort

FIXED: dict[str, tuple[int, int]] = {
    "christmas": (12, 25), "christmas-eve": (12, 24), "new-year": (1, 1), "new-year-eve": (12, 31),
    "independence": (8, 17), "labour-day": (5, 1), "pancasila": (6, 1), "heroes-day": (11, 10), "youth-pledge": (10,
    28), "mothers-day-id": (12, 22),
    "teachers-day-id": (11, 25), "education-day": (5, 2), "kartini": (4, 21), "pancasila-sanctity": (10, 1),
    "valentine": (2, 14), "halloween": (10, 31), "boxing-day": (12, 26), "st-patrick": (3, 17), "earth-day": (4, 22),
    "april-fools": (4, 1), "womens-day": (3, 8),
    "burns-night": (1, 25), "bonfire-night": (11, 5), "groundhog": (2, 2), "cinco": (5, 5), "juneteenth": (6, 19),
    "veterans": (11, 11),
}  # fmt: skip
NTH: dict[str, tuple[int, int, int]] = {  # month, weekday, which
    "thanksgiving": (11, 3, 4), "mothers-day": (5, 6, 2), "fathers-day": (6, 6, 3), "labour-day-us": (9, 0, 1),
    "memorial-day": (5, 0, -1), "mlk": (1, 0, 3), "columbus": (10, 0, 2),
}  # fmt: skip
EASTER: dict[str, int] = {
    "palm-sunday": -7,
    "maundy-thursday": -3,
    "ash-wednesday": -46,
    "pentecost": 49,
    "whit-monday": 50,
    "easter": 0,
    "easter-monday": 1,
    "good-friday": -2,
    "ascension": 39,
}
BY_NAME: dict[str, str] = {
    "eid-al-fitr": "Eid al-Fitr", "eid-al-adha": "Eid al-Adha", "vesak": "Vesak Day", "nyepi": "Day of Silence",
    "lunar-new-year": "Lunar New Year", "mawlid": "Prophet's Birthday",
    "isra-miraj": "Isra' and Mi'raj", "islamic-new-year": "Islamic New Year",
}  # fmt: skip
MOST_YEARS = 2


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Meeus/Jones/Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    rest = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * rest) // 451
    month, day = divmod(h + rest - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _nth(year: int, month: int, weekday: int, which: int) -> date:
    if which > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
    last = date(year, month + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)


@lru_cache(maxsize=64)
def _named(year: int) -> dict[str, date]:
    """Return the Indonesian feasts of a year whose days no rule gives, first day of each."""
    import holidays  # slow to import (over a second): only when such a feast is named

    days: dict[str, date] = {}
    for day, names in sorted(holidays.country_holidays("ID", years=year, language="en_US").items()):
        for key, name in BY_NAME.items():
            if name.casefold() in names.casefold() and "joint" not in names.casefold():
                days.setdefault(key, day)
    return days


def day_of(feast: str, year: int) -> date | None:
    """Return the day of the *feast* in that year, or None when it is not known."""
    rules: tuple[Callable[[], date | None], ...] = (
        lambda: date(year, *FIXED[feast]) if feast in FIXED else None,
        lambda: _nth(year, *NTH[feast]) if feast in NTH else None,
        lambda: easter(year) + timedelta(days=EASTER[feast]) if feast in EASTER else None,
        lambda: _nth(year, 11, 3, 4) + timedelta(days=1) if feast == "black-friday" else None,
        lambda: _named(year).get(feast) if feast in BY_NAME else None,
    )
    for rule in rules:
        day = rule()
        if day is not None:
            return day
    return None


def holidays_between(first: date, until: date) -> tuple[date, ...]:
    """Return the public holidays of Indonesia from *first* until before *until*."""
    import holidays  # as above

    years = range(first.year, until.year + 1)
    return tuple(sorted(day for day in holidays.country_holidays("ID", years=years) if first <= day < until))


def read_feast(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read a feast by its name: *Lebaran*, *Christmas Eve*, *saint patrick 2020*; without a year, the next to come."""
    if line.lower(i) == "h" and line.lower(i + 1) in {"-", "+"}:
        return _countdown(line, i)
    if line.value(i, Sort.EVE) and line.value(i + 1, Sort.FEAST):
        return _eve(line, i)
    feast = line.name(i, Sort.FEAST)
    if feast is None:
        return None
    year = line.terms[i + 1].text if i + 1 < line.count else ""
    if len(year) == 4 and year.isascii() and year.isdigit() and 1990 <= int(year) <= 2100:
        day, end = day_of(feast, int(year)), i + 2
    else:
        day, end = next_day(feast, line.today), i + 1
    if day is None:
        return None
    part = "malam" if line.lower(i).startswith("malam") else None
    return Day(day, day + timedelta(days=1), How.FEAST, part=part), end, "feast"


def _eve(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read *malam takbiran*, *malam Lebaran*, *malam Natal*: the evening before."""
    found = read_feast(line, i + 1)
    if found is None or not isinstance(found[0], Day):
        return None
    eve = found[0].first - timedelta(days=1)
    if eve < line.today:
        return None
    return Day(eve, found[0].first, How.FEAST, part="malam"), found[1], "eve-of-feast"


def _countdown(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read *H-3 Natal*: so many days before, or after, the feast."""
    count = line.lower(i + 2)
    found = read_feast(line, i + 3) if count.isascii() and count.isdigit() and len(count) < 3 else None
    if found is None or not isinstance(found[0], Day):
        return None
    away = timedelta(days=int(count) * (-1 if line.lower(i + 1) == "-" else 1))
    return Day(found[0].first + away, found[0].until + away, How.RELATIVE), found[1], "countdown"


def next_day(feast: str, today: date) -> date | None:
    """Return the next such feast, *today* included."""
    for year in range(today.year, today.year + MOST_YEARS + 1):
        day = day_of(feast, year)
        if day is not None and day >= today:
            return day
    return None
