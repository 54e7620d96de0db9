"""What keeps one malformed event from ending the connection? It is logged, and the next one is taken."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

Parse = Callable[[Any], None]

_FIRST = frozenset({"READY", "RESUMED"})
"""Without these there is no connection: where they cannot be read, it is made anew."""

log = logging.getLogger(__name__)


def guarded(parsers: Mapping[str, Parse]) -> dict[str, Parse]:
    """Return event → parser, of which those that a connection can do without never raise."""
    return {event: parse if event in _FIRST else _guard(event, parse) for event, parse in parsers.items()}


def _guard(event: str, parse: Parse) -> Parse:
    def take(data: Any) -> None:  # noqa: ANN401  # whatever Discord sent
        try:
            parse(data)
        except Exception as error:  # noqa: BLE001  # whatever it lacks: the connection holds
            log.warning("Discord told something that cannot be read", extra={"told": event, "reason": repr(error)})

    return take
