"""Which times are read as that of the meeting that is meant, and when does a meeting begin then?"""

from datetime import date, datetime, timedelta

import pytest

from governor.understanding.pointing import lately, points_at
from governor.understanding.read import read
from tests.understanding.people import AT, MEETING


def said(text: str) -> list[str]:
    return [pointer.words for pointer in read(text, MEETING)[0].pointers]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("rapat batal lusa jam 3", ["lusa", "jam 3"]),
        ("hari ini saya batalkan rapat lusa", ["lusa"]),
        ("karena besok libur, batalkan rapat lusa", ["lusa"]),
        ("batalkan rapat dan kabari semua sebelum jam 5", []),
        ("rapat batal - besok libur", []),
        ("cancel the meeting on Monday at 3", ["Monday", "at 3"]),
        ("undur rapat lusa ke Jumat", ["lusa"]),
        ("undur rapat besok jam 4", []),
        ("rapat diundur ke Jumat", []),
        ("undur rapat ke lusa 2 jam", []),
        ("besok tanggal merah jadi rapat diundur ke Jumat", []),
        ("the 3pm meeting is moved to 4pm", ["3pm"]),
        ("agenda rapat lusa: acara bulan Desember", ["lusa"]),
        ("besok saya tidak bisa, ada acara hari Jumat", ["besok"]),
        ("tidak bisa hadir sampai Jumat", []),
        ("saya datang jam 8", []),
        ("saya hadir malam ini", ["malam ini"]),
        ("keputusan rapat tanggal 19: bayar sebelum Jumat", ["tanggal 19"]),
        ("catat di rapat kemarin bahwa besok libur", ["kemarin"]),
        ("catat: besok libur", []),
        ("note for the meeting tomorrow that fees rise on Friday", ["tomorrow"]),
        ("note for the meeting that starts at 7: fees rise on Friday", ["at 7"]),
        ("notulen rapat 3 hari lalu", ["3 hari"]),
        ("minutes of the last meeting", ["last"]),
        ("what's the agenda for tomorrow's meeting?", ["tomorrow's"]),
    ],
)
def test_time_of_the_meeting_is_told_from_every_other(text: str, words: list[str]) -> None:
    assert said(text) == words


NOON = AT.replace(hour=12, minute=0)


@pytest.mark.parametrize(
    ("time", "start", "fits"),
    [
        ("hari ini", NOON, True),
        ("Selasa", NOON, True),
        ("Selasa", NOON + timedelta(days=7), True),
        ("Rabu", NOON, False),
        ("minggu depan", NOON + timedelta(days=8), True),
        ("minggu depan", NOON, False),
        ("jam 3", NOON.replace(hour=15), True),
        ("jam 3", NOON.replace(hour=3), True),
        ("jam 3", NOON.replace(hour=15, minute=30), False),
        ("jam 3 sore", NOON.replace(hour=3), False),
        ("jam 15", NOON.replace(hour=15), True),
        ("jam 2 WITA", NOON.replace(hour=13), True),
        ("jam 1 WITA", NOON.replace(hour=13), False),
        ("jam 3 sampai jam 5", NOON.replace(hour=15), True),
        ("malam ini", NOON.replace(hour=19), True),
        ("malam ini", NOON + timedelta(days=1, hours=7), False),
        ("ba'da Isya", NOON.replace(hour=19, minute=30), True),
        ("ba'da Isya", NOON, False),
        ("2 jam lagi", NOON, True),
        ("2 jam lagi", NOON + timedelta(hours=3), False),
        ("setiap Selasa", NOON, True),
        ("setiap Rabu", NOON, False),
        ("besok lusa", NOON + timedelta(days=1), False),
    ],
)
def test_meeting_fits_what_is_said_of_its_time(time: str, start: datetime, fits: bool) -> None:
    (reading,) = read(f"batalkan rapat {time}", MEETING)
    assert points_at(reading.pointers, start, "Rapat Kas", AT) is fits


def test_what_is_part_of_the_name_says_nothing_of_the_time() -> None:
    (reading,) = read("batalkan rapat Jumat Berkah", MEETING)
    assert points_at(reading.pointers, NOON, "Rapat Jumat Berkah", AT)


@pytest.mark.parametrize(
    ("time", "day"),
    [
        ("Kamis", "2026-11-19"),
        ("Kamis lalu", "2026-11-19"),
        ("kemarin", "2026-11-23"),
        ("tanggal 24", "2026-11-24"),
        ("tanggal 25", "2026-10-25"),
        ("tanggal 31", "2026-10-31"),
        ("25 November", "2025-11-25"),
        ("20 November", "2026-11-20"),
        ("20 November 2024", "2024-11-20"),
        ("29 Februari", "2024-02-29"),
    ],
)
def test_day_that_is_over_is_the_last_such_day(time: str, day: str) -> None:
    found = read(f"notulen rapat {time}", MEETING)[0].pointers
    start = datetime.combine(date.fromisoformat(day), NOON.timetz())
    (over,) = lately(found, AT.date())
    assert points_at((over,), start, "Rapat", AT)
    assert not points_at((over,), start + timedelta(days=1), "Rapat", AT)
