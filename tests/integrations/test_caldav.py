"""Does a calendar on a real CalDAV server do what every calendar does, and survive what servers do?"""

import asyncio
import itertools
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest

from governor.domain.meetings import PartStat, Status
from governor.domain.recurrence import Recurrence
from governor.errors import GovernorError, Unavailable
from governor.itip.invitation import Guest, Invitation
from governor.ports import Edit, Incoming, Part, Rsvp, SetAside, Surroundings
from governor.ports.choices import Secret
from integrations.caldav import objects, open_calendar
from integrations.caldav.calendar import CaldavCalendar
from integrations.caldav.server import Overtaken, Server
from integrations.caldav.watching import Watch
from tests.integrations.calendar_contract import CalendarContract, Desk
from tests.integrations.radicale_server import Radicale, serving, settings_for
from tests.itip.invitations import ANNE, BOARD, BUDI, ORGANIZER, SARI, at, cancelled
from tests.peers.golden import RETREAT, SERIES

NAME = objects.name_of(BOARD)
NUMBERS = itertools.count()
MOVED = replace(
    BOARD, sequence=1, revision=1, dtstart=BOARD.dtstart + timedelta(days=1), dtstamp=BOARD.dtstamp + timedelta(hours=1)
)


@pytest.fixture(scope="module")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    with serving(tmp_path_factory.mktemp("radicale")) as server:
        yield server


@pytest.fixture
def url(radicale: Radicale) -> str:
    return radicale.make(f"c{next(NUMBERS)}")


@pytest.fixture
def calendar(url: str, tmp_path: Path) -> Iterator[CaldavCalendar]:
    settings = settings_for(url, caldav_poll_seconds=0.05)
    found = CaldavCalendar(Server(settings), settings, tmp_path / "caldav" / "answers.json")
    yield found
    asyncio.run(found.close())


def publish(calendar: CaldavCalendar, invitation: Invitation, guest: Guest = BUDI) -> str:
    return asyncio.run(calendar.publish(invitation, guest))


def heard_by(calendar: CaldavCalendar) -> list[Incoming]:
    """Return what is handed over until a second look begins."""
    heard: list[Incoming] = []
    looks, token = itertools.count(1), calendar._server.token
    begun = threading.Event()

    def counted() -> str:
        if next(looks) > 1:
            begun.set()
        return token()

    async def receive(incoming: Incoming) -> None:
        heard.append(incoming)

    async def listen() -> None:
        listening = asyncio.create_task(calendar.listen(receive))
        seen = asyncio.create_task(asyncio.to_thread(begun.wait, 20))
        await asyncio.wait((listening, seen), return_when=asyncio.FIRST_COMPLETED)
        begun.set()
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening

    calendar._server.token = counted  # type: ignore[method-assign]
    try:
        asyncio.run(listen())
    finally:
        calendar._server.token = token  # type: ignore[method-assign]
    return heard


def listened(calendar: CaldavCalendar) -> list[Rsvp]:
    """Return what people answered."""
    heard = heard_by(calendar)
    assert [one for one in heard if not isinstance(one, Rsvp)] == []
    return [one for one in heard if isinstance(one, Rsvp)]


class TestContract(CalendarContract):
    @pytest.fixture
    def desk(self, calendar: CaldavCalendar, radicale: Radicale, url: str) -> Iterator[Desk]:
        loop = asyncio.new_event_loop()
        yield Desk(calendar=calendar, run=loop.run_until_complete, shows=lambda address: radicale.shows(url, address))
        loop.close()


def partstats(radicale: Radicale, url: str) -> dict[str, str]:
    (event,) = radicale.events(url)
    return {str(each).removeprefix("mailto:"): each.params["PARTSTAT"] for each in event.attendees}


def test_object_is_one_that_servers_keep(calendar: CaldavCalendar, radicale: Radicale, url: str) -> None:
    publish(calendar, BOARD)
    content = radicale.ask("GET", url + NAME)
    assert b"METHOD" not in content
    assert b"BEGIN:VTIMEZONE" in content
    (event,) = radicale.events(url)
    assert str(event["ORGANIZER"]) == f"mailto:{ORGANIZER.address}"


