"""How does a meeting read as an event of Google Calendar, and what is to be done that one reads so?"""

from base64 import b32hexencode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

from governor.domain.meetings import Status
from governor.itip.events import guests as invitable
from governor.itip.invitation import Invitation
from governor.itip.texts import line, lines
from governor.wording.catalogue import LANGUAGES, say
from governor.wording.phrase import phrase

Resource = dict[str, Any]
"""A resource of Google's API, as JSON."""

UID, REVISION, SEQUENCE, DIGEST = "governorUid", "governorRevision", "governorSequence", "governorDigest"
"""The private properties by which an event of ours is known, and which revision it shows. Recorded names."""

CANCELLED: Final = "cancelled"
"""The status of an event that was deleted."""

_MEET = ("google meet", "googlemeet", "gmeet")


def event_id(invitation: Invitation) -> str:
    """Return the id of the event (base32hex, 52 characters): a hash of organisation and UID, the same for ever."""
    digest = sha256(f"{invitation.organization}\0{invitation.uid}".encode()).digest()
    return b32hexencode(digest).decode("ascii").rstrip("=").lower()


def ical_uid(invitation: Invitation) -> str:
    """Return the iCalendar UID that Google gives an event whose id was chosen."""
    return f"{event_id(invitation)}@google.com"


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
    is_invited = recipient in _addresses(invitation)
    if found is None:
        return Insert(body=body(invitation)) if is_invited and invitation.status is Status.CONFIRMED else None
    shown = revision(found)
    if shown > invitation.revision:
        return None
    if invitation.status is Status.CANCELLED:
        return None if found["status"] == CANCELLED else Delete(etag=found["etag"])
    attendees = _attendees(found, invitation, without=() if is_invited else (recipient,))
    if shown < invitation.revision:
        return _rewritten(found, invitation, attendees)
    if found["status"] == CANCELLED or emails(attendees) == emails(found.get("attendees", ())):
        return None
    return Patch(body={"attendees": attendees}, etag=found["etag"], updates="all")


def to_withdraw(found: Resource | None, recipient: str) -> Step | None:
    """Return what takes *recipient* off the event that was *found* without telling them."""
    if found is None or found["status"] == CANCELLED or recipient not in emails(found.get("attendees", ())):
        return None
    left = [one for one in found["attendees"] if _email(one) != recipient]
    return Patch(body={"attendees": left}, etag=found["etag"], updates="none")


def to_restore(found: Resource | None, invitation: Invitation) -> Step | None:
    """Return what makes the event that was *found* what *invitation* says, whatever people made of it."""
    if found is None:
        return Insert(body=body(invitation)) if invitation.status is Status.CONFIRMED else None
    if invitation.status is Status.CANCELLED:
        return None if found["status"] == CANCELLED else Delete(etag=found["etag"])
    wanted = _addresses(invitation)
    others = [one for one in emails(found.get("attendees", ())) if one not in wanted]
    return _rewritten(found, invitation, _attendees(found, invitation, without=others))


def body(invitation: Invitation) -> Resource:
    """Return the whole event that shows *invitation* to all its guests."""
    shown = _shown(invitation)
    return {
        "id": event_id(invitation),
        **shown,
        "attendees": [_attendee(address, name) for address, name in _addresses(invitation).items()],
        "guestsCanModify": False,
        "guestsCanInviteOthers": False,
        "extendedProperties": {"private": _properties(invitation, shown)},
        **_conference(invitation),
    }


def revision(found: Resource) -> int:
    """Return which revision the event that was *found* shows; -1: it is not one of ours."""
    return int(properties(found).get(REVISION, -1))


def properties(found: Resource) -> dict[str, str]:
    """Return the private properties of the event that was *found*."""
    private: dict[str, str] = found.get("extendedProperties", {}).get("private", {})
    return private


def emails(attendees: Sequence[Resource]) -> set[str]:
    """Return the addresses of *attendees*, in lower case."""
    return {_email(one) for one in attendees}


def digest(found: Resource) -> str:
    """Return what tells whether an event was edited: equal for equal title, time, place and status."""
    facts = (
        line(found.get("summary") or ""),
        *(instant(found.get(name) or {}).isoformat() for name in ("start", "end")),
        line(found.get("location") or ""),
        found.get("status", "confirmed"),
    )
    return sha256("\0".join(facts).encode()).hexdigest()[:32]


def instant(moment: Resource) -> datetime:
    """Return the instant (UTC) that ``start`` or ``end`` of an event names; a whole day begins at midnight UTC."""
    found = datetime.fromisoformat(moment.get("dateTime") or moment.get("date") or "1970-01-01")
    return (found if found.tzinfo is not None else found.replace(tzinfo=UTC)).astimezone(UTC)


def _rewritten(found: Resource, invitation: Invitation, attendees: list[Resource]) -> Patch:
    """Return what makes the event that was *found* the revision of *invitation*; guests hear of what they can see."""
    shown = _shown(invitation)
    is_same_time = all(instant(found.get(name) or {}) == instant(shown[name]) for name in ("start", "end"))
    if not is_same_time:  # an answer to Thursday says nothing about Friday
        attendees = [one | {"responseStatus": "needsAction"} for one in attendees]
    is_seen = digest(found) != digest(shown) or (found.get("description") or "") != shown["description"]
    is_heard = is_seen or emails(attendees) != emails(found.get("attendees", ()))
    has_link = "conferenceData" in found or "hangoutLink" in found
    content = {
        **shown,
        "attendees": attendees,
        "extendedProperties": {"private": _properties(invitation, shown)},
        **({} if has_link else _conference(invitation)),
    }
    if int(found.get("sequence", 0)) < invitation.sequence:
        content["sequence"] = invitation.sequence
    return Patch(body=content, etag=found["etag"], updates="all" if is_heard else "none")


def _shown(invitation: Invitation) -> Resource:
    """Return what people see of *invitation*."""
    start = invitation.dtstart.replace(microsecond=0)
    end = (start.astimezone(UTC) + invitation.duration).astimezone(start.tzinfo)
    return {
        "summary": line(invitation.summary),
        "location": line(invitation.location or ""),
        "description": _description(invitation),
        "start": {"dateTime": start.isoformat(), "timeZone": invitation.zone},
        "end": {"dateTime": end.isoformat(), "timeZone": invitation.zone},
        "status": "confirmed",
    }


def _description(invitation: Invitation) -> str:
    language = next((guest.language for guest in invitation.guests), LANGUAGES[0])
    facts = (("mail-label-chair", line(invitation.chair)), ("mail-label-organization", line(invitation.organization)))
    told = "\n".join(f"{say(phrase(label), language)}: {value}" for label, value in facts)
    return f"{lines(invitation.agenda)}\n\n{told}" if invitation.agenda else told


def _properties(invitation: Invitation, shown: Resource) -> dict[str, str]:
    return {
        UID: invitation.uid,
        REVISION: str(invitation.revision),
        SEQUENCE: str(invitation.sequence),
        DIGEST: digest(shown),
    }


def _conference(invitation: Invitation) -> Resource:
    """Return the wish for a link to Google Meet where the meeting is to be held there; wished again it is the same."""
    place = (invitation.location or "").casefold()
    if not any(name in place for name in _MEET) or "://" in place:
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
