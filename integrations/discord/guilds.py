"""Which servers is the bot in? Of each is kept, packed, what Discord told of it and may be asked for here.

discord.py keeps objects of every channel and every role of each, which takes ten times as much. Here it makes them of
one server when that is asked for, as it is then; who asked has them alone, and they stay as they were.
"""

import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import discord
from discord.state import AutoShardedConnectionState

from governor.values import dataclass
from integrations.discord.guarding import Parse

ARRIVAL = "arrival"
"""What discord.py calls it here that all is known of a server now, whose id comes with it."""

Json = dict[str, Any]
Kept = dict[str, Json]
"""What is kept of a server: its own fields under ``own``, and by their ids its parts (``_PARTS``)."""

_OWN = ("id", "name", "owner_id", "preferred_locale", "system_channel_id")
_PARTS = {"channels": "id", "threads": "id", "roles": "id", "voice_states": "user_id"}
"""The parts, and what each of them is known by there; the member that the bot is, is one more."""

_UNREAD = frozenset({"available_tags", "guild_id", "icon", "member", "topic"})
_FASTEST = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arrived:
    """A server, as far as discord.py asks for one while it waits until no more of them are told."""

    shard_id: int
    unavailable: bool = False


class Guilds(Mapping[int, discord.Guild]):
    """The servers by their ids, in the place of those that the *state* of discord.py keeps."""

    def __init__(self, state: AutoShardedConnectionState[Any]) -> None:
        self._state = state
        self._packed: dict[int, bytes] = {}
        state._guilds = self  # type: ignore[assignment]  # it reads them, and forgets them
        state._add_guild_from_data = self._announce  # type: ignore[assignment, method-assign]

    def __getitem__(self, guild: int) -> discord.Guild:
        kept = _unpacked(self._packed[guild])
        data = kept.pop("own") | {part: [*by_id.values()] for part, by_id in kept.items()}
        return discord.Guild(data=data, state=self._state)  # type: ignore[arg-type]  # as Discord told it

    def __iter__(self) -> Iterator[int]:
        return iter(tuple(self._packed))

    def __len__(self) -> int:
        return len(self._packed)

    def pop(self, guild: int, default: None = None) -> None:
        """Forget *guild*."""
        self._packed.pop(guild, default)

    def listening(self) -> dict[str, Parse]:
        """Return event → parser, which keep what they hear."""
        return {"GUILD_CREATE": self._hear, **{event: partial(self._change, how) for event, how in _CHANGES.items()}}

    def _announce(self, data: Json) -> None:
        """Know that there is a server, of which Discord tells soon."""
        self._packed.setdefault(int(data["id"]), _packed({"own": data}))

    def _hear(self, data: Json) -> None:
        if data.get("unavailable"):
            return
        number, me = int(data["id"]), str(self._state.self_id)
        kept: Kept = {"own": {key: data[key] for key in _OWN}}
        kept |= {part: {one[key]: _read(one) for one in data.get(part, ())} for part, key in _PARTS.items()}
        kept["members"] = {one["user"]["id"]: one for one in data["members"] if one["user"]["id"] == me}
        self._packed[number] = _packed(kept)
        arrived = _Arrived(shard_id=(number >> 22) % (self._state.shard_count or 1))
        self._state._add_ready_state(arrived)  # type: ignore[arg-type]  # it may lose what comes as it stops waiting
        self._state.dispatch(ARRIVAL, number)

    def _change(self, how: Callable[[Kept, Json], None], data: Json) -> None:
        number = int(data.get("guild_id") or data["id"])
        if number in self._packed:
            kept = _unpacked(self._packed[number])
            how(kept, data)
            self._packed[number] = _packed(kept)


def _packed(kept: Kept) -> bytes:
    return zlib.compress(json.dumps(kept).encode(), _FASTEST)


def _unpacked(packed: bytes) -> Kept:
    kept: Kept = json.loads(zlib.decompress(packed))
    return kept


def _read(one: Json) -> Json:
    return {key: value for key, value in one.items() if key not in _UNREAD}


def _change_own(kept: Kept, data: Json) -> None:
    kept["own"] |= {key: data[key] for key in _OWN}
    kept["roles"] = {one["id"]: _read(one) for one in data["roles"]}


def _change_me(kept: Kept, data: Json) -> None:
    if data["user"]["id"] in kept["members"]:
        kept["members"][data["user"]["id"]] |= data


def _put(part: str, kept: Kept, data: Json) -> None:
    kept[part][data["id"]] = _read(data)


def _put_role(kept: Kept, data: Json) -> None:
    _put("roles", kept, data["role"])


def _drop(part: str, key: str, kept: Kept, data: Json) -> None:
    kept[part].pop(data[key], None)


def _drop_channel(kept: Kept, data: Json) -> None:
    _drop("channels", "id", kept, data)
    kept["threads"] = {key: one for key, one in kept["threads"].items() if one.get("parent_id") != data["id"]}


def _change_thread(kept: Kept, data: Json) -> None:
    if data["thread_metadata"].get("archived"):
        _drop("threads", "id", kept, data)
    else:
        _put("threads", kept, data)


def _tell_threads(kept: Kept, data: Json) -> None:
    """Know all threads of some channels, or of the whole server, that are not put away."""
    told = data.get("channel_ids")
    others = {key: one for key, one in kept["threads"].items() if told is not None and one["parent_id"] not in told}
    kept["threads"] = others | {one["id"]: _read(one) for one in data.get("threads", ())}


def _move(kept: Kept, data: Json) -> None:
    """Know where in a voice channel somebody is, or that they left."""
    if data["channel_id"] is None:
        _drop("voice_states", "user_id", kept, data)
    else:
        kept["voice_states"][data["user_id"]] = _read(data)


_CHANGES: Mapping[str, Callable[[Kept, Json], None]] = {
    "GUILD_UPDATE": _change_own,
    "GUILD_MEMBER_UPDATE": _change_me,
    "GUILD_ROLE_CREATE": _put_role,
    "GUILD_ROLE_UPDATE": _put_role,
    "GUILD_ROLE_DELETE": partial(_drop, "roles", "role_id"),
    "CHANNEL_CREATE": partial(_put, "channels"),
    "CHANNEL_UPDATE": partial(_put, "channels"),
    "CHANNEL_DELETE": _drop_channel,
    "THREAD_CREATE": partial(_put, "threads"),
    "THREAD_UPDATE": _change_thread,
    "THREAD_DELETE": partial(_drop, "threads", "id"),
    "THREAD_LIST_SYNC": _tell_threads,
    "VOICE_STATE_UPDATE": _move,
}
"""How what is kept changes by each event."""
