"""What is subscribed to, over HTTP?"""

import logging
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest

from governor.domain import convening, series
from governor.domain.convening import Plan
from governor.domain.recurrence import Recurrence
from governor.errors import NotFound
from governor.services.feeds import Feeds
from governor.store import meetings
from tests.journeys.rooms import Room, found, opened
from tests.portal.conftest import Page, feeds_of, serving

ADDRESS = re.compile(r"http://127\.0\.0\.1:8080(/calendar/[\w-]{32}\.ics)")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Room]:
    """An organisation in which Budi is invited to one of two meetings."""
    found(tmp_path / "data", "id")
    with opened(tmp_path / "data") as room:
        room.say(
            "anggota tambah Budi budi@example.org",
            "rapat kas besok jam 7 malam di Balai dengan @budi soal anggaran",
            "1",
            "rapat rahasia Jumat jam 8 malam",
            "1",
        )
        yield room


@pytest.fixture
def portal(hall: Room) -> Iterator[Page]:
    with serving(lambda: 1 / 0, str, feeds_of(hall)) as page:  # type: ignore[arg-type,return-value]  # not asked
        yield page


def path_of(hall: Room, who: str = "budi") -> str:
    """Return the path of the address that *who* is told."""
    shown = "".join(hall.say(f"{who}> alamat kalender saya").split())
    told = ADDRESS.search(shown)
    assert told is not None, shown
    return told[1]


def titles(text: str) -> list[str]:
    return [str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(text).events]


