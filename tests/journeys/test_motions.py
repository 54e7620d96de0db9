"""Something is moved, seconded, voted on, and becomes a decision that tells how it came about."""

import threading
from datetime import timedelta

import pytest

from governor.ports import Account, Ask, Call, Reply
from governor.services import ballots, posts
from governor.services.audit import verify
from governor.services.record import checkpoint, public_record
from tests.journeys.rooms import Room
from tests.portal.conftest import feeds_of, serving

MEETING_ID = ("rapat pengurus hari ini jam 10.30 dengan @budi dan @sari soal kas", "1")
MEETING_EN = ("budget meeting today at 10:30 with @budi and @sari about cash", "1")


def flat(shown: str) -> str:
    return " ".join(shown.replace("│", " ").split())


def ask(room: Room, command: str, *, account: str = "dewi", call_id: str = "ask", **options: str) -> Reply:
    request = Ask(command=command, options=options)
    call = Call(id=call_id, account=Account(platform="console", id=account), at=room.at, request=request)
    (reply,) = room.house.dispatcher(["mail"])(call)
    return reply


def keys_of(reply: Reply) -> list[str]:
    return [line.key for line in (*reply.lines, *reply.aside)]


def test_motion_becomes_a_decision_in_indonesian(room: Room) -> None:
    room.say(*MEETING_ID)
    assert "MOSI 2026-001" in room.say("budi> usul: membeli tenda baru")
    assert "Mosi 2026-001 didukung oleh Sari." in room.say("sari> Dukung")
    shown = flat(room.say("Pungut suara"))
    assert "Syarat lebih dari separuh suara setuju dan tidak; abstain bukan suara" in shown
    assert "0 dari 3 (semua anggota)" in shown
    shown = flat(room.say("budi> Setuju"))
    assert "Suara Anda untuk mosi 2026-001 dihitung: Setuju. Anda dapat mengubahnya" in shown
    assert "1 dari 3" in shown
    assert "Setuju Budi" not in shown
    assert "2 dari 3" in flat(room.say("sari> Tidak setuju"))
    assert "2 dari 3" in flat(room.say("sari> Setuju"))
    assert "sudah dihitung begitu" in room.say("sari> Setuju")
    assert "tidak berwenang memungut suara" in room.say("budi> Tutup dan hitung")
    shown = flat(room.say("Tutup dan hitung"))
    assert "Mosi 2026-001 DITERIMA. KEPUTUSAN 2026-001 dicatat." in shown
    assert "setuju 2, tidak 0, abstain 0" in shown
    assert "kuorum: 2 dari 3 anggota, perlu 2; terbuka. Menjadi keputusan 2026-001." in shown
    assert {"Setuju Budi dan Sari", "Setuju Sari dan Budi"} & {shown[at : at + 20] for at in range(len(shown))}
    minutes = flat(room.say("notulen"))
    assert "**MOSI 2026-001**: membeli tenda baru. Pengusul: Budi. Pendukung: Sari. Keadaan: DITERIMA" in minutes
    assert verify(room.house.record, room.house.published).findings == ()


def test_secret_vote_and_rules_in_english(english_room: Room) -> None:
    room = english_room
    room.say(*MEETING_EN)
    shown = flat(room.say("voting rules", "Secrecy", "secret", "Bylaws, article 7"))
    assert "Secrecy is now: secret (version 1)." in shown
    assert "Bylaws, article 7 (version 1)" in shown
    assert "MOTION 2026-001" in room.say("budi> I move that we replace the treasurer")
    shown = flat(room.say("Put to the vote"))
    assert "secret: it is recorded who voted, never what" in shown
    assert "only 3 may vote" in shown
    room.say("budi> For", "sari> For", "sari> Against", "Against")
    shown = flat(room.say("Close and count"))
    assert "Motion 2026-001 is LOST." in shown
    assert "LOST: by vote; 1 for, 2 against, 0 abstained" in shown
    assert "secret." in shown
    assert "Against Sari" not in shown
    assert room.house.record.keys.beside("ballots").persons() == []
    assert "**MOTION 2026-001**: we replace the treasurer. Moved by: Budi. State: LOST" in flat(room.say("minutes"))
    assert verify(room.house.record, room.house.published).findings == ()


