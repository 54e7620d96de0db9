"""How is what goes wrong written down for the operator? A line each, with what it concerns as ``name='value'``."""

import logging
import sys
from datetime import UTC, datetime

ROOMS = ("governor", "integrations")
"""Whose log it is; what the libraries beneath say is told by ours, once."""

_OF_EVERY_RECORD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


class _Line(logging.Formatter):
    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: ARG002  # logging's
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")

    def formatMessage(self, record: logging.LogRecord) -> str:
        given = (item for item in vars(record).items() if item[0] not in _OF_EVERY_RECORD)
        # As Python writes a value: a line break in what a stranger sent begins no line of the log.
        return " ".join([super().formatMessage(record), *(f"{name}={value!r}" for name, value in given)])


def begin(level: str) -> None:
    """Write the log to standard error, from *level* on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Line("%(asctime)s [%(levelname)s] %(message)s"))
    for room in ROOMS:
        log = logging.getLogger(room)
        log.handlers, log.propagate = [handler], False
        log.setLevel(level)
    logging.getLogger("sqlalchemy").setLevel(logging.CRITICAL)


def end() -> None:
    """Write no more: as before ``begin``."""
    for room in ROOMS:
        log = logging.getLogger(room)
        log.handlers, log.propagate = [], True
        log.setLevel(logging.NOTSET)
