"""Which rows does an event change?

One function per event, as data: the store carries the changes out when the event is recorded, and ``audit`` carries
the same changes out in memory when it folds the ledger again. They only move values about, so they work on an event
as it happened and on the event as the ledger shows it (pseudonyms, digests) alike.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from governor.domain import events
from governor.domain.meetings import PartStat, Role, Status, last_end
from governor.domain.recurrence import Recurrence
from governor.store import proceeding_tables, tables
from governor.store.forms import instant
from governor.store.proceeding_projections import PROCEEDINGS
from governor.store.row_changes import Change, Insert, Put, Recorded, Update, Value, fields_of


def changes(recorded: Recorded) -> Iterator[Change]:
    """Yield the changes that the event makes, in order."""
    return _PROJECTIONS[type(recorded.event)](recorded.event, recorded)


def _founded(event: events.OrganisationFounded, _: Recorded) -> Iterator[Change]:
    yield Insert(table=tables.organisation, values={"one": 1, **fields_of(event, "name", "zone", "language")})


def _enrolled(event: events.MemberEnrolled, recorded: Recorded) -> Iterator[Change]:
    fields = ("name", "handle", "email")
    personal: dict[str, Value] = {field: None if getattr(event, field) is None else recorded.id for field in fields}
    yield Insert(table=tables.member, values=fields_of(event, "number", "member") | personal)


def _linked(event: events.AccountLinked, recorded: Recorded) -> Iterator[Change]:
    yield Insert(table=tables.account, values={**fields_of(event, "number", "platform"), "account": recorded.id})


def _office_given(event: events.OfficeGiven, recorded: Recorded) -> Iterator[Change]:
    now: dict[str, Value] = {"since": recorded.at, "until": None, "ended_by": None}
    # Where an office was given, ended and given again in one instant, the last is all that is left of it.
    yield Put(table=tables.office, values=fields_of(event, "number", "office", "decision") | now)


def _office_ended(event: events.OfficeEnded, recorded: Recorded) -> Iterator[Change]:
    where = {**fields_of(event, "number", "office"), "until": None}
    yield Update(table=tables.office, where=where, values={"until": recorded.at, "ended_by": event.decision})


def _route_chosen(event: events.RouteChosen, _: Recorded) -> Iterator[Change]:
    yield Put(table=tables.route, values=fields_of(event, "number", "route"))


def _language_chosen(event: events.LanguageChosen, _: Recorded) -> Iterator[Change]:
    yield Put(table=tables.language, values=fields_of(event, "number", "language"))


def _email_given(event: events.EmailGiven, recorded: Recorded) -> Iterator[Change]:
    yield Put(table=tables.unconfirmed, values=fields_of(event, "number") | {"email": recorded.id})


def _email_confirmed(event: events.EmailConfirmed, recorded: Recorded) -> Iterator[Change]:
    yield Update(table=tables.member, where=fields_of(event, "number"), values={"email": recorded.id})
    yield Put(table=tables.unconfirmed, values=fields_of(event, "number") | {"email": None})


def _standing_rule_adopted(event: events.StandingRuleAdopted, _: Recorded) -> Iterator[Change]:
    yield Put(table=tables.standing_rule, values=fields_of(event, "rule", "value"))


_ONCE = ("summary", "dtstart", "zone", "duration", "location", "agenda", "conference")
_PLAN = (*_ONCE, "rrule", "exdates", "rdates")


def _called(event: events.MeetingCalled, recorded: Recorded) -> Iterator[Change]:
    first: dict[str, Value] = {
        "sequence": 0,
        "revision": 1,
        "dtstamp": recorded.at,
        "status": Status.CONFIRMED.value,
        "asked": 0,
    }
    values = fields_of(event, "number", "uid", *_PLAN, "continues") | _span(event) | first
    yield Insert(table=tables.meeting, values=values)
    for place, member in enumerate(event.invited):
        yield _invited(event.number, member, (1, place), Role.CHAIR if place == 0 else Role.REQUIRED)


def _set_apart(event: events.OccurrenceSetApart, _: Recorded) -> Iterator[Change]:
    first: dict[str, Value] = {"revision": 0, "status": Status.CONFIRMED.value, "series_asked": event.asked}
    instants: dict[str, Value] = {name: instant(getattr(event, name)) for name in ("dtstamp", "recurrence_id")}
    values = fields_of(event, "number", "uid", "series", "sequence", "asked", *_ONCE) | _span(event) | instants | first
    yield Insert(table=tables.meeting, values=values)
    for place, (member, partstat) in enumerate(zip(event.invited, event.partstats, strict=True)):
        asked = _invited(event.number, member, (0, place), Role.CHAIR if place == 0 else Role.REQUIRED)
        yield Put(table=asked.table, values={**asked.values, "partstat": partstat.value})


def _changed(event: events.MeetingChanged, recorded: Recorded) -> Iterator[Change]:
    values = fields_of(event, "sequence", "revision", *_PLAN) | _span(event) | {"dtstamp": _dtstamp(event, recorded)}
    if event.is_rescheduled:
        values["asked"] = event.sequence
    yield Update(table=tables.meeting, where={"number": event.number}, values=values)
    if event.is_rescheduled:
        again: dict[str, Value] = {"partstat": PartStat.NEEDS_ACTION.value, "is_interested": 0}
        yield Update(table=tables.attendee, where={"number": event.number}, values=again)
    for member in event.removed:
        where = {"number": event.number, "member": member}
        yield Update(table=tables.attendee, where=where, values={"is_removed": 1})
    for place, member in enumerate(event.invited):
        yield _invited(event.number, member, (event.revision, place), Role.REQUIRED)


def _dtstamp(event: events.MeetingChanged | events.MeetingCancelled, recorded: Recorded) -> str:
    return recorded.at if event.dtstamp is None else instant(event.dtstamp)


def _span(event: events.MeetingCalled | events.MeetingChanged | events.OccurrenceSetApart) -> dict[str, Value]:
    """Return how the time is kept: of what hours and end it has none, and from when to when it can be searched; and
    whether the public may know of it.

    Start and end, of a series those of its first and last occurrence, are instants, by which meetings of any zone
    compare; of what the entry shows.
    """
    dtstart, duration = event.dtstart.replace(microsecond=0), timedelta(seconds=int(event.duration.total_seconds()))
    local = dtstart.astimezone(ZoneInfo(event.zone))
    recurrence = None
    if not isinstance(event, events.OccurrenceSetApart) and event.rrule is not None:
        recurrence = Recurrence(rrule=event.rrule, exdates=event.exdates, rdates=event.rdates)
    return {
        "is_all_day": int(event.is_all_day),
        "is_open_ended": int(event.is_open_ended),
        "is_closed": int(event.is_closed),
        "starts": instant(dtstart),
        "ends": instant(last_end(local, duration, recurrence, is_all_day=event.is_all_day)),
    }


def _invited(number: str, member: str, order: tuple[int, int], role: Role) -> Put:
    since, place = order
    values: dict[str, Value] = {
        "number": number,
        "member": member,
        "since": since,
        "place": place,
        "role": role.value,
        "partstat": PartStat.NEEDS_ACTION.value,
        "is_removed": 0,
        "replied_sequence": None,
        "replied_at": None,
        "delegate": None,
        "is_interested": 0,
    }
    return Put(table=tables.attendee, values=values)


def _cancelled(event: events.MeetingCancelled, recorded: Recorded) -> Iterator[Change]:
    stamped: dict[str, Value] = {"dtstamp": _dtstamp(event, recorded), "status": Status.CANCELLED.value}
    values = fields_of(event, "sequence", "revision") | stamped
    yield Update(table=tables.meeting, where={"number": event.number}, values=values)


def _replied(event: events.ReplyReceived, _: Recorded) -> Iterator[Change]:
    values = fields_of(event, "partstat") | {"is_interested": 0}
    if event.dtstamp is not None:
        values |= {"replied_sequence": event.sequence, "replied_at": instant(event.dtstamp)}
    yield Update(table=tables.attendee, where=fields_of(event, "number", "member"), values=values)


def _interested(event: events.InterestNoted, _: Recorded) -> Iterator[Change]:
    partstat = PartStat.TENTATIVE if event.is_interested else PartStat.NEEDS_ACTION
    values: dict[str, Value] = {"partstat": partstat.value, "is_interested": int(event.is_interested)}
    yield Update(table=tables.attendee, where=fields_of(event, "number", "member"), values=values)


def _delegated(event: events.AttendeeDelegated, _: Recorded) -> Iterator[Change]:
    where, values = fields_of(event, "number", "member"), fields_of(event, "delegate")
    yield Update(table=tables.attendee, where=where, values=values)


def _noted(event: events.NoteTaken, recorded: Recorded) -> Iterator[Change]:
    values = fields_of(event, "number", "item", "text") | _quoted(event, recorded)
    yield Insert(table=tables.note, values={**values, "at": recorded.at})


def _decided(event: events.DecisionRecorded, recorded: Recorded) -> Iterator[Change]:
    values = fields_of(event, "number", "text", "owner", "due", "meeting", "motion") | _quoted(event, recorded)
    yield Insert(table=tables.decision, values={**values, "at": recorded.at})
    if event.motion is not None:
        yield Update(table=proceeding_tables.motion, where={"number": event.motion}, values={"decision": event.number})


def _action_recorded(event: events.ActionRecorded, recorded: Recorded) -> Iterator[Change]:
    values = fields_of(event, "number", "text", "owner", "due", "meeting") | _quoted(event, recorded)
    yield Insert(table=tables.action, values={**values, "at": recorded.at, "done_at": None})


def _action_done(event: events.ActionDone, recorded: Recorded) -> Iterator[Change]:
    yield Update(table=tables.action, where={"number": event.number}, values={"done_at": recorded.at})


def _quoted(
    event: events.NoteTaken | events.DecisionRecorded | events.ActionRecorded, recorded: Recorded
) -> dict[str, Value]:
    """Return where the message lies that something was made from, if it was made from one."""
    return {"source": None if event.source is None else recorded.id, "keeper": event.keeper}


def _poll_opened(event: events.DatePollOpened, _: Recorded) -> Iterator[Change]:
    values = fields_of(event, "number", "summary", "duration", "zone", "location", "agenda", "conference", "slots")
    yield Insert(table=tables.date_poll, values={**values, "is_closed": 0, "meeting": None})
    for place, member in enumerate(event.invited):
        row: dict[str, Value] = {"number": event.number, "member": member, "place": place}
        yield Insert(table=tables.date_poll_member, values=row)


def _poll_marked(event: events.DatePollMarked, _: Recorded) -> Iterator[Change]:
    values = fields_of(event, "number", "member", "slot")
    yield Put(table=tables.date_poll_mark, values={**values, "suits": int(event.suits)})


def _poll_closed(event: events.DatePollClosed, _: Recorded) -> Iterator[Change]:
    closed: dict[str, Value] = {"is_closed": 1, "meeting": event.meeting}
    yield Update(table=tables.date_poll, where={"number": event.number}, values=closed)


_PROJECTIONS = cast(
    "Mapping[type[events.Event], Callable[[Any, Recorded], Iterator[Change]]]",
    {
        events.OrganisationFounded: _founded,
        events.MemberEnrolled: _enrolled,
        events.AccountLinked: _linked,
        events.OfficeGiven: _office_given,
        events.OfficeEnded: _office_ended,
        events.RouteChosen: _route_chosen,
        events.LanguageChosen: _language_chosen,
        events.EmailGiven: _email_given,
        events.EmailConfirmed: _email_confirmed,
        events.StandingRuleAdopted: _standing_rule_adopted,
        events.MeetingCalled: _called,
        events.OccurrenceSetApart: _set_apart,
        events.MeetingChanged: _changed,
        events.MeetingCancelled: _cancelled,
        events.ReplyReceived: _replied,
        events.AttendeeDelegated: _delegated,
        events.InterestNoted: _interested,
        events.DatePollOpened: _poll_opened,
        events.DatePollMarked: _poll_marked,
        events.DatePollClosed: _poll_closed,
        events.NoteTaken: _noted,
        events.DecisionRecorded: _decided,
        events.ActionRecorded: _action_recorded,
        events.ActionDone: _action_done,
        **PROCEEDINGS,
    },
)
