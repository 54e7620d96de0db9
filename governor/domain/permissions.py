"""Who may do what? Permissions are granted to offices, in one table."""

from collections.abc import Iterable
from enum import StrEnum

from governor.domain.members import Office


class Permission(StrEnum):
    """An act, written ``thing:act``. A recorded name: add, never rename."""

    MEETING_CALL = "meeting:call"
    MEETING_CHANGE = "meeting:change"
    MEETING_CANCEL = "meeting:cancel"
    MEETING_REPLY = "meeting:reply"
    MEETING_READ = "meeting:read"
    MINUTES_NOTE = "minutes:note"
    MINUTES_READ = "minutes:read"
    MINUTES_SAVE = "minutes:save"
    DECISION_RECORD = "decision:record"
    DECISION_READ = "decision:read"
    RECORD_PROVE = "record:prove"
    MEMBER_ENROL = "member:enrol"
    DATE_POLL_MARK = "date-poll:mark"
    FEED_OPEN = "feed:open"
    FEED_REVOKE = "feed:revoke"
    MEMBER_ROUTE = "member:route"
    MOTION_MOVE = "motion:move"
    MOTION_SECOND = "motion:second"
    MOTION_WITHDRAW = "motion:withdraw"
    MOTION_VOTE = "motion:vote"
    MOTION_READ = "motion:read"
    BALLOT_TAKE = "ballot:take"
    BYLAWS_ADOPT = "bylaws:adopt"
    ATTENDANCE_NOTE = "attendance:note"
    MEMBER_LANGUAGE = "member:language"
    MEMBER_EMAIL = "member:email"
    OFFICE_GIVE = "office:give"
    OFFICE_END = "office:end"
    OFFICE_READ = "office:read"
    ACTION_RECORD = "action:record"
    ACTION_READ = "action:read"
    ACTION_DONE = "action:done"
    STANDING_RULE_ADOPT = "standing-rule:adopt"


EVERY_MEMBER = frozenset(
    {
        Permission.MEETING_REPLY,
        Permission.MEETING_READ,
        Permission.MINUTES_READ,
        Permission.DECISION_READ,
        Permission.RECORD_PROVE,
        Permission.DATE_POLL_MARK,
        Permission.FEED_OPEN,
        Permission.FEED_REVOKE,
        Permission.MEMBER_ROUTE,
        Permission.MOTION_MOVE,
        Permission.MOTION_SECOND,
        Permission.MOTION_WITHDRAW,
        Permission.MOTION_VOTE,
        Permission.MOTION_READ,
        Permission.ATTENDANCE_NOTE,
        Permission.MEMBER_LANGUAGE,
        Permission.MEMBER_EMAIL,
        Permission.OFFICE_READ,
        Permission.ACTION_READ,
        Permission.ACTION_DONE,
    }
)
"""What needs no office."""

_MEETINGS = frozenset({Permission.MEETING_CALL, Permission.MEETING_CHANGE, Permission.MEETING_CANCEL})
_MINUTES = frozenset(
    {Permission.MINUTES_NOTE, Permission.MINUTES_SAVE, Permission.DECISION_RECORD, Permission.ACTION_RECORD}
)
_HOUSE = frozenset(
    {
        Permission.BALLOT_TAKE,
        Permission.BYLAWS_ADOPT,
        Permission.OFFICE_GIVE,
        Permission.OFFICE_END,
        Permission.STANDING_RULE_ADOPT,
    }
)

GRANTS = {
    Office.CHAIR: _MEETINGS | _MINUTES | _HOUSE,
    Office.SECRETARY: _MEETINGS | _MINUTES | _HOUSE | {Permission.MEMBER_ENROL},
    Office.TREASURER: frozenset({Permission.MEETING_CALL}),
    Office.BOARD: frozenset({Permission.MEETING_CALL}),
}
"""What each office may do beyond that."""


def is_permitted(offices: Iterable[Office], permission: Permission) -> bool:
    """Return whether a member holding *offices* may do what *permission* names."""
    return permission in EVERY_MEMBER or any(permission in GRANTS[office] for office in offices)


def offices_granted(permission: Permission) -> tuple[Office, ...]:
    """Return the offices that may do what *permission* names, in the order of ``Office``; none when everyone may."""
    return tuple(office for office in Office if permission in GRANTS[office])
