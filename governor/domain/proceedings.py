"""What has happened on the way to a decision? Bylaws, agendas, attendance, motions and ballots, as events.

The fields are shown in the ledger as ``domain.events`` says. Of a secret ballot it is recorded who has voted, and how
often; what each voted is in no event, only how many voted what, once it is closed.
"""

from datetime import datetime
from typing import ClassVar

from governor.domain.bylaws import Electorate, Seconding, Secrecy, Tie
from governor.domain.members import MemberId
from governor.domain.motions import MotionState
from governor.domain.written import Text
from governor.values import dataclass
from governor.voting.counting import Choice, Majority, Outcome, Quorum


@dataclass(frozen=True, slots=True, kw_only=True)
class BylawsAdopted:
    """The rules by which the organisation decides are these from now on; ``article`` is where that reads."""

    type: ClassVar[str] = "bylaws.adopted"
    about: ClassVar[str] = "bylaws"
    version: int
    article: Text
    seconding: Seconding
    electorate: Electorate
    quorum: Quorum
    majority: Majority
    tie: Tie
    secrecy: Secrecy


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItemAdded:
    """Something is to be dealt with in a meeting, after what is on its agenda already; ``item`` counts from 1."""

    type: ClassVar[str] = "agenda.item_added"
    about: ClassVar[str] = "meeting/{number}"
    number: str
    item: int
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItemWithdrawn:
    """An item of the agenda is not dealt with after all."""

    type: ClassVar[str] = "agenda.item_withdrawn"
    about: ClassVar[str] = "meeting/{number}"
    number: str
    item: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaOrdered:
    """The agenda is dealt with in the order of ``items``."""

    type: ClassVar[str] = "agenda.ordered"
    about: ClassVar[str] = "meeting/{number}"
    number: str
    items: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceNoted:
    """A member came to a meeting, or left it."""

    type: ClassVar[str] = "attendance.noted"
    about: ClassVar[str] = "meeting/{number}"
    number: str
    member: MemberId
    is_present: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionMoved:
    """A member moved that something be decided; ``item`` is of the agenda of the ``meeting`` (a number)."""

    type: ClassVar[str] = "motion.moved"
    about: ClassVar[str] = "motion/{number}"
    number: str
    text: Text
    mover: MemberId
    meeting: str | None
    item: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionSeconded:
    """Another member wants the motion to be dealt with."""

    type: ClassVar[str] = "motion.seconded"
    about: ClassVar[str] = "motion/{number}"
    number: str
    seconder: MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionWithdrawn:
    """The motion is dealt with no more."""

    type: ClassVar[str] = "motion.withdrawn"
    about: ClassVar[str] = "motion/{number}"
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsensusDeclared:
    """The motion was adopted without a vote, nobody objecting: ``agreed`` were present, ``needed`` had to be."""

    type: ClassVar[str] = "motion.consensus_declared"
    about: ClassVar[str] = "motion/{number}"
    number: str
    agreed: int
    needed: int
    roll: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotOpened:
    """The motion was put to the vote, for the ``ballot``-th time, under these rules (``motions.Ballot``)."""

    type: ClassVar[str] = "ballot.opened"
    about: ClassVar[str] = "motion/{number}"
    number: str
    ballot: int
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


@dataclass(frozen=True, slots=True, kw_only=True)
class VotersEntered:
    """These ``voters`` may vote in the ballot; a long list is entered in several parts."""

    type: ClassVar[str] = "ballot.voters_entered"
    about: ClassVar[str] = "motion/{number}"
    number: str
    ballot: int
    voters: tuple[MemberId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteCast:
    """A voter voted, for the ``times``-th time in this ballot: the last counts. ``choice`` is told of open ballots."""

    type: ClassVar[str] = "vote.cast"
    about: ClassVar[str] = "motion/{number}"
    number: str
    ballot: int
    voter: MemberId
    times: int
    choice: Choice | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotClosed:
    """The votes were counted: the ``outcome``, and how far the motion is by it (``state``)."""

    type: ClassVar[str] = "ballot.closed"
    about: ClassVar[str] = "motion/{number}"
    number: str
    ballot: int
    votes_for: int
    votes_against: int
    abstained: int
    present: int
    outcome: Outcome
    state: MotionState


Proceeding = (
    BylawsAdopted
    | AgendaItemAdded
    | AgendaItemWithdrawn
    | AgendaOrdered
    | AttendanceNoted
    | MotionMoved
    | MotionSeconded
    | MotionWithdrawn
    | ConsensusDeclared
    | BallotOpened
    | VotersEntered
    | VoteCast
    | BallotClosed
)

PROCEEDINGS: tuple[type[Proceeding], ...] = (
    BylawsAdopted,
    AgendaItemAdded,
    AgendaItemWithdrawn,
    AgendaOrdered,
    AttendanceNoted,
    MotionMoved,
    MotionSeconded,
    MotionWithdrawn,
    ConsensusDeclared,
    BallotOpened,
    VotersEntered,
    VoteCast,
    BallotClosed,
)
"""Every one of these; they are part of ``events.EVENTS``."""
