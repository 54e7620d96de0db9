"""Is it told on the card of a new meeting who is busy then, of those who share it?"""

import asyncio
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from governor.ports import Press, Say, Span
from governor.services.conflicts import CONFLICTS, known
from governor.store.thinking import thinking
from tests.delivery.calendars import Wall
from tests.delivery.test_ways import Town, town
from tests.services.test_routes import ask, propose

__all__ = ["town"]

SOON = 10.0
START = datetime(2026, 11, 25, 12, tzinfo=UTC)


class Mute(Wall):
    """A calendar that says nothing until it is ``free`` to."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = threading.Event()
        self.free = asyncio.Event()

    async def busy(self, addresses: Sequence[str], start: datetime, end: datetime) -> Mapping[str, Sequence[Span]]:
        self.asked.set()
        await self.free.wait()
        return {"budi@example.org": [(start, end)]}


def test_others_think_while_a_calendar_does_not_answer() -> None:
    mute, end = Mute(), START + timedelta(hours=1)

    def ask(loop: asyncio.AbstractEventLoop) -> Mapping[str, Sequence[Span]]:
        with thinking(SOON):
            return known([mute], loop, ["budi@example.org"], START, end)

    def think() -> None:
        with thinking(SOON):
            assert not mute.free.is_set()

    async def talk() -> Mapping[str, Sequence[Span]]:
        loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(2) as pool:
            answer = loop.run_in_executor(pool, partial(ask, loop))
            assert await loop.run_in_executor(pool, mute.asked.wait, SOON)
            thought = loop.run_in_executor(pool, think)
            await asyncio.wait([thought], timeout=2)
            assert thought.done()
            mute.free.set()
            return await answer

    assert asyncio.run(talk()) == {"budi@example.org": [(START, end)]}


def test_card_is_shown_again_with_who_is_busy(town: Town) -> None:
    card = propose(town, "rapat kas besok jam 7 malam dengan @budi dan @sari")
    start = datetime(2026, 11, 25, 12, tzinfo=UTC)
    busy = {"start": start.isoformat(), "end": (start + timedelta(minutes=30)).isoformat()}
    town.google.busy["budi@example.org"] = [busy]
    town.deliver()

    (shown,) = town.chat.posts[-1][1].cards
    assert (shown.id, shown.buttons) == (card.id, card.buttons)
    assert [row.value.values["name"] for row in shown.rows[len(card.rows) :]] == ["Budi"]


@pytest.mark.parametrize("button", ["call", "discard", "change"])
def test_nothing_is_shown_where_somebody_presses_before_the_calendars_answer(town: Town, button: str) -> None:
    card = propose(town, "rapat kas besok jam 7 malam dengan @budi")
    pressed = next(one for one in card.buttons if one.token.startswith(f"{button}:"))

    async def busy(_: Sequence[str], start: datetime, end: datetime) -> Mapping[str, Sequence[Span]]:
        text = "ubah jamnya ke jam 8 malam"
        ask(town, Say(text=text, answering=pressed.token) if pressed.is_form else Press(button=pressed.token))
        return {"budi@example.org": [(start, end)]}

    town.mail.busy = busy  # type: ignore[method-assign]  # somebody presses while it is asked
    queued = next(one.id for one in town.hall.all() if one.effect.kind == CONFLICTS)
    town.delivery.carry_out(queued, town.run)
    assert [reply for _, reply in town.chat.posts if reply.cards] == []


def test_nothing_is_shown_when_nobody_is_busy_or_google_is_away(town: Town) -> None:
    propose(town, "rapat kas besok jam 7 malam dengan @budi")
    town.deliver()
    town.google.valid.clear()
    town.google.token_faults = [(400, {"error": "invalid_grant"})] * 9
    propose(town, "rapat kas lusa jam 7 malam dengan @budi")
    town.deliver()

    assert town.chat.posts == []
    assert [one.state.value for one in town.hall.all() if one.effect.kind == CONFLICTS] in (
        ["done", "cancelled"],
        ["cancelled", "done"],
    )
