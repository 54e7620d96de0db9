"""The events of a guild: planned, held, over or cancelled, as Discord lets them be."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tests.discord_server import payloads

Json = dict[str, Any]
Answer = tuple[int, object]

MOST = 100
CREATE_EVENTS = 1 << 44
PLANNED, HELD, OVER, CANCELLED = 1, 2, 3, 4
_NEXT = {PLANNED: {PLANNED, HELD, CANCELLED}, HELD: {HELD, OVER}, OVER: set[int](), CANCELLED: set[int]()}

_UNKNOWN = (404, {"message": "Unknown Guild Scheduled Event", "code": 10070})
_INVALID = (400, {"message": "Invalid Form Body", "code": 50035})


class Events:
    """The events of all guilds, by id; ``wrong`` is told what Discord would refuse."""

    def __init__(self, bot: Json, permissions: Callable[[str], int], wrong: Callable[[str], None]) -> None:
        self._bot = bot
        self._permissions = permissions
        self._wrong = wrong
        self.all: dict[str, Json] = {}

    def standing(self, guild: str) -> list[Json]:
        """Return the events of *guild* that are not over, those that begin first in front."""
        found = [one for one in self.all.values() if one["guild_id"] == guild and one["status"] in (PLANNED, HELD)]
        return sorted(found, key=lambda one: str(one["scheduled_start_time"]))

    def make(self, guild: str, body: Json) -> Answer:
        """Plan an event."""
        if not self._permissions(guild) & CREATE_EVENTS:
            return 403, {"message": "Missing Permissions", "code": 50013}
        if len(self.standing(guild)) >= MOST:
            return 400, {"message": "Maximum number of guild scheduled events reached (100)", "code": 30038}
        event = {
            "id": payloads.snowflake(),
            "guild_id": guild,
            "channel_id": None,
            "creator_id": self._bot["id"],
            "creator": self._bot,
            "description": None,
            "image": None,
            "status": PLANNED,
            "entity_id": None,
            "entity_metadata": None,
            "recurrence_rule": None,
            "guild_scheduled_event_exceptions": [],
            **body,
        }
        if self._refused(event, is_new=True):
            return _INVALID
        self.all[str(event["id"])] = event
        return 200, event

    def change(self, guild: str, event: str, body: Json) -> Answer:
        """Change an event, or how it stands."""
        known = self.all.get(event)
        if known is None or known["guild_id"] != guild:
            return _UNKNOWN
        after = {**known, **body}
        is_moved = known["status"] != PLANNED and {"scheduled_start_time", "entity_type", "channel_id"} & set(body)
        if after["status"] not in _NEXT[known["status"]] or is_moved or self._refused(after, is_new=False):
            self._wrong(f"an event that is {known['status']} cannot be changed so: {body}")
            return _INVALID
        self.all[event] = after
        return 200, after

    def remove(self, guild: str, event: str) -> Answer:
        """Take an event away."""
        return (204, None) if self.all.pop(event, None) is not None else _UNKNOWN

    def find(self, guild: str, event: str) -> Answer:
        """Return one event."""
        return (200, self.all[event]) if event in self.all else _UNKNOWN

    def list(self, guild: str) -> Answer:
        """Return the events of *guild* that are not over."""
        return 200, self.standing(guild)

    def _refused(self, event: Json, *, is_new: bool) -> bool:
        start = datetime.fromisoformat(event["scheduled_start_time"])
        end = datetime.fromisoformat(event["scheduled_end_time"])
        place = (event["entity_metadata"] or {}).get("location", "")
        faults = (
            (event["recurrence_rule"] is not None, "an event that repeats"),
            (not 1 <= len(event["name"]) <= 100, "the name of an event"),
            (len(event["description"] or "") > 1000, "what an event is about"),
            (end <= start, "an event that ends before it begins"),
            (is_new and start <= datetime.now(UTC), "an event in the past"),
            (event["entity_type"] == 3 and (not 1 <= len(place) <= 100 or event["channel_id"]), "where an event is"),
            (event["entity_type"] == 2 and not event["channel_id"], "the channel of an event"),
        )
        found = [what for is_wrong, what in faults if is_wrong]
        for what in found:
            self._wrong(what)
        return bool(found)
