"""Does the bot live on, whatever happens to the connection? The real client, against a Discord that misbehaves."""

import asyncio
import functools
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from discord.gateway import KeepAliveHandler

import integrations.discord.answering
import integrations.discord.room
from governor.errors import Unavailable
from governor.ports import Reply
from governor.wording.phrase import phrase
from integrations.discord.client import Client
from tests.discord_server import DiscordServer, Fault, Guild, Person, description, payloads
from tests.discord_server.server import TOKEN, Asked
from tests.integrations.chat_contract import Door
from tests.integrations.test_discord import Servers
from tests.journeys.rooms import clean

description.require()

NOTHING = Reply(language="id", lines=(phrase("no-meetings"),))
WORDS = "Tidak ada rapat"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Servers]:
    with DiscordServer() as server:
        yield Servers(server, tmp_path)
        assert server.wrongs == []


def answered(stage: Servers) -> Asked:
    """Return what came of a sentence that was just given."""
    asked = stage.guild.command(stage.person("dewi"), "governor", sentence="rapat")
    assert WORDS in asked.text
    return asked


def seen(stage: Servers, what: str, count: int = 1) -> None:
    """Wait until the bot has said *what* so often."""
    stage.server.until(lambda: stage.server.gateway.seen.count(what) >= count)


async def at_once(*_: object, **__: object) -> None:
    """Wait for nothing."""


