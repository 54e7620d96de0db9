"""What did a person give, press or fill in, and how are they answered? An interaction, as the platform tells it.

discord.py makes an object of the whole message, with each of its buttons, of every press, and once more of every
answer. That takes as long as all else that it does for them, so here it only carries what is said.
"""

import json
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

import discord
from discord import InteractionResponseType, InteractionType, ui
from discord.http import Route
from discord.webhook.async_ import async_context

from integrations.discord.drawing import walk
from integrations.discord.failing import untold
from integrations.discord.messages import EPHEMERAL, Message, Part, attached, told, written

_CALLBACK = "/interactions/{webhook_id}/{webhook_token}/callback"
_NO_FILES: Mapping[str, str] = MappingProxyType({})

_TAKEN = 40060
"""Discord has the answer already."""

_AGAIN = 1.0
"""After how many seconds, at the least, discord.py gives an answer again of which was not told that it was taken."""

Json = dict[str, Any]


class Ticket:
    """An interaction of *data*, which *client* heard. It is answered once; from then on more is said, or it is changed.

    What answers it raises discord.py's and aiohttp's errors (``FAILURES``).
    """

    def __init__(self, data: Mapping[str, Any], client: discord.Client) -> None:
        self.client = client
        self.id = int(data["id"])
        self.type = InteractionType(data["type"])
        self.data: Mapping[str, Any] = data.get("data") or {}
        self.guild_id = int(data["guild_id"]) if data.get("guild_id") else None
        self.locale = str(data.get("locale", "en-US"))
        self.guild_locale: str | None = data.get("guild_locale")
        self.message = told(data["message"]) if data.get("message") else None
        self.created_at: datetime = discord.utils.snowflake_time(self.id)
        self.heard_at = time.monotonic()
        self.is_answered = False
        self._application, self._token = int(data["application_id"]), str(data["token"])
        self._channel = int(data["channel_id"]) if data.get("channel_id") else None
        self._member: Mapping[str, Any] = data.get("member") or {}
        self._user: Mapping[str, Any] = self._member.get("user") or data["user"]
        self.user_id = int(self._user["id"])

    @property
    def guild(self) -> discord.Guild | None:
        """Return the server in which it was made, if the bot is there."""
        return None if self.guild_id is None else self.client.get_guild(self.guild_id)

    @property
    def user(self) -> discord.User | discord.Member:
        """Return who made it: a member, where it was made in a server."""
        state, guild = self.client._connection, self.guild  # discord.py makes its objects of it alone
        if guild is None or not self._member:
            return discord.User(state=state, data=self._user)  # type: ignore[arg-type]  # as Discord told it
        return discord.Member(state=state, guild=guild, data=self._member)  # type: ignore[arg-type]

    @property
    def permissions(self) -> discord.Permissions:
        """Return what who made it may do there."""
        return discord.Permissions(int(self._member.get("permissions", 0)))

    @property
    def channel(self) -> discord.PartialMessageable | None:
        """Return where it was made."""
        return None if self._channel is None else self.client.get_partial_messageable(self._channel)

    @property
    def label(self) -> str | None:
        """Return what is written on the button that was pressed."""
        parts, pressed = () if self.message is None else walk(self.message.components), self.data.get("custom_id")
        return next((str(one["label"]) for one in parts if one.get("custom_id") == pressed and one.get("label")), None)

    @property
    def values(self) -> dict[str, str]:
        """Return what was filled into a form: name → text."""
        found: dict[str, str] = {}
        for row in self.data.get("components", ()):
            for one in (row.get("component"), *row.get("components", ())):
                if isinstance(one, dict) and "custom_id" in one:
                    found[str(one["custom_id"])] = str(one.get("value") or next(iter(one.get("values") or ()), ""))
        return found

    @property
    def is_command(self) -> bool:
        """Return whether it began with a command, and so no message stands there yet."""
        return self.type is InteractionType.application_command

    async def wait(self, *, is_private: bool = False) -> None:
        """Have Discord wait for the answer; who made it sees that it is worked on, alone where it *is_private*."""
        if self.is_command:
            waiting = {"flags": EPHEMERAL if is_private else 0}
            await self._answer(InteractionResponseType.deferred_channel_message, {"data": waiting})
        else:
            await self._answer(InteractionResponseType.deferred_message_update, {})

    async def send(
        self, parts: Sequence[Part], files: Mapping[str, str] = _NO_FILES, *, is_private: bool = False
    ) -> Message:
        """Answer with a message of *parts* and *files* (name → text); return it.

        One person alone sees one that *is_private*.
        """
        data = written(parts, is_private=is_private) | attached(files)
        kind = InteractionResponseType.channel_message
        answered = await self._answer(kind, {"data": data}, files, with_response="1")
        return told(answered["resource"]["message"] if answered else await self._ask("GET", "/messages/@original"))

    async def replace(self, parts: Sequence[Part]) -> None:
        """Answer by *parts* in the place of the message on which it was made."""
        await self._answer(InteractionResponseType.message_update, {"data": written(parts)})

    async def ask(self, form: ui.Modal) -> None:
        """Answer by bringing a *form*."""
        await self._answer(InteractionResponseType.modal, {"data": form.to_dict()})

    async def suggest(self, choices: Sequence[Mapping[str, str]]) -> None:
        """Answer with what may be *choices* for what is being typed: their ``name`` and ``value``."""
        await self._answer(InteractionResponseType.autocomplete_result, {"data": {"choices": [*choices]}})

    async def add(
        self, parts: Sequence[Part], files: Mapping[str, str] = _NO_FILES, *, is_private: bool = False
    ) -> Message:
        """Say more in a message, once it is answered; return it."""
        data = written(parts, is_private=is_private) | attached(files)
        return told(await self._ask("POST", "", data, files, wait="true"))

    async def change(self, parts: Sequence[Part], files: Mapping[str, str] = _NO_FILES) -> Message:
        """Show *parts* and *files* in the place of the answer; return that message."""
        return told(await self._ask("PATCH", "/messages/@original", written(parts) | attached(files), files))

    async def withdraw(self) -> None:
        """Take the answer away."""
        await self._ask("DELETE", "/messages/@original")

    async def _answer(
        self, kind: InteractionResponseType, rest: Json, files: Mapping[str, str] = _NO_FILES, **asked: str
    ) -> Any:  # noqa: ANN401  # what Discord answers; nothing, where it was taken and that was not told
        if self.is_answered:
            raise discord.ClientException(f"{self.id} was answered already: no {kind.name}")
        route = Route("POST", _CALLBACK, webhook_id=self.id, webhook_token=self._token)
        began = time.monotonic()
        try:
            answered = await self._carry(route, {"type": kind.value, **rest}, files, asked)
        except discord.HTTPException as error:
            if error.code != _TAKEN or time.monotonic() - began < _AGAIN:
                raise
            answered = None
        self.is_answered = True
        return answered

    async def _ask(
        self, method: str, path: str, data: Json | None = None, files: Mapping[str, str] = _NO_FILES, **asked: str
    ) -> Any:  # noqa: ANN401
        whole = "/webhooks/{webhook_id}/{webhook_token}" + path
        route = Route(method, whole, webhook_id=self._application, webhook_token=self._token)
        return await self._carry(route, data, files, asked)

    async def _carry(self, route: Route, data: Json | None, files: Mapping[str, str], asked: dict[str, str]) -> Any:  # noqa: ANN401
        """Have discord.py carry it as it does its own: it knows what to do with limits and failures."""
        http = self.client.http
        with untold():
            return await async_context.get().request(
                route,
                http._HTTPClient__session,  # type: ignore[attr-defined]  # webhooks have no other
                payload=None if files else data,
                multipart=_whole(data, files) if files else None,
                params=asked,
                proxy=http.proxy,
                proxy_auth=http.proxy_auth,
            )


def _whole(data: Json | None, files: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return *data* and *files* as the fields of a form."""
    kept = [
        {"name": f"files[{at}]", "value": text.encode(), "filename": name, "content_type": "application/octet-stream"}
        for at, (name, text) in enumerate(files.items())
    ]
    return [{"name": "payload_json", "value": json.dumps(data)}, *kept]
