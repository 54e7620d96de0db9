"""What does every Calendar do? Inherited by the tests of each adapter, which say how to look into a calendar."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from governor.errors import Refused
from governor.itip.invitation import Guest, Invitation
from governor.ports import Calendar
from tests.itip.invitations import ANNE, BOARD, BUDI, SARI, at, cancelled, guest


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One meeting as it stands in a guest's calendar; the instants are in UTC."""

    uid: str
    sequence: int
    summary: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A Calendar, the loop to ``run`` it in, and ``shows``: what is now in the calendar of a guest's address."""

    calendar: Calendar
    run: Callable[[Coroutine[None, None, str]], str]
    shows: Callable[[str], Sequence[Shown]]


def as_shown(invitation: Invitation) -> Shown:
    start = invitation.dtstart.astimezone(tz=None)
    return Shown(
        uid=invitation.uid,
        sequence=invitation.sequence,
        summary=invitation.summary,
        start=start,
        end=start + invitation.duration,
    )


class CalendarContract:
    """Each test takes the fixture ``desk``."""

    def publish(self, desk: Desk, invitation: Invitation, guest: Guest) -> str:
        return desk.run(desk.calendar.publish(invitation, guest))

    @pytest.mark.parametrize("zone", ["Asia/Jakarta", "America/New_York", "Africa/Casablanca", "UTC"])
    def test_meeting_appears(self, desk: Desk, zone: str) -> None:
        invitation = at(zone, 2027, 7, 1, 9, 30)

        self.publish(desk, invitation, BUDI)

        assert list(desk.shows("budi@example.org")) == [as_shown(invitation)]

    def test_publishing_again_changes_nothing(self, desk: Desk) -> None:
        first, second = (self.publish(desk, BOARD, BUDI) for _ in range(2))

        assert first == second
        assert list(desk.shows("budi@example.org")) == [as_shown(BOARD)]

    def test_later_revision_replaces_the_earlier(self, desk: Desk) -> None:
        moved = replace(
            BOARD,
            sequence=1,
            revision=1,
            dtstamp=BOARD.dtstamp + timedelta(hours=1),
            dtstart=BOARD.dtstart + timedelta(days=1),
        )

        self.publish(desk, BOARD, BUDI)
        self.publish(desk, moved, BUDI)

        assert list(desk.shows("budi@example.org")) == [as_shown(moved)]

    def test_renamed_meeting_keeps_its_sequence(self, desk: Desk) -> None:
        renamed = replace(BOARD, revision=1, dtstamp=BOARD.dtstamp + timedelta(hours=1), summary="Rapat anggaran")

        self.publish(desk, BOARD, BUDI)
        self.publish(desk, renamed, BUDI)

        assert list(desk.shows("budi@example.org")) == [as_shown(renamed)]

    def test_cancelled_meeting_disappears(self, desk: Desk) -> None:
        self.publish(desk, BOARD, BUDI)
        self.publish(desk, cancelled(BOARD), BUDI)

        assert list(desk.shows("budi@example.org")) == []

    def test_meeting_disappears_for_the_one_who_was_taken_off_the_list(self, desk: Desk) -> None:
        without = replace(BOARD, revision=1, dtstamp=BOARD.dtstamp + timedelta(hours=1), guests=(SARI, ANNE))
        for each in BOARD.guests:
            self.publish(desk, BOARD, each)

        for each in BOARD.guests:
            self.publish(desk, without, each)

        assert list(desk.shows("budi@example.org")) == []
        assert list(desk.shows("sari@example.org")) == [as_shown(without)]

    def test_two_meetings_stand_beside_each_other(self, desk: Desk) -> None:
        other = replace(BOARD, uid="other@karangtaruna.example", summary="Rapat anggota")

        self.publish(desk, BOARD, BUDI)
        self.publish(desk, other, BUDI)

        assert sorted(shown.summary for shown in desk.shows("budi@example.org")) == ["Rapat anggota", "Rapat pengurus"]

    def test_address_that_is_none_is_refused(self, desk: Desk) -> None:
        with pytest.raises(Refused, match="email-invalid"):
            self.publish(desk, BOARD, guest("Budi", "budi@example.org\r\nBcc: all@example.org"))

    def test_organizer_is_never_a_guest(self, desk: Desk) -> None:
        with pytest.raises(Refused, match="mail-to-ourselves"):
            self.publish(desk, BOARD, guest("Bot", BOARD.organizer.address.upper()))
