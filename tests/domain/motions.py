"""Motions and ballots for tests."""

from dataclasses import replace

from governor.domain.balloting import Hall, Terms, put
from governor.domain.bylaws import Bylaws, Electorate
from governor.domain.motions import Ballot, Motion, MotionState
from governor.domain.proceedings import BallotOpened
from tests.domain.meetings import BUDI, JOKO, NOON, RATNA, SARI

MOTION = Motion(
    number="2026-001",
    at=NOON,
    text="membeli tenda",
    mover=BUDI,
    meeting="2026-001",
    item=None,
    state=MotionState.MOVED,
)

HALL = Hall(roll=(RATNA, BUDI, SARI, JOKO), present=(RATNA, BUDI, SARI))

IN_PLACE = Bylaws(electorate=Electorate.PRESENT)
"""Those vote who are present."""


def voting(bylaws: Bylaws | None = None, terms: Terms | None = None, motion: Motion = MOTION) -> Motion:
    """Return *motion*, put to the vote before ``HALL``."""
    opened, _ = put(motion, bylaws or Bylaws(), terms or Terms(), HALL, at=NOON)
    return replace(motion, state=MotionState.VOTING, ballot=ballot_from(opened))


def ballot_from(opened: BallotOpened) -> Ballot:
    """Return the ballot that *opened* opened at noon."""
    return Ballot(
        ballot=opened.ballot,
        opened_at=NOON,
        majority=opened.majority,
        electorate=opened.electorate,
        quorum=opened.quorum,
        tie=opened.tie,
        is_secret=opened.is_secret,
        roll=opened.roll,
        entitled=opened.entitled,
        needed=opened.needed,
        present=opened.present,
        closes_at=opened.closes_at,
    )
