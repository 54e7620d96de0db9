"""How is a statement carried out that is always the same? SQLAlchemy builds it once; then it goes to the driver.

Around a short statement SQLAlchemy takes several times what SQLite takes for it, and one press of a button needs some.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Delete, Dialect, Insert, Select, Update
from sqlalchemy.dialects import registry

from governor.store.ledger_statements import failures, read, write
from governor.store.row_changes import Value


class Statement:
    """What was *built*, with values bound by name, of columns that the drivers take and give as they are kept."""

    def __init__(self, built: "Select[*tuple[Any, ...]] | Insert | Update | Delete") -> None:
        self._built = built
        self._compiled = cache(self._compile)
        self._row: Callable[..., Any] = tuple
        if isinstance(built, Select):
            names = [str(column.key) for column in built.selected_columns]
            self._row = _named(names)

    def rows(self, connection: Connection, values: Mapping[str, Value]) -> list[Any]:
        """Return the rows that are found with *values*, as named tuples of their columns.

        Raises:
            Unavailable: the database failed (``database-failed``).
        """
        sql, given = self._given(connection, values)
        with failures(connection):
            (found,) = read(connection, (sql, given))
        return [*map(self._row, found)]

    def __call__(self, connection: Connection, values: Mapping[str, Value]) -> None:
        """Carry it out with *values*.

        Raises:
            LedgerBroken: the database refuses a row (``ledger-refused``).
            Unavailable: it failed in another way (``database-failed``).
        """
        sql, given = self._given(connection, values)
        with failures(connection):
            write(connection, (sql, [given]))

    def _given(self, connection: Connection, values: Mapping[str, Value]) -> tuple[str, list[Value]]:
        """Return the text for the database of *connection*, and what stands for each ``?`` of it."""
        sql, names, fixed = self._compiled(connection.dialect.name)
        return sql, [values[name] if name in values else fixed[name] for name in names]

    def _compile(self, kind: str) -> tuple[str, tuple[str, ...], Mapping[str, Value]]:
        """Return the text for that *kind* of database, with ``?`` for each value, their names, and those that stand."""
        compiled = self._built.compile(dialect=_dialect(kind))
        return str(compiled), tuple(compiled.positiontup or ()), compiled.params


@cache
def _dialect(kind: str) -> Dialect:
    made: Dialect = registry.load("postgresql.psycopg" if kind == "postgresql" else kind)(paramstyle="qmark")
    return made


def _named(columns: Sequence[str]) -> Callable[[Iterable[object]], Any]:
    """Return what makes a named tuple of the values of *columns*."""
    row: Any = namedtuple("Row", columns)  # type: ignore[misc]  # no checker can know the columns
    make: Callable[[Iterable[object]], Any] = row._make  # that is public, in spite of its name
    return make
