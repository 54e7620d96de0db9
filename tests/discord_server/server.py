"""The server: Discord's REST interface and gateway on a port of this machine, in a thread of its own."""

import asyncio
import email
import email.policy
import json
import re
import threading
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import unquote

from aiohttp import web

from tests.discord_server import description, limits, payloads
from tests.discord_server.buckets import Buckets
from tests.discord_server.events import Events
from tests.discord_server.gateway import Gateway

Json = dict[str, Any]
T = TypeVar("T")

TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAx.Gabcde.loopback-token-of-a-bot"  # noqa: S105  # of no bot
APPLICATION = "100000000000000001"


@dataclass
class Fault:
    """The next ``times`` requests of ``method`` to what ``path`` matches fare like this."""

    method: str
    path: str
    status: int
    times: int = 1
    retry_after: float = 0.05
    code: int = 0
    is_global: bool = False


@dataclass
class Shown:
    """A message as people see it: where, what, whether only who asked sees it, and whether it may call anybody."""

    payload: Json
    channel: str
    files: dict[str, bytes] = field(default_factory=dict)
    is_private: bool = False
    edits: int = 0
    is_deleted: bool = False
    is_loud: bool = False

    @property
    def id(self) -> str:
        """Return the message's id."""
        return str(self.payload["id"])

    @property
    def text(self) -> str:
        """Return everything that can be read on it."""
        said = [self.payload["content"]]
        for one in limits.walk(self.payload["components"]):
            said += [str(one[part]) for part in ("content", "label") if one.get(part)]
        return "\n".join([*said, *(data.decode() for data in self.files.values())])

    @property
    def buttons(self) -> dict[str, str]:
        """Return label → custom_id of the buttons that can be pressed."""
        everything = limits.walk(self.payload["components"])
        return {one["label"]: one["custom_id"] for one in everything if one["type"] == 2 and not one.get("disabled")}


@dataclass
class Asked:
    """One interaction, and what became of it: after how many seconds it was first ``waited`` for no more."""

    token: str
    payload: Json
    kinds: list[int] = field(default_factory=list)
    messages: list[Shown] = field(default_factory=list)
    modal: Json | None = None
    choices: list[Json] | None = None
    original: Shown | None = None
    is_private: bool = False
    is_thinking: bool = False
    began: float = field(default_factory=time.monotonic)
    waited: float | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_answered(self) -> bool:
        """Return whether something final is there to be seen."""
        return bool(self.messages or self.modal is not None or self.choices is not None or 7 in self.kinds)

    @property
    def text(self) -> str:
        """Return all that was shown."""
        said = [] if self.modal is None else [self.modal["title"]]
        said += [
            str(one.get("label", one.get("content", "")))
            for one in limits.walk((self.modal or {}).get("components", []))
        ]
        said += [str(choice["name"]) for choice in self.choices or ()]
        seen = [*self.messages, *([self.original] if 7 in self.kinds and self.original else [])]
        return "\n".join([*said, *dict.fromkeys(one.text for one in seen if not one.is_deleted)])


