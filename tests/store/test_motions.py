"""What is kept of a ballot, what is not, and how a false count is found."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from governor.domain.motions import MotionState
from governor.domain.proceedings import BallotClosed
from governor.errors import NotFound
from governor.services.audit import verify
from governor.services.ballots import close_over
from governor.store import motions, proceeding_tables, proceedings, tables
from governor.store.unit_of_work import Record
from governor.voting.counting import Choice, Outcome, Tally
from tests.store.records import AT, live, members_of

LATER = AT + timedelta(hours=5)
SECRET_OPEN, SECRET_CLOSED = "2026-005", "2026-002"


def keys_of(record: Record) -> list[str]:
    return record.keys.beside("ballots").persons()


def rows_of(record: Record, name: str) -> list[Mapping[str, object]]:
    with record.database.read() as connection:
        table = tables.metadata.tables[name]
        return [dict(row) for row in connection.execute(select(table)).mappings()]


def test_secret_vote_names_nobody_and_can_be_changed_until_it_is_closed(record: Record) -> None:
    live(record)
    _, budi, sari, _ = members_of(record)
    assert keys_of(record) == [f"{SECRET_OPEN}.1"]
    (first, second) = rows_of(record, "secret_vote")
    assert {first["number"], second["number"]} == {SECRET_OPEN}
    assert not {budi, sari} & {str(value) for row in (first, second) for value in row.values()}
    assert {row["choice"] for row in rows_of(record, "voter") if row["number"] in (SECRET_OPEN, SECRET_CLOSED)} == {
        None
    }
    with record.act("changed", LATER) as work:
        box = work.ballot_box(SECRET_OPEN, 1)
        # Whoever has both the key and the database while it is open can tell: that is what the key keeps apart.
        box.open()  # a key that is there stays: what is in the box is found by it
        assert (box.choice(budi), box.choice(sari)) == (Choice.FOR, Choice.AGAINST)
        box.cast(budi, Choice.ABSTAIN)
        assert box.count() == Tally(votes_for=0, votes_against=1, abstained=1)
    for entry in rows_of(record, "log_entry"):
        leaf = bytes(entry["leaf"])  # type: ignore[call-overload]
        assert b'"choice":"' not in leaf or b'"motion/2026-001"' in leaf


def test_key_that_outlived_its_ballot_is_destroyed_later_and_that_of_an_open_one_is_not(sqlite_record: Record) -> None:
    record = live(sqlite_record)
    keys = record.keys.beside("ballots")
    for name in (f"{SECRET_CLOSED}.1", "somebody-else"):
        keys.new(name)
    assert close_over(record, LATER) == 0
    assert sorted(keys.persons()) == [f"{SECRET_OPEN}.1", "somebody-else"]


def test_box_whose_key_is_lost_counts_and_takes_no_more(sqlite_record: Record) -> None:
    record = live(sqlite_record)
    _, budi, *_ = members_of(record)
    record.keys.beside("ballots").destroy(f"{SECRET_OPEN}.1")
    with record.act("lost", LATER) as work:
        box = work.ballot_box(SECRET_OPEN, 1)
        with pytest.raises(NotFound, match="ballot-key-lost"):
            box.cast(budi, Choice.FOR)
        assert box.count() == Tally(votes_for=1, votes_against=1, abstained=0)


@pytest.mark.parametrize(
    ("counts", "outcome"), [((2, 1, 0), Outcome.CARRIED), ((0, 2, 0), Outcome.CARRIED), ((2, 0, 0), Outcome.LOST)]
)
def test_count_that_the_entries_do_not_come_to_is_found(
    sqlite_record: Record, tmp_path: Path, counts: tuple[int, int, int], outcome: Outcome
) -> None:
    record = live(sqlite_record)
    closed = BallotClosed(
        number=SECRET_OPEN,
        ballot=1,
        votes_for=counts[0],
        votes_against=counts[1],
        abstained=counts[2],
        present=3,
        outcome=outcome,
        state=MotionState.CARRIED,
    )
    with record.act("false", LATER) as work:
        work.record(closed, by=None)
    found = verify(record, tmp_path / "published").findings
    assert [(one.what, one.values["number"]) for one in found] == [("ballot-miscounted", SECRET_OPEN)]


def test_open_votes_are_counted_one_by_one(sqlite_record: Record, tmp_path: Path) -> None:
    record = live(sqlite_record)
    with record.database.read() as connection:
        assert motions.tally(connection, "2026-001", 1) == Tally(votes_for=2, votes_against=0, abstained=0)
        assert [one.choice for one in motions.voters(connection, "2026-001", 1) if one.times] == [Choice.FOR] * 2
    turned = BallotClosed(
        number="2026-001",
        ballot=1,
        votes_for=0,
        votes_against=2,
        abstained=0,
        present=3,
        outcome=Outcome.LOST,
        state=MotionState.LOST,
    )
    with record.act("turned", LATER) as work:
        work.record(turned, by=None)
    assert "ballot-miscounted" in [one.what for one in verify(record, tmp_path / "published").findings]


def test_rows_become_motions_agendas_and_rules(sqlite_record: Record) -> None:
    record = live(sqlite_record)
    _, budi, sari, _ = members_of(record)
    with record.database.read() as connection:
        found = motions.of_meeting(connection, "2026-001")
        assert [one.state.value for one in found] == ["carried", "lost", "carried", "withdrawn", "voting"]
        assert {one.number for one in motions.pending(connection)} == {SECRET_OPEN}
        assert [one.number for one in motions.newest(connection, 2)] == ["2026-005", "2026-004"]
        assert found[0].decision == "2026-003"
        assert found[0].ballot is not None
        assert (found[0].ballot.voted, found[0].ballot.outcome) == (2, Outcome.CARRIED)
        assert found[2].consensus is not None
        assert (found[1].mover, found[1].seconder) == (budi, sari)
        assert motions.over(connection, LATER) == ()
        assert [one.text for one in proceedings.agenda(connection, "2026-001")][:2] == ["laporan kas", "iuran"]
        assert proceedings.bylaws_now(connection).version == 1
        assert len(proceedings.present(connection, "2026-001")) == 3
        assert set(proceeding_tables.FOLDED) <= set(tables.FOLDED)
