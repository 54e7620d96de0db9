"""Is what Governor was doing on Discord when it was stopped done once, then or after the next start? Run whole."""

from pathlib import Path

import pytest

from tests.discord_server import DiscordServer, Fault, Guild, description
from tests.journeys.bot import started
from tests.journeys.test_guilds import called, founded

description.require()


@pytest.mark.parametrize("waits", [0.5, 2.7, 20.0])
def test_event_that_is_being_made_when_the_bot_is_stopped_is_made_once(tmp_path: Path, waits: float) -> None:
    with DiscordServer() as server:
        guild = Guild(server)
        with started(server, tmp_path):
            server.until(lambda: server.commands and server.gateway.identified.is_set(), 60)
            dewi = founded(guild, "Koperasi Mekar", "Dewi")
            limited = Fault("GET", "scheduled-events", 429, retry_after=waits)
            server.faults.append(limited)
            called(guild, dewi, "wayang")
            server.until(lambda: not limited.times)
        with started(server, tmp_path):
            server.until(server.gateway.identified.is_set, 60)
            (event,) = server.until(lambda: guild.events, 60)
            assert "Wayang" in event["name"]
        assert [one["id"] for one in server.events.all.values()] == [event["id"]]
        assert server.wrongs == []
