"""What may be done with a poll on a date?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from governor.domain.date_polls import DatePoll, best, close, mark, open_poll
from governor.domain.events import DatePollClosed, DatePollMarked
from governor.domain.members import MemberId
from governor.errors import OutOfOrder
from tests.domain.meetings import BUDI, NOON, PLAN, RATNA

DAY = timedelta(days=1)
SLOTS = tuple(NOON + day * DAY for day in (1, 2, 3))
POLL = DatePoll(
    number="2026-001",
    summary="Rapat",
    duration=timedelta(hours=1),
    zone="Asia/Jakarta",
    location=None,
    agenda=None,
    conference=None,
    slots=SLOTS,
    invited=(RATNA, BUDI),
)


def marked(*marks: tuple[MemberId, int]) -> DatePoll:
    return replace(POLL, marks=frozenset(marks))


def test_poll_asks_everybody_once() -> None:
    event = open_poll(replace(PLAN, invited=(RATNA, BUDI, RATNA)), SLOTS, number="2026-001")
    assert (event.number, event.slots, event.invited) == ("2026-001", SLOTS, (RATNA, BUDI))


@pytest.mark.parametrize(
    ("plan", "slots", "key"),
    [
        (PLAN, (), "date-poll-no-time"),
        (replace(PLAN, summary=" "), SLOTS, "summary-empty"),
        (replace(PLAN, duration=timedelta()), SLOTS, "meeting-too-long"),
        (replace(PLAN, duration=8 * DAY), SLOTS, "meeting-too-long"),
    ],
)
def test_poll_that_cannot_lead_to_a_meeting_is_refused(plan, slots, key: str) -> None:  # noqa: ANN001
    with pytest.raises(OutOfOrder, match=key):
        open_poll(plan, slots, number="2026-001")


def test_mark_is_made_and_taken_back() -> None:
    assert mark(POLL, 1, by=BUDI) == DatePollMarked(number="2026-001", member=BUDI, slot=1, suits=True)
    assert mark(marked((BUDI, 1)), 1, by=BUDI).suits is False
    assert marked((BUDI, 1), (RATNA, 1)).whom(1) == (RATNA, BUDI)


@pytest.mark.parametrize(
    ("poll", "slot", "by", "key"),
    [
        (POLL, 0, MemberId("m9"), "not-invited"),
        (POLL, 3, BUDI, "date-poll-no-time"),
        (POLL, -1, BUDI, "date-poll-no-time"),
        (replace(POLL, is_closed=True), 0, BUDI, "date-poll-closed"),
    ],
)
def test_mark_out_of_order_is_refused(poll: DatePoll, slot: int, by: MemberId, key: str) -> None:
    with pytest.raises(OutOfOrder, match=key):
        mark(poll, slot, by=by)


def test_time_that_suits_most_is_the_best_of_several_the_earliest_and_never_a_past_one() -> None:
    assert best(marked((BUDI, 2), (RATNA, 2), (BUDI, 0)), at=NOON) == 2
    assert best(marked((BUDI, 2), (RATNA, 1)), at=NOON) == 1
    assert best(marked((BUDI, 0), (RATNA, 0), (BUDI, 2)), at=SLOTS[0]) == 2


@pytest.mark.parametrize("poll", [POLL, marked((BUDI, 0))])
def test_poll_without_a_time_that_suits_calls_nothing(poll: DatePoll) -> None:
    with pytest.raises(OutOfOrder, match="date-poll-unmarked"):
        best(poll, at=SLOTS[0])


def test_poll_is_closed_once() -> None:
    assert close(POLL, meeting="2026-007") == DatePollClosed(number="2026-001", meeting="2026-007")
    for act in (lambda poll: close(poll, meeting=None), lambda poll: best(poll, at=NOON)):
        with pytest.raises(OutOfOrder, match="date-poll-closed"):
            act(replace(POLL, is_closed=True))
