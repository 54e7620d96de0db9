"""Which messages must every reader understand alike?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from itertools import islice
from types import MappingProxyType

from governor.domain.meetings import PartStat, Role, Status
from governor.domain.recurrence import Recurrence, starts, until
from governor.itip.answer import Answer
from governor.itip.cancel import cancel, uninvite
from governor.itip.decline import decline_counter
from governor.itip.invitation import Guest, Invitation, Mailbox
from governor.itip.publish import publish
from governor.itip.request import request
from tests.itip.invitations import ANNE, ARABIC, BOARD, BUDI, EMOJI, HOSTILE, JAPANESE, at, cancelled, guest

MOVED = replace(
    BOARD,
    sequence=1,
    revision=1,
    dtstamp=BOARD.dtstamp + timedelta(hours=1),
    dtstart=BOARD.dtstart + timedelta(days=1, hours=1),
)
WEEK = timedelta(weeks=1)
MANY = tuple(
    guest(f"Anggota {number}", f"anggota{number}@example.org", partstat=list(PartStat)[number % 4])
    for number in range(60)
)
SECRETARIAT = Mailbox(name="Sekretariat", address="sekretariat@karangtaruna.example")

MEETINGS: Mapping[str, Invitation] = MappingProxyType(
    {
        "jakarta": BOARD,
        "moved": MOVED,
        "cancelled": cancelled(MOVED),
        "new-york-summer": at("America/New_York", 2027, 7, 1, 9, 30),
        "new-york-winter": at("America/New_York", 2027, 12, 1, 9, 30),
        "new-york-cancelled": cancelled(at("America/New_York", 2027, 7, 1, 9, 30)),
        "new-york-twice": replace(at("America/New_York", 2026, 11, 1, 0, 45), duration=timedelta(hours=1)),
        "new-york-second-time": replace(at("America/New_York", 2026, 11, 1, 0, 45), duration=timedelta(hours=2)),
        "paris-summer": at("Europe/Paris", 2027, 7, 14, 18, 0),
        "paris-gap": at("Europe/Paris", 2027, 3, 28, 2, 30),
        "paris-across-spring": replace(at("Europe/Paris", 2027, 3, 28, 1, 0), duration=timedelta(hours=6)),
        "casablanca-ramadan": at("Africa/Casablanca", 2027, 2, 20, 10, 0),
        "casablanca-before": at("Africa/Casablanca", 2027, 1, 20, 10, 0),
        "casablanca-after": at("Africa/Casablanca", 2027, 5, 20, 10, 0),
        "dublin-summer": at("Europe/Dublin", 2027, 8, 2, 20, 0),
        "dublin-winter": at("Europe/Dublin", 2027, 1, 4, 20, 0),
        "kathmandu": at("Asia/Kathmandu", 2027, 1, 4, 7, 15),
        "lord-howe": at("Australia/Lord_Howe", 2027, 1, 4, 7, 15),
        "cairo-november-first": at("Africa/Cairo", 2030, 11, 1, 9, 0),
        "nuuk": at("America/Nuuk", 2027, 3, 28, 9, 0),
        "santiago": at("America/Santiago", 2027, 9, 5, 9, 0),
        "utc": at("UTC", 2027, 1, 4, 7, 15),
        "apia": at("Pacific/Apia", 2027, 1, 4, 7, 15),
        "arabic": replace(BOARD, summary=ARABIC, location=ARABIC, agenda=ARABIC, guests=(guest(ARABIC), ANNE)),
        "japanese": replace(BOARD, summary=JAPANESE, agenda=JAPANESE * 9, chair=JAPANESE, guests=(guest(JAPANESE),)),
        "emoji": replace(BOARD, summary=EMOJI, organization=EMOJI, guests=(guest(EMOJI),)),
        "long": replace(BOARD, summary="panjang " * 25, agenda="1. anggaran; 2. lain-lain, dll.\n" * 120),
        "hostile": replace(
            BOARD, summary=HOSTILE, location=HOSTILE, agenda=HOSTILE, chair=HOSTILE, guests=(guest(HOSTILE), BUDI)
        ),
        "punctuation": replace(BOARD, summary="a,b;c:d\"e'f=g", location=";;,,::", guests=(guest('x;y:z,"q"'),)),
        "nothing-said": replace(BOARD, location=None, agenda=None, guests=(BUDI,)),
        "sixty-guests": replace(BOARD, guests=MANY),
        "chair-only": replace(BOARD, guests=(replace(BUDI, role=Role.CHAIR, partstat=PartStat.DECLINED),)),
        "alarms": replace(BOARD, summary=EMOJI, alarms=(timedelta(days=1), timedelta(hours=1), timedelta(minutes=10))),
        "sent-by": replace(BOARD, organizer=SECRETARIAT, sent_by=BOARD.organizer, guests=(BUDI, ANNE)),
        "delegated": replace(
            BOARD,
            guests=(
                replace(BUDI, delegated_to="anne.oneill+meetings@example.com"),
                replace(ANNE, delegated_from=(BUDI.mailbox.address, "joko@example.org")),
            ),
        ),
        "three-days": replace(BOARD, duration=timedelta(days=3)),
        "one-minute": replace(BOARD, duration=timedelta(minutes=1)),
    }
)


THURSDAY = BOARD.dtstart


def series(rrule: str, first: Invitation = BOARD, /, **changes: object) -> Invitation:
    """Return *first* as the beginning of a series by *rrule*, with ``exdates`` and ``rdates`` among the *changes*."""
    dates = {name: changes.pop(name) for name in ("exdates", "rdates") if name in changes}
    return replace(first, recurrence=Recurrence(rrule=rrule, **dates), **changes)  # type: ignore[arg-type]


def days(year: int, month: int, day: int, count: int = 1) -> Invitation:
    """Return the board's meeting as *count* whole days."""
    return replace(at("Asia/Jakarta", year, month, day), duration=timedelta(days=count), is_all_day=True)


