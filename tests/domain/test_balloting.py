"""A motion is put to the vote, votes are cast and changed, and what it comes to is told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from governor.domain.balloting import LONGEST, PART, Hall, Terms, cast, close, enter, put
from governor.domain.bylaws import Bylaws, Seconding, Secrecy, Tie
from governor.domain.members import MemberId
from governor.domain.motions import Motion, MotionState, Voter
from governor.domain.proceedings import VoteCast
from governor.errors import OutOfOrder
from governor.voting.counting import Choice, Majority, Outcome, Quorum, Tally
from tests.domain.meetings import BUDI, NOON, RATNA, SARI
from tests.domain.motions import HALL, IN_PLACE, MOTION, voting

HOUR = timedelta(hours=1)
TIMED = Terms(closes_at=NOON + HOUR)


def tally(votes_for: int, votes_against: int, abstained: int = 0) -> Tally:
    return Tally(votes_for=votes_for, votes_against=votes_against, abstained=abstained)


def test_all_members_may_vote_wherever_they_are() -> None:
    opened, voters = put(MOTION, Bylaws(), Terms(), HALL, at=NOON)
    assert voters == HALL.roll
    assert (opened.ballot, opened.roll, opened.entitled, opened.needed, opened.present) == (1, 4, 4, 3, None)
    assert (opened.majority, opened.is_secret, opened.closes_at) == (Majority.SIMPLE, False, None)
    assert put(replace(MOTION, meeting=None), Bylaws(), Terms(), HALL, at=NOON)[0] == opened


def test_those_present_vote_where_the_rules_say_so() -> None:
    opened, voters = put(MOTION, IN_PLACE, Terms(), HALL, at=NOON)
    assert voters == HALL.present
    assert (opened.roll, opened.entitled, opened.needed, opened.present) == (4, 3, 3, 3)


@pytest.mark.parametrize(
    ("bylaws", "present"), [(IN_PLACE, (RATNA, BUDI)), (replace(IN_PLACE, quorum=Quorum.NONE), ())]
)
def test_too_few_present_can_put_nothing_to_the_vote(bylaws: Bylaws, present: tuple[MemberId, ...]) -> None:
    with pytest.raises(OutOfOrder, match="quorum-missing"):
        put(MOTION, bylaws, Terms(), Hall(roll=HALL.roll, present=present), at=NOON)


def test_motion_of_no_meeting_is_not_before_those_present() -> None:
    with pytest.raises(OutOfOrder, match="motion-without-meeting"):
        put(replace(MOTION, meeting=None), IN_PLACE, Terms(), HALL, at=NOON)


def test_ballot_may_ask_for_more_than_the_rules_and_not_for_less() -> None:
    more = Terms(majority=Majority.OVER_TWO_THIRDS, is_secret=True, closes_at=NOON + LONGEST)
    opened, _ = put(MOTION, Bylaws(majority=Majority.TWO_THIRDS), more, HALL, at=NOON)
    assert (opened.majority, opened.is_secret, opened.closes_at) == (more.majority, True, more.closes_at)
    assert put(MOTION, Bylaws(secrecy=Secrecy.SECRET), Terms(), HALL, at=NOON)[0].is_secret
    with pytest.raises(OutOfOrder, match="majority-looser"):
        put(MOTION, Bylaws(majority=Majority.TWO_THIRDS), Terms(majority=Majority.SIMPLE), HALL, at=NOON)


@pytest.mark.parametrize("ahead", [-HOUR, timedelta(), LONGEST + timedelta(seconds=1)])
def test_ballot_ends_later_than_now_and_within_bounds(ahead: timedelta) -> None:
    with pytest.raises(OutOfOrder, match="ballot-end"):
        put(MOTION, Bylaws(), Terms(closes_at=NOON + ahead), HALL, at=NOON)


def test_motion_without_its_seconder_is_not_put_to_the_vote() -> None:
    with pytest.raises(OutOfOrder, match="motion-unseconded"):
        put(MOTION, Bylaws(seconding=Seconding.NEEDED), Terms(), HALL, at=NOON)


def test_voters_are_entered_in_parts() -> None:
    many = tuple(MemberId(f"m{number}") for number in range(2 * PART + 1))
    opened, voters = put(MOTION, Bylaws(), Terms(), Hall(roll=many, present=()), at=NOON)
    parts = list(enter(opened, voters))
    assert [len(part.voters) for part in parts] == [PART, PART, 1]
    assert tuple(one for part in parts for one in part.voters) == many


def test_vote_is_cast_and_changed() -> None:
    first = cast(voting(), Voter(member=SARI), Choice.FOR, at=NOON)
    assert first == VoteCast(number="2026-001", ballot=1, voter=SARI, times=1, choice=Choice.FOR)
    voter = Voter(member=SARI, times=1, choice=Choice.FOR)
    assert cast(voting(), voter, Choice.ABSTAIN, at=NOON).times == 2
    with pytest.raises(OutOfOrder, match="vote-as-before"):
        cast(voting(), voter, Choice.FOR, at=NOON)


def test_secret_vote_does_not_say_what() -> None:
    motion = voting(terms=Terms(is_secret=True))
    assert {cast(motion, Voter(member=SARI), choice, at=NOON).choice for choice in Choice} == {None}


def test_only_who_was_entered_votes_and_only_until_the_end() -> None:
    for bylaws in (Bylaws(), IN_PLACE):
        with pytest.raises(OutOfOrder, match=f"vote-not-{bylaws.electorate.value}"):
            cast(voting(bylaws), None, Choice.FOR, at=NOON)
    last = NOON + HOUR - timedelta(milliseconds=20)
    assert cast(voting(terms=TIMED), Voter(member=SARI), Choice.FOR, at=last).times == 1
    with pytest.raises(OutOfOrder, match="vote-late"):
        cast(voting(terms=TIMED), Voter(member=SARI), Choice.FOR, at=NOON + HOUR)


@pytest.mark.parametrize("motion", [MOTION, replace(MOTION, state=MotionState.VOTING), replace(voting(), state="lost")])
def test_nothing_is_cast_or_closed_where_nothing_is_voted_on(motion: Motion) -> None:
    with pytest.raises(OutOfOrder, match="ballot-not-open"):
        cast(motion, Voter(member=SARI), Choice.FOR, at=NOON)
    with pytest.raises(OutOfOrder, match="ballot-not-open"):
        close(motion, tally(1, 0), present=4, at=NOON)


def test_votes_of_all_members_are_their_own_quorum() -> None:
    closed = close(voting(), tally(2, 1), present=0, at=NOON)
    assert (closed.outcome, closed.state, closed.present) == (Outcome.CARRIED, MotionState.CARRIED, 3)
    assert (closed.votes_for, closed.votes_against, closed.abstained) == (2, 1, 0)
    missing = close(voting(), tally(2, 0), present=4, at=NOON)
    assert (missing.outcome, missing.state) == (Outcome.INQUORATE, MotionState.MOVED)
    assert close(voting(), tally(1, 2), present=0, at=NOON).state is MotionState.LOST


def test_quorum_of_those_present_is_told_again_at_the_close() -> None:
    motion = voting(IN_PLACE)
    assert close(motion, tally(2, 0), present=3, at=NOON).outcome is Outcome.CARRIED
    assert close(motion, tally(3, 0), present=2, at=NOON).outcome is Outcome.INQUORATE


def test_tie_is_lost_or_voted_on_once_more() -> None:
    assert close(voting(), tally(2, 2), present=0, at=NOON).outcome is Outcome.LOST
    seconded = replace(MOTION, state=MotionState.SECONDED, seconder=SARI)
    motion = voting(Bylaws(tie=Tie.REBALLOT), motion=seconded)
    tied = close(motion, tally(2, 2), present=0, at=NOON)
    assert (tied.outcome, tied.state) == (Outcome.TIED, MotionState.SECONDED)
    again = put(replace(motion, state=MotionState.SECONDED, ties=1), Bylaws(tie=Tie.REBALLOT), Terms(), HALL, at=NOON)
    assert again[0].ballot == 2
    assert close(replace(motion, ties=1), tally(2, 2), present=0, at=NOON).outcome is Outcome.LOST


def test_ballot_that_was_to_last_is_closed_early_only_when_all_have_voted() -> None:
    motion = voting(terms=TIMED)
    with pytest.raises(OutOfOrder, match="ballot-early"):
        close(motion, tally(3, 0), present=0, at=NOON)
    assert close(motion, tally(3, 0), present=0, at=NOON + HOUR).outcome is Outcome.CARRIED
    assert close(motion, tally(3, 1), present=0, at=NOON).outcome is Outcome.CARRIED
