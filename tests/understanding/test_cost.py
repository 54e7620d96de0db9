"""What reading costs: it grows with the length of the text, not faster."""

import re
import sys
from types import CodeType, FrameType

import pytest

from governor.errors import NotUnderstood
from governor.understanding import acts, people, slots, titles, tokens
from governor.understanding.read import read
from tests.understanding.people import MEETING

HOSTILE = [
    "9", " 9", "1 ", "1/", "1-", "1.", "1:", "12:30 ", "5 5 ", "Senin ", "senin, ", "monday and ", "tiap ", "every ",
    "setengah ",
    "jam ", "dua puluh ", "twenty ", "two hundred and ", "[[", "((", "(]", "@", "@a ", "@a.", "a@", "a.b@c.",
    "http://", "rapat ",
    "di ", "dengan ", "dengan Budi dan ", "sampai ", "to ", "from 1 to ", "the ", "of ", "pertama dan ", "kecuali ",
    "5 Desember ",
    "minggu ", "1 jam ", "one hour and ", "Rp ", "juta ", "a", "a ", "Aa ", "penanggung jawab ", "hadir ", "\n",
    "rapat\n", "'", "- ", "a'",
]  # fmt: skip


def work(text: str) -> int:
    """Return how many lines of our code run while *text* is read."""
    count = 0

    def local(frame: FrameType, event: str, _: object) -> object:
        nonlocal count
        count += event == "line"
        return local

    def tracer(frame: FrameType, event: str, _: object) -> object:
        code: CodeType = frame.f_code
        return local if "governor" in code.co_filename else None

    before = sys.gettrace()
    sys.settrace(tracer)  # type: ignore[arg-type]  # the stubs ask for a narrower recursive type
    try:
        read(text, MEETING)
    except NotUnderstood:
        pass
    finally:
        sys.settrace(before)  # coverage traces too
    return count


@pytest.mark.parametrize("piece", HOSTILE)
def test_cost_is_linear_in_length(piece: str) -> None:
    short = ("rapat besok jam 8 " + piece * 2000)[:500]
    long = ("rapat besok jam 8 " + piece * 4000)[:1000]
    work(short)
    assert work(long) < 2.6 * work(short) + 2000


BACKTRACKS = re.compile(r"[+*}]\)[+*{]")
HARMLESS = ("(?:'[^\\W\\d_]+)*", "(?:\\.[\\w-]+)*")  # each turn begins with a sign that the one before cannot hold


def test_no_expression_can_backtrack() -> None:
    for module in (acts, people, slots, titles, tokens):
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                pattern = value.pattern
                for part in HARMLESS:
                    pattern = pattern.replace(part, "")
                assert not BACKTRACKS.search(pattern), name
