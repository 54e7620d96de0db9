"""What happens when something comes back from a calendar: an answer, a proposal, a letter, a failure?

What is proved to come from an attendee is entered; the rest is shown to whoever may change the meeting, who decides.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256

from governor.domain import convening
from governor.domain.addresses import without_addresses
from governor.domain.events import ReplyReceived
from governor.domain.meetings import Meeting, PartStat
from governor.domain.members import Member, MemberId, Route
from governor.domain.permissions import Permission
from governor.errors import NotFound, NotUnderstood, OutOfOrder
from governor.itip.answer import Answer, Method
from governor.ports import Bounce, Edit, Incoming, Letter, Linked, Reply, Rsvp, SetAside
from governor.services import delegates, edits, links, posts, refreshes, undelivered
from governor.services.cards import meeting_card
from governor.services.commands import Caller, Command
from governor.services.emails import CODE
from governor.services.languages import spoken_to
from governor.services.meant import numbered
from governor.services.meetings import changes_of, deliver, in_zone, shown
from governor.services.occurrences import above_of, named_by, own
from governor.services.reminders import MAILED, reminder_of, revision_told
from governor.services.ways import INVITING, by_other_uid
from governor.store import health, meetings, received
from governor.store.members import Roster
from governor.store.organisations import organisation_of
from governor.store.outbox import Effect, State
from governor.store.received import Matter
from governor.store.unit_of_work import Record, UnitOfWork
from governor.understanding.read import Context, read
from governor.understanding.reading import Act
from governor.values import dataclass
from governor.wording.catalogue import say
from governor.wording.phrase import phrase

DECLINE = "decline"
"""The recorded kind of the effect that tells an attendee that what they proposed is not taken up."""

LONGEST = 1_000
"""How much of what a stranger wrote is shown, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeMatter:
    """Take what came in: enter the answer, move the meeting to the time proposed, or send what is asked for."""

    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DropMatter:
    """Let what came in be; whoever proposed another time is told."""

    token: str


def receive(record: Record, incoming: Incoming, at: datetime, way: str = Route.MAIL) -> None:
    """Take *incoming* from the calendar *way*, once, at the instant *at*: what it changes is recorded at the return.

    What concerns no meeting and no member of ours, or is too old to count, changes nothing.

    Raises:
        Unavailable, LedgerBroken: it cannot be recorded now.
    """
    token = sha256(incoming.id.encode()).hexdigest()[:32]
    with record.act(f"received:{token}", at) as work:
        if not received.note(work.connection, token, work.at):
            return
        match incoming:
            case Rsvp():
                _rsvp(incoming, token, work)
            case Letter():
                _letter(incoming, token, work)
            case Bounce():
                _bounce(incoming, work)
            case Edit():
                edits.receive(incoming, token, way, work)
            case Linked():
                links.receive(incoming, work)
            case SetAside(reason=reason):
                health.note_set_aside(work.connection, token, reason, incoming.at)


def _rsvp(incoming: Rsvp, token: str, work: UnitOfWork) -> None:
    answer = incoming.answer
    meeting = _answered(answer.uid, answer.recurrence_id, work)
    member = None if meeting is None else _attendee(meeting, answer.attendee, work.roster())
    if meeting is not None and member is None and answer.delegated_from is not None:
        _delegate(incoming, token, meeting, work)
    if meeting is None or member is None:
        return
    if answer.method is Method.REPLY and answer.partstat is PartStat.NEEDS_ACTION:
        return
    what = {"kind": answer.method.lower(), "is_verified": int(incoming.is_verified), **_kept(answer)}
    matter = Matter(token=token, at=work.at, number=meeting.number, member=member, what=what)
    # A meeting is cancelled here and nowhere else: of a CANCEL people are told, whoever proves to have sent it.
    if answer.method in (Method.COUNTER, Method.CANCEL) or not incoming.is_verified:
        _show(matter, meeting, work)
    elif answer.method is Method.REFRESH:
        _send_again(matter, meeting, work)
    else:
        _enter(matter, meeting, (answer.sequence, answer.dtstamp), work)


def _delegate(incoming: Rsvp, token: str, meeting: Meeting, work: UnitOfWork) -> None:
    """Show who says that they come in an attendee's place."""
    member = _attendee(meeting, incoming.answer.delegated_from or "", work.roster())
    if member is not None:
        what = {**_kept(incoming.answer), "kind": delegates.KIND, "is_verified": int(incoming.is_verified)}
        _show(Matter(token=token, at=work.at, number=meeting.number, member=member, what=what), meeting, work)


def _send_again(matter: Matter, meeting: Meeting, work: UnitOfWork) -> None:
    for copy in refreshes.copies(meeting, matter.member, work):
        work.enqueue(copy)


