"""What does a CANCEL say?"""

from governor.itip.cancel import cancel, uninvite
from tests.itip.invitations import BOARD, BUDI, cancelled
from tests.itip.lint import content_lines, lint


def values(data: bytes, name: str) -> list[str]:
    return [value for each, _, value in content_lines(data) if each == name]


def test_cancel_goes_to_all_with_a_higher_sequence() -> None:
    data = cancel(cancelled(BOARD))

    lint(data, method="CANCEL")
    assert values(data, "UID") == [BOARD.uid]
    assert values(data, "SEQUENCE") == ["1"]
    assert values(data, "STATUS") == ["CANCELLED"]
    assert len(values(data, "ATTENDEE")) == len(BOARD.guests)


def test_cancel_asks_for_no_answer() -> None:
    assert b"RSVP" not in cancel(cancelled(BOARD))


def test_uninvite_names_one_and_leaves_the_meeting_standing() -> None:
    data = uninvite(BOARD, BUDI)

    lint(data, method="CANCEL")
    assert values(data, "ATTENDEE") == ["mailto:budi@example.org"]
    assert values(data, "STATUS") == []