def test_bot_that_leaves_while_it_identifies_leaves_no_heartbeat_behind(
    stage: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def talk() -> list[KeepAliveHandler]:
        waits = asyncio.Event()

        async def wait_for_a_turn(*_: object, **__: object) -> None:
            waits.set()
            await asyncio.Event().wait()

        monkeypatch.setattr(Client, "before_identify_hook", wait_for_a_turn)
        running = asyncio.ensure_future(stage.chat().run(Door()))
        await waits.wait()
        begun = [one for one in threading.enumerate() if isinstance(one, KeepAliveHandler)]
        running.cancel()
        await asyncio.wait({running})
        return begun

    (beating,) = asyncio.run(talk())
    beating.join(10)
    assert not beating.is_alive()


@pytest.mark.parametrize("fails", [False, True])
def test_bot_that_is_closed_while_it_identifies_ends(
    stage: Servers, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    async def talk() -> int:
        waits = asyncio.Event()

        async def wait_for_a_turn(*_: object, **__: object) -> None:
            waits.set()
            if fails:
                raise OSError
            await asyncio.Event().wait()

        monkeypatch.setattr(Client, "before_identify_hook", wait_for_a_turn)
        chat = stage.chat()
        running = asyncio.ensure_future(chat.run(Door()))
        await waits.wait()
        await chat.close()
        return await asyncio.wait_for(running, 60)

    assert asyncio.run(talk()) == 0


def test_zstd_is_spoken_where_it_is_at_hand(stage: Servers) -> None:
    with stage.living(Door([NOTHING])):
        answered(stage)
    assert stage.server.gateway.seen[0] == "zstd-stream"


def test_whole_program_speaks_zlib_where_zstd_is_not_at_hand(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['zstandard'] = None; sys.argv = ['governor', 'run', '--data', 'data'];"
        "from governor.__main__ import main; sys.exit(main())"
    )
    with DiscordServer() as server:
        guild = Guild(server)
        where = {"GOVERNOR_DISCORD_API_URL": server.api_url, "GOVERNOR_DISCORD_GATEWAY_URL": server.gateway_url}
        settings = clean(GOVERNOR_DISCORD_TOKEN=TOKEN, GOVERNOR_HTTP_PORT="0", **where)
        process = subprocess.Popen([sys.executable, "-c", program], cwd=tmp_path, env=settings)
        try:
            server.until(lambda: server.commands and server.gateway.identified.is_set(), 60)
            assert "belum didirikan" in guild.command(Person("dewi"), "governor", sentence="rapat").text
        finally:
            process.terminate()
            assert process.wait(timeout=30) == 0
        assert server.gateway.seen[0] == "zlib-stream"


def test_what_happened_while_the_line_was_cut_is_taken_once(stage: Servers) -> None:
    door = Door([NOTHING])
    with stage.living(door):
        answered(stage)
        stage.server.do(stage.server.gateway.drop())
        answered(stage)
    assert [one for one in stage.server.gateway.seen if one in ("identify", "resume")] == ["identify", "resume"]
    assert len(door.calls) == 2


def test_session_that_is_over_is_begun_anew(stage: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Client, "before_identify_hook", at_once)  # discord.py waits for five seconds
    with stage.living(Door([NOTHING])):
        stage.server.do(stage.server.gateway.drop(is_resumable=False))
        seen(stage, "identify", 2)
        stage.server.until(stage.server.gateway.identified.is_set)
        answered(stage)
    assert [one for one in stage.server.gateway.seen if one in ("identify", "resume")][:2] == ["identify", "resume"]


@pytest.mark.parametrize("told", [{"op": 7, "d": None}, {"op": 9, "d": True}], ids=["reconnect", "invalid-resumable"])
def test_asked_to_come_back_it_resumes(stage: Servers, told: dict[str, object]) -> None:
    with stage.living(Door([NOTHING])):
        stage.server.do(stage.server.gateway.tell(told))
        seen(stage, "resume")
        answered(stage)
    assert stage.server.gateway.seen.count("identify") == 1


def test_connection_that_gives_no_sign_of_life_is_left_and_resumed(
    stage: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    hasty = functools.partial(Client, heartbeat_timeout=0.3)
    monkeypatch.setattr(integrations.discord.room, "Client", hasty)
    stage.server.gateway.heartbeat = 100
    with stage.living(Door([NOTHING])):
        stage.server.gateway.is_silent = True
        seen(stage, "resume")
        answered(stage)


def test_heartbeat_that_is_asked_for_is_given(stage: Servers) -> None:
    with stage.living(Door([NOTHING])):
        before = stage.server.gateway.seen.count("heartbeat")
        stage.server.do(stage.server.gateway.tell({"op": 1, "d": None}))
        seen(stage, "heartbeat", before + 1)


MALFORMED = {
    "unknown op": {"op": 99, "d": {}},
    "unknown event": {"op": 0, "t": "MOON_PHASE", "d": {"phase": "full"}},
    "interaction without anything": {"op": 0, "t": "INTERACTION_CREATE", "d": {}},
    "interaction that is a list": {"op": 0, "t": "INTERACTION_CREATE", "d": []},
    "message without an author": {"op": 0, "t": "MESSAGE_CREATE", "d": {"id": "1", "channel_id": "2"}},
    "guild without a name": {"op": 0, "t": "GUILD_CREATE", "d": {"id": "7"}},
    "role of no guild": {"op": 0, "t": "GUILD_ROLE_DELETE", "d": {}},
    "id that is no number": {"op": 0, "t": "CHANNEL_DELETE", "d": {"id": "x", "guild_id": "y", "type": 0}},
    "nothing": {"op": 0, "t": "MESSAGE_UPDATE", "d": None},
}


def test_malformed_events_end_nothing(stage: Servers) -> None:
    with stage.living(Door([NOTHING])):
        for told in MALFORMED.values():
            stage.server.do(stage.server.gateway.tell(told))
        answered(stage)
    assert stage.server.gateway.seen.count("identify") == 1


def test_events_in_any_order_end_nothing(stage: Servers) -> None:
    guild = stage.server.guilds[stage.guild.id]
    channel, role = payloads.channel("77", stage.guild.id, "lain"), {**guild["roles"][0], "id": "88", "name": "Ketua"}
    thread = channel | {"id": "99", "type": 11, "owner_id": "1", "thread_metadata": {}, "member_count": 1}
    here = {"guild_id": stage.guild.id}
    events = [
        ("CHANNEL_CREATE", channel), ("CHANNEL_UPDATE", channel), ("CHANNEL_DELETE", channel),
        ("GUILD_ROLE_CREATE", here | {"role": role}), ("GUILD_ROLE_UPDATE", here | {"role": role}),
        ("GUILD_ROLE_DELETE", here | {"role_id": "88"}), ("THREAD_CREATE", thread), ("THREAD_DELETE", thread),
        ("GUILD_UPDATE", guild), ("GUILD_DELETE", {"id": stage.guild.id, "unavailable": True}), ("GUILD_CREATE", guild),
        ("MESSAGE_DELETE", here | {"id": "5", "channel_id": "77"}),
        ("GUILD_MEMBER_REMOVE", here | {"user": {"id": "9"}}),
        ("RESUMED", {"_trace": []}), ("VOICE_STATE_UPDATE", here | {"user_id": "9", "channel_id": None}),
    ]  # fmt: skip
    with stage.living(Door([NOTHING])):
        for seed in range(5):
            for event, data in random.Random(seed).sample(events, len(events)):  # noqa: S311  # no secret
                stage.server.do(stage.server.gateway.dispatch(event, data))
            answered(stage)
    assert stage.server.gateway.seen.count("identify") == 1


@pytest.mark.parametrize("data", [b"{", b"[]", b"\xff\xfe", b'"'])
def test_what_is_no_json_is_survived(stage: Servers, monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(integrations.discord.room, "FIRST_WAIT", 0.01)
    with stage.living(Door([NOTHING])):
        stage.server.do(stage.server.gateway.tell(data))
        seen(stage, "identify", 2)
        stage.server.until(stage.server.gateway.identified.is_set)
        answered(stage)


def test_malformed_interactions_are_told_that_they_failed(stage: Servers) -> None:
    with stage.living(Door([NOTHING])):
        for data in ({"type": 1, "name": "meeting", "options": [{"type": 1}]}, {"type": 1, "options": 3}, {"type": 9}):
            asked = stage.guild.interact(stage.person("dewi"), 2, data)
            assert asked.is_private
            assert asked.text
        answered(stage)


@pytest.mark.parametrize("is_global", [False, True])
def test_rate_limit_is_waited_for(stage: Servers, is_global: bool) -> None:
    with stage.living(Door([NOTHING])):
        stage.server.faults += [
            Fault("POST", "/channels/", 429, retry_after=0.1, is_global=is_global),
            Fault("POST", "/callback", 429, retry_after=0.1, is_global=is_global),
        ]
        stage.guild.say(stage.person("dewi"), f"<@{stage.server.bot['id']}> rapat")
        stage.guild.seen(WORDS)
        answered(stage)


def test_long_rate_limit_holds_up_neither_the_start_nor_others(stage: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integrations.discord.answering, "SHOW_WITHIN", 0.2)
    stage.server.faults.append(Fault("PUT", "/commands", 429, retry_after=3_600))
    channel = f"/channels/{stage.guild.channel}/"
    with stage.living(Door([NOTHING])) as post:
        stage.server.faults.append(Fault("POST", "/callback", 429, retry_after=3_600))
        data = {"type": 1, "name": "governor", "options": [{"name": "sentence", "type": 3, "value": "rapat"}]}
        stage.guild.interact(stage.person("dewi"), 2, data, wait=False)
        assert stage.guild.seen(WORDS).channel == stage.guild.channel
        stage.server.faults.append(Fault("POST", channel, 429, times=2, retry_after=3_600))
        stage.guild.say(stage.person("dewi"), f"<@{stage.server.bot['id']}> rapat")
        assert stage.guild.seen(WORDS, count=2).channel != stage.guild.channel
        with pytest.raises(Unavailable):
            post("one", NOTHING)
        post("one", NOTHING)
    assert stage.server.commands == []


@pytest.mark.parametrize("status", [502, 503])
def test_server_that_fails_is_asked_again_or_said_to_fail(stage: Servers, status: int) -> None:
    with stage.living(Door([NOTHING])) as post:
        stage.server.faults.append(Fault("POST", "/channels/", status))
        if status == 503:  # discord.py asks again itself after the others
            with pytest.raises(Unavailable):
                post("one", NOTHING)
        post("one", NOTHING)
    assert stage.shown().count(WORDS) == 1


def test_command_whose_answer_is_refused_is_told_so(stage: Servers) -> None:
    with stage.living(Door([NOTHING])):
        stage.server.faults.append(Fault("POST", "/callback", 400, code=50035))
        asked = stage.guild.command(stage.person("dewi"), "governor", sentence="rapat")
        assert "tidak dapat ditampilkan" in asked.text
        assert asked.is_private


def test_interaction_that_is_gone_is_answered_in_the_channel_and_privately_what_is_private(stage: Servers) -> None:
    private = Reply(language="id", lines=(phrase("page-no-decisions"),), is_private=True)
    with stage.living(Door([NOTHING, private])):
        stage.server.faults.append(Fault("POST", "/callback", 404, code=10062))
        stage.guild.command(stage.person("dewi"), "governor", wait=False, sentence="rapat")
        assert stage.guild.seen(WORDS).channel == stage.guild.channel
        assert stage.guild.seen("Belum ada keputusan").channel != stage.guild.channel


def test_channel_in_which_nothing_may_be_written_any_more_is_answered_directly(stage: Servers) -> None:
    with stage.living(Door([NOTHING])) as post:
        lost = [Fault("POST", f"/channels/{stage.guild.channel}/messages", 403, times=2, code=50013)]
        stage.server.faults += lost
        stage.guild.say(stage.person("dewi"), f"<@{stage.server.bot['id']}> rapat")
        assert stage.guild.seen(WORDS).channel != stage.guild.channel
        with pytest.raises(Unavailable):
            post("one", NOTHING)


def test_deleted_channel_gives_way_to_the_next_in_which_the_bot_may_write(stage: Servers) -> None:
    second = stage.guild.add_channel("kedua")
    with stage.living(Door([NOTHING])) as post:
        post("one", NOTHING)
        assert stage.guild.seen(WORDS).channel == stage.guild.channel
        stage.guild.delete_channel(stage.guild.channel)
        stage.guild.say(stage.person("dewi"), "rapat", is_direct=True)  # it comes after the event
        stage.guild.seen(WORDS, count=2)
        post("two", NOTHING)
        assert stage.guild.seen(WORDS, count=3).channel == second


def test_deleted_role_and_being_thrown_out_and_invited_again_are_survived(stage: Servers) -> None:
    with stage.living(Door([NOTHING])) as post:
        guild = stage.server.guilds.pop(stage.guild.id)
        role = {"guild_id": stage.guild.id, "role_id": stage.guild.id}
        stage.server.do(stage.server.gateway.dispatch("GUILD_ROLE_DELETE", role))
        stage.server.do(stage.server.gateway.dispatch("GUILD_DELETE", {"id": stage.guild.id}))
        stage.guild.say(stage.person("dewi"), "rapat", is_direct=True)  # it comes after the events
        stage.server.until(lambda: ("POST", "/users/@me/channels") in stage.server.requests)
        with pytest.raises(Unavailable):
            post("one", NOTHING)
        stage.server.guilds[stage.guild.id] = guild
        stage.server.do(stage.server.gateway.dispatch("GUILD_CREATE", guild))
        answered(stage)
        post("one", NOTHING)
        assert stage.guild.seen(WORDS, count=2).channel == stage.guild.channel
