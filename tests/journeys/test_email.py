"""Does a member confirm their address by the code that comes by mail? Governor runs whole, and starts again."""

import re
import subprocess
import time
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from tests.discord_server import DiscordServer, Guild, description
from tests.integrations.smtp_servers import Inbox, serving
from tests.journeys.bot import started
from tests.journeys.rooms import clean, found, governor
from tests.journeys.test_discord import founded

SAID = {
    "id": ("emailku {}", "kode saya {}", "sudah dipastikan", "Sisa percobaan: 4", "Masukkan kode"),
    "en": ("my email is {}", "my code is {}", "is confirmed", "Tries left: 4", "Enter the code"),
}
NEW = "budi.baru@example.org"


def code(inbox: Inbox, email: str, count: int = 1) -> str:
    """Return the code in the newest of *count* letters to *email*, which come within some seconds."""
    for _ in range(200):
        found = [content for recipient, content in inbox.messages if recipient == email]
        if len(found) == count:
            body = message_from_bytes(found[-1], policy=default).get_body(("plain",))  # type: ignore[attr-defined]
            return re.findall(r"^\d{6}\r?$", body.get_content(), re.MULTILINE)[0].strip()
        time.sleep(0.05)
    raise AssertionError([recipient for recipient, _ in inbox.messages])


@pytest.mark.parametrize("language", SAID)
def test_member_on_discord_confirms_their_address(tmp_path: Path, language: str) -> None:
    description.require()
    tell, show, confirmed, left, enter = SAID[language]
    inbox = Inbox()
    with serving(inbox) as server, DiscordServer() as discord:
        mail = {
            "GOVERNOR_SMTP_HOST": server.host,
            "GOVERNOR_SMTP_PORT": str(server.port),
            "GOVERNOR_SMTP_SECURITY": "none",
        }
        guild = Guild(discord)
        with started(discord, tmp_path, **mail):
            discord.until(lambda: discord.commands and discord.gateway.identified.is_set(), 60)
            dewi, budi = founded(guild, language)
            told = guild.command(budi, "email set", email=NEW)
            assert told.is_private
            assert enter in told.messages[-1].buttons
            right = code(inbox, NEW)
            wrong = f"{(int(right) + 1) % 10**6:06d}"
            assert left in guild.command(budi, "email confirm", code=wrong).text
            other = guild.command(dewi, "email confirm", code=right)
            assert other.is_private
            assert confirmed not in other.text
            assert right not in "".join(shown.text for shown in discord.messages.values())
        with started(discord, tmp_path, **mail):
            discord.until(discord.gateway.identified.is_set, 60)
            form = guild.press(budi, told.messages[-1], enter)
            assert confirmed in guild.fill(budi, form, right).text
            guild.say(budi, tell.format("budilain@example.org"), is_direct=True)
            assert enter in guild.seen("budilain").buttons
            guild.say(budi, show.format(code(inbox, "budilain@example.org")), is_direct=True)
            assert "budilain" in guild.seen(confirmed, count=2).text
        assert discord.wrongs == []


@pytest.mark.parametrize("language", SAID)
def test_secretary_in_the_terminal_confirms_theirs(tmp_path: Path, language: str) -> None:
    tell, show, confirmed, left, enter = SAID[language]
    inbox = Inbox()
    found(tmp_path / "data", language)
    with serving(inbox) as server:
        settings = clean(
            GOVERNOR_SMTP_HOST=server.host, GOVERNOR_SMTP_PORT=str(server.port), GOVERNOR_SMTP_SECURITY="none"
        )

        def said(*lines: str) -> str:
            command = [governor(), "run", "--data", str(tmp_path / "data")]
            done = subprocess.run(
                command, input="\n".join(lines), capture_output=True, text=True, env=settings, cwd=tmp_path, check=True
            )
            assert "a bug" not in done.stderr
            return done.stdout

        assert enter in said(tell.format("dewi.baru@example.org"))
        right = code(inbox, "dewi.baru@example.org")
        assert left in said(show.format(f"{(int(right) + 1) % 10**6:06d}"))
        assert confirmed in said(show.format(right))


@pytest.mark.parametrize("language", SAID)
def test_who_has_no_mail_server_is_told_so_plainly(tmp_path: Path, language: str) -> None:
    found(tmp_path / "data", language)
    command = [governor(), "run", "--data", str(tmp_path / "data")]
    line = SAID[language][0].format("dewi.baru@example.org")
    done = subprocess.run(command, input=line, capture_output=True, text=True, env=clean(), cwd=tmp_path, check=True)

    assert {"id": "server surel belum diatur", "en": "no mail server is set up"}[language] in done.stdout
    assert not (tmp_path / "data" / "mail").exists()
