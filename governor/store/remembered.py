"""Which meetings were answered last, and how do they stand? Remembered for as long as nothing is entered about them.

Tables are the fold of the log, and all that is kept of a meeting belongs to its own subject, whose entries are counted:
so it stands as it did at the same count. A series is kept with the occurrences that were set apart of it, and those
with their series: of these nothing is remembered.
"""

from governor.domain.meetings import Meeting

_MOST = 16
"""Of how many meetings a record remembers how they stand."""


class Remembered:
    """The meetings of one record, each as of how many entries were about it. What is kept must be committed."""

    def __init__(self) -> None:
        self._meetings: dict[str, tuple[int, Meeting]] = {}

    def keep(self, meeting: Meeting, count: int) -> None:
        """Remember *meeting* as it stands with *count* entries about it."""
        if meeting.recurrence is not None or meeting.series is not None:
            return
        if len(self._meetings) >= _MOST and meeting.number not in self._meetings:
            self._meetings = {}
        self._meetings[meeting.number] = (count, meeting)

    def find(self, number: str, count: int) -> Meeting | None:
        """Return the meeting of that *number* as it stands with *count* entries, if that is remembered."""
        known, meeting = self._meetings.get(number, (None, None))
        return meeting if known == count else None
