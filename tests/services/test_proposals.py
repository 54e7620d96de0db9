"""What do the buttons of a card do when it comes again, was changed, discarded, or pressed by another?"""

import pytest

from governor.domain.events import OfficeGiven
from governor.domain.meetings import Role
from governor.domain.members import Office
from governor.ports import Card, Reply
from governor.store import meetings
from tests.journeys.conftest import founded, room
from tests.journeys.rooms import Room
from tests.postgres import postgres

__all__ = ["founded", "postgres", "room"]

PROPOSAL = "rapat kas besok jam 7"
"""Seven in the morning, or in the evening: the card has a button for the other reading."""


def proposed(room: Room) -> Card:
    """Return the card of the proposal; asked again, it is the same call again."""
    return room.call(PROPOSAL, call_id="proposal")[0].cards[0]


def token(card: Card, word: str) -> str:
    """Return the token of the button of *card* that begins with *word*."""
    return next(button.token for button in card.buttons if button.token.startswith(f"{word}:"))


def changed(room: Room, card: Card, *, call_id: str = "change") -> Card:
    """Return the card after it was changed to eight in the evening."""
    return room.press(token(card, "change"), text="jam 8 malam", call_id=call_id).cards[0]


def key(reply: Reply) -> str:
    """Return the key of what the reply says first."""
    return reply.lines[0].key


@pytest.mark.parametrize(("first", "told"), [("call", "called-already"), ("discard", "draft-discarded")])
def test_proposal_that_is_delivered_again_revives_nothing(room: Room, first: str, told: str) -> None:
    card = proposed(room)
    room.press(token(card, first), call_id="first")
    before = room.entries
    assert proposed(room) == card
    assert key(room.press(token(card, "call"), call_id="second")) == told
    assert key(room.press(token(card, "option"), call_id="third")) == told
    assert room.entries == before


def test_other_reading_is_closed_when_one_is_called(room: Room) -> None:
    card = proposed(room)
    other = room.press(token(card, "option"), call_id="option").cards[0]
    assert key(room.press(token(other, "call"), call_id="first")) == "meeting-called"
    assert key(room.press(token(card, "call"), call_id="second")) == "called-already"


def test_other_reading_is_closed_when_one_is_discarded(room: Room) -> None:
    card = proposed(room)
    other = room.press(token(card, "option"), call_id="option").cards[0]
    room.press(token(card, "discard"), call_id="discard")
    assert key(room.press(token(other, "call"), call_id="call")) == "draft-discarded"


@pytest.mark.parametrize("word", ["call", "change", "discard", "option"])
def test_card_as_it_was_before_a_change_does_nothing(room: Room, word: str) -> None:
    card = proposed(room)
    new = changed(room, card)
    before = room.entries
    assert key(room.press(token(card, word), call_id="old")) == "draft-replaced"
    assert room.entries == before
    assert key(room.press(token(new, "call"), call_id="new")) == "meeting-called"
    assert key(room.press(token(card, "call"), call_id="again")) == "called-already"


def test_change_of_a_change_takes_the_place_of_the_first_card(room: Room) -> None:
    card = proposed(room)
    second = changed(room, card, call_id="one")
    third = changed(room, second, call_id="two")
    assert card.id == second.id == third.id
    assert len({token(one, "call") for one in (card, second, third)}) == 3
    assert key(room.press(token(second, "call"), call_id="old")) == "draft-replaced"


def test_change_that_is_delivered_again_shows_the_same_card(room: Room) -> None:
    card = proposed(room)
    assert changed(room, card) == changed(room, card)


def test_whoever_presses_calls_the_meeting_and_who_drafted_it_stays_invited(room: Room) -> None:
    card = proposed(room)
    with room.house.record.act("office", room.at) as work:
        (sari,) = [member for member in work.roster() if member.handle == "sari"]
        work.record(OfficeGiven(member=sari.id, number=sari.number, office=Office.CHAIR), by=None)
    assert key(room.press(token(card, "call"), account="sari")) == "meeting-called"
    with room.house.record.look(room.at) as work:
        meeting = meetings.find(work.connection, "2026-001")
        assert meeting is not None
        people = [(member.handle, one.role) for one in meeting.attendees if (member := work.roster().get(one.member))]
        assert meeting.called_by == sari.id
    assert people == [("sari", Role.CHAIR), ("dewi", Role.REQUIRED)]


def test_many_meetings_to_come_are_listed_and_each_is_opened_from_there(room: Room) -> None:
    for day in range(1, 14):
        card = room.call(f"rapat ke-{day} {day} Desember jam 3 sore", call_id=f"say {day}")[0].cards[0]
        room.press(token(card, "call"), call_id=f"call {day}")
    first = room.call("rapat apa saja")[0]
    assert first.cards[0].title.values["count"] == 13
    assert len(first.cards[0].rows) == 10
    last = room.press(first.cards[0].buttons[-1].token, call_id="later")
    assert [row.label.values["number"] for row in last.cards[0].rows] == ["2026-011", "2026-012", "2026-013"]
    assert room.press(last.cards[0].buttons[-1].token, call_id="earlier").cards[0].rows == first.cards[0].rows
    opened = room.press(last.cards[0].buttons[0].token, call_id="open")
    assert (opened.is_private, opened.cards[0].id) == (True, "meeting:2026-011")