def test_published_to_all_guests_it_is_written_once(calendar: CaldavCalendar, radicale: Radicale, url: str) -> None:
    publish(calendar, BOARD)
    before = calendar._server.get(NAME)
    for guest in (SARI, ANNE, BUDI):
        publish(calendar, BOARD, guest)
    assert calendar._server.get(NAME) == before


def test_older_revision_never_takes_the_place_of_a_newer(
    calendar: CaldavCalendar, radicale: Radicale, url: str
) -> None:
    publish(calendar, MOVED)
    publish(calendar, BOARD)
    assert [one.sequence for one in radicale.shows(url, "budi@example.org")] == [1]


def test_answers_stay_when_the_title_changes_and_go_when_the_time_does(
    calendar: CaldavCalendar, radicale: Radicale, url: str
) -> None:
    publish(calendar, BOARD)
    radicale.answer(url, NAME, "budi@example.org", "DECLINED")
    publish(calendar, replace(BOARD, revision=1, summary="Rapat anggaran"))
    assert partstats(radicale, url)["budi@example.org"] == "DECLINED"
    publish(calendar, replace(MOVED, revision=2))
    assert partstats(radicale, url)["budi@example.org"] == "NEEDS-ACTION"


def test_exception_of_a_series_stands_beside_it_and_stays(
    calendar: CaldavCalendar, radicale: Radicale, url: str
) -> None:
    series = replace(BOARD, recurrence=Recurrence(rrule="FREQ=WEEKLY;COUNT=4"))
    second = (BOARD.dtstart + timedelta(days=7)).astimezone(UTC)
    apart = replace(BOARD, recurrence_id=second, dtstart=BOARD.dtstart + timedelta(days=8), sequence=1)
    publish(calendar, series)
    publish(calendar, apart)
    publish(calendar, replace(series, revision=1, summary="Rapat mingguan"))
    publish(calendar, replace(apart, revision=1, sequence=2, status=Status.CANCELLED))

    events = {objects.recurrence_of(each): each for each in radicale.events(url)}
    assert {when: str(each["STATUS"]) for when, each in events.items()} == {None: "CONFIRMED", second: "CANCELLED"}
    assert "RRULE" in events[None]
    publish(calendar, cancelled(replace(series, revision=2)))
    assert radicale.events(url) == []


def test_occurrence_that_is_cancelled_before_its_series_is_written_stays_cancelled(
    calendar: CaldavCalendar, radicale: Radicale, url: str
) -> None:
    publish(calendar, SERIES["retreat-cancelled"])
    publish(calendar, RETREAT)
    assert {objects.recurrence_of(one): str(one["STATUS"]) for one in radicale.events(url)} == {
        None: "CONFIRMED",
        THIRD: "CANCELLED",
    }


@pytest.mark.parametrize("is_later", [False, True])
def test_occurrence_that_is_cancelled_of_a_series_that_is_off_leaves_nothing_behind(
    calendar: CaldavCalendar, radicale: Radicale, url: str, is_later: bool
) -> None:
    series = cancelled(replace(RETREAT, revision=1))
    occurrence = replace(SERIES["retreat-cancelled"], is_series_cancelled=True)
    publish(calendar, RETREAT)
    for invitation in (series, occurrence) if is_later else (occurrence, series):
        publish(calendar, invitation)
    assert radicale.events(url) == []


SECOND, THIRD = date(2027, 2, 13), date(2027, 3, 13)


def test_exception_of_a_series_of_days_is_written_once_however_often_it_changes(
    calendar: CaldavCalendar, radicale: Radicale, url: str
) -> None:
    moved, off = SERIES["retreat-moved"], SERIES["retreat-cancelled"]
    for invitation in (RETREAT, moved, off, moved, replace(moved, revision=1, summary="Retret pengurus")):
        publish(calendar, invitation)

    events = [(objects.recurrence_of(each), str(each["SUMMARY"]), str(each["STATUS"])) for each in radicale.events(url)]
    assert sorted(events, key=str) == [
        (None, "Rapat pengurus", "CONFIRMED"),
        (SECOND, "Retret pengurus", "CONFIRMED"),
        (THIRD, "Rapat pengurus", "CANCELLED"),
    ]


