import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.journeys.newcomers import Newcomer, Section
from tests.journeys.rooms import Room, found, opened
from tests.postgres import Postgres, postgres

__all__ = ["postgres"]


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A founded record in a language, to copy from; made when it is first asked for."""

    @cache
    def record(language: str) -> Path:
        folder = tmp_path_factory.mktemp("founded") / language
        found(folder, language)
        return folder

    return record


BEGINNING = {"en": ("calendars.md", "Before you begin"), "id": ("calendars.id.md", "Sebelum mulai")}


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of a newcomer who did in a language what the guide says before all else, to copy from."""

    @cache
    def folder(language: str) -> Path:
        newcomer = Newcomer.arrived(tmp_path_factory.mktemp("begun") / language)
        newcomer.begin(Section.of(*BEGINNING[language]), language)
        return newcomer.folder

    return folder


@pytest.fixture
def newcomer(begun: Callable[[str], Path], tmp_path: Path) -> Callable[[str], Newcomer]:
    """Somebody who begins in a language."""

    def arrive(language: str) -> Newcomer:
        shutil.copytree(begun(language), tmp_path / "governor", symlinks=True)
        return Newcomer(tmp_path / "governor")

    return arrive


@pytest.fixture
def newcomer_alone(tmp_path: Path) -> Callable[[], Newcomer]:
    """Somebody who has not begun yet."""
    return lambda: Newcomer.arrived(tmp_path / "governor")


def _room(founded: Callable[[str], Path], language: str, tmp_path: Path) -> Iterator[Room]:
    data = tmp_path / language
    shutil.copytree(founded(language), data)
    with opened(data) as room:
        room.say("anggota tambah Budi budi@example.org", "anggota tambah Sari sari@example.org")
        yield room


@pytest.fixture
def room(founded: Callable[[str], Path], tmp_path: Path) -> Iterator[Room]:
    """An Indonesian organisation with Dewi, its secretary, Budi and Sari."""
    yield from _room(founded, "id", tmp_path)


@pytest.fixture
def english_room(founded: Callable[[str], Path], tmp_path: Path) -> Iterator[Room]:
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
