"""What comes of a member who is put out of a server, of a bot that is, and of a server that is deleted? Run whole."""

import shutil
from pathlib import Path

import pytest

from tests.discord_server import DiscordServer, Guild, Person, description
from tests.journeys.bot import started
from tests.journeys.test_discord import founded as joined
from tests.journeys.test_discord_first_run import OFFERED, offers
from tests.journeys.test_guilds import called, founded

description.require()

AT_ONCE = {"GOVERNOR_RETRY_SECONDS": "0.2"}
"""What could not be done on the platform is tried again soon."""


def ready(server: DiscordServer) -> None:
    server.until(lambda: server.commands and server.gateway.identified.is_set(), 60)


def with_role(guild: Guild) -> tuple[Person, Person]:
    """Return Dewi and Budi, of a founded organisation whose treasurer has a role."""
    treasurer, manager = guild.add_role("Bendahara", 2), guild.add_role("Pengelola", 8)
    guild.add_role("Governor", 5, 1 << 28, is_bots=True)
    ready(guild.server)
    dewi, budi = joined(guild, "id")
    guild.server.roles[guild.id, dewi.id] = [manager]
    assert "@Bendahara" in guild.command(dewi, "setup", treasurer=treasurer).text.replace("\\", "")
    return dewi, budi


def asked_in(server: DiscordServer, guild: Guild) -> int:
    """Return how often the bot asked for something in *guild*."""
    return len([path for _, path in server.requests if f"/{guild.id}/" in path or f"/{guild.channel}/" in path])


@pytest.mark.parametrize("is_deleted", [False, True], ids=["put-out", "deleted"])
def test_server_that_is_lost_stops_no_other_and_loses_nothing(tmp_path: Path, is_deleted: bool) -> None:
    with DiscordServer() as server:
        lost, other = Guild(server), Guild(server, "Karang Taruna")
        with started(server, tmp_path, **AT_ONCE):
            ready(server)
            dewi, rina = founded(lost, "Koperasi Mekar", "Dewi"), founded(other, "Karang Taruna", "Rina")
            assert "Rapat Wayang" in called(lost, dewi, "wayang")
            server.until(lambda: lost.events)
            lost.put_out(is_deleted=is_deleted)
            before = asked_in(server, lost)
            other.say(dewi, "undur rapat wayang ke lusa jam 4 sore", is_direct=True)
            other.seen("Rapat diubah")
            server.until(lambda: asked_in(server, lost) > before, 60)
            assert "Rapat Gamelan" in called(other, rina, "gamelan")
            server.until(lambda: other.events)
            assert "Wayang" not in other.command(rina, "meeting list").text
        with started(server, tmp_path, **AT_ONCE):
            server.until(server.gateway.identified.is_set, 60)
            assert "Gamelan" in other.command(rina, "meeting list").text
            other.say(dewi, "rapat apa saja?", is_direct=True)
            other.seen("Rapat Wayang", count=3)
        assert server.wrongs == []


def test_bot_that_is_invited_again_goes_on_where_it_was(tmp_path: Path) -> None:
    with DiscordServer() as server:
        guild = Guild(server)
        with started(server, tmp_path, **AT_ONCE):
            dewi, budi = with_role(guild)
            called(guild, dewi, "wayang")
            (event,) = server.until(lambda: guild.events)
            guild.put_out()
            before = asked_in(server, guild)
            server.until(lambda: asked_in(server, guild) > before, 60)  # the roles are looked at
            guild.take_in()
            again = guild.command(dewi, "setup")
            assert again.modal is None
            assert "Tempat Governor menulis" in again.text
            assert "Wayang" in guild.command(budi, "meeting list").text
            moved = guild.command(dewi, "meeting change", sentence="undur ke lusa jam 4 sore")
            assert "Rapat diubah" in moved.text
            was = event["scheduled_start_time"]
            server.until(lambda: [one for one in guild.events if one["scheduled_start_time"] != was], 30)
        assert len(offers(server)) == 1
        assert server.wrongs == []


def test_bot_that_comes_back_where_nothing_was_founded_offers_itself_again(tmp_path: Path) -> None:
    with DiscordServer() as server:
        guild = Guild(server)
        with started(server, tmp_path):
            ready(server)
            guild.seen(OFFERED["id"])
            assert guild.command(Person("sari"), "setup").modal is not None  # what was heard before is done then
            guild.break_off()
            guild.break_off(is_over=True)
            assert guild.command(Person("sari"), "setup").modal is not None
            guild.put_out()
            guild.take_in()
            guild.seen(OFFERED["id"], count=2)
            assert guild.command(founded(guild, "Koperasi Mekar", "Dewi"), "setup").modal is None
        assert len(offers(server)) == 2
        assert server.wrongs == []


def test_member_who_is_put_out_keeps_their_place_and_stops_nobody(tmp_path: Path) -> None:
    with DiscordServer() as server:
        guild = Guild(server)
        with started(server, tmp_path, **AT_ONCE):
            dewi, budi = with_role(guild)
            server.left.add(budi.id)
            guild.command(dewi, "governor", sentence="jadikan Budi bendahara")
            guild.command(dewi, "governor", sentence="jadikan Dewi bendahara")
            server.until(lambda: "Bendahara" in guild.roles_of(dewi), 60)
            assert "Budi" in called(guild, dewi, "wayang dengan Budi")
            assert guild.roles_of(budi) == []
            server.left.clear()
            server.until(lambda: guild.roles_of(budi) == ["Bendahara"], 60)
            assert "Wayang" in guild.command(budi, "meeting list").text
        assert server.wrongs == []


def test_organisation_of_a_deleted_server_moves_to_another_as_the_guide_says(tmp_path: Path) -> None:
    with DiscordServer() as server:
        first, second = Guild(server), Guild(server, "Karang Taruna")
        with started(server, tmp_path):
            ready(server)
            dewi, rina = founded(first, "Koperasi Mekar", "Dewi"), founded(second, "Karang Taruna", "Rina")
            called(first, dewi, "wayang")
            called(second, rina, "gamelan")
            for guild in (first, second):
                guild.put_out(is_deleted=True)
        new, newer = Guild(server, "Koperasi Mekar"), Guild(server, "Karang Taruna")
        data = tmp_path / "data"
        (data / "discord.place").unlink()
        folders = data / "organisations"
        shutil.move(folders / f"discord-{second.id}", folders / f"discord-{newer.id}")
        with started(server, tmp_path):
            server.until(server.gateway.identified.is_set, 60)
            assert "Gamelan" in newer.command(rina, "meeting list").text
            assert "Wayang" in new.command(dewi, "meeting list").text
            assert "Wayang" not in newer.command(rina, "meeting list").text
            assert "Rapat Lesung" in called(new, dewi, "lesung")
            server.until(lambda: len(new.events) == 1)
        assert server.wrongs == []
        assert {one.name for one in folders.iterdir()} == {f"discord-{newer.id}"}
