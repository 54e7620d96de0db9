"""Does a mail program show our invitation with its buttons, follow it, and answer so that we understand?"""

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from governor.domain.meetings import PartStat
from governor.itip.invitation import Guest, Invitation
from integrations.mail.composition import compose
from tests.itip.invitations import BOARD, cancelled
from tests.peers import thunderbird
from tests.peers.golden import INVITATIONS, MOVED
from tests.peers.postbox import listening

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(thunderbird.missing() is not None, reason=str(thunderbird.missing())),
]
RATNA = "ratna@example.org"
PICTURE = Path(__file__).parents[2] / "docs" / "pictures" / "thunderbird.png"
PATIENCE = 30.0


def message(invitation: Invitation) -> bytes:
    """Return the mail to the second guest, at the address of the person who reads it."""
    first, second, *others = invitation.guests
    guest: Guest = replace(second, mailbox=replace(second.mailbox, address=RATNA))
    return compose(replace(invitation, guests=(first, guest, *others)), guest)


def events(program: thunderbird.Thunderbird, start: str) -> list[dict[str, str]]:
    """Wait until the one event begins at *start*; return it."""
    until, found = time.monotonic() + PATIENCE, program.events()
    while [event["start"] for event in found] != [start]:
        assert time.monotonic() < until, found
        time.sleep(0.1)
        found = program.events()
    return found


def test_person_sees_buttons_answers_and_follows_the_meeting(tmp_path: Path) -> None:
    mails = [message(BOARD), message(MOVED), message(cancelled(MOVED))]
    with listening() as box, thunderbird.running(tmp_path, RATNA, mails, box.port) as program:
        shown = program.open(0, "invitation")
        assert {"imipAcceptButton", "imipTentativeButton", "imipDeclineButton"} <= set(shown["buttons"])
        if "GOVERNOR_KEEP_PICTURES" in os.environ:
            PICTURE.parent.mkdir(exist_ok=True)
            PICTURE.write_bytes(program.picture())

        program.press("imipAcceptButton")
        answer = box.next()
        assert (answer.uid, answer.attendee, answer.partstat) == (BOARD.uid, RATNA, PartStat.ACCEPTED)
        assert [event["uid"] for event in events(program, "20261203T190000")] == [BOARD.uid]

        program.open(1, "update")
        program.press("imipAcceptButton")
        assert (box.next().sequence, events(program, "20261204T200000")[0]["uid"]) == (1, BOARD.uid)

        assert "imipDeleteButton" in program.open(2, "cancel")["buttons"]
        program.press("imipDeleteButton")
        until = time.monotonic() + PATIENCE
        while program.events():
            assert time.monotonic() < until, program.events()
            time.sleep(0.1)


@pytest.mark.parametrize(
    ("button", "partstat"),
    [("imipDeclineButton", PartStat.DECLINED), ("imipTentativeButton", PartStat.TENTATIVE)],
)
def test_other_answers_are_understood(tmp_path: Path, button: str, partstat: PartStat) -> None:
    with listening() as box, thunderbird.running(tmp_path, RATNA, [message(BOARD)], box.port) as program:
        program.open(0, "invitation")
        program.press(button)

        answer = box.next()

    assert (answer.uid, answer.attendee, answer.partstat) == (BOARD.uid, RATNA, partstat)


def test_series_is_shown_with_the_occurrence_that_is_moved(tmp_path: Path) -> None:
    mails = [message(INVITATIONS["weekly"]), message(INVITATIONS["one-moved"])]
    with listening() as box, thunderbird.running(tmp_path, RATNA, mails, box.port) as program:
        program.open(0, "invitation")
        program.press("imipAcceptButton")
        box.next()
        thursdays = ["20261203T190000", "20261210T190000", "20261217T190000", "20261224T190000", "20261231T190000"]
        await_occurrences(program, thursdays)

        buttons = program.open(1, "")["buttons"]
        program.press(next(one for one in buttons if one.startswith(("imipAccept", "imipUpdate"))))

        await_occurrences(program, [*thursdays[:3], "20261225T170000", thursdays[4]])


def await_occurrences(program: thunderbird.Thunderbird, starts: list[str]) -> None:
    """Wait until what is shown of December begins at *starts*."""
    until = time.monotonic() + PATIENCE
    while (found := program.occurrences("20261201T000000Z", "20261231T235900Z")) != starts:
        assert time.monotonic() < until, found
        time.sleep(0.1)
