"""Which meetings to come fit what is said of the time of the one that is meant?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from governor.domain.meetings import Meeting, Status, spoken_of
from governor.errors import NotFound, OutOfOrder
from governor.ports import Ask, Say
from governor.services.commands import Caller
from governor.store import meetings
from governor.store.database import Connection
from governor.understanding.findings import Repeat
from governor.understanding.pointing import last_day, lately, points_at
from governor.understanding.reading import Act
from governor.wording.phrase import Phrase, phrase
from governor.wording.times import start_of

WRITTEN = frozenset({Act.NOTE, Act.DECIDE, Act.ACTION, Act.MOVE})
"""What carries a text of its own: only what stands before that names the meeting it is for."""

RECORDED = WRITTEN | {Act.ATTENDANCE}
"""What is recorded of a meeting that is held: of a series, of one occurrence."""

MEANT: Mapping[Act, bool] = {
    **dict.fromkeys((Act.CHANGE, Act.AGENDA, Act.CANCEL, Act.REPLY), True),
    **dict.fromkeys((*RECORDED, Act.MINUTES, Act.SAVE_MINUTES, Act.ASK_AGENDA), False),
}
"""What is about a meeting, named or not; and whether it is done only to one that is not over."""

MOST_TOLD = 10
"""How many meetings a refusal names, the next first."""

MOST_TRIED = 500
"""How many occurrences of a series are looked at."""

A_YEAR = timedelta(days=366)
"""How far from now an occurrence of a series may lie that something is recorded of."""

A_WEEK = 7
"""How many of them are, where their weekday was said."""


def fitting(coming: Sequence[Meeting], caller: Caller) -> tuple[Meeting, ...]:
    """Return those of the meetings *coming* that fit what *caller* said of the time of the one they mean."""
    return tuple(one for one in coming if _fits(one, _starts(one, caller), caller))


def fitted(meeting: Meeting | None, act: Act, caller: Caller, connection: Connection) -> Meeting | None:
    """Return *meeting*, which is named or spoken of, where it fits what is said of the time of the one meant for *act*;
    else another that does: of the same name, where one was said.

    Raises:
        NotFound: none does.
        OutOfOrder: a series is named, and does not take place then.
    """
    if not caller.pointers or act not in MEANT or meeting is None:
        return meeting
    if not MEANT[act]:
        return _nearest(meeting, caller, connection)
    if _fits(meeting, (*_starts(meeting, caller), *_apart(meeting, caller, connection)), caller):
        return meeting
    if act is Act.REPLY:
        coming = meetings.invited_to(connection, caller.member.id, caller.at)
    else:
        coming = meetings.coming(connection, caller.at)
    others = coming if caller.named is None else () if _is_numbered(caller) else _namesakes(meeting, coming)
    found = spoken_of(fitting(others, caller), at=caller.at)
    if found is not None:
        return found
    if caller.named is not None and meeting.recurrence is not None:
        raise OutOfOrder("no-such-occurrence", meeting=meeting.summary)
    key = "nothing-to-answer-then" if act is Act.REPLY else "no-meeting-then"
    raise NotFound(key, meetings=_told(coming, caller))


def _nearest(meeting: Meeting, caller: Caller, connection: Connection) -> Meeting:
    """Return the meeting nearest to now, to come or over, that fits what is said of the time of the one meant; where
    *meeting* is named, of its name.

    Raises:
        NotFound: none does.
    """
    near = (*meetings.begun(connection, caller.at), *meetings.coming(connection, caller.at))
    known = tuple({one.number: one for one in near}.values())
    others = known if caller.named is None else (meeting,) if _is_numbered(caller) else _namesakes(meeting, known)
    found = [(abs(start - caller.at), one) for one in others if (start := start_meant(one, caller)) is not None]
    if found:
        return min(found, key=lambda each: each[0])[1]
    nearest = sorted(known, key=lambda one: abs((one.next_start(at=caller.at) or one.dtstart) - caller.at))
    raise NotFound("no-meeting-around-then", meetings=_told(nearest, caller))


def start_meant(meeting: Meeting, caller: Caller) -> datetime | None:
    """Return when the occurrence of *meeting* begins, to come or over, that fits what *caller* said of the time of the
    one they mean; of several the one nearest to now, ``None`` where none does.
    """
    today = caller.at.astimezone(ZoneInfo(caller.zone)).date()
    over = replace(caller, pointers=lately(caller.pointers, today))
    until = takewhile(lambda start: start <= caller.at + A_YEAR, meeting.starts())
    starts = [start for start in until if meeting.recurrence is None or start >= caller.at - A_YEAR]
    fit = [start for start in starts if any(_fits(meeting, (start,), said) for said in (caller, over))]
    return min(fit, key=lambda start: abs(start - caller.at), default=None)


def _told(coming: Sequence[Meeting], caller: Caller) -> tuple[Phrase, ...]:
    """Return how the first of the meetings *coming* are called, and when they next begin."""
    return tuple(
        phrase(
            "word-meeting", number=one.number, summary=one.summary, start=start_of(one, one.next_start(at=caller.at))
        )
        for one in coming[:MOST_TOLD]
    )


def _namesakes(meeting: Meeting, coming: Sequence[Meeting]) -> Sequence[Meeting]:
    return [one for one in coming if one.summary.casefold() == meeting.summary.casefold()]


def _is_numbered(caller: Caller) -> bool:
    """Return whether the meeting is named by its number, and so can be no other."""
    match caller.call.request:
        case Say(text=text):
            return caller.named is not None and caller.named in text
        case Ask():
            return True
    return False


def _fits(meeting: Meeting, starts: Sequence[datetime], caller: Caller) -> bool:
    """Return whether one of the *starts* of *meeting* is when it was said to be, by its own clocks or the caller's."""
    zones = (meeting.dtstart.tzinfo, ZoneInfo(caller.zone))
    return any(
        points_at(caller.pointers, start.astimezone(zone), meeting.summary, caller.at)
        for start in starts
        for zone in zones
    )


def _starts(meeting: Meeting, caller: Caller) -> tuple[datetime, ...]:
    """Return when *meeting* begins; of a series the occurrences to come up to the last day that was said, else the
    next.
    """
    if meeting.recurrence is None:
        return (meeting.dtstart,)
    coming = (start for start in meeting.starts() if meeting.end_of(start) > caller.at)
    last = last_day(caller.pointers)
    if last is None:
        repeats = any(isinstance(pointer.value, Repeat) for pointer in caller.pointers)
        return tuple(islice(coming, A_WEEK if repeats else 1))
    return tuple(islice(takewhile(lambda start: start.date() <= last, coming), MOST_TRIED))


def _apart(series: Meeting, caller: Caller, connection: Connection) -> Iterator[datetime]:
    """Yield when the occurrences of *series* begin that are meetings of their own, and would by its rule."""
    for one in meetings.set_apart(connection, series.number) if series.recurrence is not None else ():
        if one.status is Status.CONFIRMED and one.dtend > caller.at:
            yield one.dtstart
            if one.recurrence_id is not None:
                yield one.recurrence_id.astimezone(series.dtstart.tzinfo)
