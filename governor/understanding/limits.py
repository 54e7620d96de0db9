"""How long does a repeat last, and when does it not happen?"""

from datetime import date

from governor.understanding.days import ONE
from governor.understanding.findings import (
    Day,
    Finding,
    How,
    Limit,
    Line,
    Repeat,
)
from governor.understanding.lexicon import Sort
from governor.understanding.nth import WEEKEND, weekdays
from governor.understanding.numbers import whole
from governor.understanding.tokens import Shape

MOST_TIMES = 999
NEAR = 4  # words from a frequency to what is held so often
INCLUSIVE = frozenset({"through", "thru", "through to"})
LAST_ONE = frozenset({"one", "session", "class", "meeting", "time"})


def limits(line: Line, found: list[Finding]) -> list[Finding]:
    """Turn what limits a repeat into limits: *until June*, *sampai 28 Desember*, *10 kali*, *kecuali 17 Agustus*,
    *except holidays*, *juga 5 Desember*.
    """
    if not any(isinstance(finding.value, Repeat) for finding in found):
        return found
    kept: list[Finding] = []
    for finding in found:
        more = _another(line, kept[-1], finding) if kept else None
        kept.append(more or _limit(line, finding) or _within(line, finding))
    for i in range(line.count):
        if (count := _count(line, i)) is not None:
            around = [finding for finding in kept if finding.start < count.end and count.start < finding.end]
            if not any(isinstance(finding.value, Repeat) for finding in around):  # *3 kali seminggu*
                kept = [*(finding for finding in kept if finding not in around), count]
        if line.value(i, Sort.EXCEPT) and (without := _without(line, i)) is not None:
            kept = _instead(kept, without)
        if line.value(i, Sort.EXCEPT) and line.value(i + 1, Sort.HOLIDAYS):
            kept = [finding for finding in kept if finding.end <= i or finding.start > i + 1]
            kept.append(Finding(Limit(holidays=True), i, i + 2, "repeat-except"))
    return kept


def _without(line: Line, i: int) -> Finding | None:
    """Return the weekdays that are left out: *except Fridays*, *kecuali Sabtu dan Minggu*, *except weekends*."""
    j = line.skip(i + 1, Sort.ON, Sort.DAY, Sort.THE, Sort.EVERY)
    if line.value(j, Sort.WEEKEND):
        return Finding(Limit(without=WEEKEND), i, j + 1, "repeat-except")
    days, end = weekdays(line, j)
    return Finding(Limit(without=days), i, end, "repeat-except") if days else None


def _instead(kept: list[Finding], without: Finding) -> list[Finding]:
    """Return *kept* with the weekdays left out, unless these are part of a date: *except Monday 28 December*."""
    around = [finding for finding in kept if finding.start < without.end and without.start < finding.end]
    if any(finding.start <= without.start or finding.end > without.end for finding in around if not _is_limit(finding)):
        return kept
    if any(_is_limit(f) and f.end > without.end for f in around):
        return kept
    return [*(finding for finding in kept if finding not in around), without]


def _is_limit(finding: Finding) -> bool:
    return isinstance(finding.value, Limit)


def _within(line: Line, finding: Finding) -> Finding:
    """Return a month or a year as the stretch in which a repeat happens: *every Thursday in May*."""
    day = finding.value
    if not isinstance(day, Day) or day.how not in {How.MONTH, How.YEAR}:
        return finding
    i = finding.start - 1
    while i > finding.start - 3 and (line.value(i, Sort.ON) or line.value(i, Sort.THE)):
        i -= 1
    if any(line.value(i, sort) for sort in (Sort.FROM, Sort.AFTER, Sort.BEFORE)):
        return finding
    return finding._replace(value=day._replace(how=How.STRETCH))


def _another(line: Line, before: Finding, finding: Finding) -> Finding | None:
    """Return the next day of a list of exceptions or additions: *kecuali 25 Desember dan 1 Januari*."""
    limit, day = before.value, finding.value
    if not (isinstance(limit, Limit) and (limit.skip or limit.also) and isinstance(day, Day)):
        return None
    if not all(line.value(i, Sort.AND) or line.lower(i) == "," for i in range(before.end, finding.start)):
        return None
    more = Limit(skip=_all_days(day)) if limit.skip else Limit(also=_all_days(day))
    return Finding(more, before.end, finding.end, before.rule)


