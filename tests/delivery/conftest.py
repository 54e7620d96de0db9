from collections.abc import Iterator
from pathlib import Path

import pytest
from dbos import DBOS

from tests.delivery.hall import Hall, open_hall
from tests.delivery.post_office import Slow
from tests.delivery.worker import Crew, clock
from tests.integrations.smtp_servers import serving
from tests.postgres import Postgres, postgres
from tests.store.conftest import template

__all__ = ["postgres", "template"]


@pytest.fixture(scope="session")
def furnished(postgres: Postgres, template: str) -> str:
    """Return the name of a database that has all tables, the durable queue's too."""
    name = postgres.create(template)
    DBOS.migrate(postgres.url(name))
    return name


@pytest.fixture
def postgres_url(postgres: Postgres, furnished: str) -> Iterator[str]:
    name = postgres.create(furnished)
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str | None:
    """Return the database's URL; ``None``: the SQLite file in the data folder."""
    return None if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def hall(tmp_path: Path, url: str | None) -> Iterator[Hall]:
    """Yield a house that has all tables, the durable queue's too, and no engine that runs."""
    with open_hall(tmp_path / "data", url) as opened:
        yield opened


@pytest.fixture
def inbox() -> Slow:
    """Return what arrives at the server that ``crew`` sends to."""
    return Slow()


@pytest.fixture
def crew(tmp_path: Path, url: str | None, inbox: Slow) -> Iterator[Crew]:
    """Yield the workers on one record, in which four people can be invited."""
    with serving(inbox) as server:
        assert server.port is not None
        gathered = Crew(tmp_path, url, server.port)
        with open_hall(gathered.data, url, clock) as hall:
            for person in ("budi", "sari", "anne", "made"):
                hall.enrol(person, f"{person}@example.org")
        yield gathered
        gathered.disperse()
