from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from governor.store.keys import KeyStore
from governor.store.ledger import Ledger
from governor.store.migrate import upgrade
from tests.postgres import Postgres, postgres
from tests.store.engines import make_engine

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
