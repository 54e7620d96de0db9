"""For which occurrences of a series is it meant: one, one and all after it, or all; and for which day?"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from governor.understanding.changes import TO
from governor.understanding.findings import Day, Finding
from governor.understanding.read import Context, looking, prepared
from governor.understanding.sentences import Text


class Scope(StrEnum):
    """Which occurrences of a series are meant (RFC 5545 §3.2.13 calls the second THISANDFUTURE)."""

    ONE = "one"
    FOLLOWING = "following"
    ALL = "all"


ONE = timedelta(days=1)

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
    found = list(_days(text, context, is_change=is_change)) if text.strip() else []
    return found[0] if found else None


def is_open_ended(text: str) -> bool:
    """Return whether *text* says that a meeting lasts as long as it lasts: *sampai selesai*."""
    return _OPEN_ENDED.search(text) is not None


def destination(text: str, context: Context) -> str:
    """Return what *text* changes without the day that names what it changes: *move the meeting of 7 May to 8pm*."""
    ready = prepared(text, looking(context))
    target = _target(ready)
    named = [told for told, _ in _named(ready, target)]
    if target is None or not named:
        return text
    return ready.text[: ready.span(named[0].start, target)[0]] + ready.text[ready.span(target, target + 1)[0] :]


def _days(text: str, context: Context, *, is_change: bool) -> Iterator[tuple[date, date]]:
    ready = prepared(text, looking(context))
    for _, finding in _named(ready, _target(ready)) if is_change else zip(ready.times, ready.found, strict=True):
        if isinstance(finding.value, Day):
            is_range = is_change and finding.rule == "day-range"
            yield finding.value.first, finding.value.first + ONE if is_range else finding.value.until


def _target(ready: Text) -> int | None:
    """Return the place of the last word like *to*, *ke*."""
    return next((i for i in range(len(ready.lowers) - 1, 0, -1) if ready.lowers[i] in TO), None)


def _named(ready: Text, target: int | None) -> Iterator[tuple[Finding, Finding]]:
    """Yield the days that begin before the *target*: where the two were taken for a range, it is the first of them."""
    for told, finding in zip(ready.times, ready.found, strict=True):
        if isinstance(finding.value, Day) and target is not None and told.start < target:
            yield told, finding
