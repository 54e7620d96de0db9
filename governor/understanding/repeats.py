"""How often is it to happen again?"""

from governor.understanding.findings import Day, Line, Repeat, Value
from governor.understanding.frequencies import FREQUENCIES, every, mornings, once, weekday_parts
from governor.understanding.lexicon import Sort, Span, Unit
from governor.understanding.nth import WEEKEND, WORKDAYS, days_listed, nth_day, nth_weekday_of, weekdays, which_weeks
from governor.understanding.numbers import is_digits, ordinal, whole
from governor.understanding.recurrence import DAYS
from governor.understanding.written import read_numeric


def read_repeat(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read a repeat: *tiap Senin*, *every other Tuesday*, *dua minggu sekali*, *weekly on Monday*."""
    found = _started(line, i)
    if found is None:
        return None
    repeat, j = found
    j = j + 1 if line.value(j, Sort.ONCE) else j
    repeat, j = _refined(line, repeat, j)
    named = line.value(i, Sort.FREQUENCY) is not None and not (repeat.by_day or repeat.by_month_day or repeat.by_month)
    return repeat, j, "named-frequency" if named else "repeat"


def _started(line: Line, i: int) -> tuple[Repeat, int] | None:
    if line.value(i, Sort.EVERY):
        doubled = line.touches(i + 1) and line.lower(i + 1) == "2"  # tiap2
        return _every(line, line.skip(i + 2 if doubled else i + 1, Sort.THE, Sort.EVERY))
    if line.value(i, Sort.PER):
        number = whole(line, i + 1)
        unit = line.value(number[1], Sort.UNIT) if number else None
        is_often = number is not None and number[0] > 1 and unit in LONG_UNITS
        return (every(Unit(str(unit)), number[0]), number[1] + 1) if is_often and number else None  # per dua minggu
    frequency = line.value(i, Sort.FREQUENCY)
    if isinstance(frequency, tuple):
        return every(*frequency), i + 1
    if (plural := line.number(i, Sort.WEEKDAYS)) is not None:
        return _plural(line, plural, i)
    if line.lower(i) in GAPS:
        return _alternate(line, i)
    if line.lower(i) in ALTERNATING:
        return _alternating(line, i + 1)
    if line.value(i, Sort.EDGE):
        return _edge_of_every(line, i)
    return once(line, i) or _nth_of_every(line, i) or weekday_parts(line, i) or mornings(line, i)


def _plural(line: Line, plural: int, i: int) -> tuple[Repeat, int] | None:
    if plural > 6:
        return Repeat("WEEKLY", by_day=WORKDAYS if plural == 7 else WEEKEND), i + 1
    days, j = weekdays(line, i)
    return Repeat("WEEKLY", by_day=days), j


ALTERNATING = frozenset({"alternate", "alternating"})


def _alternating(line: Line, i: int) -> tuple[Repeat, int] | None:
    """Read *alternate Thursdays*, *alternating weeks*, of which the first word is read already."""
    if line.value(i, Sort.WEEKEND):
        return Repeat("WEEKLY", 2, by_day=WEEKEND), i + 1
    unit = line.value(i, Sort.UNIT)
    if isinstance(unit, Unit) and unit in LONG_UNITS and line.lower(i).endswith("s"):
        return every(unit, 2), i + 1
    days, end = weekdays(line, i)
    return (Repeat("WEEKLY", 2, by_day=days), end) if days else None


def _edge_of_every(line: Line, i: int) -> tuple[Repeat, int] | None:
    """Read *end of every month*, *akhir setiap bulan*."""
    k = line.skip(i + 1, Sort.OF, Sort.THE)
    edge = line.number(i, Sort.EDGE)
    if edge == 0 or not line.value(k, Sort.EVERY) or line.value(k + 1, Sort.UNIT) is not Unit.MONTH:
        return None
    return Repeat("MONTHLY", by_month_day=(1 if edge == -1 else -1,)), k + 2


GAPS = frozenset({"selang", "berselang", "selang seling", "selang - seling"})


def _alternate(line: Line, i: int) -> tuple[Repeat, int] | None:
    """Read *selang sehari*, *selang dua minggu*, *selang-seling tiap Senin*: after a gap of so long."""
    fixed, number = line.value(i + 1, Sort.LENGTH), whole(line, i + 1)
    if isinstance(fixed, Span):
        unit, count, end = fixed.unit, round(fixed.count), i + 2
    elif number is not None and isinstance(unit_said := line.value(number[1], Sort.UNIT), Unit):
        unit, count, end = unit_said, number[0], number[1] + 1
    elif line.value(i + 1, Sort.EVERY) and (found := _every(line, i + 2)) is not None and "seling" in line.lower(i):
        return found[0]._replace(interval=2), found[1]
    else:
        return None
    return (every(unit, count + 1), end) if unit in LONG_UNITS else None


LONG_UNITS = frozenset({Unit.DAY, Unit.WEEK, Unit.MONTH})


def _nth_of_every(line: Line, i: int) -> tuple[Repeat, int] | None:
    """Read *the 15th of every month*, *first Monday of each month*, *Senin pertama setiap bulan*, *tanggal 5 tiap
    bulan*.
    """
    nth = nth_day(line, i)
    if nth is None:
        return None
    repeat, j = nth
    k = line.skip(j, Sort.OF, Sort.ON, Sort.IN)
    if not line.value(k, Sort.EVERY):
        monthly = line.value(k, Sort.FREQUENCY)
        if monthly == (Unit.MONTH, 1) and k == j:
            return repeat, k + 1
        if repeat.by_day and line.value(j - 1, Sort.WEEKDAYS) is not None:
            return repeat, j  # 1st and 3rd Wednesdays
        of_month = k > j and line.value(k, Sort.THE) and line.lower(k + 1) == "month"
        return (repeat, k + 2) if of_month and repeat.by_day and not _is_on(line, i) else None
    number = whole(line, k + 1)
    unit = line.value(number[1] if number else k + 1, Sort.UNIT)
    if unit not in {Unit.MONTH, Unit.QUARTER, Unit.YEAR}:
        return None
    freq, times = FREQUENCIES[Unit(str(unit))]
    end = (number[1] if number else k + 1) + 1
    repeat = repeat._replace(freq=freq, interval=(number[0] if number else 1) * times)
    return _in_week(line, i, repeat, end) or (repeat, end)


def _in_week(line: Line, i: int, repeat: Repeat, end: int) -> tuple[Repeat, int] | None:
    """Read *minggu pertama tiap bulan hari Sabtu*, of which all but the day is read as Sundays."""
    j = line.skip(end, Sort.DAY, Sort.ON)
    weekday = line.number(j, Sort.WEEKDAY)
    if weekday is None or line.terms[i].text != "minggu" or not repeat.by_day:
        return None
    return repeat._replace(by_day=tuple(f"{day[:-2]}{DAYS[weekday]}" for day in repeat.by_day)), j + 1


def _is_on(line: Line, i: int) -> bool:
    """Say whether *on* stands before *i*: what is on the first Monday of the month is once."""
    return line.lower(i - 1) == "on" or (bool(line.value(i - 1, Sort.THE)) and line.lower(i - 2) == "on")


def _every(line: Line, j: int) -> tuple[Repeat, int] | None:
    """Read what comes after *every*."""
    if line.value(j, Sort.CLOCK) and is_digits(line, j + 1):
        return Repeat("DAILY"), j  # tiap jam 8 malam
    interval = 1
    if line.value(j, Sort.OTHER) and not (line.lower(j) == "second" and _month_follows(line, j)):
        interval, j = 2, j + 1
        j = number[1] if (number := whole(line, j)) and line.value(number[1], Sort.UNIT) else j
    elif (nth := ordinal(line, j)) is not None and not line.value(nth[1], Sort.MONTH):
        return _every_nth(line, nth[0], nth[1])
    elif (number := whole(line, j)) is not None and (
        line.value(number[1], Sort.UNIT) or line.value(number[1], Sort.WEEKDAY) is not None
    ):
        interval, j = number
    return _every_named(line, j, max(interval, 1))


def _month_follows(line: Line, j: int) -> bool:
    k = line.skip(j + 2, Sort.OF, Sort.THE, Sort.EVERY, Sort.IN)
    return k > j + 2 and line.value(k, Sort.UNIT) is Unit.MONTH


def _every_nth(line: Line, nth: int, j: int) -> tuple[Repeat, int] | None:
    """Read *every first Monday*, *every 2nd week*, *every 15th*, *every last day of the month*."""
    unit = line.value(j, Sort.UNIT)
    if isinstance(unit, Unit) and nth > 0 and not (unit is Unit.DAY and line.value(j + 1, Sort.OF)):
        return every(unit, nth), j + 1
    found = nth_weekday_of(line, nth, j) or ((Repeat("MONTHLY", by_month_day=(nth,)), j) if 1 <= nth <= 31 else None)
    if found is None:
        return None
    repeat, k = found
    if repeat.by_month_day and repeat.by_month_day[0] > 0:
        k2 = line.skip(k, Sort.OF)
        month = line.number(k2, Sort.MONTH)
        if month is not None:
            return Repeat("YEARLY", by_month=(month,), by_month_day=repeat.by_month_day), k2 + 1
        more, end = days_listed(line, k + 1) if line.value(k, Sort.AND) else ((), k)
        return repeat._replace(by_month_day=repeat.by_month_day + more), end
    return repeat, k


def _every_named(line: Line, j: int, interval: int) -> tuple[Repeat, int] | None:
    """Read the day, the date or the unit after *every*."""
    found = _every_kind_of_day(line, j, interval)
    if found is not None:
        return found
    if line.value(j, Sort.DATE) or (line.value(j, Sort.MONTH) is not None) or is_digits(line, j):
        return _every_date(line, j)
    if not _is_week(line, j):
        days, end = weekdays(line, j)
        if days:
            return Repeat("WEEKLY", interval, by_day=days), end
    return _every_unit(line, j, interval)


def _every_kind_of_day(line: Line, j: int, interval: int) -> tuple[Repeat, int] | None:
    """Read *hari kerja*, *weekend*, *malam Jumat*, *akhir bulan*."""
    if line.value(j, Sort.WORKDAYS):
        nth = ordinal(line, j + 1)
        if nth is not None:
            return Repeat("MONTHLY", by_day=WORKDAYS, by_set_pos=nth[0]), nth[1]
        return Repeat("WEEKLY", by_day=WORKDAYS), j + 1
    edge, k = line.number(j, Sort.EDGE), line.skip(j + 1, Sort.OF, Sort.THE)
    if edge == -1 and line.value(k, Sort.UNIT) is Unit.WEEK:
        return Repeat("WEEKLY", by_day=DAYS[:1]), k + 1
    if edge in {-1, 1} and line.value(k, Sort.UNIT) is Unit.MONTH:
        return Repeat("MONTHLY", by_month_day=(1 if edge == -1 else -1,)), k + 1
    if line.value(j, Sort.WEEKEND):
        return Repeat("WEEKLY", interval, by_day=WEEKEND), j + 1
    if line.value(j, Sort.EVE) and (weekday := line.number(j + 1, Sort.WEEKDAY)) is not None:
        return Repeat("WEEKLY", interval, by_day=(DAYS[(weekday - 1) % 7],), part="malam"), j + 2
    return None


def _every_unit(line: Line, j: int, interval: int) -> tuple[Repeat, int] | None:
    """Read *hari terakhir*, *minggu ketiga hari Sabtu*, *bulan*, *semester*, *pagi*."""
    unit = line.value(j, Sort.UNIT)
    if unit is Unit.DAY and ordinal(line, j + 1) is not None:
        return nth_day(line, j)
    if unit is Unit.WEEK and (found := _weekday_of_weeks(line, j)) is not None:
        return found
    if isinstance(unit, Unit):
        return every(unit, interval), j + 1
    fixed = line.value(j, Sort.LENGTH)
    if isinstance(fixed, Span):
        return every(fixed.unit, max(1, round(fixed.count))), j + 1
    part = line.name(j, Sort.PART)
    return (Repeat("DAILY", interval, part=part), j + 1) if part else None


def _weekday_of_weeks(line: Line, j: int) -> tuple[Repeat, int] | None:
    """Read *minggu ketiga hari Sabtu*."""
    numbers, end = which_weeks(line, j)
    weekday = line.number(line.skip(end, Sort.DAY, Sort.ON), Sort.WEEKDAY) if numbers else None
    if weekday is None:
        return None
    return Repeat("MONTHLY", by_day=tuple(f"{n}{DAYS[weekday]}" for n in numbers)), line.skip(
        end, Sort.DAY, Sort.ON
    ) + 1


def _is_week(line: Line, j: int) -> bool:
    """Say whether *minggu* after *tiap* is the week: not after *hari*, not capitalised, not in a list of days, not
    before a part of the day.
    """
    term = line.terms[j] if j < line.count else None
    if term is None or term.lower not in {"minggu", "mgg"}:
        return False
    if term.text[0].isupper() and not term.text.isupper() and not line.terms[j - 1].text[0].isupper():
        return False
    listed = (line.value(j + 1, Sort.AND) or line.lower(j + 1) in {",", "/"}) and line.number(
        j + 2, Sort.WEEKDAY
    ) is not None
    return not listed and line.value(j + 1, Sort.PART) is None


def _every_date(line: Line, j: int) -> tuple[Repeat, int] | None:
    """Read *setiap tanggal 5 dan 20*, *tiap 17 Agustus*, *every June 3rd*, *each 4/15*."""
    figures_said = read_numeric(line, j)
    if figures_said is not None and isinstance(figures_said[0], Day):
        day = figures_said[0].first
        return Repeat("YEARLY", by_month=(day.month,), by_month_day=(day.day,)), figures_said[1]
    month = line.number(j, Sort.MONTH)
    if month is not None:
        number = ordinal(line, line.skip(j + 1, Sort.THE)) or whole(line, j + 1)
        if number is None or number[0] > 31:
            return Repeat("YEARLY", by_month=(month,)), j + 1
        return Repeat("YEARLY", by_month=(month,), by_month_day=(number[0],)), number[1]
    numbers, end = days_listed(line, line.skip(j, Sort.DATE))
    if not numbers:
        return None
    end_of = line.skip(end, Sort.OF)
    month = line.number(end_of, Sort.MONTH)
    if month is not None:
        return Repeat("YEARLY", by_month=(month,), by_month_day=numbers), end_of + 1
    return Repeat("MONTHLY", by_month_day=numbers), end


def _refined(line: Line, repeat: Repeat, j: int) -> tuple[Repeat, int]:
    """Add what follows a frequency: *every week on Tuesday*, *monthly on the 4th*, *tiap Jumat minggu kedua*."""
    if repeat.freq == "WEEKLY" and repeat.by_day and len(repeat.by_day) == 1 and repeat.by_day[0] in DAYS:
        numbers, end = which_weeks(line, j)
        if numbers:
            repeat, j = Repeat("MONTHLY", by_day=tuple(f"{n}{repeat.by_day[0]}" for n in numbers)), end
    k = line.skip(j, Sort.ON, Sort.THE) if not line.value(j, Sort.FOR) else j
    if repeat.freq == "WEEKLY" and not repeat.by_day:
        days, end = weekdays(line, k)
        if days:
            repeat, j = repeat._replace(by_day=days), end
    elif repeat.freq == "WEEKLY" and repeat.interval == 1:
        repeat, j = _with_interval(line, repeat, j)
    elif repeat.freq == "DAILY" and line.value(j, Sort.EXCEPT):
        repeat, j = _without_days(line, repeat, j)
    elif (
        repeat.freq in {"MONTHLY", "YEARLY"}
        and not (repeat.by_day or repeat.by_month_day or repeat.by_month)
        and not _is_name(line, j)
    ):
        repeat, j = _on_nth(line, repeat, j, k)
    return _in_each(line, repeat, j)


def _is_name(line: Line, j: int) -> bool:
    """Say whether *tahunan* before a whole date names the meeting: *rapat tahunan 12 Desember*."""
    return (
        line.value(j - 1, Sort.FREQUENCY) is not None
        and not line.value(j, Sort.ON)
        and not line.value(j, Sort.DATE)
        and not line.value(j, Sort.EVERY)
    )


def _with_interval(line: Line, repeat: Repeat, j: int) -> tuple[Repeat, int]:
    if "seling" in line.lower(j):
        return repeat._replace(interval=2), j + 1
    if line.value(j, Sort.OTHER) and line.lower(j) in {"selang", "berselang"}:
        gap = line.value(j + 1, Sort.LENGTH)
        if isinstance(gap, Span) and gap.unit is Unit.DAY:
            return repeat, j
        if isinstance(gap, Span) and gap.unit is Unit.WEEK:
            return repeat._replace(interval=round(gap.count) + 1), j + 2
    again = once(line, line.skip(j, Sort.ON))
    if again is not None and again[0].freq == "WEEKLY":
        return repeat._replace(interval=again[0].interval), again[1]
    return repeat, j


def _without_days(line: Line, repeat: Repeat, j: int) -> tuple[Repeat, int]:
    """Read *every day except Sunday*."""
    days, end = weekdays(line, j + 1)
    if not days:
        return repeat, j
    return repeat._replace(freq="WEEKLY", by_day=tuple(day for day in DAYS if day not in days)), end


def _on_nth(line: Line, repeat: Repeat, j: int, k: int) -> tuple[Repeat, int]:
    nth = nth_day(line, j) or nth_day(line, k)
    date_said = _every_date(line, k) if repeat.freq == "YEARLY" and k < line.count and nth is None else None
    if date_said is not None and date_said[0].by_month_day:
        return date_said[0]._replace(freq="YEARLY", interval=repeat.interval), date_said[1]
    if nth is None:
        return repeat, j
    found, end = nth[0]._replace(freq=repeat.freq, interval=repeat.interval), nth[1]
    last = line.skip(end, Sort.OF)
    last += line.lower(last) in {"bulan", "bln"}
    month = line.number(last, Sort.MONTH) if repeat.freq == "YEARLY" else None
    return (found, end) if month is None else (found._replace(by_month=(month,)), last + 1)


def _in_each(line: Line, repeat: Repeat, j: int) -> tuple[Repeat, int]:
    """Skip *of the month* and *setiap bulan* where they repeat what is known."""
    k = line.skip(j, Sort.OF, Sort.IN, Sort.THE, Sort.EVERY, Sort.ON)
    if repeat.freq != "MONTHLY" or line.value(k, Sort.UNIT) is not Unit.MONTH or line.value(k + 1, Sort.NEXT):
        return repeat, j
    bare = (
        line.lower(k) in {"bulan", "bln"}
        and not line.value(k + 1, Sort.MONTH)
        and bool(repeat.by_day or repeat.by_month_day)
    )
    return (repeat, k + 1) if k > j or bare else (repeat, j)
