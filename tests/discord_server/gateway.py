"""The gateway: sessions that are compressed, resumed, dropped, and that may fall silent."""

import asyncio
import json
import secrets
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


class Gateway:
    """The gateway of one server; ``seen`` are the opcodes and the compressions that clients used, in order."""

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
        self._current: tuple[web.WebSocketResponse, _Stream, Session] | None = None
        self.seen: list[str] = []
        self.heartbeat = 41_250
        self.is_silent = False
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
        if self._current is not None and self._current[0] is socket:
            self._current = None
            self.identified.clear()
            self._notify()
        return socket

    async def dispatch(self, event: str, data: object) -> None:
        """Tell the client that *event* happened; while it is away, when it resumes."""
        session = self._current[2] if self._current else next(reversed(self._sessions.values()), None)
        if session is None:
            raise RuntimeError("nobody has identified yet")
        payload = {"op": 0, "t": event, "s": len(session.events) + 1, "d": data}
        session.events.append(payload)
        if self._current is not None and not self.is_silent:
            await self._send(self._current[0], self._current[1], payload)

    async def drop(self, code: int = 4000, *, is_resumable: bool = True) -> None:
        """Close the connection."""
        if self._current is not None:
            socket, _, session = self._current
            session.is_resumable = is_resumable
            self._current = None
            self.identified.clear()
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
        session = Session(id=secrets.token_hex(16))
        self._sessions[session.id] = session
        self._current = (socket, stream, session)
        self.is_silent = False
        guilds = self._guilds()
        ready = {
            "v": 10,
            "user": self._bot,
            "guilds": [{"id": guild["id"], "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": self._url(),
            "shard": data.get("shard", [0, 1]),
            "application": {"id": self._bot["id"], "flags": 0},
            "private_channels": [],
            "relationships": [],
            "presences": [],
        }
        await self.dispatch("READY", ready)
        for guild in guilds:
            await self.dispatch("GUILD_CREATE", guild)
        self.identified.set()
        self._notify()

    async def _resume(self, socket: web.WebSocketResponse, stream: _Stream, data: Json) -> None:
        session = self._sessions.get(data["session_id"])
        if session is None or not session.is_resumable or data["token"] != self._token:
            await self._send(socket, stream, {"op": 9, "d": False})
            return
        self._current = (socket, stream, session)
        self.is_silent = False
        for event in session.events[data["seq"] or 0 :]:
            await self._send(socket, stream, event)
        await self.dispatch("RESUMED", {"_trace": []})
        self.identified.set()
        self._notify()
