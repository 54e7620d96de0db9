"""Which of several days or times are listed here?"""

from governor.understanding.days import ONE, dated, month_day
from governor.understanding.findings import Bare, Day, Finding, How, Line, Value
from governor.understanding.joining import MOST_BETWEEN, clock_of, joined, same_half
from governor.understanding.lexicon import Sort
from governor.understanding.numbers import ordinal, whole

MOST_LISTED = 8
MARKS = frozenset({",", "+", "/"})
ENOUGH = 3  # numbers that make a list without an *and*
LISTED = frozenset({How.WEEKDAY, How.NEXT_WEEKDAY, How.RELATIVE, How.WRITTEN})
NO_DAY = (Sort.PART, Sort.MERIDIEM, Sort.UNIT, Sort.UNTIL, Sort.OCLOCK)


def read_day_list(line: Line, i: int) -> tuple[Value, int, str] | None:
    """Read the days of one month of which a meeting can have but one: *tanggal 5, 12, dan 19 Desember*, *December 5
    and 12*, *the 5th and the 12th*.
    """
    j = line.skip(i, Sort.THE, Sort.DATE)
    month = line.number(j, Sort.MONTH)
    of_date = any(line.value(k, Sort.DATE) for k in range(i, j))
    j = line.skip(j + 1, Sort.THE) if month is not None else j
    numbers, end, ands, ordinals = _numbers(line, j)
    if len(numbers) < 2 or not (ands or (len(numbers) >= ENOUGH and month is None)):
        return None
    if month is None:
        k = line.skip(end, Sort.OF, Sort.THE)
        k = k + 1 if line.lower(k) in {"bulan", "bln"} else k
        month = line.number(k, Sort.MONTH)
        end = end if month is None else k + 1
    if month is None and not (of_date or ordinals == len(numbers)):
        return None
    days = [month_day(line, n) if month is None else dated(line, n, month, None) for n in numbers]
    first, *others = days
    found = first._replace(others=tuple(day.first for day in others), assumed=(*first.assumed, "either"))
    return found._replace(how=How.WRITTEN), end, "either-day"


def _numbers(line: Line, j: int) -> tuple[list[int], int, bool, int]:
    """Return the numbers listed at *j*, the place after them, whether an *and* joins any, and how many are ordinals."""
    numbers: list[int] = []
    end, ands, pending, ordinals = j, False, False, 0
    while len(numbers) < MOST_LISTED:
        nth = ordinal(line, j)
        number = nth or whole(line, j)
        if number is None or not 1 <= number[0] <= 31 or _is_time(line, number[1]):
            break
        numbers.append(number[0])
        ordinals += nth is not None
        end, ands = number[1], ands or pending
        j = end + 1 if line.lower(end) == "," else end
        pending = bool(line.value(j, Sort.AND))
        j = j + 1 if pending else j
        if j == end:
            break
        j = line.skip(j, Sort.THE, Sort.DATE)
    return numbers, end, ands, ordinals


def _is_time(line: Line, end: int) -> bool:
    """Say whether the number before *end* tells an hour or counts something: *12 pm*, *8.30*, *3 days*."""
    if line.value(end, Sort.CLOCK) and whole(line, end + 1) is not None:
        return False  # 5 dan 12 jam 8
    mark = line.lower(end) in {":", ".", "h", "/", "-"} and line.touches(end) and end + 1 < line.count
    return mark or any(line.value(end, sort) is not None for sort in NO_DAY)


def join_or(line: Line, left: Finding, right: Finding) -> Finding | None:
    """Keep both of two days or times left open: *Thursday or Friday*, *3 or 4 December*, *jam 4 atau jam 5*."""
    if right.start - left.end > MOST_BETWEEN:
        return None
    gap = [i for i in range(left.end, right.start) if not line.value(i, Sort.ON) and not line.value(i, Sort.THE)]
    if len(gap) != 1 or not line.value(gap[0], Sort.OR):
        return None
    one, two = left.value, right.value
    if isinstance(one, Bare) and isinstance(two, Day) and two.how is How.WRITTEN:
        try:
            first = two.first.replace(day=one.hour)
        except ValueError:
            return None
        either = two._replace(first=first, until=first + ONE, others=(two.first,), assumed=(*two.assumed, "either"))
        return joined(left, right, either, "either-day")
    if isinstance(one, Day) and isinstance(two, Day):
        return _either_day(left, right)
    first_clock, other = clock_of(left), clock_of(right)
    if first_clock is None or other is None or (isinstance(one, Bare) and isinstance(two, Bare)):
        return None
    first_clock, other = same_half(first_clock, other) if other.sure != first_clock.sure else (first_clock, other)
    return joined(left, right, first_clock._replace(either=(other.hour, other.minute)), "either-time")


def join_list(line: Line, left: Finding, right: Finding) -> Finding | None:
    """Keep the days of a list open, of which one meeting can have but one: *besok dan lusa*, *Senin, Rabu, Jumat*."""
    one, two = left.value, right.value
    if not (isinstance(one, Day) and isinstance(two, Day)) or one.first == two.first or {one.how, two.how} - LISTED:
        return None
    if line.value(left.start - 1, Sort.BETWEEN) or line.value(left.start - 1, Sort.EXCEPT):
        return None
    marks = range(left.end, right.start)
    ands = [i for i in marks if line.value(i, Sort.AND)]
    are_listed = 0 < len(marks) == len(ands) + sum(line.lower(i) in MARKS for i in marks)
    are_listed = are_listed or (left.end == right.start and one.how is two.how is How.WEEKDAY)  # Senin Rabu Jumat
    return _either_day(left, right) if are_listed and (ands or one.how is two.how) else None


def _either_day(left: Finding, right: Finding) -> Finding | None:
    one, two = left.value, right.value
    if not (isinstance(one, Day) and isinstance(two, Day)):
        return None
    others = (*one.others, two.first, *two.others)
    return joined(left, right, one._replace(others=others, assumed=(*one.assumed, "either")), "either-day")
