"""Do offices given in a sentence bring their roles, and roles given by hand no office? Governor runs whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.discord_server import DiscordServer, Guild, description
from tests.journeys.bot import started
from tests.journeys.test_discord import founded

description.require()


@pytest.fixture
def guild(tmp_path: Path) -> Iterator[Guild]:
    """A server with a role for the treasurer below the bot's own, and one for its managers above."""
    with DiscordServer() as server:
        guild = Guild(server)
        for name, position, permissions in (("Bendahara", 2, 0), ("Pengelola", 8, 0)):
            guild.add_role(name, position, permissions)
        guild.add_role("Governor", 5, 1 << 28, is_bots=True)
        with started(server, tmp_path):
            server.until(lambda: server.commands and server.gateway.identified.is_set(), 60)
            yield guild
        assert server.wrongs == []


SPOKEN = {
    "id": ("jadikan {} bendahara", "Budi berhenti sebagai bendahara", "sekarang bendahara", "Bendahara** Budi"),
    "en": ("make {} treasurer", "Budi steps down as treasurer", "is treasurer from now on", "Treasurer** Budi"),
}


@pytest.mark.parametrize("language", SPOKEN)
def test_office_brings_its_role_and_a_role_brings_no_office(guild: Guild, language: str) -> None:
    give, end, told, held = SPOKEN[language]
    server = guild.server
    dewi, budi = founded(guild, language)
    treasurer, manager = (one["id"] for one in server.guilds[guild.id]["roles"][1:3])
    server.roles[guild.id, dewi.id] = [manager]
    guild.command(dewi, "setup", treasurer=treasurer)

    guild.say(dewi, f"<@{server.bot['id']}> {give.format(f'<@{budi.id}>')}")
    assert held in guild.seen(told).text
    server.until(lambda: guild.roles_of(budi) == ["Bendahara"])
    guild.command(dewi, "governor", sentence=end)
    server.until(lambda: guild.roles_of(budi) == [])

    guild.give_by_hand(budi, treasurer)
    assert held not in guild.command(budi, "office list").text
