"""By which rules does the organisation decide? What its constitution leaves to it, as data."""

from enum import StrEnum

from governor.values import dataclass
from governor.voting.counting import Majority, Quorum


class Electorate(StrEnum):
    """Who votes: everybody on the roll, wherever they are, or those whose presence in the meeting is in the record."""

    MEMBERS = "members"
    PRESENT = "present"


class Tie(StrEnum):
    """What a tie does: the motion is lost, or it is debated again and put to the vote once more."""

    LOST = "lost"
    REBALLOT = "reballot"


class Rule(StrEnum):
    """What may be ruled: a field of ``Bylaws``. A recorded name."""

    SECONDING = "seconding"
    ELECTORATE = "electorate"
    QUORUM = "quorum"
    MAJORITY = "majority"
    TIE = "tie"
    SECRECY = "secrecy"


class Seconding(StrEnum):
    """Whether a motion needs a seconder before it can be put to the vote."""

    NEEDED = "needed"
    UNNEEDED = "unneeded"


class Secrecy(StrEnum):
    """Whether it is told what each voted."""

    OPEN = "open"
    SECRET = "secret"  # noqa: S105  # no password


@dataclass(frozen=True, slots=True, kw_only=True)
class Bylaws:
    """The rules as they stand.

    ``version`` counts what was adopted, 0 is what holds before; ``article`` is where each reads what was adopted last.
    ``majority`` is the least that a motion needs: one may ask for more, never for less. The same holds for a secret
    ballot.
    """

    version: int = 0
    article: str | None = None
    seconding: Seconding = Seconding.UNNEEDED
    electorate: Electorate = Electorate.MEMBERS
    quorum: Quorum = Quorum.MORE_THAN_HALF
    majority: Majority = Majority.SIMPLE
    tie: Tie = Tie.LOST
    secrecy: Secrecy = Secrecy.OPEN
