"""Is every interaction answered and no act done twice, whatever people and Discord send, in whatever order?"""

import asyncio
import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from limits import RateLimitItemPerSecond

import integrations.discord.pacing
from governor.bootstrap import House, open_house, read_clock
from governor.ports import Call, Reply, Surroundings, Typing
from governor.ports.choices import Secret
from governor.ports.offers import Choice, Offer
from governor.services import COMMANDS
from governor.services.offers import offers
from governor.wording.catalogue import say
from integrations.discord.room import Discord
from integrations.discord.settings import Settings
from tests.discord_server import DiscordServer, Guild, Person, description, payloads
from tests.discord_server.people import ADMINISTRATOR
from tests.discord_server.server import TOKEN, Asked, Shown
from tests.journeys.rooms import settings_at

description.require()

HOSTILE = (
    "", " ", "\n", "\x00", "@everyone @here", "<@&1> <@1> <#1> </governor:1>", "<t:9999999999999:F>", "\u202egnp.exe",
    "a" + "\u0301" * 80, "ﷺ" * 500, "```ansi\n\x1b[31m", "[klik](https://example.org)", "||x||" * 40,
    "{summary} %s {0.x}", "'; DROP TABLE members; --", "\U0001f3f3\ufe0f\u200d\U0001f308" * 60, "x" * 6_000,
    "rapat " * 800, "\ud7ff\uffff", "-1", "@budi", "\\", "`", "# Judul\n> kutip\n- butir", "keputusan: ", "batal",
    "rapat 31 Februari jam 25", "\u200f\u05de\u05d7\u05e8", "\u200b\u200b\u200b",
)  # fmt: skip
SENSIBLE = (
    "rapat anggaran besok jam 3 sore dengan @budi", "budget meeting tomorrow at 3 pm", "undur ke jam 8 malam", "hadir",
    "keputusan: membeli kipas", "catat: kas dilaporkan", "tampilkan keputusan bulan ini", "notulen", "batalkan rapat",
    "bantuan", "who is coming?", "cari waktu rapat minggu depan", "ya", "2026-001", "2026-12-01", "besok jam 4 sore",
)  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(SENSIBLE),
    st.sampled_from(SENSIBLE),
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=60),
)
WHO = st.sampled_from((0, 0, 0, 1, 2))
"""The secretary, a member, a stranger."""


class Place:
    """A founded organisation on Discord, whose bot can be stopped and started."""

    def __init__(self, server: DiscordServer, data: Path, house: House) -> None:
        self.server, self.house, self.data = server, house, data
        self.bugs: list[BaseException] = []
        self._turn = ThreadPoolExecutor(1)
        self._beside = ThreadPoolExecutor(1)

    def start(self) -> None:
        """Start the bot."""
        token, api, gateway = (Secret(text) for text in (TOKEN, self.server.api_url, self.server.gateway_url))
        chosen = Settings(
            discord_token=token,
            discord_api_url=api,
            discord_gateway_url=gateway,
        )
        around = Surroundings(data=self.data, speaker=lambda: "nobody", offers=offers(COMMANDS), suggest=self._suggest)
        self._chat, loops = Discord(chosen, around), Queue[asyncio.AbstractEventLoop]()

        async def talk() -> int:
            loops.put(asyncio.get_running_loop())
            return await self._chat.run(self._door)

        self._running = self._beside.submit(asyncio.run, talk())
        self._loop = loops.get()
        self.server.until(self.server.gateway.identified.is_set)

    def stop(self) -> None:
        """Stop the bot."""
        asyncio.run_coroutine_threadsafe(self._chat.close(), self._loop).result(30)
        self._running.result(30)
        self.server.until(lambda: not self.server.gateway.identified.is_set())

    def close(self) -> None:
        """Stop the bot for good."""
        self.stop()
        self._turn.shutdown()
        self._beside.shutdown()

    @property
    def entries(self) -> int:
        """Return how much is in the record."""
        with self.house.record.database.read() as connection:
            return self.house.record.ledger.head(connection).size

    async def _door(self, call: Call) -> Sequence[Reply]:
        return await asyncio.get_running_loop().run_in_executor(self._turn, self._answer, call)

    def _answer(self, call: Call) -> Sequence[Reply]:
        try:
            return self.house.dispatcher(["mail"])(call)
        except BaseException as bug:
            self.bugs.append(bug)
            raise

    async def _suggest(self, typing: Typing) -> Sequence[Choice]:
        return self.house.dispatcher(["mail"]).suggest(typing, read_clock())


