"""What may be done before a vote is taken? Rules adopted, agendas set, presence noted, motions moved and settled."""

from collections.abc import Sequence
from datetime import datetime

from governor.domain.agendas import MOST, AgendaItem, standing
from governor.domain.bylaws import Bylaws, Seconding
from governor.domain.convening import check_text
from governor.domain.meetings import HELD_BEFORE, Meeting, Status
from governor.domain.members import MemberId
from governor.domain.motions import DECIDED, Motion, MotionState
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
from governor.voting.counting import House, Outcome, Tally, count


def adopt_bylaws(bylaws: Bylaws, *, article: str, version: int) -> BylawsAdopted:
    """Return the event by which *bylaws* hold as that *version*; *article* is where they read so.

    Raises:
        OutOfOrder: it is not said where.
    """
    check_text("article", article)
    return BylawsAdopted(
        version=version,
        article=Text(article),
        seconding=bylaws.seconding,
        electorate=bylaws.electorate,
        quorum=bylaws.quorum,
        majority=bylaws.majority,
        tie=bylaws.tie,
        secrecy=bylaws.secrecy,
    )


def add_item(meeting: Meeting, items: Sequence[AgendaItem], text: str) -> AgendaItemAdded:
    """Return the event that puts *text* on the agenda of *meeting*, which has *items* already.

    Raises:
        OutOfOrder: the text is empty or too long, or there are as many as there may be.
    """
    check_text("agenda-item", text)
    if len(items) >= MOST:
        raise OutOfOrder("agenda-full", limit=MOST)
    return AgendaItemAdded(number=meeting.number, item=len(items) + 1, text=Text(text))


def withdraw_item(meeting: Meeting, items: Sequence[AgendaItem], item: int) -> AgendaItemWithdrawn:
    """Return the event that takes the *item* off the agenda of *meeting*.

    Raises:
        OutOfOrder: it does not stand there.
    """
    _check_stands(items, item)
    return AgendaItemWithdrawn(number=meeting.number, item=item)


def raise_item(meeting: Meeting, items: Sequence[AgendaItem], item: int) -> AgendaOrdered:
    """Return the event by which the *item* is dealt with one place earlier.

    Raises:
        OutOfOrder: it does not stand on the agenda, or is the first.
    """
    _check_stands(items, item)
    order = [one.item for one in standing(items)]
    at = order.index(item)
    if at == 0:
        raise OutOfOrder("agenda-item-first", item=item)
    order[at - 1 : at + 1] = order[at], order[at - 1]
    return AgendaOrdered(number=meeting.number, items=tuple(order))


def note_attendance(
    meeting: Meeting, member: MemberId, *, is_present: bool, was_present: bool, at: datetime
) -> AttendanceNoted:
    """Return the event by which *member* came to *meeting*, or left it, as is noted at the instant *at* (aware).

    Nobody comes before a meeting is held (``HELD_BEFORE``); afterwards the list may be put right for good, and who is
    not there be taken off it at any time.

    Raises:
        OutOfOrder: the meeting was cancelled, or begins only later, or that is known already.
    """
    if meeting.status is Status.CANCELLED:
        raise OutOfOrder("meeting-cancelled", meeting=meeting.summary)
    if is_present == was_present:
        raise OutOfOrder("attendance-known")
    if is_present and at + HELD_BEFORE < meeting.dtstart:
        raise OutOfOrder("attendance-early", meeting=meeting.summary, start=meeting.dtstart)
    return AttendanceNoted(number=meeting.number, member=member, is_present=is_present)


def move(text: str, *, number: str, by: MemberId, meeting: str | None, item: int | None = None) -> MotionMoved:
    """Return the event by which *by* moves *text*, in the *meeting* of that number and on that *item* of its agenda.

    Raises:
        OutOfOrder: the text is empty or too long.
    """
    check_text("motion", text)
    return MotionMoved(number=number, text=Text(text), mover=by, meeting=meeting, item=item)


def second(motion: Motion, *, by: MemberId) -> MotionSeconded:
    """Return the event by which *by* seconds *motion*.

    Raises:
        OutOfOrder: it has a seconder, is voted on or settled, or *by* moved it (RONR (12th ed.) §4).
    """
    _check_undecided(motion)
    if motion.state is not MotionState.MOVED:
        raise OutOfOrder("motion-seconded-already", number=motion.number)
    if motion.mover == by:
        raise OutOfOrder("motion-second-by-mover", number=motion.number)
    return MotionSeconded(number=motion.number, seconder=by)


def withdraw(motion: Motion, *, by: MemberId, has_leave: bool) -> MotionWithdrawn:
    """Return the event by which *motion* is dealt with no more.

    Its mover may withdraw it until it is seconded: then it is the meeting's, and needs its leave, which whoever
    presides tells (*has_leave*).

    Raises:
        OutOfOrder: it is voted on or settled, or *by* may not withdraw it.
    """
    check_debated(motion)
    if not has_leave and motion.mover != by:
        raise OutOfOrder("motion-withdraw-by-other", number=motion.number)
    if not has_leave and motion.state is not MotionState.MOVED:
        raise OutOfOrder("motion-withdraw-leave", number=motion.number)
    return MotionWithdrawn(number=motion.number)


def declare_consensus(motion: Motion, bylaws: Bylaws, *, present: int, roll: int) -> ConsensusDeclared:
    """Return the event by which all who are *present*, of *roll* members, adopt *motion* without a vote (mufakat).

    It must come to what a vote would, had they all voted for it.

    Raises:
        OutOfOrder: it cannot be put to the vote either, or belongs to no meeting, or there are too few.
    """
    check_admitted(motion, bylaws)
    if motion.meeting is None:
        raise OutOfOrder("motion-without-meeting", number=motion.number)
    needed = bylaws.quorum.needed(roll)
    house = House(entitled=roll, present=present, needed=needed)
    outcome = count(Tally(votes_for=present, votes_against=0, abstained=0), bylaws.majority, house)
    if outcome is Outcome.INQUORATE or not present:
        raise OutOfOrder("quorum-missing", present=present, needed=max(needed, 1), roll=roll)
    if outcome is not Outcome.CARRIED:
        raise OutOfOrder("consensus-too-few", present=present, roll=roll)
    return ConsensusDeclared(number=motion.number, agreed=present, needed=needed, roll=roll)


def check_admitted(motion: Motion, bylaws: Bylaws) -> None:
    """Refuse to settle a *motion* that is not before the house.

    Raises:
        OutOfOrder: it is voted on or settled, or lacks the seconder that *bylaws* ask for.
    """
    check_debated(motion)
    if bylaws.seconding is Seconding.NEEDED and motion.state is MotionState.MOVED:
        raise OutOfOrder("motion-unseconded", number=motion.number)


def check_debated(motion: Motion) -> None:
    """Refuse what cannot be done to a *motion* that is voted on, or settled.

    Raises:
        OutOfOrder: with which.
    """
    _check_undecided(motion)
    if motion.state is MotionState.VOTING:
        raise OutOfOrder("motion-voting", number=motion.number)


def _check_undecided(motion: Motion) -> None:
    if motion.state in DECIDED:
        raise OutOfOrder(f"motion-{motion.state.value}-already", number=motion.number)


def _check_stands(items: Sequence[AgendaItem], item: int) -> None:
    if not any(one.item == item and not one.is_withdrawn for one in items):
        raise OutOfOrder("agenda-item-unknown", item=item)