def apart(whole: Invitation, number: int, **changes: object) -> Invitation:
    """Return the *number*-th occurrence of the series *whole*, counted from 0, with *changes* of its own."""
    assert whole.recurrence is not None
    start = next(islice(starts(whole.recurrence, whole.dtstart), number, None))
    one = {"sequence": whole.sequence + 1, "dtstart": start, "recurrence_id": start.astimezone(UTC), "recurrence": None}
    one["series_zone"] = whole.zone
    return replace(whole, **(one | changes))  # type: ignore[arg-type]


def later(invitation: Invitation, **by: float) -> Invitation:
    return replace(invitation, dtstart=invitation.dtstart + timedelta(**by))


WEEKLY = series("FREQ=WEEKLY;BYDAY=TH")
PARIS = series("FREQ=WEEKLY", at("Europe/Paris", 2027, 2, 4, 18, 0))
NEW_YORK = series("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", at("America/New_York", 2027, 3, 1, 20, 30))
RETREAT = series("FREQ=MONTHLY;BYDAY=2SA", days(2026, 12, 12, 2))
ENDED = replace(
    WEEKLY, sequence=2, recurrence=until(Recurrence(rrule="FREQ=WEEKLY;BYDAY=TH;COUNT=30"), THURSDAY + 4 * WEEK)
)

