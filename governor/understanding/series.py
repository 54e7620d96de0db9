"""When does a meeting that repeats begin, and how long?"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo

from governor.understanding.days import ONE
from governor.understanding.feasts import holidays_between
from governor.understanding.findings import (
    Clock,
    Day,
    How,
    Repeat,
)
from governor.understanding.lengths import added
from governor.understanding.parts import hours_of
from governor.understanding.pieces import USUAL_HOUR, Pieces, When, at_clock
from governor.understanding.recurrence import DAYS, allows, first_day, rule_of

WEEK = timedelta(days=7)


def repeated(when: When, pieces: Pieces, at: datetime, where: tzinfo) -> When:
    """Return *when* with its rule, its start moved to the first day that the rule allows."""
    if pieces.repeat is None:
        return when
    start, assumed = when.start, when.assumed
    if start is None:
        hour = USUAL_HOUR if pieces.repeat.part is None else hours_of(pieces.repeat.part)[0]
        start = at_clock(at.date(), Clock(0 if pieces.all_day else hour, 0), where)
        assumed = assumed if pieces.all_day else (*assumed, "hour")
        when = when._replace(all_day=pieces.all_day)
    if pieces.day is None and pieces.instant is None and _is_on_any_day(pieces.repeat):
        assumed = (*assumed, "day")
    repeat, from_today = _with_days(pieces.repeat, pieces.day)
    if from_today:
        start = start.replace(year=at.year, month=at.month, day=at.day)
        assumed = tuple(rule for rule in assumed if rule not in {"weekday-of-today", "either"})
    assumed = tuple(rule for rule in assumed if rule != "stretch")
    earliest = max(start.date(), at.date()) if pieces.day is None else start.date()
    if pieces.day is not None and pieces.day.how is How.WEEK:
        earliest = max(pieces.day.first, at.date())  # starting next week
    if earliest == at.date() and datetime.combine(earliest, start.timetz()) < at:
        earliest += ONE
    assumed = (*assumed, "weekly") if repeat.ambiguous else assumed
    if any(limit.skip and not any(allows(repeat, day) for day in limit.skip) for limit in pieces.limits):
        assumed = (*assumed, "never-held")  # except 17 August, a Tuesday, of every Monday
    day = first_day(repeat, earliest)
    start = start.replace(year=day.year, month=day.month, day=day.day)
    end = None if when.end is None or when.start is None or when.period else start + (when.end - when.start)
    repeat = _until_length(repeat, pieces, start)
    return when._replace(
        start=start,
        end=end,
        rrule=rule_of(repeat, start),
        exdates=_exdates(repeat, start),
        rdates=_on_days(repeat.also, start),
        assumed=assumed,
        others=(),
    )


def _is_on_any_day(repeat: Repeat) -> bool:
    """Say whether the rule leaves open on which day of a week, month or year it is: *per dua minggu*."""
    return repeat.freq in {"WEEKLY", "MONTHLY", "YEARLY"} and not (repeat.by_day or repeat.by_month_day)


def _with_days(repeat: Repeat, told: Day | None) -> tuple[Repeat, bool]:
    """Return the rule with the days told beside it, and whether these are days of any week, this one too."""
    if told is None:
        return repeat, False
    weekly = repeat.freq == "WEEKLY" and not repeat.by_day
    if weekly and told.how is How.WEEKDAY and told.weekday is not None:
        listed = told.others if "either" in told.assumed else ()
        days = dict.fromkeys((told.weekday, *(day.weekday() for day in listed)))
        return repeat._replace(by_day=tuple(DAYS[day] for day in days)), True
    monthly = repeat.freq == "MONTHLY" and not (repeat.by_day or repeat.by_month_day)
    if monthly and told.how is How.ORDINAL and told.weekday is not None and told.number:
        return repeat._replace(by_day=(f"{told.number}{DAYS[told.weekday]}",)), True
    if told.how is How.STRETCH:
        count = (told.until - told.first).days
        if weekly and count <= len(DAYS):
            return repeat._replace(by_day=tuple(DAYS[(told.first + n * ONE).weekday()] for n in range(count))), True
        return repeat._replace(until=repeat.until or told.until - ONE), False
    numbered = told.how is How.MONTH_DAY or (told.how is How.WRITTEN and told.number == -1)
    if monthly and numbered and told.number:
        return repeat._replace(by_month_day=(told.number,)), False
    if told.how is How.WEEK and repeat.freq == "DAILY":
        return repeat._replace(until=told.until - ONE), False
    return repeat, False


def _until_length(repeat: Repeat, pieces: Pieces, start: datetime) -> Repeat:
    """Return the rule ended by a length of more than a day: *setiap Senin selama 3 bulan*."""
    length = pieces.length
    if length is None or repeat.until is not None or not length.grain_days or not (length.delta > ONE or length.months):
        return repeat
    pieces.length = None
    weeks, rest = divmod(length.delta, WEEK)
    if repeat.freq == "WEEKLY" and repeat.interval == 1 and len(repeat.by_day) < 2 and not (rest or length.months):
        return repeat._replace(times=weeks)  # once a week for 8 weeks: 8 times
    last = added(start, length)
    return repeat if last is None else repeat._replace(until=last.date() - ONE)


def _exdates(repeat: Repeat, start: datetime) -> tuple[datetime, ...]:
    days = [day for day in repeat.skip if allows(repeat, day)]
    if repeat.skip_holidays:
        last = min(repeat.until or start.date() + timedelta(days=730), start.date() + timedelta(days=730))
        days += [day for day in holidays_between(start.date(), last + ONE) if allows(repeat, day)]
    return _on_days(days, start)


def _on_days(days: Iterable[date], start: datetime) -> tuple[datetime, ...]:
    """Return the clock time of *start* on each of *days*, in their order."""
    return tuple(start.replace(year=day.year, month=day.month, day=day.day) for day in sorted(set(days)))