def _count(line: Line, i: int) -> Finding | None:
    """Return the number of times that is said at *i*: *10 kali*, *sebanyak sepuluh kali*, *for 12 times*."""
    number = whole(line, i)
    if number is None or not 0 < number[0] <= MOST_TIMES:
        return None
    if line.lower(i - 1) == "x" and line.touches(i) and not line.value(number[1], Sort.UNIT):
        return Finding(Limit(count=number[0]), i - 1, number[1], "repeat-count")  # Thursdays 7pm x6
    if line.value(number[1], Sort.FREQUENCY) and any(line.value(number[1] + n, Sort.TIMES) for n in range(1, NEAR)):
        return Finding(Limit(count=number[0]), i, number[1], "repeat-count")  # five weekly coaching sessions
    if not line.value(number[1], Sort.TIMES):
        return None
    start = i - (line.lower(i - 1) in {"sebanyak", "for", "selama"})
    return Finding(Limit(count=number[0]), start, number[1] + 1, "repeat-count")


def _limit(line: Line, finding: Finding) -> Finding | None:
    value, start = finding.value, finding.start
    if not isinstance(value, Day):
        return None
    while start > max(finding.start - 4, 0) and (
        line.value(start - 1, Sort.ON) == 1 or line.value(start - 1, Sort.THE) or line.value(start - 1, Sort.DATE)
    ):
        start -= 1
    if line.value(start - 1, Sort.EXCEPT):
        return Finding(Limit(skip=_all_days(value)), start - 1, finding.end, "repeat-except")
    if line.value(start - 1, Sort.HOLIDAYS) and value.until - value.first == ONE:
        return Finding(Limit(skip=_all_days(value)), start - 1, finding.end, "repeat-except")  # libur tanggal 24
    if line.value(finding.end, Sort.HOLIDAYS) and value.until - value.first == ONE:
        return Finding(Limit(skip=_all_days(value)), start, finding.end + 1, "repeat-except")  # tgl 30 Desember libur
    if line.value(start - 1, Sort.ALSO):
        return Finding(Limit(also=_all_days(value)), start - 1, finding.end, "repeat-also")
    if line.lower(start - 1) in LAST_ONE and line.value(start - 2, Sort.LAST):
        return Finding(Limit(until=value.until - ONE), start - 2, finding.end, "repeat-until")
    if line.lower(start - 1) == "terakhir":
        return Finding(Limit(until=value.until - ONE), start - 1, finding.end, "repeat-until")
    if line.value(start - 1, Sort.UNTIL) and line.lower(start - 1) != "-":
        is_first_day = value.how in {How.MONTH, How.YEAR} and line.language == "en"
        is_first_day = is_first_day and line.lower(start - 1) not in INCLUSIVE
        return Finding(
            Limit(until=value.first if is_first_day else value.until - ONE), start - 1, finding.end, "repeat-until"
        )
    return None


def _all_days(day: Day) -> tuple[date, ...]:
    """Return the one day named, all those listed, or those of a week."""
    if day.how in {How.WEEK, How.WEEKEND, How.STRETCH}:
        return tuple(day.first + n * ONE for n in range((day.until - day.first).days))
    return (day.first, *day.others) if "either" in day.assumed else (day.first,)


def name_adjectives(line: Line, found: list[Finding]) -> list[Finding]:
    """Drop *bulanan* and *annual* where the day is told: such a meeting is one of many that are called each for
    itself; but not *monthly,* that stands alone.
    """
    told = any(
        (isinstance(f.value, Day) and f.value.how is not How.MONTH)
        or (isinstance(f.value, Repeat) and f.rule == "repeat")
        for f in found
    )
    if not told:
        return found
    return [
        f
        for f in found
        if not (f.rule == "named-frequency" and isinstance(f.value, Repeat) and f.value.freq in {"MONTHLY", "YEARLY"})
        or _is_adverb(line, f)
    ]


def _is_adverb(line: Line, frequency: Finding) -> bool:
    """Say whether *monthly* and *yearly* belong to no noun: a comma or nothing follows."""
    stands_alone = frequency.end >= line.count or line.terms[frequency.end].shape is Shape.MARK
    return stands_alone and line.language == "en" and line.lower(frequency.start).endswith("ly")
