"""What is said when something fails while Governor runs: one or two sentences and exit 2, and never a secret."""

import asyncio
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from governor.__main__ import main
from governor.bootstrap import open_house
from governor.clockwork import every
from governor.errors import Unavailable
from governor.store.database import Database
from tests.journeys.rooms import clean, settings_at
from tests.postgres import Postgres, postgres

__all__ = ["postgres"]

SECRETS = ("ratna@example.org", "k3y-0f-ratna")


LOSING = """
from sqlalchemy import create_engine, text
from governor import running
from governor.__main__ import main

def due(self):
    database = self._house.record.database
    with create_engine(ADMIN, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("DROP DATABASE " + database.url.database + " WITH (FORCE)"))
    with database.read() as connection:
        return self._house.record.outbox.due(connection, running.read_clock())

running._Running._due = due
main()
"""
"""Governor, whose database goes away after the first answer."""

FAILING = """
from sqlalchemy import text
from governor.__main__ import main
from governor.services.dispatch import Dispatcher
from governor.store import database

def fail(self, call):
    address, key = SECRETS
    with database.Database("sqlite://").write() as connection:
        connection.execute(text("SELECT :address, :key FROM nowhere"), {"address": address, "key": key})

def bug(error):
    raise ValueError("a bug") from error

Dispatcher.__call__ = fail
database._is_lost = bug
main()
"""
"""Governor with a bug in a frame that holds a failed statement, and below one that holds an address and a key."""


def run_script(script: str, folder: Path, **settings: str) -> "subprocess.CompletedProcess[str]":
    """Run *script*, which is said one line."""
    (folder / "script.py").write_text(script)
    command = [sys.executable, "script.py", "run"]
    environment = clean(**settings)
    return subprocess.run(
        command,
        check=False,
        input="bantuan\n",
        capture_output=True,
        text=True,
        env=environment,
        cwd=folder,
        timeout=60,
    )


def test_database_lost_during_a_piped_run_is_told_in_a_sentence(postgres: Postgres, tmp_path: Path) -> None:
    url, admin = postgres.url(postgres.create()), postgres.url("postgres")
    ran = run_script(LOSING.replace("ADMIN", repr(admin)), tmp_path, GOVERNOR_DATABASE_URL=url)
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    assert "governor: Basis data tidak dapat dihubungi." in ran.stderr


def test_bug_shows_no_address_and_no_key_not_even_at_debug(tmp_path: Path) -> None:
    script = FAILING.replace("SECRETS", "SECRETS = ('ratna@' + 'example.org', 'k3y-0f-' + 'ratna')")
    ran = run_script(script, tmp_path, GOVERNOR_LOG_LEVEL="DEBUG")
    assert "ValueError: a bug" in ran.stderr
    assert "no such table: nowhere" in ran.stderr
    assert not [secret for secret in SECRETS if secret in ran.stdout + ran.stderr]


@pytest.mark.parametrize("error", [Unavailable("disk-full"), ExceptionGroup("of two", [Unavailable("disk-full")])])
def test_foreseen_error_is_a_sentence_also_in_a_group(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr("governor.__main__.build", lambda _: fail)
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 2
    assert capsys.readouterr().err.startswith("governor: Penyimpanan penuh.")


def test_bug_in_a_group_is_not_hidden_by_a_foreseen_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ExceptionGroup("of two", [Unavailable("disk-full"), ValueError("a bug")])

    monkeypatch.setattr("governor.__main__.build", lambda _: fail)
    with pytest.raises(ExceptionGroup):
        main()


@pytest.mark.parametrize(
    "error", [Unavailable("database-unreachable"), DBAPIError("SELECT 1", {}, psycopg.Error("x")), ValueError("a bug")]
)
def test_periodic_work_survives_any_failure(error: Exception) -> None:
    again = threading.Event()
    done: list[int] = []

    def work() -> None:
        done.append(1)
        if len(done) > 1:
            again.set()
        raise error

    async def watch() -> bool:
        periodic = asyncio.create_task(every(timedelta(0), work, asyncio.Lock()))
        found = await asyncio.to_thread(again.wait, 60)
        periodic.cancel()
        return found

    assert asyncio.run(watch())


def test_table_that_is_missing_is_not_told_as_an_unreachable_database(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'x.db'}")
    with pytest.raises(Unavailable) as told, database.read() as connection:
        connection.execute(text("SELECT * FROM nowhere"))
    database.close()
    assert (told.value.key, told.value.values) == ("database-unfit", {"reason": "no such table: nowhere"})


def test_undecodable_input_of_a_service_is_no_damaged_database(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'x.db'}")
    with pytest.raises(UnicodeDecodeError), database.read():
        b"\xff".decode()
    database.close()


def test_house_opens_again_after_a_start_that_was_cut_off(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "governor.db").touch()  # what kill -9 within the first migration leaves
    with open_house(settings_at(data)) as house:
        assert house.organisation() is None
