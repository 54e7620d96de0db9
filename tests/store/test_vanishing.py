"""Is a database server given up that is not there any more? A machine that vanishes says no word of it."""

import os
import socket
from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from governor.store.database import Database
from tests.integrations.imap_server import Line
from tests.postgres import Postgres

LONGEST = 120
"""How many seconds at most it may be waited for."""

ENGINES: dict[str, Callable[[Database], Engine]] = {
    "own": lambda database: database.engine,
    "turns": lambda database: database._turns,
    "worker": Database.engine_for_worker,
}


class Cable(Line):
    """A line by TCP to a server that listens on a Unix socket, as that of the tests does."""

    def __init__(self, path: str) -> None:
        self._path = path
        super().__init__(0)

    def _call(self) -> socket.socket:
        far = socket.socket(socket.AF_UNIX)
        far.connect(self._path)
        return far


@pytest.mark.parametrize("name", ENGINES)
def test_server_that_vanishes_is_waited_for_no_longer_than_some_minutes(postgres: Postgres, name: str) -> None:
    line = Cable(f"{postgres.host}/.s.PGSQL.5432")
    database = Database(f"postgresql+psycopg://{postgres.user}@127.0.0.1:{line.port}/postgres")
    with ENGINES[name](database).connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        with socket.socket(fileno=os.dup(driver.fileno())) as end:

            def option(of: int) -> int:
                return end.getsockopt(socket.IPPROTO_TCP, of)

            silent = option(socket.TCP_KEEPIDLE) + option(socket.TCP_KEEPINTVL) * option(socket.TCP_KEEPCNT)
            unheard = option(socket.TCP_USER_TIMEOUT) / 1000
    database.close()
    line.close()
    assert 0 < silent <= LONGEST
    assert 0 < unheard <= LONGEST
