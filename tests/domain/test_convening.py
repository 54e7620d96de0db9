from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governor.domain.convening import (
    FURTHEST,
    LIMITS,
    LONGEST,
    Plan,
    answered,
    call_meeting,
    cancel_meeting,
    change_meeting,
    check,
    check_open,
    plan_of,
    receive_reply,
    reply,
    take_note,
)
from governor.domain.events import MeetingCancelled, ReplyReceived, subject_of
from governor.domain.meetings import Meeting, PartStat, Role, Status
from governor.domain.members import MemberId
from governor.errors import OutOfOrder
from tests.domain.meetings import BUDI, JAKARTA, JOKO, NOON, PEOPLE, PLAN, RATNA, SARI, evolve, make_meeting

CANCELLED = evolve(make_meeting(), cancel_meeting(make_meeting(), at=NOON), at=NOON)
OVER = PLAN.dtend


def test_called_meeting_is_as_planned() -> None:
    event = call_meeting(PLAN, number="2026-001", uid="u", at=NOON)
    assert subject_of(event) == "meeting/2026-001"
    assert event.invited == (RATNA, BUDI, SARI)
    assert plan_of(make_meeting()) == PLAN


def test_person_invited_twice_is_invited_once() -> None:
    event = call_meeting(replace(PLAN, invited=(RATNA, BUDI, RATNA, BUDI)), number="1", uid="u", at=NOON)
    assert event.invited == (RATNA, BUDI)


def test_meeting_without_anybody_cannot_be_called() -> None:
    with pytest.raises(ValueError, match="chairs"):
        call_meeting(replace(PLAN, invited=()), number="2026-001", uid="u", at=NOON)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"dtstart": NOON}, "meeting-in-past"),
        ({"dtstart": NOON - timedelta(seconds=1)}, "meeting-in-past"),
        ({"dtstart": NOON + FURTHEST + timedelta(seconds=1)}, "meeting-too-far"),
        ({"duration": timedelta()}, "end-before-start"),
        ({"duration": -timedelta(minutes=1)}, "end-before-start"),
        ({"duration": LONGEST + timedelta(seconds=1)}, "meeting-too-long"),
        ({"summary": ""}, "summary-empty"),
        ({"summary": " \t\n"}, "summary-empty"),
        ({"summary": "x" * (LIMITS["summary"] + 1)}, "summary-too-long"),
        ({"location": ""}, "location-empty"),
        ({"location": "x" * (LIMITS["location"] + 1)}, "location-too-long"),
        ({"agenda": " "}, "agenda-empty"),
        ({"agenda": "x" * (LIMITS["agenda"] + 1)}, "agenda-too-long"),
    ],
)
def test_plan_out_of_order_is_refused(change: dict[str, object], key: str) -> None:
    plan = replace(PLAN, **change)
    with pytest.raises(OutOfOrder) as told:
        call_meeting(plan, number="2026-001", uid="u", at=NOON)
    assert told.value.key == key
    with pytest.raises(OutOfOrder) as told:
        change_meeting(make_meeting(), plan, at=NOON)
    assert told.value.key == key


@pytest.mark.parametrize(
    "change",
    [
        {"dtstart": NOON + timedelta(seconds=1)},
        {"dtstart": NOON + FURTHEST},
        {"duration": LONGEST},
        {"duration": timedelta(seconds=1)},
        {"summary": "x" * LIMITS["summary"]},
        {"location": None, "agenda": None},
    ],
)
def test_plan_at_the_limit_is_in_order(change: dict[str, object]) -> None:
    check(replace(PLAN, **change), at=NOON)


