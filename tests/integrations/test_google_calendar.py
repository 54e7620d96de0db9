"""Does the calendar of Google do what every calendar does, and survive what Google does?"""

import asyncio
import socket
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from governor.domain.meetings import PartStat
from governor.domain.recurrence import Recurrence
from governor.errors import GovernorError, Refused, Unavailable
from governor.itip.invitation import Guest, Invitation
from governor.leading import Leading
from governor.ports import Edit, Incoming, Linked, Part, Rsvp
from integrations.google_calendar import events
from integrations.google_calendar.calendar import GoogleCalendar
from integrations.google_calendar.connection import load, path_in
from integrations.google_calendar.traces import DESCRIPTION, DIGEST, GUESTS, REPEAT
from tests.delivery.hall import NOON, open_hall
from tests.integrations.calendar_contract import CalendarContract, Desk, Shown
from tests.integrations.google_accounts import opened
from tests.integrations.google_server import MEET, Fault, Google, Told, serving
from tests.itip.invitations import ANNE, BOARD, BUDI, SARI, cancelled

EVENT = events.event_id(BOARD)
TRACES = (DIGEST, DESCRIPTION, REPEAT, GUESTS)
MOVED = replace(
    BOARD, sequence=1, revision=1, dtstart=BOARD.dtstart + timedelta(days=1), dtstamp=BOARD.dtstamp + timedelta(hours=1)
)


@pytest.fixture
def google() -> Iterator[Google]:
    with serving() as running:
        yield running


@pytest.fixture
def calendar(google: Google, tmp_path: Path) -> Iterator[GoogleCalendar]:
    found = opened(google, tmp_path)
    yield found
    asyncio.run(found.close())


def publish(calendar: GoogleCalendar, invitation: Invitation, guest: Guest = BUDI) -> str:
    return asyncio.run(calendar.publish(invitation, guest))


def failing(calendar: GoogleCalendar, invitation: Invitation = BOARD) -> GovernorError:
    with pytest.raises(GovernorError) as raised:
        publish(calendar, invitation)
    return raised.value


def writes(google: Google) -> list[str]:
    return [one.method for one in google.requests if one.method != "GET"]


class TestContract(CalendarContract):
    @pytest.fixture
    def desk(self, calendar: GoogleCalendar, google: Google) -> Iterator[Desk]:
        loop = asyncio.new_event_loop()

        def shows(address: str) -> Sequence[Shown]:
            return [
                Shown(
                    uid=one["extendedProperties"]["private"]["governorUid"],
                    sequence=one["sequence"],
                    summary=one["summary"],
                    start=datetime.fromisoformat(one["start"]["dateTime"]).astimezone(UTC),
                    end=datetime.fromisoformat(one["end"]["dateTime"]).astimezone(UTC),
                )
                for one in google.shows(address)
            ]

        yield Desk(calendar=calendar, run=loop.run_until_complete, shows=shows)
        loop.close()


def test_every_guest_is_invited_once_though_each_is_published(calendar: GoogleCalendar, google: Google) -> None:
    for guest in BOARD.guests:
        publish(calendar, BOARD, guest)

    assert sorted(one.email for one in google.told) == sorted(each.mailbox.address for each in BOARD.guests)
    assert writes(google) == ["POST"]


def test_every_write_says_who_is_told_and_which_state_it_changes(calendar: GoogleCalendar, google: Google) -> None:
    for invitation in (BOARD, MOVED, cancelled(MOVED)):
        publish(calendar, invitation)

    made = [one for one in google.requests if one.method != "GET"]
    assert [one.method for one in made] == ["POST", "PATCH", "DELETE"]
    assert [one.query["sendUpdates"] for one in made] == ["all"] * 3
    assert [one.query.get("conferenceDataVersion") for one in made] == ["1", "1", None]
    assert all("if-match" in one.headers for one in made[1:])


def test_answers_stay_when_the_title_changes_and_go_when_the_time_does(
    calendar: GoogleCalendar, google: Google
) -> None:
    publish(calendar, BOARD)
    google.answer(EVENT, "budi@example.org", "accepted")

    publish(calendar, replace(BOARD, revision=1, summary="Rapat anggaran"))
    renamed = {one["email"]: one["responseStatus"] for one in google.events[EVENT]["attendees"]}
    publish(calendar, replace(MOVED, revision=2))
    moved = {one["email"]: one["responseStatus"] for one in google.events[EVENT]["attendees"]}

    assert renamed["budi@example.org"] == "accepted"
    assert set(moved.values()) == {"needsAction"}


