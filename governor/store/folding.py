"""Do the tables say what the entries say? The entries are folded again, and every row is compared."""

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field

from sqlalchemy import Connection, Row, RowMapping, Table, select

from governor.domain.events import person_of
from governor.errors import LedgerBroken
from governor.ledger.entry import Entry
from governor.ledger.verify import Finding
from governor.store import tables
from governor.store.forms import instant
from governor.store.keys import KeyStore
from governor.store.projections import changes
from governor.store.row_changes import Change, Insert, Put, Recorded, Update, Value
from governor.store.sealing import event_of
from governor.store.vocabulary import Vocabulary, subject_of
from governor.values import dataclass

Key = tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """What the entry at ``index`` commits to: a value about the person whose pseudonym in ``subject`` is ``owner``."""

    index: int
    subject: str
    owner: Value
    commitment: str


@dataclasses.dataclass(slots=True)
class Fold:
    """The rows that the entries read so far amount to, in the ledger's own vocabulary.

    ``origins`` says which entry made or last changed a row, ``commitments`` which personal values there must be,
    ``entries`` counts what was read.
    """

    rows: dict[str, dict[Key, dict[str, Value]]] = field(
        default_factory=lambda: {table.name: {} for table in tables.FOLDED}
    )
    origins: dict[tuple[str, Key], int] = field(default_factory=dict)
    commitments: dict[tuple[str, str], Commitment] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    entries: int = 0
    _groups: dict[tuple[str, Value], set[Key]] = field(default_factory=lambda: defaultdict(set))

    def add(self, index: int, entry: Entry) -> None:
        """Fold in the *entry* at *index*; what does not fit becomes a finding."""
        try:
            event = event_of(entry)
        except LedgerBroken as error:
            self.findings.append(Finding(what=error.key, index=index, values=error.values))
            return
        owner = person_of(event)
        for name, text in entry.pii.items():
            made = Commitment(index=index, subject=entry.subject, owner=owner, commitment=text)
            self.commitments[entry.id, name] = made
        for change in changes(Recorded(event=event, id=entry.id, at=instant(entry.ts))):
            self._carry_out(index, change)

    def _carry_out(self, index: int, change: Change) -> None:
        name, rows = change.table.name, self.rows[change.table.name]
        match change:
            case Insert(values=values) | Put(values=values):
                key = _key(change.table, values)
                rows[key] = {column.name: values.get(column.name) for column in change.table.columns}
                self.origins[name, key] = index
                self._groups[name, key[0]].add(key)
            case Update(where=where, values=values):
                # Every change of rows names the first column of their key: the thing that they are part of.
                first = where[change.table.primary_key.columns[0].name]
                for key in self._groups[name, first]:
                    if all(rows[key][column] == value for column, value in where.items()):
                        rows[key].update(values)
                        self.origins[name, key] = index


