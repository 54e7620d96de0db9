"""Rules are adopted, agendas set, motions moved, seconded, withdrawn, and adopted without a vote."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from governor.domain import agendas, deliberating
from governor.domain.agendas import AgendaItem
from governor.domain.bylaws import Bylaws, Seconding, Secrecy, Tie
from governor.domain.meetings import Status
from governor.domain.motions import DECIDED, MotionState
from governor.domain.proceedings import (
    AgendaItemAdded,
    AgendaItemWithdrawn,
    AgendaOrdered,
    AttendanceNoted,
    BylawsAdopted,
    ConsensusDeclared,
    MotionMoved,
    MotionSeconded,
    MotionWithdrawn,
)
from governor.domain.written import Text
from governor.errors import OutOfOrder
from governor.voting.counting import Majority, Quorum
from tests.domain.meetings import BUDI, RATNA, SARI, make_meeting
from tests.domain.motions import IN_PLACE, MOTION

SECONDED = replace(MOTION, state=MotionState.SECONDED, seconder=SARI)
VOTING = replace(MOTION, state=MotionState.VOTING)
MEETING = make_meeting()
ITEMS = (
    AgendaItem(item=1, place=2, text="kas"),
    AgendaItem(item=2, place=1, text="pembukaan"),
    AgendaItem(item=3, place=3, text="lain-lain", is_withdrawn=True),
)


def test_rules_are_adopted_whole_with_where_they_read() -> None:
    rules = Bylaws(
        seconding=Seconding.NEEDED,
        quorum=Quorum.TWO_THIRDS,
        majority=Majority.ABSOLUTE,
        tie=Tie.REBALLOT,
        secrecy=Secrecy.SECRET,
    )
    assert deliberating.adopt_bylaws(rules, article="AD pasal 12", version=3) == BylawsAdopted(
        version=3,
        article=Text("AD pasal 12"),
        seconding=Seconding.NEEDED,
        electorate=rules.electorate,
        quorum=Quorum.TWO_THIRDS,
        majority=Majority.ABSOLUTE,
        tie=Tie.REBALLOT,
        secrecy=Secrecy.SECRET,
    )
    with pytest.raises(OutOfOrder, match="article-empty"):
        deliberating.adopt_bylaws(rules, article=" ", version=3)


def test_item_is_added_withdrawn_and_raised() -> None:
    added = AgendaItemAdded(number=MEETING.number, item=4, text=Text("iuran"))
    assert deliberating.add_item(MEETING, ITEMS, "iuran") == added
    assert deliberating.withdraw_item(MEETING, ITEMS, 2) == AgendaItemWithdrawn(number=MEETING.number, item=2)
    assert deliberating.raise_item(MEETING, ITEMS, 1) == AgendaOrdered(number=MEETING.number, items=(1, 2))


def test_agenda_is_refused_what_it_cannot_have() -> None:
    for item in (3, 9):
        with pytest.raises(OutOfOrder, match="agenda-item-unknown"):
            deliberating.withdraw_item(MEETING, ITEMS, item)
    with pytest.raises(OutOfOrder, match="agenda-item-first"):
        deliberating.raise_item(MEETING, ITEMS, 2)
    with pytest.raises(OutOfOrder, match="agenda-item-empty"):
        deliberating.add_item(MEETING, ITEMS, "")
    with pytest.raises(OutOfOrder, match="agenda-full"):
        deliberating.add_item(MEETING, ITEMS * 20, "iuran")


def test_agenda_is_told_in_its_order() -> None:
    assert [one.item for one in agendas.standing(ITEMS)] == [2, 1]
    assert agendas.as_text(ITEMS) == "1. pembukaan\n2. kas"
    assert agendas.as_text(ITEMS[:1]) == "kas"
    assert agendas.as_text(ITEMS[2:]) is None


def test_who_comes_and_goes_is_noted_once() -> None:
    at = MEETING.dtstart
    came = deliberating.note_attendance(MEETING, BUDI, is_present=True, was_present=False, at=at)
    assert came == AttendanceNoted(number=MEETING.number, member=BUDI, is_present=True)
    with pytest.raises(OutOfOrder, match="attendance-known"):
        deliberating.note_attendance(MEETING, BUDI, is_present=True, was_present=True, at=at)
    cancelled = replace(MEETING, status=Status.CANCELLED)
    with pytest.raises(OutOfOrder, match="meeting-cancelled"):
        deliberating.note_attendance(cancelled, BUDI, is_present=True, was_present=False, at=at)


def test_nobody_is_noted_as_present_before_the_meeting_is_held_and_may_be_long_after() -> None:
    opens = MEETING.dtstart.astimezone(UTC) - timedelta(hours=1)
    early = opens - timedelta.resolution
    with pytest.raises(OutOfOrder, match="attendance-early") as refused:
        deliberating.note_attendance(MEETING, BUDI, is_present=True, was_present=False, at=early)
    assert refused.value.values == {"meeting": MEETING.summary, "start": MEETING.dtstart}
    for at in (opens, opens + timedelta(days=400)):
        assert deliberating.note_attendance(MEETING, BUDI, is_present=True, was_present=False, at=at).is_present
    left = deliberating.note_attendance(MEETING, BUDI, is_present=False, was_present=True, at=early)
    assert not left.is_present  # the meeting was put off after they came


def test_motion_is_moved_with_its_text() -> None:
    moved = deliberating.move("membeli tenda", number="2026-002", by=BUDI, meeting="2026-001", item=2)
    text = Text("membeli tenda")
    assert moved == MotionMoved(number="2026-002", text=text, mover=BUDI, meeting="2026-001", item=2)
    with pytest.raises(OutOfOrder, match="motion-empty"):
        deliberating.move(" ", number="2026-002", by=BUDI, meeting=None)


def test_motion_is_seconded_by_another_once() -> None:
    assert deliberating.second(MOTION, by=SARI) == MotionSeconded(number="2026-001", seconder=SARI)
    with pytest.raises(OutOfOrder, match="motion-second-by-mover"):
        deliberating.second(MOTION, by=BUDI)
    for motion in (SECONDED, VOTING):
        with pytest.raises(OutOfOrder, match="motion-seconded-already"):
            deliberating.second(motion, by=RATNA)


@pytest.mark.parametrize("state", sorted(DECIDED))
def test_settled_motion_stays_settled(state: MotionState) -> None:
    motion = replace(SECONDED, state=state)
    for act in (
        lambda: deliberating.second(motion, by=RATNA),
        lambda: deliberating.withdraw(motion, by=BUDI, has_leave=True),
        lambda: deliberating.check_admitted(motion, Bylaws()),
    ):
        with pytest.raises(OutOfOrder, match=f"motion-{state.value}-already"):
            act()


def test_mover_withdraws_until_it_is_seconded_and_then_needs_leave() -> None:
    gone = MotionWithdrawn(number="2026-001")
    assert deliberating.withdraw(MOTION, by=BUDI, has_leave=False) == gone
    assert deliberating.withdraw(SECONDED, by=RATNA, has_leave=True) == gone
    with pytest.raises(OutOfOrder, match="motion-withdraw-leave"):
        deliberating.withdraw(SECONDED, by=BUDI, has_leave=False)
    with pytest.raises(OutOfOrder, match="motion-withdraw-by-other"):
        deliberating.withdraw(MOTION, by=SARI, has_leave=False)
    with pytest.raises(OutOfOrder, match="motion-voting"):
        deliberating.withdraw(VOTING, by=BUDI, has_leave=True)


def test_motion_needs_a_seconder_where_the_rules_ask_for_one() -> None:
    rules = Bylaws(seconding=Seconding.NEEDED)
    deliberating.check_admitted(SECONDED, rules)
    deliberating.check_admitted(MOTION, Bylaws())
    with pytest.raises(OutOfOrder, match="motion-unseconded"):
        deliberating.check_admitted(MOTION, rules)


def test_consensus_comes_to_what_a_vote_of_all_present_would() -> None:
    agreed = deliberating.declare_consensus(MOTION, IN_PLACE, present=3, roll=5)
    assert agreed == ConsensusDeclared(number="2026-001", agreed=3, needed=3, roll=5)
    with pytest.raises(OutOfOrder, match="quorum-missing"):
        deliberating.declare_consensus(MOTION, IN_PLACE, present=2, roll=5)
    nobody = replace(IN_PLACE, quorum=Quorum.NONE)
    with pytest.raises(OutOfOrder, match="quorum-missing"):
        deliberating.declare_consensus(MOTION, nobody, present=0, roll=5)
    everybody = replace(IN_PLACE, majority=Majority.ALL)
    with pytest.raises(OutOfOrder, match="consensus-too-few"):
        deliberating.declare_consensus(MOTION, everybody, present=4, roll=5)
    with pytest.raises(OutOfOrder, match="motion-without-meeting"):
        deliberating.declare_consensus(replace(MOTION, meeting=None), IN_PLACE, present=3, roll=5)
    with pytest.raises(OutOfOrder, match="motion-voting"):
        deliberating.declare_consensus(VOTING, IN_PLACE, present=3, roll=5)
