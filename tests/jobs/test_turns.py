"""Calls of one place are answered in order, and what holds up one place holds up no other."""

import asyncio
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import pytest

import governor.turns
from governor.ports import Account, Call, Say
from governor.store.thinking import not_at_once, waiting
from governor.turns import Turns, place_of

AT = datetime(2026, 11, 24, 3, tzinfo=UTC)


def call(account: str, place: str | None) -> Call:
    return Call(id="1", account=Account(platform="discord", id=account), at=AT, request=Say(text="rapat"), place=place)


@pytest.mark.parametrize("alone", [True, False])
def test_place_that_is_held_up_keeps_its_order_and_holds_up_no_other(alone: bool) -> None:
    free, said = threading.Event(), list[str]()

    def hold() -> None:
        not_at_once()
        with waiting():
            free.wait(10)
        said.append("first")

    async def talk() -> None:
        turns = Turns(alone=alone)
        held = asyncio.ensure_future(turns.take("here", hold))
        after = asyncio.ensure_future(turns.take("here", lambda: said.append("second")))
        await turns.take("there", lambda: said.append("elsewhere"))
        free.set()
        await asyncio.gather(held, after)
        turns.close()

    asyncio.run(talk())
    assert said == ["elsewhere", "first", "second"]


def whereabouts(turns: Turns, *work: Callable[[], object]) -> list[bool]:
    """Return whether each *work*, done one after the other, was done to its end by the loop itself."""
    found = list[bool]()

    async def talk() -> None:
        loop = threading.get_ident()
        for one in work:
            await turns.take("here", lambda one=one: (one(), found.append(threading.get_ident() == loop)))  # type: ignore[misc]
        turns.close()

    asyncio.run(talk())
    return found


def test_what_is_brief_is_done_by_the_loop_and_what_takes_long_by_a_thread() -> None:
    assert whereabouts(Turns(alone=True), bool, not_at_once, bool) == [True, False, True]


def test_loop_waits_for_no_server_and_for_no_disk_that_is_slow() -> None:
    assert whereabouts(Turns(alone=False), bool) == [False]
    assert whereabouts(Turns(alone=True), partial(time.sleep, 0.03), bool) == [True, True], "it was one long wait"
    assert whereabouts(Turns(alone=True), partial(time.sleep, 0.3), bool) == [True, False]


def test_loop_tries_again_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(governor.turns, "_CAREFUL", 0.6)
    work = (partial(time.sleep, 0.3), partial(time.sleep, 0.8), bool)
    assert whereabouts(Turns(alone=True), *work) == [True, False, True]


def test_work_that_fails_lets_the_next_have_its_turn() -> None:
    async def talk() -> str:
        turns = Turns(alone=True)
        results = await asyncio.gather(
            turns.take("here", lambda: 1 // 0), turns.take("here", lambda: "next"), return_exceptions=True
        )
        turns.close()
        assert isinstance(results[0], ZeroDivisionError)
        return str(results[1])

    assert asyncio.run(talk()) == "next"


def test_server_keeps_one_order_and_who_writes_to_the_bot_alone_has_their_own() -> None:
    assert place_of(call("1", "7")) == place_of(call("2", "7"))
    assert len({place_of(call("1", None)), place_of(call("2", None)), place_of(call("1", "1"))}) == 3
