"""Does a form change what was changed in it, leave what was not, and keep what could not be read?"""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from governor.domain.meetings import Meeting
from governor.ports import Account, Call, Reply
from governor.ports.forms import MOST, Fill, Form
from governor.services.filling import FIELDS
from governor.store import meetings
from tests.journeys.conftest import english_room, founded, room
from tests.journeys.rooms import Room
from tests.postgres import postgres
from tests.services.test_proposals import key, token

__all__ = ["english_room", "founded", "postgres", "room"]

PROPOSAL = {
    "id": "rapat kas besok jam 3 sore di Balai dengan Budi",
    "en": "budget meeting tomorrow at 3 pm at the Hall with Budi",
}


def filled(room: Room, form: Form, values: Mapping[str, str], *, language: str = "id", call_id: str = "fill") -> Reply:
    """Return the reply to *form*, in which *values* were changed and the rest was left."""
    whole = {field.name: field.value for field in form.fields} | dict(values)
    request = Fill(button=form.token, values=whole)
    call = Call(
        id=call_id, account=Account(platform="console", id="dewi"), at=room.at, request=request, language=language
    )
    (reply,) = room.house.dispatcher(["mail"])(call)
    return reply


def asked(room: Room, button: str, *, language: str = "id", call_id: str = "ask") -> Form:
    """Return the form that pressing *button* brings."""
    reply = room.press(button, call_id=call_id, language=language)
    assert reply.form is not None
    return reply.form


def form_of_draft(room: Room, language: str = "id") -> Form:
    """Return the form of a fresh draft."""
    card = room.call(PROPOSAL[language])[0].cards[0]
    return asked(room, token(card, "change"), language=language)


def rows(reply: Reply) -> dict[str, object]:
    """Return label → value of the first card."""
    return {row.label.key: row.value.values.get("value", row.value) for row in reply.cards[0].rows}


@pytest.mark.parametrize("language", ["id", "en"])
def test_form_that_is_sent_back_as_it_came_changes_nothing(room: Room, english_room: Room, language: str) -> None:
    place = room if language == "id" else english_room
    before = place.call(PROPOSAL[language], call_id="one")[0].cards[0]
    form = asked(place, token(before, "change"), language=language)
    assert [field.value for field in form.fields] == (
        ["Rapat Kas", "Rabu, 25 November 2026 pukul 15.00 WIB, 1 jam", "Balai", "Dewi, Budi", "open"]
        if language == "id"
        else ["Budget meeting", "Wednesday, 25 November 2026 at 15:00 WIB, 1 hour", "Hall", "Dewi, Budi", "open"]
    )
    assert filled(place, form, {}, language=language).cards[0].rows == before.rows
    assert filled(place, form, {}, language=language, call_id="again").cards == ()  # the card was replaced


def test_each_field_is_read_as_one_speaks(room: Room) -> None:
    form = form_of_draft(room)
    values = {
        "summary": "Rapat  jam 9 di Kantor",
        "when": "lusa jam 4 sore, 90 menit",
        "place": "Aula, https://meet.example.org/x",
        "people": "sari dan @budi",
    }
    shown = rows(filled(room, form, values))
    assert shown["label-when"].isoformat() == "2026-11-26T16:00:00+07:00"  # type: ignore[attr-defined]  # a datetime
    assert shown["label-duration"].values["length"] == timedelta(minutes=90)  # type: ignore[attr-defined]  # a phrase
    assert shown["label-place"] == "Aula, https://meet.example.org/x"
    assert shown["label-people"] == ("Budi", "Sari")
    assert (
        room.press(f"call:{_newest(room)}", call_id="call").cards[0].title.values["summary"] == "Rapat jam 9 di Kantor"
    )


def _newest(room: Room) -> str:
    with room.house.record.database.read() as connection:
        return str(connection.exec_driver_sql("SELECT token FROM draft WHERE used IS NULL").scalar())


@pytest.mark.parametrize(
    ("field", "written", "told"),
    [
        ("when", "entah kapan", "field-when-unread"),
        ("when", "selamanya", "field-when-unread"),
        ("access", "setengah", "field-access-unread"),
        ("people", "Budi, Si Anu", "person-unknown"),
        ("summary", " ", "field-empty"),
        ("when", "32 Januari", "date-does-not-exist"),
    ],
)
def test_field_that_cannot_be_read_is_named_and_all_that_was_written_is_kept(
    room: Room, field: str, written: str, told: str
) -> None:
    form = form_of_draft(room)
    wrong = filled(room, form, {"place": "Aula Besar", field: written})
    assert wrong.refused
    assert [(line.key, line.values["field"].key, line.values["reason"].key) for line in wrong.lines] == [  # type: ignore[attr-defined]  # phrases
        (
            "field-unread",
            FIELDS[field],
            told,
        )
    ]
    again = asked(room, wrong.cards[0].buttons[0].token, call_id="again")
    kept = {one.name: one.value for one in again.fields}
    assert (kept["place"], kept[field]) == ("Aula Besar", written)
    right = filled(room, again, {field: dict(_RIGHT)[field]}, call_id="right")
    assert rows(right)["label-place"] == "Aula Besar"


