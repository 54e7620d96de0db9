"""Is it understood which standing rule is to be another, and nothing else taken for that?"""

from datetime import UTC, datetime

import pytest

from governor.domain.standing_rules import StandingRule
from governor.errors import NotUnderstood
from governor.understanding.read import Context, read
from governor.understanding.reading import Act
from governor.understanding.standing import rule_text

CONTEXT = Context(at=datetime(2026, 11, 24, 5, 0, tzinfo=UTC), zone="Asia/Jakarta", language="id")


@pytest.mark.parametrize(
    ("said", "rule", "text"),
    [
        ("pengingat 2 hari dan 1 jam", StandingRule.REMINDERS, "2d,1h"),
        ("Atur pengingat rapat jadi sehari, sejam dan 15 menit sebelumnya", StandingRule.REMINDERS, "1d,1h,15m"),
        ("pengingat seminggu sebelum rapat", StandingRule.REMINDERS, "7d"),
        ("reminders 2 days and 1 hour", StandingRule.REMINDERS, "2d,1h"),
        ("Change the reminders to one day before the meeting.", StandingRule.REMINDERS, "1d"),
        ("reminders: 3d,1h", StandingRule.REMINDERS, "3d,1h"),
        ("pengingat tidak ada", StandingRule.REMINDERS, "none"),
        ("reminders off", StandingRule.REMINDERS, "none"),
        ("jam tenang 22-06", StandingRule.QUIET_HOURS, "22:00-06:00"),
        ("ubah jam tenang jadi 21.30 sampai 05.15", StandingRule.QUIET_HOURS, "21:30-05:15"),
        ("quiet hours 10 pm to 7 am", StandingRule.QUIET_HOURS, "22:00-07:00"),
        ("jam tenang jam 9 malam sampai jam 5 pagi", StandingRule.QUIET_HOURS, "21:00-05:00"),
        ("jam tenang 22-24", StandingRule.QUIET_HOURS, "22:00-00:00"),
        ("quiet hours none", StandingRule.QUIET_HOURS, "none"),
        ("tenggang undangan 3 hari", StandingRule.NOTICE_DAYS, "3"),
        ("notice 7 days", StandingRule.NOTICE_DAYS, "7"),
        ("pengingat lewat email", StandingRule.REMIND_BY, "mail"),
        ("reminders by both", StandingRule.REMIND_BY, "both"),
    ],
)
def test_rule_is_read_whole(said: str, rule: StandingRule, text: str) -> None:
    (reading,) = read(said, CONTEXT)

    assert (reading.act, reading.get("rule"), reading.get("text")) == (Act.STANDING_RULE, rule, text)


@pytest.mark.parametrize("said", ["pengaturan", "lihat pengaturan", "settings", "show the settings"])
def test_rules_are_asked_for(said: str) -> None:
    (reading,) = read(said, CONTEXT)

    assert reading.act is Act.ASK_STANDING_RULES


@pytest.mark.parametrize(
    "said",
    [
        "pengingat: besok bawa kas 2 juta",
        "reminder that dues are late",
        "jam tenang di desa itu enak",
        "quiet hours 22-06?",
        "reminders 40 days",
        "jam tenang 25-06",
        "notice 99 days",
        "pengaturan kursi sudah beres",
    ],
)
def test_what_is_no_rule_is_not_taken_for_one(said: str) -> None:
    try:
        readings = read(said, CONTEXT)
    except NotUnderstood:
        return
    assert not {reading.act for reading in readings} & {Act.STANDING_RULE, Act.ASK_STANDING_RULES}


@pytest.mark.parametrize("rule", StandingRule)
def test_words_that_say_nothing_are_no_rule(rule: StandingRule) -> None:
    assert rule_text(rule, "sesukamu saja") is None


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (StandingRule.REMINDERS, "3d,1d,1h"),
        (StandingRule.QUIET_HOURS, "21:00-06:00"),
        (StandingRule.REMIND_BY, "chat"),
        (StandingRule.NOTICE_DAYS, "0"),
    ],
)
def test_what_the_operator_writes_stays_as_it_is(rule: StandingRule, text: str) -> None:
    assert rule_text(rule, text) == text
