"""A room to talk in: a real record in a folder, the one door, and the console with streams instead of a terminal."""

import asyncio
import io
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from governor.bootstrap import House, open_house
from governor.ports import Account, Call, Press, Reply, Say
from governor.ports.choices import Secret
from governor.settings import Settings
from integrations.console import Console

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
"""Tuesday 24 November 2026, 10:00 in Jakarta."""


@dataclass
class Room:
    """People who talk to one record; ``dewi``, its secretary, speaks when nobody is named."""

    house: House
    at: datetime = AT
    source: io.StringIO = field(default_factory=io.StringIO)
    target: io.StringIO = field(default_factory=io.StringIO)

    def __post_init__(self) -> None:
        self.console = Console("dewi", source=self.source, target=self.target, clock=lambda: self.at, is_strict=True)
        self.status = 0

    def say(self, *lines: str) -> str:
        """Return what is shown while *lines* are said."""
        self.source.seek(0)
        self.source.truncate()
        self.source.write("".join(f"{line}\n" for line in lines))
        self.source.seek(0)
        before = len(self.target.getvalue())
        self.status = asyncio.run(self.console.run(self._door))
        return self.target.getvalue()[before:]

    def call(self, text: str, *, account: str = "dewi", call_id: str = "call") -> tuple[Reply, ...]:
        """Return the replies to one message, as another platform would get them."""
        call = Call(id=call_id, account=Account(platform="console", id=account), at=self.at, request=Say(text=text))
        return self.house.dispatcher(["mail"])(call)

    def press(
        self,
        token: str,
        *,
        account: str = "dewi",
        call_id: str = "press",
        text: str | None = None,
        language: str | None = None,
    ) -> Reply:
        """Return the reply to a press of the button *token*, or to the *text* that answers its question."""
        request = Press(button=token) if text is None else Say(text=text, answering=token)
        speaker = Account(platform="console", id=account)
        call = Call(id=call_id, account=speaker, at=self.at, request=request, language=language)
        (reply,) = self.house.dispatcher(["mail"])(call)
        return reply

    @property
    def entries(self) -> int:
        """Return how much is in the record."""
        with self.house.record.database.read() as connection:
            return self.house.record.ledger.head(connection).size

    async def _door(self, call: Call) -> Sequence[Reply]:
        return self.house.dispatcher(["mail"])(call)


def settings_at(data: Path, database: str | None = None) -> Settings:
    """Return the settings of a machine on which nothing is set, but perhaps the URL of a *database*."""
    return Settings(data=data, database_url=None if database is None else Secret(database))


def governor() -> str:
    """Return the path of the installed command."""
    return str(Path(sys.executable).with_name("governor"))


def clean(**settings: str) -> dict[str, str]:
    """Return an environment in which nothing is set but *settings*."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"GOVERNOR_HTTP_PORT": "0"} | settings


def found(data: Path, language: str, **more: str) -> None:
    """Found an organisation in the folder *data*, as a first start without a terminal does."""
    settings = clean(
        **more,
        GOVERNOR_ORGANISATION="Koperasi Mekar",
        GOVERNOR_LANGUAGE=language,
        GOVERNOR_SECRETARY="Dewi",
        GOVERNOR_SECRETARY_EMAIL="dewi@example.org",
    )
    command = [governor(), "run", "--data", str(data)]
    subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=settings, cwd=data.parent, check=True
    )


@contextmanager
def opened(data: Path, database: str | None = None) -> Iterator[Room]:
    """Yield a room on the record in *data*."""
    with open_house(settings_at(data, database)) as house:
        yield Room(house)
