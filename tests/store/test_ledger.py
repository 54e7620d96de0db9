import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select, text, update

from governor.errors import LedgerBroken, NotFound, Unavailable
from governor.ledger.head import Head
from governor.ledger.note import Verifier
from governor.ledger.proof import Proof
from governor.ledger.record import Finding
from governor.ledger.tree import Frontier, leaf_hash
from governor.store.keys import KeyStore
from governor.store.ledger import Ledger
from governor.store.ledger_rows import TAIL, read_record
from governor.store.migrate import downgrade, upgrade
from governor.store.tables import log_checkpoint, log_entry, log_head
from tests.entries import make_entries, make_entry
from tests.ledger.reference import mth
from tests.store.conftest import ORIGIN
from tests.store.engines import make_engine


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


@pytest.mark.parametrize("batch", [0, 1])
def test_recorded_id_with_other_bytes_and_the_next_counter_is_refused(
    engine: Engine, ledger: Ledger, batch: int
) -> None:
    append(engine, ledger, 0, 5)
    with engine.connect() as connection, pytest.raises(LedgerBroken, match=r"entry-differs|ledger-refused"):
        ledger.append(connection, [make_entry(3, subject="new"), make_entry(9, subject="else")][: 1 + batch])
    with engine.begin() as connection:
        assert ledger.append(connection, [make_entry(9, subject="else")]).size == 6


def test_append_on_a_connection_without_transaction_begins_one(engine: Engine, ledger: Ledger) -> None:
    with engine.connect() as connection:
        ledger.append(connection, [make_entry(0)])
        connection.rollback()
        assert ledger.head(connection).size == 0
        connection.rollback()
        ledger.append(connection, [make_entry(0)])
        connection.commit()
    with engine.begin() as connection:
        assert ledger.head(connection).size == 1


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


def test_published_checkpoint_is_in_the_table_and_the_directory(
    engine: Engine, ledger: Ledger, directory: Path
) -> None:
    for first, count in ((0, 3), (3, 4)):
        append(engine, ledger, first, count)
        with engine.begin() as connection:
            note = ledger.publish(connection, directory)
            assert note == ledger.head(connection).note
            assert (directory / f"{first + count}.checkpoint").read_text() == note
            assert ledger.publish(connection, directory) is None
    with engine.begin() as connection:
        assert [*connection.execute(select(log_checkpoint.c.size))] == [(3,), (7,)]
        ledger.check(connection, directory)
    assert sorted(each.name for each in directory.iterdir()) == ["3.checkpoint", "7.checkpoint"]


def test_checkpoint_that_reached_only_one_place_is_published_again(
    engine: Engine, ledger: Ledger, directory: Path
) -> None:
    append(engine, ledger, 0, 3)
    with engine.connect() as connection, connection.begin() as transaction:
        note = ledger.publish(connection, directory)
        transaction.rollback()
    with engine.begin() as connection:
        assert ledger.publish(connection, directory) == note
    (directory / "3.checkpoint").unlink()
    with engine.begin() as connection:
        assert ledger.publish(connection, directory) == note
        assert ledger.verify(connection, directory) == []


def test_checkpoint_of_this_size_and_another_history_is_not_overwritten(
    engine: Engine, ledger: Ledger, directory: Path
) -> None:
    append(engine, ledger, 0, 3)
    directory.mkdir()
    (directory / "3.checkpoint").write_text("another")

    with engine.begin() as connection:
        with pytest.raises(LedgerBroken, match="checkpoint-altered"):
            ledger.publish(connection, directory)
        with pytest.raises(LedgerBroken, match="checkpoint-altered"):
            ledger.check(connection, directory)
    assert (directory / "3.checkpoint").read_text() == "another"


def test_directory_that_cannot_be_read_is_unavailable(engine: Engine, ledger: Ledger, tmp_path: Path) -> None:
    append(engine, ledger, 0, 3)
    (tmp_path / "3.checkpoint").mkdir()

    with engine.begin() as connection, pytest.raises(Unavailable, match="published-unreadable"):
        ledger.verify(connection, tmp_path)


@pytest.mark.parametrize("place", ["file", "parent"])
def test_directory_that_cannot_be_written_is_unavailable(
    engine: Engine, ledger: Ledger, tmp_path: Path, place: str
) -> None:
    append(engine, ledger, 0, 3)
    (tmp_path / "file").write_text("")

    with engine.begin() as connection, pytest.raises(Unavailable, match="published"):
        ledger.publish(connection, tmp_path / "file" / ("" if place == "file" else "inner"))


