"""Is what is kept of a server what discord.py would keep of it? After each event, as far as anything of it is asked."""

import asyncio
import copy
from collections.abc import Callable, Iterator
from typing import Any

import discord
import pytest

from integrations.discord.client import intents
from integrations.discord.guilds import ARRIVAL, Guilds
from tests.discord_server import DiscordServer, Guild, Person, payloads

Json = dict[str, Any]


class Library(discord.AutoShardedClient):
    """discord.py as it comes, which keeps of servers what it keeps; it notes which arrived."""

    def __init__(self) -> None:
        super().__init__(
            intents=intents(), member_cache_flags=discord.MemberCacheFlags.none(), chunk_guilds_at_startup=False
        )
        self.shard_count, self.arrived = 1, list[object]()

    def dispatch(self, event: str, /, *args: object, **_: object) -> None:
        """Note what arrived."""
        if event == ARRIVAL:
            self.arrived += args

    def begin(self, bot: Json) -> None:
        """Know who the bot is."""
        self._connection.user = discord.ClientUser(state=self._connection, data=bot)  # type: ignore[arg-type]


class Both:
    """The same events heard by ``Guilds``, and by discord.py alone."""

    def __init__(self, server: DiscordServer, guild: Guild) -> None:
        self.packed, self.library = Library(), Library()
        self.guilds = Guilds(self.packed._connection)
        self.heard = self.packed._connection.parsers | self.guilds.listening()
        self.guild, self.number = server.guilds[guild.id], int(guild.id)
        for one in (self.packed, self.library):
            one.begin(server.bot)
            one._connection._add_guild_from_data(_announced(int(guild.id)))  # type: ignore[arg-type]
        self.tell("GUILD_CREATE", self.guild)

    def tell(self, event: str, data: Json) -> None:
        """Tell both of *event*."""
        for parsers in (self.heard, self.library._connection.parsers):
            parsers[event](copy.deepcopy(data))

    def seen(self) -> tuple[object, object]:
        """Return what can be seen of the server in both."""
        return _seen(self.packed.get_guild(self.number)), _seen(self.library.get_guild(self.number))


def _seen(guild: discord.Guild | None) -> object:
    if guild is None:
        return None
    rooms = [(one.id, one.name, one.type, one.permissions_for(guild.me)) for one in (*guild.channels, *guild.threads)]
    voices = [(one.id, set(one.voice_states)) for one in (*guild.voice_channels, *guild.stage_channels)]
    roles = [(one.id, one.name, one.position, one.permissions, one.is_assignable()) for one in guild.roles]
    first = guild.system_channel, [one.id for one in guild.text_channels]
    own = guild.name, guild.owner_id, guild.preferred_locale, guild.me.joined_at, guild.me.top_role.id
    return own, sorted(map(repr, rooms)), voices, roles, [one and getattr(one, "id", one) for one in first]


@pytest.fixture
def both() -> Iterator[Both]:
    async def made() -> Both:
        return Both(server, guild)

    with DiscordServer(is_described=False) as server:
        guild = Guild(server)
        guild.add_voice("ruang-rapat")
        guild.add_role("Ketua", 2, 1 << 28)
        guild.add_role("Governor", 3, 1 << 28, is_bots=True)
        yield asyncio.run(made())


def _announced(number: int) -> Json:
    return {"id": str(number), "unavailable": True}


def _channel(both: Both, **more: object) -> Json:
    return payloads.channel("77", both.guild["id"], "lain") | more


def _role(both: Both, number: str, **more: object) -> Json:
    return {"guild_id": both.guild["id"], "role": payloads.role(number, "Bendahara", 1, 0) | more}


def _thread(both: Both, **more: object) -> Json:
    return payloads.thread("99", both.guild["channels"][0], "1", {"name": "Utas", "auto_archive_duration": 60}) | more


def _at(both: Both, channel: str | None) -> Json:
    flags = dict.fromkeys(("deaf", "mute", "self_deaf", "self_mute", "self_video", "suppress"), False)
    return {"guild_id": both.guild["id"], "user_id": "9", "channel_id": channel, "session_id": "s", **flags}


def _archived(both: Both) -> Json:
    thread = _thread(both)
    return thread | {"thread_metadata": thread["thread_metadata"] | {"archived": True}}


def _me(both: Both) -> Json:
    (me,) = both.guild["members"]
    return {"guild_id": both.guild["id"], **me, "roles": [both.guild["roles"][1]["id"]]}


