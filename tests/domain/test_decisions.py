from datetime import date

import pytest

from governor.domain.decisions import check_due, next_number, record_decision
from governor.domain.events import subject_of
from governor.errors import OutOfOrder
from tests.domain.meetings import SARI


def test_recorded_decision_says_who_follows_it_up_and_by_when() -> None:
    event = record_decision(
        number="2026-001", text="membeli kursi", owner=SARI, due=date(2026, 12, 1), meeting="2026-002"
    )
    assert subject_of(event) == "decision/2026-001"
    assert (event.text, event.owner, event.due, event.meeting) == (
        *("membeli kursi", SARI),
        *(date(2026, 12, 1), "2026-002"),
    )


@pytest.mark.parametrize(
    ("text", "key"), [("", "decision-empty"), ("\t ", "decision-empty"), ("x" * 4001, "decision-too-long")]
)
def test_decision_without_words_or_with_too_many_is_refused(text: str, key: str) -> None:
    with pytest.raises(OutOfOrder) as told:
        record_decision(number="2026-001", text=text, owner=None, due=None, meeting=None)
    assert told.value.key == key


@pytest.mark.parametrize(("taken", "number"), [(0, "2026-001"), (8, "2026-009"), (998, "2026-999"), (999, "2026-1000")])
def test_next_number_follows_those_taken(taken: int, number: str) -> None:
    assert next_number(2026, taken) == number


def test_day_before_today_is_no_day_to_be_done_by() -> None:
    check_due(None, today=date(2026, 12, 1))
    check_due(date(2026, 12, 1), today=date(2026, 12, 1))
    with pytest.raises(OutOfOrder, match="due-in-past"):
        check_due(date(2026, 11, 30), today=date(2026, 12, 1))
