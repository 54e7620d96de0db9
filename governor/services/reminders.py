"""Who is to be reminded now?

Nothing is planned ahead: what stands in the record is looked at several times a minute. A meeting that is moved or
cancelled so takes its reminders with it, and neither a restart nor a jump of the clock loses or repeats one: the
effect's id names the meeting, its start and the reminder for good.
"""

from datetime import datetime

from governor.domain.reminders import Reminding, pending
from governor.services.posts import reminder_of
from governor.store import meetings
from governor.store.database import Connection
from governor.store.outbox import Effect
from governor.store.unit_of_work import Record


def remind(record: Record, reminding: Reminding, at: datetime) -> int:
    """Enqueue the reminders that are to be given at the instant *at*; return how many are new.

    Raises:
        Unavailable: the database cannot be used now.
    """
    with record.database.read() as connection:
        if not _new(record, connection, reminding, at):
            return 0
    with record.database.write() as connection:
        new = _new(record, connection, reminding, at)
        for effect in new:
            record.outbox.enqueue(connection, effect, at=at)
        return len(new)


def _new(record: Record, connection: Connection, reminding: Reminding, at: datetime) -> list[Effect]:
    found = meetings.starting(connection, at, at + reminding.furthest)
    effects = [reminder_of(one.number, each) for one in found for each in pending(one, reminding, at=at)]
    return [effect for effect in effects if record.outbox.find(connection, effect.id) is None]
