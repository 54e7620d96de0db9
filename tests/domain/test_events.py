from dataclasses import fields
from datetime import timedelta
from typing import get_type_hints

import pytest

from governor.domain import events
from governor.domain.events import EVENTS, Event, MemberEnrolled, NoteTaken, Personal, Text, person_of, subject_of
from governor.domain.members import Member, MemberId, Office
from tests.domain.meetings import BUDI, PLAN, RATNA, make_meeting

RECORDED = {
    *("organisation.founded", "member.enrolled", "account.linked", "office.given", "office.ended"),
    *("meeting.called", "meeting.changed", "meeting.cancelled", "reply.received"),
    *(
        "date_poll.opened",
        "date_poll.marked",
        "date_poll.closed",
        "minutes.noted",
        "decision.recorded",
        "action.recorded",
        "action.done",
        "occurrence.set_apart",
        "route.chosen",
        "language.chosen",
        "interest.noted",
        "standing_rule.adopted",
    ),
    *("bylaws.adopted", "agenda.item_added", "agenda.item_withdrawn", "agenda.ordered", "attendance.noted"),
    *("motion.moved", "motion.seconded", "motion.withdrawn", "motion.consensus_declared"),
    *("ballot.opened", "ballot.voters_entered", "vote.cast", "ballot.closed"),
}
"""What stands in logs already, and is never renamed."""

PLAIN = {"zone", "language", "number", "platform", "office", "uid", "dtstart", "duration", "sequence", "revision"} | {
    *("is_rescheduled", "partstat", "partstats", "item", "due", "meeting", "dtstamp", "is_all_day", "is_open_ended"),
    "is_closed",
    *("rrule", "exdates", "rdates", "continues", "series", "recurrence_id", "asked"),
    *("slots", "slot", "suits", "route", "is_interested"),
    *("version", "seconding", "electorate", "quorum", "majority", "tie", "secrecy", "items", "is_present", "motion"),
    *("agreed", "needed", "roll", "ballot", "is_secret", "entitled", "present", "closes_at", "times", "choice"),
    *("votes_for", "votes_against", "abstained", "outcome", "state", "decision"),
    *("rule", "value"),
}
"""The fields that enter the log in the clear: none of them may say who somebody is."""


def test_recorded_types_stay() -> None:
    assert {kind.type for kind in EVENTS} >= RECORDED
    assert len({kind.type for kind in EVENTS}) == len(EVENTS)


@pytest.mark.parametrize("kind", EVENTS)
def test_whatever_is_not_known_to_be_plain_is_a_member_personal_or_a_text(kind: type[Event]) -> None:
    hints = get_type_hints(kind)
    for field in fields(kind):
        if field.name not in PLAIN:
            shown = str(hints[field.name]).replace("governor.domain.", "")
            assert any(name in shown for name in ("MemberId", "Personal", "Text")), (kind, field.name)


@pytest.mark.parametrize("kind", EVENTS)
def test_personal_fields_of_an_event_are_somebodys(kind: type[Event]) -> None:
    hints = get_type_hints(kind)
    if any(hint in (Personal, Personal | None) for hint in hints.values()):
        assert hints.get("member", hints.get("keeper")) in (MemberId, MemberId | None)
        event = _of(kind)
        assert person_of(event) == BUDI


def _of(kind: type[Event]) -> Event:
    given = {
        **{"name": Text("x"), "zone": PLAN.zone, "language": "id", "member": BUDI, "handle": Personal("b")},
        **{"email": None, "platform": "console", "account": Personal("b"), "office": Office.CHAIR, "uid": "u"},
        **{"summary": Text("x"), "dtstart": PLAN.dtstart, "duration": timedelta(hours=1), "location": None},
        **{"agenda": None, "invited": (BUDI,), "removed": (), "sequence": 0, "revision": 1, "item": 1},
        **{"is_rescheduled": False, "partstat": "ACCEPTED", "text": Text("x"), "owner": None, "due": None},
        **{"meeting": None, "number": "2026-001", "dtstamp": None, "conference": None, "is_all_day": False},
        **{
            "is_open_ended": False,
            "is_closed": False,
            "rrule": None,
            "exdates": (),
            "rdates": (),
            "continues": None,
            "series": "2026-001",
        },
        **{"recurrence_id": PLAN.dtstart, "asked": 0, "partstats": ("ACCEPTED",)},
        **{"slots": (PLAN.dtstart,), "slot": 0, "suits": True, "route": "mail"},
        **{"version": 1, "article": Text("x"), "seconding": "needed", "electorate": "members", "quorum": "none"},
        **{"majority": "simple", "tie": "lost", "secrecy": "open", "items": (2, 1), "is_present": True},
        **{"motion": None, "mover": BUDI, "seconder": BUDI, "agreed": 3, "needed": 3, "roll": 4, "ballot": 1},
        **{"is_secret": False, "entitled": 4, "present": None, "closes_at": None, "voters": (BUDI,), "voter": BUDI},
        **{"times": 1, "choice": None, "votes_for": 1, "votes_against": 0, "abstained": 0, "outcome": "carried"},
        **{"state": "carried", "decision": None, "source": Personal("x"), "keeper": BUDI, "is_interested": True},
        **{"rule": "reminders", "value": "1d", "delegate": BUDI},
    }
    return kind(**{field.name: given[field.name] for field in fields(kind)})  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        (kind, "organisation" if kind is events.OrganisationFounded else f"{kind.type.partition('.')[0]}/2026-001")
        for kind in EVENTS
    ],
)
def test_event_says_what_it_is_about(kind: type[Event], subject: str) -> None:
    same = {
        "account/2026-001": "member/2026-001",
        "office/2026-001": "member/2026-001",
        "route/2026-001": "member/2026-001",
        "language/2026-001": "member/2026-001",
        "email/2026-001": "member/2026-001",
        "standing_rule/2026-001": "organisation",
    }
    of_meeting = ("attendee", "reply", "interest", "minutes", "occurrence", "agenda", "attendance")
    same |= {f"{word}/2026-001": "meeting/2026-001" for word in of_meeting}
    same |= {f"{word}/2026-001": "motion/2026-001" for word in ("ballot", "vote")} | {"bylaws/2026-001": "bylaws"}
    assert subject_of(_of(kind)) == same.get(subject, subject)


def test_events_and_members_are_values() -> None:
    assert _of(NoteTaken) == _of(NoteTaken)
    with pytest.raises(AttributeError):
        _of(MemberEnrolled).number = 2  # type: ignore[union-attr,misc]
    member = Member(id=RATNA, number=1, name="Ratna", handle="ratna", email=None)
    assert member.offices == frozenset()
    assert hash(member) == hash(Member(id=RATNA, number=1, name="Ratna", handle="ratna", email=None))
    assert make_meeting() == make_meeting()
