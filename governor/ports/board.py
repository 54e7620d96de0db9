"""What may a chat show beside its talk, where its platform can?"""

from datetime import datetime
from typing import Protocol

from governor.values import dataclass
from governor.wording.phrase import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One occurrence of a meeting, as a platform shows it among its own events; said in one ``language``.

    ``title`` are people's own words. ``start`` and ``end`` are aware; it ``is_held`` from one to the other. ``place``
    is where people said it is held: the platform's own room of that name, where it has one, or else ``where`` is
    shown. ``lines`` tell about it.
    """

    language: str
    title: str
    start: datetime
    end: datetime
    is_held: bool
    place: str | None
    where: Phrase
    lines: tuple[Phrase, ...]


class Board(Protocol):
    """Where a platform shows the meetings to come, as events of its own; ``room`` is how many it takes at a time.

    Who presses there that they are interested makes a call (``Interest``).
    """

    room: int

    async def show(self, notice: Notice, *, known: str | None, place: str | None) -> str:
        """Make the event *known* in *place* (as in ``Call``) what *notice* says; return the platform's id for it.

        ``None``: there is none yet. One that people took away is shown anew. A second one is never shown for the same
        notice, though nobody knew of the first.

        Raises:
            Unavailable: it may be tried again; ``is_lasting``: a person has to allow it, or to make room, first.
            Refused: the platform does not take it as it is.
        """

    async def withdraw(self, known: str, *, is_cancelled: bool, place: str | None) -> str:
        """Show the event *known* no more as one to come: as cancelled, or as over where it has begun; return its id.

        Nothing happens where it is gone.

        Raises:
            Unavailable, Refused: as ``show``.
        """