_RIGHT = (("when", "jam 4 sore"), ("access", "closed"), ("people", "Budi"), ("summary", "Rapat"))


def called(room: Room) -> Reply:
    """Return the reply with the card of a meeting that was called."""
    card = room.call(PROPOSAL["id"])[0].cards[0]
    return room.press(token(card, "call"), call_id="call")


def test_meeting_is_changed_by_the_form_of_its_card(room: Room) -> None:
    form = asked(room, token(called(room).cards[0], "amend"))
    reply = filled(room, form, {"when": "jam 5 sore", "place": ""})
    assert key(reply) == "meeting-changed"
    meeting = standing(room)
    assert (meeting.dtstart.hour, meeting.location, meeting.sequence) == (17, None, 1)


@pytest.mark.parametrize(
    ("written", "start", "length"),
    [
        ("Rabu, 25 November 2026 pukul 16.00 WIB, 1 jam", 16, 60),
        ("Rabu, 25 November 2026 pukul 15.00 WIB, 2 jam", 15, 120),
        ("2 jam", 15, 120),
        ("jam 4 sore", 16, 60),
        ("jam 9 pagi sampai jam 11", 9, 120),
    ],
)
def test_time_and_length_stand_in_one_field_and_each_stays_where_it_is_not_told(
    room: Room, written: str, start: int, length: int
) -> None:
    form = asked(room, token(called(room).cards[0], "amend"))
    filled(room, form, {"when": written})
    meeting = standing(room)
    assert (meeting.dtstart.hour, meeting.duration) == (start, timedelta(minutes=length))


def test_meeting_is_closed_to_the_public_and_opened_again_by_its_form(room: Room) -> None:
    button = token(called(room).cards[0], "amend")
    told = []
    for at, access in enumerate(("closed", "open")):
        form = asked(room, button, call_id=f"ask {at}")
        assert [choice.value for choice in form.fields[-1].choices] == ["open", "closed"]
        reply = filled(room, form, {"access": access}, call_id=f"fill {at}")
        told.append((key(reply), form.fields[-1].value, standing(room).is_closed))
    assert told == [("meeting-changed", "open", True), ("meeting-changed", "closed", False)]
    assert len(form.fields) <= MOST


@pytest.mark.parametrize("words", ["tertutup", "terbuka untuk umum", "closed", "open to the public"])
def test_one_line_closes_a_meeting_or_opens_it_where_there_are_no_forms(room: Room, words: str) -> None:
    button = token(called(room).cards[0], "amend")
    is_closed = words in ("tertutup", "closed")
    if not is_closed:
        room.press(button, text="tertutup", call_id="first")
    assert key(room.press(button, text=words, call_id="line")) == "meeting-changed"
    assert standing(room).is_closed is is_closed


def standing(room: Room) -> Meeting:
    """Return the meeting as it is now."""
    with room.house.record.look(room.at) as work:
        meeting = meetings.find(work.connection, "2026-001")
    assert meeting is not None
    return meeting


def test_form_of_a_meeting_that_was_changed_meanwhile_changes_it_not_back(room: Room) -> None:
    card = called(room).cards[0]
    old = asked(room, token(card, "amend"), call_id="old")
    filled(room, asked(room, token(card, "amend"), call_id="new"), {"when": "jam 5 sore"}, call_id="first")
    assert key(filled(room, old, {"place": "Aula"}, call_id="second")) == "meeting-changed-meanwhile"


def test_what_the_rules_refuse_is_told_with_the_form_kept(room: Room) -> None:
    form = asked(room, token(called(room).cards[0], "amend"))
    wrong = filled(room, form, {"when": "kemarin jam 3 sore"})
    assert wrong.refused
    assert wrong.cards[0].buttons[0].token.startswith("amend:2026-001:1:")


def test_change_and_cancel_of_a_card_are_for_those_who_may(room: Room) -> None:
    card = called(room).cards[0]
    for word in ("amend", "off"):
        refused = room.press(token(card, word), account="budi", call_id=word)
        assert key(refused) == "not-permitted"


def test_meeting_is_cancelled_from_its_card_once_that_is_confirmed(room: Room) -> None:
    card = called(room).cards[0]
    sure = room.press(token(card, "off"), call_id="off")
    assert sure.is_private
    assert key(room.press(token(sure.cards[0], "cancel"), call_id="sure")) == "meeting-cancelled-now"
    assert key(room.press(token(card, "off"), call_id="late")) == "meeting-cancelled"


def test_one_line_changes_a_meeting_where_there_are_no_forms(room: Room) -> None:
    button = token(called(room).cards[0], "amend")
    assert key(room.press(button, text="jam 8 malam", call_id="line")) == "meeting-changed"


def test_series_is_changed_by_words_that_say_which_occurrences(room: Room) -> None:
    card = room.call("rapat kas tiap Senin jam 7 malam")[0].cards[0]
    series = room.press(token(card, "call"), call_id="call").cards[0]
    (button,) = [one for one in series.buttons if one.token.startswith("amend:")]
    which = room.press(button.token, text="jam 8 malam", call_id="line")
    assert which.cards[0].title.key == "ask-which-occurrences"
