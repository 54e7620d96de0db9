"""What does the public see, over HTTP?"""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from governor.errors import Unavailable
from governor.services.record import PublicRecord, checkpoint, public_record
from tests.journeys.rooms import Room, found, opened
from tests.portal.conftest import Page, feeds_of, serving


def test_home_shows_meetings_decisions_and_proof(page: Page, room: Room) -> None:
    html = page.ask("/?lang=id").text
    assert "<h1" in html
    assert "Koperasi Mekar</h1>" in html
    assert "Rapat Pengurus</h3>" in html
    assert 'datetime="2026-11-25T19:00:00+07:00"' in html
    assert "Rabu, 25 November 2026 pukul 19.00 WIB" in html
    assert "2 jam (sampai 21.00 WIB)" in html
    assert "KEPUTUSAN 2026-001" in html
    assert "tenggat 1 Desember 2026" in html
    assert room.house.record.ledger.vkey in html


def test_no_name_address_or_answer_of_a_member_appears(page: Page) -> None:
    for path in ("/", "/?lang=en", "/checkpoint"):
        text = page.ask(path).text.casefold()
        for secret in ("budiarto", "rahasia", "dewi", "example.org", "hadir", "balai"):
            assert secret not in text, (path, secret)


def test_public_learns_neither_of_a_closed_meeting_nor_what_it_decided(tmp_path: Path) -> None:
    found(tmp_path / "data", "id")
    with opened(tmp_path / "data") as room:
        room.say("rapat tertutup besok jam 7 malam", "1", "keputusan: memberhentikan Joko, tenggat 1 Desember")
        room.say("rapat kas Jumat jam 8 malam", "1", "keputusan: membeli tenda")
        room.house.publish()
        record = room.house.record
        with serving(
            lambda: public_record(record, lambda: room.at), lambda: checkpoint(record), feeds_of(room)
        ) as page:
            html = page.ask("/?lang=id").text
    assert "Rapat Kas</h3>" in html
    assert "membeli tenda" in html
    assert "KEPUTUSAN 2026-001" in html
    assert "Keputusan rapat tertutup; isinya untuk anggota." in html
    for secret in ("Rapat Tertutup", "Joko", "1 Desember"):
        assert secret not in html


def test_series_is_shown_as_it_next_takes_place_and_a_day_without_an_hour(tmp_path: Path) -> None:
    found(tmp_path / "data", "id")
    with opened(tmp_path / "data") as room:
        room.say("rapat rutin setiap Senin jam 16", "1", "pelatihan tanggal 15 Desember sehari penuh", "1")
        room.house.publish()
        record, later = room.house.record, room.at + timedelta(days=10)
        with serving(lambda: public_record(record, lambda: later), lambda: checkpoint(record), feeds_of(room)) as page:
            html = page.ask("/?lang=id").text
    assert "30 November" not in html
    assert '"2026-12-07T16:00:00+07:00">Senin, 7 Desember 2026 pukul 16.00 WIB<' in html
    assert "1 jam (sampai 17.00 WIB) · setiap Senin<" in html
    assert '"2026-12-15">Selasa, 15 Desember 2026<' in html
    assert ">sepanjang hari<" in html


def test_titles_and_texts_are_escaped(page: Page) -> None:
    html = page.ask("/").text
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html


@pytest.mark.parametrize(
    ("path", "accepted", "language"),
    [
        ("/?lang=en", "id", "en"),
        ("/?lang=id", "en", "id"),
        ("/", "en-GB,en;q=0.9", "en"),
        ("/", "ID-id", "id"),
        ("/", "fr, de;q=0.5", "id"),
        ("/?lang=xx", "", "id"),
        ("/?lang=", ";;,", "id"),
    ],
)
def test_language_is_the_one_asked_for_or_accepted_or_the_organisations(
    page: Page, path: str, accepted: str, language: str
) -> None:
    answer = page.ask(path, language=accepted)
    assert f'<html lang="{language}">' in answer.text
    assert answer.headers["content-language"] == language
    assert answer.headers["vary"] == "Accept-Language"


@pytest.mark.parametrize("path", ["/", "/checkpoint", "/style.css", "/nothing"])
def test_every_answer_forbids_what_the_page_does_not_need(page: Page, path: str) -> None:
    headers = page.ask(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_page_needs_no_script_and_nothing_from_elsewhere(page: Page) -> None:
    html, style = page.ask("/").text, page.ask("/style.css").text
    assert not re.findall(r"https?://", html + style)
    assert re.findall(r'(?:src|href)="(/[^"]*)"', html) == [
        "/style.css",
        "/?lang=id",
        "/?lang=en",
        "/calendar.ics",
        "/checkpoint",
    ]


def test_checkpoint_is_the_signed_note_as_text(page: Page, room: Room) -> None:
    answer = page.ask("/checkpoint")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text.split("\n")[1] == str(room.entries)
    assert (room.house.published / f"{room.entries}.checkpoint").read_text() == answer.text
    assert re.search(r"\n— governor\.[0-9a-f]{8}\.invalid/log/", answer.text)


def test_head_is_answered_like_get_without_a_body(page: Page) -> None:
    answer = page.ask("/", method="HEAD")
    assert (answer.status, answer.text) == (200, "")


@pytest.mark.parametrize("path", ["/nothing", "/docs", "/openapi.json", "/../governor.db", "/static/style.css"])
def test_page_that_is_not_there_is_told_plainly(page: Page, path: str) -> None:
    answer = page.ask(path, language="en")
    assert (answer.status, answer.text) == (404, "There is no such page. See: /\n")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


def test_request_that_would_change_something_is_refused(page: Page) -> None:
    answer = page.ask("/", method="POST", language="id")
    assert (answer.status, answer.text) == (405, "Itu tidak dapat diminta di sini. Lihat: /\n")


def test_record_that_cannot_be_read_is_told_as_unavailable(room: Room) -> None:
    def look() -> PublicRecord:
        raise Unavailable("database-locked")

    with serving(look, str, feeds_of(room)) as served:
        answer = served.ask("/", language="en")
    assert answer.status == 503
    assert answer.text == "The record cannot be read just now. Please try again in a moment.\n"


def test_page_without_an_organisation_says_what_is_not_there_yet(room: Room) -> None:
    empty = PublicRecord(organisation=None, coming=(), decided=(), decisions=0, checkpoint="note\n", vkey="key", size=0)
    with serving(lambda: empty, str, feeds_of(room)) as served:
        html = served.ask("/?lang=en").text
    assert "Governor</h1>" in html
    assert "There is no meeting to come." in html
    assert "There is no decision yet." in html
