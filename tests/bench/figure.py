"""What does a benchmark report? One line a figure."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A measured ``value`` in its ``unit``; ``reference`` is what was measured beside it in the same run, where there
    is one, and ``ratio`` tells how they stand to each other: above 1 the value is better.
    """

    name: str
    value: float
    unit: str
    reference: float | None = None
    ratio: float | None = None


def timing(name: str, value: float, reference: float) -> Figure:
    """Return the figure of a time and of its reference, both in seconds."""
    return Figure(name=name, value=value * 1_000, unit="ms", reference=reference * 1_000, ratio=reference / value)


def beside(work: Callable[[], object], other: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Return the median seconds of *work* and of *other*, taken in turns so that the machine treats both alike."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for found, each in zip(times, (work, other), strict=True):
            start = perf_counter()
            each()
            found.append(perf_counter() - start)
    return median(times[0]), median(times[1])
