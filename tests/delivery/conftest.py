from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.delivery.hall import Hall, open_hall
from tests.postgres import Postgres, postgres
from tests.store.conftest import template

__all__ = ["postgres", "template"]


@pytest.fixture
def postgres_url(postgres: Postgres, template: str) -> Iterator[str]:
    name = postgres.create(template)
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str | None:
    """Return the database's URL; ``None``: the SQLite file in the data folder."""
    return None if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def hall(tmp_path: Path, url: str | None) -> Iterator[Hall]:
    with open_hall(tmp_path / "data", url) as opened:
        yield opened
