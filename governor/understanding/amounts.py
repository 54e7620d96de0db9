"""Which amount of money is said here?"""

from decimal import Decimal
from typing import NamedTuple

from governor.understanding.findings import Line
from governor.understanding.lexicon import Sort
from governor.understanding.numbers import figures, is_digits, whole

MOST = 10**15
MOST_SEARCHED = 300  # words of a long text in which an amount is looked for
MOST_GROUPS = 12  # marks and figures of thousands
RUPIAH = "IDR"
MILLION = 1_000_000  # one word that says as much can only count money: sejuta
BELOW_YEARS = 1000  # 1 M is a milliard, 2026 M a year
TO = frozenset({"-", "~"})
Amount = int | Decimal


class Money(NamedTuple):
    """What is said of money: the amount, both where a range is said; the currency (ISO 4217); the terms it covers."""

    amounts: tuple[Amount, ...]
    currency: str
    start: int
    end: int


class _Number(NamedTuple):
    """A number as said, the place after it, and whether a word like *juta* scales it, by how much."""

    value: float
    end: int
    scale: int


def read_amount(line: Line, i: int) -> Money | None:
    """Return the amount at *i*: *Rp 10 juta*, *10jt*, *Rp10.000.000*, *$500*, *satu setengah juta*, *Rp 10-12 juta*."""
    first, start = _one(line, i), i
    if first is None:
        return None
    number, currency = first
    j = number.end
    between = line.value(start - 1, Sort.BETWEEN) is not None
    if not (line.lower(j) in TO or line.value(j, Sort.UNTIL) or line.value(j, Sort.OR) or (between and _and(line, j))):
        return _money([number], currency, start)
    second = _one(line, j + 1)
    if second is None:
        return _money([number], currency, start)
    other, its_currency = second
    currency = currency or its_currency
    if number.scale == 1 and other.scale > 1 and not number.value * other.scale > other.value:
        number = number._replace(value=number.value * other.scale, scale=other.scale)
    return _money([number, other], currency, start)


def _and(line: Line, j: int) -> bool:
    return line.value(j, Sort.AND) is not None


def _money(numbers: list[_Number], currency: str | None, start: int) -> Money | None:
    said = any(number.scale > 1 for number in numbers)
    if not (currency or said) or not all(0 < number.value <= MOST for number in numbers):
        return None
    amounts = tuple(_exact(number.value) for number in numbers)
    if currency in {None, RUPIAH} and not all(isinstance(amount, int) for amount in amounts):
        return None
    return Money(amounts, currency or RUPIAH, start, numbers[-1].end)


def _exact(value: float) -> Amount:
    return int(value) if value == int(value) else Decimal(str(round(value, 2)))


def _one(line: Line, i: int) -> tuple[_Number, str | None] | None:
    """Return one number with the name of its money, before or behind it."""
    currency = line.name(i, Sort.MONEY)
    j = i
    if currency is not None:
        j = i + 2 if line.lower(i + 1) == "." else i + 1
        j = j + 1 if line.name(j, Sort.MONEY) else j  # US$
    number = _number(line, j, is_money=currency is not None)
    if number is None:
        return None
    end = number.end
    behind = line.name(end, Sort.MONEY) if line.lower(end + 1) != "of" else None  # two pounds of rice
    if currency is None and behind is not None:
        currency, end = behind, end + 1
    end = end + 2 if line.lower(end) == "," and line.lower(end + 1) in {"-", "00"} and line.touches(end + 1) else end
    return number._replace(end=end), currency


def _number(line: Line, i: int, *, is_money: bool) -> _Number | None:
    """Return a number with its thousands, decimals and halves, and what a word like *juta* behind it makes of it."""
    if line.value(i, Sort.HALF):  # setengah juta, half a million
        return _scaled(line, i + 1, 0.5, is_money=is_money)
    if is_digits(line, i):
        value, j = _figures(line, i)
    else:
        number = whole(line, i)
        if number is None:
            return None
        value, j = number
        if value >= MILLION or (value >= BELOW_YEARS and j > i + 1):
            return _Number(value, j, value)
    if half := _half(line, j):
        return _scaled(line, half, value + 0.5, is_money=is_money)
    return _scaled(line, j, value, is_money=is_money) or _Number(value, j, 1)


def _half(line: Line, j: int) -> int | None:
    """Return the place after the half of *satu setengah juta*, *one and a half million*."""
    j = j + 1 if line.value(j, Sort.AND) else j
    j = j + 1 if line.value(j, Sort.ARTICLE) else j
    return j + 1 if line.value(j, Sort.HALF) else None


def _scaled(line: Line, j: int, value: float, *, is_money: bool) -> _Number | None:
    j = j + 1 if line.value(j, Sort.ARTICLE) else j
    scale = line.number(j, Sort.SCALE)
    if scale is None:
        return None
    letter = len(line.lower(j)) == 1 and not line.touches(j)
    if letter and not (value < BELOW_YEARS and (is_money or line.terms[j].text.isupper())):
        return None
    return _Number(round(value * scale, 2), j + 1, scale)


def _figures(line: Line, i: int) -> tuple[float, int]:
    """Return a number in figures, with its thousands and decimals, and the place after it."""
    value: float = figures(line, i) or 0
    j, mark = i + 1, line.lower(i + 1)
    if mark not in {".", ","}:
        return value, j
    last = j + MOST_GROUPS
    while j < last and line.lower(j) == mark and _joins_figures(line, j, 3):
        value, j = value * 1000 + (figures(line, j + 1) or 0), j + 2
    if line.lower(j) in {".", ","} and (_joins_figures(line, j, 1) or _joins_figures(line, j, 2)):
        value, j = value + (figures(line, j + 1) or 0) / 10 ** len(line.terms[j + 1].text), j + 2
    return value, j


def _joins_figures(line: Line, j: int, length: int) -> bool:
    """Say whether the mark at *j* joins the figures before it to so many behind it."""
    joined = line.touches(j) and line.touches(j + 1) and is_digits(line, j + 1)
    return joined and len(line.terms[j + 1].text) == length


def first_amount(line: Line) -> tuple[Money, tuple[int, int]] | None:
    """Return the first amount of money in the line, and the characters that say it."""
    i = 0
    while i < min(line.count, MOST_SEARCHED):
        found = read_amount(line, i) if is_digits(line, i) or line.terms[i].words else None
        if found is not None:
            return found, (line.terms[i].start, line.terms[found.end - 1].end)
        number = whole(line, i)
        i = number[1] if number else i + 1
    return None