SERIES: Mapping[str, Invitation] = MappingProxyType(
    {
        "weekly": WEEKLY,
        "weekly-cancelled": cancelled(WEEKLY),
        "twice-a-week": series("FREQ=WEEKLY;BYDAY=MO,TH;COUNT=20"),
        "paris-weekly": PARIS,
        "paris-until": series("FREQ=WEEKLY;UNTIL=20271028T160000Z", PARIS),
        "new-york-fortnight": NEW_YORK,
        "monthly-first-thursday": series("FREQ=MONTHLY;BYDAY=1TH"),
        "paris-last-friday": series("FREQ=MONTHLY;BYDAY=-1FR", at("Europe/Paris", 2027, 2, 26, 12, 0)),
        "monthly-31st": series("FREQ=MONTHLY;BYMONTHDAY=31", at("Asia/Jakarta", 2027, 1, 31, 9, 0)),
        "monthly-last-day": series("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=18", at("Asia/Makassar", 2027, 1, 31, 9, 0)),
        "last-working-day": series(
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", at("Asia/Jayapura", 2026, 12, 31, 16, 0)
        ),
        "every-other-month": series("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=3"),
        "yearly": series("FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=17", at("Asia/Jakarta", 2027, 8, 17, 7, 0)),
        "daily-ten": series("FREQ=DAILY;COUNT=10", at("America/New_York", 2027, 3, 10, 9, 0)),
        "new-york-nightly-in-the-gap": series("FREQ=DAILY;COUNT=5", at("America/New_York", 2027, 3, 12, 2, 30)),
        "new-york-nightly-twice": series("FREQ=DAILY;COUNT=5", at("America/New_York", 2027, 11, 5, 1, 30)),
        "casablanca-weekly": series("FREQ=WEEKLY", at("Africa/Casablanca", 2027, 1, 7, 10, 0)),
        "cairo-weekly": series("FREQ=WEEKLY;COUNT=60", at("Africa/Cairo", 2027, 1, 7, 10, 0)),
        "lord-howe-weekly": series("FREQ=WEEKLY", at("Australia/Lord_Howe", 2027, 1, 4, 7, 15)),
        "santiago-weekly": series("FREQ=WEEKLY;WKST=SU", at("America/Santiago", 2027, 1, 4, 21, 0)),
        "utc-weekly": series(
            "FREQ=WEEKLY;COUNT=9", at("UTC", 2027, 1, 4, 7, 15), exdates=(at("UTC", 2027, 1, 11, 7, 15).dtstart,)
        ),
        "left-out": series("FREQ=WEEKLY;BYDAY=TH", exdates=(THURSDAY + WEEK, THURSDAY + 5 * WEEK)),
        "added": series("FREQ=MONTHLY;BYDAY=1TH", rdates=(THURSDAY + timedelta(days=5, hours=-3), THURSDAY + 2 * WEEK)),
        "new-york-left-out-and-added": series(
            "FREQ=WEEKLY;COUNT=40",
            at("America/New_York", 2027, 2, 3, 17, 0),
            exdates=(at("America/New_York", 2027, 3, 17, 17, 0).dtstart,),
            rdates=(
                at("America/New_York", 2027, 7, 5, 8, 0).dtstart,
                at("America/New_York", 2027, 12, 6, 8, 0).dtstart,
            ),
        ),
        "across-the-change": series(
            "FREQ=WEEKLY;COUNT=9", at("Europe/Paris", 2027, 3, 14, 1, 0), duration=timedelta(hours=6)
        ),
        "day": days(2027, 1, 9),
        "three-whole-days": days(2027, 1, 9, 3),
        "retreat": RETREAT,
        "retreat-until": series(
            "FREQ=MONTHLY;BYDAY=2SA;UNTIL=20270612T000000Z",
            days(2026, 12, 12),
            exdates=(days(2027, 2, 13).dtstart,),
            rdates=(days(2027, 3, 1).dtstart,),
        ),
        "new-york-day": replace(
            series("FREQ=WEEKLY;COUNT=60", at("America/New_York", 2027, 1, 4)),
            duration=timedelta(days=1),
            is_all_day=True,
        ),
        "open-ended": replace(BOARD, is_open_ended=True),
        "open-ended-series": replace(PARIS, is_open_ended=True),
        "conference": replace(BOARD, conference="https://meet.example/abc-def?pwd=a,b;c%20d&x=1#e"),
        "conference-only": replace(WEEKLY, conference="https://meet.example/abc", location=None, agenda=None),
        "days-with-an-alarm": replace(RETREAT, alarms=(timedelta(hours=15),)),
        "series-cancelled-that-had-alarms": cancelled(replace(PARIS, alarms=(timedelta(hours=1),))),
        "conference-by-telephone": replace(BOARD, conference="tel:+62-21-555-0100,,,1234#"),
        "conference-in-words": replace(BOARD, conference='Zoom, kode 123; sandi "x"'),
        "english": replace(
            PARIS,
            summary="Annual general meeting of the members' council",
            location="Room 4, 2nd floor; ring twice",
            agenda="1. Welcome\n2. Accounts: \u20ac 1,200 left\n3. Any other business",
            organization="The Friends of the Library",
            chair="Anne O'Neill",
        ),
        "long-series": series(
            "FREQ=WEEKLY;COUNT=104",
            summary=JAPANESE * 3,
            exdates=tuple(THURSDAY + number * WEEK for number in range(2, 60, 2)),
        ),
        "hostile-series": replace(WEEKLY, summary=HOSTILE, location=HOSTILE, agenda=HOSTILE, conference=HOSTILE),
        "ended": ENDED,
        "continued": replace(
            series("FREQ=WEEKLY;BYDAY=TH;COUNT=25", later(BOARD, weeks=5, hours=1)),
            uid=f"continued-{BOARD.uid}",
            continues=BOARD.uid,
        ),
        "one-moved": later(apart(WEEKLY, 3), days=1, hours=-2),
        "one-renamed": apart(WEEKLY, 4, summary="Rapat tahunan", location="Balai desa"),
        "one-cancelled": cancelled(apart(WEEKLY, 5)),
        "paris-one-moved-over-the-change": later(apart(PARIS, 7), days=4),
        "one-moved-to-another-zone": apart(
            PARIS, 9, zone="Asia/Jakarta", dtstart=at("Asia/Jakarta", 2027, 4, 9, 19, 0).dtstart
        ),
        "paris-one-moved-into-the-next-year": apart(PARIS, 34, dtstart=at("Europe/Paris", 2028, 1, 11, 18, 0).dtstart),
        "new-york-one-cancelled": cancelled(apart(NEW_YORK, 11)),
        "retreat-moved": later(apart(RETREAT, 2), days=1),
        "retreat-cancelled": cancelled(apart(RETREAT, 3)),
    }
)

