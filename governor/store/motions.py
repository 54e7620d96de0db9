"""Which motions are there, and how was voted on them? Rows → motions."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, Select, func, select

from governor.domain.bylaws import Electorate, Tie
from governor.domain.members import MemberId
from governor.domain.motions import Ballot, Consensus, Motion, MotionState, Voter
from governor.store.forms import instant, parse_instant
from governor.store.proceeding_tables import ballot, motion, voter
from governor.store.secret_votes import tally_of
from governor.voting.counting import Choice, Majority, Outcome, Quorum, Tally

_OPEN = (MotionState.MOVED.value, MotionState.SECONDED.value, MotionState.VOTING.value)


def find(connection: Connection, number: str) -> Motion | None:
    """Return the motion of that *number*."""
    return next(iter(_motions(connection, select(motion).where(motion.c.number == number))), None)


def pending(connection: Connection, limit: int = 25) -> tuple[Motion, ...]:
    """Return the motions that are not settled, oldest first; of more than *limit* the newest."""
    query = select(motion).where(motion.c.state.in_(_OPEN)).order_by(*_NEWEST).limit(limit)
    return tuple(reversed(_motions(connection, query)))


def newest(connection: Connection, limit: int = 25) -> tuple[Motion, ...]:
    """Return at most *limit* motions, the newest first."""
    return _motions(connection, select(motion).order_by(*_NEWEST).limit(limit))


def of_meeting(connection: Connection, number: str) -> tuple[Motion, ...]:
    """Return the motions that were moved in the meeting of that *number*, in order."""
    query = select(motion).where(motion.c.meeting == number)
    return _motions(connection, query.order_by(func.length(motion.c.number), motion.c.number))


def numbered(connection: Connection, numbers: Sequence[str]) -> dict[str, Motion]:
    """Return number → motion for those of *numbers* that there are."""
    return {one.number: one for one in _motions(connection, select(motion).where(motion.c.number.in_(numbers)))}


def over(connection: Connection, at: datetime) -> tuple[Motion, ...]:
    """Return the motions that are voted on, though the ballot was to end by the instant *at*."""
    ended = ballot.c.outcome.is_(None) & (ballot.c.closes_at <= instant(at))
    query = select(motion).join(ballot, ballot.c.number == motion.c.number).where(ended)
    return _motions(connection, query.order_by(motion.c.at, motion.c.number))


def count(connection: Connection, year: int) -> int:
    """Return how many motions were numbered in *year*."""
    query = select(func.count()).select_from(motion).where(motion.c.number.startswith(f"{year}-", autoescape=True))
    return connection.execute(query).scalar_one()


def voter_of(connection: Connection, number: str, nth: int, member: MemberId) -> Voter | None:
    """Return *member* as a voter in the *nth* ballot on the motion of that *number*; ``None``: they may not vote."""
    here = (voter.c.number == number) & (voter.c.ballot == nth)
    row = connection.execute(select(voter).where(here, voter.c.voter == member)).first()
    if row is None:
        return None
    return Voter(member=member, times=row.times, choice=None if row.choice is None else Choice(row.choice))


def voters(connection: Connection, number: str, nth: int) -> tuple[Voter, ...]:
    """Return who may vote in the *nth* ballot on the motion of that *number*, in no order that tells anything."""
    here = select(voter).where(voter.c.number == number, voter.c.ballot == nth).order_by(voter.c.voter)
    return tuple(
        Voter(member=MemberId(row.voter), times=row.times, choice=None if row.choice is None else Choice(row.choice))
        for row in connection.execute(here)
    )


def tally(connection: Connection, number: str, nth: int) -> Tally:
    """Return how many said what in the *nth* ballot on the motion of that *number*, which is open to all eyes."""
    here = (voter.c.number == number) & (voter.c.ballot == nth) & voter.c.choice.is_not(None)
    query = select(voter.c.choice, func.count()).where(here).group_by(voter.c.choice)
    return tally_of((row[0], row[1]) for row in connection.execute(query))


_NEWEST = (motion.c.at.desc(), func.length(motion.c.number).desc(), motion.c.number.desc())


def _motions(connection: Connection, query: Select[tuple[object, ...]]) -> tuple[Motion, ...]:
    rows = connection.execute(query).all()
    taken: dict[str, list[Row[tuple[object, ...]]]] = {row.number: [] for row in rows}
    voted: dict[tuple[str, int], int] = {}
    if rows:
        for one in connection.execute(select(ballot).where(ballot.c.number.in_(taken)).order_by(ballot.c.ballot)):
            taken[one.number].append(one)
        here = voter.c.number.in_(taken) & (voter.c.times > 0)
        counted = select(voter.c.number, voter.c.ballot, func.count().label("voted")).where(here)
        for one in connection.execute(counted.group_by(voter.c.number, voter.c.ballot)):
            voted[one.number, one.ballot] = one.voted
    return tuple(_motion(row, taken[row.number], voted) for row in rows)


def _motion(
    row: Row[tuple[object, ...]], ballots: Sequence[Row[tuple[object, ...]]], voted: dict[tuple[str, int], int]
) -> Motion:
    agreed = Consensus(agreed=row.agreed, needed=row.agreed_needed, roll=row.agreed_roll) if row.agreed else None
    return Motion(
        number=row.number,
        at=parse_instant(row.at),
        text=row.text,
        mover=MemberId(row.mover),
        meeting=row.meeting,
        item=row.item,
        state=MotionState(row.state),
        seconder=None if row.seconder is None else MemberId(row.seconder),
        ballot=_ballot(ballots[-1], voted.get((row.number, ballots[-1].ballot), 0)) if ballots else None,
        ties=_ties(ballots),
        consensus=agreed,
        decision=row.decision,
    )


def _ties(ballots: Iterable[Row[tuple[object, ...]]]) -> int:
    return sum(one.outcome == Outcome.TIED.value for one in ballots)


def _ballot(row: Row[tuple[object, ...]], voted: int) -> Ballot:
    is_closed = row.outcome is not None
    return Ballot(
        ballot=row.ballot,
        opened_at=parse_instant(row.at),
        majority=Majority(row.majority),
        electorate=Electorate(row.electorate),
        quorum=Quorum(row.quorum),
        tie=Tie(row.tie),
        is_secret=bool(row.is_secret),
        roll=row.roll,
        entitled=row.entitled,
        needed=row.needed,
        present=row.present,
        closes_at=None if row.closes_at is None else parse_instant(row.closes_at),
        voted=voted,
        tally=Tally(votes_for=row.votes_for, votes_against=row.votes_against, abstained=row.abstained)
        if is_closed
        else None,
        present_at_close=row.present_at_close,
        outcome=Outcome(row.outcome) if is_closed else None,
    )
