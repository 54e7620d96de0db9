"""How soon is a feed served? Over HTTP, beside a bare Starlette response on the same server in the same run."""

import http.client
import socket
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from governor.domain import convening
from governor.domain.convening import Plan
from governor.domain.meetings import Meeting
from governor.itip.invitation import Mailbox
from governor.portal.feeds import feed_routes
from governor.portal.server import server_of
from governor.services.feeds import Feeds
from governor.store import meetings
from tests.bench.figure import Figure
from tests.delivery.hall import Hall, open_hall

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
EVENTS = 1_000


def figures(quick: bool) -> Iterator[Figure]:
    """Yield p50 and p95 of a feed of 1,000 events from its kept bytes, of a 304, and what writing it costs."""
    rounds = 200 if quick else 1_000
    with tempfile.TemporaryDirectory() as folder, open_hall(Path(folder) / "data", None, lambda: NOW) as hall:
        _fill(hall)
        feeds = Feeds(hall.record, Mailbox(name="Governor", address="rapat@example.org"), lambda: NOW)
        begin = time.perf_counter()
        feed = feeds.find(None)
        yield Figure(name=f"feed of {EVENTS} events, first written", value=_ms(begin), unit="ms")
        with hall.record.act("more", NOW) as work:
            work.record(convening.take_note(_first(hall), "kas", item=1), by=None)
        begin = time.perf_counter()
        feeds.find(None)
        yield Figure(name=f"feed of {EVENTS} events, written again after a change", value=_ms(begin), unit="ms")

        async def bare(_: Request) -> Response:
            return Response(feed.body, media_type="text/calendar")

        async def empty(_: Request) -> Response:
            return Response(status_code=304)

        app = Starlette(routes=[Route("/bare", bare), Route("/empty", empty), *feed_routes(feeds)])
        with _serving(app) as port:
            yield from _compare("from kept bytes", port, ("/bare", {}), ("/calendar.ics", {}), rounds, 2)
            known = {"If-None-Match": feed.etag}
            yield from _compare("304", port, ("/empty", {}), ("/calendar.ics", known), rounds, 1)


Asked = tuple[str, Mapping[str, str]]


def _compare(name: str, port: int, bare: Asked, ours: Asked, rounds: int, at_most: float) -> Iterator[Figure]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.connect()
    connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    pairs = [(_ask(connection, *bare), _ask(connection, *ours)) for _ in range(rounds)][rounds // 10 :]
    connection.close()
    for percent in (50, 95):
        reference, value = (_percentile([pair[at] for pair in pairs], percent) for at in (0, 1))
        yield Figure(
            name=f"feed of {EVENTS} events, {name}, p{percent}",
            value=value,
            unit="ms",
            reference=reference,
            ratio=reference / value,
            at_most=at_most if percent == 50 else None,
        )


def _ask(connection: http.client.HTTPConnection, path: str, headers: Mapping[str, str]) -> float:
    begin = time.perf_counter()
    connection.request("GET", path, headers=dict(headers))
    connection.getresponse().read()
    return _ms(begin)


def _percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def _ms(begin: float) -> float:
    return (time.perf_counter() - begin) * 1_000


def _fill(hall: Hall) -> None:
    dewi = hall.enrol("Dewi", None)
    plan = Plan(
        summary="Rapat pengurus",
        dtstart=NOW.astimezone(ZoneInfo("Asia/Jakarta")),
        zone="Asia/Jakarta",
        duration=timedelta(hours=1),
        location="Sekretariat",
        agenda="Anggaran",
        invited=(dewi,),
    )
    with hall.record.act("fill", NOW) as work:
        for index in range(EVENTS):
            one = replace(plan, dtstart=plan.dtstart + timedelta(hours=1 + index))
            event = convening.call_meeting(one, number=f"2026-{index:03}", uid=f"{index}@example.org", at=work.at)
            work.record(event, by=dewi)


def _first(hall: Hall) -> Meeting:
    with hall.record.database.read() as connection:
        found = meetings.find(connection, "2026-000")
    assert found is not None
    return found


@contextmanager
def _serving(app: Starlette) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = server_of(app)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()