class DiscordServer:
    """A Discord with any number of guilds; ``wrongs`` is everything that the bot sent and Discord would refuse.

    ``limited`` is everything that was asked though its bucket was empty. One that ``is_described`` holds all that is
    said against Discord's description, which costs more than answering. Of the next ``lost`` answers to interactions,
    which are taken, the bot is told that they failed.
    """

    def __init__(self, heartbeat: int = 41_250, *, is_described: bool = True) -> None:
        self.is_described = is_described
        self.buckets = Buckets()
        self.limited: list[tuple[str, str]] = []
        self.bot = payloads.user(APPLICATION, "governor", is_bot=True)
        self.guilds: dict[str, Json] = {}
        self.channels: dict[str, Json] = {}
        self.messages: dict[str, Shown] = {}
        self.asked: dict[str, Asked] = {}
        self.commands: list[Json] = []
        self.wrongs: list[str] = []
        self.events = Events(self.bot, self._permissions, self.wrongs.append)
        self.requests: list[tuple[str, str]] = []
        self.faults: list[Fault] = []
        self.nonces: dict[str, str] = {}
        self.roles: dict[tuple[str, str], list[str]] = {}
        self.left: set[str] = set()
        self.shut: dict[str, tuple[int, Json]] = {}
        self.reasons: list[str] = []
        self.patience = 30.0
        self.lost = 0
        self.shards = 1
        self._heartbeat = heartbeat
        self._changed = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> "DiscordServer":
        self._thread.start()
        self.do(self._start())
        return self

    def __exit__(self, *_: object) -> None:
        self.do(self._runner.cleanup())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def api_url(self) -> str:
        """Return what stands for https://discord.com/api/v10."""
        return f"http://127.0.0.1:{self.port}/api/v10"

    @property
    def gateway_url(self) -> str:
        """Return what stands for wss://gateway.discord.gg/."""
        return f"ws://127.0.0.1:{self.port}/gateway"

    def do(self, work: Coroutine[Any, Any, T], seconds: float = 30) -> T:
        """Return what *work* gives within so many *seconds*, done in the server's thread."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(seconds)

    def until(self, holds: Callable[[], T], seconds: float = 10) -> T:
        """Return what *holds* returns, once that is true; it is asked after every request."""
        found: list[T] = []

        def is_so() -> bool:
            found[:] = [holds()]
            return bool(found[0])

        with self._changed:
            assert self._changed.wait_for(is_so, seconds), (self.wrongs, self.requests[-5:])
        return found[0]

    def notify(self) -> None:
        """Have everybody who waits look again."""
        with self._changed:
            self._changed.notify_all()

    async def _start(self) -> None:
        app = web.Application(client_max_size=30 * 1024 * 1024)
        app.router.add_get("/gateway", self._gateway_socket)
        app.router.add_get("/gateway/", self._gateway_socket)
        app.router.add_route("*", "/api/v10/{path:.*}", self._rest)
        self._runner = web.AppRunner(app, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port: int = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]  # there is no other way
        self.gateway = Gateway(
            TOKEN, self.bot, lambda: list(self.guilds.values()), lambda: self.gateway_url, self.notify
        )
        self.gateway.heartbeat = self._heartbeat

    async def _gateway_socket(self, request: web.Request) -> web.StreamResponse:
        return await self.gateway.serve(request)

    async def _rest(self, request: web.Request) -> web.StreamResponse:
        path, method = f"/{request.match_info['path']}", request.method
        self.requests.append((method, path))
        if "X-Audit-Log-Reason" in request.headers:
            self.reasons.append(unquote(request.headers["X-Audit-Log-Reason"]))
        fault = next(
            (one for one in self.faults if one.times and one.method == method and re.search(one.path, path)), None
        )
        if fault is not None:
            fault.times -= 1
            self.notify()
            return self._failed(fault, method, path)
        is_free, left = self.buckets.take(method, path)
        if not is_free:
            self.limited.append((method, path))
            wait = float(left["X-RateLimit-Reset-After"])
            return self._failed(Fault(method, path, 429, retry_after=wait), method, path)
        if (
            "/interactions/" not in path
            and "/webhooks/" not in path
            and request.headers.get("Authorization") != f"Bot {TOKEN}"
        ):
            return self._answer(401, {"message": "401: Unauthorized", "code": 0})
        refusal = self._refusal(path)
        if refusal is not None:
            self.notify()
            return self._answer(*refusal, left)
        try:
            body, files = await _body(request)
            if self.is_described:
                description.check_request(method, path, body)
            status, answer = await self._act(method, path, body or {}, files, request)
            if self.is_described and status != 204:
                description.check_answer(method, path, status, answer)
        except (description.Unlike, limits.TooMuch) as wrong:
            self.wrongs.append(str(wrong))
            status, answer = 400, {"message": "Invalid Form Body", "code": 50035}
        except Exception as bug:  # noqa: BLE001  # of this server: the test that meets it must fail
            self.wrongs.append(f"{method} {path}: {bug!r}")
            status, answer = 500, {"message": "a bug of the server", "code": 0}
        self._settle(path)
        self.notify()
        return self._answer(status, answer, left)

    def _refusal(self, path: str) -> tuple[int, Json] | None:
        """Return how the bot is refused what is in a guild in which it is not, and its messages to people alone."""
        kind, number = (*path.split("/")[1:3], "")[:2]
        channel = self.channels.get(number, {}) if kind == "channels" else {}
        if channel.get("type") == 1 and not self.guilds:
            return 403, {"message": "Cannot send messages to this user due to having no mutual guilds", "code": 50278}
        return self.shut.get(number if kind == "guilds" else channel.get("guild_id", ""))

    def _settle(self, path: str) -> None:
        """Have whoever waits for the interaction of *path* go on, where it is answered."""
        asked = next((self.asked[part] for part in path.split("/")[3:4] if part in self.asked), None)
        if asked is not None and asked.is_answered:
            asked.answered.set()

    def _answer(self, status: int, body: object, headers: dict[str, str] | None = None) -> web.Response:
        data = b"" if status == 204 else json.dumps(body).encode()
        kind = {} if status == 204 else {"Content-Type": "application/json"}
        return web.Response(status=status, body=data, headers={**kind, "Via": "1.1 loopback", **(headers or {})})

    def _failed(self, fault: Fault, method: str, path: str) -> web.Response:
        body: Json = {"message": "It is so.", "code": fault.code}
        if fault.status == 429:
            body = {
                "message": "You are being rate limited.",
                "code": fault.code,
                "retry_after": fault.retry_after,
                "global": fault.is_global,
            }
        if self.is_described:
            try:
                description.check_answer(method, path, fault.status, body)
            except description.Unlike as wrong:
                self.wrongs.append(str(wrong))
        if fault.status != 429:
            return self._answer(fault.status, body)
        more = {
            "Retry-After": str(fault.retry_after),
            "X-RateLimit-Remaining": "0",
            "X-RateLimit-Reset-After": str(fault.retry_after),
        }
        return self._answer(429, body, more)

    async def _act(
        self, method: str, path: str, body: Json, files: dict[str, bytes], request: web.Request
    ) -> tuple[int, object]:
        for (verb, pattern), act in _ACTS.items():
            found = re.fullmatch(pattern, path)
            if verb == method and found:
                status, answer = act(self, *found.groups(), body=body, files=files)
                is_silent = status == 200 and path.endswith("/callback") and "with_response" not in request.query
                return (204, None) if is_silent else (status, answer)
        return 404, {"message": "404: Not Found", "code": 0}

    # -- what can be asked of it

    def me(self, body: Json, files: dict[str, bytes]) -> tuple[int, object]:
        """Return the bot."""
        return 200, {**self.bot, "mfa_enabled": False, "locale": "en-US", "verified": True, "email": None}

    def application(self, body: Json, files: dict[str, bytes]) -> tuple[int, object]:
        """Return the application."""
        return 200, payloads.application(self.bot)

    def gateway_bot(self, body: Json, files: dict[str, bytes]) -> tuple[int, object]:
        """Return how many shards are advised, and how many of them may identify at once."""
        limit = {"total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1}
        return 200, {"url": self.gateway_url, "shards": self.shards, "session_start_limit": limit}

    def put_commands(self, _: str, body: Json, files: dict[str, bytes]) -> tuple[int, object]:
        """Replace every command."""
        limits.check_commands(body)
        self.commands = [{**one, "id": payloads.snowflake()} for one in body]
        answered = [_command(one) for one in self.commands]
        return 200, answered

    def callback(self, _: str, token: str, body: Json, files: dict[str, bytes]) -> tuple[int, object]:
        """Answer an interaction."""
        asked = self.asked.get(token)
        if asked is None or time.monotonic() - asked.began > self.patience:
            return 404, {"message": "Unknown interaction", "code": 10062}
        if asked.kinds:
            return 400, {"message": "Interaction has already been acknowledged.", "code": 40060}
        asked.waited = time.monotonic() - asked.began
        kind, data = body["type"], body.get("data") or {}
        asked.is_private = bool(data.get("flags", 0) & 64)
        shown = None
        if kind == 4:
            limits.check_message(data, len(files))
            shown = self._show(asked.payload["channel_id"], data, files, asked)
            asked.original = shown
        if kind == 7:
            limits.check_message(data, len(files), is_edit=True)
            shown = self._edit(asked.original, data, files)
        if kind == 8:
            limits.check_choices(data["choices"])
            asked.choices = data["choices"]
        if kind == 9:
            limits.check_modal(data)
            asked.modal = data
        asked.kinds.append(kind)
        asked.is_thinking = kind == 5
        inner = {"id": asked.payload["id"], "type": asked.payload["type"], "response_message_loading": kind == 5,
                 "response_message_ephemeral": asked.is_private}  # fmt: skip
        if shown is not None:
            inner["response_message_id"] = shown.id
        resource = {} if shown is None else {"resource": {"type": kind, "message": shown.payload}}
        if self.lost:  # it is taken, and nobody hears of that
            self.lost -= 1
            return 502, {"message": "Bad Gateway", "code": 0}
        return 200, {"interaction": inner, **resource}

    def follow_up(self, _: str, token: str, body: Json, files: dict[str, bytes]) -> tuple[int, object]:
        """Say more."""
        asked = self.asked[token]
        if not asked.kinds:
            return 404, {"message": "Unknown Webhook", "code": 10015}
        limits.check_message(body, len(files))
        if asked.is_thinking:  # it takes the place of "is thinking", and is seen by whoever saw that
            asked.is_thinking = False
            body = {**body, "flags": body.get("flags", 0) & ~64 | (64 if asked.is_private else 0)}
        shown = self._show(asked.payload["channel_id"], body, files, asked)
        if asked.original is None:
            asked.original = shown
        return 200, shown.payload

    def edit_original(self, _: str, token: str, body: Json, files: dict[str, bytes]) -> tuple[int, object]:
        """Edit the first answer; where it was put off, give it."""
        asked = self.asked[token]
        asked.is_thinking = False
        limits.check_message(body, len(files), is_edit=True)
        if asked.original is None:
            shown = self._show(asked.payload["channel_id"], body, files, asked)
            asked.original = shown
        else:
            shown = self._edit(asked.original, body, files)
            asked.kinds.append(7)
        return 200, shown.payload

    def read_original(self, _: str, token: str, body: Json, files: dict[str, bytes]) -> tuple[int, object]:
        """Return the first answer."""
        shown = self.asked[token].original
        return (200, shown.payload) if shown else (404, {"message": "Unknown Message", "code": 10008})

    def delete_original(self, _: str, token: str, body: Json, files: dict[str, bytes]) -> tuple[int, object]:
        """Take the first answer away."""
        shown = self.asked[token].original
        self.asked[token].is_thinking = False
        if shown is not None:
            shown.is_deleted = True
        return 204, None

    def post(self, channel: str, body: Json, files: dict[str, bytes]) -> tuple[int, object]:
        """Say something in a channel; the same nonce once."""
        if channel not in self.channels:
            return 404, {"message": "Unknown Channel", "code": 10003}
        limits.check_message(body, len(files))
        nonce = str(body.get("nonce", ""))
        if nonce and body.get("enforce_nonce") and nonce in self.nonces:
            return 200, self.messages[self.nonces[nonce]].payload
        shown = self._show(channel, body, files, None)
        if nonce:
            self.nonces[nonce] = shown.id
            shown.payload["nonce"] = nonce
        return 200, shown.payload

    def edit(self, _: str, message: str, body: Json, files: dict[str, bytes]) -> tuple[int, object]:
        """Edit a message of the bot's."""
        shown = self.messages.get(message)
        if shown is None or shown.is_deleted:
            return 404, {"message": "Unknown Message", "code": 10008}
        limits.check_message(body, len(files), is_edit=True)
        return 200, self._edit(shown, body, files).payload

    def read(self, _: str, message: str, body: Json, files: dict[str, bytes]) -> tuple[int, object]:
        """Return a message."""
        shown = self.messages.get(message)
        if shown is None or shown.is_deleted or shown.is_private:
            return 404, {"message": "Unknown Message", "code": 10008}
        return 200, shown.payload

    def open_direct(self, body: Json, files: dict[str, bytes]) -> tuple[int, object]:
        """Open the private channel with somebody."""
        channel = payloads.snowflake()
        self.channels[channel] = payloads.direct(channel, payloads.user(str(body["recipient_id"]), "person"))
        return 200, self.channels[channel]

    def read_member(self, guild: str, who: str, body: Json, files: dict[str, bytes]) -> tuple[int, object]:
        """Return a member of a guild with their roles."""
        if guild not in self.guilds or who in self.left:
            return 404, {"message": "Unknown Member", "code": 10007}
        return 200, payloads.member(self.roles.get((guild, who), [])) | {"user": payloads.user(who, "person")}

    def read_roles(self, guild: str, body: Json, files: dict[str, bytes]) -> tuple[int, object]:
        """Return the roles that there are in a guild."""
        return 200, self.guilds[guild]["roles"]

    def give_role(self, guild: str, who: str, role: str, body: Json, files: dict[str, bytes]) -> tuple[int, object]:
        """Give somebody a role."""
        return self._change_role(guild, who, role, is_given=True)

    def take_role(self, guild: str, who: str, role: str, body: Json, files: dict[str, bytes]) -> tuple[int, object]:
        """Take a role from somebody."""
        return self._change_role(guild, who, role, is_given=False)

    def _change_role(self, guild: str, who: str, role: str, *, is_given: bool) -> tuple[int, object]:
        known = {one["id"]: one for one in self.guilds[guild]["roles"]}
        if role not in known:
            return 404, {"message": "Unknown Role", "code": 10011}
        mine = [known[one] for one in self.guilds[guild]["members"][0]["roles"]]
        may = any(int(one["permissions"]) & 1 << 28 for one in mine)
        if not may or known[role]["position"] >= max((one["position"] for one in mine), default=0):
            return 403, {"message": "Missing Permissions", "code": 50013}
        had = [one for one in self.roles.get((guild, who), []) if one != role]
        self.roles[guild, who] = [*had, role] if is_given else had
        return 204, None

    def begin_thread(self, channel: str, message: str, body: Json, files: dict[str, bytes]) -> tuple[int, object]:
        """Begin a thread under a message: it has the message's id."""
        parent, shown = self.channels.get(channel), self.messages.get(message)
        if parent is None or shown is None:
            return 404, {"message": "Unknown Message", "code": 10008}
        if not self._permissions(parent["guild_id"]) & 1 << 35:
            return 403, {"message": "Missing Permissions", "code": 50013}
        if message in self.channels:
            return 400, {"message": "A thread has already been created for this message", "code": 160004}
        self.channels[message] = payloads.thread(message, parent, str(self.bot["id"]), body)
        return 201, self.channels[message]

    def change_channel(self, channel: str, body: Json, files: dict[str, bytes]) -> tuple[int, object]:
        """Put a thread away, or take it up again."""
        if channel not in self.channels:
            return 404, {"message": "Unknown Channel", "code": 10003}
        self.channels[channel]["thread_metadata"] |= body
        return 200, self.channels[channel]

    def make_event(self, guild: str, body: Json, files: dict[str, bytes]) -> tuple[int, object]:
        """Plan an event."""
        return self.events.make(guild, body)

    def change_event(self, guild: str, event: str, body: Json, files: dict[str, bytes]) -> tuple[int, object]:
        """Change an event."""
        return self.events.change(guild, event, body)

    def remove_event(self, guild: str, event: str, body: Json, files: dict[str, bytes]) -> tuple[int, object]:
        """Take an event away."""
        return self.events.remove(guild, event)

    def find_event(self, guild: str, event: str, body: Json, files: dict[str, bytes]) -> tuple[int, object]:
        """Return an event."""
        return self.events.find(guild, event)

    def list_events(self, guild: str, body: Json, files: dict[str, bytes]) -> tuple[int, object]:
        """Return the events of a guild."""
        return self.events.list(guild)

    def _permissions(self, guild: str) -> int:
        return int(self.guilds[guild]["roles"][0]["permissions"])

    def _show(self, channel: str, body: Json, files: dict[str, bytes], asked: Asked | None) -> Shown:
        attachments = [payloads.attachment(name, data) for name, data in files.items()]
        payload = payloads.message(payloads.snowflake(), channel, self.bot, body, attachments)
        shown = Shown(payload, channel, files, bool(body.get("flags", 0) & 64))
        shown.is_loud = body.get("allowed_mentions", {"parse": ["everyone"]}).get("parse") != []
        if asked is not None:
            shown.is_private |= asked.is_private and not asked.messages
            asked.messages.append(shown)
        self.messages[shown.id] = shown
        return shown

    def _edit(self, shown: Shown | None, body: Json, files: dict[str, bytes]) -> Shown:
        assert shown is not None
        attachments = [payloads.attachment(name, data) for name, data in files.items()]
        flags = body.get("flags", shown.payload["flags"]) | (64 if shown.is_private else 0)  # nobody else ever sees it
        changed = {**shown.payload, **body, "flags": flags}
        after = payloads.message(shown.id, shown.channel, self.bot, changed, attachments)
        shown.payload, shown.files, shown.edits = after, files or shown.files, shown.edits + 1
        return shown


