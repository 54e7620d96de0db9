import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.rooms import Room, found, opened
from tests.postgres import Postgres, postgres

__all__ = ["postgres"]


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A founded record in each language, to copy from."""
    folders = {}
    for language in ("id", "en"):
        folders[language] = tmp_path_factory.mktemp("founded") / language
        found(folders[language], language)
    return folders


def _room(founded: dict[str, Path], language: str, tmp_path: Path) -> Iterator[Room]:
    data = tmp_path / language
    shutil.copytree(founded[language], data)
    with opened(data) as room:
        room.say("anggota tambah Budi budi@example.org", "anggota tambah Sari sari@example.org")
        yield room


@pytest.fixture
def room(founded: dict[str, Path], tmp_path: Path) -> Iterator[Room]:
    """An Indonesian organisation with Dewi, its secretary, Budi and Sari."""
    yield from _room(founded, "id", tmp_path)


@pytest.fixture
def english_room(founded: dict[str, Path], tmp_path: Path) -> Iterator[Room]:
    """The same in an organisation that speaks English."""
    yield from _room(founded, "en", tmp_path)


@pytest.fixture
def postgres_room(postgres: Postgres, tmp_path: Path) -> Iterator[Room]:
    """The Indonesian organisation on PostgreSQL."""
    url = postgres.url(postgres.create())
    found(tmp_path / "data", "id", GOVERNOR_DATABASE_URL=url)
    with opened(tmp_path / "data", url) as room:
        room.say("anggota tambah Budi budi@example.org", "anggota tambah Sari sari@example.org")
        yield room
