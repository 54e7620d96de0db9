from dataclasses import replace

import pytest

from governor.domain.members import Office
from governor.errors import GovernorError, OutOfOrder, Refused
from governor.ports import Account, Call, Say
from governor.services.commands import Caller
from governor.services.members import LONGEST_NAME, EnrolMember, enrol, found, handle_for
from governor.store.organisations import organisation_of
from governor.store.unit_of_work import Record, UnitOfWork
from tests.store.records import AT, FOUNDING, ask, members_of


def caller_of(work: UnitOfWork) -> Caller:
    organisation, roster = organisation_of(work.connection), work.roster()
    assert organisation is not None
    account = Account(platform="console", id="ratna")
    (member, *_) = roster
    return Caller(
        member=member,
        organisation=organisation,
        roster=roster,
        call=Call(id="1", account=account, at=AT, request=Say(text="")),
        at=AT,
        zone="Asia/Jakarta",
        language="id",
    )


def enrolled(record: Record, name: str, email: str | None = None) -> str:
    with record.act(f"{name}:{email}", AT) as work:
        return enrol(EnrolMember(name=name, email=email), caller_of(work), work).lines[0].key


def test_founder_is_the_first_member_and_secretary(fresh: Record) -> None:
    with fresh.look(AT) as work:
        roster = work.roster()
        (first,) = roster
        assert (first.number, first.name, first.handle, first.email) == (
            1,
            "Ratna Wulandari",
            "ratna",
            "ratna.w@example.org",
        )
        assert roster.holding(Office.SECRETARY) == (first,)
        assert roster.holding(Office.CHAIR) == ()
        assert roster.by_account("console", "ratna") == first
        assert roster.by_account("discord", "ratna") is None
        assert roster.get(None) is None
        assert len(roster) == 1


def test_members_are_numbered_in_order_and_have_accounts(fresh: Record) -> None:
    assert enrolled(fresh, "Budi", "budi@example.org") == "member-enrolled"
    assert enrolled(fresh, "Sari") == "member-enrolled-without-email"
    with fresh.look(AT) as work:
        roster = work.roster()
        assert [(one.number, one.handle) for one in roster] == [(1, "ratna"), (2, "budi"), (3, "sari")]
        assert roster.by_account("console", "sari") == list(roster)[2]


@pytest.mark.parametrize(
    ("name", "email", "key"),
    [
        ("", None, "name-empty"),
        (" \t\r\n", None, "name-empty"),
        ("\u202e\u200f", None, "name-empty"),
        ("x" * (LONGEST_NAME + 1), None, "name-too-long"),
        ("ratna  wulandari", None, "member-already"),
        ("Joko", "RATNA.W@example.ORG", "email-taken"),
        ("Joko", "joko", "email-invalid"),
        ("Joko joko@", None, "email-invalid"),
        ("Joko @joko", "joko@example.org", "email-invalid"),
        ("Joko joko2@example.org", "joko@example.org", "email-in-name"),
        ("Joko joko@example.org", None, "email-in-name"),
        ("Joko", "joko@localhost", "email-invalid"),
    ],
)
def test_person_out_of_order_is_not_enrolled(fresh: Record, name: str, email: str | None, key: str) -> None:
    with pytest.raises(Refused) as told:
        enrolled(fresh, name, email)
    assert told.value.key == key
    assert len(members_of(fresh)) == 1
    assert len(fresh.keys.persons()) == 1


def test_name_is_one_line_without_what_cannot_be_seen(fresh: Record) -> None:
    enrolled(fresh, "Jose\u0301\r\nBcc: x\u202e")
    with fresh.look(AT) as work:
        assert list(work.roster())[1].name == "Jos\u00e9 Bcc: x"
    with pytest.raises(OutOfOrder, match="member-already"):
        enrolled(fresh, "JOS\u00c9  bcc: X")


@pytest.mark.parametrize("wrong", [{"name": " "}, {"secretary": ""}, {"email": "none"}, {"name": "x" * 121}])
def test_organisation_is_founded_whole_or_not_at_all(fresh: Record, wrong: dict[str, str]) -> None:
    before = len(fresh.keys.persons())
    with pytest.raises(GovernorError), fresh.act("again", AT) as work:
        found(replace(FOUNDING, **wrong), work)
    assert len(fresh.keys.persons()) == before


def test_member_without_an_office_does_not_enrol(fresh: Record) -> None:
    enrolled(fresh, "Budi")
    (reply,) = ask(fresh, "budi", "anggota tambah Joko", call="2")
    assert reply.refused
    assert reply.lines[0].key == "not-permitted"
    assert len(members_of(fresh)) == 2


@pytest.mark.parametrize(
    ("name", "taken", "handle"),
    [
        ("Budi Santoso", set(), "budi"),
        ("Budi Santoso", {"budi"}, "budi.santoso"),
        ("Budi Santoso", {"budi", "budi.santoso"}, "budi.santoso.2"),
        ("Budi", {"budi", "budi.2"}, "budi.3"),
        ("J\u014dko", set(), "j\u014dko"),
        ("\ufb01rman", set(), "firman"),
        ("!!!", set(), "anggota"),
        ("O'Brien", set(), "obrien"),
        ("@joko eko@a.id", {"joko"}, "joko.ekoaid"),
    ],
)
def test_handle_is_the_first_word_that_is_free(name: str, taken: set[str], handle: str) -> None:
    assert handle_for(name, taken) == handle
