"""What does every Board do? Inherited by the tests of each adapter, and of the one in memory that other tests use."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from governor.errors import Unavailable
from governor.ports.board import Board, Notice
from governor.wording.phrase import phrase

HOUR = timedelta(hours=1)


def notice(title: str = "Rapat Kas", hours: int = 24, *, place: str = "Balai") -> Notice:
    """Return a notice of a meeting that begins in so many hours."""
    start = datetime.now(UTC).replace(microsecond=0) + hours * HOUR
    where = phrase("word-value", value=place)
    lines = (phrase("notice-number", number="2026-001", chair="Dewi"),)
    return Notice(
        language="id",
        title=title,
        start=start,
        end=start + HOUR,
        is_held=False,
        place=place,
        where=where,
        lines=lines,
    )


@dataclass(frozen=True, kw_only=True)
class Seen:
    """An event as people see it: ``state`` is planned, held, over or cancelled."""

    title: str
    start: datetime
    place: str
    state: str


class Place(ABC):
    """Where a board stands, which can be full or closed to it."""

    @abstractmethod
    def do(self, act: Callable[[Board], Coroutine[object, object, str]]) -> str:
        """Return what *act* gives."""

    @abstractmethod
    def seen(self) -> list[Seen]:
        """Return every event that people see or saw, but for those taken away."""

    @abstractmethod
    def take_away(self) -> None:
        """Have a person take every event away."""

    @abstractmethod
    def forbid(self) -> None:
        """Let the bot make no more events."""

    @abstractmethod
    def fill(self) -> None:
        """Have other people make so many events that no more fit."""

    def show(self, one: Notice, known: str | None = None) -> str:
        """Show *one*."""
        return self.do(lambda board: board.show(one, known=known, place=None))

    def withdraw(self, known: str, *, is_cancelled: bool = False) -> str:
        """Withdraw the event *known*."""
        return self.do(lambda board: board.withdraw(known, is_cancelled=is_cancelled, place=None))


class BoardContract:
    """Each test takes the fixture ``place``."""

    def test_notice_is_an_event_that_stays_one_while_it_changes(self, place: Place) -> None:
        first = notice()
        known = place.show(first)
        later = replace(first, title="Rapat Kas Besar", start=first.start + HOUR, end=first.end + HOUR)
        assert place.show(later, known) == known
        seen = [Seen(title="Rapat Kas Besar", start=later.start, place="Balai", state="planned")]
        assert place.seen() == seen

    def test_event_is_made_once_though_nobody_heard_that_it_was(self, place: Place) -> None:
        one = notice()
        assert place.show(one) == place.show(one)
        assert len(place.seen()) == 1

    def test_event_that_was_taken_away_is_made_anew(self, place: Place) -> None:
        known = place.show(notice())
        place.take_away()
        assert place.show(notice(), known) != known
        assert len(place.seen()) == 1

    def test_event_begins_and_is_over(self, place: Place) -> None:
        one = notice()
        known = place.show(one)
        assert place.show(replace(one, is_held=True), known) == known
        assert [one.state for one in place.seen()] == ["held"]
        assert place.withdraw(known) == known
        assert [one.state for one in place.seen()] == ["over"]

    def test_event_that_is_cancelled_is_seen_as_cancelled(self, place: Place) -> None:
        known = place.show(notice())
        place.withdraw(known, is_cancelled=True)
        assert [one.state for one in place.seen()] == ["cancelled"]

    def test_event_that_neither_took_place_nor_was_cancelled_is_taken_away(self, place: Place) -> None:
        place.withdraw(place.show(notice()))
        assert place.seen() == []

    def test_withdrawing_what_is_gone_does_nothing(self, place: Place) -> None:
        known = place.show(notice())
        place.take_away()
        assert place.withdraw(known, is_cancelled=True) == known

    def test_what_is_held_and_put_off_is_over_and_planned_again(self, place: Place) -> None:
        one = notice()
        known = place.show(one)
        place.show(replace(one, is_held=True), known)
        assert place.show(notice(hours=48), known) != known
        assert [one.state for one in place.seen()] == ["over", "planned"]

    @pytest.mark.parametrize("obstacle", ["forbid", "fill"])
    def test_what_people_have_to_change_first_is_told(self, place: Place, obstacle: str) -> None:
        getattr(place, obstacle)()
        with pytest.raises(Unavailable) as told:
            place.show(notice())
        assert told.value.is_lasting


@dataclass
class Wall:
    """A board in memory."""

    room: int = 100
    events: dict[str, Notice] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    is_forbidden: bool = False

    async def show(self, notice: Notice, *, known: str | None, place: str | None) -> str:
        """Show it."""
        if known is not None and self.states.get(known) == "held" and not notice.is_held:
            self.states[known] = "over"
        if known is None:
            same = (one for one, shown in self.events.items() if shown == notice)
            known = next((one for one in same if self.states[one] == "planned"), None)
        if known is None or self.states.get(known) not in ("planned", "held"):
            if self.is_forbidden:
                raise Unavailable("discord-events-forbidden", permissions=(), is_lasting=True)
            if len(self.standing) >= self.room:
                raise Unavailable("discord-events-full", limit=self.room, is_lasting=True)
            known = f"event-{len(self.states)}"
        self.events[known], self.states[known] = notice, "held" if notice.is_held else "planned"
        return known

    async def withdraw(self, known: str, *, is_cancelled: bool, place: str | None) -> str:
        """Withdraw it."""
        state = self.states.get(known)
        if state == "held":
            self.states[known] = "over"
        elif state == "planned" and is_cancelled:
            self.states[known] = "cancelled"
        elif state == "planned":
            del self.events[known]
            self.states[known] = "gone"
        return known

    @property
    def standing(self) -> list[Notice]:
        """Return what is planned or held, the first to begin in front."""
        found = [self.events[one] for one, state in self.states.items() if state in ("planned", "held")]
        return sorted(found, key=lambda one: one.start)


class Hallway(Place):
    """The board in memory."""

    def __init__(self) -> None:
        self.wall = Wall()

    def do(self, act: Callable[[Board], Coroutine[object, object, str]]) -> str:
        return asyncio.run(act(self.wall))

    def seen(self) -> list[Seen]:
        told = [(one, self.wall.states[known]) for known, one in self.wall.events.items()]
        return [Seen(title=one.title, start=one.start, place=one.place or "", state=state) for one, state in told]

    def take_away(self) -> None:
        self.wall.states = dict.fromkeys(self.wall.states, "gone")
        self.wall.events.clear()

    def forbid(self) -> None:
        self.wall.is_forbidden = True

    def fill(self) -> None:
        for at in range(self.wall.room):
            self.show(notice(f"Acara {at}"))
