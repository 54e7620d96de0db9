"""What an organisation says of reminders and notice: what it may say, and what it may not."""

from datetime import time, timedelta

import pytest

from governor.domain.standing_rules import StandingRule, days, hours, lengths, standing_rules


def test_what_is_not_said_is_as_it_is_by_itself() -> None:
    """No text leaves every rule alone; one text changes its own and no other."""
    plain = standing_rules({})
    said = standing_rules({StandingRule.REMINDERS: "1h"})
    assert said.before == (timedelta(hours=1),)
    assert (said.by, said.quiet, said.notice) == (plain.by, plain.quiet, plain.notice)


def test_the_longest_comes_first_and_none_is_none() -> None:
    """The order that they are said in does not matter, nor does one said twice."""
    assert lengths("1h, 3d,1d,1h") == (timedelta(days=3), timedelta(days=1), timedelta(hours=1))
    assert lengths(" None ") == ()


@pytest.mark.parametrize("text", ["", ",", "soon", "3d,soon", "45000m"])
def test_reminders_are_lengths(text: str) -> None:
    """Words and nothing at all are refused."""
    with pytest.raises(ValueError, match="lengths such as"):
        lengths(text)


@pytest.mark.parametrize("text", ["0m", "32d", "1h,745h"])
def test_no_length_that_nobody_can_be_reminded_by(text: str) -> None:
    """The moment itself and more than 31 days before it are refused."""
    with pytest.raises(ValueError, match="between a minute and 31 days"):
        lengths(text)


def test_quiet_hours_are_two_times_of_the_day() -> None:
    """``none`` is none at all; one time alone is refused."""
    assert hours("21:00-06:00") == (time(21), time(6))
    assert hours("none") is None
    with pytest.raises(ValueError, match="unpack"):
        hours("21:00")


@pytest.mark.parametrize("text", ["-1", "61"])
def test_notice_is_a_number_of_days_that_people_can_plan_by(text: str) -> None:
    """Days before the call and more than two months are refused; the bounds themselves are not."""
    assert (days("0"), days("60")) == (0, 60)
    with pytest.raises(ValueError, match="from 0 to 60"):
        days(text)