def test_who_is_removed_is_told_once_and_at_their_own_turn(calendar: GoogleCalendar, google: Google) -> None:
    publish(calendar, BOARD)
    without = replace(BOARD, revision=1, sequence=1, guests=(SARI, ANNE))
    google.told.clear()

    for guest in (SARI, BUDI, ANNE):
        publish(calendar, without, guest)

    assert [one for one in google.told if one.news == "cancelled"] == [
        Told(email="budi@example.org", event=EVENT, news="cancelled", sequence=1)
    ]


def test_older_revision_changes_nothing(calendar: GoogleCalendar, google: Google) -> None:
    publish(calendar, MOVED)
    before = google.events[EVENT]

    publish(calendar, BOARD)

    assert google.events[EVENT] == before


def test_edit_in_google_is_not_overwritten_by_the_same_revision_but_by_the_next(
    calendar: GoogleCalendar, google: Google
) -> None:
    publish(calendar, BOARD)
    google.edit(EVENT, summary="Nongkrong")

    publish(calendar, BOARD, SARI)
    kept = google.events[EVENT]["summary"]
    publish(calendar, replace(BOARD, revision=1, location="Balai"))

    assert (kept, google.events[EVENT]["summary"]) == ("Nongkrong", BOARD.summary)


def test_request_of_a_process_that_dies_over_it_is_dropped(calendar: GoogleCalendar, google: Google) -> None:
    head = b"POST /calendar/v3/calendars/rapat/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n"
    for part in (b"", b'{"id"'):
        with socket.create_connection(("127.0.0.1", google.port)) as dying:
            dying.sendall(head + part)
            dying.shutdown(socket.SHUT_WR)
            assert dying.recv(1) == b""

    assert google.requests == []


def test_edited_or_deleted_event_is_restored(calendar: GoogleCalendar, google: Google) -> None:
    publish(calendar, BOARD)
    shown = google.events[EVENT]["start"], google.events[EVENT]["summary"]

    google.edit(EVENT, summary="Nongkrong", start={"dateTime": "2026-12-03T21:00:00+07:00"})
    asyncio.run(calendar.restore(BOARD))
    edited = google.events[EVENT]["start"], google.events[EVENT]["summary"]
    google.remove(EVENT)
    asyncio.run(calendar.restore(BOARD))

    assert edited == shown
    assert google.events[EVENT]["status"] == "confirmed"


def test_who_is_withdrawn_hears_nothing(calendar: GoogleCalendar, google: Google) -> None:
    publish(calendar, BOARD)
    google.told.clear()

    asyncio.run(calendar.withdraw(BOARD, BUDI))

    assert google.told == []
    assert google.shows("budi@example.org") == []
    assert len(google.shows("sari@example.org")) == 1


def test_meeting_held_in_google_meet_gets_a_link_once(calendar: GoogleCalendar, google: Google) -> None:
    online = replace(BOARD, location="Google Meet")

    publish(calendar, online)
    publish(calendar, replace(online, revision=1, summary="Rapat daring"))

    assert google.events[EVENT]["hangoutLink"].startswith("https://meet.google.com/")
    assert ["conferenceData" in (one.body or {}) for one in google.requests if one.method != "GET"] == [True, False]


def test_link_that_google_made_is_told_once_and_one_that_a_person_added_is_not(
    calendar: GoogleCalendar, google: Google
) -> None:
    online = replace(BOARD, location="Google Meet")
    publish(calendar, online)
    other = publish(calendar, replace(BOARD, uid="other"))
    google.edit(other, hangoutLink="https://meet.google.com/xyz", conferenceData={"conferenceId": "xyz"})

    first = [one for one in heard(calendar) if isinstance(one, Linked)]
    publish(calendar, replace(online, revision=1, conference=MEET))
    google.forget()

    assert [(one.uid, one.conference) for one in first] == [(BOARD.uid, MEET)]
    assert heard(calendar) == []
    assert google.events[EVENT]["location"] == "Google Meet"
    assert [one.news for one in google.told if one.event == EVENT] == ["invited"] * 3, "they see it there already"


