"""How long does a person wait? Propose, confirm, commit: through the console adapter, with full durability."""

import asyncio
import io
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from governor.bootstrap import House, open_house
from governor.ports import Call, Reply
from governor.ports.choices import Secret
from governor.services.members import Founding
from governor.settings import Settings
from governor.store.tables import executor
from integrations.console import Console
from tests.bench.figure import Figure
from tests.postgres import running

START = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def figures(quick: bool) -> Iterator[Figure]:
    """Yield p50 and p95 of a round trip on SQLite FULL and on PostgreSQL, beside a bare commit in the same run."""
    rounds = 60 if quick else 300
    with tempfile.TemporaryDirectory() as folder:
        yield from _measure("SQLite FULL", Settings(data=Path(folder), http_port=0), rounds)
    with running() as server, tempfile.TemporaryDirectory() as folder:
        url = Secret(server.url(server.create()))
        yield from _measure("PostgreSQL", Settings(data=Path(folder), http_port=0, database_url=url), rounds)


def _measure(name: str, settings: Settings, rounds: int) -> Iterator[Figure]:
    with _founded(settings) as house:
        trips = asyncio.run(_talk(house, rounds))
        bare = statistics.median(_bare(house, number) for number in range(rounds))
    ordered = sorted(trips)
    for percent in (50, 95):
        value = ordered[len(ordered) * percent // 100] * 1_000
        yield Figure(
            name=f"{name}: propose, confirm, commit, p{percent} (bare commit p50 beside)",
            value=value,
            unit="ms",
            reference=bare * 1_000,
            ratio=bare * 1_000 / value,
        )


@contextmanager
def _founded(settings: Settings) -> Iterator[House]:
    with open_house(settings) as house:
        house.found(
            Founding(
                name="Bench",
                zone="Asia/Jakarta",
                language="id",
                secretary="Sari",
                email=None,
                platform="console",
                account="sari",
            )
        )
        yield house


async def _talk(house: House, rounds: int) -> list[float]:
    """Return the seconds of each round: the sentence and the press, from the line read to the card drawn."""
    lines = ["anggota tambah Budi budi@example.org\n"]
    for number in range(rounds):
        lines += [f"rapat pengurus besok jam 7 malam di Ruang {number} dengan @budi soal anggaran\n", "1\n"]
    moments: list[float] = []
    dispatcher = house.dispatcher

    async def door(call: Call) -> tuple[Reply, ...]:
        replies = dispatcher(call)
        if any(reply.refused for reply in replies):
            raise AssertionError(replies)
        return replies

    class Source(io.StringIO):
        def readline(self, size: int | None = -1) -> str:
            moments.append(time.perf_counter())
            return super().readline(-1 if size is None else size)

    clock = iter(START + timedelta(seconds=second) for second in range(10 * rounds + 10))
    console = Console("sari", source=Source("".join(lines)), target=io.StringIO(), clock=lambda: next(clock))
    await console.run(door)
    return [moments[at + 2] - moments[at] for at in range(1, 2 * rounds, 2)]


def _bare(house: House, number: int) -> float:
    """Return the seconds of a transaction that inserts one row: what durability alone costs here."""
    row = {"id": f"bench-{number}", "seen_at": "2026-11-24T00:00:00.000Z"}
    begin = time.perf_counter()
    with house.record.database.write() as connection:
        connection.execute(insert(executor).values(row))
    return time.perf_counter() - begin
