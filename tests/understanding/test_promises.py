"""Every form of words that people were promised is read, each in a whole request.

A row says a sentence and what must be read from it, in the terms of ``corpus.py``; a key that is not there must not be
read. ``assumed`` and ``or`` are compared where they stand. All is said on Tuesday 2026-11-24 at 10:00 in Jakarta.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from _pytest.mark.structures import ParameterSet

from governor.errors import NotUnderstood
from governor.understanding.read import Context, read
from tests.understanding.corpus import plain, written
from tests.understanding.people import AT, CONTEXT, MEETING

WHERE_ASKED = ("assumed", "or", "lang")


def row(say: str, **wanted: object) -> ParameterSet:
    return pytest.param(say, {"act": "call"} | wanted, id=say)


def told(say: str, wanted: dict[str, object]) -> dict[str, object]:
    (reading,) = read(say, CONTEXT if wanted["act"] == "call" else MEETING)
    return {key: value for key, value in plain(reading, "id").items() if key in wanted or key not in WHERE_ASKED}


RAPAT, MEET = {"title": "Rapat"}, {"title": "Meeting", "lang": "en"}

CLOCKS = [
    row("rapat besok setengah delapan malam", start="2026-11-25T19:30", **RAPAT),
    row("rapat besok jam setengah delapan pagi di Aula", start="2026-11-25T07:30", place="Aula", **RAPAT),
    row("rapat besok jam setengah delapan", start="2026-11-25T07:30", assumed="half-of-day", **RAPAT),
    row("rapat Jumat jam 8 kurang seperempat malam", start="2026-11-27T19:45", **RAPAT),
    row("rapat Jumat malam jam 8 kurang seperempat", start="2026-11-27T19:45", **RAPAT),
    row("rapat Jumat jam 8 kurang 10 malam", start="2026-11-27T19:50", **RAPAT),
    row("rapat besok jam 7 lewat 10 malam", start="2026-11-25T19:10", **RAPAT),
    row("rapat besok jam 7 malam lewat 10", start="2026-11-25T19:10", **RAPAT),
    row("rapat besok pukul tujuh lewat sepuluh menit malam", start="2026-11-25T19:10", **RAPAT),
    row("rapat besok jam 4 lewat seperempat sore", start="2026-11-25T16:15", **RAPAT),
    row("rapat besok pukul 19.30", start="2026-11-25T19:30", **RAPAT),
    row("rapat besok pukul 19:30", start="2026-11-25T19:30", **RAPAT),
    row("rapat besok jam 3 sore", start="2026-11-25T15:00", **RAPAT),
    row("rapat besok jam 12 siang", start="2026-11-25T12:00", **RAPAT),
    row("rapat besok jam 6 petang", start="2026-11-25T18:00", **RAPAT),
    row("rapat besok jam 5 subuh", start="2026-11-25T05:00", **RAPAT),
    row("rapat Sabtu dini hari jam 2", start="2026-11-28T02:00", **RAPAT),
    row("rapat besok jam delapan malam", start="2026-11-25T20:00", **RAPAT),
    row("meeting tomorrow at half past seven in the evening", start="2026-11-25T19:30", **MEET),
    row("meeting tomorrow at half past 3", start="2026-11-25T15:30", assumed="half-of-day", **MEET),
    row("meeting tomorrow at quarter to 8 pm", start="2026-11-25T19:45", **MEET),
    row("meeting tomorrow at ten past seven in the morning", start="2026-11-25T07:10", **MEET),
    row("meeting tomorrow at 7.30pm", start="2026-11-25T19:30", **MEET),
    row("meeting tomorrow at 7:30 p.m.", start="2026-11-25T19:30", **MEET),
    row("meeting tomorrow at noon", start="2026-11-25T12:00", **MEET),
    row("meeting tomorrow at seven in the evening", start="2026-11-25T19:00", **MEET),
]
DAYS = [
    row("rapat lusa jam 8 malam", start="2026-11-26T20:00", **RAPAT),
    row("rapat 3 hari lagi jam 8 malam", start="2026-11-27T20:00", **RAPAT),
    row("rapat tiga hari lagi pukul 19.30 di Aula", start="2026-11-27T19:30", place="Aula", **RAPAT),
    row("rapat dalam dua minggu jam 8 malam", start="2026-12-08T20:00", **RAPAT),
    row("rapat dua minggu lagi jam 8 malam", start="2026-12-08T20:00", **RAPAT),
    row("meeting in a fortnight at 7pm", start="2026-12-08T19:00", **MEET),
    row("meeting at the end of the month at 7pm", start="2026-11-30T19:00", **MEET),
    row("meeting end of month at 7pm", start="2026-11-30T19:00", **MEET),
    row("rapat akhir bulan jam 7 malam", start="2026-11-30T19:00", **RAPAT),
    row("rapat akhir bulan depan jam 7 malam", start="2026-12-31T19:00", **RAPAT),
    row("rapat Jumat ini jam 8 malam", start="2026-11-27T20:00", **RAPAT),
    row("rapat Jumat jam 8 malam", start="2026-11-27T20:00", **RAPAT),
    row("rapat Jumat depan jam 8 malam", start="2026-12-04T20:00", **RAPAT),
    row(
        "rapat Selasa ini jam 8 malam",
        start="2026-12-01T20:00",
        assumed="weekday-of-today",
        **{"or": ["2026-11-24T20:00"]},
        **RAPAT,
    ),
    row("rapat Kamis lusa jam 8 malam", start="2026-11-26T20:00", **RAPAT),
    row("meeting next Friday at 8pm", start="2026-12-04T20:00", **MEET),
    row("meeting this Friday at 8pm", start="2026-11-27T20:00", **MEET),
    row("meeting this coming Friday at 8pm", start="2026-11-27T20:00", **MEET),
    row("meeting coming Friday at 8pm", start="2026-11-27T20:00", **MEET),
    row("meeting the day after tomorrow at 8pm", start="2026-11-26T20:00", **MEET),
    row("rapat tanggal 5 jam 9 pagi", start="2026-12-05T09:00", **RAPAT),
    row("rapat tgl 5/12 jam 9 pagi", start="2026-12-05T09:00", **RAPAT),
    row("rapat tgl 5 Desember pukul 09.00", start="2026-12-05T09:00", **RAPAT),
    row("rapat 5-12-2026 jam 9 pagi", start="2026-12-05T09:00", **RAPAT),
    row("meeting on 2026-12-05 at 9am", start="2026-12-05T09:00", **MEET),
    row("rapat malam Jumat jam 8", start="2026-11-26T20:00", **RAPAT),
    row("pengajian malam Jumat di Masjid jam 8", start="2026-11-26T20:00", place="Masjid", title="Pengajian"),
    row("rapat Senin kedua bulan depan jam 7 malam", start="2026-12-14T19:00", **RAPAT),
    row("rapat Jumat terakhir bulan Maret jam 2 siang", start="2027-03-26T14:00", **RAPAT),
    row("meeting on the last Friday of March at 2pm", start="2027-03-26T14:00", **MEET),
    row("meeting on the second Monday of next month at 7pm", start="2026-12-14T19:00", **MEET),
    row("rapat minggu depan jam 7 malam", start="2026-12-01T19:00", assumed="same-weekday-next-week", **RAPAT),
    row("meeting next week at 7pm", start="2026-12-01T19:00", assumed="same-weekday-next-week", **MEET),
    row("rapat Minggu jam 9 pagi", start="2026-11-29T09:00", **RAPAT),
    row("rapat hari Minggu jam 9 pagi", start="2026-11-29T09:00", **RAPAT),
    row("rapat Minggu, 29 November jam 9 pagi", start="2026-11-29T09:00", **RAPAT),
    row("rapat Sabtu atau Minggu jam 9 pagi", start="2026-11-28T09:00", assumed="either", **RAPAT),
]
FEASTS = [
    row("rapat hari Natal jam 9 pagi", start="2026-12-25T09:00", **RAPAT),
    row("meeting on Christmas Day at 9am", start="2026-12-25T09:00", **MEET),
    row("meeting on Christmas Eve at 9am", start="2026-12-24T09:00", **MEET),
    row("rapat hari Kemerdekaan jam 7 pagi", start="2027-08-17T07:00", **RAPAT),
    row("meeting on Independence Day at 7am", start="2027-08-17T07:00", **MEET),
    row("rapat saat Nyepi jam 7 malam", start="2027-03-08T19:00", **RAPAT),
    row("meeting on the Day of Silence at 7pm", start="2027-03-08T19:00", **MEET),
    row("kumpul Imlek jam 10 pagi", start="2027-02-06T10:00", title="Kumpul"),
    row("gathering on Chinese New Year at 10am", start="2027-02-06T10:00", title="Gathering", lang="en"),
    row("rapat hari Buruh jam 10 pagi", start="2027-05-01T10:00", **RAPAT),
    row("meeting on Labour Day at 10am", start="2027-05-01T10:00", **MEET),
    row("rapat Waisak jam 10 pagi", start="2027-05-20T10:00", **RAPAT),
    row("meeting on Vesak Day at 10am", start="2027-05-20T10:00", **MEET),
    row("rapat tahun baru jam 10 pagi", start="2027-01-01T10:00", **RAPAT),
    row("meeting on New Year's Day at 10am", start="2027-01-01T10:00", **MEET),
    row("meeting on New Year's Eve at 5pm", start="2026-12-31T17:00", **MEET),
    row("rapat Jumat Agung jam 10 pagi", start="2027-03-26T10:00", **RAPAT),
    row("meeting on Good Friday at 10am", start="2027-03-26T10:00", **MEET),
    row("rapat Isra Miraj jam 8 malam", start="2027-01-05T20:00", **RAPAT),
    row("meeting on Isra Miraj at 8pm", start="2027-01-05T20:00", **MEET),
    row("rapat malam tahun baru jam 8", start="2026-12-31T20:00", **RAPAT),
    row("rapat malam Natal jam 7", start="2026-12-24T19:00", **RAPAT),
    row("rapat Lebaran jam 4 sore", start="2027-03-10T16:00", **RAPAT),
    row("meeting on Eid al-Fitr at 4pm", start="2027-03-10T16:00", **MEET),
    row("rapat Idul Adha jam 4 sore", start="2027-05-17T16:00", **RAPAT),
    row("meeting on Eid al-Adha at 4pm", start="2027-05-17T16:00", **MEET),
    row("rapat Maulid Nabi jam 8 malam", start="2027-08-15T20:00", **RAPAT),
    row("meeting on the Prophet's Birthday at 8pm", start="2027-08-15T20:00", **MEET),
    row("rapat tahun baru Islam jam 8 malam", start="2027-06-06T20:00", **RAPAT),
    row("meeting on Islamic New Year at 8pm", start="2027-06-06T20:00", **MEET),
    row("rapat kenaikan Isa Almasih jam 10 pagi", start="2027-05-06T10:00", **RAPAT),
    row("meeting on Ascension Day at 10am", start="2027-05-06T10:00", **MEET),
    row("rapat Paskah jam 10 pagi", start="2027-03-28T10:00", **RAPAT),
    row("meeting on Easter Sunday at 10am", start="2027-03-28T10:00", **MEET),
    row("meeting on Pancasila Day at 10am", start="2027-06-01T10:00", **MEET),
    row("rapat hari Pancasila jam 10 pagi", start="2027-06-01T10:00", **RAPAT),
]
LENGTHS = [
    row("rapat besok jam 8 malam selama 90 menit", start="2026-11-25T20:00", minutes=90, **RAPAT),
    row("rapat besok jam 8 malam 1,5 jam", start="2026-11-25T20:00", minutes=90, **RAPAT),
    row("rapat besok jam 8 malam selama 1,5 jam di Aula", start="2026-11-25T20:00", minutes=90, place="Aula", **RAPAT),
    row("rapat besok jam 8 malam sejam", start="2026-11-25T20:00", minutes=60, **RAPAT),
    row("rapat besok jam 8 malam sejam setengah", start="2026-11-25T20:00", minutes=90, **RAPAT),
    row("rapat besok jam 8 malam setengah jam", start="2026-11-25T20:00", minutes=30, **RAPAT),
    row("rapat besok jam 8 malam selama setengah jam", start="2026-11-25T20:00", minutes=30, **RAPAT),
    row("rapat besok jam 8 malam dua jam saja", start="2026-11-25T20:00", minutes=120, **RAPAT),
    row("rapat besok jam 14.00-16.00", start="2026-11-25T14:00", minutes=120, **RAPAT),
    row("rapat besok pukul 14.00 - 16.00 WIB", start="2026-11-25T14:00", minutes=120, zone="Asia/Jakarta", **RAPAT),
    row("rapat besok jam 14.00 s.d. 16.00", start="2026-11-25T14:00", minutes=120, **RAPAT),
    row("rapat besok jam 14.00 s/d 16.00 di Aula", start="2026-11-25T14:00", minutes=120, place="Aula", **RAPAT),
    row("rapat besok dari jam 2 sampai jam 4 sore", start="2026-11-25T14:00", minutes=120, **RAPAT),
    row("rapat besok dari pukul 19.00 sampai pukul 21.30", start="2026-11-25T19:00", minutes=150, **RAPAT),
    row("rapat besok jam 8 malam sampai selesai", start="2026-11-25T20:00", minutes=60, assumed="open-end", **RAPAT),
    row("rapat besok pukul 20.00 s.d. selesai", start="2026-11-25T20:00", minutes=60, assumed="open-end", **RAPAT),
    row("meeting tomorrow from 3 to 5pm", start="2026-11-25T15:00", minutes=120, **MEET),
    row("meeting tomorrow 3pm-4pm", start="2026-11-25T15:00", minutes=60, **MEET),
    row("meeting tomorrow at 3pm for an hour and a half", start="2026-11-25T15:00", minutes=90, **MEET),
    row("meeting tomorrow at 3pm for half an hour", start="2026-11-25T15:00", minutes=30, **MEET),
    row("meeting tomorrow at 3pm for 90 minutes", start="2026-11-25T15:00", minutes=90, **MEET),
    row("meeting tomorrow 3pm until 4:30pm", start="2026-11-25T15:00", minutes=90, **MEET),
    row("ronda besok jam 22.00-02.00", start="2026-11-25T22:00", minutes=240, title="Ronda"),
    row("rapat besok jam 10 malam sampai jam 1 pagi", start="2026-11-25T22:00", minutes=180, **RAPAT),
    row("meeting tomorrow from 10pm to 1am", start="2026-11-25T22:00", minutes=180, **MEET),
]
MONDAYS = {"start": "2026-11-30T20:00", "rrule": "FREQ=WEEKLY;BYDAY=MO"}
WORK_DAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
REPEATS = [
    row("rapat tiap Senin jam 8 malam", **MONDAYS, **RAPAT),
    row("rapat setiap Senin jam 8 malam di Aula", **MONDAYS, place="Aula", **RAPAT),
    row("rapat setiap hari Senin pukul 20.00", **MONDAYS, **RAPAT),
    row(
        "rapat dua minggu sekali tiap Jumat jam 8 malam",
        start="2026-11-27T20:00",
        rrule="FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
        **RAPAT,
    ),
    row(
        "rapat Jumat jam 8 malam dua minggu sekali",
        start="2026-11-27T20:00",
        rrule="FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
        **RAPAT,
    ),
    row("rapat tiap Jumat minggu kedua jam 8 malam", start="2026-12-11T20:00", rrule="FREQ=MONTHLY;BYDAY=2FR", **RAPAT),
    row("rapat setiap tanggal 5 jam 7 malam", start="2026-12-05T19:00", rrule="FREQ=MONTHLY;BYMONTHDAY=5", **RAPAT),
    row("rapat setiap hari kerja jam 9 pagi", start="2026-11-25T09:00", rrule=WORK_DAYS, **RAPAT),
    row("briefing tiap hari kerja pukul 08.15", start="2026-11-25T08:15", rrule=WORK_DAYS, title="Briefing"),
    row(
        "rapat tiap tiga bulan tanggal 5 jam 7 malam",
        start="2026-12-05T19:00",
        rrule="FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=5",
        **RAPAT,
    ),
    row(
        "rapat tiap tiga bulan mulai 5 Januari jam 7 malam",
        start="2027-01-05T19:00",
        rrule="FREQ=MONTHLY;INTERVAL=3",
        **RAPAT,
    ),
    row(
        "meeting every other Tuesday until June at 8pm",
        start="2026-11-24T20:00",
        rrule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20270601T130000Z",
        **MEET,
    ),
    row(
        "meeting every Monday at 8pm 10 times", start="2026-11-30T20:00", rrule="FREQ=WEEKLY;BYDAY=MO;COUNT=10", **MEET
    ),
    row(
        "rapat tiap Senin jam 8 malam 10 kali", start="2026-11-30T20:00", rrule="FREQ=WEEKLY;BYDAY=MO;COUNT=10", **RAPAT
    ),
    row(
        "rapat tiap Jumat jam 8 malam kecuali hari libur",
        start="2026-11-27T20:00",
        rrule="FREQ=WEEKLY;BYDAY=FR",
        **{"except": ["2026-12-25T20:00", "2027-01-01T20:00"]},
        **RAPAT,
    ),
    row(
        "meeting every Tuesday at 8pm except 17 August",
        start="2026-11-24T20:00",
        rrule="FREQ=WEEKLY;BYDAY=TU",
        **{"except": ["2027-08-17T20:00"]},
        **MEET,
    ),
    row(
        "rapat tiap Selasa jam 8 malam kecuali 17 Agustus",
        start="2026-11-24T20:00",
        rrule="FREQ=WEEKLY;BYDAY=TU",
        **{"except": ["2027-08-17T20:00"]},
        **RAPAT,
    ),
    row(
        "meeting on the first weekday of each month at 9am",
        start="2026-12-01T09:00",
        rrule="FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
        **MEET,
    ),
    row(
        "rapat hari kerja pertama tiap bulan jam 9 pagi",
        start="2026-12-01T09:00",
        rrule="FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
        **RAPAT,
    ),
    row("meeting every weekday at 9am", start="2026-11-25T09:00", rrule=WORK_DAYS, **MEET),
    row("meeting every day at 8pm", start="2026-11-24T20:00", rrule="FREQ=DAILY", **MEET),
    row(
        "meeting on the last Friday of every month at 2pm",
        start="2026-11-27T14:00",
        rrule="FREQ=MONTHLY;BYDAY=-1FR",
        **MEET,
    ),
    row("rapat setiap Senin dan Kamis jam 8 malam", start="2026-11-26T20:00", rrule="FREQ=WEEKLY;BYDAY=MO,TH", **RAPAT),
]
ZONES = [
    row("rapat besok jam 8 malam WIB", start="2026-11-25T20:00", zone="Asia/Jakarta", **RAPAT),
    row("rapat besok jam 8 malam WITA", start="2026-11-25T20:00+08:00", zone="Asia/Makassar", **RAPAT),
    row("rapat besok pukul 20.00 WIT", start="2026-11-25T20:00+09:00", zone="Asia/Jayapura", **RAPAT),
    row("rapat besok jam 8 malam waktu Makassar", start="2026-11-25T20:00+08:00", zone="Asia/Makassar", **RAPAT),
    row("rapat besok jam 8 malam zona waktu Makassar", start="2026-11-25T20:00+08:00", zone="Asia/Makassar", **RAPAT),
    row("rapat besok jam 8 malam UTC+8", start="2026-11-25T20:00+08:00", zone="+08:00", **RAPAT),
    row("meeting tomorrow at 8pm UTC+8", start="2026-11-25T20:00+08:00", zone="+08:00", **MEET),
    row("meeting tomorrow 3pm London", start="2026-11-25T15:00+00:00", zone="Europe/London", **MEET),
    row("meeting tomorrow at 3pm London time", start="2026-11-25T15:00+00:00", zone="Europe/London", **MEET),
    row("meeting tomorrow at 3pm Europe/Berlin", start="2026-11-25T15:00+01:00", zone="Europe/Berlin", **MEET),
    row("rapat besok jam 3 sore Asia/Tokyo", start="2026-11-25T15:00+09:00", zone="Asia/Tokyo", **RAPAT),
]
TOMORROW = {"start": "2026-11-25T20:00"}
PEOPLE = [
    row("rapat besok jam 8 malam dengan @budi", **TOMORROW, who=["m1"], **RAPAT),
    row("rapat besok jam 8 malam dengan Budi dan Sari", **TOMORROW, who=["m1", "m2"], **RAPAT),
    row("rapat besok jam 8 malam bareng Andi Wijaya", **TOMORROW, who=["m3"], **RAPAT),
    row("rapat besok jam 8 malam dengan semua pengurus", **TOMORROW, who=["m1", "m2"], **RAPAT),
    row("rapat besok jam 8 malam dengan bendahara", **TOMORROW, who=["m2"], **RAPAT),
    row("meeting tomorrow at 8pm with the board", **TOMORROW, who=["m1", "m2"], **MEET),
    row("meeting tomorrow at 8pm with the treasurer and @andi", **TOMORROW, who=["m2", "m3"], **MEET),
    row("rapat besok jam 8 malam dengan joko@example.org", **TOMORROW, who=["joko@example.org"], **RAPAT),
    row("meeting tomorrow at 8pm with joko@example.org", **TOMORROW, who=["joko@example.org"], **MEET),
]
PLACES = [
    row("rapat besok jam 8 malam di Balai Warga", **TOMORROW, place="Balai Warga", **RAPAT),
    row("rapat besok jam 8 malam bertempat di rumah Pak RT", **TOMORROW, place="rumah Pak RT", **RAPAT),
    row("meeting tomorrow at 8pm in the main hall", **TOMORROW, place="main hall", **MEET),
    row(
        "rapat besok jam 8 malam https://meet.google.com/abc-defg-hij",
        **TOMORROW,
        link="https://meet.google.com/abc-defg-hij",
        **RAPAT,
    ),
    row(
        "rapat besok jam 8 malam di https://zoom.us/j/123456789",
        **TOMORROW,
        link="https://zoom.us/j/123456789",
        **RAPAT,
    ),
    row(
        "meeting tomorrow at 8pm https://meet.jit.si/RapatWarga",
        **TOMORROW,
        link="https://meet.jit.si/RapatWarga",
        **MEET,
    ),
    row(
        "rapat pengurus besok jam 8 malam link https://us02web.zoom.us/j/5551234?pwd=a1",
        **TOMORROW,
        title="Rapat Pengurus",
        link="https://us02web.zoom.us/j/5551234?pwd=a1",
    ),
]
TITLES = [
    row("Rapat Pengurus jam 8 malam besok", **TOMORROW, title="Rapat Pengurus"),
    row("rapat pengurus besok jam 8 malam", **TOMORROW, title="Rapat Pengurus"),
    row("besok jam 8 malam rapat RT 05", **TOMORROW, title="Rapat RT 05"),
    row("Rapat PKK besok pukul 20.00 di Aula", **TOMORROW, title="Rapat PKK", place="Aula"),
    row("tolong jadwalkan rapat anggaran besok jam 8 malam ya", **TOMORROW, title="Rapat Anggaran"),
    row("please schedule the AGM tomorrow at 8pm", **TOMORROW, title="AGM", lang="en"),
    row("tomorrow at 8pm Finance Committee meeting", **TOMORROW, title="Finance Committee meeting", lang="en"),
    row("rapat besok jam 8 malam soal kas", **TOMORROW, agenda="kas", **RAPAT),
    row("rapat besok jam 8 malam tentang perbaikan jalan", **TOMORROW, agenda="perbaikan jalan", **RAPAT),
    row("rapat besok jam 8 malam membahas iuran warga", **TOMORROW, agenda="iuran warga", **RAPAT),
    row("rapat besok jam 8 malam bahas lomba 17an", **TOMORROW, agenda="lomba 17an", **RAPAT),
    row("meeting tomorrow at 8pm about the budget", **TOMORROW, agenda="the budget", **MEET),
    row("meeting tomorrow at 8pm re: roof repairs", **TOMORROW, agenda="roof repairs", **MEET),
    row("rapat soal kas besok jam 8 malam di Aula", **TOMORROW, agenda="kas", place="Aula", **RAPAT),
]
SPEND = "membeli tenda"
AMOUNTS = [
    row(f"putusan: {SPEND} {amount}", act="decide", amount=10_000_000, text=f"{SPEND} {amount}")
    for amount in ("Rp 10 juta", "10jt", "Rp10.000.000", "Rp 10.000.000", "10 juta rupiah", "sepuluh juta rupiah")
]
SLANG = [
    row("rapat bsk jam 8 mlm", **TOMORROW, **RAPAT),
    row("rpt tgl 5 jam 7 mlm dgn @budi", start="2026-12-05T19:00", who=["m1"], **RAPAT),
    row("rapat rabu dpn jam 7 mlm", start="2026-12-02T19:00", **RAPAT),
    row("rapat yg bahas kas bsk jam 8 mlm", **TOMORROW, agenda="kas", **RAPAT),
    row("rapat ntar malem jam 8", start="2026-11-24T20:00", **RAPAT),
    row("ntar malem jam 8 rapat ya", start="2026-11-24T20:00", **RAPAT),
    row("mtg tmrw 8pm w/ @budi", **TOMORROW, who=["m1"], **MEET),
    row("rapat besok jam8malam", **TOMORROW, **RAPAT),
    row("rapat bsk jam7malam di Aula", start="2026-11-25T19:00", place="Aula", **RAPAT),
    row("meeting tommorow at 8pm", **TOMORROW, **MEET),
    row("meeting on 5 septembar at 8pm", start="2027-09-05T20:00", **MEET),
    row("rapat kamiss jam 8 malam", start="2026-11-26T20:00", **RAPAT),
    row("rapat besok jam 8 malam 🙏🙏", **TOMORROW, **RAPAT),
    row("📢 Rapat Pengurus besok jam 8 malam 🎉", **TOMORROW, title="Rapat Pengurus"),
    row("meeting besok jam 3 sore with @budi", start="2026-11-25T15:00", who=["m1"], title="Meeting"),
    row("besok meeting at 8pm sama @sari ya", **TOMORROW, who=["m2"], title="Meeting"),
    row(
        "Rapat Pengurus\nHari/tanggal: Jumat, 4 Desember 2026\nPukul: 19.30 WIB\nTempat: Balai Warga\nAgenda: kas",
        start="2026-12-04T19:30",
        zone="Asia/Jakarta",
        title="Rapat Pengurus",
        place="Balai Warga",
        agenda="kas",
    ),
    row(
        "Board meeting\nDate: Friday, 4 December 2026\nTime: 7:30 pm\nVenue: Town Hall\nAgenda: budget",
        start="2026-12-04T19:30",
        title="Board meeting",
        place="Town Hall",
        agenda="budget",
        lang="en",
    ),
    row("aksi: @budi siapkan laporan sblm Jumat", act="action", owner="m1", due="2026-11-26", text="siapkan laporan"),
]
ACTS = [
    row("pindahkan rapat ke jam 8 malam", act="change", start="2026-12-03T20:00"),
    row("rapatnya diundur sejam", act="change", shift=60),
    row("pindahkan rapat ke Aula", act="change", place="Aula"),
    row("rapatnya jadi 2 jam saja", act="change", minutes=120),
    row("move the meeting to Friday at 3pm", act="change", start="2026-12-04T15:00", lang="en"),
    row("rename the meeting to Budget Review", act="change", title="Budget Review", lang="en"),
    row("undang juga @andi ke rapat itu", act="change", who=["m3"]),
    row("rapatnya dibatalkan", act="cancel"),
    row("cancel the meeting please", act="cancel", lang="en"),
    row("hadir", act="reply", partstat="ACCEPTED"),
    row("maaf saya tidak bisa hadir", act="reply", partstat="DECLINED"),
    row("maybe", act="reply", partstat="TENTATIVE", lang="en"),
    row("kapan rapat berikutnya?", act="ask_meetings"),
    row("what's next?", act="ask_meetings", lang="en"),
    row("when is the next board meeting?", act="ask_meetings", lang="en"),
    row("keputusan apa saja tentang kas?", act="ask_decisions", text="kas"),
    row("bantuan", act="help"),
    row("help", act="help", lang="en"),
    row("catat: Budi melaporkan kas", act="note", text="Budi melaporkan kas"),
    row("putusan: iuran naik", act="decide", text="iuran naik"),
    row(
        "action: @budi prepares the hall before Friday",
        act="action",
        owner="m1",
        due="2026-11-26",
        text="prepares the hall",
        lang="en",
    ),
]
ROWS = [*CLOCKS, *DAYS, *FEASTS, *LENGTHS, *REPEATS, *ZONES, *PEOPLE, *PLACES, *TITLES, *AMOUNTS, *SLANG, *ACTS]


@pytest.mark.parametrize(("say", "wanted"), ROWS)
def test_promised_words_are_read(say: str, wanted: dict[str, object]) -> None:
    assert told(say, wanted) == wanted


SEVERAL = [
    pytest.param(
        "rapat RT besok jam 8 malam dan rapat PKK lusa jam 9 pagi",
        [{"start": "2026-11-25T20:00", "title": "Rapat RT"}, {"start": "2026-11-26T09:00", "title": "Rapat PKK"}],
    ),
    pytest.param(
        "Rapat RT besok jam 8 malam.\nRapat PKK lusa jam 9 pagi.",
        [{"start": "2026-11-25T20:00", "title": "Rapat RT"}, {"start": "2026-11-26T09:00", "title": "Rapat PKK"}],
    ),
    pytest.param(
        "board meeting tomorrow at 8pm and staff meeting Friday at 9am",
        [
            {"start": "2026-11-25T20:00", "title": "Board meeting", "lang": "en"},
            {"start": "2026-11-27T09:00", "title": "Staff meeting", "lang": "en"},
        ],
    ),
    pytest.param(
        "rapat besok jam 8 malam di Aula\ncatat: Budi tidak hadir",
        [
            {"start": "2026-11-25T20:00", "place": "Aula", "title": "Rapat"},
            {"act": "note", "text": "Budi tidak hadir"},
        ],
    ),
    pytest.param(
        "rapat besok jam 8 malam lalu pindahkan rapat M-3 ke Aula",
        [{"start": "2026-11-25T20:00", "title": "Rapat"}, {"act": "change", "place": "Aula"}],
    ),
    pytest.param(
        "meeting tomorrow at 8pm; cancel meeting M-3",
        [{"start": "2026-11-25T20:00", "title": "Meeting", "lang": "en"}, {"act": "cancel", "lang": "en"}],
    ),
    pytest.param(
        "batalkan rapat M-3 dan pindahkan rapat M-4 ke Aula",
        [{"act": "cancel"}, {"act": "change", "place": "Aula"}],
    ),
]


@pytest.mark.parametrize(("say", "wanted"), SEVERAL)
def test_each_request_of_a_message_is_read_by_itself(say: str, wanted: list[dict[str, object]]) -> None:
    assert [plain(reading, "id") for reading in read(say, CONTEXT)] == [{"act": "call", **one} for one in wanted]


@pytest.mark.parametrize(
    ("say", "first", "last"),
    [
        ("rapat besok ba'da Isya di Masjid", "2026-11-25T19:15", "2026-11-25T19:45"),
        ("rapat besok bada isya", "2026-11-25T19:15", "2026-11-25T19:45"),
        ("rapat Jumat habis Maghrib", "2026-11-27T18:00", "2026-11-27T18:30"),
        ("rapat besok abis magrib", "2026-11-25T18:00", "2026-11-25T18:30"),
        ("rapat besok setelah Asar", "2026-11-25T15:20", "2026-11-25T15:50"),
        ("rapat besok ba'da subuh", "2026-11-25T04:20", "2026-11-25T04:50"),
        ("rapat sebelum Jumatan di Aula", "2026-11-27T10:30", "2026-11-27T11:45"),
        ("rapat habis Jumatan", "2026-11-27T12:45", "2026-11-27T13:30"),
        ("meeting tomorrow after Isha", "2026-11-25T19:15", "2026-11-25T19:45"),
        ("meeting tomorrow after Maghrib prayer", "2026-11-25T18:00", "2026-11-25T18:30"),
    ],
)
def test_time_told_by_a_prayer_is_that_of_the_day_and_marked_as_derived(say: str, first: str, last: str) -> None:
    (reading,) = read(say, CONTEXT)
    found = reading.implied["dtstart"]
    assert found.rule == "prayer"
    assert isinstance(found.value, datetime)
    assert first <= written(found.value) <= last


@pytest.mark.parametrize(
    ("say", "offered"),
    [
        ("rapat hari ini jam 8 pagi", "2026-11-25T08:00"),
        ("rapat pagi ini jam 9", "2026-11-25T09:00"),
        ("meeting today at 9am", "2026-11-25T09:00"),
        ("rapat 20 November 2026 jam 8 malam", "2027-11-20T20:00"),
        ("meeting on 20 November 2026 at 8pm", "2027-11-20T20:00"),
        ("rapat 24/11/2026 pukul 08.00", "2026-11-25T08:00"),
        ("rapat awal bulan jam 8 malam", "2026-12-01T20:00"),
        ("rapat pertengahan bulan jam 8 malam", "2026-12-11T20:00"),
        ("meeting early this month at 8pm", "2026-12-01T20:00"),
    ],
)
def test_past_is_never_scheduled_and_the_nearest_future_offered(say: str, offered: str) -> None:
    (reading,) = read(say, CONTEXT)
    assert reading.missing == ("dtstart-past",)
    assert reading.dtstart is not None
    assert reading.dtstart > AT
    starts = [reading.dtstart, *(other.dtstart for other in reading.alternatives)]
    assert offered in [written(start) for start in starts if start]


@pytest.mark.parametrize(
    "say", ["rapat kemarin sampai jam 8 malam seru", "meeting yesterday was long", "rapat Jumat lalu bubar jam 8 malam"]
)
def test_day_that_is_over_calls_no_meeting(say: str) -> None:
    with pytest.raises(NotUnderstood):
        read(say, CONTEXT)


@pytest.mark.parametrize(
    "say", ["rapat besok lusa jam 8 malam", "rapat kelompok tani besok lusa", "tolong buatkan rapat"]
)
def test_day_that_cannot_be_known_is_asked(say: str) -> None:
    (reading,) = read(say, CONTEXT)
    assert "dtstart" in reading.missing
    assert reading.dtstart is None


@pytest.mark.parametrize(
    ("say", "start", "rule", "others"),
    [
        ("rapat besok jam 7", "2026-11-25T07:00", "half-of-day", ["2026-11-25T19:00"]),
        ("meeting tomorrow at 8", "2026-11-25T08:00", "half-of-day", ["2026-11-25T20:00"]),
        ("rapat Kamis atau Jumat jam 8 malam", "2026-11-26T20:00", "either", ["2026-11-27T20:00"]),
        ("meeting on Thursday or Friday at 8pm", "2026-11-26T20:00", "either", ["2026-11-27T20:00"]),
        ("rapat besok jam 7 atau jam 8 malam", "2026-11-25T19:00", "either", ["2026-11-25T20:00"]),
        ("rapat Senin dan Rabu jam 8 malam", "2026-11-30T20:00", "either", ["2026-11-25T20:00"]),
        ("meeting tomorrow and Friday at 8pm", "2026-11-25T20:00", "either", ["2026-11-27T20:00"]),
        ("rapat besok dan lusa jam 9 pagi", "2026-11-25T09:00", "either", ["2026-11-26T09:00"]),
        (
            "rapat Rabu, Jumat, dan Senin jam 8 malam",
            "2026-11-25T20:00",
            "either",
            ["2026-11-27T20:00", "2026-11-30T20:00"],
        ),
        ("rapat 5 Desember dan 12 Desember jam 9 pagi", "2026-12-05T09:00", "either", ["2026-12-12T09:00"]),
        ("rapat Sabtu 5 Desember dan Sabtu 12 Desember jam 9 pagi", "2026-12-05T09:00", "either", ["2026-12-12T09:00"]),
        ("rapat Senin 5 Desember jam 9 pagi", "2026-12-05T09:00", "weekday-conflict", ["2026-11-30T09:00"]),
        ("rapat Selasa jam 8 malam", "2026-12-01T20:00", "weekday-of-today", ["2026-11-24T20:00"]),
        ("meeting this Tuesday at 8pm", "2026-12-01T20:00", "weekday-of-today", ["2026-11-24T20:00"]),
        ("rapat besok", "2026-11-25T09:00", "hour", ["2026-11-25T13:00", "2026-11-25T19:00"]),
    ],
)
def test_what_may_be_meant_in_two_ways_is_marked_and_both_are_offered(
    say: str, start: str, rule: str, others: list[str]
) -> None:
    (reading,) = read(say, CONTEXT)
    assert reading.implied["dtstart"].rule == rule
    starts = [reading.dtstart, *(other.dtstart for other in reading.alternatives)]
    assert [written(moment) for moment in starts if moment] == [start, *others]


@pytest.mark.parametrize(
    ("hour", "read_as"),
    [*((hour, hour + 12) for hour in range(1, 7)), *((hour, hour) for hour in range(7, 13))],
)
@pytest.mark.parametrize("words", ["rapat besok jam {}", "meeting tomorrow at {}"])
def test_bare_hour_is_the_afternoon_up_to_six_and_marked_as_assumed(words: str, hour: int, read_as: int) -> None:
    (reading,) = read(words.format(hour), CONTEXT)
    assert reading.implied["dtstart"].value == AT.replace(day=25, hour=read_as)
    assert reading.implied["dtstart"].rule == "half-of-day"


@pytest.mark.parametrize("name", ["dtstart", "summary", "location", "attendees", "agenda"])
def test_every_slot_says_which_words_it_came_from(name: str) -> None:
    (reading,) = read("meeting besok jam 3 sore with @budi di Aula soal kas", CONTEXT)
    words = {"dtstart": "besok jam 3 sore", "summary": "meeting", "location": "Aula", "attendees": "@budi",
             "agenda": "kas"}  # fmt: skip
    span = reading.said[name].span
    assert span is not None
    assert reading.text[slice(*span)] == words[name]


@pytest.mark.parametrize(
    "say",
    ["meeting on 28 March 2027 at 02:30", "rapat 28 Maret 2027 pukul 02.30", "rapat 28/3/2027 jam setengah tiga pagi"],
)
def test_hour_that_the_clocks_skip_is_asked(say: str) -> None:
    at = AT.astimezone(ZoneInfo("Europe/Berlin"))
    (reading,) = read(say, Context(at=at, zone="Europe/Berlin", language="en"))
    assert "dtstart-gap" in reading.missing


ACTS = [
    row("rapatnya dipindah ke Jumat jam 8 malam", act="change", start="2026-12-04T20:00"),
    row("the meeting is moved to Friday at 8pm", act="change", start="2026-12-04T20:00"),
    row("rapatnya pindah ke Aula", act="change", place="Aula"),
    row("rapatnya jadi 2 jam", act="change", minutes=120),
    row("tambahkan @andi ke rapat", act="change", who=["m3"]),
    row("ganti judul rapat jadi Rapat Anggaran", act="change", title="Rapat Anggaran"),
    row("batalkan rapat", act="cancel"),
    row("cancel the meeting", act="cancel"),
    row("saya hadir", act="reply", partstat="ACCEPTED"),
    row("I can't make it", act="reply", partstat="DECLINED"),
    row("mungkin hadir", act="reply", partstat="TENTATIVE"),
    row("saya telat 10 menit", act="reply", partstat="ACCEPTED", late=10),
    row("saya tidak bisa hadir, diwakili @sari", act="reply", partstat="DECLINED", proxy="m2"),
    row("I'll be 10 minutes late", act="reply", partstat="ACCEPTED", late=10),
    row("tambahkan agenda: iuran", act="agenda", agenda="iuran"),
    row("add the budget to the agenda", act="agenda", agenda="the budget"),
    row("catat: kas Rp 4 juta", act="note", text="kas Rp 4 juta"),
    row("note: cash is 4 million", act="note", text="cash is 4 million"),
    row("keputusan: iuran naik", act="decide", text="iuran naik"),
    row("decision: dues go up", act="decide", text="dues go up"),
    row(
        "tugas: @budi menyiapkan laporan kas, tenggat Jumat",
        act="action",
        due="2026-11-27",
        owner="m1",
        text="menyiapkan laporan kas",
    ),
    row(
        "action: @sari to print the ballots by Friday",
        act="action",
        due="2026-11-27",
        owner="m2",
        text="print the ballots",
    ),
    row("what's next?", act="ask_meetings"),
    row("when is the next meeting?", act="ask_meetings"),
    row("kapan rapat berikutnya?", act="ask_meetings"),
    row("keputusan apa saja bulan ini?", act="ask_decisions", period="2026-11-01/2026-12-01"),
    row("which decisions did we take this month?", act="ask_decisions", period="2026-11-01/2026-12-01"),
    row("bantuan", act="help"),
    row("help", act="help"),
]


@pytest.mark.parametrize(("say", "wanted"), ACTS)
def test_promised_acts_are_read(say: str, wanted: dict[str, object]) -> None:
    assert told(say, wanted) == wanted


@pytest.mark.parametrize("say", ["meeting on 31 October 2027 at 02:30", "rapat 31 Oktober 2027 pukul 02.30"])
def test_hour_that_the_clocks_show_twice_says_so_and_offers_the_other(say: str) -> None:
    at = AT.astimezone(ZoneInfo("Europe/Berlin"))
    (reading,) = read(say, Context(at=at, zone="Europe/Berlin", language="en"))
    assert reading.implied["dtstart"].rule == "fold"
    assert [other.dtstart.utcoffset() for other in reading.alternatives if other.dtstart is not None] == [
        timedelta(hours=1)
    ]
