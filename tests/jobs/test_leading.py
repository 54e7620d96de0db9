"""Is what only one process may do done by one, and does who lost the right know it?"""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from governor.bootstrap import read_clock
from governor.leading import Leading, Terms
from tests.delivery.hall import Hall

SOON = Terms(lasts=timedelta(seconds=0.6), sure=timedelta(seconds=0.3), renewed=timedelta(seconds=0.05))

on_postgres = pytest.mark.parametrize("url", ["postgres"], indirect=True)
on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():
            await asyncio.sleep(0.01)


def nothing(_: str) -> bool:
    return False


@on_postgres
def test_lease_is_renewed_until_it_is_released(hall: Hall) -> None:
    one, two = (Leading(hall.record.database, read_clock, SOON) for _ in range(2))

    async def compete() -> None:
        lease = await one.claim("it", nothing)
        assert lease is not None
        for _ in range(10):
            await asyncio.sleep(0.1)
            assert lease.is_held
            assert await two.claim("it", nothing) is None
        await lease.release()
        assert not lease.is_held
        other = await two.claim("it", nothing)
        assert other is not None
        await other.release()

    asyncio.run(compete())


@on_postgres
def test_who_cannot_renew_a_lease_knows_before_another_takes_it(hall: Hall) -> None:
    one, two = (Leading(hall.record.database, read_clock, SOON) for _ in range(2))

    async def compete() -> None:
        lease = await one.claim("it", nothing)
        assert lease is not None
        with hall.record.database.write():  # nobody else can write, whoever renews waits
            await until(lambda: not lease.is_held)
        await lease.release()
        assert await asyncio.to_thread(two.leads, "it")

    asyncio.run(compete())


@on_postgres
def test_one_of_two_processes_leads(hall: Hall) -> None:
    one, two = (Leading(hall.record.database, read_clock) for _ in range(2))
    assert [leading.leads("clock") for leading in (one, two, one)] == [True, False, True]
    one.release("clock")
    assert [leading.leads("clock") for leading in (two, one)] == [True, False]


@on_sqlite
def test_only_process_on_sqlite_holds_everything(hall: Hall) -> None:
    leading = Leading(hall.record.database, read_clock)
    assert leading.leads("clock")
    lease = asyncio.run(leading.claim("it", lambda _: True))
    assert lease is not None
    assert lease.is_held
