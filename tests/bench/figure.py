"""What does a benchmark report? One line a figure."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A measured ``value`` in its ``unit``; ``reference`` is what was measured beside it in the same run, where there
    is one, and ``ratio`` tells how they stand to each other: above 1 the value is better.

    Where it is bound, its value is ``at_most`` that much, or its ratio ``at_least`` that.
    """

    name: str
    value: float
    unit: str
    reference: float | None = None
    ratio: float | None = None
    at_most: float | None = None
    at_least: float | None = None

    @property
    def is_over(self) -> bool:
        """Return whether it is beyond a bound of its own."""
        is_too_much = self.at_most is not None and self.value > self.at_most
        return is_too_much or (self.at_least is not None and (self.ratio or 0.0) < self.at_least)

    @property
    def bound(self) -> str:
        """Return its bound in words, or nothing where it has none."""
        value = "" if self.at_most is None else f"value <= {self.at_most:g}"
        return value if self.at_least is None else f"ratio >= {self.at_least:.2f}"


def timing(name: str, value: float, reference: float, at_least: float | None = None) -> Figure:
    """Return the figure of a time and of its reference, both in seconds."""
    return Figure(
        name=name,
        value=value * 1_000,
        unit="ms",
        reference=reference * 1_000,
        ratio=reference / value,
        at_least=at_least,
    )


def beside(work: Callable[[], object], other: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Return the median seconds of *work* and of *other*, taken in turns so that the machine treats both alike."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for found, each in zip(times, (work, other), strict=True):
            start = perf_counter()
            each()
            found.append(perf_counter() - start)
    return median(times[0]), median(times[1])
