"""A clear sentence, nothing lost, nothing half-done."""

import sqlite3
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from governor.bootstrap import record_of
from governor.errors import LedgerBroken
from governor.ports import Account, Call, Press
from governor.store.database import Database
from governor.store.outbox import State
from tests.journeys.rooms import AT, Room, opened

REFUSED = [
    ("", "Baris kosong. Tulis permintaan, atau: bantuan"),
    ("budi> ", "Baris kosong. Tulis permintaan, atau: bantuan"),
    ("a" * 4001, "Terlalu panjang: paling banyak 4000 karakter."),
    ("rapat " + "kas " * 1100, "Terlalu panjang: paling banyak 4000 karakter."),
    ("rapat pengurus 30 Februari jam 7 malam", "Tanggal itu tidak ada: 30 Februari"),
    ("board meeting on 30 February at 7pm", "There is no such date: 30 February"),
    ("rapat besok jam 7 malam sampai jam 5 sore", "Rapat berakhir sebelum mulai. Periksa jamnya."),
    ("meeting tomorrow from 7pm to 5pm", "The meeting ends before it starts. Check the times."),
    ("rapat hari ini jam 7 pagi", "Waktu itu sudah lewat. Rapat hanya dapat dipanggil untuk waktu yang akan datang."),
    ("meeting today at 7am", "That time is past. A meeting can only be called for a time to come."),
    ("rapat besok jam 9 pagi dengan @anton", "Saya tidak mengenal @anton. Daftarkan dulu: anggota tambah NAMA SUREL"),
    ("meeting with @anton tomorrow at 9am", "I do not know @anton. Enrol them first: member add NAME EMAIL"),
    ("anggota tambah Tono tono@surel", "Bukan alamat surel: tono@surel"),
    ("member add Tono tono@mail", "Not an e-mail address: tono@mail"),
    ("anton> hadir", "anton bukan anggota. Sekretaris dapat mendaftarkan: anggota tambah NAMA SUREL"),
    ("anton> I'm coming", "anton is not a member. The secretary can enrol them: member add NAME EMAIL"),
    (
        "budi> rapat besok jam 7 malam",
        "Anda tidak berwenang memanggil rapat. Yang berwenang: ketua, sekretaris, bendahara, dan pengurus.",
    ),
    (
        "budi> meeting tomorrow at 7pm",
        "You may not call a meeting. Who may: the chair, the secretary, the treasurer, and the board.",
    ),
    (
        "budi> anggota tambah Tono t@example.org",
        "Anda tidak berwenang mendaftarkan anggota. Yang berwenang: sekretaris.",
    ),
    ("budi> keputusan: bubar", "Anda tidak berwenang mencatat keputusan. Yang berwenang: ketua dan sekretaris."),
    ("anggota tambah Budi lain@example.org", "Budi sudah anggota nomor 2."),
    ("member add Rina budi@example.org", "budi@example.org is Budi's already."),
    ("1", "Tidak ada tombol 1."),
    ("7.3", "Tidak ada tombol 7.3."),
    ("rapat", "Kapan? Tulis lagi dengan hari dan jam"),
    ("meeting", "When? Write it again with a day and a time"),
    ("rapat kas besok jam 7 malam selama 30 hari", "Terlalu lama: paling lama 7 hari."),
    ("cash meeting tomorrow at 7pm for 30 days", "Too long: at most 7 days."),
    ("rapat kas besok jam 7 malam di Balai" + "a" * 300, "Tempat terlalu panjang: paling banyak 300 karakter."),
    ("meeting in 10 years at 7pm", "is more than five years ahead. Check the year."),
    ("halo apa kabar", "Maaf, itu belum saya mengerti."),
    ("how are you", "Sorry, I did not understand that."),
    ("hadir", "Tidak ada undangan untuk Anda yang menunggu jawaban."),
    ("catat: halo", "Belum ada rapat yang dimaksud."),
    ("minutes", "There is no meeting to speak of yet."),
    ("bukti 2026-009", "Tidak ada keputusan bernomor 2026-009."),
    ("proof 2026-009", "There is no decision of number 2026-009."),
    ("batalkan rapat", "Belum ada rapat yang dimaksud."),
]


@pytest.mark.parametrize(("line", "sentence"), REFUSED, ids=[line[:40] or "empty" for line, _ in REFUSED])
def test_bad_line_is_answered_in_its_language_and_records_nothing(room: Room, line: str, sentence: str) -> None:
    before = room.entries
    shown = " ".join(room.say(line).split())
    assert sentence in shown
    assert room.entries == before


def test_bad_line_is_answered_in_english_when_it_tells_no_language(english_room: Room) -> None:
    english_room.say("help")
    assert "There is no button 9." in english_room.say("9")
    assert "An empty line." in english_room.say("")


def test_refused_line_fails_a_strict_session_and_an_empty_one_does_not(room: Room) -> None:
    room.say("halo apa kabar")
    assert room.status == 1
    room.say("")
    assert room.status == 0


def test_nearest_future_is_offered_when_the_time_is_past(room: Room) -> None:
    assert "[1] Rabu, 25 November 2026 pukul 07.00 WIB" in room.say("rapat pengurus hari ini jam 7 pagi")
    assert "Rancangan: Rapat Pengurus" in room.say("1")
    assert "Rapat dipanggil: Rapat Pengurus, Rabu, 25 November 2026 pukul 07.00 WIB." in room.say("1")


UNSAFE = [
    ("anggota tambah Bu\x1b[31mdi\u202e Jaya\x07 jaya@example.org", "Bu[31mdi Jaya terdaftar"),
    ("anggota tambah \u2066Rina\u2069\x00 \x9bKusuma rina@example.org", "Rina Kusuma terdaftar"),
]


