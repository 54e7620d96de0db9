"""What does the clock start, again and again, for each organisation?

Of several processes on one database one does it for the first organisation; each other is open in one process alone.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from governor.bootstrap import read_clock
from governor.errors import GovernorError
from governor.leading import Leading
from governor.ports import Chat
from governor.seats import Seat, Seats
from governor.services import ballots, presence, reminders
from governor.services.notices import Notices

LEASE = "clock"
"""The lease of the process that does it for the first organisation."""

log = logging.getLogger(__name__)


class Clockwork:
    """The periodic work for *seats*, in *chat*; *clock* gives the instant at which it is done."""

    def __init__(self, seats: Seats, leading: Leading, chat: Chat, clock: Callable[[], datetime] = read_clock) -> None:
        self._clock = clock
        self._seats = seats
        self._leading = leading
        self._chat = chat
        self._notices: dict[str | None, Notices] = {}

    def lead(self, work: Callable[[Seat], object]) -> None:
        """Do *work* with each organisation that is for this process.

        Raises:
            Unavailable: it cannot be known for which.
        """
        leads = self._leading.leads(LEASE)
        self._seats.each(lambda seat: work(seat) if leads or seat is not self._seats.first else None)

    def remind(self, seat: Seat) -> None:
        """Give the reminders that are due."""
        organisation = seat.house.organisation()
        if organisation is not None:
            reminding = seat.house.standing_rules().reminding(organisation.zone)
            reminders.remind(seat.house.record, reminding, self._clock())

    def count(self, seat: Seat) -> None:
        """Close the ballots whose time is over."""
        ballots.close_over(seat.house.record, self._clock())

    def show(self, seat: Seat) -> None:
        """Have the chat show the meetings to come beside its talk."""
        board = self._chat.board
        if board is not None:
            self._notices.setdefault(seat.place, Notices(seat.house.record, board.room)).post(self._clock())

    def gather(self, seat: Seat) -> None:
        """Have it offered to note who is heard in the meetings that are held, where the chat hears anybody."""
        if self._chat.voices is not None:
            presence.ask(seat.house.record, self._clock())


async def every(period: timedelta, work: Callable[[], object], beginning: asyncio.Lock) -> None:
    """Do *work* in a thread, again and again, *period* after it last ended; a failure is logged and tried again.

    No failure ends it, nor the room with it: the database may come back. The first time it holds *beginning*, for what
    begins at once needs as many threads, and as many connections, and keeps them.
    """
    async with beginning:
        await _attempt(work)
    while True:
        await asyncio.sleep(period.total_seconds())
        await _attempt(work)


async def _attempt(work: Callable[[], object]) -> None:
    try:
        await asyncio.to_thread(work)
    except GovernorError as error:
        log.warning("periodic work failed", extra={"reason": str(error)})
    except Exception:  # the edge: a bug is logged with its trace, and the other work goes on
        log.exception("a bug in periodic work")
