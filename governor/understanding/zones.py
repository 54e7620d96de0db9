"""Which time zone is said here?"""

from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from governor.understanding.findings import Line, Value, Zone
from governor.understanding.lexicon import Sort
from governor.understanding.numbers import figures, is_digits
from governor.understanding.tokens import Shape


def read_zone(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read a time zone: *WIB*, *waktu Makassar*, *UTC+8*, *London time*, *Asia/Tokyo*."""
    name = line.name(i, Sort.ZONE)
    if name is None:
        return None
    j = i + 1
    if line.lower(i) in {"utc", "gmt"} and line.lower(j) in {"+", "-"} and is_digits(line, j + 1):
        hours = figures(line, j + 1) or 0
        minutes, k = 0, j + 2
        if line.lower(k) in {":", "."} and is_digits(line, k + 1) and line.touches(k + 1):
            minutes, k = figures(line, k + 1) or 0, k + 2
        if hours <= 14 and minutes < 60:
            return Zone(f"{line.lower(j)}{hours:02d}:{minutes:02d}"), k, "zone"
    return Zone(name), j, "zone"


def read_region_zone(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read the name of a zone as the IANA writes it: *Asia/Makassar*, *America/New_York*."""
    if (
        line.value(i, Sort.REGION) is None
        or line.lower(i + 1) != "/"
        or not line.touches(i + 1)
        or not line.touches(i + 2)
    ):
        return None
    end = i + 3
    while (
        end < i + 9
        and end < line.count
        and line.touches(end)
        and (line.lower(end) in {"_", "-", "/"} or line.terms[end].shape is Shape.WORD)
    ):
        end += 1
    name = "".join(term.text for term in line.terms[i:end])
    return (Zone(name), end, "zone") if is_zone(name) else None


@lru_cache(maxsize=64)
def is_zone(name: str) -> bool:
    """Say whether the IANA knows a zone of that name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def read_city_zone(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read a city right after a time: *3pm London*."""
    name = line.name(i, Sort.ZONE_OF)
    if name is None:
        return None
    before = (
        line.value(i - 1, Sort.MERIDIEM) is not None
        or line.value(i - 1, Sort.OCLOCK)
        or (is_digits(line, i - 1) and line.lower(i - 2) == ":")
    )
    return (Zone(name), i + 1, "zone") if before else None
