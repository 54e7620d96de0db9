"""Is one more person invited, and is it told of a person what they hold and how they attended?"""

from datetime import timedelta

import pytest

from governor.ports import Account, Ask, Call, Press, Reply, Say
from governor.services import COMMANDS
from governor.services.dispatch import Dispatcher
from governor.store import meetings
from governor.store.unit_of_work import Record
from governor.wording.catalogue import say
from tests.store.records import AT


def asked(record: Record, who: str, request: str | Ask | Press | Say, *, after: timedelta = timedelta()) -> Reply:
    call = Call(
        id=f"{who}:{request}:{after}",
        account=Account(platform="console", id=who),
        at=AT + after,
        request=Say(text=request) if isinstance(request, str) else request,
    )
    (reply,) = Dispatcher(record, COMMANDS)(call)
    return reply


def called(record: Record, text: str) -> None:
    card = asked(record, "ratna", text).cards[0]
    assert not asked(record, "ratna", Press(button=card.buttons[0].token)).refused


def invited(record: Record, number: str) -> list[str]:
    with record.look(AT) as work:
        meeting = meetings.find(work.connection, number)
        assert meeting is not None
        names = {one.id: one.handle for one in work.roster()}
        return [names[one.member] for one in meeting.attendees]


@pytest.fixture
def room(fresh: Record) -> Record:
    for name in ("Budi", "Sari"):
        asked(fresh, "ratna", f"anggota tambah {name}")
    called(fresh, "rapat kas besok jam 7 malam dengan @budi")
    called(fresh, "rapat pengurus lusa jam 8 malam dengan @budi dan @sari")
    return fresh


def test_meetings_to_which_a_person_is_not_invited_yet_are_offered_and_one_is_chosen(room: Record) -> None:
    asking = Ask(command="meeting invite", options={"person": "sari"})
    reply = asked(room, "ratna", asking)
    (button,) = reply.cards[0].buttons
    assert (reply.is_private, say(button.label, "id")) == (True, "Rapat Kas, Rabu, 25 November 2026")

    assert not asked(room, "ratna", Press(button=button.token)).refused
    assert invited(room, "2026-001") == ["ratna", "budi", "sari"]
    again = asked(room, "ratna", Press(button=button.token), after=timedelta(seconds=1))
    assert (again.refused, again.lines[0].key) == (True, "invited-already")
    assert asked(room, "ratna", asking, after=timedelta(seconds=2)).lines[0].key == "invited-everywhere"


def test_person_is_invited_to_the_meeting_that_is_named(room: Record) -> None:
    asked(room, "ratna", Ask(command="meeting invite", options={"person": "sari", "number": "2026-001"}))
    assert invited(room, "2026-001") == ["ratna", "budi", "sari"]


def test_of_a_series_it_is_asked_for_which_of_its_meetings(room: Record) -> None:
    called(room, "rapat rutin setiap Senin jam 7 malam dengan @budi")
    reply = asked(room, "ratna", Ask(command="meeting invite", options={"person": "sari", "number": "2026-003"}))
    every = next(button for button in reply.cards[0].buttons if button.token.endswith(":all"))
    assert invited(room, "2026-003") == ["ratna", "budi"]
    assert not asked(room, "ratna", Press(button=every.token)).refused
    assert invited(room, "2026-003") == ["ratna", "budi", "sari"]


@pytest.mark.parametrize(
    ("who", "request_", "key"),
    [
        ("budi", Ask(command="meeting invite", options={"person": "sari"}), "not-permitted"),
        (
            "ratna",
            Ask(command="meeting invite", options={"person": "<@9>"}, mentioned={"<@9>": "9"}),
            "mentioned-unlinked",
        ),
        ("ratna", Say(text="rapat besok jam 3 sore dengan <@9>", mentioned={"<@9>": "9"}), "mentioned-unlinked"),
        ("ratna", Say(text="tugas: <@9> memesan aula", mentioned={"<@9>": "9"}), "mentioned-unlinked"),
        ("ratna", Say(text="jadikan <@9> bendahara", mentioned={"<@9>": "9"}), "mentioned-unlinked"),
        ("ratna", Say(text="jadikan @siapa bendahara", mentioned={"<@9>": "9"}), "person-unknown"),
        ("ratna", Ask(command="meeting invite", options={"person": "sari", "number": "2026-009"}), "meeting-unknown"),
        ("ratna", Press(button="bring:99:2026-001"), "button-unknown"),
    ],
)
def test_invitation_out_of_order_is_refused(room: Record, who: str, request_: Ask | Press | Say, key: str) -> None:
    reply = asked(room, who, request_)
    assert (reply.refused, reply.lines[0].key) == (True, key)


def test_person_is_shown_by_their_account_with_offices_and_attendance(room: Record) -> None:
    asked(room, "ratna", "jadikan Budi bendahara")
    asked(room, "ratna", "Budi berhenti sebagai bendahara", after=timedelta(days=1))
    asked(room, "ratna", "jadikan Budi ketua", after=timedelta(days=1))
    day = timedelta(days=1, hours=9)
    asked(room, "budi", "hadir")
    asked(room, "budi", Ask(command="attendance note", options={"meeting": "2026-001"}), after=day)
    asked(room, "ratna", Ask(command="attendance note", options={"meeting": "2026-002"}), after=2 * day)

    later = timedelta(days=9)
    who = Ask(command="member show", options={"person": "<@7>"}, mentioned={"<@7>": "budi"})
    reply = asked(room, "sari", who, after=later)
    told = {say(row.label, "id"): say(row.value, "id") for row in reply.cards[0].rows}
    assert reply.is_private
    assert told == {
        "Ketua": "sejak 25 November 2026",
        "Bendahara": "24 November 2026 sampai 25 November 2026",
        "Diundang": "ke 2 rapat yang sudah selesai: menyanggupi 1, berhalangan 0, lainnya 1",
        "Hadir": "di 1 dari 2 rapat yang kehadirannya dicatat",
    }
    sari = asked(room, "sari", Ask(command="member show", options={"person": "sari"}), after=later)
    told = {say(row.label, "en"): say(row.value, "en") for row in sari.cards[0].rows}
    assert told["Offices"] == "none"
    assert told["Invited"] == "to 1 meetings that are over: accepted 0, declined 0, otherwise 1"
