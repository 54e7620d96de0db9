"""What happens to a series and to its occurrences, and is all of it in the record as it was entered?"""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from governor import actions
from governor.actions.records import ALTERED, SOUND
from governor.domain.meetings import Meeting, Status
from governor.ports import Account, Call, Press, Reply
from governor.ports.forms import Fill, Form
from governor.services import COMMANDS
from governor.services.cards import meeting_card
from governor.services.dispatch import Dispatcher
from governor.store import meetings, minutes
from governor.store.database import Database
from governor.store.unit_of_work import Record
from tests.store.records import AT, ZONE, ask, founded, migrated, opened

FIRST = datetime(2026, 11, 30, 19, tzinfo=ZONE)
WEEK = timedelta(days=7)


class Talk:
    """Ratna, who speaks a minute after the last time, ``days`` later than at first."""

    def __init__(self, record: Record) -> None:
        self.record, self.count, self.days = record, 0, 0

    @property
    def at(self) -> datetime:
        return AT + timedelta(days=self.days, minutes=self.count)

    def say(self, words: str) -> Reply:
        self.count += 1
        (reply,) = ask(self.record, "ratna", words, call=f"say-{self.count}", at=self.at)
        return reply

    def press(self, token: str) -> Reply:
        return self._do(Press(button=token))

    def fill(self, form: Form, **values: str) -> Reply:
        return self._do(Fill(button=form.token, values=values))

    def form(self, token: str) -> Form:
        asked = self.press(token).form
        assert asked is not None
        return asked

    def _do(self, request: Press | Fill) -> Reply:
        self.count += 1
        account = Account(platform="console", id="ratna")
        call = Call(id=f"press-{self.count}", account=account, at=self.at, request=request)
        (reply,) = Dispatcher(self.record, COMMANDS)(call)
        return reply

    def meeting(self, number: str) -> Meeting:
        with self.record.database.read() as connection:
            found = meetings.find(connection, number)
        assert found is not None
        return found

    def entries(self) -> int | None:
        with self.record.database.read() as connection:
            return self.record.size(connection)

    def sent(self, number: str) -> list[tuple[str, int]]:
        with self.record.look(self.at) as work:
            return sorted((one.effect.target, one.effect.generation) for one in work.deliveries(number))


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    with opened(tmp_path) as record:
        migrated(record.database)
        founded(record)
        talk = Talk(record)
        talk.say("anggota tambah Budi Santoso budi.s@example.org")
        card = talk.say("rapat pengurus setiap Senin jam 7 malam di Sekretariat dengan @budi").cards[0]
        talk.press(card.buttons[0].token)
        yield talk


def begins(meeting: Meeting, count: int) -> list[str]:
    return [f"{start:%m-%d %H}" for start, _ in zip(meeting.starts(), range(count), strict=False)]


def test_series_that_is_moved_there_and_back_has_all_its_occurrences(talk: Talk) -> None:
    talk.say("pindahkan rapat 2026-001 tanggal 7 Desember saja ke Selasa jam 8 malam")
    talk.say("batalkan rapat 2026-001 tanggal 14 Desember saja")
    assert begins(talk.meeting("2026-001"), 3) == ["11-30 19", "12-21 19", "12-28 19"]
    talk.say("pindahkan semua rapat 2026-001 ke jam 8 malam")
    assert begins(talk.meeting("2026-001"), 3) == ["11-30 20", "12-07 20", "12-21 20"]
    talk.say("pindahkan semua rapat 2026-001 ke jam 7 malam")
    assert begins(talk.meeting("2026-001"), 3) == ["11-30 19", "12-07 19", "12-21 19"]
    assert talk.meeting("2026-002").status is Status.CANCELLED
    again = talk.say("batalkan rapat 2026-001 tanggal 7 Desember saja")
    assert not again.refused
    assert begins(talk.meeting("2026-001"), 2) == ["11-30 19", "12-21 19"]


def test_occurrence_is_told_to_all_above_its_series_and_the_series_to_nobody(talk: Talk) -> None:
    before = talk.sent("2026-001")
    talk.say("pindahkan rapat 2026-001 tanggal 7 Desember saja ke Selasa")
    one = talk.meeting("2026-002")
    assert (one.series, one.recurrence_id) == ("2026-001", (FIRST + WEEK).astimezone(UTC))
    assert (one.uid, one.revision) == (talk.meeting("2026-001").uid, 1)
    assert one.sequence > talk.meeting("2026-001").sequence
    assert len(talk.sent("2026-002")) == 2
    assert talk.sent("2026-001") == before


