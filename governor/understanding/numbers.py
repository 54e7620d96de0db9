"""Which number is said here?"""

from governor.understanding.findings import Line
from governor.understanding.lexicon import Sort
from governor.understanding.tokens import Shape

MOST_WORDS = 14  # in one number


def is_digits(line: Line, i: int) -> bool:
    """Say whether term *i* is a number in figures."""
    return 0 <= i < line.count and line.terms[i].shape is Shape.NUMBER


def figures(line: Line, i: int) -> int | None:
    """Return the number that term *i* writes in figures."""
    return line.terms[i].number if 0 <= i < line.count else None


def whole(line: Line, i: int) -> tuple[int, int] | None:
    """Return the whole number at *i*, in figures or words, and the place after it."""
    value = figures(line, i)
    if value is not None:
        return value, i + 1
    value = line.number(i, Sort.NUMBER)
    if value is None:
        return None
    return _words(line, i, value)


def _words(line: Line, i: int, first: int) -> tuple[int, int]:
    """Return a number in words: *dua puluh lima*, *twenty five*, *two thousand and seventeen*."""
    total, group = 0, first
    last = min(i + MOST_WORDS, line.count)
    i += 1
    while i < last:
        j = i + 1 if line.value(i, Sort.AND) and group % 100 == 0 and line.value(i + 1, Sort.NUMBER) is not None else i
        if (unit := line.number(i, Sort.TEEN)) is not None:
            group += unit
        elif (ten := line.number(i, Sort.TEN)) is not None:
            group = group - group % 10 + group % 10 * ten
        elif (scale := line.number(i, Sort.SCALE)) is not None and group:
            if scale == 100:
                group *= 100
            else:
                total, group = total + group * scale, 0
        elif (more := line.number(j, Sort.NUMBER)) is not None and _fits(group, more):
            group, i = group + more, j
        elif _is_hyphen(line, i) and (more := line.number(i + 1, Sort.NUMBER)) is not None and _fits(group, more):
            group, i = group + more, i + 1
        else:
            break
        i += 1
    return total + group, i


def _is_hyphen(line: Line, i: int) -> bool:
    return line.lower(i) == "-" and line.touches(i) and line.touches(i + 1)


def _fits(group: int, more: int) -> bool:
    """Say whether *more* completes *group*: 20 and 5, 100 and 30; not 3 and 20, not 7 and 30."""
    if group == 0:
        return True
    if group % 100 == 0:
        return more < 100
    return group % 10 == 0 and group % 100 >= 20 and 0 < more < 10


def ordinal(line: Line, i: int) -> tuple[int, int] | None:
    """Return the ordinal at *i* and the place after it: *kedua*, *ke-2*, *2nd*, *twenty first*; -1 is the last."""
    value = figures(line, i)
    if value is not None:
        if line.touches(i + 1) and line.lower(i + 1) in {"st", "nd", "rd", "th"}:
            return value, i + 2
        return None
    value = line.number(i, Sort.ORDINAL)
    if value == 0:  # ke-2, ke 2
        j = i + 2 if line.lower(i + 1) == "-" else i + 1
        nth = figures(line, j)
        return None if nth is None or not (j == i + 2 or line.touches(j)) else (nth, j + 1)
    if value is not None:
        return value, i + 1
    ten = line.number(i, Sort.NUMBER)
    if ten in {20, 30}:
        j = i + 2 if line.lower(i + 1) == "-" else i + 1
        unit = line.number(j, Sort.ORDINAL)
        if unit is not None and 0 < unit < 10:
            return ten + unit, j + 1
    return None
