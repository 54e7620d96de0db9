"""What does one attendee's calendar have to show?"""

import hmac
from collections.abc import Collection, Iterable
from dataclasses import replace

from governor.domain.meetings import Attendee, Meeting, PartStat, Status
from governor.domain.members import MemberId
from governor.domain.recurrence import Recurrence
from governor.errors import NotFound, Refused
from governor.itip.invitation import Guest, Invitation, Mailbox
from governor.services.languages import spoken_to
from governor.store import meetings
from governor.store.database import Connection
from governor.store.members import Roster
from governor.store.organisations import Organisation, organisation_of
from governor.store.unit_of_work import Record
from governor.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """One revision of a meeting, and the guest it is for."""

    invitation: Invitation
    guest: Guest


def addressed(
    record: Record,
    connection: Connection,
    number: str,
    member: MemberId,
    organizer: Mailbox,
    *,
    only: Collection[MemberId] | None = None,
) -> Addressed:
    """Return the meeting *number* as it stands, addressed to *member*, who is not among its guests when removed.

    Its guests are all those invited, or *only* these of them.

    Raises:
        NotFound: there is no such meeting, or the member never was invited to it.
        Refused: the member has no e-mail address.
    """
    meeting, organisation = meetings.find(connection, number), organisation_of(connection)
    if meeting is None or organisation is None:
        raise NotFound("meeting-unknown", number=number)
    everyone = (*meeting.attendees, *meeting.removed)
    roster = record.roster(connection, {one.member for one in everyone} | {meeting.called_by})
    guests = _delegated(everyone, {one.member: _guest(one, roster, organisation) for one in everyone})
    if member not in guests:
        raise NotFound("not-invited", meeting=meeting.summary)
    guest = guests[member]
    if guest is None:
        raise Refused("email-missing", number=number)
    shown = everyone if meeting.status is Status.CANCELLED else meeting.attendees
    invitation = replace(
        invitation_of(meeting, organisation, organizer),
        chair=chair_of(meeting, roster),
        is_series_cancelled=_is_series_cancelled(meeting, connection),
        guests=tuple(
            found for one in shown if _is_among(one.member, only) and (found := guests[one.member]) is not None
        ),
    )
    # Under the member's own key: what an effect keeps of the message says nobody's name, even to who knows them all.
    token = hmac.digest(record.keys.get(member), f"governor/mail/v1\0{meeting.uid}".encode(), "sha256").hex()[:24]
    return Addressed(invitation=invitation, guest=replace(guest, token=token))


def _is_series_cancelled(meeting: Meeting, connection: Connection) -> bool:
    series = None if meeting.series is None else meetings.find(connection, meeting.series)
    return series is not None and series.status is Status.CANCELLED


def _delegated(people: Iterable[Attendee], guests: dict[MemberId, Guest | None]) -> dict[MemberId, Guest | None]:
    """Return *guests* with who of them comes in whose place."""
    for one in people:
        sender, sent = guests[one.member], None if one.delegate is None else guests.get(one.delegate)
        if one.delegate is not None and one.partstat is PartStat.DELEGATED and sender is not None and sent is not None:
            instead = (*sent.delegated_from, sender.mailbox.address)
            guests[one.delegate] = replace(sent, delegated_from=instead)
            guests[one.member] = replace(sender, delegated_to=sent.mailbox.address)
    return guests


def recipients(meeting: Meeting, removed: Collection[MemberId] = ()) -> tuple[MemberId, ...]:
    """Return who is sent *meeting* as it stands, when its newest revision has *removed* these people.

    They are told once that they are not expected; of a cancellation everyone ever invited is told.
    """
    gone = (one.member for one in meeting.removed)
    told = gone if meeting.status is Status.CANCELLED else (member for member in gone if member in removed)
    return (*(one.member for one in meeting.attendees), *told)


def _guest(attendee: Attendee, roster: Roster, organisation: Organisation) -> Guest | None:
    person = roster.get(attendee.member)
    if person is None or person.email is None:
        return None
    mailbox = Mailbox(name=person.name, address=person.email)
    # Always asked, and never told what others answered: a revision is the same for everyone whenever it is rendered,
    # though somebody answers between two copies, and the record keeps the answers as they are, not as they then were.
    # Calendars therefore ask again at every change; an answer counts for the record until the time changes.
    return Guest(
        mailbox=mailbox,
        role=attendee.role,
        partstat=PartStat.NEEDS_ACTION,
        language=spoken_to(person, organisation),
        since=attendee.since,
    )


def chair_of(meeting: Meeting, roster: Roster) -> str:
    """Return the name of who chairs *meeting*."""
    person = roster.get(meeting.called_by)
    return "?" if person is None else person.name


def invitation_of(meeting: Meeting, organisation: Organisation, organizer: Mailbox) -> Invitation:
    """Return *meeting* as it stands, without anybody's name: neither chair nor guests."""
    return Invitation(
        uid=meeting.uid,
        sequence=meeting.sequence,
        revision=meeting.revision,
        dtstamp=meeting.dtstamp,
        status=meeting.status,
        summary=meeting.summary,
        dtstart=meeting.dtstart,
        zone=meeting.zone,
        duration=meeting.duration,
        location=meeting.location,
        agenda=meeting.agenda,
        organization=organisation.name,
        language=organisation.language,
        organizer=organizer,
        chair="",
        guests=(),
        conference=meeting.conference,
        is_all_day=meeting.is_all_day,
        is_open_ended=meeting.is_open_ended,
        is_closed=meeting.is_closed,
        recurrence=_recurrence(meeting),
        recurrence_id=meeting.recurrence_id,
        series_zone=meeting.series_zone,
        continues=meeting.continues_uid,
    )


def _recurrence(meeting: Meeting) -> Recurrence | None:
    """Return how *meeting* repeats, without the occurrences that were cancelled before this revision."""
    if meeting.recurrence is None:
        return None
    off = {moment.astimezone(meeting.dtstart.tzinfo) for moment in meeting.off}
    return replace(meeting.recurrence, exdates=tuple(sorted(off.union(meeting.recurrence.exdates))))


def _is_among(member: MemberId, only: Collection[MemberId] | None) -> bool:
    return only is None or member in only
