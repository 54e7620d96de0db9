"""The whole program as a bot on a Discord of our own, started as an operator does."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.discord_server import DiscordServer
from tests.discord_server.server import TOKEN
from tests.journeys.rooms import clean, governor


@contextmanager
def started(server: DiscordServer, folder: Path, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """Yield a process that runs in *folder*; it must end well, and must not have met a bug."""
    known = clean(
        GOVERNOR_DISCORD_TOKEN=TOKEN,
        GOVERNOR_DISCORD_API_URL=server.api_url,
        GOVERNOR_DISCORD_GATEWAY_URL=server.gateway_url,
        **settings,
    )
    folder.mkdir(exist_ok=True)
    command = [governor(), "run", "--data", "data"]
    with (folder / "out").open("a") as out:
        process = subprocess.Popen(
            command, cwd=folder, env=known, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
        )
        try:
            yield process
        finally:
            process.terminate()
            status = process.wait(timeout=30)
    told = (folder / "out").read_text()
    assert status == 0, told
    assert "a bug" not in told
