"""Which time zone is said here?"""

from collections.abc import Sequence

from governor.understanding.cities import is_zone, zone_of_city
from governor.understanding.findings import Clock, Finding, Interval, Line, Value, Zone
from governor.understanding.lexicon import Sort
from governor.understanding.numbers import figures, is_digits
from governor.understanding.tokens import Shape


def read_zone(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read a time zone: *WIB*, *waktu Makassar*, *UTC+8*, *London time*, *Asia/Tokyo*."""
    name = line.name(i, Sort.ZONE)
    if name is None or _is_estimate(line, i):
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


def _is_estimate(line: Line, i: int) -> bool:
    """Say whether *est.* is short for estimated: *(est. 2 hrs)*."""
    return line.terms[i].text == "est" and line.lower(i + 1) == "." and line.touches(i + 1)


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


def read_city_zone(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read a city right after a time: *3pm London*."""
    name = line.name(i, Sort.ZONE_OF)
    if name is None:
        return None
    before = (
        line.value(i - 1, Sort.MERIDIEM) is not None
        or line.value(i - 1, Sort.OCLOCK)
        or line.value(i - 1, Sort.NAMED_TIME) is not None
        or (is_digits(line, i - 1) and line.lower(i - 2) == ":")
    )
    return (Zone(name), i + 2 if line.lower(i + 1) == "time" else i + 1, "zone") if before else None


MOST_WORDS = 3  # in the name of a city
CITY_WORDS = frozenset({"time", "waktu"})


def city_zones(line: Line, found: Sequence[Finding]) -> list[Finding]:
    """Return the zone of a city or country told beside *time* or *waktu*: *4pm Stockholm time*, *waktu Kairo*."""
    if line.has.isdisjoint(CITY_WORDS):
        return []
    ends = {finding.end for finding in found if isinstance(finding.value, (Clock, Interval))}
    for i in range(line.count):
        if line.lower(i) not in CITY_WORDS:
            continue
        for count in range(MOST_WORDS, 0, -1):
            start, end = (i - count, i + 1) if line.lower(i) == "time" else (i, i + 1 + count)
            name = _city(line, range(start, end), i)
            is_named = name is not None and (
                start in ends or line.lower(i) == "waktu" or _is_capitalised(line, start, i)
            )
            if name is not None and is_named:
                return [Finding(Zone(name), start, end, "zone")]
    return []


def _is_capitalised(line: Line, start: int, end: int) -> bool:
    return all(line.terms[i].text[0].isupper() for i in range(start, end))


def _city(line: Line, places: range, cue: int) -> str | None:
    """Return the zone of the city that the words at *places* name beside the one at *cue*."""
    if places.start < 0 or places.stop > line.count:
        return None
    terms = [line.terms[i] for i in places if i != cue]
    if any(term.shape is not Shape.WORD or not term.senses.keys() <= MAY_BE_CITY for term in terms):
        return None
    return zone_of_city(" ".join(term.lower for term in terms))


MAY_BE_CITY = frozenset({Sort.ZONE_OF, Sort.REGION, Sort.THE})
