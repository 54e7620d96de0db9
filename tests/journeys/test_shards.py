"""Do several shards hear all of Discord, in one process and in two, and identify one after the other?"""

from contextlib import ExitStack
from pathlib import Path

import pytest

from integrations.discord.settings import parsed
from tests.delivery.conftest import furnished, postgres_url
from tests.delivery.test_kill import wait_until
from tests.discord_server import DiscordServer, Guild, description
from tests.discord_server.people import Person
from tests.discord_server.server import Asked
from tests.integrations.chat_contract import Door
from tests.integrations.test_discord import Servers, stage
from tests.journeys.bot import started
from tests.journeys.test_guilds import founded
from tests.postgres import postgres
from tests.store.conftest import template

__all__ = ["furnished", "postgres", "postgres_url", "stage", "template"]

description.require()

EVEN, ODD = str(2 << 22), str(3 << 22)
"""Ids of servers that the first and the second of two shards hear of."""


def test_shards_that_discord_advises_all_live_in_one_process(stage: Servers) -> None:
    guilds = [Guild(stage.server, "genap", EVEN), Guild(stage.server, "ganjil", ODD)]
    stage.server.shards = 2
    door = Door()
    with stage.living(door):
        stage.server.until(lambda: stage.server.gateway.shards == [0, 1])
        for guild in guilds:
            guild.command(Person("dewi"), "governor", wait=False, sentence=guild.id)
        stage.server.until(lambda: len(door.calls) == 2)
    assert {call.place for call in door.calls} == {EVEN, ODD}


def test_two_processes_share_out_the_shards_and_take_turns(tmp_path: Path, postgres_url: str) -> None:
    with DiscordServer() as server, ExitStack() as running:
        even, odd = Guild(server, "Genap", EVEN), Guild(server, "Ganjil", ODD)
        for shards in ("0/2", "1/2"):
            settings = {"GOVERNOR_SHARDS": shards, "GOVERNOR_DATABASE_URL": postgres_url}
            running.enter_context(started(server, tmp_path, **settings))
        server.until(lambda: server.commands and server.gateway.shards == [0, 1], 60)
        (first, _), (second, _) = server.gateway.identifies
        assert second - first >= 5
        assert len([one for one in server.requests if one[1].endswith("/commands")]) == 1
        dewi, rina = founded(even, "Genap", "Dewi"), founded(odd, "Ganjil", "Rina")
        assert "Dewi" not in str(heard(odd, rina))
        assert "belum ditautkan" in heard(odd, dewi).text
        assert server.wrongs == []


@pytest.mark.parametrize("shards", [("", ""), ("0/1", "0-1/2")], ids=["none set", "overlapping"])
def test_of_two_processes_that_would_hear_the_same_one_stands_by_and_takes_over(
    tmp_path: Path, postgres_url: str, shards: tuple[str, str]
) -> None:
    with DiscordServer() as server, ExitStack() as running:
        guild = Guild(server, "Genap", EVEN)
        first, second = ({"GOVERNOR_SHARDS": one, "GOVERNOR_DATABASE_URL": postgres_url} for one in shards)
        with started(server, tmp_path, **first):
            server.until(lambda: server.commands and server.gateway.shards == [0], 60)
            running.enter_context(started(server, tmp_path, **second))
            wait_until(lambda: "this one stands by" in (tmp_path / "out").read_text())
            dewi = founded(guild, "Genap", "Dewi")
            assert "Tidak ada rapat" in heard(guild, dewi).text
            assert len(server.gateway.identifies) == 1
            assert len([one for one in server.requests if one[1].endswith("/commands")]) == 1
        server.until(lambda: len(server.gateway.identifies) > 1 and server.gateway.identified.is_set(), 60)
        assert "Tidak ada rapat" in heard(guild, dewi).text
        assert len([one for one in server.requests if one[1].endswith("/commands")]) == 2
        assert server.wrongs == []


def heard(guild: Guild, who: Person) -> Asked:
    return guild.command(who, "meeting list")


@pytest.mark.parametrize("shards", ["", "4-3/16", "16/16", "0-16/16", "a", "0/0", "0-3"])
def test_shards_that_are_none_are_refused(shards: str) -> None:
    with pytest.raises(ValueError, match=r"shards|first"):
        parsed(shards)