@pytest.mark.parametrize(
    ("change", "sequence", "is_rescheduled"),
    [
        ({"dtstart": PLAN.dtstart + timedelta(days=1)}, 1, True),
        ({"duration": timedelta(hours=2)}, 1, True),
        ({"zone": "Asia/Makassar"}, 1, True),
        ({"location": "Balai"}, 1, False),
        ({"location": None}, 1, False),
        ({"summary": "Rapat anggota"}, 0, False),
        ({"agenda": None}, 0, False),
        ({"invited": PEOPLE}, 0, False),
        ({"invited": (RATNA, BUDI)}, 1, False),
        ({"invited": (RATNA, BUDI, JOKO), "location": "Balai"}, 1, False),
    ],
)
def test_sequence_rises_with_time_place_or_a_removal_only(
    change: dict[str, object], sequence: int, is_rescheduled: bool
) -> None:
    event = change_meeting(make_meeting(), replace(PLAN, **change), at=NOON)
    assert (event.sequence, event.revision, event.is_rescheduled) == (sequence, 2, is_rescheduled)


def test_same_instant_in_another_offset_is_no_change() -> None:
    same = replace(PLAN, dtstart=PLAN.dtstart.astimezone(UTC))
    with pytest.raises(OutOfOrder, match="nothing-changed"):
        change_meeting(make_meeting(), same, at=NOON)


@pytest.mark.parametrize("invited", [PLAN.invited, (SARI, RATNA, BUDI), (BUDI, SARI), (BUDI, SARI, BUDI)])
def test_order_of_the_invited_is_no_change(invited: tuple[object, ...]) -> None:
    with pytest.raises(OutOfOrder, match="nothing-changed"):
        change_meeting(make_meeting(), replace(PLAN, invited=invited), at=NOON)


def test_change_tells_who_comes_in_and_who_goes() -> None:
    event = change_meeting(make_meeting(), replace(PLAN, invited=(RATNA, JOKO, BUDI, JOKO)), at=NOON)
    assert (event.invited, event.removed) == ((JOKO,), (SARI,))


def test_who_called_the_meeting_stays_invited() -> None:
    event = change_meeting(make_meeting(), replace(PLAN, invited=(JOKO,)), at=NOON)
    assert (event.invited, event.removed) == ((JOKO,), (BUDI, SARI))
    after = evolve(make_meeting(), event, at=NOON)
    assert [one.member for one in after.attendees if one.role is Role.CHAIR] == [RATNA]


def test_cancellation_raises_sequence_and_revision() -> None:
    at = NOON + timedelta(seconds=1)
    assert cancel_meeting(make_meeting(), at=at) == MeetingCancelled(number="2026-001", sequence=1, revision=2)


@pytest.mark.parametrize(
    ("later", "second"),
    [
        (timedelta(), 1),
        (timedelta(milliseconds=999), 1),
        (timedelta(hours=-1), 1),
        (timedelta(seconds=1), None),
        (timedelta(days=1), None),
    ],
)
def test_revision_is_stamped_in_a_later_second_than_the_one_before(later: timedelta, second: int | None) -> None:
    called = make_meeting(at=NOON + timedelta(milliseconds=1))
    expected = None if second is None else NOON + timedelta(seconds=second)
    changed = change_meeting(called, replace(PLAN, agenda=None), at=NOON + later)
    assert changed.dtstamp == cancel_meeting(called, at=NOON + later).dtstamp == expected


def test_revisions_of_one_instant_are_a_second_apart() -> None:
    meeting, stamps = make_meeting(), []
    for title in ("A", "B", "C"):
        meeting = evolve(meeting, change_meeting(meeting, replace(PLAN, summary=title), at=NOON), at=NOON)
        stamps.append(meeting.dtstamp - NOON)
    assert stamps == [timedelta(seconds=1), timedelta(seconds=2), timedelta(seconds=3)]


ACTS = {
    "change": lambda meeting, at: change_meeting(meeting, replace(PLAN, summary="x"), at=at),
    "cancel": lambda meeting, at: cancel_meeting(meeting, at=at),
    "reply": lambda meeting, at: reply(meeting, by=BUDI, partstat=PartStat.ACCEPTED, at=at),
    "check": lambda meeting, at: check_open(meeting, at=at),
}


@pytest.mark.parametrize("act", ACTS)
def test_cancelled_meeting_is_not_changed_cancelled_or_answered(act: str) -> None:
    with pytest.raises(OutOfOrder, match="meeting-cancelled"):
        ACTS[act](CANCELLED, NOON)


