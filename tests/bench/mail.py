"""How long does it take to write and to send an invitation?"""

import asyncio
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from time import perf_counter, sleep
from zoneinfo import ZoneInfo

import aiosmtplib
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vRecur

from governor.itip.invitation import Invitation
from governor.itip.request import request
from integrations.mail.calendar import MailCalendar
from integrations.mail.composition import compose
from integrations.mail.settings import Security
from integrations.mail.smtp import Server, Smtp
from tests.bench import generator
from tests.bench.figure import Figure, beside, timing
from tests.itip.invitations import NOTICE, ORGANIZER, at, guest

PARTY = replace(
    at("Europe/Paris", 2027, 7, 1, 9, 30),
    guests=tuple(guest(f"Anggota {number}", f"anggota{number}@example.org") for number in range(20)),
)
SENDER = PARTY.organizer.address


def figures(quick: bool) -> Iterator[Figure]:
    """Yield what building and sending take, each beside the plainest way to do the same."""
    rounds = 40 if quick else 300
    value, reference = beside(lambda: request(PARTY), by_hand, rounds)
    yield timing("REQUEST for 20 attendees (icalendar by hand beside)", value, reference, at_least=1 / 1.2)
    reason = generator.missing()
    if reason is None:
        value, reference = generator.beside(lambda: request(PARTY), PARTY, rounds // 20)
        yield timing("REQUEST for 20 attendees (npm ical-generator beside)", value, reference, at_least=1)
    else:
        print(f"not measured beside npm ical-generator: {reason}")
    calendar, turn = request(PARTY), iter(range(10**9))
    value, reference = beside(
        lambda: compose(replace(PARTY, revision=next(turn)), PARTY.guests[0]),
        lambda: plainest(calendar, text="x" * 600),
        rounds,
    )
    yield timing("one message, nothing known before (EmailMessage of equal size beside)", value, reference)
    value, reference = beside(
        lambda: [compose(PARTY, each) for each in PARTY.guests],
        lambda: [plainest(calendar, text="x" * 600) for _ in PARTY.guests],
        rounds // 10,
    )
    yield timing("one of the messages to 20 guests (EmailMessage beside)", value / 20, reference / 20)
    yield from _sending(200 if quick else 1_000)


def by_hand() -> bytes:
    """Return the same request as a person who trusts every text would write it, who made the zone once and for all."""
    calendar = Calendar()
    for name, value in {"PRODID": "-//x//y//", "VERSION": "2.0", "CALSCALE": "GREGORIAN", "METHOD": "REQUEST"}.items():
        calendar.add(name, value)
    calendar.add_component(PARIS)
    event, paris = Event(), ZoneInfo("Europe/Paris")
    start = datetime(2027, 7, 1, 9, 30, tzinfo=paris)
    event.add("UID", PARTY.uid)
    event.add("SEQUENCE", 0)
    event.add("DTSTAMP", PARTY.dtstamp)
    event.add("DTSTART", start)
    event.add("DTEND", start + timedelta(minutes=90))
    event.add("SUMMARY", PARTY.summary)
    event.add("LOCATION", PARTY.location)
    event.add("DESCRIPTION", PARTY.agenda)
    event.add("STATUS", "CONFIRMED")
    event.add("ORGANIZER", vCalAddress(f"mailto:{SENDER}"), parameters={"CN": PARTY.chair})
    for each in PARTY.guests:
        attendee = vCalAddress(f"mailto:{each.mailbox.address}")
        attendee.params["CN"] = each.mailbox.name
        attendee.params["CUTYPE"] = "INDIVIDUAL"
        attendee.params["ROLE"] = "REQ-PARTICIPANT"
        attendee.params["PARTSTAT"] = "NEEDS-ACTION"
        attendee.params["RSVP"] = "TRUE"
        event.add("ATTENDEE", attendee)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _paris() -> Timezone:
    timezone = Timezone()
    timezone.add("TZID", "Europe/Paris")
    summer, winter = timedelta(hours=2), timedelta(hours=1)
    for kind, month, before, after, name in (
        (TimezoneDaylight, 3, winter, summer, "CEST"),
        (TimezoneStandard, 10, summer, winter, "CET"),
    ):
        observance = kind()
        observance.add("DTSTART", datetime(2026, month, 29 if month == 3 else 25, 2 if month == 3 else 3))  # noqa: DTZ001
        observance.add("TZOFFSETFROM", before)
        observance.add("TZOFFSETTO", after)
        observance.add("TZNAME", name)
        observance.add("RRULE", vRecur({"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"}))
        timezone.add_component(observance)
    return timezone


PARIS = _paris()


def plainest(calendar: bytes, *, text: str) -> bytes:
    """Return a message of the same four parts with ready-made contents."""
    message = EmailMessage(SMTP.clone(cte_type="7bit"))
    message["From"], message["To"], message["Subject"] = SENDER, "anggota0@example.org", "Undangan: Rapat pengurus"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(text * 2, subtype="html", cte="quoted-printable")
    message.add_alternative(calendar, maintype="text", subtype="calendar", cte="base64", params={"method": "REQUEST"})
    message.add_attachment(calendar, maintype="application", subtype="ics", filename="invite.ics")
    return message.as_bytes()


def _sending(count: int) -> Iterator[Figure]:
    """Yield how many invitations a second reach a server in a process of its own, beside a bare aiosmtplib loop."""
    invitations = [replace(PARTY, uid=f"{number}@karangtaruna.example") for number in range(count // 20)]
    with sink() as server:
        ours, bare = asyncio.run(_in_turns(server, invitations))
    value, reference = count / ours, count / bare
    yield Figure(
        name=f"{count} invitations composed and sent over one connection (bare aiosmtplib beside)",
        value=value,
        unit="per s",
        reference=reference,
        ratio=value / reference,
        at_least=0.6,
    )


async def _in_turns(server: Server, invitations: list[Invitation]) -> tuple[float, float]:
    """Return the seconds that Governor and a bare loop take for the guests of *invitations*, one by one."""
    mail, ours, bare = Smtp(server), 0.0, 0.0
    calendar, message = MailCalendar(mail, ORGANIZER, NOTICE), compose(PARTY, PARTY.guests[0])
    await calendar.publish(PARTY, PARTY.guests[0])
    async with aiosmtplib.SMTP(hostname=server.host, port=server.port, start_tls=False) as client:
        for invitation in invitations:
            start = perf_counter()
            for each in invitation.guests:
                await calendar.publish(invitation, each)
            middle = perf_counter()
            for each in invitation.guests:
                await client.sendmail(SENDER, [each.mailbox.address], message)
            ours, bare = ours + middle - start, bare + perf_counter() - middle
    await mail.close()
    return ours, bare


@contextmanager
def sink() -> Iterator[Server]:
    """Start an SMTP server that takes everything and keeps nothing, in a process of its own; end it afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "aiosmtpd", "-n", "-c", "aiosmtpd.handlers.Sink", "-l", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            _await(port)
            yield Server(host="127.0.0.1", port=port, security=Security.NONE)
        finally:
            process.terminate()


def _await(port: int) -> None:
    """Return when something listens on *port*.

    Raises:
        TimeoutError: nothing did within 10 s.
    """
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.05)
    raise TimeoutError(port)
