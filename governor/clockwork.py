"""What does the clock start, again and again, for each organisation?

Of several processes on one database one does it for the first organisation; each other is open in one process alone.
"""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import structlog

from governor.bootstrap import read_clock
from governor.errors import GovernorError
from governor.leading import Leading
from governor.ports.board import Board
from governor.seats import Seat, Seats
from governor.services import ballots, reminders
from governor.services.notices import Notices

LEASE = "clock"
"""The lease of the process that does it for the first organisation."""

log = structlog.get_logger(__name__)


class Clockwork:
    """The periodic work for *seats*; what is shown of their meetings stands on *board*, where there is one."""

    def __init__(self, seats: Seats, leading: Leading, board: Board | None) -> None:
        self._seats = seats
        self._leading = leading
        self._board = board
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
            reminding = seat.house.settings.reminding(organisation.zone)
            reminders.remind(seat.house.record, reminding, read_clock())

    def count(self, seat: Seat) -> None:
        """Close the ballots whose time is over."""
        ballots.close_over(seat.house.record, read_clock())

    def show(self, seat: Seat) -> None:
        """Have the chat show the meetings to come beside its talk."""
        if self._board is not None:
            record = seat.house.record
            self._notices.setdefault(seat.place, Notices(record, self._board.room)).post(read_clock())


async def every(period: timedelta, work: Callable[[], object]) -> None:
    """Do *work* in a thread, again and again, *period* after it last ended; a failure is logged and tried again.

    No failure ends it, nor the room with it: the database may come back.
    """
    while True:
        try:
            await asyncio.to_thread(work)
        except GovernorError as error:
            log.warning("periodic work failed", reason=str(error))
        except Exception:  # the edge: a bug is logged with its trace, and the other work goes on
            log.exception("a bug in periodic work")
        await asyncio.sleep(period.total_seconds())
