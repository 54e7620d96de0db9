"""What happens when who is invited sends another in their place? (RFC 5546 §3.2.2.3)

That they do is entered as what they answer. Whom they send comes in only by somebody who may change the meeting.
"""

from dataclasses import replace
from hashlib import sha256

from governor.domain import convening
from governor.domain.meetings import Meeting
from governor.domain.members import Member, MemberId
from governor.errors import NotFound
from governor.ports import Reply
from governor.services import posts
from governor.services.commands import Caller
from governor.services.meetings import deliver, shown
from governor.services.occurrences import above_of, own
from governor.store import received
from governor.store.members import Roster
from governor.store.received import Matter
from governor.store.unit_of_work import UnitOfWork

KIND = "delegate"
"""What a matter is that tells of somebody who comes in another's place. A recorded name."""


def propose(matter: Matter, meeting: Meeting, work: UnitOfWork) -> None:
    """Have it decided whether to invite whom the answer *matter* sends, where it sends anybody who is not yet."""
    address = matter.what.get("delegated_to")
    if not address or _is_invited(meeting, str(address), work.roster()):
        return
    token = sha256(f"{matter.token}\0{KIND}".encode()).hexdigest()[:32]
    kept = ("sequence", "dtstamp", "recurrence_id", "is_verified")
    what = {"kind": KIND, "sender": address, **{name: matter.what.get(name) for name in kept}}
    if received.note(work.connection, token, work.at):
        asked = replace(matter, token=token, number=meeting.number, what=what)
        received.keep(work.connection, asked)
        work.enqueue(posts.shown(asked))


def send(person: Member, meeting: Meeting, caller: Caller, work: UnitOfWork) -> None:
    """Have it decided whether to invite *person*, whom the caller sends to *meeting*, where they are not yet."""
    if any(one.member == person.id for one in meeting.attendees):
        return
    token = sha256(f"{caller.call.id}\0{meeting.number}".encode()).hexdigest()[:32]
    what: dict[str, str | int | None] = {
        "kind": KIND,
        "delegate": person.id,
        "sequence": meeting.sequence,
        "dtstamp": work.at.isoformat(timespec="seconds"),
        "is_verified": 1,
    }
    if received.note(work.connection, token, work.at):
        asked = Matter(token=token, at=work.at, number=meeting.number, member=caller.member.id, what=what)
        received.keep(work.connection, asked)
        work.enqueue(posts.shown(asked))


def invite(matter: Matter, meeting: Meeting, caller: Caller, work: UnitOfWork) -> Reply:
    """Invite who comes in another's place, and say for whom to both calendars.

    Raises:
        NotFound: ``delegate-unknown``: nobody on the roll has that address.
        OutOfOrder: the meeting is over or off, or they are invited.
    """
    delegate = _delegate(matter, caller.roster)
    meeting = own(meeting, matter.what.get("recurrence_id"), work, by=caller.member.id)
    plan = convening.plan_of(meeting)
    after = replace(plan, invited=(*plan.invited, delegate.id))
    event = convening.change_meeting(meeting, after, at=work.at, above=above_of(meeting, work))
    work.record(convening.delegate(meeting, matter.member, delegate.id), by=caller.member.id)
    work.record(event, by=caller.member.id)
    instead, meeting = _name(matter.member, caller.roster), deliver(meeting.number, work, caller)
    return shown(meeting, "delegate-invited", caller, work, name=delegate.name, instead=instead)


def _delegate(matter: Matter, roster: Roster) -> Member:
    named = matter.what.get("delegate")
    address = str(matter.what.get("sender"))
    found = person_at(address, roster) if named is None else roster.get(MemberId(str(named)))
    if found is None:
        raise NotFound("delegate-unknown", address=address)
    return found


def person_at(address: str, roster: Roster) -> Member | None:
    """Return who on *roster* has that *address*."""
    wanted = address.casefold()
    return next((one for one in roster if one.email is not None and one.email.casefold() == wanted), None)


def _is_invited(meeting: Meeting, address: str, roster: Roster) -> bool:
    person = person_at(address, roster)
    return person is not None and any(one.member == person.id for one in meeting.attendees)


def _name(member: MemberId, roster: Roster) -> str:
    person = roster.get(member)
    return "?" if person is None else person.name
