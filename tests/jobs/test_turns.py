"""Calls of one place are answered in order, and what holds up one place holds up no other."""

import asyncio
import threading
from datetime import UTC, datetime

import pytest

from governor.ports import Account, Call, Say
from governor.store.thinking import waiting
from governor.turns import Turns, place_of

AT = datetime(2026, 11, 24, 3, tzinfo=UTC)


def call(account: str, place: str | None) -> Call:
    return Call(id="1", account=Account(platform="discord", id=account), at=AT, request=Say(text="rapat"), place=place)


@pytest.mark.parametrize("alone", [True, False])
def test_place_that_is_held_up_keeps_its_order_and_holds_up_no_other(alone: bool) -> None:
    free, said = threading.Event(), list[str]()

    def hold() -> None:
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
