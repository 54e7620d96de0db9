"""What happens when a motion is put to the vote, voted on, and counted?"""

from datetime import datetime, timedelta

from governor.domain import balloting
from governor.domain.balloting import Hall, Terms
from governor.domain.bylaws import Secrecy
from governor.domain.motions import Ballot, Motion, MotionState, Voter
from governor.domain.permissions import Permission
from governor.errors import GovernorError, NotUnderstood, OutOfOrder
from governor.ports import Press, Reply
from governor.services.commands import Caller, Command
from governor.services.meetings import context_of
from governor.services.motions import decide, electors, numbered, present_in, settled, shown
from governor.services.posts import counted
from governor.store import motions, proceedings
from governor.store.organisations import organisation_of
from governor.store.unit_of_work import Record, UnitOfWork
from governor.understanding.read import read_change
from governor.values import dataclass
from governor.voting.counting import Choice, Majority, Tally
from governor.wording.phrase import phrase

GRACE = timedelta(seconds=5)
"""How long after the end of a ballot it is counted: what was cast in time may be on its way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PutMotion:
    """Put the motion of that ``number`` to the vote; what is not said is as the bylaws have it."""

    number: str
    secrecy: Secrecy | None = None
    majority: Majority | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PutUntil:
    """Put the motion of that ``number`` to the vote until when ``text`` says."""

    number: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CastVote:
    """Vote on the motion of that ``number``, in its ``ballot``-th ballot, or the one that is open."""

    number: str
    choice: Choice
    ballot: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountVotes:
    """Close the ballot on the motion of that ``number``, and count."""

    number: str


def put(request: PutMotion, caller: Caller, work: UnitOfWork) -> Reply:
    """Open the ballot for those who may vote now."""
    motion = numbered(request.number, work)
    terms = Terms(
        majority=request.majority,
        is_secret=request.secrecy is Secrecy.SECRET,
        closes_at=None if request.until is None else _moment(request.until, caller),
    )
    present = [] if motion.meeting is None else present_in(motion.meeting, work)
    hall = Hall(roll=electors(work), present=present)
    opened, voters = balloting.put(motion, proceedings.bylaws_now(work.connection), terms, hall, at=work.at)
    work.record(opened, by=caller.member.id)
    for part in balloting.enter(opened, voters):
        work.record(part, by=caller.member.id)
    if opened.is_secret:
        work.ballot_box(opened.number, opened.ballot).open()
    return shown(request.number, caller, work, phrase("motion-put", number=request.number))


def put_until(request: PutUntil, caller: Caller, work: UnitOfWork) -> Reply:
    """Open the ballot until the moment that was said."""
    return put(PutMotion(number=request.number, until=request.text), caller, work)


def vote(request: CastVote, caller: Caller, work: UnitOfWork) -> Reply:
    """Enter the vote of the caller, and tell them alone what is counted; everybody sees how many have voted.

    Raises:
        OutOfOrder: as ``balloting.cast``; or the button is of a ballot that is over.
    """
    motion = numbered(request.number, work)
    ballot = balloting.ballot_of(motion)
    if request.ballot not in (None, ballot.ballot):
        raise OutOfOrder("ballot-not-open", number=motion.number)
    voter = motions.voter_of(work.connection, motion.number, ballot.ballot, caller.member.id)
    box = work.ballot_box(motion.number, ballot.ballot) if ballot.is_secret else None
    if voter is not None and box is not None:
        voter = Voter(member=voter.member, times=voter.times, choice=box.choice(voter.member))
    work.record(balloting.cast(motion, voter, request.choice, at=work.at), by=caller.member.id)
    if box is not None:
        box.cast(caller.member.id, request.choice)
    choice = phrase(f"vote-{request.choice.value}")
    told = phrase("vote-counted", number=motion.number, choice=choice)
    if ballot.closes_at is not None:
        ends = ballot.closes_at.astimezone(context_of(caller).at.tzinfo)
        told = phrase("vote-counted-until", number=motion.number, choice=choice, closes=ends)
    return Reply(
        language=caller.language,
        aside=(told,),
        cards=shown(motion.number, caller, work).cards,
        is_private=not isinstance(caller.call.request, Press),
    )


def count(request: CountVotes, caller: Caller, work: UnitOfWork) -> Reply:
    """Close the ballot, count, and enter the decision that comes of it, if one does."""
    _close(numbered(request.number, work), work, by=caller)
    return settled(request.number, caller, work)


def close_over(record: Record, at: datetime) -> int:
    """Close the ballots that were to end ``GRACE`` before the instant *at*, and tell; return how many were.

    Raises:
        Unavailable: the database cannot be used now.
    """
    with record.database.read() as connection:
        over = motions.over(connection, at - GRACE)
        record.forget_closed_ballots(connection)
    closed = 0
    for motion in over:
        nth = 0 if motion.ballot is None else motion.ballot.ballot
        with record.act(f"clock:ballot:{motion.number}:{nth}", at) as work:
            found = motions.find(work.connection, motion.number)
            organisation = organisation_of(work.connection)
            if work.is_repeated() or found is None or found.ballot != motion.ballot or organisation is None:
                continue
            _close(found, work, by=None)
            after = numbered(motion.number, work)
            if after.state is MotionState.CARRIED:
                decide(after, organisation.zone, work, by=None)
            work.enqueue(counted(motion.number, nth))
            closed += 1
    return closed


def _close(motion: Motion, work: UnitOfWork, *, by: Caller | None) -> None:
    ballot = balloting.ballot_of(motion)
    present = [] if motion.meeting is None else present_in(motion.meeting, work)
    event = balloting.close(motion, _tally(motion, ballot, work), present=len(present), at=work.at)
    work.record(event, by=None if by is None else by.member.id)
    if ballot.is_secret:
        box = work.ballot_box(motion.number, ballot.ballot)
        box.empty()
        work.afterwards(box.forget)


def _tally(motion: Motion, ballot: Ballot, work: UnitOfWork) -> Tally:
    if ballot.is_secret:
        return work.ballot_box(motion.number, ballot.ballot).count()
    return motions.tally(work.connection, motion.number, ballot.ballot)


def _moment(said: str, caller: Caller) -> datetime:
    """Return the moment that was *said*.

    Raises:
        NotUnderstood: it is none.
    """
    try:
        found = read_change(said, context_of(caller)).dtstart
    except GovernorError:
        found = None
    if found is None:
        raise NotUnderstood("ballot-end-unclear", said=said)
    return found


COMMANDS = (
    Command(
        name="motion put",
        request=PutMotion,
        permission=Permission.BALLOT_TAKE,
        handle=put,
        button="put",
        is_offered=True,
    ),
    Command(name="ballot until", request=PutUntil, permission=Permission.BALLOT_TAKE, handle=put_until, button="until"),
    Command(
        name="motion vote",
        request=CastVote,
        permission=Permission.MOTION_VOTE,
        handle=vote,
        button="vote",
        is_offered=True,
        is_private=True,
    ),
    Command(
        name="motion count",
        request=CountVotes,
        permission=Permission.BALLOT_TAKE,
        handle=count,
        button="count",
        is_offered=True,
    ),
)