def test_occurrence_in_another_zone_is_still_named_by_the_zone_of_its_series(talk: Talk) -> None:
    talk.say("pindahkan rapat 2026-001 tanggal 7 Desember saja ke jam 8 malam WITA")
    one = talk.meeting("2026-002")
    assert (one.zone, one.series_zone) == ("Asia/Makassar", "Asia/Jakarta")
    assert talk.meeting("2026-001").series_zone is None


def test_place_of_all_is_that_of_what_was_set_apart_too(talk: Talk) -> None:
    talk.say("pindahkan rapat 2026-001 tanggal 7 Desember saja ke Selasa")
    talk.say("pindahkan semua rapat 2026-001 ke Balai Desa")
    assert talk.meeting("2026-001").location == "Balai Desa"
    apart = talk.meeting("2026-002")
    assert (apart.location, apart.dtstart) == ("Balai Desa", datetime(2026, 12, 8, 19, tzinfo=ZONE))
    assert apart.sequence > talk.meeting("2026-001").sequence


def test_series_that_has_begun_goes_on_as_another_when_all_of_it_is_moved(talk: Talk) -> None:
    talk.days = 10
    talk.say("pindahkan semua rapat 2026-001 ke jam 8 malam")
    assert begins(talk.meeting("2026-001"), 9) == ["11-30 19"]
    other = talk.meeting("2026-002")
    assert (other.continues, begins(other, 2)) == ("2026-001", ["12-07 20", "12-14 20"])
    assert other.uid != talk.meeting("2026-001").uid


def test_two_halves_of_a_series_name_each_other_on_their_cards_and_in_the_invitation(talk: Talk) -> None:
    talk.say("pindahkan rapat 2026-001 tanggal 21 Desember dan seterusnya ke Selasa")
    before, after = talk.meeting("2026-001"), talk.meeting("2026-002")

    with talk.record.look(talk.at) as work:
        cards = [meeting_card(one, work.roster(), at=talk.at) for one in (before, after)]
    rows = {row.label.key: row.value.values.get("value") for card in cards for row in card.rows}
    assert (rows["label-continued"], rows["label-continues"]) == ("2026-002", "2026-001")
    assert (before.continues_uid, after.continues_uid) == (None, before.uid)


def test_card_of_a_series_that_has_begun_tells_when_it_takes_place_next(talk: Talk) -> None:
    meeting, later = talk.meeting("2026-001"), talk.at + timedelta(days=20)
    with talk.record.look(talk.at) as work:
        first, second = (
            {row.label.key: row.value.values.get("value") for row in meeting_card(meeting, work.roster(), at=at).rows}
            for at in (talk.at, later)
        )
    assert first["label-when"] == meeting.dtstart
    assert "label-since" not in first
    assert (second["label-when"], second["label-since"]) == (meeting.next_start(at=later), meeting.dtstart.date())
    assert second["label-when"] > later


def test_all_of_a_series_is_cancelled_with_what_was_set_apart(talk: Talk) -> None:
    talk.say("pindahkan rapat 2026-001 tanggal 7 Desember saja ke Selasa")
    talk.say("batalkan semua rapat 2026-001")
    assert {talk.meeting(number).status for number in ("2026-001", "2026-002")} == {Status.CANCELLED}


def test_series_that_has_begun_ends_when_all_of_it_is_cancelled(talk: Talk) -> None:
    talk.days = 10
    talk.say("batalkan semua rapat 2026-001")
    series = talk.meeting("2026-001")
    assert (series.status, begins(series, 9)) == (Status.CONFIRMED, ["11-30 19"])
    assert talk.say("batalkan semua rapat 2026-001").lines[0].key == "meeting-over"


def test_note_is_entered_into_the_occurrence_that_is_held(talk: Talk) -> None:
    talk.days = 13
    talk.count = 9 * 60 + 30
    talk.say("catat: kas dilaporkan")
    one = talk.meeting("2026-002")
    assert one.recurrence_id == (FIRST + WEEK).astimezone(UTC)
    with talk.record.database.read() as connection:
        assert [note.text for note in minutes.notes(connection, "2026-002")] == ["kas dilaporkan"]
        assert minutes.notes(connection, "2026-001") == ()
    assert talk.sent("2026-002") == []
    talk.say("catat: rapat ditutup")
    assert talk.meeting("2026-001").apart == (one.recurrence_id,)


