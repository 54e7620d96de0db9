"""What the outbox keeps, on SQLite and on PostgreSQL."""

import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from governor.errors import OutOfOrder
from governor.store.outbox import Effect, State
from tests.delivery.hall import NOON, Hall, open_hall

INVITE = Effect(kind="invitation", subject="2026-001", target="budi", generation=0)
LATER = Effect(kind="invitation", subject="2026-001", target="budi", generation=1)


def enqueue(hall: Hall, *effects: Effect) -> None:
    with hall.record.database.write() as connection:
        for effect in effects:
            hall.record.outbox.enqueue(connection, effect, at=NOON)


def check_queue(hall: Hall, *workflows: tuple[str, str]) -> None:
    """Check that the durable queue holds *workflows*, by id and status; a SQLite file has no other than its effects."""
    if hall.record.database.is_sqlite:
        return
    with hall.record.database.read() as connection:
        query = text("SELECT workflow_uuid, status FROM dbos.workflow_status ORDER BY created_at, workflow_uuid")
        assert [tuple(row) for row in connection.execute(query)] == [*workflows]


def listening(hall: Hall) -> list[tuple[str, int, float]]:
    """Return where it is noted what the outbox tells: of which effect, and in how many seconds it is due."""
    told: list[tuple[str, int, float]] = []
    hall.record.outbox.listen(lambda *one: told.append(one))
    return told


def test_effect_waits_once_enqueued(hall: Hall) -> None:
    enqueue(hall, INVITE)

    (found,) = hall.effects("2026-001")
    assert (found.effect, found.state, found.due_at, found.tries) == (INVITE, State.QUEUED, NOON, 0)
    check_queue(hall, (INVITE.id, "ENQUEUED"))


def test_effect_enqueued_again_is_the_same(hall: Hall) -> None:
    told = listening(hall)
    enqueue(hall, INVITE, INVITE)
    enqueue(hall, INVITE)

    assert (hall.states("2026-001"), told) == ([State.QUEUED], [(INVITE.id, 0, 0)])
    check_queue(hall, (INVITE.id, "ENQUEUED"))


def test_effect_done_again_on_purpose_is_another(hall: Hall) -> None:
    again = replace(INVITE, attempt=3)
    enqueue(hall, INVITE, again)

    assert {one.id: one.effect for one in hall.all()} == {INVITE.id: INVITE, f"{INVITE.id}:3": again}


def test_effect_goes_with_its_transaction(hall: Hall) -> None:
    told = listening(hall)

    def act() -> None:
        with hall.record.database.write() as connection:
            hall.record.outbox.enqueue(connection, INVITE, at=NOON)
            raise OutOfOrder("nothing-changed")

    with pytest.raises(OutOfOrder):
        act()

    assert (hall.all(), told) == ((), [])
    check_queue(hall)


def test_listener_is_told_after_the_commit(hall: Hall) -> None:
    seen: list[list[State]] = []
    hall.record.outbox.listen(lambda *_: seen.append(hall.states("2026-001")))

    enqueue(hall, INVITE, LATER)

    assert seen == [[State.CANCELLED, State.QUEUED]] * 2


def test_later_generation_cancels_the_earlier_of_its_target_only(hall: Hall) -> None:
    others = (
        Effect(kind="invitation", subject="2026-001", target="sari", generation=0),
        Effect(kind="invitation", subject="2026-002", target="budi", generation=0),
        Effect(kind="post", subject="2026-001", target="budi", generation=0),
    )
    enqueue(hall, INVITE, *others, LATER)

    assert {tracked.effect for tracked in hall.all() if tracked.state is State.CANCELLED} == {INVITE}


def test_later_generation_leaves_what_is_done(hall: Hall) -> None:
    enqueue(hall, INVITE)
    with hall.record.database.write() as connection:
        hall.record.outbox.done(connection, INVITE.id, "<id@example.org>")
    enqueue(hall, LATER)

    assert hall.states("2026-001") == [State.DONE, State.QUEUED]
    assert hall.effects("2026-001")[0].external_id == "<id@example.org>"