@pytest.mark.parametrize("act", ACTS)
def test_meeting_that_is_over_is_not_changed_cancelled_or_answered(act: str) -> None:
    with pytest.raises(OutOfOrder, match="meeting-over"):
        ACTS[act](make_meeting(), OVER)


def test_meeting_is_open_until_its_last_instant() -> None:
    check_open(make_meeting(), at=OVER - timedelta(microseconds=1))
    assert reply(make_meeting(), by=BUDI, partstat=PartStat.DECLINED, at=OVER - timedelta(seconds=1))


@pytest.mark.parametrize("partstat", [PartStat.ACCEPTED, PartStat.DECLINED, PartStat.TENTATIVE])
def test_invited_person_answers_and_changes_their_mind(partstat: PartStat) -> None:
    event = reply(make_meeting(), by=BUDI, partstat=partstat, at=NOON)
    assert (event.number, event.member, event.partstat) == ("2026-001", BUDI, partstat)
    answered = evolve(make_meeting(), event, at=NOON)
    with pytest.raises(OutOfOrder, match="answered-already"):
        reply(answered, by=BUDI, partstat=partstat, at=NOON)
    other = PartStat.DECLINED if partstat is not PartStat.DECLINED else PartStat.ACCEPTED
    assert reply(answered, by=BUDI, partstat=other, at=NOON).partstat is other


def test_person_who_is_not_invited_does_not_answer() -> None:
    with pytest.raises(OutOfOrder, match="not-invited"):
        reply(make_meeting(), by=JOKO, partstat=PartStat.ACCEPTED, at=NOON)


def test_person_no_longer_invited_does_not_answer() -> None:
    event = change_meeting(make_meeting(), replace(PLAN, invited=(RATNA, SARI)), at=NOON)
    with pytest.raises(OutOfOrder, match="not-invited"):
        reply(evolve(make_meeting(), event, at=NOON), by=BUDI, partstat=PartStat.ACCEPTED, at=NOON)


def test_silence_is_no_answer() -> None:
    with pytest.raises(OutOfOrder, match="answer-missing"):
        reply(make_meeting(), by=BUDI, partstat=PartStat.NEEDS_ACTION, at=NOON)


def test_newest_answer_of_a_calendar_counts_in_whatever_order_they_come() -> None:
    first, second, third = (NOON + timedelta(seconds=after) for after in (1, 2, 3))
    meeting = received(make_meeting(), PartStat.DECLINED, (0, second))

    with pytest.raises(OutOfOrder, match="answer-outdated"):
        received(meeting, PartStat.ACCEPTED, (0, first))
    with pytest.raises(OutOfOrder, match="answer-outdated"):
        received(meeting, PartStat.ACCEPTED, (0, second))
    assert received(meeting, PartStat.TENTATIVE, (0, third)).attendees[1].partstat is PartStat.TENTATIVE


def test_same_answer_again_keeps_an_older_one_out() -> None:
    times = [NOON + timedelta(seconds=after) for after in (1, 2, 3)]
    meeting = received(make_meeting(), PartStat.ACCEPTED, (0, times[0]))
    meeting = received(meeting, PartStat.ACCEPTED, (0, times[2]))

    with pytest.raises(OutOfOrder, match="answer-outdated"):
        received(meeting, PartStat.DECLINED, (0, times[1]))


def test_answer_to_the_time_before_does_not_count_and_to_another_place_does() -> None:
    elsewhere = replace(PLAN, location="Balai")
    moved = replace(elsewhere, dtstart=PLAN.dtstart + timedelta(hours=1))
    placed = evolve(make_meeting(), change_meeting(make_meeting(), elsewhere, at=NOON), at=NOON)
    later = evolve(placed, change_meeting(placed, moved, at=NOON), at=NOON)

    assert received(placed, PartStat.ACCEPTED, (0, NOON)).attendees[1].partstat is PartStat.ACCEPTED
    with pytest.raises(OutOfOrder, match="answer-outdated"):
        received(later, PartStat.ACCEPTED, (1, NOON))
    assert received(later, PartStat.ACCEPTED, (2, NOON)).attendees[1].partstat is PartStat.ACCEPTED


