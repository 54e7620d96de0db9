"""What does a benchmark report? One line a figure."""

from dataclasses import dataclass


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
