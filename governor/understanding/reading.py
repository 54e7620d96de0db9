"""What was understood: said, implied, missing, and how else could it be meant?"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from governor.domain.members import MemberId
from governor.domain.partstats import PartStat
from governor.understanding.pointing import Pointer
from governor.values import dataclass


class Act(StrEnum):
    """What a sentence asks for."""

    CALL = "call"
    CHANGE = "change"
    CANCEL = "cancel"
    REPLY = "reply"
    NOTE = "note"
    DECIDE = "decide"
    ASK_DECISION = "ask_decision"
    ASK_DECISIONS = "ask_decisions"
    ASK_MEETING = "ask_meeting"
    ASK_MEETINGS = "ask_meetings"
    MINUTES = "minutes"
    SAVE_MINUTES = "save_minutes"
    PROVE = "prove"
    ENROL = "enrol"
    HELP = "help"
    AGENDA = "agenda"
    ACTION = "action"
    FIND_TIME = "find_time"
    FEED = "feed"
    REVOKE_FEED = "revoke_feed"
    LANGUAGE = "language"
    MOVE = "move"
    ASK_MOTION = "ask_motion"
    ASK_MOTIONS = "ask_motions"
    ASK_AGENDA = "ask_agenda"
    ATTENDANCE = "attendance"
    ASK_BYLAWS = "ask_bylaws"
    GIVE_OFFICE = "give_office"
    END_OFFICE = "end_office"
    ASK_OFFICES = "ask_offices"
    ASK_ACTIONS = "ask_actions"
    FINISH_ACTION = "finish_action"
    STANDING_RULE = "standing_rule"
    ASK_STANDING_RULES = "ask_standing_rules"
    GIVE_EMAIL = "give_email"
    CONFIRM_EMAIL = "confirm_email"
    ASK_EMAIL = "ask_email"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One slot's value, the characters ``[start, end)`` of ``Reading.text`` that say it, and the rule that read or
    implied it.
    """

    value: object
    span: tuple[int, int] | None
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One person named: as *said*, and whom that is. Neither member nor e-mail: nobody known by that name."""

    said: str
    member: MemberId | None
    email: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The time from *since* until just before *until*; both aware."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One request as it was understood.

    ``text`` is the request without control characters; spans count its characters. ``language`` is ISO 639-1.
    ``missing`` names slots that the act needs; ``alternatives`` are whole readings that are plausible too. ``unread``
    is what stands behind the last request of a long message and was not read. ``pointers`` are what is said of the
    time of the meeting that is meant.
    """

    text: str
    act: Act
    language: str
    said: Mapping[str, Found]
    implied: Mapping[str, Found]
    missing: tuple[str, ...]
    alternatives: tuple["Reading", ...]
    unread: str = ""
    pointers: tuple[Pointer, ...] = ()

    def get(self, name: str) -> object | None:
        """Return the value of slot *name*: said, else implied, else None."""
        found = self.said.get(name) or self.implied.get(name)
        return None if found is None else found.value

    def text_of(self, name: str) -> str | None:
        """Return a slot that holds words or a code."""
        value = self.get(name)
        return value if isinstance(value, str) else None

    @property
    def dtstart(self) -> datetime | None:
        """Return the start, aware, in the zone of the meeting."""
        value = self.get("dtstart")
        return value if isinstance(value, datetime) else None

    @property
    def duration(self) -> timedelta | None:
        """Return the length."""
        value = self.get("duration")
        return value if isinstance(value, timedelta) else None

    @property
    def is_all_day(self) -> bool:
        """Say whether it has days and no hours: ``dtstart`` is midnight and ``duration`` whole days."""
        return "duration" in self.said and self.said["duration"].rule == "all-day"

    @property
    def shift(self) -> timedelta | None:
        """Return by how much a meeting moves; negative is earlier."""
        value = self.get("shift")
        return value if isinstance(value, timedelta) else None

    @property
    def due(self) -> date | None:
        """Return the day by which something is to be done."""
        value = self.get("due")
        return value if isinstance(value, date) else None

    @property
    def amount(self) -> int | Decimal | None:
        """Return an amount of money in its ``currency``, rupiah unless said otherwise; None also where a range is."""
        value = self.get("amount")
        return value if isinstance(value, (int, Decimal)) else None

    @property
    def partstat(self) -> PartStat | None:
        """Return the answer to an invitation."""
        value = self.get("partstat")
        return value if isinstance(value, PartStat) else None

    @property
    def owner(self) -> Party | None:
        """Return who is answerable for a decision or an action."""
        value = self.get("owner")
        return value if isinstance(value, Party) else None

    @property
    def attendees(self) -> tuple[Party, ...]:
        """Return the people named, in the order named; empty when nobody was."""
        value = self.get("attendees")
        return value if isinstance(value, tuple) else ()

    @property
    def period(self) -> Period | None:
        """Return the time asked about."""
        value = self.get("period")
        return value if isinstance(value, Period) else None
