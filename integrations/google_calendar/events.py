"""How does a meeting read as an event of Google Calendar, and what is to be done that one reads so?"""

from base64 import b32hexencode
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final
from zoneinfo import ZoneInfo

from governor.domain.meetings import Status
from governor.errors import Unavailable
from governor.itip.events import guests as invitable
from governor.itip.events import instants, vevent
from governor.itip.invitation import Invitation
from governor.itip.texts import line, lines
from governor.values import dataclass
from governor.wording.catalogue import say
from governor.wording.phrase import phrase
from integrations.google_calendar.traces import Resource, digest, guests_trace, instant, traces

EVENT, UID, REVISION, SEQUENCE = (f"governor{name}" for name in ("Event", "Uid", "Revision", "Sequence"))
"""The private properties by which an event of ours is known, and which revision it shows. Recorded names.

An occurrence that nobody wrote has those of its series: whose they are is told by the id of the event among them.
"""

CANCELLED: Final = "cancelled"
"""The status of an event that was deleted."""

_LINK = "https://meet.google.com/"
_MEET = ("google meet", "googlemeet", "gmeet")


def event_id(invitation: Invitation) -> str:
    """Return the id of the event (base32hex, 52 characters): a hash of organisation and UID, the same for ever.

    An occurrence of a series has that of the series, followed by when it would begin by the rule, as Google has it.
    """
    whole, moment = _series_id(invitation), invitation.recurrence_id
    if moment is None:
        return whole
    if invitation.is_all_day:
        return f"{whole}_{moment.astimezone(ZoneInfo(invitation.zone)):%Y%m%d}"
    return f"{whole}_{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def ical_uid(invitation: Invitation) -> str:
    """Return the iCalendar UID that Google gives an event whose id was chosen, and all its occurrences."""
    return f"{_series_id(invitation)}@google.com"


def _series_id(invitation: Invitation) -> str:
    digest = sha256(f"{invitation.organization}\0{invitation.uid}".encode()).digest()
    return b32hexencode(digest).decode("ascii").rstrip("=").lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Insert:
    """Create the event from ``body``, and tell the guests."""

    body: Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """Change the event, whose ``etag`` it still has; ``updates`` says who is told (``all`` or ``none``)."""

    body: Resource
    etag: str
    updates: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delete:
    """Delete the event, whose ``etag`` it still has, and tell the guests."""

    etag: str


Step = Insert | Patch | Delete


def to_publish(found: Resource | None, invitation: Invitation, recipient: str) -> Step | None:
    """Return what makes the event that was *found* show *recipient* the *invitation*; ``None``: it does already.

    An event that shows a later revision stays as it is. So does, at the same revision, what a person has edited: that
    is for the secretary to see. Whoever was taken off the list stays on it until their own turn, and is told then.
    """
    if found is None:
        return _created(invitation, recipient)
    shown = revision(found)
    if shown > invitation.revision:
        return None
    if invitation.status is Status.CANCELLED:
        return None if found["status"] == CANCELLED else Delete(etag=found["etag"])
    attendees = _attendees(found, invitation, without=_leaving(found, invitation, recipient))
    if shown < invitation.revision:
        return _rewritten(found, invitation, attendees)
    if found["status"] == CANCELLED or emails(attendees) == emails(found.get("attendees", ())):
        return None
    return Patch(body=_with_guests(found, attendees), etag=found["etag"], updates="all")


def _leaving(found: Resource, invitation: Invitation, recipient: str) -> Sequence[str]:
    """Return who is taken off the event that was *found* in the turn of *recipient*.

    An occurrence that nobody wrote has the guests of its series, of whom those it does not invite have no turn at all.
    """
    leaving = emails(found.get("attendees", ())) - _addresses(invitation).keys()
    return sorted(leaving & {recipient} if is_written(found) else leaving)


def to_withdraw(found: Resource | None, recipient: str) -> Step | None:
    """Return what takes *recipient* off the event that was *found* without telling them."""
    if found is None or found["status"] == CANCELLED or recipient not in emails(found.get("attendees", ())):
        return None
    left = [one for one in found["attendees"] if _email(one) != recipient]
    return Patch(body=_with_guests(found, left), etag=found["etag"], updates="none")


