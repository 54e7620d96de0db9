"""How do meetings stand among the events of a server? Single ones, made, moved and cancelled by the bot alone."""

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

import discord
from discord.http import HTTPClient

from governor.errors import GovernorError, Refused, Unavailable
from governor.ports.board import Notice
from governor.wording.catalogue import say
from governor.wording.phrase import phrase
from integrations.discord.failing import FAILURES
from integrations.discord.marking import DISCORD, clean, cut

MOST = 100
"""How many events a server takes that are not over."""

_NAME, _ABOUT, _PLACE = 100, 1_000, 100
_IN_VOICE, _ELSEWHERE, _MEMBERS_ONLY = 2, 3, 2
_PLANNED, _HELD, _OVER, _CANCELLED = 1, 2, 3, 4
_FULL = 30038

Json = Mapping[str, Any]
T = TypeVar("T")

Server = Callable[[str | None], Awaitable[tuple[HTTPClient, int, discord.Guild | None]]]
"""Gives what talks to Discord, the id of a place, and what this process knows of it; it raises ``Unavailable``."""


class Events:
    """A board (``ports.Board``): *server* gives what talks to Discord, and the id and what is known of a place."""

    room = MOST

    def __init__(self, server: Server) -> None:
        self._server = server

    async def show(self, notice: Notice, *, known: str | None, place: str | None) -> str:
        """Make the event say what *notice* does; where it is gone, or is held before its new time, make another."""
        http, guild, cached = await self._server(place)
        fields = _fields(notice, cached)
        stands = await _found(http, guild, known, fields)
        if stands is not None and stands["status"] == _HELD and not notice.is_held:
            await _told(http.edit_scheduled_event(guild, stands["id"], status=_OVER))
            stands = None
        if stands is not None:
            changes = _changes(fields, stands, is_held=notice.is_held)
            await _told(http.edit_scheduled_event(guild, stands["id"], **changes))
            return str(stands["id"])
        if notice.is_held:  # what has begun cannot be announced any more
            return known or ""
        given = {key: value for key, value in fields.items() if value is not None}
        made = await _told(http.create_guild_scheduled_event(guild, **given, privacy_level=_MEMBERS_ONLY))
        return str(made["id"])

    async def withdraw(self, known: str, *, is_cancelled: bool, place: str | None) -> str:
        """Have the event end as its status lets it: what was never cancelled nor held is taken away."""
        http, guild, _ = await self._server(place)
        stands = await _standing(http, guild, known)
        if stands is None:
            return known
        if stands["status"] == _HELD:
            await _told(http.edit_scheduled_event(guild, stands["id"], status=_OVER))
        elif is_cancelled:
            await _told(http.edit_scheduled_event(guild, stands["id"], status=_CANCELLED))
        else:
            await _told(http.delete_scheduled_event(guild, stands["id"]))
        return known


async def _found(http: HTTPClient, guild: int, known: str | None, fields: Json) -> Json | None:
    """Return the event that stands: the one *known*, else one that was made before and of which nobody came to know."""
    if known:
        return await _standing(http, guild, known)
    for one in await _told(http.get_scheduled_events(guild, with_user_count=False)):
        if one["status"] == _PLANNED and _names(one) == _names(fields):
            return one
    return None


def _names(event: Json) -> tuple[object, ...]:
    return event["name"], event["description"], datetime.fromisoformat(event["scheduled_start_time"])


async def _standing(http: HTTPClient, guild: int, known: str) -> Json | None:
    """Return the event of that id, unless it is gone, over or cancelled."""
    try:
        found: Json = await http.get_scheduled_event(guild, int(known), with_user_count=False)
    except discord.NotFound:
        return None
    except FAILURES as error:
        raise _failure(error) from error
    return found if found["status"] in (_PLANNED, _HELD) else None


def _fields(notice: Notice, guild: discord.Guild | None) -> dict[str, Any]:
    """Return how Discord writes *notice*: in the voice channel of that name, where the server has one, or elsewhere."""
    about = "\n".join(say(line, notice.language, DISCORD) for line in notice.lines)
    fields = {
        "name": cut(clean(notice.title), _NAME).strip() or "…",
        "description": cut(about, _ABOUT),
        "scheduled_start_time": notice.start.astimezone(UTC).isoformat(),
        "scheduled_end_time": notice.end.astimezone(UTC).isoformat(),
    }
    channel = None if guild is None or notice.place is None else room_of(guild, notice.place)
    if channel is not None:
        return fields | {"entity_type": _IN_VOICE, "channel_id": str(channel.id), "entity_metadata": None}
    where = cut(clean(say(notice.where, notice.language)), _PLACE).strip() or "…"
    return fields | {"entity_type": _ELSEWHERE, "channel_id": None, "entity_metadata": {"location": where}}


def _changes(fields: Json, stands: Json, *, is_held: bool) -> dict[str, Any]:
    """Return what may still be changed of the event that *stands*: once it is held, neither its start nor its kind."""
    if not is_held:
        return dict(fields)
    fixed = {"scheduled_start_time", "entity_type", "channel_id"}
    if (fields["entity_type"], stands["entity_type"]) != (_ELSEWHERE, _ELSEWHERE):
        fixed |= {"entity_metadata"}
    begins = {"status": _HELD} if stands["status"] == _PLANNED else {}
    return {key: value for key, value in fields.items() if key not in fixed} | begins


def room_of(guild: discord.Guild, name: str) -> discord.VoiceChannel | None:
    """Return the voice channel of *guild* that people call *name*: signs and spaces make no difference."""
    return next((one for one in guild.voice_channels if _plain(one.name) == _plain(name)), None)


def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.casefold().replace("_", " ")))


async def _told(asked: Awaitable[T]) -> T:
    """Return what Discord answers.

    Raises:
        Unavailable, Refused: it does not do it.
    """
    try:
        return await asked
    except FAILURES as error:
        raise _failure(error) from error


def _failure(error: BaseException) -> GovernorError:
    if isinstance(error, discord.Forbidden):
        return Unavailable("discord-events-forbidden", permissions=(phrase("may-create-events"),), is_lasting=True)
    if isinstance(error, discord.HTTPException) and error.code == _FULL:
        return Unavailable("discord-events-full", limit=MOST, is_lasting=True)
    if isinstance(error, discord.HTTPException) and error.status == 400:
        return Refused("discord-refused", reason=str(error))
    return Unavailable("discord-unavailable", reason=str(error))
