"""Connections to a SQLite file are kept, and nobody finds anything of whoever had theirs before."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import text

from governor.errors import OutOfOrder
from governor.store.database import Connection, Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path / 'governor.db'}")
    with made.write() as connection:
        connection.execute(text("CREATE TABLE said (word TEXT)"))
    yield made
    made.close()


def said(connection: Connection) -> list[str]:
    return [*connection.execute(text("SELECT word FROM said ORDER BY word")).scalars()]


def add(connection: Connection, word: str) -> None:
    connection.execute(text("INSERT INTO said VALUES (:word)"), {"word": word})


def add_and_fail(database: Database, error: BaseException) -> None:
    with database.write() as connection:
        add(connection, "in vain")
        raise error


def test_who_comes_next_has_the_connection_given_back_last_and_a_state_of_its_own(database: Database) -> None:
    with database.read() as first:
        assert said(first) == []
        with database.write() as other:
            assert other is not first
            add(other, "hadir")
        assert said(first) == []
    with database.read() as again:
        assert again is first
        assert said(again) == ["hadir"]


@pytest.mark.parametrize("error", [OutOfOrder("no"), ZeroDivisionError(), KeyboardInterrupt()])
def test_what_failed_is_rolled_back_before_anybody_has_the_connection(database: Database, error: BaseException) -> None:
    with pytest.raises(type(error)):
        add_and_fail(database, error)
    with database.read() as connection:
        assert said(connection) == []
        add(connection, "read only")  # who only reads commits nothing
    with database.write() as connection:
        assert said(connection) == []
        add(connection, "hadir")
    with database.read() as connection:
        assert said(connection) == ["hadir"]


def test_connection_that_was_closed_is_not_given_to_anybody_else(database: Database) -> None:
    with database.read() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.close()
    with database.read() as other:
        assert other is not connection
        assert said(other) == []


def test_threads_have_a_connection_each_and_none_is_left_open(database: Database, tmp_path: Path) -> None:
    together = Barrier(8)

    def look(_: int) -> int:
        with database.read() as connection:
            together.wait(30)
            assert said(connection) == []
            return id(connection)

    with ThreadPoolExecutor(8) as pool:
        assert len({*pool.map(look, range(8))}) == 8
    with database.read() as connection:
        database.close()
        assert said(connection) == []
    assert not (tmp_path / "governor.db-wal").exists()  # the last to close the file takes it away
