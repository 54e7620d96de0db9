"""What reading costs: it grows with the length of the text, not faster."""

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from types import CodeType, FrameType

import pytest

import governor.understanding
from governor.errors import NotUnderstood
from governor.understanding.read import LIMIT, read
from tests.understanding.expressions import ambiguities
from tests.understanding.people import MEETING

PIECES = (
    "9", " 9", "1 ", "1/", "1-", "1.", "1:", "12:30 ", "8.30 ", "5 5 ", "Senin ", "senin, ", "monday and ", "tiap ",
    "every ", "setengah ", "quarter past ", "jam ", "dua puluh ", "twenty ", "two hundred and ", "[[", "[{", "((",
    "(]", "@", "@a ", "@a.", "a@", "a.b@c.", "http://", "rapat ", "rapat, ", "dan rapat ", "di ", "dengan ",
    "dengan Budi dan ", "undang Budi dan Sari, ", "sampai ", "to ", "from 1 to ", "the ", "of ", "pertama dan ",
    "kecuali ", "5 Desember ", "minggu ", "1 jam ", "one hour and ", "Rp ", "juta ", "a", "a ", "Aa ",
    "penanggung jawab ", "hadir ", "\n", "rapat\n", "'", "- ", "-", "a'", "🎉", "/", "+", "&", "?",
    "bukan Senin tapi ", "tanggal 5, 12, ", "14.00 WIB/", "tutup jam 1 ", "waktu Kairo ", "0800 ", "kecuali Senin ",
    "5 weekly ",
)  # fmt: skip
REQUESTS = (
    "rapat besok jam 8 malam. ", "rapat Senin jam 8, ", "rapat Senin jam 8\n", "rapat RT besok jam 8 malam, ",
    "besok jam 8 dan lusa jam 9 dan ", "besok jam 8 atau lusa jam 9, ", "tiap Senin dan Rabu jam 8, ", "saya hadir. ",
    "meeting tomorrow 3pm. ", "move the meeting to 8pm and ", "no meeting on Monday. ", "batalkan rapat M-3. ",
    "putusan: x; ", "catat: iuran naik. ", "tugas @sari: buat laporan. ", "tambahkan iuran ke agenda. ",
    "meeting every Monday except 17 August and ", "kapan rapat? ",
)  # fmt: skip
MOST = 8  # times what plain words of the same length cost
PLAIN = "kemarin hujan deras sekali di kampung kami "


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


TEXTS = [*(f"rapat besok jam 8 {piece * LIMIT}" for piece in PIECES), *(one * LIMIT for one in REQUESTS)]


@pytest.mark.parametrize("text", TEXTS, ids=[*PIECES, *REQUESTS])
def test_cost_is_linear_and_bounded_up_to_the_longest_text(text: str) -> None:
    half, whole = text[: LIMIT // 2], text[:LIMIT]
    work(whole[:40])  # tables are loaded when they are first asked
    cost = work(whole)
    assert cost < 2.1 * work(half) + 2000
    assert cost < MOST * work((PLAIN * LIMIT)[:LIMIT])


def modules() -> Iterator[str]:
    package = governor.understanding
    return (module.name for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."))


def expressions() -> Iterator[tuple[str, str]]:
    for module in modules():
        for name, value in vars(importlib.import_module(module)).items():
            for found in value if isinstance(value, tuple) else (value,):
                for one in found if isinstance(found, tuple) else (found,):
                    if isinstance(one, re.Pattern):
                        yield f"{module}.{name}", one.pattern


def test_expressions_of_every_module_are_looked_at() -> None:
    assert {name.rpartition(".")[2] for name, _ in expressions()} >= {"PIECE", "MENTION", "AS_MEMBER", "_WORDS"}


@pytest.mark.parametrize(("name", "pattern"), sorted(set(expressions())))
def test_no_expression_can_backtrack(name: str, pattern: str) -> None:
    assert list(ambiguities(pattern)) == []


@pytest.mark.parametrize("pattern", [r"(\d+)+x", r"\w+\d*", r"(?:a|\s+)*\s", r"(?:,?\w+)*", r".*x"])
def test_expression_that_can_backtrack_would_be_found(pattern: str) -> None:
    assert list(ambiguities(pattern)) != []
