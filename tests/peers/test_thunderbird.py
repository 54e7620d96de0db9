"""Does a mail program show our invitation with its buttons, follow it, and answer so that we understand?"""

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from governor.domain.meetings import PartStat
from governor.itip.invitation import Guest, Invitation
from integrations.mail import compose
from tests.itip.invitations import BOARD, cancelled
from tests.peers import thunderbird
from tests.peers.golden import MOVED
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

        program.open(2, "cancel")