def test_answer_to_one_day_of_a_series_names_that_day(calendar: CaldavCalendar, radicale: Radicale, url: str) -> None:
    for invitation in (RETREAT, SERIES["retreat-moved"]):
        publish(calendar, invitation)
    radicale.answer(url, objects.name_of(RETREAT), "budi@example.org", "ACCEPTED")

    assert {one.answer.recurrence_id for one in listened(calendar)} == {None, SECOND}


def test_who_is_told_another_way_is_taken_off_without_a_word(
    calendar: CaldavCalendar, radicale: Radicale, url: str
) -> None:
    publish(calendar, BOARD)
    written: list[str] = []
    put = calendar._server.put
    calendar._server.put = lambda name, content, over: (written.append(content.decode()), put(name, content, over=over))  # type: ignore
    asyncio.run(calendar.withdraw(BOARD, BUDI))
    asyncio.run(calendar.withdraw(BOARD, BUDI))

    assert "SCHEDULE-AGENT=NONE" in written[0].replace("\r\n ", "")
    assert len(written) == 2
    assert sorted(partstats(radicale, url)) == ["anne.oneill+meetings@example.com", "sari@example.org"]


def test_who_is_told_of_one_occurrence_another_way_stays_on_the_series(
    calendar: CaldavCalendar, radicale: Radicale, url: str
) -> None:
    moved = SERIES["retreat-moved"]
    for invitation in (RETREAT, moved):
        publish(calendar, invitation)
    asyncio.run(calendar.withdraw(moved, BUDI))

    found = {
        objects.recurrence_of(event): "mailto:budi@example.org" in map(str, event.attendees)
        for event in radicale.events(url)
    }
    assert found == {None: True, SECOND: False}


def test_alarms_stand_in_the_event(calendar: CaldavCalendar, radicale: Radicale, url: str) -> None:
    publish(calendar, replace(BOARD, alarms=(timedelta(days=1), timedelta(hours=1))))
    (event,) = radicale.events(url)
    assert [each["TRIGGER"].dt for each in event.walk("VALARM")] == [-timedelta(days=1), -timedelta(hours=1)]


def test_what_people_made_of_the_event_is_put_right(calendar: CaldavCalendar, radicale: Radicale, url: str) -> None:
    publish(calendar, BOARD)
    content = radicale.ask("GET", url + NAME).replace(b"SUMMARY:Rapat pengurus", b"SUMMARY:Pesta")
    radicale.ask("PUT", url + NAME, content, Content_Type="text/calendar")
    asyncio.run(calendar.restore(BOARD))
    assert [str(each["SUMMARY"]) for each in radicale.events(url)] == ["Rapat pengurus"]


def test_two_who_write_at_once_both_succeed(url: str, radicale: Radicale, tmp_path: Path) -> None:
    settings = settings_for(url)
    calendars = [CaldavCalendar(Server(settings), settings, tmp_path / f"{at}.json") for at in range(4)]
    with ThreadPoolExecutor(4) as pool:
        for revision in range(4):
            invitation = replace(BOARD, revision=revision, summary=f"Rapat {revision}")
            list(pool.map(publish, calendars, [invitation] * 4))
    assert [str(each["SUMMARY"]) for each in radicale.events(url)] == ["Rapat 3"]
    for one in calendars:
        asyncio.run(one.close())


def test_object_that_changed_meanwhile_is_not_overwritten(
    calendar: CaldavCalendar, radicale: Radicale, url: str
) -> None:
    publish(calendar, BOARD)
    before = calendar._server.get(NAME)
    assert before is not None
    radicale.answer(url, NAME, "budi@example.org", "ACCEPTED")
    for write in (
        lambda: calendar._server.put(NAME, before.content, over=before),
        lambda: calendar._server.put(NAME, before.content, over=None),
    ):
        with pytest.raises(Overtaken):
            write()