def to_restore(found: Resource | None, invitation: Invitation) -> Step | None:
    """Return what makes the event that was *found* what *invitation* says, whatever people made of it."""
    if found is None:
        return _created(invitation)
    if invitation.status is Status.CANCELLED:
        return None if found["status"] == CANCELLED else Delete(etag=found["etag"])
    wanted = _addresses(invitation)
    others = [one for one in emails(found.get("attendees", ())) if one not in wanted]
    return _rewritten(found, invitation, _attendees(found, invitation, without=others), is_restored=True)


def _created(invitation: Invitation, recipient: str | None = None) -> Insert | None:
    """Return what creates the event of *invitation*, where there is anything to show (to *recipient*).

    Raises:
        Unavailable: it is an occurrence, and its series is not there yet (``google-series-first``), which would show
            what is cancelled or not for *recipient* too.
    """
    if invitation.recurrence_id is not None:
        if invitation.is_series_cancelled:
            return None
        raise Unavailable("google-series-first")
    is_shown = invitation.status is not Status.CANCELLED and recipient in (None, *_addresses(invitation))
    return Insert(body=body(invitation)) if is_shown else None


def body(invitation: Invitation) -> Resource:
    """Return the whole event that shows *invitation* to all its guests."""
    attendees = [_attendee(address, name) for address, name in _addresses(invitation).items()]
    shown = {**_shown(invitation), "attendees": attendees}
    return {
        "id": event_id(invitation),
        **shown,
        "guestsCanModify": False,
        "guestsCanInviteOthers": False,
        "extendedProperties": {"private": _properties(invitation, shown)},
        **_conference(invitation),
    }


def revision(found: Resource) -> int:
    """Return which revision the event that was *found* shows; -1: it is none that we wrote."""
    return int(properties(found)[REVISION]) if is_written(found) else -1


def properties(found: Resource) -> dict[str, str]:
    """Return the private properties of the event that was *found*."""
    private: dict[str, str] = found.get("extendedProperties", {}).get("private", {})
    return private


def is_written(found: Resource) -> bool:
    """Return whether the event that was *found* was written by us, and not only the series that it is of."""
    return properties(found).get(EVENT) == found.get("id")


def is_split_off(found: Resource, event: str) -> bool:
    """Return whether what was *found* is what Google makes of the rest of the series *event* from a day on."""
    is_named_so = str(found["id"]).startswith(f"{event}_R") and "recurringEventId" not in found
    return is_named_so and found["status"] != CANCELLED


def emails(attendees: Sequence[Resource]) -> set[str]:
    """Return the addresses of *attendees*, in lower case."""
    return {_email(one) for one in attendees}


def _with_guests(found: Resource, attendees: list[Resource]) -> Resource:
    """Return the change of the event that was *found* to these *attendees* and to nothing else."""
    private = properties(found)
    kept = private | guests_trace(found, private, attendees)
    return {"attendees": attendees, "extendedProperties": {"private": kept}}


def _rewritten(
    found: Resource, invitation: Invitation, attendees: list[Resource], *, is_restored: bool = False
) -> Patch:
    """Return what makes the event that was *found* the revision of *invitation*; guests hear of what they can see."""
    before = None if is_restored else found
    shown = _shown(invitation)
    is_same_time = all(instant(found.get(name) or {}) == instant(shown[name]) for name in ("start", "end"))
    if not is_same_time:  # an answer to Thursday says nothing about Friday
        attendees = [one | {"responseStatus": "needsAction"} for one in attendees]
    is_seen = digest(found) != digest(shown) or (found.get("description") or "") != shown["description"]
    is_heard = is_seen or emails(attendees) != emails(found.get("attendees", ()))
    has_link = "conferenceData" in found or "hangoutLink" in found
    kept = _properties(invitation, shown) | guests_trace(before, properties(found), attendees)
    content = {
        **shown,
        "attendees": attendees,
        "extendedProperties": {"private": kept},
        **({} if has_link else _conference(invitation)),
    }
    if int(found.get("sequence", 0)) < invitation.sequence:
        content["sequence"] = invitation.sequence
    return Patch(body=content, etag=found["etag"], updates="all" if is_heard else "none")


