"""How is an attendee told that what they proposed is not taken up? (RFC 5546 §3.2.8)"""

from dataclasses import replace

from governor.itip.answer import Answer
from governor.itip.events import cal_address, calendar, vevent
from governor.itip.invitation import Guest, Invitation


def decline_counter(invitation: Invitation, guest: Guest, answer: Answer) -> bytes:
    """Return the VCALENDAR with METHOD:DECLINECOUNTER that tells *guest* that *invitation* stands as it is.

    Its SEQUENCE is that of *answer*, which it declines, and its DTSTAMP too: equal arguments give equal bytes.
    """
    declined = replace(invitation, sequence=answer.sequence, dtstamp=answer.dtstamp)
    event = vevent(declined, [cal_address(guest.mailbox)])
    return calendar(declined, event, method="DECLINECOUNTER")
