"""When does a meeting suit most? A poll on its date, as assemblies take it before they are called."""

from collections import Counter
from datetime import datetime, timedelta

from governor.domain.convening import LONGEST, Plan, check_text, text_or_none
from governor.domain.events import DatePollClosed, DatePollMarked, DatePollOpened, Text
from governor.domain.members import MemberId
from governor.errors import OutOfOrder
from governor.values import dataclass

MOST = 5
"""How many times a poll offers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatePoll:
    """A poll as it stands: ``slots`` are the times offered (aware, in the IANA ``zone``), in order.

    ``marks`` are who can come to which slot, counted from 0; ``invited`` may mark, the first of them opened it.
    ``meeting`` is the number of the meeting that it led to.
    """

    number: str
    summary: str
    duration: timedelta
    zone: str
    location: str | None
    agenda: str | None
    conference: str | None
    slots: tuple[datetime, ...]
    invited: tuple[MemberId, ...]
    marks: frozenset[tuple[MemberId, int]] = frozenset()
    is_closed: bool = False
    meeting: str | None = None

    def whom(self, slot: int) -> tuple[MemberId, ...]:
        """Return whom the *slot* suits, in the order of invitation."""
        return tuple(member for member in self.invited if (member, slot) in self.marks)


def open_poll(plan: Plan, slots: tuple[datetime, ...], *, number: str) -> DatePollOpened:
    """Return the event that asks ``plan.invited`` which of *slots* suit them; the start of the *plan* is left open.

    Raises:
        OutOfOrder: there is no time to offer, or the plan has no title, or lasts no time or too long.
    """
    if not slots:
        raise OutOfOrder("date-poll-no-time")
    check_text("summary", plan.summary)
    if not timedelta() < plan.duration <= LONGEST:
        raise OutOfOrder("meeting-too-long", limit=LONGEST)
    return DatePollOpened(
        number=number,
        summary=Text(plan.summary),
        duration=plan.duration,
        zone=plan.zone,
        location=text_or_none(plan.location),
        agenda=text_or_none(plan.agenda),
        conference=text_or_none(plan.conference),
        slots=slots,
        invited=tuple(dict.fromkeys(plan.invited)),
    )


def mark(poll: DatePoll, slot: int, *, by: MemberId) -> DatePollMarked:
    """Return the event by which the *slot* suits *by*, or does no more where it did.

    Raises:
        OutOfOrder: the poll is closed, or does not ask *by*, or does not offer the slot.
    """
    _check_open(poll)
    if by not in poll.invited:
        raise OutOfOrder("not-invited", meeting=poll.summary)
    if not 0 <= slot < len(poll.slots):
        raise OutOfOrder("date-poll-no-time")
    return DatePollMarked(number=poll.number, member=by, slot=slot, suits=(by, slot) not in poll.marks)


def best(poll: DatePoll, *, at: datetime) -> int:
    """Return the slot after the instant *at* that suits most, of several the earliest.

    Raises:
        OutOfOrder: the poll is closed, nobody has marked anything, or all that suits is past.
    """
    _check_open(poll)
    counts = Counter(slot for _, slot in poll.marks if poll.slots[slot] > at)
    if not counts:
        raise OutOfOrder("date-poll-unmarked", summary=poll.summary)
    return min(counts, key=lambda slot: (-counts[slot], slot))


def close(poll: DatePoll, *, meeting: str | None) -> DatePollClosed:
    """Return the event that ends the poll, and leads to that *meeting* (a number) or to none.

    Raises:
        OutOfOrder: it is closed already.
    """
    _check_open(poll)
    return DatePollClosed(number=poll.number, meeting=meeting)


def _check_open(poll: DatePoll) -> None:
    if poll.is_closed:
        raise OutOfOrder("date-poll-closed", summary=poll.summary)
