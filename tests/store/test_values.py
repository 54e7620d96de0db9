import os
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, insert, text

from governor.ledger.canonical import canonical
from governor.ledger.entry import Entry
from governor.ledger.seal import commit, pseudonym, seal
from governor.store.keys import KeyStore
from governor.store.ledger import Ledger
from governor.store.tables import log_value
from tests.entries import NOON

ID = "0190f5f2-0000-7000-8000-000000000001"
VALUES = {"actor.display_name": "Sari", "actor.accounts": ["1", "2"]}


@pytest.fixture
def recorded(engine: Engine, ledger: Ledger, keys: KeyStore) -> Engine:
    """A log of one entry with two personal values beside it."""
    key = keys.new("person-1")
    pii = {field: commit(key, ID, field, value) for field, value in VALUES.items()}
    subject = "member/1"
    entry = Entry(
        id=ID,
        ts=NOON,
        type="member.admitted",
        v=1,
        subject=subject,
        n=1,
        actor=pseudonym(key, subject),
        body={},
        pii=pii,
    )
    with engine.begin() as connection:
        for field, value in VALUES.items():
            plaintext = value.encode() if isinstance(value, str) else canonical(value)
            sealed = seal(key, ID, plaintext, os.urandom(12))
            row = {"id": ID, "field": field, "person": "person-1", "ciphertext": sealed}
            connection.execute(insert(log_value).values(row))
        ledger.append(connection, [entry])
    return engine


def found(engine: Engine, ledger: Ledger) -> list[tuple[str, int | None]]:
    with engine.begin() as connection:
        return [(each.what, each.index) for each in ledger.verify_values(connection)]


def test_values_open_what_the_entry_committed_to(recorded: Engine, ledger: Ledger) -> None:
    assert found(recorded, ledger) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("UPDATE log_value SET ciphertext = 'x' WHERE field LIKE '%name'", ("value-altered", 0)),
        ("UPDATE log_value SET field = 'x' WHERE field LIKE '%name'", ("value-altered", 0)),
        ("UPDATE log_value SET id = 'x' WHERE field LIKE '%name'", ("value-altered", None)),
        ("UPDATE log_value SET person = 'person-2' WHERE field LIKE '%name'", ("value-altered", 0)),
        ("UPDATE log_value SET person = 'person-3' WHERE field LIKE '%name'", ("value-without-key", 0)),
        ("UPDATE log_value SET person = '../log.key' WHERE field LIKE '%name'", ("value-altered", 0)),
    ],
)
def test_every_altered_value_is_found(
    recorded: Engine, ledger: Ledger, keys: KeyStore, change: str, expected: tuple[str, int | None]
) -> None:
    keys.new("person-2")
    with recorded.begin() as connection:
        if recorded.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER log_value_no_update"))
        else:
            connection.execute(text("ALTER TABLE log_value DISABLE TRIGGER USER"))
        connection.execute(text(change))

    assert found(recorded, ledger) == [expected]


def test_value_of_another_field_is_found(recorded: Engine, ledger: Ledger, keys: KeyStore) -> None:
    with recorded.begin() as connection:
        connection.execute(delete(log_value).where(log_value.c.field == "actor.accounts"))
        sealed = seal(keys.get("person-1"), ID, b"Sari", bytes(12))
        row = {"id": ID, "field": "actor.accounts", "person": "person-1", "ciphertext": sealed}
        connection.execute(insert(log_value).values(row))

    assert found(recorded, ledger) == [("value-altered", 0)]


def test_erased_person_leaves_a_log_that_verifies(
    recorded: Engine, ledger: Ledger, keys: KeyStore, directory: Path
) -> None:
    keys.destroy("person-1")
    assert found(recorded, ledger) == [("value-without-key", 0)] * 2

    with recorded.begin() as connection:
        connection.execute(delete(log_value).where(log_value.c.person == "person-1"))
    assert found(recorded, ledger) == []
    with recorded.begin() as connection:
        assert ledger.verify(connection, directory) == []
