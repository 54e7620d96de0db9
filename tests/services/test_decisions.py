from datetime import UTC, datetime, timedelta

import pytest

from governor.domain.decisions import record_decision
from governor.ports import Reply
from governor.store.unit_of_work import Record
from governor.wording.catalogue import say
from tests.store.records import AT, HELD, ask, given, live, press


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
    reply = asked(fresh, "budi", "tampilkan keputusan tahun ini", at=HELD)
    assert reply.lines[0].values == {"count": 3, "looked_at": 3}
    assert numbers(reply) == ["2026-003", "2026-002", "2026-001"]
    later = asked(fresh, "budi", "tampilkan keputusan bulan ini", at=datetime(2027, 3, 1, tzinfo=UTC))
    assert later.lines[0].values == {"count": 0, "looked_at": 3}


def test_list_tells_of_each_decision_its_meeting_owner_and_day(fresh: Record) -> None:
    live(fresh)
    rows = asked(fresh, "budi", "tampilkan keputusan tahun ini", at=HELD).cards[0].rows
    meeting = "Rapat Pengurus (2026-001), Jumat, 4 Desember 2026 pukul 20.00 WIB"
    assert [say(row.value, "id") for row in rows] == [
        f"membeli meja 1 (4 Desember 2026; {meeting})",
        "membeli meja (24 November 2026)",
        "menyetujui anggaran Rp 10 juta (24 November 2026; penanggung jawab: Sari; tenggat: 1 Desember 2026; "
        f"{meeting})",
    ]


def test_list_looks_for_nobody_who_is_invited_to_a_meeting_of_a_decision(fresh: Record) -> None:
    live(fresh)
    asked(fresh, "budi", "tampilkan keputusan tahun ini", at=HELD)
    read: list[str] = []
    with fresh.database.read() as connection:
        driver = connection.connection.driver_connection
    driver.set_trace_callback(read.append)  # type: ignore[union-attr]
    later = HELD + timedelta(hours=1)
    assert len(asked(fresh, "budi", "tampilkan keputusan tahun ini", at=later).cards[0].rows) == 3
    driver.set_trace_callback(None)  # type: ignore[union-attr]
    assert read
    assert not [one for one in read if "FROM attendee" in one]


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


def numbers(reply: Reply) -> list[str]:
    """Return the numbers of the decisions that a page shows."""
    return [str(row.label.values["number"]) for row in reply.cards[0].rows]


def many(record: Record, count: int, *, letters: int = 1) -> None:
    """Enter *count* decisions, the last three of the same instant."""
    for number in range(1, count + 1):
        at = AT + timedelta(minutes=min(number, count - 2))
        with record.act(f"many:{number}", at) as work:
            text = "x" * letters
            work.record(
                record_decision(number=f"2026-{number:03d}", text=text, owner=None, due=None, meeting=None), by=None
            )


def turned(record: Record, reply: Reply, key: str) -> Reply | None:
    """Return the page that the button of that *key* brings; ``None``: there is no such button."""
    token = next((one.token for one in reply.cards[0].buttons if one.label.key == key), None)
    return None if token is None else press(record, "ratna", token, call=token, at=AT + timedelta(days=1))


def walk(record: Record, reply: Reply, key: str) -> list[Reply]:
    """Return every page from *reply* on, turned by the button of that *key*."""
    pages = [reply]
    while (following := turned(record, pages[-1], key)) is not None:
        pages.append(following)
    return pages


@pytest.mark.parametrize("letters", [1, 700])
def test_pages_go_through_every_decision_once_and_back(fresh: Record, letters: int) -> None:
    many(fresh, 63, letters=letters)
    first = asked(fresh, "ratna", "tampilkan keputusan bulan ini", at=AT + timedelta(days=1))
    assert first.lines[0].values == {"count": 63, "looked_at": 63}
    there = walk(fresh, first, "button-older")
    every = [f"2026-{number:03d}" for number in range(63, 0, -1)]
    assert [number for page in there for number in numbers(page)] == every
    back = walk(fresh, there[-1], "button-newer")
    assert [number for page in reversed(back) for number in numbers(page)] == every
    firsts = [page.cards[0].title.values["first"] for page in there]
    assert firsts == [1 + sum(len(numbers(page)) for page in there[:at]) for at in range(len(there))]


def test_page_keeps_its_place_when_decisions_are_added_and_stays_in_its_period(fresh: Record) -> None:
    many(fresh, 23)
    first = asked(fresh, "ratna", "tampilkan keputusan bulan ini", at=AT + timedelta(days=1))
    asked(fresh, "ratna", "keputusan: membeli meja", at=AT + timedelta(days=1, hours=1))
    asked(fresh, "ratna", "keputusan: membeli kursi", at=AT + timedelta(days=20))
    second = turned(fresh, first, "button-older")
    assert second is not None
    assert numbers(second)[0] == "2026-013"
    assert second.cards[0].title.values["count"] == 24


@pytest.mark.parametrize(("period", "count"), [("bulan ini", 3), ("2026", 3), ("tahun 2025", 0), ("sejak Oktober", 3)])
def test_period_is_an_option_that_is_read_as_one_speaks(fresh: Record, period: str, count: int) -> None:
    many(fresh, 3)
    reply = given(fresh, "ratna", "decision list", call=period, at=AT + timedelta(days=1), period=period)
    assert reply.lines[0].values == {"count": count, "looked_at": 3}
    assert (
        given(fresh, "ratna", "decision list", call="x", at=AT, period="ngawur").lines[0].key == "period-not-understood"
    )


def test_one_decision_is_shown_by_its_number(fresh: Record) -> None:
    many(fresh, 3)
    shown = given(fresh, "ratna", "decision show", call="one", number="2026-002")
    assert shown.cards[0].id == "decision:2026-002"
    assert given(fresh, "ratna", "decision show", call="none", number="2026-009").refused