def test_postponed_effect_is_due_later_and_handed_over_with_a_delay(hall: Hall) -> None:
    enqueue(hall, INVITE)
    told, due = listening(hall), NOON + timedelta(minutes=5)

    with hall.record.database.write() as connection:
        hall.record.outbox.postpone(
            connection, hall.effects("2026-001")[0], at=NOON, delay=timedelta(minutes=5), error="server away"
        )

    (found,) = hall.effects("2026-001")
    assert (found.state, found.due_at, found.tries, found.error) == (State.QUEUED, due, 1, "server away")
    assert told == ([(INVITE.id, 1, 300)] if hall.record.database.is_sqlite else [])
    check_queue(hall, (INVITE.id, "ENQUEUED"), (f"{INVITE.id}#1", "DELAYED"))
    with hall.record.database.read() as connection:
        assert [hall.record.outbox.due(connection, at) for at in (NOON, due)] == [0, 1]


def test_dead_effect_keeps_its_reason_and_can_be_revived(hall: Hall) -> None:
    enqueue(hall, INVITE)
    with hall.record.database.write() as connection:
        hall.record.outbox.give_up(connection, INVITE.id, "no such mailbox")
    (dead,) = hall.effects("2026-001")
    told = listening(hall)
    with hall.record.database.write() as connection:
        hall.record.outbox.revive(connection, dead, at=NOON)

    assert (dead.state, dead.error) == (State.DEAD, "no such mailbox")
    (alive,) = hall.effects("2026-001")
    assert (alive.state, alive.error, alive.tries, told) == (State.QUEUED, None, 1, [(INVITE.id, 1, 0)])
    check_queue(hall, (INVITE.id, "ENQUEUED"), (f"{INVITE.id}#1", "ENQUEUED"))


def test_every_dead_effect_is_shown_however_many_there_are(hall: Hall) -> None:
    dead = [replace(INVITE, target=f"m{number}") for number in range(150)]
    enqueue(hall, *dead)
    with hall.record.database.write() as connection:
        for one in dead:
            hall.record.outbox.give_up(connection, one.id, "no such mailbox")
    with hall.record.database.read() as connection:
        found = hall.record.outbox.in_state(connection, State.DEAD)

    assert {one.id for one in found} == {one.id for one in dead}


def test_counts_are_by_state(hall: Hall) -> None:
    enqueue(hall, INVITE, LATER)

    with hall.record.database.read() as connection:
        assert hall.record.outbox.counts(connection) == {State.CANCELLED: 1, State.QUEUED: 1}


def test_turn_is_held_by_one_thread_at_a_time(hall: Hall) -> None:
    inside: list[str] = []
    order: list[str] = []

    def take(name: str) -> None:
        with hall.record.outbox.exclusive("2026-001:budi") as is_mine:
            inside.append(name)
            assert (is_mine, len(inside)) == (True, 1)
            order.append(name)
            inside.remove(name)

    threads = [threading.Thread(target=take, args=(str(at),)) for at in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(order) == sorted(str(at) for at in range(8))


def test_turns_of_other_keys_do_not_wait(hall: Hall) -> None:
    got: list[str] = []

    def take(key: str) -> None:
        with hall.record.outbox.exclusive(key):
            got.append(key)

    with hall.record.outbox.exclusive("2026-001:budi"):
        others = [threading.Thread(target=take, args=(f"2026-{number:03}:budi",)) for number in range(2, 400)]
        for thread in others:
            thread.start()
        for thread in others:
            thread.join(30)
        held = len(got)

    assert held == 398


def test_turn_is_free_again_after_a_failure(hall: Hall) -> None:
    with pytest.raises(OutOfOrder), hall.record.outbox.exclusive("k"):
        raise OutOfOrder("nothing-changed")

    with hall.record.outbox.exclusive("k") as is_mine:
        assert is_mine


def test_turn_that_another_process_holds_is_not_got(tmp_path: Path, postgres_url: str) -> None:
    with open_hall(tmp_path / "one", postgres_url) as one, open_hall(tmp_path / "one", postgres_url) as other:
        with one.record.outbox.exclusive("k") as is_mine, other.record.outbox.exclusive("k") as is_others:
            assert (is_mine, is_others) == (True, False)
        with other.record.outbox.exclusive("k") as is_others, one.record.outbox.exclusive("l") as is_mine:
            assert (is_mine, is_others) == (True, True)