def test_question_is_answered_once(talk: Talk) -> None:
    asked = talk.say("undur rapat 2026-001 1 jam").cards[0]
    assert [button.label.key for button in asked.buttons] == ["button-scope-one", "button-scope-all"]
    assert not talk.press(asked.buttons[1].token).refused
    assert talk.press(asked.buttons[1].token).lines[0].key == "question-answered"
    assert begins(talk.meeting("2026-001"), 2) == ["11-30 20", "12-07 20"]


@pytest.mark.parametrize(
    "token",
    [
        "change-of:q-000:one",
        "change-of:2026-001:one",
        "cancel-of:2026-001:one:yesterday",
        "cancel-of:2026-001:none:20261207T1200Z",
        "cancel-of:2026-009:one:20261207T1200Z",
        "cancel-of:2026-001:one:20261208T1200Z",
    ],
)
def test_button_that_nobody_made_does_nothing(talk: Talk, token: str) -> None:
    assert talk.press(token).refused
    assert begins(talk.meeting("2026-001"), 2) == ["11-30 19", "12-07 19"]


def test_question_is_no_draft_that_can_be_called(talk: Talk) -> None:
    token = talk.say("undur rapat 2026-001 1 jam").cards[0].buttons[0].token.split(":")[1]
    assert talk.press(f"call:{token}").refused


def test_record_with_series_is_sound(lived: Path) -> None:
    found = actions.verify(lived, None, None)
    assert (found["status"], found["findings"]) == (SOUND, [])


@pytest.mark.parametrize(
    "change",
    [
        *(
            f"{column} = 'x' WHERE number = '2026-003'"
            for column in ("rrule", "exdates", "rdates", "conference", "ends")
        ),
        *(f"{column} = 1 WHERE number = '2026-003'" for column in ("is_all_day", "is_open_ended")),
        *(f"{column} = NULL WHERE number = '2026-004'" for column in ("series", "recurrence_id", "series_asked")),
        "continues = NULL WHERE number = '2026-005'",
    ],
)
def test_changed_column_of_a_series_is_found(lived: Path, tmp_path: Path, change: str) -> None:
    data = shutil.copytree(lived, tmp_path / "data")
    database = Database(f"sqlite:///{data / 'governor.db'}")
    with database.write() as connection:
        connection.execute(text(f"UPDATE meeting SET {change}"))  # noqa: S608  # the words are those above
    database.close()
    assert actions.verify(data, None, None)["status"] == ALTERED


def test_series_that_is_closed_closes_what_was_set_apart_too(talk: Talk) -> None:
    talk.say("pindahkan rapat 2026-001 tanggal 7 Desember saja ke Selasa")
    talk.say("semua rapat 2026-001 dibuat tertutup")
    assert [talk.meeting(number).is_closed for number in ("2026-001", "2026-002")] == [True, True]


@pytest.mark.parametrize("scope", [0, -1])
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("entah kapan", "field-change-unread"),
        ("di Sekretariat", "nothing-changed"),
        ("tambah @hantu", "person-unknown"),
        ("jam 8 malam, 32 Januari", "date-does-not-exist"),
    ],
)
def test_form_of_a_series_that_cannot_be_taken_is_kept_and_leaves_nothing_behind(
    talk: Talk, text: str, told: str, scope: int
) -> None:
    form = talk.form("amend:2026-001")
    chosen = form.fields[1].choices[scope].value
    before = talk.entries()
    refused = talk.fill(form, text=text, scope=chosen)

    assert (refused.refused, [line.key for line in refused.lines]) == (True, [told])
    assert refused.cards[0].rows[0].value.values["value"] == text
    assert talk.entries() == before
    again = talk.form(refused.cards[0].buttons[0].token)
    assert [field.value for field in again.fields] == [text, chosen]
    right = talk.fill(again, text="jam 8 malam", scope=chosen)
    assert not right.refused
    assert begins(talk.meeting("2026-001"), 2)[0] == ("11-30 20" if scope else "12-07 19")
