"""What a worker does until it is killed: meetings and series, called, moved, split and cancelled at random."""

import itertools
import random
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice

from governor.domain.meetings import Meeting, Status
from governor.domain.members import MemberId
from governor.domain.recurrence import Recurrence
from governor.errors import OutOfOrder, Unavailable
from governor.store import meetings
from tests.delivery.hall import Hall

WEEKLY = Recurrence(rrule="FREQ=WEEKLY;COUNT=6")


def begin_load(hall: Hall) -> None:
    """Call what chance may leave out: a series, of which an occurrence is moved, and which is split after it."""
    with hall.record.database.read() as connection:
        invited = [member.id for member in hall.record.roster(connection) if member.email is not None]
    hall.call("series", invited[:3], recurrence=WEEKLY)
    _, second, third, *_ = hall.meeting("series").starts()
    hall.set_apart("series", second, "apart", timedelta(hours=2))
    hall.split("series", third, "split", timedelta(hours=1))


def make_load(hall: Hall, name: str) -> None:
    """Call, move, rename, shorten, split and cancel; every fifth act fails at its end and must leave no trace.

    It begins with a series, of which one occurrence is moved or cancelled, or which is split.
    """
    chance = random.Random(name)  # noqa: S311
    with hall.record.database.read() as connection:
        invited = [member.id for member in hall.record.roster(connection) if member.email is not None]
        numbers = [meeting.number for meeting in meetings.coming(connection, datetime(2000, 1, 1, tzinfo=UTC), 10_000)]
    for at in itertools.count():
        number = chance.choice(numbers) if numbers and chance.random() < 0.6 else f"{name}-{at}"
        number = f"{name}-0" if at < 2 else number
        try:
            if at % 5 == 4:
                hall.call(f"{name}-{at}", invited, fails=True)
            elif number not in numbers:
                recurrence = WEEKLY if at == 0 or chance.random() < 0.3 else None
                hall.call(number, chance.sample(invited, 3), recurrence=recurrence)
                numbers.append(number)
            else:
                numbers += alter(hall, number, f"{name} {at}", chance, invited, of_series=at == 1)
        except (OutOfOrder, Unavailable):
            continue
        time.sleep(chance.uniform(0, 0.03))


def alter(
    hall: Hall, number: str, call: str, chance: random.Random, invited: Sequence[MemberId], *, of_series: bool
) -> list[str]:
    """Do something to the meeting (*of_series*: to a part of it); return the numbers of those that came of it."""
    with hall.record.database.read() as connection:
        meeting = meetings.find(connection, number)
    if meeting is None or meeting.status is Status.CANCELLED:
        return []
    kind = 3 if of_series else chance.randrange(6)
    if kind == 0:
        hall.cancel(number, call)
    elif kind == 1:
        hall.change(number, call, summary=f"Rapat {call}")
    elif kind == 2:
        people = tuple(attendee.member for attendee in meeting.attendees)
        hall.change(number, call, invited=people[:-1] if len(people) > 2 else tuple(invited))
    elif meeting.recurrence is not None:
        return alter_series(hall, meeting, call, chance)
    else:
        hall.change(number, call, later=timedelta(hours=1))
    return []


def alter_series(hall: Hall, series: Meeting, call: str, chance: random.Random) -> list[str]:
    """Move or cancel one occurrence, or go on with another series from one on; return the number of that or of this."""
    starts = list(islice(series.starts(), 6))
    if not starts:  # all were set apart
        return []
    start = chance.choice(starts)
    kind = chance.randrange(3)
    if kind == 0:
        return [hall.split(series.number, start, call, timedelta(hours=1))]
    return [hall.set_apart(series.number, start, call, None if kind == 1 else timedelta(hours=2))]
