"""A real CalDAV server (Radicale) in a process of its own, on a free port of this machine."""

import base64
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError, URLError

import icalendar

from governor.ports.choices import Secret
from integrations.caldav.settings import Settings
from tests.integrations.calendar_contract import Shown
from tests.itip.invitations import ORGANIZER

USER, PASSWORD = "rapat", "rahasia"


def settings_for(url: str, **more: object) -> Settings:
    """Return the settings for the calendar at *url*, but for those that are told."""
    given = {"caldav_calendar": url, "caldav_user": USER, "caldav_password": Secret(PASSWORD)}
    return Settings(**given | {"caldav_from": ORGANIZER.address, "caldav_timeout": 5} | more)  # type: ignore[arg-type]


@dataclass
class Radicale:
    """The server at a *port*; its calendars belong to ``USER``."""

    folder: Path
    port: int
    password: str = PASSWORD
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        settings = {
            **{"server-hosts": f"127.0.0.1:{self.port}", "auth-type": "htpasswd", "auth-htpasswd-encryption": "plain"},
            **{"auth-htpasswd-filename": str(self.folder / "users"), "storage-filesystem-folder": str(self.folder)},
            **{"logging-level": "critical", "auth-delay": "0"},
        }
        options = [f"--{name}={value}" for name, value in settings.items()]
        self.process = subprocess.Popen([sys.executable, "-m", "radicale", "--config", "", *options])
        until = time.monotonic() + 60
        while not self._answers():
            assert time.monotonic() < until
            time.sleep(0.05)

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1):
                return True
        except OSError:
            return False

    def url(self, calendar: str) -> str:
        return f"http://127.0.0.1:{self.port}/{USER}/{calendar}/"

    def make(self, calendar: str) -> str:
        """Make an empty calendar; return its address."""
        self.ask("MKCALENDAR", self.url(calendar))
        return self.url(calendar)

    def ask(self, method: str, url: str, body: bytes | None = None, **headers: str) -> bytes:
        token = base64.b64encode(f"{USER}:{self.password}".encode()).decode()
        headers = {name.replace("_", "-"): value for name, value in headers.items()} | {
            "Authorization": f"Basic {token}"
        }
        request = urllib.request.Request(url, data=body, method=method, headers=headers)  # noqa: S310
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            found: bytes = answer.read()
            return found

    def events(self, url: str) -> list[icalendar.Event]:
        """Return the events in the calendar at *url*."""
        try:
            return list(icalendar.Calendar.from_ical(self.ask("GET", url)).events)
        except (HTTPError, URLError, ValueError):
            return []

    def states(self, url: str) -> list[str]:
        """Return the ETag of each object in the calendar at *url*, in order."""
        listed = self.ask("PROPFIND", url, None, Depth="1").decode()
        return re.findall(r"<getetag>([^<]*)</getetag>", listed)

    def shows(self, url: str, address: str) -> Sequence[Shown]:
        """Return the meetings that *address* is on."""
        return [
            Shown(
                uid=str(event["UID"]),
                sequence=int(event["SEQUENCE"]),
                summary=str(event["SUMMARY"]),
                start=event.start.astimezone(UTC),
                end=event.end.astimezone(UTC),
            )
            for event in self.events(url)
            if any(str(each).casefold() == f"mailto:{address}" for each in event.attendees)
        ]

    def answer(self, url: str, name: str, address: str, partstat: str) -> None:
        """Answer for *address* on the server, as its web page does."""
        found = icalendar.Calendar.from_ical(self.ask("GET", url + name))
        for event in found.events:
            for each in event.attendees:
                if str(each).casefold() == f"mailto:{address}":
                    each.params["PARTSTAT"] = partstat
            event["LAST-MODIFIED"] = icalendar.vDatetime(datetime.now(UTC))
        self.ask("PUT", url + name, found.to_ical(), Content_Type="text/calendar; charset=utf-8")


@contextmanager
def serving(folder: Path, *, password: str = PASSWORD) -> Iterator[Radicale]:
    """Yield a server that keeps its calendars in *folder*; ``USER`` shows it the *password*."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "users").write_text(f"{USER}:{password}\n")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Radicale(folder, port, password)
    server.start()
    try:
        yield server
    finally:
        server.stop()
