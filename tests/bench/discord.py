"""What does Governor cost on Discord? Whole processes, beside a bare discord.py echo on a server of the same kind.

What lies between is told too: of the echo that keeps and signs what it answers (``keeping``), and does nothing else.
"""

import itertools
import statistics
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from tests.bench import suggesting
from tests.bench.bots import ECHO, GOVERNOR, KEEPING, Bot, Waiting, running
from tests.bench.figure import Figure, timing
from tests.bench.guilds import settle
from tests.bench.town import Town, settled
from tests.discord_server import DiscordServer, Guild, Person

Work = Callable[[int], Iterator[Waiting]]
"""Makes so many interactions, each when it is its turn."""

Reference = tuple[Bot, Work]
"""A program, and what it is asked."""

MANY_GUILDS = 1_000
_MANY, _SOME = 400, 160
_ECHOED = "rapat anggaran"
_KEPT = "an echo kept and signed"


def figures(quick: bool) -> Iterator[Figure]:
    """Yield what commands, members who all ask at once, a start and a thousand guilds cost, beside the echo."""
    rounds = 3 if quick else 7
    with tempfile.TemporaryDirectory() as folder:
        yield from _commands(Path(folder), rounds)
        yield from _starts(Path(folder), rounds)
        yield from suggesting.figures(Path(folder) / "suggesting", rounds)


def _commands(folder: Path, rounds: int) -> Iterator[Figure]:
    with (
        DiscordServer(is_described=False) as its,
        DiscordServer(is_described=False) as kept,
        DiscordServer(is_described=False) as ours,
    ):
        bare, keeping = Guild(its), Guild(kept)
        town = settled(ours, folder / "governor" / "data")
        with (
            running(ECHO, bare, folder / "echo") as echo,
            running(KEEPING, keeping, folder / "keeping") as keeper,
            running(GOVERNOR, town.first, folder / "governor") as governor,
        ):
            town.call_meetings()
            references = (echo, _echoed(bare)), (keeper, _echoed(keeping))
            yield from _costs(references, governor, town, rounds)
            yield from _at_once(references, governor, town, rounds)
            yield from _while_one_floods(governor, town, rounds)


def _echoed(guild: Guild) -> Work:
    people = itertools.cycle([Person(f"person{number}") for number in range(50)])

    def work(count: int) -> Iterator[Waiting]:
        for _ in range(count):
            yield Waiting(guild, guild.commanded(next(people), "echo", text=_ECHOED), _ECHOED)

    return work


def _costs(references: tuple[Reference, Reference], governor: Bot, town: Town, rounds: int) -> Iterator[Figure]:
    works = {
        "RSVP press": (town.presses, 1 / 4),
        "free text to card": (town.sentences, 1 / 6),
        "page of decisions": (town.lists, 1 / 5),
    }
    bare: list[float] = []
    kept: list[float] = []
    costs: dict[str, list[float]] = {name: [] for name in works}
    for work, _ in works.values():
        governor.carry(work(_SOME), 8)  # what it does when it starts is no part of what a command costs
    for _ in range(rounds):
        for found, (bot, echoed) in zip((bare, kept), references, strict=True):
            found.append(_cost(bot, echoed, _MANY))
        for name, (work, _) in works.items():
            costs[name].append(_cost(governor, work, _SOME))
    reference = statistics.median(bare)
    yield timing(f"CPU, {_KEPT}", statistics.median(kept), reference)
    for name, found in costs.items():
        yield timing(f"CPU, {name}", statistics.median(found), reference, works[name][1])


def _cost(bot: Bot, work: Work, count: int) -> float:
    """Return the seconds of CPU that one of *count* interactions takes."""
    before = bot.cpu()
    bot.carry(work(count), 8)
    return (bot.cpu() - before) / count


def _at_once(references: tuple[Reference, Reference], governor: Bot, town: Town, rounds: int) -> Iterator[Figure]:
    (echo, echoed), _ = references
    speeds: tuple[list[float], ...] = ([], [], [])
    waits: tuple[list[float], ...] = ([], [])
    for _ in range(rounds):
        for found, (bot, work) in zip(speeds, (*references, (governor, town.presses)), strict=True):
            found.append(_MANY / bot.carry(work(_MANY), 32).seconds)
        for found, (bot, work) in zip(waits, ((echo, echoed), (governor, town.mixture)), strict=True):
            found.extend(bot.carry(work(_MANY), 64).waits)
    bare, kept, value = map(statistics.median, speeds)
    name = "round trips at 32"
    yield Figure(name=f"{name}, {_KEPT}", value=kept, unit="per s", reference=bare, ratio=kept / bare)
    full = f"{name}, RSVP, SQLite FULL"
    yield Figure(name=full, value=value, unit="per s", reference=bare, ratio=value / bare, at_least=0.3)
    for percent, bound in ((50, None), (95, 250.0)):
        bare, value = (statistics.quantiles(one, n=100)[percent - 1] for one in waits)
        yield replace(timing(f"answer at 64, mixed, p{percent}", value, bare), at_most=bound)


def _while_one_floods(governor: Bot, town: Town, rounds: int) -> Iterator[Figure]:
    alone: list[float] = []
    beside: list[float] = []
    for _ in range(rounds):
        alone.extend(governor.carry(town.lists(_SOME), 2).waits)
        beside.extend(governor.flooded(town.lists(_SOME), 2, town.flood()).waits)
    name = "answer while another floods, p50, beside calm"
    yield timing(name, statistics.median(beside), statistics.median(alone), 1 / 2)


def _starts(folder: Path, rounds: int) -> Iterator[Figure]:
    programs = {"echo": ECHO, "started": GOVERNOR}
    seconds: dict[str, list[float]] = {name: [] for name in programs}
    memory: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(rounds):
        for name, program in programs.items():
            seconds[name].append(_start(program, folder / name, 1)[0])
            memory[name].append(_start(program, folder / name, MANY_GUILDS)[1])
    bare, value = map(statistics.median, seconds.values())
    name = "start to first answer, beyond the echo"
    yield Figure(name=name, value=value - bare, unit="s", reference=bare, ratio=bare / value, at_most=1.5)
    bare, value = map(statistics.median, memory.values())
    name = f"memory with {MANY_GUILDS:,} guilds"
    yield Figure(name=name, value=value, unit="MiB", reference=bare, ratio=bare / value, at_least=1 / 1.5)


def _start(program: tuple[str, ...], folder: Path, guilds: int) -> tuple[float, float]:
    """Return how soon *program* answers in one of so many *guilds*, and the MiB that it then has."""
    with DiscordServer(is_described=False) as server:
        first, *_ = [settle(server, f"RW {number}") for number in range(guilds)]
        with running(program, first, folder) as bot:
            return bot.began, bot.memory()
