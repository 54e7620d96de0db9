import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from governor.store.database import Database
from governor.store.keys import KeyStore
from governor.store.ledger import Ledger
from governor.store.migrate import upgrade
from governor.store.unit_of_work import Record
from tests.postgres import Postgres, postgres
from tests.store.engines import make_engine
from tests.store.records import founded, migrated, record_in, sqlite_url

__all__ = ["postgres"]

ORIGIN = "governor.example.org/log/2026"


@pytest.fixture(scope="session")
def template(postgres: Postgres) -> str:
    name = postgres.create()
    engine = make_engine(postgres.url(name))
    upgrade(engine)
    engine.dispose()
    return name


@pytest.fixture
def sqlite_engine(tmp_path: Path) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{tmp_path / 'governor.db'}")
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def postgres_engine(postgres: Postgres, template: str) -> Iterator[Engine]:
    name = postgres.create(template)
    engine = make_engine(postgres.url(name))
    yield engine
    engine.dispose()
    postgres.drop(name)


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> Engine:
    found: Engine = request.getfixturevalue(f"{request.param}_engine")
    return found


@pytest.fixture
def keys(tmp_path: Path) -> KeyStore:
    return KeyStore(tmp_path / "keys")


@pytest.fixture
def ledger(keys: KeyStore) -> Ledger:
    return Ledger(ORIGIN, keys)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "published"


@pytest.fixture(scope="session")
def stocked_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with every table, those of the engine of effects too, and nothing in them."""
    folder = tmp_path_factory.mktemp("stocked")
    database = Database(sqlite_url(folder))
    migrated(database)
    database.close()
    return folder / "governor.db"


@pytest.fixture(scope="session")
def stocked_template(postgres: Postgres) -> str:
    """The same in PostgreSQL, to be copied."""
    name = postgres.create()
    database = Database(postgres.url(name))
    migrated(database)
    database.close()
    return name


@pytest.fixture
def sqlite_record(tmp_path: Path, stocked_file: Path) -> Iterator[Record]:
    shutil.copy(stocked_file, tmp_path / "governor.db")
    record = record_in(tmp_path, sqlite_url(tmp_path), busy_seconds=0.2)
    yield founded(record)
    record.database.close()


@pytest.fixture
def postgres_record(tmp_path: Path, postgres: Postgres, stocked_template: str) -> Iterator[Record]:
    name = postgres.create(stocked_template)
    record = record_in(tmp_path, postgres.url(name), busy_seconds=0.2)
    yield founded(record)
    record.database.close()
    postgres.drop(name)


@pytest.fixture(params=["sqlite", "postgres"])
def record(request: pytest.FixtureRequest) -> Record:
    """A founded record whose writes wait a fifth of a second for a lock."""
    found: Record = request.getfixturevalue(f"{request.param}_record")
    return found
