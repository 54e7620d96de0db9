"""Which amount of money is said here?"""

from governor.understanding.findings import Line
from governor.understanding.lexicon import Sort
from governor.understanding.numbers import figures, is_digits, whole

MOST = 10**15
MOST_SEARCHED = 300  # words of a long text in which an amount is looked for
MOST_GROUPS = 12  # marks and figures of thousands


def read_amount(line: Line, i: int) -> tuple[int, int] | None:
    """Return the amount at *i* and the place after it: *Rp 10 juta*, *10jt*, *Rp10.000.000*, *10 million rupiah*."""
    j = i
    money = bool(line.value(j, Sort.MONEY))
    if money:
        j += 1
        j = j + 1 if line.lower(j) == "." else j
    number = _number(line, j)
    if number is None:
        return None
    value, j, scaled = number
    if line.value(j, Sort.MONEY):
        money, j = True, j + 1
    if not (money or scaled) or value != int(value) or not 0 < value <= MOST:
        return None
    j = j + 2 if line.lower(j) == "," and line.lower(j + 1) in {"-", "00"} and line.touches(j + 1) else j
    return int(value), j


def _number(line: Line, i: int) -> tuple[float, int, bool] | None:
    """Return a number with its thousands and decimals, the place after it, and whether a word like *juta* followed."""
    if not is_digits(line, i):
        number = whole(line, i)
        return None if number is None else (number[0], number[1], number[0] >= 1000 and number[1] > i + 1)
    value: float = figures(line, i) or 0
    j = i + 1
    mark = line.lower(j)
    if mark in {".", ","}:
        first = j
        while (
            j < first + MOST_GROUPS
            and line.lower(j) == mark
            and line.touches(j)
            and line.touches(j + 1)
            and is_digits(line, j + 1)
            and len(line.terms[j + 1].text) == 3
        ):
            value = value * 1000 + (figures(line, j + 1) or 0)
            j += 2
        if (
            line.lower(j) in {".", ","}
            and line.touches(j)
            and line.touches(j + 1)
            and is_digits(line, j + 1)
            and len(line.terms[j + 1].text) < 3
        ):
            value += (figures(line, j + 1) or 0) / 10 ** len(line.terms[j + 1].text)
            j += 2
    scale = line.number(j, Sort.SCALE)
    if scale is None or (len(line.lower(j)) == 1 and not line.touches(j)):
        return value, j, False
    return round(value * scale, 2), j + 1, True


def first_amount(line: Line) -> tuple[int, tuple[int, int]] | None:
    """Return the first amount of money in the line, and the characters that say it."""
    i = 0
    while i < min(line.count, MOST_SEARCHED):
        found = read_amount(line, i) if is_digits(line, i) or line.terms[i].words else None
        if found is not None:
            return found[0], (line.terms[i].start, line.terms[found[1] - 1].end)
        number = whole(line, i)
        i = number[1] if number else i + 1
    return None