def test_those_present_decide_by_consensus_where_the_rules_say_so(room: Room) -> None:
    room.say(*MEETING_ID)
    room.say("aturan suara", "Yang memilih", "anggota yang hadir", "AD pasal 9")
    room.say("budi> usul: iuran naik")
    assert "Belum kuorum: hadir 0 dari 3 anggota, perlu 2." in flat(room.say("Pungut suara"))
    room.say("daftar hadir", "Budi datang", "Saya di sini / pergi")
    assert "KUORUM: 2 dari 3 anggota, perlu 2" in flat(room.say("daftar hadir"))
    assert "Kehadiran orang lain dicatat oleh ketua atau sekretaris." in room.say("budi> Sari datang")
    shown = flat(room.say("daftar mosi", "Mufakat"))
    assert "DITERIMA: mufakat, tanpa keberatan; hadir 2 dari 3 anggota, kuorum 2." in shown
    room.say("budi> usul: iuran turun", "Pungut suara")
    assert "tercatat hadir saat pemungutan dibuka" in flat(room.say("sari> Setuju"))
    assert "1 dari 2 (anggota yang hadir)" in flat(room.say("budi> Setuju"))


def test_vote_by_command_is_answered_to_the_voter_alone(room: Room) -> None:
    room.say("usul: membeli meja")
    assert keys_of(ask(room, "motion put", number="2026-001", until="besok jam 8 malam")) == ["motion-put"]
    reply = ask(room, "motion vote", account="budi", call_id="v1", number="2026-001", choice="for")
    assert (keys_of(reply), reply.is_private) == (["vote-counted-until"], True)
    pressed = room.press("vote:2026-001:against:1", account="budi", call_id="v2")
    assert (pressed.lines, [line.key for line in pressed.aside]) == ((), ["vote-counted-until"])
    assert not pressed.is_private
    for token, call_id in (("vote:2026-001:for:2", "a"), ("vote:2026-001:maybe", "b"), ("vote:2026-009:for", "c")):
        assert room.press(token, account="budi", call_id=call_id).refused
    assert keys_of(ask(room, "motion count", number="2026-001", call_id="early")) == ["ballot-early"]
    assert ask(room, "motion vote", call_id="v3", number="2026-001", choice="perhaps").refused


def test_ballot_with_an_end_is_counted_by_the_clock_once(room: Room) -> None:
    room.say("usul: membeli meja")
    ask(room, "motion put", number="2026-001", until="besok jam 8 malam", majority="two-thirds", secrecy="secret")
    for name in ("budi", "sari", "dewi"):
        choice = "against" if name == "dewi" else "for"
        ask(room, "motion vote", account=name, call_id=name, number="2026-001", choice=choice)
    end = room.at + timedelta(hours=34)  # 20:00 in Jakarta, tomorrow
    record = room.house.record
    assert ballots.close_over(record, end + ballots.GRACE - timedelta(seconds=1)) == 0
    room.at = end
    assert keys_of(ask(room, "motion vote", account="dewi", call_id="late", number="2026-001", choice="for")) == [
        "vote-late"
    ]
    assert [ballots.close_over(record, end + ballots.GRACE) for _ in range(2)] == [1, 0]
    with record.database.read() as connection:
        (telling,) = record.outbox.of_subject(connection, "2026-001")
        told = posts.render(record, connection, telling, end)
    assert told is not None
    assert ([line.key for line in told.lines], told.cards[0].id) == (["motion-told-carried"], "motion:2026-001")
    assert "paling sedikit dua pertiga" in flat(room.say("daftar mosi"))
    assert "Menjadi keputusan 2026-001" in flat(room.say("daftar mosi"))
    assert verify(record, room.house.published).findings == ()


