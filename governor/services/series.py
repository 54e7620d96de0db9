"""What happens when one occurrence of a series is changed or cancelled, or it and all after it, or all?"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from governor.domain import convening
from governor.domain import series as serial
from governor.domain.convening import Plan
from governor.domain.meetings import Meeting, Status
from governor.domain.permissions import Permission
from governor.errors import NotFound, OutOfOrder
from governor.ports import Button, Card, Reply
from governor.ports.forms import Field, Form
from governor.ports.offers import Choice
from governor.services.commands import Caller, Command
from governor.services.meant import numbered
from governor.services.meetings import amended, changes_of, context_of, deliver, shown
from governor.services.occurrences import number_for, occurrence_on, set_apart
from governor.store import meetings, questions
from governor.store.questions import Question
from governor.store.unit_of_work import UnitOfWork
from governor.understanding.read import read_change
from governor.understanding.reading import Reading
from governor.understanding.scopes import Scope, days_named, destination, scope_of
from governor.values import dataclass
from governor.wording.phrase import Phrase, phrase
from governor.wording.times import start_of

_FORM = "%Y%m%dT%H%MZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeOccurrences:
    """Do what a question is about to the occurrences of ``scope``."""

    question: str
    scope: Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelOccurrences:
    """Cancel the occurrences of ``scope`` of the series ``number``, seen from the one at ``start``."""

    number: str
    scope: Scope
    start: str


def change(series: Meeting, words: str, caller: Caller, work: UnitOfWork) -> Reply:
    """Change what *words* say of *series*, or ask which of its occurrences they are for."""
    start, scope = _meant(series, words, caller, work, is_change=True)
    if scope is not None:
        return _change(series, start, scope, words, caller, work)
    question = Question(
        token=f"q-{work.uid().replace('-', '')[:24]}",
        member=caller.member.id,
        at=caller.at,
        language=caller.language,
        number=series.number,
        start=start,
        text=words,
    )
    questions.keep(work.connection, question)
    title = phrase("ask-which-occurrences", number=series.number, summary=series.summary)
    return _ask(title, series, start, f"change-of:{question.token}:{{scope}}", caller)


def form(series: Meeting, token: str, work: UnitOfWork, kept: Mapping[str, str] | None = None) -> Form:
    """Return the form that asks what is changed of *series*, and for which of its occurrences.

    It is filled with what was *kept* of an earlier try.

    Raises:
        OutOfOrder: none is to come.
    """
    start = _next(series, work)
    told = f"{start.astimezone(UTC):{_FORM}}"
    choices = tuple(
        Choice(
            value=f"{scope.value}:{told}", label=phrase(f"button-scope-{scope.value}", start=start_of(series, start))
        )
        for scope in _scopes(series, start)
    )
    stands = kept or {}
    fields = (
        Field(name="text", label=phrase("series-what"), value=stands.get("text", ""), is_required=True),
        Field(
            name="scope",
            label=phrase("series-which"),
            value=stands.get("scope", ""),
            is_required=True,
            choices=choices,
        ),
    )
    return Form(token=token, title=phrase("form-meeting", summary=series.summary), fields=fields)


def filled(series: Meeting, values: Mapping[str, str], caller: Caller, work: UnitOfWork) -> Reply:
    """Change *series* as its form says.

    Raises:
        NotFound: the form is another's.
        NotUnderstood, OutOfOrder: it cannot be changed so.
    """
    scope, _, told = values.get("scope", "").partition(":")
    try:
        start, meant = _parsed(told, series), Scope(scope)
    except ValueError:
        raise NotFound("button-unknown") from None
    return _change(series, start, meant, values.get("text", ""), caller, work)


def cancel(series: Meeting, words: str, caller: Caller, work: UnitOfWork) -> Reply:
    """Cancel what *words* say of *series*, or ask which of its occurrences they are for."""
    start, scope = _meant(series, words, caller, work, is_change=False)
    if scope is not None:
        return _cancel(series, start, scope, caller, work)
    told = f"{start.astimezone(UTC):{_FORM}}"
    title = phrase("ask-which-cancelled", number=series.number, summary=series.summary)
    return _ask(title, series, start, f"cancel-of:{series.number}:{{scope}}:{told}", caller)


def answer_change(request: ChangeOccurrences, caller: Caller, work: UnitOfWork) -> Reply:
    """Do what the question is about, once, as it was meant when it was said."""
    question = questions.find(work.connection, request.question)
    if question is None:
        raise NotFound("card-too-old")
    series = numbered(question.number, work)
    if question.used is not None:
        raise OutOfOrder("question-answered", summary=series.summary)
    questions.answered(work.connection, question.token)
    then = replace(caller, at=question.at, language=question.language)
    start = question.start.astimezone(series.dtstart.tzinfo)
    return _change(series, start, request.scope, question.text, then, work)


def answer_cancel(request: CancelOccurrences, caller: Caller, work: UnitOfWork) -> Reply:
    """Cancel the occurrences that the button names."""
    series = numbered(request.number, work)
    try:
        start = _parsed(request.start, series)
    except ValueError:
        raise NotFound("button-unknown") from None
    return _cancel(series, start, request.scope, caller, work)


def _parsed(told: str, series: Meeting) -> datetime:
    """Return the start that a button or a form of *series* has *told*.

    Raises:
        ValueError: it is none.
    """
    return datetime.strptime(told, _FORM).replace(tzinfo=UTC).astimezone(series.dtstart.tzinfo)


def _meant(
    series: Meeting, words: str, caller: Caller, work: UnitOfWork, *, is_change: bool
) -> tuple[datetime, Scope | None]:
    """Return the occurrence that *words* name, else the next one, and for which they are meant, if they say."""
    coming = _next(series, work)
    days = days_named(words, context_of(caller), is_change=is_change)
    start = coming if days is None else occurrence_on(series, days, work)
    if start is None:
        raise OutOfOrder("no-such-occurrence", meeting=series.summary)
    return start.astimezone(series.dtstart.tzinfo), scope_of(words)


def _next(series: Meeting, work: UnitOfWork) -> datetime:
    """Return when the next occurrence of *series* begins.

    Raises:
        OutOfOrder: none is to come.
    """
    coming = series.next_start(at=work.at)
    if coming is None:
        raise OutOfOrder("meeting-over", meeting=series.summary)
    return coming.astimezone(series.dtstart.tzinfo)


def _ask(title: Phrase, series: Meeting, start: datetime, token: str, caller: Caller) -> Reply:
    buttons = tuple(
        Button(
            token=token.format(scope=scope.value),
            label=phrase(f"button-scope-{scope.value}", start=start_of(series, start)),
        )
        for scope in _scopes(series, start)
    )
    card = Card(id=f"which:{token}", title=title, buttons=buttons, is_passing=True)
    return Reply(language=caller.language, cards=(card,))


def _scopes(series: Meeting, start: datetime) -> tuple[Scope, ...]:
    """Return for which occurrences, seen from the one at *start*, something may be meant."""
    return tuple(scope for scope in Scope if scope is not Scope.FOLLOWING or start > series.dtstart)


def _change(series: Meeting, start: datetime, scope: Scope, words: str, caller: Caller, work: UnitOfWork) -> Reply:
    reading = _read(words, start, series, caller)
    if scope is Scope.ONE:
        return _change_one(set_apart(series, start, work, by=caller.member.id), series, reading, caller, work)
    whole = _without_cancelled(series, work)
    after = amended(serial.rest_of(whole, start), reading, caller.roster)
    is_moved = (after.dtstart, after.zone) != (start, series.zone) or "rrule" in reading.said
    is_begun = series.dtstart <= work.at
    if scope is Scope.ALL and not (is_begun and (is_moved or after.duration != series.duration)):
        return _change_all(series, reading, caller, work)
    first = next(series.starts(), None)
    if scope is Scope.ALL and is_begun:
        # What took place stays as it was: all that is to come goes on as another series.
        start = series.next_start(at=work.at) or start
        reading = _read(words, start, series, caller)
        after = amended(serial.rest_of(whole, start), reading, caller.roster)
    if first is None or start <= first:
        return _change_all(series, reading, caller, work)
    return _split(series, start, after, caller, work)


def _read(words: str, start: datetime, series: Meeting, caller: Caller) -> Reading:
    """Return what *words* change of the occurrence at *start*, whose own day says nothing about where it goes."""
    context = context_of(caller, start, series.duration)
    return read_change(destination(words, context), context)


def _change_one(occurrence: Meeting, series: Meeting, reading: Reading, caller: Caller, work: UnitOfWork) -> Reply:
    before = convening.plan_of(occurrence)
    after = amended(before, reading, caller.roster)
    event = convening.change_meeting(occurrence, after, at=work.at, above=series.sequence)
    work.record(event, by=caller.member.id)
    meeting = deliver(occurrence.number, work, caller, removed=event.removed)
    return shown(meeting, "meeting-changed", caller, work, removed=event.removed, changed=changes_of(before, after))


def _change_all(series: Meeting, reading: Reading, caller: Caller, work: UnitOfWork) -> Reply:
    """Change the series itself, and whichever of its occurrences are meetings of their own with it.

    Those lose their own time where the time of the series changes, and are then off.
    """
    before = convening.plan_of(series)
    after = amended(before, reading, caller.roster)
    is_moved = (before.dtstart, before.recurrence) != (after.dtstart, after.recurrence)
    if is_moved:
        after = amended(convening.plan_of(_without_cancelled(series, work)), reading, caller.roster)
    apart = _coming(series, series.dtstart, work)
    above = max((one.sequence for one in apart), default=-1)
    event = convening.change_meeting(series, after, at=work.at, above=above if apart else -1)
    work.record(event, by=caller.member.id)
    for one in apart:
        if is_moved:
            _call_off(one, event.sequence, caller, work)
        else:
            _along(one, before, after, event.sequence, caller, work)
    meeting = deliver(series.number, work, caller, removed=event.removed)
    return shown(meeting, "meeting-changed", caller, work, removed=event.removed, changed=changes_of(before, after))


def _along(one: Meeting, before: Plan, after: Plan, above: int, caller: Caller, work: UnitOfWork) -> None:
    """Change the occurrence *one* as its series changed from *before* to *after*, but for what it has of its own."""
    plan = convening.plan_of(one)
    whole = serial.along(plan, before, after)
    if whole != plan:
        event = convening.change_meeting(one, whole, at=work.at, above=above)
        work.record(event, by=caller.member.id)
        deliver(one.number, work, caller, removed=event.removed)


def _split(series: Meeting, start: datetime, after: Plan, caller: Caller, work: UnitOfWork) -> Reply:
    """End *series* before *start*, and go on with another, which knows from which it comes."""
    ended = serial.end_before(series, start, at=work.at)
    number = number_for(work)
    called = convening.call_meeting(after, number=number, uid=work.uid(), at=work.at, continues=series.number)
    work.record(ended, by=caller.member.id)
    work.record(called, by=caller.member.id)
    for one in _coming(series, start, work):
        _call_off(one, ended.sequence, caller, work)
    deliver(series.number, work, caller)
    return shown(deliver(number, work, caller), "series-continued", caller, work, before=series.number)


def _cancel(series: Meeting, start: datetime, scope: Scope, caller: Caller, work: UnitOfWork) -> Reply:
    if scope is Scope.ONE:
        occurrence = set_apart(series, start, work, by=caller.member.id)
        _call_off(occurrence, series.sequence, caller, work)
        return shown(numbered(occurrence.number, work), "meeting-cancelled-now", caller, work)
    if scope is Scope.ALL:
        start = series.next_start(at=work.at) or start
    first = next(series.starts(), None)
    apart = _coming(series, start, work)
    if first is not None and start > first:
        event = serial.end_before(series, start, at=work.at)
        work.record(event, by=caller.member.id)
        key, sequence = "series-ended", event.sequence
    else:
        above = max((one.sequence for one in apart), default=-1)
        off = convening.cancel_meeting(series, at=work.at, above=above)
        work.record(off, by=caller.member.id)
        key, sequence = "meeting-cancelled-now", off.sequence
    for one in apart:
        _call_off(one, sequence, caller, work)
    return shown(deliver(series.number, work, caller), key, caller, work, since=start)


def _without_cancelled(series: Meeting, work: UnitOfWork) -> Meeting:
    """Return *series* with what was cancelled of it left out by the rule, which so is moved along with it."""
    if series.recurrence is None:
        return series
    apart = meetings.set_apart(work.connection, series.number)
    off = {one.recurrence_id for one in apart if one.status is Status.CANCELLED and one.recurrence_id is not None}
    local = {moment.astimezone(series.dtstart.tzinfo) for moment in off}
    exdates = tuple(sorted(local.union(series.recurrence.exdates)))
    return replace(series, recurrence=replace(series.recurrence, exdates=exdates))


def _coming(series: Meeting, start: datetime, work: UnitOfWork) -> tuple[Meeting, ...]:
    """Return the occurrences of *series* from *start* on that are meetings of their own, stand and are to come."""
    apart = meetings.set_apart(work.connection, series.number)
    return tuple(
        one
        for one in apart
        if one.status is Status.CONFIRMED
        and one.dtend > work.at
        and one.recurrence_id is not None
        and one.recurrence_id >= start
    )


def _call_off(one: Meeting, above: int, caller: Caller, work: UnitOfWork) -> None:
    work.record(convening.cancel_meeting(one, at=work.at, above=above), by=caller.member.id)
    deliver(one.number, work, caller)


COMMANDS = (
    Command(
        name="series change",
        request=ChangeOccurrences,
        permission=Permission.MEETING_CHANGE,
        handle=answer_change,
        button="change-of",
    ),
    Command(
        name="series cancel",
        request=CancelOccurrences,
        permission=Permission.MEETING_CANCEL,
        handle=answer_cancel,
        button="cancel-of",
    ),
)
