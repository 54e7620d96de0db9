"""How are people invited, and told what has changed? (RFC 5546 §3.2.2)"""

from datetime import timedelta

from icalendar import Alarm, vCalAddress, vUnknown

from governor.domain.meetings import PartStat
from governor.itip.events import cal_address, calendar, guests, uri, vevent
from governor.itip.invitation import Guest, Invitation
from governor.itip.texts import escaped, line


def request(invitation: Invitation) -> bytes:
    """Return the VCALENDAR with METHOD:REQUEST that shows every guest *invitation* as it stands.

    It is the same for all guests. Equal invitations give equal bytes.
    """
    event = vevent(invitation, map(_attendee, guests(invitation)))
    event.add("STATUS", str(invitation.status))
    for before in invitation.alarms:
        event.add_component(_alarm(before, invitation))
    return calendar(invitation, event, method="REQUEST")


def _uris(addresses: str | tuple[str, ...]) -> list[str]:
    """Return the URIs of one or several *addresses*."""
    found = (addresses,) if isinstance(addresses, str) else addresses
    return [uri(each) for each in found]


def _alarm(before: timedelta, invitation: Invitation) -> Alarm:
    """Return what has the guest's own program show the title so long *before* the start (RFC 5545 §3.6.6)."""
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm["DESCRIPTION"] = vUnknown(escaped(line(invitation.summary)))
    alarm.add("TRIGGER", -before)
    return alarm


def _attendee(guest: Guest) -> vCalAddress:
    """Return *guest* as an ATTENDEE who is asked for an answer.

    PARTSTAT is the guest's, whatever it is: which answers a message may tell is for whoever makes the invitation.
    """
    attendee = cal_address(guest.mailbox)
    attendee.params["CUTYPE"] = "INDIVIDUAL"
    attendee.params["ROLE"] = str(guest.role)
    attendee.params["PARTSTAT"] = str(guest.partstat if guest.delegated_to is None else PartStat.DELEGATED)
    attendee.params["RSVP"] = "TRUE" if guest.delegated_to is None else "FALSE"
    for name, addresses in (("TO", guest.delegated_to), ("FROM", guest.delegated_from)):
        if addresses:
            attendee.params[f"DELEGATED-{name}"] = _uris(addresses)
    return attendee