def test_answer_to_an_invitation_that_was_not_sent_yet_does_not_keep_others_out() -> None:
    meeting = received(make_meeting(), PartStat.ACCEPTED, (9_999, NOON))

    assert received(meeting, PartStat.DECLINED, (0, NOON + timedelta(seconds=1))).attendees[1].replied is not None


def test_answer_in_the_chat_counts_for_more_than_an_older_one_of_the_calendar() -> None:
    event = reply(make_meeting(), by=BUDI, partstat=PartStat.DECLINED, at=NOON)

    with pytest.raises(OutOfOrder, match="answer-outdated"):
        received(evolve(make_meeting(), event, at=NOON), PartStat.ACCEPTED, (0, NOON - timedelta(seconds=1)))


@pytest.mark.parametrize(
    ("by", "partstat", "key"),
    [(JOKO, PartStat.ACCEPTED, "not-invited"), (BUDI, PartStat.NEEDS_ACTION, "answer-missing")],
)
def test_calendar_of_a_stranger_and_one_that_says_nothing_are_not_heard(
    by: MemberId, partstat: PartStat, key: str
) -> None:
    with pytest.raises(OutOfOrder, match=key):
        receive_reply(make_meeting(), by=by, partstat=partstat, stamp=(0, NOON), at=NOON)


def received(meeting: Meeting, partstat: PartStat, stamp: tuple[int, datetime]) -> Meeting:
    """Return *meeting* after the answer of Budi's calendar."""
    event = receive_reply(meeting, by=BUDI, partstat=partstat, stamp=stamp, at=stamp[1])
    return evolve(meeting, event, at=stamp[1])


def test_note_is_taken_also_after_the_meeting() -> None:
    event = take_note(make_meeting(), "Kas dilaporkan", item=3)
    assert (event.number, event.item, event.text) == ("2026-001", 3, "Kas dilaporkan")


@pytest.mark.parametrize(("text", "key"), [("", "text-empty"), (" \n", "text-empty"), ("x" * 4001, "text-too-long")])
def test_note_without_words_or_with_too_many_is_refused(text: str, key: str) -> None:
    with pytest.raises(OutOfOrder) as told:
        take_note(make_meeting(), text, item=1)
    assert told.value.key == key


def test_note_of_a_cancelled_meeting_is_refused() -> None:
    with pytest.raises(OutOfOrder, match="meeting-cancelled"):
        take_note(CANCELLED, "x", item=1)


@pytest.mark.parametrize(
    ("zone", "start", "hours", "end"),
    [
        ("Europe/Amsterdam", "2026-03-29T01:00", 2, "2026-03-29T04:00:00+02:00"),
        ("Europe/Amsterdam", "2026-10-25T01:00", 3, "2026-10-25T03:00:00+01:00"),
        ("Asia/Jakarta", "2026-12-31T23:00", 2, "2027-01-01T01:00:00+07:00"),
    ],
)
def test_length_is_time_that_passes(zone: str, start: str, hours: int, end: str) -> None:
    plan = replace(
        PLAN,
        zone=zone,
        dtstart=datetime.fromisoformat(start).replace(tzinfo=ZoneInfo(zone)),
        duration=timedelta(hours=hours),
    )
    assert plan.dtend.isoformat() == end


_CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "summary": st.sampled_from(["Rapat", "Rapat besar"]),
        "dtstart": st.integers(1, 3).map(lambda days: PLAN.dtstart + timedelta(days=days)),
        "zone": st.sampled_from(["Asia/Jakarta", "Asia/Makassar"]),
        "duration": st.sampled_from([timedelta(hours=1), timedelta(hours=2)]),
        "location": st.sampled_from([None, "Balai", "Sekretariat"]),
        "agenda": st.sampled_from([None, "kas"]),
        "invited": st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=5).map(tuple),
    },
)
_ACTS = st.one_of(
    _CHANGES,
    st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PartStat)),
    st.just("cancel"),
)


