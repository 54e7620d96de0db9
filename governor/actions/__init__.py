"""What does each command of the terminal do? Each imports its parts when it runs: ``read`` needs no database."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from governor.cli import Connect


def run(data: Path | None, *, is_strict: bool) -> int:
    """Run Governor until its chat ends."""
    from governor import running

    return running.run(data, is_strict=is_strict)


def read(data: Path | None, text: str | None, *, as_json: bool) -> int:
    """Show how a sentence is read; without one, answer JSON lines from standard input."""
    from governor.actions.sentences import answer_lines, show

    return answer_lines() if text is None else show(data, text, as_json=as_json)


def verify(data: Path | None, proof: Path | None, key: str | None) -> Mapping[str, object]:
    """Return what verification found, with its ``status`` and the ``lines`` that say so."""
    from governor.actions import records

    return records.verify(data, proof, key)


def export(data: Path | None, proof: str | None) -> str:
    """Return the present checkpoint, or the proof of the decision *proof*."""
    from governor.actions import records

    return records.export(data, proof)


def connect(data: Path | None, name: str, wanted: "Connect") -> None:
    """Connect the adapter of that *name* to an account."""
    from governor.actions import connections

    connections.connect(data, name, wanted)


def status(data: Path | None) -> Mapping[str, object]:
    """Return how Governor fares (``health``) and the ``lines`` that say so."""
    from governor.actions import records

    return records.status(data)


def effects(data: Path | None, retry: str | None) -> Mapping[str, object]:
    """Return the ``effects`` that are queued or dead and the ``lines`` that say so."""
    from governor.actions import records

    return records.effects(data, retry)


def invite(data: Path | None, name: str) -> Sequence[str]:
    """Return the lines that say where the bot of the adapter *name* is invited from."""
    from governor.actions import connections

    return connections.invite(data, name)
