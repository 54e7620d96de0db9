"""How is a bot run and measured? A process on a Discord of its own: what it takes, and how fast it answers."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.discord_server import DiscordServer, Guild, Person
from tests.discord_server.server import TOKEN, Asked
from tests.journeys.rooms import clean, governor

ECHO, KEEPING = (sys.executable, "-m", "tests.bench.echo"), (sys.executable, "-m", "tests.bench.keeping")
GOVERNOR = (governor(), "run", "--data", "data")
"""The programs: the bare discord.py, the same that keeps and signs what it answers, and ours."""

Json = dict[str, Any]

FLOOD_EVERY = 0.006
"""How many seconds after the one before a message of a flood comes: ten times as many as 1,000 in a minute."""

_PATIENCE = 300.0
_ROOT = Path(__file__).parents[2]
_SCHEDULED = 2
"""Which clock of a process it is that counts its CPU to the nanosecond (Linux, as clock_getcpuclockid(3) names it)."""


class Waiting(NamedTuple):
    """An interaction of which the bot has not heard yet, where it is made, and words that only its due answer shows.

    Many are made as they are waited for: a bot tells by its id how old one is, and puts off what is about to expire.
    """

    guild: Guild
    asked: Asked
    words: str


class Carried(NamedTuple):
    """How many seconds each interaction was waited for (``waits``), and all of them together took."""

    waits: list[float]
    seconds: float


class Bot:
    """One process that runs *program* in *folder*; ``began`` is how long it took to answer first, in *guild*."""

    def __init__(self, program: Sequence[str], guild: Guild, folder: Path) -> None:
        server = guild.server
        self._server = server
        settings = clean(
            GOVERNOR_DISCORD_TOKEN=TOKEN,
            GOVERNOR_DISCORD_API_URL=server.api_url,
            GOVERNOR_DISCORD_GATEWAY_URL=server.gateway_url,
            PYTHONPATH=str(_ROOT),
        )
        begin = time.perf_counter()
        with (folder / "out").open("a") as out:
            self.process = subprocess.Popen(
                program, cwd=folder, env=settings, stdin=subprocess.DEVNULL, stdout=out, stderr=out
            )
        server.until(server.gateway.identified.is_set, 60)
        first = {"type": 1, "name": "echo", "options": [{"name": "text", "type": 3, "value": "rapat"}]}
        guild.interact(Person("stranger"), 2, first)
        self.began = time.perf_counter() - begin
        server.until(lambda: server.commands, 60)

    def cpu(self) -> float:
        """Return the seconds of CPU that the process has taken so far, those of the system for it too."""
        return time.clock_gettime(~self.process.pid << 3 | _SCHEDULED)

    def memory(self) -> float:
        """Return how much memory the process has resident, in MiB."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024

    def flooded(self, waiting: Iterable[Waiting], at_once: int, flood: Sequence[Json]) -> Carried:
        """Do as ``carry``, while one person writes the messages of *flood*, each soon after the one before."""
        return self._server.do(_flooded(self._server, waiting, at_once, flood), _PATIENCE)

    def carry(self, waiting: Iterable[Waiting], at_once: int) -> Carried:
        """Have *at_once* people at a time wait for what is *waiting*, and be answered what they asked."""
        return self._server.do(_carry(waiting, at_once), _PATIENCE)


@contextmanager
def running(program: Sequence[str], guild: Guild, folder: Path) -> Iterator[Bot]:
    """Yield a bot that is in *guild* and the others of its server; it must not have met a bug when it is ended."""
    folder.mkdir(exist_ok=True)
    bot = Bot(program, guild, folder)
    try:
        yield bot
    finally:
        bot.process.terminate()
        bot.process.wait(30)
    assert guild.server.wrongs == []
    assert "a bug" not in (folder / "out").read_text()


async def _flooded(server: DiscordServer, waiting: Iterable[Waiting], at_once: int, flood: Sequence[Json]) -> Carried:
    async def person() -> None:
        for message in flood:
            await server.gateway.dispatch("MESSAGE_CREATE", message)
            await asyncio.sleep(FLOOD_EVERY)

    writing = asyncio.ensure_future(person())
    carried = await _carry(waiting, at_once)
    writing.cancel()
    return carried


async def _carry(waiting: Iterable[Waiting], at_once: int) -> Carried:
    waits: list[float] = []
    answered: list[Waiting] = []
    queue = iter(waiting)

    async def person() -> None:
        for one in queue:
            begin = time.perf_counter()
            await one.guild.hear(one.asked)
            waits.append(time.perf_counter() - begin)
            answered.append(one)

    begin = time.perf_counter()
    await asyncio.gather(*(person() for _ in range(at_once)))
    carried = Carried(waits, time.perf_counter() - begin)
    refused = [one.asked.text for one in answered if one.words not in one.asked.text]
    assert not refused, f"{len(refused)} of {len(answered)} were not answered, but: {refused[0]}"
    return carried