def test_agenda_is_kept_item_by_item_and_told_in_the_invitation(room: Room) -> None:
    room.say(*MEETING_ID)
    shown = flat(room.say("tambah agenda iuran"))
    assert "Acara 1. kas 2. iuran" in shown
    assert "1. kas 2. iuran" in flat(room.say("lihat agenda"))
    assert "Acara 1. iuran 2. kas" in flat(room.say("Naikkan 2"))
    assert "Acara iuran" in flat(room.say("Hapus 2"))
    assert "Acara laporan kegiatan" in flat(room.say("ubah rapat itu soal laporan kegiatan"))
    assert "tidak berwenang" in room.say("budi> tambah agenda gaji")
    assert "Acara 1. laporan kegiatan 2. gaji" in flat(room.say("tambah agenda gaji"))
    reply = ask(room, "motion move", text="bagi hasil", item="9")
    assert keys_of(reply) == ["agenda-item-unknown"]
    assert keys_of(ask(room, "motion move", call_id="ok", text="bagi hasil", item="4")) == ["motion-moved"]
    assert "Acara gaji Keadaan diajukan" in flat(room.say("daftar mosi"))


@pytest.mark.parametrize("command", ["second", "show", "withdraw", "put", "consensus", "count"])
def test_motion_that_is_not_there_is_said_not_to_be(room: Room, command: str) -> None:
    assert keys_of(ask(room, f"motion {command}", number="2026-009")) == ["motion-unknown"]


def test_rule_that_is_none_and_one_without_its_article_are_refused(room: Room) -> None:
    before = room.entries
    assert room.press("rule:weather").refused
    assert room.press("adopt:quorum:many", text="AD 1").refused
    assert room.press("adopt:weather:many", call_id="x", text="AD 1").refused
    assert [line.key for line in room.press("adopt:quorum:none", call_id="y", text=" ").lines] == ["article-empty"]
    assert keys_of(room.press("rule:quorum", account="budi", call_id="z")) == ["not-permitted"]
    assert room.entries == before


def test_mover_withdraws_and_a_chair_gives_leave(room: Room) -> None:
    room.say("budi> usul: membeli meja", "sari> Dukung")
    assert "sudah didukung, jadi milik rapat" in flat(room.say("budi> Tarik"))
    assert "Mosi 2026-001 ditarik." in room.say("Tarik")
    room.say("budi> usul: membeli kursi")
    assert "hanya dapat ditarik oleh pengusulnya" in flat(room.say("sari> Tarik"))
    assert "Mosi 2026-002 ditarik." in room.say("budi> Tarik")
    assert keys_of(room.press("put:2026-002")) == ["motion-withdrawn-already"]


def test_public_page_tells_how_a_decision_came_about_and_of_whom_nothing(room: Room) -> None:
    record = room.house.record
    look, head = (lambda: public_record(record, lambda: room.at)), (lambda: checkpoint(record))
    with serving(look, head, feeds_of(room)) as page:
        room.say("usul: membeli tenda", "Pungut suara rahasia", "Setuju", "Tutup dan hitung")
        assert "membeli tenda" not in page.ask("/?lang=en").text  # one of three voted: no quorum, no decision
        room.say("daftar mosi", "Pungut suara", "Setuju", "budi> Setuju", "sari> Tidak setuju", "Tutup dan hitung")
        html = page.ask("/?lang=en").text
    assert "Motion 2026-001: by vote; 2 for, 1 against, 0 abstained; rule: more than half" in html
    assert "quorum: 3 of 3 members, 2 needed; open." in html
    assert not {"budi", "sari", "dewi"} & set(html.casefold().split())


@pytest.mark.parametrize("kind", ["room", "postgres_room"])
def test_two_votes_of_one_member_at_once_are_one_vote(request: pytest.FixtureRequest, kind: str) -> None:
    room: Room = request.getfixturevalue(kind)
    room.say("usul: membeli tenda", "Pungut suara rahasia")
    barrier, replies = threading.Barrier(4), list[Reply]()

    def click(choice: str, call_id: str) -> None:
        barrier.wait()
        replies.append(room.press(f"vote:2026-001:{choice}:1", account="budi", call_id=call_id))

    clicks = (("for", "a"), ("against", "b"), ("for", "c"), ("for", "c"))
    threads = [threading.Thread(target=click, args=one) for one in clicks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(replies) == 4
    assert "1 dari 3" in flat(room.say("daftar mosi"))
    with room.house.record.act("look", room.at) as work:
        assert work.ballot_box("2026-001", 1).count().voted == 1
    room.say("daftar mosi", "Setuju", "Tutup dan hitung")
    assert verify(room.house.record, room.house.published).findings == ()
