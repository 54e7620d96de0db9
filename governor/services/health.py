"""How does Governor fare? For whoever runs it: counts and instants, and nothing of anybody."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from governor.services import audit
from governor.store import health
from governor.store.health import SelfCheck
from governor.store.outbox import State
from governor.store.unit_of_work import Record
from governor.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How many deliveries are ``queued``, how many of those are ``failing`` so far, and how many are ``dead``.

    ``set_aside`` counts mail that was not read, by reason; ``checked`` is the last self-check.
    """

    queued: int
    failing: int
    dead: int
    set_aside: Mapping[str, int]
    checked: SelfCheck | None

    @property
    def is_sound(self) -> bool:
        """Return whether nothing has been found wrong with the record."""
        return self.checked is None or not self.checked.findings

    def plain(self) -> Mapping[str, object]:
        """Return it as JSON values."""
        checked = self.checked
        return {
            "sound": self.is_sound,
            "deliveries": {"queued": self.queued, "failing": self.failing, "dead": self.dead},
            "set_aside": dict(self.set_aside),
            "self_check": None
            if checked is None
            else {"at": checked.at.isoformat(), "entries": checked.size, "findings": checked.findings},
        }


def health_of(record: Record) -> Health:
    """Return how the *record* and what is delivered from it fare now.

    Raises:
        Unavailable: the database cannot be used now.
    """
    with record.database.read() as connection:
        queued = record.outbox.in_state(connection, State.QUEUED)
        return Health(
            queued=len(queued),
            failing=sum(1 for one in queued if one.tries),
            dead=record.outbox.counts(connection).get(State.DEAD, 0),
            set_aside=health.counts_set_aside(connection),
            checked=health.last_check(connection),
        )


def check(record: Record, published: Path, at: datetime) -> int:
    """Verify the whole record and note that it was; return how many findings there are.

    Raises:
        Unavailable: the database cannot be used now.
    """
    verdict = audit.verify(record, published)
    noted = SelfCheck(at=at, size=verdict.size, findings=len(verdict.findings))
    with record.database.write() as connection:
        health.note_check(connection, noted)
    return noted.findings