def _command(one: Json) -> Json:
    kept = {"id": one["id"], "application_id": APPLICATION, "version": one["id"], "default_member_permissions": None,
            "type": one.get("type", 1), "name": one["name"], "description": one.get("description", ""),
            "integration_types": [0], "contexts": one.get("contexts"), "nsfw": False}  # fmt: skip
    more = {key: one[key] for key in ("options", "name_localizations", "description_localizations") if key in one}
    return kept | more


async def _body(request: web.Request) -> tuple[Any, dict[str, bytes]]:
    """Return what was sent: the body, and the files with it by name.

    The parts are taken apart by the standard library: aiohttp's own reader warns of itself (aiohttp #3260), or not,
    as the pieces of the body happen to arrive.
    """
    data = await request.read()
    if request.content_type != "multipart/form-data":
        return (json.loads(data) if data else None), {}
    head = f"Content-Type: {request.headers['Content-Type']}\r\n\r\n"
    body, files = None, {}
    for part in email.message_from_bytes(head.encode() + data, policy=email.policy.HTTP).iter_parts():
        content, name = part.get_payload(decode=True), part.get_filename()
        assert isinstance(content, bytes)
        if name:
            files[name] = content
        elif part.get_param("name", header="content-disposition") == "payload_json":
            body = json.loads(content)
    return body, files