def test_answers_are_handed_over_once_though_the_process_begins_anew(
    calendar: CaldavCalendar, radicale: Radicale, url: str
) -> None:
    heard: list[Rsvp] = []

    def listen() -> list[tuple[str, PartStat]]:
        heard[:] = listened(calendar)
        return [(one.answer.attendee, one.answer.partstat) for one in heard]

    publish(calendar, BOARD)
    listen()
    ids = set()
    for partstat in (PartStat.ACCEPTED, PartStat.DECLINED, PartStat.ACCEPTED):
        radicale.answer(url, NAME, "budi@example.org", partstat)
        assert listen() == [("budi@example.org", partstat)]
        assert (heard[0].answer.uid, heard[0].answer.sequence, heard[0].is_verified) == (BOARD.uid, 0, True)
        ids.add(heard[0].id)
        assert listen() == []
    assert len(ids) == 3
    publish(calendar, MOVED)
    assert listen() == []  # asked again: nobody said anything
    radicale.answer(url, NAME, "budi@example.org", "ACCEPTED")
    assert listen() == [("budi@example.org", PartStat.ACCEPTED)]
    assert heard[0].answer.sequence == 1


def failing(calendar: CaldavCalendar) -> GovernorError:
    with pytest.raises(GovernorError) as raised:
        publish(calendar, BOARD)
    return raised.value


def test_wrong_password_and_missing_calendar_are_told_apart(url: str, radicale: Radicale, tmp_path: Path) -> None:
    for more, kind, key in (
        ({"caldav_password": Secret("salah")}, Unavailable, "caldav-signed-out"),
        ({"caldav_calendar": url.removesuffix("/") + "-tidak-ada/"}, Unavailable, "caldav-missing"),
        ({"caldav_calendar": "http://127.0.0.1:9/rapat/x/"}, Unavailable, "caldav-unreachable"),
    ):
        settings = settings_for(url, **more)
        error = failing(CaldavCalendar(Server(settings), settings, tmp_path / "a.json"))
        assert (type(error), error.key) == (kind, key)
        assert "salah" not in str(error)


def test_server_that_dies_is_found_again(tmp_path: Path) -> None:
    with serving(tmp_path / "server") as server:
        settings = settings_for(server.make("kas"))
        calendar = CaldavCalendar(Server(settings), settings, tmp_path / "answers.json")
        publish(calendar, BOARD)
        server.stop()
        assert failing(calendar).key == "caldav-unreachable"
        server.start()
        publish(calendar, MOVED)
        assert [one.sequence for one in server.shows(server.url("kas"), "budi@example.org")] == [1]


def test_nothing_is_opened_where_no_calendar_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    around = Surroundings(data=tmp_path, speaker="dewi")
    assert open_calendar(around) is None
    monkeypatch.setenv("GOVERNOR_CALDAV_CALENDAR", "https://cloud.example.org/remote.php/dav/calendars/rapat/rapat/")
    found = open_calendar(around)
    assert found is not None
    assert dict(found.notice.values) == {"host": "cloud.example.org"}
    asyncio.run(found.close())


def test_all_days_and_other_zones_are_kept(calendar: CaldavCalendar, radicale: Radicale, url: str) -> None:
    days = replace(
        at("Asia/Jakarta", 2026, 12, 3, 0, 0), uid="hari@example.org", is_all_day=True, duration=timedelta(days=2)
    )
    publish(calendar, days)
    (event,) = radicale.events(url)
    assert (str(event.start), str(event.end)) == ("2026-12-03", "2026-12-05")


Change = Callable[[icalendar.Calendar], None]


def changes(heard: Iterable[Incoming]) -> list[Edit]:
    return [one for one in heard if isinstance(one, Edit)]


def change(radicale: Radicale, url: str, name: str, change: Change) -> None:
    """Do to the object what a person does with their own program."""
    found = icalendar.Calendar.from_ical(radicale.ask("GET", url + name))
    change(found)
    radicale.ask("PUT", url + name, found.to_ical(), Content_Type="text/calendar; charset=utf-8")


def put(name: str, value: object) -> Change:
    def change(found: icalendar.Calendar) -> None:
        event = found.events[0]
        event.pop(name, None)
        event.add(name, value)

    return change