def _letter(incoming: Letter, token: str, work: UnitOfWork) -> None:
    found = work.published_as(incoming.about)
    meeting = None if found is None else meetings.find(work.connection, found.effect.subject)
    text = incoming.text.strip()[:LONGEST]
    if found is None or meeting is None or not text:
        return
    member = MemberId(found.effect.target)
    person = work.roster().get(member)
    is_theirs = person is not None and person.email is not None and _is_same(person.email, incoming.sender)
    partstat = _read(text, meeting, person, work)
    dtstamp = min(incoming.at, work.at)
    occurrence = reminder_of(found.effect).start if found.effect.kind == MAILED and meeting.recurrence else None
    what: dict[str, str | int | None] = {
        "kind": "letter",
        "is_verified": int(is_theirs and incoming.is_verified),
        "sender": incoming.sender,
        "partstat": partstat and partstat.value,
        "comment": text,
        "sequence": meeting.sequence,
        "dtstamp": dtstamp.isoformat(timespec="seconds"),
        "recurrence_id": None if occurrence is None else occurrence.isoformat(),
    }
    matter = Matter(token=token, at=work.at, number=meeting.number, member=member, what=what)
    # Words about what the meeting was before say nothing certain about what it is now.
    if partstat is None or not what["is_verified"] or revision_told(found.effect) != meeting.revision:
        _show(matter, meeting, work)
    else:
        _enter(matter, meeting, (meeting.sequence, dtstamp), work)


def _bounce(incoming: Bounce, work: UnitOfWork) -> None:
    found = work.published_as(incoming.about)
    if found is None or found.effect.kind not in {*INVITING, CODE} or found.state is State.DEAD:
        return
    language = spoken_to(None, organisation_of(work.connection))
    told = without_addresses(say(phrase("mail-bounced", reason=incoming.reason), language))
    work.give_up(found, told)
    for telling in undelivered.tellings(found, told):
        work.enqueue(telling)


def _enter(matter: Matter, meeting: Meeting, stamp: tuple[int, datetime], work: UnitOfWork) -> None:
    """Enter the answer of *matter*, and tell it; what does not count any more leaves no trace."""
    before = convening.attendee_of(meeting, matter.member).partstat
    try:
        event = _record(matter, meeting, stamp, work, by=matter.member)
    except OutOfOrder:
        return
    matter = replace(matter, number=event.number)
    received.keep(work.connection, matter)
    received.use(work.connection, matter.token, "entered")
    if before is not event.partstat or matter.what.get("comment"):
        work.enqueue(posts.answered(matter, work.entries_about(f"meeting/{event.number}")))
    delegates.propose(matter, numbered(event.number, work), work)


def _record(
    matter: Matter, meeting: Meeting, stamp: tuple[int, datetime], work: UnitOfWork, *, by: MemberId
) -> ReplyReceived:
    """Enter the answer of *matter*; where it is to one occurrence of a series, that is set apart for it.

    Raises:
        OutOfOrder: it does not count, or there is no such occurrence.
    """
    partstat = PartStat(str(matter.what["partstat"]))
    event = convening.receive_reply(meeting, by=matter.member, partstat=partstat, stamp=stamp, at=work.at)
    event = replace(event, number=own(meeting, matter.what.get("recurrence_id"), work, by=by).number)
    work.record(event, by=by)
    return event


def _answered(uid: str, recurrence_id: datetime | date | None, work: UnitOfWork) -> Meeting | None:
    """Return the meeting of that *uid*: the occurrence, where it was set apart, else the series."""
    number = work.concerned_by(by_other_uid(uid))  # it was mailed under the UID that it had elsewhere
    mailed = None if number is None else meetings.find(work.connection, number)
    uid = uid if mailed is None else mailed.uid
    return named_by(uid, recurrence_id, work)


def _show(matter: Matter, meeting: Meeting, work: UnitOfWork) -> None:
    """Show *matter* to those who may decide it, while there is anything to decide."""
    try:
        convening.check_open(meeting, at=work.at)
        convening.attendee_of(meeting, matter.member)
    except OutOfOrder:
        return
    received.keep(work.connection, matter)
    work.enqueue(posts.shown(matter))


def take(request: TakeMatter, caller: Caller, work: UnitOfWork) -> Reply:
    """Enter the answer, for which the caller vouches, move the meeting to the time proposed, or send a copy of it."""
    matter = _waiting(request.token, work)
    meeting = numbered(matter.number, work)
    received.use(work.connection, matter.token, "taken")
    if matter.what["kind"] == "counter":
        return _move(matter, meeting, caller, work)
    if matter.what["kind"] == "edit":
        return edits.accept(matter, meeting, caller, work)
    if matter.what["kind"] == delegates.KIND:
        return delegates.invite(matter, meeting, caller, work)
    person = caller.roster.get(matter.member)
    name = "?" if person is None else person.name
    if matter.what["kind"] == "refresh":
        _send_again(matter, meeting, work)
        line = phrase("refresh-sent", name=name, summary=meeting.summary)
        return Reply(language=caller.language, lines=(line,))
    if not matter.what.get("partstat"):
        raise OutOfOrder("answer-missing")
    event = _record(matter, meeting, _stamp(matter), work, by=caller.member.id)
    line = phrase(f"answered-{event.partstat.value.lower()}", name=name, summary=meeting.summary)
    meeting = numbered(event.number, work)
    delegates.propose(matter, meeting, work)
    card = meeting_card(meeting, caller.roster, work.deliveries, at=work.at)
    return Reply(language=caller.language, lines=(line,), cards=(card,))