Told = tuple[str, Callable[[Both], Json]]
STORIES: dict[str, list[Told]] = {
    "named anew": [("GUILD_UPDATE", lambda both: both.guild | {"name": "Baru", "system_channel_id": None})],
    "the bot has another role": [("GUILD_MEMBER_UPDATE", _me)],
    "somebody else has a role": [("GUILD_MEMBER_UPDATE", lambda both: _me(both) | {"user": Person("sari").user})],
    "a role comes": [("GUILD_ROLE_CREATE", lambda both: _role(both, "88"))],
    "a role rises": [("GUILD_ROLE_UPDATE", lambda both: _role(both, both.guild["roles"][1]["id"], position=9))],
    "a role goes": [
        ("GUILD_ROLE_CREATE", lambda both: _role(both, "88")),
        ("GUILD_ROLE_DELETE", lambda both: {"guild_id": both.guild["id"], "role_id": "88"}),
    ],
    "a channel comes": [("CHANNEL_CREATE", _channel)],
    "a channel closes": [
        ("CHANNEL_CREATE", _channel),
        ("CHANNEL_UPDATE", lambda both: _channel(both, permission_overwrites=[
            {"id": both.guild["id"], "type": 0, "allow": "0", "deny": str(1 << 11)}
        ])),
    ],
    "a channel goes with its threads": [
        ("THREAD_CREATE", _thread),
        ("CHANNEL_DELETE", lambda both: both.guild["channels"][0]),
    ],
    "a thread comes": [("THREAD_CREATE", _thread)],
    "a thread is named anew": [("THREAD_CREATE", _thread), ("THREAD_UPDATE", lambda both: _thread(both, name="Lain"))],
    "a thread is put away": [("THREAD_CREATE", _thread), ("THREAD_UPDATE", _archived)],
    "a thread is found again": [("THREAD_UPDATE", _thread)],
    "a thread goes": [("THREAD_CREATE", _thread), ("THREAD_DELETE", _thread)],
    "threads of a channel are told": [
        ("THREAD_CREATE", _thread),
        ("THREAD_LIST_SYNC", lambda both: {
            "guild_id": both.guild["id"], "channel_ids": [both.guild["channels"][0]["id"]], "members": [],
            "threads": [_thread(both, id="100")],
        }),
    ],
    "threads of another channel are told": [
        ("THREAD_CREATE", _thread),
        ("THREAD_LIST_SYNC", lambda both: {
            "guild_id": both.guild["id"], "channel_ids": ["5"], "members": [], "threads": []
        }),
    ],
    "all threads are told": [
        ("THREAD_CREATE", _thread),
        ("THREAD_LIST_SYNC", lambda both: {"guild_id": both.guild["id"], "members": [], "threads": []}),
    ],
    "somebody speaks": [("VOICE_STATE_UPDATE", lambda both: _at(both, both.guild["channels"][1]["id"]))],
    "somebody falls silent": [
        ("VOICE_STATE_UPDATE", lambda both: _at(both, both.guild["channels"][1]["id"])),
        ("VOICE_STATE_UPDATE", lambda both: _at(both, None)),
    ],
    "it is lost for a while": [("GUILD_DELETE", lambda both: {"id": both.guild["id"], "unavailable": True})],
    "the bot is put out": [("GUILD_DELETE", lambda both: {"id": both.guild["id"]})],
    "the bot comes again": [
        ("GUILD_DELETE", lambda both: {"id": both.guild["id"]}),
        ("CHANNEL_CREATE", _channel),
        ("GUILD_CREATE", lambda both: both.guild),
    ],
    "it cannot be told of": [("GUILD_CREATE", lambda both: {"id": both.guild["id"], "unavailable": True})],
}  # fmt: skip


@pytest.mark.parametrize("told", STORIES.values(), ids=STORIES.keys())
def test_what_is_kept_is_what_discord_py_would_keep(both: Both, told: list[Told]) -> None:
    for event, data in told:
        both.tell(event, data(both))
        packed, library = both.seen()
        assert packed == library


def test_server_that_arrives_is_told_of_once_all_of_it_is_known(both: Both) -> None:
    assert both.packed.arrived == [both.number]
    assert list(both.guilds) == [both.number]


def test_server_that_was_asked_for_stays_as_it_was_then(both: Both) -> None:
    before = both.packed.get_guild(both.number)
    both.tell("GUILD_UPDATE", both.guild | {"name": "Baru"})
    after = both.packed.get_guild(both.number)
    assert [one and one.name for one in (before, after)] == ["Koperasi Mekar", "Baru"]


def test_server_that_is_announced_anew_is_known_as_it_was(both: Both) -> None:
    both.packed._connection._add_guild_from_data(_announced(both.number))  # type: ignore[arg-type]
    packed, library = both.seen()
    assert packed == library
