"""What people say after the card is shown, and to each other's cards."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from governor.ports import Account, Call, Press, Reply
from tests.journeys.rooms import Room

CALLED = "Rapat dipanggil: Rapat Kas, Rabu, 25 November 2026 pukul 19.00 WIB."


def flat(shown: str) -> str:
    """Return *shown* on one line: where it is broken depends on its width."""
    return " ".join(shown.split())


def test_change_of_a_card_is_asked_for_and_then_called(room: Room) -> None:
    room.say("rapat kas besok jam 7 malam dengan @budi di Balai")
    assert "Apa yang diubah?" in room.say("2")
    shown = room.say("jam 8 malam, 2 jam, di Aula")
    assert "pukul 20.00 WIB" in shown
    assert "2 jam (sampai 22.00 WIB)" in shown
    assert "Tempat   Aula" in shown
    assert "pukul 20.00 WIB. Diundang: Dewi dan Budi." in flat(room.say("1"))


def test_change_of_a_card_is_asked_for_in_the_language_of_the_card(room: Room) -> None:
    room.say("cash meeting tomorrow at 7pm with @budi")
    assert "What shall be changed?" in room.say("2")
    assert "20:00 WIB" in room.say("8pm")
    assert "Meeting called: Cash meeting" in room.say("1")


def test_change_that_cannot_be_read_leaves_the_card_as_it_was(room: Room) -> None:
    assert "rancangannya tetap" in room.say("rapat kas besok jam 7 malam", "2", "entahlah")
    assert CALLED in flat(room.say("1"))


def test_discarded_card_calls_nothing(room: Room) -> None:
    before = room.entries
    room.say("rapat kas besok jam 7 malam")
    assert "Rancangan Rapat Kas dibuang. Tidak ada yang dicatat." in room.say("3")
    assert room.entries == before


@pytest.mark.parametrize("words", ["panggil rapat", "Panggil Rapat", "call the meeting", "1", "1.1"])
def test_card_is_pressed_by_number_by_words_or_by_its_own_number(room: Room, words: str) -> None:
    room.say("rapat kas besok jam 7 malam")
    assert CALLED in flat(room.say(words))


def test_button_of_an_older_card_is_pressed_by_the_number_of_the_card(room: Room) -> None:
    room.say("rapat kas besok jam 7 malam", "rapat iuran lusa jam 7 malam")
    assert CALLED in flat(room.say("1.1"))
    assert "Rapat dipanggil: Rapat Iuran" in room.say("2.1")


def test_pressing_twice_calls_once(room: Room) -> None:
    room.say("rapat kas besok jam 7 malam")
    room.say("1.1")
    before = room.entries
    assert "Rapat Kas sudah dipanggil sebagai rapat 2026-001." in room.say("1.1")
    assert room.entries == before


@pytest.mark.parametrize("kept", ["room", "postgres_room"])
def test_one_of_two_who_press_at_once_calls_and_the_other_is_told(kept: str, request: pytest.FixtureRequest) -> None:
    room: Room = request.getfixturevalue(kept)
    for _ in range(3):
        reply = room.call("rapat kas besok jam 7 malam dengan @budi", call_id=next(CALLS))[0]
        before, replies = room.entries, pressed_at_once(room, reply.cards[0].buttons[0].token)
        assert sorted(one.refused for one in replies) == [False, True]
        assert [one.lines[0].key for one in replies if one.refused] == ["called-already"]
        assert room.entries == before + 1


def pressed_at_once(room: Room, token: str) -> list[Reply]:
    """Return the replies to two people of one account, who press the same button at the same moment."""
    barrier = Barrier(2)

    def press(call_id: str) -> Reply:
        account = Account(platform="console", id="dewi")
        barrier.wait()
        return room.house.dispatcher(["mail"])(
            Call(id=call_id, account=account, at=room.at, request=Press(button=token))
        )[0]

    with ThreadPoolExecutor(2) as pool:
        return [*pool.map(press, (next(CALLS), next(CALLS)))]


CALLS = (f"call-{number}" for number in itertools.count())


def test_two_people_who_answer_at_once_are_both_heard(room: Room) -> None:
    room.say("rapat kas besok jam 7 malam dengan @budi dan @sari", "1")
    barrier = Barrier(2)

    def answer(account: str) -> Reply:
        barrier.wait()
        return room.call("hadir", account=account, call_id=account)[0]

    with ThreadPoolExecutor(2) as pool:
        assert [one.refused for one in pool.map(answer, ("budi", "sari"))] == [False, False]
    shown = room.say("kapan rapatnya?")
    assert "Budi     hadir" in shown
    assert "Sari     hadir" in shown


def test_same_call_delivered_again_is_done_once(room: Room) -> None:
    first = room.call("keputusan: menyetujui anggaran", call_id="again")
    second = room.call("keputusan: menyetujui anggaran", call_id="again")
    assert [reply.lines[0].key for reply in (*first, *second)] == ["decision-recorded", "already-done"]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("/rapat kas besok jam 7 malam", "Rancangan: "),
        ("/meeting tomorrow at 7pm", "Draft: "),
        ("/bantuan", "Yang dapat ditulis di sini"),
        ("/help", "What can be written here"),
        ("budi> /bantuan", "Yang dapat ditulis di sini"),
        ("/anggota tambah Tono tono@example.org", "Tono terdaftar"),
        ("/member add Tono tono@example.org", "Tono is enrolled"),
    ],
)
def test_slash_form_reaches_the_same_command(room: Room, said: str, shown: str) -> None:
    assert shown in room.say(said)


def test_name_of_several_words_gives_the_handle_that_is_free(room: Room) -> None:
    assert "Budi Santoso terdaftar sebagai anggota nomor 4: @budi.santoso, budis@example.org." in room.say(
        "anggota tambah Budi Santoso budis@example.org"
    )
    assert "@tono, tono@example.org." in room.say("member add Tono van der Berg tono@example.org")
    assert "@budi.pratama." in room.say("anggota tambah Budi Pratama")
    assert "@oneil, oneil@example.org." in room.say("anggota tambah O'Neil oneil@example.org")
    assert "@jean-luc, jl@example.org." in room.say("anggota tambah Jean-Luc Sitompul jl@example.org")
    assert "Diundang: Dewi dan Budi Santoso." in flat(room.say("rapat kas besok jam 7 malam dengan @budi.santoso", "1"))


def test_several_requests_in_one_message_are_answered_in_order(room: Room) -> None:
    replies = room.call("anggota tambah Tono tono@example.org\nkeputusan: menyetujui anggaran\nbantuan")
    assert [reply.lines[0].key if reply.lines else reply.cards[0].id for reply in replies] == [
        "member-enrolled",
        "decision-recorded",
        "help",
    ]


def test_message_with_one_request_that_cannot_be_done_does_none(room: Room) -> None:
    before = room.entries
    replies = room.call("keputusan: menyetujui anggaran\nrapat besok jam 9 pagi dengan @anton")
    assert [reply.lines[0].key for reply in replies] == ["person-unknown"]
    assert room.entries == before


def test_each_line_is_answered_in_its_own_language(room: Room, english_room: Room) -> None:
    for one in (room, english_room):
        assert "Decisions found: 0" in one.say("show decisions of this month")
        assert "0 keputusan ditemukan" in one.say("tampilkan keputusan bulan ini")
        assert "Rancangan: Rapat" in one.say("rapat pengurus besok jam 7 malam")
        assert "Meeting called: " not in one.say("1")
        assert "Draft: Board meeting" in one.say("board meeting tomorrow at 7pm")
        assert "Meeting called: Board meeting" in one.say("1")


def test_assumption_is_marked_with_its_reason_and_the_other_reading_offered(room: Room) -> None:
    shown = flat(room.say("rapat kas besok jam 7"))
    assert "(diasumsikan: pagi atau malam tidak disebut)" in shown
    assert "1 jam (sampai 08.00 WIB) (diasumsikan: lamanya tidak disebut)" in shown
    assert "pukul 19.00 WIB" in flat(room.say("4"))
    shown = flat(room.say("cash meeting tomorrow at 7"))
    assert "(assumed: morning or evening was not said)" in shown


def test_nothing_is_marked_when_everything_was_said(room: Room) -> None:
    assert "diasumsikan" not in room.say("rapat kas besok jam 7 malam selama 2 jam")


def test_which_meeting_to_cancel_is_asked_when_there_are_two(room: Room) -> None:
    room.say("rapat kas besok jam 7 malam", "1", "rapat iuran lusa jam 7 malam", "1")
    shown = room.say("batalkan rapat")
    assert "Rapat yang mana yang dibatalkan?" in shown
    assert "Rapat Kas (2026-001)" in shown
    number = 1 if shown.index("(2026-001)") < shown.index("(2026-002)") else 2
    assert "Rapat dibatalkan: Rapat Kas" in room.say(str(number))


def test_agenda_is_set_by_a_line_of_its_own(room: Room) -> None:
    room.say("rapat kas besok jam 7 malam", "1")
    shown = room.say("agenda: laporan kas")
    assert "Acara" in shown
    assert "laporan kas" in shown


def test_meeting_that_is_named_by_its_number_is_the_one_changed_and_cancelled(room: Room) -> None:
    room.say("rapat kas besok jam 7 malam dengan @budi", "1", "rapat iuran lusa jam 7 malam", "1")
    assert "Rapat diubah: Rapat Kas, sekarang Jumat" in room.say("undur rapat 2026-001 ke Jumat jam 8 malam")
    assert "Rapat diubah: Rapat Iuran, sekarang Sabtu" in room.say("undur rapat nomor 2026-002 ke Sabtu jam 8 malam")
    assert "Budi hadir di Rapat Kas." in room.say("budi> hadir di rapat 2026-001")
    assert "Rapat dibatalkan: Rapat Kas" in room.say("batalkan rapat 2026-001")
    assert "Meeting cancelled: Rapat Iuran" in room.say("cancel meeting 2026-002")
    assert "Tidak ada rapat bernomor 2026-009." in room.say("batalkan rapat 2026-009")


@pytest.mark.parametrize("word", ["batal", "cancel", "batalkan"])
def test_one_word_never_cancels_a_meeting_without_being_asked(room: Room, word: str) -> None:
    room.say("rapat kas besok jam 7 malam", "1", "keputusan: setuju")
    before = room.entries
    assert "(2026-001)" in room.say(word)
    assert room.entries == before
    room.say("1")
    assert room.entries == before + 1


def test_number_of_a_decision_in_a_note_names_no_meeting(room: Room) -> None:
    room.say("rapat kas besok jam 7 malam", "1")
    assert "butir 1: keputusan 2026-009 ditunda" in room.say("catat: keputusan 2026-009 ditunda")


def test_person_who_is_taken_out_is_told_and_no_longer_shown(room: Room) -> None:
    room.say("rapat kas besok jam 7 malam dengan @budi dan @sari", "1")
    shown = room.say("keluarkan @budi dari rapat itu")
    assert "Rapat diubah: Rapat Kas" in shown
    assert "Sari     belum menjawab" in shown
    assert "Budi " not in shown
    assert "Anda tidak diundang ke Rapat Kas." in room.say("budi> 1")


def test_meeting_over_several_days_tells_the_day_of_its_end(room: Room) -> None:
    assert "2 hari (sampai Jumat, 27 November 2026 pukul 09.00 WIB)" in room.say(
        "rapat kerja besok jam 9 pagi selama 2 hari"
    )


def test_change_of_a_meeting_tells_what_changed(room: Room) -> None:
    room.say("rapat kas besok jam 7 malam dengan @budi", "1")
    assert "Yang berubah: waktu dan tempat. Dikabari lewat surel: Dewi dan Budi." in flat(
        room.say("pindahkan rapat itu ke Jumat jam 8 malam di Aula")
    )
    assert "What changed: people. Told by e-mail: Dewi, Budi, and Sari." in flat(
        room.say("invite @sari to the meeting")
    )


def test_card_as_it_was_before_a_change_calls_nothing(room: Room) -> None:
    room.say("rapat kas besok jam 7 malam", "2", "jam 8 malam")
    before = room.entries
    assert "Kartu #1 sudah diganti kartu #2." in room.say("1.1")
    assert room.entries == before
    assert "pukul 20.00 WIB" in room.say("2.1")


def test_everyone_is_invited_once_whoever_calls(room: Room) -> None:
    assert "Peserta  Dewi, Budi, dan Sari" in room.say("rapat kas besok jam 9 pagi dengan semua anggota")


def test_member_is_invited_by_address(room: Room) -> None:
    assert "Peserta  Dewi dan Budi" in room.say("rapat kas besok jam 9 pagi dengan BUDI@example.org")
    assert "Saya tidak mengenal asing@example.org." in room.say("rapat kas besok jam 9 pagi dengan asing@example.org")


def test_link_is_a_place(room: Room) -> None:
    assert "Tempat   https://meet.google.com/abc-defg-hij" in room.say(
        "rapat kas besok jam 9 pagi di https://meet.google.com/abc-defg-hij"
    )


def test_who_is_told_by_mail_is_told_apart_from_who_is_in_the_chat_only(room: Room) -> None:
    room.say("anggota tambah Joko")
    told = "Dikabari lewat surel: Dewi dan Budi. Hanya di obrolan: Joko."
    assert f"Diundang: Dewi, Budi, dan Joko. {told}" in flat(
        room.say("rapat kas besok jam 7 malam dengan @budi dan @joko", "1")
    )
    assert f"Yang berubah: waktu. {told}" in flat(room.say("undur rapat itu ke jam 8 malam"))
    assert told in flat(room.say("keluarkan @joko dari rapat itu"))
    assert "Joko" not in room.say("undur rapat itu ke jam 9 malam")
    assert "Told by e-mail: Dewi and Budi. In the chat only: Joko." in flat(room.say("cancel meeting 2026-001"))


def test_what_has_a_number_is_shown_by_it(room: Room) -> None:
    room.say("rapat kas besok jam 7 malam dengan @budi", "1", "keputusan: membeli tenda")
    assert "membeli tenda" in room.say("isi keputusan 2026-001 apa?")
    assert "Rapat Kas" in room.say("rapat 2026-001")
    assert "2026-009" in room.say("show decision 2026-009")