def _shown(invitation: Invitation) -> Resource:
    """Return what people see of *invitation*."""
    start, end = (_moment(moment, invitation) for moment in instants(invitation))
    return {
        "summary": line(invitation.summary),
        "location": line((invitation.location if is_held_here(invitation) else invitation.where) or ""),
        "description": _description(invitation),
        "start": start,
        "end": end,
        "status": "confirmed",
        "visibility": "private" if invitation.is_closed else "default",
        **_recurrence(invitation),
        **_reminders(invitation),
    }


def _moment(moment: datetime, invitation: Invitation) -> Resource:
    local = moment.astimezone(ZoneInfo(invitation.zone))
    if invitation.is_all_day:
        return {"date": local.date().isoformat()}
    return {"dateTime": local.isoformat(timespec="seconds"), "timeZone": invitation.zone}


def _recurrence(invitation: Invitation) -> Resource:
    """Return how a series repeats, in the lines of RFC 5545 that Google takes as they are."""
    if invitation.recurrence is None:
        return {}
    lines_of = vevent(invitation, ()).to_ical().decode("utf-8").replace("\r\n ", "").splitlines()
    return {"recurrence": [each for each in lines_of if each.startswith(("RRULE", "EXDATE", "RDATE"))]}


def _reminders(invitation: Invitation) -> Resource:
    """Return when the account is reminded; Google reminds each guest as that guest has chosen for themselves."""
    minutes = [before // timedelta(minutes=1) for before in invitation.alarms]
    overrides = [{"method": "popup", "minutes": each} for each in minutes]
    return {"reminders": {"useDefault": False, "overrides": overrides}} if overrides else {}


def _description(invitation: Invitation) -> str:
    facts = (("mail-label-chair", line(invitation.chair)), ("mail-label-organization", line(invitation.organization)))
    told = "\n".join(f"{say(phrase(label), invitation.language)}: {value}" for label, value in facts)
    return f"{lines(invitation.agenda)}\n\n{told}" if invitation.agenda else told


def _properties(invitation: Invitation, shown: Resource) -> dict[str, str]:
    return {
        EVENT: event_id(invitation),
        UID: invitation.uid,
        REVISION: str(invitation.revision),
        SEQUENCE: str(invitation.sequence),
        **traces(shown),
    }


def is_held_here(invitation: Invitation) -> bool:
    """Return whether the meeting is to be held in Google Meet, by a link that Google makes or made."""
    place, link = (invitation.location or "").casefold(), invitation.conference or _LINK
    return any(name in place for name in _MEET) and "://" not in place and link.startswith(_LINK)


def link_of(found: Resource) -> str | None:
    """Return the link that Google made for the event that was *found* as we asked; ``None``: none, or not yet."""
    made = found.get("conferenceData", {}).get("createRequest", {}).get("requestId") == found["id"]
    link = line(str(found.get("hangoutLink") or ""))
    return link if made and link.startswith(_LINK) else None


def _conference(invitation: Invitation) -> Resource:
    """Return the wish for a link to Google Meet where the meeting is to be held there; wished again it is the same."""
    if not is_held_here(invitation):
        return {}
    wish = {"requestId": event_id(invitation), "conferenceSolutionKey": {"type": "hangoutsMeet"}}
    return {"conferenceData": {"createRequest": wish}}


def _addresses(invitation: Invitation) -> dict[str, str]:
    """Return address (in lower case) → name of those whom the event is to invite."""
    return {guest.mailbox.address.casefold(): line(guest.mailbox.name) for guest in invitable(invitation)}


def _attendees(found: Resource, invitation: Invitation, *, without: Sequence[str]) -> list[Resource]:
    """Return those who are on the event that was *found*, with their answers, and whom *invitation* adds."""
    present = [one for one in found.get("attendees", ()) if _email(one) not in without]
    known = emails(present)
    new = [_attendee(each, name) for each, name in _addresses(invitation).items() if each not in known]
    return [*present, *new]


def _attendee(address: str, name: str) -> Resource:
    return {"email": address, "displayName": name, "responseStatus": "needsAction"}


def _email(attendee: Resource) -> str:
    return str(attendee.get("email", "")).casefold()
