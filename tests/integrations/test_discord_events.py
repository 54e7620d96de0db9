"""Does Discord do what every board does, and stand its events in the voice channel that people name?"""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from governor.errors import Refused, Unavailable
from governor.ports.board import Board
from tests.discord_server import DiscordServer, Fault, description
from tests.discord_server.events import CREATE_EVENTS
from tests.integrations.board_contract import HOUR, BoardContract, Place, Seen, notice
from tests.integrations.chat_contract import Door
from tests.integrations.test_discord import Servers

description.require()

STATES = {1: "planned", 2: "held", 3: "over", 4: "cancelled"}


class Server(Place):
    """The board of a server of Discord, over sockets."""

    def __init__(self, stage: Servers) -> None:
        self.stage = stage
        self.events = stage.server.events

    def do(self, act: Callable[[Board], Coroutine[object, object, str]]) -> str:
        async def talk() -> str:
            chat = self.stage.chat()
            running = asyncio.ensure_future(chat.run(Door()))
            try:
                return await act(chat.board)
            finally:
                await chat.close()
                await running

        return asyncio.run(talk())

    def seen(self) -> list[Seen]:
        return [
            Seen(
                title=one["name"],
                start=datetime.fromisoformat(one["scheduled_start_time"]),
                place=one["channel_id"] or one["entity_metadata"]["location"],
                state=STATES[one["status"]],
            )
            for one in self.events.all.values()
        ]

    def take_away(self) -> None:
        self.events.all.clear()

    def forbid(self) -> None:
        role = self.stage.server.guilds[self.stage.guild.id]["roles"][0]
        role["permissions"] = str(int(role["permissions"]) & ~CREATE_EVENTS)

    def fill(self) -> None:
        start = notice().start
        for at in range(100):
            times = {"scheduled_start_time": start.isoformat(), "scheduled_end_time": (start + HOUR).isoformat()}
            where = {"entity_type": 3, "privacy_level": 2, "entity_metadata": {"location": "Taman"}}
            self.events.make(self.stage.guild.id, {"name": f"Acara {at}", **times, **where})


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Server]:
    with DiscordServer() as server:
        yield Server(Servers(server, tmp_path))
        assert server.wrongs == []


class TestDiscordEvents(BoardContract):
    """The contract, on Discord."""


def test_meeting_in_a_voice_channel_that_people_name_stands_there(place: Server) -> None:
    channel = place.stage.guild.add_voice("🔊 ruang-rapat")
    known = place.show(notice(place="Ruang Rapat"))
    assert [one.place for one in place.seen()] == [channel]
    assert place.show(notice(place="Balai Desa"), known) == known
    assert [one.place for one in place.seen()] == ["Balai Desa"]


def test_texts_longer_than_discord_takes_are_cut(place: Server) -> None:
    place.show(notice("Rapat " * 40, place="Jalan " * 40))
    (event,) = place.seen()
    assert (len(event.title), len(event.place)) == (100, 100)


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [(500, 0, Unavailable), (404, 10004, Unavailable), (403, 50001, Unavailable), (400, 50035, Refused)],
)
def test_failure_of_discord_is_told_as_what_it_is(
    place: Server, status: int, code: int, expected: type[Exception]
) -> None:
    place.stage.server.faults.append(Fault("POST", r"scheduled-events$", status, times=9, code=code))
    with pytest.raises(expected):
        place.show(notice())