def test_restored_backup_refuses_to_append(engine: Engine, ledger: Ledger, keys: KeyStore, directory: Path) -> None:
    append(engine, ledger, 0, 300)
    with engine.begin() as connection:
        ledger.publish(connection, directory)
    downgrade(engine)
    upgrade(engine)
    restored = Ledger(ORIGIN, keys)
    append(engine, restored, 0, 299)

    with engine.begin() as connection:
        with pytest.raises(LedgerBroken, match="checkpoint-beyond size=300 local=299"):
            restored.check(connection, directory)
        with pytest.raises(LedgerBroken, match="checkpoint-beyond"):
            restored.append(connection, list(make_entries(299, 1)))
        assert [each.what for each in restored.verify(connection, directory)] == ["checkpoint-beyond"]


def test_backup_that_went_another_way_refuses_to_append(
    engine: Engine, ledger: Ledger, keys: KeyStore, directory: Path
) -> None:
    append(engine, ledger, 0, 300)
    with engine.begin() as connection:
        ledger.publish(connection, directory)
    downgrade(engine)
    upgrade(engine)
    restored = Ledger(ORIGIN, keys)
    with engine.begin() as connection:
        restored.append(
            connection, [*make_entries(0, 299), make_entry(999, subject="else"), *make_entries(300, 5)][:300]
        )

    with engine.begin() as connection:
        with pytest.raises(LedgerBroken, match="checkpoint-root size=300"):
            restored.check(connection, directory)
        with pytest.raises(LedgerBroken, match="checkpoint-root"):
            restored.append(connection, [make_entry(1000, subject="other")])


@pytest.mark.parametrize("window", [1, 2, 256, 1000])
def test_windows_of_any_size_read_the_same_record(
    engine: Engine, ledger: Ledger, keys: KeyStore, directory: Path, window: int
) -> None:
    for first in (0, 300, 600):
        append(engine, ledger, first, 300)
        with engine.begin() as connection:
            ledger.publish(connection, directory)

    with engine.begin() as connection:
        record = read_record(connection, directory, keys.signer(ORIGIN).verifier, window)
        assert [row[0] for row in record.entries] == list(range(900))
        assert [row[:2] for row in record.nodes] == [(1, 0), (1, 1), (1, 2)]
        assert [row[0] for row in record.checkpoints] == [300, 300, 600, 600, 900, 900]


def test_nothing_but_the_newest_entries_is_read_at_start_and_the_rest_by_verifying(
    sqlite_engine: Engine, ledger: Ledger, directory: Path
) -> None:
    size = TAIL + 2 * 256
    append(sqlite_engine, ledger, 0, size, 5000)
    with sqlite_engine.begin() as connection:
        connection.execute(text("DROP TRIGGER log_entry_no_update"))
        connection.execute(text("UPDATE log_entry SET leaf = x'00' WHERE idx = 511"))
        ledger.check(connection, directory)
        assert [(each.what, each.index) for each in ledger.verify(connection, directory)] == [("entry-altered", 511)]
        connection.execute(text("UPDATE log_entry SET leaf = x'00' WHERE idx = 512"))
        with pytest.raises(LedgerBroken, match="index=512"):
            ledger.check(connection, directory)


def test_log_whose_head_was_taken_away_refuses_to_append(engine: Engine, ledger: Ledger) -> None:
    append(engine, ledger, 0, 3)
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER log_head_no_delete"))
        else:
            connection.execute(text("ALTER TABLE log_head DISABLE TRIGGER USER"))
        connection.execute(text("DELETE FROM log_head"))

    with engine.connect() as connection, pytest.raises(LedgerBroken, match="ledger-refused"):
        ledger.append(connection, [make_entry(4, subject="new")])


def test_database_that_fails_is_unavailable(sqlite_engine: Engine, ledger: Ledger) -> None:
    with sqlite_engine.connect() as connection:
        connection.execute(text("ALTER TABLE log_entry RENAME TO elsewhere"))
        with pytest.raises(Unavailable, match="database-failed"):
            ledger.append(connection, [make_entry(0)])


def test_log_signed_with_a_lost_key_refuses_to_append(
    engine: Engine, ledger: Ledger, tmp_path: Path, directory: Path
) -> None:
    append(engine, ledger, 0, 3)
    other = Ledger(ORIGIN, KeyStore(tmp_path / "new keys"))

    with engine.begin() as connection:
        for act in (other.check, other.publish):
            with pytest.raises(LedgerBroken, match="note-unsigned"):
                act(connection, directory)
        with pytest.raises(LedgerBroken, match="note-unsigned"):
            other.append(connection, list(make_entries(3, 1)))


def test_append_that_is_rolled_back_leaves_nothing(engine: Engine, ledger: Ledger, directory: Path) -> None:
    append(engine, ledger, 0, 3)
    with engine.connect() as connection, connection.begin() as transaction:
        ledger.append(connection, list(make_entries(3, 300)))
        transaction.rollback()
    with engine.begin() as connection:
        assert ledger.head(connection).size == 3
        assert ledger.append(connection, list(make_entries(3, 1))).size == 4
    with engine.begin() as connection:
        assert ledger.verify(connection, directory) == []


