"""How are people told that a meeting is off, for all or for them? (RFC 5546 §3.2.5)"""

from icalendar import vCalAddress

from governor.domain.meetings import Status
from governor.itip.events import cal_address, calendar, guests, vevent
from governor.itip.invitation import Guest, Invitation


def cancel(invitation: Invitation) -> bytes:
    """Return the VCALENDAR with METHOD:CANCEL that takes *invitation* out of the calendars of all its guests.

    ``invitation.sequence`` is above that of every earlier message. Equal invitations give equal bytes.
    """
    event = vevent(invitation, map(_attendee, guests(invitation)))
    event.add("STATUS", str(Status.CANCELLED))
    return calendar(invitation, event, method="CANCEL")


def uninvite(invitation: Invitation, guest: Guest) -> bytes:
    """Return the VCALENDAR with METHOD:CANCEL that takes *invitation* out of the calendar of *guest* alone.

    The meeting stands for the others, hence no STATUS (RFC 5546 §3.2.5).
    """
    return calendar(invitation, vevent(invitation, [_attendee(guest)]), method="CANCEL")


def _attendee(guest: Guest) -> vCalAddress:
    """Return *guest* as an ATTENDEE of whom nothing is asked."""
    attendee = cal_address(guest.mailbox)
    attendee.params["CUTYPE"] = "INDIVIDUAL"
    attendee.params["ROLE"] = str(guest.role)
    return attendee
