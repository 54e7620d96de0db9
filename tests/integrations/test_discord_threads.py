"""Has a meeting a thread in a server that wants threads, and does what is posted about it come there?"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from discord.utils import snowflake_time

from governor.errors import Unavailable
from governor.ports import Reply
from governor.wording.phrase import phrase
from integrations.discord.channels import Channels
from integrations.discord.invite import IN_THREADS
from integrations.discord.room import Discord
from tests.discord_server import DiscordServer, Person, description
from tests.discord_server.people import ADMINISTRATOR
from tests.integrations.chat_contract import CARD, Door
from tests.integrations.test_discord import Servers
from tests.store.records import AT

description.require()

ANNOUNCED = Reply(language="id", cards=(CARD,))
MINUTE = timedelta(minutes=1)
NOTHING = Reply(language="id", lines=(phrase("no-meetings"),))


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Servers]:
    with DiscordServer() as server:
        stage = Servers(server, tmp_path)
        Channels(tmp_path / "discord_channels", None).choose(int(stage.guild.id), {}, has_threads=True)
        yield stage
        assert server.wrongs == []


def living(stage: Servers, act: Callable[[Discord], Awaitable[None]]) -> None:
    """Do *act* while the bot lives."""

    async def talk() -> None:
        chat = stage.chat()
        running = asyncio.ensure_future(chat.run(Door()))
        try:
            await act(chat)
        finally:
            await chat.close()
            await running

    asyncio.run(talk())


def test_thread_is_opened_once_posted_in_and_put_away(stage: Servers) -> None:
    async def act(chat: Discord) -> None:
        room = await chat.rooms.open(ANNOUNCED, key="room", place=None, called=AT)
        assert await chat.rooms.open(ANNOUNCED, key="room", place=None, called=AT) == room
        await chat.post(replace(NOTHING, room=room), key="post")
        await chat.rooms.close(room, place=None)

    living(stage, act)
    (thread,) = stage.guild.threads
    assert [shown.channel for shown in stage.server.messages.values()] == [stage.guild.channel, thread["id"]]
    assert thread["thread_metadata"]["archived"]


def test_post_about_a_meeting_whose_thread_people_deleted_comes_in_the_channel(stage: Servers) -> None:
    async def act(chat: Discord) -> None:
        room = await chat.rooms.open(ANNOUNCED, key="room", place=None, called=AT)
        del stage.server.channels[room]
        await chat.post(replace(NOTHING, room=room), key="post")
        await chat.rooms.close(room, place=None)

    living(stage, act)
    assert [shown.channel for shown in stage.server.messages.values()] == [stage.guild.channel] * 2


def test_meeting_that_was_called_before_threads_were_chosen_has_none_however_late_that_is_asked(stage: Servers) -> None:
    number, channels = int(stage.guild.id), Channels(stage.data / "discord_channels", None)
    channels.choose(number, {}, has_threads=False)
    channels.choose(number, {}, has_threads=True, at=AT)
    channels.choose(number, {}, has_threads=True, at=AT + MINUTE)

    async def act(chat: Discord) -> None:
        assert await chat.rooms.open(ANNOUNCED, key="before", place=None, called=AT - MINUTE) == ""
        assert await chat.rooms.open(ANNOUNCED, key="after", place=None, called=AT) != ""

    living(stage, act)


def test_threads_are_chosen_from_the_instant_on_at_which_that_is_asked(stage: Servers) -> None:
    number, channels = int(stage.guild.id), Channels(stage.data / "discord_channels", None)
    channels.choose(number, {}, has_threads=False)
    with stage.living(Door()):
        asked = stage.guild.command(Person("dewi", permissions=ADMINISTRATOR), "setup", threads=True)
    at = snowflake_time(int(asked.payload["id"]))
    assert (channels.has_threads(number, at - MINUTE), channels.has_threads(number, at)) == (False, True)


def test_server_that_wants_no_threads_is_posted_nothing(stage: Servers) -> None:
    Channels(stage.data / "discord_channels", None).choose(int(stage.guild.id), {}, has_threads=False)

    async def act(chat: Discord) -> None:
        assert await chat.rooms.open(ANNOUNCED, key="room", place=None, called=AT) == ""

    living(stage, act)
    assert stage.server.messages == {}


def test_permissions_that_threads_lack_are_named(stage: Servers) -> None:
    role = stage.server.guilds[stage.guild.id]["roles"][0]
    role["permissions"] = str(int(role["permissions"]) & ~(sum(IN_THREADS.values()) | 1 << 3))

    async def act(chat: Discord) -> None:
        with pytest.raises(Unavailable) as told:
            await chat.rooms.open(ANNOUNCED, key="room", place=None, called=AT)
        assert told.value.is_lasting
        missing = (phrase("may-create-public-threads"), phrase("may-send-messages-in-threads"))
        assert told.value.values == {"channel": "#umum", "permissions": missing}

    living(stage, act)
    assert stage.server.messages == {}
