"""Who is interested in an event, or is not any more? Discord tells it of people whom discord.py need not know."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from governor.ports import Account, Call, Interest
from integrations.discord.guarding import Parse

HEARD = "interest"
"""What discord.py calls it here."""

Dispatch = Callable[[str, Mapping[str, Any], bool], object]


def listening(dispatch: Dispatch) -> dict[str, Parse]:
    """Return event → parser, which *dispatch* what they hear; discord.py's own drop who is not in its memory."""
    told = {"GUILD_SCHEDULED_EVENT_USER_ADD": True, "GUILD_SCHEDULED_EVENT_USER_REMOVE": False}
    return {event: partial(_hear, dispatch, is_interested) for event, is_interested in told.items()}


def _hear(dispatch: Dispatch, is_interested: bool, data: Any) -> None:  # noqa: ANN401  # what Discord sent
    dispatch(HEARD, data, is_interested)


def call_of(data: Mapping[str, Any], platform: str, *, is_interested: bool) -> Call:
    """Return the call that *data* makes; Discord gives it no id of its own, and it may be made again and again."""
    user, event = str(data["user_id"]), str(data["guild_scheduled_event_id"])
    return Call(
        id=f"interest:{event}:{user}:{time.time_ns()}",
        account=Account(platform=platform, id=user),
        at=datetime.now(UTC),
        request=Interest(known=event, is_interested=is_interested),
        place=str(data["guild_id"]),
    )
