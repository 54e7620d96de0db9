"""Can what stands on buttons be asked for by a command too?"""

from governor.domain.members import Route
from tests.journeys.conftest import founded, room
from tests.journeys.rooms import Room
from tests.postgres import postgres
from tests.services.test_filling import called
from tests.store.records import given

__all__ = ["founded", "postgres", "room"]


def test_rule_is_chosen_by_its_name_and_adopted_on_the_card(room: Room) -> None:
    card = given(room.house.record, "dewi", "bylaws choose", call="choose", at=room.at, bylaw="majority").cards[0]
    assert card.id == "rule:majority"
    assert room.press(card.buttons[0].token, text="Pasal 7").lines[0].key == "rule-adopted"
    refused = given(room.house.record, "dewi", "bylaws choose", call="odd", at=room.at, bylaw="cuaca")
    assert refused.lines[0].key == "missing-bylaw"


def test_ways_of_a_meeting_are_shown_to_who_asks(room: Room) -> None:
    called(room)
    shown = given(room.house.record, "dewi", "meeting routes", call="ways", at=room.at, number="2026-001")
    assert (shown.is_private, shown.cards[0].id) == (True, "routes:2026-001")


def test_way_is_chosen_for_oneself_and_by_who_enrols_for_others(room: Room) -> None:
    record = room.house.record
    own = given(record, "budi", "member route", call="own", at=room.at, route="chat")
    assert own.lines[0].values["name"] == "Budi"
    refused = given(record, "budi", "member route", call="others", at=room.at, route="chat", person="sari")
    assert refused.lines[0].key == "route-of-others"
    given(record, "dewi", "member route", call="for", at=room.at, route="chat", person="sari")
    with record.look(room.at) as work:
        assert {one.handle: one.route for one in work.roster()} == {
            "dewi": None,
            "budi": Route.CHAT,
            "sari": Route.CHAT,
        }


def test_poll_on_a_date_is_closed_without_its_number_where_it_is_the_only_one(room: Room) -> None:
    record = room.house.record
    assert given(record, "dewi", "date-poll settle", call="none", at=room.at).lines[0].key == "date-poll-none"
    for name in ("kas", "tenda"):
        room.call(f"cari waktu rapat {name} minggu depan", call_id=name)
    which = given(record, "dewi", "date-poll drop", call="which", at=room.at)
    assert which.lines[0].key == "date-poll-which"
    dropped = given(record, "dewi", "date-poll drop", call="one", at=room.at, number="2026-001")
    assert dropped.lines[0].key == "date-poll-dropped"
    room.press("suits:2026-002:0", call_id="suits")
    (meeting,) = given(record, "dewi", "date-poll settle", call="other", at=room.at).cards
    assert meeting.id == "meeting:2026-001"
