"""Which rows does an event of a proceeding change? As in ``projections``."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from governor.domain import proceedings
from governor.domain.motions import MotionState
from governor.store import proceeding_tables
from governor.store.forms import instant
from governor.store.row_changes import Change, Insert, Put, Recorded, Update, Value, fields_of

_RULES = ("seconding", "electorate", "quorum", "majority", "tie", "secrecy")


def _bylaws_adopted(event: proceedings.BylawsAdopted, _: Recorded) -> Iterator[Change]:
    yield Insert(table=proceeding_tables.bylaws, values=fields_of(event, "version", "article", *_RULES))


def _item_added(event: proceedings.AgendaItemAdded, _: Recorded) -> Iterator[Change]:
    # Places are given anew from 0 with every order: none is as high as the number of an item that comes after it.
    values = {**fields_of(event, "number", "item", "text"), "place": event.item, "is_withdrawn": 0}
    yield Insert(table=proceeding_tables.agenda_item, values=values)


def _item_withdrawn(event: proceedings.AgendaItemWithdrawn, _: Recorded) -> Iterator[Change]:
    yield Update(
        table=proceeding_tables.agenda_item, where=fields_of(event, "number", "item"), values={"is_withdrawn": 1}
    )


def _agenda_ordered(event: proceedings.AgendaOrdered, _: Recorded) -> Iterator[Change]:
    for place, item in enumerate(event.items):
        where: dict[str, Value] = {"number": event.number, "item": item}
        yield Update(table=proceeding_tables.agenda_item, where=where, values={"place": place})


def _attendance_noted(event: proceedings.AttendanceNoted, recorded: Recorded) -> Iterator[Change]:
    values = {**fields_of(event, "number", "member"), "at": recorded.at, "is_present": int(event.is_present)}
    yield Put(table=proceeding_tables.attendance, values=values)


def _moved(event: proceedings.MotionMoved, recorded: Recorded) -> Iterator[Change]:
    first: dict[str, Value] = {"at": recorded.at, "state": MotionState.MOVED.value}
    yield Insert(
        table=proceeding_tables.motion,
        values=fields_of(event, "number", "text", "mover", "meeting", "item") | _UNSETTLED | first,
    )


_UNSETTLED: dict[str, Value] = dict.fromkeys(("seconder", "agreed", "agreed_needed", "agreed_roll", "decision"))


def _seconded(event: proceedings.MotionSeconded, _: Recorded) -> Iterator[Change]:
    yield _motion(event.number, MotionState.SECONDED, fields_of(event, "seconder"))


def _withdrawn(event: proceedings.MotionWithdrawn, _: Recorded) -> Iterator[Change]:
    yield _motion(event.number, MotionState.WITHDRAWN, {})


def _consensus(event: proceedings.ConsensusDeclared, _: Recorded) -> Iterator[Change]:
    values: dict[str, Value] = {
        "agreed": event.agreed,
        "agreed_needed": event.needed,
        "agreed_roll": event.roll,
    }
    yield _motion(event.number, MotionState.CARRIED, values)


def _motion(number: str, state: MotionState, values: Mapping[str, Value]) -> Update:
    return Update(table=proceeding_tables.motion, where={"number": number}, values={**values, "state": state.value})


_TERMS = ("majority", "electorate", "quorum", "tie", "roll", "entitled", "needed", "present")
_COUNTED = ("votes_for", "votes_against", "abstained", "outcome")


def _ballot_opened(event: proceedings.BallotOpened, recorded: Recorded) -> Iterator[Change]:
    values = fields_of(event, "number", "ballot", *_TERMS) | dict.fromkeys((*_COUNTED, "present_at_close"))
    ends = None if event.closes_at is None else instant(event.closes_at.replace(microsecond=0))
    now: dict[str, Value] = {"at": recorded.at, "is_secret": int(event.is_secret), "closes_at": ends}
    yield Insert(table=proceeding_tables.ballot, values=values | now)
    yield _motion(event.number, MotionState.VOTING, {})


def _voters_entered(event: proceedings.VotersEntered, _: Recorded) -> Iterator[Change]:
    for member in event.voters:
        row: dict[str, Value] = {"voter": member, "times": 0, "choice": None}
        yield Insert(table=proceeding_tables.voter, values=fields_of(event, "number", "ballot") | row)


def _vote_cast(event: proceedings.VoteCast, _: Recorded) -> Iterator[Change]:
    where = fields_of(event, "number", "ballot", "voter")
    yield Update(table=proceeding_tables.voter, where=where, values=fields_of(event, "times", "choice"))


def _ballot_closed(event: proceedings.BallotClosed, _: Recorded) -> Iterator[Change]:
    values = {**fields_of(event, *_COUNTED), "present_at_close": event.present}
    yield Update(table=proceeding_tables.ballot, where=fields_of(event, "number", "ballot"), values=values)
    yield _motion(event.number, event.state, {})


PROCEEDINGS = cast(
    "Mapping[type[proceedings.Proceeding], Callable[[Any, Recorded], Iterator[Change]]]",
    {
        proceedings.BylawsAdopted: _bylaws_adopted,
        proceedings.AgendaItemAdded: _item_added,
        proceedings.AgendaItemWithdrawn: _item_withdrawn,
        proceedings.AgendaOrdered: _agenda_ordered,
        proceedings.AttendanceNoted: _attendance_noted,
        proceedings.MotionMoved: _moved,
        proceedings.MotionSeconded: _seconded,
        proceedings.MotionWithdrawn: _withdrawn,
        proceedings.ConsensusDeclared: _consensus,
        proceedings.BallotOpened: _ballot_opened,
        proceedings.VotersEntered: _voters_entered,
        proceedings.VoteCast: _vote_cast,
        proceedings.BallotClosed: _ballot_closed,
    },
)
"""Each event of a proceeding, and what yields its changes."""