@pytest.mark.parametrize(("line", "sentence"), UNSAFE)
def test_name_is_enrolled_without_what_a_terminal_would_obey(room: Room, line: str, sentence: str) -> None:
    shown = room.say(line)
    assert sentence in shown
    assert not _obeyed(shown)


def test_title_and_place_are_kept_without_controls_and_line_ends(room: Room) -> None:
    shown = room.say("rapat kas\x1b]0;hai\x07\u202e besok jam 7 malam di Balai\x0bDesa\u2028Baru dengan @budi", "1")
    assert "Rapat dipanggil" in shown
    assert not _obeyed(shown)
    with room.house.record.database.read() as connection:
        effects = room.house.record.outbox.in_state(connection, State.QUEUED)
    assert len(effects) == 2
    for row in _texts(room):
        assert not _obeyed(row.replace("\n", "")), row
        assert "\n" not in row


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\u2028", "\x85", "\x0b"])
def test_end_of_a_line_never_enters_a_name_an_address_or_a_title(room: Room, end: str) -> None:
    room.call(f"anggota tambah Tono{end}Bcc: x@example.org tono@example.org", call_id="1")
    reply = room.call(f"rapat kas{end}ATTENDEE:x besok jam 7 malam di Balai{end}Desa", call_id="2")[0]
    for card in reply.cards:
        room.house.dispatcher(["mail"])(replace(CALL, request=Press(button=card.buttons[0].token)))
    with room.house.record.database.read() as connection:
        people = list(room.house.record.roster(connection))
    for text in (*_texts(room), *(member.name for member in people), *(str(member.email) for member in people)):
        assert text.splitlines() == [text]
        assert not _obeyed(text)


CALL = Call(id="press", account=Account(platform="console", id="dewi"), at=AT, request=Press(button=""))


def test_old_card_is_refused_when_its_draft_was_called_or_discarded(room: Room) -> None:
    room.say("rapat kas besok jam 7 malam", "1", "rapat iuran lusa jam 7 malam", "3")
    before = room.entries
    assert "Rapat Kas sudah dipanggil sebagai rapat 2026-001." in room.say("1.1")
    assert "Rancangan Rapat Iuran sudah dibuang." in room.say("3.1")
    assert room.entries == before


def test_other_reading_cannot_be_called_when_the_proposal_was(room: Room) -> None:
    room.say("rapat kas besok jam 7", "4", "1")
    before = room.entries
    assert "sudah dipanggil sebagai rapat 2026-001" in room.say("1.1")
    assert room.entries == before


def test_old_card_says_so_when_its_draft_is_forgotten(room: Room) -> None:
    room.say("rapat kas 25 Desember jam 7 malam")
    room.at = datetime(2027, 1, 24, 3, 0, tzinfo=UTC)
    room.say("rapat kas besok jam 7 malam")
    assert "Kartu itu terlalu lama. Tulis lagi permintaannya." in room.say("1.1")


def test_draft_whose_time_has_come_is_not_called(room: Room) -> None:
    room.say("rapat kas besok jam 7 malam")
    room.at = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
    before = room.entries
    assert "Rabu, 25 November 2026 pukul 19.00 WIB sudah lewat." in room.say("1")
    assert room.entries == before


def test_long_words_of_a_stranger_are_repeated_only_in_part(room: Room) -> None:
    assert len(room.say(f"rapat besok jam 9 pagi dengan @{'a' * 3000}")) < 3500


def test_answer_twice_and_answer_of_the_uninvited_are_refused(room: Room) -> None:
    room.say("rapat kas besok jam 7 malam dengan @budi", "1")
    assert "Budi hadir di Rapat Kas." in room.say("budi> hadir")
    before = room.entries
    assert "Jawaban itu untuk Rapat Kas sudah tercatat." in room.say("budi> 1")
    assert "Anda tidak diundang ke Rapat Kas." in room.say("sari> 1")
    assert room.entries == before


def test_change_that_is_no_change_leaves_the_draft(room: Room) -> None:
    room.say("rapat kas besok jam 7 malam", "2")
    assert "Tidak ada yang berubah." in room.say("")
    assert "Rapat dipanggil: Rapat Kas, Rabu, 25 November 2026 pukul 19.00 WIB." in room.say("1")


def test_locked_database_is_told_and_the_line_can_be_said_again(room: Room) -> None:
    path = room.house.settings.data / "governor.db"
    database = Database(f"sqlite:///{path}", busy_seconds=0.2)
    hasty = Room(replace(room.house, record=record_of(room.house.settings, database, room.house.record.keys)))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    before = room.entries
    shown = hasty.say("keputusan: menyetujui anggaran")
    assert "Basis data sedang dikunci program lain. Tidak ada yang dicatat; ulangi sebentar lagi." in " ".join(
        shown.split()
    )
    assert room.entries == before
    other.execute("ROLLBACK")
    other.close()
    assert "dicatat." in hasty.say("keputusan: menyetujui anggaran")
    database.close()


def test_damaged_ledger_stops_the_room_from_opening(room: Room) -> None:
    room.say("keputusan: menyetujui anggaran")
    room.house.publish()
    (checkpoint,) = sorted(room.house.published.glob("*.checkpoint"))[-1:]
    checkpoint.rename(checkpoint.with_name("999.checkpoint"))
    with pytest.raises(LedgerBroken, match="checkpoint"), opened(room.house.settings.data):
        pass


def _obeyed(shown: str) -> list[str]:
    return [one for one in shown if one != "\n" and unicodedata.category(one) in ("Cc", "Cf", "Zl", "Zp")]


def _texts(room: Room) -> list[str]:
    with room.house.record.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT summary, location, agenda FROM meeting").all()
    return [text for row in rows for text in row if text is not None]