def act_on(meeting: Meeting, act: object, at: datetime) -> Meeting:
    """Return *meeting* after *act*, or as it was when the act is out of order."""
    try:
        if act == "cancel":
            event: object = cancel_meeting(meeting, at=at)
        elif isinstance(act, tuple):
            event = reply(meeting, by=act[0], partstat=act[1], at=at)
        else:
            event = change_meeting(meeting, replace(plan_of(meeting), **act), at=at)
    except OutOfOrder:
        return meeting
    return evolve(meeting, event, at=at)


@given(acts=st.lists(_ACTS, max_size=12))
def test_sequence_and_revision_follow_rfc_5546(acts: list[object]) -> None:
    meeting = make_meeting()
    for minute, act in enumerate(acts, 1):
        before, meeting = meeting, act_on(meeting, act, NOON + timedelta(minutes=minute))
        assert (meeting.uid, meeting.number, meeting.called_by) == (before.uid, before.number, before.called_by)
        told_before, told = _told(before), _told(meeting)
        moved = (told[:3] != told_before[:3]) or meeting.status is not before.status
        place = meeting.location != before.location
        removed = not {one.member for one in before.attendees} <= {one.member for one in meeting.attendees}
        # RFC 5546 §2.1.4: an organizer who changes when or where raises SEQUENCE; it never falls.
        assert meeting.sequence == before.sequence + (moved or place or removed)
        assert meeting.revision == before.revision + (told != told_before)
        assert (meeting.dtstamp > before.dtstamp) == (told != told_before)
        _check_people(before, meeting, is_moved=told[:3] != told_before[:3])


def _told(meeting: Meeting) -> tuple[object, ...]:
    """Return all that an invitation to *meeting* says, but who answered what."""
    plan = plan_of(meeting)
    rest = (plan.summary, plan.location, plan.agenda, frozenset(plan.invited), meeting.status)
    return (plan.dtstart, plan.zone, plan.duration, *rest)


def _check_people(before: Meeting, after: Meeting, *, is_moved: bool) -> None:
    invited = [one.member for one in after.attendees]
    removed = [one.member for one in after.removed]
    assert len({*invited, *removed}) == len(invited) + len(removed)
    assert {one.member for one in (*before.attendees, *before.removed)} <= {*invited, *removed}
    assert [one.member for one in after.attendees if one.role is Role.CHAIR] == [after.called_by]
    if is_moved:
        assert {one.partstat for one in after.attendees} == {PartStat.NEEDS_ACTION}
    if after.status is Status.CANCELLED:
        assert [one.partstat for one in after.attendees] == [one.partstat for one in before.attendees]


def test_plan_ends_when_its_meeting_does() -> None:
    assert PLAN.dtend == make_meeting().dtend == datetime(2026, 12, 3, 20, 30, tzinfo=JAKARTA)
    assert isinstance(plan_of(make_meeting()), Plan)


@pytest.mark.parametrize("stamp", [(0, NOON), (None, None)])
def test_answer_stands_with_its_stamp_or_without_one_with_that_before(
    stamp: tuple[int | None, datetime | None],
) -> None:
    before = (0, NOON - timedelta(hours=1))
    sequence, dtstamp = stamp
    meeting = make_meeting()
    for told in (before, stamp):
        event = ReplyReceived(
            number=meeting.number, member=BUDI, partstat=PartStat.ACCEPTED, sequence=told[0], dtstamp=told[1]
        )
        meeting = answered(meeting, event)
    (budi,) = [one for one in meeting.attendees if one.member == BUDI]
    assert (budi.partstat, budi.replied) == (PartStat.ACCEPTED, before if sequence is None else (sequence, dtstamp))
    others = [one for one in meeting.attendees if one.member != BUDI]
    assert {one.partstat for one in others} == {PartStat.NEEDS_ACTION}
