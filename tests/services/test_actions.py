"""Are actions recorded, listed, done and quoted as the record says?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from governor.domain.sources import Source
from governor.ports import Account, Ask, Call, Press, Reply, Say
from governor.services import COMMANDS
from governor.services.audit import verify
from governor.services.dispatch import Dispatcher
from governor.store.unit_of_work import Record
from governor.wording.catalogue import say
from tests.store.records import AT

SOURCE = Source(link="https://discord.com/channels/1/2/3", author="Budi S.", account="budi", at=AT)


def asked(record: Record, who: str, request: str | Ask | Press, *, after: timedelta = timedelta()) -> Reply:
    call = Call(
        id=f"{who}:{request}:{after}",
        account=Account(platform="console", id=who),
        at=AT + after,
        request=Say(text=request) if isinstance(request, str) else request,
    )
    (reply,) = Dispatcher(record, COMMANDS)(call)
    return reply


def rows(reply: Reply, language: str = "id") -> dict[str, str]:
    return {say(row.label, language): say(row.value, language) for card in reply.cards for row in card.rows}


@pytest.fixture
def room(fresh: Record) -> Record:
    for name in ("Budi", "Sari"):
        asked(fresh, "ratna", f"anggota tambah {name}")
    return fresh


def test_action_is_recorded_by_a_sentence_listed_and_done_by_its_owner(room: Record) -> None:
    reply = asked(room, "ratna", "tugas: @budi menyiapkan laporan kas, tenggat Jumat")
    assert say(reply.lines[0], "id") == "Tercatat sebagai tugas 2026-001."
    told = rows(reply)
    assert (told["Isi"], told["Penanggung jawab"], told["Tenggat"], told["Keadaan"]) == (
        *("menyiapkan laporan kas", "Budi"),
        *("27 November 2026", "belum selesai"),
    )
    late = asked(room, "sari", "open actions", after=timedelta(days=9))
    assert say(late.lines[0], "en") == "Not done yet: 1, overdue: 1."
    assert rows(late, "en")["State"] == "overdue"

    done = asked(room, "budi", "tugas 2026-001 selesai")
    assert say(done.lines[0], "id") == "Tugas 2026-001 selesai."
    assert done.cards[0].buttons == ()
    assert asked(room, "budi", "daftar tugas").lines[0].values == {"count": 0, "late": 0}
    assert verify(room, room.published).findings == ()


def test_button_tells_that_it_is_done_and_only_once(room: Record) -> None:
    card = asked(room, "ratna", "action: @sari to print the ballots").cards[0]
    press = Press(button=card.buttons[0].token)
    assert not asked(room, "sari", press).refused
    assert asked(room, "ratna", press).lines[0].key == "action-already-done"


def test_action_of_nobody_is_told_done_by_who_records_actions(room: Record) -> None:
    asked(room, "ratna", "tugas: membeli meja")
    assert asked(room, "budi", "tugas 2026-001 selesai").lines[0].key == "action-of-nobody"
    assert not asked(room, "ratna", "tugas 2026-001 selesai").refused


@pytest.mark.parametrize(
    ("who", "text", "key"),
    [
        ("budi", "tugas: membeli kapal", "not-permitted"),
        ("sari", "tugas 2026-001 selesai", "action-of-others"),
        ("ratna", "action 2026-009 is done", "action-unknown"),
        ("ratna", "tugas: @siapa membeli kursi", "person-unknown"),
        ("ratna", "tugas: membeli kursi, tenggat kemarin", "due-in-past"),
    ],
)
def test_out_of_order_is_refused(room: Record, who: str, text: str, key: str) -> None:
    asked(room, "ratna", "tugas: @budi membeli meja")
    reply = asked(room, who, text)
    assert (reply.refused, reply.lines[0].key) == (True, key)


def test_list_is_of_one_person_and_what_is_due_first_comes_first(room: Record) -> None:
    for text in ("tugas: @budi satu", "tugas: @budi dua, tenggat 3 Desember", "tugas: @sari tiga, tenggat besok"):
        asked(room, "ratna", text)
    every = asked(room, "sari", Ask(command="action list"))
    assert [card.id for card in every.cards] == ["action:2026-003", "action:2026-002", "action:2026-001"]
    budis = asked(room, "sari", Ask(command="action list", options={"person": "budi"}))
    assert [card.id for card in budis.cards] == ["action:2026-002", "action:2026-001"]


def test_message_goes_with_what_is_recorded_from_it_until_its_author_is_erased(room: Record) -> None:
    asked(room, "ratna", "rapat kas besok jam 7 malam dengan @budi")
    card = asked(room, "ratna", "rapat kas lusa jam 7 malam dengan @budi").cards[0]
    asked(room, "ratna", Press(button=card.buttons[0].token))
    for command, text in (("decision record", "Kas Rp2 juta"), ("action record", "Pesan meja")):
        reply = asked(room, "ratna", Ask(command=command, options={"text": text}, source=SOURCE))
        assert rows(reply)["Pesan"] == (
            "dari Budi, Selasa, 24 November 2026 pukul 10.00 WIB: https://discord.com/channels/1/2/3"
        )
    asked(room, "ratna", Ask(command="minutes note", options={"text": "Kas cukup"}, source=SOURCE))
    stranger = replace(SOURCE, account="nobody", author="Tamu")
    asked(room, "ratna", Ask(command="minutes note", options={"text": "Tamu hadir"}, source=stranger))

    minutes = asked(room, "sari", "notulen").document or ""
    assert minutes.count("dari pesan Budi") == 3
    assert minutes.count("dari pesan Tamu") == 1
    assert "**TUGAS 2026-001**: Pesan meja." in minutes
    assert "<https://discord.com/channels/1/2/3>" in minutes

    with room.look(AT) as work:
        budi = next(one.id for one in work.roster() if one.handle == "budi")
    room.keys.destroy(budi)
    after = asked(room, "sari", "notulen").document or ""
    assert (after.count("dari pesan"), after.count("Kas cukup")) == (1, 1)
    assert verify(room, room.published).findings == ()
