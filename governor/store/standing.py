"""Whose record is it, and who is on its roll? Remembered from one call to the next until an entry may change it.

Tables are the fold of the log, so what only entries about the organisation and its members change holds until there is
one: to open the whole roll anew for each press of a button would take most of the time of the press.
"""

from sqlalchemy import Connection

from governor.store.keys import KeyStore
from governor.store.ledger_statements import failures, read
from governor.store.members import NOBODY, Roster, Vault, roster
from governor.store.organisations import Organisation, organisation_of
from governor.store.thinking import not_at_once
from governor.values import dataclass

_SIZE = "SELECT size FROM log_head WHERE one = 1"
_SEEN = (
    "SELECT size, EXISTS (SELECT 1 FROM log_entry WHERE idx >= ? AND idx < size "
    "AND (substr(subject, 1, 7) = 'member/' OR subject = 'organisation')), "
    "EXISTS (SELECT 1 FROM log_entry WHERE id = ?) FROM log_head WHERE one = 1"
)
"""The size of the log, whether anything may stand otherwise since it had another, and whether it has an entry."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What one transaction sees: whose record it is (``None`` before it is founded), who is on its roll, and whether
    the entry that was asked for is in its log.
    """

    organisation: Organisation | None
    roster: Roster
    has_entry: bool


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

    @property
    def last(self) -> tuple[Organisation | None, Roster]:
        """Return what stood when it was looked for last; it may stand no longer."""
        known = self._known
        return (None, NOBODY) if known is None else (known.organisation, known.roster)

    def roster(self, connection: Connection) -> Roster:
        """Return the roll as *connection* sees it: what is in the log, not what this transaction is about to enter.

        Raises:
            Unavailable, LedgerBroken: as ``members.roster``.
        """
        return self.seen(connection).roster

    def seen(self, connection: Connection, entry: str = "") -> Sight:
        """Return what *connection* sees, and whether that has the *entry* of that id: one question answers both.

        Raises:
            Unavailable, LedgerBroken: as ``roster``.
        """
        keys, known = self._keys.stamp(), self._known  # another thread may put another there at any time
        with failures(connection):
            (rows,) = read(connection, (_SEEN, (0 if known is None else known.size, entry)))
        size, is_changed, has_entry = rows[0] if rows else (0, False, False)
        if keys is None or not isinstance(size, int):
            not_at_once()
            return Sight(organisation_of(connection), roster(connection, self._vault), bool(has_entry))
        if known is None or known.keys != keys or is_changed or size < known.size:  # an older state is another
            not_at_once()  # a roll may be long
            known = _Known(size, keys, organisation_of(connection), roster(connection, self._vault))
        elif size > known.size:
            known = _Known(size, keys, known.organisation, known.roster)
        self._known = known
        return Sight(known.organisation, known.roster, bool(has_entry))


def size(connection: Connection) -> int | None:
    """Return how many entries are in the log; ``None`` where the file is so damaged that it does not tell."""
    with failures(connection):
        found = [row[0] for row in read(connection, (_SIZE, ()))[0]] or [0]
    return found[0] if isinstance(found[0], int) else None
