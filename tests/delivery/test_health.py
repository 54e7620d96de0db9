"""Whoever runs Governor is told which deliveries wait or failed, what was set aside, and of the last check."""

from datetime import timedelta

from governor.ports import SetAside
from governor.services import answers
from governor.services.health import check, health_of
from tests.delivery.hall import NOON, Hall


def test_deliveries_mail_set_aside_and_the_last_self_check_are_told(hall: Hall) -> None:
    hall.call("2026-001", [hall.enrol(name, f"{name}@example.org") for name in ("budi", "sari", "anne")])
    dead, failing, _ = hall.effects("2026-001")
    with hall.record.database.write() as connection:
        hall.record.outbox.give_up(connection, dead.id, "x")
        hall.record.outbox.postpone(connection, failing, at=NOON, delay=timedelta(minutes=1), error="x")
    for number, reason in enumerate(("too large", "no header", "too large", "too large")):
        came = SetAside(id=f"aside:{number % 3}", at=NOON, reason=reason)  # the last came before
        answers.receive(hall.record, came, NOON)
    before = health_of(hall.record)
    check(hall.record, hall.house.published, NOON)
    with hall.record.database.read() as connection:
        size = hall.record.ledger.head(connection).size

    found = health_of(hall.record)

    assert (before.checked, before.is_sound) == (None, True)
    assert found.plain() == {
        "sound": True,
        "deliveries": {"queued": 2, "failing": 1, "dead": 1},
        "set_aside": {"no header": 1, "too large": 2},
        "self_check": {"at": "2026-11-24T12:00:00+00:00", "entries": size, "findings": 0},
    }
