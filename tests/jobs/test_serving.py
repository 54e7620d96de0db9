"""One engine for several records: what is committed in any is carried out, tried again, and found at the next start."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from governor.errors import Unavailable
from governor.jobs import Engine
from governor.services.delivery import Delivery
from governor.services.outside import Outside, Retry
from governor.store.outbox import State
from tests.delivery.calendars import Wall
from tests.delivery.hall import Hall, open_hall
from tests.delivery.test_kill import wait_until
from tests.delivery.worker import Nobody, clock
from tests.jobs.test_engine import QUICK, call, loop

__all__ = ["loop"]


@contextmanager
def serving(first: Hall, other: Hall, wall: Wall, loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    engine = Engine(first.record.database, first.record.outbox, "embedded", QUICK, clock)
    outside = Outside(calendars=(wall,), chat=Nobody(), retry=Retry(first=timedelta(seconds=0.05)))
    engine.start(Delivery(first.record, outside, clock), loop)
    engine.serve(other.record, Delivery(other.record, outside, clock), loop)
    try:
        yield
    finally:
        engine.stop()


def test_effects_of_two_records_are_carried_out_by_one_engine(tmp_path: Path, loop: asyncio.AbstractEventLoop) -> None:
    wall = Wall()
    with open_hall(tmp_path / "first", None) as first, open_hall(tmp_path / "other", None) as other:
        call(other, "2026-001")
        wall.failures["budi@example.org"] = [Unavailable("mail-server-unreachable", host="x", reason="y")] * 3
        with serving(first, other, wall, loop):
            call(first, "2026-001")
            call(other, "2026-002")
            for hall, number in ((first, "2026-001"), (other, "2026-001"), (other, "2026-002")):
                wait_until(lambda hall=hall, number=number: hall.states(number) == [State.DONE])
        assert len(wall.published) == 3
