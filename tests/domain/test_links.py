"""When is it in order to give a meeting the link that a calendar made for it?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from governor.domain import convening
from governor.errors import OutOfOrder
from tests.domain.meetings import NOON, make_meeting

LINK = "https://meet.google.com/abc-defg-hij"
LATER = NOON + timedelta(minutes=1)


def test_link_raises_the_revision_and_neither_the_sequence_nor_a_question() -> None:
    meeting = make_meeting()

    event = convening.link(meeting, LINK, at=LATER)

    assert (event.conference, event.sequence, event.revision) == (LINK, meeting.sequence, meeting.revision + 1)
    assert (event.is_rescheduled, event.invited, event.removed, event.location) == (False, (), (), meeting.location)


@pytest.mark.parametrize(
    ("has", "link", "at", "reason"),
    [
        ("https://meet.example.org/ours", LINK, LATER, "nothing-changed"),
        (None, LINK + "x" * 1_000, LATER, "conference-too-long"),
        (None, LINK, NOON + timedelta(days=99), "meeting-over"),
    ],
)
def test_link_is_refused_where_there_is_one_or_it_comes_too_late_or_is_too_long(
    has: str | None, link: str, at: object, reason: str
) -> None:
    with pytest.raises(OutOfOrder, match=reason):
        convening.link(replace(make_meeting(), conference=has), link, at=at)  # type: ignore[arg-type]
