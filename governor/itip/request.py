"""How are people invited, and told what has changed? (RFC 5546 §3.2.2)"""

from icalendar import vCalAddress

from governor.itip.events import cal_address, calendar, guests, vevent
from governor.itip.invitation import Guest, Invitation


def request(invitation: Invitation) -> bytes:
    """Return the VCALENDAR with METHOD:REQUEST that shows every guest *invitation* as it stands.

    It is the same for all guests. Equal invitations give equal bytes.
    """
    event = vevent(invitation, map(_attendee, guests(invitation)))
    event.add("STATUS", str(invitation.status))
    return calendar(invitation, event, method="REQUEST")


def _attendee(guest: Guest) -> vCalAddress:
    """Return *guest* as an ATTENDEE who is asked for an answer.

    PARTSTAT is the guest's, whatever it is: which answers a message may tell is for whoever makes the invitation.
    """
    attendee = cal_address(guest.mailbox)
    attendee.params["CUTYPE"] = "INDIVIDUAL"
    attendee.params["ROLE"] = str(guest.role)
    attendee.params["PARTSTAT"] = str(guest.partstat)
    attendee.params["RSVP"] = "TRUE"
    return attendee
