"""What becomes of an effect that is in hand when the bot leaves? It ends well, or it may be carried out again."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import integrations.discord.client
from governor.domain.members import Office
from governor.errors import Unavailable
from governor.ports import Holder, Reply
from governor.wording.phrase import phrase
from integrations.discord.channels import Channels
from integrations.discord.roles import Roles
from integrations.discord.room import Discord
from tests.discord_server import DiscordServer, Fault, description
from tests.integrations.board_contract import notice
from tests.integrations.chat_contract import CARD, Door
from tests.integrations.test_discord import Servers
from tests.store.records import AT

description.require()

BUDI = "200000000000000001"
NOTHING = Reply(language="id", lines=(phrase("no-meetings"),))
ANNOUNCED = Reply(language="id", cards=(CARD,))

EFFECTS: dict[str, tuple[str, str, Callable[[Discord], Awaitable[object]]]] = {
    "event": ("GET", "scheduled-events", lambda chat: chat.board.show(notice(), known=None, place=None)),
    "event-over": ("GET", "scheduled-events", lambda chat: chat.board.withdraw("1", is_cancelled=True, place=None)),
    "post": ("POST", "messages", lambda chat: chat.post(NOTHING, key="one")),
    "thread": ("POST", "messages", lambda chat: chat.rooms.open(ANNOUNCED, key="one", place=None, called=AT)),
    "thread-over": ("PATCH", "channels", lambda chat: chat.rooms.close("1", place=None)),
    "whisper": ("POST", "users/@me/channels", lambda chat: chat.voices.whisper(BUDI, NOTHING, key="one")),
    "role": (
        "GET",
        "members",
        lambda chat: chat.appoint([Holder(account=BUDI, offices=frozenset({Office.CHAIR}))], language="id"),
    ),
}


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Servers]:
    with DiscordServer() as server:
        stage = Servers(server, tmp_path)
        Channels(tmp_path / "discord_channels", None).choose(int(stage.guild.id), {}, has_threads=True)
        Roles(tmp_path / "discord_roles").choose(int(stage.guild.id), {Office.CHAIR: int(stage.guild.add_role("K", 1))})
        yield stage
        assert server.wrongs == []


@contextmanager
def waiting() -> Iterator[asyncio.Event]:
    """Yield what is set once discord.py waits until it may ask again."""
    told, logger = asyncio.Event(), logging.getLogger("discord.http")

    def hear(record: logging.LogRecord) -> bool:
        if "rate limited" in record.msg:
            told.set()
        return True

    logger.addFilter(hear)
    try:
        yield told
    finally:
        logger.removeFilter(hear)


def left(stage: Servers, effect: str) -> object:
    """Return what comes of *effect*, which waits until it may ask again when the bot leaves."""
    method, path, act = EFFECTS[effect]

    async def talk() -> object:
        chat = stage.chat()
        running = asyncio.ensure_future(chat.run(Door()))
        stage.server.faults.append(Fault(method, path, 429, retry_after=0.5))
        with waiting() as told:
            acting = asyncio.ensure_future(act(chat))
            await asyncio.wait_for(told.wait(), 10)
        await chat.close()
        await running
        return await acting

    return asyncio.run(talk())


@pytest.mark.parametrize("effect", EFFECTS)
def test_effect_that_is_cut_off_may_be_carried_out_again(
    stage: Servers, monkeypatch: pytest.MonkeyPatch, effect: str
) -> None:
    monkeypatch.setattr(integrations.discord.client, "FINISH_WITHIN", 0.0)
    with pytest.raises(Unavailable):
        left(stage, effect)


def test_effect_that_is_nearly_done_is_waited_for(stage: Servers) -> None:
    known = left(stage, "event")
    assert [one["id"] for one in stage.guild.events] == [known]
