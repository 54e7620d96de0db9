"""Do two servers live in one process, each with an organisation of its own? Governor runs whole, and starts again."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from governor.ports import Account, Ask, Call, Join
from governor.services.joining import secretaries_codes
from governor.wording.catalogue import say
from tests.discord_server import DiscordServer, Fault, Guild, Person, description, payloads
from tests.discord_server.people import ADMINISTRATOR
from tests.discord_server.server import Shown
from tests.journeys.bot import started
from tests.journeys.rooms import Room, found, opened

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


@contextmanager
def seated(folder: Path, seat: int) -> Iterator[tuple[Guild, Person, Shown]]:
    """Yield, of two organisations, the one in that *seat*: its server, who sits there, and the card of a meeting."""
    with DiscordServer() as server:
        guilds = Guild(server), Guild(server, "Karang Taruna")
        with started(server, folder):
            server.until(lambda: server.commands and server.gateway.identified.is_set(), 60)
            people = founded(guilds[0], "Koperasi Mekar", "Dewi"), founded(guilds[1], "Karang Taruna", "Rina")
            called(guilds[seat], people[seat], "wayang")
            yield guilds[seat], people[seat], guilds[seat].seen("Batalkan rapat ini")
        assert server.wrongs == []


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


@pytest.mark.parametrize("seat", [0, 1])
def test_card_in_a_direct_message_changes_with_those_in_its_server_and_is_pressed_there(
    tmp_path: Path, seat: int
) -> None:
    with seated(tmp_path, seat) as (guild, who, public):
        server = guild.server
        guild.say(who, "rapat apa saja?", is_direct=True)
        alone = guild.seen("Batalkan rapat ini", count=2)
        assert server.channels[alone.channel]["type"] == 1
        guild.press(who, public, "Hadir")
        server.until(lambda: "Hadir (1)" in alone.buttons)
        guild.press(who, alone, "Tidak hadir")
        server.until(lambda: "Tidak hadir (1)" in public.buttons)
        guild.press(who, public, "Mungkin")
        server.until(lambda: "Mungkin (1)" in alone.buttons)


@pytest.mark.parametrize("seat", [0, 1])
@pytest.mark.parametrize("is_command", [True, False])
def test_card_that_its_channel_refuses_is_pressed_in_the_direct_message_that_it_falls_back_to(
    tmp_path: Path, seat: int, is_command: bool
) -> None:
    with seated(tmp_path, seat) as (guild, who, public):
        server = guild.server
        server.faults.append(Fault("POST", rf"/channels/{guild.channel}/messages", 403, times=9, code=50013))
        if is_command:
            server.faults.append(Fault("POST", "/callback", 404, code=10062))
            guild.command(who, "meeting list", wait=False)
        else:
            guild.say(who, f"<@{server.bot['id']}> rapat apa saja?")
        alone = guild.seen("Batalkan rapat ini", count=2)
        assert server.channels[alone.channel]["type"] == 1
        guild.press(who, alone, "Hadir")
        server.until(lambda: "Hadir (1)" in public.buttons and "Hadir (1)" in alone.buttons)


def linked(folder: Path, language: str) -> Person:
    """Return Budi, of an organisation founded at the terminal: invited to a meeting, and on Discord by a code.

    No server is known to be its own: its secretary has spoken in none.
    """
    dewi, budi = (Account(platform="discord", id=payloads.snowflake()) for _ in range(2))
    found(folder / "data", language)
    with opened(folder / "data") as room:
        room.at = datetime.now(UTC)
        (known,) = secretaries_codes(room.house.record, "discord")
        asked(room, dewi, Join(code=str(known.values["code"])))
        asked(room, dewi, Ask(command="member add", options={"name": "Budi"}))
        told = asked(room, dewi, Ask(command="member invite", options={"person": "budi"}))
        asked(room, budi, Join(code=told.split(": ")[1].split(".")[0]))
        sentence = {"id": "rapat kas besok jam 3 sore dengan @budi", "en": "meeting kas tomorrow at 3 pm with @budi"}
        room.say(sentence[language], "1")
    return Person("budi", "id" if language == "id" else "en-US", id=budi.id)


def asked(room: Room, account: Account, request: Ask | Join) -> str:
    """Return what *account* is told when they ask for *request*, a little later."""
    room.at += timedelta(milliseconds=1)
    (reply,) = room.house.dispatcher(["mail"])(Call(id=str(room.at), account=account, at=room.at, request=request))
    assert not reply.refused, reply
    return "\n".join(say(line, reply.language) for line in reply.lines)


@pytest.mark.parametrize(
    ("language", "comes", "invitation"),
    [("id", "Hadir", "Batalkan rapat ini"), ("en", "Coming", "Cancel this meeting")],
)
def test_button_in_a_direct_message_is_pressed_though_no_server_is_known_to_be_the_organisation_s(
    tmp_path: Path, language: str, comes: str, invitation: str
) -> None:
    budi = linked(tmp_path, language)
    with DiscordServer() as server:
        guild = Guild(server)
        with started(server, tmp_path):
            server.until(lambda: server.commands and server.gateway.identified.is_set(), 60)
            refused = Fault("POST", rf"/channels/{guild.channel}/messages", 403, times=9, code=50013)
            server.faults += [Fault("POST", "/callback", 404, code=10062), refused]
            guild.command(budi, "meeting list", wait=False)
            alone = guild.seen(invitation)
            assert server.channels[alone.channel]["type"] == 1
            guild.press(budi, alone, comes)
            server.until(lambda: f"{comes} (1)" in alone.buttons)
        assert server.wrongs == []
