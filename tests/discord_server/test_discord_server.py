"""Is the Discord of the tests as strict as Discord? In what it answers, and in how often it may be asked."""

import http.client
import os
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from governor.ports import Reply
from governor.wording.phrase import phrase
from tests.discord_server import DiscordServer, Fault, description
from tests.discord_server.server import TOKEN
from tests.integrations.chat_contract import Door
from tests.integrations.test_discord import Servers

description.require()

ROOT = Path(__file__).parents[2]
NOTHING = Reply(language="id", lines=(phrase("no-meetings"),))


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Servers]:
    with DiscordServer() as server:
        yield Servers(server, tmp_path)


def test_client_waits_by_itself_where_a_bucket_is_empty_and_is_never_refused(stage: Servers) -> None:
    with stage.living(Door([NOTHING])) as post:
        for at in range(16):
            post(f"post {at}", NOTHING)
    asked = [path for method, path in stage.server.requests if method == "POST" and path.endswith("/messages")]
    assert len(asked) == 16
    assert stage.server.limited == []
    assert stage.server.wrongs == []


@pytest.mark.parametrize("status", [403, 429, 503])
def test_fault_is_answered_as_discord_describes_it(stage: Servers, status: int) -> None:
    stage.server.faults.append(Fault("POST", "/channels/", status, code=50013))
    with stage.living(Door([NOTHING])):
        stage.guild.say(stage.person("dewi"), f"<@{stage.server.bot['id']}> rapat")
        stage.guild.seen("Tidak ada rapat")
    assert stage.server.wrongs == []


@pytest.mark.parametrize("piece", [1, 7, 64, 10_000])
def test_file_arrives_whole_however_its_pieces_do(stage: Servers, piece: int) -> None:
    content = bytes(range(256)) * 4 + b"\r\n--\r\n"
    parts = (
        b'--x\r\nContent-Disposition: form-data; name="payload_json"\r\nContent-Type: application/json\r\n\r\n'
        b'{"content": "notulen", "attachments": [{"id": 0, "filename": "n.bin"}]}',
        b'\r\n--x\r\nContent-Disposition: form-data; name="files[0]"; filename="n.bin"\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n" + content + b"\r\n--x--\r\n",
    )
    body = b"".join(parts)
    url = urllib.parse.urlsplit(stage.server.api_url)
    headers = {"Authorization": f"Bot {TOKEN}", "Content-Type": "multipart/form-data; boundary=x"}
    pieces = (body[at : at + piece] for at in range(0, len(body), piece))
    with closing(http.client.HTTPConnection(url.netloc, timeout=20)) as asked:
        asked.request("POST", f"{url.path}/channels/{stage.guild.channel}/messages", pieces, headers)
        assert asked.getresponse().status == 200
    (shown,) = stage.server.messages.values()
    assert (shown.payload["content"], shown.files) == ("notulen", {"n.bin": content})
    assert stage.server.wrongs == []


def test_fault_that_is_not_as_described_is_noticed(stage: Servers) -> None:
    stage.server.faults.append(Fault("POST", "/channels/", 403, code="many"))  # type: ignore[arg-type]  # on purpose
    with stage.living(Door([NOTHING])):
        stage.guild.say(stage.person("dewi"), f"<@{stage.server.bot['id']}> rapat")
        stage.guild.seen("Tidak ada rapat")
    assert len(stage.server.wrongs) == 1


@pytest.mark.parametrize(("on_ci", "status"), [("", 5), ("true", 2)])
def test_missing_description_is_told_loudly_and_fails_on_ci(on_ci: str, status: int, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "tests/journeys/test_guilds.py"]
    settings = {"PATH": os.environ["PATH"], "ORACLES": str(tmp_path), "CI": on_ci}
    ran = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode == status, ran.stdout
    assert "NOTHING OF DISCORD WAS TESTED" in ran.stdout
