"""An organisation chooses when its people are reminded and left alone; another stays as the operator chose."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import time, timedelta
from pathlib import Path

import pytest

from governor.domain.standing_rules import StandingRule
from governor.ports import Say
from governor.services.reminders import remind
from governor.store.organisations import organisation_of
from governor.store.outbox import State
from governor.wording.catalogue import say
from tests.delivery.mailing import Mailing, mailing

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def halls(tmp_path: Path) -> Iterator[tuple[Mailing, Mailing]]:
    """Two organisations under one operator's settings."""
    with ExitStack() as stack:
        yield stack.enter_context(mailing(tmp_path / "one")), stack.enter_context(mailing(tmp_path / "other"))


def reminded(post: Mailing) -> list[timedelta]:
    """Return how long before its start people are reminded of a meeting in nine days, looking every ten minutes."""
    member = post.enrol("Budi")
    post.hall.call("2026-001", [member])
    start = post.hall.meeting("2026-001").dtstart
    found = []
    while post.now < start:
        house = post.hall.house
        with post.hall.record.database.read() as connection:
            organisation = organisation_of(connection)
        assert organisation is not None
        if remind(post.hall.record, house.standing_rules().reminding(organisation.zone), post.now):
            found.append(start - post.now)
        post.deliver()
        post.now += timedelta(minutes=10)
    return found


def test_reminders_of_one_organisation_leave_those_of_another_alone(halls: tuple[Mailing, Mailing]) -> None:
    one, other = halls

    reply = one.ask(Say(text="pengingat 2 hari dan 1 jam"))

    assert not reply.refused
    assert reminded(one) == [2 * DAY, HOUR]
    assert reminded(other) == [3 * DAY, DAY, HOUR]


def test_rules_are_shown_changed_by_buttons_and_kept_for_good(halls: tuple[Mailing, Mailing]) -> None:
    post, other = halls
    post.ask(Say(text="22-05", answering="standing:quiet_hours"))
    post.ask(Say(text="tenggang undangan 3 hari"))
    post.ask(
        Say(
            text="reminders by mail",
        ),
        language="en",
    )

    (card,) = post.ask(Say(text="pengaturan")).cards

    rows = {say(row.label, "id"): say(row.value, "id") for row in card.rows}
    assert rows["Jam tenang"] == "22:00\u201305:00"
    assert rows["Tenggang undangan"] == "3 hari"
    rules, others = post.hall.house.standing_rules(), other.hall.house.standing_rules()
    assert (rules.quiet, rules.notice, rules.by.value) == ((time(22), time(5)), 3, "mail")
    assert (others.quiet, others.notice, others.by.value) == ((time(21), time(6)), 0, "chat")
    assert {button.token for button in card.buttons} == {f"standing:{rule.value}" for rule in StandingRule}
    assert post.hall.is_sound()


def test_words_that_say_no_rule_change_nothing(halls: tuple[Mailing, Mailing]) -> None:
    post, _ = halls

    reply = post.ask(Say(text="terserah", answering="standing:reminders"))

    assert reply.refused
    assert post.hall.house.standing_rules().before == (3 * DAY, DAY, HOUR)


def test_member_without_an_office_cannot_change_them(halls: tuple[Mailing, Mailing]) -> None:
    post, _ = halls
    post.enrol("Budi")

    reply = post.ask(Say(text="pengingat 2 hari dan 1 jam"), account="budi")

    assert reply.refused
    assert State.QUEUED not in {one.state for one in post.hall.all()}
    assert post.hall.house.standing_rules().before == (3 * DAY, DAY, HOUR)
