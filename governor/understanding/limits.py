"""How long does a repeat last, and when does it not happen?"""

from datetime import date

from governor.understanding.days import ONE
from governor.understanding.findings import (
    Bare,
    Day,
    Finding,
    How,
    Limit,
    Line,
    Repeat,
)
from governor.understanding.lexicon import Sort


def limits(line: Line, found: list[Finding]) -> list[Finding]:
    """Turn what limits a repeat into limits: *until June*, *sampai 28 Desember*, *10 kali*, *kecuali 17 Agustus*,
    *except holidays*.
    """
    if not any(isinstance(finding.value, Repeat) for finding in found):
        return found
    kept: list[Finding] = []
    for finding in found:
        more = _another_exception(line, kept[-1], finding) if kept else None
        kept.append(more or _limit(line, finding) or finding)
    for i in range(line.count - 1):
        if line.value(i, Sort.EXCEPT) and line.value(i + 1, Sort.HOLIDAYS):
            kept = [finding for finding in kept if finding.end <= i or finding.start > i + 1]
            kept.append(Finding(Limit(holidays=True), i, i + 2, "repeat-except"))
    return kept


def _another_exception(line: Line, before: Finding, finding: Finding) -> Finding | None:
    """Return the next day of a list of exceptions: *kecuali 25 Desember dan 1 Januari*."""
    if not (isinstance(before.value, Limit) and before.value.skip and isinstance(finding.value, Day)):
        return None
    joined = all(line.value(i, Sort.AND) or line.lower(i) == "," for i in range(before.end, finding.start))
    return Finding(Limit(skip=_all_days(finding.value)), before.end, finding.end, "repeat-except") if joined else None


def _limit(line: Line, finding: Finding) -> Finding | None:
    value, start = finding.value, finding.start
    if isinstance(value, Bare) and line.value(finding.end, Sort.TIMES):
        start -= 1 if line.lower(start - 1) in {"sebanyak", "for", "selama"} else 0
        return Finding(Limit(count=value.hour), start, finding.end + 1, "repeat-count")
    if not isinstance(value, Day):
        return None
    while start > max(finding.start - 4, 0) and (
        line.value(start - 1, Sort.ON) == 1 or line.value(start - 1, Sort.THE) or line.value(start - 1, Sort.DATE)
    ):
        start -= 1
    if line.value(start - 1, Sort.EXCEPT):
        return Finding(Limit(skip=_all_days(value)), start - 1, finding.end, "repeat-except")
    if line.value(start - 1, Sort.UNTIL) and line.lower(start - 1) != "-":
        whole = value.how in {How.MONTH, How.YEAR} and line.language == "en"
        return Finding(Limit(until=value.first if whole else value.until - ONE), start - 1, finding.end, "repeat-until")
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
