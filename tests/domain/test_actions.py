"""Is what is to be done recorded, done once, and overdue when its day is over?"""

from dataclasses import replace
from datetime import date

import pytest

from governor.domain.actions import Action, finish, record_action
from governor.domain.events import ActionDone, subject_of
from governor.domain.sources import Source
from governor.errors import OutOfOrder
from tests.domain.meetings import NOON, SARI

ACTION = Action(number="2026-001", text="memesan kursi", owner=SARI, due=date(2026, 12, 1), meeting="2026-002", at=NOON)


def test_recorded_action_says_who_does_it_by_when() -> None:
    event = record_action(number="2026-001", text="memesan kursi", owner=SARI, due=ACTION.due, meeting="2026-002")
    assert subject_of(event) == "action/2026-001"
    assert (event.text, event.owner, event.due, event.meeting) == ("memesan kursi", SARI, ACTION.due, "2026-002")


@pytest.mark.parametrize(("text", "key"), [("", "action-empty"), ("x" * 4001, "action-too-long")])
def test_action_without_words_or_with_too_many_is_refused(text: str, key: str) -> None:
    with pytest.raises(OutOfOrder) as told:
        record_action(number="2026-001", text=text, owner=None, due=None, meeting=None)
    assert told.value.key == key


def test_action_is_done_once() -> None:
    assert finish(ACTION) == ActionDone(number="2026-001")
    with pytest.raises(OutOfOrder, match="action-already-done"):
        finish(replace(ACTION, done_at=NOON))


def test_action_is_overdue_after_its_day_until_it_is_done() -> None:
    assert not ACTION.is_overdue(today=date(2026, 12, 1))
    assert ACTION.is_overdue(today=date(2026, 12, 2))
    assert not replace(ACTION, due=None).is_overdue(today=date(2027, 1, 1))
    assert not replace(ACTION, done_at=NOON).is_overdue(today=date(2026, 12, 2))


def test_source_is_read_back_as_it_was_written() -> None:
    source = Source(link="https://discord.com/channels/1/2/3", author='B "Ü"', account="4", at=NOON)
    assert Source.read(source.written()) == source
