"""In which written form is a value kept? The same in a table, in an entry and in a proof."""

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum


def instant(moment: datetime) -> str:
    """Return the aware *moment* as RFC 3339 in UTC with milliseconds: ``2026-11-24T07:00:00.000Z``."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def parse_instant(text: str) -> datetime:
    """Return the aware UTC moment that *text* (as written by ``instant``) names.

    Raises:
        ValueError: *text* is not in that form.
    """
    return datetime.fromisoformat(text).astimezone(UTC)


def cut(moment: datetime) -> datetime:
    """Return the aware *moment* in UTC, cut to what ``instant`` writes of it."""
    utc = moment.astimezone(UTC)
    return utc.replace(microsecond=utc.microsecond // 1_000 * 1_000)


def written(value: object) -> str | int | None:
    """Return *value* as it stands in a table and in an entry's body.

    Local times are RFC 3339 with their offset, days are ISO 8601, lengths whole seconds; several of them stand in one
    line with spaces between; none of them is ``None``.

    Raises:
        TypeError: a value that has no written form.
    """
    match value:
        case StrEnum():
            return value.value
        case None | str() | int():
            return value
        case tuple():
            return " ".join(str(written(one)) for one in value) or None
        case datetime():
            return value.isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case timedelta():
            return int(value.total_seconds())
        case _:
            raise TypeError(f"no written form for {type(value).__name__}")
