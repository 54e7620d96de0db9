"""How is it said when a meeting is? By its day and its hour; where it has days and no hours, by its days."""

from datetime import datetime, timedelta

from governor.domain.convening import Plan
from governor.domain.meetings import Meeting
from governor.wording.phrase import Phrase, phrase


def begins(start: datetime, *, is_all_day: bool) -> datetime | Phrase:
    """Return what says *start* (aware, in the meeting's zone); the midnight of a day is no hour."""
    return phrase("word-day", day=start.date()) if is_all_day else start


def start_of(meeting: Plan | Meeting, start: datetime | None = None) -> datetime | Phrase:
    """Return when *meeting* begins, or its occurrence at *start*."""
    return begins(start or meeting.dtstart, is_all_day=meeting.is_all_day)


def length_of(meeting: Plan | Meeting) -> Phrase:
    """Return how long a meeting is and until when; with the day of its end where the clock would not tell it."""
    if meeting.is_open_ended:
        return phrase("word-open-ended")
    if meeting.is_all_day:
        last = (meeting.dtend - timedelta(days=1)).date()
        is_one = last == meeting.dtstart.date()
        return phrase("word-all-day") if is_one else phrase("word-days", length=meeting.duration, until=last)
    key = "word-length" if meeting.duration < timedelta(days=1) else "word-length-days"
    return phrase(key, length=meeting.duration, until=meeting.dtend)