@pytest.mark.parametrize(
    ("made", "parts"),
    [
        (put("SUMMARY", "Pesta"), frozenset()),
        (put("LOCATION", "Pantai"), frozenset()),
        (put("DTSTART", BOARD.dtstart - timedelta(hours=1)), frozenset()),
        (put("DESCRIPTION", "Batal!"), {Part.DESCRIPTION}),
        (put("RRULE", {"FREQ": "DAILY"}), {Part.REPEAT}),
        (put("ATTENDEE", icalendar.vCalAddress("mailto:mallory@example.org")), {Part.GUESTS}),
    ],
)
def test_what_a_person_changes_on_the_server_is_told_once_and_can_be_put_back(
    calendar: CaldavCalendar, radicale: Radicale, url: str, made: Change, parts: set[Part]
) -> None:
    publish(calendar, BOARD)
    assert changes(heard_by(calendar)) == []
    change(radicale, url, NAME, made)

    first = changes(heard_by(calendar))
    assert [(one.uid, one.parts, one.is_cancelled) for one in first] == [(BOARD.uid, parts, False)]
    assert changes(heard_by(calendar)) == []
    asyncio.run(calendar.restore(BOARD))
    assert changes(heard_by(calendar)) == []
    change(radicale, url, NAME, made)
    again = changes(heard_by(calendar))
    assert [one.parts for one in again] == [parts]
    assert again[0].id != first[0].id


def test_occurrence_that_a_person_takes_out_of_a_series_is_told_alone(
    calendar: CaldavCalendar, radicale: Radicale, url: str
) -> None:
    publish(calendar, RETREAT)

    def move(found: icalendar.Calendar) -> None:
        one = found.events[0].copy()
        for name in ("RRULE", "DTSTART", "DTEND"):
            del one[name]
        for name, day in (("DTSTART", 20), ("DTEND", 22), ("RECURRENCE-ID", 13)):
            one.add(name, date(2027, 2, day))
        found.add_component(one)

    change(radicale, url, objects.name_of(RETREAT), move)

    (edit,) = changes(heard_by(calendar))
    assert (edit.recurrence_id, edit.duration, edit.parts) == (SECOND, timedelta(days=2), frozenset())
    assert edit.dtstart == datetime(2027, 2, 20, tzinfo=UTC)


def test_event_that_a_person_deletes_is_told_as_taken_off(
    calendar: CaldavCalendar, radicale: Radicale, url: str
) -> None:
    publish(calendar, BOARD)
    watch = Watch(calendar._server, calendar._seen)
    assert changes(watch.look()) == []
    watch.keep()
    radicale.ask("DELETE", url + NAME)

    (edit,) = changes(watch.look())
    assert (edit.uid, edit.is_cancelled) == (BOARD.uid, True)
    watch.note(edit)
    watch.keep()
    assert changes(watch.look()) == []


def test_event_that_a_person_deletes_while_nobody_looks_is_told_once_when_it_is_looked_again(
    calendar: CaldavCalendar, radicale: Radicale, url: str
) -> None:
    publish(calendar, BOARD)
    assert changes(heard_by(calendar)) == []
    radicale.ask("DELETE", url + NAME)

    assert [(one.uid, one.is_cancelled) for one in changes(heard_by(calendar))] == [(BOARD.uid, True)]
    assert changes(heard_by(calendar)) == []


def test_deletion_that_could_not_be_entered_is_told_again_under_the_same_id(
    calendar: CaldavCalendar, radicale: Radicale, url: str
) -> None:
    publish(calendar, BOARD)
    heard_by(calendar)
    radicale.ask("DELETE", url + NAME)
    refused: list[Incoming] = []

    async def refuse(incoming: Incoming) -> None:
        refused.append(incoming)
        raise Unavailable("database-busy")

    with pytest.raises(Unavailable):
        asyncio.run(calendar.listen(refuse))

    assert [one.id for one in heard_by(calendar)] == [one.id for one in refused]


def test_another_calendar_in_the_settings_is_no_deletion_of_all_meetings(
    calendar: CaldavCalendar, radicale: Radicale, tmp_path: Path
) -> None:
    publish(calendar, BOARD)
    heard_by(calendar)
    other = CaldavCalendar(Server(settings_for(radicale.make(f"c{next(NUMBERS)}"))), calendar._settings, calendar._seen)

    assert heard_by(other) == []