def test_account_is_reminded_as_is_set_and_else_as_its_calendar_does(calendar: GoogleCalendar, google: Google) -> None:
    publish(calendar, BOARD)
    assert "reminders" not in google.events[EVENT]

    publish(calendar, replace(BOARD, revision=1, alarms=(timedelta(days=1), timedelta(hours=1))))

    overrides = [{"method": "popup", "minutes": minutes} for minutes in (1440, 60)]
    assert google.events[EVENT]["reminders"] == {"useDefault": False, "overrides": overrides}


def test_somebody_who_was_faster_is_respected(calendar: GoogleCalendar, google: Google) -> None:
    publish(calendar, BOARD)
    google.faults.append(Fault(status=412, reason="conditionNotMet", method="PATCH"))

    publish(calendar, MOVED)

    assert writes(google) == ["POST", "PATCH"]  # the one that failed never reached the calendar
    assert google.events[EVENT]["start"]["dateTime"] == "2026-12-04T19:00:00+07:00"


@pytest.mark.parametrize("status", [500, 503, 504])
def test_what_was_done_without_an_answer_is_not_done_again(
    calendar: GoogleCalendar, google: Google, status: int
) -> None:
    for invitation in (BOARD, MOVED, cancelled(MOVED)):
        method = {0: "POST", 1: "PATCH", 2: "DELETE"}[invitation.revision]
        google.faults.append(Fault(status=status, method=method, after=True))
        assert failing(calendar, invitation).key == "google-failed"
        publish(calendar, invitation)

    assert writes(google) == ["POST", "PATCH", "DELETE"]
    assert [one.news for one in google.told if one.email == "budi@example.org"] == ["invited", "updated", "cancelled"]


@pytest.mark.parametrize(
    ("fault", "key", "is_lasting"),
    [
        (Fault(status=429, reason="rateLimitExceeded"), "google-busy", False),
        (Fault(status=403, reason="userRateLimitExceeded"), "google-busy", False),
        (Fault(status=403, reason="quotaExceeded"), "google-quota", False),
        (Fault(status=403, reason="dailyLimitExceeded"), "google-quota", False),
        (Fault(status=403, reason="forbiddenForServiceAccounts"), "google-delegation-missing", True),
        (Fault(status=403, reason="forbidden"), "google-forbidden", True),
        (Fault(status=404, reason="notFound", method="POST"), "google-forbidden", True),
        (Fault(status=500, body="<html>sorry</html>"), "google-failed", False),
        (Fault(status=400, reason="invalid"), "google-refused", False),
        (Fault(status=0), "google-unreachable", False),
        (Fault(status=200, body='{"error": {}}'), "google-failed", False),
        (Fault(status=200, body="[]"), "google-failed", False),
        (Fault(status=200, body="<html>sign in to the café's network</html>"), "google-failed", False),
    ],
    ids=lambda value: f"{value.status}-{value.reason}" if isinstance(value, Fault) else None,
)
def test_failure_says_what_it_means(
    calendar: GoogleCalendar, google: Google, fault: Fault, key: str, is_lasting: bool
) -> None:
    google.faults += [fault, fault] if fault.status == 0 else [fault]  # httplib2 tries a broken connection once more

    error = failing(calendar)

    assert error.key == key
    assert isinstance(error, Refused) is (key == "google-refused")
    assert getattr(error, "is_lasting", False) is is_lasting


def test_quota_is_left_alone_for_hours(calendar: GoogleCalendar, google: Google) -> None:
    google.faults.append(Fault(status=403, reason="quotaExceeded"))
    error = failing(calendar)
    assert isinstance(error, Unavailable)
    assert error.after == timedelta(hours=6)


def test_google_that_does_not_answer_is_waited_for_as_long_as_set(google: Google, tmp_path: Path) -> None:
    impatient = opened(google, tmp_path, google_timeout=0.2)
    google.faults.append(Fault(status=0, hang=2.0))
    assert failing(impatient).key == "google-unreachable"
    asyncio.run(impatient.close())


