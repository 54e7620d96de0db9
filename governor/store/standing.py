"""Whose record is it, and who is on its roll? Remembered from one call to the next until an entry may change it.

Tables are the fold of the log, so what only entries about the organisation and its members change holds until there is
one: to open the whole roll anew for each press of a button would take most of the time of the press.
"""

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from governor.store.keys import KeyStore
from governor.store.ledger_statements import failures, read
from governor.store.members import Roster, Vault, roster
from governor.store.organisations import Organisation, organisation_of

_SIZE = "SELECT size FROM log_head WHERE one = 1"
_CHANGED = (
    "SELECT 1 FROM log_entry WHERE idx >= ? AND idx < ? AND (subject >= 'member/' AND subject < 'member0' "
    "OR subject = 'organisation') LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class _Known:
    size: int
    keys: int
    organisation: Organisation | None
    roster: Roster


class Standing:
    """What stands in one record, whose personal values *vault* opens with *keys*."""

    def __init__(self, keys: KeyStore, vault: Vault) -> None:
        self._keys = keys
        self._vault = vault
        self._known: _Known | None = None

    def organisation(self, connection: Connection) -> Organisation | None:
        """Return the organisation as *connection* sees it, or ``None`` before it is founded."""
        if self._keys.stamp() is None:  # nothing is kept now: the roll need not be opened for it
            return organisation_of(connection)
        return self._now(connection).organisation

    def roster(self, connection: Connection) -> Roster:
        """Return the roll as *connection* sees it: what is in the log, not what this transaction is about to enter.

        Raises:
            Unavailable, LedgerBroken: as ``members.roster``.
        """
        return self._now(connection).roster

    def _now(self, connection: Connection) -> _Known:
        keys, now = self._keys.stamp(), size(connection)
        if keys is None or now is None:
            return _Known(0, 0, organisation_of(connection), roster(connection, self._vault))
        known = self._known  # another thread may put another there at any time
        if known is None or known.keys != keys or _is_changed(connection, known.size, now):
            known = _Known(now, keys, organisation_of(connection), roster(connection, self._vault))
        self._known = known = replace(known, size=now)
        return known


def size(connection: Connection) -> int | None:
    """Return how many entries are in the log; ``None`` where the file is so damaged that it does not tell."""
    with failures(connection):
        found = [row[0] for row in read(connection, (_SIZE, ()))[0]] or [0]
    return found[0] if isinstance(found[0], int) else None


def _is_changed(connection: Connection, known: int, now: int) -> bool:
    """Return whether an entry between *known* and *now* may change what stands; an older state is another."""
    if now == known:
        return False
    with failures(connection):
        return now < known or bool(read(connection, (_CHANGED, (known, now)))[0])
