"""How much is read, and how fast? Accuracy per class of the corpora, and time beside dateparser.search in one run."""

import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime

from governor.errors import NotUnderstood
from governor.understanding.read import LIMIT, read
from tests.bench.figure import Figure, beside
from tests.understanding.independent import FILES, Line, judge, load
from tests.understanding.people import MEETING
from tests.understanding.test_cost import TEXTS


def figures(quick: bool) -> Iterator[Figure]:
    """Yield the share read in full per file and per class, then p50 and p95 of the time per sentence."""
    for file in FILES:
        yield from _accuracy(file)
    yield from _time(quick)
    yield _longest(quick)
    yield from _import(quick)


def _accuracy(file: str) -> Iterator[Figure]:
    whole, total = Counter[str](), Counter[str]()
    starts, wrong, expected = 0, 0, 0
    for line in load(file):
        result = judge(line)
        total[line.kind] += 1
        whole[line.kind] += not result.differs
        if any("start" in request for request in line.expected):
            expected += 1
            differs = result.differs.get("start")
            starts += differs is None and "requests" not in result.differs
            wrong += differs is not None and differs[1] is not None
    yield Figure(name=f"{file}: sentences read in full", value=100 * whole.total() / total.total(), unit="%")
    if expected:
        yield Figure(name=f"{file}: start right", value=100 * starts / expected, unit="%")
        yield Figure(name=f"{file}: start wrong, not silent", value=100 * wrong / expected, unit="%")
    for kind in total:
        name = f"{file}: {kind}, {total[kind]} sentences in full"
        yield Figure(name=name, value=100 * whole[kind] / total[kind], unit="%")


def _time(quick: bool) -> Iterator[Figure]:
    from dateparser.search import search_dates

    lines = [line for file in ("id", "en", "mixed") for line in load(file)][:: 20 if quick else 5]
    at = datetime(2026, 11, 24, 10)  # noqa: DTZ001  # dateparser wants it naive
    settings = {"RELATIVE_BASE": at, "PREFER_DATES_FROM": "future"}
    ours, theirs = (
        _Watch(judge),
        _Watch(lambda line: search_dates(line.text, languages=["id", "en"], settings=settings)),
    )
    for line in lines:  # once unmeasured: both load their tables when they are first asked
        ours.run(line, keep=False)
        theirs.run(line, keep=False)
    for line in lines:
        ours.run(line)
        theirs.run(line)
    for percent in (50, 95):
        mine, other = ours.percentile(percent), theirs.percentile(percent)
        name = f"time per sentence, p{percent}, beside dateparser.search"
        yield Figure(name=name, value=mine, unit="ms", reference=other, ratio=other / mine)


BOUND = 25  # ms


def _longest(quick: bool) -> Figure:
    """Return the time of the most expensive text of the greatest length: nobody can ask for more at once."""
    best: dict[str, float] = {}
    for text in TEXTS:
        for _ in range(2 if quick else 5):
            begin = time.perf_counter()
            with suppress(NotUnderstood):
                read(text[:LIMIT], MEETING)
            took = (time.perf_counter() - begin) * 1_000
            best[text] = min(took, best.get(text, took))
    slowest = max(best, key=lambda text: best[text])
    name = f"{LIMIT} characters of {slowest[:40]!r}, the slowest of {len(TEXTS)} texts (bound {BOUND} ms)"
    return Figure(name=name, value=best[slowest], unit="ms")


def _import(quick: bool) -> Iterator[Figure]:
    """Yield the time until the reader is imported, beyond an empty program; beside it dateparser.search."""
    ours, theirs = (
        _seconds_of(f"import {name}", quick) for name in ("governor.understanding.read", "dateparser.search")
    )
    name = "import of the reader, beyond python -c pass (bound 0.05 s), beside dateparser.search"
    yield Figure(name=name, value=ours, unit="s", reference=theirs, ratio=theirs / ours)


def _seconds_of(program: str, quick: bool) -> float:
    work, bare = beside(lambda: _run(program), lambda: _run("pass"), 5 if quick else 15)
    return work - bare


def _run(program: str) -> None:
    subprocess.run([sys.executable, "-c", program], check=True)


class _Watch:
    """Measures one reader; a sentence's time is the fastest of three."""

    def __init__(self, read: Callable[[Line], object]) -> None:
        self._read = read
        self._seconds: list[float] = []

    def run(self, line: Line, *, keep: bool = True) -> None:
        best = min(self._once(line) for _ in range(3))
        if keep:
            self._seconds.append(best)

    def percentile(self, percent: int) -> float:
        return statistics.quantiles(self._seconds, n=100)[percent - 1] * 1_000

    def _once(self, line: Line) -> float:
        begin = time.perf_counter()
        self._read(line)
        return time.perf_counter() - begin
