import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from governor.itip.invitation import Mailbox
from governor.portal.app import build
from governor.portal.server import server_of
from governor.services.feeds import Feeds
from governor.services.health import Health
from governor.services.record import PublicRecord, checkpoint, public_record
from tests.journeys.rooms import Room, found, opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back; the names of ``headers`` are in lower case."""

    status: int
    headers: dict[str, str]
    text: str


class Page:
    """The public page on a *port* of this machine."""

    def __init__(self, port: int) -> None:
        self._port = port

    def ask(self, path: str, *, method: str = "GET", language: str = "", known: str = "") -> Answer:
        """Return the answer to one request."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        try:
            connection.request(method, path, headers={"Accept-Language": language, "If-None-Match": known})
            answer = connection.getresponse()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(status=answer.status, headers=headers, text=answer.read().decode())
        finally:
            connection.close()


def well() -> Health:
    """Return that nothing is wrong."""
    return Health(queued=0, failing=0, dead=0, set_aside={}, checked=None)


@contextmanager
def serving(
    look: Callable[[], PublicRecord], head: Callable[[], str], feeds: Feeds, fares: Callable[[], Health] = well
) -> Iterator[Page]:
    """Yield the page, served on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = server_of(build(look, head, feeds, fares))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield Page(listener.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """An organisation with meetings, decisions, and people whose names must not show."""
    data: Path = tmp_path_factory.mktemp("portal") / "data"
    found(data, "id")
    with opened(data) as room:
        room.say(
            "anggota tambah Budiarto Rahasia budi@example.org",
            "rapat pengurus besok jam 7 malam selama 2 jam di Balai dengan @budiarto soal kas",
            "1",
            "budiarto> hadir",
            'rapat <script>alert("1")</script> & kas Jumat jam 8 malam',
            "1",
            "keputusan: menyetujui <img src=x onerror=alert(1)>, penanggung jawab @budiarto, tenggat 1 Desember",
        )
        room.house.publish()
        yield room


def feeds_of(room: Room) -> Feeds:
    """Return the feeds of the record in *room*."""
    return Feeds(room.house.record, Mailbox(name="Governor", address="rapat@example.org"), lambda: room.at)


@pytest.fixture(scope="module")
def page(room: Room) -> Iterator[Page]:
    """The public page of that organisation."""
    with serving(
        lambda: public_record(room.house.record, lambda: room.at),
        lambda: checkpoint(room.house.record),
        feeds_of(room),
    ) as served:
        yield served
