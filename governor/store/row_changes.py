"""Which rows does an event change? The changes themselves, as values."""

from collections.abc import Mapping

from sqlalchemy import Table

from governor.domain.events import Event
from governor.store.forms import written
from governor.values import dataclass

Value = str | int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Insert:
    """A new row."""

    table: Table
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """A row, in the place of the one with the same primary key if there is one."""

    table: Table
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """New *values* for the rows whose columns equal *where*."""

    table: Table
    where: Mapping[str, Value]
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An event with what its entry adds: the entry's ``id`` and its ``at`` (an instant as written)."""

    event: Event
    id: str
    at: str


Change = Insert | Put | Update


def fields_of(event: Event, *names: str) -> dict[str, Value]:
    """Return those fields of *event* as rows keep them."""
    return {name: written(getattr(event, name)) for name in names}
