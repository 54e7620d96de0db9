"""Does Discord do what every chat does? Over real sockets, by the real client, against Discord's own description."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from queue import Queue

import pytest

import integrations.discord.room
from governor.errors import Unavailable
from governor.ports import Button, Call, Reply, Surroundings, Topic
from governor.ports.choices import Secret
from governor.services import COMMANDS
from governor.services.offers import offers
from governor.wording.phrase import phrase
from integrations.discord.channels import Channels
from integrations.discord.invite import PERMISSIONS
from integrations.discord.room import Discord
from integrations.discord.settings import Settings
from tests.discord_server import DiscordServer, Guild, Person, description, payloads
from tests.discord_server.people import ADMINISTRATOR
from tests.discord_server.server import TOKEN, Asked
from tests.integrations.chat_contract import ChatContract, Door, Stage

description.require()


class Servers(Stage):
    """A guild in which Dewi and Budi write, press and fill in."""

    def __init__(self, server: DiscordServer, data: Path) -> None:
        self.server = server
        self.guild = Guild(server)
        self.people: dict[str, Person] = {}
        self.data = data
        self._said: tuple[str, ...] = ()
        self._forms: dict[str, Asked] = {}
        self.asked: list[Asked] = []

    def person(self, name: str) -> Person:
        """Return the person of that name."""
        return self.people.setdefault(name, Person(name))

    def chat(self, *said: str, is_strict: bool = False) -> Discord:
        self._said = said
        settings = Settings(
            discord_token=Secret(TOKEN),
            discord_api_url=Secret(self.server.api_url),
            discord_gateway_url=Secret(self.server.gateway_url),
        )
        around = Surroundings(data=self.data, speaker=lambda: "nobody", is_strict=is_strict, offers=offers(COMMANDS))
        return Discord(settings, around)

    def line(self, text: str, *, account: str = "dewi") -> str:
        return json.dumps({"who": account, "text": text})

    def press(self, button: Button, *, account: str = "dewi") -> str:
        return json.dumps({"who": account, "press": button.token})

    def account(self, name: str) -> str:
        return self.person(name).id

    def shown(self) -> str:
        shown = [one.text for one in self.server.messages.values()] + [asked.text for asked in self.asked]
        return "\n".join(shown)

    def run(self, door: Door, *said: str, is_strict: bool = False) -> int:
        return self.during(door, self._all, *said, is_strict=is_strict)

    def during(self, door: Door, act: Callable[[], Awaitable[None]], *said: str, is_strict: bool = False) -> int:
        """Return the status with which the chat ends after *act*."""

        async def talk() -> int:
            chat = self.chat(*said, is_strict=is_strict)
            running = asyncio.ensure_future(chat.run(door))
            await asyncio.to_thread(self.server.until, self.server.gateway.identified.is_set)
            assert self.server.wrongs == []
            try:
                await act()
            finally:
                await chat.close()
            return await running

        return asyncio.run(talk())

    def post(self, *posts: tuple[str, Reply]) -> None:
        async def talk() -> None:
            chat = self.chat()
            running = asyncio.ensure_future(chat.run(Door()))
            for key, reply in posts:
                await chat.post(reply, key=key)
            await chat.close()
            await running

        asyncio.run(talk())

    @contextmanager
    def living(self, door: Callable[[Call], Awaitable[Sequence[Reply]]]) -> Iterator[Callable[[str, Reply], None]]:
        """Have the chat run beside the test, which speaks in the guild; yield what posts by a key."""
        chat, loops = self.chat(), Queue[asyncio.AbstractEventLoop]()

        async def talk() -> int:
            loops.put(asyncio.get_running_loop())
            return await chat.run(door)

        with ThreadPoolExecutor(1) as beside:
            running = beside.submit(asyncio.run, talk())
            loop = loops.get()
            try:
                self.server.until(self.server.gateway.identified.is_set)
                yield lambda key, reply: asyncio.run_coroutine_threadsafe(chat.post(reply, key=key), loop).result(30)
            finally:
                asyncio.run_coroutine_threadsafe(chat.close(), loop).result(30)
                running.result(30)
                self.server.until(lambda: not self.server.gateway.identified.is_set())

    async def _all(self) -> None:
        for one in self._said:
            await asyncio.to_thread(self._do, json.loads(one))

    def _do(self, what: dict[str, str]) -> None:
        who = self.person(what["who"])
        if "press" in what:
            shown = list(self.server.messages.values())[-1]
            label = next(label for label, custom_id in shown.buttons.items() if custom_id.endswith(what["press"]))
            asked = self.guild.press(who, shown, label, wait=False)
            self.server.until(lambda: asked.kinds)
            if asked.modal is not None:
                self._forms[what["who"]] = asked
        elif what["who"] in self._forms:
            asked = self.guild.fill(who, self._forms.pop(what["who"]), what["text"])
        else:
            asked = self.guild.command(who, "governor", wait=False, sentence=what["text"])
            self.server.until(lambda: asked.kinds)
        self.asked.append(asked)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Servers]:
    with DiscordServer() as server:
        yield Servers(server, tmp_path)
        assert server.wrongs == []


class TestDiscord(ChatContract):
    """The contract, on Discord."""


def test_post_stays_in_the_server_whose_organisation_it_is_for(stage: Servers) -> None:
    other = Guild(stage.server, "Karang Taruna")
    reply = Reply(language="id", lines=(phrase("no-meetings"),))

    async def talk() -> None:
        chat = stage.chat()
        running = asyncio.ensure_future(chat.run(Door()))
        for place in (other.id, stage.guild.id):
            await chat.post(reply, key="the same", place=place)
        for nowhere in (None, "404"):
            with pytest.raises(Unavailable):
                await chat.post(reply, key="nowhere", place=nowhere)
        await chat.close()
        await running

    asyncio.run(talk())
    assert [shown.channel for shown in stage.server.messages.values()] == [other.channel, stage.guild.channel]


def test_post_is_shown_once_though_the_disk_is_too_full_to_note_what_its_channel_is_called(
    stage: Servers, small_disk: Path
) -> None:
    chosen = Channels(small_disk / "discord_channels", None)
    chosen.choose(int(stage.guild.id), {Topic.ANNOUNCEMENTS: int(stage.guild.channel)})
    reply = Reply(language="id", lines=(phrase("no-meetings"),))
    with suppress(OSError), (small_disk / "other").open("wb", buffering=0) as other:
        while other.write(bytes(1_000)):
            pass
    with stage.living(Door()) as post:
        post("the same", reply)
        post("the same", reply)
    assert len(stage.server.messages) == 1


def test_server_of_which_discord_tells_later_lacks_no_channel(stage: Servers) -> None:
    stage.server.gateway.is_brief = True
    reply = Reply(language="id", lines=(phrase("no-meetings"),))

    async def talk() -> None:
        chat = stage.chat()
        running = asyncio.ensure_future(chat.run(Door()))
        with pytest.raises(Unavailable) as raised:
            await chat.post(reply, key="early", place=stage.guild.id)
        assert (raised.value.key, raised.value.is_lasting) == ("discord-unavailable", False)
        with pytest.raises(Unavailable):
            await chat.voices.gathered(None, place=stage.guild.id)
        chosen = Channels(stage.data / "discord_channels", None)
        chosen.choose(int(stage.guild.id), {Topic.ANNOUNCEMENTS: int(stage.guild.channel)})
        await chat.post(reply, key="early", place=stage.guild.id)
        await chat.close()
        await running

    asyncio.run(talk())
    assert [shown.channel for shown in stage.server.messages.values()] == [stage.guild.channel]


@pytest.mark.parametrize(("locale", "told"), [("id", "belum mengabarkan"), ("en-US", "has not told about this server")])
def test_who_chooses_channels_before_discord_has_told_of_the_server_is_asked_to_come_back(
    stage: Servers, locale: str, told: str
) -> None:
    stage.server.gateway.is_brief = True
    dewi = Person("dewi", locale, ADMINISTRATOR)
    with stage.living(Door()):
        assert told in stage.guild.command(dewi, "setup", announcements=stage.guild.channel).text
    chosen = Channels(stage.data / "discord_channels", None)
    assert chosen.kept(int(stage.guild.id), Topic.ANNOUNCEMENTS) is None


def test_only_of_the_newest_posts_is_it_remembered_that_they_were_shown(
    stage: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(integrations.discord.room, "MOST_POSTED", 2)
    reply = Reply(language="id", lines=(phrase("no-meetings"),))
    with stage.living(Door()) as post:
        for key in ("first", "first", "second", "third", "third", "second", "first"):
            post(key, reply)
    sent = [path for method, path in stage.server.requests if method == "POST" and path.endswith("/messages")]
    assert len(sent) == 4


def test_channels_are_chosen_in_setup_and_what_the_bot_lacks_there_is_named(stage: Servers) -> None:
    server, guild = stage.server, stage.guild
    dewi, budi = Person("dewi", "en-US", ADMINISTRATOR), Person("budi", "en-US")
    closed = payloads.channel(payloads.snowflake(), guild.id, "rahasia")
    denied = PERMISSIONS["SEND_MESSAGES"] | PERMISSIONS["ATTACH_FILES"]
    closed["permission_overwrites"] = [{"id": guild.id, "type": 0, "allow": "0", "deny": str(denied)}]
    server.channels[closed["id"]] = closed
    server.guilds[guild.id]["channels"].append(closed)
    server.guilds[guild.id]["roles"][0]["permissions"] = str(sum(PERMISSIONS.values()))
    reply = Reply(language="en", lines=(phrase("no-meetings"),))
    with stage.living(Door()) as post:
        told = guild.command(dewi, "setup", announcements=guild.channel, audit=closed["id"])
        assert told.is_private
        assert "go to \\#umum" in told.text
        assert "In \\#rahasia the bot lacks: Send Messages and Attach Files." in told.text
        assert "In \\#umum" not in told.text
        assert "Only who may manage" in guild.command(budi, "setup", audit=guild.channel).text
        post("ordinary", reply)
        post("alarm", replace(reply, topic=Topic.AUDIT))
    assert [shown.channel for shown in server.messages.values()][-2:] == [guild.channel, closed["id"]]
    server.guilds[guild.id]["channels"].remove(closed)
    with stage.living(Door()) as post:
        post("alarm that has lost its channel", replace(reply, topic=Topic.AUDIT))
    assert list(server.messages.values())[-1].channel == guild.channel
