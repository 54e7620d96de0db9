"""When are people busy, of those who share it?"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from governor.ports import Span
from integrations.google_calendar.traces import Resource

MOST = 50
"""How many calendars Google tells of in one answer."""


def queries(addresses: Sequence[str], start: datetime, end: datetime) -> Iterator[Resource]:
    """Yield the bodies of the queries that ask for *addresses* between *start* and *end* (aware)."""
    between = {"timeMin": start.astimezone(UTC).isoformat(), "timeMax": end.astimezone(UTC).isoformat()}
    for first in range(0, len(addresses), MOST):
        yield between | {"items": [{"id": each} for each in addresses[first : first + MOST]]}


def spans(answer: Resource) -> Mapping[str, Sequence[Span]]:
    """Return address (in lower case) → busy spans (UTC) of an *answer*, without those who do not share theirs."""
    return {
        each.casefold(): [(_instant(one["start"]), _instant(one["end"])) for one in told.get("busy", ())]
        for each, told in answer.get("calendars", {}).items()
        if not told.get("errors")
    }


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
