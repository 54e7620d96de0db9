from datetime import UTC, datetime

import pytest

from governor.domain.decisions import record_decision
from governor.ports import Reply
from governor.services.decisions import MOST_SHOWN
from governor.store.unit_of_work import Record
from tests.store.records import AT, ask, live


def asked(record: Record, who: str, text: str, *, at: datetime = AT) -> Reply:
    (reply,) = ask(record, who, text, call=f"{text}:{at}", at=at)
    return reply


def test_decisions_are_numbered_by_the_year_of_the_organisation(fresh: Record) -> None:
    eve = datetime(2026, 12, 31, 16, 59, tzinfo=UTC)
    assert asked(fresh, "ratna", "keputusan: membeli kursi", at=eve).lines[0].values == {"number": "2026-001"}
    new_year = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)
    assert asked(fresh, "ratna", "keputusan: membeli meja", at=new_year).lines[0].values == {"number": "2027-001"}


def test_decision_of_somebody_unknown_is_refused(fresh: Record) -> None:
    reply = asked(fresh, "ratna", "keputusan: membeli kursi, penanggung jawab @siapa")
    assert reply.refused
    assert reply.lines[0].key == "person-unknown"


def test_list_tells_what_was_found_and_how_many_were_looked_at(fresh: Record) -> None:
    live(fresh)
    reply = asked(fresh, "budi", "tampilkan keputusan bulan ini")
    assert reply.lines[0].values == {"count": 3, "looked_at": 3}
    assert len(reply.cards) == 3
    later = asked(fresh, "budi", "tampilkan keputusan bulan ini", at=datetime(2027, 3, 1, tzinfo=UTC))
    assert later.lines[0].values == {"count": 0, "looked_at": 3}


@pytest.mark.parametrize("who", ["budi", "joko"])
def test_member_without_an_office_does_not_decide(fresh: Record, who: str) -> None:
    live(fresh)
    reply = asked(fresh, who, "keputusan: membeli kapal")
    assert reply.refused
    assert reply.lines[0].key == "not-permitted"


def test_decision_that_is_too_long_is_refused(fresh: Record) -> None:
    reply = asked(fresh, "ratna", "keputusan: " + "panjang " * 600)
    assert reply.refused


def test_decision_is_proved_in_a_file(fresh: Record) -> None:
    live(fresh)
    reply = asked(fresh, "budi", "bukti 2026-001")
    assert reply.lines[0].key == "proof-of"
    assert asked(fresh, "budi", "bukti 2026-009").lines[0].key == "decision-unknown"


@pytest.mark.parametrize("due", ["kemarin", "23 November 2026"])
def test_decision_due_before_today_is_refused(fresh: Record, due: str) -> None:
    reply = asked(fresh, "ratna", f"keputusan: membeli kursi, tenggat {due}")
    assert (reply.refused, reply.lines[0].key) == (True, "due-in-past")
    assert not asked(fresh, "ratna", "keputusan: membeli kursi, tenggat 24 November 2026").refused


def test_list_shows_the_newest_and_how_many_more(fresh: Record) -> None:
    with fresh.act("many", AT) as work:
        for number in range(1, MOST_SHOWN + 4):
            decided = record_decision(number=f"2026-{number:03d}", text="x", owner=None, due=None, meeting=None)
            work.record(decided, by=None)
    reply = asked(fresh, "ratna", "tampilkan keputusan bulan ini")
    assert reply.lines[0].values == {"count": 53, "looked_at": 53, "shown": 50, "more": 3}
    assert [card.id for card in reply.cards] == [f"decision:2026-{number:03d}" for number in range(4, 54)]
