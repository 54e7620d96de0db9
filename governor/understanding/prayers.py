"""At what time is a prayer?"""

from datetime import date, datetime, timedelta
from math import acos, asin, atan, atan2, ceil, cos, degrees, radians, sin, tan
from typing import NamedTuple
from zoneinfo import ZoneInfo

from governor.understanding.findings import Length, Line, Prayer, Value
from governor.understanding.lengths import read_length
from governor.understanding.lexicon import Sort

FAJR, ISHA, SUNRISE = 20.0, 18.0, 0.8333
AFTERWARDS = 25  # minutes from the beginning of a prayer until people can meet
ROUND = 5


class Place(NamedTuple):
    """Where the sun is looked at from, in degrees."""

    latitude: float
    longitude: float


PLACES = {
    "Asia/Jakarta": Place(-6.2, 106.8), "Asia/Pontianak": Place(-0.03, 109.33), "Asia/Makassar": Place(-5.15, 119.43),
    "Asia/Jayapura": Place(-2.53, 140.7),
    "Asia/Singapore": Place(1.29, 103.85), "Asia/Kuala_Lumpur": Place(3.14, 101.69), "Europe/Amsterdam": Place(52.37,
    4.9), "Europe/London": Place(51.5, -0.12),
    "Asia/Riyadh": Place(21.42, 39.83), "Asia/Tokyo": Place(35.68, 139.69), "Australia/Sydney": Place(-33.87, 151.2),
    "Europe/Berlin": Place(52.52, 13.4),
}  # fmt: skip
FIXED = {"jumuah": (12, 0), "tarawih": (19, 30), "dhuha": (8, 0), "eid": (6, 30)}
LASTS = {"jumuah": 60, "tarawih": 60, "eid": 60}


def _sun(day: date, place: Place) -> tuple[float, float]:
    """Return the sun's declination in degrees and the hour of its noon in UTC."""
    n = day.toordinal() - date(2000, 1, 1).toordinal() + 0.5 - place.longitude / 360
    anomaly = radians((357.529 + 0.98560028 * n) % 360)
    mean = (280.459 + 0.98564736 * n) % 360
    longitude = radians((mean + 1.915 * sin(anomaly) + 0.020 * sin(2 * anomaly)) % 360)
    tilt = radians(23.439 - 0.00000036 * n)
    ascension = degrees(atan2(cos(tilt) * sin(longitude), cos(longitude))) / 15 % 24
    equation = (mean / 15 - ascension + 12) % 24 - 12
    return degrees(asin(sin(tilt) * sin(longitude))), 12 - place.longitude / 15 - equation


def _hours(angle: float, declination: float, latitude: float) -> float | None:
    """Return how many hours from noon the sun stands *angle* degrees below the horizon; None when it never does."""
    d, p = radians(declination), radians(latitude)
    cosine = (-sin(radians(angle)) - sin(p) * sin(d)) / (cos(p) * cos(d))
    return degrees(acos(cosine)) / 15 if -1 <= cosine <= 1 else None


def time_of(prayer: str, day: date, zone: str) -> datetime | None:
    """Return when *prayer* begins on *day* in *zone*, aware; None where it cannot be computed, or the zone is none."""
    if not zone:
        return None
    if prayer in FIXED:
        hour, minute = FIXED[prayer]
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))
    place = PLACES.get(zone)
    if place is None:
        return None
    declination, noon = _sun(day, place)
    shadow = -degrees(atan(1 / (1 + tan(radians(abs(place.latitude - declination))))))
    angle, sign, more = {
        "fajr": (FAJR, -1, 2), "dhuhr": (None, 1, 3), "asr": (shadow, 1, 2), "maghrib": (SUNRISE, 1, 2),
        "isha": (ISHA, 1, 2),
    }[prayer]  # fmt: skip
    hours = 0.0 if angle is None else _hours(angle, declination, place.latitude)
    if hours is None:
        return None
    minutes = ceil((noon + sign * hours) * 60) + more
    midnight = datetime.fromisoformat(f"{day.isoformat()}T00:00:00+00:00")
    local = (midnight + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))
    return local.replace(year=day.year, month=day.month, day=day.day)


def meeting_time(prayer: Prayer, day: date, zone: str) -> datetime | None:
    """Return the time meant by *habis Isya*, *sebelum Jumatan*, *Maghrib*: rounded so that people can meet then."""
    begins = time_of(prayer.name, day, zone)
    if begins is None or prayer.side == 0:
        return begins
    if prayer.minutes is not None:
        return begins + prayer.side * timedelta(minutes=prayer.minutes)
    lasts = LASTS.get(prayer.name, AFTERWARDS)
    minute = begins.hour * 60 + begins.minute + (lasts if prayer.side > 0 else -LASTS.get(prayer.name, AFTERWARDS))
    rounded = round(minute / ROUND) * ROUND
    return begins.replace(hour=0, minute=0) + timedelta(minutes=rounded)


def read_prayer(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read a time told by a prayer: *ba'da Isya*, *habis Maghrib*, *sebelum Jumatan*, *waktu Isya*."""
    side, j = 0, i
    if line.value(i, Sort.AFTER):
        side, j = 1, i + 1
    elif line.value(i, Sort.BEFORE):
        side, j = -1, i + 1
    elif line.lower(i) in {"waktu", "pas", "jam", "saat", "at"}:
        j = i + 1
    elif line.lower(i) in {"subuh", "fajar"} or line.lower(i) in {"asr", "isa", "bukber"}:
        return None
    name = line.name(j, Sort.PRAYER)
    if name is None or (side == 0 and line.lower(j) == "subuh"):
        return None
    if name == "after-jumuah":
        name, side = "jumuah", 1
    return Prayer(name, side), j + 1, "prayer"


def read_beside_prayer(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read how long before or after a prayer: *30 menit setelah Maghrib*, *15 minutes after Isha*."""
    length = read_length(line, i)
    prayer = None if length is None else read_prayer(line, length[1])
    if length is None or prayer is None:
        return None
    (apart, _, _), (value, end, rule) = length, prayer
    if not isinstance(value, Prayer) or not value.side or not isinstance(apart, Length) or apart.months:
        return None
    return value._replace(minutes=int(apart.delta.total_seconds() // 60)), end, rule
