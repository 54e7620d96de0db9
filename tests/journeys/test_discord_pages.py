"""Can everything that was decided be read on Discord, page by page, however much it is?"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from governor.bootstrap import open_house
from governor.domain.decisions import record_decision
from tests.discord_server import DiscordServer, Guild
from tests.discord_server.server import Shown
from tests.journeys.bot import started
from tests.journeys.rooms import settings_at
from tests.journeys.test_discord import founded

MANY = 57


def decide_much(data: Path) -> None:
    """Enter many decisions, as years of meetings do."""
    with open_house(settings_at(data)) as house:
        for number in range(1, MANY + 1):
            at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number)
            with house.record.act(f"decided:{number}", at) as work:
                text = f"butir ke-{number}."
                event = record_decision(number=f"2026-{number:03d}", text=text, owner=None, due=None, meeting=None)
                work.record(event, by=None)


@pytest.mark.parametrize(
    ("language", "older", "newer", "title", "period"),
    [
        ("id", "Lebih lama ▶", "◀ Lebih baru", "Keputusan: 1–10 dari 57", "Januari 2026"),
        ("en", "Older ▶", "◀ Newer", "Decisions: 1–10 of 57", "January 2026"),
    ],
)
def test_more_decisions_than_fit_are_paged_through(
    tmp_path: Path, language: str, older: str, newer: str, title: str, period: str
) -> None:
    with DiscordServer() as server:
        guild = Guild(server)
        with started(server, tmp_path):
            server.until(lambda: server.commands and server.gateway.identified.is_set(), 60)
            dewi, budi = founded(guild, language)
        server.until(lambda: not server.gateway.identified.is_set())
        decide_much(tmp_path / "data")
        with started(server, tmp_path):
            server.until(server.gateway.identified.is_set, 60)
            (listed,) = guild.command(budi, "decision list").messages
            assert title in listed.text.replace("\\", "")
            there = [read(listed)]
            while older in listed.buttons:
                guild.press(budi, listed, older)
                there.append(read(listed))
            assert [number for page in there for number in page] == list(range(MANY, 0, -1))
            guild.press(dewi, listed, newer)
            assert read(listed) == there[-2]
            (some,) = guild.command(budi, "decision list", period=period).messages
            assert read(some) == list(range(30, 20, -1))
        assert server.wrongs == []


def read(shown: Shown) -> list[int]:
    """Return which decisions are read on *shown*, in order."""
    texts = shown.text.replace("\\", "").split("butir ke-")[1:]
    return [int(text.partition(".")[0]) for text in texts]
