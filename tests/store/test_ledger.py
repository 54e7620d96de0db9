from pathlib import Path

import pytest
from sqlalchemy import Engine

from governor.errors import LedgerBroken, NotFound, Unavailable
from governor.ledger.note import Verifier
from governor.ledger.proof import Proof
from governor.store.keys import KeyStore
from governor.store.ledger import Ledger
from tests.entries import make_entries, make_entry
from tests.ledger.reference import mth
from tests.store.conftest import ORIGIN


def append(engine: Engine, ledger: Ledger, first: int, count: int, batch: int = 1000) -> None:
    entries = list(make_entries(first, count))
    for at in range(0, count, batch):
        with engine.begin() as connection:
            ledger.append(connection, entries[at : at + batch])


def test_ledger_of_no_entries_has_a_signed_head_and_is_sound(engine: Engine, ledger: Ledger, directory: Path) -> None:
    with engine.begin() as connection:
        ledger.check(connection, directory)
        assert ledger.verify(connection, directory) == []
        assert ledger.head(connection).size == 0
        assert ledger.publish(connection, directory) is None
        assert ledger.append(connection, []).size == 0


def test_entries_are_found_by_index_id_and_subject(engine: Engine, ledger: Ledger) -> None:
    append(engine, ledger, 0, 30)
    entries = list(make_entries(0, 30))
    with engine.begin() as connection:
        assert ledger.entry(connection, 3) == entries[3]
        assert ledger.find(connection, entries[4].id).index == 4
        found = ledger.by_subject(connection, entries[2].subject)
        assert [each.index for each in found] == [2, 9, 16, 23]
        assert [each.entry for each in found] == [entries[at] for at in (2, 9, 16, 23)]
        assert ledger.counter(connection, entries[2].subject) == 4
        assert ledger.counter(connection, "motion/none") == 0
        assert ledger.by_subject(connection, "motion/none") == []
        with pytest.raises(NotFound):
            ledger.entry(connection, 30)
        with pytest.raises(NotFound):
            ledger.find(connection, make_entry(30).id)


def test_entry_appended_again_is_recorded_once(engine: Engine, ledger: Ledger) -> None:
    append(engine, ledger, 0, 5)
    with engine.begin() as connection:
        before = ledger.head(connection)
        assert ledger.append(connection, [*make_entries(0, 5)]) == before
        assert ledger.append(connection, [*make_entries(3, 5), *make_entries(7, 1)]).size == 8


def test_entry_with_a_recorded_id_and_other_bytes_is_refused(engine: Engine, ledger: Ledger) -> None:
    append(engine, ledger, 0, 5)
    with engine.begin() as connection, pytest.raises(LedgerBroken, match="entry-differs"):
        ledger.append(connection, [make_entry(3, n=9)])


@pytest.mark.parametrize("n", [1, 3])
def test_entry_with_a_counter_that_is_not_the_next_may_be_tried_again(engine: Engine, ledger: Ledger, n: int) -> None:
    with engine.begin() as connection:
        ledger.append(connection, [make_entry(0)])
    with engine.begin() as connection, pytest.raises(Unavailable, match="entry-counter"):
        ledger.append(connection, [make_entry(1, n=n)])


@pytest.mark.parametrize("batch", [1, 7, 256, 257, 600])
def test_batches_of_any_size_lead_to_the_same_head(engine: Engine, ledger: Ledger, directory: Path, batch: int) -> None:
    append(engine, ledger, 0, 600, batch)
    with engine.begin() as connection:
        assert ledger.head(connection).root == mth([entry.leaf() for entry in make_entries(0, 600)])
        assert ledger.verify(connection, directory) == []


def test_every_entry_is_proved_under_the_head_and_an_older_size(engine: Engine, ledger: Ledger, keys: KeyStore) -> None:
    append(engine, ledger, 0, 520)
    verifier = Verifier.parse(keys.vkey(ORIGIN))
    entries = list(make_entries(0, 520))
    with engine.begin() as connection:
        for index in (0, 1, 255, 256, 300, 511, 512, 519):
            proof = Proof.parse(ledger.prove(connection, index))
            assert proof.verify(entries[index].leaf(), [verifier]).size == 520
        older = Proof.parse(ledger.prove(connection, 300, 301))
        assert older.verify(entries[300].leaf(), [verifier]).size == 301
        for index, size in ((520, 520), (300, 300), (0, 521), (-1, 5)):
            with pytest.raises(NotFound):
                ledger.prove(connection, index, size)
