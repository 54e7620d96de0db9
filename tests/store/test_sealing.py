"""Does an entry show of an event what it may, and can it be read back?"""

import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governor.domain.balloting import PART
from governor.domain.bylaws import Electorate, Tie
from governor.domain.events import (
    AccountLinked,
    AttendeeDelegated,
    DecisionRecorded,
    Event,
    MeetingCalled,
    MeetingCancelled,
    MeetingChanged,
    MemberEnrolled,
    NoteTaken,
    OfficeGiven,
    OrganisationFounded,
    Personal,
    ReplyReceived,
    Text,
    subject_of,
)
from governor.domain.meetings import PartStat
from governor.domain.members import MemberId, Office
from governor.domain.proceedings import AgendaOrdered, BallotOpened, VoteCast, VotersEntered
from governor.errors import LedgerBroken
from governor.ledger import seal
from governor.ledger.entry import Entry
from governor.store.forms import instant
from governor.store.row_changes import Recorded
from governor.store.sealing import composed, entry_of, event_of
from governor.voting.counting import Choice, Majority, Quorum

ID = "7a0f6f5e-0000-4000-8000-000000000001"
AT = datetime(2026, 11, 24, 3, 0, 0, 123_000, tzinfo=UTC)
BUDI, SARI = MemberId("m2"), MemberId("m3")
KEYS = {BUDI: bytes(range(32)), SARI: bytes(range(1, 33))}
START = datetime.fromisoformat("2026-12-03T19:00:00+07:00")
EVENTS: tuple[Event, ...] = (
    OrganisationFounded(name=Text("Paguyuban"), zone="Asia/Jakarta", language="id"),
    MemberEnrolled(member=BUDI, number=2, name=Personal("Budi"), handle=Personal("budi"), email=Personal("b@x.org")),
    MemberEnrolled(member=BUDI, number=2, name=Personal("Budi"), handle=Personal("budi"), email=None),
    AccountLinked(member=BUDI, number=2, platform="console", account=Personal("budi")),
    OfficeGiven(member=BUDI, number=2, office=Office.CHAIR),
    MeetingCalled(
        number="2026-001",
        uid="u-1",
        summary=Text("Rapat"),
        dtstart=START,
        zone="Asia/Jakarta",
        duration=timedelta(minutes=90),
        location=Text("Balai"),
        agenda=None,
        invited=(BUDI, SARI),
    ),
    MeetingChanged(
        number="2026-001",
        sequence=1,
        revision=2,
        summary=Text("Rapat"),
        dtstart=START,
        zone="Asia/Jakarta",
        duration=timedelta(minutes=90),
        location=None,
        agenda=Text("kas"),
        invited=(),
        removed=(SARI,),
        is_rescheduled=True,
    ),
    MeetingCancelled(number="2026-001", sequence=2, revision=3),
    ReplyReceived(number="2026-001", member=BUDI, partstat=PartStat.ACCEPTED),
    AttendeeDelegated(number="2026-001", member=BUDI, delegate=SARI),
    NoteTaken(number="2026-001", item=1, text=Text("Budi melapor")),
    DecisionRecorded(number="2026-001", text=Text("setuju"), owner=SARI, due=date(2026, 12, 1), meeting="2026-001"),
    DecisionRecorded(number="2026-002", text=Text("setuju"), owner=None, due=None, meeting=None),
    AgendaOrdered(number="2026-001", items=(2, 1)),
    VotersEntered(number="2026-001", ballot=1, voters=(BUDI, SARI)),
    VoteCast(number="2026-001", ballot=1, voter=BUDI, times=1, choice=Choice.ABSTAIN),
    VoteCast(number="2026-001", ballot=1, voter=SARI, times=2, choice=None),
    BallotOpened(
        number="2026-001",
        ballot=1,
        majority=Majority.TWO_THIRDS,
        electorate=Electorate.PRESENT,
        quorum=Quorum.NONE,
        tie=Tie.LOST,
        is_secret=True,
        roll=3,
        entitled=2,
        needed=0,
        present=2,
        closes_at=START,
    ),
)


def sealed(event: Event) -> Entry:
    recorded = Recorded(event=event, id=ID, at=instant(AT))
    return entry_of(recorded, n=1, actor=BUDI, key=KEYS.__getitem__).entry


def stand_in(event: Event, value: object) -> object:
    """Return what an entry shows in the place of *value*, told by the values of the events above."""
    match value:
        case tuple():
            return tuple(stand_in(event, item) for item in value)
        case str() if value in KEYS:
            return seal.pseudonym(KEYS[MemberId(value)], subject_of(event))
        case _:
            return value


TEXTS = {"summary", "location", "agenda", "text"}
PERSONAL = {"name", "handle", "email", "account"}


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.type)
def test_event_is_read_back_as_the_ledger_shows_it(event: Event) -> None:
    entry = sealed(event)
    found = event_of(Entry.parse(entry.leaf()))
    assert type(found) is type(event)
    for field in fields(event):
        value, shown = getattr(event, field.name), getattr(found, field.name)
        if value is None:
            assert shown is None
        elif field.name in TEXTS or (isinstance(event, OrganisationFounded) and field.name == "name"):
            assert shown == seal.digest(value)
        elif field.name in PERSONAL:
            assert shown == ID
            assert entry.pii[field.name] == seal.commit(KEYS[BUDI], ID, field.name, value)
        else:
            assert shown == stand_in(event, value)
    assert subject_of(found) == subject_of(event)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.type)
