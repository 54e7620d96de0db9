"""What the operator reads in the log: a line for each thing that goes wrong, whatever a stranger sent."""

import logging
from collections.abc import Iterator

import pytest

from governor import logbook


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    yield
    logbook.end()


def test_log_tells_what_happened_and_to_what(capsys: pytest.CaptureFixture[str]) -> None:
    logbook.begin("WARNING")

    logging.getLogger("integrations.mail").warning("mail is not taken now", extra={"reason": "x", "count": 2})

    moment, level, told = capsys.readouterr().err.split(" ", 2)
    assert moment.endswith("+00:00")
    assert (level, told) == ("[WARNING]", "mail is not taken now reason='x' count=2\n")


def test_line_break_in_a_value_begins_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    logbook.begin("INFO")

    logging.getLogger("governor.running").info("heard", extra={"reason": "one\n2026 [ERROR] forged"})

    assert capsys.readouterr().err.endswith("heard reason='one\\n2026 [ERROR] forged'\n")


def test_what_is_less_than_the_chosen_level_is_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    logbook.begin("ERROR")

    logging.getLogger("governor").warning("nothing bad")

    assert capsys.readouterr().err == ""


def test_bug_is_told_with_its_trace(capsys: pytest.CaptureFixture[str]) -> None:
    logbook.begin("WARNING")

    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        logging.getLogger("governor").exception("a bug", extra={"call": "7"})

    told = capsys.readouterr().err
    assert "[ERROR] a bug call='7'\nTraceback" in told
    assert told.endswith("ZeroDivisionError\n")