def test_two_ledgers_that_take_turns_continue_each_other(
    engine: Engine, ledger: Ledger, keys: KeyStore, directory: Path
) -> None:
    both = ledger, Ledger(ORIGIN, keys)
    for number, entry in enumerate(make_entries(0, 20)):
        with engine.begin() as connection:
            assert both[number % 2].append(connection, [entry]).size == number + 1
    with engine.begin() as connection:
        assert ledger.verify(connection, directory) == []


def test_subject_whose_entries_are_not_counted_without_a_gap_is_found(
    engine: Engine, ledger: Ledger, keys: KeyStore, directory: Path
) -> None:
    append(engine, ledger, 0, 3)
    thief = keys.signer(ORIGIN)  # with the key and without our code, anything can be signed
    stray = make_entry(9, subject="late", n=2)
    with engine.begin() as connection:
        head = ledger.head(connection)
        frontier, _ = Frontier.parse(head.size, head.frontier).extend([leaf_hash(stray.leaf())])
        row = (3, stray.id, stray.subject, stray.n, stray.leaf(), leaf_hash(stray.leaf()))
        connection.execute(insert(log_entry).values(row))
        forged = Head.sign(frontier, thief)
        connection.execute(
            update(log_head).values(size=4, root=forged.root, frontier=forged.frontier, note=forged.note)
        )
    with engine.begin() as connection:
        assert ledger.verify(connection, directory) == [
            Finding(what="counter-gap", values={"subject": "late", "entries": 1, "first": 2, "last": 2})
        ]


KILLED = """
import os, sys
from pathlib import Path
from governor.store.keys import KeyStore
from governor.store.ledger import Ledger
from governor.store.ledger_rows import TAIL, read_record
from governor.store.migrate import downgrade, upgrade
from governor.store.tables import log_checkpoint, log_entry, log_head
from tests.entries import make_entries
from tests.store.engines import make_engine
engine = make_engine(sys.argv[1])
with engine.begin() as connection:
    Ledger(sys.argv[2], KeyStore(Path(sys.argv[3]))).append(connection, list(make_entries(3, 300)))
    os.kill(os.getpid(), 9)
"""


def test_append_killed_before_its_commit_leaves_nothing(
    engine: Engine, ledger: Ledger, tmp_path: Path, directory: Path
) -> None:
    append(engine, ledger, 0, 3)
    url = engine.url.render_as_string(hide_password=False)
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, url, ORIGIN, tmp_path / "keys"], cwd=Path(__file__).parents[2], check=False
    )

    assert ended.returncode == -9
    with engine.begin() as connection:
        assert ledger.head(connection).size == 3
        assert ledger.append(connection, list(make_entries(3, 1))).size == 4
    with engine.begin() as connection:
        assert ledger.verify(connection, directory) == []


def test_appenders_at_once_keep_one_order_without_gaps(
    engine: Engine, keys: KeyStore, ledger: Ledger, directory: Path
) -> None:
    append(engine, ledger, 0, 1)

    def run(worker: int) -> None:
        own = Ledger(ORIGIN, keys)
        for number in range(40):
            entries = [make_entry(1000 * worker + 10 * number + at, subject=f"worker/{worker}") for at in range(3)]
            with engine.begin() as connection:
                n = own.counter(connection, "shared")
                shared = make_entry(1000 * worker + 10 * number + 9, subject="shared", n=n + 1)
                mine = [replace(entry, n=3 * number + at + 1) for at, entry in enumerate(entries)]
                own.append(connection, [*mine, shared])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(1, 5)))

    with engine.begin() as connection:
        assert ledger.head(connection).size == 1 + 4 * 40 * 4
        assert [each.entry.n for each in ledger.by_subject(connection, "shared")] == list(range(1, 161))
        assert ledger.verify(connection, directory) == []


def test_first_appenders_at_once_begin_one_log(engine: Engine, keys: KeyStore, directory: Path) -> None:
    def run(worker: int) -> int:
        with engine.begin() as connection:
            return Ledger(ORIGIN, keys).append(connection, [make_entry(worker, subject=f"worker/{worker}")]).size

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(run, range(1, 5))) == [1, 2, 3, 4]
    with engine.begin() as connection:
        assert Ledger(ORIGIN, keys).verify(connection, directory) == []


def test_verifying_while_others_append_finds_nothing(
    engine: Engine, keys: KeyStore, ledger: Ledger, directory: Path
) -> None:
    append(engine, ledger, 0, 600)

    def run() -> None:
        for first in range(600, 1500, 30):
            append(engine, ledger, first, 30)
            with engine.begin() as connection:
                ledger.publish(connection, directory)

    other, reader = Ledger(ORIGIN, keys), make_engine(engine.url.render_as_string(hide_password=False), "BEGIN")
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(run)
        while not running.done():
            with reader.begin() as connection:
                assert other.verify(connection, directory) == []
        running.result()
    reader.dispose()
