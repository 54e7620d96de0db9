from datetime import date

import pytest

from governor.domain.decisions import next_number, record_decision
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
