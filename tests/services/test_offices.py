"""Are offices given, ended and shown as the record says?"""

from datetime import datetime, timedelta

import pytest

from governor.domain.members import Office
from governor.ports import Account, Ask, Call, Card, Reply
from governor.services import COMMANDS
from governor.services.audit import verify
from governor.services.dispatch import Dispatcher
from governor.store import offices
from governor.store.unit_of_work import Record
from governor.wording.catalogue import say
from tests.store.records import AT, ask


def asked(record: Record, who: str, text: str, *, at: datetime = AT) -> Reply:
    (reply,) = ask(record, who, text, call=f"{text}:{at}", at=at)
    return reply


def given(record: Record, command: str, *, at: datetime = AT, **options: str) -> Reply:
    call = Call(
        id=f"{command}:{options}:{at}",
        account=Account(platform="console", id="ratna"),
        at=at,
        request=Ask(command=command, options=options),
    )
    (reply,) = Dispatcher(record, COMMANDS)(call)
    return reply


def shown(card: Card, language: str = "id") -> dict[str, str]:
    return {say(row.label, language): say(row.value, language) for row in card.rows}


@pytest.fixture
def room(fresh: Record) -> Record:
    for name in ("Budi", "Sari"):
        asked(fresh, "ratna", f"anggota tambah {name}")
    return fresh


def offices_of(record: Record, handle: str) -> frozenset[Office]:
    with record.look(AT) as work:
        return next(one.offices for one in work.roster() if one.handle == handle)


def test_office_is_given_and_ended_by_a_sentence_in_each_language(room: Record) -> None:
    reply = asked(room, "ratna", "jadikan Sari bendahara")
    assert say(reply.lines[0], "id") == "Sari sekarang bendahara."
    assert shown(reply.cards[0])["Bendahara"] == "Sari, sejak 24 November 2026"
    assert offices_of(room, "sari") == {Office.TREASURER}

    ended = asked(room, "ratna", "Sari steps down as treasurer", at=AT + timedelta(days=8))
    assert say(ended.lines[0], "en") == "Sari is treasurer no more."
    assert shown(ended.cards[0], "en")["Treasurer"] == "vacant"
    assert offices_of(room, "sari") == frozenset()
    assert verify(room, room.published).findings == ()


def test_what_was_held_on_a_day_is_shown_with_the_decision_it_rests_on(room: Record) -> None:
    asked(room, "ratna", "keputusan: Sari menjadi bendahara")
    given(room, "office give", person="sari", office="treasurer", decision="2026-001")
    later = AT + timedelta(days=30)
    given(room, "office end", person="sari", office="treasurer", at=later)

    (then,) = given(room, "office list", on="2026-11-30", at=later).cards
    (now,) = given(room, "office list", at=later).cards
    (before,) = given(room, "office list", on="2026-11-23", at=later).cards
    held = "Sari, 24 November 2026 sampai 24 Desember 2026 (keputusan 2026-001)"
    assert shown(then)["Bendahara"] == held
    assert (shown(now)["Bendahara"], shown(before)["Sekretaris"]) == ("kosong", "kosong")
    with room.look(later) as work:
        assert [one.decision for one in offices.of_member(work.connection, 3)] == ["2026-001"]


def test_office_holder_may_do_what_the_office_grants_and_no_longer_afterwards(room: Record) -> None:
    assert asked(room, "budi", "keputusan: membeli kapal").refused
    asked(room, "ratna", "angkat Budi menjadi ketua")
    assert not asked(room, "budi", "keputusan: membeli perahu").refused
    asked(room, "ratna", "Budi berhenti sebagai ketua")
    assert asked(room, "budi", "keputusan: membeli rakit").refused


@pytest.mark.parametrize(
    ("who", "text", "key"),
    [
        ("budi", "jadikan Sari bendahara", "not-permitted"),
        ("budi", "Ratna berhenti sebagai sekretaris", "not-permitted"),
        ("ratna", "jadikan Ratna sekretaris", "office-held"),
        ("ratna", "Sari berhenti sebagai bendahara", "office-not-held"),
        ("ratna", "Ratna berhenti sebagai sekretaris", "office-last-secretary"),
        ("ratna", "jadikan Bambang bendahara", "person-unknown"),
    ],
)
def test_giving_or_ending_out_of_order_is_refused(room: Record, who: str, text: str, key: str) -> None:
    with room.look(AT) as work:
        before = work.head().size
    reply = asked(room, who, text)
    assert (reply.refused, reply.lines[0].key) == (True, key)
    with room.look(AT) as work:
        assert work.head().size == before


def test_decision_that_is_not_there_gives_no_office(room: Record) -> None:
    reply = given(room, "office give", person="sari", office="treasurer", decision="2026-009")
    assert (reply.refused, reply.lines[0].key) == (True, "decision-unknown")


def test_secretary_whose_data_is_erased_does_not_count_as_one(room: Record) -> None:
    asked(room, "ratna", "jadikan Sari sekretaris")
    with room.look(AT) as work:
        sari = next(one.id for one in work.roster() if one.handle == "sari")
    room.keys.destroy(sari)
    reply = asked(room, "ratna", "Ratna berhenti sebagai sekretaris")
    assert (reply.refused, reply.lines[0].key) == (True, "office-last-secretary")


def test_second_secretary_may_replace_the_first(room: Record) -> None:
    asked(room, "ratna", "make Budi secretary")
    assert not asked(room, "budi", "remove Ratna as secretary").refused
    assert offices_of(room, "ratna") == frozenset()
