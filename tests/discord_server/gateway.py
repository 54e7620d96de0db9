"""The gateway: sessions that are compressed, resumed, dropped, and that may fall silent."""

import asyncio
import json
import secrets
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import zstandard
from aiohttp import WSMsgType, web

Json = dict[str, Any]


class _Stream:
    """One connection's transport compression."""

    def __init__(self, kind: str | None) -> None:
        self._zlib = zlib.compressobj() if kind == "zlib-stream" else None
        self._zstd = zstandard.ZstdCompressor().compressobj() if kind == "zstd-stream" else None

    def packed(self, payload: Json | bytes) -> str | bytes:
        """Return *payload* as it goes over the wire."""
        data = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        if self._zlib is not None:
            return self._zlib.compress(data) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
        if self._zstd is not None:
            return self._zstd.compress(data) + self._zstd.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
        return data.decode()


@dataclass
class Session:
    """What one identification began: every event is kept, to be told again after a RESUME."""

    id: str
    events: list[Json] = field(default_factory=list)
    is_resumable: bool = True
    shard: tuple[int, int] = (0, 1)


Line = tuple[web.WebSocketResponse, "_Stream", Session]


class Gateway:
    """The gateway of one server; ``seen`` are the opcodes and the compressions that clients used, in order.

    One that ``is_brief`` says which guilds there are, and nothing more of them.
    """

    def __init__(
        self,
        token: str,
        bot: Json,
        guilds: Callable[[], list[Json]],
        url: Callable[[], str],
        notify: Callable[[], None],
    ) -> None:
        self._token = token
        self._bot = bot
        self._guilds = guilds
        self._url = url
        self._notify = notify
        self._sessions: dict[str, Session] = {}
        self._lines: dict[int, Line] = {}
        self.identifies: list[tuple[float, int]] = []
        self.seen: list[str] = []
        self.heartbeat = 41_250
        self.is_silent = self.is_brief = False
        self.identified = asyncio.Event()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Talk to one client until it leaves."""
        socket = web.WebSocketResponse(max_msg_size=16384)
        await socket.prepare(request)
        kind = request.query.get("compress")
        self.seen.append(kind or "plain")
        stream = _Stream(kind)
        await self._send(socket, stream, {"op": 10, "d": {"heartbeat_interval": self.heartbeat, "_trace": []}})
        async for received in socket:
            if received.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                break
            await self._take(socket, stream, json.loads(received.data))
            self._notify()
        for shard, line in list(self._lines.items()):
            if line[0] is socket:
                self._hang_up(shard)
                self._notify()
        return socket

    @property
    def shards(self) -> list[int]:
        """Return the shards that are connected now."""
        return sorted(self._lines)

    @property
    def _current(self) -> Line | None:
        return next(reversed(self._lines.values()), None)

    def _hang_up(self, shard: int) -> None:
        del self._lines[shard]
        if not self._lines:
            self.identified.clear()

    async def dispatch(self, event: str, data: object) -> None:
        """Tell the client that *event* happened, in the shard that hears of it; while it is away, when it resumes."""
        known = list(self._sessions.values())
        guild = data.get("guild_id") if isinstance(data, dict) else None
        sessions = [one for one in known if one.shard[0] == (int(guild or 0) >> 22) % one.shard[1]]
        if not sessions:
            raise RuntimeError("nobody has identified yet")
        await self._tell_session(sessions[-1], event, data)

    async def _tell_session(self, session: Session, event: str, data: object) -> None:
        payload = {"op": 0, "t": event, "s": len(session.events) + 1, "d": data}
        session.events.append(payload)
        line = self._lines.get(session.shard[0])
        if line is not None and line[2] is session and not self.is_silent:
            await self._send(line[0], line[1], payload)

    async def drop(self, code: int = 4000, *, is_resumable: bool = True) -> None:
        """Close the connection."""
        if self._current is not None:
            socket, _, session = self._current
            session.is_resumable = is_resumable
            self._hang_up(session.shard[0])
            await socket.close(code=code)

    async def tell(self, payload: Json | bytes) -> None:
        """Send *payload* as it stands."""
        assert self._current is not None
        await self._send(self._current[0], self._current[1], payload)

    async def _send(self, socket: web.WebSocketResponse, stream: _Stream, payload: Json | bytes) -> None:
        packed = stream.packed(payload)
        await (socket.send_str(packed) if isinstance(packed, str) else socket.send_bytes(packed))

    async def _take(self, socket: web.WebSocketResponse, stream: _Stream, said: Json) -> None:
        match said["op"]:
            case 1:
                self.seen.append("heartbeat")
                if not self.is_silent:
                    await self._send(socket, stream, {"op": 11, "d": None})
            case 2:
                self.seen.append("identify")
                await self._identify(socket, stream, said["d"])
            case 6:
                self.seen.append("resume")
                await self._resume(socket, stream, said["d"])

    async def _identify(self, socket: web.WebSocketResponse, stream: _Stream, data: Json) -> None:
        if data["token"] != self._token:
            await socket.close(code=4004, message=b"Authentication failed.")
            return
        if data["intents"] & ((1 << 15) | (1 << 1) | (1 << 8)):
            await socket.close(code=4014, message=b"Disallowed intent(s).")
            return
        number, count = data.get("shard", [0, 1])
        session = Session(id=secrets.token_hex(16), shard=(number, count))
        self.identifies.append((time.monotonic(), number))
        self._sessions[session.id] = session
        self._lines.pop(number, None)
        self._lines[number] = (socket, stream, session)
        self.is_silent = False
        guilds = [one for one in self._guilds() if (int(one["id"]) >> 22) % count == number]
        ready = {
            "v": 10,
            "user": self._bot,
            "guilds": [{"id": guild["id"], "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": self._url(),
            "shard": [number, count],
            "application": {"id": self._bot["id"], "flags": 0},
            "private_channels": [],
            "relationships": [],
            "presences": [],
        }
        await self._tell_session(session, "READY", ready)
        for guild in () if self.is_brief else guilds:
            await self._tell_session(session, "GUILD_CREATE", guild)
        self.identified.set()
        self._notify()

    async def _resume(self, socket: web.WebSocketResponse, stream: _Stream, data: Json) -> None:
        session = self._sessions.get(data["session_id"])
        if session is None or not session.is_resumable or data["token"] != self._token:
            await self._send(socket, stream, {"op": 9, "d": False})
            return
        self._lines.pop(session.shard[0], None)
        self._lines[session.shard[0]] = (socket, stream, session)
        self.is_silent = False
        for event in session.events[data["seq"] or 0 :]:
            await self._send(socket, stream, event)
        await self._tell_session(session, "RESUMED", {"_trace": []})
        self.identified.set()
        self._notify()
