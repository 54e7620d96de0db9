"""What does somebody's calendar show, occurrence by occurrence: by the record, by Google's events, and by the mails?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from governor.domain.meetings import Meeting, Status
from governor.domain.members import MemberId
from integrations.google_calendar.events import UID
from tests.delivery.post_office import Arrived
from tests.integrations.google_server import Google


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A meeting (*uid*) in a calendar; of a series that one of its occurrences which would begin at ``which`` (UTC)."""

    uid: str
    which: datetime | None
    start: datetime
    summary: str


def of_record(every: Iterable[Meeting], member: MemberId) -> Counter[Entry]:
    """Return what the calendar of *member* should show."""
    return Counter(
        Entry(uid=one.uid, which=start if one.recurrence else one.recurrence_id, start=start, summary=one.summary)
        for one in every
        if one.status is Status.CONFIRMED and member in [each.member for each in one.attendees]
        for start in (each.astimezone(UTC) for each in one.starts())
    )


def of_google(google: Google, email: str) -> Counter[Entry]:
    """Return what Google shows in the calendar of *email*."""
    return Counter(each for one in google.shows(email) for each in _of_event(google, one))


def _of_event(google: Google, event: dict[str, Any]) -> Iterator[Entry]:
    uid, summary = event["extendedProperties"]["private"][UID], event["summary"]
    start = datetime.fromisoformat(event["start"]["dateTime"])
    if "recurrence" not in event:
        original = event.get("originalStartTime")
        which = None if original is None else datetime.fromisoformat(original["dateTime"]).astimezone(UTC)
        yield Entry(uid=uid, which=which, start=start.astimezone(UTC), summary=summary)
        return
    for one in starts(start.astimezone(ZoneInfo(event["start"]["timeZone"])), event["recurrence"]):
        if f"{event['id']}_{one:%Y%m%dT%H%M%SZ}" not in google.events:
            yield Entry(uid=uid, which=one, start=one, summary=summary)


def of_mails(last: Iterable[Arrived], ours: Mapping[str, str]) -> Counter[Entry]:
    """Return what a calendar shows whose owner got these, the *last* of each meeting and each occurrence.

    *ours* names our own UID of each under which we write.
    """
    found, told = Counter[Entry](), list(last)
    apart = {(one.uid, one.recurrence_id) for one in told}
    for one in told:
        if one.method == "REQUEST":
            event = one.event
            lines = event.to_ical().decode().replace("\r\n ", "").splitlines()
            rules = [each for each in lines if each.startswith(("RRULE", "EXDATE", "RDATE"))]
            for start in starts(event.start, rules):
                which = start if rules else one.recurrence_id
                if not rules or (one.uid, start) not in apart:
                    found[Entry(uid=ours[one.uid], which=which, start=start, summary=str(event["SUMMARY"]))] += 1
    return found


def starts(dtstart: datetime, rules: Iterable[str]) -> list[datetime]:
    """Return when (UTC) what begins at *dtstart* takes place, by dateutil's reading of the *rules* of RFC 5545."""
    found = rrulestr("\n".join(rules), dtstart=dtstart, tzids=ZoneInfo) if list(rules) else [dtstart]
    return [each.astimezone(UTC) for each in found]
