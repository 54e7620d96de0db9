"""Which standing rules does an organisation have, beside those by which it decides? (RONR (12th ed.) §2:23)

Each is kept as the text that the operator would write for it; what stands in the operator's settings holds until the
organisation adopts another.
"""

import re
from collections.abc import Mapping
from datetime import time, timedelta
from enum import StrEnum
from typing import ClassVar, Final

from governor.domain.reminders import By, Quiet, Reminding
from governor.values import dataclass

NONE: Final = "none"
"""What is written for no reminders, and for no quiet hours."""

MOST_NOTICE: Final = 60
"""How many clear days of notice there may be."""

_LENGTH: Final = re.compile(r"(\d{1,4})([dhm])")
_UNITS: Final = {"d": "days", "h": "hours", "m": "minutes"}
_LONGEST: Final = timedelta(days=31)


class StandingRule(StrEnum):
    """What can be ruled. A recorded name: add, never rename."""

    REMINDERS = "reminders"
    REMIND_BY = "remind_by"
    QUIET_HOURS = "quiet_hours"
    NOTICE_DAYS = "notice_days"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingRuleAdopted:
    """The standing ``rule`` is ``value`` from now on, as the operator would write it."""

    type: ClassVar[str] = "standing_rule.adopted"
    about: ClassVar[str] = "organisation"
    rule: StandingRule
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingRules:
    """How long ``before`` a meeting people are reminded, ``by`` what, and in which hours not (naive; ``None``: always).

    ``notice`` are the clear days that lie between the day of a call and that of its meeting, where a time is looked
    for.
    """

    before: tuple[timedelta, ...] = (timedelta(days=3), timedelta(days=1), timedelta(hours=1))
    by: By = By.CHAT
    quiet: tuple[time, time] | None = (time(21), time(6))
    notice: int = 0

    def reminding(self, zone: str) -> Reminding:
        """Return when people are reminded, where the organisation's clocks are those of the IANA *zone*."""
        hours = self.quiet
        quiet = None if hours is None else Quiet(since=hours[0], until=hours[1], zone=zone)
        return Reminding(before=self.before, quiet=quiet, by=self.by)


def standing_rules(texts: Mapping[StandingRule, str]) -> StandingRules:
    """Return the rules that *texts* say; what they leave out is as it is by itself.

    Raises:
        ValueError: a text says nothing of the kind.
    """
    plain = StandingRules()
    before, by, quiet, notice = (texts.get(rule) for rule in StandingRule)
    return StandingRules(
        before=plain.before if before is None else lengths(before),
        by=plain.by if by is None else By(by),
        quiet=plain.quiet if quiet is None else hours(quiet),
        notice=plain.notice if notice is None else days(notice),
    )


def lengths(text: str) -> tuple[timedelta, ...]:
    """Return the lengths that ``3d,1d,1h`` names, the longest first; none for ``NONE``.

    Raises:
        ValueError: it names none, or one that is not between a minute and 31 days.
    """
    if text.strip().lower() == NONE:
        return ()
    found = [_LENGTH.fullmatch(part.strip()) for part in text.split(",") if part.strip()]
    if not found or not all(found):
        raise ValueError("lengths such as 3d,1d,1h")
    named = {timedelta(**{_UNITS[one[2]]: int(one[1])}) for one in found if one}
    if any(not timedelta() < length <= _LONGEST for length in named):
        raise ValueError("between a minute and 31 days")
    return tuple(sorted(named, reverse=True))


def hours(text: str) -> tuple[time, time] | None:
    """Return since when until when ``21:00-06:00`` is; ``None`` for ``NONE``.

    Raises:
        ValueError: it names no two times of the day.
    """
    if text.strip().lower() == NONE:
        return None
    since, until = (time.fromisoformat(part.strip()) for part in text.split("-"))
    return since, until


def days(text: str) -> int:
    """Return how many days *text* names.

    Raises:
        ValueError: it names no number from 0 to ``MOST_NOTICE``.
    """
    if not 0 <= int(text) <= MOST_NOTICE:
        raise ValueError(f"from 0 to {MOST_NOTICE}")
    return int(text)
