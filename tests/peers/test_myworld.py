"""Does somebody else's Google Calendar take what we send? (PyPI ``myworld``, in an environment of its own.)

It knows neither If-Match nor the exchange of tokens, so what depends on those is tested on our own server.
"""

import asyncio
import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from integrations.google_calendar import events, traces
from integrations.google_calendar.calendar import GoogleCalendar
from integrations.google_calendar.connection import SCOPES, Connection, Kind, Secrets, path_in
from integrations.google_calendar.service import Service
from integrations.google_calendar.settings import Settings
from tests.integrations.calendar_contract import CalendarContract, Desk, Shown
from tests.itip.invitations import BOARD, BUDI

PROGRAM = Path(__file__).with_name(".myworld") / "bin" / "myworld"

pytestmark = pytest.mark.skipif(not PROGRAM.exists(), reason="myworld is not installed: make peers")


def ask(url: str, body: object = None, token: str | None = None) -> Any:  # noqa: ANN401  # JSON
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(url, data=data, headers=headers), timeout=10) as answer:  # noqa: S310
        return json.load(answer)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("myworld")
    command = [str(PROGRAM), "serve", "--port", str(port), "--time", "realtime"]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | {"HOME": str(home)}, cwd=home
    )
    url = f"http://127.0.0.1:{port}"
    for _ in range(200):
        try:
            ask(f"{url}/healthz")
            break
        except (URLError, OSError):
            time.sleep(0.1)
    yield url
    process.terminate()
    process.wait(10)


@pytest.fixture
def desk(world: str, tmp_path: Path) -> Iterator[Desk]:
    spec = {"name": "governor", "task": "-", "servers": {"calendar": {"service": "calendar"}}}
    (credentials,) = ask(f"{world}/envs", {"spec": spec})["credentials"].values()
    access = credentials["google_access_token"]
    endpoint = f"{world}/gw/www.googleapis.com/calendar/v3/"
    chosen = Settings(google_endpoint=endpoint, google_retries=0)
    found = Connection(
        kind=Kind.OAUTH,
        calendar="primary",
        summary="Rapat",
        connected_at=datetime(2026, 11, 24, tzinfo=UTC),
        subject=BOARD.organizer.address,
        secrets=Secrets(
            token=access,
            refresh_token=access,
            token_uri=f"{world}/gw/oauth2.googleapis.com/token",
            client_id="client",
            client_secret="hush",  # noqa: S106
            scopes=[*SCOPES],
            expiry=(datetime.now(UTC) + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        ),
    )
    calendar = GoogleCalendar(Service(found, chosen, path_in(tmp_path)), found, chosen, tmp_path / "seen.json")
    loop = asyncio.new_event_loop()

    def shows(address: str) -> Sequence[Shown]:
        listed = ask(f"{endpoint}calendars/primary/events?maxResults=250", token=access)["items"]
        ours = [one for one in listed if events.UID in events.properties(one) and one["status"] != "cancelled"]
        return [shown(one) for one in ours if address in events.emails(one.get("attendees", ()))]

    yield Desk(calendar=calendar, run=loop.run_until_complete, shows=shows)
    loop.run_until_complete(calendar.close())
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()


def shown(event: dict[str, Any]) -> Shown:
    private = events.properties(event)
    return Shown(
        uid=private[events.UID],
        sequence=int(private[events.SEQUENCE]),
        summary=event["summary"],
        start=traces.instant(event["start"]),
        end=traces.instant(event["end"]),
    )


class TestMyworld(CalendarContract):
    def test_answers_stay_when_the_title_changes(self, desk: Desk) -> None:
        self.publish(desk, BOARD, BUDI)
        self.publish(desk, replace(BOARD, revision=1, summary="Rapat anggaran"), BUDI)

        assert [one.summary for one in desk.shows("budi@example.org")] == ["Rapat anggaran"]
