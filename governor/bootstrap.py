"""How are the parts put together? Constructor calls, from the settings to a running Governor."""

import errno
import fcntl
import os
import secrets
import socket
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from governor.domain.standing_rules import StandingRules
from governor.errors import NotFound, Refused, Unavailable
from governor.ports.choices import Secret
from governor.services import COMMANDS
from governor.services.commands import Busy, Premises, Wanted, nobody_busy, nothing_wanted
from governor.services.dispatch import Dispatcher
from governor.services.members import Founding, found
from governor.settings import Settings
from governor.store import ledger_rows
from governor.store.database import Database
from governor.store.keys import KeyStore
from governor.store.ledger import Ledger
from governor.store.organisations import Organisation, organisation_of
from governor.store.revisions import is_current, newest, revision
from governor.store.shelf import Shelf
from governor.store.standing_rules import rules_now
from governor.store.unit_of_work import Record
from governor.values import dataclass


def read_clock() -> datetime:
    """Return the present instant (UTC)."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A record that is open, and the folder of its published checkpoints."""

    settings: Settings
    record: Record
    published: Path

    def dispatcher(
        self,
        ways: Sequence[str],
        busy: Busy = nobody_busy,
        is_wanted: Wanted = nothing_wanted,
        *,
        has_voices: bool = False,
        has_letters: bool = False,
        has_files: bool = False,
    ) -> Dispatcher:
        """Return the one door; *ways* names the calendars that are open, the preferred first, and *busy* asks them.

        *is_wanted* tells what is posted in the chat. Where it *has_voices* the chat hears who is together by voice;
        where it *has_files* it hands them to people; where there are letters (*has_letters*) people can be written to.
        """
        settings = self.settings
        premises = Premises(
            page=settings.page,
            ways=ways,
            busy=busy,
            is_wanted=is_wanted,
            rules=settings.standing_rules,
            has_voices=has_voices,
            has_letters=has_letters,
            has_files=has_files,
        )
        return Dispatcher(self.record, COMMANDS, premises)

    def organisation(self) -> Organisation | None:
        """Return the organisation, or ``None`` before it is founded."""
        with self.record.database.read() as connection:
            return organisation_of(connection)

    def as_founded(self) -> Settings:
        """Return the settings, with the organisation's own language and zone once it is founded."""
        organisation = self.organisation()
        if organisation is None:
            return self.settings
        return replace(self.settings, language=organisation.language, zone=organisation.zone)

    def standing_rules(self) -> StandingRules:
        """Return the standing rules as they are now."""
        with self.record.database.read() as connection:
            return rules_now(connection, self.settings.standing_rules)

    def found(self, founding: Founding, clock: Callable[[], datetime] = read_clock) -> None:
        """Found the organisation, once."""
        with self.record.act("founding", clock()) as work:
            if organisation_of(work.connection) is None:
                found(founding, work)

    def publish(self) -> None:
        """Publish the present checkpoint, if there is anything new in it."""
        with self.record.publishing():
            pass


@contextmanager
def open_existing(settings: Settings) -> Iterator[House]:
    """Yield the record of *settings* as ``open_house`` does, where there is one; nothing is made where there is none.

    Raises:
        NotFound: there is no record, or its key is not here.
    """
    with look(settings):
        pass
    with open_house(settings) as house:
        yield house


@contextmanager
def look(settings: Settings) -> Iterator[House]:
    """Yield the record of *settings* for reading: nothing is made, migrated, checked or written.

    Raises:
        NotFound: there is no record, or its key is not here.
        Refused: the database is of another Governor's revision.
        Unavailable: it cannot be read now.
    """
    database = database_of(settings, is_read_only=True)
    try:
        if database.is_missing():
            raise NotFound("record-missing", folder=str(settings.data))
        with database.read() as connection:
            found = revision(connection)
        if found is None:
            raise NotFound("record-missing", folder=str(settings.data))
        if found != newest():
            raise Refused("database-newer" if found > newest() else "database-older", revision=found)
        keys = KeyStore(settings.data / "keys", is_read_only=True)
        yield House(
            settings=settings, record=record_of(settings, database, keys), published=settings.data / "published"
        )
    finally:
        database.close()


@contextmanager
def open_house(settings: Settings) -> Iterator[House]:
    """Yield the record of *settings*, migrated and checked; close it afterwards.

    Raises:
        Refused: the database was written by a newer Governor, or a setting is wrong.
        Unavailable: the folder or the database cannot be used now.
        LedgerBroken: the record is not what was published.
        NotFound: there is a record, and the key that signs it is not here: no other is made.
    """
    database = database_of(settings)
    try:
        make_folder(settings.data)
        database.prepare()
        migrate_all(settings, database)
        keys = KeyStore(settings.data / "keys")
        with database.read() as connection:
            if keys.origin() is None and ledger_rows.count(connection):
                raise NotFound("key-missing", folder=str(settings.data / "keys"))
        record = record_of(settings, database, keys)
        published = settings.data / "published"
        with database.read() as connection:
            record.ledger.check(connection, published)
        yield House(settings=settings, record=record, published=published)
    finally:
        database.close()


def record_of(settings: Settings, database: Database, keys: KeyStore) -> Record:
    """Return the record kept in *database*, signed with *keys*."""
    domain = settings.domain or f"{secrets.token_hex(4)}.invalid"  # no two logs may share a name
    origin = keys.first_signer(f"governor.{domain}/log/{read_clock().year}").name
    return Record(database, Ledger(origin, keys), keys, Shelf(settings.data))


def database_of(settings: Settings, *, is_read_only: bool = False) -> Database:
    """Return the database of *settings*: PostgreSQL where a URL is given, else the SQLite file in the data folder."""
    if settings.database_url is not None:
        return _database_at(settings.database_url, "GOVERNOR_DATABASE_URL")
    return Database(f"sqlite:///{settings.data.absolute() / 'governor.db'}", is_read_only=is_read_only)


def _database_at(url: Secret, setting: str) -> Database:
    """Return the database at *url*; what is wrong with it is told by its *setting*'s name, for it holds a password."""
    try:
        return Database(url.get_secret_value())
    except ValueError:
        raise Refused("setting-invalid", setting=setting) from None


def migrate_all(settings: Settings, database: Database) -> None:
    """Apply the migrations, by the role that owns the tables where one is set."""
    if settings.database_owner_url is None:
        with database.read() as connection:
            if is_current(connection):
                return
    from governor.store import migrate  # heavy, and needed once a release

    if settings.database_owner_url is None:
        with database.migrating() as engine:
            migrate.upgrade(engine)
        return
    owner = _database_at(settings.database_owner_url, "GOVERNOR_DATABASE_OWNER_URL")
    try:
        with owner.migrating() as engine:
            migrate.upgrade(engine)
            migrate.grant(engine, str(database.url.username))
    finally:
        owner.close()


def make_folder(folder: Path) -> None:
    """Make the data *folder*, open to its owner only.

    Raises:
        Unavailable: it cannot be made or written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
        probe = folder / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise Unavailable("disk-full") from error
        raise Unavailable("folder-unusable", folder=str(folder), reason=error.strerror) from error


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the data *folder* of a SQLite file: two Governors on it would each believe the other's work undone.

    Raises:
        Refused: another Governor holds it.
    """
    with (folder / "governor.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused("already-running", folder=str(folder)) from None
        yield


def executor_name() -> str:
    """Return the name of this process among those on one PostgreSQL: who sees its lease expire takes its work over."""
    return f"{socket.gethostname()[:32]}-{uuid.uuid4().hex[:12]}"
