"""What a person and a program are told about how a sentence is read."""

import json
import subprocess
import sys

from governor.understanding.protocol import FIELDS
from governor.understanding.reading import Act
from tests.cli.conftest import Govern
from tests.journeys.rooms import clean, governor

SENTENCE = "rapat pengurus Kamis depan jam 7 malam selama 90 menit di Sekretariat dengan @budi soal anggaran"


def test_sentence_is_shown_with_the_words_that_said_it(govern: Govern) -> None:
    ran = govern("read", SENTENCE)
    assert ran.status == 0
    lines = ran.out.split("\n")
    assert lines[0] == "Dimengerti: memanggil rapat"
    assert "  Judul    Rapat Pengurus  ← rapat pengurus" in lines
    assert "  Lamanya  1 jam 30 menit  ← selama 90 menit" in lines
    assert "  Tempat   Sekretariat  ← Sekretariat" in lines
    assert "  Zona     Asia/Jakarta  (diasumsikan: zona organisasi)" in lines


def test_english_sentence_is_shown_in_english_with_what_was_assumed(govern: Govern) -> None:
    ran = govern("read", "board meeting tomorrow at 7")
    assert ran.out.startswith("Understood: call a meeting\n")
    assert "(assumed: morning or evening was not said)" in ran.out
    assert "  Or: " in ran.out


def test_repeat_is_shown_in_words_with_the_days_left_out(govern: Govern) -> None:
    shown = govern("read", "rapat tiap Senin pertama jam 7 malam sampai Juni 2099 kecuali 5 Januari 2099").out
    assert "setiap bulan pada Senin pertama, sampai 30 Juni 2099, kecuali 5 Januari 2099" in shown
    shown = govern("read", "board meeting every other Tuesday at 3pm, 10 times").out
    assert "every 2 weeks on Tuesday, 10 times" in shown
    assert "FREQ=" not in shown


def test_every_kind_of_request_can_be_shown(govern: Govern) -> None:
    shown = set()
    for sentence in (
        "undur rapat itu 2 jam",
        "move the meeting 2 hours earlier",
        "batalkan rapat",
        "tidak bisa",
        "catat: kas aman",
        "keputusan: menyetujui anggaran Rp 10 juta, penanggung jawab @sari, tenggat 1 Desember",
        "tampilkan keputusan bulan ini",
        "kapan rapatnya?",
        "notulen",
        "notulen simpan",
        "bukti 2026-001",
        "anggota tambah Budi budi@example.org",
        "bantuan",
        "emailku sari@example.org",
        "kode saya 123456",
        "email saya apa?",
        "agenda: laporan kas",
        "tugas: @sari kirim surat, tenggat Jumat",
        "rapat rutin setiap Senin jam 9 pagi",
        "rapat hari ini jam 0.01",
        "keputusan 2026-001",
        "show me meeting 2026-001",
        "isi mosi nomor 2026-001 apa?",
        "tugas 2026-001 selesai",
        "daftar tugas",
        "cari waktu untuk rapat pengurus minggu depan",
        "alamat kalender saya",
        "cabut alamat kalender",
        "bahasa Inggris untuk saya",
        "usul: membeli tenda",
        "daftar mosi",
        "lihat agenda",
        "daftar hadir",
        "aturan suara",
        "jadikan @sari bendahara",
        "Sari steps down as treasurer",
        "siapa bendahara kita",
        "pengingat 2 hari dan 1 jam",
        "pengaturan",
    ):
        ran = govern("read", sentence)
        assert (ran.status, ran.err) == (0, ""), sentence
        (reading,) = json.loads(govern("read", "--json", sentence).out)["readings"]
        shown.add(reading["act"])
    assert shown == set(Act)


def test_what_is_chosen_is_shown_by_its_name(govern: Govern) -> None:
    assert "  Jabatan  Bendahara  ← bendahara" in govern("read", "jadikan @sari bendahara").out
    assert "Pengingat" in govern("read", "pengingat 2 hari dan 1 jam").out


def test_sentence_is_shown_to_programs_with_places_and_rules(govern: Govern) -> None:
    ran = govern("read", "--json", "rapat kas besok jam 7")
    (reading,) = json.loads(ran.out)["readings"]
    assert (reading["act"], reading["language"], reading["missing"]) == ("call", "id", [])
    assert reading["said"]["summary"] == {"value": "Rapat Kas", "span": [0, 9], "words": "rapat kas", "rule": "title"}
    assert reading["implied"]["dtstart"]["rule"] == "half-of-day"
    assert len(reading["alternatives"]) == 1


def test_sentence_that_asks_for_nothing_exits_1_in_its_language(govern: Govern) -> None:
    assert govern("read", "how are you").out.startswith("Sorry, I did not understand that.")
    ran = govern("read", "--json", "rapat 30 Februari jam 7 malam")
    assert ran.status == 1
    assert json.loads(ran.out)["error"] == "date-does-not-exist"


def test_program_is_answered_line_by_line_whatever_it_sends() -> None:
    asked = [
        b'{"text": "rapat kas besok jam 7 malam", "ref": "2026-11-24T10:00:00", "tz": "Asia/Jakarta", "lang": "id"}',
        b'{"text": "meeting tomorrow at 3pm for 2 hours", "ref": "2026-11-24T10:00:00", "tz": "+05:30", "lang": "en"}',
        b"no question",
        b"[1, 2]",
        b'{"text": "x", "tz": "Mars/Olympus"}',
        b'{"text": "besok", "ref": "yesterday"}',
        b'{"text": "besok", "ref": "0001-01-01T00:00:00", "tz": "+14:00"}',
        b"\xff\xfe",
        b'{"text": ""}',
        b'{"text": "\\ud800 rapat 30 Februari"}',
        b'{"text": "every monday at 9am", "ref": "2026-11-24T10:00:00", "tz": "UTC", "lang": "en"}',
    ]
    command = [governor(), "read", "--jsonl"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=clean()) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        answers = []
        for line in asked:
            child.stdin.write(line + b"\n")
            child.stdin.flush()
            answers.append(json.loads(child.stdout.readline()))
        child.stdin.close()
        assert child.wait(timeout=30) == 0
    assert all({*FIELDS, "missing", "alternatives"} <= set(answer) for answer in answers)
    assert answers[0]["start"] == "2026-11-25T19:00:00+07:00"
    assert (answers[1]["start"], answers[1]["duration_s"]) == ("2026-11-25T15:00:00+05:30", 7200.0)
    assert [answer.get("error") for answer in answers[2:10]] == [
        *["not-a-question"] * 6,
        "empty-line",
        "date-does-not-exist",
    ]
    assert answers[10]["rrule"] == "FREQ=WEEKLY;BYDAY=MO"


def test_reading_imports_neither_database_nor_chat() -> None:
    script = (
        "import sys; from governor import actions; actions.read(None, 'rapat besok jam 7 malam', as_json=True);"
        "print([name for name in ('sqlalchemy', 'dbos', 'starlette', 'prompt_toolkit') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, env=clean())
    assert ran.stdout.endswith("\n[]\n")
