"""How does one act enter the record? Rows, effects and entries, in one transaction."""

import uuid
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache, cached_property, lru_cache, partial
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, delete, insert, update

from governor.domain.events import Event, subject_of
from governor.domain.meetings import Meeting
from governor.domain.members import MemberId
from governor.errors import GovernorError, NotFound
from governor.ledger.entry import Entry
from governor.ledger.head import Head
from governor.store import meetings, tables
from governor.store.database import Database
from governor.store.forms import cut, instant
from governor.store.keys import KeyStore
from governor.store.ledger import Ledger
from governor.store.members import Roster, Vault, roster
from governor.store.organisations import Organisation
from governor.store.outbox import Effect, Outbox, Tracked
from governor.store.projections import changes
from governor.store.remembered import Remembered
from governor.store.row_changes import Change, Insert, Put, Recorded, Update, Value
from governor.store.sealing import composed, entry_of
from governor.store.secret_votes import BallotBox, forget_closed
from governor.store.shelf import Shelf
from governor.store.standing import Sight, Standing, size
from governor.store.statements import Statement

_ACTS = uuid.UUID("5f1c7c0e-54a5-4f2b-9a51-0d6b7a1d6f3e")
"""The name space (RFC 9562 §5.5) in which a call's id names its entries."""


class UnitOfWork:
    """One act being recorded. Everything written goes through the one ``connection``, and stands or falls with it."""

    def __init__(self, record: "Record", connection: Connection, call: str, at: datetime) -> None:
        self.connection = connection
        self.at = at.astimezone(UTC)
        self._record = record
        self._call = call
        self._entries: list[Entry] = []
        self._counters: Counter[str] = Counter()
        self._new: list[MemberId] = []
        self._afterwards: list[Callable[[], None]] = []

    def record(self, event: Event, *, by: MemberId | None) -> None:
        """Enter *event*, done *by* a member or (``None``) by no person: its rows now, its entry at the commit."""
        recorded = Recorded(event=composed(event), id=self._entry_id(len(self._entries)), at=instant(self.at))
        for change in changes(recorded):
            _carry_out(self.connection, change)
        sealed = entry_of(recorded, n=self._next(subject_of(event)), actor=by, key=self._record.keys.get)
        for value in sealed.values:
            row = {"id": value.id, "field": value.field, "person": value.person, "ciphertext": value.ciphertext}
            self.connection.execute(insert(tables.log_value), row)
        self._entries.append(sealed.entry)

    def enqueue(self, effect: Effect, *, failing_since: datetime | None = None) -> None:
        """Have *effect* carried out once this act is committed; its way may be *failing_since* before."""
        self._record.outbox.enqueue(self.connection, effect, at=self.at, failing_since=failing_since)

    def new_member(self) -> MemberId:
        """Return the identifier of a new member, whose key exists from now on."""
        member = MemberId(_named(self._call, "member"))
        try:
            self._record.keys.get(member)
        except NotFound:
            self._record.keys.new(member)
            self._new.append(member)
        return member

    def key(self, member: MemberId) -> bytes:
        """Return the key of *member*.

        Raises:
            NotFound, LedgerBroken, Unavailable: as ``KeyStore.get``.
        """
        return self._record.keys.get(member)

    def has_key(self, member: MemberId) -> bool:
        """Return whether *member* has a key: without one their data is erased, and they can act no more."""
        try:
            self._record.keys.get(member)
        except NotFound:
            return False
        return True

    def opened(self, person: MemberId, name: str, entry: str) -> str | None:
        """Return the personal value *name* of *person* that lies beside the *entry* of that id; ``None``: it is erased.

        Raises:
            LedgerBroken: it was altered.
        """
        return self._record.vault.open(self.connection, person, {name: entry}).get(name)

    def ballot_box(self, number: str, nth: int) -> BallotBox:
        """Return the box of the *nth* ballot on the motion of that *number*."""
        return BallotBox(self.connection, self._record.ballot_keys, number, nth)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Undo what is entered within where it fails: whoever catches that may enter something else instead."""
        entries, counters, later = len(self._entries), self._counters.copy(), len(self._afterwards)
        try:
            with self.connection.begin_nested():
                yield
        except GovernorError:
            del self._entries[entries:], self._afterwards[later:]
            self._counters = counters
            raise

    def afterwards(self, act: Callable[[], None]) -> None:
        """Have *act* done once this one is committed; the process may die in between."""
        self._afterwards.append(act)

    def settle(self) -> None:
        """Do what was to be done afterwards."""
        for act in self._afterwards:
            act()

    def undo(self) -> None:
        """Destroy the keys of the members that this act, which fails, would have enrolled."""
        for member in self._new:
            self._record.keys.destroy(member)

    @property
    def ledger(self) -> Ledger:
        """Return the ledger, for proofs."""
        return self._record.ledger

    @property
    def shelf(self) -> Shelf:
        """Return where files for people lie."""
        return self._record.shelf

    @contextmanager
    def publishing(self) -> Iterator[Connection]:
        """Yield a connection that sees a head which is published: only such a one may be shown.

        Raises:
            Unavailable: it cannot be published now.
        """
        with self._record.publishing() as connection:
            yield connection

    def head(self) -> Head:
        """Return the head of the ledger, without what this act enters."""
        return self._record.ledger.head(self.connection)

    def meeting(self, number: str) -> Meeting | None:
        """Return the meeting of that *number* as it stands in this transaction, if there is one."""
        known = None
        # Who only looks may not hold the log up, to count; nor is what this act enters in what is remembered.
        if self._call and not self._entries:
            known = self._record.remembered.find(number, self._count(f"meeting/{number}"))
        return known or meetings.find(self.connection, number)

    def remember(self, meeting: Meeting) -> None:
        """Have it remembered that *meeting* stands so after what was entered about it until now."""
        count = self.entries_about(f"meeting/{meeting.number}")
        self.afterwards(partial(self._record.remembered.keep, meeting, count))

    def deliveries(self, subject: str) -> tuple[Tracked, ...]:
        """Return the effects of *subject*, and what became of them."""
        return self._record.outbox.of_subject(self.connection, subject)

    def concerned_by(self, payload: str) -> str | None:
        """Return what the effects of that *payload* concern."""
        return self._record.outbox.subject_of(self.connection, payload)

    def published_as(self, external_ids: Sequence[str]) -> Tracked | None:
        """Return the effect that the outside knows by the first of *external_ids* by which it knows any."""
        found = (self._record.outbox.known_as(self.connection, one) for one in external_ids)
        return next((one for one in found if one is not None), None)

    def give_up(self, tracked: Tracked, error: str) -> None:
        """Mark an effect as dead after all, for the reason *error*: its failure was told later."""
        self._record.outbox.give_up(self.connection, tracked.id, error)

    def entries_about(self, subject: str) -> int:
        """Return how many entries *subject* has, those of this act included: a number that only rises."""
        return self._counters.get(subject) or self._record.ledger.counter(self.connection, subject)

    def uid(self) -> str:
        """Return a new unique identifier (RFC 7986 §5.3), the same whenever this act is tried again."""
        return _named(self._call, "uid")

    def is_repeated(self) -> bool:
        """Return whether this very act is in the record already."""
        return self._sight.has_entry

    def roster(self) -> Roster:
        """Return the roll as it stands in this transaction."""
        if self._entries:  # they are not in the log yet
            return roster(self.connection, self._record.vault)
        return self._sight.roster

    def standing(self) -> tuple[Organisation | None, Roster]:
        """Return the organisation and the roll as they stood when this transaction began."""
        return self._sight.organisation, self._sight.roster

    @cached_property
    def _sight(self) -> Sight:
        return self._record.seen(self.connection, self._entry_id(0) if self._call else "")

    def close(self) -> None:
        """Append the entries: the last statements of the transaction."""
        if self._entries:
            self._record.ledger.append(self.connection, self._entries)

    def _entry_id(self, index: int) -> str:
        return _named(self._call, str(index))

    def _next(self, subject: str) -> int:
        self._counters[subject] = self._count(subject) + 1
        return self._counters[subject]

    def _count(self, subject: str) -> int:
        if subject not in self._counters:
            self._counters[subject] = self._record.ledger.counter(self.connection, subject)
        return self._counters[subject]


class Record:
    """The record of one organisation: database, ledger, keys, outbox."""

    def __init__(self, database: Database, ledger: Ledger, keys: KeyStore, shelf: Shelf) -> None:
        self.database = database
        self.ledger = ledger
        self.keys = keys
        self.shelf = shelf
        self.outbox = Outbox(database)
        self.remembered = Remembered()
        self.vault = Vault(keys)
        self._standing = Standing(keys, self.vault)

    @contextmanager
    def act(self, call: str, at: datetime) -> Iterator[UnitOfWork]:
        """Yield the unit of work of the act that *call* names for good, at the instant *at*; commit when it ends well.

        Raises:
            Unavailable: the database cannot be written now; nothing was.
            LedgerBroken: the ledger is damaged; nothing was written.
        """
        with self.database.write() as connection:
            work = UnitOfWork(self, connection, call, cut(at))
            try:
                yield work
                work.close()
            except BaseException:  # not of the commit: whether it came through cannot always be known
                work.undo()
                raise
        work.settle()

    @contextmanager
    def look(self, at: datetime) -> Iterator[UnitOfWork]:
        """Yield a unit of work that only reads, at the instant *at*."""
        with self.database.read() as connection:
            yield UnitOfWork(self, connection, "", cut(at))

    @property
    def ballot_keys(self) -> KeyStore:
        """Return the keys of the boxes of secret ballots."""
        return self.keys.beside("ballots")

    def forget_closed_ballots(self, connection: Connection) -> None:
        """Destroy what would tell whose a vote was in ballots that *connection* sees closed.

        It is destroyed after the close itself; a process may have died in between.

        Raises:
            Unavailable: it cannot be done now.
        """
        forget_closed(connection, self.ballot_keys)

    @property
    def published(self) -> Path:
        """Return the folder of the published checkpoints."""
        return self.shelf.folder / "published"

    @contextmanager
    def publishing(self) -> Iterator[Connection]:
        """Publish the present checkpoint, if there is anything new in it, in a transaction of its own; yield that.

        Raises:
            LedgerBroken, Unavailable: as ``Ledger.publish``.
        """
        with self.database.write() as connection:
            self.ledger.publish(connection, self.published)
            yield connection

    def roster(self, connection: Connection, only: Collection[MemberId] | None = None) -> Roster:
        """Return the roll as *connection* sees it, or *only* these members of it."""
        return self._standing.roster(connection) if only is None else roster(connection, self.vault, only)

    def standing(self, connection: Connection) -> tuple[Organisation | None, Roster]:
        """Return the organisation, ``None`` before it is founded, and the roll as *connection* sees them."""
        sight = self.seen(connection)
        return sight.organisation, sight.roster

    def seen(self, connection: Connection, entry: str = "") -> Sight:
        """Return the same and whether the *entry* of that id is there, as *connection* sees it."""
        return self._standing.seen(connection, entry)

    def recalled(self) -> tuple[Organisation | None, Roster]:
        """Return the organisation and the roll as they stood when they were looked for last; ``None``: never, or none.

        Only a transaction tells whether they still stand: ``standing`` gives the same two objects for as long.
        """
        return self._standing.last

    def size(self, connection: Connection) -> int | None:
        """Return how many entries *connection* sees; ``None`` where the record is so damaged that it does not tell."""
        return size(connection)


@lru_cache(maxsize=16)  # the first entry of an act is asked for before it is entered
def _named(call: str, what: str) -> str:
    """Return the identifier of what the act *call* makes: the same whenever that is tried again."""
    return str(uuid.uuid5(_ACTS, f"{call}:{what}"))


def _carry_out(connection: Connection, change: Change) -> None:
    match change:
        case Insert():
            connection.execute(insert(change.table), change.values)
        case Put():
            key = {column.name: change.values[column.name] for column in change.table.primary_key}
            _deleting(change.table, _known(key))(connection, _where(key))
            connection.execute(insert(change.table), change.values)
        case Update():
            updating = _updating(change.table, _known(change.where), tuple(change.values))
            updating(connection, {**change.values, **_where(change.where)})


_Known: TypeAlias = tuple[tuple[str, bool], ...]
"""The names of columns, each with whether it has a value."""


@cache
def _updating(table: Table, where: _Known, names: tuple[str, ...]) -> Statement:
    """Return what updates the columns *names* of *table* in the rows that equal in those of *where*."""
    return Statement(update(table).where(_equal(table, where)).values({name: bindparam(name) for name in names}))


@cache
def _deleting(table: Table, where: _Known) -> Statement:
    """Return what deletes the rows of *table* that equal in the columns of *where*."""
    return Statement(delete(table).where(_equal(table, where)))


def _known(values: Mapping[str, Value]) -> _Known:
    return tuple((name, value is not None) for name, value in values.items())


def _equal(table: Table, where: _Known) -> ColumnElement[bool]:
    return and_(*(table.c[name] == (bindparam(f"its_{name}") if is_known else None) for name, is_known in where))


def _where(values: Mapping[str, Value]) -> dict[str, Value]:
    """Return *values* as ``_equal`` names them, apart from new ones of the same columns."""
    return {f"its_{name}": value for name, value in values.items()}