def test_calendar_in_which_nothing_changed_is_not_read_again(
    calendar: CaldavCalendar, radicale: Radicale, url: str
) -> None:
    publish(calendar, BOARD)
    heard_by(calendar)
    asked: list[str] = []
    ask = calendar._server._ask
    calendar._server._ask = lambda method, *rest: (asked.append(method), ask(method, *rest))[1]  # type: ignore

    assert heard_by(calendar) == []
    assert "GET" not in asked
    radicale.answer(url, NAME, "budi@example.org", "ACCEPTED")
    assert [one.answer.partstat for one in listened(calendar)] == [PartStat.ACCEPTED]


def test_object_that_cannot_be_read_is_set_aside_and_the_others_are_heard(
    calendar: CaldavCalendar, radicale: Radicale, url: str
) -> None:
    publish(calendar, BOARD)
    get = calendar._server.get
    calendar._server.get = lambda name: replace(get(name), content=b"?") if name == "bad.ics" else get(name)  # type: ignore
    other = radicale.ask("GET", url + NAME).replace(BOARD.uid.encode(), b"other@example.org")
    radicale.ask("PUT", f"{url}bad.ics", other, Content_Type="text/calendar")
    radicale.answer(url, NAME, "budi@example.org", "ACCEPTED")

    heard = heard_by(calendar)
    assert {type(one) for one in heard} == {Rsvp, SetAside}
    assert heard_by(calendar) == []


def test_who_is_on_a_meeting_in_the_calendar_is_busy_then(
    calendar: CaldavCalendar, radicale: Radicale, url: str
) -> None:
    series = replace(BOARD, recurrence=Recurrence(rrule="FREQ=WEEKLY;COUNT=4"))
    publish(calendar, series)
    publish(calendar, replace(BOARD, uid="later@example.org", dtstart=BOARD.dtstart + timedelta(hours=1)))
    for name in (NAME, objects.name_of(replace(BOARD, uid="later@example.org"))):
        radicale.answer(url, name, "sari@example.org", "DECLINED")
    third = BOARD.dtstart + timedelta(days=14)
    people = ["Budi@example.org", "sari@example.org", "stranger@example.org"]

    first = asyncio.run(calendar.busy(people, BOARD.dtstart, BOARD.dtstart + timedelta(days=1)))
    again = asyncio.run(calendar.busy(people, third, third + timedelta(minutes=30)))
    free = asyncio.run(calendar.busy(people, third - timedelta(days=1), third))

    start = BOARD.dtstart.astimezone(UTC)
    assert first == {"budi@example.org": [(start, start + timedelta(hours=1) + BOARD.duration)]}
    assert again == {"budi@example.org": [(third.astimezone(UTC), third.astimezone(UTC) + timedelta(minutes=30))]}
    assert free == {}


def test_meeting_of_days_takes_them_by_the_clocks_of_who_asks(
    calendar: CaldavCalendar, radicale: Radicale, url: str
) -> None:
    publish(calendar, RETREAT)
    midnight = datetime(2027, 3, 13, tzinfo=ZoneInfo("Asia/Jakarta"))

    found = asyncio.run(
        calendar.busy(["budi@example.org"], midnight - timedelta(hours=9), midnight + timedelta(days=9))
    )

    ((since, until),) = found["budi@example.org"]
    assert (since, until - since) == (midnight, RETREAT.duration)


def test_what_was_called_off_or_takes_no_time_keeps_nobody_busy(
    calendar: CaldavCalendar, radicale: Radicale, url: str
) -> None:
    publish(calendar, BOARD)
    for name, value in (("TRANSP", "TRANSPARENT"), ("STATUS", "CANCELLED")):
        change(radicale, url, NAME, put(name, value))
        assert asyncio.run(calendar.busy(["budi@example.org"], BOARD.dtstart, BOARD.dtstart + BOARD.duration)) == {}
        asyncio.run(calendar.restore(BOARD))


def test_what_we_write_ourselves_is_no_change_of_a_persons(
    calendar: CaldavCalendar, radicale: Radicale, url: str
) -> None:
    for invitation in (RETREAT, SERIES["retreat-moved"], SERIES["retreat-cancelled"], replace(RETREAT, revision=1)):
        publish(calendar, invitation)
        assert changes(heard_by(calendar)) == []
    asyncio.run(calendar.withdraw(RETREAT, BUDI))
    assert changes(heard_by(calendar)) == []
