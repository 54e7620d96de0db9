import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from governor.store.unit_of_work import Record
from tests.services.attacks import Attacker
from tests.store.records import AT, founded, live, migrated, note_much, opened, publish


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a record after the journey, two checkpoints published, closed."""
    folder = tmp_path_factory.mktemp("lived")
    with opened(folder) as record:
        migrated(record.database)
        founded(record)
        publish(record, folder)
        live(record)
        publish(record, folder)
    return folder


@pytest.fixture(scope="session")
def long(lived: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, with so many notes that the log has nodes."""
    folder = shutil.copytree(lived, tmp_path_factory.mktemp("long") / "data")
    with opened(folder) as record:
        note_much(record, 500, AT + timedelta(hours=2))
        publish(record, folder)
    return folder


@pytest.fixture(scope="session")
def attacker(lived: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attacker]:
    """Somebody who writes into a copy of the lived record."""
    with Attacker.of(lived, tmp_path_factory.mktemp("attacked")) as attacker:
        yield attacker


@pytest.fixture(scope="session")
def attacker_of_long(long: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attacker]:
    """Somebody who writes into a copy of the long record."""
    with Attacker.of(long, tmp_path_factory.mktemp("attacked")) as attacker:
        yield attacker


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a record in which nothing has happened since the organisation was founded."""
    folder = tmp_path_factory.mktemp("begun")
    with opened(folder) as record:
        migrated(record.database)
        founded(record)
    return folder


@pytest.fixture
def fresh(begun: Path, tmp_path: Path) -> Iterator[Record]:
    """A record in which nothing has happened since the organisation was founded."""
    with opened(shutil.copytree(begun, tmp_path / "fresh")) as record:
        yield record
