"""Does no spinner die while the database is held by somebody else? Governor runs whole."""

import sqlite3
from pathlib import Path

from tests.discord_server import DiscordServer, Guild, description
from tests.journeys.bot import started
from tests.journeys.test_guilds import founded

description.require()


def test_command_is_acknowledged_and_answered_while_the_database_is_stuck(tmp_path: Path) -> None:
    with DiscordServer() as server:
        stuck, free = Guild(server), Guild(server, "Karang Taruna")
        with started(server, tmp_path):
            server.until(lambda: server.commands and server.gateway.identified.is_set(), 60)
            dewi, rina = founded(stuck, "Koperasi Mekar", "Dewi"), founded(free, "Karang Taruna", "Rina")
            holder = sqlite3.connect(tmp_path / "data" / "governor.db", isolation_level=None)
            holder.execute("BEGIN IMMEDIATE")
            held = stuck.command(dewi, "decision record", wait=False, text="Kas dibuka")
            assert "2026\\-001" in free.command(rina, "decision record", text="Balai disewa").text
            server.until(lambda: held.kinds)
            assert held.waited is not None
            assert held.waited < 3
            server.until(lambda: held.is_answered, 40)
            assert "sedang dikunci" in held.text
            assert not held.is_thinking
            holder.execute("ROLLBACK")
            holder.close()
            assert "2026\\-001" in stuck.command(dewi, "decision record", text="Kas dibuka").text
        assert server.wrongs == []