def test_busy_google_is_asked_again_at_once(google: Google, tmp_path: Path) -> None:
    patient = opened(google, tmp_path, google_retries=1)
    google.faults.append(Fault(status=429, reason="rateLimitExceeded"))
    assert publish(patient, BOARD) == EVENT
    asyncio.run(patient.close())


def test_expired_token_is_renewed_and_kept_for_its_owner_alone(google: Google, tmp_path: Path) -> None:
    expired = opened(google, tmp_path, expires_in=-60)

    publish(expired, BOARD)

    kept = load(path_in(tmp_path))
    assert kept is not None
    assert (kept.secrets["token"], kept.secrets["refresh_token"]) == ("access-1", "refresh-0")
    assert path_in(tmp_path).stat().st_mode & 0o777 == 0o600
    assert "access-1" not in repr(kept)
    asyncio.run(expired.close())


def test_revoked_grant_lasts_and_a_failing_token_server_does_not(google: Google, tmp_path: Path) -> None:
    expired = opened(google, tmp_path, expires_in=-60)
    google.token_faults += [
        (400, {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}),
        (200, {"nonsense": True}),
    ]

    revoked, lying = failing(expired), failing(expired)

    assert (revoked.key, getattr(revoked, "is_lasting", None)) == ("google-signed-out", True)
    assert (lying.key, getattr(lying, "is_lasting", None)) == ("google-unreachable", False)
    assert publish(expired, BOARD) == EVENT
    asyncio.run(expired.close())


def test_eighty_meetings_at_once_lose_none(calendar: GoogleCalendar, google: Google) -> None:
    async def all_at_once() -> None:
        async with asyncio.TaskGroup() as group:
            for number in range(80):
                group.create_task(calendar.publish(replace(BOARD, uid=f"meeting-{number}"), BUDI))

    asyncio.run(all_at_once())

    assert len(google.events) == 80
    assert len([one for one in google.told if one.email == "budi@example.org"]) == 80


def test_all_guests_published_at_once_make_one_event(calendar: GoogleCalendar, google: Google) -> None:
    async def all_at_once() -> None:
        async with asyncio.TaskGroup() as group:
            for guest in BOARD.guests * 3:
                group.create_task(calendar.publish(BOARD, guest))

    asyncio.run(all_at_once())

    assert len(google.events) == 1
    assert len(google.told) == len(BOARD.guests)


def test_busy_people_are_told_of_who_share_it(calendar: GoogleCalendar, google: Google) -> None:
    google.busy["budi@example.org"] = [{"start": "2026-12-03T12:30:00Z", "end": "2026-12-03T13:00:00Z"}]
    google.busy["sari@example.org"] = []
    people = ["budi@example.org", "sari@example.org", "anne@example.org"]

    found = asyncio.run(calendar.busy(people, BOARD.dtstart, BOARD.dtstart + BOARD.duration))

    start = datetime(2026, 12, 3, 12, 30, tzinfo=UTC)
    assert found == {"budi@example.org": [(start, start + timedelta(minutes=30))], "sari@example.org": []}


SERIES = replace(
    BOARD, recurrence=Recurrence(rrule="FREQ=WEEKLY;COUNT=4", exdates=(BOARD.dtstart + timedelta(weeks=2),))
)
OCCURRENCE = replace(
    BOARD,
    revision=1,
    sequence=1,
    recurrence_id=(BOARD.dtstart + timedelta(weeks=1)).astimezone(UTC),
    dtstart=BOARD.dtstart + timedelta(weeks=1, hours=1),
)
"""Its second meeting, an hour later."""


def test_series_is_one_event_that_repeats(calendar: GoogleCalendar, google: Google) -> None:
    publish(calendar, SERIES)

    assert google.events[EVENT]["recurrence"] == [
        "RRULE:FREQ=WEEKLY;COUNT=4",
        "EXDATE;TZID=Asia/Jakarta:20261217T190000",
    ]


def test_occurrence_set_apart_is_changed_alone_and_called_off_alone(calendar: GoogleCalendar, google: Google) -> None:
    publish(calendar, SERIES)
    before = google.events[EVENT]
    name = publish(calendar, OCCURRENCE)
    moved = google.events[name]["start"]["dateTime"]
    publish(calendar, cancelled(OCCURRENCE))

    assert name == f"{EVENT}_20261210T120000Z"
    assert moved == "2026-12-10T20:00:00+07:00"
    assert google.events[EVENT] == before
    assert google.events[name]["status"] == "cancelled"


