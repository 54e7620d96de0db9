"""Do two servers live in one process, each with an organisation of its own? Governor runs whole, and starts again."""

import time
from pathlib import Path

from tests.discord_server import DiscordServer, Guild, Person, description
from tests.discord_server.people import ADMINISTRATOR
from tests.journeys.bot import started

description.require()


def founded(guild: Guild, name: str, secretary: str) -> Person:
    who = Person(secretary.lower(), "id", ADMINISTRATOR)
    form = guild.command(who, "setup")
    assert name in guild.fill(who, form, name, "id", None, None, f"{secretary} {secretary.lower()}@example.org").text
    return who


def called(guild: Guild, who: Person, what: str) -> str:
    """Return what the card of the meeting says that *who* calls."""
    asked = guild.command(who, "governor", sentence=f"rapat {what} besok jam 3 sore")
    assert asked.original is not None
    guild.press(who, asked.original, "Panggil rapat")
    return asked.text


def letters(folder: Path, *words: str) -> bool:
    """Return whether each of *words* is in a message that was sent within some seconds."""
    for _ in range(100):
        told = "".join(one.read_text(errors="replace") for one in (folder / "data" / "mail").glob("*.eml"))
        if all(word in told for word in words):
            return True
        time.sleep(0.05)
    return False


def test_two_servers_have_two_organisations_that_know_nothing_of_each_other(tmp_path: Path) -> None:
    with DiscordServer() as server:
        first, second = Guild(server), Guild(server, "Karang Taruna")
        with started(server, tmp_path):
            server.until(lambda: server.commands and server.gateway.identified.is_set(), 60)
            dewi = founded(first, "Koperasi Mekar", "Dewi")
            rina = founded(second, "Karang Taruna", "Rina")
            assert "2026\\-001: Rapat Wayang" in called(first, dewi, "wayang")
            assert "2026\\-001: Rapat Gamelan" in called(second, rina, "gamelan")
            assert "Gamelan" in second.command(rina, "meeting list").text
            assert "Gamelan" not in first.command(dewi, "meeting list").text
            assert "belum ditautkan" in second.command(dewi, "meeting list").text
            assert second.complete(dewi, "meeting reply", "number", "") == []
            first.say(rina, "rapat apa saja?", is_direct=True)
            first.seen("Gamelan", count=2)
            assert letters(tmp_path, "dewi@example.org", "rina@example.org", "Rapat Gamelan", "Rapat Wayang")
        with started(server, tmp_path):
            server.until(server.gateway.identified.is_set, 60)
            assert "Gamelan" in second.command(rina, "meeting list").text
            assert "Wayang" in first.command(dewi, "meeting list").text
        assert server.wrongs == []
    folders = [one.name for one in (tmp_path / "data" / "organisations").iterdir()]
    assert folders == [f"discord-{second.id}"]
