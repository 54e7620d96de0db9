"""Which message is it? Where it is, who sees it, and its components, as the platform tells and takes them."""

from collections.abc import Mapping, Sequence
from typing import Any

import discord

from governor.values import dataclass

Part = dict[str, Any]
"""A component as the platform takes it."""

EPHEMERAL = discord.MessageFlags.ephemeral.flag
"""The flag of what one person alone sees."""

_DRAWN = discord.MessageFlags.components_v2.flag

_TAKEN = ("type", "content", "accent_color", "style", "label", "custom_id", "url", "disabled")
"""What the platform takes of what it tells of a component that was drawn here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message in a ``channel``; one person alone sees one that ``is_private``."""

    id: int
    channel: int
    is_private: bool
    components: Sequence[Part] = ()


def told(data: Mapping[str, Any]) -> Message:
    """Return the message that Discord tells in *data*."""
    return Message(
        id=int(data["id"]),
        channel=int(data["channel_id"]),
        is_private=bool(data.get("flags", 0) & EPHEMERAL),
        components=data.get("components", ()),
    )


def is_meant(data: Mapping[str, Any], bot: int | None) -> bool:
    """Return whether a person writes what Discord tells in *data* to the *bot*: alone with it, by name or in reply."""
    is_heard = not data.get("guild_id") or str(bot) in {one["id"] for one in data["mentions"]}
    return is_heard and not data["author"].get("bot", False)


def written(parts: Sequence[Part], *, is_private: bool = False) -> dict[str, Any]:
    """Return the message of *parts* as the platform takes it, which one person alone sees where it *is_private*."""
    flags = _DRAWN | EPHEMERAL if is_private else _DRAWN
    return {"components": [*parts], "flags": flags, "allowed_mentions": {"parse": []}}


def attached(files: Mapping[str, str]) -> dict[str, Any]:
    """Return what is told beside the parts of a message of its *files* (name → text); none: it keeps none."""
    return {"attachments": [{"id": at, "filename": name} for at, name in enumerate(files)]}


def sent(message: discord.Message) -> Message:
    """Return the *message* of discord.py, without its components."""
    return Message(id=message.id, channel=message.channel.id, is_private=message.flags.ephemeral)


def taken(part: Mapping[str, Any]) -> Part:
    """Return *part*, which Discord told, as it takes it."""
    kept: Part = {name: part[name] for name in _TAKEN if name in part}
    if "components" in part:
        kept["components"] = [taken(one) for one in part["components"]]
    if "file" in part:
        kept["file"] = {"url": part["file"]["url"]}
    return kept
