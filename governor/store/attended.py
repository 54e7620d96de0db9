"""How did one member attend? Counted over the meetings that are over and were not cancelled."""

from datetime import datetime

from sqlalchemy import Connection, exists, func, select

from governor.domain.meetings import PartStat, Status
from governor.domain.members import MemberId
from governor.store.forms import instant
from governor.store.proceeding_tables import attendance
from governor.store.tables import attendee, meeting
from governor.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """To how many meetings a member was ``invited``, how many they ``accepted`` and ``declined``.

    They were ``present`` in so many of those ``noted``: of the meetings that they were invited or came to, those in
    which it was noted who is there. A series counts by those of its meetings of which something was recorded.
    """

    invited: int
    accepted: int
    declined: int
    present: int
    noted: int


def figures(connection: Connection, member: MemberId, at: datetime) -> Figures:
    """Return the figures of *member* over the meetings that ended by the instant *at*."""
    over = (meeting.c.status == Status.CONFIRMED.value) & (meeting.c.ends <= instant(at)) & meeting.c.rrule.is_(None)
    mine = (attendee.c.number == meeting.c.number) & (attendee.c.member == member) & (attendee.c.is_removed == 0)
    asked = select(attendee.c.partstat, func.count()).join(meeting, mine).where(over).group_by(attendee.c.partstat)
    answers = {row[0]: int(row[1]) for row in connection.execute(asked)}
    is_noted = exists().where((attendance.c.number == meeting.c.number) & (attendance.c.is_present == 1))
    invited = exists().where(mine)
    here = (attendance.c.number == meeting.c.number) & (attendance.c.member == member) & (attendance.c.is_present == 1)
    came = exists().where(here)
    noted = select(func.count()).select_from(meeting).where(over & is_noted & (invited | came))
    present = select(func.count()).select_from(meeting).where(over & came)
    return Figures(
        invited=sum(answers.values()),
        accepted=answers.get(PartStat.ACCEPTED.value, 0),
        declined=answers.get(PartStat.DECLINED.value, 0),
        present=connection.execute(present).scalar_one(),
        noted=connection.execute(noted).scalar_one(),
    )
