"""Who asks is recalled from call to call, and what they answered; what another process changed is seen at once."""

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from governor.domain import convening
from governor.domain.events import InterestNoted, LanguageChosen, OfficeEnded, OfficeGiven
from governor.domain.languages import Language
from governor.domain.meetings import Meeting, PartStat
from governor.domain.members import Member, Office
from governor.ports import Account, Ask, Call, Press, Reply, Say
from governor.services import COMMANDS
from governor.services.dispatch import Dispatcher
from governor.store import meetings
from governor.store.unit_of_work import Record
from tests.postgres import Postgres, postgres
from tests.services.conftest import lived
from tests.store.conftest import stocked_template
from tests.store.records import AT, founded, live, opened

__all__ = ["lived", "postgres", "stocked_template"]

CALL_OFF = Press(button="off:2026-001")
COME, STAY = Press(button="rsvp:2026-001:ACCEPTED"), Press(button="rsvp:2026-001:DECLINED")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A record with several members: its folder, and its PostgreSQL, where it is in one."""

    folder: Path
    url: str | None

    def opened(self) -> AbstractContextManager[Record]:
        return opened(self.folder, self.url)

    def age(self) -> None:
        """Have its keys be made long ago: only so anything is remembered."""
        for keys in self.folder.rglob("keys/**/"):
            os.utime(keys, (0, 0))


@pytest.fixture(scope="module")
def lived_in_postgres(
    postgres: Postgres, stocked_template: str, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, str]:
    """The folder of a record after the journey, and its database, closed."""
    folder, name = tmp_path_factory.mktemp("lived"), postgres.create(stocked_template)
    with opened(folder, postgres.url(name)) as record:
        live(founded(record))
    return folder, name


@pytest.fixture(params=["sqlite", "postgres"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    if request.param == "sqlite":
        copied = Kept(folder=shutil.copytree(request.getfixturevalue("lived"), tmp_path / "data"), url=None)
        copied.age()
        yield copied
        return
    server: Postgres = request.getfixturevalue("postgres")
    folder, template = request.getfixturevalue("lived_in_postgres")
    name = server.create(template)
    copied = Kept(folder=shutil.copytree(folder, tmp_path / "data"), url=server.url(name))
    copied.age()
    yield copied
    server.drop(name)


def asked(record: Record, who: str, request: Press | Ask | Say, call: str) -> Reply:
    """Return the reply to the *request* of the console account *who*, by a way into the record that is new."""
    said = Call(id=call, account=Account(platform="console", id=who), at=AT + timedelta(days=1), request=request)
    (reply,) = Dispatcher(record, COMMANDS)(said)
    return reply


def holder(record: Record) -> Member:
    with record.database.read() as connection:
        found = record.roster(connection).by_account("console", "budi")
    assert found is not None
    return found


def entered(record: Record, event: OfficeGiven | OfficeEnded | LanguageChosen | InterestNoted, call: str) -> None:
    with record.act(call, AT) as work:
        work.record(event, by=None)


def test_office_that_is_lost_elsewhere_is_lost_here_at_once_and_one_given_is_held(kept: Kept) -> None:
    with kept.opened() as here, kept.opened() as there:
        budi = holder(there)
        office = {"member": budi.id, "number": budi.number, "office": Office.SECRETARY}
        assert asked(here, "budi", CALL_OFF, "1").lines[0].key == "not-permitted"
        entered(there, OfficeGiven(**office, decision=None), "give")
        assert not asked(here, "budi", CALL_OFF, "2").refused
        entered(there, OfficeEnded(**office, decision=None), "end")
        assert asked(here, "budi", CALL_OFF, "3").lines[0].key == "not-permitted"


def test_office_that_is_lost_while_the_act_waits_for_its_turn_is_lost_to_it(kept: Kept) -> None:
    with kept.opened() as here, kept.opened() as there, ThreadPoolExecutor(1) as pool:
        budi = holder(there)
        office = {"member": budi.id, "number": budi.number, "office": Office.SECRETARY}
        entered(there, OfficeGiven(**office, decision=None), "give")
        assert not asked(here, "budi", CALL_OFF, "1").refused
        with there.act("end", AT) as work:
            work.record(OfficeEnded(**office, decision=None), by=None)
            acting = pool.submit(asked, here, "budi", Press(button="cancel:2026-001"), "2")
            assert not wait([acting], 0.3).done
        assert acting.result(10).lines[0].key == "not-permitted"


def test_nobody_whose_key_another_process_destroyed_is_recalled(kept: Kept) -> None:
    with kept.opened() as here, kept.opened() as there:
        page = Ask(command="decision list", options={})
        assert not asked(here, "budi", page, "1").refused
        there.keys.destroy(holder(there).id)
        assert asked(here, "budi", page, "2").lines[0].key == "account-unknown"


def test_language_that_was_chosen_elsewhere_is_spoken_here(kept: Kept) -> None:
    with kept.opened() as here, kept.opened() as there:
        page, budi = Ask(command="decision list", options={}), holder(there)
        assert asked(here, "budi", page, "1").language == "id"
        chosen = LanguageChosen(member=budi.id, number=budi.number, language=Language.ENGLISH)
        entered(there, chosen, "choose")
        assert asked(here, "budi", page, "2").language == "en"


@pytest.mark.parametrize("kept", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("request_", "begins", "ends"),
    [
        (Ask(command="decision list", options={}), "BEGIN", "ROLLBACK"),
        (Say(text="rapat kas Jumat depan jam 3 sore dengan @budi"), "BEGIN IMMEDIATE", "COMMIT"),
    ],
)
def test_page_is_read_and_proposal_kept_in_one_transaction(
    kept: Kept, request_: Ask | Say, begins: str, ends: str
) -> None:
    with kept.opened() as record:
        asked(record, "ratna", request_, "1")
        said: list[str] = []
        with record.database.read() as connection:
            driver = connection.connection.driver_connection
        driver.set_trace_callback(said.append)  # type: ignore[union-attr]
        assert not asked(record, "ratna", request_, "2").refused
        driver.set_trace_callback(None)  # type: ignore[union-attr]
    assert [one for one in said if one.startswith(("BEGIN", "COMMIT", "ROLLBACK"))] == [begins, ends]


def read_and_remembered(record: Record) -> tuple[Meeting | None, Meeting | None]:
    with record.database.read() as connection:
        count = record.ledger.counter(connection, "meeting/2026-001")
        return meetings.find(connection, "2026-001"), record.remembered.find("2026-001", count)


def test_meeting_that_was_answered_is_remembered_just_as_it_would_be_read(kept: Kept) -> None:
    with kept.opened() as record:
        assert not asked(record, "budi", STAY, "answer 1").refused
        sari = next(one.id for one in record.recalled()[1] if one.handle == "sari")
        entered(record, InterestNoted(number="2026-001", member=sari, is_interested=True), "interest")
        assert read_and_remembered(record)[1] is None
        for call, (who, answer) in enumerate((("sari", STAY), ("budi", COME), ("sari", COME))):
            assert not asked(record, who, answer, f"again {call}").refused
            read, remembered = read_and_remembered(record)
            assert remembered == read


@pytest.mark.parametrize("kept", ["sqlite"], indirect=True)
def test_meeting_that_was_answered_is_not_looked_up_for_the_next_answer(kept: Kept) -> None:
    with kept.opened() as record:
        asked(record, "budi", STAY, "answer 1")
        said: list[str] = []
        with record.database.read() as connection:
            driver = connection.connection.driver_connection
        driver.set_trace_callback(said.append)  # type: ignore[union-attr]
        assert not asked(record, "budi", COME, "answer 2").refused
        driver.set_trace_callback(None)  # type: ignore[union-attr]
    assert not [one for one in said if "FROM meeting" in one or "FROM attendee" in one]


def test_answer_that_was_given_elsewhere_counts_here_and_a_meeting_called_off_there_is_off(kept: Kept) -> None:
    with kept.opened() as here, kept.opened() as there:
        asked(here, "budi", STAY, "answer 1")
        asked(there, "budi", COME, "answer 2")
        assert asked(here, "budi", COME, "answer 3").lines[0].key == "answered-already"
        assert not asked(here, "budi", STAY, "answer 4").refused
        assert not asked(there, "ratna", Press(button="cancel:2026-001"), "answer 5").refused
        assert asked(here, "budi", COME, "answer 6").lines[0].key == "meeting-cancelled"


def answer_in_vain(record: Record) -> None:
    with record.act("vain", AT) as work:
        meeting = work.meeting("2026-001")
        assert meeting is not None
        event = convening.reply(meeting, by=holder(record).id, partstat=PartStat.TENTATIVE, at=AT)
        work.record(event, by=event.member)
        work.remember(convening.answered(meeting, event))
        raise RuntimeError("stopped")


def test_answer_that_was_not_entered_after_all_is_not_remembered(kept: Kept) -> None:
    with kept.opened() as record:
        asked(record, "budi", STAY, "answer 1")
        with pytest.raises(RuntimeError, match="stopped"):
            answer_in_vain(record)
        sari = next(one.id for one in record.recalled()[1] if one.handle == "sari")
        entered(record, InterestNoted(number="2026-001", member=sari, is_interested=True), "interest")
        assert read_and_remembered(record)[1] is None
        assert asked(record, "budi", STAY, "answer 2").lines[0].key == "answered-already"


def test_person_who_was_enrolled_elsewhere_is_invited_here_at_once(kept: Kept) -> None:
    proposed = Say(text="rapat kas Jumat depan jam 3 sore dengan @wati")
    with kept.opened() as here, kept.opened() as there:
        assert asked(here, "ratna", proposed, "before").lines[0].key == "person-unknown"
        asked(there, "ratna", Say(text="anggota tambah Wati"), "enrol")
        kept.age()
        (card,) = asked(here, "ratna", proposed, "after").cards
    people = next(row.value.values["value"] for row in card.rows if row.label.key == "label-people")
    assert people == ("Ratna Wulandari", "Wati")
