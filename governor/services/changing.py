"""What happens when a meeting is changed or cancelled?"""

from collections.abc import Mapping

from governor.domain import convening
from governor.domain.convening import Plan
from governor.domain.meetings import Meeting
from governor.domain.permissions import Permission
from governor.errors import OutOfOrder, Refused
from governor.ports import Button, Card, Reply
from governor.ports.forms import Form
from governor.services import filling, series
from governor.services.commands import Caller, Command, refuse_unknown
from governor.services.fitting import fitting
from governor.services.meant import check_heard, meeting_for, numbered
from governor.services.meetings import amended, changes_of, context_of, deliver, shown
from governor.services.occurrences import above_of
from governor.store import meetings, unread
from governor.store.unit_of_work import UnitOfWork
from governor.understanding.read import read_change
from governor.understanding.reading import Act, Reading
from governor.values import dataclass
from governor.wording.phrase import phrase
from governor.wording.times import start_of

_TIMES = frozenset({"dtstart", "duration", "shift"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeMeeting:
    """Change the meeting that is spoken of."""

    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendMeeting:
    """Change the meeting ``number`` as ``text`` says, or as the ``values`` of its form do; without either, ask.

    The form is of its ``revision``; ``kept`` names the form of an earlier try.
    """

    number: str
    revision: int | None = None
    kept: str | None = None
    text: str | None = None
    values: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskToCancel:
    """Ask whether the meeting ``number`` is really to be cancelled."""

    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelMeeting:
    """Cancel a meeting: that of ``number``, or the only one that can be meant."""

    number: str | None = None
    reading: Reading | None = None


def change(request: ChangeMeeting, caller: Caller, work: UnitOfWork) -> Reply:
    """Change the meeting that is spoken of, and send everyone the new state."""
    meeting = meeting_for(Act.CHANGE, caller, work)
    check_heard(meeting, caller, is_timed=not _TIMES.isdisjoint({*request.reading.said, *request.reading.implied}))
    if meeting.recurrence is not None:
        return series.change(meeting, request.reading.text, caller, work)
    return changed(meeting, amended(convening.plan_of(meeting), request.reading, caller.roster), caller, work)


def changed(meeting: Meeting, after: Plan, caller: Caller, work: UnitOfWork) -> Reply:
    """Make *meeting* what the plan *after* says, and send everyone the new state."""
    before = convening.plan_of(meeting)
    event = convening.change_meeting(meeting, after, at=work.at, above=above_of(meeting, work))
    work.record(event, by=caller.member.id)
    meeting = deliver(meeting.number, work, caller, removed=event.removed)
    return shown(meeting, "meeting-changed", caller, work, removed=event.removed, changed=changes_of(before, after))


def amend(request: AmendMeeting, caller: Caller, work: UnitOfWork) -> Reply:
    """Change the meeting of a card by what is said of it, or by its form."""
    meeting = numbered(request.number, work)
    convening.check_open(meeting, at=work.at)
    if request.text is not None:
        if meeting.recurrence is not None:
            return series.change(meeting, request.text, caller, work)
        reading = read_change(request.text, context_of(caller, meeting.dtstart, meeting.duration))
        refuse_unknown(reading)
        return changed(meeting, amended(convening.plan_of(meeting), reading, caller.roster), caller, work)
    if request.values is not None:
        return _refilled(meeting, request, request.values, caller, work)
    kept = None if request.kept is None else unread.values(work.connection, request.kept)
    return Reply(language=caller.language, form=_form(meeting, caller, work, kept))


def _form(meeting: Meeting, caller: Caller, work: UnitOfWork, kept: Mapping[str, str] | None = None) -> Form:
    token = f"amend:{meeting.number}:{meeting.revision}"
    if meeting.recurrence is not None:
        return series.form(meeting, token, work, kept)
    return filling.form(convening.plan_of(meeting), token, caller, kept)


def _refilled(
    meeting: Meeting, request: AmendMeeting, values: Mapping[str, str], caller: Caller, work: UnitOfWork
) -> Reply:
    """Change *meeting* as its form has it; where that cannot be, return why and the form again.

    Raises:
        OutOfOrder: the meeting is not what the form was of: what was left as it stood would change it back.
    """
    if request.revision != meeting.revision:
        raise OutOfOrder("meeting-changed-meanwhile", meeting=meeting.summary)
    if meeting.recurrence is not None:
        return _series_refilled(meeting, values, caller, work)
    found = filling.filled(convening.plan_of(meeting), values, caller)
    reasons = dict(found.unread)
    try:
        convening.change_meeting(meeting, found.plan, at=work.at, above=above_of(meeting, work))
    except OutOfOrder as error:
        reasons = reasons or {"": phrase(error.key, **error.values)}
    if reasons:
        return filling.again(_form(meeting, caller, work), values, reasons, caller, work)
    return changed(meeting, found.plan, caller, work)


def _series_refilled(meeting: Meeting, values: Mapping[str, str], caller: Caller, work: UnitOfWork) -> Reply:
    try:
        with work.attempt():
            return series.filled(meeting, values, caller, work)
    except Refused as error:
        said = values.get("text", "")[: filling.LONGEST]
        is_unread = error.key == "not-understood"
        reason = phrase("field-change-unread", said=said) if is_unread else phrase(error.key, **error.values)
        return filling.again(_form(meeting, caller, work), values, {"": reason}, caller, work)


def ask_to_cancel(request: AskToCancel, caller: Caller, work: UnitOfWork) -> Reply:
    """Return the question whether the meeting is really to be cancelled: everyone will be told."""
    meeting = numbered(request.number, work)
    convening.check_open(meeting, at=work.at)
    start = start_of(meeting, meeting.next_start(at=work.at))
    card = Card(
        id=f"cancel:{meeting.number}",
        title=phrase("ask-cancel", number=meeting.number, summary=meeting.summary, start=start),
        buttons=(Button(token=f"cancel:{meeting.number}", label=phrase("button-cancel-sure")),),
    )
    return Reply(language=caller.language, cards=(card,), is_private=True)


def cancel(request: CancelMeeting, caller: Caller, work: UnitOfWork) -> Reply:
    """Cancel a meeting and tell everyone ever invited; where it is doubtful which, or whether one is, ask."""
    number, is_named = request.number or None, bool(request.number or caller.named)
    coming = meetings.coming(work.connection, work.at)
    words = "" if request.reading is None else request.reading.text
    is_doubtful = len(words.split()) == 1 or "@" in words
    if not is_named and coming and (caller.pointers or len(coming) > 1 or is_doubtful):
        found = fitting(coming, caller) if caller.pointers else ()
        if len(found) != 1:
            return _ask_which(found or coming, caller, is_none=bool(caller.pointers) and not found)
        number = found[0].number
    meeting = meeting_for(Act.CANCEL, caller, work) if number is None else numbered(number, work)
    if number is None and not is_named:
        check_heard(meeting, caller, is_timed=False)
    if meeting.recurrence is not None:
        return series.cancel(meeting, words, caller, work)
    event = convening.cancel_meeting(meeting, at=work.at, above=above_of(meeting, work))
    work.record(event, by=caller.member.id)
    return shown(deliver(meeting.number, work, caller), "meeting-cancelled-now", caller, work)


def _ask_which(coming: tuple[Meeting, ...], caller: Caller, *, is_none: bool) -> Reply:
    """Return the question which of the meetings *coming* is meant; that *is_none* of those at the time said is told."""
    starts = {one.number: start_of(one, one.next_start(at=caller.at)) for one in coming}
    buttons = tuple(
        Button(
            token=f"cancel:{one.number}",
            label=phrase("word-meeting", number=one.number, summary=one.summary, start=starts[one.number]),
        )
        for one in coming
    )
    numbers = "-".join(one.number for one in coming)
    title = phrase("ask-which-meeting-then" if is_none else "ask-which-meeting")
    return Reply(language=caller.language, cards=(Card(id=f"cancel:{numbers}", title=title, buttons=buttons),))


COMMANDS = (
    Command(
        name="meeting change",
        request=ChangeMeeting,
        permission=Permission.MEETING_CHANGE,
        handle=change,
        act=Act.CHANGE,
        is_about_meeting=True,
    ),
    Command(
        name="meeting amend", request=AmendMeeting, permission=Permission.MEETING_CHANGE, handle=amend, button="amend"
    ),
    Command(
        name="meeting ask-cancel",
        request=AskToCancel,
        permission=Permission.MEETING_CANCEL,
        handle=ask_to_cancel,
        button="off",
        writes=False,
    ),
    Command(
        name="meeting cancel",
        request=CancelMeeting,
        permission=Permission.MEETING_CANCEL,
        handle=cancel,
        act=Act.CANCEL,
        button="cancel",
    ),
)
