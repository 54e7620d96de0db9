import asyncio
from collections.abc import Iterator, Sequence

import pytest

from tests.delivery.calendars import Wall
from tests.integrations.calendar_contract import CalendarContract, Desk, Shown, as_shown


class TestWall(CalendarContract):
    @pytest.fixture
    def desk(self) -> Iterator[Desk]:
        wall = Wall()
        loop = asyncio.new_event_loop()

        def shows(address: str) -> Sequence[Shown]:
            return [as_shown(invitation) for invitation in wall.shows(address)]

        yield Desk(calendar=wall, run=loop.run_until_complete, shows=shows)
        loop.close()