@pytest.mark.parametrize("occurrence", [OCCURRENCE, cancelled(OCCURRENCE), replace(OCCURRENCE, guests=())])
def test_occurrence_waits_for_its_series(calendar: GoogleCalendar, occurrence: Invitation) -> None:
    assert failing(calendar, occurrence).key == "google-series-first", "else its series would show it as it was"


def test_occurrence_of_a_series_that_is_off_waits_for_nothing(calendar: GoogleCalendar, google: Google) -> None:
    publish(calendar, replace(cancelled(OCCURRENCE), is_series_cancelled=True))
    assert google.events == {}


def test_occurrence_has_none_of_the_guests_of_its_series_but_its_own(calendar: GoogleCalendar, google: Google) -> None:
    publish(calendar, SERIES)
    own = tuple(each for each in OCCURRENCE.guests if each != BUDI)
    name = publish(calendar, replace(OCCURRENCE, guests=own), own[0])

    assert [one["email"] for one in google.events[name]["attendees"]] == [each.mailbox.address for each in own]


def test_answer_to_one_occurrence_names_it_and_its_edit_is_told(calendar: GoogleCalendar, google: Google) -> None:
    publish(calendar, SERIES)
    publish(calendar, OCCURRENCE)
    heard(calendar)
    google.answer_once(EVENT, "20261224T120000Z", "budi@example.org", "declined")
    google.edit(f"{EVENT}_20261210T120000Z", summary="Rapat singkat")

    came = heard(calendar)

    answers = [one.answer.recurrence_id for one in came if isinstance(one, Rsvp)]
    edits = {one.recurrence_id: one.summary for one in came if isinstance(one, Edit)}
    assert answers == [datetime(2026, 12, 24, 12, tzinfo=UTC)]
    # Whether the one that was answered was edited too only the record can tell: it never was written alone.
    assert edits == {OCCURRENCE.recurrence_id: "Rapat singkat", answers[0]: BOARD.summary}
    assert heard(calendar) == []


def test_occurrence_that_nobody_wrote_is_known_by_its_series(calendar: GoogleCalendar, google: Google) -> None:
    publish(calendar, SERIES)
    publish(calendar, replace(BOARD, uid="other"))
    google.remove_once(EVENT, "20261210T120000Z")
    google.edit(EVENT, colorId="3")  # by which it comes after its occurrence

    (edit,) = heard(calendar)

    assert isinstance(edit, Edit)
    when = datetime(2026, 12, 10, 12, tzinfo=UTC)
    assert (edit.uid, edit.recurrence_id, edit.is_cancelled) == (BOARD.uid, when, True)


def test_occurrence_of_a_series_of_days_is_named_by_its_day(calendar: GoogleCalendar, google: Google) -> None:
    publish(
        calendar, replace(SERIES, is_all_day=True, dtstart=BOARD.dtstart.replace(hour=0), duration=timedelta(days=1))
    )
    google.edit_once(EVENT, "20261210", summary="Kerja bakti")

    assert [(one.recurrence_id, one.duration) for one in heard(calendar) if isinstance(one, Edit)] == [
        (date(2026, 12, 10), timedelta(days=1))
    ]


def test_copy_that_somebody_makes_in_google_is_none_of_ours(calendar: GoogleCalendar, google: Google) -> None:
    publish(calendar, BOARD)
    heard(calendar)
    google.copy(EVENT, "copied", summary="Rapat lain")
    google.answer("copied", "budi@example.org", "declined")

    assert heard(calendar) == []


def test_days_are_days(calendar: GoogleCalendar, google: Google) -> None:
    start = BOARD.dtstart.replace(hour=0)
    publish(calendar, replace(BOARD, is_all_day=True, dtstart=start, duration=timedelta(days=2)))
    shown = google.events[EVENT]
    assert (shown["start"], shown["end"]) == ({"date": "2026-12-03"}, {"date": "2026-12-05"})


