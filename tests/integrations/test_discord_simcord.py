"""What does another Discord say? The same client in simcord, which knows limits that no description tells."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import discord
import pytest
import simcord
from discord.http import HTTPClient
from simcord.builders import ChannelHandle

import integrations.discord.answering
import integrations.discord.client
from governor.bootstrap import House, open_house, read_clock
from governor.ports import Call, Reply, Typing, free_turn
from governor.ports.leading import Clashes, Lease, Uncontested
from governor.ports.offers import Choice
from governor.services import COMMANDS
from governor.services.joining import welcome
from governor.services.offers import offers
from integrations.discord.arriving import Arrivals
from integrations.discord.channels import Channels
from integrations.discord.choosing import Chosen
from integrations.discord.client import Client
from integrations.discord.commands import Book
from integrations.discord.roles import Roles
from integrations.discord.settling import Settling
from integrations.discord.shards import Shards
from integrations.discord.standing import Standing
from integrations.discord.tokens import Tokens
from tests.journeys.rooms import settings_at


class OneShard(Shards):
    """Asks nobody how many shards there are: simcord does not know."""

    async def found(self, http: HTTPClient) -> tuple[list[int], int, int]:
        return [0], 1, 1


class Hall:
    """An organisation's record behind the client, and a guild of simcord's with its channel."""

    def __init__(self, house: House, data: Path) -> None:
        self._house = house
        self.dispatcher = house.dispatcher(["mail"])
        channels, standing = Channels(data / "channels", None), Standing(data / "cards", Tokens(data / "buttons.json"))
        self.client = Client(
            self._door,
            self._suggest,
            Book(offers(COMMANDS)),
            standing,
            settling=Settling(
                standing,
                Chosen(channels=channels, roles=Roles(data / "roles")),
                Arrivals(channels, standing, self._welcome),
            ),
            shards=OneShard(None, free_turn, _mine, lambda: None),
        )

    async def _welcome(self, place: str, language: str) -> Reply | None:
        return welcome(language) if self._house.organisation() is None else None

    async def _door(self, call: Call) -> Sequence[Reply]:
        return self.dispatcher(call)

    async def _suggest(self, typing: Typing) -> Sequence[Choice]:
        return self.dispatcher.suggest(typing, read_clock())

    async def enter(self, env: simcord.Env) -> None:
        """Found the organisation by the form of /setup."""
        guild = env.create_guild("Koperasi Mekar", preferred_locale="en-US")
        self.channel: ChannelHandle = guild.create_text_channel("umum")
        manager = guild.create_role("Pengurus", permissions=discord.Permissions(manage_guild=True))
        self.dewi = guild.add_member(env.create_user("dewi"), roles=[manager])
        self.budi = guild.add_member(env.create_user("budi"))
        form = await self.dewi.slash(self.channel, "setup")
        assert form.modal is not None
        values = {"organisation": "Koperasi Mekar", "zone": ["Asia/Jakarta"], "language": ["en"],
                  "secretary": [self.dewi], "named": "Dewi dewi@example.org"}  # fmt: skip
        assert "Koperasi Mekar" in shown(await self.dewi.submit_modal(form, values))


async def _mine(_: str, __: Clashes) -> Lease:
    return Uncontested()


def shown(result: simcord.InteractionResult) -> str:
    """Return all that was shown in answer."""
    simcord.assert_responded(result)
    return str([one.components for one in (result.response, *result.followups) if one is not None])


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A record in which nothing is founded."""
    with open_house(settings_at(tmp_path / "data")) as house:
        yield house


@pytest.fixture(autouse=True)
def _calm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no timer of the client fire by itself: simcord's clock is its own, and waits for all that runs."""
    for patience in ("PATIENCE", "FORM_PATIENCE", "SHOW_WITHIN"):
        monkeypatch.setattr(integrations.discord.answering, patience, 3_600.0)
    monkeypatch.setattr(integrations.discord.client, "LOOK_EVERY", timedelta(hours=1))


def talk(house: House, data: Path, act: Callable[[Hall], Awaitable[None]]) -> None:
    """Have *act* done in a hall whose organisation is founded; nothing that the client says may be refused."""

    async def within() -> None:
        hall = Hall(house, data)
        async with simcord.run(hall.client, shard_count=1, settle_timeout=60) as env:
            await hall.enter(env)
            await act(hall)
            simcord.assert_no_errors(env)

    asyncio.run(within())


def test_setup_founds_and_a_sentence_becomes_a_card_a_form_and_a_meeting(house: House, tmp_path: Path) -> None:
    async def act(hall: Hall) -> None:
        card = await hall.dewi.slash(hall.channel, "governor", sentence="budget meeting tomorrow at 3 pm")
        assert "Call the meeting" in shown(card)
        assert card.response is not None
        form = await hall.dewi.click(card.response, label="Change")
        assert form.modal is not None
        called = await hall.dewi.click(card.response, label="Call the meeting")
        simcord.assert_responded(called)
        assert "2026" in str(card.response.components)
        assert "Coming" in str(card.response.components)
        assert "budget" in shown(await hall.dewi.slash(hall.channel, "meeting list")).lower()

    talk(house, tmp_path, act)


def test_decisions_are_recorded_listed_and_suggested(house: House, tmp_path: Path) -> None:
    async def act(hall: Hall) -> None:
        for number in range(14):
            await hall.dewi.slash(hall.channel, "decision record", text=f"approve expense {number} " + "and more " * 90)
        assert "14" in shown(await hall.dewi.slash(hall.channel, "decision list"))
        found = await hall.dewi.autocomplete(hall.channel, "decision prove", "number", "expense 13")
        assert len(found) == 1
        assert await hall.budi.autocomplete(hall.channel, "decision prove", "number", "") == []

    talk(house, tmp_path, act)


def test_member_who_joins_by_a_code_answers_and_a_stranger_is_refused(house: House, tmp_path: Path) -> None:
    async def act(hall: Hall) -> None:
        refused = await hall.budi.slash(hall.channel, "meeting list")
        assert refused.ephemeral
        await hall.dewi.slash(hall.channel, "member add", name="Budi", email="budi@example.org")
        told = await hall.dewi.slash(hall.channel, "member invite", person="budi")
        assert told.ephemeral
        found = re.search(r"\d+-[A-Z2-7]{12}", shown(told).replace("\\", ""))
        assert found is not None
        assert "Budi" in shown(await hall.budi.slash(hall.channel, "join", code=found[0]))
        card = await hall.dewi.slash(hall.channel, "governor", sentence="budget meeting tomorrow at 3 pm with @budi")
        assert card.response is not None
        await hall.dewi.click(card.response, label="Call the meeting")
        await hall.budi.click(card.response, label="Coming")
        assert "coming" in str(card.response.components)

    talk(house, tmp_path, act)