_ACTS: dict[tuple[str, str], Callable[..., tuple[int, object]]] = {
    ("GET", "/users/@me"): DiscordServer.me,
    ("GET", "/gateway/bot"): DiscordServer.gateway_bot,
    ("GET", "/oauth2/applications/@me"): DiscordServer.application,
    ("GET", "/applications/@me"): DiscordServer.application,
    ("PUT", r"/applications/(\d+)/commands"): DiscordServer.put_commands,
    ("POST", r"/interactions/(\d+)/([^/]+)/callback"): DiscordServer.callback,
    ("POST", r"/webhooks/(\d+)/([^/]+)"): DiscordServer.follow_up,
    ("PATCH", r"/webhooks/(\d+)/([^/]+)/messages/@original"): DiscordServer.edit_original,
    ("GET", r"/webhooks/(\d+)/([^/]+)/messages/@original"): DiscordServer.read_original,
    ("DELETE", r"/webhooks/(\d+)/([^/]+)/messages/@original"): DiscordServer.delete_original,
    ("POST", r"/channels/(\d+)/messages"): DiscordServer.post,
    ("PATCH", r"/channels/(\d+)/messages/(\d+)"): DiscordServer.edit,
    ("GET", r"/channels/(\d+)/messages/(\d+)"): DiscordServer.read,
    ("POST", "/users/@me/channels"): DiscordServer.open_direct,
    ("GET", r"/guilds/(\d+)/members/(\d+)"): DiscordServer.read_member,
    ("GET", r"/guilds/(\d+)/roles"): DiscordServer.read_roles,
    ("PUT", r"/guilds/(\d+)/members/(\d+)/roles/(\d+)"): DiscordServer.give_role,
    ("DELETE", r"/guilds/(\d+)/members/(\d+)/roles/(\d+)"): DiscordServer.take_role,
    ("POST", r"/channels/(\d+)/messages/(\d+)/threads"): DiscordServer.begin_thread,
    ("PATCH", r"/channels/(\d+)"): DiscordServer.change_channel,
    ("GET", r"/guilds/(\d+)/scheduled-events"): DiscordServer.list_events,
    ("POST", r"/guilds/(\d+)/scheduled-events"): DiscordServer.make_event,
    ("GET", r"/guilds/(\d+)/scheduled-events/(\d+)"): DiscordServer.find_event,
    ("PATCH", r"/guilds/(\d+)/scheduled-events/(\d+)"): DiscordServer.change_event,
    ("DELETE", r"/guilds/(\d+)/scheduled-events/(\d+)"): DiscordServer.remove_event,
}
