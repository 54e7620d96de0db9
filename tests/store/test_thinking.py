"""Does one thread think at a time, and does one that waits for a lock or a disk let others think?"""

import asyncio
import os
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from governor.store.database import Database
from governor.store.thinking import LOOPS_PATIENCE, PATIENCE, Selector, thinking, waiting

SOON = 10.0


def alone(work: Callable[[], object]) -> None:
    with thinking():
        work()


def test_one_thread_thinks_at_a_time_and_one_that_raised_keeps_nobody_from_it() -> None:
    inside, most = [], 0

    def think() -> None:
        nonlocal most
        with thinking(SOON):
            inside.append(1)
            os.stat(".")  # which lets other threads run
            most = max(most, len(inside))
            inside.pop()
            raise RuntimeError

    with ThreadPoolExecutor(8) as pool:
        tried = [pool.submit(think) for _ in range(400)]
        assert all(isinstance(one.exception(SOON), RuntimeError) for one in tried)
    assert most == 1


def test_who_waits_lets_others_think_and_thinks_on_alone() -> None:
    begun, ended = threading.Event(), threading.Event()

    def wait() -> None:
        with waiting():
            begun.set()
            assert ended.wait(SOON)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(alone, wait)
        assert begun.wait(SOON)
        pool.submit(alone, ended.set).result(SOON)
        first.result(SOON)


def test_waiting_is_nothing_where_one_does_not_think_alone() -> None:
    with waiting():
        alone(lambda: None)
    alone(lambda: None)


def test_who_waited_for_long_thinks_beside_whoever_does_and_keeps_nobody_from_it() -> None:
    begun, ended = threading.Event(), threading.Event()

    def think() -> None:
        begun.set()
        assert ended.wait(SOON)

    def be_impatient() -> None:
        with thinking(0.0), waiting():
            ended.set()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(alone, think)
        assert begun.wait(SOON)
        pool.submit(be_impatient).result(SOON)
        first.result(SOON)
    with thinking(SOON):
        pass


def test_others_think_while_a_loop_waits_and_none_while_it_runs() -> None:
    begun = threading.Event()

    async def live() -> bool:
        other = loop.run_in_executor(pool, alone, begun.set)
        was_begun = begun.wait(PATIENCE / 2)
        await other
        return was_begun

    with ThreadPoolExecutor(1) as pool, thinking(SOON), closing(asyncio.SelectorEventLoop(Selector())) as loop:
        assert not loop.run_until_complete(asyncio.wait_for(live(), SOON))
    assert begun.is_set()


def test_loop_runs_on_while_another_thinks_for_long() -> None:
    begun, heard = threading.Event(), threading.Event()

    def think() -> None:
        begun.set()
        assert heard.wait(SOON)

    async def live() -> None:
        other = loop.run_in_executor(pool, alone, think)
        await asyncio.to_thread(begun.wait, SOON)
        await asyncio.sleep(0)
        heard.set()
        await other

    with (
        ThreadPoolExecutor(1) as pool,
        thinking(LOOPS_PATIENCE),
        closing(asyncio.SelectorEventLoop(Selector())) as loop,
    ):
        loop.run_until_complete(asyncio.wait_for(live(), SOON * 2))


@pytest.fixture
def database(tmp_path: Path) -> Database:
    found = Database(f"sqlite:///{tmp_path / 'one.db'}", busy_seconds=SOON)
    with found.write() as connection:
        connection.execute(text("CREATE TABLE kept (number INTEGER)"))
    return found


def test_who_waits_for_the_lock_of_another_process_holds_up_nobody_else(database: Database, tmp_path: Path) -> None:
    def write() -> None:
        with database.write() as connection:
            connection.execute(text("INSERT INTO kept VALUES (1)"))

    with (
        closing(sqlite3.connect(str(tmp_path / "one.db"), isolation_level=None)) as other,
        ThreadPoolExecutor(3) as pool,
    ):
        other.execute("BEGIN IMMEDIATE")
        held: list[Future[None]] = [pool.submit(alone, write) for _ in range(2)]
        pool.submit(alone, lambda: None).result(SOON / 2)
        assert not any(one.done() for one in held)
        other.execute("COMMIT")
        for one in held:
            one.result(SOON)


def test_many_who_think_and_write_never_wait_for_each_other_for_ever(database: Database) -> None:
    def write() -> None:
        with database.write() as connection:
            connection.execute(text("INSERT INTO kept VALUES (1)"))

    with ThreadPoolExecutor(8) as pool:
        works = [pool.submit(alone, write) if at % 4 else pool.submit(write) for at in range(200)]
        for one in works:
            one.result(SOON)
    with database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM kept")).scalar_one() == len(works)
