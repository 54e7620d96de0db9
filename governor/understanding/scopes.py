"""For which occurrences of a series is it meant: one, one and all after it, or all; and for which day?"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from governor.understanding.changes import TO
from governor.understanding.findings import Day
from governor.understanding.read import Context, looking, prepared


class Scope(StrEnum):
    """Which occurrences of a series are meant (RFC 5545 §3.2.13 calls the second THISANDFUTURE)."""

    ONE = "one"
    FOLLOWING = "following"
    ALL = "all"


_SAID = (
    (
        Scope.FOLLOWING,
        r"dan seterusnya|dan sesudahnya|dan selanjutnya|seterusnya|ke depannya|mulai (?!jam|pukul)|sejak"
        r"|onwards?|and (?:all |every(?:thing)? )?(?:following|after|later)|from then on|from now on|starting (?!at)",
    ),
    (Scope.ONE, r"saja|hanya|cuma|cukup yang|only|just(?: the)?"),
    (Scope.ALL, r"semua(?:nya)?|seluruh(?:nya)?|setiap|tiap|all|every|entire|whole"),
)
_WORDS = tuple((scope, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for scope, words in _SAID)
_ALL_DAY = re.compile(r"\b(?:sepanjang hari|sehari penuh|seharian(?: penuh)?|all[- ]day|whole[- ]day)\b", re.IGNORECASE)
_OPEN_ENDED = re.compile(
    r"\b(?:sampai|hingga|s/?d) selesai\b|\buntil (?:it(?:'s| is) )?(?:finished|done|over)\b"
    r"|\bopen[- ]ended\b",
    re.IGNORECASE,
)


def scope_of(text: str) -> Scope | None:
    """Return which occurrences *text* says it is meant for; ``None``: it does not say."""
    return next((scope for scope, words in _WORDS if words.search(text)), None)


def days_named(text: str, context: Context, *, is_change: bool) -> tuple[date, date] | None:
    """Return from which day until before which the occurrence is that *text* names; ``None``: it names none.

    Where it *is_change*, what stands after *to* or *ke* is where it goes, and names none.
    """
    found = list(_days(text, context, is_change=is_change))
    return found[0] if found else None


def is_all_day(text: str) -> bool:
    """Return whether *text* says that a meeting has days and no hours."""
    return _ALL_DAY.search(text) is not None


def is_open_ended(text: str) -> bool:
    """Return whether *text* says that a meeting lasts as long as it lasts: *sampai selesai*."""
    return _OPEN_ENDED.search(text) is not None


def _days(text: str, context: Context, *, is_change: bool) -> Iterator[tuple[date, date]]:
    ready = prepared(text, looking(context))
    target = next((i for i in range(len(ready.lowers) - 1, 0, -1) if ready.lowers[i] in TO), None)
    for told, finding in zip(ready.times, ready.found, strict=True):
        if not isinstance(finding.value, Day):
            continue
        if not is_change or (target is not None and told.end <= target):
            yield finding.value.first, finding.value.until
        elif finding.rule == "day-range" and target is not None and told.start < target < told.end:
            yield finding.value.first, finding.value.first + timedelta(days=1)