@contextlib.contextmanager
def founded() -> Iterator[tuple[Place, Guild, list[Person]]]:
    """Yield a place with a secretary, a member and a stranger, whose names are hostile."""
    with tempfile.TemporaryDirectory() as folder, DiscordServer() as server:
        guild = Guild(server, "@everyone \u202e[x](https://example.org)")
        dewi, budi = Person("@here \u202e**dewi**", "id", ADMINISTRATOR), Person("<@&1>" + "\u0301" * 30, "en-US")
        with open_house(settings_at(Path(folder))) as house:
            place = Place(server, Path(folder), house)
            place.start()
            try:
                guild.fill(dewi, guild.command(dewi, "setup"), "Koperasi `Mekar`", "id", None, None, "Dewi @everyone")
                guild.command(dewi, "member add", name="Budi", email="budi@example.org")
                told = guild.command(dewi, "member invite", person="budi")
                assert (
                    "Budi"
                    in guild.command(budi, "join", code=told.text.split(": ")[1].split(".")[0].replace("\\", "")).text
                )
                draft = guild.command(dewi, "governor", sentence="rapat kas lusa jam 3 sore dengan @budi").messages[0]
                guild.press(dewi, draft, "Panggil rapat")
                yield place, guild, [dewi, budi, Person("sari")]
            finally:
                place.close()


class Crowd(RuleBasedStateMachine):
    """People who give commands, press, fill in, write and click twice, while Discord drops and Governor restarts."""

    def __init__(self) -> None:
        super().__init__()
        self._opened = contextlib.ExitStack()
        self.place, self.guild, self.people = self._opened.enter_context(founded())
        self.server = self.place.server
        self.asked: list[Asked] = []

    def teardown(self) -> None:
        """Check what is true of everything that was shown."""
        with self._opened:
            shown = list(self.server.messages.values())
            assert self.server.wrongs == []
            assert self.place.bugs == []
            assert [one.text for one in shown if one.is_loud] == []
            assert [one.text for one in shown if {"\u202e", "\x1b", "\x00"} & set(one.text)] == []

    def took(self, asked: Asked) -> Asked:
        self.asked.append(asked)
        return asked

    @rule(who=WHO, command=st.sampled_from(offers(COMMANDS)), texts=st.lists(TEXTS, min_size=4, max_size=4))
    def gives_a_command(self, who: int, command: Offer, texts: list[str]) -> None:
        names = [say(option.label, "en") for option in command.options]
        given = dict(zip(names, texts, strict=False))
        self.took(self.guild.command(self.people[who], say(command.label, "en"), **given))

    @rule(who=WHO, text=TEXTS)
    def says_something(self, who: int, text: str) -> None:
        self.took(self.guild.command(self.people[who], "governor", sentence=text))

    @rule(who=WHO, text=TEXTS, is_direct=st.booleans())
    def writes(self, who: int, text: str, is_direct: bool) -> None:
        before = len(self.server.messages)
        self.guild.say(self.people[who], f"<@{self.server.bot['id']}> {text}", is_direct=is_direct)
        self.server.until(lambda: len(self.server.messages) > before)

    @rule(who=WHO, text=TEXTS)
    def takes_a_message(self, who: int, text: str) -> None:
        file = payloads.attachment("a\u202e.exe", b"MZ" * 100)
        content = {"content": text[:2_000]}
        message = payloads.message(payloads.snowflake(), self.guild.channel, self.people[1].user, content, [file])
        menus = [one["name"] for one in self.server.commands if one["type"] == 3]
        for menu in menus:
            self.took(self.guild.menu(self.people[who], menu, message))

    @rule(who=WHO, text=TEXTS)
    def types(self, who: int, text: str) -> None:
        for command, option in (
            ("meeting cancel", "number"),
            ("member invite", "person"),
            ("decision prove", "number"),
        ):
            assert len(self.guild.complete(self.people[who], command, option, text)) <= 25

    @rule(who=WHO, which=st.integers(0, 99), clicks=st.integers(1, 2), text=TEXTS)
    def presses(self, who: int, which: int, clicks: int, text: str) -> None:
        buttons = self.buttons()
        if not buttons:
            return
        shown, label = buttons[-1 - which % len(buttons)]
        pressed = [self.guild.press(self.people[who], shown, label, wait=False) for _ in range(clicks)]
        for one in pressed:
            self.server.until(lambda one=one: one.is_answered or 6 in one.kinds)  # type: ignore[misc]
            self.took(one)
        if pressed[0].modal is not None:
            self.took(self.guild.fill(self.people[who], pressed[0], text))

    @rule(which=st.integers(0, 99), is_new_process=st.booleans())
    def discord_delivers_again(self, which: int, is_new_process: bool) -> None:
        if is_new_process:
            self.restarts()
        if not self.asked:
            return
        before = self.place.entries
        self.guild.again(self.asked[which % len(self.asked)])
        self.guild.command(self.people[0], "help")  # it waits for its turn behind the other
        assert self.place.entries == before

    @rule()
    def restarts(self) -> None:
        self.place.stop()
        self.place.start()

    @rule()
    def is_cut_off(self) -> None:
        self.server.do(self.server.gateway.drop())

    def buttons(self) -> list[tuple[Shown, str]]:
        """Return every button that can be pressed, the newest last."""
        shown = [one for one in self.server.messages.values() if not one.is_deleted]
        return [(one, label) for one in shown for label in one.buttons]


def test_crowd_is_answered_and_nothing_is_done_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    for limit in ("FASTEST", "FASTEST_HERE"):
        monkeypatch.setattr(integrations.discord.pacing, limit, RateLimitItemPerSecond(100_000, 10))
    few = settings(
        max_examples=5, stateful_step_count=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Crowd, settings=few)