def test_member_subscribes_to_the_meetings_they_are_invited_to(portal: Page, hall: Room) -> None:
    answer = portal.ask(path_of(hall))

    assert (answer.status, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert answer.headers["cache-control"] == "private, no-cache"
    assert titles(answer.text) == ["Rapat Kas"]
    assert "LOCATION:Balai" in answer.text
    assert "DESCRIPTION:Anggaran" in answer.text or "DESCRIPTION:anggaran" in answer.text
    assert "ATTENDEE" not in answer.text


def test_everybody_subscribes_to_titles_and_times_alone(portal: Page) -> None:
    answer = portal.ask("/calendar.ics")

    assert titles(answer.text) == ["Rapat Kas", "Rapat Rahasia"]
    assert answer.headers["cache-control"] == "public, no-cache"
    for secret in ("Balai", "nggaran", "Dewi", "Budi", "example.org\r\nATTENDEE"):
        assert secret not in answer.text, secret


def test_closed_meeting_is_in_the_feeds_of_its_people_alone(portal: Page, hall: Room) -> None:
    hall.say("rapat tertutup Sabtu jam 8 malam dengan @budi", "1")
    assert "Rapat Tertutup" not in titles(portal.ask("/calendar.ics").text)
    mine = portal.ask(path_of(hall)).text
    assert titles(mine) == ["Rapat Kas", "Rapat Tertutup"]
    assert mine.count("CLASS:PRIVATE") == 1

    hall.say("ubah rapat kas jadi tertutup")
    assert titles(portal.ask("/calendar.ics").text) == ["Rapat Rahasia"]
    hall.say("rapat itu terbuka untuk umum")
    assert titles(portal.ask("/calendar.ics").text) == ["Rapat Kas", "Rapat Rahasia"]


def test_occurrence_that_is_closed_is_in_the_feeds_of_its_people_alone(portal: Page, hall: Room) -> None:
    hall.say("rapat rutin setiap Senin jam 8 malam dengan @budi", "1")
    hall.say("ubah rapat rutin Senin depan jadi tertutup", "1")
    assert portal.ask("/calendar.ics").text.count("SUMMARY:Rapat Rutin") == 1
    mine = portal.ask(path_of(hall)).text
    assert (mine.count("SUMMARY:Rapat Rutin"), mine.count("CLASS:PRIVATE")) == (2, 1)


def test_what_a_client_has_is_not_sent_again_until_it_changes(portal: Page, hall: Room) -> None:
    path = path_of(hall)
    first = portal.ask(path)
    for known in (first.headers["etag"], f'"other", W/{first.headers["etag"]}', "*"):
        again = portal.ask(path, known=known)
        assert (again.status, again.text, again.headers["etag"]) == (304, "", first.headers["etag"])

    hall.say("catat dalam notulen: kas cukup")  # nothing that the feed shows
    assert portal.ask(path, known=first.headers["etag"]).status == 304

    hall.say("budi> hadir")
    assert portal.ask(path, known=first.headers["etag"]).status == 304
    hall.say("undur rapat 2026-001 ke Kamis jam 9 malam")
    changed = portal.ask(path, known=first.headers["etag"])
    assert changed.status == 200
    assert changed.headers["etag"] != first.headers["etag"]
    assert "SEQUENCE:1" in changed.text


def test_cancelled_meeting_leaves_the_feed(portal: Page, hall: Room) -> None:
    path = path_of(hall)
    hall.say("batalkan rapat 2026-001")

    assert titles(portal.ask(path).text) == []
    assert titles(portal.ask("/calendar.ics").text) == ["Rapat Rahasia"]


def test_revoked_address_leads_nowhere_and_the_next_is_another(portal: Page, hall: Room) -> None:
    first, others = path_of(hall), path_of(hall, "dewi")
    assert path_of(hall) == first
    assert portal.ask(first).status == 200

    assert "dicabut" in hall.say("budi> cabut alamat kalender")

    assert portal.ask(first).status == 404
    second = path_of(hall)
    assert second != first
    assert [portal.ask(path).status for path in (first, second, others)] == [404, 200, 200]
    hall.say("budi> cabut alamat kalender")
    assert "tidak memiliki alamat kalender" in hall.say("budi> cabut alamat kalender")


def test_erased_member_has_no_feed(portal: Page, hall: Room) -> None:
    path = path_of(hall)
    assert portal.ask(path).status == 200
    with hall.house.record.database.read() as connection:
        member = hall.house.record.roster(connection).by_account("console", "budi")
    assert member is not None
    hall.house.record.keys.destroy(member.id)

    assert portal.ask(path).status == 404


def test_erased_chair_is_named_in_no_feed_that_was_given_before(hall: Room) -> None:
    feeds, secret = feeds_of(hall), path_of(hall).removeprefix("/calendar/").removesuffix(".ics")
    keys = hall.house.record.keys
    with hall.house.record.database.read() as connection:
        chair = hall.house.record.roster(connection).by_account("console", "dewi")
    assert chair is not None
    for folder in (hall.house.settings.data / "keys").rglob("**/"):
        os.utime(folder, (0, 0))  # long enough ago for anything to be known at once
    assert chair.name.encode() in feeds.find(secret).body
    assert feeds.known(secret) is not None

    keys.destroy(chair.id)

    known = feeds.known(secret)
    assert (known, chair.name.encode() in feeds.find(secret).body) == (None, False)


@pytest.mark.parametrize("path", ["/calendar/.ics", "/calendar/x.ics", "/calendar/%00.ics", "/calendar/..%2fx.ics"])
def test_address_that_is_nobodys_is_not_there(portal: Page, path: str) -> None:
    assert portal.ask(path).status == 404


def test_secret_is_in_no_log_and_not_in_the_database(
    portal: Page, hall: Room, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    path = path_of(hall)
    secret = path.removeprefix("/calendar/").removesuffix(".ics")
    with caplog.at_level(logging.DEBUG):
        portal.ask(path)
        hall.say("budi> cabut alamat kalender")
        portal.ask(path)
    hall.house.publish()

    told = "".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)
    assert secret not in told + "".join(capfd.readouterr())
    folder = hall.house.settings.data
    kept = [each for each in folder.rglob("*") if each.is_file() and secret.encode() in each.read_bytes()]
    assert kept == []


def test_bytes_are_kept_while_nothing_changes(hall: Room) -> None:
    feeds: Feeds = feeds_of(hall)

    assert feeds.find(None) is feeds.find(None)
    hall.say("undur rapat 2026-001 ke Kamis jam 9 malam")
    assert b"SEQUENCE:1" in feeds.find(None).body


def test_what_was_given_is_known_at_once_until_anything_is_committed_by_whichever_process(hall: Room) -> None:
    feeds, secret = feeds_of(hall), path_of(hall).removeprefix("/calendar/").removesuffix(".ics")
    assert (feeds.known(None), feeds.known(secret)) == (None, None)
    given = feeds.find(None), feeds.find(secret)
    assert (feeds.known(None), feeds.known(secret)) == given
    assert feeds.known("another") is None

    with closing(sqlite3.connect(str(hall.house.record.database.url.database))) as other:
        other.execute("DELETE FROM feed")
        other.commit()

    assert (feeds.known(None), feeds.known(secret)) == (None, None)
    with pytest.raises(NotFound):
        feeds.find(secret)


def test_what_was_given_yesterday_is_not_known_today(hall: Room) -> None:
    feeds = feeds_of(hall)
    feeds.find(None)
    hall.at += timedelta(days=1)

    assert feeds.known(None) is None


def test_series_is_one_event_and_what_is_off_of_it_is_told(hall: Room) -> None:
    feeds = feeds_of(hall)
    with hall.house.record.act("series", hall.at) as work:
        member = work.roster().by_account("console", "budi")
        assert member is not None
        start = datetime(2026, 12, 1, 19, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
        weekly = Plan(
            summary="Arisan",
            dtstart=start,
            zone="Asia/Jakarta",
            duration=timedelta(hours=1),
            location=None,
            agenda=None,
            conference="https://meet.example.org/rahasia",
            invited=(member.id,),
            recurrence=Recurrence(rrule="FREQ=WEEKLY;COUNT=3"),
        )
        work.record(convening.call_meeting(weekly, number="2026-009", uid="arisan", at=work.at), by=member.id)
        arisan = meetings.find(work.connection, "2026-009")
        assert arisan is not None
        second = (start + timedelta(days=7)).astimezone(UTC)
        work.record(series.set_apart(arisan, second, number="2026-010"), by=member.id)
        apart = meetings.find(work.connection, "2026-010")
        assert apart is not None
        work.record(convening.cancel_meeting(apart, at=work.at), by=member.id)

    for body in (feeds.find(None).body, feeds.find(path_of(hall)[10:-4]).body):
        events = [one for one in icalendar.Calendar.from_ical(body).events if one["SUMMARY"] == "Arisan"]
        assert [("RRULE" in one, str(one["STATUS"])) for one in events] == [(True, "CONFIRMED"), (False, "CANCELLED")]
        assert events[1]["RECURRENCE-ID"].dt == second
    assert b"rahasia" not in feeds.find(None).body
