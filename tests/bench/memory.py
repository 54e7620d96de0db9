"""Does a long run of mail leave anything in memory? What the system counts, and what is really in use.

What the system counts grows for a while by what malloc keeps for itself: small pieces for each thread, and gaps between
what is in use in the arenas of threads. So a second process runs the same where malloc keeps nothing for threads; there
what is in use is counted after every hundred mails, and how much of it comes with each is the slope through all counts.
"""

import ctypes
import gc
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from integrations.mail.smtp import Smtp
from tests.bench.delivery import GUESTS, opened
from tests.bench.figure import Figure
from tests.bench.mail import sink

_BATCH = 100  # mails: nobody calls more meetings at once
_FLAT = 8.0  # MiB that the system may count more: what malloc keeps, and less than 1 KiB a mail
_FLAT_ALONE = 2.0  # MiB: the gaps in the one arena, and some 400 octets a mail
_BLOCKS = 0.5  # one object that every mail leaves is one block
_OCTETS = 64.0  # the smallest that Python asks malloc for is 513
_NOTHING_KEPT = {"GLIBC_TUNABLES": "glibc.malloc.tcache_count=0", "MALLOC_ARENA_MAX": "1"}


class Count(NamedTuple):
    """What the process holds after so many ``mails``.

    ``resident``: octets that the system counts; ``blocks``: of Python's allocator, for what has up to 512 octets;
    ``octets``: that malloc has given away, but for SQLite's, whose caches fill up to their limits and are emptied.
    """

    mails: int
    resident: int
    blocks: int
    octets: int


def figures(quick: bool) -> Iterator[Figure]:
    """Yield how much the process grows from a fifth of the mails on, and what each of them leaves in use."""
    if platform.libc_ver()[0] != "glibc":
        print("not measured: what stays in memory, which only glibc's malloc tells")
        return
    count = 1_000 if quick else 10_000
    is_bound = not quick  # so few counts say little
    grown, kept = _run(count, {}), _run(count, _NOTHING_KEPT)
    yield Figure(name=f"memory grown over {count} mails of the outbox", value=_growth(grown), unit="MiB", at_most=_FLAT)
    name, value = "… in the second half, malloc keeping nothing for threads", _growth(kept[len(kept) // 2 :])
    yield Figure(name=name, value=value, unit="MiB", at_most=_FLAT_ALONE if is_bound else None)
    for unit, bound in (("blocks", _BLOCKS), ("octets", _OCTETS)):
        slope = statistics.linear_regression([one.mails for one in kept], [getattr(one, unit) for one in kept]).slope
        name = f"… and left in use by each mail, {unit}"
        yield Figure(name=name, value=slope, unit=unit, at_most=bound if is_bound else None)


def _growth(counts: Sequence[Count]) -> float:
    """Return by how many MiB the process has grown from the first of *counts* to the last."""
    return (counts[-1].resident - counts[0].resident) / 2**20


def _run(count: int, environment: dict[str, str]) -> list[Count]:
    """Return what a process of its own counts from a fifth of *count* mails on."""
    command = [sys.executable, "-m", "tests.bench.memory", str(count)]
    run = subprocess.run(command, env=os.environ | environment, stdout=subprocess.PIPE, check=True)
    return [Count(*one) for one in json.loads(run.stdout)]


class _Malloc(ctypes.Structure):
    """``struct mallinfo2`` of glibc."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in ("arena", "free", "small", "mapped", "in_mapped", "_1", "_2", "in_use", "unused", "top")
    )


def _counter() -> Callable[[int], Count]:
    """Return what counts what this process holds."""
    libc, sqlite = ctypes.CDLL("libc.so.6"), ctypes.CDLL("libsqlite3.so.0")
    libc.mallinfo2.restype, sqlite.sqlite3_memory_used.restype = _Malloc, ctypes.c_int64

    def count(mails: int) -> Count:
        gc.collect()
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        malloc = libc.mallinfo2()
        octets = malloc.in_use + malloc.in_mapped - sqlite.sqlite3_memory_used()
        return Count(mails, pages * resource.getpagesize(), sys.getallocatedblocks(), octets)

    return count


def main() -> None:
    """Send as many mails as are asked for, and print the counts."""
    mails, counts, count = int(sys.argv[1]), list[Count](), _counter()
    with opened(None) as bench, sink() as server, bench.at_work(Smtp(server)):
        for at in range(_BATCH, mails + 1, _BATCH):
            bench.send(_BATCH // GUESTS)
            if at >= mails // 5:
                counts.append(count(at))
    print(json.dumps(counts))


if __name__ == "__main__":
    main()
