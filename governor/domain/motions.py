"""What is a motion, and what is a ballot on it?"""

from datetime import datetime
from enum import StrEnum

from governor.domain.bylaws import Electorate, Tie
from governor.domain.members import MemberId
from governor.values import dataclass
from governor.voting.counting import Choice, Majority, Outcome, Quorum, Tally


class MotionState(StrEnum):
    """How far a motion is. A recorded name."""

    MOVED = "moved"
    SECONDED = "seconded"
    VOTING = "voting"
    CARRIED = "carried"
    LOST = "lost"
    WITHDRAWN = "withdrawn"


DECIDED = frozenset({MotionState.CARRIED, MotionState.LOST, MotionState.WITHDRAWN})
"""What a motion does not come back from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """One ballot on a motion, the ``ballot``-th, with the rules that it is taken under.

    ``roll`` is how many members there were when it was opened, ``entitled`` how many of them may vote, ``needed`` how
    many must be there; ``present`` how many were, where they are called to one place. After its close ``tally`` and
    ``outcome`` are told, and ``present_at_close``: where there is no one place, how many took part.
    """

    ballot: int
    opened_at: datetime
    majority: Majority
    electorate: Electorate
    quorum: Quorum
    tie: Tie
    is_secret: bool
    roll: int
    entitled: int
    needed: int
    present: int | None
    closes_at: datetime | None
    voted: int = 0
    tally: Tally | None = None
    present_at_close: int | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consensus:
    """A motion was adopted without a vote: ``agreed`` were present of a ``roll`` of members, ``needed`` had to be."""

    agreed: int
    needed: int
    roll: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """One motion as it stands: ``number`` (``2026-001``) is the organisation's, gapless in its year.

    ``text`` never changes: another text is another motion. ``meeting`` and ``item`` are where it was moved, ``ballot``
    is the latest on it, ``ties`` how many were tied. ``decision`` is the number of the decision that it became.
    """

    number: str
    at: datetime
    text: str
    mover: MemberId
    meeting: str | None
    item: int | None
    state: MotionState
    seconder: MemberId | None = None
    ballot: Ballot | None = None
    ties: int = 0
    consensus: Consensus | None = None
    decision: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Voter:
    """One who may vote in a ballot: how often they have voted (the last counts), and what, where that may be known."""

    member: MemberId
    times: int = 0
    choice: Choice | None = None