def heard(calendar: GoogleCalendar, count: int = 0) -> list[Incoming]:
    """Return what *calendar* hands over: *count* things, however long they take, and what comes in a moment more."""
    found: list[Incoming] = []
    are_all_there = asyncio.Event()

    async def receive(incoming: Incoming) -> None:
        found.append(incoming)
        if len(found) >= count:
            are_all_there.set()

    async def listen() -> None:
        task = asyncio.create_task(calendar.listen(receive))
        async with asyncio.timeout(30):
            if count:
                await are_all_there.wait()
        await asyncio.sleep(0.3)
        task.cancel()

    asyncio.run(listen())
    return found


def test_what_was_handed_over_is_not_again_though_google_forgets(calendar: GoogleCalendar, google: Google) -> None:
    publish(calendar, BOARD)
    google.answer(EVENT, "budi@example.org", "accepted", "ya\r\nBCC: all@example.org\x00")
    first = heard(calendar)
    google.forget()

    assert [one.answer.partstat for one in first if isinstance(one, Rsvp)] == [PartStat.ACCEPTED]
    assert [one.answer.comment for one in first if isinstance(one, Rsvp)] == ["ya\nBCC: all@example.org"]
    assert heard(calendar) == []


def test_no_more_changes_are_made_than_allowed_by_two_processes(google: Google, tmp_path: Path) -> None:
    async def invite(calendar: GoogleCalendar, *numbers: int) -> list[str]:
        refused = []
        for number in numbers:
            try:
                await calendar.publish(replace(BOARD, uid=f"meeting-{number}"), BUDI)
            except Unavailable as error:
                refused.append(f"{error.key} {number} {error.after}")
        await calendar.close()
        return refused

    with open_hall(tmp_path / "data", None) as hall:
        one, other = (
            opened(google, tmp_path, google_per_minute=3, ration=Leading(hall.record.database, lambda: NOON).ration)
            for _ in "12"
        )
        assert asyncio.run(invite(one, 1, 2)) == []
        assert asyncio.run(invite(other, 3, 4)) == ["google-limit-reached 4 0:01:00"]
    assert len(google.events) == 3


def test_many_changes_come_page_by_page(calendar: GoogleCalendar, google: Google) -> None:
    google.page = 3
    names = [publish(calendar, replace(BOARD, uid=f"meeting-{number}")) for number in range(10)]
    for name in names:
        google.answer(name, "budi@example.org", "tentative")

    assert len(heard(calendar, 10)) == 10


def test_nobodys_address_is_in_the_note(calendar: GoogleCalendar, google: Google, tmp_path: Path) -> None:
    publish(calendar, BOARD)
    google.answer(EVENT, "budi@example.org", "accepted")
    heard(calendar)
    note = path_in(tmp_path).with_name("seen.json").read_text(encoding="utf-8")
    assert (EVENT in note, "budi" in note) == (True, False)


@pytest.mark.parametrize("note", ["", "{}", "[]", '{"events": {"a": 1}, "token": 2}'])
def test_damaged_note_of_what_was_seen_is_begun_anew(google: Google, tmp_path: Path, note: str) -> None:
    calendar = opened(google, tmp_path)
    publish(calendar, BOARD)
    google.answer(EVENT, "budi@example.org", "accepted")
    path_in(tmp_path).with_name("seen.json").write_text(note)
    assert len(heard(calendar)) == 1
    asyncio.run(calendar.close())


def told_edits(calendar: GoogleCalendar) -> list[tuple[str | None, frozenset[Part], frozenset[str] | None]]:
    return [(one.summary, one.parts, one.guests) for one in heard(calendar) if isinstance(one, Edit)]


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=2"]}, Part.REPEAT),
        ({"description": "Batal!"}, Part.DESCRIPTION),
        ({"attendees": [{"email": "mallory@example.org", "responseStatus": "needsAction"}]}, Part.GUESTS),
    ],
)
def test_part_that_the_record_takes_from_nowhere_is_told_once_and_put_back(
    calendar: GoogleCalendar, google: Google, fields: dict[str, object], part: Part
) -> None:
    publish(calendar, SERIES)
    before = google.events[EVENT]
    heard(calendar)
    google.edit(EVENT, **fields)

    guests = frozenset({"mallory@example.org"}) if part is Part.GUESTS else None
    assert told_edits(calendar) == [(SERIES.summary, frozenset({part}), guests)]
    google.edit(EVENT, colorId="3")
    assert told_edits(calendar) == []
    asyncio.run(calendar.restore(SERIES))
    assert told_edits(calendar) == []
    assert [google.events[EVENT][name] for name in ("recurrence", "description")] == [
        before[name] for name in ("recurrence", "description")
    ]
    assert {one["email"] for one in google.events[EVENT]["attendees"]} == {one["email"] for one in before["attendees"]}


