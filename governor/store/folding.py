"""Do the tables say what the entries say? The entries are folded again, and every row is compared."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from hmac import compare_digest

from sqlalchemy import Connection, RowMapping, Table, select

from governor.domain.members import MemberId
from governor.errors import GovernorError, LedgerBroken
from governor.ledger import seal
from governor.ledger.entry import Entry
from governor.ledger.verify import Finding
from governor.store import tables
from governor.store.forms import instant
from governor.store.keys import KeyStore
from governor.store.projections import Change, Insert, Put, Recorded, Update, Value, changes
from governor.store.sealing import event_of

Key = tuple[Value, ...]


@dataclass(slots=True)
class Fold:
    """The rows that the entries read so far amount to, in the ledger's own vocabulary.

    ``origins`` says which entry made or last changed a row, ``commitments`` which personal values there must be,
    ``entries`` counts what was read.
    """

    rows: dict[str, dict[Key, dict[str, Value]]] = field(
        default_factory=lambda: {table.name: {} for table in tables.FOLDED}
    )
    origins: dict[tuple[str, Key], int] = field(default_factory=dict)
    commitments: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    entries: int = 0

    def add(self, index: int, entry: Entry) -> None:
        """Fold in the *entry* at *index*; what does not fit becomes a finding."""
        for name, commitment in entry.pii.items():
            self.commitments[entry.id, name] = (index, commitment)
        try:
            event = event_of(entry)
            for change in changes(Recorded(event=event, id=entry.id, at=instant(entry.ts))):
                self._carry_out(index, change)
        except LedgerBroken as error:
            self.findings.append(Finding(what=error.key, index=index, values=error.values))

    def _carry_out(self, index: int, change: Change) -> None:
        rows = self.rows[change.table.name]
        match change:
            case Insert(values=values) | Put(values=values):
                key = _key(change.table, values)
                rows[key] = {column.name: values.get(column.name) for column in change.table.columns}
                self.origins[change.table.name, key] = index
            case Update(where=where, values=values):
                for key, row in rows.items():
                    if all(row[name] == value for name, value in where.items()):
                        row.update(values)
                        self.origins[change.table.name, key] = index


def folded(connection: Connection, broken: Collection[int]) -> Fold:
    """Return the fold of every entry but the *broken* ones, which the ledger's own verification has named."""
    fold = Fold()
    rows = connection.execution_options(yield_per=1_000).execute(
        select(tables.log_entry.c.idx, tables.log_entry.c.leaf).order_by(tables.log_entry.c.idx)
    )
    for index, leaf in rows:
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


def compare(connection: Connection, fold: Fold, keys: KeyStore) -> Iterator[Finding]:
    """Yield a finding for every row that is not what *fold* says: altered, missing or never recorded."""
    yield from fold.findings
    sealer = _Sealer(keys)
    for table in tables.FOLDED:
        yield from _compare_table(connection, table, fold, sealer)
    yield from _compare_values(connection, fold, sealer)


def _compare_table(connection: Connection, table: Table, fold: Fold, sealer: "_Sealer") -> Iterator[Finding]:
    expected = dict(fold.rows[table.name])
    for row in connection.execute(select(table)).mappings():
        shown = sealer.shown(table, {column.name: row[column.name] for column in table.columns})
        key = _key(table, shown)
        named = {"table": table.name, "row": _named(table, row)}
        if key not in expected:
            yield Finding(what="row-unexpected", values=named)
            continue
        recorded = expected.pop(key)
        wrong = tuple(name for name, value in recorded.items() if not _same(value, shown[name]))
        if wrong:
            index = fold.origins[table.name, key]
            yield Finding(what="row-altered", index=index, values={**named, "columns": ", ".join(wrong)})
    for key in expected:
        index = fold.origins[table.name, key]
        yield Finding(what="row-missing", index=index, values={"table": table.name, "row": _written(key)})


def _compare_values(connection: Connection, fold: Fold, sealer: "_Sealer") -> Iterator[Finding]:
    expected = dict(fold.commitments)
    for row in connection.execute(select(tables.log_value)):
        named = {"table": "log_value", "row": f"{row.id} {row.field}"}
        if (row.id, row.field) not in expected:
            yield Finding(what="row-unexpected", values=named)
            continue
        index, commitment = expected.pop((row.id, row.field))
        if not sealer.opens(row.person, row.id, row.field, row.ciphertext, commitment):
            yield Finding(what="value-altered", index=index, values=named)
    for (entry_id, name), (index, _) in expected.items():
        yield Finding(what="row-missing", index=index, values={"table": "log_value", "row": f"{entry_id} {name}"})


class _Sealer:
    """Shows rows as the ledger does."""

    def __init__(self, keys: KeyStore) -> None:
        self._keys = keys

    def shown(self, table: Table, row: Mapping[str, object]) -> dict[str, Value]:
        """Return *row* with pseudonyms and digests in the place of members and texts."""
        subject = str(table.info["subject"]).format(**row)
        return {
            column.name: self._value(column.info.get("form"), row[column.name], subject) for column in table.columns
        }

    def _value(self, form: str | None, value: object, subject: str) -> Value:
        if not isinstance(value, str):
            return value if isinstance(value, int) or value is None else repr(value)
        if form == "text":
            return seal.digest(value)
        if form == "member":
            return self._pseudonym(value, subject)
        return value

    def _pseudonym(self, member: str, subject: str) -> str:
        try:
            return seal.pseudonym(self._keys.get(MemberId(member)), subject)
        except GovernorError:
            return f"?{member}"

    def opens(self, person: object, entry_id: str, name: str, ciphertext: bytes, commitment: str) -> bool:
        """Return whether the sealed value is the one that *commitment* commits to."""
        try:
            key = self._keys.get(MemberId(str(person)))
            value = seal.unseal(key, entry_id, ciphertext).decode()
        except (GovernorError, ValueError, TypeError):
            return False
        return compare_digest(seal.commit(key, entry_id, name, value), commitment)


def _same(recorded: Value, shown: Value) -> bool:
    return type(recorded) is type(shown) and recorded == shown


def _key(table: Table, values: Mapping[str, Value]) -> Key:
    return tuple(values[column.name] for column in table.primary_key)


def _named(table: Table, row: RowMapping) -> str:
    return _written(tuple(row[column.name] for column in table.primary_key))


def _written(key: tuple[object, ...]) -> str:
    return " ".join(str(part) for part in key)