def _move(matter: Matter, meeting: Meeting, caller: Caller, work: UnitOfWork) -> Reply:
    meeting = own(meeting, matter.what.get("recurrence_id"), work, by=caller.member.id)
    what, before = matter.what, convening.plan_of(meeting)
    plan = replace(
        before,
        dtstart=in_zone(datetime.fromisoformat(str(what["dtstart"])), before.zone),
        duration=timedelta(seconds=int(str(what["duration"]))) if what.get("duration") else before.duration,
        location=str(what["location"]) if what.get("location") else before.location,
    )
    event = convening.change_meeting(meeting, plan, at=work.at, above=above_of(meeting, work))
    work.record(event, by=caller.member.id)
    meeting = deliver(meeting.number, work, caller)
    return shown(meeting, "meeting-changed", caller, work, changed=changes_of(before, plan))


def drop(request: DropMatter, caller: Caller, work: UnitOfWork) -> Reply:
    """Let what came in be; whoever proposed another time is told that the meeting stands."""
    matter = _waiting(request.token, work)
    meeting = numbered(matter.number, work)
    received.use(work.connection, matter.token, "dropped")
    if matter.what["kind"] == "edit":
        return edits.revert(matter, meeting, caller, work)
    person = caller.roster.get(matter.member)
    name = "?" if person is None else person.name
    if matter.what["kind"] != "counter":
        return Reply(language=caller.language, lines=(phrase("matter-dropped", name=name),))
    effect = Effect(
        kind=DECLINE,
        subject=meeting.number,
        target=matter.member,
        generation=meeting.revision,
        attempt=int(_stamp(matter)[1].timestamp()),
        payload=matter.token,
    )
    work.enqueue(effect)
    return Reply(language=caller.language, lines=(phrase("counter-declined", name=name, summary=meeting.summary),))


def answer_of(matter: Matter, meeting: Meeting) -> Answer:
    """Return the answer that *matter* was made of, as far as it is needed to decline it."""
    sequence, dtstamp = _stamp(matter)
    return Answer(
        uid=meeting.uid,
        attendee=str(matter.what["sender"]),
        partstat=PartStat.NEEDS_ACTION,
        sequence=sequence,
        dtstamp=dtstamp,
    )


def _waiting(token: str, work: UnitOfWork) -> Matter:
    matter = received.find(work.connection, token)
    if matter is None:
        raise NotFound("matter-unknown")
    if matter.used is not None:
        raise OutOfOrder("matter-used")
    return matter


def _stamp(matter: Matter) -> tuple[int, datetime]:
    return int(str(matter.what["sequence"])), datetime.fromisoformat(str(matter.what["dtstamp"]))


def _kept(answer: Answer) -> dict[str, str | int | None]:
    """Return what is kept of *answer*, as JSON values."""
    proposal, recurrence = answer.proposal, answer.recurrence_id
    length = None if proposal is None else proposal.duration
    silent = answer.partstat is PartStat.NEEDS_ACTION
    return {
        "sender": answer.attendee,
        "partstat": None if silent else answer.partstat.value,
        "sequence": answer.sequence,
        "dtstamp": answer.dtstamp.isoformat(timespec="seconds"),
        "comment": answer.comment,
        "delegated_to": answer.delegated_to,
        "sent_by": answer.sent_by,
        "recurrence_id": None if recurrence is None else recurrence.isoformat(),
        "dtstart": None if proposal is None else proposal.dtstart.isoformat(),
        "duration": None if length is None else int(length.total_seconds()),
        "location": None if proposal is None else proposal.location,
    }


def _attendee(meeting: Meeting, address: str, roster: Roster) -> MemberId | None:
    """Return the attendee of *meeting* who has that *address*."""
    for one in meeting.attendees:
        person = roster.get(one.member)
        if person is not None and person.email is not None and _is_same(person.email, address):
            return one.member
    return None


def _is_same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _read(text: str, meeting: Meeting, person: Member | None, work: UnitOfWork) -> PartStat | None:
    """Return the answer that *text* of *person*, or its first line, gives in words."""
    language = spoken_to(person, organisation_of(work.connection))
    context = Context(at=work.at, zone=meeting.zone, language=language)
    for said in dict.fromkeys((text, text.partition("\n")[0])):
        try:
            readings = read(said, context)
        except NotUnderstood:
            continue
        if len(readings) == 1 and readings[0].act is Act.REPLY:
            return readings[0].partstat
    return None


COMMANDS = (
    Command(
        name="answer take",
        request=TakeMatter,
        permission=Permission.MEETING_CHANGE,
        handle=take,
        button="take",
    ),
    Command(
        name="answer drop",
        request=DropMatter,
        permission=Permission.MEETING_CHANGE,
        handle=drop,
        button="drop",
    ),
)