def test_entry_shows_no_person_and_no_free_text(event: Event) -> None:
    leaf = sealed(event).leaf().decode().casefold()
    for word in ("budi", "sari", "b@x.org", "rapat", "balai", "kas", "paguyuban", "melapor", "setuju", '"m2"', '"m3"'):
        assert word not in leaf


def test_personal_values_open_with_their_own_key_only() -> None:
    event = EVENTS[1]
    made = entry_of(Recorded(event=event, id=ID, at=instant(AT)), n=1, actor=None, key=KEYS.__getitem__)
    assert {value.field for value in made.values} == {"name", "handle", "email"}
    for value in made.values:
        assert (value.id, value.person) == (ID, BUDI)
        assert seal.unseal(KEYS[BUDI], ID, value.ciphertext).decode() == getattr(event, value.field)
        with pytest.raises(LedgerBroken):
            seal.unseal(KEYS[SARI], ID, value.ciphertext)
        other = seal.commit(KEYS[SARI], ID, value.field, getattr(event, value.field))
        assert made.entry.pii[value.field] != other
    assert made.entry.actor == "system"


def test_acts_on_different_subjects_do_not_link() -> None:
    actors = [sealed(event).actor for event in EVENTS]
    subjects = {subject_of(event) for event in EVENTS}
    assert len(set(actors)) == len(subjects)
    assert seal.pseudonym(KEYS[BUDI], "meeting/1") != seal.pseudonym(KEYS[SARI], "meeting/1")


def test_free_text_is_composed_and_nothing_else() -> None:
    apart = "cafe\u0301"
    assert composed(NoteTaken(number="1", item=1, text=Text(apart))) == NoteTaken(
        number="1", item=1, text=Text("caf\u00e9")
    )
    enrolled = MemberEnrolled(member=BUDI, number=2, name=Personal(apart), handle=Personal("b"), email=None)
    assert composed(enrolled) == enrolled
    called = EVENTS[5]
    assert composed(called) == called


MISSHAPEN: tuple[tuple[Event, dict[str, Any]], ...] = (
    (EVENTS[0], {"name": None}),
    (EVENTS[0], {"zone": 7}),
    (EVENTS[3], {"platform": ["x"]}),
    (EVENTS[4], {"office": "king"}),
    (EVENTS[4], {"office": {}}),
    (EVENTS[4], {"number": "2"}),
    (EVENTS[4], {"number": True}),
    (EVENTS[5], {"invited": "budi"}),
    (EVENTS[5], {"invited": [1]}),
    (EVENTS[5], {"invited": None}),
    (EVENTS[5], {"dtstart": "tomorrow"}),
    (EVENTS[5], {"duration": 2**53 - 1}),
    (EVENTS[5], {"duration": "90"}),
    (EVENTS[6], {"is_rescheduled": 1}),
    (EVENTS[6], {"number": "2026-009"}),
    (EVENTS[10], {"due": "2026-13-01"}),
    (EVENTS[10], {"due": 5}),
    (EVENTS[10], {"more": 1}),
)


@pytest.mark.parametrize(("event", "body"), MISSHAPEN)
def test_entry_of_another_shape_is_refused(event: Event, body: dict[str, Any]) -> None:
    entry = sealed(event)
    with pytest.raises(LedgerBroken, match="entry-misshapen"):
        event_of(replace(entry, body={**entry.body, **body}))


def test_entry_without_a_field_is_refused() -> None:
    entry = sealed(EVENTS[0])
    with pytest.raises(LedgerBroken, match="entry-misshapen"):
        event_of(replace(entry, body={"name": entry.body["name"]}))


def test_entry_of_an_unknown_type_is_refused() -> None:
    with pytest.raises(LedgerBroken, match="entry-unknown-type"):
        event_of(replace(sealed(EVENTS[0]), type="poll.taken"))


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(event=st.sampled_from(EVENTS), data=st.data())
def test_entry_of_any_shape_is_an_event_or_refused(event: Event, data: st.DataObject) -> None:
    entry = sealed(event)
    name = data.draw(st.sampled_from(sorted(entry.body)))
    other = replace(entry, body={**entry.body, name: data.draw(_JSON)})
    try:
        found = event_of(Entry.parse(other.leaf()))
    except LedgerBroken:
        return
    assert json.dumps(getattr(found, name), default=str)


def test_entry_from_before_a_field_was_added_is_read() -> None:
    event = next(event for event in EVENTS if isinstance(event, MeetingCancelled))
    entry = sealed(event)
    older = {name: value for name, value in entry.body.items() if name != "dtstamp"}
    assert event_of(replace(entry, body=older)) == event


def test_part_of_the_voters_fits_into_an_entry() -> None:
    sealed(VotersEntered(number="2026-001", ballot=1, voters=(BUDI,) * PART)).leaf()
