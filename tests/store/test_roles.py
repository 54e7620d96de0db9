"""What may the role do that the service connects as, where it does not own the tables?"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from governor.bootstrap import House, open_house
from governor.ports.choices import Secret
from governor.services.audit import verify
from governor.settings import Settings
from tests.postgres import Postgres
from tests.store.records import ENTRIES, FOUNDING, live, publish, start_engine


@dataclass
class Roles:
    """A database, the role that owns it, and the role that the service connects as."""

    host: str
    database: str
    owner: str
    service: str

    def url(self, role: str) -> str:
        return f"postgresql://{role}@/{self.database}?host={self.host}"

    def settings(self, data: Path) -> Settings:
        return Settings(
            data=data,
            database_url=Secret(self.url(self.service)),
            database_owner_url=Secret(self.url(self.owner)),
        )

    def connect(self, role: str) -> psycopg.Connection:
        return psycopg.connect(host=self.host, dbname=self.database, user=role, autocommit=True)


@pytest.fixture(scope="module")
def roles(postgres: Postgres) -> Iterator[Roles]:
    name = postgres.create()
    found = Roles(host=postgres.host, database=name, owner=f"{name}_owner", service=f"{name} service")
    with psycopg.connect(host=postgres.host, user=postgres.user, dbname="postgres", autocommit=True) as connection:
        for role in (found.owner, found.service):
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        owned = sql.SQL("ALTER DATABASE {} OWNER TO {}")
        connection.execute(owned.format(sql.Identifier(name), sql.Identifier(found.owner)))
    yield found
    postgres.drop(name)


@pytest.fixture(scope="module")
def house(roles: Roles, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house whose service has lived through the journey as a role that owns nothing of the record."""
    data = tmp_path_factory.mktemp("roles")
    with open_house(roles.settings(data)) as house:
        start_engine(house.record.database)
        house.found(FOUNDING)
        live(house.record)
        publish(house.record, data)
        yield house


def test_service_works_without_owning_the_tables(house: House) -> None:
    verdict = verify(house.record, house.published)
    assert (verdict.findings, verdict.size) == ((), ENTRIES)
    with house.record.database.read() as connection:
        assert sum(house.record.outbox.counts(connection).values()) == 6


def test_second_start_finds_everything_granted(house: House, roles: Roles) -> None:
    with open_house(roles.settings(house.settings.data)) as again:
        start_engine(again.record.database)
        assert verify(again.record, again.published).findings == ()


LOG = ("log_entry", "log_node", "log_head", "log_checkpoint", "log_value")
REFUSED = (
    *(f"TRUNCATE {table}" for table in LOG),
    *(f"DROP TABLE {table}" for table in LOG),
    *(f"ALTER TABLE {table} DISABLE TRIGGER ALL" for table in LOG),
    *("DELETE FROM " + table for table in LOG if table != "log_value"),  # noqa: S608  # our own names
    "UPDATE log_entry SET leaf = ''",
    "UPDATE log_node SET hash = ''",
    "UPDATE log_head SET note = 'x'",
    "UPDATE log_head SET size = size - 1",
    "UPDATE log_checkpoint SET note = 'x'",
    "UPDATE log_value SET ciphertext = ''",
    "DROP TRIGGER log_entry_no_update ON log_entry",
    "DROP FUNCTION log_refuse() CASCADE",
    "CREATE OR REPLACE FUNCTION log_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "UPDATE alembic_version SET version_num = '0001'",
    "DELETE FROM alembic_version",
    "SET session_replication_role = replica",
    "CREATE TABLE stray (one int)",
    "CREATE SCHEMA stray",
    "ALTER TABLE member ADD COLUMN stray int",
)


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("statement", REFUSED)
def test_service_cannot_rewrite_the_log(roles: Roles, statement: str) -> None:
    denied = (psycopg.errors.InsufficientPrivilege, psycopg.errors.IntegrityConstraintViolation)
    with roles.connect(roles.service) as connection, pytest.raises(denied):
        connection.execute(statement)


def test_nobody_else_may_read_the_record(house: House, roles: Roles, postgres: Postgres) -> None:
    stranger = f"{roles.database}_stranger"
    with psycopg.connect(host=postgres.host, user=postgres.user, dbname="postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(stranger)))
    with roles.connect(stranger) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SELECT * FROM log_value")


def test_service_grows_the_log_and_erases_values(house: House, roles: Roles) -> None:
    with roles.connect(roles.service) as connection:
        assert connection.execute("DELETE FROM log_value WHERE person = 'nobody'").rowcount == 0
    assert verify(house.record, house.published).findings == ()
