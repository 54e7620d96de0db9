"""Does a calendar whose server takes what is asked and never answers leave the threads of all others alone?"""

import asyncio
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from governor.ports import Calendar
from integrations.caldav.calendar import CaldavCalendar
from integrations.caldav.server import Server
from tests.integrations import google_accounts
from tests.integrations.google_server import Google
from tests.integrations.radicale_server import settings_for
from tests.itip.invitations import BOARD, BUDI

MANY = min(32, (os.cpu_count() or 1) + 4)
"""As many calls as there are threads for whatever an event loop may not wait for, names of machines too."""


@pytest.fixture
def port() -> Iterator[int]:
    """A port on which everybody is let in, and nobody hears anything."""
    with socket.create_server(("127.0.0.1", 0), backlog=MANY) as hanging:
        yield hanging.getsockname()[1]


@pytest.fixture(params=["caldav", "google"])
def calendar(request: pytest.FixtureRequest, port: int, tmp_path: Path) -> Calendar:
    if request.param == "google":
        return google_accounts.opened(Google(port=port), tmp_path, google_timeout=3.0)
    settings = settings_for(f"http://127.0.0.1:{port}/rapat/kas/", caldav_timeout=3)
    return CaldavCalendar(Server(settings), settings, tmp_path / "answers.json")


def test_others_are_asked_meanwhile(calendar: Calendar) -> None:
    async def story() -> float:
        asking = [asyncio.ensure_future(calendar.publish(BOARD, BUDI)) for _ in range(MANY)]
        asking.append(asyncio.ensure_future(calendar.busy(["budi@example.org"], BOARD.dtstart, BOARD.dtstart)))
        await asyncio.sleep(0.2)
        began = time.monotonic()
        await asyncio.get_running_loop().getaddrinfo("localhost", 80)
        waited = time.monotonic() - began
        for each in asking:
            each.cancel()
        await asyncio.gather(*asking, return_exceptions=True)
        await calendar.close()
        return waited

    assert asyncio.run(story()) < 1
