"""What has happened while a time was looked for that suits those who are invited? Each an event (``domain.events``)."""

from datetime import datetime, timedelta
from typing import ClassVar

from governor.domain.members import MemberId
from governor.domain.written import Text
from governor.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DatePollOpened:
    """It was asked when a meeting suits: ``slots`` are the times offered, in order.

    ``invited`` are asked, in the order of invitation; the first opened the poll.
    """

    type: ClassVar[str] = "date_poll.opened"
    about: ClassVar[str] = "date_poll/{number}"
    number: str
    summary: Text
    duration: timedelta
    zone: str
    location: Text | None
    agenda: Text | None
    conference: Text | None
    slots: tuple[datetime, ...]
    invited: tuple[MemberId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatePollMarked:
    """A slot, counted from 0, suits a member, or does no more."""

    type: ClassVar[str] = "date_poll.marked"
    about: ClassVar[str] = "date_poll/{number}"
    number: str
    member: MemberId
    slot: int
    suits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DatePollClosed:
    """A poll ended; ``meeting`` is the number of the meeting that it led to, if it did."""

    type: ClassVar[str] = "date_poll.closed"
    about: ClassVar[str] = "date_poll/{number}"
    number: str
    meeting: str | None
