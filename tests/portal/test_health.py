"""Whoever watches Governor is told in one look how it fares, and nothing of anybody."""

import json

from sqlalchemy import update

from governor.services.health import check, health_of
from governor.services.record import checkpoint, public_record
from governor.store import tables
from tests.journeys.rooms import Room
from tests.portal.conftest import feeds_of, serving


def test_record_that_was_altered_is_told_as_such_until_a_check_finds_it_sound(room: Room) -> None:
    record = room.house.record

    def asked() -> tuple[int, dict[str, object]]:
        with serving(
            lambda: public_record(record, lambda: room.at),
            lambda: checkpoint(record),
            feeds_of(room),
            lambda: health_of(record),
        ) as page:
            answer = page.ask("/health")
            return answer.status, json.loads(answer.text)

    def rename(before: str, after: str) -> None:
        with record.database.write() as connection:
            connection.execute(
                update(tables.organisation).where(tables.organisation.c.name == before).values(name=after)
            )

    with record.database.read() as connection:
        name = connection.execute(tables.organisation.select()).one().name
    rename(name, "Another")
    assert check(record, room.house.published, room.at) > 0
    status, told = asked()
    rename("Another", name)
    assert check(record, room.house.published, room.at) == 0

    assert (status, told["sound"]) == (503, False)
    assert asked()[0] == 200