def test_what_we_write_ourselves_is_no_edit_whoever_is_added_or_taken_off(
    calendar: GoogleCalendar, google: Google
) -> None:
    alone = replace(SERIES, guests=(SARI, BUDI))
    for invitation, guest in ((alone, BUDI), (SERIES, ANNE), (replace(alone, revision=1), ANNE)):
        publish(calendar, invitation, guest)
        asyncio.run(calendar.withdraw(invitation, SARI))
        assert told_edits(calendar) == []


def test_guest_whom_a_person_added_stays_told_though_we_add_another(calendar: GoogleCalendar, google: Google) -> None:
    publish(calendar, replace(BOARD, guests=(BUDI,)))
    strange = {"email": "mallory@example.org", "responseStatus": "needsAction"}
    google.edit(EVENT, attendees=[*google.events[EVENT]["attendees"], strange])

    publish(calendar, BOARD, ANNE)

    ((_, parts, guests),) = told_edits(calendar)
    assert parts == {Part.GUESTS}
    assert guests is not None
    assert "mallory@example.org" in guests


def test_rule_and_dates_that_google_writes_in_its_own_way_are_no_edit(calendar: GoogleCalendar, google: Google) -> None:
    dates = tuple(SERIES.dtstart + timedelta(days=7 * week) for week in (2, 3))
    publish(calendar, replace(SERIES, recurrence=Recurrence(rrule="FREQ=WEEKLY;BYDAY=MO,TH;COUNT=9", exdates=dates)))
    utc = ",".join(f"{one.astimezone(UTC):%Y%m%dT%H%M%SZ}" for one in reversed(dates))
    google.edit(EVENT, recurrence=[f"EXDATE:{utc}", "RRULE:COUNT=9;INTERVAL=1;WKST=MO;FREQ=WEEKLY;BYDAY=TH,MO"])

    assert [parts for _, parts, _ in told_edits(calendar)] == [frozenset()]  # which the record finds to be none


def test_event_of_an_older_governor_is_not_misread(calendar: GoogleCalendar, google: Google) -> None:
    publish(calendar, SERIES)
    private = google.events[EVENT]["extendedProperties"]["private"]
    old = {name: value for name, value in private.items() if name not in set(TRACES) - {DIGEST}}
    google.edit(EVENT, extendedProperties={"private": old}, description="Dahulu ditulis lain.")

    assert told_edits(calendar) == []
    assert set(TRACES) <= set(private)


def test_rest_of_a_series_that_a_person_split_off_is_gone_when_it_is_put_back(
    calendar: GoogleCalendar, google: Google
) -> None:
    publish(calendar, SERIES)
    heard(calendar)
    rest = f"{EVENT}_R20261217T120000"
    google.copy(EVENT, rest, start={"dateTime": "2026-12-17T20:00:00+07:00"})
    google.copy(EVENT, "copied", summary="Rapat lain")
    google.edit(EVENT, recurrence=["RRULE:FREQ=WEEKLY;UNTIL=20261210T120000Z"])

    assert [parts for _, parts, _ in told_edits(calendar)] == [{Part.REPEAT}]
    asyncio.run(calendar.restore(SERIES))

    assert {name: one["status"] for name, one in google.events.items()} == {
        EVENT: "confirmed",
        rest: "cancelled",
        "copied": "confirmed",
    }


def test_closed_meeting_is_private_to_its_guests_until_it_is_opened(google: Google, calendar: GoogleCalendar) -> None:
    publish(calendar, replace(BOARD, is_closed=True))
    assert google.events[EVENT]["visibility"] == "private"
    publish(calendar, replace(BOARD, revision=1))
    assert google.events[EVENT]["visibility"] == "default"
