"""Who is on the roll? Rows and sealed values → members."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from sqlalchemy import Connection, Row, Select, Table, func, select

from governor.domain.languages import Language
from governor.domain.members import Member, MemberId, Office, Route, erased_name
from governor.errors import LedgerBroken, NotFound
from governor.ledger import seal
from governor.store import tables
from governor.store.keys import KeyStore
from governor.values import dataclass


class Vault:
    """Opens the personal values kept beside the log; what was opened is remembered while everybody's key is there."""

    def __init__(self, keys: KeyStore) -> None:
        self._keys = keys
        self._opened: dict[tuple[str, str], str] = {}
        self._persons: frozenset[str] = frozenset()

    def forget_erased(self, wanted: Collection[str] | None = None) -> None:
        """Forget what was opened as soon as somebody's key is gone, whoever destroyed it; asked for of *wanted* alone.

        Raises:
            Unavailable: the folder of keys cannot be read.
        """
        if wanted is not None and all(map(self._keys.has, wanted)):
            return
        persons = frozenset(self._keys.persons())
        if not self._persons <= persons:
            self._opened = {}
        self._persons = persons

    def open(self, connection: Connection, person: MemberId, wanted: Mapping[str, str | None]) -> dict[str, str]:
        """Return field → value for *wanted* (field → entry id), without those that were erased or never given."""
        values, known = {}, self._opened  # another thread may begin anew meanwhile
        for name, entry_id in wanted.items():
            if entry_id is None:
                continue
            if (entry_id, name) not in known:
                opened = self._unseal(connection, person, entry_id, name)
                if opened is None:
                    continue
                known[entry_id, name] = opened
            values[name] = known[entry_id, name]
        return values

    def _unseal(self, connection: Connection, person: MemberId, entry_id: str, name: str) -> str | None:
        table = tables.log_value
        query = select(table.c.ciphertext).where(table.c.id == entry_id, table.c.field == name)
        ciphertext = connection.execute(query).scalar()
        try:
            key = self._keys.get(person)
        except NotFound:
            return None
        return None if ciphertext is None else seal.unseal(key, entry_id, ciphertext).decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The whole roll, as of one read. ``accounts`` maps (platform, account) to the member."""

    members: Mapping[MemberId, Member]
    accounts: Mapping[tuple[str, str], MemberId]

    def __iter__(self) -> Iterator[Member]:
        return iter(self.members.values())

    def __len__(self) -> int:
        return len(self.members)

    def get(self, member: MemberId | None) -> Member | None:
        """Return the member, or ``None`` when there is no such person on the roll."""
        return None if member is None else self.members.get(member)

    def by_account(self, platform: str, account: str) -> Member | None:
        """Return whose *account* on *platform* it is."""
        return self.get(self.accounts.get((platform, account)))

    def holding(self, office: Office) -> tuple[Member, ...]:
        """Return the members who hold *office*, in order of enrolment."""
        return tuple(member for member in self if office in member.offices)


NOBODY = Roster(members={}, accounts={})
"""The roll that nobody is on."""


def roster(connection: Connection, vault: Vault, only: Collection[MemberId] | None = None) -> Roster:
    """Return the roll, or *only* these of it. A member whose data was erased is named by number: ``#0217``.

    Raises:
        Unavailable: a key cannot be read.
        LedgerBroken: a row or a sealed value was altered (``roll-altered``, ``value-altered``).
    """
    try:
        return _roster(connection, vault, only)
    except (ValueError, KeyError, TypeError) as error:
        raise LedgerBroken("roll-altered") from error


def _roster(connection: Connection, vault: Vault, only: Collection[MemberId] | None) -> Roster:
    vault.forget_erased(only)
    people = select(tables.member).order_by(tables.member.c.number)
    rows = connection.execute(people if only is None else people.where(tables.member.c.member.in_(only))).all()
    numbers = None if only is None else [row.number for row in rows]
    offices: dict[int, set[Office]] = defaultdict(set)
    for row in connection.execute(_of(tables.office, numbers).where(tables.office.c.until.is_(None))):
        offices[row.number].add(Office(row.office))
    routes = {row.number: Route(row.route) for row in connection.execute(_of(tables.route, numbers))}
    languages = {row.number: Language(row.language) for row in connection.execute(_of(tables.language, numbers))}
    given = {row.number: row.email for row in connection.execute(_of(tables.unconfirmed, numbers)) if row.email}
    members: dict[MemberId, Member] = {}
    for row in rows:
        person = MemberId(row.member)
        erased = erased_name(row.number)
        try:
            values = vault.open(connection, person, {"name": row.name, "handle": row.handle, "email": row.email})
            unconfirmed = vault.open(connection, person, {"email": given.get(row.number)})
        except LedgerBroken as error:
            if error.key != "key-malformed":
                raise
            raise LedgerBroken("member-key-malformed", member=erased, file=f"keys/persons/{person}") from error
        members[person] = Member(
            id=person,
            number=row.number,
            name=values.get("name", erased),
            handle=values.get("handle", erased),
            email=values.get("email"),
            unconfirmed=unconfirmed.get("email"),
            offices=frozenset(offices[row.number]),
            route=routes.get(row.number),
            language=languages.get(row.number),
        )
    accounts = connection.execute(_of(tables.account, numbers)).all()
    return Roster(members=members, accounts=_accounts(connection, vault, members, accounts))


def _of(table: Table, numbers: Collection[int] | None) -> Select[tuple[object, ...]]:
    """Return the query for the rows of *table* that belong to members of these *numbers* (``None``: to any)."""
    return select(table) if numbers is None else select(table).where(table.c.number.in_(numbers))


def _accounts(
    connection: Connection,
    vault: Vault,
    members: Mapping[MemberId, Member],
    rows: Iterable[Row[tuple[object, ...]]],
) -> dict[tuple[str, str], MemberId]:
    by_number = {member.number: member.id for member in members.values()}
    accounts = {}
    for row in rows:
        person = by_number[row.number]
        values = vault.open(connection, person, {"account": row.account})
        if "account" in values:
            accounts[row.platform, values["account"]] = person
    return accounts


def everybody(connection: Connection) -> tuple[MemberId, ...]:
    """Return who is on the roll, in order of enrolment."""
    rows = connection.execute(select(tables.member.c.member).order_by(tables.member.c.number))
    return tuple(MemberId(row.member) for row in rows)


def next_number(connection: Connection) -> int:
    """Return the number of the next member; numbers are never reused."""
    highest: int | None = connection.execute(select(func.max(tables.member.c.number))).scalar()
    return (highest or 0) + 1