INVITATIONS: Mapping[str, Invitation] = MappingProxyType(MEETINGS | SERIES)
"""What is sent by mail, each as one message."""

FEEDS: Mapping[str, tuple[Invitation, ...]] = MappingProxyType(
    {
        "feed-of-nothing": (),
        "feed-of-meetings": tuple(
            replace(MEETINGS[name], uid=f"{name}@karangtaruna.example")
            for name in ("jakarta", "new-york-summer", "cairo-november-first", "utc", "hostile", "emoji", "cancelled")
        ),
        "feed-of-a-series": (
            WEEKLY,
            *(SERIES[name] for name in ("one-moved", "one-renamed", "one-cancelled", "continued")),
        ),
        "feed-across-zones": (
            PARIS,
            SERIES["paris-one-moved-over-the-change"],
            SERIES["one-moved-to-another-zone"],
            SERIES["paris-one-moved-into-the-next-year"],
            *(
                replace(one, uid="new-york@karangtaruna.example")
                for one in (NEW_YORK, SERIES["new-york-one-cancelled"])
            ),
        ),
        "feed-of-days": (RETREAT, SERIES["retreat-moved"], SERIES["retreat-cancelled"]),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A calendar as we write it: its ``method``, the ``invitations`` it shows, and the ``guests`` that each names."""

    data: bytes
    method: str
    invitations: tuple[Invitation, ...]
    guests: tuple[Guest, ...] = ()


FEED = "Karang Taruna; Melati, \u2726"
REFRESH = timedelta(hours=1)


def golden() -> dict[str, Message]:
    """Return the messages by name."""
    sent = {name: _sent(invitation) for name, invitation in INVITATIONS.items()}
    served = {
        name: Message(data=publish(shown, name=FEED, refresh=REFRESH), method="PUBLISH", invitations=shown)
        for name, shown in FEEDS.items()
    }
    uninvited = {
        name: Message(data=uninvite(invitation, BUDI), method="CANCEL", invitations=(invitation,), guests=(BUDI,))
        for name, invitation in {
            "uninvited": MOVED,
            "uninvited-from-series": PARIS,
            "uninvited-from-one": SERIES["one-moved"],
        }.items()
    }
    answer = Answer(uid=MOVED.uid, attendee="", partstat=PartStat.TENTATIVE, sequence=0, dtstamp=BOARD.dtstamp + WEEK)
    declined = {
        name: Message(
            data=decline_counter(invitation, ANNE, answer),
            method="DECLINECOUNTER",
            invitations=(replace(invitation, sequence=answer.sequence, dtstamp=answer.dtstamp),),
            guests=(ANNE,),
        )
        for name, invitation in {
            "counter-declined": MOVED,
            "counter-to-a-series-declined": PARIS,
            "counter-to-one-declined": SERIES["one-moved"],
            "counter-to-days-declined": SERIES["retreat-moved"],
        }.items()
    }
    return sent | served | uninvited | declined


def _sent(invitation: Invitation) -> Message:
    is_off = invitation.status is Status.CANCELLED
    return Message(
        data=cancel(invitation) if is_off else request(invitation),
        method="CANCEL" if is_off else "REQUEST",
        invitations=(invitation,),
        guests=invitation.guests,
    )
