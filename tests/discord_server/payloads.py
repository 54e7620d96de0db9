"""How does Discord write users, guilds, channels, messages and interactions?"""

import itertools
import time
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
EPOCH = 1_420_070_400_000
_count = itertools.count()


def snowflake(at: float | None = None) -> str:
    """Return a new id, made at *at* (seconds since 1970; now)."""
    milliseconds = int((time.time() if at is None else at) * 1000) - EPOCH
    return str((milliseconds << 22) | next(_count) & 0x3FFFFF)


def now() -> str:
    """Return the present instant as Discord writes it."""
    return time.strftime("%Y-%m-%dT%H:%M:%S.000000+00:00", time.gmtime())


def user(user_id: str, name: str, *, is_bot: bool = False) -> Json:
    """Return a user."""
    return {
        "id": user_id,
        "username": name,
        "avatar": None,
        "discriminator": "0",
        "public_flags": 0,
        "flags": 0,
        "bot": is_bot,
        "global_name": name.title(),
        "primary_guild": None,
    }


def application(bot: Json) -> Json:
    """Return the application of *bot*."""
    return {
        "id": bot["id"],
        "name": "Governor",
        "icon": None,
        "description": "",
        "type": None,
        "bot": bot,
        "verify_key": "0" * 64,
        "flags": 0,
        "flags_new": "0",
        "max_participants": None,
        "tags": [],
        "hook": True,
        "bot_public": True,
        "bot_require_code_grant": False,
        "integration_types_config": {},
        "team": None,
        "owner": user("100000000000000002", "owner"),
        "eligible_oauth2_scopes": [],
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "approximate_guild_count": 1,
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "creator_monetization_state": 1,
    }


def member(roles: list[str]) -> Json:
    """Return a member of a guild, without the user."""
    return {
        "avatar": None,
        "banner": None,
        "communication_disabled_until": None,
        "flags": 0,
        "joined_at": "2026-01-01T00:00:00.000000+00:00",
        "nick": None,
        "pending": False,
        "premium_since": None,
        "roles": roles,
        "mute": False,
        "deaf": False,
    }


def channel(channel_id: str, guild_id: str, name: str) -> Json:
    """Return a text channel."""
    return {
        "id": channel_id,
        "type": 0,
        "guild_id": guild_id,
        "name": name,
        "position": 0,
        "permission_overwrites": [],
        "flags": 0,
        "parent_id": None,
        "topic": None,
        "nsfw": False,
        "last_message_id": None,
        "rate_limit_per_user": 0,
    }


def thread(thread_id: str, parent: Json, owner: str, body: Json) -> Json:
    """Return a thread under a message of the channel *parent*."""
    return {
        "id": thread_id,
        "type": 11,
        "guild_id": parent["guild_id"],
        "name": body["name"],
        "parent_id": parent["id"],
        "owner_id": owner,
        "flags": 0,
        "last_message_id": None,
        "rate_limit_per_user": 0,
        "message_count": 0,
        "member_count": 1,
        "total_message_sent": 0,
        "thread_metadata": {
            "archived": False,
            "archive_timestamp": now(),
            "auto_archive_duration": body["auto_archive_duration"],
            "locked": False,
            "create_timestamp": now(),
        },
    }


def direct(channel_id: str, recipient: Json) -> Json:
    """Return the private channel with *recipient*."""
    return {"id": channel_id, "type": 1, "flags": 0, "last_message_id": None, "recipients": [recipient]}


def role(role_id: str, name: str, position: int, permissions: int) -> Json:
    """Return a role."""
    return {
        "id": role_id,
        "name": name,
        "description": None,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "icon": None,
        "unicode_emoji": None,
        "position": position,
        "permissions": str(permissions),
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


def guild(guild_id: str, name: str, owner: str, channels: list[Json], bot: Json) -> Json:
    """Return what GUILD_CREATE says."""
    everyone = role(guild_id, "@everyone", 0, (1 << 50) - 1)
    return {
        "id": guild_id,
        "name": name,
        "icon": None,
        "splash": None,
        "discovery_splash": None,
        "owner_id": owner,
        "afk_channel_id": None,
        "afk_timeout": 300,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "roles": [everyone],
        "emojis": [],
        "features": [],
        "mfa_level": 0,
        "system_channel_id": channels[0]["id"] if channels else None,
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "vanity_url_code": None,
        "description": None,
        "banner": None,
        "premium_tier": 0,
        "preferred_locale": "id",
        "public_updates_channel_id": None,
        "nsfw_level": 0,
        "premium_progress_bar_enabled": False,
        "stickers": [],
        "joined_at": now(),
        "large": False,
        "unavailable": False,
        "member_count": 2,
        "voice_states": [],
        "members": [{**member([]), "user": bot}],
        "channels": channels,
        "threads": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
        "system_channel": None,
    }


def message(message_id: str, channel_id: str, author: Json, body: Json, attachments: list[Json]) -> Json:
    """Return the message that *body* asks for."""
    return {
        "id": message_id,
        "channel_id": channel_id,
        "type": 0,
        "author": author,
        "content": body.get("content") or "",
        "timestamp": now(),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": attachments,
        "embeds": [],
        "components": _answered(body.get("components") or [], attachments),
        "pinned": False,
        "flags": body.get("flags", 0),
    }


def _answered(components: list[Json], attachments: list[Json], count: Iterator[int] | None = None) -> list[Json]:
    """Return *components* as Discord gives them back: each with an id, every default written out."""
    count = count or itertools.count(1)
    out = []
    for one in components:
        made = {**one, "id": one.get("id") or next(count)}
        if "components" in one:
            made["components"] = _answered(one["components"], attachments, count)
        if one.get("default_values"):
            made["default_values"] = [{**value, "id": str(value["id"])} for value in one["default_values"]]
        if one["type"] == 17:
            made.setdefault("accent_color", None)
            made.setdefault("spoiler", False)
        if one["type"] == 14:
            made.setdefault("spacing", 1)
            made.setdefault("divider", True)
        if one["type"] == 13:
            name = one["file"]["url"].removeprefix("attachment://")
            found = next(file for file in attachments if file["filename"] == name)
            made |= {"file": _media(found), "name": name, "size": found["size"], "spoiler": False}
        out.append(made)
    return out


def _media(attachment: Json) -> Json:
    return {
        "id": attachment["id"],
        "url": attachment["url"],
        "proxy_url": attachment["proxy_url"],
        "width": None,
        "height": None,
        "content_type": "text/markdown",
        "attachment_id": attachment["id"],
    }


def attachment(name: str, data: bytes) -> Json:
    """Return an attachment of *data*."""
    url = f"https://cdn.discordapp.com/attachments/1/{name}"
    return {"id": snowflake(), "filename": name, "size": len(data), "url": url, "proxy_url": url, "flags": 0}
