"""Which time ends what another one begins?"""

from governor.understanding.findings import (
    Clock,
    Day,
    Ending,
    Finding,
    Instant,
    Interval,
    Line,
    Part,
    Prayer,
    Stretch,
    Value,
)
from governor.understanding.joining import GLUE, GLUE_MARKS, is_near, same_half
from governor.understanding.lexicon import Sort
from governor.understanding.numbers import is_digits
from governor.understanding.tokens import Shape

MOST_BEFORE = 4  # words between the one that ends and the time
NO_END = frozenset({"to", "-", "through"})
LONGEST = 14 * 60  # minutes, where no day tells that it is longer


def join_endings(line: Line, found: list[Finding]) -> list[Finding]:
    """Take the second of two times for the end of the first where a word says so: *dibuka pukul 19.00 dan ditutup
    pukul 22.00*, *opens 09:00 on 21 June and closes 17:00 on 23 June*, *ba'da Isya sampai jam 10*.
    """
    if Sort.BETWEEN in line.has and Sort.PRAYER in line.has:
        found = _between_prayers(line, found)
    if line.has.isdisjoint(SAYS_SO):
        return found
    found = _end_first(line, found)
    begun: Finding | None = None
    for k, finding in enumerate(found):
        if isinstance(finding.value, (Interval, Stretch)):
            return found
        at = None if begun is None else _ends_at(line, finding, found[k - 1])
        ended = None if at is None or begun is None else _ended(line, found, begun.value, k)
        if ended is not None and at is not None:
            ending, last = ended
            end = Finding(ending, at, found[last].end + _is_named(line, found[last].end), "ending")
            return [*(_begun(line, finding) for finding in found[:k]), end, *found[last + 1 :]]
        begun = finding if isinstance(finding.value, STARTS) else begun
    return found


def _end_first(line: Line, found: list[Finding]) -> list[Finding]:
    """Take the first of two times for the end where it is called one: *4pm finish, 3pm start*, *bubar jam 5, mulai
    jam 3*.
    """
    clocks = [k for k, finding in enumerate(found) if isinstance(finding.value, Clock)]
    if len(clocks) != 2:
        return found
    end, begin = (found[k] for k in clocks)
    named = _is_named(line, end.end) and not _is_named(line, begin.end)
    opens = line.value(end.start - 1, Sort.ENDS) and line.value(begin.start - 1, Sort.BEGINS)
    if not (named or opens) or not isinstance(end.value, Clock):
        return found
    told = Finding(Ending(end.value), end.start - (not named), end.end + named, "ending")
    return [*found[: clocks[0]], told, *found[clocks[0] + 1 :]]


def _between_prayers(line: Line, found: list[Finding]) -> list[Finding]:
    """Take the second of two prayers for the end of the first: *antara Maghrib dan Isya*."""
    for k in range(len(found) - 1):
        first, second = found[k : k + 2]
        prayers = isinstance(first.value, Prayer) and isinstance(second.value, Prayer)
        told = line.value(first.start - 1, Sort.BETWEEN) and line.value(first.end, Sort.AND)
        if prayers and told and second.start == first.end + 1 and isinstance(second.value, Prayer):
            end = Finding(Ending(second.value), first.end, second.end, "ending")
            return [*found[:k], first._replace(start=first.start - 1), end, *found[k + 2 :]]
    return found


STARTS = (Clock, Prayer, Part, Instant)
ENDING = (Sort.ENDS, Sort.UNTIL, Sort.OPEN_END, Sort.LATEST)
SAYS_SO = frozenset(ENDING)


def _ends_at(line: Line, time: Finding, before: Finding) -> int | None:
    """Return the place of the word that makes *time* an end, an *and* before it included."""
    if _is_named(line, time.end):
        return before.end if all(_leads(line, i) for i in range(before.end, time.start)) else None
    i = time.start - 1
    while i > max(time.start - MOST_BEFORE, 0) and _is_glue(line, i):
        i -= 1
    if line.lower(i) in NO_END or i < 0:
        return None
    if not any(line.value(i, sort) for sort in ENDING) or _is_of_another(line, i, before):
        return None
    return i - 1 if line.value(i - 1, Sort.AND) or line.lower(i - 1) == "with" else i


NOUNS = frozenset({"finish", "end", "close", "closing", "finishing"})


def _is_named(line: Line, i: int) -> bool:
    """Say whether the time before *i* is called an end: *7pm, 9pm finish*, but not *7pm finish 9pm*."""
    follows = (Sort.NUMBER, Sort.AT, Sort.UNTIL, Sort.CLOCK, Sort.BEFORE)
    return line.lower(i) in NOUNS and not is_digits(line, i + 1) and not any(line.value(i + 1, s) for s in follows)


def _leads(line: Line, i: int) -> bool:
    return line.lower(i) in GLUE_MARKS | {"with"} or any(line.value(i, s) for s in (Sort.ARTICLE, Sort.UNTIL, Sort.AND))


def _is_of_another(line: Line, i: int, before: Finding) -> bool:
    """Say whether the word at *i* tells of another thing that ends: *party 8pm, RSVP closes at 5pm*."""
    if line.value(i, Sort.UNTIL) or line.value(i, Sort.OPEN_END) or before.end == i:
        return False
    term = line.terms[i - 1]
    return term.shape is Shape.WORD and not line.value(i - 1, Sort.AND) and term.lower not in SAME


SAME = frozenset({
    "with", "then", "it", "will", "to", "should", "possible", "acara", "acaranya", "lalu", "kemudian", "bisa",
    "mungkin",
})  # fmt: skip


def _is_glue(line: Line, i: int) -> bool:
    if any(line.value(i, sort) for sort in ENDING):
        return False
    return line.lower(i) in GLUE_MARKS or any(line.value(i, sort) for sort in (*GLUE, Sort.PRAYER))


def _ended(line: Line, found: list[Finding], start: Value, k: int) -> tuple[Ending, int] | None:
    """Return the end told at *k*, and the last finding that tells of it."""
    value = found[k].value
    after = found[k + 1] if k + 1 < len(found) and is_near(line, found[k], found[k + 1]) else None
    if isinstance(value, Day) and after is not None and isinstance(after.value, Clock):
        return Ending(after.value, value), k + 1
    if isinstance(value, Prayer) and after is not None and isinstance(after.value, Clock):
        return Ending(after.value), k + 1
    if not isinstance(value, (Clock, Prayer)):
        return None
    days = [finding.value for finding in found[:k] if isinstance(finding.value, Day)]
    if isinstance(value, Clock) and after is not None and isinstance(after.value, Day) and days:
        return Ending(value, after.value), k + 1
    if isinstance(start, Clock) and isinstance(value, Clock) and not _is_in_order(start, value):
        return None
    return Ending(value), k


def _is_in_order(start: Clock, end: Clock) -> bool:
    """Say whether *end* can be the end of the same day or night: not the time until which people may sign up."""
    start, end = same_half(start, end)
    if not (start.sure and end.sure):
        return True
    minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
    return 0 < minutes % (24 * 60) <= LONGEST


def _begun(line: Line, time: Finding) -> Finding:
    """Return *time* with the word before it that says that it begins: *dibuka pukul 19.00*."""
    i = time.start - 2 if line.lower(time.start - 1) == ":" else time.start - 1
    return time._replace(start=i) if line.value(i, Sort.BEGINS) else time
