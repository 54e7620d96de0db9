"""What happens when something is moved, seconded, adopted without a vote, or withdrawn?"""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from governor.domain import deliberating
from governor.domain.decisions import next_number, record_decision
from governor.domain.members import MemberId
from governor.domain.motions import Motion, MotionState
from governor.domain.permissions import Permission, is_permitted
from governor.errors import NotFound, OutOfOrder
from governor.ports import Card, Reply
from governor.services.cards import decision_card
from governor.services.commands import Caller, Command
from governor.services.meant import meeting_found
from governor.services.motion_cards import card_of
from governor.store import decisions, meetings, members, proceedings
from governor.store import motions as kept
from governor.store.unit_of_work import UnitOfWork
from governor.understanding.reading import Act
from governor.values import dataclass
from governor.wording.phrase import Phrase, phrase

MOST_SHOWN = 10
"""How many motions one reply shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveMotion:
    """Move ``text``, on the ``item`` of the agenda of the meeting that is spoken of."""

    text: str
    item: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondMotion:
    """Second the motion of that ``number``."""

    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareConsensus:
    """Have all who are present adopt the motion of that ``number`` without a vote."""

    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawMotion:
    """Withdraw the motion of that ``number``."""

    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowMotion:
    """Show the motion of that ``number``."""

    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMotions:
    """Show the motions that are not settled; where there is none, those that were settled last."""


def move(request: MoveMotion, caller: Caller, work: UnitOfWork) -> Reply:
    """Enter a motion, into the meeting that is spoken of if there is one."""
    year = work.at.astimezone(ZoneInfo(caller.organisation.zone)).year
    number = next_number(year, kept.count(work.connection, year))
    meeting = meeting_found(Act.MOVE, caller, work)
    held = None if meeting is None else meeting.number
    if request.item is not None:
        agenda = () if held is None else proceedings.agenda(work.connection, held)
        if not any(one.item == request.item and not one.is_withdrawn for one in agenda):
            raise OutOfOrder("agenda-item-unknown", item=request.item)
    work.record(
        deliberating.move(request.text, number=number, by=caller.member.id, meeting=held, item=request.item),
        by=caller.member.id,
    )
    return shown(number, caller, work, phrase("motion-moved", number=number, name=caller.member.name))


def second(request: SecondMotion, caller: Caller, work: UnitOfWork) -> Reply:
    """Enter who seconds the motion."""
    work.record(deliberating.second(numbered(request.number, work), by=caller.member.id), by=caller.member.id)
    line = phrase("motion-seconded", number=request.number, name=caller.member.name)
    return shown(request.number, caller, work, line)


def declare_consensus(request: DeclareConsensus, caller: Caller, work: UnitOfWork) -> Reply:
    """Enter that nobody present objects, and the decision that it makes."""
    motion = numbered(request.number, work)
    present = () if motion.meeting is None else present_in(motion.meeting, work)
    roll = electors(work)
    event = deliberating.declare_consensus(
        motion, proceedings.bylaws_now(work.connection), present=len(present), roll=len(roll)
    )
    work.record(event, by=caller.member.id)
    return settled(request.number, caller, work)


def withdraw(request: WithdrawMotion, caller: Caller, work: UnitOfWork) -> Reply:
    """Enter that the motion is dealt with no more; whoever presides tells the leave of the meeting."""
    has_leave = is_permitted(caller.member.offices, Permission.BALLOT_TAKE)
    motion = numbered(request.number, work)
    work.record(deliberating.withdraw(motion, by=caller.member.id, has_leave=has_leave), by=caller.member.id)
    return shown(request.number, caller, work, phrase("motion-withdrawn", number=request.number))


def show(request: ShowMotion, caller: Caller, work: UnitOfWork) -> Reply:
    """Return the motion."""
    numbered(request.number, work)
    return shown(request.number, caller, work)


def list_motions(_: ListMotions, caller: Caller, work: UnitOfWork) -> Reply:
    """Return the motions that are not settled, oldest first; else the last that were."""
    pending = kept.pending(work.connection, MOST_SHOWN)
    found = pending or kept.newest(work.connection, MOST_SHOWN)
    if not found:
        return Reply(language=caller.language, lines=(phrase("motions-none"),))
    key = "motions-pending" if pending else "motions-settled"
    cards = tuple(card_of(one, work.connection, caller.roster, caller.zone) for one in found)
    return Reply(language=caller.language, lines=(phrase(key, count=len(found)),), cards=cards)


def numbered(number: str, work: UnitOfWork) -> Motion:
    """Return the motion of that *number*.

    Raises:
        NotFound: there is none.
    """
    motion = kept.find(work.connection, number)
    if motion is None:
        raise NotFound("motion-unknown", number=number)
    return motion


def electors(work: UnitOfWork) -> list[MemberId]:
    """Return who is on the roll and can act still, in order of enrolment: of them a quorum is reckoned."""
    return [one for one in members.everybody(work.connection) if work.has_key(one)]


def present_in(meeting: str, work: UnitOfWork) -> list[MemberId]:
    """Return the electors who are in the *meeting* (a number)."""
    return [one for one in proceedings.present(work.connection, meeting) if work.has_key(one)]


def shown(number: str, caller: Caller, work: UnitOfWork, *lines: Phrase, more: Sequence[Card] = ()) -> Reply:
    """Return the reply that says *lines* and shows the motion of that *number*, and *more*."""
    card = card_of(numbered(number, work), work.connection, caller.roster, caller.zone)
    return Reply(language=caller.language, lines=lines, cards=(card, *more))


def settled(number: str, caller: Caller, work: UnitOfWork) -> Reply:
    """Return the reply that tells what became of the motion of that *number*; what is carried is a decision from now.

    The decision names the motion, whose count or consensus tells how it came about.
    """
    motion = numbered(number, work)
    line = phrase(f"motion-told-{motion.state.value}", number=number)
    if motion.state is not MotionState.CARRIED:
        return shown(number, caller, work, line)
    decided = decide(motion, caller.organisation.zone, work, by=caller.member.id)
    recorded = decisions.find(work.connection, decided)
    meeting = None if motion.meeting is None else meetings.find(work.connection, motion.meeting)
    more = () if recorded is None else (decision_card(recorded, caller.roster, meeting),)
    return shown(number, caller, work, line, phrase("decision-recorded", number=decided), more=more)


def decide(motion: Motion, zone: str, work: UnitOfWork, *, by: MemberId | None) -> str:
    """Enter the decision that the carried *motion* makes, under the next number of the year, and return that."""
    year = work.at.astimezone(ZoneInfo(zone)).year
    decided = record_decision(
        number=next_number(year, decisions.count(work.connection, year)),
        text=motion.text,
        owner=None,
        due=None,
        meeting=motion.meeting,
        motion=motion.number,
    )
    work.record(decided, by=by)
    return decided.number


COMMANDS = (
    Command(
        name="motion move",
        request=MoveMotion,
        permission=Permission.MOTION_MOVE,
        handle=move,
        act=Act.MOVE,
        is_about_meeting=True,
    ),
    Command(
        name="motion second",
        request=SecondMotion,
        permission=Permission.MOTION_SECOND,
        handle=second,
        button="second",
        is_offered=True,
    ),
    Command(
        name="motion consensus",
        request=DeclareConsensus,
        permission=Permission.BALLOT_TAKE,
        handle=declare_consensus,
        button="agreed",
        is_offered=True,
    ),
    Command(
        name="motion withdraw",
        request=WithdrawMotion,
        permission=Permission.MOTION_WITHDRAW,
        handle=withdraw,
        button="withdraw",
        is_offered=True,
    ),
    Command(
        name="motion show",
        request=ShowMotion,
        permission=Permission.MOTION_READ,
        handle=show,
        button="motion",
        writes=False,
        act=Act.ASK_MOTION,
    ),
    Command(
        name="motion list",
        request=ListMotions,
        permission=Permission.MOTION_READ,
        handle=list_motions,
        act=Act.ASK_MOTIONS,
        writes=False,
    ),
)
