"""Does no log hold a token when what answers is not Discord, but somebody between? Governor runs whole."""

import threading
from contextlib import suppress
from pathlib import Path
from socket import socket

from tests.delivery.test_kill import wait_until
from tests.discord_server import DiscordServer, Guild, Person, description
from tests.discord_server.server import TOKEN
from tests.integrations.imap_server import Line
from tests.journeys.bot import started

description.require()


class Garbling(Line):
    """A line to Discord on which, once it is ``garbled``, nonsense comes back."""

    def __init__(self, port: int) -> None:
        self.garbled = threading.Event()
        super().__init__(port)

    def _carry(self, one: socket, other: socket) -> None:
        if one.getpeername()[1] != self._target:
            super()._carry(one, other)
        with suppress(OSError):
            while octets := one.recv(4096):
                other.sendall(b"nonsense\r\n\r\n" if self.garbled.is_set() else octets)
        self._end(one, other)


class Far(DiscordServer):
    """A Discord at the other end of a ``line``."""

    line: Line

    @property
    def api_url(self) -> str:
        return super().api_url.replace(str(self.port), str(self.line.port))


def test_bot_that_is_answered_nonsense_tells_no_token(tmp_path: Path) -> None:
    def told(words: str) -> bool:
        return words in (tmp_path / "out").read_text()

    with Far() as server:
        server.line = line = Garbling(server.port)
        guild = Guild(server)
        with started(server, tmp_path):
            server.until(lambda: server.commands and server.gateway.identified.is_set(), 60)
            line.garbled.set()
            asked = guild.command(Person("dewi"), "meeting list", wait=False)
            wait_until(lambda: told("could not be shown"))
        with started(server, tmp_path):
            wait_until(lambda: told("the connection to Discord ended"))
        line.close()
    log = (tmp_path / "out").read_text()
    assert TOKEN not in log
    assert asked.token not in log
