"""How is a vote taken? Put, cast, closed; what it comes to is counted by ``governor.voting``."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from governor.domain.bylaws import Bylaws, Electorate, Secrecy, Tie
from governor.domain.deliberating import check_admitted
from governor.domain.members import MemberId
from governor.domain.motions import Ballot, Motion, MotionState, Voter
from governor.domain.proceedings import BallotClosed, BallotOpened, VoteCast, VotersEntered
from governor.errors import OutOfOrder
from governor.values import dataclass
from governor.voting.counting import Choice, House, Majority, Outcome, Tally, count

LONGEST = timedelta(days=60)
"""How long a ballot may be open."""

PART = 200
"""How many voters one event enters: an entry of the ledger has at most 16 KiB."""

FEW = 5
"""Where fewer may vote, the count of a secret ballot may tell who voted how."""

_STATES = {Outcome.CARRIED: MotionState.CARRIED, Outcome.LOST: MotionState.LOST}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What may be chosen for one ballot: ``None`` is as the bylaws have it. ``closes_at`` is aware."""

    majority: Majority | None = None
    is_secret: bool = False
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """Who is there: the whole ``roll``, and of it those ``present`` in the meeting of the motion."""

    roll: Sequence[MemberId]
    present: Sequence[MemberId]


def put(
    motion: Motion, bylaws: Bylaws, terms: Terms, hall: Hall, *, at: datetime
) -> tuple[BallotOpened, Sequence[MemberId]]:
    """Return the event that puts *motion* to the vote at the instant *at*, and who may vote.

    Raises:
        OutOfOrder: it is not before the house, or the *terms* ask for less than *bylaws*, or for no time at all or too
            long, or those are too few who would have to be present, or nobody may vote.
    """
    check_admitted(motion, bylaws)
    majority = terms.majority or bylaws.majority
    if not majority.satisfies(bylaws.majority):
        raise OutOfOrder("majority-looser")
    if terms.closes_at is not None and not at < terms.closes_at <= at + LONGEST:
        raise OutOfOrder("ballot-end", limit=LONGEST)
    voters, present = hall.roll, None
    needed = bylaws.quorum.needed(len(hall.roll))
    if bylaws.electorate is Electorate.PRESENT:
        if motion.meeting is None:
            raise OutOfOrder("motion-without-meeting", number=motion.number)
        voters, present = hall.present, len(hall.present)
        if present < max(needed, 1):
            raise OutOfOrder("quorum-missing", present=present, needed=max(needed, 1), roll=len(hall.roll))
    opened = BallotOpened(
        number=motion.number,
        ballot=1 if motion.ballot is None else motion.ballot.ballot + 1,
        majority=majority,
        electorate=bylaws.electorate,
        quorum=bylaws.quorum,
        tie=bylaws.tie,
        is_secret=terms.is_secret or bylaws.secrecy is Secrecy.SECRET,
        roll=len(hall.roll),
        entitled=len(voters),
        needed=needed,
        present=present,
        closes_at=terms.closes_at,
    )
    return opened, voters


def enter(opened: BallotOpened, voters: Sequence[MemberId]) -> Iterator[VotersEntered]:
    """Yield the events that enter *voters* into the ballot that *opened*, ``PART`` of them each."""
    for first in range(0, len(voters), PART):
        yield VotersEntered(number=opened.number, ballot=opened.ballot, voters=tuple(voters[first : first + PART]))


def cast(motion: Motion, voter: Voter | None, choice: Choice, *, at: datetime) -> VoteCast:
    """Return the event by which *voter* (``None``: who is none) votes at the instant *at*, or votes otherwise now.

    In a secret ballot it does not say what.

    Raises:
        OutOfOrder: nothing is voted on, or it is too late, or they may not vote, or voted so already.
    """
    ballot = ballot_of(motion)
    if ballot.closes_at is not None and at >= ballot.closes_at:
        raise OutOfOrder("vote-late", number=motion.number, closed=ballot.closes_at)
    if voter is None:
        raise OutOfOrder(f"vote-not-{ballot.electorate.value}", number=motion.number, opened=ballot.opened_at)
    if voter.choice is choice:
        raise OutOfOrder("vote-as-before", number=motion.number)
    return VoteCast(
        number=motion.number,
        ballot=ballot.ballot,
        voter=voter.member,
        times=voter.times + 1,
        choice=None if ballot.is_secret else choice,
    )


def close(motion: Motion, tally: Tally, *, present: int, at: datetime) -> BallotClosed:
    """Return the event that closes the ballot on *motion* at the instant *at*: *tally* is what was cast.

    *present* is how many are in the meeting now. A tie is lost, unless the bylaws have it debated and voted on again:
    that, once.

    Raises:
        OutOfOrder: nothing is voted on, or people were told that they could vote until later, and have not all voted.
    """
    ballot = ballot_of(motion)
    is_early = ballot.closes_at is not None and at < ballot.closes_at
    if is_early and tally.voted < ballot.entitled:
        raise OutOfOrder("ballot-early", number=motion.number, closes=ballot.closes_at)
    there = present if ballot.electorate is Electorate.PRESENT else tally.voted
    outcome = count(tally, ballot.majority, House(entitled=ballot.entitled, present=there, needed=ballot.needed))
    if outcome is Outcome.TIED and (ballot.tie is Tie.LOST or motion.ties):
        outcome = Outcome.LOST
    again = MotionState.MOVED if motion.seconder is None else MotionState.SECONDED
    return BallotClosed(
        number=motion.number,
        ballot=ballot.ballot,
        votes_for=tally.votes_for,
        votes_against=tally.votes_against,
        abstained=tally.abstained,
        present=there,
        outcome=outcome,
        state=_STATES.get(outcome, again),
    )


def ballot_of(motion: Motion) -> Ballot:
    """Return the ballot that is being taken on *motion*.

    Raises:
        OutOfOrder: none is.
    """
    if motion.state is not MotionState.VOTING or motion.ballot is None:
        raise OutOfOrder("ballot-not-open", number=motion.number)
    return motion.ballot
