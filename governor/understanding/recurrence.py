"""Which RFC 5545 rule is a repeat, and on which day does it begin?"""

from datetime import UTC, date, datetime, timedelta

from governor.understanding.findings import Repeat

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ONE = timedelta(days=1)
FARTHEST = 366 * 4


def rule_of(repeat: Repeat, start: datetime) -> str:
    """Return the RRULE value (RFC 5545 §3.3.10); UNTIL is in UTC, as a start with a zone requires."""
    parts = [f"FREQ={repeat.freq}"]
    if repeat.interval != 1:
        parts.append(f"INTERVAL={repeat.interval}")
    for name, values in (
        ("BYMONTH", repeat.by_month), ("BYMONTHDAY", repeat.by_month_day), ("BYDAY", repeat.by_day),
        ("BYHOUR", repeat.by_hour),
    ):  # fmt: skip
        if values:
            parts.append(f"{name}={','.join(map(str, values))}")
    if repeat.by_set_pos is not None:
        parts.append(f"BYSETPOS={repeat.by_set_pos}")
    if repeat.times is not None:
        parts.append(f"COUNT={repeat.times}")
    elif repeat.until is not None:
        last = datetime.combine(repeat.until, start.timetz())
        parts.append(f"UNTIL={last.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    return ";".join(parts)


def first_day(repeat: Repeat, earliest: date) -> date:
    """Return the first day from *earliest* on that the rule allows; *earliest* itself when none does."""
    day = earliest
    for _ in range(FARTHEST):
        if allows(repeat, day) and day not in repeat.skip:
            return day
        day += ONE
    return earliest


def allows(repeat: Repeat, day: date) -> bool:
    """Say whether *day* has the weekday, month and day of the month that the rule names."""
    if repeat.by_month and day.month not in repeat.by_month:
        return False
    if repeat.by_month_day:
        length = ((day.replace(day=28) + 4 * ONE).replace(day=1) - ONE).day
        if day.day not in repeat.by_month_day and day.day - length - 1 not in repeat.by_month_day:
            return False
    if not repeat.by_day:
        return True
    return any(
        _is_day(named, day, in_year=repeat.freq == "YEARLY" and not repeat.by_month) for named in repeat.by_day
    ) and _in_position(repeat, day)


def _is_day(named: str, day: date, *, in_year: bool) -> bool:
    """Say whether *day* is a weekday as RRULE names it: ``MO``, ``2MO``, ``-1FR``."""
    if DAYS[day.weekday()] != named[-2:]:
        return False
    which = int(named[:-2] or 0)
    if which == 0:
        return True
    place = day.timetuple().tm_yday if in_year else day.day
    if which > 0:
        return (place - 1) // 7 + 1 == which
    return (day + 7 * ONE).month != day.month


def _in_position(repeat: Repeat, day: date) -> bool:
    """Say whether *day* is the BYSETPOS-th of its month among the days named."""
    if repeat.by_set_pos is None:
        return True
    first = day.replace(day=1)
    last = (day.replace(day=28) + 4 * ONE).replace(day=1) - ONE
    matching = [first + n * ONE for n in range(last.day) if DAYS[(first + n * ONE).weekday()] in repeat.by_day]
    place = repeat.by_set_pos - 1 if repeat.by_set_pos > 0 else repeat.by_set_pos
    return -len(matching) <= place < len(matching) and matching[place] == day