def folded(connection: Connection, broken: Collection[int | None]) -> Fold:
    """Return the fold of every entry but the *broken* ones, which the ledger's own verification has named."""
    fold = Fold()
    query = select(tables.log_entry.c.idx, tables.log_entry.c.leaf).order_by(tables.log_entry.c.idx)
    for index, leaf in connection.execute(query.execution_options(yield_per=1_000)):
        fold.entries += 1
        if index in broken:
            continue
        try:
            entry = Entry.parse(leaf)
        except (ValueError, TypeError):
            fold.findings.append(Finding(what="entry-misshapen", index=index))
        else:
            fold.add(index, entry)
    return fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What is not as it was recorded, and the numbers of the members whose keys are not here: their data is erased."""

    findings: tuple[Finding, ...]
    erased: tuple[int, ...]


def compare(connection: Connection, fold: Fold, keys: KeyStore) -> Comparison:
    """Return a finding for every row that is not what *fold* says: altered, missing or never recorded.

    What only the key of an erased person could prove is passed over.

    Raises:
        Unavailable, LedgerBroken: a person's key cannot be read (``governor.store.vocabulary``).
    """
    roll = {row.member: row.number for row in connection.execute(select(tables.member))}
    comparing = _Comparing(connection, fold, Vocabulary(keys, roll.keys()))
    findings = [*fold.findings]
    for table in tables.FOLDED:
        findings.extend(comparing.table(table))
    findings.extend(comparing.values())
    return Comparison(findings=tuple(findings), erased=tuple(sorted(roll[person] for person in comparing.erased)))


def missing_checkpoints(connection: Connection, published: Sequence[int]) -> Iterator[Finding]:
    """Yield a finding for every checkpoint whose row is gone, told by its file: *published* are the sizes, ascending.

    The file of the newest may be there before its row is: its publication was interrupted, or is under way.
    """
    kept = set(connection.execute(select(tables.log_checkpoint.c.size)).scalars())
    for size in published:
        if size not in kept and (size != published[-1] or any(other > size for other in kept)):
            yield Finding(what="row-missing", values={"table": "log_checkpoint", "row": str(size)})


class _Comparing:
    def __init__(self, connection: Connection, fold: Fold, vocabulary: Vocabulary) -> None:
        self._connection = connection
        self._fold = fold
        self._vocabulary = vocabulary
        self.erased: set[object] = set()

    def table(self, table: Table) -> Iterator[Finding]:
        """Yield what is wrong with the rows of *table*."""
        expected = dict(self._fold.rows[table.name])
        strange = list[tuple[RowMapping, dict[str, Value]]]()
        for row in self._connection.execute(select(table)).mappings():
            shown = self._vocabulary.shown(table, {column.name: row[column.name] for column in table.columns})
            key = _key(table, shown)
            if key in expected:
                yield from self._altered(table, row, shown, (key, expected.pop(key)))
            else:
                strange.append((row, shown))
        for row, shown in strange:
            found = self._anonymous(table, row, shown, expected)
            if found is None:
                yield Finding(what="row-unexpected", values={"table": table.name, "row": _named(table, row)})
            else:
                del expected[found]
        for key in expected:
            index = self._fold.origins[table.name, key]
            yield Finding(what="row-missing", index=index, values={"table": table.name, "row": _written(key)})

    def _altered(
        self, table: Table, row: RowMapping, shown: Mapping[str, Value], recorded: tuple[Key, Mapping[str, Value]]
    ) -> Iterator[Finding]:
        key, values = recorded
        wrong = [name for name in values if not self._is_same(table, row, name, (values[name], shown[name]))]
        if wrong:
            named = {"table": table.name, "row": _named(table, row), "columns": ", ".join(wrong)}
            yield Finding(what="row-altered", index=self._fold.origins[table.name, key], values=named)

    def _is_same(self, table: Table, row: RowMapping, name: str, values: tuple[Value, Value]) -> bool:
        recorded, shown = values
        if type(recorded) is type(shown) and recorded == shown:
            return True
        subject = subject_of(table, {**row})
        is_erased = _is_member(table, name) and self._vocabulary.is_erased(subject, recorded, row[name])
        if is_erased and table is tables.member:
            self.erased.add(row[name])
        return is_erased

    def _anonymous(
        self, table: Table, row: RowMapping, shown: Mapping[str, Value], expected: Mapping[Key, Mapping[str, Value]]
    ) -> Key | None:
        """Return the key of the expected row that this *row* is, told by all but the name of an erased person."""
        for key, values in expected.items():
            # A member is compared last: whose the row is counts only where all the rest is the same.
            names = sorted(values, key=lambda name: _is_member(table, name))
            if all(self._is_same(table, row, name, (values[name], shown[name])) for name in names):
                return key
        return None

    def values(self) -> Iterator[Finding]:
        """Yield what is wrong with the personal values beside the log."""
        expected = dict(self._fold.commitments)
        for row in self._connection.execute(select(tables.log_value)):
            named = {"table": "log_value", "row": f"{row.id} {row.field}"}
            made = expected.pop((row.id, row.field), None)
            if made is None:
                yield Finding(what="row-unexpected", values=named)
            elif not self._is_sound(row, made):
                yield Finding(what="value-altered", index=made.index, values=named)
        for (entry_id, name), made in expected.items():
            if not self._vocabulary.is_anonymous(made.subject, made.owner):
                named = {"table": "log_value", "row": f"{entry_id} {name}"}
                yield Finding(what="row-missing", index=made.index, values=named)

    def _is_sound(self, row: Row[tuple[object, ...]], made: Commitment) -> bool:
        if self._vocabulary.opens(row.person, (row.id, row.field), row.ciphertext, made.commitment):
            return True
        return self._vocabulary.is_erased(made.subject, made.owner, row.person)


def _is_member(table: Table, name: str) -> bool:
    return table.columns[name].info.get("form") == "member"


def _key(table: Table, values: Mapping[str, Value]) -> Key:
    return tuple(values[column.name] for column in table.primary_key)


def _named(table: Table, row: RowMapping) -> str:
    return _written(tuple(row[column.name] for column in table.primary_key))


def _written(key: tuple[object, ...]) -> str:
    return " ".join(str(part) for part in key)
