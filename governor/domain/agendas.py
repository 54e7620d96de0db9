"""What is on the agenda of a meeting?"""

from collections.abc import Iterable

from governor.values import dataclass

MOST = 60
"""How many items an agenda has, those that were withdrawn too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One item: ``item`` names it for good in its meeting, from 1; ``place`` orders those that stand."""

    item: int
    place: int
    text: str
    is_withdrawn: bool = False


def standing(items: Iterable[AgendaItem]) -> tuple[AgendaItem, ...]:
    """Return the *items* that were not withdrawn, in their order."""
    return tuple(sorted((one for one in items if not one.is_withdrawn), key=lambda one: (one.place, one.item)))


def as_text(items: Iterable[AgendaItem]) -> str | None:
    """Return what an invitation tells of *items*: one line each, counted where there are several; ``None`` of none."""
    stand = [one.text for one in standing(items)]
    if len(stand) < 2:
        return next(iter(stand), None)
    return "\n".join(f"{at}. {text}" for at, text in enumerate(stand, 1))
