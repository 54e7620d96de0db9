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
from governor.understanding.numbers import whole

MOST_TIMES = 999
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
        kept.append(more or _limit(line, finding) or finding)
    for i in range(line.count - 1):
        if (count := _count(line, i)) is not None:
            around = [finding for finding in kept if finding.start < count.end and count.start < finding.end]
            if not any(isinstance(finding.value, Repeat) for finding in around):  # *3 kali seminggu*
                kept = [*(finding for finding in kept if finding not in around), count]
        if line.value(i, Sort.EXCEPT) and line.value(i + 1, Sort.HOLIDAYS):
            kept = [finding for finding in kept if finding.end <= i or finding.start > i + 1]
            kept.append(Finding(Limit(holidays=True), i, i + 2, "repeat-except"))
    return kept


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
    if number is None or not line.value(number[1], Sort.TIMES) or not 0 < number[0] <= MOST_TIMES:
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
    if line.value(start - 1, Sort.ALSO):
        return Finding(Limit(also=_all_days(value)), start - 1, finding.end, "repeat-also")
    if line.lower(start - 1) in LAST_ONE and line.value(start - 2, Sort.LAST):
        return Finding(Limit(until=value.until - ONE), start - 2, finding.end, "repeat-until")
    if line.lower(start - 1) == "terakhir":
        return Finding(Limit(until=value.until - ONE), start - 1, finding.end, "repeat-until")
    if line.value(start - 1, Sort.UNTIL) and line.lower(start - 1) != "-":
        is_first_day = value.how in {How.MONTH, How.YEAR} and line.language == "en"
        return Finding(
            Limit(until=value.first if is_first_day else value.until - ONE), start - 1, finding.end, "repeat-until"
        )
    return None


def _all_days(day: Day) -> tuple[date, ...]:
    """Return the one day named, or all those listed."""
    return (day.first, *day.others) if "either" in day.assumed else (day.first,)


def name_adjectives(found: list[Finding]) -> list[Finding]:
    """Drop *bulanan* and *annual* where the day is told: such a meeting is one of many that are called each for
    itself.
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
    ]
